"""The shipped data files and the user's that extend them → one table each: the only way to the word lists.

Yours stand before the shipped ones, so that yours win where the first counts. `data/extend.toml` says what may be
extended; what a key holds is taken from the shipped file.

Parsing TOML takes a tenth of a second at each start. So the build keeps all tables as JSON too (`tables.json`), each
with the hash of its file: where the hash is another, or nothing was built, the file itself is parsed.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import orjson

from onrecord import words_check
from onrecord.config import MEND, config, parsed, text_of
from onrecord.errors import UsageError
from onrecord.words_check import Rules

PLACES = "places"
"""The name under which `onrecord.toml` gives tables of places (CSV)."""


@cache
def table(name: str) -> dict[str, Any]:
    """A TOML file of `onrecord/data` with the user's; not to be changed. Raises `UsageError`."""
    merged = _parsed(name)
    for rules, path in _mine(name):
        text = text_of(path)
        merged = words_check.merged(merged, parsed(path, text), rules, path, text)
    return merged


@cache
def text(name: str) -> str:
    """A tab-separated file of `onrecord/data` with the user's rows in front, and sets (`@name`) before all rows.

    Raises `UsageError`.
    """
    shipped = _shipped(name)
    sets_there = words_check.set_names(shipped)
    mine = [line for rules, path in _mine(name) for line in words_check.rows(text_of(path), rules, path, sets_there)]
    if not mine:
        return shipped
    lines = [*mine, *shipped.splitlines()]
    sets: dict[str, str] = {}
    for line in lines:
        if line.startswith("@"):
            key, _, words = line.partition("\t")
            sets[key] = f"{sets.get(key, '')} {words}"
    return "\n".join([*map("\t".join, sets.items()), *(line for line in lines if not line.startswith("@"))]) + "\n"


def places() -> tuple[Path, ...]:
    """The user's tables of places."""
    return _checked().get(PLACES, ())


@cache
def version() -> str:
    """Hash of all the user's data files: part of the reader's version; empty when there are none."""
    total = hashlib.sha256()
    for name, paths in sorted(_checked().items()):
        for path in paths:
            total.update(f"{name} ".encode() + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest() if _checked() else ""


def forget() -> None:
    """Read the configuration and all files anew when they are next asked for; what was made from them stays."""
    for made in (config, table, text, version, _rules):
        made.cache_clear()


def _mine(name: str) -> Iterator[tuple[Rules, Path]]:
    """(what may be extended, file) for each of the user's files that extend a shipped one."""
    for key, paths in _checked().items():
        rules = _rules().get(key)
        if rules is not None and rules.file == name:
            yield from ((rules, path) for path in paths)


def _checked() -> dict[str, tuple[Path, ...]]:
    found = dict(config().data)
    odd = next((name for name in found if name != PLACES and name not in _rules()), None)
    if odd is not None:
        known = ", ".join(sorted([*_rules(), PLACES]))
        raise UsageError(f"{config().path}: no data file is called {odd}; known are {known}", MEND)
    return found


@cache
def _rules() -> dict[str, Rules]:
    if not config().data:
        return {}
    kinds = tuple(_parsed("kinds.toml"))
    return {name: words_check.rules(row, kinds) for name, row in _parsed("extend.toml").items()}


def _parsed(name: str) -> dict[str, Any]:
    """A shipped TOML file."""
    raw = _data(name).read_bytes()
    hashed, made = _built().get(name, ("", {}))
    return made if hashed == hashlib.sha256(raw).hexdigest() else tomllib.loads(raw.decode())


@cache
def _built() -> dict[str, tuple[str, dict[str, Any]]]:
    """File name → (hash of the file, its table), as the build left them; empty where it left none that can be read."""
    try:
        return dict(orjson.loads(_data("tables.json").read_bytes()))
    except (OSError, ValueError):
        return {}


def _shipped(name: str) -> str:
    return _data(name).read_text("utf-8")


def _data(name: str) -> Traversable:
    return files("onrecord").joinpath("data", name)
