"""Tellings that were touched → the events to take out and to put in, with what hangs together around them.

Two rounds follow each other: tellings into events, then posts into threads (`rethread`). Each works on some of what was
touched, in one state of the record, and what others have not yet folded is left aside.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from sqlalchemy import Connection

from onrecord import desk, recall, scored, versions
from onrecord.around import Around, around, links_steps
from onrecord.events import folding, nesting
from onrecord.events.event import event_of
from onrecord.events.linkage import Groups
from onrecord.events.traits import Traits
from onrecord.model import Event, Rulings
from onrecord.pages import brief
from onrecord.store import codec, decisions, derived, facts, links
from onrecord.store import events as stored_events
from onrecord.store import tellings as stored_tellings
from onrecord.store import versions as stored_versions
from onrecord.store.rows import Step, chunks

AT_ONCE = 120
"""Tellings, or posts, that are folded in one round."""
_WRITTEN = 60
"""Tellings of which the events are written at once."""

# -- rulings of the desk -----------------------------------------------------------------------------------------------


def rulings_round(connection: Connection, number: int, most: int = AT_ONCE) -> list[Step] | None:
    """Writes that put the pairs of tellings that the desk ruled on right; None when nothing of it was touched."""
    names = links.touched_names(connection, number, "ruling", most)
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


def tellings_round(connection: Connection, number: int, most: int = AT_ONCE) -> list[Step] | None:
    """Writes that fold some of the touched tellings; None when none is touched."""
    names = links.touched_names(connection, number, "telling", most)
    if not names:
        return None
    shelf = _Shelf(connection, number)
    shelf.fetch(names)
    alive = [name for name in names if name in shelf.posts and name not in shelf.gone]
    found = around(connection, number, "telling", folding.CUT, names, _new_links(shelf, alive))
    gone, fresh, posts = _changes(shelf, found)
    scores = list(scored.steps(number, found.pieces, found.nodes, shelf.known, shelf.marks))
    steps: list[Step] = [partial(_touch_posts, number=number, posts=chunk) for chunk in chunks(posts)]
    for old, new in _turns(gone, fresh):
        beside = [(codec.dump(nesting.told_event(event)), brief.dump(brief.of(event))) for event in new]
        steps.append(partial(_put_events, number=number, gone=old, fresh=new, beside=beside))
    done = (partial(_tellings_done, number=number, names=chunk) for chunk in chunks(names))
    return [*steps, *links_steps(number, found), *scores, *done]


def _turns(gone: Mapping[str, Sequence[str]], fresh: Sequence[Event]) -> Iterator[tuple[list[str], list[Event]]]:
    """(events to take out, events to put in) by turns, after each of which every telling is in one event as before."""
    home = {name: event for event, names in gone.items() for name in names}
    places = {event: n for n, event in enumerate(gone)}
    groups = Groups(len(gone) + len(fresh))
    for n, event in enumerate(fresh, len(gone)):
        for telling in event.tellings:
            if telling.id in home:
                groups.join(n, places[home[telling.id]])
    names, out, put = list(gone), list[str](), list[Event]()
    for group in groups.all():
        out += [names[n] for n in group if n < len(gone)]
        put += [fresh[n - len(gone)] for n in group if n >= len(gone)]
        if len(out) + sum(len(event.tellings) for event in put) >= _WRITTEN:
            yield out, put
            out, put = [], []
    if out or put:
        yield out, put


def _touch_posts(connection: Connection, number: int, posts: Sequence[str]) -> None:
    links.touch(connection, number, "post", posts, derived.tick(connection))


def _put_events(
    connection: Connection,
    number: int,
    gone: Sequence[str],
    fresh: Sequence[Event],
    beside: Sequence[tuple[bytes, bytes]],
) -> None:
    stored_events.write(connection, number, gone, fresh, beside)
    links.touch(connection, number, "event", {*gone, *(event.id for event in fresh)}, derived.tick(connection))


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
        self.marks: dict[str, bytes] = {}
        """Telling → what stands for it as it is kept."""

    def fetch(self, names: Iterable[str]) -> None:
        """Have these at hand."""
        wanted = [name for name in names if name not in self.posts]
        heads = stored_tellings.heads(self.connection, self.number, wanted)
        self.posts.update((head.id, f"{head.page} {head.post}") for head in heads)
        self.marks.update((head.id, head.mark) for head in heads)
        self.gone.update(head.id for head in heads if head.gone)
        self.known.update(recall.traits_by_name(self.connection, self.number, heads))


def _new_links(shelf: _Shelf, alive: Sequence[str]) -> links.Links:
    """The links of touched tellings: to each other, and to all that were folded before."""
    mine = set(alive)
    sharing = stored_tellings.sharing(shelf.connection, shelf.number, alive)
    partners = _partners(_rulings(shelf.connection, shelf.number, alive))
    met = {name for names in (*sharing.values(), *partners.values()) for name in names}
    others = sorted(met - mine)
    waiting = links.waiting(shelf.connection, shelf.number, "telling", others)
    shelf.fetch(name for name in others if name not in waiting)
    out: links.Links = {}
    for name in alive:
        beside = sorted(sharing.get(name, set()) - waiting)
        out[name] = folding.links_to(shelf.known[name], [shelf.known[other] for other in beside])
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


def _changes(shelf: _Shelf, found: Around) -> tuple[dict[str, tuple[str, ...]], list[Event], list[str]]:
    """(events to take out with their tellings, events to put in, posts that tell any of them or were touched)."""
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
    return stale, fresh, posts


# -- public ids --------------------------------------------------------------------------------------------------------


def public_round(connection: Connection, number: int, most: int = AT_ONCE, *, publish: bool) -> list[Step] | None:
    """Writes that keep new events' ids and touched events' versions, if they are to be public; None for none."""
    names = links.touched_names(connection, number, "event", most)
    if not names:
        return None
    steps: list[Step] = []
    if publish:
        entries = stored_events.entries(connection, number, names)
        rows, none = versions.fresh(connection, number, names)
        steps.append(lambda c: facts.publish(c, "event", entries))
        steps.append(partial(stored_versions.keep, rows=rows, gone=none))
    return [*steps, partial(links.done, number=number, kind="event", names=names)]
