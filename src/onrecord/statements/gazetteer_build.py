"""Tables of towns, regions, countries and features → the gazetteer's database. Standard library only.

The build hook loads this file by its path, before the package can be imported; so it imports nothing of the package.
"""

from __future__ import annotations

import csv
import hashlib
import json
import math
import os
import re
import sqlite3
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

FORMAT = "5"
"""Raise it when the tables change."""

SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE places (
  id INTEGER PRIMARY KEY, key TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, country TEXT, region TEXT,
  district TEXT, lat REAL, lon REAL, radius_km REAL, population INTEGER NOT NULL, capital INTEGER NOT NULL);
CREATE TABLE names (
  name TEXT NOT NULL, place INTEGER NOT NULL, main INTEGER NOT NULL, PRIMARY KEY (name, place)) WITHOUT ROWID;
CREATE INDEX places_key ON places (key);
"""

_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ə": "a"})
_DROP = re.compile(r"['’‘ʹʼʻ`.]")
_BREAK = re.compile(r"[\W_]+")
_WORDS = {"saint": "st", "fort": "ft", "mount": "mt"}
_GENERIC = (
    "autonomous region|autonomous republic|special administrative region|oblast'?|voblasc|krai|kray|respublika|"
    "republic|province|governorate|state|county|region|department|prefecture|district|division|parish|municipality|"
    "voivodeship|canton|emirate|city|raion|borough|area"
)
_TAIL = re.compile(rf"^(.{{3,60}}?) (?:{_GENERIC})$", re.IGNORECASE)
_HEAD = re.compile(rf"^(?:{_GENERIC}) (?:of )?(.{{3,60}})$", re.IGNORECASE)
_FEW = 30.0
"""Kilometres below which a region's towns are too few to tell its extent."""
_AIRPORT = re.compile(r"(?i)\s*\b(?:international|regional|municipal|airport|airfield)\b")
_POSTAL = frozenset({"US"})
"""Countries whose region codes are what addresses write (`Lancaster, PA`): kept as `us pa`."""
_ROMANISED = frozenset({
    "AE", "AF", "AM", "BD", "BG", "BH", "BY", "CN", "EG", "GE", "GR", "IL", "IN", "IQ", "IR", "JO", "JP", "KR", "KW",
    "KZ", "LB", "LK", "LY", "MK", "MM", "NP", "OM", "PK", "PS", "QA", "RU", "SA", "SD", "SY", "TH", "TJ", "TW", "UA",
    "UZ", "YE",
})  # fmt: skip
"""Countries that don't write in Latin letters."""
_OBLASTS = frozenset({"RU", "UA", "BY", "KZ", "BG"})


@dataclass(frozen=True, slots=True)
class Row:
    """One place with all its names, main name first."""

    key: str
    name: str
    kind: str
    country: str | None
    region: str | None
    district: str | None
    lat: float | None
    lon: float | None
    radius_km: float | None
    population: int
    capital: bool
    names: tuple[str, ...]
    mains: int = 1
    """How many of the names are as good as the main one."""


def normal(name: str) -> str:
    """The form under which names are compared: no case, accents or punctuation; Saint, Fort and Mount short."""
    text = name.casefold()
    if not text.isascii():
        text = "".join(
            c for c in unicodedata.normalize("NFKD", text.translate(_LETTERS)) if not unicodedata.combining(c)
        )
    return " ".join(_WORDS.get(word, word) for word in _BREAK.sub(" ", _DROP.sub("", text)).split())


def build(target: Path, data: Path, towns: Path, airports: Path | None) -> bool:
    """Write the database unless the one there was made from the same input. True when it was written."""
    mark = fingerprint([*sorted(data.glob("*.t[os][mv]*")), towns, *([airports] if airports else []), Path(__file__)])
    if target.exists() and made_from(target) == mark:
        return False
    rows = list(all_rows(data, towns, airports))
    fresh = target.with_name(f"{target.name}.{os.getpid()}.new")
    fresh.unlink(missing_ok=True)
    try:
        write(fresh, rows, mark)
        fresh.replace(target)
    finally:
        fresh.unlink(missing_ok=True)
    return True


