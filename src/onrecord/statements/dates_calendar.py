"""Days, weeks, months, seasons, quarters, years → stretches of the calendar with their TIMEX3 values."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days `first` to `last` inclusive, or the hours `start` to `end` in them."""

    value: str | None
    first: date | None
    last: date | None
    precision: str
    start: datetime | None = None
    end: datetime | None = None


@dataclass(frozen=True, slots=True)
class Now:
    """Where a relative expression starts from."""

    moment: datetime | None
    tense: str | None

    @property
    def day(self) -> date | None:
        """Today."""
        return self.moment.date() if self.moment else None

    @property
    def zone(self) -> tzinfo:
        """The zone in which days begin; UTC when nothing is known."""
        return (self.moment.tzinfo if self.moment else None) or UTC

    @property
    def has_clock(self) -> bool:
        """More than the day is known: midnight sharp stands for a day without a time."""
        return bool(self.moment and (self.moment.hour or self.moment.minute))

    @property
    def past(self) -> bool:
        """The clause tells what is over."""
        return self.tense in ("past", "passed")


UNKNOWN = Stretch(None, None, None, "vague")
HOURS = {"EARLY": (0, 6), "TMO": (0, 12), "TMI": (11, 14), "TAF": (12, 18), "TEV": (17, 24), "TNI": (18, 30)}
_SEASONS = {"SP": (3, 5), "SU": (6, 8), "AU": (9, 11), "FA": (9, 11), "WI": (12, 14)}
_CODES = {"D": "D", "W": "W", "M": "M", "Y": "Y", "Q": "Q", "E": "DE", "C": "CE", "WE": "WE", "N": "D", "F": "W"}
_DAYS = {"D": 1, "N": 1, "W": 7, "F": 14, "WE": 7}
_MONTHS = {"M": 1, "Q": 3, "Y": 12, "E": 120, "C": 1200}


def one_day(day: date) -> Stretch:
    """The day: 2025-02-06."""
    return Stretch(day.isoformat(), day, day, "day")


