"""Statements of a parsed post → the same without the dateline that opens a wire story: "GENEVA, May 3 (AP) — "."""

from __future__ import annotations

import re
from bisect import bisect_right

from onrecord.model import READ_BLOCKS
from onrecord.statements.attribution_ground import Found, Ground, mention
from onrecord.statements.draft import Range

_TOWN = r"(?:, [\w. ’'-]{1,25}){0,3}"
_DATELINE = re.compile(
    rf"\s*(?:[A-Z][\w.’' -]{{1,30}}{_TOWN} ?\([^()\n]{{2,40}}\)|[A-Z][A-Z.’' -]{{2,30}}{_TOWN}) ?(?:--|[–—-]) +"
)
_NAMES = frozenset({"PROPN", "NOUN", "PRON"})


def strip(g: Ground, found: list[Found]) -> list[Found]:
    """Cut datelines off contents and speakers. Statements that were nothing but a dateline go."""
    lines = datelines(g)
    if not lines:
        return found
    starts = [start for start, _ in lines]
    for one in found:
        one.content = [span for span in (_after(span, lines, starts) for span in one.content) if span]
        one.speaker = _speaker(g, one.speaker, lines, starts) if one.speaker else None
    return [one for one in found if one.content]


def datelines(g: Ground) -> list[Range]:
    """The datelines that open paragraphs."""
    blocks = [b for b in g.parsed.blocks if b.kind in READ_BLOCKS]
    matches = (_DATELINE.match(g.parsed.text, b.start, min(b.end, b.start + 150)) for b in blocks)
    return [match.span() for match in matches if match]


def _after(span: Range, lines: list[Range], starts: list[int]) -> Range | None:
    number = bisect_right(starts, span[0]) - 1
    if number < 0 or span[0] >= lines[number][1]:
        return span
    end = lines[number][1]
    return (end, span[1]) if end < span[1] else None


def _speaker(g: Ground, span: Range, lines: list[Range], starts: list[int]) -> Range | None:
    """The speaker without the dateline; when the parser took the town for one, the first name after it."""
    after = _after(span, lines, starts)
    if after is not None:
        return after
    at = g.word_at(lines[bisect_right(starts, span[0]) - 1][1])
    pos = g.parsed.pos
    while at + 1 < len(pos) and (pos[at] not in _NAMES or pos[at + 1] in {"PROPN", "NOUN"}):
        at += 1
    return mention(g, at) if at < len(pos) else None
