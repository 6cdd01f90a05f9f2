"""The tables in data/ → the word lists that tell places from people, firms and common words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any

from onrecord import words as word_files
from onrecord.statements.gazetteer import normal

Lists = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Words:
    """Lower-case words by what they do beside a place name."""

    strong: frozenset[str]
    part: frozenset[str]
    state: frozenset[str]
    taken: frozenset[str]
    weak: frozenset[str]
    areas: dict[str, str]
    """Word → form: region, district, plural_region, plural_district, town, village, water, land, facility, street."""
    ruled: frozenset[str]
    joined: frozenset[str]
    roads: frozenset[str]
    public: frozenset[str]
    never: frozenset[str]
    other: frozenset[str]
    kin: frozenset[str]
    has: frozenset[str]
    does: frozenset[str]
    common: frozenset[str]
    titles: frozenset[str]
    first_names: frozenset[str]
    demonyms: dict[str, str]
    """Adjective, lower case → English name of its country."""
    peoples: frozenset[str]
    """Nouns for people by country: `mexicans`."""
    short: dict[str, str]
    """Initials → the place's whole name."""
    settled: frozenset[str]
    acronyms: frozenset[str]
    """Short names in capitals: `UK`, `UAE`, `NSW`."""
    actors: frozenset[str]
    """Normal forms of features that mostly stand for who acts there: the Kremlin."""
    stative: frozenset[str]
    passive: frozenset[str]
    towards: frozenset[str]
    deals: frozenset[str]
    owns: frozenset[str]
    towns: frozenset[str]
    cues: dict[str, str]
    """Words of a country's local news → the country."""
    cue: re.Pattern[str]
    """Any of them."""
    tails: frozenset[str] = frozenset()
    """Small words that end names of well-known sites: `dam`, `nuclear plant`."""
    ways: frozenset[str] = frozenset()
    """Words for streets that stand before their names: `rue`."""
    between: frozenset[str] = frozenset()
    """Nouns of what two places that a hyphen joins have with each other: `border`, `talks`, `railway`."""
    of_states: frozenset[str] = frozenset()
    """Offices and bodies that states of a federation have and countries haven't: `secretary of state`."""
    compass: frozenset[str] = frozenset()
    """Normal forms of regions called by the compass alone: `north east`."""
    sites: frozenset[str] = frozenset()
    """Words for structures that name nothing else: `stadium`, `bridge`."""
    houses: frozenset[str] = frozenset()
    churches: frozenset[str] = frozenset()
    """Words for buildings whose names are also those of who works there: `hospital`, `museum`."""
    ways_between: frozenset[str] = frozenset()
    """What lies or goes between two countries without their governments: `flight`."""
    counties: frozenset[str] = frozenset()
    """Codes of countries of which papers name counties alone."""
    beside_sites: frozenset[str] = frozenset()
    """Words between a name and such a word: `municipal` center, `air force` base."""


@cache
def words() -> Words:
    """The shipped word lists."""
    lists = word_files.table("places.toml")
    titles = word_files.table("titles.toml")
    countries = word_files.table("countries.toml")
    features = _rows(word_files.text("features.tsv"))
    regions = _rows(word_files.text("region_names.tsv"))
    cues = {word: code for code, found in lists["cues"].items() for word in found}
    return Words(
        **{name: frozenset(lists["before"][name]) for name in ("strong", "part", "state", "taken", "weak")},
        areas={word: form for form, found in lists["area"].items() for word in found},
        ruled=frozenset(lists["ruled"]["words"]),
        joined=frozenset(lists["joined"]["words"]),
        roads=frozenset(lists["road"]["words"]),
        public=frozenset(lists["public"]["words"]),
        never=frozenset(lists["other"]["never"]),
        other=frozenset(lists["other"]["never"] + lists["other"]["words"]),
        **{name: frozenset(lists["person"][name]) for name in ("kin", "has", "does")},
        common=frozenset(map(normal, lists["common"]["words"])),
        titles=frozenset([*titles["honorific"], *titles["rank"]["words"], *lists["person"]["offices"]]),
        first_names=_first_names(word_files.text("names.tsv")) | frozenset(lists["person"]["first"]),
        demonyms=_demonyms(countries),
        peoples=frozenset(noun.lower() for facts in countries.values() for noun in facts["people"]),
        short=lists["short"],
        settled=frozenset(lists["settled"]["words"]),
        acronyms=frozenset(_acronyms(countries, regions)),
        actors=frozenset(normal(n) for r in features if r[-1] == "y" for n in (r[0], *r[1].split(";")) if n),
        **{
            name: frozenset(lists["actor"][name])
            for name in ("stative", "passive", "towards", "deals", "owns", "towns")
        },
        cues=cues,
        tails=_tails(features),
        ways=frozenset(lists["road"]["ways"]),
        between=frozenset(lists["between"]["words"]),
        of_states=frozenset(lists["of_states"]["words"]),
        compass=frozenset(map(normal, lists["compass"]["words"])),
        sites=frozenset(lists["site"]["words"]),
        houses=frozenset(lists["site"]["houses"]),
        churches=frozenset(lists["site"]["churches"]),
        counties=frozenset(lists["counties"]["countries"]),
        beside_sites=frozenset(lists["site"]["beside"]),
        ways_between=frozenset(lists["actor"]["ways_between"]),
        cue=re.compile(rf"\b(?:{_by_letter(sorted(cues, reverse=True))})(?!\w)"),
    )


def _tails(features: list[list[str]]) -> frozenset[str]:
    """The small words behind the last capital of the features' names."""
    names = (name for row in features for name in (row[0], *row[1].split(";")) if name)
    return frozenset(word for name in names for word in _small_end(name.split()))


def _small_end(parts: list[str]) -> list[str]:
    last = max((k for k, word in enumerate(parts) if word[0].isupper()), default=-1)
    return parts[last + 1 :] if last >= 0 else []


def _by_letter(forms: list[str]) -> str:
    """A pattern for any of the sorted forms, which tells most of them apart by their first letter."""
    groups = (
        (letter, "|".join(re.escape(form[1:]) for form in group)) for letter, group in groupby(forms, lambda f: f[0])
    )
    return "|".join(f"{re.escape(letter)}(?:{rest})" for letter, rest in groups)


def _rows(text: str) -> list[list[str]]:
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


def _first_names(text: str) -> frozenset[str]:
    return frozenset(name for row in _rows(text) for name in row[1].split())


@cache
def people_of() -> dict[str, str]:
    """Lower-case demonym → the country's ISO 3166-1 code."""
    named = {facts["name"]: code for code, facts in word_files.table("countries.toml").items()}
    return {word: named[name] for word, name in words().demonyms.items() if name in named}


def _demonyms(countries: Lists) -> dict[str, str]:
    out: dict[str, str] = {}
    for facts in countries.values():
        for word in facts["demonyms"]:
            if len(word) > 4:
                out.setdefault(word.lower(), facts["name"])
    return out


def _acronyms(countries: Lists, regions: list[list[str]]) -> list[str]:
    names = [name for facts in countries.values() for name in facts["aliases"]]
    names += [name for row in regions for name in "\t".join(row[2:3]).split(";")]
    return [
        name.replace(".", "") for name in names if name.replace(".", "").isupper() and len(name.replace(".", "")) < 6
    ]
