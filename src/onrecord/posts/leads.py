"""A line that begins with a time → the time, and what it leads: `8:45 a.m. — The governor says …`."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import tzinfo
from typing import TYPE_CHECKING

from onrecord.posts.bracketed import closed, opened
from onrecord.posts.moments import Printed, printed, worded
from onrecord.posts.people import is_name, names

if TYPE_CHECKING:
    from onrecord.posts.lines import Line

SPAN = re.compile(
    r"\d{1,2}(?:[:.]\d\d)?\s?(?:[ap]\.?m\.?)?\s?(?:[-–—]|to|\s)\s?\d{1,2}(?:[:.]\d\d)?\s?(?:[ap]\.?m\.?)?",
    re.IGNORECASE,
)
"""From one clock to another: a timetable, no time of a post."""
SIGNS = "•·▪●◆■*◾◼◦‣⁃▸►➤➡▶🔘🔴🔵⚫⚪🟢🟠🟡🟣🔹🔸🔷🔶📌📍🚨❗✅"
"""What stands before items, and before nothing else in a line."""
_CLOCKS = "🕐🕑🕒🕓🕔🕕🕖🕗🕘🕙🕚🕛⏰⏱⌚📅🗓"
BULLET = re.compile(
    r"^(?:>{1,3}\s?|~\s?(?=\d)|\d{1,3}[.)]\s+(?=\d{1,2}[:.]\d\d\b)|[_=*~–—-]{2,40}\s+"
    rf"|[{SIGNS}{_CLOCKS}–—-]\s*)"
)
_MARKED = re.compile(
    r"#{1,6}\s+|#\d{1,4}[:.)]?\s(?=\d)|(?P<sign>[*_~]{1,3})(?P<inner>[^*_~]{3,40})(?P=sign)(?=[\s:–—-]|$)"
)
"""Signs of a plain text's heading, or around what is in bold."""
_PLACED = re.compile(
    r"[A-Z][\w .,'’-]{2,40}\([A-Z]{2,10}\)\s[-–—]{1,2}\s"
    r"(?=(?:\d{1,2}(?:[:.]\d\d)?\s?[aApP]\.?[mM]\.?|[Nn]oon|[Mm]idnight)$)"
)
"""A dateline before nothing but a time."""
_STUCK = re.compile(
    r"\d{1,2}[:.]\d\d(?:\s?[aApP]\.?[mM]\.?)?\s?(?:GMT|UTC|BST|IST|E[SD]?T|C[SD]?T|P[SD]T|CEST|CET|A[EW][SD]T|SAST|EAT|WAT)(?=[A-Z][a-z])"
)
"""A time and its zone, to which a headline is glued."""
_AGO = r"\d{1,3}\s?(?:m|mins?|minutes?|h|hrs?|hours?|d|days?)\.?\sago(?=[A-Z]|\b)"
_DAY_FIRST = (
    r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6}\.?,?\s(?:at\s)?)?"
    r"(?:(?:[A-Z][a-z]{2,8}\.?\s\d{1,2}(?:,\s\d{4})?|\d{1,2}/\d{1,2}/\d{2,4}|\d{4}-\d\d-\d\d),?\s(?:at\s)?)?"
)
TIMES_NOTE = r"\([Aa]ll times [^():\n]{3,20}\):\s"
"""How an agency's first line says in which zone it tells times, before one: "(all times local): 2:10 p.m."."""
_CLOCKED = (
    rf"(?:(?:{_AGO}|\d{{1,3}}\s?[mhd]\s?ago)\s?)?(?P<open>[(\[])?{_DAY_FIRST}"
    r"(?P<clock>\d{1,2}[:.]\s?\d\d(?:\s?(?:[aApP]\.?[mM](?![a-z])\.?|(?:hrs|hours|hs|h)\b\.?))?|\d{1,2}[hH][0-5]\d\b|\d{1,2}\s?[aApP]\.?[mM](?![a-z])\.?"
    r"|(?P<four>(?:[01]\d|2[0-3])[0-5]\d)(?:\s?(?:hrs|hours|h)\b)?)"
    r"(?P<zone>\s\(?[A-Z]{2,4}\b\)?)?"
    r"(?:,?\s(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?\s\d{1,2}\b)?"
)
_LEAD = re.compile(
    r"(?:[A-Z][\w .,'’-]{2,40}\s\([A-Z]{2,10}\)\s[-–—]{1,2}\s"
    rf"(?:[A-Z][^():\n]{{9,90}}\s{TIMES_NOTE})?)?"
    r"(?:(?P<at>(?:At|About|Around|Approximately|Approx\.?|Circa)\s)|(?:\([Uu]pdated?\)|[Uu]pdated?|UPDATED?|[A-Z]{2,5})(?:\s#?\d{1,3})?\s?[-–—:,]?\s{1,2}(?:at\s)?)?"
    rf"(?P<when>{_CLOCKED}|{_AGO})"
    r"(?:(?(open)[)\]]|(?![)\]]))"
    r"(?:\s\(\d{1,2}[:.]\d\d\)(?=\s[A-Z“\"'‘])|,\s[A-ZÀ-Þ][\w.'’-]{1,20}(?:\s[A-ZÀ-Þ][\w.'’-]{1,20}){0,2}(?=\s?[-–—:])|\s\([A-ZÀ-Þ][^()]{1,25}\)(?=\s[A-Z]))?"
    r"(?:\s?[-–—:|·•>/»→]+|\.(?=\s))?\s{0,8})(?(at)(?<=[-–—:|]\s))(?=[\"“‘'#@A-Z]|[a-z]{1,2}[A-Z]|(?<=[:–—]\s)[a-z]|(?<=\s)\d)"
)
"""A time that leads a paragraph or a headline."""
_GLUED = re.compile(
    r"(?P<when>\d{1,2}[:.]\d\d(?:\s?[aApP]\.?[mM]\.?)?)\s?,\s?"
    r"(?P<who>[A-ZÀ-Þ][\w'’-]{1,20}(?: [A-ZÀ-Þ][\w'’.-]{0,20}){0,2}? [A-ZÀ-Þ][a-zß-ÿ'’-]{1,20})(?=[A-Z“‘\"])"
)
"""Clock and author, to which the first word of the post is glued: `10:30 , Ana SousaShares fell …`."""
_BREAK = re.compile(r"(?:\s[-–—|·•>]{1,2}|\s?[:|>]|[—–])\s{1,2}(?=[\"“‘'#@(\[A-Z0-9])")
"""What may part a time from what it leads, and what stands before it."""
_STAMPED = 56
"""Signs of the longest time that leads or ends a line."""
_DAYS = frozenset(
    [
        "jan",
        "feb",
        "mar",
        "apr",
        "may",
        "jun",
        "jul",
        "aug",
        "sep",
        "oct",
        "nov",
        "dec",
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
        "sat",
        "sun",
        "tod",
        "yes",
    ]
)
"""How words begin that days are written with."""
_FIRST = _DAYS | {"upd", "as ", "noo", "mid", "bre"}
"""How lines begin, beside digits, that may begin with a time."""
_OPENER = re.compile(r"(?:updated?|as of|breaking)(?:\s(?:#?\d{1,2}|at))?(?:,|:)?\s", re.IGNORECASE)
"""What may stand before a time that leads."""
_LOCAL = re.compile(r"(?:[A-Z][a-z]{2,15}\s)?(?:local )?time|update|breaking(?: news)?|live|new", re.IGNORECASE)
"""What may stand beside it."""
DAY_LEAD = re.compile(
    r"(?P<when>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?:,?\s[A-Z][a-z]{2,8}\.?\s\d{1,2}|,?\s\d{1,2}\s[A-Z][a-z]{2,8})?"
    r"(?:,?\s\d{4})?(?:,?\s\d{1,2}(?:[:.]\d\d)?\s?[ap]\.?m\.?)?)(?::|\s[-–—])\s(?=[\"“‘'A-Z])"
)
"""A day that leads a paragraph: `Thursday 4.15pm: …`."""


