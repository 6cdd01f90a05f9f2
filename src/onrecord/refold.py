"""Tellings and posts that were touched → the events to take out and to put in, with what hangs together around them.

Two rounds follow each other: tellings into events, then posts into threads, which say what is part of what. Each works
on some of what was touched, in one state of the record, and what others have not yet folded is left aside. A piece of
the record that is not linked to what was touched stays as it is (`events.pieces`), so that the cost is that of the
neighbourhood and not that of the record.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

from sqlalchemy import Connection

from onrecord import desk, events
from onrecord.events import folding, nesting
from onrecord.events.event import event_of
from onrecord.events.nesting import ToldPost
from onrecord.events.pieces import Cut, Graph, Piece
from onrecord.events.same import PostWords, Traits, traits
from onrecord.model import Event, Rulings, Telling
from onrecord.store import decisions, derived, facts, links
from onrecord.store import events as stored_events
from onrecord.store import tellings as stored_tellings
from onrecord.store.rows import Step, chunks

AT_ONCE = 120
"""Tellings, or posts, that are folded in one round."""
_NODES = 10
"""Nodes of which the links are written at once."""


@dataclass(frozen=True, slots=True)
class Around:
    """The links around touched nodes, before and after."""

    kind: str
    nodes: frozenset[str]
    """What was touched."""
    fresh: Mapping[str, Mapping[str, float]]
    """Its links, as they are to be."""
    pieces: tuple[Piece, ...]
    """All that may have changed, as it hangs together now."""
    affected: frozenset[str]
    """All nodes of which the piece may have changed, gone ones too."""


def around(
    connection: Connection, number: int, kind: str, cut: Cut, nodes: Sequence[str], fresh: links.Links
) -> Around:
    """What hangs together with touched nodes, of which `fresh` holds those that there still are.

    A node that goes can change the pieces that its neighbours are in without it; one that comes, those that its
    neighbours were in. Whole pieces of before and after lie in what is given.
    """
    mine = frozenset(nodes)
    load = _Kept(connection, number, kind)
    old = load(nodes)
    beside = {other for known in (*old.values(), *fresh.values()) for other in known} - mine
    rest = Graph(lambda names: _without(load(names), mine), cut).pieces(beside)
    affected = mine.union(*(piece.nodes for piece in rest))
    back = _turned(fresh)

    def now(names: Sequence[str]) -> links.Links:
        stored = _without(load([name for name in names if name not in mine]), mine)
        return {name: {**stored.get(name, {}), **back.get(name, {}), **fresh.get(name, {})} for name in names}

    pieces = Graph(now, cut).pieces((affected - mine) | fresh.keys())
    return Around(kind, mine, fresh, tuple(pieces), affected)


class _Kept:
    """Links as they are kept, each asked for once."""

    def __init__(self, connection: Connection, number: int, kind: str) -> None:
        self._load = partial(links.load, connection, number, kind)
        self._known: links.Links = {}

    def __call__(self, nodes: Sequence[str]) -> links.Links:
        wanted = [node for node in nodes if node not in self._known]
        found = self._load(wanted) if wanted else {}
        self._known.update((node, found.get(node, {})) for node in wanted)
        return {node: self._known[node] for node in nodes}


def _without(found: links.Links, nodes: frozenset[str]) -> links.Links:
    return {
        name: {other: weight for other, weight in known.items() if other not in nodes}
        for name, known in found.items()
        if name not in nodes
    }


def _turned(fresh: links.Links) -> links.Links:
    out: links.Links = defaultdict(dict)
    for name, known in fresh.items():
        for other, weight in known.items():
            out[other][name] = weight
    return out


def _links_steps(number: int, found: Around) -> Iterator[Step]:
    for chunk in chunks(sorted(found.nodes), _NODES):
        some = {name: found.fresh.get(name, {}) for name in chunk}
        yield partial(links.put, number=number, kind=found.kind, fresh=some)


# -- rulings of the desk -----------------------------------------------------------------------------------------------


def rulings_round(connection: Connection, number: int) -> list[Step] | None:
    """Writes that put the pairs of tellings that the desk ruled on right; None when nothing of it was touched."""
    names = links.touched_names(connection, number, "ruling", AT_ONCE)
    if not names:
        return None
    held = desk.active(desk.taken(row.change, row.id, row.detail) for row in decisions.load(connection))
    named = {(n.decision, n.at): n.name for n in decisions.named(connection, number) if n.name}
    found = desk.rulings(held, named)
    new = frozenset({("same", *pair) for pair in found.same} | {("apart", *pair) for pair in found.apart})
    put = partial(decisions.put_pairs, number=number, old=decisions.pairs(connection, number), new=new)
    return [put, partial(links.done, number=number, kind="ruling", names=names)]


def _rulings(connection: Connection, number: int, names: Iterable[str]) -> Rulings:
    """What the desk ruled on any of these tellings."""
    found = decisions.about(connection, number, names)
    return Rulings(frozenset(found["same"]), frozenset(found["apart"]))


# -- tellings into events ----------------------------------------------------------------------------------------------


def tellings_round(connection: Connection, number: int) -> list[Step] | None:
    """Writes that fold some of the touched tellings, the first all at once; None when none is touched."""
    names = links.touched_names(connection, number, "telling", AT_ONCE)
    if not names:
        return None
    shelf = _Shelf(connection, number)
    shelf.fetch(names)
    alive = [name for name in names if name in shelf.posts and name not in shelf.gone]
    found = around(connection, number, "telling", folding.CUT, names, _new_links(shelf, alive))
    gone, fresh, posts = _changes(shelf, found)
    put = partial(_put_events, number=number, gone=gone, fresh=fresh, posts=posts)
    return [put, *_links_steps(number, found), partial(_tellings_done, number=number, names=names)]


def _put_events(
    connection: Connection, number: int, gone: Sequence[str], fresh: Sequence[Event], posts: Sequence[str]
) -> None:
    stored_events.write(connection, number, gone, fresh)
    tick = derived.tick(connection)
    links.touch(connection, number, "post", posts, tick)
    links.touch(connection, number, "event", [event.id for event in fresh], tick)


def _tellings_done(connection: Connection, number: int, names: Sequence[str]) -> None:
    links.done(connection, number, "telling", names)
    stored_tellings.clear(connection, number, names)


class _Shelf:
    """Tellings as they were fetched, and what comparing needs of them."""

    def __init__(self, connection: Connection, number: int) -> None:
        self.connection = connection
        self.number = number
        self.known: dict[str, Traits] = {}
        self.posts: dict[str, str] = {}
        """Telling → its post."""
        self.gone: set[str] = set()

    def fetch(self, names: Iterable[str]) -> None:
        """Have these at hand."""
        wanted = [name for name in names if name not in self.posts]
        rows = stored_tellings.rows(self.connection, self.number, wanted)
        words = stored_tellings.words_of(self.connection, self.number, ((r[1], r[2]) for r in rows))
        for name, page, post, gone, stored in rows:
            self.posts[name] = f"{page} {post}"
            self.known[name] = _traits(stored, words[page, post])
            if gone:
                self.gone.add(name)


@lru_cache(maxsize=1 << 14)
def _traits(stored: bytes, words: bytes) -> Traits:
    """The traits of a telling as it is kept. Those of late are remembered: the next post mostly meets them again."""
    return traits(stored_tellings.decoded(stored, stored_tellings.words_in(words)), _post_words(words))


@lru_cache(maxsize=1 << 12)
def _post_words(words: bytes) -> PostWords:
    return PostWords(stored_tellings.words_in(words))


def _new_links(shelf: _Shelf, alive: Sequence[str]) -> links.Links:
    """The links of touched tellings: to each other, and to all that were folded before."""
    mine = set(alive)
    keys = {name: events.keys(shelf.known[name].telling) or (name,) for name in alive}
    every = sorted({key for known in keys.values() for key in known})
    sharing = stored_tellings.sharing(shelf.connection, shelf.number, every)
    partners = _partners(_rulings(shelf.connection, shelf.number, alive))
    met = {name for names in (*sharing.values(), *partners.values()) for name in names}
    others = sorted(met - mine)
    waiting = links.waiting(shelf.connection, shelf.number, "telling", others)
    shelf.fetch(name for name in others if name not in waiting)
    out: links.Links = {}
    for name in alive:
        beside = {other for key in keys[name] for other in sharing.get(key, ()) if other not in waiting}
        out[name] = folding.links_to(shelf.known[name], [shelf.known[other] for other in sorted(beside)])
        together = partners.get(name, set()) - waiting
        out[name].update((other, folding.RULED) for other in sorted(together) if other in shelf.known)
    return out


def _partners(rulings: Rulings) -> dict[str, set[str]]:
    """Telling → those that the desk put together with it."""
    out: dict[str, set[str]] = defaultdict(set)
    for a, b in rulings.same:
        out[a].add(b)
        out[b].add(a)
    return out


def _changes(shelf: _Shelf, found: Around) -> tuple[list[str], list[Event], list[str]]:
    """(events to take out, events to put in, posts that tell any of them or were touched)."""
    connection, number = shelf.connection, shelf.number
    stale = stored_events.of_tellings(connection, number, sorted(found.affected))
    shelf.fetch(name for piece in found.pieces for name in piece.nodes)
    same = {names: event for event, names in stale.items() if found.nodes.isdisjoint(names)}
    fresh: list[Event] = []
    ruled = _rulings(connection, number, [name for piece in found.pieces for name in piece.nodes])
    for names in (names for piece in found.pieces for names in folding.parted(piece, shelf.known, ruled)):
        event = same.get(tuple(names))
        if event is None:
            fresh.append(event_of([shelf.known[name] for name in names]))
        else:
            del stale[event]
    told = {name for names in stale.values() for name in names} | {t.id for e in fresh for t in e.tellings}
    shelf.fetch(told)
    posts = sorted({shelf.posts[name] for name in told | found.nodes if name in shelf.posts})
    return sorted(stale), fresh, posts


# -- posts into threads ------------------------------------------------------------------------------------------------


def posts_round(connection: Connection, number: int) -> list[Step] | None:
    """Writes that see anew what is part of what around some of the touched posts; None when none is touched."""
    names = links.touched_names(connection, number, "post", AT_ONCE)
    if not names:
        return None
    desk = _Desk(connection, number)
    desk.fetch(names)
    found = around(connection, number, "post", nesting.CUT, names, _posts_links(desk, names))
    desk.fetch(name for piece in found.pieces for name in piece.nodes)
    steps: list[Step] = [partial(stored_events.put_parts, number=number, parts=_parts(desk, found))]
    steps += _links_steps(number, found)
    for chunk in chunks(names, _NODES):
        slots = {name: nesting.slots(desk.posts[name]) if name in desk.posts else [] for name in chunk}
        steps.append(partial(links.put_slots, number=number, fresh=slots))
    return [*steps, partial(links.done, number=number, kind="post", names=names)]


class _Desk:
    """Posts as they were fetched, with the tellings of theirs that events hold."""

    def __init__(self, connection: Connection, number: int) -> None:
        self.connection = connection
        self.number = number
        self.posts: dict[str, ToldPost] = {}
        self.told: dict[str, Telling] = {}
        self._asked: set[str] = set()

    def fetch(self, names: Iterable[str]) -> None:
        """Have these posts at hand, so far as they tell events."""
        wanted = sorted(set(names) - self._asked)
        self._asked.update(wanted)
        places = [(name.partition(" ")[0], name.partition(" ")[2]) for name in wanted]
        words = stored_tellings.words_of(self.connection, self.number, places)
        held: defaultdict[str, list[tuple[Telling, str]]] = defaultdict(list)
        for name, page, post, stored, event in stored_tellings.of_posts(self.connection, self.number, places):
            telling = self.told[name] = _traits(stored, words[page, post]).telling
            held[nesting.post_name(telling)].append((telling, event))
        self.posts.update((name, nesting.post_of(sorted(told, key=lambda t: t[0].id))) for name, told in held.items())

    def events(self, names: Sequence[str]) -> list[Event]:
        """These events with their tellings."""
        rows = stored_events.rows(self.connection, self.number, names)
        wanted = {name for row in rows.values() for name in row[2] if name not in self.told}
        shelf = _Shelf(self.connection, self.number)
        shelf.fetch(sorted(wanted))
        self.told.update((name, known.telling) for name, known in shelf.known.items())
        return [stored_events.whole(row, self.told) for row in rows.values()]


def _posts_links(desk: _Desk, names: Sequence[str]) -> links.Links:
    """The links of touched posts: to each other, and to all that were seen before."""
    mine = {name: desk.posts[name] for name in names if name in desk.posts}
    slots = {name: nesting.slots(post) for name, post in mine.items()}
    shared = links.in_slots(desk.connection, desk.number, sorted({s for known in slots.values() for s in known}))
    for name, known in slots.items():
        for slot in known:
            shared.setdefault(slot, []).append(name)
    tellers = stored_events.posts_of(desk.connection, desk.number, sorted({e for p in mine.values() for e in p.events}))
    beside = {
        name: {other for slot in slots[name] for other in shared.get(slot, ())}
        | {other for event in post.events for other in tellers.get(event, ())}
        for name, post in mine.items()
    }
    others = sorted({other for known in beside.values() for other in known} - set(names))
    waiting = links.waiting(desk.connection, desk.number, "post", others)
    desk.fetch(other for other in others if other not in waiting)
    out: links.Links = {}
    for name, post in mine.items():
        met = [desk.posts[o] for o in sorted(beside[name] - waiting) if o in desk.posts]
        out[name] = nesting.links_to(post, [other for other in met if other.day == post.day])
    return out


def _parts(desk: _Desk, found: Around) -> dict[str, str | None]:
    """Event → what it is part of now, where that is another than before."""
    named = sorted({event for piece in found.pieces for name in piece.nodes for event in desk.posts[name].events})
    by_id = {event.id: event for event in desk.events(named)}
    above: dict[str, str] = {}
    for piece in found.pieces:
        above.update(nesting.wholes(piece, desk.posts, by_id))
    return {
        event.id: above.get(event.id)
        for event in by_id.values()
        if event.part_of != above.get(event.id) and nesting.at_home_in(event, found.affected)
    }


# -- public ids --------------------------------------------------------------------------------------------------------


def public_round(connection: Connection, number: int, *, publish: bool) -> list[Step] | None:
    """Writes that keep the ids of new events for good, if they are to be public; None when there are none."""
    names = links.touched_names(connection, number, "event", AT_ONCE)
    if not names:
        return None
    steps: list[Step] = []
    if publish:
        entries = {name: list(row[2]) for name, row in stored_events.rows(connection, number, names).items()}
        steps.append(lambda c: facts.publish(c, "event", entries))
    return [*steps, partial(links.done, number=number, kind="event", names=names)]
