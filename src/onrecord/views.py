"""A record and a point on its two axes of time → what it showed there, worked out in memory."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import islice
from typing import Self

from sqlalchemy import Connection, create_engine

from onrecord import desk
from onrecord.derive import Told
from onrecord.desk import Taken
from onrecord.events import fold
from onrecord.history import PageHistory
from onrecord.model import Event, RevisionView
from onrecord.pages import brief
from onrecord.pages.brief import Placed
from onrecord.pages.rundown import Ranked, chosen, ranked_of
from onrecord.store import codec, derived, facets, facts, search
from onrecord.store import events as stored_events
from onrecord.store.facets import Slice
from onrecord.store.rows import stamp
from onrecord.upkeep import Upkeep, taken


@dataclass(frozen=True, slots=True)
class View:
    """Which state of the record is meant; the present one by default."""

    as_of: datetime | None = None
    """As it could be known at that moment of public time."""
    recorded: int | None = None
    """As the record was after that change number."""
    since: datetime | None = None
    """Only posts public at that moment or later, and events that such a post tells."""

    @property
    def present(self) -> bool:
        """True for the state that the derived tables hold."""
        return self.as_of is None and self.recorded is None


def pages(upkeep: Upkeep, view: View) -> list[Told]:
    """Every page as the view has it."""
    reader = None
    with upkeep.record.reading() as connection:
        held = decisions(connection, view)
        if view.recorded is not None:
            reader = facts.reader_at(connection, view.recorded)
    bearing = defaultdict[str, list[Taken]](list)
    for one in held:
        for page in one.decision.pages:
            bearing[page].append(one)
    return [
        upkeep.tell(page, history, view.as_of, reader, bearing.get(page, ()))
        for page, history in _histories(upkeep, view)
    ]


def decisions(connection: Connection, view: View) -> list[Taken]:
    """The decisions of the desk that hold in the view."""
    return desk.active(desk.until(taken(connection), view.as_of, view.recorded))


def _histories(upkeep: Upkeep, view: View) -> list[tuple[str, PageHistory]]:
    with upkeep.record.reading() as connection:
        if view.recorded is None:
            stored = derived.all_histories(connection, derived.generation(connection))
            return [(page, codec.load(PageHistory, history)) for page, history in stored]
        names = facts.page_ids(connection)
        made = [(name, upkeep.history_at(connection, name, view.recorded)) for name in names]
    return [(name, history) for name, history in made if history.until]


def posts(told: Sequence[Told]) -> list[RevisionView]:
    """The posts of these pages, newest first, those of one time in page order."""
    placed = [(view, page.page, at) for page in told for at, view in enumerate(page.views)]
    placed.sort(key=lambda p: (p[1], p[2]))
    placed.sort(key=lambda p: p[0].public_time, reverse=True)
    return [view for view, _, _ in placed]


def stream(told: Sequence[Told], asked: Slice) -> list[RevisionView]:
    """The slice of these pages' posts, as `facets.stream` gives it of the present ones."""
    return sliced([view for page in told for view in page.views], asked)


def sliced(known: Iterable[RevisionView], asked: Slice) -> list[RevisionView]:
    """The slice of these posts."""
    found = [(stamp(view.placed), view.page, view.post.id, view) for view in known]
    found.sort(key=lambda spot: spot[:3], reverse=not asked.oldest)
    wanted = set(asked.wanted.items())
    out = [spot[3] for spot in found if _beyond(spot[:3], asked) and wanted <= facets.of(spot[3])]
    return out[: asked.most]


def _beyond(spot: facets.Place, asked: Slice) -> bool:
    return asked.after is None or (spot > asked.after if asked.oldest else spot < asked.after)


def events(told: Sequence[Told], held: Sequence[Taken] = ()) -> list[Event]:
    """The events that these pages tell, under these decisions."""
    names = {(n.decision, n.at): n.name for page in told for n in page.named if n.name}
    rulings = desk.rulings(held, names)
    return sorted(fold((t for page in told for t in page.tellings), rulings), key=stored_events.first)


def found(shown: Sequence[RevisionView], query: str) -> Iterator[RevisionView]:
    """Those of the posts that the query finds, in their order."""
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        search.make(connection)
        for at, view in enumerate(shown):
            search.add(connection, 1, view.page, str(at), view.public_time, view.post.text)
        hits = sorted(int(post) for _, post in search.posts(connection, 1, query))
    engine.dispose()
    return (shown[at] for at in hits)


