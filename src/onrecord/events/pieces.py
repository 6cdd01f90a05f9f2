"""A graph of weighted links → pieces small enough to be clustered whole: what hangs together, parted at its weak links.

A piece is a component of the links of at least nought. One that is larger than `BOUND` is parted into the components of
its stronger links, and so on up the `LEVELS`. Which piece a node is in depends on the links around it alone, so that
new nodes can only change the pieces of those that they are linked to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

Links = Mapping[str, float]
"""Node → how strong the link to it is, at least nought."""
Load = Callable[[Sequence[str]], Mapping[str, Links]]
"""Nodes → the links of each that has any."""


class Cut(NamedTuple):
    """How large components are parted."""

    levels: tuple[float, ...]
    bound: int


class Piece(NamedTuple):
    """A group of nodes."""

    nodes: tuple[str, ...]
    """In order of their names."""
    whole: bool
    """True when it is larger than the bound even at the last level: links so strong that they need no clustering."""
    parted: bool = False
    """True when it hangs together with more by weaker links."""


class Graph:
    """Links of nodes, fetched when they are first asked for."""

    def __init__(self, load: Load, cut: Cut) -> None:
        self._load = load
        self._cut = cut
        self._links: dict[str, Links] = {}
        self._large: list[set[str]] = [set() for _ in cut.levels]

    def pieces(self, nodes: Iterable[str]) -> list[Piece]:
        """The pieces that these nodes are in, each once."""
        out: list[Piece] = []
        done: set[str] = set()
        wanted = set(nodes)
        self._fetch_around(wanted)
        for node in sorted(wanted):
            if node not in done:
                out.append(self._piece(node))
                done.update(out[-1].nodes)
        return out

    def large(self, node: str, n: int) -> bool:
        """True where links of the n-th level tie the node to more than the bound."""
        return self._reach(node, n, self._cut.bound) is None

    def _piece(self, node: str) -> Piece:
        last = len(self._cut.levels) - 1
        for n in range(last):
            found = self._reach(node, n, self._cut.bound)
            if found is not None:
                return Piece(tuple(sorted(found)), False, n > 0)
        found = self._reach(node, last, None) or {node}
        return Piece(tuple(sorted(found)), len(found) > self._cut.bound, True)

    def _reach(self, node: str, n: int, bound: int | None) -> set[str] | None:
        """All that is tied to the node by links of the n-th level; None when that is more than the bound."""
        level, large = self._cut.levels[n], self._large[n]
        seen, edge = {node}, [node]
        while edge:
            if bound is not None and (len(seen) > bound or not large.isdisjoint(edge)):
                large.update(seen)
                return None
            self._fetch(edge)
            if level > 0:
                reached = {other for one in edge for other, weight in self._links[one].items() if weight >= level}
            else:  # all links are at least nought
                reached = set().union(*(self._links[one] for one in edge))
            edge = sorted(reached - seen)
            seen.update(edge)
        return seen

    def _fetch_around(self, nodes: set[str]) -> None:
        """Fetch what most pieces need, for all of them at once, ring by ring."""
        most = 2 * (len(nodes) + self._cut.bound)
        while nodes and len(self._links) + len(nodes) < most:
            self._fetch(sorted(nodes))
            nodes = {o for node in nodes for o in self._links[node] if o not in self._links}

    def _fetch(self, nodes: Sequence[str]) -> None:
        wanted = [node for node in nodes if node not in self._links]
        if wanted:
            found = self._load(wanted)
            self._links.update((node, found.get(node, {})) for node in wanted)
