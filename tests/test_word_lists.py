from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files

import pytest

from onrecord import words

DATA = files("onrecord") / "data"
TABLES = sorted(file.name for file in DATA.iterdir() if file.name.endswith(".toml"))


@pytest.mark.parametrize("name", TABLES)
def test_no_list_says_a_word_twice(name: str) -> None:
    table = tomllib.loads((DATA / name).read_text(encoding="utf-8"))
    twice = {path: [w for w, times in Counter(row).items() if w and times > 1] for path, row in _lists(table, name)}
    assert {path: ws for path, ws in twice.items() if ws} == {}


def _lists(value: object, path: str) -> Iterator[tuple[str, list[str]]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _lists(inner, f"{path} {key}")
    elif isinstance(value, list) and all(isinstance(word, str) for word in value):
        yield path, value
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _lists(inner, f"{path} {number}")


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_what_its_file_says(name: str) -> None:
    assert words.table(name) == tomllib.loads((DATA / name).read_text(encoding="utf-8"))


def test_a_table_that_was_built_from_another_file_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    stale = {"watch.toml": ("0" * 64, {"of": "yesterday"})}
    monkeypatch.setattr(words, "_built", lambda: stale)
    words.table.cache_clear()
    assert "of" not in words.table("watch.toml")
