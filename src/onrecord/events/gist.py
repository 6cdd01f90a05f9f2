"""A telling's clause → what it says: a sign for synonyms, countries and numbers each; and the names in it."""

from __future__ import annotations

import re
from functools import cache
from math import fsum

from onrecord import words as word_files
from onrecord.events.lexicon import WORD, base, groups_of, rarity
from onrecord.model import Telling

_GROUP = 0.5
_COUNTRY = 0.5
_NUMBER = 1.0

Gist = dict[str, float]
"""Sign → how much it says."""


def gist(telling: Telling) -> Gist:
    """What the clause says: a sign for each word, country and number that says something."""
    out: Gist = {}
    for word in telling.words:
        stands, value = sign(word)
        if value:
            out[stands] = max(value, out.get(stands, 0.0))
    for figure in telling.figures:
        if figure.unit or figure.value > 2:
            out[f"#{figure.value:g}"] = _NUMBER
    return out


def sign(word: str) -> tuple[str, float]:
    """What stands for a word, and how much it says."""
    if word[:1].isdigit():
        return word, 0.0  # its figure stands for it
    code = _countries().get(word)
    if code:
        return f"={code}", _COUNTRY
    groups = groups_of(word)
    value = rarity(word)
    return (f"~{min(groups)}", min(value, _GROUP)) if groups else (word, value)


@cache
def _countries() -> dict[str, str]:
    """A word for a country, its people or its capital → the country's code."""
    out: dict[str, str] = {}
    for code, row in word_files.table("countries.toml").items():
        names = (row["name"], row["short"], *row["aliases"], *row["demonyms"], *row["people"], row["capital"])
        out.update((name.casefold(), code) for name in (*names, *row["capital_aliases"]) if name and " " not in name)
    return out


def names(telling: Telling) -> frozenset[str]:
    """Base forms of words of the clause that are capitalised inside its sentence, but for places and common ones."""
    scope, known = telling.happening.scope, _countries()
    places = {base(w) for p in telling.places for w in (*WORD.findall(p.name), *WORD.findall(p.span.text))}
    at_start = scope.start == telling.sentence_at
    found = (m for m in WORD.finditer(scope.text) if m.group()[0].isupper() and not (at_start and m.start() == 0))
    words = {base(m.group()) for m in found} - places
    return frozenset(w for w in words if rarity(w) >= 1 and w not in known) | own_names(telling)


_HIMSELF = re.compile(r"\b(?:its?|they|their|we|our|his|he|her|she|my|i)\b", re.IGNORECASE)


def own_names(telling: Telling) -> frozenset[str]:
    """Words of the name of a speaker who tells of himself, and speaks for no one else: "its profits fell"."""
    speaker = telling.statement.speaker
    if speaker is None or telling.statement.voice != "attributed" or speaker.kind == "unnamed":
        return frozenset()
    if speaker.side and speaker.side != speaker.name:
        return frozenset()
    words = (base(w) for w in WORD.findall(speaker.name) if w[0].isupper())
    return (
        frozenset(w for w in words if rarity(w) >= 1) if _HIMSELF.search(telling.happening.scope.text) else frozenset()
    )


def mass(signs: Gist) -> float:
    """How much the signs say together."""
    return fsum(signs.values())
