"""The range of a post → the places in it that may tell its time, title, authors and labels."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache

from onrecord.posts.dom import LONGEST_CLOCK, Dom, clock_like
from onrecord.posts.elements import prints_time
from onrecord.posts.marks import CLOSED, FILE, PLACED, Mark
from onrecord.posts.people import is_name, names
from onrecord.posts.tongues import told
from onrecord.posts.words import listing, plain, words

LINES = "posts_lines.toml"
LONGEST_HEADER = 160
SIGNS = " ·•|-–—,:★☆⭐●◆■▶►🔴🔵📌📍🔑⚡❗"
_CHANGED = ("updated", "modified", "edited")
_LONGEST_BYLINE = 200
LONGEST_TITLE = 250
"""Letters of an element that names itself a headline, at most."""
_LONGEST_LABEL = 30
_MOST_SPACES = 7
"""So many stand in the longest byline, or name."""
_NAMING = frozenset(
    ["a", "address", "b", "cite", "dd", "div", "dt", "em", "footer", "i", "label", "li", "p", "small", "span", "strong",
     "td"]
)  # fmt: skip
"""Elements that may hold nothing but a name."""


@dataclass(slots=True)
class Found:
    """What stands in a post, by place."""

    clocks: list[int] = field(default_factory=list)
    bare: list[int] = field(default_factory=list)
    """Elements whose words alone show that they print a time."""
    changed: list[int] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)
    titles: list[int] = field(default_factory=list)
    authors: list[int] = field(default_factory=list)
    badges: list[int] = field(default_factory=list)
    links: list[int] = field(default_factory=list)
    signed: list[int] = field(default_factory=list)
    """Elements whose words alone show that they are bylines."""
    names: list[int] = field(default_factory=list)
    """Elements that hold nothing but a name."""
    after_changed: list[int] = field(default_factory=list)
    """Clocks right behind a word that says that something was changed then."""


def scan(page: Dom, start: int, end: int) -> Found:
    """The places of all that may tell of a post, without what stands in messages of others."""
    found = Found()
    marks, texts, ends, above = page.marks, page.texts, page.ends, page.above
    own = start if ends[start] >= end and not marks[start] & Mark.HEADING else -1
    until = start
    for i in page.told_in(start, end):
        if i < until:
            continue
        if text := texts[i]:
            if kind := kind_of(text):
                _sort_text(found, kind, above[i], page, len(text.strip()))
            continue
        mark = marks[i]
        if mark and i != own:
            if ends_search(mark) and not (page.tags[i] == "button" and _holds_clock(page, i)):
                until = ends[i]
                continue
            if mark & PLACED:
                _sort_in(page, i, mark, found)
        if page.tags[i] == "a":
            found.links.append(i)
    if not found.authors:
        found.authors = found.signed[:1]
    if len(found.badges) > 1:
        found.badges = list(dict.fromkeys(found.badges))  # one element may hold any number of labels
    if found.after_changed:
        others = {*found.clocks, *found.bare}.difference(found.after_changed)
        (found.changed if others else found.clocks).extend(found.after_changed)
    return found


def ends_search(mark: int) -> bool:
    """Whether what stands in an element with these marks tells nothing of its post."""
    return bool(mark & CLOSED and (mark & (Mark.EMBED | Mark.SKIPPED) or not mark & Mark.CLOCK))


def _sort_text(found: Found, kind: str, i: int, page: Dom, size: int) -> None:
    """Note an element by one of its texts, which is so long."""
    if kind == "clock":
        found.bare.append(i)
    elif kind == "label":
        found.badges.append(i)
    elif kind == "name":
        if page.tags[i] in _NAMING and page.size(i, page.ends[i]) == size:
            found.names.append(i)
    elif not found.authors or i >= page.ends[found.authors[-1]]:
        found.signed.append(i)


def kind_of(text: str) -> str:
    """What a text is there for: "clock", "label", "name", "signed", or "" for more."""
    if not 4 < len(text) < 80 or (len(text) > LONGEST_CLOCK and _is_long(text.strip())):
        return ""
    return _kind(text)


def _is_long(text: str) -> bool:
    """Whether a text is too long for a clock or label, and has too many words for a name."""
    return len(text) > LONGEST_CLOCK and text.count(" ") > _MOST_SPACES


@lru_cache(maxsize=20_000)
def _kind(text: str) -> str:
    short = text.strip()
    if len(short) < 4:
        return ""
    if clock_like(short):
        return "clock" if shows_time(short) else ""
    if len(short) < _LONGEST_LABEL and plain(short).strip(SIGNS) in label_words():
        return "label"
    if short.count(" ") > _MOST_SPACES:
        return ""
    if _signs(short):
        return "signed"
    return "name" if is_name(short) and short[:1].isupper() else ""


def _signs(text: str) -> bool:
    """Whether a short text is a byline: `Posted by Ana Sousa`, `Von Jo Park`."""
    low = plain(text)
    if not low.startswith(_byline_heads()):
        return False
    rest = next(text[len(head) :].strip(" :") for head in _byline_heads() if low.startswith(head))
    return is_name(rest)


@cache
def _byline_heads() -> tuple[str, ...]:
    """How bylines begin in any language."""
    heads = (*listing(LINES, "author_start"), *(f"{word} " for word in listing(FILE, "byline_words")))
    return (*heads, *(f"{head.rstrip(' :')}:" for head in heads))


@cache
def label_words() -> frozenset[str]:
    """What stands in a post as a label, in any language."""
    return words(LINES, "label_exact") | words(FILE, "key_label") | words(FILE, "pinned_label")


def _sort_in(page: Dom, i: int, mark: int, found: Found) -> None:
    size = page.size(i, page.ends[i])
    if mark & Mark.CHANGED and (mark & Mark.CLOCK or (size < 60 and clock_like(page.line(i)))):
        found.changed.append(i)
    elif mark & Mark.CLOCK:
        if size <= LONGEST_HEADER:
            if _says_changed(page.line(i)):
                found.changed.append(i)
            else:
                (found.after_changed if _is_after_changed(page, i) else found.clocks).append(i)
    elif mark & Mark.HEADING:
        if size:
            found.headings.append(i)
    elif mark & Mark.AUTHOR:
        inside = found.authors and i < page.ends[found.authors[-1]]
        if 0 < size < _LONGEST_BYLINE and not inside:
            found.authors.append(i)
    elif mark & Mark.HEADLINE and 0 < size <= LONGEST_TITLE:
        found.titles.append(i)
    if mark & Mark.KEY and size < 40:
        found.badges.append(i)


def _holds_clock(page: Dom, i: int) -> bool:
    """Whether a button is the time of its post, which leads to it."""
    return any(page.marks[j] & Mark.CLOCK for j in range(i + 1, page.ends[i]))


def _is_after_changed(page: Dom, i: int) -> bool:
    """Whether a word that something was changed stands right before a clock: `Updated <time>`."""
    before = page.texts[i - 1] if i else ""
    return 0 < len(before) <= _LONGEST_LABEL and _ends_changed(before)


@lru_cache(maxsize=8192)
def _ends_changed(text: str) -> bool:
    return _changed().search(plain(text)) is not None


@cache
def _changed() -> re.Pattern[str]:
    """How a text ends that says that something was changed, in any language; "credited" does not."""
    said = "|".join(map(re.escape, (*_CHANGED, *listing(FILE, "changed_words"))))
    return re.compile(rf"(?<!\w)(?:{said})(?: at| on)?[ :]*$")


@lru_cache(maxsize=8192)
def _says_changed(line: str) -> bool:
    return plain(line).startswith((*_CHANGED, "last updated"))


@lru_cache(maxsize=8192)
def shows_time(text: str) -> bool:
    """Whether a text is there to print a time, with no more beside it than a name or a label."""
    clean = " ".join(text.split())
    if not prints_time(clean):
        return False
    found = told(clean)
    rest = plain(found.rest).strip(SIGNS) if found else ""
    return (
        not rest
        or rest in words(FILE, "beside_time")
        or rest in label_words()
        or bool(people(found.rest if found else ""))
    )


@lru_cache(maxsize=8192)
def people(line: str) -> tuple[str, ...]:
    """Names of people that a line without a mark may give."""
    found = names(line) if line else ()
    return found if found and 1 < len(found[0].split()) <= 4 else ()
