"""An element of an HTML page → blocks of plain text; helpers for looking at elements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from selectolax.lexbor import LexborHTMLParser, LexborNode

from onrecord.model import BlockKind
from onrecord.posts.words import words

FILE = "posts_html.toml"
SILENT = ["script", "style", "noscript", "svg", "template", "iframe", "object", "head", "select", "textarea"]
"""Elements whose words no reader sees."""

_BLOCKS = frozenset(
    [
        *(
            "p",
            "div",
            "section",
            "article",
            "header",
            "footer",
            "main",
            "aside",
            "ul",
            "ol",
            "li",
            "dl",
            "dt",
            "dd",
            "table",
        ),
        *(
            "tr",
            "td",
            "th",
            "thead",
            "tbody",
            "figure",
            "figcaption",
            "blockquote",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "pre",
        ),
        *("address", "form", "fieldset", "hr", "nav", "video", "audio", "details", "summary", "body"),
    ]
)
_HEADINGS = frozenset(f"h{n}" for n in range(1, 7))
_SKIPPED = frozenset([*SILENT, "button", "nav", "form", "input", "-comment"])
_PARTS = re.compile(r"[a-z]+|[A-Z][a-z]*|[A-Z]+")
_MARKED = ("class", "itemprop", "data-type", "data-testid", "data-component", "rel", "role")
_NONE: frozenset[str] = frozenset()
_SPACE = re.compile(r"\s+")

DEEPEST = 60
"""So many parents of an element are looked at, so that hostile nesting costs no more than it is long."""

Piece = tuple[BlockKind, str]


@lru_cache(maxsize=4096)
def tokens(text: str) -> frozenset[str]:
    """The parts of a class name or id, and neighbours of two together: `key-event` gives key, event, keyevent."""
    parts = [p.lower() for p in _PARTS.findall(text)]
    return frozenset([*parts, *(a + b for a, b in pairwise(parts))])


def marks(node: LexborNode) -> frozenset[str]:
    """The tokens of an element's class, id and kind."""
    given = node.attributes
    return tokens(" ".join([value for name in _MARKED if (value := given.get(name))])) if given else _NONE


def is_a(node: LexborNode, key: str) -> bool:
    """Whether an element's class or kind holds one of the listed words."""
    return not marks(node).isdisjoint(words(FILE, key))


def hidden(node: LexborNode) -> bool:
    """Whether readers are not shown the element."""
    given = node.attributes
    style = given.get("style") or ""
    return (
        "hidden" in given
        or given.get("aria-hidden") == "true"
        or ("display" in style and re.search(r"display\s?:\s?none", style) is not None)
    )


def text_of(node: LexborNode) -> str:
    """The element's words on one line."""
    return _SPACE.sub(" ", node.text(deep=True, separator=" ")).strip() if node.tag != "-text" else node.text().strip()


def pieces(root: LexborNode, skip: frozenset[int] = frozenset()) -> list[Piece]:
    """The element's text as blocks in reading order, without what is hidden, furniture, or in `skip` (by `mem_id`)."""
    out: list[Piece] = []
    words_now: list[str] = []
    kind_now: BlockKind = "paragraph"

    def close() -> None:
        text = _SPACE.sub(" ", "".join(words_now)).strip()
        words_now.clear()
        if text:
            out.append((kind_now, text))

    stack: list[tuple[LexborNode | None, BlockKind]] = [(root, "paragraph")]
    while stack:
        node, kind = stack.pop()
        if node is None:
            close()
            kind_now = kind
            continue
        tag = node.tag
        if tag == "-text":
            words_now.append(node.text_content or "")
            continue
        if tag == "br":
            close()
            continue
        if tag in _SKIPPED or (node is not root and (node.mem_id in skip or hidden(node) or is_a(node, "furniture"))):
            continue
        inner = _kind(node, tag or "", kind)
        block = tag in _BLOCKS or inner != kind
        if block:
            close()
            kind_now = inner
            stack.append((None, kind))
        children = list(node.iter(include_text=True))
        stack.extend((child, inner) for child in reversed(children))
    close()
    return out


def _kind(node: LexborNode, tag: str, around: BlockKind) -> BlockKind:
    if tag in _HEADINGS:
        return "title" if around == "paragraph" else around
    if tag in ("figcaption", "caption"):
        return "caption"
    if tag == "blockquote":
        return "quote"
    if tag in ("span", "div", "p", "cite", "small", "aside", "figure", "ul", "a", "em", "footer"):
        if is_a(node, "credit"):
            return "credit"
        if is_a(node, "caption"):
            return "caption"
        if tag in ("div", "aside", "ul") and is_a(node, "related"):
            return "related"
    return around


def parsed(text: str | bytes) -> LexborHTMLParser:
    """The page's tree."""
    return LexborHTMLParser(text)


def ancestors(node: LexborNode) -> Iterator[LexborNode]:
    """The element's parents, nearest first, as far up as any sound page goes."""
    above = node.parent
    for _ in range(DEEPEST):
        if above is None or above.tag in (None, "-document", "html"):
            return
        yield above
        above = above.parent
