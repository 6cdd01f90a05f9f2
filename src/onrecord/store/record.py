"""A path → an open record: made, checked, migrated, and its derived tables in the shape that this version knows."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Self

from sqlalchemy import Connection, Index, inspect, select
from sqlalchemy.engine.reflection import Inspector

from onrecord.errors import NoRecordError, RecordBusyError, RecordError, RecordVersionError
from onrecord.model import Settings
from onrecord.store import engine, facts, schema, search

_INIT = "make one with: onrecord init STORY.db, or onrecord add STORY.db PATH…"


class Record:
    """The tables of one story on disk; a context manager. One object for one thread."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._engine = engine.engine(path)

    @classmethod
    def create(cls, path: Path, settings: Settings) -> Self:
        """Make a record; where another process makes one there just now, that one is opened. Raises `RecordError`."""
        if not path.parent.is_dir():
            raise RecordError(f"{path}: there is no folder {path.parent}", "make the folder first")
        part = path.with_name(f".{path.name}.{os.getpid()}.part")
        try:
            with cls(part) as record:
                record._fill(settings)
            _put(part, path)
        finally:
            for name in (part, *(part.with_name(part.name + end) for end in ("-wal", "-shm", "-journal"))):
                name.unlink(missing_ok=True)
        return cls.open(path)

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open a record. Raises `NoRecordError`, `RecordVersionError` or `RecordError`."""
        if not path.exists():
            raise NoRecordError(f"there is no record at {path}", _INIT)
        if not path.is_file():
            raise RecordError(f"{path} is no file", "give the record's file, such as STORY.db")
        return cls(path)._checked()

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent state to read from."""
        with engine.reading(self._engine, self.path) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A short transaction that writes."""
        with engine.writing(self._engine, self.path) as connection:
            yield connection

    @contextmanager
    def at_length(self) -> Iterator[None]:
        """For work of minutes: more of the file in memory, and the log worked into it more seldom."""
        before, self._engine = self._engine, engine.engine(self.path, engine.LARGE)
        try:
            yield
        finally:
            self._engine.dispose()
            self._engine = before

    def settle(self) -> None:
        """Work the log into the file, as far as nobody reads what is older: a long one is slow to read."""
        with engine.told_apart(self.path), self._engine.connect() as connection:
            raw = connection.connection.driver_connection
            assert raw is not None
            raw.execute("PRAGMA wal_checkpoint(PASSIVE)")  # outside any transaction, as SQLite wants it

    def settings(self) -> Settings:
        """What the story's people set."""
        with self.reading() as connection:
            return facts.read_settings(connection)

    def rewrite(self) -> None:
        """Write the file anew, so that nothing of what was taken out is left in it. Raises `RecordBusyError`."""
        with self.writing() as connection:
            search.rebuild(connection)
        with engine.told_apart(self.path), self._engine.connect() as connection:
            raw = connection.connection.driver_connection
            assert raw is not None
            raw.execute("VACUUM")  # outside any transaction, as SQLite wants it
            busy = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        if busy:
            raise RecordBusyError(
                f"{self.path}: another process reads the record, so that its file may still hold what was taken out",
                "stop other onrecord processes, then open the record with any command",
            )

    def _fill(self, settings: Settings) -> None:
        with engine.told_apart(self.path), self._engine.connect() as connection:
            raw = connection.connection.driver_connection
            if raw is not None:  # outside any transaction, as SQLite wants it
                raw.execute("PRAGMA journal_mode = WAL")
        with self.writing() as connection:
            connection.exec_driver_sql(f"PRAGMA application_id = {schema.APPLICATION}")
            _migrate(connection)
            facts.write_settings(connection, settings)
            _make_derived(connection)

    def _checked(self) -> Self:
        """The record, migrated where it is older. Raises `RecordVersionError` where it is newer."""
        with self.reading() as connection:
            version, shape = _version(connection, self.path), _shape(connection)
            lacking = _DERIVED - _names(connection)
        if version not in (schema.HEAD, None) and version > schema.HEAD:
            raise RecordVersionError(
                f"{self.path} was made by a newer version of On Record", "install that version: pip install -U onrecord"
            )
        if version != schema.HEAD or shape != str(schema.DERIVED) or lacking:
            with self.writing() as connection:
                _migrate(connection)
                if shape != str(schema.DERIVED):
                    kept = _drop_derived(connection)
                    _make_derived(connection, kept)
                schema.derived.create_all(connection)
                for index in _indexes():
                    index.create(connection, checkfirst=True)
        return self


def _put(part: Path, path: Path) -> None:
    """Give the finished file its name, unless that is taken by now."""
    try:
        os.link(part, path)
    except FileExistsError:
        return
    except OSError:  # a file system without hard links
        if not path.exists():
            part.rename(path)


def _indexes() -> Iterator[Index]:
    return (index for table in schema.derived.sorted_tables for index in table.indexes)


_DERIVED = {*schema.derived.tables, *(str(index.name) for index in _indexes())}
"""Names of derived tables and of their indices."""


def _names(connection: Connection) -> set[str]:
    """Names of all tables and indices."""
    return set(connection.exec_driver_sql("SELECT name FROM sqlite_master").scalars())


def _tables(connection: Connection) -> set[str]:
    inspector: Inspector = inspect(connection)
    return set(inspector.get_table_names())


def _version(connection: Connection, path: Path) -> str:
    given = connection.exec_driver_sql("PRAGMA application_id").scalar()
    if given != schema.APPLICATION or "alembic_version" not in _tables(connection):
        raise RecordError(f"{path} is no record of On Record", _INIT)
    return str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar())


def _shape(connection: Connection) -> str | None:
    if schema.state.name not in _tables(connection):
        return None
    return connection.execute(select(schema.state.c.value).where(schema.state.c.key == "shape")).scalar()


def _migrate(connection: Connection) -> None:
    """Bring the facts to the newest version. Alembic is met here alone, late, because loading it takes long."""
    config = import_module("alembic.config").Config()
    config.set_main_option("script_location", "onrecord.store:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    import_module("alembic.command").upgrade(config, "head")


def _make_derived(connection: Connection, kept: Mapping[str, str] | None = None) -> None:
    schema.derived.create_all(connection)
    search.make(connection)
    state = {"shape": str(schema.DERIVED), "drafts": str(schema.DRAFTS), "generation": "1"}
    for key, value in {**(kept or {}), **state}.items():
        connection.execute(schema.state.insert().values(key=key, value=value))


def _drop_derived(connection: Connection) -> dict[str, str]:
    """Take out what is derived, but for drafts of the shape that this version knows: reading again would take hours.

    Gives what is to be kept of the state: whose drafts count, and whether words are still to be purged from the file.
    """
    names = _tables(connection)
    rows = connection.execute(select(schema.state.c.key, schema.state.c.value)) if schema.state.name in names else ()
    state = {row[0]: row[1] for row in rows}
    stay = {schema.drafts.name} if state.get("drafts", "1") == str(schema.DRAFTS) else set()
    search.drop(connection)
    for table in schema.derived.sorted_tables:
        if table.name in names and table.name not in stay:
            table.drop(connection)
    return {key: value for key, value in state.items() if key in (("reader", "purge") if stay else ("purge",))}
