"""`data/figures.toml` → what figures count, as sets that are looked up by a word's base form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from onrecord import words as word_files
from onrecord.statements.numbers import any_of
from onrecord.statements.openings import Openings
from onrecord.statements.parse import Parse


@dataclass(frozen=True, slots=True)
class Label:
    """One thing that a figure can count, with the words that say so."""

    name: str
    of: frozenset[str]
    object_of: frozenset[str]
    subject_of: frozenset[str]
    words: frozenset[str]
    nouns: frozenset[str]
    toll: frozenset[str]
    forms: frozenset[str]
    """Every form of the verbs in `object_of`."""
    own_forms: frozenset[str]
    """Every form of the verbs in `subject_of`."""


@dataclass(frozen=True, slots=True)
class Words:
    """All of `data/figures.toml`."""

    labels: tuple[Label, ...]
    nouns: dict[str, frozenset[str]]
    verbs: dict[str, frozenset[str]]
    sign: re.Pattern[str]
    """A currency sign right before a number."""
    currency: dict[str, str]
    unit: re.Pattern[str]
    """A unit right behind a number."""
    units: dict[str, tuple[str, str]]
    """Unit word → (unit, what)."""
    fraction: Openings
    fractions: dict[str, float]
    """Share in words → per cent."""
    nth: dict[str, int]
    """Ordinal → its number."""


@cache
def words() -> Words:
    """The lists, loaded once."""
    data = word_files.table("figures.toml")
    currency = {word: code for code, found in data["currency"].items() for word in found}
    units = {word: (name, row["what"]) for name, row in data["unit"].items() for word in row["words"]}
    signs = {w: 1 for w in currency if not w[-1].isalpha()}
    return Words(
        tuple(_label(row) for row in data["what"]),
        {name: frozenset(found) for name, found in data["nouns"].items()},
        {name: frozenset(found) for name, found in data["verbs"].items()},
        re.compile(rf"(?:{any_of(signs)})\s?$", re.IGNORECASE),
        currency,
        re.compile(rf"(?:\s{{0,3}}|-)({any_of(dict.fromkeys(units, 1))})(?!\w)", re.IGNORECASE),
        units,
        Openings([rf"\b({any_of(dict.fromkeys(data['fraction'], 1))})(?=\s(?:of|the|its|all|their)\b)"]),
        data["fraction"],
        {word: n for n, word in enumerate(data["ordinals"]["words"], 1)},
    )


def _label(row: dict[str, list[str]]) -> Label:
    objects, subjects = frozenset(row["object_of"]), frozenset(row["subject_of"])
    return Label(
        str(row["name"]), frozenset(row.get("of", [])), objects, subjects, frozenset(row["words"]),
        frozenset(row["nouns"]), frozenset(row["toll"]), forms(objects), forms(subjects),
    )  # fmt: skip


_IRREGULAR = {
    "shoot": {"shot"}, "slay": {"slew", "slain"}, "bring": {"brought"}, "take": {"took", "taken"}, "lose": {"lost"},
    "hit": {"hit", "hitting"}, "hurt": {"hurt"}, "strike": {"struck"}, "send": {"sent"}, "flee": {"fled"},
    "burn": {"burnt", "burned"}, "die": {"died", "dying"}, "gun": {"gunned"}, "fly": {"flew", "flown"},
    "jam": {"jammed"},
}  # fmt: skip


def forms(verbs: frozenset[str]) -> frozenset[str]:
    """The verbs with their endings."""
    out: set[str] = set()
    for verb in verbs:
        stem = verb.removesuffix("e")
        out |= {verb, f"{verb}s", f"{verb}es", f"{stem}ed", f"{stem}ing", *_IRREGULAR.get(verb, set())}
        if verb.endswith("y"):
            out |= {f"{verb[:-1]}ied", f"{verb[:-1]}ies"}
    return frozenset(out)


def bases(parsed: Parse, word: int) -> set[str]:
    """The forms under which a word may stand in a list: as tagged, as written, without a plural ending."""
    low = parsed.lower[word]
    out = {parsed.lemma[word].lower(), low}
    if low.endswith("s") and len(low) > 3:
        out.add(low[:-1])
        if low.endswith("ies"):
            out.add(f"{low[:-3]}y")
    if low.endswith("men"):
        out.add(f"{low[:-3]}man")
    return out


def kind_of(parsed: Parse, word: int | None) -> str | None:
    """Which list of nouns (drones, missiles, troops, buildings, people, animals) the word belongs to."""
    if word is None:
        return None
    found, nouns = bases(parsed, word), words().nouns
    return next(
        (n for n in ("drones", "missiles", "troops", "buildings", "animals", "people") if found & nouns[n]), None
    )
