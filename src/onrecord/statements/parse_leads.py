"""A post's blocks → the same without the post's own clock line, which is no news: "22:15 GMT – Headline"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.model import READ_BLOCKS, Block, Post

_CLOCK = re.compile(
    r"(?<![\d:.,])(\d{1,2})[:.h](\d{2})(?::\d{2})?(?![\d%])(?:\s{0,2}([ap])\.?\s?m\b\.?)?", re.IGNORECASE
)
_SHOWN = re.compile(r"(?:^|T|\s)(\d{1,2})[:.h](\d{2})(?::\d{2})?(?:\s{0,2}([ap])\.?\s?m\b)?", re.IGNORECASE)
_HOUR = re.compile(r"(?<![\d:.,])(\d{1,2})()\s{0,2}([ap])\.?\s?m\b\.?", re.IGNORECASE)
"""A clock without minutes."""
_BEHIND = re.compile(
    r"(?:\s{0,2}(?:\([A-Z]{2,5}\)|(?:GMT|UTC|BST|[A-Z]{1,3}[SD]?T|local time)\b))?"
    r"(?:,?\s(?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?\s\d{1,2}|\d{1,2}\s(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|"
    r"Sep|Oct|Nov|Dec)[a-z]{0,6})(?:,?\s\d{4})?(?=\s?[:\-–—|]|\s*$))?[\s\-–—:|•]*"
)
_FOUR = re.compile(
    r"(?<![\d:.,])([01]\d|2[0-4])([0-5]\d)(?=\s{0,2}(?:hrs?\b|hours\b|h\b|\(?[A-Z]{2,4}\b\)?|[-–—:|]))(?:\s{0,2}(?:hrs?|hours|h)\b)?()"
)
"""A clock of four digits."""
_OPENS = re.compile(r"[\s•*–—-]{0,6}[\[(]([^\[\]()\n]{4,80})[\])]\s{0,2}[-–—:|]?\s*")
_CLOSES = re.compile(r"\s*[\[(]([^\[\]()\n]{4,80})[\])]\s*$")
"""A stamp in brackets: "[Updated at 6:12 p.m. ET, Saturday]"."""
_STAMPED = re.compile(
    r"(?:breaking|new|latest|(?:last )?updated?|posted|published|added)(?:\s#?\d{1,3})?(?:\s?[-–—:,])?(?:\sat)?",
    re.IGNORECASE,
)
"""What calls a clock a stamp."""
_PREFIX = 60
"""The clock stands at most so many characters behind the block's start, after a dateline."""
_TAIL = 90
_SIGNS = " \t\n•*-–—|_"
_FIRST = 3
"""Only so many of the first blocks can hold the clock."""


def news_blocks(post: Post) -> tuple[Block, ...]:
    """The blocks, with the clock that the post shows as its time cut off at the head of the first ones, and a headline
    that runs on into a stamp or a text apart from it."""
    if not post.shown or not (shown := _SHOWN.search(post.shown)):
        return post.blocks
    clock = _minutes(*shown.groups())
    head = (part for block in post.blocks[:_FIRST] for part in _parts(post, block, clock))
    middle, last = post.blocks[_FIRST:-1], post.blocks[_FIRST:][-1:]
    return (*head, *middle, *(_unbracketed(post.text, block, clock) for block in last))


def _minutes(hour: str, minute: str, half: str | None) -> tuple[int, int]:
    """Hour of twelve and minute: what both ways of telling the time share."""
    del half
    return int(hour) % 12, int(minute or 0)


def _parts(post: Post, block: Block, clock: tuple[int, int]) -> Iterator[Block]:
    text = post.text
    if block.kind not in READ_BLOCKS:
        yield block
        return
    start, block = block.start, _unbracketed(text, block, clock)
    if block.start > start:
        yield from _titled(post, block, clock)
        return
    head = min(block.end, start + _PREFIX)
    found = _CLOCK.search(text, start, head) or _FOUR.search(text, start, head) or _HOUR.search(text, start, head)
    if found and _minutes(*found.groups()) == clock and _leads(text[start : found.start()]):
        before = text[start : found.start()].strip(_SIGNS)
        if re.search(r"[^\W\d]", before) and not _STAMPED.fullmatch(before):
            yield Block(block.kind, start, found.start())
        behind = _BEHIND.match(text, found.end(), block.end)
        start = behind.end() if behind else found.end()
    yield from _titled(post, Block(block.kind, start, block.end), clock)


def _unbracketed(text: str, block: Block, clock: tuple[int, int]) -> Block:
    """The block without the post's stamp in brackets at its start and its end."""
    start, end = block.start, block.end
    opening = _OPENS.match(text, start, end)
    if opening and opening.end() < end and _is_stamp(opening[1], clock):
        start = opening.end()
    closing = _CLOSES.search(text, max(start, end - _TAIL), end)
    if closing and closing.start() > start and _is_stamp(closing[1], clock):
        end = closing.start()
    return Block(block.kind, start, end)


def _is_stamp(inner: str, clock: tuple[int, int]) -> bool:
    if inner.lower() in ("noon", "midday", "midnight"):
        return clock == (0, 0)
    found = _CLOCK.search(inner) or _FOUR.search(inner) or _HOUR.search(inner)
    return found is not None and (_minutes(*found.groups()) == clock or _STAMPED.match(inner) is not None)


def _leads(before: str) -> bool:
    """Nothing, a number or a dateline stands before the clock: "Lima (AFP) - "."""
    before = before.strip(_SIGNS)
    return (
        not before
        or _STAMPED.fullmatch(before) is not None
        or before.rstrip(".").isdigit()
        or before.endswith(")")
        or before.isupper()
    )


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
