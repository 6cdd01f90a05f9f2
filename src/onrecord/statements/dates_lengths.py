"""Lengths of time counted from now: the past two weeks, three days ago, in an hour → what they cover."""

from __future__ import annotations

from datetime import datetime, timedelta

from onrecord.statements.dates_calendar import (
    UNKNOWN,
    Now,
    Stretch,
    duration_value,
    moved,
    one_day,
    one_month,
    unit_around,
)  # fmt: skip

Args = dict[str, str]
_SHOWN = {"M": 7}
"""How much of a date its unit makes known: the past 12 months run from month to month."""


def duration(a: Args, _: Now, __: Stretch | None) -> Stretch:
    """Two days: how long, not when."""
    return Stretch(duration_value(a["n"] or "1", a["unit"]), None, None, "duration")


def around(a: Args, now: Now, _: Stretch | None) -> Stretch:
    """The past two weeks, the next 24 hours: from then to now, or from now to then."""
    sign, n, unit = int(a["dir"]), a["n"], a["unit"]
    length = duration_value(n, unit)
    if unit == "h" and n != "X" and float(n) % 24 == 0:
        n, unit = f"{float(n) / 24:g}", "D"
    if n == "X" or not sign or unit in "EChmS" or not now.day or not now.moment:
        start = None
        if now.moment and sign == -1 and n != "X" and unit == "h" and now.has_clock:
            start = now.moment - timedelta(hours=float(n))
        return Stretch(length, None, None, "duration", start, now.moment if start else None)
    first, last = sorted((now.day, moved(now.day, sign * float(n), unit)))
    shown = _SHOWN.get(unit, 10) if float(n) >= 2 else 10
    return Stretch(f"{first.isoformat()[:shown]}/{last.isoformat()[:shown]}", first, last, "range")


def run(a: Args, now: Now, _: Stretch | None) -> Stretch:
    """The three months to January; the first three months of the year."""
    n = int(float(a["n"])) if a["n"].isdecimal() else 0
    if not 0 < n <= 36 or not now.day:
        return UNKNOWN
    year = int(a["year"]) if a["year"] else now.day.year + int(a["years"] or 0)
    last = int(a["month"]) if a["month"] else n if a["side"] == "first" else 12
    if a["month"] and not a["year"] and last > now.day.month and now.tense != "future":
        year -= 1
    begun, ended = one_month(year, last - n + 1), one_month(year, last)
    return Stretch(f"{begun.value}/{ended.value}", begun.first, ended.last, "range")


def hence(a: Args, now: Now, _: Stretch | None) -> Stretch:
    """In three weeks' time."""
    return counted(now, a["n"], a["unit"], 1)


def ago(a: Args, now: Now, _: Stretch | None) -> Stretch:
    """Three weeks ago; six months ago today; two years ago this week."""
    return counted(now, a["n"], a["unit"], -1, exact=a["exact"])


def counted(now: Now, n: str, unit: str, sign: int, exact: str = "") -> Stretch:
    """The unit (or, if `exact` names one, the day, week or month) that lies n units from now."""
    if not now.day or not now.moment:
        return UNKNOWN
    if n == "X":
        return Stretch("PAST_REF" if sign < 0 else "FUTURE_REF", None, now.day, "vague")
    if unit in "hmS":
        return _hours_away(now, now.moment, float(n) * sign, unit)
    day = moved(now.day, sign * float(n), unit)
    if exact == "D":
        return one_day(day)
    return unit_around(day, exact or ("Y" if unit in "EC" else unit), 0)


def _hours_away(now: Now, moment: datetime, n: float, unit: str) -> Stretch:
    seconds = {"h": 3600, "m": 60, "S": 1}[unit] * n
    if not now.has_clock:
        return one_day(moment.date()) if abs(seconds) < 86400 else one_day((moment + timedelta(seconds=seconds)).date())
    at = moment + timedelta(seconds=seconds)
    at = at.replace(minute=0, second=0) if unit == "h" else at.replace(second=0)
    shown = f"{at:%Y-%m-%dT%H}" if unit == "h" else f"{at:%Y-%m-%dT%H:%M}"
    return Stretch(shown, at.date(), at.date(), "time", at, at + timedelta(seconds=3599 if unit == "h" else 59))
