"""A GeoNames country dump or a table (CSV) of one's own → places, and a problem for each row that is none."""

from __future__ import annotations

import csv
import io
import itertools
import math
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import IO

from onrecord.errors import UsageError
from onrecord.model import Problem
from onrecord.statements.gazetteer_build import Row, normal, plain, size, usable

MEND = "docs/extending.md shows the formats: a GeoNames country dump (UA.zip), or a CSV with the columns name, lat, lon"
COLUMNS = 19
"""Of a GeoNames dump, whose readme names them."""
KINDS = ("city", "town", "village", "region", "country", "sea", "facility", "other")

_LONGEST = 200_000
"""Characters of a line at most; a dump's longest has some 12,000."""
_FEATURES = {
    "AIRP": "facility", "AIRB": "facility", "AIRF": "facility", "ISL": "region", "ISLS": "region", "SEA": "sea",
    "GULF": "sea", "STRT": "sea",
}  # fmt: skip
_CLASSES = {"H": "other", "T": "other", "L": "region", "S": "facility", "V": "other", "U": "sea"}
_HEADS = {"alternate_names": "aliases", "alternatenames": "aliases", "latitude": "lat", "longitude": "lon"}
_KNOWN = frozenset({"name", "lat", "lon", "country", "region", "kind", "radius_km", "population", "aliases"})
_COUNTRY = re.compile(r"(?:[A-Z]{2})?")
_REGION = re.compile(r"[A-Z]{2}\.[A-Z0-9]{1,8}")


class BadRowError(ValueError):
    """What is wrong with a row."""


def read(file: Path) -> Iterator[Row | Problem]:
    """The file's places and problems in its order. Raises `UsageError` for a file that is neither, or can't be read."""
    with _lines(file) as lines:
        head = next(lines, "")
        columns = [_column(cell) for cell in _cells(head)]
        if head.count("\t") == COLUMNS - 1:
            yield from _each(file, enumerate(itertools.chain([head], lines), 1), _dumped)
        elif {"name", "lat", "lon"} <= set(columns):
            yield from _each(file, _records(lines, head), _listed(columns))
        else:
            raise UsageError(f"{file} is neither a GeoNames dump nor a CSV of places", MEND)


Line = tuple[int, "str | list[str] | csv.Error"]


def _each(file: Path, rows: Iterator[Line], place: Callable[[Line], Row | None]) -> Iterator[Row | Problem]:
    seen: set[str] = set()
    for row in rows:
        try:
            found = place(row)
        except BadRowError as error:
            yield _bad(file, row[0], str(error))
            continue
        if found and found.key in seen:
            yield _bad(file, row[0], "the same place stands in an earlier row")
        elif found:
            if found.key.startswith("own:"):  # GeoNames' numbers don't repeat, and a dump may have millions
                seen.add(found.key)
            yield found


def _bad(file: Path, line: int, why: str) -> Problem:
    return Problem("bad-row", f"{file}, line {line}", f"left out: {why}", "mend the row and add the file again")


# -- lines -------------------------------------------------------------------------------------------------------------


@contextmanager
def _lines(file: Path) -> Iterator[Iterator[str]]:
    """The file's lines, bytes that are no UTF-8 as U+FFFD; of a ZIP those of its largest text."""
    try:
        with file.open("rb") as raw:
            if not zipfile.is_zipfile(raw):
                raw.seek(0)
                with _text(raw) as text:
                    yield iter(partial(text.readline, _LONGEST), "")
                return
            with zipfile.ZipFile(raw) as archive:
                ends = (".txt", ".csv", ".tsv")
                texts = [part for part in archive.infolist() if part.filename.lower().endswith(ends)]
                if not texts:
                    raise UsageError(f"{file} holds no text", MEND)
                with archive.open(max(texts, key=lambda part: part.file_size)) as inner, _text(inner) as text:
                    yield iter(partial(text.readline, _LONGEST), "")
    except (OSError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error) as error:
        raise UsageError(f"{file} can't be read: {error}", MEND) from error


def _text(raw: IO[bytes]) -> io.TextIOWrapper:
    return io.TextIOWrapper(raw, "utf-8-sig", errors="replace", newline="")


def _cells(head: str) -> list[str]:
    delimiter = max(",;\t", key=head.count)
    try:
        return next(csv.reader([head], delimiter=delimiter), [])
    except csv.Error:
        return []


