"""`onrecord.toml` → the extra data files that it names.

It is looked for in the current folder, then in the user's configuration folder; `ONRECORD_CONFIG` names another, and
an empty one asks for none.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from platformdirs import user_config_path

from onrecord.errors import UsageError

NAME = "onrecord.toml"
MEND = "docs/extending.md shows the format"


@dataclass(frozen=True, slots=True)
class Config:
    """What `onrecord.toml` says."""

    path: Path | None = None
    data: Mapping[str, tuple[Path, ...]] = field(default_factory=dict)
    """Name of a data file or `places` → the user's files that extend it, in the order given."""


@cache
def config() -> Config:
    """The configuration, read once; empty where there is none. Raises `UsageError`."""
    path = found()
    return load(path) if path else Config()


def found() -> Path | None:
    """The configuration file that counts. Raises `UsageError` when one is named that is not there."""
    named = os.environ.get("ONRECORD_CONFIG")
    if named is not None:
        path = Path(named).expanduser()
        if named and not path.is_file():
            raise UsageError(f"ONRECORD_CONFIG names {path}, which is not there", "name a file, or unset it")
        return path if named else None
    places = (Path(NAME), user_config_path("onrecord", appauthor=False) / NAME)
    return next((path for path in places if path.is_file()), None)


def load(path: Path) -> Config:
    """The file's settings; paths in it start from its own folder. Raises `UsageError`."""
    table = parsed(path, text_of(path))
    odd = next((name for name in table if name != "data"), None)
    if odd is not None:
        raise UsageError(f"{path}: there is no table [{odd}], only [data]", MEND)
    rows = table.get("data", {})
    if not isinstance(rows, dict):
        raise UsageError(f"{path}: [data] is no table", MEND)
    return Config(path, {name: tuple(_files(path, name, value)) for name, value in rows.items()})


def _files(path: Path, name: str, value: object) -> list[Path]:
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list) or not all(isinstance(n, str) for n in names):
        raise UsageError(f"{path}: {name} must be a file's path, or a list of them", MEND)
    files = [path.parent / Path(n).expanduser() for n in names]
    missing = next((file for file in files if not file.is_file()), None)
    if missing:
        raise UsageError(f"{path}: {name} names {missing}, which is not there", MEND)
    return files


def text_of(path: Path) -> str:
    """A file's text. Raises `UsageError` when it can't be read or is not UTF-8, with the line."""
    try:
        body = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} can't be read: {error.strerror or error}", MEND) from error
    try:
        return body.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        raise UsageError(f"{path}, line {line}: not UTF-8", "save it as UTF-8") from error


def parsed(path: Path, text: str) -> dict[str, object]:
    """The text as TOML. Raises `UsageError` with the line."""
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise UsageError(f"{path}: no TOML: {error}", MEND) from error
