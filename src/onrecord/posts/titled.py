"""Lines of a page that prints no times → whether headlines part its posts, and where these begin."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from onrecord.posts.heads import sure_heads
from onrecord.posts.lines import BULLETS, PAGE_LEVEL, PARAGRAPH, SHORT, Line, asks, shows
from onrecord.posts.sums import sums_up

_LEAST_HEADED = 2
"""More posts than this have headlines where the page's own is told by them."""
_SURE = 1.0
"""Log-odds beyond which, of two short lines in a row, one is a headline and the other none."""
_STANDFIRST = 8
"""Paragraphs that stand above the first headline as the page's own are no more than this."""


def is_titled(lines: Sequence[Line]) -> bool:
    """Whether short lines are headlines here, and not captions."""
    if any(line.kind == "title" for line in lines):
        return True
    if sure_heads(lines):
        return True
    shorts = [i for i, line in enumerate(lines) if line.kind == "short"]
    summed = [i for i, line in enumerate(lines) if sums_up(line.plain)]
    opening = [i for i in [*shorts, *summed[:1]] if _opens(lines[i + 1 : i + 3]) and not _heads_list(lines[i : i + 2])]
    opening += [i for i, line in enumerate(lines) if line.kind == "caption" and shows(line)] if opening else []
    credited = sum(line.kind == "credit" for line in lines)
    bodies = sum(line.kind == "body" for line in lines)
    return (
        len(opening) >= 2 + bool(credited)
        and bodies <= (4 if credited else 8) * len(opening)
        and credited < len(opening)
    )


def _opens(below: Sequence[Line]) -> bool:
    """Whether what stands below a headline is its post: a paragraph or a byline, or a picture and a paragraph."""
    kinds = [line.kind for line in below]
    return kinds[:1] in (["body"], ["byline"]) or kinds == ["caption", "body"]


def _heads_list(pair: Sequence[Line]) -> bool:
    """Whether a word or two stand above points: a heading inside a list."""
    return len(pair) > 1 and pair[0].size <= SHORT and pair[1].text[0] in BULLETS and not sums_up(pair[0].plain)


def below_furniture(lines: Sequence[Line]) -> frozenset[int]:
    """Numbers of the lines right below furniture."""
    return frozenset(b.number for a, b in pairwise(lines) if a.kind == "chrome" and b.kind not in PAGE_LEVEL)


def below_strays(lines: Sequence[Line], starts: Sequence[int], below: frozenset[int]) -> list[int]:
    """The same; of two headlines in a row it is the second where furniture or "Summary" parts them, or where it alone
    reads as one: the first names a film or a picture of the post above."""
    return [i + any(_is_stray(one, other, below) for one, other in pairwise(lines[i : i + 2])) for i in starts]


def _is_stray(line: Line, after: Line, below: frozenset[int]) -> bool:
    if line.kind != "short" or after.kind not in ("short", "label"):
        return False
    likelier = (line.odds or 0.0) < -_SURE and (after.odds or 0.0) > _SURE
    return sums_up(after.plain) or (after.kind == "short" and (after.number in below or likelier))


def below_page_title(lines: Sequence[Line], starts: Sequence[int]) -> bool:
    """Whether two headlines open the page where no other post has two: the first is the page's own."""
    stacked = [i for i in starts if [line.kind for line in lines[i : i + 3]] == ["short", "short", "body"]]
    return stacked == [0] and len(starts) > _LEAST_HEADED and lines[1].size >= SHORT


def settle_between(lines: Sequence[Line]) -> None:
    """What asks, or shows, between two paragraphs is a headline where posts have such."""
    news = [line for line in lines if line.kind not in ("label", "byline", *PAGE_LEVEL)]
    for before, line, below in zip(news, news[1:], news[2:], strict=False):
        told = before.kind == "body"
        if line.kind == "caption" and shows(line):
            heads = told or (before.kind in ("caption", "credit") and before.text[-1] != ",")
        else:
            heads = told and asks(line) and line.size <= PARAGRAPH
        if heads and below.kind == "body" and before.text[-1] != ":":
            line.kind = "short"


def title_starts(lines: Sequence[Line]) -> list[int]:
    """Where a headline or a label begins a post."""
    numbered = [i for i, line in enumerate(lines) if line.kind == "title"]
    if numbered:
        return numbered
    starts = []
    for i, line in enumerate(lines):
        opens = line.kind in ("short", "label") and not (i and lines[i - 1].kind in ("short", "label"))
        if opens and (line.kind == "label" or (i + 1 < len(lines) and lines[i + 1].kind != "credit")):
            starts.append(i)
    last = lines[-1]  # the page was cut off below a headline
    headed = last.kind == "short" and last.size >= SHORT and last.text[0] not in BULLETS
    longest = max((lines[i].size for i in starts), default=0)
    if starts and headed and lines[-2].kind == "body" and last.size <= max(longest + SHORT, PARAGRAPH):
        starts.append(len(lines) - 1)
    return _signed_above(lines, starts)


def _signed_above(lines: Sequence[Line], starts: list[int]) -> list[int]:
    """The same, from the bylines on where such stand right above the headlines of most posts, the first among them."""
    signed = [i for i in starts if i and lines[i - 1].kind in ("byline", "signed")]
    if not signed or signed[0] != starts[0] or lines[-1].kind == "signed":
        return starts
    if len(signed) > 1 and all(_heads_next(lines, i) for i, line in enumerate(lines) if _signs(line)):
        return [i - 1 for i in signed]
    return [i - (i in signed) for i in starts] if 2 * len(signed) > len(starts) else starts


def _signs(line: Line) -> bool:
    return line.kind in ("byline", "signed") and line.plain.startswith("by ")


def _heads_next(lines: Sequence[Line], i: int) -> bool:
    """Whether a headline follows, or what the page was cut off in."""
    return i + 2 >= len(lines) or lines[i + 1].kind in ("short", "label")


def has_standfirst(lines: Sequence[Line], starts: Sequence[int], live: bool) -> bool:
    """Whether what stands above the first headline is the page's own."""
    if not starts or starts[0] == 0 or live:
        return bool(starts)
    above = sum(line.kind == "body" for line in lines[: starts[0]])
    below = sum(line.kind == "body" for line in lines[starts[0] :])
    return len(starts) > 2 and above <= _STANDFIRST and (above <= below / 2 or below <= 2 * len(starts))
