"""Events with their tellings → files that other programs read: ACLED's columns, JSON lines, GeoJSON, JSON-LD.

Each keeps all statements of an event with the place where they stand, names the outlets whose words they are, and shows
no more of a source than its `rights` allow. Nothing that the desk hid or redacted is in what the record gives us here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, get_args

from onrecord.model import Event
from onrecord.pages.exports import acled, geojson, jsonld, jsonlines
from onrecord.pages.exports.told import Context, Told, told

Format = Literal["acled", "jsonl", "geojson", "jsonld"]
FORMATS: tuple[Format, ...] = get_args(Format)

__all__ = ["FORMATS", "Context", "Format", "Told", "told", "write"]


def write(form: Format, events: Iterable[Event], context: Context) -> Iterator[str]:
    """The export in pieces of text, in the order of the events; joined they are the whole file, ending in a newline."""
    rows = (told(event, context) for event in events)
    if form == "acled":
        return acled.write(rows, context)
    if form == "jsonl":
        return jsonlines.write(rows, context)
    if form == "geojson":
        return geojson.write(rows, context)
    return jsonld.write(rows, context)
