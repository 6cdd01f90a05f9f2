"""What a fold works out → by one process, or by two that look at the same state of the record."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import Any, TypeVar

from sqlalchemy import Connection

from onrecord.events.pieces import Piece
from onrecord.second import Second, Task
from onrecord.shelf import Group, Made, Shelf, both_ways, events_of, new_links
from onrecord.store import derived
from onrecord.store.links import Links

_LEAST = 200
"""Tellings, or posts, that a second process is worth being asked for."""
_MINE = 0.42
"""How much of a round's work this process takes, which does alone what can't be shared."""
T = TypeVar("T")
K = TypeVar("K")
V = TypeVar("V")


class Hands:
    """Who works: this process, and a second one if it is given."""

    def __init__(self, second: Second | None = None) -> None:
        self._second = second

    def links_of(self, shelf: Shelf, alive: Sequence[str]) -> Links:
        """The links of touched tellings."""
        mine = partial(new_links, shelf, alive)
        return both_ways(self.halved(shelf.connection, alive, mine, _links, shelf.number, alive), alive)

    def events_of(self, shelf: Shelf, pieces: Sequence[Piece], same: Collection[Group]) -> list[list[Made]]:
        """The events of each piece."""
        if self._second is None or sum(len(piece.nodes) for piece in pieces) < _LEAST:
            return events_of(shelf, pieces, same)
        half = _half(pieces, _work)
        theirs = {name for piece in pieces[half:] for name in piece.nodes}
        self._second.ask(_events, shelf.number, pieces[half:], {group for group in same if group[0] in theirs})
        mine = events_of(shelf, pieces[:half], same)
        other: list[list[Made]] | None = self._answer(shelf.connection)
        return [*mine, *(other if other is not None else events_of(shelf, pieces[half:], same))]

    def halved(
        self,
        connection: Connection,
        items: Sequence[T],
        mine: Callable[[Sequence[T]], dict[K, V]],
        theirs: Task,
        *given: object,
        work: Callable[[T], float] = lambda _: 1,
    ) -> dict[K, V]:
        """What `mine` makes of all the items, put together; a part of them given to `theirs`, which makes the same.

        `work` tells what an item takes, beside others.
        """
        if self._second is None or len(items) < _LEAST:
            return mine(items)
        half = _half(items, work)
        self._second.ask(theirs, *given, items[half:])
        out = dict(mine(items[:half]))
        other: dict[K, V] | None = self._answer(connection)
        out.update(other if other is not None else mine(items[half:]))
        return out

    def _answer(self, connection: Connection) -> Any:
        """What the other process found in the same state of the record; None otherwise."""
        answer = self._second.answer() if self._second else None
        return answer.found if answer and answer.seen == derived.built(connection) else None


def _links(connection: Connection, number: int, alive: Sequence[str], some: Sequence[str]) -> Links:
    shelf = Shelf(connection, number)
    shelf.fetch(some)
    return new_links(shelf, alive, some)


def _events(connection: Connection, number: int, pieces: Sequence[Piece], same: Collection[Group]) -> list[list[Made]]:
    return events_of(Shelf(connection, number), pieces, same)


def _half(items: Sequence[T], work: Callable[[T], float]) -> int:
    """Up to where this process works, which has the rest to do too."""
    left = _MINE * sum(map(work, items))
    for at, item in enumerate(items):
        left -= work(item)
        if left < 0:
            return at
    return len(items)


def _work(piece: Piece) -> float:
    """In what a telling alone takes, as measured: comparing in pairs is cheap, but grows with the square."""
    return len(piece.nodes) * (1 + len(piece.nodes) / 60)


ONE = Hands()
