"""What posts of pages said before the last of them came: derived, and written by the page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

import orjson
from sqlalchemy import Connection

from onrecord.store.rows import each, fetch, run, stamp

Known = list[tuple[str, list[int]]]
"""(since when, places in the page of the posts that may have been read otherwise), in order of time."""


def put(
    connection: Connection, number: int, page: str, change: int, found: Iterable[tuple[datetime, Sequence[int]]]
) -> None:
    """Keep what is known of a page as it was up to that change; it counts once the page's history is kept."""
    stored = orjson.dumps([(stamp(at), list(places)) for at, places in found])
    run(connection, "REPLACE INTO prefixes VALUES (?, ?, ?, ?)", [(number, page, change, stored)])


_KNOWN = """
SELECT p.page, p.found FROM json_each(?) j
CROSS JOIN prefixes p ON p.generation = ?2 AND p.page = j.value
CROSS JOIN histories h ON h.generation = ?2 AND h.page = j.value AND h.change = p.change
"""


def load(connection: Connection, number: int, pages: Iterable[str]) -> dict[str, Known]:
    """What is known of those of these pages of which it is kept."""
    return {page: orjson.loads(found) for page, found in fetch(connection, _KNOWN, each(pages), number)}
