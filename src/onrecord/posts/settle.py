"""Lines as each shows itself → lines as the page shows them: what one line alone does not tell."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import time, timedelta
from itertools import groupby, pairwise

from onrecord.posts.addressed import takes_leave
from onrecord.posts.clockheads import settle_clock_heads
from onrecord.posts.leads import TIMES_NOTE
from onrecord.posts.lines import POINTS, QUOTES, SHORT, Line, asks, shows
from onrecord.posts.quoted import settle_quoted, settle_tweets
from onrecord.posts.runins import settle_glued, settle_run_in
from onrecord.posts.signatures import settle_dated, settle_names, settle_roles, settle_signed, settle_topics
from onrecord.posts.sums import sums_up
from onrecord.posts.words import listing, plain, words

_TIMES_NOTE = re.compile(TIMES_NOTE + r"\d")
_NUMBERED = re.compile(r"(\d{1,3})[.)]\s+(?=\S)")
_LEAST_LEADS = 2
_LEAST_FAINT = 3
_LEAST_DAYS = 2
_DAY = 24 * 60
_TURNS = [(60 * hour, sign) for hour in (0, 4, 8, 12, 16, 20) for sign in (1, -1)]
"""Where a day may be taken to begin, and whether times rise or fall."""
_HALF_DAY = re.compile(r"\d\s?[ap]\.?m\b", re.IGNORECASE)
_LEAST_NUMBERS = 3
_LEAST_SHORTS = 3
_LEAST_REPEATS = 3
_COUNTED = 10
"""Digits of the seconds since 1970."""
_DIGIT = re.compile(r"\d")
_LENGTH = re.compile(r" \d{1,2}:\d\d")
_ITEM = re.compile(r"[-–—*] (?=\S)")
"""What begins an item of a list."""
_LISTED = re.compile(rf"[{POINTS}]\s").match
_TOLD = ("body", "short")
_TELLING = ("body", "lead", "short", "caption", "credit")
_LEAST_CAPTION = 6
_LEAST_CREDITED = 2
"""Words of a caption with the holder of the picture's rights behind it, at least."""
_MOSTLY = 0.6
_HELD = re.compile(
    r"[.!?”\"]?\s{0,4}\(?(?:(?:Photograph|Photo|Picture|Image|Pic|Credit|Photo credit)(?: by)?:|©) ?"
    r"[A-Z][^.!?]{1,60}\)?$"
)
"""The holder of a picture's rights, behind its caption."""
_FILE = "posts_lines.toml"
_LONG = 14
"""Words of a long headline."""


def settle(lines: list[Line]) -> None:
    """Settle kinds that depend on the lines around: leading clocks, bare names, numbered headlines and bullets."""
    _settle_counted(lines)
    settle_clock_heads(lines)
    _settle_videos(lines)
    _settle_pictures(lines)
    _settle_shown(lines)
    settle_tweets(lines)
    settle_quoted(lines)
    _settle_tails(lines)
    _settle_days(lines)
    _settle_leads(lines)
    _settle_told(lines)
    settle_run_in(lines)
    _settle_changes(lines)
    _settle_numbers(lines)
    _settle_bullets(lines)
    settle_names(lines)
    settle_dated(lines)
    settle_topics(lines)
    settle_roles(lines)
    settle_signed(lines)
    _settle_repeats(lines)
    _settle_long(lines)
    _settle_headlines(lines)
    _settle_questions(lines)
    settle_glued(lines)


def _settle_counted(lines: Sequence[Line]) -> None:
    """Seconds since 1970 are furniture where posts print their times for readers too."""
    counted = [line for line in lines if line.kind == "time" and line.text.isdecimal() and len(line.text) == _COUNTED]
    others = sum(line.kind == "time" and line.time is not None and line.time.clock is not None for line in lines)
    for line in counted if 3 * len(counted) <= 2 * others else ():
        line.kind, line.time = "chrome", None


def _settle_videos(lines: Sequence[Line]) -> None:
    """What is said again with a length behind it names a video, and no post."""
    for before, line in pairwise(lines):
        if line.text.startswith(before.text) and _LENGTH.fullmatch(line.text, len(before.text)):
            before.kind = line.kind = "chrome"


