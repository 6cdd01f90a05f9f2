"""The page of an article → its paragraphs, headline and authors.

trafilatura finds the text; where it finds none, or the page is too odd to be given to it, the element that holds most
of the page's paragraphs does.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace

from onrecord.posts.dom import Dom
from onrecord.posts.marks import Mark
from onrecord.posts.people import names
from onrecord.posts.pieces import Piece, pieces

_LEAST = 25
_MOST = 5000
_LONGEST = 5_000_000
_DEEPEST = 200
_WIDEST = 5000
"""Elements in one element: what takes them out one by one takes as long as the square of their number."""
_BULLET = re.compile(r"^- ")


@dataclass(frozen=True, slots=True)
class Article:
    """What is found of an article."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    pieces: tuple[Piece, ...] = ()


def article(markup: str, page: Dom) -> Article:
    """The article of a page, without comments, teasers and furniture."""
    sound = len(markup) <= _LONGEST and not _deep(page) and not _crowded(page)
    found = _extracted(markup) if sound else None
    own = main_text(page)
    if found is None or sum(len(t) for _, t in found.pieces) < max(_LEAST, sum(len(t) for _, t in own) // 4):
        return Article(pieces=tuple(own))
    shown = page.line(0) if page.tags else ""
    title = found.title if found.title and found.title in shown else None
    return replace(found, title=title, pieces=tuple(p for p in found.pieces if "<" not in p[1] or p[1] in shown))


def _extracted(markup: str) -> Article | None:
    """What trafilatura finds. It is imported here, because few pages need it and it takes long to load."""
    from trafilatura import bare_extraction

    found = bare_extraction(markup, include_comments=False, include_tables=True, with_metadata=True)
    text = getattr(found, "text", None)
    if not text:
        return None
    lines = (_BULLET.sub("", line.strip()) for line in text.splitlines())
    author = getattr(found, "author", None) or ""
    authors = tuple(name for part in author.split(";") for name in names(part))
    return Article(getattr(found, "title", None), authors, tuple(("paragraph", line) for line in lines if line))


def _deep(page: Dom) -> bool:
    """Whether elements are nested deeper than any sound page has them."""
    depth: list[int] = []
    for parent in page.above:
        depth.append(depth[parent] + 1 if parent >= 0 else 0)
    return max(depth, default=0) > _DEEPEST


def _crowded(page: Dom) -> bool:
    """Whether one element holds more elements than any sound page's does."""
    return max(Counter(page.above).values(), default=0) > _WIDEST


def main_text(page: Dom) -> list[Piece]:
    """The blocks of the element that holds most of the page's paragraphs."""
    node = _main(page)
    if node is None:
        return []
    return [p for p in pieces(page, node, page.ends[node]) if p[0] != "related"]


def _main(page: Dom) -> int | None:
    """The smallest element with most of the letters in paragraphs, furniture and link lists left out."""
    sizes: dict[int, int] = defaultdict(int)
    total = 0
    for i in [i for i, tag in enumerate(page.tags) if tag in ("p", "blockquote")][:_MOST]:
        size = page.size(i, page.ends[i])
        above = list(page.parents(i))
        if size < _LEAST or any(page.marks[j] & (Mark.OUTSIDE | Mark.SKIPPED) for j in above):
            continue
        total += size
        for j in above:
            sizes[j] += size
    enough = [i for i, size in sizes.items() if size >= 0.7 * total]
    return max(enough, key=lambda i: sum(1 for _ in page.parents(i)), default=None)