def holding(known: Sequence[Event], name: str, happenings: Sequence[str]) -> Event | None:
    """The event of that id, else the one that holds most of these happenings."""
    wanted = set(happenings)
    ranked = [(e.id != name, -len(wanted.intersection(t.id for t in e.tellings)), e.id, e) for e in known]
    best = min(ranked, key=lambda r: r[:3], default=None)
    return best[3] if best and (not best[0] or best[1]) else None


class Whole:
    """A record as a view has it, all of it worked out in memory: answers what `then.Then` does."""

    def __init__(self, told: Sequence[Told], held: Sequence[Taken]) -> None:
        self._told = told
        self._held = held

    @cached_property
    def _events(self) -> list[Event]:
        return events(self._told, self._held)

    def reading(self, _: Connection) -> AbstractContextManager[Self]:
        """As `Then.reading`: it reads nothing more."""
        return nullcontext(self)

    def forget(self) -> None:
        """As `Then.forget`: it does not hold itself."""

    def events(self, since: datetime | None = None) -> list[Event]:
        """The events that tellings of that moment or later tell, or all; in the order of their first tellings."""
        return [e for e in self._events if since is None or any(t.time and t.time >= since for t in e.tellings)]

    def told_in(self, start: datetime) -> list[Event]:  # noqa: ARG002 - all of them may be asked for
        """The events that a rundown from that moment on may show."""
        return self._events

    def ranked(self, start: datetime, until: datetime, most: int | None, *, explained: bool = True) -> Ranked:  # noqa: ARG002 - all are
        """What a rundown of that period tells at most."""
        picked = list(islice(chosen(map(brief.of, self._events), start, until), most))
        return ranked_of(picked, {event.id: event for event in self._events})

    def placed(self, since: datetime) -> list[Placed]:
        """What a map needs of the events that are told since then or pinned."""
        return [brief.placed(event) for event in self._events if brief.is_placed(brief.of(event), brief.mark(since))]

    def why(self, name: str) -> list[Event]:
        """The events that a statement or happening of that id tells."""
        return [e for e in self._events if any(name in (t.id, t.statement.id) for t in e.tellings)]

    def event(self, name: str, happenings: Sequence[str]) -> Event | None:
        """The event of that id, else the one that holds most of these happenings."""
        return holding(self._events, name, happenings)

    def told_by(self, page: str, post: str) -> list[Event]:
        """The events that a post told."""
        return [e for e in self._events if any((t.page, t.post) == (page, post) for t in e.tellings)]

    def around(self, event: Event) -> list[Event]:
        """The event that this one was part of, and those that were part of it."""
        return [e for e in self._events if e.id == event.part_of or e.part_of == event.id]

    def posts(self, since: datetime | None = None) -> list[RevisionView]:
        """The posts, newest first, those of one time in page order."""
        return [v for v in posts(self._told) if since is None or v.public_time >= since]

    def these(self, keys: Collection[tuple[str, str]]) -> dict[tuple[str, str], RevisionView]:
        """These posts, given as (page, post), as far as they were there."""
        found = (v for page in self._told for v in page.views)
        return {(v.page, v.post.id): v for v in found if (v.page, v.post.id) in keys}

    def anchored(self, anchor: str) -> RevisionView | None:
        """The post with that public id."""
        return next((v for v in posts(self._told) if v.anchor == anchor), None)

    def newest(self) -> datetime | None:
        """When the newest post became public."""
        return max((v.public_time for v in posts(self._told)), default=None)

    def stream(self, asked: Slice) -> list[RevisionView]:
        """A slice of the posts by the time of their first versions."""
        return stream(self._told, asked)

    def search(self, query: str, since: datetime | None = None) -> list[RevisionView]:
        """Posts that hold all the words, newest first."""
        return list(found(self.posts(since), query))

    def times(self) -> dict[str, int]:
        """How many posts stand in the stream at each hour, by its start in UTC (`2025-03-13T12`)."""
        hours = Counter(stamp(v.placed)[:13] for page in self._told for v in page.views)
        return dict(sorted(hours.items()))


def whole(upkeep: Upkeep, view: View) -> Whole:
    """The record as the view has it, all of it worked out."""
    with upkeep.record.reading() as connection:
        held = decisions(connection, view)
    return Whole(pages(upkeep, view), held)
