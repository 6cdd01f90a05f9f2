"""Links are kept at both ends, in whatever turns they are put."""

from __future__ import annotations

from math import inf
from pathlib import Path

from onrecord.model import Settings
from onrecord.store import Record, links


def test_links_stand_at_both_ends(tmp_path: Path) -> None:
    with Record.create(tmp_path / "story.db", Settings("Flood", "UTC")) as record:
        with record.writing() as connection:
            links.put(connection, 1, "telling", {"a": {"b": 0.5, "c": inf}, "b": {"a": 0.5}})
            links.put(connection, 1, "telling", {"c": {"a": inf, "d": 0.1 + 0.2}})
        with record.writing() as connection:
            links.put(connection, 1, "telling", {"b": {}, "d": {"c": 2.0, "e": 1.0}})
        with record.reading() as connection:
            found = links.load(connection, 1, "telling", "abcdef")
    assert found == {"a": {"c": inf}, "c": {"a": inf, "d": 2.0}, "d": {"c": 2.0, "e": 1.0}, "e": {"d": 1.0}}


def test_a_link_is_read_as_exactly_as_it_was_written(tmp_path: Path) -> None:
    with Record.create(tmp_path / "story.db", Settings("Flood", "UTC")) as record:
        with record.writing() as connection:
            links.put(connection, 1, "post", {"a": {"b": 0.1 + 0.2}})
        with record.reading() as connection:
            assert links.load(connection, 1, "post", ["b"]) == {"b": {"a": 0.1 + 0.2}}
            assert links.load(connection, 1, "telling", ["b"]) == {}
