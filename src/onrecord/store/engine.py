"""A path → connections to its record, with errors that say what to do.

Every write is one short `BEGIN IMMEDIATE`. The driver's own handling of transactions is switched off for it, as
SQLAlchemy's documentation shows.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from sqlite3 import Connection as SQLite
from sqlite3 import Error as SQLiteError
from typing import NamedTuple

from sqlalchemy import URL, Connection, Engine, create_engine, event, exc

from onrecord.errors import RecordBusyError, RecordError, RecordFullError


class Room(NamedTuple):
    """What a connection may take."""

    cache_kb: int
    """Of the file kept in memory at most."""
    log_pages: int
    """Pages of the write-ahead log after which it is worked into the file."""


SMALL = Room(32_000, 4_000)
LARGE = Room(200_000, 40_000)
"""For work of minutes, which writes the same pages again and again."""
PATIENCE = 30.0
"""Seconds that a write waits for another process."""


def engine(path: Path, room: Room = SMALL) -> Engine:
    """An engine for the record at that path; nothing is opened yet."""
    made = create_engine(URL.create("sqlite", database=str(path)), connect_args={"timeout": PATIENCE})
    event.listen(made, "connect", partial(_connected, room=room))
    event.listen(made, "begin", _begun)
    return made


def _connected(raw: SQLite, _: object, room: Room) -> None:
    raw.isolation_level = None
    raw.execute("PRAGMA foreign_keys = ON")
    raw.execute("PRAGMA synchronous = NORMAL")
    raw.execute("PRAGMA secure_delete = FAST")  # else some builds write all that is taken out; `Record.rewrite` purges
    raw.execute(f"PRAGMA cache_size = -{room.cache_kb}")
    raw.execute(f"PRAGMA wal_autocheckpoint = {room.log_pages}")


def _begun(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def reading(engine: Engine, path: Path) -> Iterator[Connection]:
    """One consistent state of the record to read from."""
    with told_apart(path), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine, path: Path) -> Iterator[Connection]:
    """The record to write to: kept whole at the end, or not at all."""
    with told_apart(path), engine.connect() as plain:
        connection = plain.execution_options(writes=True)
        with connection.begin():
            yield connection


@contextmanager
def told_apart(path: Path) -> Iterator[None]:
    """Turn the database's errors into ours."""
    try:
        yield
    except exc.DBAPIError as error:
        raise _ours(str(error.orig), path) from error
    except SQLiteError as error:  # of a query in SQLite's own words
        raise _ours(str(error), path) from error


def _ours(said: str, path: Path) -> RecordError:
    low = said.lower()
    if "locked" in low or "busy" in low:
        return RecordBusyError(
            f"{path}: another process holds the record", "wait until it has finished, then try again"
        )
    if "full" in low:
        return RecordFullError(
            f"{path}: the disk is full", "make room, then run the command again; nothing is half written"
        )
    if "readonly" in low or "read-only" in low:
        return RecordError(f"{path}: the record can't be written", "check its permissions and those of its folder")
    if "unable to open" in low:
        return RecordError(f"{path}: the record can't be opened", "check the path and its permissions")
    if "not a database" in low or "malformed" in low or "corrupt" in low:
        return RecordError(
            f"{path}: this is no record, or a damaged one ({said})", "take another path or a copy of the record"
        )
    return RecordError(f"{path}: {said}")
