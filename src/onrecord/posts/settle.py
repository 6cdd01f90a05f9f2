"""Lines as each shows itself → lines as the page shows them: what one line alone does not tell."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import groupby

from onrecord.posts.lines import Line, is_name, names

_NUMBERED = re.compile(r"(\d{1,3})[.)]\s+(?=\S)")
_LOWER = re.compile(r"\b[a-z]{3,}\b")
_LEAST_LEADS = 2
_LEAST_NUMBERS = 3


def settle(lines: list[Line]) -> None:
    """Settle kinds that depend on the lines around: leading clocks, bare names, numbered headlines and bullets."""
    _settle_leads([line for line in lines if line.kind == "lead"])
    _settle_numbers(lines)
    _settle_bullets(lines)
    _settle_names(lines)


def _settle_names(lines: Sequence[Line]) -> None:
    """A bare name beside a time signs a post, unless its words are common ones on this page: then it is a headline."""
    bare = [line for i, line in enumerate(lines) if line.kind == "short" and _by_time(lines, i) and is_name(line.text)]
    if not bare:
        return
    common = {word for line in lines if line.kind in ("body", "lead") for word in _LOWER.findall(line.text)}
    for line in bare:
        if common.isdisjoint(line.plain.split()):
            line.kind, line.authors = "byline", names(line.text)


def _by_time(lines: Sequence[Line], i: int) -> bool:
    return any(x.kind == "time" for x in lines[max(0, i - 2) : i + 3])


def _settle_leads(leads: Sequence[Line]) -> None:
    """Clocks lead paragraphs only where several do, in order; others (an agenda, a lone one) are part of the text."""
    clocks = [line.time.clock for line in leads if line.time and line.time.clock]
    minutes = [60 * c.hour + c.minute for c in clocks]
    kept = max((_in_order(minutes), _in_order([-m for m in minutes])), key=len)
    chosen = set(kept) if len(kept) >= _LEAST_LEADS else set()
    for i, line in enumerate(leads):
        if i not in chosen:
            line.kind, line.time = "body", None


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
    if len(chosen) >= _LEAST_NUMBERS and _apart(lines, chosen):
        for line in chosen:
            line.kind = "title"


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
        listed = len(held) > 2 or (at > 0 and lines[at - 1].text.endswith(":"))
        if kind and listed:
            for line in held:
                line.kind = "body"
        at += len(held)
