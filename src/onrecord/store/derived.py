"""The derived tables: what was worked out from the facts, by generation. All of it can be dropped and built again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Table, delete, func, select
from sqlalchemy.dialects.sqlite import Insert, insert

from onrecord.store import search
from onrecord.store.facts import chunks, stamp
from onrecord.store.schema import (
    GENERATIONAL,
    drafts,
    event_happenings,
    events,
    histories,
    readings,
    state,
    statements,
    telling_keys,
    tellings,
    touched,
)


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post as it is shown, ready to be kept."""

    post: str
    at: int
    """Its place in the page."""
    public: datetime
    words: str
    view: bytes
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageRows:
    """All derived of one page, ready to be kept."""

    page: str
    change: int
    history: bytes
    posts: tuple[PostRow, ...]
    tellings: Mapping[str, tuple[bytes, tuple[str, ...]]]
    """By id: the telling and its block keys."""


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event, ready to be kept."""

    id: str
    first: str
    flat: bytes
    event: bytes
    happenings: tuple[str, ...]


# -- state -------------------------------------------------------------------------------------------------------------


def get(connection: Connection, key: str) -> str | None:
    """A value of the derived tables' own state."""
    return connection.execute(select(state.c.value).where(state.c.key == key)).scalar()


def put(connection: Connection, key: str, value: str) -> None:
    """Set a value of the state."""
    row = insert(state).values(key=key, value=value)
    connection.execute(row.on_conflict_do_update(index_elements=["key"], set_={"value": value}))


def generation(connection: Connection) -> int:
    """The generation that readers see."""
    return int(get(connection, "generation") or 1)


def tick(connection: Connection) -> int:
    """A number that grows with every change of the derived tables."""
    return int(get(connection, "tick") or 0)


def generations(connection: Connection) -> set[int]:
    """Every generation of which there are rows."""
    return set(connection.execute(select(histories.c.generation).distinct()).scalars())


def drop_generation(connection: Connection, number: int) -> None:
    """Take all rows of a generation out."""
    for table in GENERATIONAL:
        connection.execute(delete(table).where(table.c.generation == number))
    search.remove_generation(connection, number)


# -- drafts ------------------------------------------------------------------------------------------------------------


def find_drafts(connection: Connection, keys: Sequence[str], reader: str | None, *, only: bool) -> dict[str, bytes]:
    """Stored drafts by key: those of that reader, or else, unless `only` those will do, of any."""
    found: dict[str, bytes] = {}
    for chunk in chunks(keys):
        rows = select(drafts.c.key, drafts.c.draft).where(drafts.c.key.in_(chunk))
        rows = rows.where(drafts.c.reader == reader) if only else rows.order_by(drafts.c.reader == reader)
        found.update((row[0], row[1]) for row in connection.execute(rows))
    return found


def keep_drafts(connection: Connection, reader: str, found: Mapping[str, bytes]) -> None:
    """Keep drafts that this reader made."""
    for key, draft in found.items():
        connection.execute(insert(drafts).values(key=key, reader=reader, draft=draft).on_conflict_do_nothing())


# -- pages and posts ---------------------------------------------------------------------------------------------------


def history(connection: Connection, number: int, page: str) -> tuple[int, bytes] | None:
    """(last change number that went in, the page's history)."""
    rows = select(histories.c.change, histories.c.history)
    row = connection.execute(rows.where(histories.c.generation == number, histories.c.page == page)).first()
    return (row[0], row[1]) if row else None


def all_histories(connection: Connection, number: int) -> list[tuple[str, bytes]]:
    """(page, its history), by page."""
    rows = select(histories.c.page, histories.c.history).where(histories.c.generation == number)
    return [(row[0], row[1]) for row in connection.execute(rows.order_by(histories.c.page))]


def changes_of_pages(connection: Connection, number: int) -> dict[str, int]:
    """Each page's last change number that went into the derived tables."""
    rows = select(histories.c.page, histories.c.change).where(histories.c.generation == number)
    return {row[0]: row[1] for row in connection.execute(rows)}


def write_page(connection: Connection, number: int, rows: PageRows) -> None:
    """Keep what is derived of a page in place of what was; only rows that differ are written."""
    now = tick(connection) + 1
    put(connection, "tick", str(now))
    values = {"generation": number, "page": rows.page, "change": rows.change, "history": rows.history}
    connection.execute(_replacing(histories, values))
    _write_posts(connection, number, rows)
    _write_tellings(connection, number, rows, now)


