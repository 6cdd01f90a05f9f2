"""A range of a page's elements → the blocks of text in it."""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.model import BlockKind
from onrecord.posts.dom import Dom
from onrecord.posts.marks import Mark

Piece = tuple[BlockKind, str]

_UNSEEN = Mark.SKIPPED | Mark.HIDDEN | Mark.FURNITURE
_INNER = Mark.HEADING | Mark.QUOTE | Mark.CAPTION | Mark.CREDIT | Mark.RELATED
_SHAPED = _INNER | Mark.BLOCK | Mark.BREAK
_KINDS = Mark.BLOCK | Mark.QUOTE | Mark.CAPTION | Mark.CREDIT | Mark.RELATED


def pieces(page: Dom, start: int, end: int, skip: Iterable[int] = ()) -> list[Piece]:
    """The text of a range as blocks in reading order, without what is hidden, furniture, or in `skip`."""
    out: list[Piece] = []
    now: list[str] = []
    kind: BlockKind = "paragraph"
    skipped = frozenset(skip)
    open_: list[BlockKind] = []
    stops: list[int] = []
    stop = end
    marks, texts, ends = page.marks, page.texts, page.ends
    i = start
    while i < end:
        while i >= stop:
            _flush(out, now, kind)
            kind = open_.pop()
            stop = stops.pop()
        if text := texts[i]:
            now.append(text)
            i += 1
            continue
        mark = marks[i]
        if mark & _UNSEEN and i != start:
            i = ends[i]
            continue
        if i in skipped:
            if mark & Mark.BLOCK:
                _flush(out, now, kind)
            i = ends[i]
            continue
        if mark & _SHAPED == Mark.BLOCK and ends[i] == i + 2 and texts[i + 1]:  # a paragraph of one text
            if now:
                _flush(out, now, kind)
            if text := " ".join(texts[i + 1].split()):
                out.append((kind, text))
            i += 2
            continue
        if mark & Mark.BREAK:
            _flush(out, now, kind)
        elif mark & _KINDS:
            inner = _kind(mark, kind) if mark & _INNER else kind
            if mark & Mark.BLOCK or inner != kind:
                if now:
                    _flush(out, now, kind)
                if ends[i] < stop or inner != kind:
                    open_.append(kind)
                    stops.append(stop)
                    stop = min(stop, ends[i])
                    kind = inner
        i += 1
    _flush(out, now, kind)
    return out


def _flush(out: list[Piece], now: list[str], kind: BlockKind) -> None:
    if now:
        text = " ".join("".join(now).split())
        now.clear()
        if text:
            out.append((kind, text))


def _kind(mark: int, around: BlockKind) -> BlockKind:
    if mark & Mark.HEADING:
        return "title" if around == "paragraph" else around
    if mark & Mark.CREDIT:
        return "credit"
    if mark & Mark.CAPTION:
        return "caption"
    if mark & Mark.QUOTE:
        return "quote"
    return "related" if mark & Mark.RELATED else around
