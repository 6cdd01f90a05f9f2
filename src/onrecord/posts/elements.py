"""The tree of a live page → the elements that are its posts: they repeat, and each has a time of its own."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import islice, pairwise

from selectolax.lexbor import LexborHTMLParser, LexborNode

from onrecord.posts.moments import printed
from onrecord.posts.tree import FILE, ancestors, marks, tokens
from onrecord.posts.words import listing, words

LEAST = 2
"""So many elements of one shape make a series."""

_TIMES = ", ".join(
    ["time", "[itemprop=datePublished]"]
    + [f"[{name}]" for name in listing(FILE, "time_attributes") if name != "content"]
    + [f"[class*={word}]" for word in ("time", "Time", "date", "Date")]
)
_DIGITS = re.compile(r"[\d_-]*\d[\w-]*")
_LONGEST_CLOCK = 60
_DEPTH = 25
_MOST = 1000
"""So many elements of a series are measured, and so many clocks looked at tenfold."""
_BARE = re.compile(r"\W{0,3}\d{1,2}[:.h]\d\d")


def post_elements(tree: LexborHTMLParser, known: Iterable[str] = ()) -> list[LexborNode]:
    """The elements of the page's posts in page order; none on a page without live coverage.

    `known` are ids that metadata give to posts: elements with such an id, and all that look the same, are posts.
    """
    marked = tree.css("[itemprop~=liveBlogUpdate]")
    if marked:
        return _outermost(marked)
    named = _by_id(tree, set(known))
    if named:
        return _alike(tree, named)
    return _series(tree)


def _by_id(tree: LexborHTMLParser, known: set[str]) -> list[LexborNode]:
    """Elements whose own id is one of the known ones, or ends in one."""
    if not known:
        return []
    known = known | {tail for i in known if len(tail := _tail(i)) > 2}
    found = []
    for name in listing(FILE, "id_attributes")[:8]:
        for node in tree.css(f"[{name}]"):
            own = node.attributes.get(name) or ""
            if (own in known or _tail(own) in known) and node.tag not in ("a", "script", "input"):
                found.append(node)
        if found:
            break
    return _outermost(found)


def _tail(own: str) -> str:
    """What follows the last sign of an id: `block-12ab` → `12ab`."""
    return re.split(r"[#/:_-]", own)[-1]


def _alike(tree: LexborHTMLParser, named: Sequence[LexborNode]) -> list[LexborNode]:
    """The named elements and all that stand beside one of them with the same shape."""
    shapes = {shape(node) for node in named}
    parents = {node.parent.mem_id: node.parent for node in named if node.parent is not None}
    found = [
        child for parent in parents.values() for child in parent.iter() if shape(child) in shapes and _own_id(child)
    ]
    ids = {node.mem_id for node in found}
    return (
        _in_order(tree, [*found, *(n for n in named if n.mem_id not in ids)])
        if len(parents) > 1
        else found or list(named)
    )


def _in_order(tree: LexborHTMLParser, nodes: Sequence[LexborNode]) -> list[LexborNode]:
    """The nodes in page order."""
    wanted = {node.mem_id: node for node in nodes}
    tags = ", ".join(sorted({node.tag or "*" for node in nodes}))
    return [wanted[node.mem_id] for node in tree.css(tags) if node.mem_id in wanted]


def own_id(node: LexborNode) -> str | None:
    """The element's own id as the page prints it."""
    given = node.attributes
    return next((value for name in listing(FILE, "id_attributes") if (value := given.get(name))), None)


def _own_id(node: LexborNode) -> bool:
    return own_id(node) is not None


def shape(node: LexborNode) -> str:
    """What the elements of a series share: tag and first class, without numbers."""
    first = (node.attributes.get("class") or "").split()[:1]
    return f"{node.tag}.{_DIGITS.sub('', first[0]) if first else ''}"


# -- series ------------------------------------------------------------------------------------------------------------


def _series(tree: LexborHTMLParser) -> list[LexborNode]:
    """The largest series of elements that each hold a time and words of their own."""
    return _largest(tree, _clocks(tree)) or _largest(tree, bare_clocks(tree))


