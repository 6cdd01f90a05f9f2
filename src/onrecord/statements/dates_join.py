"""Neighbouring time words → one expression: `Friday night`, `3pm on Friday`, `the night of 5 May`, `late last month`,
`six months ago today`, `since Monday`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from onrecord.statements.dates_forms import DAYS, Found, lexicon
from onrecord.statements.dates_tale import begun_by, in_tale, of_event, tomorrow
from onrecord.statements.numbers import any_of

PERIODS = frozenset({"month", "year", "unit", "season", "decade", "century", "part_of_year", "weekday"})
LENGTHS = frozenset({"duration"})
_NO_BASE = frozenset({"duration", "vague", "every", "part", "clock", "stretch", "during", "overnight", "hence"})


_OF = re.compile(r"\s{1,3}(?:of|on|to|from|into)\s{1,3}(?:the\s{1,3})?", re.IGNORECASE)
_BARE = frozenset({"dawn", "dusk", "daybreak", "sunrise", "sunset", "nightfall", "midday", "lunchtime", "light"})
_EARLIER_DAYS = re.compile(
    r"(?<![\d.,:/-])((?:\d{1,2}(?:st|nd|rd|th)?(?:\s?[-–]\s?\d{1,2})?(?:,\s{1,3}|,?\s{1,3}(?:and|or|&)\s{1,3})){1,6})$"
)
_EARLIER = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?(?:\s?[-–]\s?(\d{1,2}))?")
_TALE = 200
_LOOSE = frozenset({"duration", "vague", "stretch"})
_OPENS = re.compile(r",?\s{1,3}\(|\s{0,2}/\s{0,2}", re.IGNORECASE)
_CLOSES = re.compile(r"\)?,?\s{1,3}(?:on\s{1,3})?(?:the\s{1,3})?", re.IGNORECASE)
_INTO = re.compile(r"\s{1,3}(?:in)?to\s{1,3}", re.IGNORECASE)
_SPAN = re.compile(
    r"\s?[-–—]\s?|\s{1,3}(?:to|through|thru|until|till)\s{1,3}(?:at least\s{1,3})?(?:the\s{1,3})?", re.IGNORECASE
)
_BETWEEN = re.compile(r"\bbetween\s{1,3}(?:the\s{1,3})?$", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\s{1,3}(?:about\s{1,3}|around\s{1,3})?$", re.IGNORECASE)
_AND = re.compile(r"\s{1,3}and\s{1,3}(?:the\s{1,3})?", re.IGNORECASE)
_NEXT_DAY = re.compile(r",?\s{1,3}(?:or|and)(?:\s{1,3}(?:then|on|early))?(?:\s{1,3}in(?:to)?)?\s{1,3}", re.IGNORECASE)
_BLANK = re.compile(r",?\s{1,3}", re.IGNORECASE)
_AT = re.compile(
    r"\)?,?\s{1,3}(?:local(?: time)?,?\s{1,3})?(?:at|on|around|about|in|at around|at about)?\s{0,3}(?:the\s{1,3})?",
    re.IGNORECASE,
)
_EDGE = re.compile(
    r"(?:the\s{1,3})?(?:(early|late|mid)(?:\s{1,3}in|\s{1,3}on)?[\s-]{1,3}|EDGES\s{1,3})(?:the\s{1,3})?$", re.IGNORECASE
)
_SINCE = re.compile(r"\b(?:ever\s{1,3})?since\s{1,3}(?:at\s{1,3}least\s{1,3})?(?:the\s{1,3})?$", re.IGNORECASE)
_AGO = re.compile(
    r"\s{1,3}(ago|earlier|later|before|after|on|afterwards?|previously|from\s{1,3}now|prior\s{1,3}to|following|hence)\b",
    re.IGNORECASE,
)
_EXACT = re.compile(r"\s{1,3}(?:today|to the (?P<D>day)|this (?:(?P<W>week)|(?P<M>month)))\b", re.IGNORECASE)
_IN = re.compile(r"\bin\s{1,3}(?:about\s{1,3}|just\s{1,3})?$", re.IGNORECASE)
_STOP = re.compile(
    r"\s{0,3}(?:[.,;:!?)”’\"'–—]|$|and\b|but\b|that\b|the\b|he\b|she\b|they\b|it\b|we\b|in\b)", re.IGNORECASE
)


def joined(text: str, found: list[Found], futures: set[int]) -> list[Found]:
    """The expressions with their neighbours joined. `futures`: the words whose clause looks ahead."""
    out = list(_hours(text, _pairs(text, list(_twice(text, list(_same_month(text, found)))))))
    out = [_with_edge(text, one) for one in out]
    out = list(_leaning(text, out, futures))
    return [_since(text, one) for one in _based(text, out, futures)]


def _same_month(text: str, found: list[Found]) -> Iterator[Found]:
    """The days before one with a month are of that month: 13-14 and 16-17 December; 3, 5 and 7 May."""
    done = 0
    for one in found:
        leads = one.rule in ("date", "days") and one.args.get("month") and text[one.start : one.start + 1].isdigit()
        window = max(done, one.start - 40)
        before = _EARLIER_DAYS.search(text[window : one.start]) if leads else None
        for day in _EARLIER.finditer(before[1]) if before else ():
            if 0 < int(day[1]) < 32:
                start = window + (before.start(1) if before else 0) + day.start()
                shared = {"year": one.args.get("year", ""), "month": one.args["month"], "day": f"{int(day[1]):02d}"}
                ends = {"month2": "", "day2": f"{int(day[2]):02d}"} if day[2] else {}
                yield Found(start, start + len(day[0]), one.first, "days" if day[2] else "date", {**shared, **ends})
        yield one
        done = one.end


def _hours(text: str, found: list[Found]) -> Iterator[Found]:
    """Hours of one day: from 9am to 4pm on 12 March, between 3pm and 6pm today."""
    held: Found | None = None
    for one in found:
        if held is not None:
            gap = text[held.end : one.start]
            between = _AND.fullmatch(gap) and _BETWEEN.search(text, max(0, held.start - 16), held.start)
            timed = one.rule == "clock" or (one.rule in DAYS and bool(one.args.get("clock")))
            starts = _FROM.search(text, max(0, held.start - 10), held.start) or (timed and one.rule != "clock")
            if timed and not one.base and (between or (starts and len(gap) < 8 and _SPAN.fullmatch(gap))):
                day = replace(one, args={**one.args, "clock": held.args["clock"]})
                yield replace(one, start=held.start, first=held.first, rule="hours",
                              args={"clock": one.args["clock"]}, base=day)  # fmt: skip
                held = None
                continue
            yield held
            held = None
        if one.rule == "clock" and not one.base:
            held = one
        else:
            yield one
    if held is not None:
        yield held


def _twice(text: str, found: list[Found]) -> Iterator[Found]:
    """Of a time of day that is given twice both have the day behind: 4am (0100 GMT) on Monday."""
    for i, one in enumerate(found):
        clocks = one.rule == "clock" and i + 1 < len(found) and found[i + 1].rule == "clock"
        if clocks and _OPENS.fullmatch(text[one.end : found[i + 1].start]):
            day = found[i + 2] if i + 2 < len(found) else None
            if day and day.rule in DAYS and _CLOSES.fullmatch(text[found[i + 1].end : day.start]):
                yield replace(one, base=day)
                continue
        yield one


def _pairs(text: str, found: list[Found]) -> list[Found]:
    out: list[Found] = []
    for one in found:
        both = _pair(text, out[-1], one) if out else None
        if both:
            out[-1] = both
            if len(out) > 1 and (more := _pair(text, out[-2], both)):
                out[-2:] = [more]
        else:
            out.append(one)
    return out


def _pair(text: str, left: Found, right: Found) -> Found | None:
    gap = text[left.end : right.start]
    if len(gap) > 16:
        return None
    if _is_night(left) and right.rule in DAYS and _INTO.fullmatch(gap) and not right.args.get("part"):
        args = {"unit": "D", "offset": "-1", "part": "TNI", "clock": ""}
        return replace(right, start=left.start, first=left.first, rule="beside", args=args, base=right)
    if (
        left.rule in ("part", "overnight")
        and right.rule in DAYS
        and (_OF.fullmatch(gap) or (_BLANK.fullmatch(gap) and _before_day(text, left)))
    ):
        return _part_of(left, right)
    if left.rule in ("part", "overnight") and right.rule == "days" and _OF.fullmatch(gap):
        return _night_between(left, right)
    if left.rule in DAYS and right.rule in ("part", "overnight") and not left.args.get("part") and _AT.fullmatch(gap):
        return _both(left, right, {**left.args, "part": right.args.get("part", "TNI")})
    if left.rule == "clock" and right.rule in DAYS and _AT.fullmatch(gap):
        return _both(left, right, {**right.args, "clock": left.args["clock"]}, right)
    if left.rule == "clock" and right.rule == "part" and _AT.fullmatch(gap):
        return _both(left, right, {"clock": _afternoon(left.args["clock"], right.args["part"])})
    if left.rule in DAYS and right.rule == "clock" and _AT.fullmatch(gap) and not left.args.get("clock"):
        return _both(left, right, {**left.args, "clock": _afternoon(right.args["clock"], left.args.get("part", ""))})
    return None


def _before_day(text: str, left: Found) -> bool:
    """Overnight Monday; dawn Friday, which American papers write without `on`."""
    return left.rule == "overnight" or text[left.start : left.end].lower().split()[-1] in _BARE


def _is_night(one: Found) -> bool:
    """The night into Sunday begins on Saturday."""
    return one.rule == "overnight" or (one.rule == "part" and one.args["part"] == "TNI")


def _part_of(left: Found, right: Found) -> Found | None:
    part = left.args.get("part", "TNI")
    if right.args.get("part") not in (None, "", part) and part != "EARLY":
        return None
    return _both(left, right, {**right.args, "part": part}, right)


def _night_between(left: Found, right: Found) -> Found | None:
    """The night of 5 to 6 May begins on the 5th."""
    first, second = int(right.args["day"]), int(right.args["day2"])
    if left.args.get("part", "TNI") != "TNI" or second not in (first + 1, 1):
        return None
    named = {name: right.args.get(name, "") for name in ("year", "month", "day")}
    return replace(_both(left, right, {**named, "part": "TNI", "clock": ""}, right), rule="date")


def _both(left: Found, right: Found, args: dict[str, str], main: Found | None = None) -> Found:
    main = main or left
    return replace(main, start=left.start, end=right.end, first=left.first, args=args)


def _afternoon(clock: str, part: str) -> str:
    hour = int(clock[:2])
    return (
        f"{hour + 12:02d}{clock[2:]}"
        if part in ("TAF", "TEV", "TNI") and 1 <= hour < 12 and not (part == "TNI" and hour < 6)
        else clock
    )


@cache
def _edges() -> re.Pattern[str]:
    """Early, mid, late, the end of …, right before an expression."""
    names = [w for w in lexicon().sets["edge"] if " " in w]
    return re.compile(_EDGE.pattern.replace("EDGES", f"({any_of(names)})"), re.IGNORECASE)


def _with_edge(text: str, one: Found) -> Found:
    if one.rule not in PERIODS or one.args.get("edge"):
        return one
    window = max(0, one.start - 32)
    found = _edges().search(text[window : one.start])
    if not found or (window + found.start() > 0 and text[window + found.start() - 1].isalnum()):
        return one
    word = " ".join((found[1] or found[2]).lower().split())
    edge = lexicon().sets["edge"].get(word, "")
    return replace(one, start=window + found.start(), args={**one.args, "edge": edge})


def _leaning(text: str, found: list[Found], futures: set[int]) -> Iterator[Found]:
    """Lengths with `ago`, `later`, `after` and the like; a length after `in` of what is still to come."""
    taken = 0
    for one in found:
        if one.rule not in LENGTHS:
            if one.start >= taken:
                yield one
            continue
        behind = _AGO.match(text, one.end)
        moved = _moved(text, one, behind) if behind else None
        if moved:
            taken = moved.end
            yield moved
        elif _IN.search(text[max(0, one.start - 12) : one.start]) and (one.first in futures or _whole_days(one)):
            ahead = one.first in futures
            yield replace(one, rule="hence") if ahead else replace(one, rule="stretch", args={**one.args, "dir": "-1"})
        else:
            yield one


def _whole_days(one: Found) -> bool:
    """Nine deaths in 24 hours: those up to now."""
    n = one.args.get("n", "")
    return one.args.get("unit") == "h" and n.isdecimal() and int(n) % 24 == 0


def _moved(text: str, one: Found, behind: re.Match[str]) -> Found | None:
    word = behind[1].lower().split()[0]
    end = behind.end()
    if word == "ago":
        exact = _EXACT.match(text, end)
        unit = (exact.lastgroup or "D") if exact else ""
        return replace(one, end=exact.end() if exact else end, rule="ago", args={**one.args, "exact": unit})
    if word in ("from", "hence"):
        return replace(one, end=end, rule="hence")
    closes = _STOP.match(text, end)
    if word == "on" and closes and one.args.get("n") != "X" and one.args.get("unit") in ("D", "W", "M"):
        return replace(one, end=end, rule="after", args={**one.args, "sign": "1"})  # three days on: now
    if word in ("later", "on", "afterward", "afterwards") and (word != "on" or closes):
        return replace(one, end=end, rule="shift", args={**one.args, "sign": "1"})
    if word in ("earlier", "previously"):
        return replace(one, end=end, rule="shift", args={**one.args, "sign": "-1"})
    if word in ("after", "following"):
        return replace(one, end=end, rule="after", args={**one.args, "sign": "1"})
    if word in ("before", "prior"):
        return replace(one, end=end, rule="after", args={**one.args, "sign": "-1"})
    return None


def _based(text: str, found: list[Found], futures: set[int]) -> list[Found]:
    """Give each expression that leans on another date that date: the one behind it, else the last one before it."""
    out: list[Found] = []
    for i, one in enumerate(found):
        if one.rule == "after":
            ahead = found[i + 1] if i + 1 < len(found) else None
            near = ahead and ahead.rule not in _NO_BASE and len(text[one.end : ahead.start].split()) <= 2
            event = None if near else of_event(text, found, one)
            if (near and ahead) or event:
                if near and ahead:
                    event = found[i + 1] = _eve(one, ahead)
                out.append(replace(one, base=_bare(event)))
            elif out and out[-1].rule in DAYS and "." not in text[out[-1].end : one.start] and one.args["sign"] == "1":
                out.append(replace(one, rule="same", args={"unit": one.args["unit"]}, base=_bare(out[-1])))
            else:
                out.append(one)
        elif one.base is not None:
            out.append(one)
        elif out and _ends_span(text, out[-1], one):
            begun, ended = out[-1], one
            if one.rule == "weekday":
                begun = replace(begun, args={**begun.args, "which": "from"}, base=ended)
                ended = replace(ended, args={**ended.args, "which": "to"})
            out[-1:] = [begun, replace(ended, base=replace(out[-1], base=None))]
        elif one.rule == "clock":
            day = out[-1] if out and out[-1].rule in DAYS and out[-1].args.get("clock") else None
            near = day is not None and one.start - day.end < 100 and "." not in text[day.end : one.start].rstrip(". ")
            told = tomorrow(text, out, one) or (None if one.first in futures else _day_told(text, out, one))
            out.append(replace(one, base=day if day and near else told))
        elif day := begun_by(text, out, one) or in_tale(text, out, one):
            out.append(day)
        elif one.rule in ("same", "beside", "shift"):
            timed = one.rule == "shift" and one.args["unit"] in "hmS"
            skipped = _NO_BASE - {"clock"} if timed else _NO_BASE
            base = next((b for b in reversed(out[-6:]) if b.rule not in skipped and one.start - b.start < 400), None)
            if one.rule == "beside" and text[one.start : one.end].endswith((" after", " before")):
                base = of_event(text, found, one) or base
            out.append(replace(one, base=_bare(base)) if base else one)
        else:
            out.append(one)
    return out


def _eve(length: Found, day: Found) -> Found:
    """A day before Tuesday's start: the Tuesday that is so far from now, if one is."""
    whole = length.args.get("unit") == "D" and length.args["n"].isdecimal() and length.args["sign"] == "-1"
    if not whole or day.rule != "weekday" or day.args.get("which"):
        return day
    return replace(day, args={**day.args, "ahead": length.args["n"]})


