"""Words → base forms, and how much a shared word says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from onrecord import words as word_files

WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|\d+(?:[.,]\d+)*")
_BANDS = {"nothing": 0.0, "common": 0.25, "news": 0.5}
_NUMBER = 0.6
_VOWELS = frozenset("aeiouy")


@cache
def bands() -> dict[str, float]:
    """Base form → weight, for every word of the shipped table (`data/rarity.toml`)."""
    table = word_files.table("rarity.toml")
    return {word: weight for band, weight in reversed(_BANDS.items()) for word in table[band].split()}


@lru_cache(maxsize=1 << 16)
def rarity(word: str) -> float:
    """0 for words that say nothing, 1 for rare ones. `word` is a base form."""
    if word[:1].isdigit():
        return _NUMBER
    return 0.0 if len(word) < 2 else bands().get(word, 1.0)


@lru_cache(maxsize=1 << 16)
def base(word: str) -> str:
    """A word without its possessive, plural, -ed or -ing: rough, but the same for the same word everywhere."""
    word = word.casefold().replace("’", "'").removesuffix("'s").removesuffix("'")
    known = bands()
    if word in known or len(word) < 4 or word[0].isdigit():
        return word
    for form in _shorter(word):
        if form in known:
            return form
    return next(_shorter(word), word)


def _shorter(word: str) -> Iterator[str]:
    """Forms that the word may come from, likeliest first."""
    if word.endswith("ies") and len(word) > 4:
        yield word[:-3] + "y"
    elif word.endswith(("sses", "shes", "ches", "xes")):
        yield word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        yield word[:-1]
    for ending in ("ing", "ed"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 2 and _VOWELS.intersection(stem):
            if stem[-1] == stem[-2] and stem[-1] not in "lsz":
                yield stem[:-1]
            yield stem + "e" if stem.endswith(("at", "iv", "ur", "us", "ag", "uc", "ak")) else stem
            yield stem
            yield stem + "e"


@lru_cache(maxsize=1 << 14)
def content_words(text: str) -> frozenset[str]:
    """Base forms of the words of a text that say something."""
    return frozenset(w for w in map(base, WORD.findall(text)) if rarity(w) > 0)


def weight(words: frozenset[str]) -> float:
    """How much the words say together."""
    return sum(map(rarity, words))


@cache
def _groups() -> dict[str, frozenset[int]]:
    table = word_files.table("fold_words.toml")
    found: dict[str, set[int]] = {}
    for number, group in enumerate(table["groups"]):
        for word in group.split():
            found.setdefault(word, set()).add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


def groups_of(lemma: str) -> frozenset[int]:
    """Numbers of the groups of trigger words (`data/fold_words.toml`) that a base form stands in."""
    return _groups().get(lemma, frozenset())


_PARTICLES = frozenset({"back", "out", "down", "off", "up", "over", "away", "in", "into", "dead", "death", "fire"})


def trigger(lemma: str, words: str) -> str:
    """What to compare a trigger by: its base form, joined to its particle (`take-back`) where its words end in one."""
    last = words.rsplit(maxsplit=1)[-1].casefold() if " " in words else ""
    return f"{lemma}-{last}" if last in _PARTICLES and not lemma.endswith(last) else lemma.replace(" ", "-")
