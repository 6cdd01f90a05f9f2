"""What a look at a source gave → when to look again, and how the source is, in words. Pure.

A source is asked more often while posts come, less often while it is quiet, much less often while it fails, and no more
once its page says that it has ended and has been quiet since.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache

from onrecord import words
from onrecord.model import Problem, Source, Watched

_COVERAGE_END = re.compile(rb'"coverageEndTime"\s{0,9}:\s{0,9}"([0-9T:.+Z -]{10,40})"')


@dataclass(frozen=True, slots=True)
class Pace:
    """How waits grow and shrink; seconds."""

    slowest: float = 1800.0
    """Between requests to a quiet page, unless its source asks for longer."""
    longest: float = 3600.0
    """Between requests to a page that fails, unless its source or the server asks for longer."""
    faster: float = 0.25
    slower: float = 1.4
    rest: float = 12 * 3600.0
    """Quiet for so long, a page that says it has ended is believed: longer than a night, after which some go on."""
    gap: float = 1.0
    """Between two requests to one host at least, unless a source of it may be asked more often."""
    parts: int = 20
    """Further parts of a page that are followed at most; no seconds."""
    parts_every: float = 3600.0
    """Between two ways along all parts of a page; those behind which posts may be missing are asked at once."""
    links: int = 2
    """Missing posts whose own addresses are asked after each answer of their page, at most; no seconds."""
    links_every: float = 6 * 3600.0
    """Between two requests for one post's own address."""


@dataclass(frozen=True, slots=True)
class Look:
    """What came of one request."""

    at: datetime
    versions: int = 0
    """Versions of posts that came new."""
    hash: str = ""
    """Of the page's bytes; empty when it was not modified."""
    etag: str | None = None
    modified: str | None = None
    taken_at: datetime | None = None
    """`seen_at` of the capture that was taken in, if one was."""
    closing: str = ""
    """The words with which the page says that it has ended."""
    page: str = ""
    """Id of the record's page, where it was taken in."""
    address: str = ""
    """Where the page was found; empty when it was not modified."""
    more: str | None = None
    """Where the page goes on, if it was taken in and does."""


def after(state: Watched, source: Source, look: Look, pace: Pace = Pace()) -> Watched:
    """What is known of the source after an answer."""
    wait = min(max(state.wait, source.every), max(pace.slowest, source.every))
    if look.versions:
        wait *= pace.faster
    elif state.fetches:
        wait = min(wait * pace.slower, pace.slowest)
    wait = max(wait, source.every)
    changed = look.at if look.versions or state.changed_at is None else state.changed_at
    said = look.closing if look.hash else state.closing
    ended = said if look.at - changed >= timedelta(seconds=pace.rest) else ""
    seen = state if not look.hash else _seen(state, look)
    return replace(
        seen, wait=wait, next_at=look.at + timedelta(seconds=wait), checked_at=look.at, changed_at=changed,
        seen_at=look.taken_at or state.seen_at, fetches=state.fetches + 1, versions=state.versions + look.versions,
        failures=0, failing_since=None, problem="", closing=said, ended=ended,
        page=look.page or state.page, address=look.address or state.address,
        more=(look.more or "") if look.page else state.more,
        sightings=seen.sightings + (look.taken_at is not None and not look.hash),
    )  # fmt: skip


def _seen(state: Watched, look: Look) -> Watched:
    """With the bytes that came."""
    again = look.hash == state.hash
    sightings = (state.sightings if again else 0) + (look.taken_at is not None)
    return replace(state, hash=look.hash, sightings=sightings, etag=look.etag, modified=look.modified)


def failed(
    state: Watched,
    source: Source,
    problem: Problem,
    at: datetime,
    *,
    wait: float | None = None,
    gone: bool = False,
    pace: Pace = Pace(),
) -> Watched:
    """What is known of the source after a failure; `wait` is what the server asks for."""
    failures = state.failures + 1
    back_off = min(source.every * 2.0 ** min(failures - 1, 30), max(pace.longest, source.every))
    pause = max(back_off, wait or 0.0)
    return replace(
        state, next_at=at + timedelta(seconds=pause), fetches=state.fetches + 1, failures=failures,
        failing_since=state.failing_since or at, problem=f"{problem.code}: {problem.why}",
        ended="its page is gone" if gone else "",
    )  # fmt: skip


def enough(state: Watched, mark: str) -> bool:
    """True when these bytes need not be taken in again: they are in twice running."""
    return mark == state.hash and state.sightings >= 2


def closing(body: bytes, now: datetime) -> str:
    """The words with which a page says that it has ended; empty when it does not."""
    for found in _COVERAGE_END.finditer(body):
        at = _moment(found[1].decode("ascii"))
        if at and at < now - timedelta(hours=1):
            return f"its page says that the coverage ended at {at:%Y-%m-%d %H:%M} UTC"
    low = body.lower().replace("’".encode(), b"'")
    phrase = next((p for p in _phrases() if p in low), None)
    return f"its page says: {phrase.decode()}" if phrase else ""


def _moment(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)


@cache
def _phrases() -> tuple[bytes, ...]:
    return tuple(phrase.lower().encode() for phrase in words.table("watch.toml")["closing"])


# -- in words ----------------------------------------------------------------------------------------------------------


def health(source: Source, state: Watched | None, now: datetime) -> str:
    """How the source is, in a few words."""
    if source.paused:
        return "paused"
    if state is None or not state.fetches:
        return "not asked yet"
    if state.ended:
        return f"ended: {state.ended}"
    if state.failures:
        times = "once" if state.failures == 1 else f"{state.failures} times running"
        return f"fails ({times}): {state.problem.partition(': ')[2]}; {_again(state, now)}"
    lacks = f"; {state.gap}" if state.gap else ""
    return f"{_news(state, now)}; {_again(state, now)}{lacks}"


def _news(state: Watched, now: datetime) -> str:
    quiet = (now - state.changed_at).total_seconds() if state.changed_at else 0.0
    return f"news {span(quiet)} ago" if quiet < 3600 else f"quiet for {span(quiet)}"


def _again(state: Watched, now: datetime) -> str:
    left = (state.next_at - now).total_seconds() if state.next_at else 0.0
    return f"asked again in {span(left)}" if left > 0 else "to be asked now"


def span(seconds: float) -> str:
    """A length of time in words: 40 seconds, 5 minutes, 3 hours, 2 days."""
    for size, name in ((86_400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= 2 * size or (seconds >= size and name != "day"):
            count = int(seconds // size)
            return f"{count} {name}" + ("" if count == 1 else "s")
    count = max(0, round(seconds))
    return f"{count} second" + ("" if count == 1 else "s")