def _replacing(table: Table, values: Mapping[str, object]) -> Insert:
    made = insert(table).values(**values)
    keys = [column.name for column in table.primary_key]
    return made.on_conflict_do_update(index_elements=keys, set_={k: v for k, v in values.items() if k not in keys})


def _write_posts(connection: Connection, number: int, rows: PageRows) -> None:
    here = (readings.c.generation == number, readings.c.page == rows.page)
    old = {r.post: r for r in connection.execute(select(readings).where(*here))}
    wanted = {row.post for row in rows.posts}
    for post in [p for p in old if p not in wanted]:
        search.remove(connection, old[post].search_row)
        connection.execute(delete(readings).where(*here, readings.c.post == post))
        _drop_statements(connection, number, rows.page, post)
    for row in rows.posts:
        was = old.get(row.post)
        if was and (was.at, was.public, was.view) == (row.at, stamp(row.public), row.view):
            continue
        if was:
            search.remove(connection, was.search_row)
        found = search.add(connection, number, rows.page, row.post, row.public, row.words)
        values = {
            "generation": number, "page": rows.page, "post": row.post, "at": row.at, "public": stamp(row.public),
            "search_row": found, "view": row.view,
        }  # fmt: skip
        connection.execute(_replacing(readings, values))
        _drop_statements(connection, number, rows.page, row.post)
        for name in row.statements:
            values = {"generation": number, "id": name, "page": rows.page, "post": row.post}
            connection.execute(_replacing(statements, values))


def _drop_statements(connection: Connection, number: int, page: str, post: str) -> None:
    mine = (statements.c.generation == number, statements.c.page == page, statements.c.post == post)
    connection.execute(delete(statements).where(*mine))


def _write_tellings(connection: Connection, number: int, rows: PageRows, now: int) -> None:
    here = (tellings.c.generation == number, tellings.c.page == rows.page)
    old = {r[0]: r[1] for r in connection.execute(select(tellings.c.id, tellings.c.telling).where(*here))}
    same = {name for name, stored in old.items() if name in rows.tellings and rows.tellings[name][0] == stored}
    gone = [name for name in old if name not in same]
    keys = set(_drop_tellings(connection, number, gone))
    for name, (telling, own) in rows.tellings.items():
        if name in same:
            continue
        connection.execute(insert(tellings).values(generation=number, id=name, page=rows.page, telling=telling))
        connection.execute(insert(telling_keys), [{"generation": number, "key": k, "telling": name} for k in own])
        keys.update(own)
    for key in sorted(keys):
        connection.execute(_replacing(touched, {"generation": number, "key": key, "tick": now}))


def _drop_tellings(connection: Connection, number: int, names: Sequence[str]) -> Iterator[str]:
    """Take tellings out; gives their block keys."""
    for chunk in chunks(names):
        mine = (telling_keys.c.generation == number, telling_keys.c.telling.in_(chunk))
        yield from connection.execute(select(telling_keys.c.key).where(*mine).distinct()).scalars().all()
        connection.execute(delete(telling_keys).where(*mine))
        connection.execute(delete(tellings).where(tellings.c.generation == number, tellings.c.id.in_(chunk)))


def views(connection: Connection, number: int, since: datetime | None = None) -> list[bytes]:
    """The posts as they are shown, newest first, those of one time in page order."""
    rows = select(readings.c.view).where(readings.c.generation == number)
    if since:
        rows = rows.where(readings.c.public >= stamp(since))
    order = (readings.c.public.desc(), readings.c.page, readings.c.at)
    return list(connection.execute(rows.order_by(*order)).scalars())


def view(connection: Connection, number: int, page: str, post: str) -> bytes | None:
    """One post as it is shown."""
    here = (readings.c.generation == number, readings.c.page == page, readings.c.post == post)
    return connection.execute(select(readings.c.view).where(*here)).scalar()


def post_of_statement(connection: Connection, number: int, name: str) -> tuple[str, str] | None:
    """(page, post) of a statement."""
    rows = select(statements.c.page, statements.c.post)
    row = connection.execute(rows.where(statements.c.generation == number, statements.c.id == name)).first()
    return (row[0], row[1]) if row else None


# -- tellings and events -----------------------------------------------------------------------------------------------


def touched_keys(connection: Connection, number: int) -> list[str]:
    """Block keys of tellings that came, went or changed since the last fold."""
    return list(connection.execute(select(touched.c.key).where(touched.c.generation == number)).scalars())


