"""What a fold and a question of another time ask all the time is found by an index, however large the record is."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection

from onrecord import past_events
from onrecord.model import Settings
from onrecord.store import Record, events, links, prefixes, scores, shown, tellings, threads, versions
from onrecord.store.rows import each, fetch

NAMES = ["s1.0", "s2.0"]
ASKED: list[Callable[[Connection], object]] = [
    lambda c: events.of_tellings(c, 1, NAMES),
    lambda c: events.groups(c, 1, ["e1"]),
    lambda c: events.untils(c, 1, ["e1"]),
    lambda c: events.threads(c, 1, ["e1"]),
    lambda c: events.parts(c, 1, ["e1"]),
    lambda c: events.posts_of(c, 1, ["e1"]),
    lambda c: events.load(c, 1, ["e1"]),
    lambda c: events.bare(c, 1, ["e1"]),
    lambda c: events.lights(c, 1, ["e1"]),
    lambda c: events.briefs(c, 1, ["e1"]),
    lambda c: events.since(c, 1, datetime(2025, 3, 13, tzinfo=UTC)),
    lambda c: events.told_by(c, 1, ["s1"]),
    lambda c: events.holding(c, 1, NAMES),
    lambda c: tellings.rows(c, 1, NAMES),
    lambda c: tellings.heads(c, 1, NAMES),
    lambda c: tellings.sharing(c, 1, NAMES),
    lambda c: tellings.of_posts(c, 1, [("p1", "a")]),
    lambda c: tellings.words_of(c, 1, [("p1", "a")]),
    lambda c: tellings.times(c, 1, NAMES),
    lambda c: links.load(c, 1, "telling", NAMES),
    lambda c: links.in_slots(c, 1, ["2025-03-13|1:a"]),
    lambda c: links.waiting(c, 1, "telling", NAMES),
    lambda c: links.touched_names(c, 1, "telling", 9),
    lambda c: shown.publics(c, 1, ["p1 a"]),
    lambda c: shown.some(c, 1, [("p1", "a")]),
    lambda c: shown.newest(c, 1),
    lambda c: scores.load(c, 1, NAMES),
    lambda c: threads.load(c, 1, ["p1 a"]),
    lambda c: threads.days(c, 1, ["p1 a"]),
    lambda c: prefixes.load(c, 1, ["p1"]),
    lambda c: versions.load(c, ["e1"]),
    lambda c: versions.number(c, 1),
    lambda c: fetch(c, past_events._PLACES, each(NAMES), 1),
    lambda c: fetch(c, past_events._SHARING, each(["k"]), 1),
    lambda c: fetch(c, past_events._KEYS, each(NAMES), 1),
    lambda c: fetch(c, past_events._EVENTS, each(NAMES), 1),
]
NARROW = re.compile(r"SEARCH \w+ USING .*(?:\(generation=\? AND .+\)|\((?:event|rowid|kind)=\?|_(?:change|public) )")
"""A search by more than the generation, for one end of it, or for one of the few readers."""
GIVEN = re.compile(r"SCAN (?:\w+ VIRTUAL TABLE INDEX|CONSTANT ROW)")
"""It goes through what it was asked about."""


@pytest.mark.parametrize("ask", ASKED)
def test_no_query_walks_through_a_generation(tmp_path: Path, ask: Callable[[Connection], object]) -> None:
    with Record.create(tmp_path / "story.db", Settings("Flood", "UTC")) as record, record.reading() as connection:
        steps = [step for query in _asked(connection, ask) for step in _plan(connection, query)]
    walks = [step for step in steps if step.startswith(("SCAN", "SEARCH")) and not GIVEN.match(step)]
    assert walks, "it asks nothing"
    assert [step for step in walks if not NARROW.match(step)] == []


def _asked(connection: Connection, ask: Callable[[Connection], object]) -> list[str]:
    """The queries that it asks."""
    raw = connection.connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)
    seen: list[str] = []
    raw.set_trace_callback(seen.append)
    ask(connection)
    raw.set_trace_callback(None)
    return [query for query in seen if query.lstrip().startswith("SELECT")]


def _plan(connection: Connection, query: str) -> Iterator[str]:
    raw = connection.connection.driver_connection
    assert raw is not None
    return (row[3] for row in raw.execute(f"EXPLAIN QUERY PLAN {query}"))
