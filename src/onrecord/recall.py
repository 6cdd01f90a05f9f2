"""Tellings as they are kept → what comparing needs of them, those of late remembered.

The next post mostly meets the same tellings again, and what a page has just written is folded next. A mark stands for
all that is kept of a telling, so that nothing remembered can be out of date, whoever wrote it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache, partial
from typing import NamedTuple

from sqlalchemy import Connection

from onrecord.events.nesting import Teller
from onrecord.events.traits import PostWords, Traits, named_words, traits
from onrecord.store import tellings
from onrecord.store.late import Late
from onrecord.store.tellings import Head, Outline

_traits = Late[bytes, Traits](1 << 15)


@contextmanager
def at_hand(most: int) -> Iterator[None]:
    """Remember so many traits (4 kB each): all that a month of a long story is compared with; and tellings, fewer."""
    with _traits.holding(most), tellings.of_late.holding(most // 5):
        yield


def traits_of(stored: bytes, words: bytes, mark: bytes = b"") -> Traits:
    """The traits of a telling as it is kept, with the words of its post; `mark` is that of both, where it is known."""
    mark = mark or tellings.mark_of(stored, words)
    known = _traits.get(mark)
    if known is None:
        source = partial(tellings.late, mark, stored, words)
        known = traits(source(), post_words(words), source)
        _traits.put(mark, known)
    return known


def traits_by_name(connection: Connection, number: int, heads: Sequence[Head]) -> dict[str, Traits]:
    """The traits of these tellings; only those that are not remembered are fetched."""
    found = {head.id: _traits.get(head.mark) for head in heads}
    rows = tellings.rows(connection, number, [name for name, known in found.items() if known is None])
    marks = {head.id: head.mark for head in heads}
    made = {row.id: traits_of(row.telling, row.words, marks[row.id]) for row in rows}
    return {name: known or made[name] for name, known in found.items()}


def times_by_name(
    connection: Connection, number: int, heads: Sequence[Head]
) -> Iterator[tuple[str, bytes, datetime | None]]:
    """(id, mark, time) of these tellings; of those that are not remembered no more than that is looked at."""
    found = {head.id: _traits.get(head.mark) for head in heads}
    times = tellings.times(connection, number, [name for name, known in found.items() if known is None])
    for head in heads:
        known = found[head.id]
        yield head.id, head.mark, known.time if known else times[head.id]


def tellers(connection: Connection, number: int, heads: Sequence[Head]) -> dict[str, Teller]:
    """What threads need of these tellings: their traits where they are remembered, else no more than that."""
    found: dict[str, Teller | None] = {head.id: _traits.get(head.mark) for head in heads}
    rows = tellings.outlines(connection, number, [name for name, known in found.items() if known is None])
    made = {row.id: _teller(row) for row in rows}
    return {name: known or made[name] for name, known in found.items()}


class _Teller(NamedTuple):
    """A telling of which no traits are remembered."""

    id: str
    time: datetime | None
    anchored: bool
    names: frozenset[str]
    named: frozenset[str]


def _teller(row: Outline) -> Teller:
    return _Teller(row.id, row.time, row.anchored, named_words(row.parties), frozenset(row.places))


@lru_cache(maxsize=1 << 12)
def post_words(words: bytes) -> PostWords:
    """The words of a post as they are kept, the same object for the same words."""
    return PostWords(tellings.words_in(words))
