"""A GeoNames country dump or a CSV of one's own → the user's gazetteer, which look-ups join to the shipped one."""

from __future__ import annotations

import csv
import hashlib
import io
import itertools
import sqlite3
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from onrecord.errors import GazetteerError, UsageError
from onrecord.statements.gazetteer_build import FORMAT, SCHEMA, Row, insert, normal, plain, size, usable

_MEND = (
    "give a GeoNames country dump (UA.txt or UA.zip from geonames.org), or a CSV whose first line names the columns "
    "name, lat, lon and, if you like, country, region, kind, radius_km, population, aliases (with semicolons)"
)
_KINDS = {
    "AIRP": "facility",
    "AIRB": "facility",
    "AIRF": "facility",
    "ISL": "region",
    "ISLS": "region",
    "SEA": "sea",
    "GULF": "sea",
    "STRT": "sea",
}
_CLASSES = {"H": "other", "T": "other", "L": "region", "S": "facility", "V": "other", "U": "sea"}
_COLUMNS = 19
"""Columns of a GeoNames dump, whose readme names them."""


def add(file: Path, into: Path) -> int:
    """Put a file's places into the user's gazetteer; gives their number. A place added again replaces the old one.

    Raises `UsageError` when the file can't be read as one or the other, `GazetteerError` when the gazetteer can't be
    written.
    """
    rows = _rows(file)
    into.parent.mkdir(parents=True, exist_ok=True)
    try:
        with closing(sqlite3.connect(into, isolation_level=None)) as db:
            _prepare(db)
            return _insert(db, rows, hashlib.sha256(file.read_bytes()).hexdigest())
    except sqlite3.Error as error:
        raise GazetteerError(
            f"{into} can't be written: {error}", "delete the file, then add your places again"
        ) from error


def _prepare(db: sqlite3.Connection) -> None:
    if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'places'").fetchone():
        db.executescript(SCHEMA)
        db.execute("INSERT INTO meta VALUES ('format', ?)", (FORMAT,))


def _insert(db: sqlite3.Connection, rows: Iterator[Row], content: str) -> int:
    """In one transaction, in portions, so that memory stays flat. The mark tells all files added so far."""
    total = 0
    db.execute("BEGIN IMMEDIATE")
    try:
        while portion := list(itertools.islice(rows, 5_000)):
            _forget(db, [row.key for row in portion])
            first = db.execute("SELECT coalesce(max(id), 0) + 1 FROM places").fetchone()[0]
            insert(db, portion, first)
            total += len(portion)
        old = db.execute("SELECT value FROM meta WHERE key = 'made_from'").fetchone()
        mark = hashlib.sha256(f"{old[0] if old else ''}{content}".encode()).hexdigest()
        db.execute("INSERT OR REPLACE INTO meta VALUES ('made_from', ?)", (mark,))
    except BaseException:
        db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")
    return total


def _forget(db: sqlite3.Connection, keys: Iterable[str]) -> None:
    ids = [row for key in keys for row in db.execute("SELECT id FROM places WHERE key = ?", (key,))]
    db.executemany("DELETE FROM names WHERE place = ?", ids)
    db.executemany("DELETE FROM places WHERE id = ?", ids)


# -- reading -----------------------------------------------------------------------------------------------------------


def _rows(file: Path) -> Iterator[Row]:
    """The file's rows, its first one read at once so that a wrong file is refused before anything is written."""
    rows = _read(file)
    try:
        first = next(rows)
    except StopIteration:
        raise UsageError(f"{file} holds no place", _MEND) from None
    return itertools.chain([first], rows)


def _read(file: Path) -> Iterator[Row]:
    with _lines(file) as lines:
        head = next(lines, "")
        if head.count("\t") == _COLUMNS - 1:
            yield from _dump(file, itertools.chain([head], lines))
        elif {"name", "lat", "lon"} <= {cell.strip().lower() for cell in next(csv.reader([head]), [])}:
            yield from _table(file, head, lines)
        else:
            raise UsageError(f"{file} is neither a GeoNames dump nor a CSV of places", _MEND)


@contextmanager
def _lines(file: Path) -> Iterator[Iterator[str]]:
    """The file's lines as UTF-8; of a ZIP those of its largest text."""
    try:
        if zipfile.is_zipfile(file):
            with zipfile.ZipFile(file) as archive:
                texts = [part for part in archive.infolist() if part.filename.endswith((".txt", ".csv"))]
                if not texts:
                    raise UsageError(f"{file} holds no text", _MEND)
                with archive.open(max(texts, key=lambda part: part.file_size)) as raw:
                    yield iter(io.TextIOWrapper(raw, "utf-8-sig", newline=""))
        else:
            with file.open(encoding="utf-8-sig", newline="") as lines:
                yield iter(lines)
    except (OSError, UnicodeDecodeError, zipfile.BadZipFile) as error:
        raise UsageError(f"{file} can't be read: {error}", _MEND) from error


def _dump(file: Path, lines: Iterable[str]) -> Iterator[Row]:
    """Rows of a GeoNames dump: populated places, waters, heights, areas and sites; administrative areas are shipped."""
    for number, line in enumerate(lines, 1):
        cells = line.rstrip("\r\n").split("\t")
        if len(cells) != _COLUMNS:
            raise UsageError(f"{file}, line {number}: {len(cells)} columns, not {_COLUMNS}", _MEND)
        code, name, _, others, lat, lon, group, feature, country, _, first, second = cells[:12]
        people = int(cells[14] or 0)
        kind = size(people) if group == "P" else _KINDS.get(feature) or _CLASSES.get(group)
        if kind is None or group == "A":
            continue
        region = f"region:{country}.{first}" if first and first != "00" else None
        district = f"district:{country}.{first}.{second}" if region and second else None
        spot = (_number(file, number, lat), _number(file, number, lon))
        names = (plain(name, country), name, *filter(usable, others.split(",")))
        yield Row(
            f"geonames:{code}", names[0], kind, country or None, region, district, *spot, None, people, False, names
        )


def _table(file: Path, head: str, lines: Iterable[str]) -> Iterator[Row]:
    """Rows of a CSV of one's own."""
    columns = [cell.strip().lower() for cell in next(csv.reader([head]))]
    for number, row in enumerate(csv.DictReader(lines, columns), 2):
        name, country = (row["name"] or "").strip(), (row.get("country") or "").strip().upper() or None
        if not name:
            continue
        spot = (_number(file, number, row["lat"]), _number(file, number, row["lon"]))
        radius = _number(file, number, row["radius_km"]) if row.get("radius_km") else None
        people = int(_number(file, number, row.get("population") or "0"))
        region = f"region:{row['region'].strip()}" if row.get("region") else None
        others = [alias.strip() for alias in (row.get("aliases") or "").split(";") if alias.strip()]
        key = f"own:{country or ''}:{normal(name).replace(' ', '-')}"
        kind = row.get("kind") or size(people)
        yield Row(key, name, kind, country, region, None, *spot, radius, people, False, (name, *others))


def _number(file: Path, line: int, text: str | None) -> float:
    try:
        return float(text or "")
    except ValueError:
        raise UsageError(f"{file}, line {line}: {text!r} is no number", _MEND) from None
