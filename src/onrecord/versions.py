"""Events as they are folded → their versions: what readers were shown, and between which record numbers.

Versions are facts, as the ids of events are: what was made public stays known, whatever a later version of On Record
makes of the same pages. A fold keeps those of the events that it touched; a rebuild keeps one only where an event comes
out otherwise than it stands. Captures that are taken in at once are folded at once, and make one version at most.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from sqlalchemy import Connection

from onrecord.model import Event, iso, number
from onrecord.pages.rundown import conflict_words
from onrecord.pages.wording import words
from onrecord.redaction import blank
from onrecord.store import codec
from onrecord.store import events as stored_events
from onrecord.store import versions as stored
from onrecord.store.rows import stamp
from onrecord.store.versions import Row


@dataclass(frozen=True, slots=True)
class Figure:
    """What a version says of one count."""

    what: str
    low: float | None
    high: float | None
    unit: str | None
    standing: str


@dataclass(frozen=True, slots=True)
class Seen:
    """What readers see of an event in one version."""

    kind: str
    headline: str
    reality: str
    standing: str
    """reported, claimed, corroborated or verified."""
    words: str
    """The standing in words, with its flags."""
    earliest: datetime | None
    latest: datetime | None
    place: str | None
    independent_origins: int
    origins: tuple[str, ...]
    outlets: tuple[str, ...]
    figures: tuple[Figure, ...]
    conflicts: tuple[str, ...]
    part_of: str | None

    def to_dict(self) -> dict[str, object]:
        """For `--json`."""
        return {
            "kind": self.kind, "headline": self.headline, "reality": self.reality, "standing": self.standing,
            "standing_words": self.words, "earliest": iso(self.earliest), "latest": iso(self.latest),
            "place": self.place, "independent_origins": self.independent_origins, "origins": list(self.origins),
            "outlets": list(self.outlets),
            "figures": [
                {"what": f.what, "low": number(f.low), "high": number(f.high), "unit": f.unit, "standing": f.standing}
                for f in self.figures
            ],
            "conflicts": list(self.conflicts), "part_of": self.part_of,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Version:
    """An event as it stood between two record numbers."""

    event: str
    since: int
    """The first record number with which `--recorded` shows it so."""
    until: int | None
    """The last one; None while it holds."""
    at: datetime
    """When it was made public."""
    seen: Seen | None
    """None from where on there is no such event: its happenings are in others, or hidden."""
    joined: tuple[str, ...]
    """Happenings that it holds and the version before did not."""
    left: tuple[str, ...]
    """Those that the version before held and it does not."""

    def to_dict(self) -> dict[str, object]:
        """The object that `onrecord why --versions --json` prints."""
        head = {"event": self.event, "since": self.since, "until": self.until, "at": iso(self.at)}
        shown = self.seen.to_dict() if self.seen else {"gone": True}
        return {**head, **shown, "joined": list(self.joined), "left": list(self.left)}


@dataclass(frozen=True, slots=True)
class _Kept:
    """A version as it is kept: of its happenings only what is other than before."""

    seen: Seen | None
    joined: tuple[tuple[str, str], ...] = field(default=())
    """(happening, its post as "page post")."""
    left: tuple[str, ...] = field(default=())


def seen(event: Event) -> Seen:
    """What readers see of the event."""
    return Seen(
        event.kind, event.headline, event.reality, event.claim.standing, words(event), event.earliest, event.latest,
        event.place.name if event.place else None, event.independent_origins, tuple(o.name for o in event.origins),
        event.outlets,
        tuple(Figure(c.what or "", c.low, c.high, c.unit, c.standing) for c in event.figures),
        tuple(dict.fromkeys(map(conflict_words, event.conflicts))), event.part_of,
    )  # fmt: skip


# -- keeping -----------------------------------------------------------------------------------------------------------


def fresh(connection: Connection, generation: int, names: Sequence[str]) -> tuple[list[Row], list[tuple[str, int]]]:
    """(versions to keep, numbers of those to take out) of these events, some of which may be no more."""
    events = {event.id: event for event in stored_events.fresh(connection, generation, names)}
    known, here = stored.load(connection, names), stored.number(connection, generation)
    now = stamp(datetime.now(UTC))
    rows: list[Row] = []
    none: list[tuple[str, int]] = []
    for name in names:
        since = max([here, *(row.since for row in known.get(name, ()))])
        before = [row for row in known.get(name, ()) if row.since < since]
        there = len(before) < len(known.get(name, ()))
        made = _next(before, events.get(name))
        if made is not None:
            rows.append(Row(name, since, now, codec.dump(made)))
        elif there:
            none.append((name, since))
    kept = {(row.event, row.since): row.detail for row in (r for mine in known.values() for r in mine)}
    return [row for row in rows if kept.get((row.event, row.since)) != row.detail], none


def _next(before: Sequence[Row], event: Event | None) -> _Kept | None:
    """The version that follows, if readers see a difference."""
    last, held = _state(before)
    if event is None:
        return _Kept(None, (), tuple(held)) if last is not None else None
    told = {t.id: f"{t.page} {t.post}" for t in event.tellings}
    joined = tuple((name, post) for name, post in told.items() if name not in held)
    left = tuple(name for name in held if name not in told)
    now = seen(event)
    return _Kept(now, joined, left) if joined or left or now != last else None


def _state(rows: Sequence[Row]) -> tuple[Seen | None, dict[str, str]]:
    """What readers saw last, and the happenings that it held with their posts."""
    last: Seen | None = None
    held: dict[str, str] = {}
    for row in rows:
        kept = codec.load(_Kept, row.detail)
        last = kept.seen
        held.update(kept.joined)
        for name in kept.left:
            held.pop(name, None)
    return last, held


# -- asking ------------------------------------------------------------------------------------------------------------


def of(connection: Connection, name: str) -> list[Version]:
    """The versions of that event, oldest first."""
    rows = stored.load(connection, [name]).get(name, [])
    ends: list[int | None] = [*(row.since - 1 for row in rows[1:]), None]
    out = []
    for row, until in zip(rows, ends, strict=False):
        kept, at = codec.load(_Kept, row.detail), datetime.fromisoformat(row.at)
        out.append(Version(name, row.since, until, at, kept.seen, tuple(n for n, _ in kept.joined), kept.left))
    return out


# -- redaction ---------------------------------------------------------------------------------------------------------


def bare(connection: Connection, posts: Sequence[str], *, whole: bool) -> list[Row]:
    """Versions of all events that posts of these names ("page post") ever told, without their words.

    `whole`: of names that begin so. Numbers, dates and standing stay.
    """
    quoted = [codec.dump(post).decode() for post in posts]
    found = stored.resting_on(connection, [name.removesuffix('"') for name in quoted] if whole else quoted)
    return [row for row in map(_bare, found) if row]


def _bare(row: Row) -> Row | None:
    kept = codec.load(_Kept, row.detail)
    if kept.seen is None:
        return None
    return row._replace(detail=codec.dump(replace(kept, seen=_blanked(kept.seen))))


def _blanked(what: Seen) -> Seen:
    return replace(
        what,
        headline=blank(what.headline), words=blank(what.words), place=what.place and blank(what.place),
        origins=tuple(map(blank, what.origins)), conflicts=tuple(map(blank, what.conflicts)),
        figures=tuple(replace(f, what=blank(f.what) if f.what.startswith("other: ") else f.what) for f in what.figures),
    )  # fmt: skip
