"""Posts that print a clock and no day, in page order → the day of each, told by where the clock runs past midnight."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time, timedelta
from itertools import pairwise

_TURN = 3 * 60
"""A clock that goes back by more minutes than this, against the order of the page, has passed midnight."""


def days(clocks: Sequence[time], anchor: date, newest: bool) -> list[date]:
    """A day for each clock. `anchor` is the day of the newest post, or of the oldest where `newest` is false."""
    minutes = [60 * c.hour + c.minute for c in clocks]
    steps = [b - a for a, b in pairwise(minutes)]
    newest_first = sum(s < 0 for s in steps) >= sum(s > 0 for s in steps)
    order = list(range(len(minutes)))[:: -1 if newest_first else 1]
    passed = [0] * len(minutes)
    count = 0
    for before, here in pairwise(order):
        count += minutes[before] - minutes[here] > _TURN
        passed[here] = count
    return [anchor + timedelta(days=n - (count if newest else 0)) for n in passed]
