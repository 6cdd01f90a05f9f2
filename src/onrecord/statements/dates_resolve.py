"""A rule, its arguments and a "now" → what a time expression covers."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import date, timedelta

from onrecord.statements import dates_lengths as lengths
from onrecord.statements.dates_calendar import (
    DAY,
    HOURS,
    UNKNOWN,
    Now,
    Stretch,
    duration_value,
    easter,
    moved,
    one_day,
    one_month,
    one_season,
    one_week,
    one_year,
    part_of_year,
    unit_around,
    with_clock,
    with_edge,
    with_part,
    years,
)  # fmt: skip
from onrecord.statements.dates_forms import ARGS, lexicon
from onrecord.statements.dates_near import full_year, nearest, on, turn
from onrecord.statements.dates_tale import TALE

_RECENT = timedelta(days=60)
_TALE_REACH = timedelta(days=183)
LATE = 22
"""From this hour on, the night that a tale of the past speaks of may be the one that has begun."""

_DAWN = 5
_MORNING_OVER = 11


def stretch(rule: str, args: tuple[str, ...], now: Now) -> Stretch:
    """What the expression covers; `UNKNOWN` where it can't be known."""
    names = ARGS[rule]
    given = dict(zip(names, args, strict=False))
    rest = args[len(names) :]
    try:
        base = stretch(rest[0], rest[1:], now) if rest and len(rest) < 40 else None
        return _RULES[rule](given, now, base)
    except (ValueError, OverflowError):
        return UNKNOWN  # 31 November, the year 12000


Args = dict[str, str]


def _day(a: Args, now: Now, _: Stretch | None) -> Stretch:
    if not now.day:
        return UNKNOWN
    edge = "" if a["part"] or a["clock"] else a["edge"]
    offset = int(a["offset"]) - (a["offset"] == "0" and a["part"] in ("TEV", "TNI") and _before_dawn(now))
    day = with_edge(one_day(now.day + offset * DAY), edge, now)
    return with_clock(with_part(day, a["part"], now.zone), a["clock"], now.zone)


def _before_dawn(now: Now) -> bool:
    """Tonight, at two in the morning, is the night that began the day before."""
    return now.moment is not None and now.has_clock and now.moment.hour < _DAWN


def _overnight(_: Args, now: Now, __: Stretch | None) -> Stretch:
    if not now.day:
        return UNKNOWN
    began = now.day if now.tense == "future" else now.day - DAY
    return with_part(one_day(began), "TNI", now.zone)


def _part(a: Args, now: Now, base: Stretch | None) -> Stretch:
    if base and base.first and base.precision in ("day", "time"):
        begun = (base.value or "").endswith("TNI") and a["part"] == "TMO"
        return with_part(one_day(base.first + begun * DAY), a["part"], now.zone)
    if not now.day:
        return UNKNOWN
    ahead = a["part"] == "TMO" and now.tense == "future" and now.moment and now.moment.hour >= _MORNING_OVER
    offset = 1 if ahead else -_was_yesterday(a["part"], now)
    return with_part(one_day(now.day + offset * DAY), a["part"], now.zone)


def _was_yesterday(part: str, now: Now) -> bool:
    """In a tale of the past, or where no verb says more, the night is the last one; so is an afternoon to come."""
    if now.moment is not None and now.tense is None and part == "TNI":
        return now.moment.hour < HOURS["TNI"][0]
    if not now.past or now.moment is None:
        return False
    if part == "TNI":
        return now.moment.hour < LATE
    return now.has_clock and now.moment.hour < HOURS[part][0]


def _weekday(a: Args, now: Now, base: Stretch | None) -> Stretch:
    if not now.day:
        return UNKNOWN
    wanted, today = int(a["weekday"]), now.day.isoweekday()
    if base and base.first and a["which"] == ("from" if now.past else "to"):
        apart = (wanted - base.first.isoweekday()) % 7  # from Friday to Sunday; in a tale of the past its end is sure
        day = base.first + (apart - 7 * (apart > 0 and now.past)) * DAY
    elif a["week"]:
        monday = now.day - (today - 1) * DAY + 7 * int(a["which"] or 0) * DAY
        day = monday + (wanted - 1) * DAY
    elif a["ahead"] and (wanted - today) % 7 == int(a["ahead"]) % 7:
        day = now.day + int(a["ahead"]) * DAY
    elif a["which"] in ("1", "next") or (a["which"] != "-1" and now.tense == "future"):
        ahead = (wanted - today) % 7
        day = now.day + (ahead or 7 * (a["which"] == "1")) * DAY
    else:
        back = (today - wanted) % 7
        day = now.day - (back or 7 * (a["which"] == "-1")) * DAY
    whole = with_edge(one_day(day), "" if a["part"] or a["clock"] else a["edge"], now)
    return with_clock(with_part(whole, a["part"], now.zone), a["clock"], now.zone)


