"""Names → the places that bear them, from the shipped database, opened read-only and never loaded whole."""

from __future__ import annotations

import hashlib
import sqlite3
import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from platformdirs import user_data_path

from onrecord import words as word_files
from onrecord.errors import GazetteerError, UsageError
from onrecord.model import Problem
from onrecord.statements import gazetteer_add, gazetteer_files
from onrecord.statements.gazetteer_build import FORMAT, SCHEMA, Row, normal

_MEND = "install On Record again; in a source tree run: python hatch_build.py"
_KEPT = 50_000
"""Names kept in memory at most."""
_AT_ONCE = 500
_COLUMNS = (
    "n.name, n.main, p.key, p.name, p.kind, p.country, p.region, p.district, p.lat, p.lon, p.radius_km, p.population, "
    "p.capital"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A place that bears a name."""

    main: bool
    """The name asked for is the place's main name."""
    key: str
    """`geonames:692194`, `region:RU.41`, `district:US.LA.079`, `country:UA`, `feature:black-sea`, `airport:UUWW`."""
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
    level: str
    """country, region, district, feature, airport or geonames (a town)."""


def _level(key: str, kind: str) -> str:
    level = key.partition(":")[0]
    if level == "own":
        return "geonames" if kind in {"city", "town", "village"} else "feature"
    return level


class Gazetteer:
    """Look-ups in one database, which is replaced whole and never written to.

    Raises `GazetteerError` when it is missing, damaged or of another version.
    """

    def __init__(self, path: Path, mend: str = _MEND, db: sqlite3.Connection | None = None) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._known: dict[str, tuple[Entry, ...]] = {}
        self._mend = mend
        if db is None and not path.is_file():
            raise GazetteerError(f"the gazetteer {path} is missing", mend)
        try:
            uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
            self._db = db or sqlite3.connect(uri, uri=True, check_same_thread=False)
            found = dict(self._db.execute("SELECT key, value FROM meta"))
        except sqlite3.Error as error:
            raise GazetteerError(f"the gazetteer {path} is damaged: {error}", self._mend) from error
        self.mark = str(found.get("made_from"))
        """Changes when the data do."""
        if found.get("format") != FORMAT:
            raise GazetteerError(f"the gazetteer {path} was made by another version", mend)

    def find(self, forms: Iterable[str], *, keep: bool = True) -> dict[str, tuple[Entry, ...]]:
        """The places of each of these normal forms (`normal`), largest first; forms that nothing bears are left out.

        `keep` False doesn't remember the answer, for names that are only tried.
        """
        asked = set(forms)
        with self._lock:
            if len(self._known) > _KEPT:
                self._known.clear()
            known = self._known if keep else dict[str, tuple[Entry, ...]]()
            self._load(sorted(form for form in asked if form not in known), known)
            return {form: known[form] for form in asked if known[form]}

    def _load(self, forms: Sequence[str], known: dict[str, tuple[Entry, ...]]) -> None:
        for at in range(0, len(forms), _AT_ONCE):
            part = forms[at : at + _AT_ONCE]
            marks = ",".join("?" * len(part))
            query = f"SELECT {_COLUMNS} FROM names n JOIN places p ON p.id = n.place WHERE n.name IN ({marks})"  # noqa: S608 (marks only)
            found: dict[str, list[Entry]] = defaultdict(list)
            for name, *facts in self._rows(query, part):
                found[name].append(Entry(*(*facts, _level(facts[1], facts[3]))))
            for form in part:
                known[form] = tuple(sorted(found[form], key=lambda e: (-e.population, e.key))) if form in found else ()

    def named(self, key: str) -> str | None:
        """The main name of the place with that key (`region:RU.41`), or None."""
        with self._lock:
            rows = self._rows("SELECT name FROM places WHERE key = ?", (key,))
        return str(rows[0][0]) if rows else None

    def _rows(self, query: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        try:
            return self._db.execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise GazetteerError(f"the gazetteer {self.path} is damaged: {error}", self._mend) from error


class Joined:
    """The shipped gazetteer with the user's own, whose places replace those of the same key; the first counts."""

    def __init__(self, shipped: Gazetteer, *own: Gazetteer) -> None:
        self.shipped = shipped
        self.own = own

    def find(self, forms: Iterable[str], *, keep: bool = True) -> dict[str, tuple[Entry, ...]]:
        """As `Gazetteer.find`."""
        asked = list(forms)
        found = self.shipped.find(asked, keep=keep)
        for own in reversed(self.own):
            for form, mine in own.find(asked, keep=keep).items():
                keys = {e.key for e in mine}
                found[form] = (*mine, *(e for e in found.get(form, ()) if e.key not in keys))
        return found

    def named(self, key: str) -> str | None:
        """As `Gazetteer.named`."""
        return next(filter(None, (one.named(key) for one in (*self.own, self.shipped))), None)

    @property
    def mark(self) -> str:
        """Changes when the data do: part of the reader's version."""
        return "\n".join((self.shipped.mark, *(own.mark for own in self.own)))


@cache
def gazetteer() -> Joined:
    """The shipped gazetteer with the user's own: tables that `onrecord.toml` names, then files that were added.

    Raises `GazetteerError`, and `UsageError` for a table of places with a bad row.
    """
    shipped = Gazetteer(Path(str(files("onrecord") / "data" / "gazetteer.sqlite")))
    named = [_table(path) for path in word_files.places()]
    added = [Gazetteer(path, gazetteer_add.mend(path)) for path in gazetteer_add.databases(own_folder())]
    return Joined(shipped, *named, *added)


def own_folder() -> Path:
    """Where the places are kept that the user added."""
    return user_data_path("onrecord", appauthor=False) / "gazetteer"


def _table(path: Path) -> Gazetteer:
    """A table of places, kept in memory."""
    db = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
    db.executescript(SCHEMA)
    gazetteer_add.fill(db, _strict(gazetteer_files.read(path)))
    facts = {"format": FORMAT, "made_from": hashlib.sha256(path.read_bytes()).hexdigest()}
    db.executemany("INSERT INTO meta VALUES (?, ?)", facts.items())
    return Gazetteer(path, db=db)


def _strict(rows: Iterable[Row | Problem]) -> Iterator[Row]:
    for row in rows:
        if isinstance(row, Problem):
            raise UsageError(f"{row.where}: {row.why}", gazetteer_files.MEND)
        yield row


def add(file: Path, progress: gazetteer_add.Progress | None = None) -> gazetteer_add.Added:
    """Put the places of a GeoNames country dump or a CSV into the user's gazetteer, which every reading uses.

    A bad row is a problem, and the rest goes in. Raises `UsageError` when the file can't be read as either,
    `GazetteerError` when the gazetteer can't be written.
    """
    added = gazetteer_add.add(file, own_folder(), progress)
    forget()
    return added


def remove(name: str) -> None:
    """Take out what was added from the file of that name. Raises `UsageError` when there is none."""
    gazetteer_add.remove(name, own_folder())
    forget()


def forget() -> None:
    """Open all databases anew when they are next asked."""
    gazetteer.cache_clear()
    areas.cache_clear()
    name_of.cache_clear()


@lru_cache(maxsize=1 << 12)
def name_of(key: str) -> str | None:
    """The main name of the place with that id, such as `region:RU.41`; None when there is none."""
    return gazetteer().named(key)


@lru_cache(maxsize=8_192)
def areas(text: str) -> tuple[Entry, ...]:
    """The countries and first-level regions of this name, abbreviation (`Pa.`) or postal code (`PA`)."""
    form = normal(text)
    if len(text) == 2 and text.isupper() and text not in {"US", "UK"}:
        form = f"us {form}"
    elif len(form) < 5 and not text.endswith(".") and not text.isupper() and len(text) < 5:
        return tuple(e for e in gazetteer().find([form]).get(form, ()) if e.level in {"country", "region"} and e.main)
    return tuple(e for e in gazetteer().find([form]).get(form, ()) if e.level in {"country", "region"})


def is_area(text: str) -> bool:
    """A country or first-level region bears this name."""
    return bool(areas(text))


__all__ = [
    "Entry", "Gazetteer", "Joined", "add", "areas", "forget", "gazetteer", "is_area", "normal", "own_folder", "remove",
]  # fmt: skip
