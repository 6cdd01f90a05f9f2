"""Scores of pairs → clusters by average link, with pairs that must and must not be together.

UPGMA: Sokal & Michener, A statistical method for evaluating systematic relationships, 1958.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from heapq import heapify, heappop, heappush

_APART = float("-inf")


class Groups:
    """Union–find over positions, with the smallest position as a group's head."""

    def __init__(self, size: int) -> None:
        self._head = list(range(size))

    def head(self, at: int) -> int:
        """The head of a position's group."""
        while self._head[at] != at:
            self._head[at] = self._head[self._head[at]]
            at = self._head[at]
        return at

    def join(self, a: int, b: int) -> None:
        """Put two positions into one group."""
        left, right = sorted((self.head(a), self.head(b)))
        self._head[right] = left

    def all(self) -> list[list[int]]:
        """Every group, its positions in order."""
        out: defaultdict[int, list[int]] = defaultdict(list)
        for at in range(len(self._head)):
            out[self.head(at)].append(at)
        return list(out.values())


Scores = Sequence[Sequence[float]]
"""For each position the scores of its pairs with those after it, in order."""


def clusters(
    scores: Scores, together: Iterable[tuple[int, int]] = (), apart: Iterable[tuple[int, int]] = ()
) -> list[list[int]]:
    """Clusters of positions: the closest two are merged while their average score is at least nought.

    `together` and `apart` win over scores. The same for the same positions, whatever came before; ties go to the first.
    """
    if len(scores) == 1:
        return [[0]]
    links = _Links(scores)
    for a, b in apart:
        links.keep_apart(a, b)
    links.put_together(together)
    links.merge()
    return sorted(links.members.values())


class _Links:
    """Clusters and the sums of scores between them."""

    def __init__(self, scores: Scores) -> None:
        self.members = {n: [n] for n in range(len(scores))}
        later = [[0.0] * (n + 1) + list(row) for n, row in enumerate(scores)]
        earlier = zip(*later, strict=True)
        self._sums = [[*before[:n], *row[n:]] for n, (before, row) in enumerate(zip(earlier, later, strict=True))]
        """A row for each cluster; what stands in it for itself, and for clusters that are no more, means nothing."""

    def keep_apart(self, a: int, b: int) -> None:
        """Never join these two, unless `put_together` does."""
        if a != b:
            self._sums[a][b] = self._sums[b][a] = _APART

    def put_together(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Join pairs whatever their scores."""
        groups = Groups(len(self.members))
        for a, b in sorted(pairs):
            groups.join(a, b)
        for group in groups.all():
            for other in group[1:]:
                self._join(group[0], other)

    def _join(self, left: int, right: int) -> None:
        """Put cluster `right` into `left`."""
        sums = self._sums
        sums[left] = joined = [mine + theirs for mine, theirs in zip(sums[left], sums[right], strict=True)]
        self.members[left] = sorted(self.members[left] + self.members.pop(right))
        for other in self.members:
            sums[other][left] = joined[other]

    def merge(self) -> None:
        """Merge the closest two clusters until no average is nought or more."""
        members, sums = self.members, self._sums
        heap = [
            (-(value / (len(mine) * len(members[b]))), a, b)
            for a, mine in members.items()
            for b, value in enumerate(sums[a][a + 1 :], a + 1)
            if value >= 0 and b in members
        ]
        heapify(heap)
        while heap:
            value, a, b = heappop(heap)
            if a not in members or b not in members or -(sums[a][b] / (len(members[a]) * len(members[b]))) != value:
                continue
            self._join(a, b)
            row, size = sums[a], len(members[a])
            for other, theirs in members.items():
                if row[other] >= 0 and other != a:
                    heappush(heap, (-(row[other] / (size * len(theirs))), min(a, other), max(a, other)))
