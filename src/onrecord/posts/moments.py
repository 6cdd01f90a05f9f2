"""A printed time → its parts, and with the page's day and zone the moment that it means."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from onrecord.posts.words import table

LONGEST = 200
"""A longer line prints no time of a post."""

NO_YEAR = 4
"""Stands for a year that is not printed; a leap year, so that 29 February is a day."""

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    "oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s{1,3})?"
_DAY = re.compile(
    rf"{_WEEKDAY}(?:"
    rf"(?<!\d)(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s{{1,3}}(?:of\s)?(?P<m1>{_MONTH})\b\.?(?:,?\s{{1,3}}(?P<y1>\d{{4}})(?!\d))?"
    rf"|(?:\b|(?-i:(?<=[a-z])(?=[A-Z])))(?P<m2>{_MONTH})\b\.?\s{{1,3}}(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?!:?\d)(?:,?\s{{1,3}}(?P<y2>\d{{4}})(?!\d))?"
    r"|(?<!\d)(?P<y3>\d{4})[-/.](?P<m3>\d{1,2})[-/.](?P<d3>\d\d(?=[0-2]\d:)|\d{1,2}(?!\d))(?:\.(?=\s|$))?"
    r"|(?<!\d)(?P<a4>\d{1,2})(?:[/.](?P<b4>\d{1,2})[/.]|-(?P<b5>\d{1,2})-(?=\d{4}))(?P<y4>\d{4}|\d{2})(?!\d)"
    r")",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"(?<![\d:.,/$£€])(?P<h>[01]?\d|2[0-4])(?:[:.](?P<m>[0-5]\d)(?::[0-5]\d(?:\.\d{1,6})?)?\s?(?:(?P<ap>[ap]\.?\s?m\b\.?)|(?:hrs|hours|hs)\b\.?)?"
    r"|(?:h(?P<m2>[0-5]\d))|\s?(?P<ap2>[ap]\.?m\b\.?))(?![\d%]|:\d)",
    re.IGNORECASE,
)
_ZONE = re.compile(
    r"\s?,?\s?\(?(?P<name>(?:[A-Za-z]{1,12}\s){0,2}[A-Za-z]{1,12})?\s?(?:(?P<sign>[+−-])(?P<oh>\d{1,2})(?::?(?P<om>[0-5]\d))?)?\)?"
)
_AGO = re.compile(
    r"(?<!\d)(?:(?:less than |about |over |almost )?(?P<n>\d{1,3}|\b(?:an?|one))\s?(?P<u>s(?:ec(?:ond)?s?)?|"
    r"m(?:in(?:ute)?s?)?|h(?:(?:ou)?rs?)?|d(?:ays?)?|w(?:(?:ee)?ks?)?|"
    r"mo(?:nths?)?|y(?:(?:ea)?rs?)?)\.?,?\s{0,2}"
    r"(?:and\s)?(?:(?P<n2>\d{1,2})\s?(?P<u2>m(?:in(?:ute)?s?)?)\.?\s{0,2})?ago|just now|moments ago)"
    r"(?=\W|\d|(?-i:[A-Z])|$)",
    re.IGNORECASE,
)
_UNITS = {
    "s": timedelta(seconds=1), "m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1),
    "w": timedelta(weeks=1), "mo": timedelta(days=30), "y": timedelta(days=365),
}  # fmt: skip
_FOUR = re.compile(r"(?<![\d:.,/$£€#-])(?P<h>[01]\d|2[0-3])(?P<m>[0-5]\d)(?=\s?(?:h\b|hrs\b|hours\b|[A-Z]{3,4}\b))")
"""A clock of four digits, told from a year by the hours or the zone that it names."""
_NAMED = re.compile(r"\W{0,3}(?:12\s)?(?P<name>noon|midday|midnight)\W{0,3}", re.IGNORECASE)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_GLUE = (
    r"(?:(?:first\s|last\s)?(?:posted|published|updated?|modified|created|edited|at|on|as\sof|today|yesterday)\b:?"
    r"|[|·•,;:\-–—−()\[\]/]|\s)"
)
_JOINED = r"(?:(?:published|posted)(?:\s(?:at|on))?|(?:(?<=\W)|(?<=\d))(?:at|on))\s*$"
_EDGES = re.compile(rf"^{_GLUE}+|{_JOINED}|[|·•,;\-–—−(\[\s]+$", re.IGNORECASE)
_MONTH_FIRST = frozenset(
    f"America/{town}"
    for town in ("New_York", "Chicago", "Denver", "Los_Angeles", "Phoenix", "Detroit", "Anchorage", "Boise", "Toronto")
) | {"Pacific/Honolulu"}
"""Where 3/1 is the first of March."""
_AMERICAN = re.compile(r"\b[ECMP][SD]?T\b")
"""Zones of lines in which 3/1 is the first of March."""
_ANY = re.compile(r"\d|\bago\b|\bjust now\b", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
"""A year behind the clock: `Sat Mar 01 14:32:00 2031`."""
_TWICE = re.compile(r"(?<!\d)(\d{1,2}[:.]\d\d)(?=\1(?!\d))")
"""A clock that is printed twice with nothing between."""
_NUMBERS = re.compile(r"(?<!\d)\d{1,2}[/.]\d{1,2}[/.]\d")
_NEXT_DAY = 1
"""Days between a post and its page's day, at most, where the order of day and month is told by it."""
_LONG_RUN = timedelta(days=60)
"""A page changed so long after it came out was moved, not written on: its days are those of when it came out."""
_FURTHEST, _STEP = 11 * 60, 5
"""Minutes by which zones are behind another, at most, and by which they differ, at least."""
_UPDATED = re.compile(r"\b(?:updated|modified|edited)\b", re.IGNORECASE)
_NAMED_DAY = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?:(?:s|nes|rs|ur)?day)?"
_PUBLISHED = re.compile(r"\b(?:published|posted|created)\b", re.IGNORECASE)
_BESIDE_DAY = re.compile(rf",?\s(?:on\s)?(?P<last>{_NAMED_DAY}|Today|Yesterday)\.?$|^(?P<first>{_NAMED_DAY})\.?,?\s")
"""A day of the week behind a name, beside a clock."""
_RELATIVE_DAY = re.compile(r"\b(today|yesterday)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Printed:
    """The parts of a printed time, and what else its line says."""

    text: str
    day: date | None = None
    """Of the year `NO_YEAR` where no year is printed."""
    clock: time | None = None
    zone: tzinfo | None = None
    ago: timedelta | None = None
    days_back: int | None = None
    """0 for a printed "today", 1 for "yesterday"."""
    updated: bool = False
    """It says when something was changed."""
    rest: str = ""
    """What stands beside the time: an author, say."""
    at: int = 0
    """Where the time begins in the line."""
    weekday: int | None = None
    """0 for a line that names Monday, and no date."""


def _of_parts(line: str, near: tzinfo | None) -> Printed | None:
    """The time of one part of a line: of the last day that it prints between bars, and not of a change before."""
    several = [t for part in line.split("|") if (t := printed(part, near)) and t.day] if "|" in line else []
    if len(several) > 1:
        first, last = (pick(several, key=lambda t: (t.day or date.min, t.clock or time.min)) for pick in (min, max))
        late = first.day and last.day and last.day - first.day > _LONG_RUN
        return first if late else last
    if (own := _PUBLISHED.search(line)) and _UPDATED.search(line, 0, own.start()):
        came = printed(line[own.start() :], near)
        return came if came is not None and came.clock is not None else None
    return None


@lru_cache(maxsize=4096)
def printed(line: str, near: tzinfo | None = None) -> Printed | None:
    """The time that a line prints, None without one. `near` settles zone words that mean several."""
    if len(line) > LONGEST or not _ANY.search(line):
        return None
    line = _TWICE.sub(r"\1 ", line)
    part = _of_parts(line, near)
    if part is not None:
        return replace(part, text=line.strip())
    spans: list[tuple[int, int]] = []
    day = _day(line, spans, near)
    ago = _ago(line, spans)
    clock, zone = _clock(line, spans, near)
    if day is None and clock is None and ago is None:
        return None
    at = min(a for a, _ in spans)
    relative = _RELATIVE_DAY.search(line)
    rest = _rest(line, spans)
    if day is not None and day.year == NO_YEAR and _YEAR.fullmatch(rest) and _valid(int(rest), day.month, day.day):
        day, rest = day.replace(year=int(rest)), ""
    weekday = _weekday(rest) if clock is not None and day is None else None
    beside = _BESIDE_DAY.search(rest) if weekday is None and clock is not None and day is None else None
    if beside is not None and not any(word[0].islower() and len(word) > 3 for word in rest.split()):
        named = rest[: beside.start()] + rest[beside.end() :]
        weekday = _weekday(beside["last"] or beside["first"])
    else:
        named = rest if weekday is None else ""
    return Printed(
        text=line.strip(),
        day=day,
        clock=clock,
        zone=zone,
        ago=ago,
        days_back=None if relative is None else int(relative[1].lower() == "yesterday"),
        updated=_UPDATED.search(line) is not None,
        rest=named,
        at=at,
        weekday=weekday,
    )


def worded(line: str) -> Printed | None:
    """The time of a line that is nothing but "Noon" or "FRIDAY"."""
    word = line.strip(" :.|-–—•*_").lower()
    if word in _WEEKDAYS:
        return Printed(text=line.strip(), weekday=_WEEKDAYS.index(word))
    found = _NAMED.match(line)
    if not found:
        return None
    zone, end = _zone(line, found.end("name"), None)
    if line[end:].strip(" .:|-–—•*_)"):
        return None
    return Printed(text=line.strip(), clock=time(0 if found["name"].lower() == "midnight" else 12), zone=zone)


def epoch(line: str) -> Printed | None:
    """The time of a line that is nothing but seconds since 1970, as it is left where a page's script should show it."""
    if len(line) != 10 or not line.isdecimal() or not line.isascii() or line[0] != "1":
        return None
    when = datetime.fromtimestamp(int(line), UTC)
    return Printed(text=line, day=when.date(), clock=when.time(), zone=UTC)


def _weekday(rest: str) -> int | None:
    """The day of the week, in full or shortened, that stands alone beside a clock."""
    word = rest.strip(" .,()[]").lower().removeprefix("on ")
    if not 3 <= len(word) <= 9 or (len(word) > 5 and word not in _WEEKDAYS):
        return None
    return next((i for i, day in enumerate(_WEEKDAYS) if day.startswith(word)), None)


def moment(found: Printed, day: date | None, zone: tzinfo) -> datetime | None:
    """The moment of a printed time on that day, unless it prints its own; None without a day or a clock."""
    if found.clock is None:
        return None
    own = dated(found, day)
    return datetime.combine(own, found.clock, found.zone or zone) if own else None


def dated(found: Printed, near: date | None) -> date | None:
    """The day that a printed time names, its year taken from a day near it; `near` itself when it names none."""
    if found.weekday is not None:
        return near - timedelta(days=(near.weekday() - found.weekday) % 7) if near else None
    if found.day is None:
        return near - timedelta(days=found.days_back) if near and found.days_back else near
    if found.day.year != NO_YEAR:
        return _swapped(found, found.day, near)
    if near is None:
        return None
    years = [y for y in (near.year - 1, near.year, near.year + 1) if _valid(y, found.day.month, found.day.day)]
    return min((found.day.replace(year=y) for y in years), key=lambda d: abs((d - near).days), default=None)


def _swapped(found: Printed, day: date, near: date | None) -> date:
    """A day, its month taken for it where both are numbers and only so it is that of the page."""
    if near is None or day.day > 12 or abs((day - near).days) <= _NEXT_DAY or not _NUMBERS.search(found.text):
        return day
    other = day.replace(month=day.day, day=day.month)
    return other if abs((other - near).days) <= _NEXT_DAY else day


def day_only(published: datetime) -> bool:
    """Whether a page's time stands for a day: midnight in its own zone."""
    return published.hour == published.minute == published.second == 0


def day_of(published: datetime | None, zone: tzinfo) -> date | None:
    """The page's day: as given, or that of its moment in its zone."""
    if published is None:
        return None
    return (published if day_only(published) else published.astimezone(zone)).date()


@cache
def zone_named(name: str | None) -> tzinfo | None:
    """An IANA name or offset ("+02:00") as a zone; None when there is no such zone."""
    if not name:
        return None
    if name[0] in "+-":
        hours, _, minutes = name[1:].partition(":")
        shift = timedelta(hours=int(hours), minutes=int(minutes or 0))
        return timezone(shift if name[0] == "+" else -shift) if shift < timedelta(days=1) else None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


@lru_cache(maxsize=8192)
def machine(text: str | None, zone: tzinfo = UTC) -> datetime | None:
    """A moment written for programs: ISO 8601, or seconds or milliseconds since 1970. Naive ones are in `zone`."""
    clean = (text or "").strip()
    if not 4 <= len(clean) <= 40:
        return None
    if clean.isdecimal() and len(clean) in (10, 13):
        return datetime.fromtimestamp(int(clean) / (1000 if len(clean) == 13 else 1), UTC)
    if clean.isdecimal() and len(clean) == 14:
        clean = f"{clean[:4]}-{clean[4:6]}-{clean[6:8]}T{clean[8:10]}:{clean[10:12]}:{clean[12:]}"
    iso = re.fullmatch(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(?:[.,](\d{1,9}))?\s?(Z|UTC|[+-]\d\d:?\d\d)?", clean)
    if not iso:
        return None
    try:
        found = datetime.fromisoformat(f"{iso[1]}T{iso[2]}")
    except ValueError:
        return None
    offset = iso[4]
    if not sane(found):
        return None
    if offset is None:
        return found.replace(tzinfo=zone)
    own = UTC if offset in ("Z", "UTC") else zone_named(f"{offset[:3]}:{offset[-2:]}")
    return found.replace(tzinfo=own) if own else None


def sane(found: datetime) -> bool:
    """Whether a moment lies in years that pages tell of: 1 and 9999 are what systems write for none."""
    return 1900 <= found.year <= 2200


def _day(line: str, spans: list[tuple[int, int]], near: tzinfo | None) -> date | None:
    for found in sorted(_DAY.finditer(line), key=_is_numbers):
        parts = _numbers(found, near)
        if parts and _valid(*parts):
            spans.append(found.span())
            return date(*parts)
    return None


def _is_numbers(found: re.Match[str]) -> bool:
    """Whether it may be read in two ways: `3/1/2031March 1, 2031`."""
    return found["a4"] is not None


def _numbers(found: re.Match[str], near: tzinfo | None) -> tuple[int, int, int] | None:
    """Year (`NO_YEAR` when not printed), month, day."""
    if found["d1"]:
        return int(found["y1"] or NO_YEAR), 1 + MONTHS.index(found["m1"][:3].lower()), int(found["d1"])
    if found["d2"]:
        return int(found["y2"] or NO_YEAR), 1 + MONTHS.index(found["m2"][:3].lower()), int(found["d2"])
    if found["y3"]:
        return int(found["y3"]), int(found["m3"]), int(found["d3"])
    a, b, year = int(found["a4"]), int(found["b4"] or found["b5"]), int(found["y4"])
    american = str(near) in _MONTH_FIRST or _AMERICAN.search(found.string) is not None
    month_first = b > 12 or (a <= 12 and american and "/" in found[0])
    month, day = (a, b) if month_first else (b, a)
    return year + 2000 * (year < 100), month, day


def _valid(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return year == NO_YEAR or 1900 <= year <= 2200


def _ago(line: str, spans: list[tuple[int, int]]) -> timedelta | None:
    found = _AGO.search(line)
    if not found:
        return None
    spans.append(found.span())
    total = timedelta()
    for number, unit in ((found["n"], found["u"]), (found["n2"], found["u2"])):
        if number:
            count = int(number) if number.isdigit() else 1
            total += count * _UNITS[unit[:2].lower() if unit[:2].lower() == "mo" else unit[0].lower()]
    return total


def _clock(line: str, spans: list[tuple[int, int]], near: tzinfo | None) -> tuple[time | None, tzinfo | None]:
    """The first clock with a zone, else the first. Every clock is taken out of the line."""
    taken = list(spans)
    for a, b in taken:  # a clock may be glued to its day
        line = line[:a] + " " * (b - a) + line[b:]
    best: tuple[time | None, tzinfo | None] = None, None
    end = len(line)
    for found in sorted((*_CLOCK.finditer(line), *_FOUR.finditer(line)), key=lambda m: m.start()):
        if any(found.start() < b and a < found.end() for a, b in taken):
            continue
        clock = _time(found)
        if clock is None:
            continue
        beside = line[end : found.start()].strip() == "("
        zone, end = _zone(line, found.end(), near)
        spans.append((found.start(), end))
        if best[0] is not None and best[1] is None and zone is not None and beside:
            best = _local(best[0], clock, zone) or (clock, zone)
        elif best[0] is None or (best[1] is None and zone is not None):
            best = clock, zone
    return best


def _local(first: time, other: time, zone: tzinfo) -> tuple[time, tzinfo] | None:
    """A clock with the zone that it must be in if another, in its own zone, says the same: `11.45 a.m. (0600 GMT)`."""
    shift = zone.utcoffset(None)
    if shift is None:
        return None
    ahead = 60 * (first.hour - other.hour) + first.minute - other.minute
    ahead = (ahead + _FURTHEST) % (24 * 60) - _FURTHEST
    return (first, timezone(shift + timedelta(minutes=ahead))) if ahead and not ahead % _STEP else None


def _time(found: re.Match[str]) -> time | None:
    parts = found.groupdict()
    hour, minute = int(found["h"]), int(parts["m"] or parts.get("m2") or 0)
    half = (parts.get("ap") or parts.get("ap2") or "")[:1].lower()
    if half and hour <= 12:
        hour = hour % 12 + 12 * (half == "p")
    elif half == "a" or (half and not parts["m"]):
        return None
    return time(hour % 24, minute) if hour < 24 or minute == 0 else None


def _zone(line: str, at: int, near: tzinfo | None) -> tuple[tzinfo | None, int]:
    found = _ZONE.match(line, at)
    if not found or not found[0].strip():
        return None, at
    words = (found["name"] or "").split()
    for count in range(len(words), 0, -1):
        zone = _zone_word(" ".join(words[:count]).lower(), near)
        if zone is not None:
            shift = _offset(found) if count == len(words) and words[-1].lower() in ("gmt", "utc") else None
            whole = count == len(words)
            end = found.end() if whole else found.start("name") + len(" ".join(words[:count]))
            return shift or zone, end
    return None, at


def _offset(found: re.Match[str]) -> timezone | None:
    if not found["sign"] or not found["oh"] or int(found["oh"]) > 14:
        return None
    shift = timedelta(hours=int(found["oh"]), minutes=int(found["om"] or 0))
    return timezone(shift if found["sign"] == "+" else -shift)


def _zone_word(word: str, near: tzinfo | None) -> tzinfo | None:
    zones, several = table("posts_zones.toml")["zones"], table("posts_zones.toml")["several"]
    assert isinstance(zones, dict)
    assert isinstance(several, dict)
    if word in several:
        names: list[str] = several[word]
        return near if near is not None and str(near) in names else zone_named(names[0])
    return zone_named(zones.get(word) or _cities().get(word.removesuffix(" time")))


def zone_name(zone: tzinfo) -> str | None:
    """The IANA name of a zone; of an offset in whole hours too, None of others."""
    shift = zone.utcoffset(None)
    if shift is None:
        return str(zone)
    hours, rest = divmod(shift, timedelta(hours=1))
    return None if rest else (f"Etc/GMT{-hours:+d}" if hours else "UTC")


@cache
def _cities() -> dict[str, str]:
    """The towns after which zones are named, in lower case."""
    areas = ("Africa/", "America/", "Asia/", "Australia/", "Europe/", "Pacific/", "Atlantic/")
    found = [name for name in available_timezones() if name.startswith(areas)]
    return {name.rsplit("/", 1)[1].replace("_", " ").lower(): name for name in sorted(found)}


def _rest(line: str, spans: list[tuple[int, int]]) -> str:
    """What the line says beside its times, without the words and signs that join them to it."""
    return " ".join(
        filter(None, (" ".join(_EDGES.sub("", _EDGES.sub("", part)).split()) for part in _between(line, spans)))
    )


def _between(line: str, spans: list[tuple[int, int]]) -> Iterator[str]:
    at = 0
    for start, end in sorted(spans):
        yield line[at:start]
        at = max(at, end)
    yield line[at:]
