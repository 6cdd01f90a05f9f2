"""A text and its blocks → the stretches between quotation marks, outermost ones only.

One pass over the marks of each block, so that a million marks cost no more than their number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onrecord.model import READ_BLOCKS, Block

_MARKS = re.compile(r"''|``|[\"“”„‟«»＂「」『』‘’‚‛'‹›`]")
_CLOSERS = {
    "“": '”“"',
    "„": '“”‟"',
    "‟": '”"',
    "«": "»",
    "»": "«",
    "「": "」",
    "『": "』",
    "‹": "›",
    '"': '"”',
    "＂": "＂",
    "``": "''\"”",
    "''": "''\"",
    "”": "”",
}
_SINGLES = frozenset("‘’‚‛'`")
_OPEN_SINGLES = frozenset("‘‚'`‛")
MAX_SINGLE = 2_000
"""A single mark that is not closed within so many characters is an apostrophe."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Quoted words: `start`–`end` with their marks, `inner`–`inner_end` without."""

    start: int
    end: int
    inner: int
    inner_end: int
    block: int
    closed: bool = True
    """False when the block ends before the closing mark: the quote goes on in the next block."""
    single: bool = False


def find(text: str, blocks: Iterable[Block]) -> list[Quote]:
    """The quotes of all blocks that are read, in text order. A quote never crosses a block."""
    out: list[Quote] = []
    for number, block in enumerate(blocks):
        if block.kind in READ_BLOCKS:
            out.extend(_in_block(text, block.start, block.end, number))
    return out


def _in_block(text: str, start: int, end: int, block: int) -> Iterator[Quote]:
    marks = [(m.start(), m.end(), m.group()) for m in _MARKS.finditer(text, start, end)]
    closers = _single_closers(text, marks, start, end)
    at = 0
    while at < len(marks):
        a, b, mark = marks[at]
        close: int | None
        if mark in _SINGLES:
            close = closers[at] if _opens_single(text, a, start, end) else None
            if close is None:
                at += 1
                continue
        elif not _opens(text, a, b, mark, start, end):
            at += 1
            continue
        else:
            close = _close(marks, at)
        if close is None:
            if text[b:end].strip() and mark not in _SINGLES:
                yield Quote(a, end, b, end, block, closed=False)
            return
        c, d, _ = marks[close]
        if text[b:c].strip():
            yield Quote(a, d, b, c, block, single=mark in _SINGLES)
        at = close + 1


def _opens(text: str, a: int, b: int, mark: str, start: int, end: int) -> bool:
    before = text[a - 1] if a > start else " "
    after = text[b] if b < end else " "
    if mark in "“„‟«「『‹``":
        return not after.isspace() or mark == "«"
    if mark in "»”":
        return before.isspace() and not after.isspace()
    return not before.isalnum() and not after.isspace()


def _close(marks: list[tuple[int, int, str]], at: int) -> int | None:
    """The mark that closes the double quote opened at `at`; None when the block ends first."""
    closers = _CLOSERS.get(marks[at][2], '"”')
    for number in range(at + 1, len(marks)):
        mark = marks[number][2]
        if mark in _SINGLES or (mark not in closers and mark != "''"):
            continue
        return number
    return None


def _opens_single(text: str, a: int, start: int, end: int) -> bool:
    before = text[a - 1] if a > start else " "
    after = text[a + 1] if a + 1 < end else " "
    return text[a] in _OPEN_SINGLES and not before.isalnum() and (after.isalnum() or after in "…[$£€")


def _single_closers(text: str, marks: list[tuple[int, int, str]], start: int, end: int) -> list[int | None]:
    """For each mark, the next single mark that may close: from right to left, so that it stays linear."""
    out: list[int | None] = [None] * len(marks)
    best: int | None = None
    for number in range(len(marks) - 1, -1, -1):
        a, _, mark = marks[number]
        if best is not None and marks[best][0] - a <= MAX_SINGLE:
            out[number] = best
        if mark not in _SINGLES:
            best = best if mark == '"' else None
        elif mark in "’'‛" and _closes_single(text, a, start, end):
            best = number
    return out


def _closes_single(text: str, a: int, start: int, end: int) -> bool:
    before = text[a - 1] if a > start else " "
    after = text[a + 1] if a + 1 < end else " "
    return not before.isspace() and not after.isalnum()
