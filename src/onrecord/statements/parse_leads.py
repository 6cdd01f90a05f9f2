"""A post's blocks → the same without the post's own clock line, which is no news: "22:15 GMT – Headline"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.model import READ_BLOCKS, Block, Post

_CLOCK = re.compile(
    r"(?<![\d:.,])(\d{1,2})[:.h](\d{2})(?::\d{2})?(?![\d%])(?:\s{0,2}([ap])\.?\s?m\b\.?)?", re.IGNORECASE
)
_SHOWN = re.compile(r"(?:^|T|\s)(\d{1,2})[:.h](\d{2})(?::\d{2})?(?:\s{0,2}([ap])\.?\s?m\b)?", re.IGNORECASE)
_BEHIND = re.compile(r"(?:\s{0,2}(?:\([A-Z]{2,5}\)|(?:GMT|UTC|BST|[A-Z]{1,3}[SD]?T)\b))?[\s\-–—:|•]*")
_PREFIX = 60
"""The clock stands at most so many characters behind the block's start, after a dateline."""
_TAIL = 90
_FIRST = 3
"""Only so many of the first blocks can hold the clock."""


def news_blocks(post: Post) -> tuple[Block, ...]:
    """The blocks, with the clock that the post shows as its time cut off at the head of the first ones, and a headline
    that runs on into a stamp or a text apart from it."""
    if not post.shown or not (shown := _SHOWN.search(post.shown)):
        return post.blocks
    clock = _minutes(*shown.groups())
    head = (part for block in post.blocks[:_FIRST] for part in _parts(post, block, clock))
    return (*head, *post.blocks[_FIRST:])


def _minutes(hour: str, minute: str, half: str | None) -> tuple[int, int]:
    """Hour of twelve and minute: what both ways of telling the time share."""
    del half
    return int(hour) % 12, int(minute)


def _parts(post: Post, block: Block, clock: tuple[int, int]) -> Iterator[Block]:
    text = post.text
    if block.kind not in READ_BLOCKS:
        yield block
        return
    start = block.start
    found = _CLOCK.search(text, start, min(block.end, start + _PREFIX))
    if found and _minutes(*found.groups()) == clock and _leads(text[start : found.start()]):
        if re.search(r"[^\W\d]", text[start : found.start()]):
            yield Block(block.kind, start, found.start())
        behind = _BEHIND.match(text, found.end(), block.end)
        start = behind.end() if behind else found.end()
    yield from _titled(post, Block(block.kind, start, block.end), clock)


def _leads(before: str) -> bool:
    """Nothing, a number or a dateline stands before the clock: "Lima (AFP) - "."""
    before = before.strip(" \t\n•*-–—|")
    return not before or before.rstrip(".").isdigit() or before.endswith(")") or before.isupper()


def _titled(post: Post, block: Block, clock: tuple[int, int]) -> Iterator[Block]:
    """The headline by itself where a stamp ("published at 12:56") or the text follows it in its block."""
    text, title = post.text, post.title or ""
    at = text.find(title, block.start, min(block.end, block.start + _PREFIX + len(title))) if title else -1
    if at < 0 or at + len(title) >= block.end or re.search(r"[^\W\d]", text[block.start : at]):
        if block.end > block.start:
            yield block
        return
    end = at + len(title)
    rest = text[end : block.end]
    stamp = _CLOCK.search(rest[:_TAIL])
    if stamp and len(rest) <= _TAIL and _minutes(*stamp.groups()) == clock:
        yield Block("title", at, end)
    elif dash := re.match(r"\s{1,3}[-–—|]\s{1,3}", rest):
        yield Block("title", at, end)
        yield Block(block.kind, end + dash.end(), block.end)
    else:
        yield block
