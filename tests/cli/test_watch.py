"""`onrecord sources`, `watch` and `changes`, as people and programs meet them."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from onrecord.cli import main
from tests.cli.test_commands import ONRECORD
from tests.replay.page import VERSIONS
from tests.replay.server import Reply, Server
from tests.test_errands import NAMES, Halden

HOME = ("--allow-private", "127.0.0.1")


class Done(NamedTuple):
    stdout: str
    stderr: str


Run = Callable[..., Done]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command line in this process."""

    def call(*words: object, code: int = 0) -> Done:
        monkeypatch.setattr(sys, "argv", ["onrecord", *map(str, words)])
        with pytest.raises(SystemExit) as stop:
            main()
        done = Done(*capsys.readouterr())
        assert stop.value.code == code, done.stderr
        return done

    return call


@pytest.fixture
def server() -> Iterator[Server]:
    count = iter(range(100))

    def answer(path: str, _headers: Mapping[str, str]) -> Reply:
        return Reply(VERSIONS[min(2 + next(count), 3)].body) if path == "/live" else Reply(status=404)

    with Server(answer) as made:
        yield made


def lines(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_sources_are_added_changed_and_carried_over(tmp_path: Path, run: Run) -> None:
    record, other, file = tmp_path / "a.db", tmp_path / "b.db", tmp_path / "sources.toml"
    first, second = 'https://nord.example/live?a=1&b="2"', "https://fjord.example/live"
    run("sources", "add", record, first, "--outlet", "Nord “Live”", "--tz", "Europe/Oslo", "--every", "2m")
    run("sources", "add", record, second, "--rights", "link", "--language", "en")
    run("sources", "pause", record, second)
    file.write_text(run("sources", "export", record).stdout, encoding="utf-8")
    run("sources", "import", other, file)
    shown = [run("sources", "list", path, "--json").stdout for path in (record, other)]
    assert shown[0] == shown[1]
    assert [(s["url"], s["every"], s["paused"], s["rights"]) for s in lines(shown[0])] == [
        (second, 60.0, True, "link"), (first, 120.0, False, "quote")
    ]  # fmt: skip
    assert "paused" in run("sources", "list", record).stdout
    run("sources", "resume", record, second)
    run("sources", "remove", record, first)
    (left,) = lines(run("sources", "list", record, "--json").stdout)
    assert (left["url"], left["health"]) == (second, "not asked yet")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("nothing here", "no TOML"),
        ("a = 1", "no source"),
        ("[[source]]\nurl = 5", "no url"),
        ('[[source]]\nurl = "https://a.example"\nevry = 5', "evry"),
        ('[[source]]\nurl = "https://a.example"\nrights = "all"', "rights"),
        ('[[source]]\nurl = "https://a.example"\nevery = "often"', "often"),
        ('[[source]]\nurl = "https://a.example"\nevery = nan', "--every"),
        ('[[source]]\nurl = "https://a.example"\ntz = "Mars/Base"', "Mars"),
        ('[[source]]\nurl = "https://a.example"\n[[source]]\nurl = "file:///etc/passwd"', "passwd"),
    ],
)
def test_a_bad_list_of_sources_is_refused_whole(tmp_path: Path, run: Run, text: str, told: str) -> None:
    file = tmp_path / "sources.toml"
    file.write_text(text, encoding="utf-8")
    assert told in run("sources", "import", tmp_path / "a.db", file, code=2).stderr
    assert not (tmp_path / "a.db").exists()


def test_nobody_is_asked_too_often(tmp_path: Path, run: Run) -> None:
    record = tmp_path / "a.db"
    assert "--every" in run("sources", "add", record, "https://a.example/", "--every", "1s", code=2).stderr
    run("sources", "add", record, "http://10.0.0.1/", "--every", "1s")
    assert "onrecord sources" in run("sources", "remove", record, "https://b.example/", code=1).stderr


