"""The tree of a live page → the ranges that are its posts: they repeat, and each has a time of its own."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from statistics import median

from onrecord.posts.dom import LONGEST_CLOCK, Dom, clock_like
from onrecord.posts.marks import FILE, Given, Mark, id_attributes, time_attributes, tokens
from onrecord.posts.moments import machine
from onrecord.posts.tongues import told
from onrecord.posts.words import listing, words

LEAST = 2
"""So many elements of one shape make a series."""

Range = tuple[int, int]

_JOINTS = re.compile(r"[#/:_-]")
_PARTED = re.compile(r"[-_]+")
_IDS = ("id", "-key", "guid", "uuid")
_DEPTH = 25
_LEAST_LETTERS = 20
"""So many letters a post has on average; fewer is a list of clocks."""
_MOST = 5000
_DAY = 86_400


def prints_time(text: str) -> bool:
    """Whether a text is there to print a time of day, or how long ago."""
    clean = " ".join(text.split())
    if not 2 <= len(clean) <= LONGEST_CLOCK or not clock_like(clean):
        return False
    found = told(clean)
    return found is not None and (found.clock is not None or found.ago is not None) and len(found.rest.split()) <= 4


def post_ranges(page: Dom, known: Collection[str] = (), title: str = "") -> list[Range]:
    """The ranges of the page's posts in page order; none on a page without live coverage.

    `known` are ids that metadata give to posts: elements with such an id, and all that look the same, are posts.
    """
    marked = [i for i, mark in enumerate(page.marks) if mark & Mark.UPDATE]
    if marked:
        return _once(page, [(i, page.ends[i]) for i in _outermost(page, marked)])
    named = _by_id(page, known) if known else []
    if named and len(named) >= min(LEAST, len(known)):
        return _once(page, named)
    return _once(page, _series(page, title))


def _once(page: Dom, ranges: Sequence[Range]) -> list[Range]:
    """In page order, without what was taken down, and without copies: of two with one id the one in the feed stays."""
    names = id_names(page, ranges)
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


def id_names(page: Dom, ranges: Sequence[Range]) -> tuple[str, ...]:
    """The attributes that hold ids, first those by which the elements of a series differ."""
    every = listing(FILE, "id_attributes")
    if len(ranges) < LEAST:
        return every
    given = [page.given[a] for a, _ in ranges]
    used = set().union(*given)
    telling = [n for n in every if n in used and 2 * len({v for g in given if (v := g.get(n))}) > len(ranges)]
    return (*telling, *(n for n in every if n not in telling and n != "name"))


def own_id(page: Dom, post: Range, names: Sequence[str]) -> str | None:
    """The post's own id as the page prints it: its element's, else that of the one element that holds all of it."""
    start, end = post
    found = _id_of(page.given[start], names)
    if found or page.ends[start] < end:
        return found
    return _near_id(page, start, end, names)


def _id_of(given: Given, names: Sequence[str]) -> str | None:
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
        if found := _id_of(page.given[inside], names):
            return found
    for around in page.parents(start):
        if page.size(around, page.ends[around]) > size:
            break
        if found := _id_of(page.given[around], names):
            return found
    first = next((c for c in page.children(start)), -1)
    if first >= 0 and page.tags[first] == "a" and not page.size(first, page.ends[first]):
        return page.given[first].get("id") or page.given[first].get("name")
    return _heading_id(page, start, end)


def _heading_id(page: Dom, start: int, end: int) -> str | None:
    headings = (i for i in range(start, end) if page.marks[i] & Mark.HEADING)
    return page.given[first].get("id") if (first := next(headings, None)) is not None else None


def _by_id(page: Dom, known: Collection[str]) -> list[Range]:
    """Elements whose own id is one of the known ones, or ends in one, and all that stand beside them alike."""
    named = _named(page, set(known) | {tail for i in known if len(tail := _tail(i)) > 2})
    if not named:
        return []
    whole = [_widened(page, i, named) for i in named]
    found = _outermost(page, dict.fromkeys(whole))
    parents = Counter(page.above[i] for i in found)
    feeds = {p for p, count in parents.items() if count > 1}
    shapes = {shape(page, i) for i in found if page.above[i] in feeds}
    held = set(found)
    alike = [
        c for p in feeds for c in page.children(p) if c not in held and shape(page, c) in shapes and _has_id(page, c)
    ]
    every = sorted([*found, *alike])
    return _headed(page, every) if _are_heads(page, every) else [(i, page.ends[i]) for i in every]


def _named(page: Dom, known: Collection[str]) -> list[int]:
    names = id_attributes()
    out = []
    for i, mark in enumerate(page.marks):
        if mark & Mark.NAMED and page.tags[i] not in ("input", "meta"):
            given = page.given[i]
            if any(v in known or _tail(v) in known for n in given if n in names and (v := given[n])):
                out.append(i)
    return out


def _widened(page: Dom, i: int, named: Sequence[int]) -> int:
    """The element, or where it is but an anchor, heading or clock of its post, what holds it and no other post."""
    if page.tags[i] not in ("a", "span", "time", "h1", "h2", "h3", "h4", "h5", "h6", "meta", "link"):
        return i
    widest = i
    for around in page.parents(i):
        if bisect_left(named, page.ends[around]) - bisect_left(named, around) > 1:
            break
        widest = around
    return widest


def _tail(own: str) -> str:
    """What follows the last sign of an id: `block-12ab` → `12ab`."""
    return _JOINTS.split(own)[-1]


def _has_id(page: Dom, i: int) -> bool:
    return bool(page.marks[i] & Mark.NAMED)


def shape(page: Dom, i: int) -> str:
    """What the elements of a series share: tag, kind, and first class without numbers."""
    given = page.given[i]
    return _shape(page.tags[i], given.get("class"), given.get("data-testid") or given.get("data-component"))


@lru_cache(maxsize=20_000)
def _shape(tag: str, classes: str | None, kind: str | None) -> str:
    every = (classes or "").split()
    first = [c for c in every if c.lower() not in words(FILE, "turns")][:1] or every[:1]
    return f"{tag}.{_unnumbered(first[0]) if first else ''}.{_unnumbered(kind or '')}"


def _unnumbered(name: str) -> str:
    """A name without what numbers it: `item-12ab` and `item2` → `item`, `x1-a` → `x`; long words stay."""
    head, *rest = _PARTED.split(name)
    bare = head.rstrip("0123456789")
    numbered = len(bare) < len(head)
    out = [bare]
    for part in rest:
        if not part.isalpha():
            numbered = True
        elif not numbered or len(part) > 2:
            out.append(part)
    return "-".join(out)


# -- series ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Series:
    """Ranges of one shape."""

    ranges: list[Range]
    size: int
    """Letters outside of links; 0 for teasers, whose words are links."""


def _series(page: Dom, title: str) -> list[Range]:
    """The largest series of ranges that each hold a time and words of their own."""
    marked, bare = _clocks(page)
    for clocks in (marked, [*marked, *bare] if bare else []):
        best = _largest(page, clocks)
        if best and _is_live(page, best, title):
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
    kinds = {_id_kind(page, a) for a in starts} - {""}
    if not kinds:
        return list(ranges)
    beside = (
        c for p, count in parents.items() if count >= LEAST and p >= 0 for c in page.children(p) if c not in starts
    )
    more = [
        (c, page.ends[c])
        for c in beside
        if _id_kind(page, c) in kinds and (shape(page, c) in shapes or _alike(page, c, ranges[0][0]))
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


def _id_kind(page: Dom, i: int) -> str:
    """The part of an element's id that its neighbours share."""
    own = page.given[i].get("id") or page.given[i].get("data-id") or page.given[i].get("data-post-id") or ""
    return own and (re.split(r"[\d#/:_-]", own)[0] or "#")


