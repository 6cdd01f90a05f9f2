"""Accounts of events → CSV with the columns of ACLED, and further ones that keep what ACLED has no room for.

Source of the columns and codes: Armed Conflict Location & Event Data Project (ACLED), Codebook. ACLED's own people
code by rules that a program can't follow in full; `docs/exports.md` says column by column what stands here.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import orjson

from onrecord.model import Event, Place, number
from onrecord.pages.exports.told import Context, Told
from onrecord.pages.words import quoted

COLUMNS: tuple[str, ...] = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type", "actor1",
    "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting", "iso",
    "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision", "source",
    "source_scale", "notes", "fatalities", "tags", "timestamp",
    "fatalities_low", "fatalities_high", "event_date_end", "country_code", "radius_km", "reality", "standing",
    "independent_origins", "origins", "conflicts", "statements", "attribution",
)  # fmt: skip
"""ACLED's own columns in ACLED's order, then ours."""

_DISORDER = {
    "Battles": "Political violence", "Explosions/Remote violence": "Political violence",
    "Violence against civilians": "Political violence", "Protests": "Demonstrations", "Riots": "Demonstrations",
    "Strategic developments": "Strategic developments",
}  # fmt: skip
_EXACT = frozenset({"village", "town", "city", "facility"})
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def codes(event: Event) -> tuple[str, str]:
    """ACLED's (event type, sub-event type); empty where it has none for the event's kind."""
    of_kind = [t.happening for t in event.tellings if t.happening.kind == event.kind and t.happening.acled]
    kind, _, sub = (of_kind[0].acled or "" if of_kind else "").partition(": ")
    return kind, sub


def fits(event: Event) -> bool:
    """Whether ACLED would hold such an event: it has a type for it, and it took place."""
    return bool(codes(event)[0]) and event.reality in ("happened", "ongoing")


def write(rows: Iterable[Told], context: Context) -> Iterator[str]:
    """The header and a row for each event."""
    yield _line(COLUMNS)
    for row in rows:
        cells = _cells(row, context)
        yield _line([cells.get(column, "") for column in COLUMNS])


def _line(cells: Sequence[object]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow([_safe(cell) for cell in cells])
    return out.getvalue()


def _safe(cell: object) -> object:
    """Text that a spreadsheet would take for a formula gets an apostrophe in front (OWASP, CSV injection)."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def _cells(row: Told, context: Context) -> dict[str, object]:
    event = row.event
    kind, sub = codes(event)
    low, high = fatalities(row)
    return {
        "event_id_cnty": event.id, **_when(event, ZoneInfo(context.settings.tz)),
        "disorder_type": _DISORDER.get(kind, ""), "event_type": kind, "sub_event_type": sub,
        **_actors(event), **_where(event.place, context),
        "source": "; ".join(event.outlets), "notes": _notes(row),
        "fatalities": "" if low is None else low, "fatalities_low": "" if low is None else low,
        "fatalities_high": "" if high is None else high, "timestamp": int(context.made.timestamp()),
        "reality": event.reality, "standing": row.standing, "independent_origins": event.independent_origins,
        "origins": "; ".join(f"{o.name} ({o.side})" if o.side else o.name for o in event.origins),
        "conflicts": "; ".join(f"{c.what}: {c.values[0]} / {c.values[1]}" for c in event.conflicts),
        "statements": orjson.dumps([said.to_dict() for said in row.said]).decode(),
        "attribution": "; ".join(row.attribution),
    }  # fmt: skip


def _when(event: Event, zone: ZoneInfo) -> dict[str, object]:
    """ACLED's precision: 1 a day, 2 a week, 3 a month or less exact."""
    if event.earliest is None or event.latest is None:
        return {"time_precision": 3}
    first, last = event.earliest.astimezone(zone), event.latest.astimezone(zone)
    return {
        "event_date": first.date().isoformat(), "event_date_end": last.date().isoformat(), "year": first.year,
        "time_precision": _precision(first, last),
    }  # fmt: skip


def _precision(first: datetime, last: datetime) -> int:
    span = last - first
    return 1 if span <= timedelta(days=1, hours=12) else 2 if span <= timedelta(days=9) else 3


def _actors(event: Event) -> dict[str, object]:
    """Who did it and who it was done to; others with them, by role."""
    by = [p.name for p in event.parties if p.role == "by"]
    on = [p.name for p in event.parties if p.role == "on"]
    both = [p.name for p in event.parties if p.role == "with"]
    ones, others = (by or both[:1]), (on or (both if by else both[1:]))
    return {
        "actor1": next(iter(ones), ""), "assoc_actor_1": "; ".join(ones[1:]),
        "actor2": next(iter(others), ""), "assoc_actor_2": "; ".join(others[1:]),
    }  # fmt: skip


def _where(place: Place | None, context: Context) -> dict[str, object]:
    """ACLED's precision: 1 the town or spot, 2 a part of a region, 3 a region or larger."""
    if place is None:
        return {}
    near = place.flag == "near" or (place.radius_km or 0) > 50
    exact = 1 if place.kind in _EXACT and not near else 3 if place.kind in ("region", "country") else 2
    country = context.name_of(f"country:{place.country}") if place.country else None
    return {
        "location": place.name, "latitude": "" if place.lat is None else place.lat,
        "longitude": "" if place.lon is None else place.lon, "geo_precision": exact,
        "country": country or place.country or "", "country_code": place.country or "",
        "admin1": (context.name_of(place.region) if place.region else None) or "", "radius_km": place.radius_km or "",
    }  # fmt: skip


def fatalities(row: Told) -> tuple[float | int | None, float | int | None]:
    """The lowest and highest number of killed that is told of the event or of what happened inside it."""
    claims = [c for e in (row.event, *row.parts) for c in e.figures if c.what == "killed"]
    lows = [c.low for c in claims if c.low is not None]
    highs = [c.high for c in claims if c.high is not None]
    return number(min(lows, default=None)), number(max(highs, default=None))


def _notes(row: Told) -> str:
    """The headline, then each statement's words with who says so and where."""
    lines = [f"{row.headline}."] if row.headline else []
    for said in row.said:
        when = said.telling.time.isoformat(timespec="minutes") if said.telling.time else "no time"
        words = quoted(said.words) if said.words else "(words not shown)"
        link = f" {said.url}" if said.url else ""
        lines.append(f"{said.stance}: {words} – {said.who}, {said.telling.outlet}, {when}{link}")
    return "\n".join(lines)