def fingerprint(paths: Iterable[Path]) -> str:
    """Hash of the input: of the content of small files, of name and size of large ones."""
    total = hashlib.sha256(FORMAT.encode())
    for path in paths:
        if path.name in INPUTS or path.suffix == ".py":
            total.update(path.read_bytes())
        elif path.suffix in {".json", ".csv"}:
            total.update(f"{path.name} {path.stat().st_size}".encode())
    return total.hexdigest()


INPUTS = frozenset(
    {"countries.toml", "regions.tsv", "districts.tsv", "region_names.tsv", "features.tsv", "town_names.tsv"}
)


def made_from(target: Path) -> str | None:
    """The fingerprint of the input that a database was made from; None when it can't be read."""
    try:
        with closing(sqlite3.connect(f"{target.absolute().as_uri()}?mode=ro", uri=True)) as db:
            found = db.execute("SELECT value FROM meta WHERE key = 'made_from'").fetchone()
    except sqlite3.Error:
        return None
    return str(found[0]) if found else None


def write(path: Path, rows: Iterable[Row], mark: str) -> None:
    """A new database with these rows, the same bytes for the same rows."""
    db = sqlite3.connect(path, isolation_level=None)
    try:
        db.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA page_size=8192;" + SCHEMA + "BEGIN;")
        insert(db, rows, first=1)
        db.execute("INSERT INTO meta VALUES ('format', ?), ('made_from', ?)", (FORMAT, mark))
        db.execute("COMMIT")
    finally:
        db.close()


def insert(db: sqlite3.Connection, rows: Iterable[Row], first: int) -> int:
    """Add rows, numbered from `first`; gives the next free number."""
    names: dict[tuple[str, int], int] = {}
    number = first
    for number, row in enumerate(rows, first):
        facts = (row.key, row.name, row.kind, row.country, row.region, row.district, row.lat, row.lon, row.radius_km)
        db.execute("INSERT INTO places VALUES (?,?,?,?,?,?,?,?,?,?,?,?)", (number, *facts, row.population, row.capital))
        for rank, name in enumerate(row.names):
            form = normal(name)
            if form:
                names.setdefault((form, number), rank < row.mains)
    ordered = sorted((form, place, main) for (form, place), main in names.items())
    db.executemany("INSERT INTO names VALUES (?,?,?)", ordered)
    return number + 1


def all_rows(data: Path, towns: Path, airports: Path | None) -> Iterator[Row]:
    """Every place, in a fixed order."""
    countries = tomllib.loads((data / "countries.toml").read_text("utf-8"))
    all_towns = json.loads(towns.read_text("utf-8"))
    better = town_names(all_towns, data / "town_names.tsv")
    cities = list(town_rows(all_towns, capitals(countries), better))
    regions = list(region_rows(data, cities))
    taken = {(r.country, normal(r.name)) for r in regions}
    yield from country_rows(countries)
    yield from regions
    yield from district_rows(data)
    yield from (f for f in feature_rows(data) if (f.country, normal(f.name)) not in taken)
    yield from airport_rows(airports)
    yield from cities


# -- towns -------------------------------------------------------------------------------------------------------------


Towns = dict[str, dict[str, object]]
Capitals = dict[tuple[str, str], list[str]]


def capitals(countries: dict[str, dict[str, object]]) -> Capitals:
    """(country, normal form of its capital) → other names of the capital, and other seats of its government."""
    out: Capitals = {}
    for code, facts in countries.items():
        others = facts["capital_aliases"]
        out[code, normal(str(facts["capital"]))] = list(others) if isinstance(others, list) else []
    return out


def town_names(towns: Towns, path: Path) -> dict[str, list[str]]:
    """GeoNames number → English names, main one first: of the largest town of the country that bears the name."""
    rows = {(row[0], row[1]): [row[2], *filter(None, row[3].split(";"))] for row in table(path, 4)}
    countries = {country for country, _ in rows}
    best: dict[tuple[str, str], tuple[int, str]] = {}
    for number, town in towns.items():
        country = str(town["countrycode"])
        if country in countries:
            for name in [str(town["name"]), *others(town)]:
                if (country, name) in rows:
                    found = (int(str(town["population"])), number)
                    best[country, name] = max(best.get((country, name), found), found)
    return {best[at][1]: names for at, names in rows.items() if at in best}


