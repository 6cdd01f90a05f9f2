"""The shipped gazetteer: names, look-ups, and what happens when it is missing or damaged."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from onrecord.errors import GazetteerError
from onrecord.statements import gazetteer_build as build
from onrecord.statements.gazetteer import Gazetteer, areas, gazetteer, normal


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("St. Petersburg", "st petersburg"), ("Saint Petersburg", "st petersburg"), ("Łódź", "lodz"),
        ("Sana’a", "sanaa"), ("Ivano-Frankivsk", "ivano frankivsk"),
        ("U.S.", "us"), ("São Tomé", "sao tome"), ("Киев", "киев"), ("…", ""),
    ],
)  # fmt: skip
def test_normal_form(name: str, form: str) -> None:
    assert normal(name) == form


def test_finds_by_main_and_other_names() -> None:
    found = gazetteer().find(["kharkov", "tartous", "north korea", "no such place at all"])
    assert {e.key for e in found["kharkov"]} >= {"geonames:706483", "region:UA.07"}
    assert found["tartous"][0].name == "Tartus"
    assert not found["tartous"][0].main
    assert [e.country for e in found["north korea"] if e.level == "country"] == ["KP"]
    assert "no such place at all" not in found


def test_codes_are_no_names() -> None:
    assert all(e.level != "geonames" for e in gazetteer().find(["urs"]).get("urs", ()))


def test_a_region_lies_amid_its_towns() -> None:
    region = next(e for e in gazetteer().find(["kursk region"])["kursk region"])
    assert region.lat == pytest.approx(51.7, abs=0.5)
    assert region.lon == pytest.approx(36.2, abs=0.7)
    assert region.radius_km == pytest.approx(110, abs=60)


def test_areas_by_abbreviation_and_postal_code() -> None:
    assert [e.key for e in areas("Pa.")] == ["region:US.PA"]
    assert [e.key for e in areas("TX")] == ["region:US.TX"]
    assert areas("Pa") == ()


def test_a_missing_gazetteer_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match=r"missing.*hatch_build"):
        Gazetteer(tmp_path / "none.sqlite")


def test_a_damaged_gazetteer_says_so(tmp_path: Path) -> None:
    path = tmp_path / "bad.sqlite"
    path.write_bytes(b"not a database at all" * 100)
    with pytest.raises(GazetteerError, match="damaged"):
        Gazetteer(path)


def row(name: str, *names: str) -> build.Row:
    return build.Row("geonames:1", name, "town", "KE", None, None, 1.0, 2.0, None, 5_000, False, (name, *names))


def test_building_gives_the_same_bytes(tmp_path: Path) -> None:
    rows = [row("Kisumu", "Port Florence"), row("Nakuru")]
    for name in ("a", "b"):
        build.write(tmp_path / name, rows, "mark")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert build.made_from(tmp_path / "a") == "mark"
    assert [e.name for e in Gazetteer(tmp_path / "a").find(["port florence"])["port florence"]] == ["Kisumu"]


def test_another_format_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite"
    build.write(path, [row("Nakuru")], "mark")
    with sqlite3.connect(path) as db:
        db.execute("UPDATE meta SET value = '0' WHERE key = 'format'")
    db.close()
    with pytest.raises(GazetteerError, match="another version"):
        Gazetteer(path)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Tartous", True),
        ("KBP", False),
        ("ku er si ke", False),
        ("Курск", False),
        ("Of", False),
        ("Bath, England", False),
    ],
)
def test_which_other_names_are_kept(name: str, kept: bool) -> None:
    assert build.usable(name) is kept


@pytest.mark.parametrize(
    ("name", "short"),
    [("Kursk Oblast", "Kursk"), ("State of Palestine", "Palestine"), ("Cook County", "Cook"), ("Texas", "Texas")],
)
def test_short_forms_of_regions(name: str, short: str) -> None:
    assert build.short(name) == short
