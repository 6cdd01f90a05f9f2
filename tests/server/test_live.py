"""News reach readers: pushed, replayed after a break, or asked for; nothing missing and nothing twice."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from starlette.testclient import TestClient

from onrecord.model import Settings
from onrecord.server.app import Setup, application
from onrecord.server.live import Options
from onrecord.story import Story
from tests.story_maker import live

WORDS = "The mayor of Otta, Kari Moen, said {} people were missing after the flood."


def posts(number: int) -> list[tuple[str, str]]:
    return [(f"b{n}", WORDS.format(n + 2)) for n in range(number)]


@pytest.fixture
def record(tmp_path: Path) -> Path:
    path = tmp_path / "story.db"
    with Story.create(path, Settings("Flood")) as story:
        story.add([live(posts(2))])
    return path


def grow(record: Path, number: int) -> None:
    with Story.open(record) as story:
        story.add([live(posts(number), hours=number)])


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(record: Path, *options: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The server in a process of its own."""
    port = free_port()
    call = [sys.executable, "-c", "from onrecord.cli import main; main()", "serve", str(record), "--port", str(port)]
    with subprocess.Popen([*call, *options], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert "Serving" in process.stdout.readline()
        try:
            yield f"http://127.0.0.1:{port}", process
        finally:
            if process.poll() is None:
                process.kill()


def events(lines: Iterator[str]) -> Iterator[tuple[str, str, dict[str, object]]]:
    """(id, name, data) of each event of a stream."""
    found: dict[str, str] = {}
    for line in lines:
        name, _, value = line.partition(": ")
        if line:
            found[name] = value
        elif "data" in found:
            yield found.get("id", ""), found.get("event", ""), json.loads(found["data"])
            found = {}


def told(record: Path, url: str, after: str, number: int) -> tuple[list[str], str]:
    """Ids of posts that the stream tells of until so many, and the last event's id."""
    ids: list[str] = []
    with httpx.stream("GET", f"{url}/live", headers={"Last-Event-ID": after}, timeout=20) as stream:
        for last, name, data in events(stream.iter_lines()):
            assert name == "change"
            ids += [p["id"] for p in data["posts"]]  # type: ignore[attr-defined]
            if len(set(ids)) >= number:
                return ids, last
    raise AssertionError("the stream ended")


def test_commits_of_another_process_are_pushed_and_a_break_is_made_up(record: Path) -> None:
    with served(record) as (url, _):
        start = httpx.get(f"{url}/tip.json").json()["mark"]
        grow(record, 4)
        first, last = told(record, url, start, 2)
        grow(record, 6)
        rest, _ = told(record, url, last, 2)
        with Story.open(record) as story:
            fresh = {v.anchor for v in story.posts() if int(v.post.id[1:]) >= 2}
        assert sorted(first + rest) == sorted(fresh)


def test_killed_while_posts_come_readers_go_on_with_nothing_missing(record: Path) -> None:
    with served(record) as (url, process):
        start = httpx.get(f"{url}/tip.json").json()["mark"]
        grow(record, 3)
        first, last = told(record, url, start, 1)
        process.send_signal(signal.SIGKILL)
        process.wait()
    grow(record, 5)
    with served(record) as (url, _):
        rest, _ = told(record, url, last, 2)
    assert len(first + rest) == len(set(first + rest)) == 3


def test_sigterm_ends_with_open_readers(record: Path) -> None:
    with served(record) as (url, process), httpx.stream("GET", f"{url}/live", timeout=10) as stream:
        next(stream.iter_lines())
        started = time.monotonic()
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=5) in (0, -signal.SIGTERM)
        assert time.monotonic() - started < 5


def test_polling_is_closed_at_both_ends(record: Path) -> None:
    with TestClient(
        application(Setup(record, live=Options(push=False, interval=7))), base_url="http://localhost"
    ) as client:
        assert client.get("/live").status_code == 204
        tip = client.get("/tip.json")
        assert tip.json() == {"mark": tip.json()["mark"], "push": False, "interval": 7}
        assert tip.headers["cache-control"] == "public, max-age=7"
        before = tip.json()["mark"]
        grow(record, 4)
        deadline = time.monotonic() + 10
        while (mark := client.get("/tip.json").json()["mark"]) == before and time.monotonic() < deadline:
            time.sleep(0.05)
        generation, start = before.split(".")
        url = f"/poll/{generation}.{start}-{mark.split('.')[1]}.json"
        found = client.get(url)
        assert len(found.json()["posts"]) == 2
        assert "max-age=86400" in found.headers["cache-control"]
        assert client.get(f"/poll/{generation}.{start}-999999.json").status_code == 404
        assert client.get(f"/poll/77.{start}-{start}.json").status_code == 404


def test_who_was_away_too_long_loads_anew(record: Path) -> None:
    with served(record) as (url, _), httpx.stream("GET", f"{url}/live?after=99.1", timeout=10) as stream:
        assert next(events(stream.iter_lines()))[1] == "reload"


def test_a_page_of_the_past_hears_no_news(record: Path) -> None:
    with TestClient(application(Setup(record)), base_url="http://localhost") as client:
        assert 'data-push="no" data-poll="no"' in client.get("/?recorded=1").text
        assert client.get("/live?after=nonsense").status_code == 400
