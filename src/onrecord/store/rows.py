"""What all tables share: times as texts, runs of keys, rows put in place of older ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from hashlib import blake2b
from typing import Any

import orjson
from sqlalchemy import Connection, Table

Step = Callable[[Connection], None]
"""A small write, a few milliseconds long."""
EVERY = 1 << 62
"""Above all change numbers."""


def stamp(moment: datetime) -> str:
    """The moment as a text that sorts by time."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def chunks(items: Sequence[str], size: int = 500) -> Iterator[Sequence[str]]:
    """The items in runs that a statement can hold."""
    return (items[at : at + size] for at in range(0, len(items), size))


def fetch(connection: Connection, query: str, *values: str | int | float | bytes) -> list[Any]:
    """Rows of a query in SQLite's own words, as tuples: for what folding asks all the time, past SQLAlchemy's costs."""
    raw = connection.connection.driver_connection
    assert raw is not None
    found: list[Any] = raw.execute(query, values).fetchall()
    return found


def run(connection: Connection, statement: str, rows: Iterable[tuple[object, ...]]) -> None:
    """Do a write in SQLite's own words once for each of the rows."""
    raw = connection.connection.driver_connection
    assert raw is not None
    raw.executemany(statement, rows)


def digest(*parts: bytes) -> bytes:
    """Sixteen bytes that stand for these, told apart."""
    total = blake2b(digest_size=16)
    for part in parts:
        total.update(len(part).to_bytes(8, "big") + part)
    return total.digest()


def each(names: Iterable[str]) -> str:
    """The names as one value, for `IN (SELECT value FROM json_each(?))`: any number of them in one plain query."""
    return orjson.dumps(list(names)).decode()


def put_all(connection: Connection, table: Table, rows: Sequence[Mapping[str, object]]) -> None:
    """Insert rows, all with the same columns, each in place of the one that has its key."""
    if not rows:
        return
    run(connection, _upsert(table, tuple(rows[0])), (tuple(row.values()) for row in rows))


@cache
def _upsert(table: Table, columns: tuple[str, ...]) -> str:
    """In SQLite's own words."""
    keys = [column.name for column in table.primary_key]
    rest = ", ".join(f'"{name}" = excluded."{name}"' for name in columns if name not in keys)
    names, spots = ", ".join(f'"{name}"' for name in columns), ", ".join("?" * len(columns))
    there = f"({', '.join(keys)}) DO " + (f"UPDATE SET {rest}" if rest else "NOTHING")
    return f'INSERT INTO "{table.name}" ({names}) VALUES ({spots}) ON CONFLICT {there}'  # noqa: S608 - our own names
