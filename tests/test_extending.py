"""`onrecord.toml` and a newsroom's own data files: the docs' example has its effect; bad files are told by line."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from onrecord import config, reading, words
from onrecord.errors import UsageError
from onrecord.statements import gazetteer

ROOT = Path(__file__).resolve().parent.parent
DOCS = (ROOT / "docs/extending.md").read_text(encoding="utf-8")
SHIPPED = files("onrecord") / "data"

TEXT = """The ferry grounded off Vik. A boat sank near Grindskjaer on midsummer eve.
The crew mayhap fled. Nobody won the regatta.

The Vik pilot station tannoyed that two sailors were killed. The claim has not been entered in the log.

The harbour is closed, Skipper Berg told NPW."""

READ = f"""
import json, onrecord, datetime
from onrecord.events import origins
from onrecord.posts.words import outlet_at
day = datetime.date(2025, 7, 1)
found = onrecord.read_text({TEXT!r}, outlet="Vik Tidende", published=day, split=False).to_dict()
found["family"] = origins.family("Radio Vik")
found["tz"] = getattr(outlet_at("https://vik-tidende.example/live"), "tz", None)
print(json.dumps(found))
"""


def example(folder: Path) -> Path:
    """The files of the docs' example."""
    for name, text in re.findall(r"^`([\w.]+)`[^\n]*:\n\n```\w+\n(.*?)```", DOCS, flags=re.DOTALL | re.MULTILINE):
        (folder / name).write_text(text, encoding="utf-8")
    return folder / "onrecord.toml"


