"""The drafts of a page's posts → readings: who "he" is, which Pokrovsk, which Friday.

Cheap and without the parser; done again whenever the page changes. Every span is cut from the post's own text.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import MutableMapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from onrecord.model import Figure, Happening, Party, Place, Post, PostReading, Setting, Span, Speaker, Statement
from onrecord.statements import dates, happenings, places, speakers, standing_again, via_carry
from onrecord.statements.draft import Draft, GivenDraft, HappeningDraft, Range, StatementDraft
from onrecord.statements.via_names import OWN

_DAY = len("2031-03-01")

Drafted = Sequence[tuple[Post, Draft]]


@dataclass(frozen=True, slots=True)
class Known:
    """A reading, and all that it was made of."""

    post: Post
    draft: Draft
    setting: str
    found: list[Place]
    named: list[Speaker | None]
    ids: list[str]
    bases: list[str]
    """What the ids are hashes of, but for the ordinals."""
    again: standing_again.Again
    """What other posts tell of its claims."""
    reading: PostReading

    def of(self, post: Post, draft: Draft) -> bool:
        """It is of these very objects: equal ones may still be written differently."""
        return self.post is post and self.draft is draft


def resolve(
    page: Drafted,
    setting: Setting,
    page_id: str = "",
    known: MutableMapping[str, Known] | None = None,
    above: Drafted = (),
) -> list[PostReading]:
    """The readings of a page's posts, which are given in page order; results keep that order.

    `above` is what the page says before its posts: it tells who and where, and has no reading of its own.

    `page_id` goes into the ids of statements. Dates stay without a value where neither post nor page has a time.
    `known` holds what came of the posts the last time, by id, and is brought up to date: a post for which nothing
    is different gets the same object again.
    """
    where = places.resolve((*page, *above), setting)
    who = speakers.resolve(page, setting, where, above)
    where = where[: len(page)]
    counts: Counter[str] = Counter()
    mark = f"{page_id} {setting!r}"
    out = []
    for (post, draft), found, named, again in zip(page, where, who, standing_again.repeated(page, who), strict=True):
        old = known.get(post.id) if known is not None else None
        old = old if old and old.setting == mark and old.of(post, draft) else None
        bases = old.bases if old else _bases(post, draft, page_id)
        ids = [_id(base, counts) for base in bases]
        if old is None or old.ids != ids or old.found != found or old.named != named or old.again != again:
            reading = _reading(post, draft, setting, found, named, ids, again)
            old = Known(post, draft, mark, found, named, ids, bases, again, reading)
        if known is not None:
            known[post.id] = old
        out.append(old.reading)
    return out


def _reading(
    post: Post,
    draft: Draft,
    setting: Setting,
    found: list[Place],
    named: list[Speaker | None],
    both: list[str],
    again: standing_again.Again,
) -> PostReading:
    anchor = anchor_of(post, setting)
    ids, others = both[: len(draft.statements)], both[len(draft.statements) :]
    channels = via_carry.carried(post, draft.statements, named)
    statements = tuple(
        _statement(
            post,
            s if i not in again else replace(s, standing=again[i]),
            ids,
            i,
            speaker,
            tuple(setting.outlet or name if name == OWN else name for name in via),
        )
        for i, (s, speaker, via) in enumerate(zip(draft.statements, named, channels, strict=True))
    )
    parties = speakers.Parties(post, draft, found)
    return PostReading(
        post=post,
        statements=(*statements, *(_given(post, g, others, i) for i, g in enumerate(draft.given))),
        happenings=tuple(
            _happening(post, h, ids, rank, parties)
            for h, rank in zip(draft.happenings, _ranks(draft.happenings), strict=True)
        ),
        places=tuple(found),
        dates=tuple(dates.resolve(d, post, anchor) for d in draft.dates),
        figures=tuple(
            Figure(cut(post, (f.start, f.end)), f.value, f.value_max, f.bound, f.what, f.of, f.unit, f.same_as)  # type: ignore[arg-type]
            for f in draft.figures
        ),
    )


def anchor_of(post: Post, setting: Setting) -> datetime | None:
    """The moment that the post's "today" is: its own time, else the page's; None when neither is known."""
    return post.time or _day_shown(post, setting) or setting.published


def _day_shown(post: Post, setting: Setting) -> datetime | None:
    """Midnight of the day that a post shows where it shows no clock."""
    if not post.shown or len(post.shown) != _DAY:
        return None
    try:
        day = date.fromisoformat(post.shown)
    except ValueError:
        return None
    zone = setting.published.tzinfo if setting.published else UTC
    return datetime(day.year, day.month, day.day, tzinfo=zone)


def cut(post: Post, span: Range) -> Span:
    """The span with its words."""
    start, end = span
    return Span(post.id, start, end, post.text[start:end])


def _bases(post: Post, draft: Draft, page_id: str) -> list[str]:
    return [_base(post, s, page_id) for s in draft.statements] + [_base(post, s, page_id) for s in draft.given]


def _base(post: Post, statement: StatementDraft | GivenDraft, page_id: str) -> str:
    words = " ".join(w for a, b in statement.content for w in re.findall(r"\w+", post.text[a:b].casefold()))
    return f"{page_id}\n{post.id}\n{words}"


def _id(base: str, counts: Counter[str]) -> str:
    """Hash of page, post, normalised words and ordinal: no offsets, speaker or standing: better readers keep it."""
    counts[base] += 1
    return "s" + hashlib.sha256(f"{base}\n{counts[base]}".encode()).hexdigest()[:15]


def _statement(
    post: Post, s: StatementDraft, ids: list[str], i: int, speaker: Speaker | None, via: tuple[str, ...]
) -> Statement:
    return Statement(
        id=ids[i],
        post=post.id,
        voice=s.voice,  # type: ignore[arg-type]
        content=tuple(cut(post, span) for span in s.content),
        cue=cut(post, s.cue) if s.cue else None,
        speaker=speaker,
        via=via,
        mode=s.mode,  # type: ignore[arg-type]
        act=s.act,  # type: ignore[arg-type]
        standing=s.standing,  # type: ignore[arg-type]
        first_hand=s.first_hand,
        nested_in=ids[s.nested_in] if s.nested_in is not None else None,
        standing_by=cut(post, s.standing_by) if s.standing_by else None,
    )


def _given(post: Post, g: GivenDraft, ids: list[str], i: int) -> Statement:
    """A plug-in's statement; its speaker stays as the plug-in named it."""
    mention = cut(post, g.mention) if g.mention else None
    return Statement(
        id=ids[i],
        post=post.id,
        voice=g.voice,  # type: ignore[arg-type]
        content=tuple(cut(post, span) for span in g.content),
        cue=cut(post, g.cue) if g.cue else None,
        speaker=Speaker(g.name, g.kind, g.side, g.office, mention) if g.name else None,  # type: ignore[arg-type]
        via=g.via,
        mode=g.mode,  # type: ignore[arg-type]
        act=g.act,  # type: ignore[arg-type]
        standing=g.standing,  # type: ignore[arg-type]
        first_hand=g.first_hand,
        nested_in=ids[g.nested_in] if g.nested_in is not None else None,
        standing_by=cut(post, g.standing_by) if g.standing_by else None,
        plugin=g.plugin,
    )


