"""An HTML text → its tree as flat lists in page order, each element marked by what its names say it is.

An element's part of the page is the range `[i, ends[i])`, so that what stands in it is a slice, and how many letters
it holds a difference of two sums. The parser writes the tree out in its one strict form, in which every bracket is a
tag's; cutting that at the brackets costs a fraction of asking it node by node.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate

from selectolax.lexbor import LexborHTMLParser

from onrecord.model import BlockKind
from onrecord.posts.marks import RAW, STARTS, TELLING, Content, Given, Mark, Start, start, unescaped
from onrecord.posts.tongues import in_english, just_now
from onrecord.posts.words import one_line

DEEPEST = 60
"""So many parents of an element are looked at, so that hostile nesting costs no more than it is long."""

LONGEST_CLOCK = 60
"""A longer text is there for more than its time."""
_DIGIT = re.compile(r"\d")
_SHORT = 80
"""Texts up to this length may be a time, a name or a label."""
_LIKE_CLOCK = re.compile(
    r"(?<![\d.,:])(?:\d{1,2}[:.h]\d\d(?!\d)|\d{1,2}\s?[ap]\.?m\b|\d{1,3}\s?\w{1,8} ago\b)|just now", re.IGNORECASE
)


_OPAQUE = re.compile(r"<(?:!--|(script|style|iframe|xmp|noembed|noframes|plaintext)(?=[ >]))")
_LISTED = TELLING | Mark.INSET
_TEXT: Start = ("", {}, 0, Content.NOTHING)
Part = tuple[str, str]
"""A tag, and the text behind it."""


Layout = list[tuple[BlockKind, list[int]]]
"""Blocks of text, each as the places of its texts."""


@dataclass(slots=True)
class Dom:
    """A page's elements and texts in page order."""

    tags: list[str] = field(default_factory=list)
    """ "" for a text."""
    given: Sequence[Given] = ()
    texts: Sequence[str] = ()
    """ "" for an element."""
    above: list[int] = field(default_factory=list)
    """The parent; -1 at the top."""
    ends: list[int] = field(default_factory=list)
    marks: list[int] = field(default_factory=list)
    letters: Sequence[int] = (0,)
    """Letters before each place, in words that readers see."""
    linked: Sequence[int] = (0,)
    """The same in links."""
    told: Sequence[int] = (0,)
    """The same in paragraphs."""
    insets: list[int] = field(default_factory=list)
    """Places of elements that may be pictures, links, list items or embeds."""
    clocks: dict[int, str] = field(default_factory=dict)
    """Short texts that may print a time of day, by place."""
    telling: list[int] = field(default_factory=list)
    """Places of links, short texts, and elements whose marks tell of a post's time, author or title."""
    layouts: dict[tuple[int, int, frozenset[int]], Layout] = field(default_factory=dict)
    """Of ranges without some places, as far as they were worked out: nothing but the tags settles them."""

    def size(self, start: int, end: int) -> int:
        """Letters between two places."""
        return self.letters[end] - self.letters[start]

    def line(self, start: int, end: int | None = None) -> str:
        """The words of an element or range on one line."""
        end = self.ends[start] if end is None else end
        if end - start == 2:
            return one_line(self.texts[start] + self.texts[start + 1])
        return one_line("".join(self.texts[start:end]))

    def spaced(self, i: int) -> str:
        """The words of an element on one line, a space between its texts."""
        return " ".join(" ".join(self.texts[i : self.ends[i]]).split())

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

    def told_in(self, start: int, end: int) -> list[int]:
        """The `telling` places of a range."""
        telling = self.telling
        return telling[bisect_left(telling, start) : bisect_left(telling, end)]


def dom(tree: LexborHTMLParser) -> Dom:
    """The tree as flat lists."""
    page = Dom()
    root = tree.body
    _walk(page, (root.html or "") if root is not None else "")
    return page


def dom_of(markup: str) -> Dom:
    """The same of a piece of HTML."""
    return dom(LexborHTMLParser(markup))


def dom_of_tags(markup: str) -> Dom:
    """The same of HTML just as its tags stand, without asking the parser."""
    page = Dom()
    _walk(page, markup)
    return page


@lru_cache(maxsize=20_000)
def clock_like(text: str) -> bool:
    """Whether a text may print a time: a first, quick look."""
    if len(text) > LONGEST_CLOCK:
        return False
    if _DIGIT.search(text) is None:
        return text.lower() in just_now()
    return _LIKE_CLOCK.search(text) is not None or _LIKE_CLOCK.search(in_english(text)) is not None


@dataclass(slots=True)
class _Columns:
    """What is known of each place while the tree is walked.

    They are made as long as they may become, filled with what most places hold, and cut off at last.
    """

    rows: list[Start]
    texts: list[str]
    sizes: list[int]
    above: list[int]
    ends: list[int]

    @classmethod
    def of(cls, most: int) -> _Columns:
        return cls([_TEXT] * most, [""] * most, [0] * most, [-1] * most, list(range(1, most + 1)))

    def hand_over(self, page: Dom, count: int) -> None:
        """Give the page what was found of so many places."""
        for column in (self.rows, self.texts, self.sizes, self.above, self.ends):
            del column[count:]
        if self.rows:
            page.tags, page.given, page.marks, _ = map(list, zip(*self.rows, strict=True))
        page.texts, page.above, page.ends = self.texts, self.above, self.ends
        _sum(page, self.sizes)


