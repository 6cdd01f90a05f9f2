"""An HTML text → its tree as flat lists in page order, each element marked by what its names say it is.

An element's part of the page is the range `[i, ends[i])`, so that what stands in it is a slice, and how many letters
it holds a difference of two sums. One walk fills the lists; nothing asks the parser again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import accumulate, pairwise

from selectolax.lexbor import LexborHTMLParser

from onrecord.model import BlockKind
from onrecord.posts.words import listing, words

FILE = "posts_html.toml"
SILENT = ["script", "style", "noscript", "svg", "template", "iframe", "object", "head"]
"""Elements that no reader sees and that no post hides in."""

DEEPEST = 60
"""So many parents of an element are looked at, so that hostile nesting costs no more than it is long."""

LONGEST_CLOCK = 60
"""A longer text is there for more than its time."""
_LIKE_CLOCK = re.compile(
    r"(?<![\d.,:])(?:\d{1,2}[:.h]\d\d(?!\d)|\d{1,2}\s?[ap]\.?m\b|\d{1,3}\s?\w{1,8} ago\b)|just now", re.IGNORECASE
)

Piece = tuple[BlockKind, str]
Given = dict[str, str | None]


class Mark:
    """What tag, class and kind of an element say of it, as bits: flags of an enum cost ten times as much."""

    BLOCK = 1
    HEADING = 2
    SKIPPED = 4
    HIDDEN = 8
    FURNITURE = 16
    QUOTE = 32
    CAPTION = 64
    CREDIT = 128
    RELATED = 256
    AUTHOR = 512
    HEADLINE = 1024
    CLOCK = 2048
    """A `time` element, or one with a machine-readable time."""
    EMBED = 4096
    """A message of somebody else that the post shows."""
    OUTSIDE = 8192
    LIVE = 16384
    KEY = 32768
    PINNED = 65536
    CHANGED = 131072
    NAME = 262144
    ROLE = 524288
    BREAK = 1048576
    TIMED = 2097152
    """Its names speak of a time."""
    COMMENT = 4194304


_WORDS = {
    Mark.FURNITURE: "furniture", Mark.CAPTION: "caption", Mark.CREDIT: "credit", Mark.RELATED: "related",
    Mark.AUTHOR: "author", Mark.HEADLINE: "headline", Mark.EMBED: "embed", Mark.OUTSIDE: "outside", Mark.LIVE: "live",
    Mark.KEY: "key", Mark.PINNED: "pinned", Mark.CHANGED: "changed", Mark.NAME: "name", Mark.ROLE: "role",
    Mark.TIMED: "timed",
}  # fmt: skip
_ANYWHERE = Mark.OUTSIDE | Mark.LIVE | Mark.KEY | Mark.PINNED | Mark.EMBED | Mark.CHANGED | Mark.TIMED
_ONLY = {
    Mark.CREDIT: frozenset(["span", "div", "p", "cite", "small", "aside", "figure", "ul", "a", "em", "footer"]),
    Mark.CAPTION: frozenset(["span", "div", "p", "cite", "small", "aside", "figure", "em", "footer", "figcaption"]),
    Mark.RELATED: frozenset(["div", "aside", "ul", "section"]),
    Mark.HEADLINE: frozenset(["div", "span", "p", "a", "strong", "b", "header"]),
}
_TAGS = {
    **dict.fromkeys(
        ["p", "div", "section", "article", "header", "footer", "main", "aside", "ul", "ol", "li", "dl", "dt", "dd",
         "table", "tr", "td", "th", "thead", "tbody", "figure", "pre", "address", "form", "fieldset", "hr", "nav",
         "video", "audio", "details", "summary", "body", "center"],
        Mark.BLOCK,
    ),
    **{f"h{n}": Mark.BLOCK | Mark.HEADING for n in range(1, 7)},
    "br": Mark.BREAK,
    "blockquote": Mark.BLOCK | Mark.QUOTE | Mark.EMBED,
    "figcaption": Mark.BLOCK | Mark.CAPTION,
    "caption": Mark.BLOCK | Mark.CAPTION,
    "figure": Mark.BLOCK | Mark.EMBED,
    "time": Mark.CLOCK,
    "address": Mark.BLOCK | Mark.AUTHOR,
    **dict.fromkeys(["button", "nav", "form", "input", "select", "textarea"], Mark.SKIPPED),
}  # fmt: skip
_SILENT = frozenset(SILENT)
_MARKED = ("class", "itemprop", "data-type", "data-testid", "data-component", "data-qa", "rel", "role")
_OTHERS = frozenset(_MARKED[1:])
_PARTS = re.compile(r"[a-z]+|[A-Z][a-z]*|[A-Z]+")
_START = re.compile(r"[a-zA-Z]{3,30}(?:[-_][a-zA-Z]{3,30})?(?![a-zA-Z])")
_SPACE = re.compile(r"\s+")
_NO_DISPLAY = re.compile(r"display\s?:\s?none")


@cache
def _listed(key: str) -> frozenset[str]:
    return words(FILE, key)


@cache
def time_attributes() -> frozenset[str]:
    """The attributes that hold when a post was published."""
    return frozenset(listing(FILE, "time_attributes")) - {"content"}


@dataclass(slots=True)
class Dom:
    """A page's elements and texts in page order."""

    tags: list[str] = field(default_factory=list)
    """ "" for a text."""
    given: list[Given] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    """ "" for an element."""
    above: list[int] = field(default_factory=list)
    """The parent; -1 at the top."""
    ends: list[int] = field(default_factory=list)
    marks: list[int] = field(default_factory=list)
    letters: list[int] = field(default_factory=list)
    """Letters before each place, in words that readers see."""
    linked: list[int] = field(default_factory=list)
    """The same in links."""
    told: list[int] = field(default_factory=list)
    """The same in paragraphs."""
    clocks: dict[int, str] = field(default_factory=dict)
    """Short texts that may print a time of day, by place."""

    def size(self, start: int, end: int) -> int:
        """Letters between two places."""
        return self.letters[end] - self.letters[start]

    def line(self, start: int, end: int | None = None) -> str:
        """The words of an element or range on one line."""
        return _SPACE.sub(" ", "".join(self.texts[start : self.ends[start] if end is None else end])).strip()

    def spaced(self, i: int) -> str:
        """The words of an element on one line, a space between its texts."""
        return _SPACE.sub(" ", " ".join(self.texts[i : self.ends[i]])).strip()

    def parents(self, i: int) -> Iterator[int]:
        """The elements around, nearest first, as far up as any sound page goes."""
        for _ in range(DEEPEST):
            i = self.above[i]
            if i < 0:
                return
            yield i

    def children(self, i: int) -> Iterator[int]:
        """The elements right inside."""
        j, end = i + 1, self.ends[i]
        while j < end:
            if self.tags[j]:
                yield j
            j = self.ends[j]