def _settle_pictures(lines: Sequence[Line]) -> None:
    """What is printed twice in a row, or again with the holder of a picture's rights, is a caption."""
    for before, line in pairwise(lines):
        credited = _HELD.search(line.text)
        least = _LEAST_CAPTION if credited is None else _LEAST_CREDITED
        if line.kind not in _TOLD or before.kind not in (*_TOLD, "caption", "lead") or line.size < least:
            continue
        if line.plain == before.plain or (
            credited and _shared(before.plain, line.plain[: credited.start()]) >= _MOSTLY
        ):
            before.kind = line.kind = "caption"
        elif credited and line.size <= _LONG * 5:
            line.kind = "caption"


def _shared(one: str, other: str) -> float:
    """How much of the words of the longer of two lines stands in both."""
    a, b = set(one.split()), set(other.split())
    return len(a & b) / max(len(a), len(b), 1)


def _settle_shown(lines: Sequence[Line]) -> None:
    """What says that its post shows a film or pictures is a headline right below a time, a label or furniture."""
    for above, line, below in zip([None, *lines], lines, [*lines[1:], None], strict=False):
        free = above is None or (above.kind in ("time", "label", "chrome", "byline") and above.text[-1] != ",")
        heads = below is not None and below.kind in (("body", "byline", "time") if above else ("body",))
        if line.kind == "caption" and free and heads and shows(line):
            line.kind = "short"


def _settle_repeats(lines: Sequence[Line]) -> None:
    """Short lines that come again and again are furniture: a button, a section's name."""
    counts = Counter(line.plain for line in lines if line.kind in ("short", "related"))
    for line in lines:
        if line.kind in ("short", "related") and counts[line.plain] >= _LEAST_REPEATS and line.size <= _LONG:
            line.kind = "chrome"