def _date(a: Args, now: Now, base: Stretch | None) -> Stretch:
    day = int(a["day"])
    if not a["month"]:
        if not now.day:
            return UNKNOWN
        found = nearest(now, [on(now.day.year, now.day.month + k, day) for k in (-1, 0, 1)])
    elif a["year"] == TALE:
        found = _told(a, now, base)
    elif a["year"]:
        found = date(full_year(a["year"], now), int(a["month"]), day)
    elif base and base.first:  # from 1 June to 30 November
        found = next(
            (d for k in range(5) if (d := on(base.first.year + k, int(a["month"]), day)) and d >= base.first), None
        )
    elif now.day:
        found = nearest(now, [on(now.day.year + k, int(a["month"]), day) for k in range(-4, 5)])
    else:
        return Stretch(f"XXXX-{a['month']}-{a['day']}", None, None, "day")
    return with_clock(with_part(one_day(found), a["part"], now.zone), a["clock"], now.zone) if found else UNKNOWN


def _told(a: Args, now: Now, base: Stretch | None) -> date | None:
    """The day nearest to the one that the tale began with; where that is not in its time, as if it stood alone."""
    alone = _date({"year": "", "month": a["month"], "day": a["day"], "part": "", "clock": ""}, now, None).first
    if not base or not base.first or not now.day or now.tense == "future":
        return alone
    days = [on(base.first.year + k, int(a["month"]), int(a["day"])) for k in (-1, 0, 1)]
    if base.precision == "year":
        near = days[1]
        old = alone is not None and now.day - alone > _RECENT
        return near if near and old and near < now.day else alone
    near = min((d for d in days if d), key=lambda d: abs(d - base.first) if base.first else DAY, default=None)
    fits = near and near <= now.day and abs(near - base.first) <= _TALE_REACH
    return near if fits else alone


def _nth(a: Args, now: Now, _: Stretch | None) -> Stretch:
    """The first Sunday of October; the last Friday in March 2023."""
    month, weekday, nth = int(a["month"]), int(a["weekday"]), int(a["ordinal"])

    def on(year: int) -> date:
        if nth > 0:
            first = date(year, month, 1)
            return first + ((weekday - first.isoweekday()) % 7 + 7 * (nth - 1)) * DAY
        last = date(year, month, calendar.monthrange(year, month)[1])
        return last - ((last.isoweekday() - weekday) % 7) * DAY

    if not a["year"] and not now.day:
        return UNKNOWN
    found = on(int(a["year"])) if a["year"] else nearest(now, [on(now.day.year + k) for k in (-1, 0, 1) if now.day])
    return with_clock(with_part(one_day(found), a["part"], now.zone), a["clock"], now.zone) if found else UNKNOWN


def _slash(a: Args, now: Now, _: Stretch | None) -> Stretch:
    """Day first, except in American zones or where only the month can come first."""
    one, two = int(a["a"]), int(a["b"])
    american = str(now.zone).startswith(("America/", "US/"))
    day, month = (two, one) if (two > 12 or (american and one <= 12)) else (one, two)
    whole = one_day(date(full_year(a["year"], now), month, day))
    return with_clock(with_part(whole, a["part"], now.zone), a["clock"], now.zone)


def _days(a: Args, now: Now, _: Stretch | None) -> Stretch:
    end = _date({**a, "month": a["month2"] or a["month"], "day": a["day2"], "part": "", "clock": ""}, now, None)
    if not end.first:
        return UNKNOWN
    year = end.first.year - (bool(a["month2"]) and a["month2"] < a["month"])
    first = date(year, int(a["month"]), int(a["day"]))
    if first > end.first:
        return UNKNOWN  # 31-2 May
    return Stretch(f"{first.isoformat()}/{end.first.isoformat()}", first, end.first, "range")


