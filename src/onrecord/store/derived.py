"""The derived tables: what was worked out from the facts, by generation. All of it can be dropped and built again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from onrecord.model import Telling
from onrecord.store import search, tellings
from onrecord.store.rows import chunks, put_all, stamp
from onrecord.store.schema import GENERATIONAL, drafts, histories, readings, state, statements


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
    tellings: tuple[tuple[Telling, tuple[str, ...]], ...]
    """Each with its block keys."""


# -- state -------------------------------------------------------------------------------------------------------------


def get(connection: Connection, key: str) -> str | None:
    """A value of the derived tables' own state."""
    return connection.execute(select(state.c.value).where(state.c.key == key)).scalar()


def put(connection: Connection, key: str, value: str) -> None:
    """Set a value of the state."""
    put_all(connection, state, [{"key": key, "value": value}])


def generation(connection: Connection) -> int:
    """The generation that readers see."""
    return int(get(connection, "generation") or 1)


def tick(connection: Connection) -> int:
    """A number that grows with every change of the derived tables."""
    return int(get(connection, "tick") or 0)


def generations(connection: Connection) -> set[int]:
    """Every generation of which there are rows."""
    return set(connection.execute(select(histories.c.generation).distinct()).scalars())


def next_tick(connection: Connection) -> int:
    """Count a change of the derived tables."""
    now = tick(connection) + 1
    put(connection, "tick", str(now))
    return now


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
    put_all(connection, drafts, [{"key": key, "reader": reader, "draft": draft} for key, draft in found.items()])


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
    now = next_tick(connection)
    values = {"generation": number, "page": rows.page, "change": rows.change, "history": rows.history}
    put_all(connection, histories, [values])
    _write_posts(connection, number, rows)
    tellings.write(connection, number, rows.page, rows.tellings, now)


def _write_posts(connection: Connection, number: int, rows: PageRows) -> None:
    here = (readings.c.generation == number, readings.c.page == rows.page)
    old = {r.post: r for r in connection.execute(select(readings).where(*here))}
    same = {
        row.post
        for row in rows.posts
        if row.post in old and (old[row.post].public, old[row.post].view) == (stamp(row.public), row.view)
    }
    _drop_posts(connection, number, rows.page, {post: r.search_row for post, r in old.items() if post not in same})
    fresh = [row for row in rows.posts if row.post not in same]
    found = {row.post: search.add(connection, number, rows.page, row.post, row.public, row.words) for row in fresh}
    own = {"generation": number, "page": rows.page}
    kept = [
        {**own, "post": r.post, "at": r.at, "public": stamp(r.public), "search_row": found[r.post], "view": r.view}
        for r in fresh
    ]
    put_all(connection, readings, kept)
    put_all(connection, statements, [{**own, "post": row.post, "id": i} for row in fresh for i in row.statements])
    for row in rows.posts:
        if row.post in same and old[row.post].at != row.at:
            connection.execute(update(readings).where(*here, readings.c.post == row.post).values(at=row.at))


def _drop_posts(connection: Connection, number: int, page: str, gone: Mapping[str, int]) -> None:
    """Take posts out, given with their rows in the index of words."""
    for row in gone.values():
        search.remove(connection, row)
    for table in (readings, statements):
        for chunk in chunks(list(gone)):
            mine = (table.c.generation == number, table.c.page == page, table.c.post.in_(chunk))
            connection.execute(delete(table).where(*mine))


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