def bare(text: str) -> str:
    """A line without its bullet, the signs of a heading, and those around bold words at its beginning."""
    placed = _PLACED.match(text) if text[:1].isupper() else None
    if placed is not None:
        return text[placed.end() :]
    marked = _MARKED.match(text) if text[:1] in "#*_~" else None
    text = (marked["inner"] or "") + text[marked.end() :] if marked else BULLET.sub("", text)
    stuck = _STUCK.match(text) if text[:1].isdecimal() else None
    return f"{stuck[0]} {text[stuck.end() :]}" if stuck else text


def leads(line: Line, near: tzinfo | None) -> bool:
    """Whether a clock leads the paragraph or headline: `8:45 a.m. — The governor says …`."""
    text = bare(line.text)
    if (glued := _GLUED.match(text)) is not None and (when := printed(glued["when"], near)) is not None:
        line.time, line.authors = replace(when, rest=text[glued.end() :]), names(glued["who"])
        return True
    if (opening := opened(text, near)) is not None:
        line.bracket, line.time = "opens", opening
        return True
    if (closing := closed(text, near)) is not None:
        line.bracket, line.time = "closes", closing
        return True
    found = _LEAD.match(text) if text[:1].isalnum() or text[:1] in "([" else None
    if not found or _BREAK.search(text, found.end(), found.end() + _STAMPED):
        stamped = _stamped(text, near)
        if stamped is not None and (not found or stamped[1] > found.end()):
            line.time = replace(stamped[0], rest=text[stamped[1] :])
            return stamped[0].rest.count(" ") < 1 and text.count(" ", stamped[1]) > 0 and not is_name(line.time.rest)
    if not found:
        return _leads_with_day(line, text, near)
    if found["four"] and found["clock"] != found["when"].split()[0].strip("([])"):
        return False  # a year
    stuck = text[found.end() - 1].isalnum() and not found["four"] and not found["clock"]
    if SPAN.fullmatch(text) or (stuck and not found["when"].endswith("ago")):
        return False
    at = found.end()
    clock = found["when"]
    if found["zone"] and printed(found["clock"] + found["zone"], near) is not None and _zoneless(found, near):
        at, clock = found.start("zone") + 1, text[found.start("when") : found.start("zone")]
    if found["four"]:
        clock = clock.replace(found["four"], f"{found['four'][:2]}:{found['four'][2:]}")
    when, rest = printed(clock.replace(": ", ":"), near), text[at:]
    if when is None or (when.clock is None and when.ago is None) or len(rest.split()) < 2 or is_name(rest):
        return False
    day = worded(found["when"].split()[0])
    if day is not None and when.day is None:
        when = replace(when, weekday=day.weekday)
    line.faint = bool(found["four"]) and found["clock"] == found["four"] and when.zone is None
    line.time = replace(when, rest=rest, text=clock.strip(" (-–—:|"))
    return True


