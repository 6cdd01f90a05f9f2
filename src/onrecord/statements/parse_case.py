"""Text in capitals → the same length in lower case with names capitalised, as the parser knows words from the news.

A parser trained on mixed case takes most words in capitals for names. What it is given only serves the grammar: words
and offsets stay those of the text. Truecasing follows Lita et al. (tRuEcasIng, ACL 2003) in spirit, by word lists.
"""

from __future__ import annotations

import re
from calendar import day_name, month_abbr, month_name
from functools import lru_cache
from typing import Any

from onrecord.statements.gazetteer import gazetteer, normal
from onrecord.statements.places_words import words

_SYMBOLS = re.compile(r"[^\w\s]{13,}")
_CURLED = re.compile(r"(?<=[^\W\d_])’(?=[^\W\d_])")
_LINE = re.compile(r"[^\n]+")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_CAPITALS = 0.8
_LEAST = 12
"""Letters in a line from which its capitals count: NATO alone is a name."""
_LARGE = 100_000
"""People from which a town's name is capitalised."""
_SHORT = 4
"""Unknown words of so many letters are taken for abbreviations."""
_DATES = frozenset(map(str.lower, (*day_name, *month_name, *month_abbr))) - {"", "march", "mar", "may"}


class Case:
    """What the parser is given in the place of a text."""

    def __init__(self, nlp: Any) -> None:
        lookups = nlp.get_pipe("lemmatizer").lookups
        self._known = set(nlp.Defaults.stop_words)
        for name in ("lemma_index", "lemma_exc"):
            for part in lookups.get_table(name).values():
                self._known.update(part)
        rules = (rule for part in lookups.get_table("lemma_rules").values() for rule in part)
        self._endings = tuple({(old, new) for old, new in rules if old.isalpha()})
        self._cased = lru_cache(maxsize=32_768)(self._case)

    def seen(self, text: str) -> str:
        """The text with capitals in lower case, curled apostrophes straight, and long runs of signs left blank."""
        text = _SYMBOLS.sub(lambda found: " " * len(found.group()), text)
        if "’" in text:
            text = _CURLED.sub("'", text)
        return _LINE.sub(self._line, text)

    def _line(self, found: re.Match[str]) -> str:
        line = found.group()
        lower = line.lower()
        if line == lower or not _shouted(line) or len(lower) != len(line):
            return line
        return _WORD.sub(lambda word: self._cased(word.group()), line)

    def _case(self, word: str) -> str:
        lower = word.lower()
        if len(lower) != len(word):
            return word
        if self._is_name(lower):
            return word[0] + lower[1:]
        if self._is_word(lower):
            return lower
        return word if len(word) <= _SHORT else word[0] + lower[1:]

    def _is_name(self, lower: str) -> bool:
        lists = words()
        if lower in _DATES or lower in lists.demonyms or lower in lists.peoples:
            return True
        if lower in lists.common or lower in lists.never or len(lower) < _SHORT:
            return False
        return lower in lists.first_names or _is_place(lower)

    def _is_word(self, lower: str) -> bool:
        bare = re.split("['’]", lower, maxsplit=1)[0]
        return bare in self._known or any(
            bare.endswith(old) and bare[: -len(old)] + new in self._known for old, new in self._endings
        )


def _shouted(line: str) -> bool:
    upper = sum(map(str.isupper, line))
    letters = sum(map(str.isalpha, line))
    return letters >= _LEAST and upper >= _CAPITALS * letters


def _is_place(lower: str) -> bool:
    form = normal(lower)
    found = gazetteer().find([form]).get(form, ())
    return any(e.main and (e.population >= _LARGE or e.capital or e.level in {"country", "feature"}) for e in found)
