"""`onrecord gazetteer`: places of one's own, as people and programs meet them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.test_commands import ONRECORD

TABLE = """name,lat,lon,country,kind,population,aliases
Camp Alder,48.5,37.9,UA,facility,,Alder base;Camp Erle
Tinywell,48.6,37.8,UA,village,40,
Nowhere,north,37.8,UA,village,40,
"""
TEXT = "Two soldiers were killed near Camp Alder and three in Tinywell on Monday, the army said."


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    if sys.platform != "linux":
        pytest.skip("only Linux lets a variable say where the user's data are")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    (tmp_path / "bases.csv").write_text(TABLE, encoding="utf-8")
    (tmp_path / "page.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


def run(*words: str | Path, code: int = 0) -> subprocess.CompletedProcess[str]:
    done = subprocess.run([*ONRECORD, *map(str, words)], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    return done


def places(page: Path) -> list[str]:
    done = subprocess.run(
        [*ONRECORD, "read", str(page), "--json", "--published", "2025-03-13"],
        capture_output=True,
        text=True,
        check=False,
    )
    return [place["name"] for place in json.loads(done.stdout)["places"]]


def test_places_are_added_used_listed_and_removed(home: Path) -> None:
    assert "Camp Alder" not in places(home / "page.txt")
    added = run("gazetteer", "add", home / "bases.csv", code=1)
    assert "line 4" in added.stderr
    assert "2 places" in added.stdout
    assert places(home / "page.txt") == ["Camp Alder", "Tinywell"]
    (listed,) = run("gazetteer", "list", "--json").stdout.splitlines()
    assert (json.loads(listed)["name"], json.loads(listed)["places"]) == ("bases", 2)
    run("gazetteer", "remove", "bases")
    assert run("gazetteer", "list").stdout == ""


def test_a_file_that_is_none_keeps_no_other_from_going_in(home: Path) -> None:
    (home / "notes.txt").write_text("no table of places", encoding="utf-8")
    done = run("gazetteer", "add", home / "notes.txt", home / "none.zip", home / "bases.csv", "--json", code=1)
    assert json.loads(done.stdout)["places"] == 2
    assert "notes.txt is neither" in done.stderr
    assert "none.zip can't be read" in done.stderr


def test_wrong_calls(home: Path) -> None:
    assert "UA.zip" in run("gazetteer", "add", code=2).stderr
    assert "there are: none" in run("gazetteer", "remove", "bases", code=2).stderr


@pytest.mark.parametrize("name", ["add", "list", "remove"])
def test_every_part_has_an_example(name: str) -> None:
    assert f"onrecord gazetteer {name}" in run("gazetteer", name, "--help").stdout.split("Examples:")[1]
