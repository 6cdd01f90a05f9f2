"""Tellings → events: groups of candidates, average-link clustering with the desk's rulings, then what each event is.

Order-free and local: tellings are sorted by (time, id) before anything else, and a group is folded from its own
tellings alone, so that a new telling touches only the groups it meets. Average link (UPGMA): Sokal & Michener 1958.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from heapq import heapify, heappop, heappush

from onrecord.events.candidates import Groups, pairs
from onrecord.events.event import event_of
from onrecord.events.nesting import nest
from onrecord.events.same import Traits, score, traits
from onrecord.model import Event, Rulings, Telling

_NONE = Rulings()
_START = datetime.min.replace(tzinfo=UTC)
_FLOOR = -10.0
"""A single pair can't weigh more than this against a merger, unless the desk rules it out."""
_APART = float("-inf")


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
    known = [traits(t) for t in told]
    groups = Groups(len(told))
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
    if len(told) == 1:
        return [[0]]
    known = [traits(t) for t in told]
    links = _Links(known, rulings)
    links.merge()
    return sorted(links.members.values())


class _Links:
    """Clusters and the sums of scores between them."""

    def __init__(self, known: Sequence[Traits], rulings: Rulings) -> None:
        self.members = {n: [n] for n in range(len(known))}
        self._sums: list[dict[int, float]] = [{} for _ in known]
        at = {t.telling.id: n for n, t in enumerate(known)}
        apart = {frozenset((at[a], at[b])) for a, b in rulings.apart if a in at and b in at}
        for left in range(len(known)):
            for right in range(left + 1, len(known)):
                ruled = frozenset((left, right)) in apart
                value = _APART if ruled else max(_FLOOR, score(known[left], known[right]))
                self._sums[left][right] = self._sums[right][left] = value
        self._together([(at[a], at[b]) for a, b in sorted(rulings.same) if a in at and b in at])

    def _together(self, pairs: Iterable[tuple[int, int]]) -> None:
        groups = Groups(len(self.members))
        for a, b in pairs:
            groups.join(a, b)
        for group in groups.all():
            for other in group[1:]:
                self._join(group[0], other)

    def _average(self, left: int, right: int) -> float:
        return self._sums[left][right] / (len(self.members[left]) * len(self.members[right]))

    def _join(self, left: int, right: int) -> None:
        """Put cluster `right` into `left`."""
        mine, theirs = self._sums[left], self._sums[right]
        del mine[right], theirs[left]
        for other, value in theirs.items():
            mine[other] += value
            self._sums[other][left] = mine[other]
            del self._sums[other][right]
        self.members[left] = sorted(self.members[left] + self.members.pop(right))
        self._sums[right] = {}

    def merge(self) -> None:
        """Merge the closest two clusters until no average is nought or more; ties go to the earliest."""
        heap = [
            (-self._average(a, b), a, b)
            for a in self.members
            for b in self._sums[a]
            if a < b and self._average(a, b) >= 0
        ]
        heapify(heap)
        while heap:
            value, a, b = heappop(heap)
            if a not in self.members or b not in self._sums[a] or -self._average(a, b) != value:
                continue
            self._join(a, b)
            for other in self._sums[a]:
                if (average := self._average(a, other)) >= 0:
                    heappush(heap, (-average, min(a, other), max(a, other)))
