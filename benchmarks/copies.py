"""A folded record of some days → the same with those days again in other months, under other names, by plain SQL.

What was folded is copied row by row with its dates and ids changed, so that a record of years is made in minutes. A day
has the neighbours that it had; what grows are the tables and their indices.
"""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

from onrecord.events import event_id

MONTH, TAG = "2031-03", "~00~"
"""What stands in every date, and in every id, of the days that are copied."""
_READ = re.compile(r"\b([ps])[0-9a-f]{2}(?=[0-9a-f]{13}\b)")
"""Ids of pages and statements that were read."""
_EVENT = re.compile(r"\be[0-9a-f]{12}\b")
_TEXTS = {
    "telling_keys": ("generation", "=key", "=telling"),
    "post_words": ("generation", "=page", "=post", "words"),
    "tellings": ("generation", "=id", "=page", "=post", "gone", "=telling"),
    "links": ("generation", "kind", "=node", "=other", "weight"),
    "slots": ("generation", "=slot", "=post"),
    "event_happenings": ("generation", "=happening", "*event", "at"),
    "events": ("generation", "*id", "=first", "*part_of", "*thread", "*event", "=brief"),
    "histories": ("generation", "=page", "change", "=history"),
    "readings": ("generation", "=page", "=post", "at", "=public", "=placed", "=anchor", "tick", "search_row", "=view"),
    "facets": ("generation", "kind", "=value", "=placed", "=page", "=post"),
    "told_posts": ("generation", "=name", "=page", "=post", "=day", "*told"),
}
"""Table → columns: as they are, with dates and ids changed (=), with ids of events changed too (*)."""


def month_of(number: int) -> str:
    """The n-th month after the first."""
    return f"{2031 + (2 + number) // 12}-{(2 + number) % 12 + 1:02}"


class Days:
    """The days that are copied, as the record held them."""

    def __init__(self, record: Path) -> None:
        self.record = record
        self._days = record.with_suffix(".days")
        raw = sqlite3.connect(record)
        raw.execute("VACUUM INTO ?", (str(self._days),))
        query = "SELECT event, happening FROM event_happenings WHERE at = 0"
        self._events: dict[str, str] = dict(raw.execute(query).fetchall())
        raw.close()

    def copy(self, number: int) -> None:
        """Put the n-th copy in."""
        names = {event: event_id(_changed(first, number)) for event, first in self._events.items()}
        raw = sqlite3.connect(self.record)
        try:
            raw.execute("PRAGMA synchronous = OFF")
            raw.execute("ATTACH ? AS days", (str(self._days),))
            raw.create_function("changed", 1, lambda text: _same_type(text, number), deterministic=True)
            raw.create_function("renamed", 1, lambda text: _renamed(text, number, names), deterministic=True)
            for table, columns in _TEXTS.items():
                made = ", ".join(map(_column, columns))
                raw.execute(f"INSERT INTO main.{table} SELECT {made} FROM days.{table}")
            raw.commit()
        finally:
            raw.close()


def _column(name: str) -> str:
    how, bare = name[0], name[1:]
    return f"changed({bare})" if how == "=" else f"renamed({bare})" if how == "*" else name


def _changed(text: str, number: int) -> str:
    text = text.replace(MONTH, month_of(number)).replace(TAG, f"~{number:02}~")
    return _READ.sub(rf"\g<1>{chr(ord('g') + number // 16)}{number % 16:x}", text)


def _same_type(text: str | bytes, number: int) -> str | bytes:
    return _changed(text, number) if isinstance(text, str) else _changed(text.decode(), number).encode()


def _renamed(text: str | bytes | None, number: int, names: dict[str, str]) -> str | bytes | None:
    if text is None:
        return None
    changed = _same_type(text, number)
    plain = changed if isinstance(changed, str) else changed.decode()
    plain = _EVENT.sub(lambda found: names.get(found.group(), found.group()), plain)
    return plain if isinstance(changed, str) else plain.encode()
