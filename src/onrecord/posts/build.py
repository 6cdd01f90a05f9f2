"""What is known of a post → the post, its text put together from its blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from onrecord.model import Block, Post
from onrecord.model.making import quickly
from onrecord.posts.dom import dom_of
from onrecord.posts.insets import insets
from onrecord.posts.jsonld import clean
from onrecord.posts.pieces import Piece, pieces
from onrecord.posts.words import folded

MOST_TEXT = 1_000_000
"""Letters of one post that are kept; no post is that long."""


_block = quickly(Block)


def with_text(post: Post, found: Sequence[Piece]) -> Post:
    """The post with its text: title, empty line, then the blocks by newline."""
    text, blocks = laid_out(post.title, found)
    return replace(post, text=text, blocks=blocks, made_id=not post.id)


def laid_out(title: str | None, found: Sequence[Piece]) -> tuple[str, tuple[Block, ...]]:
    """The text of a post and its blocks."""
    text = "\n".join([words for _, words in found])
    blocks: list[Block] = []
    at = 0
    if title:
        blocks.append(_block("title", 0, len(title)))
        at = len(title) + 2
    if found and at + len(text) > MOST_TEXT:
        return laid_out(title, _first(found, MOST_TEXT - at))
    for kind, words in found:
        end = at + len(words)
        blocks.append(_block("paragraph" if kind == "title" else kind, at, end))
        at = end + 1
    return (f"{title}\n\n{text}" if title and found else title or text), tuple(blocks)


def _first(found: Sequence[Piece], most: int) -> Sequence[Piece]:
    """The first pieces, as many as are no longer than that with the newlines between them."""
    ends = accumulate(len(text) + 1 for _, text in found)
    return found[: sum(end - 1 <= most for end in ends)]


def bodied(post: Post, markup: str, base: str | None) -> Post:
    """The post with the text and what else stands in a body of HTML or plain lines; its headline is not said twice."""
    page = dom_of(markup) if "<" in markup and ">" in markup else None
    found = tuple(pieces(page, 0, len(page.tags))) if page else pieces_of(markup)
    if found and post.title and folded(found[0][1]) == folded(post.title):
        found = found[1:]
    out = with_text(post, found)
    return replace(out, insets=insets(page, 0, len(page.tags), out.text, base)) if page else out


def pieces_of(markup: str) -> tuple[Piece, ...]:
    """Blocks of a body that may hold HTML or plain lines."""
    if "<" in markup and ">" in markup:
        page = dom_of(markup)
        return tuple(pieces(page, 0, len(page.tags)))
    return tuple(("paragraph", text) for line in markup.splitlines() if (text := clean(line)))