# -- is it live? -------------------------------------------------------------------------------------------------------


def _is_live(page: Dom, series: Series, title: str) -> bool:
    """Whether a series is live coverage: it holds most of the page's paragraphs, and has ids or says so."""
    ranges = series.ranges
    told = _told(page, ranges[0][0]) if ranges else 0
    inside = sum(page.told[b] - page.told[a] for a, b in ranges)
    if len(ranges) < LEAST or series.size < 0.5 * told or (told and inside < 0.4 * told and series.size < told):
        return False
    says = _says_live(page, ranges, title)
    if _teasers(page, ranges) or (not says and _spread(page, ranges) > _DAY):
        return False
    with_ids = sum(own_id(page, r, listing(FILE, "id_attributes")) is not None for r in ranges)
    return says or with_ids >= 0.8 * len(ranges)


def _told(page: Dom, first: int) -> int:
    """Letters in the page's paragraphs, without those of comments and teasers."""
    total = page.told[-1]
    end = 0
    for i, mark in enumerate(page.marks):
        if mark & Mark.OUTSIDE and i >= end and not i <= first < page.ends[i]:
            end = page.ends[i]
            total -= page.told[end] - page.told[i]
    return total


def _says_live(page: Dom, ranges: Sequence[Range], title: str) -> bool:
    first = ranges[0][0]
    if any(page.marks[i] & Mark.LIVE for i in (first, *page.parents(first))):
        return True
    return says_live(title)


def says_live(title: str) -> bool:
    """Whether a page's headline or address says that it is live."""
    return not tokens(title).isdisjoint(words(FILE, "live"))


def _teasers(page: Dom, ranges: Sequence[Range]) -> bool:
    """Whether most of them lead elsewhere: their headline is a link to another page."""
    return sum(_leads_away(page, r) for r in ranges) > 0.6 * len(ranges)


def _leads_away(page: Dom, post: Range) -> bool:
    start, end = post
    for i in range(start, end):
        if page.marks[i] & Mark.HEADING:
            link = next((j for j in range(i, page.ends[i]) if page.tags[j] == "a"), None)
            around = (
                link
                if link is not None
                else next((j for j in page.parents(i) if page.tags[j] == "a" and j >= start), None)
            )
            href = (page.given[around].get("href") or "") if around is not None else ""
            return bool(href) and "#" not in href and not re.search(r"[?&][\w-]*(?:post|block|entry|update)", href)
    return False


def _spread(page: Dom, ranges: Sequence[Range]) -> float:
    """Seconds between posts, most often; 0 where the times can't be told."""
    names = time_attributes()
    times = []
    for start, end in ranges[:200]:
        found = next(
            (
                m
                for i in range(start, end)
                if page.marks[i] & Mark.CLOCK
                for n in names & page.given[i].keys()
                if (m := machine(page.given[i][n]))
            ),
            None,
        )
        if found is not None:
            times.append(found.timestamp())
    return median([abs(b - a) for a, b in pairwise(times)]) if len(times) > 1 else 0.0
