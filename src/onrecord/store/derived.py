"""The derived tables: what was worked out from the facts, by generation. All of it can be dropped and built again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, delete, select

from onrecord.store import search
from onrecord.store.rows import chunks, each, fetch, put_all, run
from onrecord.store.schema import GENERATIONAL, drafts, histories, readings

# -- state -------------------------------------------------------------------------------------------------------------


def get(connection: Connection, key: str) -> str | None:
    """A value of the derived tables' own state."""
    found = fetch(connection, "SELECT value FROM state WHERE key = ?", key)
    return str(found[0][0]) if found else None


def put(connection: Connection, key: str, value: str) -> None:
    """Set a value of the state."""
    run(connection, "REPLACE INTO state VALUES (?, ?)", [(key, value)])


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


def built(connection: Connection) -> int:
    """A number that grows with every change to what is folded of a generation that is being built."""
    return int(get(connection, "built") or 0)


def next_built(connection: Connection) -> int:
    """Count such a change."""
    now = built(connection) + 1
    put(connection, "built", str(now))
    return now


def drop_generation(connection: Connection, number: int) -> None:
    """Take all rows of a generation out."""
    next_built(connection)
    for table in GENERATIONAL:
        connection.execute(delete(table).where(table.c.generation == number))
    search.remove_generation(connection, number)


def drop_some(connection: Connection, kept: int, most: int) -> bool:
    """Take out so many rows of one table at most that belong to other generations; False when there are none."""
    for table in GENERATIONAL:
        keys = [f'"{column.name}"' for column in table.primary_key]
        of_these = (
            f'"{table.name}" WHERE generation = ? AND ({", ".join(keys[1:])}) <= ({", ".join("?" * len(keys[1:]))})'
        )
        for beyond in ("<", ">"):
            last = _last(connection, f'"{table.name}" WHERE generation {beyond} ?', keys, kept, most)
            if last and table is readings:
                search.remove_shown(connection, of_these, last[0])
            if last:  # by one statement: the rows lie side by side
                run(connection, f"DELETE FROM {of_these}", last)  # noqa: S608 - our own names
                return True
    return False


def _last(connection: Connection, some: str, keys: Sequence[str], kept: int, most: int) -> list[tuple[object, ...]]:
    """The key of the last of so many rows, as a list of one; an empty one where there are none."""
    names, back = ", ".join(keys), ", ".join(f"{key} DESC" for key in keys)
    found = fetch(connection, f"SELECT {names} FROM {some} ORDER BY {names} LIMIT 1 OFFSET ?", kept, most - 1)  # noqa: S608 - our own names
    return found or fetch(connection, f"SELECT {names} FROM {some} ORDER BY {back} LIMIT 1", kept)  # noqa: S608


# -- drafts ------------------------------------------------------------------------------------------------------------


def find_drafts(connection: Connection, keys: Sequence[str], reader: str | None, *, only: bool) -> dict[str, bytes]:
    """Stored drafts by key: those of that reader, or else, unless `only` those will do, of any."""
    some = "SELECT key, draft FROM drafts WHERE key IN (SELECT value FROM json_each(?))"
    rest = " AND reader = ?" if only else " ORDER BY reader = ?"
    return dict(fetch(connection, some + rest, each(keys), reader or ""))


def keep_drafts(connection: Connection, reader: str, found: Mapping[str, bytes]) -> None:
    """Keep drafts that this reader made."""
    put_all(connection, drafts, [{"key": key, "reader": reader, "draft": draft} for key, draft in found.items()])
    if get(connection, "reader") is None:
        put(connection, "reader", reader)


def draft_keys(connection: Connection) -> set[str]:
    """The key of every draft."""
    return set(connection.execute(select(drafts.c.key).distinct()).scalars())


def drop_drafts(connection: Connection, keys: Sequence[str]) -> None:
    """Take these drafts out, whoever made them: after a redaction."""
    for chunk in chunks(keys):
        connection.execute(delete(drafts).where(drafts.c.key.in_(chunk)))


# -- pages -----------------------------------------------------------------------------------------------------------


def history(connection: Connection, number: int, page: str) -> tuple[int, bytes] | None:
    """(last change number that went in, the page's history)."""
    query = "SELECT change, history FROM histories WHERE generation = ? AND page = ?"
    found: list[tuple[int, bytes]] = fetch(connection, query, number, page)
    return found[0] if found else None


def all_histories(connection: Connection, number: int) -> list[tuple[str, bytes]]:
    """(page, its history), by page."""
    rows = select(histories.c.page, histories.c.history).where(histories.c.generation == number)
    return [(row[0], row[1]) for row in connection.execute(rows.order_by(histories.c.page))]


def change_of_page(connection: Connection, number: int, page: str) -> int:
    """The page's last change number that went into the derived tables; 0 for none."""
    found = fetch(connection, "SELECT change FROM histories WHERE generation = ? AND page = ?", number, page)
    return int(found[0][0]) if found else 0


def changes_of_pages(connection: Connection, number: int) -> dict[str, int]:
    """Each page's last change number that went into the derived tables."""
    rows = select(histories.c.page, histories.c.change).where(histories.c.generation == number)
    return {row[0]: row[1] for row in connection.execute(rows)}


def keep_history(connection: Connection, number: int, page: str, change: int, stored: bytes) -> None:
    """Keep the page's history: the last thing that is written of a page."""
    next_tick(connection)
    put_all(connection, histories, [{"generation": number, "page": page, "change": change, "history": stored}])


def forget_page(connection: Connection, page: str) -> None:
    """Take the page's history out, so that the page is derived anew from its facts."""
    next_tick(connection)
    connection.execute(delete(histories).where(histories.c.page == page))
