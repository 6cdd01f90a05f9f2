"""A post's reading → its tellings: each happening with the places, dates, figures and words that folding compares."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from onrecord.events.exact import ranks
from onrecord.events.lexicon import WORD, base, rarity
from onrecord.events.setting import files, only_beside
from onrecord.events.sums import added
from onrecord.model import (
    READ_BLOCKS,
    Figure,
    Happening,
    Place,
    PostReading,
    Span,
    Statement,
    Telling,
)

Range = tuple[int, int]
Word = tuple[int, int, str]

_END = re.compile(r"[.!?][\"'”’)\]]{0,3}\s+(?=[\"'“‘(\[]{0,3}[A-Z0-9])")
_ABBREVIATION = re.compile(
    r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Gen|Col|Lt|Maj|Sgt|Sen|Rep|Gov|St|No|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.\s+$"
)
_PART = re.compile(r"\s{1,3}of (?:the|them|those|these|his|her|their|its|our)\b")
"""After a count: it is part of a number, not a total ("one of the dead")."""
_LONG_AGO = re.compile(
    r"\b(?:anniversary of|(?:years?|decades?) (?:since|after|on from|on since)|commemorat\w{1,3}|in memory of)\b"
    r"[^.,;:]{0,60}$",
    re.IGNORECASE,
)
"""Before a happening that years have gone by since."""
_LONG = timedelta(days=300)
_NO_MOMENT = frozenset({"duration", "set", "vague"})
_ELSEWHERE = 4
"""So many places of the rest of the post are kept for a happening without its own."""
_UNDATED_REACH = timedelta(days=1)
"""A happening told without a date is taken to lie at most this long before its post."""


@dataclass(frozen=True, slots=True)
class _Context:
    """What all tellings of one post share."""

    reading: PostReading
    outlet: str
    page: str
    first_seen: datetime | None
    sentences: Sequence[Range]
    words: Sequence[Word]
    statements: dict[str, Statement]
    post_words: frozenset[str]
    innermost: dict[Range, str]
    cues: tuple[Range, ...]
    country: str | None
    """Where most of the post's places lie."""
    sites: tuple[Place, ...]
    """Places that something can be at."""
    told: tuple[Place, ...]
    """Of these, the ones in that country, without those of datelines."""


def tellings(
    reading: PostReading,
    *,
    outlet: str,
    page: str,
    first_seen: datetime | None = None,
    published: datetime | None = None,
    sentences: Sequence[Range] = (),
    words: Sequence[Word] = (),
) -> list[Telling]:
    """One telling for each happening of the post, in text order.

    `published` is the page's own time, for posts without one. `sentences` and `words` (start, end, base form) are those
    of the post's draft; without them sentences are split at full stops and words cut down by rule.
    """
    text = reading.post.text
    sentences = sentences or list(_sentences(reading))
    words = words or [(m.start(), m.end(), base(m.group())) for m in WORD.finditer(text)]
    kept = [w for w in words if rarity(w[2]) > 0]
    sites = tuple(p for p in reading.places if not p.metonym and not only_beside(text, p))
    country = _main_country(sites)
    home = [p for p in sites if country and p.country == country]
    context = _Context(
        reading, outlet, page, first_seen, sentences, kept,
        {s.id: s for s in reading.statements}, frozenset(w for _, _, w in kept), _innermost(reading),
        tuple((s.cue.start, s.cue.end) for s in reading.statements if s.cue),
        country,
        sites,
        tuple([p for p in home if not files(reading, p)] or home),
    )  # fmt: skip
    told = (_told(context, happening) for happening in reading.happenings)
    return [_telling(context, happening, published) for happening in told if happening]


def _told(context: _Context, happening: Happening) -> Happening | None:
    """The happening, but for words that only say that somebody spoke.

    Where what was said holds a figure and no happening, they stand for the statement ("said it was 82 per cent full");
    else they tell nothing: None.
    """
    if happening.kind != "other" or not _is_cue(context, happening.span):
        return happening
    said = next((s for s in context.reading.statements if s.cue and _meet(s.cue, happening.span)), None)
    if said is None or any(h.statement == said.id for h in context.reading.happenings):
        return None
    figures = [f for f in context.reading.figures if context.innermost.get((f.span.start, f.span.end)) == said.id]
    if not figures:
        return None
    return replace(happening, kind="statement", scope=said.content[0], statement=said.id, lemma=figures[0].what)


def _is_cue(context: _Context, span: Span) -> bool:
    return any(a < span.end and span.start < b for a, b in context.cues)


