"""All that a name may mean → what each is up against, and how much its size speaks for it."""

from __future__ import annotations

import math
from typing import NamedTuple

from onrecord.statements.gazetteer import Entry
from onrecord.statements.places_words import words

KNOWN = 200_000
"""People from which a town's name is a town's even where a person of the page bears it."""
TABLES = frozenset({"country", "feature"})
"""Levels whose other names are as good as their main ones."""
_DWARFED = 5
"""How many times larger a namesake elsewhere is that a town of a country that the page names can't stand against."""
_LARGE = 500_000
_COUNTY, _COUNTY_KM = 500_000, 20
"""A county has about so many people, and reaches at least so far."""
_DISTRICT = 20_000
_LEVEL = {"country": 9.0, "feature": 9.0, "region": 1.0, "district": -1.0, "airport": 0.0}

FITS = {
    ("region", "region"): 8.0,
    ("ruled", "region"): 8.0,
    ("region", "district"): 4.0,
    ("district", "district"): 9.0,
    ("district", "region"): 5.0,
    ("town", "geonames"): 3.0,
    ("village", "geonames"): 3.0,
    ("quarter", "geonames"): 3.0,
    ("facility", "airport"): 8.0,
    ("water", "feature"): 5.0,
}
"""What the words beside a name call it, and what bears it."""


class Rivals(NamedTuple):
    """The places that bear one name, taken together."""

    largest: int
    """People of the largest of which it is the main name."""
    largest_town: int
    """The same of towns, those too that the area named with it rules out."""
    nations: set[str | None]
    """Countries so called, where no word beside the name says what it is."""
    country: bool
    """One is a country, and the name is called no region."""
    capital: bool
    """One is a capital."""
    towns: dict[str | None, int]
    """Region → people of its largest town so called."""
    town: bool
    """One is a town of the country that the page is about."""
    others: bool
    """The page names something else of the country of one."""

    def dwarf(self, entry: Entry) -> bool:
        """True for a town that has a far larger namesake."""
        return entry.level == "geonames" and _DWARFED * entry.population < self.largest_town


def size(entry: Entry) -> float:
    """What its people and its level say for it, a power of ten of people being one."""
    county, level = entry.level == "district" and _is_county(entry), entry.level
    people = _COUNTY if county else _DISTRICT if level == "district" else entry.population
    total = math.log10(people + 10) + (1.5 if entry.main or level in TABLES or people >= KNOWN else 0.0)
    if not county:
        total += _LEVEL.get(level, 0.0)
    return total + (3.0 if entry.capital else 1.5 if people >= _LARGE and level == "geonames" else 0.0)


def _is_county(entry: Entry) -> bool:
    """What papers name alone as they do other countries' provinces: Cornwall, Kerry."""
    return entry.country in words().counties and (entry.radius_km or 0) >= _COUNTY_KM
