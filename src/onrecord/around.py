"""Nodes that were touched, with their links as they are to be → all that may change, as it hangs together now.

A piece of the record that is not linked to what was touched stays as it is (`events.pieces`), so that the cost is that
of the neighbourhood and not that of the record.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from sqlalchemy import Connection

from onrecord.events.pieces import Cut, Graph, Piece
from onrecord.store import links
from onrecord.store.rows import Step, chunks

_NODES = 10
"""Nodes of which the links are written at once."""


@dataclass(frozen=True, slots=True)
class Around:
    """The links around touched nodes, before and after."""

    kind: str
    nodes: frozenset[str]
    """What was touched."""
    fresh: Mapping[str, Mapping[str, float]]
    """Its links, as they are to be."""
    pieces: tuple[Piece, ...]
    """All that may have changed, as it hangs together now."""
    affected: frozenset[str]
    """All nodes of which the piece may have changed, gone ones too."""


def around(
    connection: Connection,
    number: int,
    kind: str,
    cut: Cut,
    nodes: Sequence[str],
    fresh: links.Links,
    also: Collection[str] = (),
) -> Around:
    """What hangs together with touched nodes, of which `fresh` holds those that there still are, and with others.

    A node that goes can change the pieces that its neighbours are in without it; one that comes, those that its
    neighbours were in. Whole pieces of before and after lie in what is given.
    """
    mine = frozenset(nodes)
    load = _Kept(connection, number, kind)
    old = load(nodes)
    beside = {other for known in (*old.values(), *fresh.values()) for other in known}.union(also) - mine
    rest = Graph(lambda names: _without(load(names), mine), cut).pieces(beside)
    affected = mine.union(*(piece.nodes for piece in rest))
    back = _turned(fresh)

    def now(names: Sequence[str]) -> links.Links:
        stored = _without(load([name for name in names if name not in mine]), mine)
        return {name: {**stored.get(name, {}), **back.get(name, {}), **fresh.get(name, {})} for name in names}

    pieces = Graph(now, cut).pieces((affected - mine) | fresh.keys())
    return Around(kind, mine, fresh, tuple(pieces), affected)


class _Kept:
    """Links as they are kept, each asked for once."""

    def __init__(self, connection: Connection, number: int, kind: str) -> None:
        self._load = partial(links.load, connection, number, kind)
        self._known: links.Links = {}

    def __call__(self, nodes: Sequence[str]) -> links.Links:
        wanted = [node for node in nodes if node not in self._known]
        found = self._load(wanted) if wanted else {}
        self._known.update((node, found.get(node, {})) for node in wanted)
        return {node: self._known[node] for node in nodes}


def _without(found: links.Links, nodes: frozenset[str]) -> links.Links:
    return {
        name: {other: weight for other, weight in known.items() if other not in nodes}
        for name, known in found.items()
        if name not in nodes
    }


def _turned(fresh: links.Links) -> links.Links:
    out: links.Links = defaultdict(dict)
    for name, known in fresh.items():
        for other, weight in known.items():
            out[other][name] = weight
    return out


def links_steps(number: int, found: Around) -> Iterator[Step]:
    """Writes that put the links of touched nodes in place."""
    for chunk in chunks(sorted(found.nodes), _NODES):
        some = {name: found.fresh.get(name, {}) for name in chunk}
        yield partial(links.put, number=number, kind=found.kind, fresh=some)
