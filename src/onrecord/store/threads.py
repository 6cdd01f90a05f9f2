"""Posts as threads need them: derived, and written when their links are made."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import Connection

from onrecord.store.rows import each, fetch, run

_SOME = """
SELECT t.name, t.told, coalesce(w.words, '[]') FROM told_posts t
LEFT JOIN post_words w ON w.generation = t.generation AND w.page = t.page AND w.post = t.post
WHERE t.generation = ? AND t.name IN (SELECT value FROM json_each(?))
"""
_OF_DAYS = """
SELECT t.name, t.told, coalesce(w.words, '[]') FROM told_posts t
LEFT JOIN post_words w ON w.generation = t.generation AND w.page = t.page AND w.post = t.post
WHERE t.generation = ? AND t.name IN (SELECT value FROM json_each(?))
AND t.day IN (SELECT value FROM json_each(?))
"""


def load(connection: Connection, number: int, names: Collection[str]) -> list[tuple[str, bytes, bytes]]:
    """(name, post as it is kept, its words) for those of these posts that are kept."""
    return fetch(connection, _SOME, number, each(names)) if names else []


def days(connection: Connection, number: int, names: Collection[str]) -> list[tuple[str, str]]:
    """(name, its day) for those of these posts that are kept."""
    query = "SELECT name, day FROM told_posts WHERE generation = ? AND name IN (SELECT value FROM json_each(?))"
    return fetch(connection, query, number, each(names)) if names else []


def of_days(
    connection: Connection, number: int, names: Collection[str], days: Collection[str]
) -> list[tuple[str, bytes, bytes]]:
    """The same for those of these days."""
    return fetch(connection, _OF_DAYS, number, each(names), each(days)) if names else []


def put(connection: Connection, number: int, gone: Iterable[str], rows: Sequence[tuple[str, str, bytes]]) -> None:
    """Keep posts, given as (name, day, post), and take out those that are gone."""
    run(connection, "DELETE FROM told_posts WHERE generation = ? AND name = ?", [(number, name) for name in gone])
    kept = [(number, name, name.partition(" ")[0], name.partition(" ")[2], day, told) for name, day, told in rows]
    run(connection, "REPLACE INTO told_posts VALUES (?, ?, ?, ?, ?, ?)", kept)
