"""A telling's clause → what it says: its words, a sign for synonyms, countries and numbers each, the names in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from functools import cache, cached_property, lru_cache
from math import fsum, sqrt

from onrecord import words as word_files
from onrecord.events.lexicon import WORD, base, groups_of, rarity
from onrecord.events.weights import listed
from onrecord.model import Figure, Telling

_GROUP = 0.5
_COUNTRY = 0.5
_NUMBER = 1.0

Gist = dict[str, float]
"""Sign → how much it says."""


class Clause:
    """What a telling's clause says, each part worked out when it is first looked at: most are told apart without."""

    def __init__(self, words: frozenset[str], figures: tuple[Figure, ...], source: Callable[[], Telling]) -> None:
        self._words = words
        self._figures = figures
        self._source = source

    @cached_property
    def words(self) -> dict[str, float]:
        """Its words that say something, with how much each does."""
        return {w: rarity(w) for w in self._words if rarity(w) > 0}

    @cached_property
    def norm(self) -> float:
        """The length of `words` as a vector."""
        return sqrt(fsum(x * x for x in self.words.values()))

    @cached_property
    def gist(self) -> Gist:
        """What it says, whatever words it takes."""
        return gist(self._words, self._figures)

    @cached_property
    def mass(self) -> float:
        """How much that is."""
        return fsum(self.gist.values())

    @cached_property
    def lands(self) -> frozenset[str]:
        """The signs of countries in it."""
        known = _countries()
        return frozenset(f"={known[w]}" for w in self._words if w in known)

    @cached_property
    def names(self) -> frozenset[str]:
        """The names in it (`names`)."""
        return names(self._source()) | self._own

    @cached_property
    def aimed(self) -> frozenset[str]:
        """Words of the names of those whom it is done to, and of a speaker without side who tells of himself."""
        telling = self._source()
        done_to = (p.name for p in telling.happening.parties if p.role == "on")
        return frozenset(w for name in done_to for w in name.casefold().split()) | self._own

    @cached_property
    def _own(self) -> frozenset[str]:
        return own_names(self._source())

    @cached_property
    def doers(self) -> frozenset[str]:
        """Words of the names of those who do it."""
        done_by = (p.name for p in self._source().happening.parties if p.role == "by")
        return frozenset(w for name in done_by for w in name.casefold().split())


def gist(words: Collection[str], figures: Collection[Figure]) -> Gist:
    """What a clause of these words and figures says: a sign for each word, country and number that says something."""
    out: Gist = {}
    for word in words:
        stands, value = signs(word)
        for one in stands if value else ():
            out[one] = max(value, out.get(one, 0.0))
    for figure in figures:
        if figure.unit or figure.value > 2:
            out[f"#{figure.value:g}"] = _NUMBER
    return out


@lru_cache(maxsize=1 << 16)
def signs(word: str) -> tuple[tuple[str, ...], float]:
    """What stands for a word, one sign for each group of synonyms that it is in; and how much each says."""
    if word[:1].isdigit():
        return (word,), 0.0  # its figure stands for it
    code = _countries().get(word)
    if code:
        return (f"={code}",), _COUNTRY
    groups = groups_of(word)
    value = rarity(word)
    if not groups:
        return (word,), value
    return tuple(f"~{group}" for group in sorted(groups)), min(value, _GROUP) / len(groups)


@lru_cache(maxsize=1 << 12)
def fields(name: str) -> frozenset[str]:
    """The fields of an office that goes by its field: `treasury secretary` → finance."""
    words = name.casefold().split()
    if _offices().isdisjoint(words):
        return frozenset()
    known = _fields()
    return frozenset(known[w] for w in words if w in known)


@cache
def _fields() -> dict[str, str]:
    """A word for what an office is for → the usual one."""
    mentions, offices = word_files.table("mentions.toml"), word_files.table("offices.toml")
    groups = [group.split("|") for group in sorted(listed("office", "fields"))]
    named = {word: field for field, words in offices["fields"].items() for word in words}
    return (
        {word: word for word in mentions["sets"]["portfolios"]}
        | named
        | {word: group[0] for group in groups for word in group}
    )


@cache
def _offices() -> frozenset[str]:
    """Offices that go by their fields: minister, secretary."""
    return frozenset(word_files.table("offices.toml")["same"]["minister"])


@cache
def _codes() -> dict[str, str]:
    return {row[key]: code for code, row in word_files.table("countries.toml").items() for key in ("name", "short")}


def country_called(side: str) -> str | None:
    """The ISO 3166-1 code of a side that is a country."""
    return _codes().get(side)


@cache
def _countries() -> dict[str, str]:
    """A word for a country, its people or its capital → the country's code."""
    out: dict[str, str] = {}
    for code, row in word_files.table("countries.toml").items():
        names = (row["name"], row["short"], *row["aliases"], *row["demonyms"], *row["people"], row["capital"])
        out.update((name.casefold(), code) for name in (*names, *row["capital_aliases"]) if name and " " not in name)
    return out


def names(telling: Telling) -> frozenset[str]:
    """Base forms of words of the clause that are capitalised inside its sentence, but for places and common ones.

    A party's words stand as its usual name has them: one telling's "National Liberation Army" is another's "ELN".
    """
    scope, known = telling.happening.scope, _countries()
    places = {w for p in telling.places for name in (p.name, p.span.text) for w in _bases(name)}
    parties = [p for p in telling.happening.parties if p.side and p.span]
    spans = [(p.span.start - scope.start, p.span.end - scope.start) for p in parties if p.span]
    at_start = scope.start == telling.sentence_at
    found = (m for m in WORD.finditer(scope.text) if m.group()[0].isupper() and not (at_start and m.start() == 0))
    words = {base(m.group()) for m in found if not any(a <= m.start() < b for a, b in spans)}
    words.update(base(w) for p in parties for w in WORD.findall(p.name) if w[0].isupper())
    return frozenset(w for w in words - places if rarity(w) >= 1 and w not in known)


@lru_cache(maxsize=1 << 12)
def _bases(name: str) -> tuple[str, ...]:
    return tuple(map(base, WORD.findall(name)))


_HIMSELF = re.compile(r"\b(?:its?|they|their|we|our|his|he|her|she|my|i)\b", re.IGNORECASE)


def own_names(telling: Telling) -> frozenset[str]:
    """Words of the name of a speaker who tells of himself, and speaks for no one else: "its profits fell"."""
    speaker = telling.statement.speaker
    if speaker is None or telling.statement.voice != "attributed" or speaker.kind == "unnamed":
        return frozenset()
    if speaker.side and speaker.side != speaker.name:
        return frozenset()
    if not _HIMSELF.search(telling.happening.scope.text):
        return frozenset()
    words = (base(w) for w in WORD.findall(speaker.name) if w[0].isupper())
    return frozenset(w for w in words if rarity(w) >= 1)
