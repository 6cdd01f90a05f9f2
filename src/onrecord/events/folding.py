"""Tellings → events: groups of candidates, average-link clustering with the desk's rulings, then what each event is.

Order-free and local: tellings are sorted by (time, id) before anything else, and a group is folded from its own
tellings alone, so that a new telling touches only the groups it meets.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from onrecord.events import linkage
from onrecord.events.candidates import keys, pairs
from onrecord.events.event import event_of
from onrecord.events.nesting import nest
from onrecord.events.same import Traits, all_traits, score
from onrecord.model import Event, Near, Rulings, Telling

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


def hanging_together(told: Iterable[Telling], near: Near) -> list[Telling]:
    """The tellings and all that hang together with them through pairs that may be one event, in order.

    Whole groups as `blocks` gives them: fold these again when `told` came, went or changed. The desk's pairs are left
    to the caller, who adds both ends of each to `told`.
    """
    found = {t.id: t for t in told}
    todo = list(found.values())
    while todo:
        known = all_traits(todo)
        beside = {t.id: t for t in near.tellings(sorted({k for t in todo for k in keys(t)})) if t.id not in found}
        others = all_traits(beside.values())
        fresh = [o for o in others if any(_may_meet(k, o) for k in known)]
        todo = [o.telling for o in fresh]
        found.update((t.id, t) for t in todo)
    return sorted(found.values(), key=order)


def _may_meet(a: Traits, b: Traits) -> bool:
    return not set(keys(a.telling)).isdisjoint(keys(b.telling)) and score(a, b) >= 0


def fold_block(group: Sequence[Telling], rulings: Rulings = _NONE) -> list[Event]:
    """The events of one group; depends on its tellings and the rulings alone. `part_of` is not set yet."""
    told = sorted({t.id: t for t in group}.values(), key=order)
    known = all_traits(told)
    return [event_of([known[n] for n in cluster]) for cluster in clusters(known, rulings)]


def clusters(known: Sequence[Traits], rulings: Rulings = _NONE) -> list[list[int]]:
    """Positions of the tellings of each event. `known` is in order."""
    at = {k.telling.id: n for n, k in enumerate(known)}
    together, apart = (
        [(at[a], at[b]) for a, b in ruled if a in at and b in at] for ruled in (rulings.same, rulings.apart)
    )
    return linkage.clusters(len(known), lambda a, b: max(_FLOOR, score(known[a], known[b])), together, apart)
