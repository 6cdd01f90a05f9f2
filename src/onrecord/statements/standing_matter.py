"""Two statements' words → whether they speak of one matter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from onrecord.statements import sides
from onrecord.statements.attribution_ground import Ground
from onrecord.statements.draft import Range
from onrecord.statements.parse import Parse
from onrecord.statements.standing_words import words

_TELLING = frozenset({"NOUN", "VERB", "ADJ"})
_STEM = 6
_SHORT = 2
"""A content of so few telling words is met by one of them."""


@dataclass(frozen=True, slots=True)
class Matter:
    """What a stretch of text is about."""

    strong: frozenset[str]
    """Stems of words that tell of something in particular."""
    weak: frozenset[str]
    """Those of words that any news of the kind may have: force, attack, day."""
    names: frozenset[str]
    """Names; countries, their peoples, capitals and governments all under the country's."""
    numbers: frozenset[str]


NOTHING = Matter(frozenset(), frozenset(), frozenset(), frozenset())


def matter(g: Ground, spans: Iterable[Range]) -> Matter:
    """What the words in character ranges are about."""
    parsed = g.parsed
    told: set[str] = set()
    named: set[str] = set()
    numbers: set[str] = set()
    for span in spans:
        inside = g.words_in(span)
        named |= names(g, inside)
        for w in inside:
            small = parsed.pos[w] == "PROPN" and parsed.words[w].islower()
            if (small or parsed.pos[w] in _TELLING) and len(parsed.words[w]) > 2:
                told.add(stem(parsed.lemma[w].lower()))
            elif parsed.pos[w] == "NUM":
                numbers.add(parsed.lower[w])
    told.discard("")
    return Matter(frozenset(told - _common()), frozenset(told & _common()), frozenset(named), frozenset(numbers))


def names(g: Ground, among: range) -> frozenset[str]:
    """The names among words that follow on each other, a country's under its short name."""
    parsed = g.parsed
    out: set[str] = set()
    known = {}
    for hit in sides.hits(parsed.words[among.start : among.stop]):
        for at in range(hit.first, hit.last):
            known[among.start + at] = hit.known.side or hit.known.name
    for w in among:
        if w in known:
            out.add(known[w].lower())
        elif _names(parsed, w) and len(parsed.words[w]) > 2:
            out.add(parsed.lower[w][:_STEM])
    return frozenset(out)


def _names(parsed: Parse, word: int) -> bool:
    """A proper name, or an adjective made of one: "Norvian"."""
    if parsed.pos[word] == "PROPN":
        return not parsed.words[word].islower()
    return parsed.pos[word] == "ADJ" and parsed.words[word][0].isupper() and parsed.words[word - 1 : word] != ["."]


def lands(g: Ground, among: range) -> bool:
    """Whether the words name a country, its people or a body that is known."""
    return bool(sides.hits(g.parsed.words[among.start : among.stop]))


def same(denial: Matter, claim: Matter) -> bool:
    """They share two particular words, or one with a name or number, or what the short denial is about, or a count."""
    if same_count(denial, claim):
        return True
    strong = denial.strong & claim.strong
    least = min(len(denial.strong), len(claim.strong))
    if len(strong) >= 2:
        return 4 * len(strong) >= least
    around = len(denial.names & claim.names) + len(denial.numbers & claim.numbers) + len(denial.weak & claim.weak)
    if strong:
        return around > 0 or len(denial.strong) <= _SHORT or len(claim.strong) == 1
    return not denial.strong and around >= 2


def same_count(one: Matter, two: Matter) -> bool:
    """They give one number of one place or body: "70 percent of Lomar"; "two" or "5" are any news's."""
    counted = (number for number in one.numbers & two.numbers if len(number) > 1 and number[0].isdigit())
    return bool(one.names & two.names) and any(counted)


@lru_cache(maxsize=1 << 14)
def stem(word: str) -> str:
    """What the forms of a word and its near synonyms have in common (invade, invasion; kill, death); nothing for
    words that tell nothing by themselves."""
    if word in _hollow():
        return ""
    return _families().get(word) or word[:_STEM]


@cache
def _families() -> dict[str, str]:
    return {word: row[0] for row in words().alike for word in row}


@cache
def _common() -> frozenset[str]:
    return frozenset(map(stem, words().deeds))


@cache
def _hollow() -> frozenset[str]:
    return words().skip | words().pointers | words().light | words().empty | words().falsehoods
