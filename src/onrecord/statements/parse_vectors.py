"""Parsed words' looks → their vectors in context, as spaCy's tok2vec gives them.

Its first half looks at a word by itself, takes a third of the time and gives the same numbers for the same word each
time. So they are worked out once for each word, and kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from spacy.tokens import Doc

TOK2VEC = "tok2vec"
_KEPT = 32_768
"""Words whose numbers are kept at most."""
_AT_ONCE = 2_000
"""Words that are read at once: so many fit in a processor's cache with all that is worked out on the way."""


class Vectors:
    """What a pipeline's tok2vec makes of words."""

    def __init__(self, nlp: Any) -> None:
        alone, self._in_context = nlp.get_pipe(TOK2VEC).model.layers
        looks, _, *self._alone, _ = alone.layers
        self._columns = looks.attrs["columns"]
        self._known: dict[bytes, int] = {}
        """A word's looks → its row."""
        self._rows = np.empty((_KEPT, alone.get_dim("nO")), dtype=np.float32)

    def set(self, docs: Sequence[Doc]) -> None:
        """Give the texts the vectors that tagger and parser go by."""
        for part in _runs(docs):
            alone = self._find(np.concatenate([doc.to_array(self._columns) for doc in part]))
            ends = np.cumsum([len(doc) for doc in part])[:-1]
            for doc, vectors in zip(part, self._in_context.predict(np.split(alone, ends)), strict=True):
                doc.tensor = vectors

    def _find(self, looks: Any) -> Any:
        raw, step = looks.tobytes(), looks.itemsize * len(self._columns)
        keys = [raw[at : at + step] for at in range(0, len(raw), step)]
        new = list(dict.fromkeys(key for key in keys if key not in self._known))
        if len(self._known) + len(new) > _KEPT:
            self._known.clear()
            new = list(dict.fromkeys(keys))
        if new:
            self._learn(new)
        return self._rows[[self._known[key] for key in keys]]

    def _learn(self, new: Sequence[bytes]) -> None:
        found: Any = np.frombuffer(b"".join(new), dtype=np.uint64).reshape(len(new), -1)
        for layer in self._alone:
            found = layer.predict(found)
        first = len(self._known)
        self._rows[first : first + len(new)] = found
        self._known.update(zip(new, range(first, first + len(new)), strict=True))


def _runs(docs: Sequence[Doc]) -> Iterator[list[Doc]]:
    run: list[Doc] = []
    words = 0
    for doc in docs:
        if run and words + len(doc) > _AT_ONCE:
            yield run
            run, words = [], 0
        if len(doc):
            run.append(doc)
            words += len(doc)
    if run:
        yield run
