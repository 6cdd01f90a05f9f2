"""Labelled pages → how well and how fast the product and its peers find quotations and dates on them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Any

from onrecord.model import Post
from onrecord.statements import attribution, dates
from onrecord.statements.parse import BATCH, Parse, parse
from onrecord.statements.resolve import anchor_of
from texts import Labelled

Span = tuple[int, int]
ALIKE = 0.5
"""Share of characters that two quotations must have in common, of those that either has."""

GOES = 5
"""Each finds so often; the first go loads what it needs and doesn't count."""


@dataclass(frozen=True)
class Duel:
    """One task on the same pages in the same run."""

    task: str
    peer: str
    ours: tuple[float, float]
    """Precision and recall; for dates precision counts a found date as right when its day is."""
    theirs: tuple[float, float]
    seconds: tuple[float, float]
    """Ours and theirs, parsing included where the finder needs it."""
    alone: float | None = None
    """Ours without parsing, where theirs does without: all of reading parses once."""


def quotations(pages: Sequence[Labelled], nlp: Any) -> Duel:
    """Direct quotations against textacy's finder, which is given a page's posts, parsed at once by the same model."""
    find = import_module("textacy.extract").direct_quotations

    def theirs(page: Labelled) -> list[Found]:
        posts = page.page.posts
        docs = nlp.pipe([post.text for post in posts], batch_size=BATCH)
        return [quoted(post, doc) for post, doc in zip(posts, docs, strict=True)]

    def quoted(post: Post, doc: Any) -> Found:
        try:
            return spans(doc, 0)
        except ValueError:  # it refuses texts whose quote marks do not pair: paragraph by paragraph, then
            return [span for block in post.blocks for span in part(post.text, block.start, block.end)]

    def part(text: str, start: int, end: int) -> Found:
        try:
            return spans(nlp(text[start:end]), start)
        except ValueError:
            return []

    def spans(doc: Any, at: int) -> Found:
        return [((at + q.content.start_char, at + q.content.end_char), "") for q in find(doc)]

    def ours(page: Labelled) -> list[Found]:
        found = [attribution.find(parsed) for parsed in parse(page.page.posts)]
        return [[(span, "") for s in told if s.mode != "indirect" for span in s.content] for told in found]

    gold = [list(_gold(page, "statements")) for page in pages]
    wanted = [[(span, "") for item, spans in rows if item["mode"] == "direct" for span in spans] for rows in gold]
    tolerated = [[(span, "") for _, spans in rows for span in spans] for rows in gold]
    left, own = _run(pages, ours)
    right, their = _run(pages, theirs)
    score = _score(left, wanted, tolerated), _score(right, wanted, tolerated)
    return Duel("direct quotations", "textacy", *score, (own, their))


def days(pages: Sequence[Labelled]) -> Duel:
    """Dates with their day against dateparser's search, which is told each post's own time."""
    search = import_module("dateparser.search").search_dates

    def base(page: Labelled, post: Post) -> datetime:
        anchor = anchor_of(post, page.setting)
        assert anchor
        return anchor

    def theirs(page: Labelled, post: Post) -> list[tuple[Span, str]]:
        settings = {"RELATIVE_BASE": base(page, post).replace(tzinfo=None)}
        out, at = [], 0
        for words, moment in search(post.text, languages=["en"], settings=settings) or ():
            at = max(at, post.text.find(words, at))
            out.append(((at, at + len(words)), moment.date().isoformat()))
            at += len(words)
        return out

    def found(page: Labelled, post: Post, parsed: Parse) -> Found:
        told = [dates.resolve(d, post, base(page, post)) for d in dates.find(parsed)]
        return [((d.span.start, d.span.end), d.value or "") for d in told]

    def ours(page: Labelled) -> list[Found]:
        return [found(page, post, parsed) for post, parsed in _parses(page)]

    rows = [[row for row in _gold(page, "dates") if row[0]["value"]] for page in pages]
    gold = [[(span, item["value"]) for item, spans in found for span in spans] for found in rows]
    parses = {id(page): [list(_parses(page)) for _ in range(GOES)] for page in pages}  # nothing left of an earlier go
    left, own = _run(pages, ours)
    _, alone = _run(pages, lambda page: [found(page, post, parsed) for post, parsed in parses[id(page)].pop()])
    right, their = _run(pages, lambda page: [theirs(page, post) for post in page.page.posts])
    score = _score(left, gold, gold), _score(right, gold, gold)
    return Duel("dates with their day", "dateparser", *score, (own, their), alone)


Found = list[tuple[Span, str]]


def _parses(page: Labelled) -> Iterable[tuple[Post, Parse]]:
    return zip(page.page.posts, parse(page.page.posts), strict=True)


def _run(pages: Sequence[Labelled], find: Callable[[Labelled], list[Found]]) -> tuple[list[Found], float]:
    """What it finds on each page, in the page's offsets, and the seconds of the best go, when all is loaded."""
    out: list[Found] = []
    spent = []
    for _ in range(GOES):
        began = time.process_time()
        out = []
        for page in pages:
            rows = [(post.start or 0, found) for post, found in zip(page.page.posts, find(page), strict=True)]
            out.append([((at + a, at + b), value) for at, found in rows for (a, b), value in found])
        spent.append(time.process_time() - began)
    return out, min(spent[1:])


def _gold(page: Labelled, kind: str) -> Iterable[tuple[dict[str, Any], list[Span]]]:
    """The labelled items inside posts, with their spans on the page."""
    starts, at = [], 0
    for line in (page.page.text or "").split("\n"):
        starts.append(at)
        at += len(line) + 1
    inside = [(post.start or 0, post.end or 0) for post in page.page.posts]
    for item in page.gold[kind]:
        parts = item.get("content", [item])
        spans = [(starts[p["line"] - 1] + p["start"], starts[p["line"] - 1] + p["end"]) for p in parts]
        if all(any(a <= span[0] < b for a, b in inside) for span in spans):
            yield item, spans


def _score(found: Sequence[Found], wanted: Sequence[Found], tolerated: Sequence[Found]) -> tuple[float, float]:
    """Precision against what may be found, recall of what should be."""
    hits = sum(any(_same(x, y) for y in may) for row, may in zip(found, tolerated, strict=True) for x in row)
    met = sum(any(_same(x, y) for x in row) for row, must in zip(found, wanted, strict=True) for y in must)
    return hits / max(1, sum(map(len, found))), met / max(1, sum(map(len, wanted)))


def _same(left: tuple[Span, str], right: tuple[Span, str]) -> bool:
    (a, b), (c, d) = left[0], right[0]
    shared = min(b, d) - max(a, c)
    if left[1] or right[1]:
        return shared > 0 and bool(right[1]) and left[1][:10].startswith(right[1][:10])
    return shared > 0 and shared / (max(b, d) - min(a, c)) >= ALIKE
