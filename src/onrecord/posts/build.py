"""What is known of a post → the post, its text put together from its blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.model import Block, Post
from onrecord.posts.dom import dom_of
from onrecord.posts.jsonld import clean
from onrecord.posts.pieces import Piece, pieces

MOST_TEXT = 1_000_000
"""Letters of one post that are kept; no post is that long."""


def with_text(post: Post, found: Sequence[Piece]) -> Post:
    """The post with its text: title, empty line, then the blocks by newline."""
    text, blocks = laid_out(post.title, found)
    return replace(post, text=text, blocks=blocks, made_id=not post.id)


def laid_out(title: str | None, found: Sequence[Piece]) -> tuple[str, tuple[Block, ...]]:
    """The text of a post and its blocks."""
    parts: list[str] = []
    blocks: list[Block] = []
    at = 0
    if title:
        parts.append(title + "\n\n")
        blocks.append(Block("title", 0, len(title)))
        at = len(title) + 2
    for kind, text in found:
        if at + len(text) > MOST_TEXT:
            break
        blocks.append(Block("paragraph" if kind == "title" else kind, at, at + len(text)))
        parts.append(text + "\n")
        at += len(text) + 1
    return "".join(parts).rstrip("\n"), tuple(blocks)


def pieces_of(markup: str) -> tuple[Piece, ...]:
    """Blocks of a body that may hold HTML or plain lines."""
    if "<" in markup and ">" in markup:
        page = dom_of(markup)
        return tuple(pieces(page, 0, len(page.tags)))
    return tuple(("paragraph", text) for line in markup.splitlines() if (text := clean(line)))
