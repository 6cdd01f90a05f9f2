"""Files of places → the user's gazetteers, one small database a file, which look-ups join to the shipped one.

A database is made beside its place and moved there whole, so that readers see all of a file or nothing.
"""

from __future__ import annotations

import hashlib
import itertools
import os
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from onrecord.errors import GazetteerError, UsageError
from onrecord.model import Problem
from onrecord.statements import gazetteer_files
from onrecord.statements.gazetteer_build import FORMAT, SCHEMA, Row, insert

Progress = Callable[[str, int, int | None], None]
"""(the file, how many places are done, how many there are, if known)."""

MOST_TOLD = 50
"""Problems of a file that are told one by one."""
_AT_ONCE = 5_000
_QUICK = "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA page_size=8192; PRAGMA cache_size=-65536;"
"""Nobody sees the database until it is whole; 64 MB of it stay in memory."""


@dataclass(frozen=True, slots=True)
class Added:
    """A file of places in the user's gazetteers."""

    name: str
    """What it is called here: `ua` for UA.zip."""
    places: int
    source: str
    """The file's own name."""
    added: str
    """When, in ISO 8601."""
    replaced: bool = False
    problems: tuple[Problem, ...] = ()


def add(file: Path, folder: Path, progress: Progress | None = None) -> Added:
    """Put a file's places into the folder, in place of an earlier file of that name.

    A bad row is a problem, and the rest goes in. Raises `UsageError` when the file is of another kind or holds no
    place, `GazetteerError` when the folder can't be written.
    """
    name = name_of(file)
    target = folder / f"{name}.sqlite"
    fresh = folder / f"{name}.{os.getpid()}.new"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        try:
            made = _write(file, name, fresh, progress)
            replaced = target.exists()
            fresh.replace(target)
        finally:
            fresh.unlink(missing_ok=True)
    except (OSError, sqlite3.Error) as error:
        raise GazetteerError(f"{target} can't be written: {error}", "see to the folder's rights and space") from error
    return Added(name, made.places, file.name, made.added, replaced, made.problems)


def _write(file: Path, name: str, fresh: Path, progress: Progress | None) -> Added:
    problems = _Problems(file)
    with closing(sqlite3.connect(fresh, isolation_level=None)) as db:
        db.executescript(f"{_QUICK}{SCHEMA}BEGIN;")
        rows = problems.without(gazetteer_files.read(file))
        total = fill(db, rows, lambda done: progress and progress(file.name, done, None))
        if not total:
            why = next((p.why for p in problems.kept), "it has no rows that are looked up")
            where = next((p.where for p in problems.kept), str(file))
            raise UsageError(f"{where}: {why}; no place is left", gazetteer_files.MEND)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        facts = {"format": FORMAT, "made_from": _hash(file), "source": file.name, "added": now, "places": str(total)}
        db.executemany("INSERT INTO meta VALUES (?, ?)", facts.items())
        db.execute("COMMIT")
    return Added(name, total, file.name, now, False, problems.told())


def fill(db: sqlite3.Connection, rows: Iterator[Row], step: Callable[[int], object] = lambda _: None) -> int:
    """Insert rows in portions, so that memory stays flat; gives their number."""
    total = 0
    while portion := list(itertools.islice(rows, _AT_ONCE)):
        insert(db, portion, total + 1)
        total += len(portion)
        step(total)
    return total


class _Problems:
    """The first problems of a file, and how many more there are."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.kept: list[Problem] = []
        self.more = 0

    def without(self, found: Iterable[Row | Problem]) -> Iterator[Row]:
        for item in found:
            if isinstance(item, Row):
                yield item
            elif len(self.kept) < MOST_TOLD:
                self.kept.append(item)
            else:
                self.more += 1

    def told(self) -> tuple[Problem, ...]:
        if not self.more:
            return tuple(self.kept)
        why = f"{self.more:,} more rows left out for reasons such as these"
        return (*self.kept, Problem("bad-row", str(self.file), why, "mend the rows and add the file again"))


def listed(folder: Path) -> list[Added]:
    """The files whose places are in the folder, by name. Raises `GazetteerError` for one that can't be read."""
    return [_facts(path) for path in databases(folder)]


def databases(folder: Path) -> list[Path]:
    """The folder's databases by name; there are none where there is no folder."""
    return sorted(folder.glob("*.sqlite"))


def _facts(path: Path) -> Added:
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db:
            facts = dict(db.execute("SELECT key, value FROM meta"))
        return Added(path.stem, int(facts["places"]), facts["source"], facts["added"])
    except (sqlite3.Error, KeyError, ValueError) as error:
        raise GazetteerError(f"the places {path} can't be read: {error}", mend(path)) from error


def mend(path: Path) -> str:
    """What to do when a file's places can't be used."""
    return f"run: onrecord gazetteer remove {path.stem}; then add the file again"


def remove(name: str, folder: Path) -> None:
    """Take out what was added from the file of that name. Raises `UsageError` when there is none."""
    path = next((p for p in databases(folder) if p.stem == name_of(Path(name))), None)
    if path is None:
        known = ", ".join(p.stem for p in databases(folder)) or "none"
        raise UsageError(f"no places are called {name!r}; there are: {known}", "onrecord gazetteer list shows them")
    try:
        path.unlink()
    except OSError as error:
        raise GazetteerError(f"{path} can't be removed: {error}", "see to the folder's rights") from error


def name_of(file: Path) -> str:
    """What a file's places are called: its name in lower case, without ending."""
    base = re.sub(r"(?i)\.(?:txt|csv|tsv|zip|sqlite)$", "", file.name)
    return re.sub(r"[^\w-]+", "-", base.lower()).strip("-")[:80] or "places"


def _hash(file: Path) -> str:
    with file.open("rb") as raw:
        return hashlib.file_digest(raw, "sha256").hexdigest()
