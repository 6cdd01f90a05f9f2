"""Selectors and a page's readings → what each selector names now, if it still stands there. Pure.

What has its old id and words is the same thing. Else the words decide: the happening or statement of the page that
shares most words with the selector's, if that is at least 0.7 of them; the post where they stood counts first.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from onrecord.desk import Selector, Taken
from onrecord.history import revision_hash
from onrecord.model import Happening, PostReading, Statement

OVERLAP = 0.7
"""So much of the words must be the same."""
AROUND = 32
"""Characters on both sides."""
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Named:
    """What a selector names now."""

    decision: int
    """Change number of the decision."""
    at: int
    """Place of the selector in it."""
    selector: Selector
    name: str | None
    """Id of the happening, statement or post; None where it is lost."""


def select_happening(page: str, reading: PostReading, happening: Happening, group: int = 0) -> Selector:
    """A selector of a happening."""
    return _select("happening", page, reading, happening.id, happening.span.start, happening.span.end, group)


def select_statement(page: str, reading: PostReading, statement: Statement, group: int = 0) -> Selector:
    """A selector of a statement: all from its first to its last words."""
    start, end = statement.content[0].start, statement.content[-1].end
    return _select("statement", page, reading, statement.id, start, end, group)


def select_post(page: str, reading: PostReading) -> Selector:
    """A selector of a post: its first words stand for it."""
    return _select("post", page, reading, reading.post.id, 0, min(len(reading.post.text), 3 * AROUND), 0)


def _select(thing: str, page: str, reading: PostReading, name: str, start: int, end: int, group: int) -> Selector:
    post, text = reading.post, reading.post.text
    return Selector(
        thing, page, post.id, name, revision_hash(post), text[start:end], text[max(0, start - AROUND) : start],  # type: ignore[arg-type]
        text[end : end + AROUND], start, group,
    )  # fmt: skip


def attach(held: Sequence[Taken], page: str, readings: Sequence[PostReading]) -> list[Named]:
    """What the decisions' selectors on that page name now, in order."""
    by_post = {r.post.id: r for r in readings}
    out = []
    for one in held:
        for at, selector in enumerate(one.decision.selectors):
            if selector.page == page:
                out.append(Named(one.change, at, selector, _found(selector, by_post)))
    return out


def _found(selector: Selector, readings: Mapping[str, PostReading]) -> str | None:
    home = readings.get(selector.post)
    if selector.thing == "post":
        return home.post.id if home else None
    if home and (name := _by_id(selector, home)):
        return name
    return (_nearest(selector, [home]) if home else None) or _nearest(selector, readings.values())


def _by_id(selector: Selector, reading: PostReading) -> str | None:
    """The thing with the old id, if it has the old words too."""
    text = reading.post.text
    for name, start, end in _things(selector, reading):
        if name == selector.name:
            return name if _words(text[start:end]) == _words(selector.exact) else None
    return None


def _things(selector: Selector, reading: PostReading) -> Iterable[tuple[str, int, int]]:
    if selector.thing == "happening":
        return ((h.id, h.span.start, h.span.end) for h in reading.happenings)
    return ((s.id, s.content[0].start, s.content[-1].end) for s in reading.statements)


def _nearest(selector: Selector, readings: Iterable[PostReading]) -> str | None:
    """The thing whose words are most like the selector's; of equals the one nearest to where those stood."""
    best: tuple[float, int, str] | None = None
    for reading in readings:
        text = reading.post.text
        for name, start, end in _things(selector, reading):
            like = _overlap(selector, text, start, end)
            if like >= OVERLAP and (best is None or (-like, abs(start - selector.start), name) < best):
                best = (-like, abs(start - selector.start), name)
    return best[2] if best else None


def _overlap(selector: Selector, text: str, start: int, end: int) -> float:
    """A statement by its own words; a happening, which is mostly one word, by that and the words around it."""
    if selector.thing == "statement":
        return _dice(_words(selector.exact), _words(text[start:end]))
    if _words(selector.exact) != _words(text[start:end]):
        return 0.0
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    mine = _words(selector.prefix) + _words(selector.exact) + _words(selector.suffix)
    return _dice(mine, _words(before) + _words(text[start:end]) + _words(after))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _dice(a: Sequence[str], b: Sequence[str]) -> float:
    shared = sum((Counter(a) & Counter(b)).values())
    return 2 * shared / (len(a) + len(b)) if a and b else 0.0
