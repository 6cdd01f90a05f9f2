"""Scores of pairs of tellings that are clustered together: derived, and written by the fold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection

from onrecord.store.rows import each, fetch, run

Row = tuple[str, bytes]
"""(telling, its scores with others)."""


def put(connection: Connection, number: int, rows: Sequence[Row]) -> None:
    """Keep the scores of tellings in place of those that they had."""
    run(connection, "REPLACE INTO pair_scores VALUES (?, ?, ?)", [(number, *row) for row in rows])


def load(connection: Connection, number: int, names: Iterable[str]) -> list[Row]:
    """The scores of those of these tellings of which there are any."""
    query = (
        "SELECT telling, scores FROM pair_scores WHERE generation = ? AND telling IN (SELECT value FROM json_each(?))"
    )
    return fetch(connection, query, number, each(names))


def lacking(connection: Connection, number: int, names: Iterable[str]) -> set[str]:
    """Those of these tellings of which no scores are kept."""
    query = "SELECT telling FROM pair_scores WHERE generation = ? AND telling IN (SELECT value FROM json_each(?))"
    wanted = set(names)
    return wanted.difference(row[0] for row in fetch(connection, query, number, each(wanted))) if wanted else wanted


def drop(connection: Connection, number: int, names: Iterable[str]) -> None:
    """Forget the scores of tellings that are gone."""
    run(connection, "DELETE FROM pair_scores WHERE generation = ? AND telling = ?", [(number, name) for name in names])
