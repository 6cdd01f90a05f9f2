"""A record and a point on its axes of time → the pages that showed something else there than they do now.

All other pages are as the derived tables hold them, or were not there yet, so that a view of another time costs what
changed around it and not what the record holds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from sqlalchemy import Connection

from onrecord import desk, prefixes, views
from onrecord.derive import Told
from onrecord.desk import Taken
from onrecord.history import PageHistory
from onrecord.model import RevisionView, Rulings, Telling
from onrecord.model.altered import altered
from onrecord.store import codec, decisions, derived, facts, links
from onrecord.store import prefixes as stored_prefixes
from onrecord.store import tellings as stored_tellings
from onrecord.store.rows import each, fetch, stamp
from onrecord.upkeep import Upkeep, taken
from onrecord.views import View

_NONE: frozenset[str] = frozenset()
_NEVER = "~"
_THERE = """
SELECT r.page, r.post, r.at FROM json_each(?) j
CROSS JOIN readings r INDEXED BY readings_page ON r.generation = ?2 AND r.page = j.value
WHERE r.public <= ?3
"""
_SPANS = (
    "SELECT page, min(placed), max(public) FROM readings INDEXED BY readings_page WHERE generation = ? GROUP BY page"
)


@dataclass(frozen=True)
class Past:
    """What differs between the present state and that of a view."""

    number: int
    """The generation of the present state."""
    told: Mapping[str, Told]
    """Pages that said something else, as they were; of those in `cut` the posts that did."""
    later: frozenset[str]
    """Pages that were not there yet."""
    rulings: Rulings
    ruled: frozenset[str]
    """Tellings of which the desk's rulings were others."""
    cut: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """Pages of which only some posts were there → those of them that were as they are now, with their places."""
    places: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """Those pages → the posts in `told`, with their places."""
    closed: str = ""
    """What all became public until then was as it is now, where nothing around it was otherwise (`stamp`)."""
    last: str = ""
    """When the last post became public of the pages that were as they are now."""

    def stands(self, page: str, post: str) -> bool:
        """True for a post of now that was there and as it is now."""
        if page in self.cut:
            return post in self.cut[page]
        return page not in self.told and page not in self.later

    @cached_property
    def otherwise(self) -> list[tuple[RevisionView, int]]:
        """The posts that were otherwise, with their places in their pages."""
        out = []
        for page, told in self.told.items():
            places = self.places.get(page)
            out += [(v, places[v.post.id] if places else at) for at, v in enumerate(told.views)]
        return out

    @cached_property
    def tellings(self) -> dict[str, Telling]:
        """What pages that said something else told."""
        return {t.id: t for told in self.told.values() for t in told.tellings}


def past(upkeep: Upkeep, connection: Connection, view: View) -> Past | None:
    """What was otherwise in that view; None where all of it has to be worked out: what was read otherwise then."""
    number = derived.generation(connection)
    if not links.settled(connection, number):
        return None
    if view.recorded is not None and facts.reader_at(connection, view.recorded):
        return None
    now, then = desk.active(taken(connection)), views.decisions(connection, view)
    bearing = (_by_page(now), _by_page(then))
    later, other = _pages(upkeep, connection, number, view, bearing)
    cut, places = _cut(connection, number, other, view, bearing)
    told = {page: _some(upkeep, connection, number, page, view, places[page]) for page in sorted(cut) if places[page]}
    for page in sorted(other - cut.keys()):
        found = _told(upkeep, connection, number, page, view, bearing)
        if found is None:
            continue
        if found.history.until and (found.views or found.tellings or found.named):
            told[page] = found
        else:
            later.add(page)
    pairs, held = decisions.pairs(connection, number), _pairs(connection, number, then, told, later)
    ruled = frozenset(name for _, *both in pairs ^ held for name in both)
    rulings = Rulings(*(frozenset((a, b) for kind, a, b in held if kind == wanted) for wanted in ("same", "apart")))
    spans = _spans(upkeep, connection, number)
    elsewhere = later | told.keys() | cut.keys()
    last = max((last for page, _, last in spans if page not in elsewhere), default="")
    closed = _closed(spans, later | told.keys(), view)
    return Past(number, told, frozenset(later), rulings, ruled, cut, places, closed, last)


def _closed(spans: Sequence[tuple[str, str, str]], other: Collection[str], view: View) -> str:
    """All that became public until then did so on pages that were as they are, and before the moment of the view."""
    at = stamp(view.as_of) if view.as_of else _NEVER
    if view.recorded is None or not other:
        return at
    return min(at, min((begun for page, begun, _ in spans if page in other), default=_NEVER)[:-1])