def town_rows(towns: Towns, capital: Capitals, better: dict[str, list[str]]) -> Iterator[Row]:
    """GeoNames' populated places of 500 people or more."""
    largest: dict[tuple[str, str], int] = defaultdict(int)
    for number, town in towns.items():
        at = (str(town["countrycode"]), normal(main_name(number, town, better)))
        largest[at] = max(largest[at], int(str(town["population"])))
    apart = {(country, normal(n)) for (country, _), names in capital.items() for n in names} & largest.keys()
    for number in sorted(towns, key=int):
        town = towns[number]
        country, people, name = str(town["countrycode"]), int(str(town["population"])), main_name(number, town, better)
        at = (country, normal(name))
        is_capital = (at in capital or at in apart) and people == largest[at]
        mains = better.get(number, [name]) + [
            n for n in capital.get(at, ()) if is_capital and (country, normal(n)) not in apart
        ]
        region = f"region:{country}.{town['admin1code']}" if town["admin1code"] else None
        spot = (round(float(str(town["latitude"])), 4), round(float(str(town["longitude"])), 4))
        names = (*mains, str(town["name"]), *filter(usable, others(town)))
        yield Row(
            f"geonames:{number}",
            name,
            size(people),
            country,
            region,
            None,
            *spot,
            None,
            people,
            is_capital,
            names,
            len(mains),
        )


def main_name(number: str, town: dict[str, object], better: dict[str, list[str]]) -> str:
    """The town's name in English."""
    return better[number][0] if number in better else plain(str(town["name"]), str(town["countrycode"]))


def others(town: dict[str, object]) -> list[str]:
    """The town's other names, in all languages."""
    names = town["alternatenames"]
    return names if isinstance(names, list) else []


def plain(name: str, country: str) -> str:
    """The name without scholars' marks where they come from writing it in Latin letters (`Ţarţūs` → `Tartus`)."""
    if name.isascii() or country not in _ROMANISED:
        return name
    text = unicodedata.normalize("NFKD", name)
    return "".join(c for c in text if not unicodedata.combining(c) and c not in "‘’ʹʼʻ`")


def size(people: int) -> str:
    """The kind of a town by its number of people."""
    return "city" if people >= 20_000 else "town" if people >= 2_000 else "village"


def usable(name: str) -> bool:
    """Names that English text may use: Latin letters, no codes (`KBP`), no romanised Chinese (`ku er si ke`)."""
    if len(name) < 3 or not name[0].isupper() or name.isupper() or any(c.isdigit() or c in ",;/(" for c in name):
        return False
    if name.isascii():
        return True
    form = normal(name)
    return form.isascii() and len(form) > 2


# -- regions -----------------------------------------------------------------------------------------------------------


def table(path: Path, columns: int) -> Iterator[list[str]]:
    """The rows of a tab-separated file without its comments, filled up to so many columns."""
    for line in path.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            cells = line.split("\t")
            yield cells + [""] * (columns - len(cells))


def typical_radius(data: Path) -> dict[str, float]:
    """Country → half the radius in km that its first-level regions would have, were they of one size."""
    countries = tomllib.loads((data / "countries.toml").read_text("utf-8"))
    count: dict[str, int] = defaultdict(int)
    for row in table(data / "regions.tsv", 5):
        count[row[0].split(".")[0]] += 1
    return {c: round(countries[c]["radius_km"] / math.sqrt(n) / 2) for c, n in count.items() if c in countries}


