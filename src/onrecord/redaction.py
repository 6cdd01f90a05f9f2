"""Redacted passages and a page, or any text → the same without them. Pure.

What was redacted is known again by hashes of its words alone, so that a later capture which brings them loses them as
well. Every character of a passage becomes █, line breaks excepted: what stands around it keeps its offsets. Passages
are found by a rolling hash (Karp & Rabin, Efficient randomized pattern-matching algorithms, 1987).
"""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import lru_cache
from hashlib import blake2b
from itertools import accumulate
from typing import Any, TypeVar

from onrecord.desk import Passage, Taken
from onrecord.model import Page, Post

T = TypeVar("T")

BLOCK = "█"
SHORTEST = 4
"""A block of a redacted post with fewer words is blanked in that post only."""
_WORD = re.compile(r"\w+")
_PRIME = (1 << 61) - 1
_BASE = 1_000_003
_TAG = re.compile(r"<[^<>]*>")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|[nrtbf\"'/\\])")


@dataclass(frozen=True, slots=True)
class Redactions:
    """All that is redacted in a record."""

    passages: frozenset[Passage] = frozenset()
    """Those that are blanked everywhere."""
    scoped: frozenset[Passage] = frozenset()
    """Those that are blanked in one post."""
    posts: frozenset[tuple[str, str]] = frozenset()
    """(page, post) of posts that are blanked whole."""
    change: int = 0
    """Change number of the newest."""

    def __bool__(self) -> bool:
        return bool(self.passages or self.scoped or self.posts)

    @property
    def pages(self) -> frozenset[str]:
        """Pages of which posts are named."""
        return frozenset({page for page, _ in self.posts} | {p.page for p in self.scoped})


def redactions(taken: Iterable[Taken]) -> Redactions:
    """What these decisions redact. A redaction is never undone: nobody has the words any more."""
    found = [one for one in taken if one.decision.kind == "redact"]
    passages = [p for one in found for p in one.decision.passages]
    posts = frozenset((s.page, s.post) for one in found for s in one.decision.selectors if s.thing == "post")
    everywhere, scoped = (frozenset(p for p in passages if bool(p.post) == own) for own in (False, True))
    return Redactions(everywhere, scoped, posts, max((one.change for one in found), default=0))


def passage(words: str) -> Passage | None:
    """The words as a passage that is blanked everywhere; None when there are none in them."""
    tokens = [m.group() for m in _WORD.finditer(words.casefold())]
    return Passage(len(tokens), _rolls(tokens)[-1], _digest(tokens)) if tokens else None


def passages_of(texts: Iterable[str], page: str, post: str) -> list[Passage]:
    """Passages for these texts of a post: everywhere, but those with few words in that post only."""
    found = [p for p in map(passage, texts) if p]
    scoped = (p if p.size >= SHORTEST else replace(p, page=page, post=post) for p in found)
    return list(dict.fromkeys(scoped))


def texts_of(post: Post) -> list[str]:
    """What is looked for when a post is redacted: its whole text, its title, and each of its blocks."""
    return [post.text, post.title or "", *(post.text[b.start : b.end] for b in post.blocks)]


# -- finding -----------------------------------------------------------------------------------------------------------


def holds(text: str, what: Redactions) -> bool:
    """True when the text holds a redacted passage."""
    return next(_ranges(text, what.passages), None) is not None


def holds_raw(text: str, what: Redactions) -> bool:
    """The same of the source of a page: whatever its markup and escapes, words are found in it."""
    plain = html.unescape(html.unescape(_ESCAPE.sub(_unescaped, text)))
    return any(holds(found, what) for found in (text, _TAG.sub(" ", plain), _TAG.sub("", plain)))


def _unescaped(match: re.Match[str]) -> str:
    return chr(int(match[1], 16)) if match[1] else " "


def blanked(text: str, passages: Collection[Passage]) -> str:
    """The text with every one of the passages blanked, as long as it was."""
    out = text
    for start, end in _ranges(text, passages):
        out = out[:start] + blank(out[start:end]) + out[end:]
    return out


def blank(text: str) -> str:
    """As many blocks as characters; lines stay lines."""
    return "".join(c if c in "\r\n" else BLOCK for c in text)


def _ranges(text: str, passages: Collection[Passage]) -> Iterator[tuple[int, int]]:
    """(start, end) of each passage in the text; they may overlap."""
    by_size: defaultdict[int, dict[int, set[str]]] = defaultdict(dict)
    for one in passages:
        by_size[one.size].setdefault(one.roll, set()).add(one.hash)
    if not by_size:
        return
    spans = [(m.start(), m.end()) for m in _WORD.finditer(text)]
    tokens = [text[a:b].casefold() for a, b in spans]
    sums = _rolls(tokens)
    for size, wanted in sorted(by_size.items()):
        power = pow(_BASE, size, _PRIME)
        for at in range(len(tokens) - size + 1):
            roll = (sums[at + size] - sums[at] * power) % _PRIME
            if roll in wanted and _digest(tokens[at : at + size]) in wanted[roll]:
                yield spans[at][0], spans[at + size - 1][1]


def _rolls(tokens: Sequence[str]) -> list[int]:
    """Rolling hash of the first n words, for each n."""
    return list(accumulate(map(_number, tokens), lambda total, n: (total * _BASE + n) % _PRIME, initial=0))


@lru_cache(maxsize=1 << 16)
def _number(token: str) -> int:
    return int.from_bytes(blake2b(token.encode("utf-8", "replace"), digest_size=7).digest(), "big")


def _digest(tokens: Sequence[str]) -> str:
    return blake2b(" ".join(tokens).encode("utf-8", "replace"), digest_size=16).hexdigest()


# -- taking out --------------------------------------------------------------------------------------------------------


def page(found: Page, name: str, what: Redactions) -> Page:
    """The page without what is redacted; the same object where there is nothing."""
    if not what:
        return found
    text, posts = found.text, []
    for post in found.posts:
        bare = _post(post, name, what)
        if bare is not post and text is not None and post.start is not None and post.end is not None:
            text = text[: post.start] + bare.text + text[post.end :]
        posts.append(bare)
    changed = any(a is not b for a, b in zip(posts, found.posts, strict=True))
    return strings(replace(found, posts=tuple(posts), text=text) if changed else found, what)


def _post(post: Post, page: str, what: Redactions) -> Post:
    """The post without what is redacted in it alone."""
    if (page, post.id) in what.posts:
        bare = replace(post, text=blank(post.text), title=post.title and blank(post.title), authors=())
    else:
        mine = [p for p in what.scoped if (p.page, p.post) == (page, post.id)]
        title = post.title and blanked(post.title, mine)
        bare = replace(post, text=blanked(post.text, mine), title=title) if mine else post
    return bare if bare != post else post


def strings(value: T, what: Redactions) -> T:
    """A value made of dataclasses and tuples with every text in it blanked; the same object where nothing is."""
    if isinstance(value, str):
        return blanked(value, what.passages)  # type: ignore[return-value]
    if isinstance(value, tuple):
        items = tuple(strings(item, what) for item in value)
        changed = any(a is not b and a != b for a, b in zip(items, value, strict=True))
        return items if changed else value  # type: ignore[return-value]
    if is_dataclass(value) and not isinstance(value, type):
        return _fields(value, what)
    return value


def _fields(value: T, what: Redactions) -> T:
    given: Any = value
    old = {f.name: getattr(given, f.name) for f in fields(given)}
    new = {name: strings(v, what) for name, v in old.items()}
    differs = {name: v for name, v in new.items() if v != old[name]}
    return replace(given, **differs) if differs else value
