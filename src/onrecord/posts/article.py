"""The tree of an article's page → its paragraphs, where nothing better tells them."""

from __future__ import annotations

from collections import defaultdict

from onrecord.posts.dom import Dom, Mark, Piece, pieces

_LEAST = 25
_MOST = 5000


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
