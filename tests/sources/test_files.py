"""Files → captures."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from onrecord.errors import UsageError
from onrecord.model import Capture, Hints, Problem
from onrecord.sources import files

NOW = datetime(2030, 5, 1, 12, tzinfo=UTC)


def test_a_file_is_seen_when_it_was_last_changed(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text("The dam has burst.")
    os.utime(path, (1_600_000_000, 1_600_000_000))
    got = files.capture(path, Hints(outlet="Gazette"), NOW)
    assert isinstance(got, Capture)
    assert (got.body, got.hints.outlet) == (b"The dam has burst.", "Gazette")
    assert got.seen_at == datetime.fromtimestamp(1_600_000_000, UTC)


def test_a_file_from_the_future_is_seen_now(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text("x")
    ahead = (NOW + timedelta(days=3)).timestamp()
    os.utime(path, (ahead, ahead))
    got = files.capture(path, Hints(), NOW)
    assert isinstance(got, Capture)
    assert got.seen_at == NOW


def test_what_can_not_be_read_is_a_problem_and_stops_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good, big = tmp_path / "good.txt", tmp_path / "big.txt"
    good.write_text("fine")
    big.write_text("longer than allowed")
    monkeypatch.setattr(files, "MOST_BYTES", 10)
    got = list(files.captures([tmp_path / "none.txt", tmp_path, big, good]))
    assert [g.code if isinstance(g, Problem) else "read" for g in got] == [
        "missing-file",
        "is-folder",
        "too-large",
        "read",
    ]
    assert all(g.fatal and g.mend for g in got if isinstance(g, Problem))


def test_a_list_gives_each_file_its_own_hints(tmp_path: Path) -> None:
    table = tmp_path / "pages.csv"
    table.write_text("path,outlet,published,tz\na.txt,Gazette,2030-04-30,Africa/Nairobi\n,,2030-01-01,\nb.txt,,soon,\n")
    first, second, third = files.listed(table)
    assert isinstance(first, tuple)
    path, hints = first
    assert path == tmp_path / "a.txt"
    assert hints.published is not None
    assert hints.published.isoformat() == "2030-04-30T00:00:00+03:00"
    assert isinstance(second, Problem)
    assert second.where.endswith(":3")
    assert isinstance(third, Problem)
    assert "soon" in third.why


def test_a_list_without_paths_says_so(tmp_path: Path) -> None:
    table = tmp_path / "pages.csv"
    table.write_text("file,outlet\na.txt,Gazette\n")
    (problem,) = files.listed(table)
    assert isinstance(problem, Problem)
    assert "path" in problem.why


@pytest.mark.parametrize(
    ("text", "tz", "iso"),
    [
        ("2030-05-01", None, "2030-05-01T00:00:00+00:00"),
        ("2030-05-01T08:15", "America/Sao_Paulo", "2030-05-01T08:15:00-03:00"),
        ("2030-05-01T08:15+02:00", "America/Sao_Paulo", "2030-05-01T08:15:00+02:00"),
    ],
)
def test_published(text: str, tz: str | None, iso: str) -> None:
    assert files.parse_published(text, tz).isoformat() == iso


@pytest.mark.parametrize(("text", "tz"), [("May", None), ("2030-05-01", "Mars/Olympus")])
def test_published_that_can_not_be_taken(text: str, tz: str | None) -> None:
    with pytest.raises(UsageError) as caught:
        files.parse_published(text, tz)
    assert caught.value.mend
