"""The migrations make the tables that the code knows."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from onrecord.model import Settings, Source
from onrecord.store import Record, schema, sources


def test_head_is_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", "onrecord.store:migrations")
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_heads() == [schema.HEAD]


def test_migrations_and_tables_agree_and_leave_derived_ones_alone(tmp_path: Path) -> None:
    with Record.create(tmp_path / "story.db", Settings()) as record, record.reading() as connection:
        options = {"include_object": lambda _o, name, kind, _r, _c: kind != "table" or name in schema.facts.tables}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, schema.facts) == []


def test_writes_ahead_and_checks_keys(tmp_path: Path) -> None:
    with Record.create(tmp_path / "story.db", Settings()) as record, record.reading() as connection:
        asked = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "foreign_keys")]
    assert asked == ["wal", 1]


def test_an_older_record_is_migrated_when_it_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "story.db"
    Record.create(path, Settings("Flood")).close()
    with closing(sqlite3.connect(path)) as raw:  # as the first version made it
        raw.executescript(
            "ALTER TABLE sources DROP COLUMN every; ALTER TABLE sources DROP COLUMN paused; DROP TABLE watching;"
            "DROP TABLE versions; DROP TABLE decision_pages; DROP TABLE decisions;"
            "ALTER TABLE bodies DROP COLUMN form; ALTER TABLE bodies DROP COLUMN checked;"
            "UPDATE alembic_version SET version_num = '0001';"
            "INSERT INTO sources (id, outlet, url, change) VALUES ('s1', 'Nord', 'https://nord.example/live', 0)"
        )
    with Record.open(path) as record, record.reading() as connection:
        assert record.settings().title == "Flood"
        assert sources.load(connection) == [Source("https://nord.example/live", "Nord")]
        assert sources.watched(connection) == {}


def test_an_index_that_an_older_record_lacks_is_made_when_it_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "story.db"
    Record.create(path, Settings("Flood")).close()
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("DROP INDEX tellings_place")
    Record.open(path).close()
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("SELECT 1 FROM sqlite_master WHERE name = 'tellings_place'").fetchone()