def _settle_long(lines: Sequence[Line]) -> None:
    """Where headlines are short, a long line without a full stop is a paragraph."""
    if lines[-1:] and lines[-1].kind == "short" and lines[-1].size > _LONG and lines[-2:-1] and _cut_off(lines):
        lines[-1].kind = "body"
    shorts = [line for line in lines if line.kind == "short"]
    if len(shorts) < _LEAST_SHORTS:
        return
    usual = sorted(line.size for line in shorts)[len(shorts) // 2]
    for before, line in pairwise(lines):
        if line.kind == "short" and before.kind == "body" and line.size > max(_LONG, 2 * usual):
            line.kind = "body"


def _cut_off(lines: Sequence[Line]) -> bool:
    """Whether a long last line is a paragraph that was cut off: no headline stands where it does."""
    if lines[-2].kind not in ("time", "byline"):
        return True
    below = [b.kind for a, b in pairwise(lines[:-1]) if a.kind == lines[-2].kind]
    return 2 * below.count("short") < len(below)


def _settle_headlines(lines: Sequence[Line]) -> None:
    """What stands where other posts have their headline is one, also where it asks or takes leave of readers."""
    passed = ("byline", "chrome")
    unsigned = [x for x in lines if x.kind not in passed and not (x.kind == "label" and not sums_up(x.plain))]
    below = [b for a, b in pairwise(unsigned) if a.kind in ("time", "day") and b.kind not in ("time", "day")]
    above = [a for a, b in pairwise(unsigned) if b.kind == "time" and a.kind != "time"]
    signed = [b for a, b in pairwise(lines) if a.kind == "signed"]
    bylines = [b for a, b in pairwise(lines) if a.kind == "byline" and b.kind != "byline"]
    for places in (below, above, signed, bylines):
        if 2 * sum(line.kind == "short" or (places is bylines and asks(line)) for line in places) < len(places):
            continue
        for line in places:
            quoted = line.text[0] in QUOTES and line.text[-1] in QUOTES
            open_end = (
                quoted
                or line.text.endswith("...")
                or line.text[-1] in "…?!’'"
                or line.text[-1].isalnum()
                or _ends_open(line)
            )
            linked = line.kind == "related" and line.text[0].isalnum()
            if (linked or line.kind in ("signoff", "body", "caption")) and line.size <= _LONG and open_end:
                line.kind = "short"


def _settle_questions(lines: Sequence[Line]) -> None:
    """What asks below furniture, a time or a headline, and above a paragraph, is a headline where posts have such."""
    heads = sum(a.kind == "short" and b.kind in ("body", "byline") for a, b in pairwise(lines))
    for above, line, below in zip([None, *lines], lines, lines[1:], strict=False):
        heads_it = asks(line) and line.size <= _LONG
        free = above is None or above.kind not in _TELLING
        if heads_it and heads >= _LEAST_LEADS and free and below.kind in ("body", "byline", "time"):
            line.kind = "short"


def _ends_open(line: Line) -> bool:
    """Whether it ends with a colon, and does not announce what somebody says."""
    return line.text[-1] == ":" and line.plain.rstrip(":").split()[-1:][0] not in words(_FILE, "said_end")


def _settle_leads(lines: Sequence[Line]) -> None:
    """Times lead paragraphs only where several do, in order; others (an agenda, a lone one) are part of the text."""
    every = [i for i, line in enumerate(lines) if line.kind == "lead"]
    daily = [i for i in every if _names_day(lines[i])]
    leads = [i for i in every if not _names_day(lines[i])]
    days = [i for i, line in enumerate(lines) if line.kind == "day"]
    chosen: set[int] = set()
    for _, run in groupby(leads, key=lambda i: bisect_right(days, i)):
        chosen.update(_leading(lines, list(run)))
    clocked = sum((t := lines[i].time) is not None and t.clock is not None for i in daily)
    if len(chosen) + clocked < _LEAST_LEADS and not (_heads_page(lines, leads) or _headed(lines, leads)):
        chosen = set()
    if _is_foreign(lines, leads):
        chosen = set()
    faint = [i for i in leads if lines[i].faint]
    if faint and (len(chosen) < _LEAST_FAINT or len(chosen.intersection(faint)) < 0.8 * len(faint)):
        chosen.difference_update(faint)
    if len(daily) >= (_LEAST_DAYS if not chosen else 1) or (
        daily == every and (_heads_page(lines, daily) or _headed(lines, daily))
    ):
        chosen.update(daily)
    leaving = {i for i in every[:1] + every[-1:] if (t := lines[i].time) and takes_leave(plain(t.rest))}
    for i in leaving.intersection(chosen):
        lines[i].kind, lines[i].time = "signoff", None
    every = [i for i in every if i not in leaving or lines[i].kind == "lead"]
    chosen.update(i for i in leads if _TIMES_NOTE.search(lines[i].text, 0, 200))
    for i in every:
        if i not in chosen:
            lines[i].kind, lines[i].time = "body", None


def _settle_tails(lines: Sequence[Line]) -> None:
    """Times behind headlines are those of their posts, where no line prints a time otherwise."""
    below = (*_TOLD, "byline", "caption")
    found = [
        a for a, b in pairwise(lines) if a.tail and a.kind in ("short", "time") and not a.authors and b.kind in below
    ]
    others = sum(line.kind == "time" for line in lines) - sum(line.kind == "time" for line in found)
    if len(found) < _LEAST_FAINT or others >= len(found):
        return
    for line in found:
        line.kind, line.time = "time", line.tail


def _settle_days(lines: Sequence[Line]) -> None:
    """Days that stand right above most times, or below, are no headings of their own but belong to those times."""
    found = [(a, b) for a, b in pairwise(lines) if a.kind == "day" and b.kind == "time" and a.time and a.time.day]
    below = [(b, a) for a, b in pairwise(lines) if a.kind == "time" and b.kind == "day" and a.time and b.time]
    if not found and 2 * len(below) > sum(line.kind == "time" for line in lines):
        _date(below)
        return
    if len(found) < _LEAST_LEADS or 2 * len(found) <= sum(line.kind == "time" for line in lines):
        return
    if len({a.plain for a, _ in found}) == len(found):  # each heads a day's posts
        return
    _date(found)


def _date(found: Sequence[tuple[Line, Line]]) -> None:
    """Give each time the day beside it."""
    for day, line in found:
        if day.time is not None and line.time is not None and line.time.day is None:
            day.kind, line.time = "time", replace(line.time, day=day.time.day)


def _settle_told(lines: Sequence[Line]) -> None:
    """Where times lead paragraphs, a long line without a full stop is one too."""
    leads = [line for line in lines if line.kind == "lead"]
    open_ = [line for line in leads if line.text[-1] not in '.!”"']
    if 3 * len(open_) <= len(leads):
        for line in open_:
            line.told = line.told or line.size > _LONG + SHORT


def _settle_changes(lines: Sequence[Line]) -> None:
    """A time below a line that says no more than "Updated" is one of a change, unless it is before the post's own."""
    first = lines[0].time if lines and lines[0].kind == "time" else None
    own: time | None = first.clock if first else None
    last: timedelta | None = first.ago if first else None
    for before, line in pairwise(lines):
        if line.time is None or line.kind != "time":
            continue
        said = before.plain.strip(" :") in ("updated", "last updated")
        clock, ago = line.time.clock, line.time.ago
        if said and not (own and clock and clock < own) and not (last and ago and ago >= last):
            line.time = replace(line.time, updated=True)
        elif not line.time.updated:
            own, last = clock or own, ago or last


def _is_foreign(lines: Sequence[Line], leads: Sequence[int]) -> bool:
    """Whether times stand on lines of their own at most posts, and those that lead paragraphs don't go with them."""
    own = [i for i, line in enumerate(lines) if line.kind == "time" and line.time and line.time.clock]
    return len(own) > len(leads) and _breaks(_minutes(lines, sorted([*own, *leads]))) > _breaks(_minutes(lines, own))


def _heads_page(lines: Sequence[Line], leads: Sequence[int]) -> bool:
    """Whether one line with a time is the headline of the only post: most paragraphs stand below it."""
    if len(leads) != 1:
        return False
    line = lines[leads[0]]
    above, below = lines[: leads[0]], lines[leads[0] + 1 :]
    is_head = line.time is not None and line.time.rest.count(" ") < _LONG and line.text[-1] not in ".:"
    if is_head and above and above[-1].plain.startswith(listing(_FILE, "below_start")) and above[-1].size <= _LONG:
        return True
    told = sum(x.kind == "body" for x in below)
    return is_head and told > 0 and told >= sum(x.kind == "body" for x in above)


def _headed(lines: Sequence[Line], leads: Sequence[int]) -> bool:
    """Whether the only time leads what stands below a headline or a day, or a headline itself: `8:40 a.m. — …`."""
    at = leads[0] if len(leads) == 1 else 0
    if at and _leads_headline(lines[at : at + 2]):
        return True
    above = lines[at - 1]
    return at > 0 and (above.kind == "day" or (above.kind == "short" and above.size > SHORT)) and not lines[at].faint


def _leads_headline(lines: Sequence[Line]) -> bool:
    """Whether a time of half a day, as no agenda prints it alone, leads a full headline, and a paragraph follows."""
    when = lines[0].time
    if when is None or len(lines) < 2 or lines[1].kind != "body" or lines[1].size <= _LONG:
        return False
    full = _LEAST_CAPTION <= when.rest.count(" ") + 1 <= _LONG + SHORT and lines[0].text[-1].isalnum()
    return full and _HALF_DAY.search(when.text) is not None


def _names_day(line: Line) -> bool:
    return line.time is not None and (line.time.day is not None or line.time.weekday is not None)


def _leading(lines: Sequence[Line], leads: list[int]) -> list[int]:
    """Those of the lines that print a time first whose times follow each other, forwards or backwards."""
    listed = _listed(lines, leads)
    others = [i for i in leads if i not in listed]
    if listed and _breaks(_minutes(lines, others)) < _breaks(_minutes(lines, leads)):
        leads = others
    minutes = _minutes(lines, leads)
    if not _breaks(minutes) or _look_alike([lines[i] for i in leads]):
        return leads
    kept = max((_in_order([sign * ((m - turn) % _DAY) for m in minutes]) for turn, sign in _TURNS), key=len)
    return [leads[i] for i in kept]


def _look_alike(lines: Sequence[Line]) -> bool:
    """Whether times are all written in one way, with a zone: as nobody writes them in a text."""
    shapes = {
        _DIGIT.sub("0", line.text[: -len(line.time.rest) or None]).rstrip(" .:|>-–—") for line in lines if line.time
    }
    return len(lines) >= _LEAST_FAINT and len(shapes) == 1 and all(line.time and line.time.zone for line in lines)


def _minutes(lines: Sequence[Line], leads: Sequence[int]) -> list[int]:
    """Minutes since midnight, or before the page's own time, of the times that lead."""
    times = [lines[i].time for i in leads]
    return [
        60 * t.clock.hour + t.clock.minute if t.clock else -int((t.ago or timedelta()).total_seconds() // 60)
        for t in times
        if t is not None
    ]


def _breaks(minutes: Sequence[int]) -> int:
    """How often times leave the order that most keep; to pass midnight is none."""
    steps = [b - a for a, b in pairwise(minutes)]
    steps = [s - _DAY if s > _DAY // 2 else s + _DAY if s < -_DAY // 2 else s for s in steps]
    return min(sum(s < 0 for s in steps), sum(s > 0 for s in steps))


def _listed(lines: Sequence[Line], leads: Sequence[int]) -> set[int]:
    """Lines that stand in a list below a line that ends with a colon."""
    out: set[int] = set()
    last = -9
    for i in leads:
        if (i and lines[i - 1].text.endswith(":")) or last in (i - 1, i - 2):
            out.add(i)
            last = i
    return out


def _in_order(values: Sequence[int]) -> list[int]:
    """Indexes of a longest run of values that never falls."""
    tails: list[int] = []
    tops: list[int] = []
    before: list[int] = []
    for i, value in enumerate(values):
        at = bisect_right(tops, value)
        before.append(tails[at - 1] if at else -1)
        if at == len(tails):
            tails.append(i)
            tops.append(value)
        else:
            tails[at], tops[at] = i, value
    out: list[int] = []
    last = tails[-1] if tails else -1
    while last >= 0:
        out.append(last)
        last = before[last]
    return out[::-1]


def _settle_numbers(lines: Sequence[Line]) -> None:
    """Short lines numbered through the page are its headlines."""
    found = [
        (int(m[1]), line)
        for line in lines
        if line.kind in ("short", "body") and line.size <= 28 and (m := _NUMBERED.match(line.text))
    ]
    expected = 1
    chosen = []
    for number, line in found:
        if number == expected:
            chosen.append(line)
            expected += 1
    least = _LEAST_NUMBERS - all(line.indent and _set_in(lines, line) for line in chosen)
    if len(chosen) >= least and _apart(lines, chosen):
        for line in chosen:
            line.kind = "title"


def _set_in(lines: Sequence[Line], head: Line) -> bool:
    """Whether what stands below a numbered line is set in, as what belongs to it."""
    below = next((line for line in lines if line.number > head.number), None)
    return below is not None and below.kind != "title" and below.indent > head.indent


def _apart(lines: Sequence[Line], chosen: Sequence[Line]) -> bool:
    """Whether paragraphs stand between them: a list in one post has none."""
    wanted = {line.number for line in chosen}
    places = [i for i, line in enumerate(lines) if line.number in wanted]
    return places[-1] - places[0] >= 2 * (len(places) - 1)


def _settle_bullets(lines: Sequence[Line]) -> None:
    """Bullets in a row, or after a colon, are a list in the text; only a lone one leads to another story."""
    at = 0
    for kind, run in groupby(lines, key=lambda line: line.kind == "related" and line.plain.startswith("•")):
        held = list(run)
        beside = [*lines[max(0, at - 1) : at], *lines[at + len(held) : at + len(held) + 1]]
        listed = len(held) > 2 or (at > 0 and lines[at - 1].text.endswith(":")) or any(_LISTED(x.text) for x in beside)
        if kind and listed:
            for line in held:
                line.kind = "body"
        at += len(held)
    for before, line, after in zip(lines, lines[1:], [*lines[2:], None], strict=False):
        announced = before.text[-1] == ":" or _ITEM.match(before.text) or (after and _ITEM.match(after.text))
        if line.kind == "short" and _ITEM.match(line.text) and announced:
            line.kind = "body"