def _stamped(text: str, near: tzinfo | None) -> tuple[Printed, int] | None:
    """The longest beginning of a line that is nothing but a time, and where what it leads begins."""
    if not text[:1].isdecimal() and text[:3].lower() not in _FIRST:
        return None
    out = None
    opener = _OPENER.match(text)
    start = opener.end() if opener else 0
    for sign in _BREAK.finditer(text, start, start + _STAMPED):
        when = printed(text[start : sign.start()], near) or worded(text[start : sign.start()])
        if (
            when is not None
            and (not when.rest or _LOCAL.fullmatch(when.rest))
            and (when.clock is not None or when.ago is not None)
        ):
            out = replace(when, rest=""), sign.end()
    return out


def tailed(text: str, near: tzinfo | None) -> Printed | None:
    """The time behind the words of a line, which are its `rest`: `Bridge reopens — 2:32pm`."""
    for sign in _BREAK.finditer(text, max(8, len(text) - _STAMPED)):
        when = printed(text[sign.end() :], near)
        if when is not None and not when.rest and when.clock is not None:
            return replace(when, rest=text[: sign.start()].rstrip(" ,|·•-–—"), at=sign.end())
    return None


def _leads_with_day(line: Line, text: str, near: tzinfo | None) -> bool:
    found = DAY_LEAD.match(text)
    if not found or len(text) < found.end() + 20:
        return False
    day = worded(found["when"].split(",")[0].split()[0])
    when = printed(found["when"], near) or day
    if when is None or day is None:
        return False
    weekday = day.weekday if when.day is None else None
    line.time = replace(when, weekday=weekday, rest=text[found.end() :], text=found["when"])
    return True


def _zoneless(found: re.Match[str], near: tzinfo | None) -> bool:
    """Whether the capitals after a clock name no zone but begin the sentence: `10:35 UN Secretary General …`."""
    when = printed("10:00" + found["zone"], near)
    return when is None or when.zone is None
