"""An element of a page → its id, and what it shares with its like."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import islice

from onrecord.posts.dom import LONGEST_CLOCK, Dom, clock_like
from onrecord.posts.marks import FILE, Given, Mark, shape_of
from onrecord.posts.tongues import told
from onrecord.posts.words import listing, words

LEAST = 2
"""So many elements of one shape make a series."""

Range = tuple[int, int]

_WORD = re.compile(r"[\w:#/.-]{2,100}")
_LIKE_ID = re.compile(r"(?!\d{10}(?:\d{3})?$|\d{4}-\d\d-\d\d)(?=.*\d)[\w:#.-]{6,64}")
"""What is surely no number in a list, no word and no time."""
_IDS = ("id", "-key", "guid", "uuid")


def prints_time(text: str) -> bool:
    """Whether a text is there to print a time of day, or how long ago."""
    clean = " ".join(text.split())
    if not 2 <= len(clean) <= LONGEST_CLOCK or not clock_like(clean):
        return False
    found = told(clean)
    return found is not None and (found.clock is not None or found.ago is not None) and len(found.rest.split()) <= 4


def id_names(given: Sequence[Given]) -> tuple[str, ...]:
    """The attributes that hold ids, first those by which the elements of a series differ."""
    every = listing(FILE, "id_attributes")
    if len(given) < LEAST:
        return every
    used = set().union(*given)
    telling = [n for n in every if n in used and 2 * len({v for g in given if (v := g.get(n))}) > len(given)]
    shared = set(given[0]).intersection(*given)
    weak = [n for n in listing(FILE, "weak_ids") if n in shared and _tells_all(given, n)]
    if not telling and not weak:
        others = (n for n in sorted(shared.difference(every)) if n.startswith("data-"))
        weak = [*islice((n for n in others if _tells_all(given, n, _LIKE_ID)), 1)]
    return (*telling, *weak, *(n for n in every if n not in telling and n != "name"))


@cache
def every_id() -> frozenset[str]:
    """All attributes that may hold ids."""
    return words(FILE, "id_attributes") | words(FILE, "weak_ids")


def _tells_all(given: Sequence[Given], name: str, word: re.Pattern[str] = _WORD) -> bool:
    """Whether an attribute gives each of a series a word of its own."""
    values = {g.get(name, "") for g in given}
    return len(values) == len(given) and all(map(word.fullmatch, values))


def own_id(page: Dom, post: Range, names: Sequence[str]) -> str | None:
    """The post's own id as the page prints it: its element's, else that of the one element that holds all of it."""
    start, end = post
    found = id_of(page.given[start], names)
    if found or page.ends[start] < end:
        return found
    return _near_id(page, start, end, names)


def id_of(given: Given, names: Sequence[str]) -> str | None:
    """The id that an element's attributes give: one of those named, else what calls itself one."""
    if not given:
        return None
    for name in names:
        if value := given.get(name):
            return value
    return next((v for k, v in given.items() if v and k.startswith("data-") and k.endswith(_IDS)), None)


def _near_id(page: Dom, start: int, end: int, names: Sequence[str]) -> str | None:
    """The id of an element right inside or around that holds the same words."""
    size = page.size(start, end)
    inside = start
    for _ in range(4):
        inside = next((c for c in page.children(inside) if 2 * page.size(c, page.ends[c]) > size), -1)
        if inside < 0:
            break
        if found := id_of(page.given[inside], names):
            return found
    for around in page.parents(start):
        if page.size(around, page.ends[around]) > size:
            break
        if found := id_of(page.given[around], names) or _anchor(page, around):
            return found
    return _anchor(page, start) or _heading_id(page, start, end)


def _anchor(page: Dom, i: int) -> str | None:
    """The name of an anchor without words that an element begins with."""
    first = next((c for c in page.children(i)), -1)
    if first < 0 or page.tags[first] != "a" or page.size(first, page.ends[first]):
        return None
    return page.given[first].get("id") or page.given[first].get("name")


def _heading_id(page: Dom, start: int, end: int) -> str | None:
    """The id of the first heading, or of the header that it stands in if that is numbered."""
    first = next((i for i in range(start, end) if page.marks[i] & Mark.HEADING), None)
    if first is None:
        return None
    around = page.above[first]
    held = page.given[around].get("id", "") if around > start and page.tags[around] == "header" else ""
    return page.given[first].get("id") or (held if any(map(str.isdecimal, held)) else None)


def has_id(page: Dom, i: int) -> bool:
    """Whether it has an id."""
    return bool(page.marks[i] & Mark.NAMED)


def shape(page: Dom, i: int) -> str:
    """What the elements of a series share: tag, kind, and first class without numbers."""
    return shape_of(page.tags[i], page.given[i])


def id_kind(page: Dom, i: int) -> str:
    """The part of an element's id that its neighbours share."""
    own = page.given[i].get("id") or page.given[i].get("data-id") or page.given[i].get("data-post-id") or ""
    return own and (re.split(r"[\d#/:_-]", own)[0] or "#")