def _walk(page: Dom, markup: str) -> None:
    """Fill the lists from the tree as the parser writes it: balanced, and brackets in tags only."""
    parts = _parts(markup)
    columns = _Columns.of(2 * len(parts))
    rows, texts, sizes, above, ends = columns.rows, columns.texts, columns.sizes, columns.above, columns.ends
    open_ = [-1]
    top, count = -1, 0
    rest = iter(parts)
    known = STARTS.get
    for head, text in rest:
        found = known(head) or start(head)
        tag, _, mark, content = found
        if content == Content.END:
            if top >= 0 and rows[top][0] == tag:
                ends[top] = count
                open_.pop()
                top = open_[-1]
            else:
                top = _closed(rows, ends, open_, tag, count)
        elif content == Content.UNSEEN and not mark & Mark.KEY:  # a drawing may be the badge of a key post
            text = _behind(rest, tag)
        elif content != Content.NO_TAG:
            rows[count] = found
            above[count] = top
            if mark & _LISTED:
                _noted_element(page, count, tag, mark)
            if content == Content.ANY:
                open_.append(count)
                top = count
            elif content == Content.UNSEEN:
                text = _behind(rest, tag)
            count += 1
        if text:
            texts[count] = text = unescaped(text) if "&" in text else text
            above[count] = top
            sizes[count] = _noted_text(page, count, text.strip())
            count += 1
    for place in open_[1:]:
        ends[place] = count
    columns.hand_over(page, count)


def _noted_element(page: Dom, place: int, tag: str, mark: int) -> None:
    """Note an element whose marks say that it is looked at again."""
    if mark & TELLING or tag == "a":
        page.telling.append(place)
    if mark & Mark.INSET:
        page.insets.append(place)


def _noted_text(page: Dom, place: int, bare: str) -> int:
    """Note a text that may be a time, a name or a label; how long it is."""
    size = len(bare)
    if 3 < size <= _SHORT:
        page.telling.append(place)
        if size <= LONGEST_CLOCK and clock_like(bare):
            page.clocks[place] = bare
    return size


def _closed(rows: list[Start], ends: list[int], open_: list[int], name: str, count: int) -> int:
    """End the innermost open element of that name, and what is open in it; the element that is open then."""
    while len(open_) > 1:
        place = open_.pop()
        ends[place] = count
        if rows[place][0] == name:
            break
    return open_[-1]


def _behind(parts: Iterator[Part], tag: str) -> str:
    """The text behind an element that is left out with all in it."""
    end, begin, depth = f"/{tag}", f"{tag} ", 1
    for head, text in parts:
        if head == tag or head.startswith(begin):
            depth += 1
        elif head == end:
            depth -= 1
            if not depth:
                return text
    return ""


# -- tags and texts ----------------------------------------------------------------------------------------------------


def _parts(markup: str) -> list[Part]:
    """Each tag without its brackets, with the text behind it."""
    markup = _cleared(markup)
    if markup.count("<") != markup.count(">"):
        return list(_parted(markup))
    cut = markup.replace(">", "<").split("<")
    return list(zip(cut[1::2], cut[2::2], strict=True))


def _cleared(markup: str) -> str:
    """The markup without what is none: comments, scripts, what stands in frames. In place of each stands a tag."""
    out: list[str] = []
    at = 0
    unclosed: set[str] = set()
    for found in _OPAQUE.finditer(markup):
        start, name = found.start(), found[1] or ""
        before = markup.rfind("<", at, start)
        if start < at or name in unclosed or (before >= 0 and markup.find(">", before, start) < 0):
            continue
        close = f"</{name}>" if name else "-->"
        end = markup.find(close, found.end())
        if end < 0:
            unclosed.add(name)
            continue
        head = markup[start : markup.find(">", start, end) + 1] if name in RAW else ""
        out += (markup[at:start], f"{head}{close}" if head else "<!>")
        at = end + len(close)
    return "".join([*out, markup[at:]]) if at else markup


def _parted(markup: str) -> Iterator[Part]:
    """The same of markup with tags in whose names a bracket stands."""
    parts = iter(markup.split("<"))
    next(parts)
    for part in parts:
        whole = part if ">" in part else _joined(part, parts)
        head, _, text = whole.partition(">")
        yield head, text


def _joined(part: str, parts: Iterator[str]) -> str:
    """A tag in whose names a bracket stands."""
    out = [part]
    for more in parts:
        out.append(more)
        if ">" in more:
            break
    return "<".join(out) if ">" in out[-1] else ""


# -- sums --------------------------------------------------------------------------------------------------------------


def _sum(page: Dom, sizes: list[int]) -> None:
    """The sums of letters."""
    page.letters = [0, *accumulate(sizes)]
    page.linked = [0, *accumulate(_within(page, sizes, "a"))]
    page.told = [0, *accumulate(_within(page, sizes, "p"))]


def _within(page: Dom, sizes: list[int], tag: str) -> list[int]:
    """The sizes of texts inside elements of a kind, 0 for others."""
    out = [0] * len(sizes)
    tags, ends = page.tags, page.ends
    end = at = 0
    count = tags.count(tag)
    for _ in range(count):
        at = tags.index(tag, at)
        if at >= end:
            end = ends[at]
            out[at:end] = sizes[at:end]
        at += 1
    return out