def hanging_together(connection: Connection, number: int, keys: Sequence[str]) -> dict[str, bytes]:
    """Every telling, by id, that has one of these keys or is tied to such a telling by shared keys."""
    found: dict[str, bytes] = {}
    known, todo = set(keys), list(keys)
    while todo:
        names = _tellings_with(connection, number, todo) - found.keys()
        found.update(_load_tellings(connection, number, sorted(names)))
        todo = sorted(_keys_of(connection, number, sorted(names)) - known)
        known.update(todo)
    return found


def _tellings_with(connection: Connection, number: int, keys: Sequence[str]) -> set[str]:
    out: set[str] = set()
    for chunk in chunks(keys):
        rows = select(telling_keys.c.telling).where(telling_keys.c.generation == number, telling_keys.c.key.in_(chunk))
        out.update(connection.execute(rows).scalars())
    return out


def _keys_of(connection: Connection, number: int, names: Sequence[str]) -> set[str]:
    out: set[str] = set()
    for chunk in chunks(names):
        mine = (telling_keys.c.generation == number, telling_keys.c.telling.in_(chunk))
        out.update(connection.execute(select(telling_keys.c.key).where(*mine)).scalars())
    return out


def _load_tellings(connection: Connection, number: int, names: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    for chunk in chunks(names):
        rows = select(tellings.c.id, tellings.c.telling)
        for row in connection.execute(rows.where(tellings.c.generation == number, tellings.c.id.in_(chunk))):
            yield row[0], row[1]


def flat_events(connection: Connection, number: int) -> dict[str, tuple[bytes, bytes]]:
    """Every event by id: before and after it was seen which larger one it is part of."""
    rows = select(events.c.id, events.c.flat, events.c.event).where(events.c.generation == number)
    return {row[0]: (row[1], row[2]) for row in connection.execute(rows)}


def stale_events(connection: Connection, number: int, names: Sequence[str]) -> set[str]:
    """Events that hold one of these tellings, or one that is no more."""
    mine = event_happenings.c.generation == number
    there = select(tellings.c.id).where(tellings.c.generation == number, tellings.c.id == event_happenings.c.happening)
    out = set(connection.execute(select(event_happenings.c.event).where(mine, ~there.exists())).scalars())
    for chunk in chunks(names):
        rows = select(event_happenings.c.event).where(mine, event_happenings.c.happening.in_(chunk))
        out.update(connection.execute(rows).scalars())
    return out


def write_events(
    connection: Connection, number: int, gone: Sequence[str], rows: Sequence[EventRow], folded: int
) -> None:
    """Put events in place of those that are gone, and mark the block keys touched up to that tick as folded."""
    put(connection, "tick", str(tick(connection) + 1))
    for chunk in chunks(gone):
        connection.execute(delete(events).where(events.c.generation == number, events.c.id.in_(chunk)))
        mine = (event_happenings.c.generation == number, event_happenings.c.event.in_(chunk))
        connection.execute(delete(event_happenings).where(*mine))
    for row in rows:
        values = {"generation": number, "id": row.id, "first": row.first, "flat": row.flat, "event": row.event}
        connection.execute(_replacing(events, values))
        for name in row.happenings:
            connection.execute(_replacing(event_happenings, {"generation": number, "happening": name, "event": row.id}))
    connection.execute(delete(touched).where(touched.c.generation == number, touched.c.tick <= folded))


def all_events(connection: Connection, number: int) -> list[bytes]:
    """The events, by their first tellings."""
    rows = select(events.c.event).where(events.c.generation == number).order_by(events.c.first)
    return list(connection.execute(rows).scalars())


def public_events(connection: Connection, number: int) -> dict[str, list[str]]:
    """Each event's happenings."""
    out: dict[str, list[str]] = {}
    rows = select(event_happenings.c.event, event_happenings.c.happening).where(event_happenings.c.generation == number)
    for row in connection.execute(rows.order_by(event_happenings.c.event, event_happenings.c.happening)):
        out.setdefault(row[0], []).append(row[1])
    return out


def event(connection: Connection, number: int, name: str) -> bytes | None:
    """One event."""
    return connection.execute(select(events.c.event).where(events.c.generation == number, events.c.id == name)).scalar()


def event_of(connection: Connection, number: int, happenings: Sequence[str]) -> str | None:
    """The event that holds most of these happenings; of several, the one with the smallest id."""
    counts: dict[str, int] = {}
    for chunk in chunks(happenings):
        mine = (event_happenings.c.generation == number, event_happenings.c.happening.in_(chunk))
        rows = select(event_happenings.c.event, func.count()).where(*mine).group_by(event_happenings.c.event)
        for row in connection.execute(rows):
            counts[row[0]] = counts.get(row[0], 0) + row[1]
    return min(counts, key=lambda name: (-counts[name], name)) if counts else None
