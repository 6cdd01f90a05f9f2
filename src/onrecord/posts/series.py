"""The tree of a live page → the ranges that are its posts: they repeat, and each has a time of its own."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from onrecord.posts.alive import is_live
from onrecord.posts.dom import Dom
from onrecord.posts.elements import LEAST, Range, has_id, id_kind, id_names, own_id, prints_time, shape
from onrecord.posts.marks import Given, Mark, id_attributes

_JOINTS = re.compile(r"[#/:_-]")
_DEPTH = 25
_LEAST_LETTERS = 20
"""So many letters a post has on average; fewer is a list of clocks."""
_MOST = 5000


def post_ranges(page: Dom, known: Collection[str] = (), title: str = "", own: str | None = None) -> list[Range]:
    """The ranges of the page's posts in page order; none on a page without live coverage.

    `known` are ids that metadata give to posts: elements with such an id, and all that look the same, are posts.
    `own` is the page's address.
    """
    marked = [i for i, mark in enumerate(page.marks) if mark & Mark.UPDATE]
    if marked:
        return _once(page, [(i, page.ends[i]) for i in _outermost(page, marked)])
    named = _by_id(page, known) if known else []
    if named and len(named) >= min(LEAST, len(known)):
        return _once(page, named)
    return _once(page, _series(page, title, own))


def _once(page: Dom, ranges: Sequence[Range]) -> list[Range]:
    """In page order, without what was taken down, and without copies: of two with one id the one in the feed stays."""
    names = id_names([page.given[a] for a, _ in ranges])
    company = Counter(page.above[a] for a, _ in ranges)
    kept: dict[str, Range] = {}
    out = []
    for start, end in sorted(ranges):
        if "data-tombstone" in page.given[start]:
            continue
        own = own_id(page, (start, end), names)
        if own is None:
            out.append((start, end))
        elif own not in kept or _better(page, (start, end), kept[own], company):
            kept[own] = (start, end)
    return sorted([*out, *kept.values()])


def _better(page: Dom, new: Range, old: Range, company: Counter[int]) -> bool:
    """Whether a copy of a post is the better one: among more posts, or fuller."""
    ours, theirs = company[page.above[new[0]]], company[page.above[old[0]]]
    return ours > theirs if ours != theirs else page.size(*new) > page.size(*old)


# -- ids ---------------------------------------------------------------------------------------------------------------


def _by_id(page: Dom, known: Collection[str]) -> list[Range]:
    """Elements whose own id is one of the known ones, or ends in one, and all that stand beside them alike."""
    named = _named(page, wanted(frozenset(known)))
    if not named:
        return []
    whole = [_widened(page, i, named) for i in named]
    found = _outermost(page, dict.fromkeys(whole))
    parents = Counter(page.above[i] for i in found)
    feeds = {p for p, count in parents.items() if count > 1}
    shapes = {shape(page, i) for i in found if page.above[i] in feeds}
    held = set(found)
    alike = [
        c for p in feeds for c in page.children(p) if c not in held and shape(page, c) in shapes and has_id(page, c)
    ]
    every = sorted([*found, *alike])
    return _headed(page, every) if _are_heads(page, every) else [(i, page.ends[i]) for i in every]


@lru_cache(maxsize=4)
def wanted(known: frozenset[str]) -> Collection[str]:
    """Known ids, and how they end."""
    return {*known, *(tail for i in known if len(tail := _tail(i)) > 2)}


def is_named(given: Given, known: Collection[str]) -> bool:
    """Whether an element's id is one of those, or ends in one."""
    names = id_attributes()
    return any(v in known or _tail(v) in known for n in given if n in names and (v := given[n]))


def _named(page: Dom, known: Collection[str]) -> list[int]:
    return [
        i for i, mark in enumerate(page.marks)
        if mark & Mark.NAMED and page.tags[i] not in ("input", "meta") and is_named(page.given[i], known)
    ]  # fmt: skip


def _widened(page: Dom, i: int, named: Sequence[int]) -> int:
    """The element, or where it is but an anchor, heading or clock of its post, what holds it and no other post."""
    if page.tags[i] not in ("a", "span", "time", "h1", "h2", "h3", "h4", "h5", "h6", "header", "meta", "link"):
        return i
    widest = i
    for around in page.parents(i):
        if bisect_left(named, page.ends[around]) - bisect_left(named, around) > 1:
            break
        widest = around
    return widest


def _tail(own: str) -> str:
    """What follows the last sign of an id: `block-12ab` → `12ab`."""
    return own if own.isalnum() else _JOINTS.split(own)[-1]


# -- series ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Series:
    """Ranges of one shape."""

    ranges: list[Range]
    size: int
    """Letters outside of links; 0 for teasers, whose words are links."""


def _series(page: Dom, title: str, own: str | None) -> list[Range]:
    """The largest series of ranges that each hold a time and words of their own."""
    marked, bare = _clocks(page)
    for clocks in (marked, [*marked, *bare] if bare else []):
        best = _largest(page, clocks)
        if best and is_live(page, best.ranges, best.size, title, own):
            return _with_neighbours(page, best.ranges)
    return []


def _clocks(page: Dom) -> tuple[list[int], list[int]]:
    """Elements that are marked to print or hold a time, and those whose words alone show that they do."""
    marked: list[int] = []
    bare: list[int] = []
    clock, unseen = Mark.CLOCK, Mark.HIDDEN
    for i, mark in enumerate(page.marks):
        if mark & clock and not mark & unseen and page.tags[i] not in ("main", "body"):
            marked.append(i)
    for i, text in page.clocks.items():
        around = page.above[i]
        if around >= 0 and not page.marks[around] & clock and prints_time(text):
            (marked if _timed(page, around) else bare).append(around)
    marked.sort()
    return marked[: 2 * _MOST], bare[: 2 * _MOST]


