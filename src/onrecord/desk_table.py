"""Decisions ↔ a CSV file: a row a decision, whole there and back. A bad row is a problem, and the rest is read.

`id, at, by, kind, why` and `undoes` are what they say; `says` and `words` are for people and are not read back; `names`
holds the selectors and `detail` what a correction, verification, own post or redaction says, both as JSON. A cell that
a spreadsheet would take for a formula has an apostrophe in front.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import IO, get_args

from onrecord.desk import Checked, Correction, Decision, Kind, Passage, Selector, Taken, in_words
from onrecord.model import KINDS, Problem
from onrecord.store import codec

COLUMNS = ("id", "at", "by", "kind", "why", "undoes", "says", "words", "names", "detail")
_NEEDED = frozenset({"id", "at", "by", "kind"})
_ID = re.compile(r"d[0-9a-f]{12}")
_RISKY = ("=", "+", "-", "@", "\t", "\r", "'")
_MOST = 10_000_000
"""Characters of a cell at most."""


@dataclass(frozen=True, slots=True)
class _Detail:
    """What the decision says beside who, when, why and of what."""

    correction: Correction | None = None
    claim: Checked | None = None
    title: str = ""
    text: str = ""
    passages: tuple[Passage, ...] = ()


def write(taken: Iterable[Taken], to: IO[str]) -> None:
    """Write the decisions, in order."""
    rows = csv.writer(to, lineterminator="\n")
    rows.writerow(COLUMNS)
    for one in taken:
        rows.writerow([_safe(cell) for cell in _row(one)])


def _row(one: Taken) -> Sequence[str]:
    d = one.decision
    detail = _Detail(d.correction, d.claim, d.title, d.text, d.passages)
    words = next((" ".join(s.exact.split()) for s in d.selectors if s.exact), "")
    return (
        one.id, d.at.isoformat(), d.by, d.kind, d.why, d.undoes, in_words(d), words,
        codec.dump(d.selectors).decode() if d.selectors else "",
        codec.dump(detail).decode() if detail != _Detail() else "",
    )  # fmt: skip


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_RISKY) else cell


def _plain(cell: str | None) -> str:
    return (cell or "").removeprefix("'")


def read(given: Iterable[str], where: str) -> Iterator[tuple[str, Decision] | Problem]:
    """(id, decision) of each row, and a problem for each that can't be one. `given` are the lines of the file."""
    csv.field_size_limit(_MOST)
    rows = csv.DictReader(given)
    try:
        missing = _NEEDED - set(rows.fieldnames or ())
        if missing:
            why = f"it has no column {', '.join(sorted(missing))}"
            yield Problem("bad-table", where, why, "take a file that onrecord desk export wrote", fatal=True)
            return
        for row in rows:
            yield _decision(row, f"{where}:{rows.line_num}")
    except csv.Error as error:
        yield Problem("bad-table", where, f"it is no CSV from line {rows.line_num} on: {error}", "mend that line")


def _decision(row: dict[str, str | None], where: str) -> tuple[str, Decision] | Problem:
    cells = {name: _plain(row.get(name)) for name in COLUMNS}
    fault = _fault(cells)
    if fault:
        return Problem("bad-row", where, fault, "mend the row, or export the decisions anew")
    try:
        detail = codec.load(_Detail, cells["detail"]) if cells["detail"] else _Detail()
        selectors = codec.load(tuple[Selector, ...], cells["names"]) if cells["names"] else ()
        made = Decision(
            cells["kind"], cells["by"], datetime.fromisoformat(cells["at"]), cells["why"], selectors,  # type: ignore[arg-type]
            detail.correction, detail.claim, cells["undoes"], detail.title, detail.text, detail.passages,
        )  # fmt: skip
    except (codec.CodecError, ValueError) as error:
        return Problem("bad-row", where, f"it can't be read: {error}", "mend the row, or export the decisions anew")
    if made.at.tzinfo is None:
        return Problem("bad-row", where, "its time has no zone", "write it as 2025-03-13T18:00:00+00:00")
    lacks = _lacks(made)
    return Problem("bad-row", where, lacks, "export the decisions anew") if lacks else (cells["id"], made)


def _fault(cells: dict[str, str]) -> str:
    if not _ID.fullmatch(cells["id"]):
        return f"{cells['id']!r} is no id of a decision"
    if cells["kind"] not in get_args(Kind):
        return f"there is no decision {cells['kind']!r}"
    return "" if cells["by"].strip() else "it does not say who decided"


def _lacks(made: Decision) -> str:
    """What a decision of its kind can't be without."""
    if made.kind in ("same", "apart", "correct", "hide", "verify", "pin") and not made.selectors:
        return f"{made.kind} names nothing"
    if made.kind == "apart" and {s.group for s in made.selectors} != {0, 1}:
        return "apart does not name two groups"
    if made.correction and made.correction.kind not in (None, *KINDS):
        return f"there is no kind {made.correction.kind!r}"
    lacking = {
        "correct": made.correction is None,
        "post": not made.text,
        "redact": not made.passages,
        "undo": not made.undoes,
    }
    return f"{made.kind} does not say what" if lacking.get(made.kind) else ""
