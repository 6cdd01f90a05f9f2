"""A page over its life, as its server gives it → the record, whatever happens to the server or the watch."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from threading import Thread
from time import monotonic, sleep

import pytest

from onrecord.model import Source
from onrecord.sources.fetch import Fetcher
from onrecord.sources.watch import Pace
from onrecord.story import Story
from onrecord.watching import Step, Watch
from tests.replay.forker import LIMITS
from tests.replay.page import EXPECTED, VERSIONS, Page
from tests.replay.server import Server
from tests.test_errands import NAMES, Halden

ROOT = Path(__file__).resolve().parent.parent.parent
KILLS = int(os.environ.get("ONRECORD_KILLS", "6"))
"""How often the watch is killed; `make soak` kills it 50 times."""
PATIENCE = 300.0 + 3 * KILLS


@pytest.fixture
def page() -> Page:
    return Page()


@pytest.fixture
def server(page: Page) -> Iterator[Server]:
    with Server(page) as made:
        yield made


@pytest.fixture
def path(tmp_path: Path, server: Server) -> Path:
    path = tmp_path / "story.db"
    with Story.create(path) as story:
        story.keep_source(Source(f"{server.url}/halden", every=0.01))
    return path


def sightings(path: Path, mark: str) -> int:
    """How often the record has taken these bytes in."""
    with closing(sqlite3.connect(path, timeout=30)) as raw:
        return int(raw.execute("SELECT count(*) FROM captures WHERE hash = ?", (mark,)).fetchone()[0])


def play(page: Page, path: Path, ready: Callable[[int], bool] = lambda _: True) -> None:
    """Move the page on as soon as the record has seen a version twice, and the version of that number may come."""
    ends = monotonic() + PATIENCE
    for number in range(1, len(VERSIONS) + 1):
        while not page.hash or sightings(path, page.hash) < 2 or not ready(number):
            assert monotonic() < ends, f"stuck at version {number}"
            sleep(0.004)
        page.step()


def held(story: Story) -> dict[str, list[str | None]]:
    """What the record holds of each post, oldest version first."""
    return {
        post: [None if view.removed else view.post.text for view in versions]
        for (_, post), versions in story.history().items()
    }


def test_the_record_ends_exactly_right(page: Page, server: Server, path: Path) -> None:
    steps: list[Step] = []
    with Story.open(path) as story:
        watch = Watch(story, Fetcher(LIMITS), steps.append)

        def stepping() -> None:
            play(page, path)
            watch.stop()

        player = Thread(target=stepping)
        player.start()
        watch.run(seconds=PATIENCE)
        player.join()
        assert held(story) == EXPECTED
        codes = {step.problem.code for step in steps if step.problem}
        assert {
            "server-error",
            "too-often",
            "cut-short",
            "refused-address",
            "too-large",
            "timeout",
            "not-found",
        } <= codes
        (state,) = story.watched().values()
        assert state.versions == sum(map(len, EXPECTED.values()))
        (rights,) = {step.source.rights for step in steps}
        assert rights == "quote"
        with Story.open(path) as again:
            assert held(again) == EXPECTED
    assert sum("if-none-match" in headers for _, headers in server.asked) > 5


def test_a_page_in_parts_is_whole_however_often_its_watch_is_killed(tmp_path: Path) -> None:
    chance, path = random.Random(11), tmp_path / "story.db"
    page = Halden(2, NAMES)
    command = [sys.executable, "-m", "tests.replay.forker", str(path)]
    with Server(page) as server:
        with Story.create(path) as story:
            story.keep_source(Source(f"{server.url}/live", every=0.01))
        with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as forker:
            assert forker.stdin is not None
            assert forker.stdout is not None
            for kill in range(KILLS):
                if kill == KILLS // 2:
                    with Story.open(path) as story:
                        Watch(story, Fetcher(LIMITS), pace=Pace(parts_every=0)).run(once=True)
                        assert sorted(held(story)) == NAMES
                    page.deleted = {"n03"}
                forker.stdin.write("go\n")
                forker.stdin.flush()
                child = int(forker.stdout.readline())
                sleep(chance.uniform(0.0, 0.5))
                os.kill(child, signal.SIGKILL)
                assert forker.stdout.readline() == "gone\n"  # and so is its hold of the record
            forker.stdin.close()
        with Story.open(path) as story:
            for _ in range(3):  # proved by its neighbours, or by its own address
                Watch(story, Fetcher(LIMITS), pace=Pace(parts_every=0)).run(once=True)
            found = held(story)
            assert sorted(found) == NAMES
            assert {name: texts[1:] for name, texts in found.items() if len(texts) > 1} == {"n03": [None]}


def test_a_watch_killed_at_any_moment_goes_on(page: Page, path: Path) -> None:
    chance = random.Random(int(os.environ.get("ONRECORD_SEED", "7")))
    command = [sys.executable, "-m", "tests.replay.forker", str(path)]
    kills = -1
    player = Thread(target=lambda: play(page, path, lambda n: kills >= n * KILLS / len(VERSIONS)), daemon=True)
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as forker:
        assert forker.stdin is not None
        assert forker.stdout is not None
        player.start()
        while player.is_alive():
            kills += 1
            forker.stdin.write("go\n")
            forker.stdin.flush()
            child = int(forker.stdout.readline())
            player.join(chance.uniform(0.0, 0.6) if kills < KILLS else PATIENCE)
            os.kill(child, signal.SIGKILL)
            assert forker.stdout.readline() == "gone\n"
        forker.stdin.close()
    assert page.finished
    assert kills >= KILLS
    with Story.open(path) as story:
        assert held(story) == EXPECTED
