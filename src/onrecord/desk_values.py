"""What an editor writes → a correction: `Otta, NO`, `2025-03-11`, `killed=at least 5`. Raises `UsageError`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import get_args
from zoneinfo import ZoneInfo

from onrecord.desk import NOBODY, Correction, FigureFix
from onrecord.errors import UsageError
from onrecord.model import KINDS, Bound, Place, Reality, Span
from onrecord.statements.gazetteer import Entry, gazetteer
from onrecord.statements.gazetteer_build import normal

_NUMBER = r"(\d[\d,]*(?:\.\d+)?)"
_FIGURE = re.compile(
    rf"([^=]{{1,80}})=\s*(?:([a-z ]{{2,20}}?)\s+)?{_NUMBER}(?:\s*(?:-|–|to)\s*{_NUMBER})?(?:\s+(\S.{{0,79}}))?"
)
_SPOT = re.compile(r"(.{1,120})@(-?\d{1,2}(?:\.\d+)?),(-?\d{1,3}(?:\.\d+)?)")
_BOUNDS: tuple[str, ...] = get_args(Bound)


def correction(
    *,
    speaker: str | None = None,
    side: str | None = None,
    kind: str | None = None,
    reality: str | None = None,
    place: str | None = None,
    date: str | None = None,
    figure: str | None = None,
    countries: Sequence[str] = (),
    tz: str = "UTC",
) -> Correction:
    """The correction that these words mean; at least one must be given."""
    if kind is not None and kind not in KINDS:
        raise UsageError(f"there is no kind {kind!r}", f"take one of: {', '.join(KINDS)}")
    if reality is not None and reality not in get_args(Reality):
        raise UsageError(f"there is no reality {reality!r}", f"take one of: {', '.join(get_args(Reality))}")
    if speaker is not None and not speaker.strip():
        raise UsageError("a speaker needs a name", f"write the name, or {NOBODY!r} where the outlet says it itself")
    earliest, latest = dates(date, ZoneInfo(tz)) if date else (None, None)
    made = Correction(
        " ".join(speaker.split()) if speaker else None, side or None, kind, reality,  # type: ignore[arg-type]
        place_of(place, countries) if place else None, earliest, latest, figure_of(figure) if figure else None,
    )  # fmt: skip
    if not made.fields:
        raise UsageError("nothing is corrected", "say what, such as --kind shelling or --speaker NAME")
    return made


def dates(text: str, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The first and last second of a day, a moment, or `FIRST/LAST`."""
    first, _, last = text.partition("/")
    start, end = _range(first.strip(), zone)
    if last:
        end = _range(last.strip(), zone)[1]
    if end < start:
        raise UsageError(f"{text!r} ends before it begins", "write FIRST/LAST, such as 2025-03-11/2025-03-12")
    return start, end


def _range(text: str, zone: ZoneInfo) -> tuple[datetime, datetime]:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        mend = "write 2025-03-11, 2025-03-11T18:00 or 2025-03-11/2025-03-12"
        raise UsageError(f"{text!r} is no date", mend) from error
    moment = moment if moment.tzinfo else moment.replace(tzinfo=zone)
    return moment, moment + timedelta(days=1, seconds=-1) if len(text) <= 10 else moment


def figure_of(text: str) -> FigureFix:
    """`killed=5`, `killed=at least 5`, `killed=5-7`, `killed=12 wounded`, `killed=none`."""
    what, _, value = text.partition("=")
    if value.strip() == "none" and what.strip():
        return FigureFix(what.strip(), None)
    found = _FIGURE.fullmatch(text.strip())
    if not found:
        raise UsageError(
            f"{text!r} is no figure", 'write SORT=VALUE, such as killed=5, "killed=at least 5" or killed=none'
        )
    bound = (found[2] or "exact").replace(" ", "_")
    if bound not in _BOUNDS:
        raise UsageError(f"{found[2]!r} is no bound", f"take one of: {', '.join(b.replace('_', ' ') for b in _BOUNDS)}")
    low, high = (float(n.replace(",", "")) if n else None for n in (found[3], found[4]))
    return FigureFix(found[1].strip(), low, high, bound, found[5])  # type: ignore[arg-type]


def place_of(text: str, countries: Sequence[str] = ()) -> Place:
    """The place of that name: `Otta`, `Otta, NO` (country) or `Field hospital@61.77,9.54`.

    Of several, the largest in the story's countries, else the largest. Raises `UsageError` when there is none.
    """
    nowhere = Span("", 0, 0, "")
    if spot := _SPOT.fullmatch(text.strip()):
        return Place(nowhere, spot[1].strip(), None, "facility", float(spot[2]), float(spot[3]), 1.0)
    name, _, country = (part.strip() for part in text.partition(","))
    found = gazetteer().find([normal(name)], keep=False).get(normal(name), ())
    if country:
        found = tuple(e for e in found if e.country == country.upper())
    if not found:
        mend = "write the name as a map has it, with its country (Otta, NO), or NAME@LATITUDE,LONGITUDE"
        raise UsageError(f"no place is known as {text!r}", mend)
    best = min(found, key=lambda e: (e.country not in countries if countries else False, not e.main, -e.population))
    return _place(best, nowhere)


def _place(e: Entry, span: Span) -> Place:
    return Place(span, e.name, e.country, e.kind, e.lat, e.lon, e.radius_km, id=e.key, region=e.region)
