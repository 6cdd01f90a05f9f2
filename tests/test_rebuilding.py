"""Rebuilding: resumed where it was cut short, unseen till it is whole, and tidy afterwards."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from onrecord import hands, rebuilding
from onrecord.model import Settings
from onrecord.second import Answer, Second
from onrecord.store.schema import GENERATIONAL
from onrecord.story import Story
from onrecord.upkeep import Ready, Upkeep
from tests.story_maker import SENTENCES, note, shown, told

ROOT = Path(__file__).parents[1]
NOTES = [note(SENTENCES[n % len(SENTENCES)], f"a{n}", outlet=f"Outlet {n % 3}") for n in range(12)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "story.db"
    with Story.create(path, Settings("Flood", "Europe/Oslo", ("NO",))) as story:
        story.add(NOTES)
    return path


def generations(path: Path) -> set[int]:
    with closing(sqlite3.connect(path)) as raw:
        return {row[0] for table in GENERATIONAL for row in raw.execute(f"SELECT generation FROM {table.name}")}


REBUILDER = """
import os, signal, sys
from onrecord import rebuilding
from onrecord.story import Story
rebuilding._TOGETHER = 1
def progress(what, done, total):
    if done == int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)
with Story.open(sys.argv[1]) as story:
    story.rebuild(progress=progress)
"""


@pytest.mark.parametrize("done", [0, 5, 12])
def test_killed_while_rebuilding_the_old_is_shown_and_the_next_goes_on(
    path: Path, done: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Story.open(path) as story:
        before = shown(story), told(story)
    killed = subprocess.run([sys.executable, "-c", REBUILDER, str(path), str(done)], cwd=ROOT, check=False)
    assert killed.returncode == -signal.SIGKILL
    pages: list[str] = []
    ready = Upkeep.ready

    def noted(self: Upkeep, name: str, number: int | None = None) -> Ready:
        pages.append(name)
        return ready(self, name, number)

    monkeypatch.setattr(Upkeep, "ready", noted)
    with Story.open(path) as story:
        assert (shown(story), told(story)) == before
        assert story.rebuild() == 0
        assert len(pages) == len(NOTES) - done
        assert (shown(story), told(story)) == before
    assert generations(path) == {2}


def test_a_rebuild_of_another_sort_starts_anew(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch, Story.open(path) as story:
        patch.setattr(rebuilding, "_swap", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            story.rebuild()
    assert generations(path) == {1, 2}
    with Story.open(path) as story:
        before = shown(story), told(story)
        assert story.rebuild(reread=True) == 0
        assert (shown(story), told(story)) == before
    assert generations(path) == {2}


def test_what_comes_in_while_rebuilding_is_not_lost(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    late = [note(SENTENCES[0], "late", outlet="Late")]

    def publish(*_: object) -> None:
        monkeypatch.undo()
        with Story.open(path) as other:
            other.add(late)

    with Story.open(path) as story:
        monkeypatch.setattr(rebuilding, "_publish", publish)
        story.rebuild()
        assert "Late" in {view.outlet for view in story.posts()}
        after = shown(story), told(story)
        assert story.rebuild() == 0
        assert (shown(story), told(story)) == after


# -- a second process --------------------------------------------------------------------------------------------------

ALIKE = [note(SENTENCES[n % 4], f"b{n}", outlet=f"Outlet {n % 5}", hours=n) for n in range(12)]


@pytest.fixture
def two(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second process is asked for everything."""
    monkeypatch.setattr(rebuilding, "_MANY", 1)
    monkeypatch.setattr(rebuilding, "_TOGETHER", 1)
    monkeypatch.setattr(rebuilding, "_FOLDED", 2)
    monkeypatch.setattr(hands, "_LEAST", 2)
    monkeypatch.setattr("onrecord.second._processors", lambda: 2)


def rebuilt_alike(path: Path) -> None:
    with Story.open(path) as story:
        story.add(ALIKE)
        before = shown(story), told(story)
        assert story.rebuild() == 0
        assert (shown(story), told(story)) == before


@pytest.mark.usefixtures("two")
def test_two_processes_make_what_one_makes(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers: list[Answer | None] = []
    answer = Second.answer

    def noted(self: Second) -> Answer | None:
        answers.append(answer(self))
        return answers[-1]

    monkeypatch.setattr(Second, "answer", noted)
    rebuilt_alike(path)
    assert answers
    assert None not in answers


@pytest.mark.usefixtures("two")
def test_a_second_process_that_dies_is_not_missed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(self: Second, *_: object) -> None:
        if self._process:
            self._process.kill()

    monkeypatch.setattr(Second, "ask", killed)
    rebuilt_alike(path)
