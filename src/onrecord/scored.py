"""Large pieces that were folded → the scores of their pairs, kept so that folding them as of another time is quick.

A score depends on what two tellings are and on nothing else. Each telling's row names the others by a digest of how
they are kept, so that a score is found only for the very tellings that it was worked out of; others are worked out.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from struct import Struct

from onrecord.events.bounds import likely
from onrecord.events.folding import FLOOR
from onrecord.events.pieces import Piece
from onrecord.events.same import remembered, score
from onrecord.events.traits import Traits
from onrecord.store import scores
from onrecord.store.rows import Step

_LARGE = 4
"""Pieces of more tellings have their scores kept."""
_PAIR = Struct("<8sd")
_AT_ONCE = 20


Fetch = Callable[[Collection[str]], Mapping[str, Traits]]
"""Tellings → what comparing needs of them."""
Marks = Mapping[str, bytes]
"""Telling → the digest of how it is kept (`tellings.mark_of`)."""


def steps(
    number: int,
    pieces: Iterable[Piece],
    touched: Collection[str],
    known: Mapping[str, Traits],
    marks: Marks,
) -> Iterator[Step]:
    """Writes that keep the scores of touched tellings with the others of their pieces; `marks` as rows have them.

    Tellings of which no scores are kept count as touched: their piece has only now grown large.
    """
    rows = [row for piece in filter(large, pieces) for row in _rows(piece, touched, known, marks)]
    for at in range(0, len(rows), _AT_ONCE):
        yield partial(scores.put, number=number, rows=rows[at : at + _AT_ONCE])


def large(piece: Piece) -> bool:
    """True for a piece of which scores are kept."""
    return len(piece.nodes) > _LARGE and not piece.whole


def _rows(piece: Piece, touched: Collection[str], known: Mapping[str, Traits], marks: Marks) -> Iterator[scores.Row]:
    """A pair stands in one row: that of the touched one, or of the later of two."""
    for name in piece.nodes:
        if name in touched:
            others = (o for o in piece.nodes if o != name and (o < name or o not in touched))
            yield name, b"".join(_PAIR.pack(marks[o][:8], score(known[name], known[o])) for o in others)


def matrix(names: Sequence[str], marks: Marks, kept: Mapping[str, bytes], fetch: Fetch) -> list[list[float]]:
    """For each telling of a large piece its scores with those after it: kept ones, and others worked out.

    `kept` are the rows of these tellings, as far as there are any.
    """
    places = {marks[name][:8]: at for at, name in enumerate(names)}
    rows: list[list[float | None]] = [[None] * (len(names) - at) for at in range(1, len(names) + 1)]
    for at, name in enumerate(names):
        for mark, value in _PAIR.iter_unpack(kept.get(name, b"")):
            to = places.get(mark, at)
            if to > at:
                rows[at][to - at - 1] = value
            elif to < at:
                rows[to][at - to - 1] = value
    lacking = [(at, to) for at, row in enumerate(rows) for to, value in enumerate(row, at + 1) if value is None]
    known = fetch([names[n] for n in sorted({n for pair in lacking for n in pair})])
    for at, to in lacking:
        one, other = known[names[at]], known[names[to]]
        found = remembered(one, other)
        found = likely(one, other, FLOOR) if found is None else found
        rows[at][to - at - 1] = FLOOR if found is None else found
    return [[max(FLOOR, value) for value in row if value is not None] for row in rows]
