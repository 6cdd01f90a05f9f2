"""Tellings → events: groups of candidates, average-link clustering with the desk's rulings, then what each event is.

Order-free and local: tellings are sorted by (time, id) before anything else, and a group is folded from its own
tellings alone, so that a new telling touches only the groups it meets.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from onrecord.events import linkage
from onrecord.events.candidates import pairs
from onrecord.events.event import event_of
from onrecord.events.nesting import nest
from onrecord.events.same import all_traits, score
from onrecord.model import Event, Rulings, Telling

_NONE = Rulings()
_START = datetime.min.replace(tzinfo=UTC)
_FLOOR = -10.0
"""A single pair can't weigh more than this against a merger, unless the desk rules it out."""


def order(telling: Telling) -> tuple[datetime, str]:
    """Where a telling stands: by time, then by id."""
    return telling.time or _START, telling.id


def fold(tellings: Iterable[Telling], rulings: Rulings = _NONE) -> list[Event]:
    """The events that the tellings tell, by time: the same for any order of the same tellings, repeats counted once."""
    events = [event for group in blocks(tellings, rulings) for event in fold_block(group, rulings)]
    return sorted(nest(events), key=lambda e: order(e.tellings[0]))


def blocks(tellings: Iterable[Telling], rulings: Rulings = _NONE) -> list[list[Telling]]:
    """Groups of tellings that hang together by a pair that may be one event; an event never crosses them."""
    told = sorted({t.id: t for t in tellings}.values(), key=order)
    known = all_traits(told)
    groups = linkage.Groups(len(told))
    for left, right in pairs(told):
        if groups.head(left) != groups.head(right) and score(known[left], known[right]) >= 0:
            groups.join(left, right)
    at = {t.id: n for n, t in enumerate(told)}
    for a, b in rulings.same:
        if a in at and b in at:
            groups.join(at[a], at[b])
    return [[told[n] for n in group] for group in groups.all()]


def fold_block(group: Sequence[Telling], rulings: Rulings = _NONE) -> list[Event]:
    """The events of one group; depends on its tellings and the rulings alone. `part_of` is not set yet."""
    told = sorted({t.id: t for t in group}.values(), key=order)
    return [event_of([told[n] for n in cluster]) for cluster in clusters(told, rulings)]


def clusters(told: Sequence[Telling], rulings: Rulings = _NONE) -> list[list[int]]:
    """Positions of the tellings of each event. `told` is in order."""
    known = all_traits(told)
    at = {t.id: n for n, t in enumerate(told)}
    together, apart = (
        [(at[a], at[b]) for a, b in ruled if a in at and b in at] for ruled in (rulings.same, rulings.apart)
    )
    return linkage.clusters(len(told), lambda a, b: max(_FLOOR, score(known[a], known[b])), together, apart)