def _largest(tree: LexborHTMLParser, clocks: Iterable[LexborNode]) -> list[LexborNode]:
    groups: dict[tuple[str, str], dict[int, LexborNode]] = defaultdict(dict)
    for clock in clocks:
        for child, parent in _steps(clock):
            groups[shape(parent), shape(child)][child.mem_id] = child
    sizes = {key: _size(islice(nodes.values(), _MOST)) for key, nodes in groups.items() if len(nodes) >= LEAST}
    sizes = {key: size for key, size in sizes.items() if size}
    if not sizes:
        return []
    most = max(sizes.values())
    rich = [key for key, size in sizes.items() if size >= 0.6 * most]
    best = max(rich, key=lambda key: (len(groups[key]), sizes[key]))
    found = _outermost(list(groups[best].values()))
    return _in_order(tree, found) if _is_live(tree, found, sizes[best]) else []


def _clocks(tree: LexborHTMLParser) -> list[LexborNode]:
    """Elements that print or hold a time, outside of comments, teasers and page furniture."""
    out = []
    for node in tree.css(_TIMES)[: 10 * _MOST]:
        if node.tag in ("meta", "body", "html", "main", "script"):
            continue
        if node.tag == "time" or _has_time(node) or _prints_time(node):
            out.append(node)
    return out


def bare_clocks(tree: LexborHTMLParser | LexborNode) -> list[LexborNode]:
    """Elements that show by nothing but their words that they print a time."""
    found = tree.css("span, p, div, b, strong, em, small, a, i, td, h3, h4, h5, dt")[: 20 * _MOST]
    return [n for n in found if _BARE.match(n.text(deep=False).strip()[:10]) and _prints_time(n)]


def _has_time(node: LexborNode) -> bool:
    given = node.attributes
    return any(k in given for k in listing(FILE, "time_attributes") if k != "content")


def _prints_time(node: LexborNode) -> bool:
    text = node.text(deep=True, separator=" ").strip()
    if not 2 <= len(text) <= _LONGEST_CLOCK:
        return False
    found = printed(" ".join(text.split()))
    return found is not None and (found.clock is not None or found.ago is not None)


def _steps(clock: LexborNode) -> list[tuple[LexborNode, LexborNode]]:
    """The element and its ancestors, each with its parent; none for one that lies in comments or teasers."""
    chain = [clock, *islice(ancestors(clock), _DEPTH)]
    outside = words(FILE, "outside")
    if any(
        not (marks(n) | tokens(n.attributes.get("id") or "")).isdisjoint(outside) or n.tag in ("footer", "nav", "aside")
        for n in chain[1:]
    ):
        return []
    return list(pairwise(chain))


def _size(nodes: Iterable[LexborNode]) -> int:
    """Letters that the elements hold outside of links; 0 for teasers, whose words are links."""
    whole = linked = 0
    for node in nodes:
        whole += len(node.text(deep=True))
        linked += sum(len(a.text(deep=True)) for a in node.css("a"))
    return whole - linked if whole > 40 and linked < 0.6 * whole else 0


def _is_live(tree: LexborHTMLParser, found: Sequence[LexborNode], size: int) -> bool:
    """Whether a series is live coverage: it holds most of the page's paragraphs, and has ids or says so."""
    if len(found) < LEAST:
        return False
    paragraphs = sum(len(p.text(deep=True)) for p in tree.css("p"))
    if size < 0.5 * paragraphs:
        return False
    with_ids = sum(_own_id(node) for node in found) >= 0.8 * len(found)
    return with_ids or _says_live(tree, found)


def _says_live(tree: LexborHTMLParser, found: Sequence[LexborNode]) -> bool:
    head = tree.css_first("title")
    said = tokens(head.text() if head else "")
    for node in (found[0], *ancestors(found[0])):
        said |= marks(node) | tokens(node.attributes.get("id") or "")
    return not said.isdisjoint(words(FILE, "live"))


def _outermost(nodes: Sequence[LexborNode]) -> list[LexborNode]:
    """The nodes that lie in no other of them."""
    ids = {node.mem_id for node in nodes}
    return [node for node in nodes if not any(a.mem_id in ids for a in ancestors(node))]