def _ranks(told: Sequence[HappeningDraft]) -> list[int]:
    """For each happening, how many of its statement stand before it."""
    out = [0] * len(told)
    before: dict[int, tuple[int, int, Range]] = {}  # statement → number so far, rank and span of the last
    for i in sorted(range(len(told)), key=lambda i: (told[i].start, told[i].end)):
        span = (told[i].start, told[i].end)
        count, rank, last = before.get(told[i].statement, (0, 0, None))
        out[i] = rank if span == last else count
        before[told[i].statement] = (count + 1, out[i], span)
    return out


def _happening(post: Post, h: HappeningDraft, ids: list[str], rank: int, parties: speakers.Parties) -> Happening:
    span = cut(post, (h.start, h.end))
    plover, acled = happenings.codes(h.kind)
    return Happening(
        id=f"{ids[h.statement]}.{rank}",
        span=span,
        statement=ids[h.statement],
        kind=h.kind,
        reality=h.reality,  # type: ignore[arg-type]
        scope=cut(post, h.scope),
        parties=tuple(_parties(post, h, parties)),
        plover=plover,
        acled=acled,
        supports=not h.denied,
        lemma=h.lemma,
        general=h.general,
    )


def _parties(post: Post, h: HappeningDraft, parties: speakers.Parties) -> list[Party]:
    wanted = [("by", h.by), ("on", h.on), *(("with", span) for span in h.together)]
    return [
        Party(*parties.of(span), role=role, span=cut(post, span))  # type: ignore[arg-type]
        for role, span in wanted
        if span
    ]
