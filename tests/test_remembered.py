"""A page that is read again: only what is different is worked out, and the record is as if all had been."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from onrecord import reading, remembered
from onrecord.model import Capture, PostReading, Settings
from onrecord.story import Story
from tests.story_maker import SENTENCES, live, note

_TABLES = {
    "readings": "page, post, at, view",
    "tellings": "id, gone, telling",
    "post_words": "page, post, words",
    "telling_keys": "telling, key",
    "event_happenings": "event, happening, at, among, until",
    "histories": "page, change, history",
}


def rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """What is derived of the record's pages."""
    with closing(sqlite3.connect(path)) as raw:
        return {name: raw.execute(f"SELECT {columns} FROM {name} ORDER BY 1, 2").fetchall()
                for name, columns in _TABLES.items()}  # fmt: skip


def versions(count: int, seed: int) -> Iterator[Capture]:
    """A page again and again: unchanged, or with a post more, edited, gone or elsewhere; and another page between."""
    chance = random.Random(seed)
    posts = [(f"b{n}", SENTENCES[n % 6]) for n in range(8)]
    for hour in range(count):
        at = chance.randrange(len(posts))
        match chance.choice(("same", "more", "edit", "gone", "moved", "other")):
            case "more":
                posts.insert(0, (f"b{100 + hour}", f"{chance.choice(SENTENCES)} It was {hour} degrees."))
            case "edit":
                posts[at] = (posts[at][0], chance.choice(SENTENCES))
            case "gone" if len(posts) > 4:
                del posts[at]
            case "moved":
                posts.insert(0, posts.pop(at))
            case "other":
                yield note(chance.choice(SENTENCES), "note", hours=hour + 0.5)
        yield live(posts, hours=hour)


def added(path: Path, captures: Sequence[Capture]) -> dict[str, list[tuple[object, ...]]]:
    """The record of captures, each added by a story that remembers nothing."""
    for capture in captures:
        with Story.create(path, Settings(), exist_ok=True) as story:
            story.add([capture])
    return rows(path)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_record_is_the_same_as_without_memory(tmp_path: Path, seed: int) -> None:
    captures = list(versions(10, seed))
    with Story.create(tmp_path / "a.db", Settings()) as story:
        for capture in captures:
            story.add([capture])
    assert rows(tmp_path / "a.db") == added(tmp_path / "b.db", captures)


def test_two_that_write_in_turn_make_the_same_record(tmp_path: Path) -> None:
    captures = list(versions(8, 4))
    with Story.create(tmp_path / "a.db", Settings()) as one, Story.open(tmp_path / "a.db") as two:
        for n, capture in enumerate(captures):
            (one, two)[n % 3 == 1].add([capture])
    assert rows(tmp_path / "a.db") == added(tmp_path / "b.db", captures)


def test_what_another_process_left_half_written_is_mended(tmp_path: Path) -> None:
    path, posts = tmp_path / "a.db", [(f"b{n}", SENTENCES[n]) for n in range(4)]
    with Story.create(path, Settings()) as story:
        story.add([live(posts)])
        before = rows(path)
        with closing(sqlite3.connect(path)) as raw, raw:
            raw.execute("UPDATE tellings SET telling = CAST(replace(telling, 'flood', 'storm') AS BLOB)")
            raw.execute("UPDATE readings SET view = CAST(replace(view, 'flood', 'storm') AS BLOB) WHERE post = 'b1'")
            raw.execute("DELETE FROM readings WHERE post = 'b2'")
        story.add([live(posts, hours=1)])
    after = rows(path)
    assert {**after, "histories": []} == {**before, "histories": []}


def test_a_decision_between_two_readings_holds_and_is_taken_back(tmp_path: Path) -> None:
    path, posts = tmp_path / "a.db", [(f"b{n}", SENTENCES[n]) for n in range(4)]
    with Story.create(path, Settings()) as story:
        story.add([live(posts)])
        event = story.events()[0]
        decision = story.desk.hide(event.id, by="Ann", why="wrong")
        story.add([live(posts, hours=1)])
        assert event.id not in {e.id for e in story.events()}
        story.desk.undo(decision.id, by="Ann", why="right")
        story.add([live(posts, hours=2)])
        assert event.id in {e.id for e in story.events()}


def test_only_what_is_different_is_told_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    posts = [(f"b{n}", SENTENCES[n % 6]) for n in range(12)]
    told: list[str] = []
    tellings = reading.tellings

    def counted(said: PostReading, *args: object, **given: object) -> object:
        told.append(said.post.id)
        return tellings(said, *args, **given)  # type: ignore[arg-type]

    monkeypatch.setattr(reading, "tellings", counted)
    with Story.create(tmp_path / "a.db", Settings()) as story:
        story.add([live(posts)])
        assert len(told) == 12
        told.clear()
        story.add([live(posts, hours=1)])
        assert told == []
        story.add([live([*posts[:5], ("b5", "Snow closed the school at Otta."), *posts[6:]], hours=2)])
        assert told == ["b5"]


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(remembered, "_POSTS", 5)
    with Story.create(tmp_path / "a.db", Settings()) as story:
        for page in "abcd":
            story.add([live([(f"b{n}", SENTENCES[n]) for n in range(3)], page)])
        kept = story._upkeep._memory._pages
        assert sum(page.size for page in kept.values()) <= 6
