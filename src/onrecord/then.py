"""Questions about another point in time → answers from the derived tables and from the pages that were otherwise then.

They are those that working out the whole view in memory (`views`) gives, which is kept for what is not local: views of
before another reader read the record again, and records that still wait for a fold.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from typing import Self

from sqlalchemy import Connection

from onrecord import views
from onrecord.events.event import event_id
from onrecord.model import Event, RevisionView, Telling
from onrecord.pages import brief
from onrecord.pages.brief import Brief, Placed
from onrecord.pages.rundown import Ranked, best, ranked
from onrecord.past import Past, past
from onrecord.past_events import Group, PastEvents
from onrecord.past_threads import PastThreads
from onrecord.store import codec, facets, search, shown
from onrecord.store import events as stored_events
from onrecord.store.facets import Slice
from onrecord.store.rows import each, fetch, stamp
from onrecord.upkeep import Upkeep
from onrecord.views import View

Key = tuple[str, str]
"""(page, post)."""
Spot = tuple[RevisionView, int]
"""A post with its place in its page."""

_SINCE = """
SELECT t.id, t.page, t.post FROM readings r
CROSS JOIN tellings t ON t.generation = r.generation AND t.page = r.page AND t.post = r.post
WHERE r.generation = ? AND r.public >= ? AND r.public <= ?
"""
_HOURS = """
SELECT substr(placed, 1, 13), count(*) FROM readings INDEXED BY readings_page
WHERE generation = ? AND public <= ? AND page NOT IN (SELECT value FROM json_each(?)) GROUP BY 1
"""
_HOURS_OF = """
SELECT r.page, r.post, substr(r.placed, 1, 13) FROM json_each(?) j
CROSS JOIN readings r INDEXED BY readings_page ON r.generation = ? AND r.page = j.value
"""
_NAMED = """
SELECT t.id, t.page, t.post FROM json_each(?) j
CROSS JOIN tellings t ON t.generation = ? AND t.id >= j.value AND t.id < j.value || '/'
"""


class Then:
    """A record as a view has it, while one transaction reads it."""

    def __init__(self, connection: Connection, past: Past, until: datetime | None) -> None:
        self._connection = connection
        self._past = past
        self._number = past.number
        self._end = stamp(until) if until else past.last
        """No post that was as it is became public later."""

    @classmethod
    def of(cls, upkeep: Upkeep, connection: Connection, view: View) -> Self | None:
        """That of the view; None where all of it has to be worked out."""
        found = past(upkeep, connection, view)
        return cls(connection, found, view.as_of) if found else None

    @contextmanager
    def reading(self, connection: Connection) -> Iterator[Self]:
        """With another transaction, which sees the record in the same state: what was worked out stays at hand."""
        before = self._connection
        self._read_from(connection)
        try:
            yield self
        finally:
            self._read_from(before)

    def _read_from(self, connection: Connection) -> None:
        self._connection = connection
        for made in ("_told", "_thread"):
            if made in vars(self):
                vars(self)[made].connection = connection

    def forget(self) -> None:
        """Let go of what was worked out, which holds itself."""
        for made in ("_thread", "_told"):
            if made in vars(self):
                vars(vars(self).pop(made)).clear()

    # -- events --------------------------------------------------------------------------------------------------------

    def events(self, since: datetime | None = None) -> list[Event]:
        """The events that tellings of that moment or later tell, or all; in the order of their first tellings."""
        found = self._load(self._since(since) if since else self._every())
        return [e for e in found if since is None or any(t.time and t.time >= since for t in e.tellings)]

    def told_in(self, start: datetime) -> list[Event]:
        """The events that a rundown from that moment on may show: those told since, and those that the desk marked."""
        return self._load(self._marked(start))

    def _marked(self, start: datetime) -> set[str]:
        marked = {m for pair in (*self._past.rulings.same, *self._past.rulings.apart) for m in pair}
        query = "SELECT name FROM attached WHERE generation = ? AND name IS NOT NULL"
        marked |= {str(row[0]) for row in fetch(self._connection, query, self._number)}
        marked |= {n.name for page in self._past.told.values() for n in page.named if n.name}
        return self._since(start) | self._named(marked)

    def ranked(self, start: datetime, until: datetime, most: int | None, *, explained: bool = True) -> Ranked:
        """What a rundown of that period tells at most. `explained`: its events have their history and reasons."""
        groups = {event_id(group[0]): group for group in self._groups(self._marked(start))}

        def nest(names: Sequence[str]) -> dict[str, str | None]:
            near = self._thread.inside([groups[name] for name in names])
            groups.update((event_id(group[0]), group) for group in near)
            return {event_id(group[0]): whole for group, whole in self._thread.parts(list(near)).items()}

        return ranked(
            best(self._briefs(groups), start, until, most, nest),
            lambda names: self._whole([groups[name] for name in names], explained=explained),
            lambda names: self._told.parts([groups[name] for name in names]),
        )

    def _briefs(self, groups: Mapping[str, Group]) -> list[Brief]:
        """What ranking needs of these events, but for what they are part of; in the order of their first tellings."""
        kept = [name for name, group in groups.items() if self._told.kept(group)]
        rows = stored_events.briefs(self._connection, self._number, kept)
        known = [(first, brief.load(name, None, stored)) for first, name, _, stored in rows]
        for group in groups.values():
            if not self._told.kept(group):
                made = self._told.outline(group)
                known.append((" ".join(stored_events.first(made)), brief.of(made)))
        return [found for _, found in sorted(known, key=lambda k: k[0])]

    def placed(self, since: datetime) -> list[Placed]:
        """What a map needs of the events that are told since then or pinned, in the order of their first tellings."""
        groups = self._groups(self._marked(since))
        kept = [event_id(group[0]) for group in groups if self._told.kept(group)]
        out = brief.placed_of(stored_events.lights(self._connection, self._number, kept), since)
        made = [self._told.outline(group) for group in groups if not self._told.kept(group)]
        mine = (event for event in made if brief.is_placed(brief.of(event), brief.mark(since)))
        out += ((" ".join(stored_events.first(event)), brief.placed(event)) for event in mine)
        return [found for _, found in sorted(out)]

    def why(self, name: str) -> list[Event]:
        """The events that a statement or happening of that id tells."""
        return self._load(self._named([name]))

    def event(self, name: str, happenings: Sequence[str]) -> Event | None:
        """The event of that id, else the one that holds most of these happenings."""
        groups = self._groups(self._told.alive(happenings))
        if not any(event_id(told) == name for told in (*happenings, *(group[0] for group in groups))):
            groups |= self._called(name)
        wanted = set(happenings)
        ranked = sorted(groups, key=lambda g: (event_id(g[0]) != name, -len(wanted.intersection(g)), event_id(g[0])))
        return self._whole(ranked[:1])[0] if ranked else None

    def told_by(self, page: str, post: str) -> list[Event]:
        """The events that a post told."""
        return self._load(self._of_post(page, post))

    def around(self, event: Event) -> list[Event]:
        """The event that this one was part of, and those that were part of it."""
        near = self._thread.inside([tuple(t.id for t in event.tellings)])
        return [e for e in self._whole(near) if e.id == event.part_of or e.part_of == event.id]

    @cached_property
    def _told(self) -> PastEvents:
        return PastEvents(self._connection, self._past)

    @cached_property
    def _thread(self) -> PastThreads:
        return PastThreads(self._connection, self._past, self._told)

    def _load(self, names: Collection[str]) -> list[Event]:
        return self._whole(self._groups(names))

    def _whole(self, groups: Collection[Group], *, explained: bool = True) -> list[Event]:
        return self._thread.events(groups, explained=explained) if groups else []

    def _groups(self, names: Collection[str]) -> set[Group]:
        return set(self._told.homes(names).values())

    def _called(self, name: str) -> set[Group]:
        """The event of that id, where no ledger knows what it held: looked for among all first tellings."""
        query = "SELECT id, page, post FROM tellings WHERE generation = ?"
        rows = fetch(self._connection, query, self._number)
        first = {i for i, page, post in rows if event_id(i) == name and self._told.there(i, page, post)}
        first |= {i for i in self._told.other if event_id(i) == name}
        return {group for group in self._groups(first) if event_id(group[0]) == name}

    # -- tellings ------------------------------------------------------------------------------------------------------

    def _there(self, rows: Sequence[tuple[str, str, str]]) -> set[str]:
        return self._told.located(rows) | {row[0] for row in rows if row[0] in self._told.other}

    def _every(self) -> set[str]:
        query = "SELECT id, page, post FROM tellings WHERE generation = ?"
        return self._there(fetch(self._connection, query, self._number)) | self._told.other.keys()

    def _since(self, since: datetime) -> set[str]:
        out = self._there(fetch(self._connection, _SINCE, self._number, stamp(since), self._end))
        return out | {i for i, t in self._past.tellings.items() if t.time and t.time >= since}

    def _named(self, names: Iterable[str]) -> set[str]:
        """Tellings of these ids, or of statements of these ids (`statement.rank`)."""
        wanted = set(names)
        found = self._there(fetch(self._connection, _NAMED, each(wanted), self._number))
        found |= self._past.tellings.keys()
        return {i for i in found if i in wanted or i.rpartition(".")[0] in wanted}

    def _of_post(self, page: str, post: str) -> set[str]:
        told: Iterable[Telling] = self._past.tellings.values()
        if page in self._past.told and not self._past.stands(page, post):
            return {t.id for t in told if (t.page, t.post) == (page, post)}
        query = "SELECT id, page, post FROM tellings WHERE generation = ? AND page = ? AND post = ?"
        return self._there(fetch(self._connection, query, self._number, page, post))

    # -- posts ---------------------------------------------------------------------------------------------------------

    def posts(self, since: datetime | None = None) -> list[RevisionView]:
        """The posts, newest first, those of one time in page order."""
        query = "SELECT page, post, at, view FROM readings WHERE generation = ? AND public >= ? AND public <= ?"
        rows = fetch(self._connection, query, self._number, stamp(since) if since else "", self._end)
        spots = [*self._kept(rows), *self._past.otherwise]
        return [v for v in _newest_first(spots) if since is None or v.public_time >= since]

    def _kept(self, rows: Iterable[tuple[str, str, int, bytes]]) -> list[Spot]:
        """Those of the present posts that were as they are, with their places in their pages."""
        return [(codec.load(RevisionView, view), at) for page, post, at, view in rows if self._past.stands(page, post)]

    def _some(self, keys: Iterable[Key]) -> list[Spot]:
        """These of the present posts, as far as they were as they are."""
        return self._kept(shown.some(self._connection, self._number, (k for k in keys if self._past.stands(*k))))

    def these(self, keys: Collection[Key]) -> dict[Key, RevisionView]:
        """These posts, as far as they were there."""
        found = self._some(keys)
        found += [(v, at) for v, at in self._past.otherwise if (v.page, v.post.id) in keys]
        return {(v.page, v.post.id): v for v, _ in found}

    def anchored(self, anchor: str) -> RevisionView | None:
        """The post with that public id."""
        query = "SELECT page, post, at, view FROM readings WHERE generation = ? AND anchor = ?"
        rows = fetch(self._connection, query, self._number, anchor)
        return next((v for v, _ in (*self._kept(rows), *self._past.otherwise) if v.anchor == anchor), None)

    def newest(self) -> datetime | None:
        """When the newest post became public."""
        found = [v.public_time for v, _ in self._past.otherwise]
        query = "SELECT public, page, post FROM readings WHERE generation = ? AND public <= ? ORDER BY public DESC"
        raw = self._connection.connection.driver_connection
        assert raw is not None
        rows = raw.execute(query, (self._number, self._end))  # one by one: the first mostly will do
        kept = next((public for public, page, post in rows if self._past.stands(page, post)), None)
        found += [datetime.fromisoformat(kept)] if kept else []
        return max(found, default=None)

    def stream(self, asked: Slice) -> list[RevisionView]:
        """A slice of the posts by the time of their first versions."""
        return views.sliced([*(v for v, _ in self._past.otherwise), *self._standing(asked)], asked)

    def _standing(self, asked: Slice) -> list[RevisionView]:
        """The slice of the posts that were as they are."""
        out: list[RevisionView] = []
        if asked.after is None and not asked.oldest:
            asked = replace(asked, after=(self._end, "~", "~"))
        size = asked.most
        while len(out) < asked.most:
            size *= 2
            rows = facets.spots(self._connection, self._number, replace(asked, most=size))
            out += [codec.load(RevisionView, view) for _, page, post, view in rows if self._past.stands(page, post)]
            if len(rows) < size:
                break
            asked = replace(asked, after=rows[-1][:3])
        return out

    def search(self, query: str, since: datetime | None = None) -> list[RevisionView]:
        """Posts that hold all the words, newest first."""
        hits = search.posts(self._connection, self._number, query)
        other = self._past.otherwise
        found = views.found([v for v, _ in other], query)
        places = {(v.page, v.post.id): at for v, at in other}
        spots = self._some(hits)
        spots += [(v, places[v.page, v.post.id]) for v in found]
        return [v for v in _newest_first(spots) if since is None or v.public_time >= since]

    def times(self) -> dict[str, int]:
        """How many posts stand in the stream at each hour, by its start in UTC (`2025-03-13T12`)."""
        past, number = self._past, self._number
        out = Counter(stamp(v.placed)[:13] for v, _ in past.otherwise)
        other = each({*past.later, *past.told, *past.cut})
        out.update(dict(fetch(self._connection, _HOURS, number, self._end, other)))
        for page, post, hour in fetch(self._connection, _HOURS_OF, each(past.cut), number):
            out[hour] += past.stands(page, post)
        return dict(sorted((hour, count) for hour, count in out.items() if count))


def _newest_first(spots: list[Spot]) -> list[RevisionView]:
    spots.sort(key=lambda spot: (spot[0].page, spot[1]))
    spots.sort(key=lambda spot: spot[0].public_time, reverse=True)
    return [view for view, _ in spots]
