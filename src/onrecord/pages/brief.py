"""An event → what ranking it among others needs, small enough to be kept beside it and loaded by the thousand.

Words are kept as hashes alone: they are only compared.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from math import log10
from typing import NamedTuple

import orjson

from onrecord.model import Event
from onrecord.pages.words import figure_words, quoted

LIVES = {
    "killed": 1.0, "wounded": 0.5, "injured": 0.5, "other: missing": 0.5, "captured": 0.4, "other: displaced": 0.4
}  # fmt: skip
_OTHER_FIGURE = 0.15
_LONG = timedelta(days=45)
"""What is told of so long a time is no news of any period."""


class Telling(NamedTuple):
    """One telling of an event."""

    time: str
    """As `mark` gives it; empty where none is known."""
    outlet: str
    key: bool
    supports: bool
    """It is no mere mention."""
    reports: bool
    post: str
    sentence: str


class Brief(NamedTuple):
    """What ranking needs of an event."""

    id: str
    part_of: str | None
    kind: str
    reality: str
    head: str
    lasting: bool
    """It went on for longer than any period."""
    figures: float
    """How much its weightiest figure weighs."""
    independent: int
    standing: str
    conceded: bool
    disputed: bool
    given: bool
    """Someone is named as its origin."""
    direct: bool
    """It is told in direct speech alone."""
    pinned: bool
    told: tuple[Telling, ...]


class Part(NamedTuple):
    """What a line shows of an event that stands in another one's."""

    id: str
    headline: str
    kind: str
    reality: str
    counted: bool
    """It has figures."""
    figures: float
    """How much its weightiest figure weighs."""
    conflicts: tuple[str, ...]
    """In words."""


def part(event: Event) -> Part:
    """What another event's line shows of the event."""
    clashes = _clashes((c.what, *c.values) for c in event.conflicts)
    return Part(event.id, event.headline, event.kind, event.reality, bool(event.figures), figures(event), clashes)


def load_part(stored: bytes) -> Part:
    """The same of an event as it is kept, of which no more is looked at."""
    row = orjson.loads(stored)
    clashes = _clashes((c["what"], *c["values"]) for c in row["conflicts"])
    weight = _heaviest((c["what"], c["low"]) for c in row["figures"])
    return Part(row["id"], row["headline"], row["kind"], row["reality"], bool(row["figures"]), weight, clashes)


def _clashes(conflicts: Iterable[tuple[str, str, str]]) -> tuple[str, ...]:
    """Conflicts in words, each with all that stands against one and the same answer."""
    against: dict[tuple[str, str], dict[str, None]] = {}
    for what, left, right in conflicts:
        against.setdefault((what, left), {})[right] = None
    return tuple(conflict_words(what, left, *others) for (what, left), others in against.items())


class Point(NamedTuple):
    """What a map needs of a place."""

    id: str | None
    name: str
    kind: str
    lat: float | None
    lon: float | None
    radius_km: float | None


class Placed(NamedTuple):
    """What a map needs of an event."""

    id: str
    kind: str
    headline: str
    place: Point | None
    tellings: int


def placed(event: Event) -> Placed:
    """What a map needs of the event."""
    p = event.place
    point = Point(p.id, p.name, p.kind, p.lat, p.lon, p.radius_km) if p else None
    return Placed(event.id, event.kind, event.headline, point, len(event.tellings))


def load_placed(stored: bytes, tellings: int) -> Placed:
    """The same of an event with so many tellings as it is kept, of which no more is looked at."""
    row = orjson.loads(stored)
    point = Point(*(row["place"][name] for name in Point._fields)) if row["place"] else None
    return Placed(row["id"], row["kind"], row["headline"], point, tellings)


Light = tuple[str, str, bytes, bytes, int]
"""(where it stands among others, id, the event as it is kept, its brief as it is kept, how many tellings it has)."""


def placed_of(rows: Iterable[Light], since: datetime) -> list[tuple[str, Placed]]:
    """(where it stands, what a map needs of it) of those of these kept events that are told since then or pinned."""
    return [
        (first, load_placed(stored, tellings))
        for first, name, stored, kept, tellings in rows
        if is_placed(load(name, None, kept), mark(since))
    ]


def is_placed(event: Brief, since: str) -> bool:
    """True for an event that is told since then (`mark`), or that the desk put on top."""
    return event.pinned or any(told.time >= since for told in event.told)


def conflict_words(what: str, left: str, *others: str) -> str:
    """`killed: 5 / 11 / 12`; for what some deny, both sides' words."""
    if what == "happened":
        return f"said: {quoted(left)} / denied: {', '.join(map(quoted, others))}"
    return f"{figure_words(what)}: {' / '.join((left, *others))}"


def of(event: Event) -> Brief:
    """What ranking needs of the event."""
    stances = dict(zip((t.id for t in event.tellings), event.stances, strict=True))
    return Brief(
        event.id, event.part_of, event.kind, event.reality, _hash(event.headline.casefold().strip(" .")),
        bool(event.earliest and event.latest and event.latest - event.earliest > _LONG), figures(event),
        event.independent_origins, event.claim.standing, event.claim.conceded, bool(event.conflicts),
        any(origin.given for origin in event.origins), all(t.statement.mode == "direct" for t in event.tellings),
        event.pinned,
        tuple(
            Telling(
                mark(t.time) if t.time else "", t.outlet, t.key, stances[t.id] != "mentions", t.reports,
                _hash(t.page, t.post), _hash(t.page, t.post, t.sentence),
            )
            for t in event.tellings
        ),
    )  # fmt: skip


def dump(brief: Brief) -> bytes:
    """How it is kept: all but its id and what it is part of."""
    return orjson.dumps((*brief[2:-1], [tuple(t) for t in brief.told]))


def load(name: str, part_of: str | None, stored: bytes) -> Brief:
    """What was kept of the event of that id."""
    *plain, told = orjson.loads(stored)
    return Brief._make((name, part_of, *plain, tuple(map(Telling._make, told))))


def mark(moment: datetime) -> str:
    """The moment as a text that sorts by time."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def figures(event: Event) -> float:
    """How much the event's weightiest figure weighs, nought to two."""
    return _heaviest((claim.what, claim.low) for claim in event.figures)


def _heaviest(counts: Iterable[tuple[str | None, float | None]]) -> float:
    best = 0.0
    for what, low in counts:
        best = max(best, log10(1 + max(0.0, low or 0.0)) * LIVES.get(what or "", _OTHER_FIGURE))
    return min(best, 2.0)


def _hash(*words: str) -> str:
    return blake2b("\n".join(words).encode("utf-8", "replace"), digest_size=8).hexdigest()