def _meet(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end


def _telling(context: _Context, happening: Happening, published: datetime | None) -> Telling:
    reading = context.reading
    post = reading.post
    anchor = post.updated or post.time or published
    scope = (happening.scope.start, happening.scope.end)
    sentence = _around(happening.span, context.sentences, scope)
    near = (scope, sentence)
    places, placed = _places(context, happening, near)
    earliest, latest, dated = _when(context, happening, near, anchor)
    times = [t for t in (post.updated or post.time, context.first_seen) if t]
    return Telling(
        happening=happening,
        statement=context.statements[happening.statement],
        outlet=context.outlet,
        page=context.page,
        post=post.id,
        time=min(times) if times else published,
        earliest=earliest,
        latest=latest,
        places=places,
        figures=_figures(context, happening, near),
        words=frozenset(w for a, b, w in context.words if scope[0] <= a and b <= scope[1]),
        post_words=context.post_words,
        key=post.key,
        dated=dated,
        sentence=post.text[slice(*sentence)],
        placed=placed,
        sentence_at=sentence[0],
        anchored=anchor is not None,
        reports=_is_cue(context, happening.span)
        and happening.scope.start <= happening.span.start < happening.scope.end,
    )


def _sentences(reading: PostReading) -> Iterable[Range]:
    text = reading.post.text
    for block in reading.post.blocks:
        if block.kind not in READ_BLOCKS:
            continue
        start = block.start
        for end in _END.finditer(text, block.start, block.end):
            if _ABBREVIATION.search(text, max(start, end.start() - 6), end.end()):
                continue
            yield start, end.end() - len(end.group()) + len(end.group().rstrip())
            start = end.end()
        if start < block.end:
            yield start, block.end


def _around(span: Span, sentences: Sequence[Range], scope: Range) -> Range:
    """The sentence that holds the trigger, else the scope."""
    at = bisect_right(sentences, (span.start, 1 << 60)) - 1
    if at >= 0 and sentences[at][0] <= span.start and span.end <= sentences[at][1]:
        return sentences[at]
    return scope


def _inside(span: Span, within: Range) -> bool:
    return within[0] <= span.start and span.end <= within[1]


def _own(context: _Context, happening: Happening, span: Span) -> bool:
    """The span belongs to the happening's statement, not to one inside it or around it."""
    return context.innermost.get((span.start, span.end), happening.statement) == happening.statement


def _innermost(reading: PostReading) -> dict[Range, str]:
    """Span of a place, date or figure → the statement with the shortest content that holds it."""
    contents = sorted((c.end - c.start, c.start, c.end, s.id) for s in reading.statements for c in s.content)
    items = [i.span for i in reading.places] + [i.span for i in reading.dates] + [i.span for i in reading.figures]
    out: dict[Range, str] = {}
    for span in items:
        home = next((name for _, a, b, name in contents if a <= span.start and span.end <= b), None)
        if home is not None:
            out[span.start, span.end] = home
    return out


def _places(context: _Context, happening: Happening, near: tuple[Range, Range]) -> tuple[tuple[Place, ...], bool]:
    """Places of the scope, else of its sentence, most exact first; else the post's, nearest first. True: its own."""
    for within in near:
        own = [p for p in context.sites if _inside(p.span, within) and _own(context, happening, p.span)]
        if own:
            found = ranks(own, context.reading.post.text)
            return tuple(sorted(own, key=lambda p: (found[p.span.start], _gap(p.span, happening.span)))), True
    start, end = near[1]
    beside = [p for p in context.sites if _inside(p.span, near[1])]
    before = [p for p in context.told if p.span.end <= start]
    after = [p for p in context.told if p.span.start >= end]
    return tuple([*beside, *reversed(before), *after][:_ELSEWHERE]), False


def _main_country(sites: Sequence[Place]) -> str | None:
    """The country in which at least half of the post's places lie; a town says more than a country's name."""
    seen: Counter[str | None] = Counter()
    for place in sites:
        seen[place.country] += 1 if place.kind == "country" else 2
    best = max(seen, key=lambda country: seen[country], default=None)
    return best if seen[best] * 2 >= sum(seen.values()) else None


def _gap(a: Span, b: Span) -> int:
    return max(a.start - b.end, b.start - a.end, 0)


def _when(
    context: _Context, happening: Happening, near: tuple[Range, Range], anchor: datetime | None
) -> tuple[datetime | None, datetime | None, bool]:
    """(earliest, latest, whether its own words say so)."""
    ranged = [d for d in context.reading.dates if d.earliest and d.latest and d.precision not in _NO_MOMENT]
    for within in near:
        own = [d for d in ranged if _inside(d.span, within) and _own(context, happening, d.span)]
        if own:
            best = min(own, key=lambda d: (_gap(d.span, happening.span), d.span.start))
            return best.earliest, best.latest, True
    if anchor is None:
        return None, None, False
    if _LONG_AGO.search(context.reading.post.text[max(near[1][0], happening.span.start - 120) : happening.span.start]):
        return None, anchor - _LONG, True
    if happening.reality in ("planned", "threatened", "possible"):
        return anchor, None, False
    return anchor - _UNDATED_REACH, anchor, False


def _figures(context: _Context, happening: Happening, near: tuple[Range, Range]) -> tuple[Figure, ...]:
    """Figures of the scope; else those of the sentence that lie in no other happening's scope."""
    reading, (scope, sentence) = context.reading, near
    mine = [f for f in reading.figures if _inside(f.span, sentence) and _own(context, happening, f.span)]
    mine = [f for f in mine if f.unit or not _PART.match(reading.post.text, f.span.end)]
    mine = added(reading.post.text, mine)
    own = tuple(f for f in mine if _inside(f.span, scope))
    if own or not mine:
        return own
    others: list[Span] = [h.scope for h in reading.happenings if h.id != happening.id and _inside(h.span, sentence)]
    return tuple(f for f in mine if not any(_inside(f.span, (o.start, o.end)) for o in others))
