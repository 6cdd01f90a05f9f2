"""Clocks of twelve hours that print no half of the day → with it, where the page's times pass noon."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import time
from itertools import pairwise

from onrecord.posts.moments import Printed

_HALF = re.compile(r"\d\s?[ap]\.?\s?m\b", re.IGNORECASE)
_PADDED = re.compile(r"(?<!\d)0\d[:.]")
"""An hour below ten as clocks of twenty-four hours write it."""
_NOON = 12 * 60
_LONGEST = 6 * 60
"""Minutes between the last post of a morning and the first of its afternoon, at most."""


def whole_days(times: Sequence[Printed]) -> list[Printed]:
    """The times of a page, oldest or newest first, with those of its afternoon as clocks of twenty-four hours."""
    if not all(map(_is_half, times)):
        return list(times)
    return _past_noon(times) or _past_noon(times[::-1])[::-1] or list(times)


def _past_noon(times: Sequence[Printed]) -> list[Printed]:
    """The times, oldest first, those behind the one step back from before one to one or later being of the afternoon;
    none without such a step."""
    minutes = [60 * t.clock.hour + t.clock.minute for t in times if t.clock is not None]
    back = [i for i, (a, b) in enumerate(pairwise(minutes), 1) if b < a]
    if len(back) != 1 or not 0 < minutes[back[0]] + _NOON - minutes[back[0] - 1] <= _LONGEST:
        return []
    return [*times[: back[0]], *map(_after_noon, times[back[0] :])]


def _is_half(when: Printed) -> bool:
    """Whether a clock, with no day beside it, may be one of twelve hours that does not say of which half."""
    hour = when.clock.hour if when.clock and when.day is None and when.weekday is None else 0
    return 1 <= hour <= 12 and not _HALF.search(when.text) and not _PADDED.search(when.text)


def _after_noon(when: Printed) -> Printed:
    clock = when.clock
    return replace(when, clock=time(clock.hour % 12 + 12, clock.minute)) if clock else when
