"""Words → posts, newest first, in SQLite's full-text index.

Row numbers go by public time, so that the newest hits are a range of rows. The index is derived and can be dropped.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, text

from onrecord.store.rows import fetch, run

_TOKEN = re.compile(r'"([^"]*)"|(\S+)')
_SEQUENCE = 1 << 20


def make(connection: Connection) -> None:
    """Make the index."""
    connection.exec_driver_sql(
        "CREATE VIRTUAL TABLE IF NOT EXISTS search USING fts5("
        "words, generation UNINDEXED, page UNINDEXED, post UNINDEXED,"
        " tokenize = 'porter unicode61 remove_diacritics 2')"
    )


def drop(connection: Connection) -> None:
    """Drop the index."""
    connection.exec_driver_sql("DROP TABLE IF EXISTS search")


def add(connection: Connection, generation: int, page: str, post: str, public: datetime, words: str) -> int:
    """Put a post's text in; gives its row."""
    row = int(public.timestamp()) * _SEQUENCE + zlib.crc32(f"{generation}\n{page}\n{post}".encode()) % _SEQUENCE
    while fetch(connection, "SELECT 1 FROM search WHERE rowid = ?", row):
        row += 1
    wanted = "INSERT INTO search (rowid, words, generation, page, post) VALUES (?, ?, ?, ?, ?)"
    run(connection, wanted, [(row, words.replace("\x00", " "), generation, page, post)])
    return row


def remove(connection: Connection, rows: Sequence[int]) -> None:
    """Take posts' texts out."""
    run(connection, "DELETE FROM search WHERE rowid = ?", [(row,) for row in rows])


def remove_generation(connection: Connection, generation: int) -> None:
    """Take all texts of a generation out."""
    connection.execute(text("DELETE FROM search WHERE generation = :generation"), {"generation": generation})


def remove_shown(connection: Connection, some: str, values: tuple[object, ...]) -> None:
    """Take the texts of some rows of `readings` out, given as SQL with these values."""
    run(connection, f"DELETE FROM search WHERE rowid IN (SELECT search_row FROM {some})", [values])  # noqa: S608


def rebuild(connection: Connection) -> None:
    """Make the index anew from its texts: words of texts that were taken out stay in it till then."""
    connection.execute(text("INSERT INTO search (search) VALUES ('rebuild')"))


def posts(connection: Connection, generation: int, query: str) -> list[tuple[str, str]]:
    """(page, post) of posts that hold all the query's words, newest first."""
    wanted = expression(query)
    found = "SELECT page, post FROM search WHERE search MATCH ? AND generation = ? ORDER BY rowid DESC"
    return fetch(connection, found, wanted, generation) if wanted else []


def expression(query: str) -> str:
    """The query in the index's language: all words, "quoted words" side by side, `wor*` as a beginning."""
    parts = []
    for phrase, word in _TOKEN.findall(query):
        inner = re.sub(r"[^\w\s]+", " ", phrase or word).strip()
        if inner:
            parts.append(f'"{inner}"' + "*" * word.endswith("*"))
    return " ".join(parts)
