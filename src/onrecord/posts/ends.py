"""Times at the posts of a page → whether each ends its post, or begins it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import dropwhile

from onrecord.posts.lines import BULLETS, PAGE_LEVEL, Line
from onrecord.posts.sums import announces

_HEADING = ("short", "byline", "label")
_NUMBER = re.compile(r"\d{1,3}[.)]")
_HEADLINE = 20
"""Words of the headline of a post, at most."""
_NEAR = 8
"""Lines in which a post's first stands below the furniture of the one above."""
_LEAST_POST = 2
"""Paragraphs of a page's summary and first post, at least."""


def times_close(lines: list[Line], markers: list[list[int]]) -> bool:
    """Whether a printed time ends its post, rather than opening it."""
    closing = sum(lines[m[0]].bracket == "closes" for m in markers)
    if 2 * closing > len(markers):
        return True
    if any(lines[m[0]].kind == "lead" for m in markers) or _titled_by(lines, markers):
        return False
    above, below = lines[: markers[0][0]], lines[markers[-1][-1] + 1 :]
    before, after = any(map(_tells, _below_points(above))), has_text(below)
    if after and not before and above and above[-1].kind not in _HEADING:
        return False  # the first would end nothing
    wider, parted = _shown_end(lines, markers)
    if wider or before != after:
        return wider > 0 if wider else before
    if parted:
        return parted > 0
    if sum(line.kind == "body" for line in above) < _LEAST_POST and has_body(below):
        return False
    if above and usual_first(lines, markers) == "short" and not _headed_run(above):
        return False
    named = sum(_name_first(lines[m[0]]) for m in markers)
    return 2 * named > len(markers)


def _below_points(above: Sequence[Line]) -> Sequence[Line]:
    """What stands above the first time, without what the page sums up there under a heading that says so."""
    heads = (i for i, line in enumerate(above) if line.kind in ("chrome", "label") and announces(line))
    at = next(heads, len(above))
    if at == len(above) or not all(line.kind in ("body", "related") for line in above[at + 1 :]):
        return above
    return above[:at] if sum(map(_tells, above[:at])) >= _LEAST_POST else ()


def _tells(line: Line) -> bool:
    """Whether a line is news by itself: no point of a list, and nothing that announces what stands below it."""
    if line.kind == "lead" and line.time is not None and line.time.ago is not None and line.text[-1] not in '.!”"':
        return False  # one of a list of key events
    return line.kind in ("body", "lead") and line.text[0] not in BULLETS and line.text[-1] != ":"


def _shown_end(lines: list[Line], markers: list[list[int]]) -> tuple[int, int]:
    """Whether blank lines, and whether furniture, show that times end posts (above 0), or begin them (below 0)."""
    inner = [(m[0], m[-1]) for m in markers if m[0] > 0 and m[-1] + 1 < len(lines)]
    told = [line.number for line in lines if any(map(str.isalnum, line.text))]
    gaps = []
    for a, b in (_head_around(lines, *ends) for ends in inner):
        if "chrome" in (lines[max(0, a - 1)].kind, lines[min(b + 1, len(lines) - 1)].kind):
            continue  # a button stands close to the post that it belongs to, or to the one below
        above, below = bisect_left(told, lines[a].number), bisect_right(told, lines[b].number)
        if above > 0 and below < len(told):
            gaps.append(told[below] - lines[b].number - lines[a].number + told[above - 1])
    parted = [(lines[b + 1].kind == "chrome") - (lines[a - 1].kind == "chrome") for a, b in inner]
    votes = [sum(x > 0 for x in found) - sum(x < 0 for x in found) for found in (gaps, parted)]
    wider, apart = ((2 * vote > len(inner)) - (-2 * vote > len(inner)) for vote in votes)
    return wider, apart


def _head_around(lines: Sequence[Line], a: int, b: int) -> tuple[int, int]:
    """The first and last of the headlines, names and labels around a time, and the number of its post above it."""
    while a > 0 and (lines[a - 1].kind in _HEADING or _NUMBER.fullmatch(lines[a - 1].text)):
        a -= 1
    while b + 1 < len(lines) and lines[b + 1].kind in _HEADING:
        b += 1
    return a, b


def _headed_run(above: Sequence[Line]) -> bool:
    """Whether a headline stands right above the last paragraphs."""
    at = len(above)
    while at and above[at - 1].kind in ("body", "caption", "credit"):
        at -= 1
    return at > 0 and above[at - 1].kind == "short" and above[at - 1].size <= _HEADLINE


def _titled_by(lines: list[Line], markers: list[list[int]]) -> bool:
    """Whether the lines that print times hold the headlines too."""
    rests = [(lines[m[0]].time, lines[m[0]].authors) for m in markers]
    return 2 * sum(t is not None and not a and len(t.rest.split()) > 1 for t, a in rests) > len(markers)


def _name_first(line: Line) -> bool:
    return bool(line.authors) and line.time is not None and line.time.at > 0


def usual_first(lines: list[Line], markers: list[list[int]]) -> str:
    """What most posts begin with whose times close them: a headline, unless hardly any other post has one."""
    told = [told_first(lines, m[-1] + 1) for m in markers[:-1]]
    return "" if len(told) > 1 and 2 * told.count("body") > len(told) else "short"


def told_first(lines: Sequence[Line], at: int) -> str:
    """What the next line that is no furniture is: a label that every post repeats may stand above its headline."""
    return next((line.kind for line in lines[at : at + _NEAR] if line.kind not in PAGE_LEVEL), "")


def has_body(lines: Sequence[Line]) -> bool:
    """Whether there is a paragraph."""
    return any(line.kind in ("body", "lead") for line in lines)


def has_text(lines: Sequence[Line]) -> bool:
    """Whether there is a paragraph, or a headline alone, below furniture, and nothing of the page after it."""
    kinds = [line.kind for line in dropwhile(lambda line: line.kind == "chrome", lines)]
    headed = kinds[:1] == ["short"] and (len(kinds) < 3 or all(kind in _HEADING for kind in kinds))
    return "body" in kinds or "lead" in kinds or headed
