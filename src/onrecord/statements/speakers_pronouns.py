"""Pronouns → whom they mean: somebody before them in their post who fits, else somebody close behind."""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Iterable
from typing import TYPE_CHECKING

from onrecord.statements.draft import MentionDraft, Range
from onrecord.statements.speakers_who import FAR, Who

if TYPE_CHECKING:
    from onrecord.statements.speakers_back import Back

_ASKERS = frozenset(
    {"reporter", "journalist", "correspondent", "interviewer", "host", "presenter", "moderator", "anchor"}
)
"""They put questions: whoever is "he" answers."""
_PLAIN = {
    "its": "it",
    "itself": "it",
    "his": "he",
    "him": "he",
    "her": "she",
    "hers": "she",
    "their": "they",
    "them": "they",
    "our": "we",
    "my": "i",
}


def pronoun(back: Back, number: int) -> Who | None:
    """Whom a pronoun means."""
    mention = back.mentions[number]
    word = _PLAIN.get(word := back.text(mention).lower(), word)
    if word in {"who", "which", "that"} and (near := _just_before(back, number)):
        return near
    if word in {"i", "we", "me", "us"}:
        return quoted_speaker(back, mention)
    behind = range(number - 1, max(-1, number - FAR), -1)
    ranked = sorted(_candidates(back, word, mention, behind), key=lambda row: -row[0])
    if ranked:
        return ranked[0][1]
    if word in {"he", "she"} and (near := _office_before(back, number)):
        return near
    ahead = range(number + 1, min(len(back.mentions), number + 6))
    return next((who for _, who in _candidates(back, word, mention, ahead)), None)


def _candidates(back: Back, word: str, mention: MentionDraft, numbers: Iterable[int]) -> Iterable[tuple[float, Who]]:
    for i in numbers:
        other = back.mentions[i]
        if (other.kind == "pronoun" and i not in back.done) or other.start <= mention.start < other.end:
            continue
        found = back.who(i)
        if found and _agrees(word, mention, other, found):
            yield _score(back, mention, i, other, found), found


def _office_before(back: Back, number: int) -> Who | None:
    """The unnamed one that "he" means: "The judge sat down. HE said"."""
    mention = back.mentions[number]
    for i in range(number - 1, max(-1, number - FAR), -1):
        other = back.mentions[i]
        if mention.sentence - other.sentence > 3:
            return None
        alone = other.kind == "office" and other.subject and not other.plural and other.end <= mention.start
        if (
            alone
            and not {mention.gender, other.gender} >= {"m", "f"}
            and not within((other.start, other.end), back.quoted)
        ):
            return back.who(i) or back.nobody(other)
    return None


def _just_before(back: Back, number: int) -> Who | None:
    mention = back.mentions[number]
    for i in range(number - 1, max(-1, number - 8), -1):
        gap = back.post.text[back.mentions[i].end : mention.start]
        if back.mentions[i].end <= mention.start and not gap.strip(" ,–—-"):
            return back.who(i) or back.nobody(back.mentions[i])
    return None


def quoted_speaker(back: Back, mention: MentionDraft) -> Who | None:
    """ "I" inside somebody's words."""
    for s in back.draft.statements:
        inside = any(a <= mention.start < b for a, b in s.content)
        if inside and s.speaker and s.speaker != (mention.start, mention.end):
            return back.who(back.index[s.speaker])
    return None


def _score(back: Back, mention: MentionDraft, i: int, other: MentionDraft, found: Who) -> float:
    """Near, a subject, the last speaker: the better; inside a quote or another phrase: the worse."""
    apart = abs(mention.sentence - other.sentence)
    last = back.spoken[-1] if back.spoken else None
    inside = i > 0 and any(m.start <= other.start and m.end >= other.end for m in back.mentions[max(0, i - 3) : i])
    return (
        -1.0 * apart
        + 0.7 * other.subject
        + 1.2 * 0.6**apart * (last is not None and last.name == found.name)
        + 0.4 * ((other.start, other.end) in back.speaking)
        + 0.4 * (other.subject and other.end <= mention.start and "\n" not in back.post.text[other.end : mention.start])
        - 1.5 * within((other.start, other.end), back.quoted)
        - 0.9 * ((mention.start, mention.end) in back.speaking and within((other.start, other.end), back.told))
        - 1.5 * within((other.start, other.end), back.words_of.get((mention.start, mention.end), []))
        - 1.0 * inside
        - 2.0 * (found.kind == "unnamed" and bool(found.heads & _ASKERS))
        - 1.0 * (other.kind == "place" and not other.subject)
        - 2.0 * (other.kind == "name" and not other.subject and (back.number, i) not in back.register.of)
        - 1.5 * (other.kind == "document" or found.kind == "document")
        - 0.6 * (found.kind in {"unnamed", "office"}) * (mention.gender in {"m", "f"})
        - 0.3 * (mention.gender in {"m", "f"} and found.gender not in {"m", "f"} and other.gender not in {"m", "f"})
        - 0.01 * abs(mention.start - other.start) / 10
    )


def within(span: Range, told: list[Range]) -> bool:
    """True when the span lies in one of the sorted spans."""
    i = bisect_right(told, (span[0], sys.maxsize))
    return any(a <= span[0] and span[1] <= b and (a, b) != span for a, b in told[max(0, i - 4) : i])


def _agrees(word: str, mention: MentionDraft, other: MentionDraft, found: Who) -> bool:
    """Gender and number of a pronoun and of what it may mean."""
    if word in {"they", "them"}:
        return found.plural or other.plural or found.kind in {"body", "unnamed"}
    if word in {"it", "which"}:
        return found.kind in {"body", "outlet", "document"} and (not other.plural or bool(other.name))
    if found.kind in {"body", "outlet", "document"} or other.plural:
        return False
    gender = other.gender if other.gender in {"m", "f"} else found.gender
    return mention.gender is None or gender not in {"m", "f"} or gender == mention.gender
