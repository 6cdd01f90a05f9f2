"""Lines of a page that nothing else parts → where what they tell of changes, and so its posts begin."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from onrecord.posts.borders import Borders, borders
from onrecord.posts.lines import POINTS, Line
from onrecord.posts.quoted import is_tweet
from onrecord.posts.sums import heads_points, sums_up

_LEAST = 0.2
"""Strength of borders from which a text without any other mark is taken for live coverage."""
_MARKED = 3
_ARTICLE = 16
"""A text with fewer paragraphs and no mark of a live page is an article."""
_DATELINE = re.compile(
    r"[A-Z][A-Z .'-]{2,40}(?:, [A-Z][\w. ]{1,30}){0,2} [-–—]{1,2} "
    r"|[A-Z][\w .,'-]{2,70}\([A-Z][\w .,]{1,30}\) ?[-–—]{1,2} "
)
_ITEM = ("- ", "– ", "* ")
_LONGEST_SUMMARY = 24
"""Lines of a summary below its label, at most."""
_ANNOUNCES = 4
"""Words of what only announces a quotation: `Reuters reports:`."""
_OPENERS = frozenset({"label", "byline", "caption", "credit"})


def settle_shorts(lines: Sequence[Line], heads: Collection[int] = ()) -> None:
    """Short lines where most posts have no headlines but those `heads`: the first is the page's, others are
    captions."""
    if 0 not in heads and lines[0].kind == "short" and len(lines) > 1 and lines[1].kind != "credit":
        lines[0].kind = "title"
    for i, line in enumerate(lines):
        if line.kind == "short" and i not in heads:
            line.kind = "caption"


def subject_starts(lines: Sequence[Line], signs: int, live: bool, brief: bool, greeted: int | None = None) -> list[int]:
    """Where a label, a picture or a paragraph begins a post; nowhere in what reads as one article.

    `signs` says how much furniture the page holds, and whether it signs off, as live pages do; `live` that it calls
    itself one; `brief` that its posts are short where it has few paragraphs; `greeted` is the line below that which
    greets readers.
    """
    units = [i for i, line in enumerate(lines) if line.kind == "body" and not is_tweet(line) and not _goes_on(lines, i)]
    if not units:
        return []
    usual = usual_step(lines) if live else len(lines) + lines[-1].number
    found = borders(
        [lines[i].text for i in units], [_between(lines, a, b, usual) for a, b in pairwise([-1, *units])], brief
    )
    if not live and not _many_subjects(lines, found, signs):
        return []
    summed = _summed_up(lines) | _greeting(lines, greeted)
    starts = {_opening(lines, units[k]) for k in found.starts if units[k] not in summed}
    return sorted(starts.union(_galleries(lines, starts)))


def _goes_on(lines: Sequence[Line], i: int) -> bool:
    """Whether a line is a further point of a list, or the first below what announces it; or announces a quotation."""
    if i and lines[i].text[-1] == ":" and lines[i].size <= _ANNOUNCES:
        return True
    if i == 0 or not _is_point(lines[i]):
        return False
    return _is_point(lines[i - 1]) or lines[i - 1].kind in ("label", "short") or heads_points(lines, i)


def _is_point(line: Line) -> bool:
    return line.text[0] in POINTS or line.text.startswith(_ITEM)


def _summed_up(lines: Sequence[Line]) -> set[int]:
    """Lines of posts that sum up the day, whatever their subjects."""
    heads = [i for i, line in enumerate(lines) if line.kind == "label"]
    out: set[int] = set()
    for a, b in pairwise([*heads, len(lines)]):
        if sums_up(lines[a].plain):
            end = min(b, a + _LONGEST_SUMMARY)
            points = [i for i in range(a + 1, end) if _is_point(lines[i])]
            out.update(range(a + 2, points[-1] + 1 if points else end))
    return out


def _greeting(lines: Sequence[Line], at: int | None) -> set[int]:
    """Lines of the post that opens a page: below its greeting it sums up what happened before."""
    if at is None:
        return set()
    end = next((i for i in range(at + 1, len(lines)) if lines[i].kind not in ("body", "caption", "credit")), len(lines))
    return set(range(at + 1, end))


def _many_subjects(lines: Sequence[Line], found: Borders, signs: int) -> bool:
    """Whether the page is live coverage rather than one article: by how sure its borders are, and by its marks."""
    pictures = sum(shown for shown, _ in groupby(line.kind in ("caption", "credit") for line in lines))
    marks = sum(line.kind in ("label", "related") for line in lines) + pictures + min(2, signs)
    if marks < _MARKED and sum(line.kind == "body" for line in lines) < _ARTICLE:
        return False
    if any(_DATELINE.match(line.text) for line in lines[:2]):
        return found.strength >= 2 * _LEAST and len(found.starts) > 2
    return found.strength >= (_LEAST if marks < _MARKED else _LEAST / 3) and len(found.starts) > 2 * (marks < _MARKED)


def _between(lines: Sequence[Line], a: int, b: int, usual: int) -> frozenset[str]:
    """Kinds of the lines between two paragraphs; "wide" where more blank lines than `usual` part them."""
    wide = a >= 0 and lines[b].number - lines[b - 1].number > usual
    return frozenset([*(line.kind for line in lines[a + 1 : b]), *(["wide"] if wide else [])])


def usual_step(lines: Sequence[Line]) -> int:
    """How far apart most lines are."""
    gaps = Counter(b.number - a.number for a, b in pairwise(lines))
    return max(gaps, key=lambda gap: (gaps[gap], -gap), default=1)


def _opening(lines: Sequence[Line], at: int) -> int:
    """The first of the labels and of the one picture right above a paragraph that opens a post."""
    pictures = 0
    if lines[at - 1].kind == "credit" and lines[max(0, at - 2)].kind in ("body", "credit") and at:
        return at  # the agencies that the post above is from
    while at and lines[at - 1].kind in _OPENERS and not _tail_caption(lines, at - 1):
        if pictures and lines[at - 1].kind in ("caption", "credit"):
            break
        pictures += lines[at - 1].kind == "caption"
        at -= 1
    return at - _is_again(lines, at)


def _is_again(lines: Sequence[Line], at: int) -> bool:
    """Whether a caption says again, with the holder of the picture's rights, what the one above says."""
    if at == 0 or lines[at].kind != "caption" or lines[at - 1].kind != "caption":
        return False
    return lines[at].plain.startswith(lines[at - 1].plain.rstrip(" ."))


def _galleries(lines: Sequence[Line], starts: Iterable[int]) -> Iterator[int]:
    """Where a post of pictures alone begins: two or more of them between a paragraph and the next post's start."""
    for start in starts:
        at, pictures = start, 0
        while at and lines[at - 1].kind in ("caption", "credit"):
            at -= 1
            pictures += lines[at].kind == "caption"
        if pictures > 1 and at:
            yield at


def _tail_caption(lines: Sequence[Line], at: int) -> bool:
    return lines[at].kind == "caption" and lines[at].text.endswith(":")
