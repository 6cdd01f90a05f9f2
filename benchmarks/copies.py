"""A folded record of some days → the same with those days again in other months, under other names, by plain SQL.

What was folded is copied row by row with its dates and ids changed, so that a record of years is made in minutes. A day
has the neighbours that it had; what grows are the tables and their indices.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from onrecord.events.event import event_id

MONTH, TAG = "2031-03", "~00~"
"""What stands in every date, and in every id, of the days that are copied."""
_CACHE_KB = 400_000
_READ = re.compile(r"\b([ps])[0-9a-f]{2}(?=[0-9a-f]{13}\b)")
"""Ids of pages and statements that were read."""
_EVENT = re.compile(r"\be(?=[0-9a-f]{12}\b)")
_TAGGED = re.compile(r"\be~\d+~[0-9a-f]{12}\b")
_TABLES = {
    "telling_keys": ("generation", "=key", "=telling"),
    "post_words": ("generation", "=page", "=post", "words"),
    "tellings": ("generation", "=id", "=page", "=post", "gone", "#mark", "@telling"),
    "links": ("generation", "kind", "=node", "@known"),
    "slots": ("generation", "=slot", "=post"),
    "event_happenings": ("generation", "=happening", "+event", "at", "among", "=until"),
    "events": ("generation", "+id", "=first", "+part_of", "%thread", "%event", "@brief"),
    "histories": ("generation", "=page", "change", "@history"),
    "readings": ("generation", "=page", "=post", "at", "=public", "=placed", "=anchor", "tick", "search_row", "@view"),
    "facets": ("generation", "kind", "=value", "=placed", "=page", "=post"),
    "told_posts": ("generation", "=name", "=page", "=post", "=day", "%told"),
}
"""Table → columns: as they are, with dates and ids changed in texts (=) and in JSON (@), the same with ids of events
(+, %), digests (#)."""


def month_of(number: int) -> str:
    """The n-th month after the first."""
    return f"{2031 + (2 + number) // 12}-{(2 + number) % 12 + 1:02}"


class Days:
    """The days that are copied, as the record held them, with the tag in all ids."""

    def __init__(self, record: Path) -> None:
        self.record = record
        self._days = record.with_suffix(".days")
        raw = sqlite3.connect(record)
        raw.execute("VACUUM INTO ?", (str(self._days),))
        raw.close()
        days = sqlite3.connect(self._days)
        days.create_function("tagged", 1, _tagged, deterministic=True)
        for table, columns in _TABLES.items():
            some = ", ".join(f'"{c[1:]}" = tagged("{c[1:]}")' for c in columns if c[0] in "=@+%")
            days.execute(f'UPDATE "{table}" SET {some}')
        days.commit()
        self._first = dict(days.execute("SELECT event, happening FROM event_happenings WHERE at = 0"))
        days.close()

    def copy(self, number: int) -> None:
        """Put the n-th copy in."""
        raw = sqlite3.connect(self.record)
        try:
            raw.execute("PRAGMA synchronous = OFF")
            raw.execute(f"PRAGMA cache_size = -{_CACHE_KB}")
            raw.execute("ATTACH ? AS days", (str(self._days),))
            names = {"month": month_of(number), "tag": f"~{number:02}~"}
            raw.create_function("renamed", 1, partial(_renamed, self._named(**names)), deterministic=True)
            for table, columns in _TABLES.items():
                made = ", ".join(map(_column, columns))
                raw.execute(f"INSERT INTO main.{table} SELECT {made} FROM days.{table}", names)
            raw.commit()
        finally:
            raw.close()

    def _named(self, month: str, tag: str) -> dict[str, str]:
        """Events of a copy, as the tag names them → the ids that their first tellings give them."""
        firsts = ((event, first.replace(MONTH, month).replace(TAG, tag)) for event, first in self._first.items())
        return {event.replace(TAG, tag): event_id(first) for event, first in firsts}


def _column(name: str) -> str:
    """What is copied into a column, with the month and the tag of the copy."""
    how, bare = name[0], f'"{name.lstrip("=@#+%")}"'
    if how == "#":
        return f"CAST(:tag || {bare} AS BLOB)"
    if how not in "=@+%":
        return bare
    text = f"CAST({bare} AS TEXT)" if how in "@%" else bare
    changed = f"replace(replace({text}, '{MONTH}', :month), '{TAG}', :tag)"
    changed = f"renamed({changed})" if how in "+%" else changed
    return f"CAST({changed} AS BLOB)" if how in "@%" else changed


def _renamed(names: Mapping[str, str], text: str | None) -> str | None:
    """The text with these ids of events in place of those that the tag made."""
    return text and _TAGGED.sub(lambda found: names.get(found.group(), found.group()), text)


def _tagged(value: str | bytes | None) -> str | bytes | None:
    """The value with the tag in its ids."""
    if value is None:
        return None
    text = value if isinstance(value, str) else value.decode()
    text = _EVENT.sub(f"e{TAG}", _READ.sub(rf"\g<1>{TAG}", text))
    return text if isinstance(value, str) else text.encode()
