"""Links as they are kept, and those that were others at another time → what hung together then, and what still does.

Nodes that were not there, or were others, are taken out of the kept links; what their neighbours hang together with in
the rest is all that they can have changed (as in `around`). Everything else is as it is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from onrecord.events.pieces import Cut, Graph, Piece
from onrecord.store.links import Links

Load = Callable[[Sequence[str]], Links]


class Tier:
    """Nodes with their links at another time."""

    def __init__(self, rest: Load, full: Load, cut: Cut, other: Collection[str], bordering: Collection[str]) -> None:
        """`rest` gives kept links among nodes that were as they are, `full` those of the other time.

        `bordering` grows as `rest` is asked: nodes with links to those that were others, or not there.
        """
        self._load = rest
        self._rest = Graph(rest, cut)
        self._full = Graph(full, cut)
        self._other = other
        self._bordering = bordering

    def pieces(self, nodes: Iterable[str]) -> tuple[list[Piece], list[Piece]]:
        """(pieces that are as they are kept, those that need not be) in which these nodes were."""
        wanted = set(nodes)
        kept: list[Piece] = []
        touched = {node for node in wanted if node in self._other}
        found = self._load(sorted(wanted - touched))  # all at once, so that the graph finds them at hand
        alone = {node for node in wanted - touched if not found[node] and node not in self._bordering}
        kept += (Piece((node,), False) for node in sorted(alone))
        for piece in self._rest.pieces(wanted - touched - alone):
            if any(node in self._bordering for node in piece.nodes):
                touched.update(wanted.intersection(piece.nodes))
            else:
                kept.append(piece)
        return kept, self._full.pieces(touched)
