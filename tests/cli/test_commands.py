"""The command line as people and programs meet it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from onrecord.cli import COMMANDS

ONRECORD = [sys.executable, "-W", "error", "-c", "from onrecord.cli import main; main()"]

TEXT = """Police seal the square
Two people were arrested in Leeds on Monday, West Yorkshire Police said.
Ann Teller3 February 2025 10:15
Bus crash near Skipton
A bus has crashed near Skipton, injuring four people, according to the ambulance service.
Ann Teller3 February 2025 09:40
"""


def run(*words: str | Path, code: int = 0) -> subprocess.CompletedProcess[str]:
    done = subprocess.run([*ONRECORD, *map(str, words)], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    return done


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pages") / "page.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def record(page: Path) -> Path:
    path = page.parent / "story.db"
    run("add", path, page, "--outlet", "The Invented Post", "--tz", "Europe/London")
    return path


def test_no_arguments_show_the_way_in() -> None:
    shown = run().stdout
    assert "onrecord demo" in shown
    assert all(name in shown for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_an_example(name: str) -> None:
    shown = run(name, "--help").stdout
    assert f"onrecord {name} " in shown.split("Examples:")[1] or f"onrecord {name}\n" in shown.split("Examples:")[1]


def test_read_prints_one_object_a_page(page: Path) -> None:
    lines = run("read", page, page, "--json", "--outlet", "The Invented Post").stdout.splitlines()
    first = json.loads(lines[0])
    assert len(lines) == 2
    assert [post["author"] for post in first["posts"]] == ["Ann Teller", "Ann Teller"]
    assert first["page"]["text"] == TEXT
    for span in [*first["places"], *first["dates"], *first["figures"]]:
        text = next(post["text"] for post in first["posts"] if post["id"] == span["post"])
        assert text[span["start"] : span["end"]] == span["text"]


def test_add_twice_changes_nothing(record: Path, page: Path) -> None:
    before = run("events", record, "--json").stdout
    again = run("add", record, page, "--outlet", "The Invented Post", "--tz", "Europe/London", "--json")
    assert json.loads(again.stdout)["added"] == 0
    assert run("events", record, "--json").stdout == before


def test_showing_commands_give_json(record: Path) -> None:
    for name in ("posts", "statements", "events", "rundown"):
        lines = run(name, record, "--json").stdout.splitlines()
        assert lines, name
        assert all(isinstance(json.loads(line), dict) for line in lines)


def test_why_explains_an_event_of_the_rundown(record: Path) -> None:
    event = json.loads(run("rundown", record, "--json").stdout.splitlines()[0])["event"]
    assert "standing" in run("why", record, event).stdout


def test_unknown_event_says_so(record: Path) -> None:
    assert "nosuch" in run("why", record, "nosuch", code=1).stderr


def test_search_finds_words(record: Path) -> None:
    found = [json.loads(line) for line in run("search", record, "crashed", "--json").stdout.splitlines()]
    assert [post["title"] for post in found] == ["Bus crash near Skipton"]


def test_as_of_hides_what_came_later(record: Path) -> None:
    early = run("posts", record, "--json", "--as-of", "2025-02-03T10:00").stdout.splitlines()
    assert [json.loads(line)["title"] for line in early] == ["Bus crash near Skipton"]
    assert not run("posts", record, "--json", "--recorded", "0").stdout


def test_wrong_values_are_usage_errors(record: Path, page: Path) -> None:
    assert "Europe" in run("read", page, "--tz", "Mars/Base", code=2).stderr
    assert "24h" in run("posts", record, "--since", "someday", code=2).stderr
    assert run("posts", record.parent / "none.db", code=1).stderr.startswith("onrecord: ")
    run("nosuch", code=2)


def test_piped_output_is_plain(record: Path) -> None:
    for name in ("posts", "rundown"):
        assert "\x1b" not in run(name, record).stdout
    shell = f"{' '.join(map(repr, ONRECORD))} statements '{record}' --json | head -n 1"
    done = subprocess.run(["bash", "-c", f"set -o pipefail; {shell}"], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert done.stderr == ""


def test_diff_shows_what_came_between_two_changes(record: Path) -> None:
    found = [json.loads(line) for line in run("diff", record, "--from-change", "0", "--json").stdout.splitlines()]
    assert {d["kind"] for d in found} == {"new"}
    assert any("arrested" in e["words"] for d in found for e in d["evidence"])
    assert "nothing changed" in run("diff", record, "--from-change", "1").stdout
    assert "one state" in run("diff", record, code=2).stderr


def test_diff_remembers_the_last_look(record: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("XDG_STATE_HOME", "HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path))
    assert "new:" in run("diff", record, "--last").stdout
    assert "nothing changed" in run("diff", record, "--last").stdout


def test_export_to_a_file_and_to_a_pipe(record: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.geojson"
    run("export", record, "geojson", "--out", out)
    made = json.loads(out.read_text(encoding="utf-8"))
    assert {f["type"] for f in made["features"]} == {"Feature"}
    assert not list(tmp_path.glob(".*part"))
    piped = run("export", record, "acled", "--all")
    assert piped.stdout.startswith("event_id_cnty,event_date,")
    assert "left out" not in piped.stderr
    assert "is a directory" in run("export", record, "jsonl", "--out", tmp_path, code=1).stderr.lower()


def test_a_rundown_of_so_many_words(record: Path) -> None:
    whole = run("rundown", record, "--json").stdout.splitlines()
    assert len(run("rundown", record, "--words", "1", "--json").stdout.splitlines()) == 1
    assert run("rundown", record, "--words", "5000", "--json").stdout.splitlines() == whole