def _column(cell: str) -> str:
    name = cell.strip().lower().replace(" ", "_")
    return _HEADS.get(name, name)


def _records(lines: Iterator[str], head: str) -> Iterator[Line]:
    """The records of a CSV with the line on which each ends."""
    reader = csv.reader(lines, delimiter=max(",;\t", key=head.count))
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield reader.line_num + 1, error
        else:
            if any(cell.strip() for cell in row):
                yield reader.line_num + 1, row


# -- rows --------------------------------------------------------------------------------------------------------------


def _dumped(line: Line) -> Row | None:
    """A row of a dump: a populated place, water, height, area or site. Administrative areas are shipped."""
    cells = str(line[1]).rstrip("\r\n").split("\t")
    if len(cells) != COLUMNS:
        raise BadRowError(f"{len(cells)} columns, not {COLUMNS}")
    code, name, _, others, lat, lon, group, feature, country, _, first, second = cells[:12]
    kind = _FEATURES.get(feature) or _CLASSES.get(group)
    if group == "P":
        kind = size(_people(cells[14]))
    if kind is None or group == "A":
        return None
    if not code.isdigit() or len(code) > 15:
        raise BadRowError(f"{code!r} is no GeoNames number")
    _check(name, country)
    region = f"region:{country}.{first}" if first and first != "00" else None
    district = f"district:{country}.{first}.{second}" if region and second else None
    short = plain(name, country)
    names = tuple(dict.fromkeys((short, name, *filter(usable, others.split(",")))))
    home, spot, people = country or None, _spot(lat, lon), _people(cells[14])
    return Row(f"geonames:{code}", short, kind, home, region, district, *spot, None, people, False, names)


def _listed(columns: Sequence[str]) -> Callable[[Line], Row]:
    def place(line: Line) -> Row:
        if isinstance(line[1], csv.Error):
            raise BadRowError(str(line[1]))
        if len(line[1]) > len(columns):
            raise BadRowError(f"{len(line[1])} columns, not {len(columns)}")
        row = {name: cell.strip() for name, cell in zip(columns, line[1], strict=False) if name in _KNOWN}
        return _own(row)

    return place


def _own(row: dict[str, str]) -> Row:
    """A row of a table of one's own."""
    name, country, region = row.get("name", ""), row.get("country", "").upper(), row.get("region", "").upper()
    _check(name, country)
    if region and not _REGION.fullmatch(region):
        raise BadRowError(f"{region!r} is no region such as UA.05")
    people = _people(row.get("population", ""))
    kind = row.get("kind", "").lower() or size(people)
    if kind not in KINDS:
        raise BadRowError(f"{kind!r} is none of {', '.join(KINDS)}")
    lat, lon = _spot(row.get("lat", ""), row.get("lon", ""))
    radius = _number(row["radius_km"], "radius_km", 0, 20_000) if row.get("radius_km") else None
    others = [alias.strip() for alias in row.get("aliases", "").split(";") if normal(alias)]
    key = f"own:{country}:{normal(name).replace(' ', '-')}@{lat:.3f},{lon:.3f}"
    names = tuple(dict.fromkeys((name, *others)))
    home = f"region:{region}" if region else None
    return Row(key, name, kind, country or None, home, None, lat, lon, radius, people, False, names)


def _check(name: str, country: str) -> None:
    if "\ufffd" in name:
        raise BadRowError("it is not UTF-8: save the file as UTF-8")
    if not normal(name) or len(name) > 200:
        raise BadRowError("it has no name")
    if not _COUNTRY.fullmatch(country):
        raise BadRowError(f"{country!r} is no country code of two letters")


def _people(text: str) -> int:
    return int(_number(text or "0", "population", 0, 10_000_000_000))


def _spot(lat: str, lon: str) -> tuple[float, float]:
    return _number(lat, "lat", -90, 90), _number(lon, "lon", -180, 180)


def _number(text: str, name: str, low: float, high: float) -> float:
    try:
        value = float(text)
    except ValueError:
        raise BadRowError(f"{name}: {text[:40]!r} is no number") from None
    if not math.isfinite(value) or not low <= value <= high:
        raise BadRowError(f"{name}: {text[:40]} is not between {low:,} and {high:,}")
    return value
