"""Posts and statements → cards for templates: words marked, and no more of them than the source's rights allow."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from markupsafe import Markup, escape

from onrecord.model import Post, RevisionView, Rights, Statement
from onrecord.pages import marks
from onrecord.pages.rights import Allowed, window
from onrecord.pages.words import statement_words

_HIDDEN = frozenset({"title", "furniture", "byline", "credit", "label", "related"})
LINKED = 6
"""Pictures and embeds of a post that are linked."""
_TITLE = 12
"""Words of an untitled post that stand as its title."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A statement as a card shows it."""

    statement: str
    who: str
    words: str
    how: str
    """How sure, in words."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or a picture of a post."""

    kind: str
    html: Markup
    url: str = ""


@dataclass(frozen=True, slots=True)
class Linked:
    """A picture or an embed of a post: linked, never copied."""

    what: str
    url: str


@dataclass(frozen=True, slots=True)
class Card:
    """A post of the stream."""

    anchor: str
    outlet: str
    title: str
    time: datetime | None
    updated: datetime | None
    author: str
    kind: str
    key: bool
    pinned: bool
    removed: bool
    edits: int
    url: str
    blocks: Sequence[Block]
    cut: bool
    """True when the outlet's rights keep us from showing the rest."""
    quotes: Sequence[Quote]
    linked: Sequence[Linked] = ()


def card(view: RevisionView, allowed: Allowed, *, pinned: bool = False, find: Sequence[str] = ()) -> Card:
    """The post as readers see it; `find` are words to mark beside the quotes."""
    post, said = view.post, [s for s in view.reading.statements if s.voice != "own"]
    rights = allowed.rights(view.outlet, view.where)
    blocks, cut = _blocks(view, rights, said, find)
    return Card(
        view.anchor, view.outlet, _title(post, rights), post.time or view.first_seen, post.updated,
        post.author or "", post.kind if post.kind != "post" else "", post.key, pinned, view.removed, view.number - 1,
        link(view), blocks, cut, [quote(s, rights) for s in said] if not view.removed else (),
        _linked(post) if not view.removed else (),
    )  # fmt: skip


def _linked(post: Post) -> list[Linked]:
    """The post's pictures and embeds, each address once."""
    shown = (i for i in post.insets if i.kind in ("picture", "embed") and i.url)
    return list({i.url: Linked(i.of or i.kind, i.url or "") for i in shown}.values())[:LINKED]


def link(view: RevisionView) -> str:
    """Where the post stands at its outlet; empty where it came from a file."""
    for address in (view.post.url, view.where):
        if address and address.startswith(("http://", "https://")):
            return address
    return ""


def quote(said: Statement, rights: Rights) -> Quote:
    """The statement's own words, and who says them how surely."""
    return Quote(said.id, who(said), "" if rights == "link" else said.text, statement_words(said))


def who(said: Statement) -> str:
    """Who says it, in words; empty for the outlet's own voice."""
    if said.voice == "own":
        return ""
    if said.voice == "hedged":
        return f"no source given ({said.cue.text})" if said.cue else "no source given"
    return said.speaker.name.removeprefix("unnamed: ") if said.speaker else "source not named"


def excerpt(post: Post, said: Statement, rights: Rights) -> Markup:
    """The statement's words marked, with as many around them as the rights allow."""
    if rights == "link":
        return Markup("<em>Words not shown: the outlet allows a link only.</em>")
    start, end = min(s.start for s in said.content), max(s.end for s in said.content)
    first, last = window(post.text, start, end, "quote")
    spans = marks.joined(sorted((s.start, s.end) for s in said.content))
    for block in post.blocks:  # a headline and the text below it are no one sentence
        if block.kind == "title" and block.end <= start:
            first = max(first, block.end)
        elif block.kind == "title" and block.start <= start < block.end:
            last = max(end, min(last, block.end))
    return _cut(post.text, first, last, spans)


def _blocks(
    view: RevisionView, rights: Rights, said: Sequence[Statement], find: Sequence[str]
) -> tuple[list[Block], bool]:
    post = view.post
    if rights == "link" or view.removed:
        return [], True
    hits = found(post.text, find)
    if rights == "full":
        kept = [b for b in post.blocks if b.kind not in _HIDDEN]
        spans = marks.joined(sorted((s.start, s.end) for one in said for s in one.content))
        whole = [_piece(post.text, b.start, b.end, b.start, b.end, spans, hits) for b in kept]
        return [Block("caption" if b.kind == "caption" else "text", w) for b, w in zip(kept, whole, strict=True)], False
    start, end = _chief(post, said, find)
    first, last = window(post.text, start, end, "quote")
    spans = marks.joined(sorted((s.start, s.end) for one in said for s in one.content))
    kept = [b for b in post.blocks if b.kind not in _HIDDEN and b.start < last and b.end > first]
    pieces = [_piece(post.text, b.start, b.end, first, last, spans, hits) for b in kept]
    out = [Block("caption" if b.kind == "caption" else "text", p) for b, p in zip(kept, pieces, strict=True)]
    shown = [b for b in post.blocks if b.kind not in _HIDDEN]
    return out, bool(shown) and (shown[0].start < first or shown[-1].end > last)


def _chief(post: Post, said: Sequence[Statement], find: Sequence[str]) -> tuple[int, int]:
    """The words that an excerpt is built around: what was looked for, else what somebody says, else the first."""
    low = post.text.casefold()
    at = min((n for n in (low.find(word.casefold()) for word in find) if n >= 0), default=-1)
    if at >= 0 and len(low) == len(post.text):
        return at, at
    body = next((b.start for b in post.blocks if b.kind not in _HIDDEN), 0)
    spans = sorted((s.start, s.end) for one in said for s in one.content if s.start >= body)
    return spans[0] if spans else (body, body)


def found(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where the words that are looked for begin a word of the text, as far as its end."""
    wanted = [re.escape(word) for word in words if word]
    if not wanted:
        return []
    return [m.span() for m in re.finditer(rf"(?<!\w)(?:{'|'.join(wanted)})\w*", text, re.IGNORECASE)]


_Spans = Sequence[tuple[int, int]]


def _piece(text: str, start: int, end: int, first: int, last: int, spans: _Spans, hits: _Spans = ()) -> Markup:
    """A block's words between first and last, with what is said and found marked, and dots where it goes on."""
    a, b = max(start, first), min(end, last)
    before = escape("… " if a > start else "")
    return before + _marked(text, a, b, spans, hits) + (" …" if b < end else "")


def _cut(text: str, first: int, last: int, spans: _Spans) -> Markup:
    before = escape("… " if text[:first].strip() else "")
    return before + _marked(text, first, last, spans) + (" …" if text[last:].strip() else "")


def _marked(text: str, first: int, last: int, spans: _Spans, hits: _Spans = ()) -> Markup:
    """The words from first to last; what somebody says in `mark`, what was looked for in `mark.hit`."""
    edges = {first, last, *(e for span in (*spans, *hits) for e in span if first < e < last)}
    out = Markup()
    for a, b in pairwise(sorted(edges)):
        words = escape(text[a:b])
        if any(x <= a and b <= y for x, y in hits):
            words = Markup('<mark class="hit">%s</mark>') % words
        elif any(x <= a and b <= y for x, y in spans):
            words = Markup("<mark>%s</mark>") % words
        out += words
    return out


def _title(post: Post, rights: Rights) -> str:
    if post.title:
        return post.title
    words = post.text.split(None, _TITLE)
    if not words or rights == "link":
        return "Post without a title"
    return " ".join(words[:_TITLE]) + ("…" if len(words) > _TITLE else "")
