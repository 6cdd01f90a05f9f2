"""The days that a live page prints between or above its posts → the day under which each post stands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date

from onrecord.posts.dom import Dom
from onrecord.posts.elements import Range
from onrecord.posts.moments import dated
from onrecord.posts.tongues import told

_MOST_WORDS = 2


def day_heads(page: Dom, ranges: Sequence[Range], near: date | None) -> list[tuple[int, date]]:
    """Places and days of the lines outside of posts that print a day and no clock; a year is taken from `near`."""
    if not ranges:
        return []
    starts = [a for a, _ in ranges]
    out: list[tuple[int, date]] = []
    for i in page.told_in(_feed(page, ranges), ranges[-1][1]):
        text = page.texts[i]
        at = bisect_right(starts, i) - 1
        if not text or (at >= 0 and i < ranges[at][1]):
            continue
        shown = told(text.strip())
        if shown is None or shown.day is None or shown.clock is not None or shown.ago is not None:
            continue
        day = dated(shown, near)
        if day is not None and len(shown.rest.split()) <= _MOST_WORDS and not shown.updated:
            out.append((i, day))
    return out


def above(heads: Sequence[tuple[int, date]], place: int) -> date | None:
    """The day of the last head before a place."""
    at = bisect_right([i for i, _ in heads], place) - 1
    return heads[at][1] if at >= 0 else None


def _feed(page: Dom, ranges: Sequence[Range]) -> int:
    """Where the element begins that holds all posts, with what stands right before it in its own."""
    last = ranges[-1][0]
    around = next((i for i in page.parents(ranges[0][0]) if page.ends[i] > last), 0)
    outer = page.above[around]
    return outer if outer > 0 and page.tags[outer] not in ("body", "html") else around
