"""Accounts of events → GeoJSON (RFC 7946): a feature for each event, without geometry where its place is not known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import orjson

from onrecord.model import Place
from onrecord.pages.exports.jsonlines import event, view
from onrecord.pages.exports.told import PLACES, Context, Told


def write(rows: Iterable[Told], context: Context) -> Iterator[str]:
    """A FeatureCollection; coordinates are longitude, latitude in WGS 84."""
    head = {"story": context.settings.title, "attribution": PLACES, **view(context)}
    yield '{"type":"FeatureCollection",' + orjson.dumps(head).decode()[1:-1] + ',"features":['
    first = True
    for row in rows:
        yield ("\n" if first else ",\n") + orjson.dumps(_feature(row)).decode()
        first = False
    yield "\n]}\n"


def _feature(row: Told) -> dict[str, object]:
    return {
        "type": "Feature", "id": row.event.id, "geometry": _geometry(row.event.place), "properties": event(row)
    }  # fmt: skip


def _geometry(place: Place | None) -> dict[str, object] | None:
    """The place's point. How far around it the event may lie stands in the properties' `place.radius_km`."""
    if place is None or place.lat is None or place.lon is None:
        return None
    return {"type": "Point", "coordinates": [round(place.lon, 5), round(place.lat, 5)]}
