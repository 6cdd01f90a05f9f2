"""Accounts of events → JSON lines: one complete object for each event."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import orjson

from onrecord.pages.exports.told import Context, Told


def write(rows: Iterable[Told], context: Context) -> Iterator[str]:
    """One line for each event: DESIGN's event object, its statements with evidence, and whose words they are."""
    for row in rows:
        yield orjson.dumps({**event(row), "story": context.settings.title, **view(context)}).decode() + "\n"


def event(row: Told) -> dict[str, object]:
    """The event's object with its statements in full."""
    plain = row.event.to_dict()
    plain.pop("why")
    return {
        **plain, "headline": row.headline, "standing_words": row.standing,
        "statements": [said.to_dict() for said in row.said], "parts": [part.id for part in row.parts],
        "attribution": row.attribution,
    }  # fmt: skip


def view(context: Context) -> dict[str, object]:
    """Which state of the record it is."""
    return {
        "as_of": context.as_of.isoformat() if context.as_of else None, "recorded": context.recorded,
        "exported": context.made.isoformat(),
    }  # fmt: skip
