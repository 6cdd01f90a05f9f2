"""What a fold asks all the time is found by an index, however large the record is."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import Connection

from onrecord.model import Settings
from onrecord.store import Record, events, versions


@pytest.mark.parametrize(
    ("ask", "index"),
    [
        (lambda connection: events.untils(connection, 1, ["e1"]), "event_happenings_event (generation=? AND event=?)"),
        (lambda connection: versions.number(connection, 1), "histories_change (generation=?)"),
    ],
)
def test_no_query_walks_through_a_generation(tmp_path: Path, ask: object, index: str) -> None:
    assert callable(ask)
    with Record.create(tmp_path / "story.db", Settings("Flood", "UTC")) as record, record.reading() as connection:
        plans = "\n".join(_plan(connection, query) for query in _asked(connection, ask))
    assert index in plans


def _asked(connection: Connection, ask: object) -> list[str]:
    """The queries that it asks."""
    assert callable(ask)
    raw = connection.connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)
    seen: list[str] = []
    raw.set_trace_callback(seen.append)
    ask(connection)
    raw.set_trace_callback(None)
    return [query for query in seen if query.lstrip().startswith("SELECT")]


def _plan(connection: Connection, query: str) -> str:
    raw = connection.connection.driver_connection
    assert raw is not None
    return "\n".join(row[3] for row in raw.execute(f"EXPLAIN QUERY PLAN {query}"))
