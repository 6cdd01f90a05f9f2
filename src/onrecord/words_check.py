"""A user's data file → its rows, in the form of the shipped ones, or an error with file and line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, NoReturn
from zoneinfo import ZoneInfo

from onrecord.config import MEND
from onrecord.errors import UsageError

Check = tuple[str, ...] | str
"""The words that are allowed, or the name of a test."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What `data/extend.toml` says of a file."""

    file: str
    keys: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    joined: bool = False
    one_of: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    columns: tuple[str, ...] = ()
    check: Mapping[str, Check] = field(default_factory=dict)


def rules(row: dict[str, Any], kinds: tuple[str, ...]) -> Rules:
    """A table of `data/extend.toml`; `kinds` are the kinds of happening."""
    checks = {key: kinds if value == "kind" else _frozen(value) for key, value in row.get("check", {}).items()}
    one_of = {key: tuple(value) for key, value in row.get("one_of", {}).items()}
    lists = {name: tuple(row.get(name, ())) for name in ("keys", "open", "columns")}
    return Rules(row["file"], joined=row.get("joined", False), one_of=one_of, check=checks, **lists)


def _frozen(value: str | list[str]) -> Check:
    return tuple(value) if isinstance(value, list) else value


# -- tables ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _File:
    rules: Rules
    path: Path
    text: str

    def refuse(self, at: tuple[str | int, ...], why: str) -> NoReturn:
        raise UsageError(f"{self.path}, line {line_of(self.text, at)}: {why}", MEND)


def merged(shipped: dict[str, Any], mine: dict[str, Any], rules: Rules, path: Path, text: str) -> dict[str, Any]:
    """The shipped table with the user's. Raises `UsageError` for what has no place or the wrong form."""
    here = _File(rules, path, text)
    for key in mine:
        if rules.keys and key not in rules.keys:
            here.refuse((key,), f"{key} can't be extended; these can: {', '.join(rules.keys)}")
    return _table(here, (), shipped, mine)


