"""A post's text and statements → safe HTML with the words of others marked; two versions → their differences."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence

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


def difference(before: str, after: str) -> Markup:
    """The later text with what went in `del` and what came in `ins`, by words; long unchanged stretches are cut."""
    old, new = re.findall(r"\s+|\S+", before), re.findall(r"\s+|\S+", after)
    out = Markup()
    for how, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if how == "equal":
            out += escape(shortened(old[a:b]))
            continue
        if b > a:
            out += Markup("<del>%s</del>") % "".join(old[a:b])
        if d > c:
            out += Markup("<ins>%s</ins>") % "".join(new[c:d])
    return out


def shortened(words: Sequence[str], keep: int = 16) -> str:
    """The words, with the middle of a long stretch left out."""
    if len(words) <= 2 * keep:
        return "".join(words)
    return "".join(words[:keep]) + " … " + "".join(words[-keep:])
