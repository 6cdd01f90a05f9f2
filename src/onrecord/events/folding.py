"""Tellings → events: groups of candidates, average-link clustering with the desk's rulings, then what each event is.

Order-free and local: tellings are sorted by (time, id) before anything else, and a group is folded from its own
tellings alone, so that a new telling touches only the groups it meets.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from onrecord.events import linkage
from onrecord.events.candidates import keys, pairs
from onrecord.events.event import event_of
from onrecord.events.nesting import nest
from onrecord.events.same import PostWords, Traits, all_traits, score, traits
from onrecord.model import Event, Near, Rulings, Telling

_NONE = Rulings()
_START = datetime.min.replace(tzinfo=UTC)
_BOUND = 400
"""Tellings in a group up to which it is clustered whole: scores grow with the square."""
_FLOOR = -10.0
"""A single pair can't weigh more than this against a merger, unless the desk rules it out."""


def order(telling: Telling) -> tuple[datetime, str]:
    """Where a telling stands: by time, then by id."""
    return telling.time or _START, telling.id


def fold(tellings: Iterable[Telling], rulings: Rulings = _NONE) -> list[Event]:
    """The events that the tellings tell, by time: the same for any order of the same tellings, repeats counted once."""
    events = [event for group in _blocks(tellings, rulings) for event in _fold(group, rulings)]
    return sorted(nest(events), key=lambda e: order(e.tellings[0]))


def blocks(tellings: Iterable[Telling], rulings: Rulings = _NONE) -> list[list[Telling]]:
    """Groups of tellings that hang together by a pair that may be one event; an event never crosses them."""
    return [[known.telling for known in group] for group in _blocks(tellings, rulings)]


def _blocks(tellings: Iterable[Telling], rulings: Rulings) -> list[list[Traits]]:
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
    return [[known[n] for n in group] for group in groups.all()]


def hanging_together(told: Iterable[Telling], near: Near) -> list[Telling]:
    """The tellings and all that hang together with them through pairs that may be one event, in order.

    Whole groups as `blocks` gives them: fold these again when `told` came, went or changed. The desk's pairs are left
    to the caller, who adds both ends of each to `told`.
    """
    posts: dict[frozenset[str], PostWords] = {}
    found = {t.id: t for t in told}
    todo = [traits(t, posts) for t in found.values()]
    while todo:
        shelves: defaultdict[str, list[Traits]] = defaultdict(list)
        for known in todo:
            for key in keys(known.telling):
                shelves[key].append(known)
        beside = {t.id: t for t in near.tellings(sorted(shelves)) if t.id not in found}
        todo = [k for k in (traits(t, posts) for t in beside.values()) if _meets(k, shelves)]
        found.update((k.telling.id, k.telling) for k in todo)
    return sorted(found.values(), key=order)


def _meets(other: Traits, shelves: Mapping[str, Sequence[Traits]]) -> bool:
    """It may be one event with a telling that shares a key with it."""
    seen = set()
    for key in keys(other.telling):
        for known in shelves.get(key, ()):
            if known.telling.id not in seen:
                seen.add(known.telling.id)
                if score(known, other) >= 0:
                    return True
    return False


def fold_block(group: Sequence[Telling], rulings: Rulings = _NONE) -> list[Event]:
    """The events of one group; depends on its tellings and the rulings alone. `part_of` is not set yet."""
    return _fold(all_traits(sorted({t.id: t for t in group}.values(), key=order)), rulings)


def _fold(group: Sequence[Traits], rulings: Rulings) -> list[Event]:
    bounded = _bounded(group, rulings)
    return [event_of([known[n] for n in cluster]) for known in bounded for cluster in clusters(known, rulings)]


def _bounded(known: Sequence[Traits], rulings: Rulings) -> list[list[Traits]]:
    """The group whole; one that is too large for average link is split by the day of what is told."""
    if len(known) <= _BOUND:
        return [list(known)]
    groups = linkage.Groups(len(known))
    first: dict[object, int] = {}
    for n, one in enumerate(known):
        moment = one.telling.latest or one.telling.time
        groups.join(n, first.setdefault(moment.date() if moment else None, n))
    at = {one.telling.id: n for n, one in enumerate(known)}
    for a, b in sorted(rulings.same):
        if a in at and b in at:
            groups.join(at[a], at[b])
    return [[known[n] for n in day] for day in groups.all()]


def clusters(known: Sequence[Traits], rulings: Rulings = _NONE) -> list[list[int]]:
    """Positions of the tellings of each event. `known` is in order."""
    at = {k.telling.id: n for n, k in enumerate(known)}
    together, apart = (
        [(at[a], at[b]) for a, b in ruled if a in at and b in at] for ruled in (rulings.same, rulings.apart)
    )
    return linkage.clusters(len(known), lambda a, b: max(_FLOOR, score(known[a], known[b])), together, apart)
