"""What pages of a generation tell that is being built → events, by a second process, while this one derives more pages.

The other process works out the rounds of a fold, and this one writes them. What is touched meanwhile is left aside by a
round, as what other processes touch always is. A telling waits but once for being folded, and of a page that is written
again no answer of before is taken, so that no round can take back a mark that it has not seen. Posts are put into
threads at the end, each but once.
"""

from __future__ import annotations

from onrecord import refold
from onrecord.hands import Hands
from onrecord.second import Second
from onrecord.upkeep import Upkeep


class Aside:
    """A fold that goes on while pages are derived; without a second process it is done in between."""

    def __init__(self, upkeep: Upkeep, number: int, most: int, second: Second | None) -> None:
        self._upkeep = upkeep
        self._number = number
        self._most = most
        self._second = second
        self._waiting = 0
        self._asked = False

    def told(self, count: int) -> None:
        """So many tellings more wait."""
        self._waiting += count
        if self._second is None and self._waiting >= self._most:
            self._gather()

    def go_on(self) -> None:
        """Write what the other process has worked out, and have it go on if there is enough to do."""
        if self._second is None or (self._asked and not self._second.ready()):
            return
        self._take()
        if self._second and self._waiting >= self._most:
            self._upkeep.record.settle()
            self._upkeep.rule(self._number)
            self._second.ask(refold.tellings_round, self._number, self._most)
            self._asked = True

    def finish(self) -> None:
        """Fold all that waits, both processes together."""
        self._take()
        self._gather()
        self._upkeep.thread(self._number, most=self._most, hands=Hands(self._second))

    def _gather(self) -> None:
        self._upkeep.gather(self._number, most=self._most, hands=Hands(self._second))
        self._waiting = 0

    def _take(self) -> None:
        """Write the round that the other process works out; what it tells of waits on where it does not hold."""
        if not self._asked or self._second is None:
            return
        self._asked = False
        answer = self._second.answer()
        if answer is None:  # it is no more: from here on this one works alone
            self._second = None
        elif answer.found is None or self._upkeep.applied(answer.found, answer.seen, self._number):
            self._waiting -= self._most
