"""Words with tag and relation → part of speech and base form, each worked out once.

spaCy's attribute ruler and rule lemmatizer look at a word, its tag and its relation alone (a few rules at the word
before, too), and take a third of its time. So they are asked once for each such word, and the answer is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from spacy.matcher import Matcher
from spacy.tokens import Doc

RULER, LEMMATIZER = "attribute_ruler", "lemmatizer"
_KEPT = 60_000
"""Words kept in memory at most."""
_AT_ONCE = 500
_GAP = "|"
"""Stands between words that are asked for together, so that no rule sees two of them as neighbours."""

Key = tuple[int, int, int]
"""The numbers of word, tag and relation in the vocabulary's string store."""
Form = tuple[str, str]
"""Base form and universal part of speech."""


class Forms:
    """What a pipeline's ruler and lemmatizer make of words."""

    def __init__(self, nlp: Any) -> None:
        self._vocab = nlp.vocab
        self._ruler = nlp.get_pipe(RULER)
        self._lemmatizer = nlp.get_pipe(LEMMATIZER)
        self._known: dict[Key, Form] = {}
        self._pairs: dict[tuple[Key, Key], tuple[Form, Form]] = {}
        self._opening: set[Key] = set()
        """Words with which a rule for two words may begin."""
        self._opens = Matcher(nlp.vocab)
        rules = (pattern for rule in self._ruler.patterns for pattern in rule["patterns"])
        self._opens.add("first", [[pattern[0]] for pattern in rules if len(pattern) > 1])

    def find(self, keys: Sequence[Key]) -> list[Form]:
        """The forms of a text's words, in order."""
        if len(self._known) > _KEPT:
            self._forget()
        new = iter(dict.fromkeys(key for key in keys if key not in self._known))
        while part := list(islice(new, _AT_ONCE)):
            self._learn(part)
        out = [self._known[key] for key in keys]
        for at in [i for i, key in enumerate(keys[:-1]) if key in self._opening]:
            out[at], out[at + 1] = self._pair(keys[at], keys[at + 1])
        return out

    def _forget(self) -> None:
        self._known.clear()
        self._pairs.clear()
        self._opening.clear()
        self._lemmatizer.cache.clear()

    def _learn(self, keys: Sequence[Key]) -> None:
        doc = self._doc([part for key in keys for part in (key, None)])
        self._opening.update(keys[start // 2] for _, start, _ in self._opens(doc, allow_missing=True))
        self._known.update(zip(keys, self._forms(doc, 2), strict=True))

    def _pair(self, left: Key, right: Key) -> tuple[Form, Form]:
        found = self._pairs.get((left, right))
        if found is None:
            first, second = self._forms(self._doc([left, right]), 1)
            found = self._pairs[left, right] = (first, second)
        return found

    def _doc(self, keys: Sequence[Key | None]) -> Doc:
        strings = self._vocab.strings
        rows = [(strings[k[0]], strings[k[1]], strings[k[2]]) if k else (_GAP, "", "") for k in keys]
        words, tags, deps = ([row[i] for row in rows] for i in range(3))
        return Doc(self._vocab, words=words, tags=tags, deps=deps, heads=list(range(len(rows))))

    def _forms(self, doc: Doc, step: int) -> Iterator[Form]:
        for token in list(self._ruler(doc))[::step]:
            yield token.lemma_ or self._lemmatizer.lemmatize(token)[0], token.pos_
