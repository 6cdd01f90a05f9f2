"""The query of a URL → what a reader wants to see, and back. The whole state of a page stands in its URL."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Self, get_args
from urllib.parse import urlencode
from zoneinfo import ZoneInfo, available_timezones

from onrecord.errors import UsageError
from onrecord.store.facets import Facet, Place, Slice
from onrecord.story import View

FACETS: tuple[Facet, ...] = get_args(Facet)
LONGEST = 200
"""Characters of a value at most."""
HOURS = (1, 6, 12, 24, 48, 72, 168, 720)
"""Periods that a rundown may tell of."""


@dataclass(frozen=True, slots=True)
class State:
    """What a reader wants to see."""

    oldest: bool = False
    wanted: tuple[tuple[Facet, str], ...] = ()
    query: str = ""
    as_of: datetime | None = None
    recorded: int | None = None
    tz: str = ""
    """Empty: the story's."""
    hours: int = 24
    since: datetime | None = None
    """Where the rundown's period begins; without it, so many hours before its end."""
    after: Place | None = None

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Self:
        """The state that a query means. Raises `UsageError` that says which value can't be taken."""
        known = {"order", "q", "as_of", "recorded", "tz", "hours", "since", "after", *FACETS}
        for name, value in query.items():
            if name in known and len(value) > LONGEST:
                raise UsageError(f"{name} is too long", f"give {LONGEST} characters at most")
        return cls(
            _one_of("order", query.get("order") or "newest", ("newest", "oldest")) == "oldest",
            tuple((name, query[name].strip()) for name in FACETS if query.get(name, "").strip()),
            query.get("q", "").strip(),
            _moment("as_of", query.get("as_of", "")),
            _whole("recorded", query.get("recorded", "")),
            _zone(query.get("tz", "")),
            int(_one_of("hours", query.get("hours") or "24", tuple(map(str, HOURS)))),
            _moment("since", query.get("since", "")),
            _cursor(query.get("after", "")),
        )

    @property
    def view(self) -> View:
        """The state of the record that it asks for."""
        return View(self.as_of, self.recorded)

    @property
    def plain(self) -> bool:
        """True for the page as it opens: the one that nearly every reader sees."""
        return self == State()

    def slice(self, most: int) -> Slice:
        """The posts that it asks for."""
        return Slice(dict(self.wanted), self.oldest, self.after, most)

    def but(self, **changes: object) -> State:
        """The same with other values; a new filter starts at the stream's first post."""
        return replace(self, **{"after": None, **changes})  # type: ignore[arg-type]

    def without(self, name: Facet) -> State:
        """The same with one filter fewer."""
        return self.but(wanted=tuple(pair for pair in self.wanted if pair[0] != name))

    def where(self, name: Facet, value: str) -> State:
        """The same with one filter more, or another value of it."""
        rest = [pair for pair in self.wanted if pair[0] != name]
        return self.but(wanted=tuple(sorted([*rest, (name, value)], key=lambda pair: FACETS.index(pair[0]))))

    def url(self, path: str = "/") -> str:
        """The path with the state as its query; the same state gives the same text."""
        pairs: list[tuple[str, str]] = [*self.wanted]
        pairs += [("q", self.query)] if self.query else []
        pairs += [("order", "oldest")] if self.oldest else []
        pairs += [("as_of", self.as_of.isoformat())] if self.as_of else []
        pairs += [("recorded", str(self.recorded))] if self.recorded is not None else []
        pairs += [("tz", self.tz)] if self.tz else []
        pairs += [("hours", str(self.hours))] if self.hours != 24 else []
        pairs += [("since", self.since.isoformat())] if self.since else []
        pairs += [("after", cursor(self.after))] if self.after else []
        return f"{path}?{urlencode(pairs)}" if pairs else path


def cursor(spot: Place) -> str:
    """A place in the stream as a word for URLs."""
    return base64.urlsafe_b64encode("\n".join(spot).encode()).decode().rstrip("=")


def _cursor(text: str) -> Place | None:
    if not text:
        return None
    try:
        placed, page, post = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode().split("\n", 2)
    except (binascii.Error, UnicodeDecodeError, ValueError) as error:
        raise UsageError("after is no place in the stream", "go back to the first page") from error
    return placed, page, post


def _one_of(name: str, value: str, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise UsageError(f"{name} can't be {value[:40]!r}", f"give one of {', '.join(allowed)}")
    return value


def _whole(name: str, text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 12):
        raise UsageError(f"{name} can't be {text[:40]!r}", "give a change number")
    return int(text)


def _zone(name: str) -> str:
    if name and name not in available_timezones():
        raise UsageError(f"there is no time zone {name[:40]!r}", "give one such as UTC or Europe/Kyiv")
    return name


def _moment(name: str, text: str) -> datetime | None:
    """A moment; one without offset, as a form sends it, is UTC."""
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text.replace(" ", "+"))
    except ValueError as error:
        raise UsageError(f"{name} can't be {text[:40]!r}", "give a moment such as 2025-03-13T18:00+00:00") from error
    found = found if found.tzinfo else found.replace(tzinfo=UTC)
    if not (datetime(1000, 1, 1, tzinfo=UTC) < found < datetime(9000, 1, 1, tzinfo=UTC)):
        raise UsageError(f"{name} lies too far away", "give a moment of this time")
    return found


def zone_of(state: State, settings_tz: str) -> ZoneInfo:
    """The time zone in which times are shown."""
    return ZoneInfo(state.tz or settings_tz)


def period(state: State, last: datetime) -> tuple[datetime, datetime]:
    """The rundown's period, its end exclusive: from `since`, else so many hours up to the last moment."""
    start = state.since if state.since and state.since < last else last - timedelta(hours=state.hours)
    return start, last + timedelta(seconds=1)
