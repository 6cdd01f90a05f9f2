"""A date that leans on what the text tells elsewhere → the same with the date that it leans on."""

from __future__ import annotations

import re
from dataclasses import replace

from onrecord.statements.dates_forms import DAYS, Found, lexicon

TALE = "tale"
"""Stands for the year of a date whose year is that of the date before it, where that suits."""

_REACH = 250
"""Characters that a tale goes on after a date with its year."""
_WINDOW = 80
_INTO = re.compile(r"\s{1,3}into\s{1,3}", re.IGNORECASE)
_IN = re.compile(r"\bin\s{1,3}$", re.IGNORECASE)
_COMPARED = re.compile(r"\b(?:since|than|until|till|like)\s{1,3}(?:the\s{1,3}|at\s{1,3}least\s{1,3})?$", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_ITS = re.compile(r"(?:['’]s)?\s{1,3}(?:[\w-]{1,24}\s{1,3}){0,2}?", re.IGNORECASE)
_ON = re.compile(r"([^\W\d_]+)\s{1,3}(?:\w{1,24}\s{1,3}){0,6}(?:on|of)\s{1,3}(?:the\s{1,3})?$", re.IGNORECASE)
_THE = re.compile(r"\s{1,3}(?:the|an?|his|her|its|their|that|this)\s{1,3}", re.IGNORECASE)
_STOPS = re.compile(r"[,.;:!?()\n“”\"]")


def begun_by(text: str, before: list[Found], one: Found) -> Found | None:
    """The day that a night goes on into: on Thursday night into Friday."""
    last = before[-1] if before else None
    if one.rule != "weekday" or last is None or last.rule not in DAYS or one.args.get("which"):
        return None
    if last.args.get("part") not in ("TNI", "TEV") or not _INTO.fullmatch(text, last.end, one.start):
        return None
    args = {"unit": "D", "offset": "1", "part": one.args.get("part", ""), "clock": one.args.get("clock", "")}
    return replace(one, rule="beside", args=args, base=replace(last, args={**last.args, "part": ""}, base=None))


def tomorrow(text: str, before: list[Found], clock: Found) -> Found | None:
    """The day of a clock in a sentence about another day than this: tomorrow's debate starts at 9pm."""
    last = before[-1] if before else None
    if last is None or last.rule != "day" or last.args.get("offset") not in ("1", "-1") or last.args.get("clock"):
        return None
    between = text[last.end : clock.start]
    near = len(between) < _WINDOW and not _STOPS.search(between) and " and " not in between
    return replace(last, args={**last.args, "part": ""}) if near else None


def in_tale(text: str, before: list[Found], one: Found) -> Found | None:
    """A day or month without its year behind a date that has one: on 4 June 2019 … by 9 June."""
    if one.rule not in ("date", "month") or not one.args.get("month") or one.base is not None:
        return None
    if any(one.args.get(name) for name in ("year", "which", "years")):
        return None
    for last in reversed(before[-5:]):
        if one.start - last.end > _REACH:
            return None
        if last.args.get("year") == TALE:
            return replace(one, args={**one.args, "year": TALE}, base=last.base)
        if last.args.get("year") and _leads(text, last, one):
            return replace(one, args={**one.args, "year": TALE}, base=replace(last, base=None))
    return None


def _leads(text: str, last: Found, one: Found) -> bool:
    before = text[max(0, last.start - 16) : last.start]
    if last.rule == "year":
        return bool(_IN.search(before)) and "\n" not in text[last.end : one.start]
    return last.rule in ("date", "month") and not _COMPARED.search(before)


def of_event(text: str, found: list[Found], one: Found) -> Found | None:
    """The day of what a length is counted from: two days after the vote … of Saturday's election."""
    named = _event(text, one.end)
    if not named:
        return None
    days = [day for day in found if day is not one and day.rule in DAYS and not day.base]
    told = [day for day in days if _tells(text, day, named)]
    return min(told, key=lambda day: abs(day.start - one.start), default=None)


def _event(text: str, at: int) -> frozenset[str]:
    """The words behind an article, up to a stop, that may name what happened."""
    behind = _THE.match(text, at)
    if not behind:
        return frozenset()
    window = text[behind.end() : behind.end() + _WINDOW]
    stop = _STOPS.search(window)
    words = _WORD.findall(window[: stop.start()] if stop else window)[:4]
    return frozenset(_same(w) for w in words if len(w) > 3 and not w[0].isupper())


def _same(word: str) -> str:
    low = word.casefold()
    return lexicon().alike.get(low, low.removesuffix("s"))


def _tells(text: str, day: Found, named: frozenset[str]) -> bool:
    """A day that says when such a thing was: Saturday's vote, the 8 April poll, the vote was held on Saturday."""
    behind = _ITS.match(text, day.end)
    if behind:
        words = _WORD.findall(text[day.end : day.end + 60].split(".", maxsplit=1)[0])[:4]
        words = [w for w in words if w != "s"][:3]
        possessed = text[day.end : day.end + 2] in ("'s", "’s")
        if words and any(_same(w) in named for w in (words if possessed else words[:2])):
            return True
    ahead = _ON.search(text[max(0, day.start - _WINDOW) : day.start])
    return bool(ahead and any(_same(w) in named for w in _WORD.findall(ahead[0])))
