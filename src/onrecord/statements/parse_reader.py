"""Pieces of text → their words with grammar, through the spaCy pipeline."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from threading import Lock
from typing import Any, NamedTuple

import numpy as np
from spacy.attrs import (
    DEP,
    HEAD,
    IDX,
    IS_SPACE,
    LANG,
    LENGTH,
    LOWER,
    NORM,
    ORTH,
    PREFIX,
    SENT_START,
    SHAPE,
    SUFFIX,
    TAG,
)
from spacy.tokens import Doc

from onrecord.statements.parse_case import Case
from onrecord.statements.parse_forms import Form, Forms, Key
from onrecord.statements.parse_vectors import Vectors

_KEPT = 60_000
"""Words that the vocabulary keeps, with how they are cut, at most."""
_ASKED = frozenset({LANG, LOWER, NORM, PREFIX, SUFFIX, SHAPE, IS_SPACE})
"""What the pipeline asks of a word's letters, of all that a vocabulary works out for each new one."""

Marked = tuple[str, Sequence[int]]
"""A text, and where sentences are known to start in it."""


@dataclass(frozen=True, slots=True)
class Rows:
    """A piece's words as parallel lists, counted from the piece's first word and character."""

    words: list[str]
    start: list[int]
    end: list[int]
    forms: list[Form]
    tag: list[str]
    dep: list[str]
    head: list[int]
    firsts: list[int]
    """First words of sentences after the first."""


class Reader:
    """The pipeline's parts that look at a text; `Vectors` and `Forms` stand in for those that look at single words."""

    def __init__(self, nlp: Any) -> None:
        self._nlp = nlp
        nlp.vocab.lex_attr_getters = {k: v for k, v in nlp.vocab.lex_attr_getters.items() if k in _ASKED}
        nlp.tokenizer.max_cache_size = _KEPT
        self._tagger, self._parser = nlp.get_pipe("tagger"), nlp.get_pipe("parser")
        self._vectors = Vectors(nlp)
        self._forms = Forms(nlp)
        self._case = Case(nlp)
        self._names = _Names(nlp.vocab.strings)
        self._lock = Lock()

    def read(self, batch: Sequence[Marked]) -> list[Rows]:
        """The pieces' words. Once the vocabulary is full, what they add to it is given up again: memory stays flat."""
        with self._lock, self._nlp.memory_zone() if len(self._nlp.vocab) > _KEPT else nullcontext():
            docs = [self._made(*piece) for piece in batch]
            self._vectors.set(docs)
            for part in (self._tagger, self._parser):
                part.set_annotations(docs, part.predict(docs))
            tables = [_table(doc) for doc in docs]
            self._forms.meet(key for table in tables for key in table.keys)
            return [self._rows(table, text) for table, (text, _) in zip(tables, batch, strict=True)]

    def _made(self, text: str, starts: Sequence[int]) -> Doc:
        doc: Doc = self._nlp.make_doc(self._case.seen(text))
        if len(doc):
            places = doc.to_array([IDX]).tolist()
            for at, start in zip(map(partial(bisect_left, places), starts), starts, strict=True):
                if at < len(places) and places[at] == start:
                    doc[at].is_sent_start = True
        return doc

    def _rows(self, table: _Table, text: str) -> Rows:
        start, end = table.start, table.end
        return Rows(
            words=[text[a:b] for a, b in zip(start, end, strict=True)],
            start=start,
            end=end,
            forms=self._forms.find(table.keys),
            tag=[self._names[tag] for _, tag, _ in table.keys],
            dep=[self._names[dep] for _, _, dep in table.keys],
            head=table.head,
            firsts=table.firsts,
        )


class _Table(NamedTuple):
    """A text's words in numbers, without its white space."""

    keys: list[Key]
    start: list[int]
    end: list[int]
    head: list[int]
    firsts: list[int]


def _table(doc: Doc) -> _Table:
    table = doc.to_array([ORTH, TAG, DEP, IDX, LENGTH, HEAD, SENT_START, IS_SPACE])
    real = table[:, 7] == 0
    number = np.cumsum(real) - real  # token → word
    heads = np.minimum(number[np.arange(len(table)) + table[:, 5].astype(np.int64)], max(0, int(real.sum()) - 1))
    orth, tag, dep, start, length, _, first, _ = table[real].T.tolist()
    return _Table(
        keys=list(zip(orth, tag, dep, strict=True)),
        start=start,
        end=[a + b for a, b in zip(start, length, strict=True)],
        head=heads[real].tolist(),
        firsts=[i for i, one in enumerate(first) if one == 1 and i],
    )


class _Names(dict[int, str]):
    """Numbers of tags and relations in spaCy's string store → strings, looked up once each."""

    def __init__(self, strings: Any) -> None:
        super().__init__()
        self._strings = strings

    def __missing__(self, number: int) -> str:
        text = self[number] = str(self._strings[number])
        return text
