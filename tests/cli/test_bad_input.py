"""What can't be read is named, with a way to mend it; the rest is read; the exit code is 1."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.test_commands import TEXT, run

HTML = "<html><head><title>x</title></head><body><article><h1>Bridge closed</h1><p>The bridge at Hull was closed, po"
SPANISH = "El presidente ha dicho que no habrá acuerdo con la oposición hasta el próximo año, según fuentes.\n" * 4


@pytest.mark.parametrize(
    ("name", "body", "code"),
    [
        ("empty.txt", b"", "empty-file"),
        ("binary.txt", bytes(range(256)) * 40, "not-text"),
        ("cut.html", HTML.encode(), "truncated-html"),
        ("undated.txt", b"The mayor of Leeds said on Friday that the bridge was closed.\n", "no-date"),
        ("latin.txt", TEXT.replace("Two", "Zoë and André").encode("latin-1"), "bad-encoding"),
        ("spanish.txt", SPANISH.encode(), "language"),
    ],
)
def test_bad_input_has_its_problem(tmp_path: Path, name: str, body: bytes, code: str) -> None:
    bad, good = tmp_path / name, tmp_path / "good.txt"
    bad.write_bytes(body)
    good.write_text(TEXT, encoding="utf-8")
    done = run("read", bad, good, "--json", "--outlet", "The Invented Post", "--tz", "Europe/London", code=1)
    pages = [json.loads(line) for line in done.stdout.splitlines()]
    assert any(p["code"] == code for page in pages for p in page["page"]["problems"]), done.stderr
    assert name in done.stderr
    assert len(pages[-1]["posts"]) == 2


def test_a_missing_file_among_ten(tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.txt" for number in range(10)]
    for path in paths[:4] + paths[5:]:
        path.write_text(TEXT.replace("Leeds", f"Leeds {path.stem}"), encoding="utf-8")
    record = tmp_path / "story.db"
    done = run("add", record, *paths, "--outlet", "The Invented Post", "--tz", "Europe/London", "--json", code=1)
    assert json.loads(done.stdout)["added"] == 9
    assert "4.txt" in done.stderr
    assert len(run("posts", record, "--json").stdout.splitlines()) == 18


def test_a_fifty_megabyte_text(tmp_path: Path) -> None:
    huge, good = tmp_path / "huge.txt", tmp_path / "good.txt"
    huge.write_bytes(TEXT.encode() * (50_000_000 // len(TEXT)))
    good.write_text(TEXT, encoding="utf-8")
    done = run("read", huge, good, "--json", "--outlet", "The Invented Post", "--tz", "Europe/London", code=1)
    assert "huge.txt" in done.stderr
    assert len(json.loads(done.stdout.splitlines()[-1])["posts"]) == 2


def test_nothing_half_written(tmp_path: Path) -> None:
    record = tmp_path / "story.db"
    binary = tmp_path / "x.txt"
    binary.write_bytes(bytes(range(256)) * 40)
    run("add", record, binary, "--outlet", "The Invented Post", code=1)
    assert run("posts", record, "--json").stdout == ""
