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
    posts: frozenset[tuple[str, str]] = frozenset()
    """(page, post) of posts that are blanked whole."""
    change: int = 0
    """Change number of the newest."""

    def __bool__(self) -> bool:
        return bool(self.passages or self.posts)


def redactions(taken: Iterable[Taken]) -> Redactions:
    """What these decisions redact. A redaction is never undone: nobody has the words any more."""
    found = [one for one in taken if one.decision.kind == "redact"]
    passages = frozenset(p for one in found for p in one.decision.passages)
    posts = frozenset((s.page, s.post) for one in found for s in one.decision.selectors if s.thing == "post")
    return Redactions(passages, posts, max((one.change for one in found), default=0))


def passage(words: str) -> Passage | None:
    """The words as a passage; None when there are none in them."""
    tokens = [m.group() for m in _WORD.finditer(words.casefold())]
    return Passage(len(tokens), _rolls(tokens)[-1], _digest(tokens)) if tokens else None


def passages_of(post: Post) -> list[Passage]:
    """What a post's redaction looks for elsewhere: its whole text, and each block of it that is long enough."""
    texts = [post.text, post.title or "", *(post.text[b.start : b.end] for b in post.blocks)]
    found = [p for p in map(passage, texts) if p]
    return list(dict.fromkeys(p for n, p in enumerate(found) if n == 0 or p.size >= SHORTEST))


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


def blanked(text: str, what: Redactions) -> str:
    """The text with every redacted passage blanked, as long as it was."""
    out = text
    for start, end in _ranges(text, what.passages):
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
    posts = {p.id: p for p in found.posts if (name, p.id) in what.posts and p.text.strip(BLOCK + " \n")}
    text = found.text
    for one in posts.values():
        if text is not None and one.start is not None and one.end is not None:
            text = text[: one.start] + blank(text[one.start : one.end]) + text[one.end :]
    kept = tuple(_blank_post(p) if p.id in posts else p for p in found.posts)
    bare = replace(found, posts=kept, text=text) if posts else found
    return strings(bare, what)


def _blank_post(post: Post) -> Post:
    return replace(post, text=blank(post.text), title=post.title and blank(post.title), authors=())


def strings(value: T, what: Redactions) -> T:
    """A value made of dataclasses and tuples with every text in it blanked; the same object where nothing is."""
    if isinstance(value, str):
        return blanked(value, what)  # type: ignore[return-value]
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


def same_slice(exact: str, before: str, after: str) -> str:
    """The words of `before` as `after`, which is as long, has them; all of them blanked where they can't be found."""
    at = before.find(exact)
    return after[at : at + len(exact)] if at >= 0 else blank(exact)