def dom(tree: LexborHTMLParser) -> Dom:
    """The tree as flat lists."""
    page = Dom()
    root = tree.body
    if root is not None:
        _walk(page, root)
    _close(page)
    return page


def clock_like(text: str) -> bool:
    """Whether a text may print a time: a first, quick look."""
    return len(text) <= LONGEST_CLOCK and _LIKE_CLOCK.search(text) is not None


def dom_of(markup: str) -> Dom:
    """The same of a piece of HTML."""
    return dom(LexborHTMLParser(markup))


def _walk(page: Dom, root: object) -> None:
    rows: list[tuple[str, Given, str, int, int]] = []
    add = rows.append
    places: dict[int, int] = {}
    none: Given = {}
    first = root.mem_id  # type: ignore[attr-defined]
    for node in root.traverse(include_text=True):  # type: ignore[attr-defined]
        tag = node.tag
        own_place = node.mem_id
        parent = -1
        if own_place != first:
            around = node.parent
            parent = places.get(around.mem_id, -2) if around is not None else -2
            if parent == -2:
                continue
        if tag == "-text":
            if text := node.text_content:
                add(("", none, text, parent, 0))
        elif tag not in _SILENT and tag is not None and tag[0] != "-":
            own: Given = node.attributes or none
            places[own_place] = len(rows)
            add((tag, own, "", parent, _marks(tag, own) if own else _TAGS.get(tag, 0)))
    if rows:
        page.tags, page.given, page.texts, page.above, page.marks = map(list, zip(*rows, strict=True))


def _close(page: Dom) -> None:
    """Where each element ends, the sums of letters, and the texts that may be clocks."""
    count = len(page.tags)
    above, texts = page.above, page.texts
    ends = page.ends = list(range(1, count + 1))
    for i in range(count - 1, 0, -1):
        parent = above[i]
        if ends[i] > ends[parent]:
            ends[parent] = ends[i]
    sizes = [len(text.strip()) if text else 0 for text in texts]
    page.letters = [0, *accumulate(sizes)]
    page.linked = [0, *accumulate(_within(page, sizes, "a"))]
    page.told = [0, *accumulate(_within(page, sizes, "p"))]
    search = _LIKE_CLOCK.search
    page.clocks = {
        i: texts[i].strip() for i, size in enumerate(sizes) if 3 < size <= LONGEST_CLOCK and search(texts[i].strip())
    }


