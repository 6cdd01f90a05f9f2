"""Drafts of place names → places: which Pokrovsk, going by what is named with it, the story, and the rest of the page."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from onrecord.model import Place, Post, Setting, Span
from onrecord.statements.draft import Draft, PlaceDraft
from onrecord.statements.gazetteer import Entry, gazetteer, normal

_PASSES = 2


@lru_cache(maxsize=4_096)
def is_area(text: str) -> bool:
    """A country or first-level region bears this name (`Texas`, `La.`, `PA`)."""
    return bool(areas(text))


def areas(text: str) -> tuple[Entry, ...]:
    """Countries and first-level regions of this name or code."""
    form = normal(text)
    if len(text) == 2 and text.isupper():
        form = f"us {form}"
    found = gazetteer().find([form]).get(form, ())
    return tuple(e for e in found if e.level in {"country", "region"})


def choose(page: Sequence[tuple[Post, Draft]], setting: Setting) -> list[list[Place]]:
    """For each post its places."""
    drafts = [(i, d) for i, (_, draft) in enumerate(page) for d in draft.places]
    known = gazetteer().find(normal(d.name) for _, d in drafts)
    options = [known.get(normal(d.name), ()) for _, d in drafts]
    picks: list[Entry | None] = [None] * len(drafts)
    for _ in range(_PASSES):
        near = _Nearby(picks, setting)
        picks = [_best(d, found, near) for (_, d), found in zip(drafts, options, strict=True)]
    out: list[list[Place]] = [[] for _ in page]
    for (i, draft), pick in zip(drafts, picks, strict=True):
        if pick or draft.certain:
            out[i].append(_place(page[i][0], draft, pick))
    return out


class _Nearby:
    """What the page has named so far: countries, regions, spots."""

    def __init__(self, picks: Iterable[Entry | None], setting: Setting) -> None:
        chosen = [p for p in picks if p]
        self.countries = Counter(p.country for p in chosen if p.country)
        self.regions = Counter(p.region for p in chosen if p.region)
        self.spots = Counter(
            (p.lat, p.lon) for p in chosen if p.lat is not None and p.lon is not None and p.level != "country"
        )
        self.story = frozenset(setting.countries)

    def closeness(self, entry: Entry) -> float:
        """0 to 3: how near the page's other spots are."""
        if entry.lat is None or entry.lon is None:
            return 0.0
        total = 0.0
        for (lat, lon), count in self.spots.items():
            if lat is not None and lon is not None and (lat, lon) != (entry.lat, entry.lon):
                total += min(count, 3) * math.exp(-distance(lat, lon, entry.lat, entry.lon) / 150)
        return min(3.0, total)


def _best(draft: PlaceDraft, options: tuple[Entry, ...], near: _Nearby) -> Entry | None:
    if not options:
        return None
    within = _within(draft)
    return max(options, key=lambda e: (_score(e, draft, within, near), e.population, e.key))


def _within(draft: PlaceDraft) -> tuple[str, ...]:
    """Keys of the countries and regions that the draft names with it."""
    if not draft.within:
        return ()
    if len(draft.within) == 2 and draft.within.isupper():
        found = areas(draft.within)
        return tuple(e.key for e in found) or (f"country:{draft.within}",)
    return tuple(e.key for e in areas(draft.within))


def _score(entry: Entry, draft: PlaceDraft, within: tuple[str, ...], near: _Nearby) -> float:
    score = math.log10(entry.population + 10) + (1.0 if entry.main else 0.0)
    level = entry.level
    if level == "country":
        score += 12
    elif level == "feature":
        score += 8
    elif level == "region":
        score += 2.0 if entry.main else -1.0
    elif entry.capital:
        score += 3
    if within:
        inside = (
            f"country:{entry.country}" in within
            or (entry.region in within and level != "region")
            or entry.key in within
        )
        score += 12 if inside else -6
    if draft.form in {"region", "district"}:
        score += 8 if level in {"region", "district"} else 0
    if draft.form == "district":
        score += 3 if level == "district" else 0
    if draft.form == "town":
        score += 4 if level == "geonames" else 0
    if entry.country in near.story:
        score += 3
    if entry.country:
        score += min(2.0, 0.8 * math.log1p(near.countries[entry.country]))
    if entry.region:
        score += min(2.0, 0.8 * math.log1p(near.regions[entry.region]))
    return score + near.closeness(entry)


def distance(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Kilometres along the great circle."""
    a, b = math.radians(lat1), math.radians(lat2)
    h = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(h)))


def _place(post: Post, draft: PlaceDraft, pick: Entry | None) -> Place:
    span = Span(post.id, draft.start, draft.end, post.text[draft.start : draft.end])
    if pick is None:
        return Place(span, draft.name, None, "other", metonym=draft.actor, flag=draft.flag)
    return Place(
        span=span,
        name=pick.name,
        country=pick.country,
        kind=pick.kind,
        lat=pick.lat,
        lon=pick.lon,
        radius_km=pick.radius_km,
        metonym=draft.actor,
        id=pick.key,
        region=pick.region,
        flag=draft.flag,
    )
