"""The shipped gazetteer: names, look-ups, and what happens when it is missing or damaged."""

from __future__ import annotations

import sqlite3
import tomllib
import zipfile
from importlib.resources import files
from pathlib import Path

import pytest

from onrecord.errors import GazetteerError, UsageError
from onrecord.statements import gazetteer_add
from onrecord.statements import gazetteer_build as build
from onrecord.statements.gazetteer import Gazetteer, Joined, areas, gazetteer, normal


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


def test_countries_are_whole_and_their_capitals_known() -> None:
    text = (files("onrecord") / "data" / "countries.toml").read_text("utf-8")
    countries = tomllib.loads(text)
    assert len(countries) > 245
    for code, facts in countries.items():
        assert facts["short"], code
        assert -90 <= facts["lat"] <= 90, code
        assert -180 <= facts["lon"] <= 180, code
        assert [e.key for e in gazetteer().find([normal(facts["name"])])[normal(facts["name"])] if e.level == "country"]
    for code, name in (("UA", "kiev"), ("NL", "the hague"), ("TZ", "dodoma"), ("MM", "naypyidaw")):
        assert any(e.capital and e.main for e in gazetteer().find([name])[name] if e.country == code), name


# -- places of one's own -----------------------------------------------------------------------------------------------

PLACE = (
    "900001|Old Well|Old Well|Altbrunn,Vieux Puits,OWL|1.5|36.5|P|PPL|KE||05|12|||120||900|Africa/Nairobi|2024-01-01"
)
DUMP = PLACE.replace("|", "\t")


CODE = "geonames:900001"


def opened(folder: Path) -> list[Gazetteer]:
    return [Gazetteer(path) for path in gazetteer_add.databases(folder)]


def test_a_geonames_dump_can_be_added_twice_and_is_found(tmp_path: Path) -> None:
    file, own = tmp_path / "KE.txt", tmp_path / "user"
    file.write_text(DUMP + "\n", "utf-8")
    first, again = gazetteer_add.add(file, own), gazetteer_add.add(file, own)
    assert (first.name, first.places, first.replaced, again.places, again.replaced) == ("ke", 1, False, 1, True)
    joined = Joined(gazetteer().shipped, *opened(own))
    found = joined.find(["old well", "vieux puits", "owl", "nairobi"])
    assert [(e.key, e.region, e.population) for e in found["vieux puits"]] == [(CODE, "region:KE.05", 120)]
    assert [e.key for e in found["old well"] if e.country == "KE"] == [CODE]
    assert CODE not in {e.key for e in found.get("owl", ())}
    assert found["nairobi"]
    assert joined.mark != gazetteer().shipped.mark


def test_a_zip_of_geonames_is_read(tmp_path: Path) -> None:
    file = tmp_path / "KE.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("readme.txt", "short")
        archive.writestr("KE.txt", DUMP + "\n")
    assert gazetteer_add.add(file, tmp_path / "user").places == 1


def test_a_table_of_ones_own_can_be_added(tmp_path: Path) -> None:
    file, own = tmp_path / "mine.csv", tmp_path / "user"
    file.write_text(
        'Name;Lat;Lon;Country;Alternate names;Kind\n"Hill 90";48.1;37.2;ua;"Height 90;H90";other\n', "utf-8"
    )
    assert gazetteer_add.add(file, own).places == 1
    (mine,) = opened(own)
    entry = mine.find(["height 90"])["height 90"][0]
    assert (entry.name, entry.country, entry.kind, entry.level, entry.lat) == (
        "Hill 90",
        "UA",
        "other",
        "feature",
        48.1,
    )


ROWS = """name,lat,lon,country,kind,population,radius_km,region
Good,1,2,KE,village,120,,KE.05
North,north,2,KE,,,,
Far,91,2,KE,,,,
Odd,1,nan,KE,,,,
Land,1,2,Kenya,,,,
Kind,1,2,KE,castle,,,
,1,2,KE,,,,
Many,1,2,KE,,-5,,
Good,1,2,KE,,,,
Area,1,2,KE,,,,Rift
Broad,1,2,KE,,,0,,,
Last,1,2,,,,5,
"""


def test_bad_rows_are_told_with_their_lines_and_the_rest_goes_in(tmp_path: Path) -> None:
    file, own = tmp_path / "mine.csv", tmp_path / "user"
    file.write_bytes(ROWS.encode() + b"\xe9t\xe9,1,2\n")
    added = gazetteer_add.add(file, own)
    assert added.places == 2
    assert [p.where.rpartition(" ")[2] for p in added.problems] == [str(n) for n in (*range(3, 13), 14)]
    assert {p.code for p in added.problems} == {"bad-row"}
    file.write_text(f"{DUMP}\nbroken line\n" + "x\n" * 500, "utf-8")
    added = gazetteer_add.add(file, own)
    assert added.places == 1
    assert len(added.problems) == gazetteer_add.MOST_TOLD + 1
    assert "451 more" in added.problems[-1].why
    assert [p.name for p in own.iterdir()] == ["mine.sqlite"]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "neither"),
        (b"a,b\n1,2\n", "neither"),
        (b"name,lat,lon\n", "no place"),
        (b"name,lat,lon\nHill,north,3\n", "line 2"),
        (b"PK\x05\x06" + bytes(18), "no text"),
        (bytes(range(256)) * 400, "neither"),
    ],
)
def test_a_file_of_another_kind_is_refused_and_nothing_is_changed(tmp_path: Path, content: bytes, why: str) -> None:
    file, own = tmp_path / "file.txt", tmp_path / "user"
    file.write_text(DUMP, "utf-8")
    gazetteer_add.add(file, own)
    before = gazetteer_add.listed(own)
    file.write_bytes(content)
    with pytest.raises(UsageError, match=why):
        gazetteer_add.add(file, own)
    assert gazetteer_add.listed(own) == before
    assert len(list(own.iterdir())) == 1


def test_what_was_added_can_be_listed_and_removed(tmp_path: Path) -> None:
    file, own = tmp_path / "Our bases.csv", tmp_path / "user"
    file.write_text("name,lat,lon\nCamp Alder,1,2\n", "utf-8")
    gazetteer_add.add(file, own)
    assert [(a.name, a.source, a.places) for a in gazetteer_add.listed(own)] == [("our-bases", "Our bases.csv", 1)]
    with pytest.raises(UsageError, match="our-bases"):
        gazetteer_add.remove("other", own)
    gazetteer_add.remove("Our bases.csv", own)
    assert gazetteer_add.listed(own) == []
