"""Versions of events that were made public: facts, added to with each fold and never changed, but for redactions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from onrecord.store.rows import each, fetch, run


class Row(NamedTuple):
    """A version as it is kept."""

    event: str
    since: int
    """The record number from which on it held."""
    at: str
    detail: bytes


_OF = """
SELECT event, since, at, detail FROM versions
WHERE event IN (SELECT value FROM json_each(?)) ORDER BY event, since
"""


def load(connection: Connection, names: Collection[str]) -> dict[str, list[Row]]:
    """Each of these events that has versions → its versions, oldest first."""
    out: dict[str, list[Row]] = {}
    for row in fetch(connection, _OF, each(names)) if names else ():
        out.setdefault(row[0], []).append(Row(*row))
    return out


def keep(connection: Connection, rows: Sequence[Row], gone: Iterable[tuple[str, int]] = ()) -> None:
    """Keep versions, each in place of the one with its number, and take out those that turned out to be none."""
    run(connection, "REPLACE INTO versions VALUES (?, ?, ?, ?)", rows)
    run(connection, "DELETE FROM versions WHERE event = ? AND since = ?", gone)


def resting_on(connection: Connection, posts: Iterable[str]) -> list[Row]:
    """All versions of the events that any of these posts, given as they stand in details, ever told."""
    query = (
        "SELECT event, since, at, detail FROM versions WHERE event IN"
        " (SELECT v.event FROM versions v JOIN json_each(?) j ON instr(CAST(v.detail AS TEXT), j.value))"
        " ORDER BY event, since"
    )
    return [Row(*row) for row in fetch(connection, query, each(posts))]


_NUMBER = """
SELECT max(
    coalesce((SELECT max(change) FROM histories WHERE generation = ?), 0),
    coalesce((SELECT max(change) FROM ledger WHERE kind = 'reader'), 0)
)
"""


def number(connection: Connection, generation: int) -> int:
    """The record number up to which facts have gone into that generation's derived tables."""
    return int(fetch(connection, _NUMBER, generation)[0][0])


_OTHER = """
SELECT a.id FROM events a NOT INDEXED LEFT JOIN events b ON b.generation = ?2 AND b.id = a.id
WHERE a.generation = ?1 AND (b.id IS NULL OR b.part_of IS NOT a.part_of OR b.event <> a.event)
"""
_NEW = """
SELECT a.id FROM events a LEFT JOIN events b ON b.generation = ?1 AND b.id = a.id
WHERE a.generation = ?2 AND b.id IS NULL
"""
_HOLDING = """
SELECT a.event, b.event FROM event_happenings a
LEFT JOIN event_happenings b ON b.generation = ?2 AND b.happening = a.happening
WHERE a.generation = ?1 AND b.event IS NOT a.event
"""
_HELD_NEW = """
SELECT a.event FROM event_happenings a LEFT JOIN event_happenings b ON b.generation = ?1 AND b.happening = a.happening
WHERE a.generation = ?2 AND b.event IS NULL
"""


def differing(connection: Connection, left: int, right: int) -> list[str]:
    """The events that are not the same in both generations."""
    queries = (_OTHER, _NEW, _HOLDING, _HELD_NEW)
    return sorted({name for query in queries for row in fetch(connection, query, left, right) for name in row if name})
