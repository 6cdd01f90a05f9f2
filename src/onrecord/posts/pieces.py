"""A range of a page's elements → the blocks of text in it."""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.model import BlockKind
from onrecord.posts.dom import Dom, Layout
from onrecord.posts.marks import Mark
from onrecord.posts.words import one_line

Piece = tuple[BlockKind, str]

_UNSEEN = Mark.SKIPPED | Mark.HIDDEN | Mark.FURNITURE
_INNER = Mark.HEADING | Mark.QUOTE | Mark.CAPTION | Mark.CREDIT | Mark.RELATED
_KINDS = Mark.BLOCK | Mark.QUOTE | Mark.CAPTION | Mark.CREDIT | Mark.RELATED


def pieces(page: Dom, start: int, end: int, skip: Iterable[int] = ()) -> list[Piece]:
    """The text of a range as blocks in reading order, without what is hidden, furniture, or in `skip`."""
    texts = page.texts
    found = [
        (kind, one_line(texts[places[0]] if len(places) == 1 else "".join([texts[i] for i in places])))
        for kind, places in layout(page, start, end, frozenset(skip))
    ]
    return [piece for piece in found if piece[1]]


def layout(page: Dom, start: int, end: int, skip: frozenset[int]) -> Layout:
    """The blocks of a range, each as the places of its texts."""
    key = start, end, skip
    found = page.layouts.get(key)
    if found is None:
        found = page.layouts[key] = _layout(page, *key)
    return found


def _layout(page: Dom, start: int, end: int, skip: frozenset[int]) -> Layout:
    out: list[tuple[BlockKind, list[int]]] = []
    now: list[int] = []
    kind: BlockKind = "paragraph"
    open_: list[BlockKind] = []
    stops: list[int] = []
    stop = end
    marks, tags, ends = page.marks, page.tags, page.ends
    i = start
    while i < end:
        while i >= stop:
            now = _ended(out, now, kind)
            kind = open_.pop()
            stop = stops.pop()
        if not tags[i]:
            now.append(i)
            i += 1
            continue
        mark = marks[i]
        if mark & _UNSEEN and i != start:
            i = ends[i]
            continue
        if i in skip:
            if mark & Mark.BLOCK:
                now = _ended(out, now, kind)
            i = ends[i]
            continue
        if mark & Mark.BREAK:
            now = _ended(out, now, kind)
        elif mark & _KINDS:
            inner = _kind(mark, kind) if mark & _INNER else kind
            if mark & Mark.BLOCK or inner != kind:
                now = _ended(out, now, kind)
                if ends[i] < stop or inner != kind:
                    open_.append(kind)
                    stops.append(stop)
                    stop = min(stop, ends[i])
                    kind = inner
        i += 1
    _ended(out, now, kind)
    return out


def _ended(out: Layout, now: list[int], kind: BlockKind) -> list[int]:
    """Keep a block that is complete; the places of the next one."""
    if not now:
        return now
    out.append((kind, now))
    return []


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