def region_rows(data: Path, towns: Iterable[Row]) -> Iterator[Row]:
    """First-level regions; one that bears the name of a town in it has that town's other names too."""
    better = {row[0]: row for row in table(data / "region_names.tsv", 5)}
    typical = typical_radius(data)
    people: dict[str, int] = defaultdict(int)
    by_name: dict[tuple[str, str], Row] = {}
    for town in towns:
        if town.region:
            people[town.region] += town.population
            at = (town.region, normal(town.name))
            if at not in by_name or by_name[at].population < town.population:
                by_name[at] = town
    for code, given, lat, lon, radius in table(data / "regions.tsv", 5):
        _, name, aliases, own_lat, own_lon = better.get(code, ["", "", "", "", ""])
        key, country = f"region:{code}", code.split(".")[0]
        title = name or english(given, country)
        wide = [a for a in aliases.split(";") if a]
        good = [title, *(a for a in wide if not a.endswith(".") and not a.isupper())]
        names = [*good, *wide, *forms(title), given, *forms(given)]
        if country in _POSTAL:
            names.append(f"{country} {code.split('.')[1]}")
        namesake = by_name.get((key, normal(short(title))))
        if namesake:
            names += namesake.names[1:]
        reach = as_number(radius)
        if reach and reach < _FEW and not namesake:
            reach = max(reach, typical.get(country, reach))
        spot = (as_number(own_lat or lat), as_number(own_lon or lon), reach)
        yield Row(
            key, title, "region", country, key, None, *spot, people[key], False, tuple(dict.fromkeys(names)), len(good)
        )


def as_number(text: str) -> float | None:
    """The number in a cell of a table; None for an empty one."""
    return float(text) if text else None


def short(name: str) -> str:
    """`Kursk Oblast` → `Kursk`; `State of Palestine` → `Palestine`."""
    found = _TAIL.match(name) or _HEAD.match(name)
    return found[1] if found else name


def english(name: str, country: str) -> str:
    """As English news writes it: oblasts are regions."""
    if country in _OBLASTS and not re.search(r"(?i) (city|republic)$|^(moscow|st\.-petersburg)$", name):
        return f"{short(name)} region"
    return name


def forms(name: str) -> list[str]:
    """The short form of a name, where it has one."""
    base = short(name)
    return [base] if base != name else []


def district_rows(data: Path) -> Iterator[Row]:
    """Second-level regions: counties, raions, districts."""
    for code, name, lat, lon, radius in table(data / "districts.tsv", 5):
        country, first, _ = code.split(".", 2)
        yield Row(
            f"district:{code}", name, "region", country, f"region:{country}.{first}", f"district:{code}",
            as_number(lat), as_number(lon), as_number(radius), 0, False, (name, *forms(name)),
        )  # fmt: skip


# -- countries, features, airports -------------------------------------------------------------------------------------


def country_rows(countries: dict[str, dict[str, object]]) -> Iterator[Row]:
    """All countries and territories."""
    for code, facts in sorted(countries.items()):
        aliases = facts["aliases"] if isinstance(facts["aliases"], list) else []
        name = str(facts["name"])
        spot = (float(str(facts["lat"])), float(str(facts["lon"])), float(str(facts["radius_km"])))
        yield Row(
            f"country:{code}",
            name,
            "country",
            code,
            None,
            None,
            *spot,
            0,
            False,
            (name, str(facts["short"]), *aliases),
            99,
        )


def feature_rows(data: Path) -> Iterator[Row]:
    """Continents, seas, rivers, buildings, planets."""
    for name, aliases, kind, country, lat, lon, radius, _actor in table(data / "features.tsv", 8):
        names = (name, *filter(None, aliases.split(";")))
        key = "feature:" + normal(name).replace(" ", "-")
        spot = (as_number(lat), as_number(lon), as_number(radius))
        yield Row(key, name, kind, country or None, None, None, *spot, 0, False, names, 99)


def _without_city(base: str, row: dict[str, str]) -> list[str]:
    """`London Heathrow` → `Heathrow airport`: the part of an airport's name that its city does not share."""
    own = base.removeprefix(f"{row['city']} ").removesuffix(f" {row['city']}").strip(" -/")
    return (
        [f"{own} airport", f"{own} international airport"] if own != base and len(own) > 4 and own[0].isupper() else []
    )


def airport_rows(path: Path | None) -> Iterator[Row]:
    """Airports with a scheduled code, under their names with `airport`."""
    if path is None:
        return
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["iata"]:
                base = _AIRPORT.sub("", row["name"]).strip()
                if len(base) > 2:
                    names = (f"{base} airport", row["name"], f"{base} international airport", *_without_city(base, row))
                    yield Row(
                        f"airport:{row['icao']}", f"{base} airport", "facility", row["country"] or None, None, None,
                        round(float(row["lat"]), 3), round(float(row["lon"]), 3), 3.0, 0, False, names,
                    )  # fmt: skip