def one_month(year: int, month: int) -> Stretch:
    """The month; 13 is January of the next year."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    last = calendar.monthrange(year, month)[1]
    return Stretch(f"{year:04d}-{month:02d}", date(year, month, 1), date(year, month, last), "month")


def one_year(year: int) -> Stretch:
    """The year."""
    return Stretch(f"{year:04d}", date(year, 1, 1), date(year, 12, 31), "year")


def one_week(day: date) -> Stretch:
    """The ISO week that holds the day: 2025-W06."""
    year, week, weekday = day.isocalendar()
    monday = day - (weekday - 1) * DAY
    return Stretch(f"{year:04d}-W{week:02d}", monday, monday + 6 * DAY, "week")


def one_weekend(day: date) -> Stretch:
    """Saturday and Sunday of the week that holds the day: 2025-W06-WE."""
    week = one_week(day)
    sunday = day + (7 - day.isoweekday()) * DAY
    return Stretch(f"{week.value}-WE", sunday - DAY, sunday, "range")


def one_season(year: int, season: str) -> Stretch:
    """The season, by the meteorological months; winter belongs to the year in which it begins."""
    low, high = _SEASONS[season]
    return Stretch(f"{year:04d}-{season}", one_month(year, low).first, one_month(year, high).last, "season")


def part_of_year(year: int, size: str, number: int) -> Stretch:
    """A quarter or half: 2025-Q3, 2025-H1."""
    months = 3 if size.startswith("q") else 6
    first = one_month(year, (number - 1) * months + 1).first
    return Stretch(f"{year:04d}-{size[0].upper()}{number}", first, one_month(year, number * months).last, "range")


def years(first: int, last: int, value: str) -> Stretch:
    """Whole years under one value."""
    return Stretch(value, date(first, 1, 1), date(last, 12, 31), "range")


def unit_around(day: date, unit: str, offset: int) -> Stretch:
    """The unit that holds the day, or the one `offset` units later."""
    if unit in ("D", "N"):
        return one_day(day + offset * DAY)
    if unit in ("W", "F", "WE"):
        moved = day + _DAYS[unit] * offset * DAY
        return one_weekend(moved) if unit == "WE" else one_week(moved)
    if unit == "M":
        return one_month(day.year, day.month + offset)
    if unit == "Q":
        number = day.year * 4 + (day.month - 1) // 3 + offset
        return part_of_year(number // 4, "q", number % 4 + 1)
    if unit == "E":
        start = day.year // 10 * 10 + 10 * offset
        return years(start, start + 9, str(start // 10))
    if unit == "C":
        start = day.year // 100 * 100 + 100 * offset
        return years(start, start + 99, str(start // 100))
    return one_year(day.year + offset)


def with_part(whole: Stretch, part: str, zone: tzinfo) -> Stretch:
    """A day's part: 2025-02-07TNI runs from 18:00 to the next day's 06:00."""
    if not part or whole.precision != "day" or not whole.first:
        return whole
    low, high = HOURS[part]
    midnight = datetime.combine(whole.first, time(), zone)
    start, end = midnight + timedelta(hours=low), midnight + timedelta(hours=high) - SECOND
    value = f"{whole.value}{part.replace('EARLY', 'TMO')}"
    return replace(whole, value=value, precision="time", start=start, end=end, last=end.date())


def with_clock(whole: Stretch, clock: str, zone: tzinfo) -> Stretch:
    """A minute of a day. 24:00 is the midnight that ends it; times of another zone are carried over."""
    if not clock or whole.precision not in ("day", "time") or not whole.first:
        return whole
    shown, _, named = clock.partition("@")
    hour, minute = (int(x) for x in shown.split(":"))
    at = datetime.combine(whole.first, time(), ZoneInfo(named) if named else zone) + timedelta(
        hours=hour, minutes=minute
    )
    if named:
        at = at.astimezone(zone)
    value = f"{at:%Y-%m-%d}T00:00" if hour == 24 else f"{whole.first.isoformat()}T{shown}"
    return Stretch(value, at.date(), at.date(), "time", at, at + timedelta(seconds=59))


def with_edge(whole: Stretch, edge: str, now: Now) -> Stretch:
    """Early, mid or late in it: the first, middle or last third (earlier and later: before and after now)."""
    if not edge or not whole.first or not whole.last or whole.precision == "time":
        return whole
    if edge == "START" and whole.precision == "day":
        return with_part(whole, "EARLY", now.zone)
    if edge == "END" and whole.precision == "day":
        return with_part(whole, "TEV", now.zone)
    length = (whole.last - whole.first).days + 1
    third = max(1, length // 3)
    first, last = whole.first, whole.last
    if edge == "START":
        last = first + (third - 1) * DAY
    elif edge == "END":
        first = last - (third - 1) * DAY
    elif edge == "MID":
        first, last = first + third * DAY, last - third * DAY
    elif edge == "EARLIER" and now.day and first <= now.day <= last:
        last = now.day
    elif edge == "LATER" and now.day and first <= now.day <= last:
        first = now.day
    return replace(whole, first=first, last=max(first, last))


def duration_value(n: str, unit: str) -> str:
    """ISO 8601 length, as TIMEX3 writes it: P3Y, PT24H, PXM, P1DE."""
    number = float(n) if n != "X" else None
    if number is not None and unit == "F":
        number *= 2
    if number == 0.5 and unit in ("Y", "h"):
        number, unit = (6, "M") if unit == "Y" else (30, "m")
    shown = "X" if number is None else f"{number:g}"
    if unit in "hmS":
        return f"PT{shown}{unit.upper()}"
    return f"P{shown}{_CODES[unit]}"


def moved(day: date, n: float, unit: str) -> date:
    """The day n units later (earlier for negative n)."""
    if unit in _DAYS:
        return day + timedelta(days=round(n * _DAYS[unit]))
    if unit not in _MONTHS:
        return day
    total = day.year * 12 + day.month - 1 + round(n * _MONTHS[unit])
    year, month = total // 12, total % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def easter(year: int) -> date:
    """Western Easter Sunday (the anonymous Gregorian computus)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    ell = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * ell) // 451
    month, day = divmod(h + ell - 7 * m + 114, 31)
    return date(year, month, day + 1)
