"""data/places.toml, titles.toml and names.tsv → the word lists that tell places from people, firms and common words."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from onrecord.statements.gazetteer import normal


@dataclass(frozen=True, slots=True)
class Words:
    """Sets of lower-case words; `areas` gives the form that an area word stands for."""

    strong: frozenset[str]
    weak: frozenset[str]
    areas: dict[str, str]
    public: frozenset[str]
    other: frozenset[str]
    common: frozenset[str]
    titles: frozenset[str]
    first_names: frozenset[str]
    demonyms: dict[str, str]
    """Adjective, lower case → ISO code of its country."""
    actors: frozenset[str]
    """Normal forms of features that mostly stand for who acts there: the Kremlin."""
    stative: frozenset[str]
    passive: frozenset[str]


@cache
def words() -> Words:
    """The shipped word lists."""
    data = files("onrecord") / "data"
    lists = tomllib.loads((data / "places.toml").read_text("utf-8"))
    titles = tomllib.loads((data / "titles.toml").read_text("utf-8"))
    countries = tomllib.loads((data / "countries.toml").read_text("utf-8"))
    areas = {word: form for form, found in lists["area"].items() for word in found}
    return Words(
        strong=frozenset(lists["before"]["strong"]),
        weak=frozenset(lists["before"]["weak"]),
        areas=areas,
        public=frozenset(lists["public"]["words"]),
        other=frozenset(lists["other"]["words"]),
        common=frozenset(map(normal, lists["common"]["words"])),
        titles=frozenset(titles["honorific"]) | frozenset(titles["rank"]["words"]),
        first_names=_first_names((data / "names.tsv").read_text("utf-8")),
        demonyms=_demonyms(countries),
        actors=_actors((data / "features.tsv").read_text("utf-8")),
        stative=frozenset(lists["actor"]["never"]),
        passive=frozenset(lists["actor"]["passive"]),
    )


def _first_names(text: str) -> frozenset[str]:
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return frozenset(name for line in lines for name in line.partition("\t")[2].split())


def _demonyms(countries: dict[str, Any]) -> dict[str, str]:
    out: dict[str, str] = {}
    for code, facts in countries.items():
        for word in facts["demonyms"]:
            out.setdefault(word.lower(), code)
    return out


def _actors(text: str) -> frozenset[str]:
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return frozenset(normal(name) for row in rows if row[-1] == "y" for name in (row[0], *row[1].split(";")) if name)
