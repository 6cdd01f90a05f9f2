"""Parsed words' looks → their vectors in context, as spaCy's tok2vec gives them.

Its first half looks at a word by itself, takes a third of the time and gives the same numbers for the same word each
time. So they are worked out once for each word, and kept. Its second half looks at a word's neighbours, in layers. It
is computed here as it is there, to the last bit, without the copies that only training needs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from spacy.tokens import Doc

TOK2VEC = "tok2vec"
_KEPT = 32_768
"""Words whose numbers are kept at most."""
_AT_ONCE = 1_000
"""Words that are read at once: so many fit in a processor's cache with all that is worked out on the way."""
_BLANK = 0
"""The row that stands for no word, before, between and behind texts."""
_NEAR_NOTHING = 1e-8
"""What spaCy adds to a variance."""

Floats = Any
"""A table of numbers, a row a word."""


class Vectors:
    """What a pipeline's tok2vec makes of words."""

    def __init__(self, nlp: Any) -> None:
        alone, in_context = nlp.get_pipe(TOK2VEC).model.layers
        looks, _, *self._alone, _ = alone.layers
        self._columns = looks.attrs["columns"]
        self._known: dict[bytes, int] = {}
        """A word's looks → its row."""
        self._rows = np.zeros((_KEPT, alone.get_dim("nO")), dtype=np.float32)
        self._blanks = [_BLANK] * in_context.attrs["pad"]
        self._layers = [_Layer(layer) for layer in in_context.layers[0].layers]

    def set(self, docs: Sequence[Doc]) -> None:
        """Give the texts the vectors that tagger and parser go by."""
        for part in _runs(docs):
            rows = self._find(np.concatenate([doc.to_array(self._columns) for doc in part]))
            spread, starts, at = list(self._blanks), [], 0
            for doc in part:
                starts.append(len(spread))
                spread += rows[at : at + len(doc)] + self._blanks
                at += len(doc)
            vectors = self._rows[spread]
            for layer in self._layers:
                vectors = layer.of(vectors)
            for doc, start in zip(part, starts, strict=True):
                doc.tensor = vectors[start : start + len(doc)]

    def _find(self, looks: Any) -> list[int]:
        """The rows of words, those that are new worked out."""
        raw, step = looks.tobytes(), looks.itemsize * len(self._columns)
        keys = [raw[at : at + step] for at in range(0, len(raw), step)]
        new = list(dict.fromkeys(key for key in keys if key not in self._known))
        if len(self._known) + len(new) >= _KEPT:
            self._known.clear()
            new = list(dict.fromkeys(keys))
        if new:
            self._learn(new)
        return [self._known[key] for key in keys]

    def _learn(self, new: Sequence[bytes]) -> None:
        found: Any = np.frombuffer(b"".join(new), dtype=np.uint64).reshape(len(new), -1)
        for layer in self._alone:
            found = layer.predict(found)
        first = _BLANK + 1 + len(self._known)
        self._rows[first : first + len(new)] = found
        self._known.update(zip(new, range(first, first + len(new)), strict=True))


class _Layer:
    """One layer of neighbours: window, maxout, layer norm, and what came in added to what goes out."""

    def __init__(self, layer: Any) -> None:
        _, rest = layer.layers[0].layers
        maxout, norm = rest.layers[0].layers
        self._multiply = layer.ops.gemm
        weights, bias = maxout.get_param("W"), maxout.get_param("b")
        self._width, self._pieces, _ = weights.shape
        # piece by piece, not word by word as there: then the greatest is found in whole stretches of memory
        self._weights = np.ascontiguousarray(weights.swapaxes(0, 1)).reshape(-1, weights.shape[2])
        self._bias = np.ascontiguousarray(bias.T).reshape(-1)
        self._scale, self._shift = norm.get_param("G"), norm.get_param("b")

    def of(self, vectors: Floats) -> Floats:
        """The words' vectors after this layer."""
        out = self._greatest(self._multiply(_window(vectors), self._weights, trans2=True))
        out -= out.mean(axis=1, keepdims=True)
        spread = np.square(out).sum(axis=1, keepdims=True) / self._width + _NEAR_NOTHING
        out *= spread ** (-1.0 / 2.0)
        out *= self._scale
        out += self._shift
        out += vectors
        return out

    def _greatest(self, many: Floats) -> Floats:
        many += self._bias
        pieces = [many[:, at : at + self._width] for at in range(0, self._pieces * self._width, self._width)]
        out = np.maximum(pieces[0], pieces[1])
        for piece in pieces[2:]:
            np.maximum(out, piece, out=out)
        return out


def _window(vectors: Floats) -> Floats:
    """Each word's vector between its neighbours'."""
    width = vectors.shape[1]
    out = np.empty((len(vectors), 3 * width), dtype=vectors.dtype)
    out[0, :width] = out[-1, 2 * width :] = 0
    out[1:, :width] = vectors[:-1]
    out[:, width : 2 * width] = vectors
    out[:-1, 2 * width :] = vectors[1:]
    return out


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
