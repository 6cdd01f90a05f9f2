"""Pages of a generation that is being built → folded by a second process, while this one derives the next pages.

The other process works out the rounds of a fold, and this one writes them. What is touched meanwhile is left aside by a
round, as what other processes touch always is. A telling waits but once for being folded, and of a page that is written
again no answer of before is taken, so that no round can take back a mark that it has not seen.
"""

from __future__ import annotations

import gc

from onrecord import refold, rethread
from onrecord.hands import Hands
from onrecord.second import Second
from onrecord.upkeep import Upkeep

_TELLINGS, _POSTS = 0, 1


class Aside:
    """A fold that goes on while pages are derived; without a second process it is done in between."""

    def __init__(self, upkeep: Upkeep, number: int, most: int, second: Second | None) -> None:
        self._upkeep = upkeep
        self._number = number
        self._most = most
        self._second = second
        self._waiting = 0
        self._asked: int | None = None
        """Which round the other process is at."""
        self._next = _TELLINGS

    def told(self, count: int) -> None:
        """So many tellings more wait."""
        self._waiting += count
        if self._second is None:
            if self._waiting >= self._most:
                self.finish()
        else:
            self._go_on(self._second)

    def finish(self) -> None:
        """Fold all that waits, both processes together."""
        if self._second and self._asked is not None:
            self._take(self._second)
        self._fold(Hands(self._second))
        self._waiting = 0

    def _fold(self, hands: Hands) -> None:
        self._upkeep.fold(self._number, publish=False, most=self._most, hands=hands)
        gc.collect(1)

    def _go_on(self, second: Second) -> None:
        """Write what the other process has worked out, and have it go on if there is enough to do."""
        if self._asked is not None:
            if not second.ready():
                return
            self._take(second)
        if self._next == _POSTS or self._waiting >= self._most:
            self._upkeep.record.settle()
            self._upkeep.rule(self._number)
            task = refold.tellings_round if self._next == _TELLINGS else rethread.posts_round
            second.ask(task, self._number, self._most)
            self._asked = self._next

    def _take(self, second: Second) -> None:
        """Write the round that the other process has worked out; it is asked for again where it does not hold."""
        done, self._asked = self._asked, None
        answer = second.answer()
        if answer is None:  # it is no more: from here on this one works alone
            self._second = None
            return
        if answer.found is not None and not self._upkeep.applied(answer.found, answer.seen, self._number):
            return
        gc.collect(1)
        if done == _TELLINGS:
            self._waiting -= self._most
        self._next = _POSTS if done == _TELLINGS else _TELLINGS
