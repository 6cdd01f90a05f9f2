"""Events and the tellings that they hold: derived, and written by the fold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import Connection, select

from onrecord.model import Event, Telling
from onrecord.model.altered import altered
from onrecord.store import codec, decisions, tellings
from onrecord.store.rows import each, fetch, run, stamp
from onrecord.store.schema import event_happenings, events

Kept = tuple[bytes, str | None, tuple[str, ...]]
"""An event as it is kept: without tellings and `part_of`, then these two."""


def first(event: Event) -> tuple[str, str]:
    """Where an event stands among others: by the time and id of its first telling."""
    telling = event.tellings[0]
    return (stamp(telling.time) if telling.time else "", telling.id)


def kept(connection: Connection, number: int) -> dict[str, Kept]:
    """Every event by id, as it is kept, in order."""
    held = happenings(connection, number)
    rows = select(events.c.id, events.c.event, events.c.part_of).where(events.c.generation == number)
    return {r[0]: (r[1], r[2], held.get(r[0], ())) for r in connection.execute(rows.order_by(events.c.first))}


def as_kept(event: Event) -> Kept:
    """The event as it would be kept."""
    return codec.dump(altered(event, tellings=(), part_of=None)), event.part_of, tuple(t.id for t in event.tellings)


def whole(row: Kept, told: Mapping[str, Telling]) -> Event:
    """The event with its tellings."""
    stored, part_of, names = row
    return altered(_bare(stored), part_of=part_of, tellings=tuple(told[name] for name in names))


@lru_cache(maxsize=1 << 13)
def _bare(stored: bytes) -> Event:
    """The event without tellings, of which those of late are remembered."""
    return codec.load(Event, stored)


def happenings(connection: Connection, number: int) -> dict[str, tuple[str, ...]]:
    """Each event's happenings, in its order."""
    out: dict[str, list[str]] = {}
    rows = select(event_happenings.c.event, event_happenings.c.happening).where(event_happenings.c.generation == number)
    for row in connection.execute(rows.order_by(event_happenings.c.event, event_happenings.c.at)):
        out.setdefault(row[0], []).append(row[1])
    return {name: tuple(held) for name, held in out.items()}


