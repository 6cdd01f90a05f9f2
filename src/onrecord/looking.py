"""What readers' pages ask of a record → events of a period, an event's posts and surroundings, times, pinned posts.

The present state is answered from the derived tables, without loading the whole record; another point in time from what
a story works out in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import UTC, datetime, tzinfo
from itertools import islice

from onrecord.derive import versions
from onrecord.history import PageHistory
from onrecord.model import Event, RevisionView
from onrecord.pages import brief
from onrecord.pages.brief import Placed
from onrecord.pages.rundown import Line, Ranked, chosen, ranked, told
from onrecord.store import Record, codec, derived, shown
from onrecord.store import events as stored_events
from onrecord.store.rows import fetch, stamp
from onrecord.then import Then
from onrecord.views import View, Whole

_AT_ONCE = 500
"""Events that are loaded at once where all are asked for."""
Key = tuple[str, str]
"""(page, post)."""


class Look:
    """Questions that a page asks of a record."""

    def __init__(self, record: Record, then: Callable[[View], AbstractContextManager[Then | Whole]]) -> None:
        self._record = record
        self._then = then

    def posts(self, keys: Iterable[Key], view: View) -> dict[Key, RevisionView]:
        """These posts, as far as the view shows them."""
        wanted = dict.fromkeys(keys)
        if not view.present:
            with self._then(view) as then:
                return then.these(wanted)
        with self._record.reading() as connection:
            number = derived.generation(connection)
            rows = {key: shown.one(connection, number, *key) for key in wanted}
        return {key: codec.load(RevisionView, row) for key, row in rows.items() if row}

    def history(self, keys: Iterable[Key], until: datetime | None = None) -> dict[Key, list[RevisionView]]:
        """All versions of these posts that were seen until then, oldest first, without what they say."""
        wanted = set(keys)
        with self._record.reading() as connection:
            number = derived.generation(connection)
            pages = sorted({page for page, _ in wanted})
            stored = {page: derived.history(connection, number, page) for page in pages}
        out: dict[Key, list[RevisionView]] = {}
        for page, row in stored.items():
            if row:
                for post, known in versions(page, codec.load(PageHistory, row[1])):
                    if (page, post) in wanted:
                        out[page, post] = [v for v in known if until is None or v.public_time <= until]
        return out

    def told_by(self, view: RevisionView, at: View) -> list[Event]:
        """The events that a post tells."""
        if not at.present:
            with self._then(at) as then:
                return then.told_by(view.page, view.post.id)
        query = (
            "SELECT DISTINCT h.event FROM tellings t JOIN event_happenings h"
            " ON h.generation = t.generation AND h.happening = t.id"
            " WHERE t.generation = ? AND t.page = ? AND t.post = ? AND NOT t.gone"
        )
        return self._named(query, view.page, view.post.id)

    def around(self, event: Event, at: View) -> list[Event]:
        """The event that this one is part of, and those that are part of it."""
        if not at.present:
            with self._then(at) as then:
                return then.around(event)
        query = "SELECT id FROM events WHERE generation = ? AND (part_of = ? OR id = ?)"
        return self._named(query, event.id, event.part_of or "")

    def events(self, since: datetime, at: View) -> list[Event]:
        """The events that a post public at that moment or later tells, with those that they are part of."""
        if not at.present:
            with self._then(at) as then:
                return then.events(since)
        query = (
            "SELECT DISTINCT h.event FROM readings r"
            " JOIN tellings t ON t.generation = r.generation AND t.page = r.page AND t.post = r.post AND NOT t.gone"
            " JOIN event_happenings h ON h.generation = t.generation AND h.happening = t.id"
            " WHERE r.generation = ? AND r.public >= ?"
        )
        return self._named(query, stamp(since))

    def placed(self, since: datetime, at: View) -> list[Placed]:
        """What a map needs of the events that are told since then or pinned, in the order of their first tellings."""
        if not at.present:
            with self._then(at) as then:
                return then.placed(since)
        with self._record.reading() as connection:
            number = derived.generation(connection)
            rows = stored_events.lights(connection, number, stored_events.told_in(connection, number, since))
        return [found for _, found in sorted(brief.placed_of(rows, since))]

    def rundown(
        self,
        start: datetime,
        until: datetime,
        most: int | None,
        at: View,
        *,
        tz: tzinfo = UTC,
        words: int | None = None,
        explained: bool = True,
    ) -> tuple[list[Line], dict[str, Event]]:
        """The lines of a period (`pages.rundown`), with their events; only those are loaded in full.

        Unless they are to be explained, events of another time may lack their history and reasons.
        """
        if at.present:
            found = self._ranked(start, until, most)
        else:
            with self._then(at) as then:
                found = then.ranked(start, until, most, explained=explained)
        return told(found, start, until, tz=tz, words=words), dict(found.known)

    def _ranked(self, start: datetime, until: datetime, most: int | None) -> Ranked:
        with self._record.reading() as connection:
            number = derived.generation(connection)
            names = stored_events.told_in(connection, number, start)
            rows = sorted(stored_events.briefs(connection, number, names))
            known = (brief.load(name, part_of, stored) for _, name, part_of, stored in rows)
            picked = list(islice(chosen(known, start, until), most))
            return ranked(
                picked,
                lambda names: stored_events.load(connection, number, names),
                lambda names: map(brief.load_part, stored_events.bare(connection, number, names)),
            )

    def _named(self, query: str, *values: str) -> list[Event]:
        with self._record.reading() as connection:
            number = derived.generation(connection)
            names = [str(row[0]) for row in fetch(connection, query, number, *values)]
            return stored_events.load(connection, number, names)

    def every(self, at: View) -> Iterator[Event]:
        """All events in the order of their first tellings; the present ones come some at a time."""
        if not at.present:
            with self._then(at) as then:
                yield from then.events()
            return
        place = ("", "")
        while True:
            with self._record.reading() as connection:
                number = derived.generation(connection)
                names = stored_events.in_order(connection, number, place, _AT_ONCE)
                found = stored_events.load(connection, number, [name for _, name in names])
            yield from found
            if len(names) < _AT_ONCE:
                return
            place = names[-1]

    def size(self, at: View) -> int:
        """How many posts there are."""
        if not at.present:
            with self._then(at) as then:
                return sum(then.times().values())
        with self._record.reading() as connection:
            return shown.total(connection, derived.generation(connection))

    def times(self, at: View) -> Mapping[datetime, int]:
        """How many posts stand in the stream at each hour, by the hour's start in UTC."""
        if not at.present:
            with self._then(at) as then:
                return {_hour(name): n for name, n in then.times().items()}
        query = "SELECT substr(placed, 1, 13), count(*) FROM readings WHERE generation = ? GROUP BY 1 ORDER BY 1"
        with self._record.reading() as connection:
            rows = fetch(connection, query, derived.generation(connection))
        return {_hour(name): n for name, n in rows}


def _hour(name: str) -> datetime:
    return datetime.fromisoformat(f"{name}:00:00+00:00")
