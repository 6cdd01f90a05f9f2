"""Large pieces that were folded → the scores of their pairs, kept so that folding them as of another time is quick.

A score depends on what two tellings are and on nothing else. Each telling's row names the others by a digest of how
they are kept, so that a score is found only for the very tellings that it was worked out of; others are worked out.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from struct import Struct

from sqlalchemy import Connection

from onrecord.events.folding import FLOOR
from onrecord.events.pieces import Piece
from onrecord.events.same import score
from onrecord.events.traits import Traits
from onrecord.store import scores
from onrecord.store.rows import Step, digest

_LARGE = 24
"""Pieces of more tellings have their scores kept: two of the same size take as long to score as to load."""
_PAIR = Struct("<8sd")
_AT_ONCE = 20


Fetch = Callable[[Collection[str]], Mapping[str, Traits]]
"""Tellings → what comparing needs of them."""
Stored = Mapping[str, tuple[bytes, bytes]]
"""Telling → it, and the words of its post, as they are kept."""


def steps(
    number: int,
    pieces: Iterable[Piece],
    touched: Collection[str],
    known: Mapping[str, Traits],
    marks: Mapping[str, bytes],
) -> Iterator[Step]:
    """Writes that keep the scores of touched tellings with the others of their pieces; `marks` as rows have them."""
    rows = [row for piece in filter(large, pieces) for row in _rows(piece, touched, known, marks)]
    for at in range(0, len(rows), _AT_ONCE):
        yield partial(scores.put, number=number, rows=rows[at : at + _AT_ONCE])


def large(piece: Piece) -> bool:
    """True for a piece of which scores are kept."""
    return len(piece.nodes) > _LARGE and not piece.whole


def _rows(
    piece: Piece, touched: Collection[str], known: Mapping[str, Traits], marks: Mapping[str, bytes]
) -> Iterator[scores.Row]:
    """A pair stands in one row: that of the touched one, or of the later of two."""
    for name in piece.nodes:
        if name in touched:
            others = (o for o in piece.nodes if o != name and (o < name or o not in touched))
            yield name, b"".join(_PAIR.pack(marks[o][:8], score(known[name], known[o])) for o in others)


def _marks(piece: Piece, stored: Stored) -> dict[str, bytes]:
    """What stands for each telling of the piece as it is kept."""
    return {name: digest(*stored[name])[:8] for name in piece.nodes}


def matrix(
    connection: Connection, number: int, piece: Piece, names: Sequence[str], stored: Stored, fetch: Fetch
) -> list[list[float]]:
    """For each telling of a large piece its scores with those after it: kept ones, and others worked out."""
    marks = _marks(piece, stored)
    places = {marks[name]: at for at, name in enumerate(names)}
    at_of = {name: at for at, name in enumerate(names)}
    rows: list[list[float | None]] = [[None] * (len(names) - at) for at in range(1, len(names) + 1)]
    for name, row in scores.load(connection, number, names):
        at = at_of[name]
        for other, value in _PAIR.iter_unpack(row):
            to = places.get(other, at)
            if to > at:
                rows[at][to - at - 1] = value
            elif to < at:
                rows[to][at - to - 1] = value
    lacking = [(at, to) for at, row in enumerate(rows) for to, value in enumerate(row, at + 1) if value is None]
    known = fetch([names[n] for n in sorted({n for pair in lacking for n in pair})])
    for at, to in lacking:
        rows[at][to - at - 1] = score(known[names[at]], known[names[to]])
    return [[max(FLOOR, value) for value in row if value is not None] for row in rows]