def of_tellings(connection: Connection, number: int, names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The events that hold one of these tellings, each with all that it holds, in its order."""
    query = "SELECT event FROM event_happenings WHERE generation = ? AND happening IN (SELECT value FROM json_each(?))"
    return groups(connection, number, {row[0] for row in fetch(connection, query, number, each(names))})


def groups(connection: Connection, number: int, names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Each of these events → the happenings that it holds, in its order."""
    query = (
        "SELECT event, happening FROM event_happenings"
        " WHERE generation = ? AND event IN (SELECT value FROM json_each(?)) ORDER BY event, at"
    )
    out: dict[str, list[str]] = {}
    for event, happening in fetch(connection, query, number, each(names)):
        out.setdefault(event, []).append(happening)
    return {name: tuple(held) for name, held in out.items()}


def untils(connection: Connection, number: int, names: Iterable[str]) -> dict[str, str]:
    """Each of these events → until when what it hangs together with became public, as it is kept."""
    query = (
        "SELECT h.event, h.until FROM json_each(?) j"
        " CROSS JOIN event_happenings h INDEXED BY event_happenings_event"
        " ON h.generation = ? AND h.event = j.value AND h.at = 0"
    )  # so that SQLite walks through these events, and not through all
    return dict(fetch(connection, query, each(names), number))


def put_untils(connection: Connection, number: int, untils: Mapping[str, str]) -> None:
    """Set until when what events hang together with became public."""
    wanted = "UPDATE event_happenings SET until = ? WHERE generation = ? AND event = ?"
    run(connection, wanted, [(until, number, name) for name, until in untils.items()])


def threads(connection: Connection, number: int, names: Iterable[str]) -> list[tuple[str, str | None, bytes]]:
    """(id, what it is part of, what threads need of it) of these events."""
    query = "SELECT id, part_of, thread FROM events WHERE generation = ? AND id IN (SELECT value FROM json_each(?))"
    return fetch(connection, query, number, each(names))


def parts(connection: Connection, number: int, names: Iterable[str]) -> dict[str, str | None]:
    """Each of these events → what it is part of."""
    query = "SELECT id, part_of FROM events WHERE generation = ? AND id IN (SELECT value FROM json_each(?))"
    return dict(fetch(connection, query, number, each(names)))


def entries(connection: Connection, number: int, names: Iterable[str]) -> dict[str, list[str]]:
    """Those of these events that there are, each with the happenings that it holds."""
    return {name: list(held) for name, held in groups(connection, number, names).items()}


def names(connection: Connection, number: int, after: str, most: int) -> list[str]:
    """The first ids after that one, in order."""
    query = "SELECT id FROM events WHERE generation = ? AND id > ? ORDER BY id LIMIT ?"
    return [row[0] for row in fetch(connection, query, number, after, most)]


def posts_of(connection: Connection, number: int, names: Iterable[str]) -> dict[str, set[str]]:
    """Event → the posts that tell it, as "page post"."""
    query = (
        "SELECT h.event, t.page || ' ' || t.post FROM event_happenings h"
        " JOIN tellings t ON t.generation = h.generation AND t.id = h.happening"
        " WHERE h.generation = ? AND h.event IN (SELECT value FROM json_each(?))"
    )
    out: dict[str, set[str]] = {}
    for event, post in fetch(connection, query, number, each(names)):
        out.setdefault(event, set()).add(post)
    return out


def put_parts(connection: Connection, number: int, parts: Mapping[str, str | None]) -> None:
    """Set what events are part of."""
    wanted = "UPDATE events SET part_of = ? WHERE generation = ? AND id = ?"
    run(connection, wanted, [(whole, number, name) for name, whole in parts.items()])


class Fresh(NamedTuple):
    """An event that is to be kept."""

    id: str
    first: str
    stored: bytes
    part_of: str | None
    names: tuple[str, ...]
    """Its tellings."""
    thread: bytes
    """What threads need of it."""
    brief: bytes
    """What ranking needs of it."""
    until: str = "~"
    event: Event | None = None
    """Itself, where this process made it."""

    def __reduce__(self) -> tuple[type[Fresh], tuple[object, ...]]:
        return Fresh, (*self[:-1], None)  # what another process gets of it


def fresh_of(event: Event, thread: bytes, brief: bytes) -> Fresh:
    """The event with what threads and what ranking need of it."""
    stored, part_of, names = as_kept(event)
    return Fresh(event.id, " ".join(first(event)), stored, part_of, names, thread, brief, event=event)


def write(connection: Connection, number: int, gone: Iterable[str], fresh: Sequence[Fresh]) -> None:
    """Put events in place of those that are gone."""
    old = [(number, name) for name in gone]
    run(connection, "DELETE FROM events WHERE generation = ? AND id = ?", old)
    run(connection, "DELETE FROM event_happenings WHERE generation = ? AND event = ?", old)
    rows = [(number, e.id, e.first, e.part_of, e.thread, e.stored, e.brief) for e in fresh]
    held = [(number, name, e.id, at, len(e.names), e.until) for e in fresh for at, name in enumerate(e.names)]
    run(connection, "REPLACE INTO events VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
    run(connection, "REPLACE INTO event_happenings VALUES (?, ?, ?, ?, ?, ?)", held)
    if len(_written) > _WRITTEN:
        _written.clear()
    _written.update((e.id, (e.stored, e.event)) for e in fresh if e.event)


_WRITTEN = 500
_written: dict[str, tuple[bytes, Event]] = {}
"""Events that were written of late, each with how it is kept."""


def fresh(connection: Connection, number: int, names: Collection[str]) -> list[Event]:
    """These events, as far as there are any; those that were written just now are not loaded again."""
    query = "SELECT id, event, part_of FROM events WHERE generation = ? AND id IN (SELECT value FROM json_each(?))"
    held = groups(connection, number, names)
    out = []
    for name, stored, part_of in fetch(connection, query, number, each(names)):
        known, event = _written.get(name, (b"", None))
        if event and known == stored and held.get(name) == tuple(t.id for t in event.tellings):
            out.append(event if event.part_of == part_of else altered(event, part_of=part_of))
    there = {event.id for event in out}
    return [*out, *load(connection, number, [name for name in names if name not in there])]


def load(connection: Connection, number: int, names: Collection[str] | None = None) -> list[Event]:
    """The events, or these of them, in the order of their first tellings."""
    if names is None:
        told = tellings.load(connection, number)
        return [whole(row, told) for row in kept(connection, number).values()]
    held = groups(connection, number, names)
    told = tellings.load(connection, number, {name for mine in held.values() for name in mine})
    query = (
        "SELECT first, id, event, part_of FROM events"
        " WHERE generation = ? AND id IN (SELECT value FROM json_each(?))"
    )  # sorted here: for an ORDER BY, SQLite would walk through all events in their order
    rows = sorted(fetch(connection, query, number, each(names)), key=lambda row: row[0])
    return [whole((stored, part_of, held[name]), told) for _, name, stored, part_of in rows]


def bare(connection: Connection, number: int, names: Collection[str]) -> list[bytes]:
    """These events as they are kept, without tellings and `part_of`."""
    query = "SELECT event FROM events WHERE generation = ? AND id IN (SELECT value FROM json_each(?))"
    return [row[0] for row in fetch(connection, query, number, each(names))] if names else []


_LIGHT = """
SELECT e.first, e.id, e.event, e.brief,
    (SELECT count(*) FROM event_happenings h WHERE h.generation = e.generation AND h.event = e.id)
FROM json_each(?) j CROSS JOIN events e ON e.generation = ? AND e.id = j.value
"""


def lights(connection: Connection, number: int, names: Collection[str]) -> list[tuple[str, str, bytes, bytes, int]]:
    """(where it stands among others, id, as it is kept, what ranking needs, how many tellings) of these events."""
    return fetch(connection, _LIGHT, each(names), number) if names else []


def in_order(connection: Connection, number: int, after: tuple[str, str], most: int) -> list[tuple[str, str]]:
    """(where it stands, id) of the events that stand after that place, in their order."""
    query = "SELECT first, id FROM events WHERE generation = ? AND (first, id) > (?, ?) ORDER BY first, id LIMIT ?"
    return [(row[0], row[1]) for row in fetch(connection, query, number, *after, most)]


def briefs(connection: Connection, number: int, names: Collection[str]) -> list[tuple[str, str, str | None, bytes]]:
    """(where it stands among others, id, what it is part of, what ranking needs of it) of these events."""
    query = (
        "SELECT first, id, part_of, brief FROM events WHERE generation = ? AND id IN (SELECT value FROM json_each(?))"
    )
    return fetch(connection, query, number, each(names))


_SINCE = """
SELECT DISTINCT h.event FROM readings r
CROSS JOIN tellings t ON t.generation = r.generation AND t.page = r.page AND t.post = r.post
CROSS JOIN event_happenings h ON h.generation = t.generation AND h.happening = t.id
WHERE r.generation = ? AND r.public >= ?
"""


def since(connection: Connection, number: int, moment: datetime) -> set[str]:
    """The events that posts tell which were public at that moment or later; a telling may be older than its post."""
    return {row[0] for row in fetch(connection, _SINCE, number, stamp(moment))}


def told_in(connection: Connection, number: int, start: datetime) -> set[str]:
    """The events that a rundown from that moment on may show: those told since, and those that the desk marked."""
    return since(connection, number, start) | marked(connection, number)


def marked(connection: Connection, number: int) -> set[str]:
    """The events of which the desk marked something."""
    return told_by(connection, number, [named.name for named in decisions.named(connection, number) if named.name])


_TOLD_BY = """
SELECT h.event, h.happening, j.value FROM json_each(?) j
CROSS JOIN event_happenings h ON h.generation = ? AND h.happening >= j.value AND h.happening < j.value || '/'
"""


def told_by(connection: Connection, number: int, names: Iterable[str]) -> set[str]:
    """The events that happenings of these ids tell, or those of statements of these ids (`statement.rank`)."""
    found = fetch(connection, _TOLD_BY, each(names), number)
    return {event for event, happening, name in found if happening == name or happening.startswith(f"{name}.")}


def one(connection: Connection, number: int, name: str) -> Event | None:
    """The event with that id."""
    rows = select(events.c.event, events.c.part_of).where(events.c.generation == number, events.c.id == name)
    row = connection.execute(rows).first()
    if row is None:
        return None
    names = groups(connection, number, [name]).get(name, ())
    return whole((row[0], row[1], names), tellings.load(connection, number, names))


def holding(connection: Connection, number: int, names: Sequence[str]) -> str | None:
    """The event that holds most of these happenings; of several, the one with the smallest id."""
    query = "SELECT event FROM event_happenings WHERE generation = ? AND happening IN (SELECT value FROM json_each(?))"
    counts = Counter(row[0] for row in fetch(connection, query, number, each(names)))
    return min(counts, key=lambda name: (-counts[name], name)) if counts else None
