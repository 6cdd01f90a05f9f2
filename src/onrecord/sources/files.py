"""A file → a capture, or the problem that says why there is none."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from onrecord.errors import UsageError
from onrecord.model import Capture, Hints, Problem
from onrecord.sources.warc import captures as warc_captures
from onrecord.sources.warc import is_warc

MOST_BYTES = 100_000_000
"""A larger file is refused: no page is that long."""

COLUMNS = frozenset({"path", "outlet", "published", "page", "tz", "url", "seen_at"})
"""Columns of a list of pages; only `path` must be there."""


def capture(path: Path, hints: Hints | None = None, now: datetime | None = None) -> Capture | Problem:
    """The file's bytes with when they were seen: as hinted, else the file's own time, never after `now`.

    A file that can't be read gives a fatal problem that says how to mend it; nothing is raised.
    """
    hints = hints or Hints()
    try:
        body, changed = _bytes(path)
    except _Refused as refused:
        return refused.problem
    except OSError as error:
        return _unreadable(path, error)
    seen_at = hints.seen_at or min(changed, now or datetime.now(UTC))
    return Capture(str(path), body, hashlib.sha256(body).hexdigest(), seen_at, hints)


def captures(
    paths: Iterable[Path], hints: Hints | None = None, now: datetime | None = None
) -> Iterator[Capture | Problem]:
    """A capture or a problem for each page of each file, in order, one page in memory at a time."""
    return (found for path in paths for found in opened(path, hints, now))


def opened(path: Path, hints: Hints | None = None, now: datetime | None = None) -> Iterator[Capture | Problem]:
    """The captures that a file holds: one, or of a web archive one for each page in it."""
    if is_warc(path) and path.is_file():
        yield from warc_captures(path, hints, now)
    else:
        yield capture(path, hints, now)


def listed(csv_path: Path) -> list[tuple[Path, Hints] | Problem]:
    """The files that a list of pages names, a row a file, with what the row says of each.

    Paths count from the list's own folder. A row that can't be taken gives a problem that names its line.
    """
    try:
        with csv_path.open(encoding="utf-8-sig", newline="") as file:
            return _rows(csv_path, file)
    except OSError as error:
        return [_unreadable(csv_path, error)]
    except (UnicodeDecodeError, csv.Error) as error:
        return [_bad_list(str(csv_path), str(error), "save the list as CSV in UTF-8")]


def parse_published(text: str, tz: str | None = None) -> datetime:
    """The moment, or midnight of the day, that an ISO text means; without an offset it is in `tz`, else in UTC.

    Raises `UsageError` for other text and for a zone that is not in the IANA list.
    """
    zone = zone_of(tz)
    clean = text.strip()
    try:
        found = (
            datetime.combine(date.fromisoformat(clean), time()) if len(clean) <= 10 else datetime.fromisoformat(clean)
        )
    except ValueError:
        raise UsageError(
            f"{text!r} is no date", "give it as 2025-02-06, 2025-02-06T17:51 or 2025-02-06T17:51+00:00"
        ) from None
    return found if found.tzinfo else found.replace(tzinfo=zone)


def zone_of(tz: str | None) -> tzinfo:
    """The zone of that IANA name, UTC for None. Raises `UsageError` for an unknown one."""
    if not tz:
        return UTC
    try:
        return ZoneInfo(tz)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UsageError(f"there is no time zone {tz!r}", "give an IANA name such as Europe/Kyiv") from None


class _Refused(Exception):  # noqa: N818
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.why)
        self.problem = problem


def _bytes(path: Path) -> tuple[bytes, datetime]:
    """The file's bytes and when it was last changed. Raises `OSError`, or `_Refused` with the problem."""
    if path.is_dir():
        raise _Refused(Problem("is-folder", str(path), "this is a folder", "name the files in it", fatal=True))
    facts = path.stat()
    if facts.st_size > MOST_BYTES:
        why = f"{facts.st_size:,} bytes are more than the {MOST_BYTES:,} that one page may have"
        raise _Refused(Problem("too-large", str(path), why, "split it into pages", fatal=True))
    with path.open("rb") as file:
        body = file.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        raise _Refused(Problem("too-large", str(path), f"it gives more than {MOST_BYTES:,} bytes", fatal=True))
    return body, datetime.fromtimestamp(facts.st_mtime, UTC)


def _unreadable(path: Path, error: OSError) -> Problem:
    if isinstance(error, FileNotFoundError):
        return Problem("missing-file", str(path), "there is no such file", "check the path", fatal=True)
    why = error.strerror or type(error).__name__
    return Problem("unreadable-file", str(path), f"it can't be read: {why}", "check its permissions", fatal=True)


def _bad_list(where: str, why: str, mend: str) -> Problem:
    return Problem("bad-list", where, why, mend, fatal=True)


def _rows(csv_path: Path, file: Iterable[str]) -> list[tuple[Path, Hints] | Problem]:
    rows = csv.DictReader(file)
    names = {name.strip() for name in rows.fieldnames or ()}
    if "path" not in names:
        return [_bad_list(str(csv_path), "it has no column 'path'", f"columns are {', '.join(sorted(COLUMNS))}")]
    out: list[tuple[Path, Hints] | Problem] = [
        _bad_list(str(csv_path), f"there is no column {name!r}", f"columns are {', '.join(sorted(COLUMNS))}")
        for name in sorted(names - COLUMNS)
    ]
    out = [replace(p, fatal=False) for p in out if isinstance(p, Problem)]
    for row in rows:
        cells = {(k or "").strip(): v.strip() for k, v in row.items() if isinstance(v, str)}
        if any(cells.values()):
            out.append(_row(csv_path, rows.line_num, cells))
    return out


def _row(csv_path: Path, line: int, cells: dict[str, str]) -> tuple[Path, Hints] | Problem:
    where = f"{csv_path}:{line}"
    if not cells.get("path"):
        return _bad_list(where, "the row names no file", "fill the column 'path'")
    tz = cells.get("tz") or None
    try:
        zone_of(tz)
        published, seen_at = (parse_published(cells[k], tz) if cells.get(k) else None for k in ("published", "seen_at"))
    except UsageError as error:
        return _bad_list(where, error.why, error.mend)
    hints = Hints(
        outlet=cells.get("outlet") or None,
        published=published,
        tz=tz,
        page=cells.get("page") or None,
        url=cells.get("url") or None,
        seen_at=seen_at,
    )
    return csv_path.parent / cells["path"], hints
