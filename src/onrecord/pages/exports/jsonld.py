"""Accounts of events → JSON-LD in schema.org's words: each event with the claims that tell it and where they appear."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import orjson

from onrecord.model import Event, Place
from onrecord.pages.exports.told import Context, Said, Told


def write(rows: Iterable[Told], context: Context) -> Iterator[str]:
    """One document: a graph of `Event`s, each the subject of `Claim`s with author, words and `appearance`.

    schema.org has no word for standing, so it stands in `additionalProperty`, as the record's own words.
    """
    yield '{"@context":"https://schema.org","@graph":['
    first = True
    for row in rows:
        yield ("\n" if first else ",\n") + orjson.dumps(_event(row, context)).decode()
        first = False
    yield "\n]}\n"


def _event(row: Told, context: Context) -> dict[str, object]:
    event = row.event
    out: dict[str, object] = {
        "@type": "Event", "@id": f"urn:onrecord:{event.id}", "name": row.headline, "additionalType": event.kind,
        "startDate": event.earliest.isoformat() if event.earliest else None,
        "endDate": event.latest.isoformat() if event.latest else None,
        "location": _place(event.place), "isPartOf": context.settings.title,
        "superEvent": {"@id": f"urn:onrecord:{event.part_of}"} if event.part_of else None,
        "additionalProperty": _properties(event, row.standing), "subjectOf": [_claim(s, context) for s in row.said],
        "creditText": "; ".join(row.attribution),
    }  # fmt: skip
    return {key: value for key, value in out.items() if value not in (None, "", [])}


def _properties(event: Event, standing: str) -> list[dict[str, object]]:
    pairs: dict[str, object] = {
        "standing": standing, "reality": event.reality, "independent origins": event.independent_origins,
        "conflicts": "; ".join(f"{c.what}: {c.values[0]} / {c.values[1]}" for c in event.conflicts),
    }  # fmt: skip
    return [{"@type": "PropertyValue", "name": k, "value": v} for k, v in pairs.items() if v != ""]


def _place(place: Place | None) -> dict[str, object] | None:
    if place is None:
        return None
    out: dict[str, object] = {"@type": "Place", "name": place.name}
    if place.country:
        out["address"] = {"@type": "PostalAddress", "addressCountry": place.country}
    if place.lat is not None and place.lon is not None:
        out["geo"] = {"@type": "GeoCoordinates", "latitude": place.lat, "longitude": place.lon}
    return out


def _claim(said: Said, context: Context) -> dict[str, object]:
    telling = said.telling
    article: dict[str, object] = {
        "@type": "NewsArticle", "publisher": {"@type": "Organization", "name": telling.outlet},
        "url": said.url or None, "datePublished": telling.time.isoformat() if telling.time else None,
    }  # fmt: skip
    view = context.posts.get((telling.page, telling.post))
    if view and view.post.title and said.rights != "link":
        article["headline"] = view.post.title
    speaker = said.statement.speaker
    kind = "Person" if speaker and speaker.kind == "person" else "Organization"
    out: dict[str, object] = {
        "@type": "Claim", "@id": f"urn:onrecord:{said.statement.id}", "text": said.words,
        "author": {"@type": kind, "name": said.who}, "creativeWorkStatus": f"{said.stance}; {said.statement.standing}",
        "appearance": {k: v for k, v in article.items() if v is not None},
    }  # fmt: skip
    return {k: v for k, v in out.items() if v != ""}