def _month(a: Args, now: Now, base: Stretch | None) -> Stretch:
    month = int(a["month"])
    if a["year"] == TALE:
        told = _told({"month": a["month"], "day": "01"}, now, base)
        alone = _month({**a, "year": ""}, now, None)
        early = told and alone.first and told < alone.first and told.month == month
        return with_edge(one_month(told.year, month), a["edge"], now) if told and early else alone
    if a["year"]:
        return with_edge(one_month(int(a["year"]), month), a["edge"], now)
    if not now.day:
        return Stretch(f"XXXX-{a['month']}", None, None, "month")
    year = now.day.year
    if a["years"]:
        year += int(a["years"])
    elif a["which"] in ("-1", "last"):
        year -= month >= now.day.month
    elif a["which"] in ("1", "next"):
        year += month <= now.day.month
    elif a["which"] != "0":
        year += turn(month - now.day.month, now)
    return with_edge(one_month(year, month), a["edge"], now)


def _year(a: Args, now: Now, _: Stretch | None) -> Stretch:
    return with_edge(one_year(int(a["year"])), a["edge"], now)


def _years(a: Args, _: Now, __: Stretch | None) -> Stretch:
    first = int(a["year"])
    last = int(a["high"]) if len(a["high"]) == 4 else first // 100 * 100 + int(a["high"])
    return years(first, max(first, last), f"{first}/{last}")


