"""Events and the tellings that they hold: derived, and written by the fold."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from sqlalchemy import Connection, delete, func, select, update

from onrecord.model import Event, Telling
from onrecord.store import codec, tellings
from onrecord.store.rows import chunks, put_all, stamp
from onrecord.store.schema import event_happenings, events
from onrecord.store.schema import tellings as tellings_table

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
    bare = replace(event, tellings=(), part_of=None)
    return codec.dump(bare), event.part_of, tuple(t.id for t in event.tellings)


def whole(row: Kept, told: Mapping[str, Telling]) -> Event:
    """The event with its tellings."""
    stored, part_of, names = row
    return replace(_bare(stored), part_of=part_of, tellings=tuple(told[name] for name in names))


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


def of_tellings(connection: Connection, number: int, names: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The events that hold one of these tellings, each with all that it holds, in its order."""
    found: set[str] = set()
    for chunk in chunks(names):
        mine = (event_happenings.c.generation == number, event_happenings.c.happening.in_(chunk))
        found.update(connection.execute(select(event_happenings.c.event).where(*mine)).scalars())
    return _held(connection, number, sorted(found))


def _held(connection: Connection, number: int, names: Sequence[str]) -> dict[str, tuple[str, ...]]:
    out: dict[str, list[str]] = {}
    for chunk in chunks(names):
        mine = (event_happenings.c.generation == number, event_happenings.c.event.in_(chunk))
        columns = select(event_happenings.c.event, event_happenings.c.happening).where(*mine)
        for event, happening in connection.execute(columns.order_by(event_happenings.c.event, event_happenings.c.at)):
            out.setdefault(event, []).append(happening)
    return {name: tuple(held) for name, held in out.items()}


def rows(connection: Connection, number: int, names: Sequence[str]) -> dict[str, Kept]:
    """These events as they are kept."""
    held = _held(connection, number, names)
    out: dict[str, Kept] = {}
    for chunk in chunks(names):
        columns = select(events.c.id, events.c.event, events.c.part_of)
        for r in connection.execute(columns.where(events.c.generation == number, events.c.id.in_(chunk))):
            out[r[0]] = (r[1], r[2], held.get(r[0], ()))
    return out


def posts_of(connection: Connection, number: int, names: Sequence[str]) -> dict[str, set[str]]:
    """Event → the posts that tell it, as "page post"."""
    out: dict[str, set[str]] = {}
    t = tellings_table.c
    for chunk in chunks(names):
        mine = (event_happenings.c.generation == number, event_happenings.c.event.in_(chunk))
        same = (t.generation == number, t.id == event_happenings.c.happening)
        for event, page, post in connection.execute(
            select(event_happenings.c.event, t.page, t.post).where(*mine, *same)
        ):
            out.setdefault(event, set()).add(f"{page} {post}")
    return out


def put_parts(connection: Connection, number: int, parts: Mapping[str, str | None]) -> None:
    """Set what events are part of."""
    for name, whole in parts.items():
        mine = (events.c.generation == number, events.c.id == name)
        connection.execute(update(events).where(*mine).values(part_of=whole))


def write(connection: Connection, number: int, gone: Collection[str], fresh: Iterable[Event]) -> None:
    """Put events in place of those that are gone."""
    for chunk in chunks(sorted(gone)):
        connection.execute(delete(events).where(events.c.generation == number, events.c.id.in_(chunk)))
        mine = (event_happenings.c.generation == number, event_happenings.c.event.in_(chunk))
        connection.execute(delete(event_happenings).where(*mine))
    own = {"generation": number}
    rows, held = [], []
    for event in fresh:
        stored, part_of, names = as_kept(event)
        rows.append({**own, "id": event.id, "first": " ".join(first(event)), "part_of": part_of, "event": stored})
        held += [{**own, "happening": name, "event": event.id, "at": at} for at, name in enumerate(names)]
    put_all(connection, events, rows)
    put_all(connection, event_happenings, held)


def load(connection: Connection, number: int) -> list[Event]:
    """The events, in the order of their first tellings."""
    told = tellings.load(connection, number)
    return [whole(row, told) for row in kept(connection, number).values()]


def one(connection: Connection, number: int, name: str) -> Event | None:
    """The event with that id."""
    rows = select(events.c.event, events.c.part_of).where(events.c.generation == number, events.c.id == name)
    row = connection.execute(rows).first()
    if row is None:
        return None
    mine = (event_happenings.c.generation == number, event_happenings.c.event == name)
    held = select(event_happenings.c.happening).where(*mine).order_by(event_happenings.c.at)
    names = tuple(connection.execute(held).scalars())
    return whole((row[0], row[1], names), tellings.load(connection, number, names))


def holding(connection: Connection, number: int, names: Sequence[str]) -> str | None:
    """The event that holds most of these happenings; of several, the one with the smallest id."""
    counts: dict[str, int] = {}
    for chunk in chunks(names):
        mine = (event_happenings.c.generation == number, event_happenings.c.happening.in_(chunk))
        rows = select(event_happenings.c.event, func.count()).where(*mine).group_by(event_happenings.c.event)
        for row in connection.execute(rows):
            counts[row[0]] = counts.get(row[0], 0) + row[1]
    return min(counts, key=lambda name: (-counts[name], name)) if counts else None
