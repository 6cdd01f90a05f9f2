"""The desk as editors meet it at the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from onrecord.cli import onrecord
from onrecord.cli.desk import desk
from tests.cli.test_commands import TEXT, run

COMMANDS = ("same", "apart", "correct", "hide", "redact", "verify", "pin", "post", "undo", "list", "export", "import")


@pytest.fixture
def record(tmp_path: Path) -> Path:
    page, path = tmp_path / "page.txt", tmp_path / "story.db"
    page.write_text(TEXT, encoding="utf-8")
    run("add", path, page, "--outlet", "The Invented Post", "--tz", "Europe/London")
    return path


def events(record: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in run("events", record, "--json").stdout.splitlines()]


def test_has_the_commands_each_with_an_example() -> None:
    assert onrecord.get_command(None, "desk") is desk  # type: ignore[arg-type]
    assert set(desk.commands) == set(COMMANDS)
    assert all(f"onrecord desk {name} " in str(command.epilog) for name, command in desk.commands.items())


def test_merges_and_undoes(record: Path) -> None:
    before = events(record)
    ids = [str(e["id"]) for e in before][:2]
    done = run("desk", "same", record, *ids, "--why", "one thing", "--by", "Ann")
    decision = done.stdout.strip()
    assert f"undo {record} {decision}" in done.stderr
    assert len(events(record)) == len(before) - 1
    assert "put together by Ann" in run("why", record, ids[1]).stdout
    run("desk", "undo", record, decision, "--by", "Bo")
    assert events(record) == before
    rows = [json.loads(line) for line in run("desk", "list", record, "--json").stdout.splitlines()]
    assert [(r["kind"], r["by"], r["undone"]) for r in rows] == [("same", "Ann", True), ("undo", "Bo", False)]
    assert "one thing" in run("desk", "list", record).stdout
    assert run("desk", "list", record, "--lost").stdout == run("desk", "list", record, "--contradictory").stdout == ""


def test_verifies_hides_pins_posts_and_corrects(record: Path) -> None:
    name = str(next(e for e in events(record) if e["figures"])["id"])
    run("desk", "verify", record, name, "--note", "rang the hospital", "--by", "Ann")
    assert "rang the hospital" in run("why", record, name).stdout
    run("desk", "pin", record, name, "--by", "Ann")
    assert json.loads(run("rundown", record, "--json").stdout.splitlines()[0])["event"] == name
    run("desk", "correct", record, name, "--kind", "protest", "--place", "Otley, GB", "--why", "no", "--by", "Ann")
    assert next(e for e in events(record) if e["id"] == name)["kind"] == "protest"
    run("desk", "hide", record, name, "--why", "no", "--by", "Ann")
    assert "hidden by the desk" in run("why", record, name, code=1).stderr
    assert name not in {e["id"] for e in events(record)}
    assert "[" in run("desk", "list", record, "--hidden").stdout
    run("desk", "post", record, "We are on our way.", "--title", "Soon", "--by", "Ann")
    assert "The desk" in run("posts", record).stdout


def test_redacts_only_what_is_named_and_only_when_sure(record: Path) -> None:
    words = ("--words", "West Yorkshire Police", "--why", "asked to", "--by", "Ann")
    assert run("desk", "redact", record, *words, code=2).stdout == ""
    assert "Yorkshire" in run("posts", record).stdout
    run("desk", "redact", record, *words, "--yes")
    assert "Yorkshire" not in run("posts", record).stdout
    assert not any(b"Yorkshire" in f.read_bytes() for f in record.parent.glob("story.db*"))
    assert run("desk", "redact", record, "--why", "x", code=2).stderr


def test_exports_and_imports(record: Path, tmp_path: Path) -> None:
    name = str(events(record)[0]["id"])
    run("desk", "hide", record, name, "--why", "a, “rumour”", "--by", "Ann")
    table = run("desk", "export", record).stdout
    (tmp_path / "d.csv").write_text(table + "d1,never,,hide\n", encoding="utf-8")
    done = run("desk", "import", record, tmp_path / "d.csv", "--json", code=1)
    told = json.loads(done.stdout)
    assert (told["added"], told["known"], len(told["problems"])) == (0, 1, 1)
    assert "d.csv:3" in done.stderr
    assert run("desk", "export", record).stdout == table


def test_says_what_is_wrong(record: Path) -> None:
    assert "no event" in run("desk", "hide", record, "nothing", "--why", "x", "--by", "Ann", code=1).stderr
    assert "no decision" in run("desk", "undo", record, "nothing", "--by", "Ann", code=1).stderr
    name = str(events(record)[0]["id"])
    assert "--why" in run("desk", "hide", record, name, code=2).stderr
    assert run("desk", "correct", record, name, "--why", "x", "--by", "Ann", code=2).stderr
