"""The tree of an article's page → its paragraphs."""

from __future__ import annotations

from collections import defaultdict

from selectolax.lexbor import LexborHTMLParser, LexborNode

from onrecord.posts.tree import FILE, Piece, ancestors, marks, pieces, tokens
from onrecord.posts.words import words

_LEAST = 25
_MOST = 5000


def main_text(tree: LexborHTMLParser) -> list[Piece]:
    """The blocks of the element that holds most of the page's paragraphs."""
    node = _main(tree)
    if node is None:
        return []
    return [p for p in pieces(node) if p[0] != "related"]


def _main(tree: LexborHTMLParser) -> LexborNode | None:
    """The smallest element with most of the letters in paragraphs, furniture and link lists left out."""
    sizes: dict[int, int] = defaultdict(int)
    nodes: dict[int, LexborNode] = {}
    total = 0
    for paragraph in tree.css("p, blockquote")[:_MOST]:
        size = len(paragraph.text(deep=True).strip())
        above = list(ancestors(paragraph))
        if size < _LEAST or _aside(above):
            continue
        total += size
        for node in above:
            sizes[node.mem_id] += size
            nodes[node.mem_id] = node
    enough = [(node, sizes[key]) for key, node in nodes.items() if sizes[key] >= 0.7 * total]
    if not enough:
        return None
    return max(enough, key=lambda pair: sum(1 for _ in ancestors(pair[0])))[0]


def _aside(above: list[LexborNode]) -> bool:
    outside = words(FILE, "outside")
    return any(
        n.tag in ("aside", "footer", "nav", "form")
        or not (marks(n) | tokens(n.attributes.get("id") or "")).isdisjoint(outside)
        for n in above
    )
