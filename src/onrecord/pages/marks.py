"""A post's text and statements → safe HTML with the words of others marked; two versions → their differences."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from typing import Literal

from markupsafe import Markup, escape

from onrecord.model import Block, Post, Statement


def marked(post: Post, block: Block, statements: Iterable[Statement]) -> Markup:
    """The block's words, with what is attributed or hedged in `mark` elements; overlapping spans become one."""
    spans = sorted(
        (max(span.start, block.start), min(span.end, block.end))
        for statement in statements
        if statement.voice != "own"
        for span in statement.content
        if span.start < block.end and span.end > block.start
    )
    out, at = Markup(), block.start
    for start, end in joined(spans):
        out += escape(post.text[at:start]) + Markup("<mark>%s</mark>") % post.text[start:end]
        at = end
    return out + escape(post.text[at : block.end])


def joined(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sorted spans with those that overlap made one."""
    out: list[tuple[int, int]] = []
    for start, end in spans:
        if out and start < out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        elif end > start:
            out.append((start, end))
    return out


Op = Literal["same", "gone", "come"]

MOST_PAIRS = 25_000_000
"""Words of two versions, multiplied: above it frequent words are left out of the comparison, which bounds its time."""


def difference(before: str, after: str) -> Markup:
    """The later text with what went in `del` and what came in `ins`, by words; long unchanged stretches are cut."""
    out = Markup()
    for op, text in pieces(before, after):
        if op == "same":
            out += escape(shortened(_words(text)))
        else:
            out += (Markup("<del>%s</del>") if op == "gone" else Markup("<ins>%s</ins>")) % text
    return out


def pieces(before: str, after: str) -> list[tuple[Op, str]]:
    """The two texts in pieces that stayed, went and came, by words; joined without what came they are the earlier."""
    old, new = _words(before), _words(after)
    match = difflib.SequenceMatcher(None, old, new, autojunk=len(old) * len(new) > MOST_PAIRS)
    out: list[tuple[Op, str]] = []
    for how, a, b, c, d in match.get_opcodes():
        if how == "equal":
            out.append(("same", "".join(old[a:b])))
            continue
        if b > a:
            out.append(("gone", "".join(old[a:b])))
        if d > c:
            out.append(("come", "".join(new[c:d])))
    return out


def _words(text: str) -> list[str]:
    return re.findall(r"\s+|\S+", text)


def shortened(words: Sequence[str], keep: int = 16) -> str:
    """The words, with the middle of a long stretch left out."""
    if len(words) <= 2 * keep:
        return "".join(words)
    return "".join(words[:keep]) + " … " + "".join(words[-keep:])