def read_with(path: Path | str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", READ], capture_output=True, text=True, check=False,
        env={**os.environ, "ONRECORD_CONFIG": str(path)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


def facts(found: dict[str, Any]) -> dict[str, object]:
    """What the example's files change."""
    said = found["statements"]
    by = [(s["speaker"], s) for s in said if s["speaker"]]
    kinds = [(h["text"], h["kind"]) for h in found["happenings"]]
    return {
        "place": [p["lat"] for p in found["places"] if p["text"] == "Grindskjaer"],
        "date": [d["value"] for d in found["dates"]],
        "hedged": [" ".join(c["text"] for c in s["content"]) for s in said if s["voice"] == "hedged"],
        "pilots": [(who["name"], who["side"], s["standing"]) for who, s in by if "two sail" in str(s)],
        "berg": [(who["name"], s["via"]) for who, s in by if "Berg" in who["name"]],
        "kinds": [(text, kind) for text, kind in kinds if text in ("grounded off", "grounded", "regatta")],
        "outlet": (found["family"], found["tz"]),
    }


def test_the_docs_example_has_its_effect(tmp_path: Path) -> None:
    plain, mine = facts(read_with("")), facts(read_with(example(tmp_path)))
    assert mine == {
        "place": [58.01],
        "date": ["2025-06-23"],
        "hedged": ["The crew fled"],
        "pilots": [("Vik Pilots", "Norway", "unverified")],
        "berg": [("Berg", ["Nordpress"])],
        "kinds": [("grounded off", "accident"), ("regatta", "other")],
        "outlet": ("Vik Media", "Europe/Oslo"),
    }
    assert not {key for key in plain if plain[key] == mine[key]}


# -- what may be extended ----------------------------------------------------------------------------------------------


def test_the_docs_name_every_file_and_no_other() -> None:
    rules = tomllib.loads((SHIPPED / "extend.toml").read_text("utf-8"))
    table = DOCS[DOCS.index("## The files") : DOCS.index("## Places")]
    assert set(re.findall(r"^\| `(\w+)` \|", table, flags=re.MULTILINE)) == {*rules, "places"}
    for row in rules.values():
        shipped = (SHIPPED / row["file"]).read_text("utf-8")
        if row["file"].endswith(".toml"):
            keys = {*row.get("keys", ()), *(key.split(".")[0] for key in (*row.get("open", ()), *row.get("check", ())))}
            assert keys - {""} <= set(tomllib.loads(shipped)), row["file"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder whose onrecord.toml counts."""
    monkeypatch.setenv("ONRECORD_CONFIG", str(tmp_path / "onrecord.toml"))
    words.forget()
    yield tmp_path
    monkeypatch.undo()
    words.forget()


def extend(folder: Path, name: str, text: str) -> None:
    (folder / "mine").write_text(text, encoding="utf-8")
    (folder / "onrecord.toml").write_text(f'[data]\n{name} = "mine"\n', encoding="utf-8")
    words.forget()


@pytest.mark.parametrize(
    ("name", "text", "line", "why"),
    [
        ("cues", "[[verbs]\n", 1, "TOML"),
        ("cues", '[[verbs]]\nwords = ["moo"]\nframes = []\n\n[[verbs]]\nwords = ["baa"]\n', 5, "lacks frames"),
        ("cues", '[[verbs]]\nwords = ["moo"]\nframes = []\nact = "sings"\n', 4, "sings"),
        ("cues", "[[verbs]]\nwords = [7]\nframes = []\n", 2, "text"),
        ("cues", "[chains]\n\nparts = []\n", 3, "no parts"),
        ("hedges", '# ours\nadverb = ["mayhap"]\n', 2, "no adverb"),
        ("hedges", 'adverbs = "mayhap"\n', 1, "list"),
        ("standing", 'begins = []\nverified = ["(seen"]\n', 2, "pattern"),
        ("standing", 'verified = ["x*"]\n', 1, "pattern"),
        ("outlets", '[[outlet]]\nname = "A"\nhosts = []\ntz = "Mars/Base"\n', 4, "zone"),
        ("titles", '[honorific]\ncapt = "man"\n', 2, "none of"),
        ("dates", '[[named]]\nnames = ["x day"]\n', 1, "one of"),
        ("dates", '[[named]]\nnames = ["x day"]\nday = "31-12"\n', 3, "MM-DD"),
        ("dates", "[sets.month]\nx = 1\n", 1, "can't be extended"),
        ("event_words", 'nouns = ["two words"]\n', 1, "one word"),
        ("families", '"Vik Media" = "Radio Vik"\n', 1, "list"),
        ("triggers", "accident\tv\tground\nparty\tn\tball\n", 2, "party"),
        ("triggers", "# rules\naccident\n", 2, "columns"),
        ("leaders", "Ida Fjeld\t\tNorway\tpremier\tsoon\t\n", 1, "year"),
        ("leaders", "Ida Fjeld\t\tNorway\tpremier\t2031-10-14\t2035-02-30\n", 1, "day"),
        ("homes", '[clubs]\nNorway = ["Otta"]\n', 1, "no clubs"),
    ],
)
def test_bad_files_are_told_by_line(folder: Path, name: str, text: str, line: int, why: str) -> None:
    extend(folder, name, text)
    rules = tomllib.loads((SHIPPED / "extend.toml").read_text("utf-8"))[name]
    with pytest.raises(UsageError, match=why) as caught:
        (words.table if rules["file"].endswith(".toml") else words.text)(rules["file"])
    assert f"line {line}" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[data\n", "TOML"),
        ("[words]\n", "only"),
        ('[data]\ncue = "mine"\n', "known are"),
        ("[data]\ncues = 7\n", "path"),
        ('[data]\ncues = "none.toml"\n', "not there"),
        ("data = 1\n", "no table"),
    ],
)
def test_a_bad_configuration_says_what_is_wrong(folder: Path, text: str, why: str) -> None:
    (folder / "mine").write_text("", encoding="utf-8")
    (folder / "onrecord.toml").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=why):
        words.version()


def test_a_triggers_condition_must_be_one_that_there_is(folder: Path) -> None:
    for when in ("subj=@nosuch", "subj==boat", "subj"):
        extend(folder, "triggers", f"accident\tv\tground\t{when}\n")
        with pytest.raises(UsageError, match="line 1"):
            words.text("triggers.tsv")


def test_sets_and_texts_take_more_words(folder: Path) -> None:
    extend(folder, "triggers", "@drone\tmosquito\naccident\tv\tground\n")
    lines = words.text("triggers.tsv").splitlines()
    (drone,) = [line for line in lines if line.startswith("@drone\t")]
    assert {"mosquito", "shahed"} <= set(drone.split())
    assert lines.index("accident\tv\tground") < next(i for i, line in enumerate(lines) if line.startswith("air strike"))
    extend(folder, "event_words", 'nouns = "regatta"\nphrases = ["run aground"]\n')
    table = words.table("event_words.toml")
    assert {"regatta", "attack"} <= set(table["nouns"].split())
    assert "run aground, " in table["phrases"]


def test_the_readers_version_tells_the_files(folder: Path) -> None:
    seen = set()
    for text in ("", 'adverbs = ["mayhap"]\n', 'adverbs = ["perchance"]\n'):
        extend(folder, "hedges", text)
        seen.add(reading.reader_version())
    assert len(seen) == 3


def test_where_it_is_looked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(config, "user_config_path", lambda *_, **__: tmp_path / "home")
    monkeypatch.delenv("ONRECORD_CONFIG", raising=False)
    assert config.found() is None
    (tmp_path / "home").mkdir()
    (tmp_path / "home/onrecord.toml").touch()
    assert config.found() == tmp_path / "home/onrecord.toml"
    (tmp_path / "onrecord.toml").touch()
    assert config.found() == Path("onrecord.toml")
    monkeypatch.setenv("ONRECORD_CONFIG", "")
    assert config.found() is None
    monkeypatch.setenv("ONRECORD_CONFIG", "none.toml")
    with pytest.raises(UsageError, match=r"none\.toml"):
        config.found()


def test_a_bad_row_of_places_is_an_error(folder: Path) -> None:
    extend(folder, "places", "name,lat,lon\nGrindskjaer,58,7\nFaraway,580,7\n")
    gazetteer.forget()
    with pytest.raises(UsageError, match="line 3"):
        gazetteer.gazetteer()
    extend(folder, "places", "name,lat,lon\nGrindskjaer,58,7\n")
    assert [e.lat for e in gazetteer.gazetteer().find(["grindskjaer"])["grindskjaer"]] == [58]
    gazetteer.forget()
