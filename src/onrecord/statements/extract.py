"""A post → what it says by itself (`Draft`): a pure function of the post's text and blocks.

What needs the post's time, its neighbours or the gazetteer's choice is left to `resolve`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from onrecord.model import Post
from onrecord.statements import attribution, dates, figures, happenings, mentions, places
from onrecord.statements.draft import Draft, HappeningDraft, StatementDraft
from onrecord.statements.parse import Parse, parse

_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})


def extract(posts: Iterable[Post]) -> Iterator[Draft]:
    """The drafts of posts, in order. Posts are parsed in batches; each draft depends on its own post alone."""
    return map(draft_of, parse(posts))


def draft_of(parsed: Parse) -> Draft:
    """The draft of one parsed post."""
    statements = attribution.find(parsed)
    named = tuple(places.find(parsed))
    told = happenings.find(parsed, statements, named)
    when = dates.find(parsed)
    statements, told = with_own_voice(parsed, statements, told)
    return Draft(
        statements=tuple(statements),
        mentions=tuple(mentions.find(parsed, statements)),
        places=named,
        dates=tuple(when),
        figures=tuple(figures.find(parsed, when)),
        happenings=tuple(told),
        sentences=tuple((parsed.start[a], parsed.end[b - 1]) for a, b in parsed.sentences),
        words=tuple(
            (parsed.start[i], parsed.end[i], parsed.lemma[i].lower())
            for i in range(len(parsed))
            if parsed.pos[i] in _CONTENT and len(parsed.words[i]) > 1
        ),
    )


def with_own_voice(
    parsed: Parse, statements: list[StatementDraft], told: list[HappeningDraft]
) -> tuple[list[StatementDraft], list[HappeningDraft]]:
    """Give each happening outside all statements an own-voice statement: the sentence that tells it."""
    out, homed = list(statements), []
    own: dict[int, int] = {}
    ends = [parsed.end[b - 1] for _, b in parsed.sentences]
    starts = [parsed.start[a] for a, _ in parsed.sentences]
    number = 0
    for happening in sorted(told, key=lambda h: (h.start, h.end)):
        if happening.statement >= 0:
            homed.append(happening)
            continue
        while ends[number] < happening.end:
            number += 1
        if number not in own:
            own[number] = len(out)
            mark = attribution.first_hand(parsed, number)
            out.append(StatementDraft("own", ((starts[number], ends[number]),), first_hand=mark))
        homed.append(happenings.moved(happening, own[number]))
    return out, homed
