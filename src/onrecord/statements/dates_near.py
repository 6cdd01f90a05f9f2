"""Days and months without a year → which year is meant, by tense and nearness."""

from __future__ import annotations

import calendar
from datetime import date

from onrecord.statements.dates_calendar import DAY, Now


def on(year: int, month: int, day: int) -> date | None:
    """The day, where the calendar has it; a month of 13 or 0 is one of the next year or the last."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, day) if day <= calendar.monthrange(year, month)[1] else None


def nearest(now: Now, days: list[date | None]) -> date | None:
    """The latest up to now in the past tense, the earliest from now in the future; else the nearest, the past first.

    A tense gives way where it would mean a day nearly a year off (rejected talks on 14 April, told on the 5th).
    """
    known = [d for d in days if d]
    assert now.day
    today = now.day
    before, after = [d for d in known if d <= today], [d for d in known if d >= today]
    soon = bool(after) and after[0] - today <= 40 * DAY
    if now.tense == "passed" and before:
        return before[-1]
    if now.tense == "past" and before and not (soon and today - before[-1] > 320 * DAY):
        return before[-1]
    if now.tense == "future" and after and (not before or (after[0] - today) <= 2 * (today - before[-1]) + 60 * DAY):
        return after[0]
    weight = 1 if now.tense == "present" else 4
    return min(known, key=lambda d: (d - today).days * weight if d > today else (today - d).days, default=None)


def turn(ahead: int, now: Now) -> int:
    """Which year a month means that lies `ahead` months from this one: -1 the last, 0 this, 1 the next."""
    if now.tense == "future":
        return int(ahead < 0)
    if now.past:
        return -int(ahead > 0)
    return -int(ahead > 4)


def full_year(text: str, now: Now) -> int:
    """`90` is the year that ends so and lies at most 20 years ahead."""
    year = int(text)
    if len(text) > 2:
        return year
    latest = (now.day.year if now.day else 2029) + 20
    return latest - (latest - year) % 100
