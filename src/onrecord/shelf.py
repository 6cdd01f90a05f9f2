"""Tellings at hand → their links, and the events of pieces of them: all reading, for one process or for two at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import Connection

from onrecord import recall
from onrecord.events import folding, nesting
from onrecord.events.event import event_of
from onrecord.events.pieces import Piece
from onrecord.events.traits import Traits
from onrecord.model import Rulings
from onrecord.pages import brief
from onrecord.store import codec, decisions, links
from onrecord.store import events as stored_events
from onrecord.store import tellings as stored_tellings
from onrecord.store.events import Fresh

Group = tuple[str, ...]
"""The tellings of one event, in order."""
Made = tuple[Group, Fresh | None]
"""An event of a piece; none where it is there as it is."""


class Shelf:
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
        self._heads: dict[str, stored_tellings.Head] = {}

    def place(self, names: Iterable[str]) -> None:
        """Know where these stand."""
        wanted = {name for name in names if name not in self._heads}
        heads = stored_tellings.heads(self.connection, self.number, wanted)
        self._heads.update((head.id, head) for head in heads)
        self.posts.update((head.id, f"{head.page} {head.post}") for head in heads)
        self.marks.update((head.id, head.mark) for head in heads)
        self.gone.update(head.id for head in heads if head.gone)

    def fetch(self, names: Iterable[str]) -> None:
        """Have these at hand."""
        wanted = {name for name in names if name not in self.known}
        self.place(wanted)
        heads = [self._heads[name] for name in wanted if name in self._heads]
        self.known.update(recall.traits_by_name(self.connection, self.number, heads))


def new_links(shelf: Shelf, alive: Sequence[str], own: Sequence[str]) -> links.Links:
    """The links of some touched tellings: to other touched ones, at the one of the smaller id, and to all others."""
    mine = set(alive)
    sharing = stored_tellings.sharing(shelf.connection, shelf.number, own)
    partners = _partners(rulings(shelf.connection, shelf.number, own))
    met = set[str]().union(*sharing.values(), *partners.values())
    others = sorted(met - mine)
    waiting = links.waiting(shelf.connection, shelf.number, "telling", others)
    shelf.fetch(name for name in met if name not in waiting)
    out: links.Links = {}
    for name in own:
        beside = sorted(o for o in sharing.get(name, set()) - waiting if o > name or o not in mine)
        out[name] = folding.links_to(shelf.known[name], [shelf.known[other] for other in beside])
        together = partners.get(name, set()) - waiting
        out[name].update((other, folding.RULED) for other in sorted(together) if other in shelf.known)
    return out


def both_ways(found: links.Links, alive: Iterable[str]) -> links.Links:
    """The links of touched tellings, those to each other at both."""
    out: links.Links = {name: dict(found[name]) for name in alive}
    for name, known in found.items():
        for other, weight in known.items():
            if other in out:
                out[other][name] = weight
    return out


def rulings(connection: Connection, number: int, names: Iterable[str]) -> Rulings:
    """What the desk ruled on any of these tellings."""
    found = decisions.about(connection, number, names)
    return Rulings(frozenset(found["same"]), frozenset(found["apart"]))


def _partners(ruled: Rulings) -> dict[str, set[str]]:
    """Telling → those that the desk put together with it."""
    out: dict[str, set[str]] = defaultdict(set)
    for a, b in ruled.same:
        out[a].add(b)
        out[b].add(a)
    return out


def events_of(shelf: Shelf, pieces: Sequence[Piece], same: Collection[Group]) -> list[list[Made]]:
    """The events of each piece, ready to be kept; `same` are there as they are."""
    shelf.fetch(name for piece in pieces for name in piece.nodes)
    ruled = rulings(shelf.connection, shelf.number, [name for piece in pieces for name in piece.nodes])
    return [
        [(group, None if group in same else _fresh(shelf, group)) for group in map(tuple, parted)]
        for parted in (folding.parted(piece, shelf.known, ruled) for piece in pieces)
    ]


def _fresh(shelf: Shelf, group: Group) -> Fresh:
    event = event_of([shelf.known[name] for name in group])
    return stored_events.fresh_of(event, codec.dump(nesting.told_event(event)), brief.dump(brief.of(event)))