def _day_told(text: str, before: list[Found], clock: Found) -> Found | None:
    """The day that a tale is about when it comes to a time of day: clashes on Sunday … until the truce ended at 6am."""
    last = next((one for one in reversed(before[-4:]) if one.rule not in _LOOSE), None)
    if last is not None and last.rule == "clock":
        return last.base
    own = last is not None and last.rule in ("weekday", "date", "nth") and not last.args.get("clock")
    if last is None or not own or clock.start - last.end > _TALE or "\n" in text[last.end : clock.start]:
        return None
    return replace(last, args={**last.args, "part": ""})


def _ends_span(text: str, left: Found, right: Found) -> bool:
    """From Friday to Sunday, 1 June to 30 November; tonight or in the morning."""
    gap = text[left.end : right.start]
    if len(gap) > 24:
        return False
    if right.rule == "part":
        return right.args["part"] == "TMO" and left.args.get("part") == "TNI" and bool(_NEXT_DAY.fullmatch(gap))
    same = left.rule == right.rule and right.rule in ("weekday", "date")
    bare = not any(one.args.get(name) for one in (left, right) for name in ("which", "week")) and not right.args.get(
        "year"
    )
    if not same or not bare or not right.args.get("month", "1"):
        return False
    between = _BETWEEN.search(text, max(0, left.start - 16), left.start) and _AND.fullmatch(gap)
    return bool(between or _SPAN.fullmatch(gap))


def _bare(base: Found | None) -> Found | None:
    """The base, cut off after two steps, so that chains of `the next day` stay short."""
    if base and base.base and base.base.base:
        return replace(base, base=replace(base.base, base=None))
    return base


def _since(text: str, one: Found) -> Found:
    if one.rule in ("duration", "vague", "every", "during", "stretch"):
        return one
    window = max(0, one.start - 28)
    found = _SINCE.search(text[window : one.start])
    return replace(one, start=window + found.start(), rule="since", args={}, base=replace(one)) if found else one
