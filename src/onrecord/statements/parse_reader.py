"""Pieces of text → their words with grammar, through the spaCy pipeline."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from threading import Lock
from typing import Any

import numpy as np
from spacy.attrs import DEP, HEAD, IDX, IS_SPACE, LENGTH, ORTH, SENT_START, TAG
from spacy.tokens import Doc

from onrecord.statements.parse_case import Case
from onrecord.statements.parse_forms import LEMMATIZER, RULER, Form, Forms

_KEPT = 60_000
"""Words that the vocabulary keeps, with how they are cut, at most."""

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
    """The pipeline without its two slowest parts, which `Forms` stands in for."""

    def __init__(self, nlp: Any) -> None:
        self._nlp = nlp
        self._forms = Forms(nlp)
        self._case = Case(nlp)
        self._names = _Names(nlp.vocab.strings)
        self._lock = Lock()

    def read(self, batch: Sequence[Marked]) -> list[Rows]:
        """The pieces' words. Once the vocabulary is full, what they add to it is given up again: memory stays flat."""
        with self._lock, self._nlp.memory_zone() if len(self._nlp.vocab) > _KEPT else nullcontext():
            docs = (self._made(*piece) for piece in batch)
            parsed = self._nlp.pipe(docs, batch_size=len(batch), disable=[RULER, LEMMATIZER])
            return [self._rows(doc, text) for doc, (text, _) in zip(parsed, batch, strict=True)]

    def _made(self, text: str, starts: Sequence[int]) -> Doc:
        doc: Doc = self._nlp.make_doc(self._case.seen(text))
        if len(doc):
            places = doc.to_array([IDX])
            for at in np.flatnonzero(np.isin(places, starts)).tolist():
                doc[at].is_sent_start = True
        return doc

    def _rows(self, doc: Doc, text: str) -> Rows:
        table = doc.to_array([ORTH, TAG, DEP, IDX, LENGTH, HEAD, SENT_START, IS_SPACE]).astype(np.int64)
        real = table[:, 7] == 0
        number = np.cumsum(real) - real  # token → word
        heads = np.minimum(number[np.arange(len(table)) + table[:, 5]], max(0, int(real.sum()) - 1))
        table, heads = table[real], heads[real]
        orth, tag, dep = (table[:, i].astype(np.uint64).tolist() for i in range(3))
        start, end = table[:, 3].tolist(), (table[:, 3] + table[:, 4]).tolist()
        return Rows(
            words=[text[a:b] for a, b in zip(start, end, strict=True)],
            start=start,
            end=end,
            forms=self._forms.find(list(zip(orth, tag, dep, strict=True))),
            tag=[self._names[t] for t in tag],
            dep=[self._names[d] for d in dep],
            head=heads.tolist(),
            firsts=[i for i in np.flatnonzero(table[:, 6] == 1).tolist() if i],
        )


class _Names(dict[int, str]):
    """Numbers of tags and relations in spaCy's string store → strings, looked up once each."""

    def __init__(self, strings: Any) -> None:
        super().__init__()
        self._strings = strings

    def __missing__(self, number: int) -> str:
        text = self[number] = str(self._strings[number])
        return text