def _table(here: _File, at: tuple[str | int, ...], old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    out = dict(old)
    for key, value in new.items():
        spot = (*at, key)
        if key in old:
            out[key] = _value(here, spot, old[key], value)
        elif ".".join(map(str, at)) in here.rules.open:
            sample = next(iter(old.values()))
            out[key] = _value(here, spot, type(sample)(), value)
        else:
            here.refuse(spot, f"there is no {key} here; there are: {', '.join(old)[:300]}")
    return out


def _value(here: _File, at: tuple[str | int, ...], old: Any, new: Any) -> Any:
    if isinstance(old, str) and here.rules.joined:
        return _joined(here, at, old, new)
    if isinstance(old, dict):
        return _table(here, at, old, new) if isinstance(new, dict) else here.refuse(at, "it must be a table")
    if isinstance(old, list):
        return _list(here, at, old, new)
    if not _alike(old, new):
        here.refuse(at, f"{new!r} must be {_words(old)}")
    _test(here, at, new)
    return new


def _list(here: _File, at: tuple[str | int, ...], old: list[Any], new: Any) -> list[Any]:
    if not isinstance(new, list):
        here.refuse(at, "it must be a list")
    if old and isinstance(old[0], dict):
        for number, row in enumerate(new):
            _row(here, (*at, number), old, row)
        return [*new, *old]
    sample = old[0] if old else ""
    for item in new:
        if not _alike(sample, item) or item == "":
            here.refuse(at, f"{item!r} must be {_words(sample)}")
        _test(here, at, item)
    return [*new, *old]


def _row(here: _File, at: tuple[str | int, ...], old: list[dict[str, Any]], row: Any) -> None:
    if not isinstance(row, dict):
        here.refuse(at, f"write it as [[{at[0]}]]")
    known = {key: value for one in reversed(old) for key, value in one.items()}
    needed = [key for key in old[0] if all(key in one for one in old)]
    for key in needed:
        if key not in row:
            here.refuse(at, f"it lacks {key}")
    one_of = here.rules.one_of.get(str(at[0]), ())
    if one_of and sum(key in row for key in one_of) != 1:
        here.refuse(at, f"it must have one of {', '.join(one_of)}")
    for key, value in row.items():
        if key not in known:
            here.refuse((*at, key), f"there is no {key} here; there are: {', '.join(known)}")
        _value(here, (*at, key), known[key], value)


def _joined(here: _File, at: tuple[str | int, ...], old: str, new: Any) -> str:
    """The shipped text with more words."""
    commas = "," in old
    if isinstance(new, str):
        new = new.split(",") if commas else new.split()
    if not isinstance(new, list):
        here.refuse(at, "it must be a text or a list")
    for word in new:
        if not isinstance(word, str) or not word.strip() or (not commas and len(word.split()) > 1):
            here.refuse(at, f"{word!r} must be {'words' if commas else 'one word'}")
    return (", " if commas else " ").join([*map(str.strip, new), *([old] if old else [])])


def _alike(old: object, new: object) -> bool:
    """Of one type; whole numbers will do for others."""
    if isinstance(old, bool) or isinstance(new, bool):
        return isinstance(old, bool) and isinstance(new, bool)
    if isinstance(old, float):
        return isinstance(new, int | float)
    return isinstance(new, type(old))


def _words(sample: object) -> str:
    return {str: "a text", bool: "true or false", int: "a whole number", float: "a number"}.get(type(sample), "a value")


# -- rows between tabs -------------------------------------------------------------------------------------------------


def rows(text: str, rules: Rules, path: Path, sets: frozenset[str]) -> Iterator[str]:
    """The lines of a tab-separated file that hold something; `sets` are the names of the shipped file's sets.

    Raises `UsageError` for a line of another form.
    """
    least = sum(not name.endswith("?") for name in rules.columns)
    sets |= set_names(text)
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        wanted = (2, 2) if line.startswith("@") else (least, len(rules.columns))
        if not wanted[0] <= len(cells) <= wanted[1]:
            columns = "name and words" if line.startswith("@") else ", ".join(rules.columns)
            raise UsageError(f"{path}, line {number}: {len(cells)} columns; there must be {columns}, tab between", MEND)
        if not line.startswith("@"):
            _check_cells(cells, rules, f"{path}, line {number}", sets)
        yield line


def set_names(text: str) -> frozenset[str]:
    """Names of the sets that a tab-separated file makes: `@drone`."""
    return frozenset(re.findall(r"^(@\w+)\t", text, flags=re.MULTILINE))


def _check_cells(cells: list[str], rules: Rules, where: str, sets: frozenset[str]) -> None:
    for name, cell in zip(rules.columns, cells, strict=False):
        check = rules.check.get(name.rstrip("?"))
        why = _why_not(check, cell)
        if check == "conditions":
            unknown = sorted(set(re.findall(r"(?<=[=|])@\w+", cell)) - sets)
            why = why or (f"there is no set {unknown[0]}" if unknown else "")
        if why:
            raise UsageError(f"{where}: {name.rstrip('?')}: {why}", MEND)
    if not cells[0].strip():
        raise UsageError(f"{where}: {rules.columns[0]} is empty", MEND)


# -- values ------------------------------------------------------------------------------------------------------------


def _test(here: _File, at: tuple[str | int, ...], value: object) -> None:
    names = [step for step in at if isinstance(step, str)]
    check = here.rules.check.get(".".join(names)) or here.rules.check.get(names[0])
    why = _why_not(check, str(value))
    if why:
        here.refuse(at, why)


def _why_not(check: Check | None, value: str) -> str:
    """What is wrong with a value; empty when nothing is."""
    if check is None:
        return ""
    if isinstance(check, tuple):
        return "" if value in check else f"{value!r} is none of {', '.join(check)}"
    try:
        _TESTS[check](value)
    except (ValueError, KeyError, OSError, re.error, RecursionError, OverflowError) as error:
        return f"{value!r} is no {_NAMES[check]} ({error})"
    return ""


def _pattern(value: str) -> None:
    found = re.compile(f"(?:x)|(?:{value})", re.IGNORECASE)
    if found.groupindex:
        raise ValueError("named groups can't be used")
    if found.fullmatch("") or found.search(" "):
        raise ValueError("it matches a blank")


def _span(value: str) -> None:
    for part in value.split("/", 1):
        date.fromisoformat(part + "-01-01"[len(part) - 4 :] if len(part) in (4, 7) else part)


def _form(pattern: str) -> Callable[[str], None]:
    def test(value: str) -> None:
        if not re.fullmatch(pattern, value):
            raise ValueError("its form is wrong")

    return test


def _monthday(value: str) -> None:
    date.fromisoformat(f"2023-{value}")


def _since(value: str) -> None:
    if not re.fullmatch(r"(?:\d{1,4})?", value):
        date.fromisoformat(value)


_TESTS: dict[str, Callable[[str], object]] = {
    "pattern": _pattern,
    "zone": ZoneInfo,
    "day": date.fromisoformat,
    "monthday": _monthday,
    "nth": _form(r"(?:[1-9]|1[0-2])-[1-7]-[1-5]"),
    "span": _span,
    "integer": int,
    "conditions": _form(r" *(?:[a-z]+!?=[^\s|=]+(?:\|[^\s|=]+)*(?: +|$))*"),
    "since": _since,
}
_NAMES = {
    "pattern": "pattern that can be used",
    "zone": "time zone",
    "day": "day (YYYY-MM-DD)",
    "monthday": "day of the year (MM-DD)",
    "nth": "month-weekday-which (11-4-4: the fourth Thursday of November)",
    "span": "year, month or day, or two of them with a slash",
    "integer": "whole number",
    "conditions": "list of conditions such as subj=@boat",
    "since": "year or day (YYYY-MM-DD)",
}


# -- lines -------------------------------------------------------------------------------------------------------------

_HEAD = re.compile(r"\s*\[(\[?)\s*([^\]\n]+?)\s*\]")
_KEY = re.compile(r"\s*(\"[^\"\n]*\"|'[^'\n]*'|[\w-]+)\s*[.=]")


def line_of(text: str, at: tuple[str | int, ...]) -> int:
    """The line of a TOML text on which the table or key stands, as near as its form shows; 1 when it is not found."""
    names = [str(step) for step in at if isinstance(step, str)]
    number = next((step for step in at if isinstance(step, int)), 0)
    heads = {".".join(names[:size]) for size in range(1, len(names) + 1)}
    best, depth, seen, head = 1, 0, -1, ""
    for count, line in enumerate(text.split("\n"), 1):
        if found := _HEAD.match(line):
            head = ".".join(part.strip(" \"'") for part in found[2].split("."))
            seen += bool(found[1]) and head == names[0]
            wanted = head in heads and (not found[1] or seen == number)
            if wanted and len(head) > depth:
                best, depth = count, len(head)
        elif (key := _KEY.match(line)) and (not head or head in heads) and (head != names[0] or seen in (-1, number)):
            name = f"{head}.{key[1].strip(chr(34) + chr(39))}".lstrip(".")
            if name in heads and len(name) > depth:
                best, depth = count, len(name)
    return best
