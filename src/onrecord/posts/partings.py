"""Posts as their times part them → the same, parted again where the time of a post was lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from onrecord.posts.ends import has_body
from onrecord.posts.lines import Line
from onrecord.posts.moments import Printed
from onrecord.posts.words import words

_LEAST_GAPS = 2
_LEAST_RULES = 2
_PARTED = 2
"""Lines from one paragraph to the next, where a blank one parts them."""


@dataclass(slots=True)
class Cut:
    """The lines of one post."""

    lines: list[Line]
    time: Printed | None = None
    day: Printed | None = None
    """The printed day under which it stands."""
    title: Line | None = None
    authors: tuple[str, ...] = field(default=())
    updated: Printed | None = None


def originals() -> frozenset[str]:
    """What heads that which was told before a page was updated."""
    return words("posts_lines.toml", "original_label")


def with_original(posts: Iterator[Cut]) -> Iterator[Cut]:
    """The same, parted where a heading says that what was told before the updates follows."""
    for post in posts:
        places = (i for i, line in enumerate(post.lines) if i and line.plain.rstrip(" :") in originals())
        at = next(places, None)
        if at is None or not has_body(post.lines[at + 1 :]) or not has_body(post.lines[:at]):
            yield post
            continue
        yield replace(post, lines=post.lines[:at])
        yield Cut(post.lines[at:], day=post.day)


def signed_below(posts: Iterator[Cut]) -> Iterator[Cut]:
    """The same, parted where a name stands below furniture and above a paragraph: a post whose time was lost."""
    for post in posts:
        held = post.lines
        at = next((i for i in range(2, len(held) - 1) if _signs_next(held, i)), None)
        if at is None:
            yield post
            continue
        yield replace(post, lines=held[:at])
        yield Cut(held[at:], day=post.day)


def ruled(posts: Iterator[Cut]) -> Iterator[Cut]:
    """The same, parted at rules where such close the posts above most times: those of the posts below them were
    lost. Below a rule in the last post the page ends."""
    found = list(posts)
    closed = sum(_is_rule(post.lines[-1]) for post in found[:-1])
    often = closed >= _LEAST_RULES and 2 * closed > len(found) - 1
    for post in found:
        held = post.lines
        inner = [i for i in range(1, len(held) - 1) if _is_rule(held[i]) and held[i + 1].kind == "body"]
        inner = [i + 1 for i in inner if has_body(held[:i])] if often and post is not found[-1] else []
        first, *others = (held[a:b] for a, b in pairwise([0, *inner, len(held)]))
        yield replace(post, lines=first)
        yield from (Cut(part, day=post.day) for part in others)


def _is_rule(line: Line) -> bool:
    return not any(map(str.isalnum, line.text))


def widely_parted(posts: Iterator[Cut], usual: int) -> Iterator[Cut]:
    """The same, parted at further blank lines where none stand above times: those of the posts below them were lost."""
    found = list(posts)
    gaps = [_gaps(post.lines, usual) for post in found]
    above = sum(b.lines[0].number - a.lines[-1].number > usual for a, b in pairwise(found))
    if usual < _PARTED or above or sum(map(len, gaps)) < _LEAST_GAPS:
        yield from found
        return
    for post, own in zip(found, gaps, strict=True):
        first, *others = (post.lines[a:b] for a, b in pairwise([0, *own, len(post.lines)]))
        yield replace(post, lines=first)
        yield from (Cut(part, day=post.day) for part in others)


def _gaps(lines: Sequence[Line], usual: int) -> list[int]:
    """Paragraphs below a paragraph, and below more blank lines than usual."""
    pairs = enumerate(pairwise(lines), 1)
    return [i for i, (a, b) in pairs if a.kind == b.kind == "body" and b.number - a.number > usual]


def _signs_next(lines: Sequence[Line], at: int) -> bool:
    if lines[at].kind != "byline" or not lines[at].authors or lines[at - 1].kind != "chrome":
        return False
    above = {line.kind for line in lines[:at]}
    below = next((line for line in lines[at + 1 :] if line.kind != "byline"), None)
    return "body" in above and "byline" not in above and below is not None and below.kind == "body"