def _within(page: Dom, sizes: list[int], tag: str) -> list[int]:
    """The sizes of texts inside elements of a kind, 0 for others."""
    out = [0] * len(sizes)
    end = 0
    for i, found in enumerate(page.tags):
        if found == tag and i >= end:
            end = page.ends[i]
            out[i:end] = sizes[i:end]
    return out


# -- marks -------------------------------------------------------------------------------------------------------------


def _marks(tag: str, own: Given) -> int:
    get = own.get
    found = _named(tag, get("class"), *() if _OTHERS.isdisjoint(own) else [get(name) for name in _MARKED[1:]])
    if own_id := get("id"):
        found |= _by_id(own_id)
    if not time_attributes().isdisjoint(own):
        found |= Mark.CLOCK
    style = get("style")
    if (
        "hidden" in own
        or (style and "display" in style and _NO_DISPLAY.search(style))
        or (get("aria-hidden") == "true" and not found & Mark.CLOCK)
    ):
        found |= Mark.HIDDEN
    return found


_KNOWN: dict[tuple[str | None, ...], int] = {}


def _named(tag: str, *names: str | None) -> int:
    key = (tag, *names)
    found = _KNOWN.get(key)
    if found is None:
        if len(_KNOWN) > 20_000:
            _KNOWN.clear()
        found = _KNOWN[key] = _read_names(tag, names)
    return found


def _read_names(tag: str, names: tuple[str | None, ...]) -> int:
    kinds = tokens(" ".join(filter(None, names)))
    out = _TAGS.get(tag, 0)
    for mark, key in _WORDS.items():
        if not _listed(key).isdisjoint(kinds) and tag in _ONLY.get(mark, (tag,)):
            out |= mark
    if tag in ("aside", "footer", "nav"):
        out |= Mark.OUTSIDE
    if "datePublished" in names:
        out |= Mark.CLOCK
    return out


def _by_id(own: str) -> int:
    """What the first letters of an element's id say: `comment-12`, `live-blog`."""
    start = _START.match(own)
    return _id_mark(start[0]) if start else 0


@lru_cache(maxsize=20_000)
def _id_mark(start: str) -> int:
    kinds = tokens(start)
    found = (Mark.OUTSIDE, Mark.LIVE)
    return sum(mark for mark in found if not _listed(_WORDS[mark]).isdisjoint(kinds))


@cache
def _empty() -> frozenset[str]:
    return frozenset()


def tokens(text: str) -> frozenset[str]:
    """The parts of a class name or id, and neighbours of two together: `key-event` gives key, event, keyevent."""
    if not text:
        return _empty()
    parts = [p.lower() for p in _PARTS.findall(text)]
    return frozenset([*parts, *(a + b for a, b in pairwise(parts))])


# -- words -------------------------------------------------------------------------------------------------------------

_UNSEEN = Mark.SKIPPED | Mark.HIDDEN | Mark.FURNITURE
_KINDS = Mark.BLOCK | Mark.QUOTE | Mark.CAPTION | Mark.CREDIT | Mark.RELATED


def pieces(page: Dom, start: int, end: int, skip: Iterable[int] = ()) -> list[Piece]:
    """The text of a range as blocks in reading order, without what is hidden, furniture, or in `skip`."""
    out: list[Piece] = []
    now: list[str] = []
    kind: BlockKind = "paragraph"
    skipped = frozenset(skip)
    open_: list[tuple[int, BlockKind]] = []
    marks, texts, ends = page.marks, page.texts, page.ends
    i = start
    while i < end:
        while open_ and i >= open_[-1][0]:
            _flush(out, now, kind)
            kind = open_.pop()[1]
        mark = marks[i]
        if texts[i]:
            now.append(texts[i])
        elif mark & _UNSEEN and i != start:
            i = ends[i]
            continue
        elif i in skipped:
            if mark & Mark.BLOCK:
                _flush(out, now, kind)
            i = ends[i]
            continue
        elif mark & Mark.BREAK:
            _flush(out, now, kind)
        elif mark & _KINDS:
            inner = _kind(mark, kind)
            if mark & Mark.BLOCK or inner != kind:
                _flush(out, now, kind)
                open_.append((ends[i], kind))
                kind = inner
        i += 1
    _flush(out, now, kind)
    return out


def _flush(out: list[Piece], now: list[str], kind: BlockKind) -> None:
    if now:
        text = _SPACE.sub(" ", "".join(now)).strip()
        now.clear()
        if text:
            out.append((kind, text))


def _kind(mark: int, around: BlockKind) -> BlockKind:
    if mark & Mark.HEADING:
        return "title" if around == "paragraph" else around
    if mark & Mark.CREDIT:
        return "credit"
    if mark & Mark.CAPTION:
        return "caption"
    if mark & Mark.QUOTE:
        return "quote"
    return "related" if mark & Mark.RELATED else around
