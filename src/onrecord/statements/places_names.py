"""A parsed post → runs of capitalised words and the gazetteer's names in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.statements.gazetteer import Entry, gazetteer, normal
from onrecord.statements.parse import Parse

LONGEST = 6
"""Words in a place name at most."""
_LINKS = frozenset({
    "of", "the", "de", "la", "le", "les", "del", "da", "do", "dos", "das", "di", "al", "el", "ul", "ez", "er", "es", "as", "az", "ad",
    "and", "-", "–", "'", "’", "'s", "’s", "upon", "on", "sur", "am", "an", "der", "den", "in", "en", "und", "et", "y", "e", "i", ".", "&",
})  # fmt: skip
_INNER = frozenset({"-", "–", "'", "’", "."})


@dataclass(frozen=True, slots=True)
class Name:
    """Words `first` to `last` (one past) that bear a gazetteer name, or that the words beside them call a place."""

    first: int
    last: int
    form: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of capitalised words, with small words that may link them."""

    first: int
    last: int


def shouted(parsed: Parse, sentence: int) -> bool:
    """The sentence is written in capitals, so that capitals say nothing."""
    first, last = parsed.sentences[sentence]
    words = [w for w in parsed.words[first:last] if w.isalpha() and len(w) > 3]
    return len(words) > 2 and sum(map(str.isupper, words)) > 0.7 * len(words)


def runs(parsed: Parse) -> Iterator[Run]:
    """Stretches of capitalised words, sentence by sentence."""
    for first, last in parsed.sentences:
        at = first
        while at < last:
            if not capital(parsed.words[at]):
                at += 1
                continue
            end = _run_end(parsed, at, last)
            yield Run(at, end)
            at = end


def _run_end(parsed: Parse, at: int, last: int) -> int:
    """One past the last capitalised word; up to three small words may stand between two."""
    end = at + 1
    look = end
    while look < last and look - end < 3:
        if capital(parsed.words[look]):
            end = look + 1
        elif parsed.lower[look] not in _LINKS:
            break
        look += 1
    return end


def capital(word: str) -> bool:
    """It starts with a capital letter."""
    return word[0].isupper() or (len(word) > 3 and word[:3].lower() == "al-" and word[3].isupper())


def names(parsed: Parse, found: list[Run]) -> list[list[Name]]:
    """For each run all gazetteer names in it, with one look-up for the whole post."""
    wanted: list[list[tuple[int, int, str]]] = [list(_pieces(parsed, run)) for run in found]
    entries = gazetteer().find(form for pieces in wanted for _, _, form in pieces)
    return [[Name(a, b, form, entries[form]) for a, b, form in pieces if form in entries] for pieces in wanted]


def _pieces(parsed: Parse, run: Run) -> Iterator[tuple[int, int, str]]:
    for first in range(run.first, run.last):
        if not capital(parsed.words[first]):
            continue
        for last in range(first + 1, min(first + LONGEST, run.last) + 1):
            if capital(parsed.words[last - 1]) and _whole(parsed, first, last):
                form = normal(parsed.between(first, last))
                if form:
                    yield first, last, form


def _whole(parsed: Parse, first: int, last: int) -> bool:
    """The piece doesn't cut a hyphenated word."""
    before, after = first - 1, last
    glued = after < len(parsed) and parsed.words[after] in "-–" and parsed.start[after] == parsed.end[last - 1]
    if glued and after + 1 < len(parsed) and parsed.start[after + 1] == parsed.end[after]:
        return not capital(parsed.words[after + 1])
    return not (
        before > 0
        and parsed.words[before] in "-–"
        and parsed.end[before] == parsed.start[first]
        and parsed.end[before - 1] == parsed.start[before]
        and capital(parsed.words[before - 1])
    )
