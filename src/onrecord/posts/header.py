"""The places found in a post → who signs it, and what the small words beside its time say."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import chain

from onrecord.posts.dom import Dom
from onrecord.posts.elements import Range
from onrecord.posts.marks import FILE, Mark
from onrecord.posts.people import names
from onrecord.posts.scan import LINES, LONGEST_HEADER, SIGNS, Found, label_words, people
from onrecord.posts.tongues import told
from onrecord.posts.words import plain, words

_DEPTH = 8
_KINDS = ("analysis", "opinion", "comment")
_OTHERS = frozenset(["summary", "recap", "advertisement", "sponsored", "advert"])
_NONE: frozenset[str] = frozenset()
_EDGES = SIGNS + " \n\t\u00a0"

Part = tuple[int, list[str]]
"""A place, and the lines of its words."""


def header(page: Dom, clock: int, post: Range, found: Found) -> list[Part]:
    """What stands beside the time in its own small part of the post: author, label."""
    return [(i, lines(page, i)) for i in _beside(page, clock, post, found)]


def _beside(page: Dom, clock: int, post: Range, found: Found) -> list[int]:
    at = clock
    for _ in range(_DEPTH):
        around = page.above[at]
        if around <= post[0] or not _small(page, around, found):
            break
        at = around
    if at != clock:
        return [at]
    around = page.above[clock]
    if around < post[0]:
        return []
    beside = list(page.children(around))
    place = beside.index(clock) if clock in beside else 0
    near = [i for i in beside[max(0, place - 1) : place + 2] if i != clock and post[0] < i < post[1]]
    return [
        i
        for i in near
        if page.tags[i] not in ("p", "figure", "ul") and page.size(i, page.ends[i]) < 80 and _small(page, i, found)
    ]


def _small(page: Dom, i: int, found: Found) -> bool:
    end, letters, told = page.ends[i], page.letters, page.told
    if letters[end] - letters[i] > LONGEST_HEADER or told[end] - told[i] > 60:
        return False
    return bisect_left(found.headings, i) == bisect_left(found.headings, end)


def lines(page: Dom, i: int) -> list[str]:
    """Its words, text by text, without the signs between them and what the author is."""
    end, marks, texts = page.ends[i], page.marks, page.texts
    out = []
    j = i
    while j < end:
        if marks[j] & (Mark.ROLE | Mark.HIDDEN) and j != i and not marks[j] & Mark.NAME:
            j = page.ends[j]
            continue
        if texts[j] and (line := texts[j].strip(_EDGES)):
            out.append(" ".join(line.split()))
        j += 1
    return out


def labels(page: Dom, parts: Iterable[Part]) -> frozenset[str]:
    """The labels among the words beside the time."""
    out = [
        found
        for part, own in parts
        for line in (own if len(own) == 1 else (page.line(part), *own))
        if (found := _known_label(line))
    ]
    return frozenset(out) if out else _NONE


@lru_cache(maxsize=8192)
def is_no_news(line: str) -> bool:
    """Whether a line beside the time tells no more than time, name or label."""
    known = plain(line).strip(" :.|")
    if len(known.split()) < 2 or known in label_words():
        return True
    return bool(people(line)) or told(line) is not None


@cache
def labels_of(flag: str) -> frozenset[str]:
    """The labels of posts that are "key" or "pinned"."""
    return words(LINES, f"{flag}_label") | words(FILE, f"{flag}_label")


@lru_cache(maxsize=8192)
def _known_label(line: str) -> str:
    """The label that a line is, "" for none."""
    if not 1 < len(line) < 50:
        return ""
    found = label(line)
    return found if found in label_words() or found.startswith(_KINDS) or found in _OTHERS else ""


@lru_cache(maxsize=8192)
def label(line: str) -> str:
    """A line as the word lists write labels."""
    return plain(line).strip(SIGNS + ".")


def authors(page: Dom, bylines: Sequence[int], clock: int | None, beside: Iterable[Part]) -> tuple[str, ...]:
    """Who signs a post: by what is marked as a byline, else by a name in or beside the time."""
    if len(bylines) == 1 and (own := _signed(page, bylines[0])):
        return own if len(own) < 2 else tuple(dict.fromkeys(own))
    for place, node in enumerate(bylines):
        near = [b for b in bylines[place:] if page.above[b] == page.above[node]]
        found = tuple(dict.fromkeys([name for b in near for name in _signed(page, b)]))
        if found:
            return found
    for line in [] if clock is None else chain([page.line(clock)], *(own for _, own in beside)):
        if found := _named(line):
            return found
    return ()


@lru_cache(maxsize=8192)
def _named(line: str) -> tuple[str, ...]:
    if (known := label(line)) in label_words() or known in words(LINES, "chrome_exact"):
        return ()
    when = told(line)
    return people(when.rest if when else line)


def _signed(page: Dom, byline: int) -> tuple[str, ...]:
    """The names that a byline gives: of its parts marked as names or links, else of its words."""
    if page.ends[byline] - byline == 2:
        return _signature(page.line(byline))
    return tuple(_signed_in_parts(page, byline))


@lru_cache(maxsize=8192)
def _signature(line: str) -> tuple[str, ...]:
    """The names of a byline that is one text."""
    line = unsigned(line.strip(SIGNS))
    return () if plain(line) in words(FILE, "before_name") else names(line)


def unsigned(line: str) -> str:
    """A byline without "Von", "Par" and the like."""
    first, _, rest = line.partition(" ")
    return rest if rest and plain(first) in words(FILE, "byline_words") and rest[:1].isupper() else line


def _signed_in_parts(page: Dom, byline: int) -> Iterator[str]:
    end = page.ends[byline]
    inside = [j for j in range(byline + 1, end) if page.marks[j] & Mark.NAME or page.tags[j] == "a"]
    inside = [j for j in inside if page.size(j, page.ends[j]) and not page.marks[j] & Mark.ROLE]
    for j in inside:
        yield from names(unsigned(page.line(j)))
    if not inside:
        own = [unsigned(line) for line in lines(page, byline) if plain(line) not in words(FILE, "before_name")]
        first = names(own[0]) if own else ()
        yield from first or names(" ".join(own))
        if first and len(own) > 1:
            yield from (name for line in own[1:] if line.count(" ") < 4 for name in people(line))