def _decade(a: Args, now: Now, _: Stretch | None) -> Stretch:
    start = int(a["decade"]) + (1900 if len(a["decade"]) == 2 else 0)
    return with_edge(years(start, start + 9, str(start // 10)), a["edge"], now)


def _century(a: Args, now: Now, _: Stretch | None) -> Stretch:
    start = (int(a["century"]) - 1) * 100
    return with_edge(years(start, start + 99, str(start // 100)), a["edge"], now)


def _season(a: Args, now: Now, _: Stretch | None) -> Stretch:
    if a["year"]:
        return with_edge(one_season(int(a["year"]), a["season"]), a["edge"], now)
    if not now.day:
        return UNKNOWN
    year = now.day.year
    if a["years"]:
        return with_edge(one_season(year + int(a["years"]), a["season"]), a["edge"], now)
    near = [one_season(year + k, a["season"]) for k in (-2, -1, 0, 1, 2)]
    begun = [s for s in near if s.first and s.first <= now.day]
    ended = [s for s in near if s.last and s.last < now.day]
    ahead = [s for s in near if s.first and s.first > now.day]
    if a["which"] == "-1":
        found = ended[-1]
    elif a["which"] == "1" or (now.tense == "future" and begun[-1] == ended[-1]):
        found = ahead[0]
    elif a["which"] == "0" and begun[-1] == ended[-1] and not (a["season"] == "WI" and now.tense != "future"):
        found = near[2]
    else:
        found = begun[-1]
    return with_edge(found, a["edge"], now)


def _part_of_year(a: Args, now: Now, _: Stretch | None) -> Stretch:
    size, number = a["size"], int(a["ordinal"])
    if a["year"]:
        return part_of_year(int(a["year"]), size, number)
    if not now.day:
        return UNKNOWN
    year = now.day.year + int(a["years"] or 0)
    found = part_of_year(year, size, number)
    if not a["years"] and now.tense != "future" and found.first and found.first > now.day:
        found = part_of_year(year - 1, size, number)
    return found


def _unit(a: Args, now: Now, _: Stretch | None) -> Stretch:
    if not now.day:
        return UNKNOWN
    if a["which"] == "near":
        offset = 0 if now.tense == "future" or now.day.isoweekday() >= 6 else -1
    else:
        offset = int(a["which"])
    if a["unit"] == "N":
        return with_part(one_day(now.day + offset * DAY), "TNI", now.zone)  # late last night
    return with_edge(unit_around(now.day, a["unit"], offset), a["edge"], now)


def _clock(a: Args, now: Now, base: Stretch | None) -> Stretch:
    based = base is not None and base.precision in ("day", "time")
    day = base.first if base and based else now.day
    if day and not based and now.past and a["clock"][:2] == "24":
        day -= DAY  # the midnight that has been began this day
    elif day and not based and now.moment and now.has_clock and now.past:
        at = with_clock(one_day(day), a["clock"], now.zone)
        return with_clock(one_day(day - DAY), a["clock"], now.zone) if at.start and at.start > now.moment else at
    if day and base and base.start and (base.start.hour >= 12) and int(a["clock"][:2]) < 12:
        day += DAY  # from 11pm on Sunday until 4am
    return with_clock(one_day(day), a["clock"], now.zone) if day else Stretch(f"T{a['clock'][:5]}", None, None, "time")


def _every(a: Args, _: Now, __: Stretch | None) -> Stretch:
    if a["weekday"]:
        return Stretch(f"XXXX-WXX-{a['weekday']}", None, None, "set")
    if a["part"]:
        return Stretch(f"XXXX-XX-XX{a['part']}", None, None, "set")
    return Stretch(duration_value(a["n"] or "1", a["unit"]) if a["unit"] else "XXXX-WXX-WE", None, None, "set")


def _vague(a: Args, now: Now, _: Stretch | None) -> Stretch:
    day = now.day
    value = a["value"] or None
    if value == "PRESENT_REF":
        return Stretch(value, day, day, "vague")
    if value == "PAST_REF":
        return Stretch(value, None, day, "vague")
    return Stretch(value, day if value else None, None, "vague")


def _during(a: Args, now: Now, _: Stretch | None) -> Stretch:
    first = date.fromisoformat(a["start"]) if a["start"] else None
    if first is None or now.day is None or first > now.day:
        return Stretch(None, None, now.day, "range")
    return Stretch(f"{first.isoformat()}/{now.day.isoformat()}", first, now.day, "range")


def _named(a: Args, now: Now, _: Stretch | None) -> Stretch:
    facts = lexicon().named.get(a["value"], {})
    if "value" in facts:
        return _fixed(facts["value"])
    whole: date | None
    if a["year"]:
        whole = _feast(int(a["year"]), facts)
    elif not now.day:
        return UNKNOWN
    else:
        whole = _named_near(a, now, facts)
    return with_clock(with_part(one_day(whole), a["part"], now.zone), a["clock"], now.zone) if whole else UNKNOWN


def _named_near(a: Args, now: Now, facts: dict[str, str]) -> date | None:
    assert now.day
    days: list[date] = [_feast(now.day.year + k, facts) for k in (-1, 0, 1)]
    if a["which"] == "-1":
        return [d for d in days if d < now.day][-1]
    if a["which"] == "1":
        return next(d for d in days if d > now.day)
    return days[1] if a["which"] == "0" else nearest(now, list(days))


def _fixed(value: str) -> Stretch:
    first, _, last = value.partition("/")
    low, high = _parsed(first), _parsed(last or first)
    return Stretch(value, low.first, high.last, "range" if last else low.precision)


def _parsed(value: str) -> Stretch:
    numbers = [int(x) for x in value.split("-")]
    if len(numbers) == 1:
        return one_year(numbers[0])
    return one_month(*numbers) if len(numbers) == 2 else one_day(date(*numbers))


def _feast(year: int, facts: dict[str, str]) -> date:
    if "easter" in facts:
        return easter(year) + int(facts["easter"]) * DAY
    if "nth" in facts:
        month, weekday, nth = (int(x) for x in facts["nth"].split("-"))
        first = date(year, month, 1)
        return first + ((weekday - first.isoweekday()) % 7 + 7 * (nth - 1)) * DAY
    month, day = (int(x) for x in facts["day"].split("-"))
    return date(year, month, day)


def _same(a: Args, now: Now, base: Stretch | None) -> Stretch:
    day = base.first if base and base.first else now.day
    if not day or a["unit"] in "hmS":
        return UNKNOWN
    return with_part(unit_around(day, a["unit"], 0), "TNI" if a["unit"] == "N" else "", now.zone)


def _beside(a: Args, now: Now, base: Stretch | None) -> Stretch:
    first = base.first if base and base.first else now.day
    if not first:
        return UNKNOWN
    if not base and now.past and a["offset"] == "1" and a["unit"] in ("D", "N"):
        first -= DAY  # the next day, in a tale of the past, is not tomorrow
    if a["unit"] == "Y" and base and base.value and base.precision in ("range", "month", "day"):
        return _shifted(base, float(a["offset"]), "Y")
    whole = unit_around(first, a["unit"], int(a["offset"]))
    part = a["part"] or ("TNI" if a["unit"] == "N" else "")
    return with_clock(with_part(whole, part, now.zone), a["clock"], now.zone)


def _shifted(base: Stretch, n: float, unit: str) -> Stretch:
    """The base moved by n units; as exact as the rougher of the two."""
    assert base.first
    day = moved(base.first, n, unit)
    if base.value and base.value[5:6] in ("Q", "H") and unit == "Y":
        return part_of_year(day.year, base.value[5].lower(), int(base.value[6]))
    rough = {"day": 0, "time": 0, "week": 1, "month": 2, "season": 3, "range": 3, "year": 4}
    units = {"D": 0, "N": 0, "W": 1, "F": 1, "WE": 1, "M": 2, "Q": 3, "Y": 4, "E": 4, "C": 4}
    level = max(rough.get(base.precision, 4), units.get(unit, 0))
    if unit == "Y" and level < 4:
        level = max(level, 2) if base.precision == "month" else level
    if level == 0:
        return one_day(day)
    if level == 1:
        return one_week(day)
    return one_year(day.year) if level == 4 else one_month(day.year, day.month)


def _shift(a: Args, now: Now, base: Stretch | None) -> Stretch:
    if (
        base
        and base.start
        and a["n"] != "X"
        and a["unit"] in "hmS"
        and "T" in (base.value or "")
        and ":" in (base.value or "")
    ):
        at = base.start + timedelta(seconds={"h": 3600, "m": 60, "S": 1}[a["unit"]] * float(a["n"]) * int(a["sign"]))
        return Stretch(f"{at:%Y-%m-%dT%H:%M}", at.date(), at.date(), "time", at, at + timedelta(seconds=59))
    if a["n"] == "X" or a["unit"] in "hmS" or not base or not base.first:
        if not base and a["sign"] == "1" and a["n"] != "X" and a["unit"] == "Y" and now.day:
            return one_year(now.day.year)
        if not base and a["sign"] == "-1" and a["n"] != "X" and a["unit"] in "DWMY":
            return lengths.counted(now, a["n"], a["unit"], -1)  # "a day earlier": than the text is
        return Stretch(None, None, None, "vague")
    return _shifted(base, float(a["n"]) * int(a["sign"]), a["unit"])


def _after(a: Args, now: Now, base: Stretch | None) -> Stretch:
    """`two days after …`: counted from the date that follows; without one, the day that the sentence is about."""
    if base and base.first and a["n"] != "X" and a["unit"] not in "hmS":
        return _shifted(base, float(a["n"]) * int(a["sign"]), a["unit"])
    if a["sign"] == "1" and now.day:
        return unit_around(now.day, a["unit"], 0) if a["unit"] in "MY" else one_day(now.day)
    return Stretch(duration_value(a["n"], a["unit"]), None, None, "duration")


def _since(_: Args, now: Now, base: Stretch | None) -> Stretch:
    if not base or not base.first:
        return Stretch(None, None, now.day, "range")
    first, shown = base.first, base.value or ""
    if "/" in shown and base.last:
        first, shown = base.last, shown.split("/")[1]
    elif len(shown) < 4:
        shown = str(first.year)
    if base.precision == "year" and base.last and base.last < first + 360 * DAY and first.month == 1:
        shown = first.isoformat()  # since the beginning of the year
    elif base.precision == "time" and ":" not in shown and first != now.day:
        shown = shown[:10]  # since late Tuesday: the end of a range is a day
    ahead = base.start and now.moment and now.has_clock and base.start > now.moment
    if now.day and (first > now.day or (first == now.day and ahead)):
        return Stretch(shown, first, None, "range", base.start)  # "since" of what is still to come is no range yet
    end = now.day.isoformat() if now.day else ""
    if base.precision == "time" and now.moment and now.has_clock and ":" in shown:
        return Stretch(f"{shown}/{now.moment:%Y-%m-%dT%H:%M}", first, now.day, "range", base.start, now.moment)
    return Stretch(f"{shown}/{end}" if end else shown, first, now.day, "range", base.start)


def _hours(a: Args, now: Now, base: Stretch | None) -> Stretch:
    """Both ends of hours of a day; those that end in the night end on the next."""
    if not base or not base.first or not base.value or not base.start:
        return UNKNOWN
    day = base.start.date()
    ends = with_clock(one_day(day), a["clock"], now.zone)
    if ends.start and ends.start <= base.start:
        ends = with_clock(one_day(day + DAY), a["clock"], now.zone)
    return Stretch(f"{base.value}/{ends.value}", base.first, ends.last, "range", base.start, ends.end)


_RULES: dict[str, Callable[[Args, Now, Stretch | None], Stretch]] = {
    "day": _day, "overnight": _overnight, "part": _part, "weekday": _weekday, "nth": _nth, "date": _date,
    "slash": _slash, "days": _days, "month": _month, "year": _year, "years": _years, "decade": _decade,
    "century": _century, "season": _season, "part_of_year": _part_of_year, "unit": _unit, "duration": lengths.duration,
    "stretch": lengths.around, "hence": lengths.hence, "ago": lengths.ago,
    "run": lengths.run, "clock": _clock, "every": _every, "vague": _vague,
    "during": _during, "named": _named, "same": _same, "beside": _beside, "shift": _shift, "since": _since,
    "after": _after, "hours": _hours,
}  # fmt: skip