def test_watch_once_takes_in_and_changes_shows_the_edit(tmp_path: Path, server: Server, run: Run) -> None:
    record, metrics = tmp_path / "a.db", tmp_path / "metrics.prom"
    run("sources", "add", record, f"{server.url}/live", "--every", "0.01s")
    first = lines(run("watch", record, "--once", "--log", "json", *HOME).stdout)
    assert [(step["event"], step["versions"]) for step in first] == [("fetched", 3)]
    second = run("watch", record, "--once", "--metrics", metrics, *HOME).stdout
    assert "1 new version" in second
    assert f'onrecord_source_versions_total{{url="{server.url}/live",outlet=""}} 4' in metrics.read_text()
    edit, *rest = lines(run("changes", record, "--json").stdout)
    assert {change["kind"] for change in rest} == {"new"}
    assert (edit["kind"], edit["post"], edit["silent"]) == ("edited", "b", True)
    assert [f["what"] for f in edit["figures"]] == ["wounded"]  # type: ignore[attr-defined]
    plain = run("changes", record, "--post", "b", "--since", "1h").stdout
    assert "[-Two-]{+Three+} people" in plain
    assert "edited silently" in plain


def test_watch_once_says_what_failed(tmp_path: Path, server: Server, run: Run) -> None:
    record = tmp_path / "a.db"
    run("init", record)
    assert "sources add" in run("watch", record, code=1).stderr
    run("sources", "add", record, f"{server.url}/none", "--every", "0.01s")
    (step,) = lines(run("watch", record, "--once", "--log", "json", *HOME, code=1).stdout)
    assert (step["event"], step["code"], step["level"]) == ("failed", "not-found", "warning")
    (refused,) = lines(run("watch", record, "--once", "--log", "json", code=1).stdout)
    assert refused["code"] == "refused-address"
    assert "fails (2 times running)" in run("sources", "list", record).stdout
    assert "10.1.0.0/16" in run("watch", record, "--allow-private", "home", code=2).stderr


def test_watch_follows_as_many_parts_as_it_may_and_tells_the_rest(tmp_path: Path, run: Run) -> None:
    record = tmp_path / "a.db"
    with Server(Halden(4, NAMES)) as live:
        run("sources", "add", record, f"{live.url}/live", "--every", "0.01s")
        steps = lines(run("watch", record, "--once", "--log", "json", "--parts", "1", "--pause", "0s", *HOME).stdout)
        assert [(step["event"], step.get("asked")) for step in steps] == [
            ("fetched", None), ("gap", None), ("part", f"{live.url}/live?page=2")
        ]  # fmt: skip
        assert (steps[1]["code"], steps[1]["level"]) == ("gap", "warning")
        assert "posts before 2025-03-13 10:04 UTC may be missing" in run("sources", "list", record).stdout
        metrics = tmp_path / "metrics.prom"
        run("watch", record, "--once", "--metrics", metrics, "--log", "text", *HOME)
        assert f'onrecord_source_gap{{url="{live.url}/live",outlet=""}} 1' in metrics.read_text()


def test_watch_ends_in_order_when_it_is_told_to(tmp_path: Path, server: Server, run: Run) -> None:
    record, port = tmp_path / "a.db", _free_port()
    run("sources", "add", record, f"{server.url}/live", "--every", "0.05s")
    words = [*ONRECORD, "watch", str(record), "--log", "json", "--metrics", str(port), *HOME]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as watch:
        assert watch.stdout is not None
        assert watch.stderr is not None
        assert json.loads(watch.stdout.readline())["event"] == "fetched"
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=120) as answer:
            assert b"onrecord_change" in answer.read()
        watch.send_signal(signal.SIGTERM)
        assert watch.wait(timeout=120) == 0
        assert watch.stderr.read() == ""
    assert {p.suffix for p in tmp_path.iterdir()} == {".db"}  # no part of anything is left
    assert len(run("posts", record, "--json").stdout.splitlines()) == 3


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