def _timed(page: Dom, i: int) -> bool:
    around = page.above[i]
    return bool((page.marks[i] | (page.marks[around] if around >= 0 else 0)) & Mark.TIMED)


def _largest(page: Dom, clocks: Iterable[int]) -> Series | None:
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    shapes: dict[int, str] = {}
    seen: set[int] = set()
    for clock in clocks:
        for child, parent in _steps(page, clock):
            if child in seen:
                break
            seen.add(child)
            a = shapes.get(parent) or shapes.setdefault(parent, shape(page, parent))
            b = shapes.get(child) or shapes.setdefault(child, shape(page, child))
            groups[a, b].append(child)
    found = [_measured(page, nodes) for nodes in groups.values() if len(nodes) >= LEAST]
    found = [s for s in found if s.size]
    if not found:
        return None
    most = max(s.size for s in found)
    return max((s for s in found if s.size >= 0.6 * most), key=lambda s: (len(s.ranges), s.size))


def _steps(page: Dom, clock: int) -> Iterator[tuple[int, int]]:
    """The element and its ancestors, each with its parent; none for one that lies in comments or teasers."""
    chain = [clock]
    for around in page.parents(clock):
        chain.append(around)
        if len(chain) > _DEPTH:
            break
    if any(page.marks[i] & Mark.OUTSIDE for i in chain[1:]):
        return iter(())
    return pairwise(chain)


def _measured(page: Dom, nodes: Sequence[int]) -> Series:
    """The series as elements, or as heads with what follows each, if that is where the words are."""
    nodes = _outermost(page, nodes[:_MOST])
    nodes = _narrowed(page, nodes)
    ranges = [(i, page.ends[i]) for i in nodes]
    if _are_heads(page, nodes):
        ranges = _headed(page, nodes)
    whole = sum(page.size(a, b) for a, b in ranges)
    linked = sum(page.linked[b] - page.linked[a] for a, b in ranges)
    worded = whole > max(40, _LEAST_LETTERS * len(ranges))
    return Series(ranges, whole - linked if worded and linked < 0.6 * whole else 0)


def _narrowed(page: Dom, nodes: list[int]) -> list[int]:
    """Where elements without ids each hold little more than one that has an id and a heading of its own: that."""
    if any(page.marks[i] & Mark.NAMED for i in nodes):
        return nodes
    inner = [_inner(page, i) for i in nodes]
    return nodes if None in inner else [i for i in inner if i is not None]


def _inner(page: Dom, i: int) -> int | None:
    end = page.ends[i]
    headings = [j for j in range(i, min(end, i + _MOST)) if page.marks[j] & Mark.HEADING]
    if len(headings) < 2:
        return None
    at = i
    for _ in range(4):
        at = next((c for c in page.children(at) if 2 * page.size(c, page.ends[c]) > page.size(i, end)), -1)
        if at < 0:
            return None
        if page.marks[at] & Mark.NAMED:
            own = any(at <= j < page.ends[at] for j in headings)
            return at if own and not at <= headings[0] < page.ends[at] else None
    return None


def _are_heads(page: Dom, nodes: Sequence[int]) -> bool:
    """Whether the elements only head their posts: little stands in each, and most in what comes behind it."""
    if len(nodes) < LEAST or len({page.above[i] for i in nodes}) > 1:
        return False
    inside = sum(page.size(i, page.ends[i]) for i in nodes)
    return inside < 0.4 * sum(page.size(a, b) for a, b in _headed(page, nodes))


def _headed(page: Dom, nodes: Sequence[int]) -> list[Range]:
    """Each element with what follows it up to the next one."""
    stops = [*nodes[1:], page.ends[page.above[nodes[-1]]]]
    return list(zip(nodes, stops, strict=True))


def _outermost(page: Dom, nodes: Iterable[int]) -> list[int]:
    """The elements that lie in no other of them, in page order."""
    out: list[int] = []
    for i in sorted(nodes):
        if not out or i >= page.ends[out[-1]]:
            out.append(i)
    return out


def _with_neighbours(page: Dom, ranges: Sequence[Range]) -> list[Range]:
    """The series with elements of the same shape beside them whose time is missing, if they have an id alike."""
    starts = {a for a, _ in ranges}
    if any(b != page.ends[a] for a, b in ranges):
        return list(ranges)
    parents = Counter(page.above[a] for a in starts)
    shapes = {shape(page, a) for a in starts}
    kinds = {id_kind(page, a) for a in starts} - {""}
    if not kinds:
        return list(ranges)
    beside = (
        c for p, count in parents.items() if count >= LEAST and p >= 0 for c in page.children(p) if c not in starts
    )
    more = [
        (c, page.ends[c])
        for c in beside
        if id_kind(page, c) in kinds and (shape(page, c) in shapes or _alike(page, c, ranges[0][0]))
    ]
    return sorted([*ranges, *more])


def _alike(page: Dom, i: int, post: int) -> bool:
    """Whether an element is a post of another kind than its neighbour: it has an id alike, and a clock."""
    if page.tags[i] != page.tags[post] or page.marks[i] & (Mark.OUTSIDE | Mark.FURNITURE):
        return False
    named = id_attributes()
    if named & page.given[i].keys() != named & page.given[post].keys():
        return False
    end = page.ends[i]
    return any(i < place < end for place in page.clocks) or any(page.marks[j] & Mark.CLOCK for j in range(i, end))
