"""Words with tag and relation → part of speech and base form, each worked out once.

spaCy's attribute ruler and rule lemmatizer look at a word, its tag and its relation alone (a few rules at the word
before, too), and take a third of its time. Most of the ruler's rules name no word, and the others few: so it is asked
once for each kind of word, the lemmatizer once for each word, and the answers are kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

from spacy.matcher import Matcher
from spacy.tokens import Doc

RULER, LEMMATIZER = "attribute_ruler", "lemmatizer"
_KEPT = 60_000
"""Words kept in memory at most."""
_AT_ONCE = 500
_GAP = "|"
"""Stands between words that are asked for together, so that no rule sees two of them as neighbours, and for a word that
no rule names."""
_WORDLESS = frozenset({"TAG", "DEP", "IS_SPACE"})
"""What rules say of a word without naming it."""

Key = tuple[int, int, int]
"""The numbers of word, tag and relation in the vocabulary's string store."""
Form = tuple[str, str]
"""Base form and universal part of speech."""
Asked = tuple[str, str, str]
"""Word, tag and relation."""


class _Kind(NamedTuple):
    """What the ruler makes of a word, or of all words that no rule names, with a tag and a relation."""

    pos: str
    morph: str
    lemma: str
    """Empty where the lemmatizer is to find it."""
    opens: bool
    """A rule for two words may begin here."""


class Forms:
    """What a pipeline's ruler and lemmatizer make of words."""

    def __init__(self, nlp: Any) -> None:
        self._vocab = nlp.vocab
        self._ruler = nlp.get_pipe(RULER)
        self._lemmatizer = nlp.get_pipe(LEMMATIZER)
        index = self._lemmatizer.lookups.get_table("lemma_index")
        for part, words in index.items():
            index[part] = frozenset(words)  # as it comes, it is searched from one end to the other for every word
        self._known: dict[Key, Form] = {}
        self._kinds: dict[Asked, _Kind] = {}
        self._lemmas: dict[tuple[str, str, str], str] = {}
        self._pairs: dict[tuple[Key, Key], tuple[Form, Form]] = {}
        self._opening: set[Key] = set()
        """Words with which a rule for two words may begin."""
        rules = [pattern for rule in self._ruler.patterns for pattern in rule["patterns"]]
        self._named = _Named(token for pattern in rules for token in pattern)
        self._opens = Matcher(nlp.vocab)
        self._opens.add("first", [[pattern[0]] for pattern in rules if len(pattern) > 1])

    def meet(self, keys: Iterable[Key]) -> None:
        """Learn the words that are new."""
        if len(self._known) > _KEPT:
            self._forget()
        new = iter(dict.fromkeys(key for key in keys if key not in self._known))
        while part := list(islice(new, _AT_ONCE)):
            self._learn(part)

    def find(self, keys: Sequence[Key]) -> list[Form]:
        """The forms of a text's words, in order; all were met."""
        out = [self._known[key] for key in keys]
        for at in [i for i, key in enumerate(keys[:-1]) if key in self._opening]:
            out[at], out[at + 1] = self._pair(keys[at], keys[at + 1])
        return out

    def _forget(self) -> None:
        for kept in (self._known, self._kinds, self._lemmas, self._pairs, self._opening, self._lemmatizer.cache):
            kept.clear()

    def _learn(self, keys: Sequence[Key]) -> None:
        asked = [self._asked(key) for key in keys]
        kinds = self._kinds_of([(word if word in self._named else _GAP, tag, dep) for word, tag, dep in asked])
        self._opening.update(key for key, kind in zip(keys, kinds, strict=True) if kind.opens)
        words = [(word, kind.pos, kind.morph) for (word, _, _), kind in zip(asked, kinds, strict=True)]
        self._lemmatize(word for word, kind in zip(words, kinds, strict=True) if not kind.lemma)
        for key, word, kind in zip(keys, words, kinds, strict=True):
            self._known[key] = kind.lemma or self._lemmas[word], kind.pos

    def _asked(self, key: Key) -> Asked:
        strings = self._vocab.strings
        return strings[key[0]], strings[key[1]], strings[key[2]]

    def _kinds_of(self, asked: Sequence[Asked]) -> list[_Kind]:
        if new := list(dict.fromkeys(one for one in asked if one not in self._kinds)):
            doc = self._doc([part for one in new for part in (one, (_GAP, "", ""))])
            opening = {start for _, start, _ in self._opens(doc, allow_missing=True)}
            tokens = list(self._ruler(doc))[::2]
            for one, token in zip(new, tokens, strict=True):
                self._kinds[one] = _Kind(token.pos_, str(token.morph), token.lemma_, token.i in opening)
        return [self._kinds[one] for one in asked]

    def _lemmatize(self, words: Iterable[tuple[str, str, str]]) -> None:
        if new := list(dict.fromkeys(word for word in words if word not in self._lemmas)):
            texts, parts, morphs = ([word[i] for word in new] for i in range(3))
            doc = Doc(self._vocab, words=texts, pos=parts, morphs=morphs)
            self._lemmas.update((word, self._lemma(token)) for word, token in zip(new, doc, strict=True))

    def _lemma(self, token: Any) -> str:
        return str(self._lemmatizer.lemmatize(token)[0])

    def _pair(self, left: Key, right: Key) -> tuple[Form, Form]:
        found = self._pairs.get((left, right))
        if found is None:
            first, second = self._whole(self._doc([self._asked(left), self._asked(right)]))
            found = self._pairs[left, right] = (first, second)
        return found

    def _doc(self, rows: Sequence[Asked]) -> Doc:
        words, tags, deps = ([row[i] for row in rows] for i in range(3))
        return Doc(self._vocab, words=words, tags=tags, deps=deps, heads=list(range(len(rows))))

    def _whole(self, doc: Doc) -> Iterator[Form]:
        for token in self._ruler(doc):
            yield token.lemma_ or self._lemma(token), token.pos_


class _Named:
    """The words that rules name; all words, where a rule tells them apart by anything else."""

    def __init__(self, tokens: Iterable[dict[str, Any]]) -> None:
        self._words: set[str] = set()
        self._forms: list[re.Pattern[str]] = []
        self._all = False
        for token in tokens:
            for name, wanted in token.items():
                if name not in _WORDLESS:
                    self._add(name, wanted)

    def _add(self, name: str, wanted: Any) -> None:
        if name == "LOWER" and isinstance(wanted, str):
            self._words.add(wanted)
        elif name == "LOWER" and wanted.keys() <= {"IN", "NOT_IN"}:
            self._words.update(word for words in wanted.values() for word in words)
        elif name == "LOWER" and wanted.keys() == {"REGEX"}:
            self._forms.append(re.compile(wanted["REGEX"]))
        else:
            self._all = True

    def __contains__(self, word: str) -> bool:
        lower = word.lower()
        return self._all or lower in self._words or any(form.search(lower) for form in self._forms)
