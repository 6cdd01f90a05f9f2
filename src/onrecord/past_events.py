"""Tellings of another time → the events that they told then: kept ones where nothing differed, else folded again."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cached_property

from sqlalchemy import Connection

from onrecord import events, scored
from onrecord.events import folding
from onrecord.events.event import event_id, event_of, explained_of
from onrecord.events.pieces import Graph, Piece
from onrecord.events.traits import Traits
from onrecord.model import Event, Telling
from onrecord.pages import brief
from onrecord.pages.brief import Part
from onrecord.past import Past, as_kept, unchanged
from onrecord.recall import times_by_name, traits_by_name, traits_of
from onrecord.store import events as stored_events
from onrecord.store import links
from onrecord.store import scores as stored_scores
from onrecord.store import tellings as stored_tellings
from onrecord.store.rows import each, fetch

Group = tuple[str, ...]
"""The tellings of one event, in order."""
MANY = 1000
"""Of so many tellings most are in events that were closed by then: which were not is worked out for all at once."""

_PLACES = """
SELECT t.id, t.page, t.post FROM json_each(?) j
CROSS JOIN tellings t INDEXED BY tellings_place ON t.generation = ? AND t.id = j.value
"""
_EVENTS = """
SELECT h.happening, h.event, h.among, h.until FROM json_each(?) j
CROSS JOIN event_happenings h ON h.generation = ? AND h.happening = j.value
"""
_KEYS = """
SELECT k.telling, k.key FROM json_each(?) j
CROSS JOIN telling_keys k ON k.generation = ? AND k.telling = j.value
"""
_SHARING = """
SELECT k.key, k.telling, t.page, t.post FROM json_each(?) j
CROSS JOIN telling_keys k ON k.generation = ?2 AND k.key = j.value
CROSS JOIN tellings t INDEXED BY tellings_place ON t.generation = ?2 AND t.id = k.telling
"""


class PastEvents:
    """Which tellings told which events in a view."""

    def __init__(self, connection: Connection, past: Past) -> None:
        self.connection = connection
        self.past = past
        self.number = past.number
        query = "SELECT id, post FROM tellings WHERE generation = ? AND page = ?"
        self.now = {
            page: [
                row
                for row in fetch(connection, query, past.number, page)
                if page not in past.cut or row[1] in past.places[page]
            ]
            for page in past.told
        }
        """Pages that said something else → what they tell now, as (telling, post)."""
        self.same = unchanged(connection, past)
        """Tellings of pages that said something else which are told as now."""
        self.other = self._others()
        """Tellings that were others than now, or bound by other rulings."""
        self._known: dict[str, Traits] = {}
        self._marks: dict[str, tuple[bytes, datetime | None]] = {}
        """Telling → the digest of how it was told then (`tellings.mark_of`), and its time."""
        self._posts: dict[str, str] = {}
        """Kept tellings of which it is known where they stand."""
        self._standing: set[str] = set()
        """Those of them which were told then as they are now."""
        self._home: dict[str, Group] = {}
        self._kept: dict[Group, str] = {}
        self._made: dict[Group, Event] = {}
        self._outlines: dict[Group, Event] = {}
        self._tellers: dict[Group, Mapping[str, int]] = {}
        self._fresh: links.Links = {}
        self._back: dict[str, dict[str, float]] = defaultdict(dict)
        self._now: links.Links = {}
        self._fetched: links.Links = {}
        self._met: set[str] = set()
        """Kept tellings of which the links to all others are known."""
        self._graph = Graph(self._full, folding.CUT)
        self._present = Graph(self._linked, folding.CUT)

    # -- tellings ------------------------------------------------------------------------------------------------------

    def there(self, name: str, page: str, post: str) -> bool:
        """True for a kept telling of that post which was told then as it is now."""
        if name in self.past.ruled:
            return False
        return self.past.stands(page, post) or name in self.same

    def _others(self) -> dict[str, Telling]:
        told = {name: t for name, t in self.past.tellings.items() if name not in self.same}
        ruled = [r for r in stored_tellings.rows(self.connection, self.number, sorted(self.past.ruled)) if not r.gone]
        kept = {r.id: stored_tellings.decoded(r.telling, stored_tellings.words_in(r.words)) for r in ruled
                if self.past.stands(r.page, r.post)}  # fmt: skip
        return {**kept, **told}

    @cached_property
    def _keys(self) -> dict[str, tuple[str, ...]]:
        """The block keys of tellings that were others."""
        return {name: events.keys(t) or (name,) for name, t in self.other.items()}

    @cached_property
    def _holders(self) -> dict[str, set[str]]:
        """Block key → those of them that have it."""
        out: defaultdict[str, set[str]] = defaultdict(set)
        for name, own in self._keys.items():
            for key in own:
                out[key].add(name)
        return out

    @cached_property
    def _partners(self) -> dict[str, set[str]]:
        """Telling → those that the desk put together with it."""
        out: defaultdict[str, set[str]] = defaultdict(set)
        for a, b in self.past.rulings.same:
            out[a].add(b)
            out[b].add(a)
        return out

    def _link(self, names: Iterable[str]) -> None:
        """The links of these tellings that were others, to all that they met."""
        todo = [name for name in names if name not in self._fresh]
        if not todo:
            return
        beside = self._beside(todo)
        partners = {name: self._partners.get(name, set()) for name in todo}
        near = self._there({n for mine in partners.values() for n in mine if n not in self.other})
        self._fetch({*todo, *near}.union(*beside.values()))
        for name in todo:
            met = [self._known[other] for other in sorted(beside[name])]
            self._fresh[name] = folding.links_to(self._known[name], met)
            together = (other for other in partners[name] if other in near or other in self.other)
            self._fresh[name].update((other, folding.RULED) for other in together)
            for other, weight in self._fresh[name].items():
                if other not in self.other:
                    self._back[other][name] = weight

    def _beside(self, names: Sequence[str]) -> dict[str, set[str]]:
        """Each of these tellings that were others → those that shared a key with it."""
        wanted = {key for name in names for key in self._keys[name]}
        holders = {key: set(self._holders[key]) for key in wanted}
        for key, name, page, post in fetch(self.connection, _SHARING, each(wanted), self.number):
            if self.there(name, page, post):
                holders[key].add(name)
        return {name: {o for key in self._keys[name] for o in holders[key]} - {name} for name in names}

    def _meet(self, names: Iterable[str]) -> None:
        """The links of these kept tellings to those that were others, where they are not known."""
        todo = [name for name in names if name not in self._met]
        self._met.update(todo)
        if len(self._fresh) == len(self.other) or not todo:
            return
        meets: defaultdict[str, set[str]] = defaultdict(set)
        for name, key in fetch(self.connection, _KEYS, each(todo), self.number):
            meets[name].update(other for other in self._holders.get(key, ()) if other not in self._fresh)
        together = {name: self._partners.get(name, set()) & self.other.keys() for name in todo}
        self._fetch({name for name, mine in meets.items() if mine}.union(*meets.values()))
        for name in todo:
            beyond = sorted(meets.get(name, ()))
            found = folding.links_to(self._known[name], [self._known[o] for o in beyond]) if beyond else {}
            found.update((other, folding.RULED) for other in together[name])
            if found:
                self._back[name].update(found)

    def _there(self, names: Collection[str]) -> set[str]:
        """Those of these kept tellings which were told then as they are now."""
        self.locate(names)
        return self._standing.intersection(names)

    def locate(self, names: Iterable[str]) -> None:
        """Have at hand where these kept tellings stand, and whether they were told then as they are now."""
        wanted = [name for name in names if name not in self._posts]
        if wanted:
            self.located(fetch(self.connection, _PLACES, each(wanted), self.number))

    def located(self, rows: Iterable[tuple[str, str, str]]) -> set[str]:
        """Note where kept tellings stand; those of them which were told then as they are now."""
        out = set()
        for name, page, post in rows:
            self._posts[name] = f"{page} {post}"
            if self.there(name, page, post):
                out.add(name)
        self._standing |= out
        return out

    def alive(self, names: Iterable[str]) -> set[str]:
        """Those of these tellings that were told then."""
        wanted = set(names)
        return {name for name in wanted if name in self.other} | self._there(wanted)

    def _fetch(self, names: Iterable[str]) -> None:
        wanted = [name for name in names if name not in self._known]
        for name in wanted:
            if name in self.other:
                self._take(name, *as_kept(self.other[name]))
        kept = [name for name in wanted if name not in self.other]
        heads = stored_tellings.heads(self.connection, self.number, kept)
        found = traits_by_name(self.connection, self.number, heads)
        self._known.update(found)
        self._marks.update((head.id, (head.mark, found[head.id].time)) for head in heads)

    def _take(self, name: str, stored: bytes, words: bytes) -> None:
        mark = stored_tellings.mark_of(stored, words)
        self._known[name] = known = traits_of(stored, words, mark)
        self._marks[name] = mark, known.time

    def traits(self, names: Collection[str]) -> list[Traits]:
        """What comparing needs of these tellings."""
        self._fetch(names)
        return [self._known[name] for name in names]

    # -- links ---------------------------------------------------------------------------------------------------------

    def _linked(self, names: Iterable[str]) -> links.Links:
        """Kept links as they are now."""
        wanted = {name for name in names if name not in self._now}
        if wanted:
            found = links.load(self.connection, self.number, "telling", wanted)
            self._now.update((name, found.get(name, {})) for name in wanted)
        return {name: self._now[name] for name in names}

    def _rest(self, names: Sequence[str]) -> links.Links:
        """Kept links among tellings that were told then as now."""
        wanted = {name for name in names if name not in self._fetched}
        if wanted:
            found = self._linked(wanted)
            self.locate(set().union(*found.values()))
            told = self._standing
            for node, known in found.items():
                all_told = known.keys() <= told
                self._fetched[node] = known if all_told else {o: known[o] for o in known.keys() & told}
            self._meet(wanted)
        return {name: self._fetched[name] for name in names}

    def _full(self, names: Sequence[str]) -> links.Links:
        """The links of that time."""
        rest = self._rest([name for name in names if name not in self.other])
        self._link(name for name in names if name in self.other)
        out = {name: {**known, **self._back[name]} if name in self._back else known for name, known in rest.items()}
        out.update((name, self._fresh[name]) for name in names if name in self.other)
        return out

    # -- events --------------------------------------------------------------------------------------------------------

    def homes(self, names: Collection[str]) -> dict[str, Group]:
        """Each of these tellings, which were told then → the event that it was in."""
        todo = [name for name in names if name not in self._home]
        if len(todo) > MANY or len(self._fresh) == len(self.other):
            todo = self._open(todo)
        if todo:
            pieces = [piece for piece in self._graph.pieces(todo) if piece.nodes[0] not in self._home]
            same = {piece.nodes for piece in pieces if self._alike(piece)}
            self._keep(piece for piece in pieces if piece.nodes in same)
            self._fold([piece for piece in pieces if piece.nodes not in same])
        return {name: self._home[name] for name in names}

    def _alike(self, piece: Piece) -> bool:
        """True for a piece that hangs together in the same way now."""
        if not self.other.keys().isdisjoint(piece.nodes):
            return False
        mine = set(piece.nodes)
        beyond = [(name, other) for name in mine for other in self._now[name].keys() - mine]
        if not beyond:
            return True
        levels = folding.CUT.levels
        tied = bisect_right(
            levels, max(self._now[name][other] for name, other in beyond)
        )  # at the first level at which it is tied to nothing else
        if tied == len(levels) or not self._tied(piece, levels[tied]):
            return False
        return piece.whole or self._present.large(piece.nodes[0], tied - 1)

    def _tied(self, piece: Piece, level: float) -> bool:
        """True where links so strong hold the piece together."""
        left = set(piece.nodes[1:])
        edge = [piece.nodes[0]]
        while edge and left:
            links_of = self._now[edge.pop()]
            reached = {other for other in links_of.keys() & left if links_of[other] >= level}
            left -= reached
            edge += reached
        return not left

    def _open(self, names: Sequence[str]) -> list[str]:
        """Those of these tellings that are not in events which were closed by then; these are as they are kept."""
        if not self.past.closed or not names:
            return list(names)
        out: list[str] = []
        several: set[str] = set()
        found = {row[0]: row for row in fetch(self.connection, _EVENTS, each(names), self.number)}
        for name in names:
            _, event, among, until = found.get(name, (name, "", 0, "~"))
            if until > self.past.closed or name in self._odd or name in self.other:
                out.append(name)
            elif among == 1:
                group: Group = (name,)
                self._home[name] = group
                self._kept[group] = event
            else:
                several.add(event)
        for event, group in stored_events.groups(self.connection, self.number, several).items():
            self._kept[group] = event
            self._home.update((name, group) for name in group)
        return out

    @cached_property
    def _odd(self) -> frozenset[str]:
        """Tellings that hang together with any that were others, or bound by other rulings, though closed by then."""
        if not self.past.closed:
            return frozenset()
        self._link(self.other)
        now = (name for names in self.now.values() for name, _ in names if name not in self.same)
        edge = self._closed({*self._back, *self.past.ruled, *now})
        out: set[str] = set()
        while edge:
            out |= edge
            found = links.load(self.connection, self.number, "telling", edge)
            edge = self._closed({other for known in found.values() for other in known} - out)
        return frozenset(out)

    def _closed(self, names: Collection[str]) -> set[str]:
        """Those of these tellings that were in events which were closed by then."""
        rows = fetch(self.connection, _EVENTS, each(names), self.number)
        return {name for name, _, _, until in rows if until <= self.past.closed}

    def _keep(self, pieces: Iterable[Piece]) -> None:
        """The events of pieces that hang together as they do now."""
        names: list[str] = []
        for piece in pieces:
            if len(piece.nodes) > 1:
                names += piece.nodes
            else:  # an event of its own
                self._home[piece.nodes[0]] = piece.nodes
                self._kept[piece.nodes] = event_id(piece.nodes[0])
        for event, group in stored_events.of_tellings(self.connection, self.number, names).items():
            self._kept[group] = event
            self._home.update((name, group) for name in group)

    def _fold(self, pieces: Sequence[Piece]) -> None:
        self._fetch([name for piece in pieces if not scored.large(piece) for name in piece.nodes])
        large = [name for piece in pieces if scored.large(piece) for name in piece.nodes]
        self._mark(large)
        kept = dict(stored_scores.load(self.connection, self.number, large)) if large else {}
        groups = [tuple(group) for piece in pieces for group in self._parted(piece, kept)]
        for group in groups:
            self._home.update((name, group) for name in group)
        entries = stored_events.entries(self.connection, self.number, [event_id(group[0]) for group in groups])
        for group in groups:
            name = event_id(group[0])
            if entries.get(name) == list(group) and not any(n in self.other for n in group):
                self._kept[group] = name

    def _mark(self, names: Iterable[str]) -> None:
        """Have at hand the marks and times of these tellings."""
        self._fetch(name for name in names if name in self.other)
        heads = stored_tellings.heads(self.connection, self.number, [n for n in names if n not in self._marks])
        for name, mark, time in times_by_name(self.connection, self.number, heads):
            self._marks[name] = mark, time

    def _parted(self, piece: Piece, kept: Mapping[str, bytes]) -> list[list[str]]:
        """The tellings of each event in a piece. Of large ones no more is fetched than what scores are not kept of."""
        if not scored.large(piece):
            return folding.parted(piece, self._known, self.past.rulings)
        names = folding.in_time(piece, {name: self._marks[name][1] for name in piece.nodes})
        rows = scored.matrix(names, {name: self._marks[name][0] for name in names}, kept, self._traits)
        return [[names[n] for n in found] for found in folding.clustered(names, rows, self.past.rulings)]

    def _traits(self, names: Collection[str]) -> dict[str, Traits]:
        self._fetch(names)
        return {name: self._known[name] for name in names}

    def kept(self, group: Group) -> bool:
        """True for an event that is as it was, but for what it is part of."""
        return group in self._kept

    def load(self, groups: Collection[Group], *, explained: bool = True) -> list[Event]:
        """These events; what they are part of is as it is kept, or not set. `explained`: with history and reasons."""
        names = {self._kept[group] for group in groups if group in self._kept}
        out = stored_events.load(self.connection, self.number, names) if names else []
        make = self.made if explained else self.outline
        return [*out, *(make(group) for group in groups if group not in self._kept)]

    def parts(self, groups: Collection[Group]) -> list[Part]:
        """What lines of other events show of these."""
        names = [self._kept[group] for group in groups if group in self._kept]
        out = list(map(brief.load_part, stored_events.bare(self.connection, self.number, names)))
        return [*out, *(brief.part(self.outline(group)) for group in groups if group not in self._kept)]

    def made(self, group: Group) -> Event:
        """The event of these tellings, folded."""
        if group not in self._made:
            self._made[group] = explained_of(self.outline(group), self.traits(group))
        return self._made[group]

    def outline(self, group: Group) -> Event:
        """The same without its history and reasons."""
        if group not in self._outlines:
            self._outlines[group] = event_of(self.traits(group), explained=False)
        return self._outlines[group]

    def posts(self, groups: Collection[Group]) -> dict[Group, Mapping[str, int]]:
        """Each event → the posts that told it, and how many of its tellings stood in each."""
        todo = [group for group in groups if group not in self._tellers]
        where = self.post_of({name for group in todo for name in group}) if todo else {}
        for group in todo:
            self._tellers[group] = Counter(where[name] for name in group)
        return {group: self._tellers[group] for group in groups}

    def post_of(self, names: Collection[str]) -> dict[str, str]:
        """Telling → its post, as "page post"."""
        told = self.past.tellings
        self.locate(name for name in names if name not in told)
        return {n: f"{told[n].page} {told[n].post}" if n in told else self._posts[n] for n in names}
