"""News reach readers: pushed, replayed after a break, or asked for; nothing missing and nothing twice."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from starlette.testclient import TestClient

from onrecord.model import Settings
from onrecord.server.app import Setup, application
from onrecord.server.live import Options
from onrecord.story import Story
from tests.serving import PATIENCE, comes, serving
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
    with httpx.stream("GET", f"{url}/live", headers={"Last-Event-ID": after}, timeout=PATIENCE) as stream:
        for last, name, data in events(stream.iter_lines()):
            assert name == "change"
            ids += [p["id"] for p in data["posts"]]  # type: ignore[attr-defined]
            if len(set(ids)) >= number:
                return ids, last
    raise AssertionError("the stream ended")


def test_commits_of_another_process_are_pushed_and_a_break_is_made_up(record: Path) -> None:
    with serving(record) as server:
        url = server.url
        start = httpx.get(f"{url}/tip.json").json()["mark"]
        grow(record, 4)
        first, last = told(record, url, start, 2)
        grow(record, 6)
        rest, _ = told(record, url, last, 2)
        with Story.open(record) as story:
            fresh = {v.anchor for v in story.posts() if int(v.post.id[1:]) >= 2}
        assert sorted(first + rest) == sorted(fresh)


def test_killed_while_posts_come_readers_go_on_with_nothing_missing(record: Path) -> None:
    with serving(record) as server:
        url, process = server.url, server.process
        start = httpx.get(f"{url}/tip.json").json()["mark"]
        grow(record, 3)
        first, last = told(record, url, start, 1)
        process.send_signal(signal.SIGKILL)
        process.wait()
    grow(record, 5)
    with serving(record) as server:
        rest, _ = told(record, server.url, last, 2)
    assert len(first + rest) == len(set(first + rest)) == 3


def test_sigterm_ends_with_open_readers(record: Path) -> None:
    with serving(record) as server, httpx.stream("GET", f"{server.url}/live", timeout=PATIENCE) as stream:
        lines = stream.iter_lines()
        next(lines)
        server.process.send_signal(signal.SIGTERM)
        assert not [line for line in lines if line.startswith("event")]  # the stream ends, and properly so
        assert server.process.wait(PATIENCE) in (0, -signal.SIGTERM)


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
        assert comes(lambda: client.get("/tip.json").json()["mark"] != before)
        mark = client.get("/tip.json").json()["mark"]
        generation, start = before.split(".")
        url = f"/poll/{generation}.{start}-{mark.split('.')[1]}.json"
        found = client.get(url)
        assert len(found.json()["posts"]) == 2
        assert "max-age=86400" in found.headers["cache-control"]
        assert client.get(f"/poll/{generation}.{start}-999999.json").status_code == 404
        assert client.get(f"/poll/77.{start}-{start}.json").status_code == 404


def test_who_was_away_too_long_loads_anew(record: Path) -> None:
    with serving(record) as server, httpx.stream("GET", f"{server.url}/live?after=99.1", timeout=PATIENCE) as stream:
        assert next(events(stream.iter_lines()))[1] == "reload"


def test_a_page_of_the_past_hears_no_news(record: Path) -> None:
    with TestClient(application(Setup(record)), base_url="http://localhost") as client:
        assert 'data-push="no" data-poll="no"' in client.get("/?recorded=1").text
        assert client.get("/live?after=nonsense").status_code == 400