def _cut(
    connection: Connection, number: int, pages: Collection[str], view: View, bearing: Bearing
) -> tuple[dict[str, dict[str, int]], dict[str, dict[str, int]]]:
    """Pages that were as they are now but for some posts → posts that were as they are, and those that may not have."""
    if view.as_of is None or view.recorded is not None:
        return {}, {}
    at = stamp(view.as_of)
    mine = [page for page in pages if not any(page in held for held in bearing)]
    found = {page: prefixes.at(known, at) for page, known in stored_prefixes.load(connection, number, mine).items()}
    cut: dict[str, dict[str, int]] = {page: {} for page, places in found.items() if places is not None}
    other: dict[str, dict[str, int]] = {page: {} for page in cut}
    for page, post, place in fetch(connection, _THERE, each(cut), number, at):
        (other if place in (found[page] or ()) else cut)[page][post] = place
    return cut, other


def _some(upkeep: Upkeep, connection: Connection, number: int, page: str, view: View, posts: Collection[str]) -> Told:
    """What these posts of a page said."""
    stored = derived.history(connection, number, page)
    history = codec.load(PageHistory, stored[1]) if stored else PageHistory()
    return upkeep.tell(page, history, view.as_of, only=posts)


def _by_page(held: Iterable[Taken]) -> dict[str, list[Taken]]:
    out: defaultdict[str, list[Taken]] = defaultdict(list)
    for one in held:
        if one.decision.kind != "redact":
            for page in one.decision.pages:
                out[page].append(one)
    return dict(out)


Bearing = tuple[Mapping[str, Sequence[Taken]], Mapping[str, Sequence[Taken]]]
"""Page → decisions that bear on it, now and then."""


def _pages(
    upkeep: Upkeep, connection: Connection, number: int, view: View, bearing: Bearing
) -> tuple[set[str], set[str]]:
    """(pages that were not there yet, pages that may have said something else)."""
    later: set[str] = set()
    other = {page for held in bearing for page in held}
    if view.recorded is not None:
        newest, first = derived.changes_of_pages(connection, number), facts.first_of_pages(connection)
        since = {page for page, change in newest.items() if change > view.recorded}
        later |= {page for page in since - other if first.get(page, 0) > view.recorded}
        other |= since - later
    if view.as_of is not None:
        at = stamp(view.as_of)
        for page, begun, last in _spans(upkeep, connection, number):
            if last > at and page not in other and page not in later:
                (later if begun > at else other).add(page)
    return later, other - later


def _spans(upkeep: Upkeep, connection: Connection, number: int) -> Sequence[tuple[str, str, str]]:
    """(page, when its first post stands, when its last one became public), remembered while the record stays."""
    tick = derived.tick(connection)
    if upkeep.spans is None or upkeep.spans[0] != (number, tick):
        upkeep.spans = ((number, tick), fetch(connection, _SPANS, number))
    return upkeep.spans[1]


def _told(upkeep: Upkeep, connection: Connection, number: int, page: str, view: View, bearing: Bearing) -> Told | None:
    """What the page said; None if it is what it says."""
    stored = derived.history(connection, number, page)
    history = codec.load(PageHistory, stored[1]) if stored else PageHistory()
    now, then = (tuple(held.get(page, ())) for held in bearing)
    before = view.recorded is not None and history.change > view.recorded
    if before and view.recorded is not None:
        history = upkeep.history_at(connection, page, view.recorded)
    edited = view.as_of is not None and any(r.public > view.as_of for p in history.posts for r in p.revisions)
    if now == then and not before and not edited:
        return None
    return upkeep.tell(page, history, view.as_of, None, then)


def _pairs(
    connection: Connection, number: int, held: Sequence[Taken], told: Mapping[str, Told], later: set[str]
) -> decisions.Pairs:
    """The pairs that the decisions ruled on."""
    query = "SELECT page, decision, at, name FROM attached WHERE generation = ? AND name IS NOT NULL"
    rows = fetch(connection, query, number)
    names = {(decision, at): name for page, decision, at, name in rows if page not in told and page not in later}
    names |= {(n.decision, n.at): n.name for page in told.values() for n in page.named if n.name}
    found = desk.rulings(held, names)
    return frozenset({("same", *pair) for pair in found.same} | {("apart", *pair) for pair in found.apart})


def as_kept(telling: Telling) -> tuple[bytes, bytes]:
    """(the telling, the words of its post), as they would be kept."""
    return codec.dump(altered(telling, post_words=_NONE)), codec.dump(telling.post_words)


def unchanged(connection: Connection, found: Past) -> frozenset[str]:
    """Those tellings of the pages that said something else which are told in the same words now."""
    kept = stored_tellings.rows(connection, found.number, list(found.tellings))
    same = (r.id for r in kept if not r.gone and (r.telling, r.words) == as_kept(found.tellings[r.id]))
    return frozenset(same) - found.ruled
