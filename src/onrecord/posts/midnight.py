"""Posts dated by clocks below one printed day → by how many days they are off: that day may be the one at whose end
the page went on past midnight."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

_DAYS = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_NAMED = re.compile(rf"\b(?P<part>on |this |late |early )?(?P<day>{_DAYS})\b", re.IGNORECASE)
_TOMORROW = re.compile(r"\btomorrow\b", re.IGNORECASE)
_WEEK = _DAYS.split("|")
_ONE = timedelta(days=1)


def days_off(told: Sequence[tuple[str, datetime]], printed: bool) -> int:
    """0, or 1 where the newest post, given first as on the page, is one of the day after.

    What the posts call today and tomorrow settles it; else, where the page itself prints the day (`printed`), that of
    most posts is the printed one.
    """
    dates = [when.date() for _, when in told]
    if len(set(dates)) != 2 or dates[0] != max(dates):
        return 0
    as_dated = sum(_agrees(text, when) for text, when in told)
    a_day_on = sum(_agrees(text, when + _ONE) for text, when in told)
    if as_dated != a_day_on:
        return int(a_day_on > as_dated)
    return int(printed and 2 * dates.count(dates[0]) < len(dates))


def _agrees(text: str, when: datetime) -> int:
    """How often a text names the day of its post, or with "tomorrow" the next."""
    named = [m for m in _NAMED.finditer(text) if m["part"]]
    days = {_WEEK.index(m["day"].lower()) for m in named}
    if (when + _ONE).weekday() in days and _TOMORROW.search(text):
        return 2
    return int(when.weekday() in days)
