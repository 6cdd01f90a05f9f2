"""A parsed post → the words that name or stand for people, offices, bodies and sources."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from onrecord.statements.draft import MentionDraft, Range, StatementDraft
from onrecord.statements.mentions_phrase import PRONOUNS, Phrase, Phrases
from onrecord.statements.parse import Parse

_LEFT = frozenset(
    {"det", "amod", "compound", "poss", "nummod", "nmod", "quantmod", "predet", "case", "advmod", "punct", "npadvmod"}
)
_RIGHT = frozenset({"appos", "prep", "acl", "relcl"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_THIRD = frozenset(w for w in PRONOUNS if w in {"he", "him", "she", "her", "it", "they", "them", "who"})


def find(parsed: Parse, statements: Sequence[StatementDraft]) -> list[MentionDraft]:
    """Mentions in text order; every statement's `speaker` range is one of them."""
    phrases = Phrases(parsed)
    wanted = {s.speaker for s in statements if s.speaker}
    ranges = {_words(parsed, span): span for span in wanted}
    taken = {i for a, b in ranges for i in range(a, b)}
    out = [_mention(phrases, a, b, phrases.read(a, b) or Phrase("unnamed"), span) for (a, b), span in ranges.items()]
    for a, b in _phrases(phrases):
        if a in taken or (b - 1) in taken:
            continue
        phrase = phrases.read(a, b)
        if phrase:
            out.append(_mention(phrases, a, b, phrase, (parsed.start[a], parsed.end[b - 1])))
    return sorted(out, key=lambda m: (m.start, m.end))


def _words(parsed: Parse, span: Range) -> tuple[int, int]:
    """The words that a span covers: (first, one past the last)."""
    first = bisect_right(parsed.end, span[0])
    return first, max(first + 1, bisect_left(parsed.start, span[1]))


def _phrases(phrases: Phrases) -> Iterator[tuple[int, int]]:
    """Noun phrases that may name somebody, each with its appositions, and pronouns of the third person."""
    parsed = phrases.parsed
    done = 0
    for i, pos in enumerate(parsed.pos):
        if pos == "PRON" or parsed.tag[i] in {"PRP", "WP"}:
            if parsed.lower[i] in _THIRD:
                yield i, i + 1
        elif pos in {"NOUN", "PROPN"} and i >= done and not _inner(parsed, i):
            first, last = _left(parsed, i), _right(phrases, i)
            yield first, last
            done = last


def _inner(parsed: Parse, i: int) -> bool:
    """True for a noun that only modifies the next one."""
    head = parsed.head[i]
    return (
        head > i
        and parsed.dep[i] in {"compound", "nmod", "amod", "poss", "npadvmod"}
        and parsed.sent[head] == parsed.sent[i]
    )


def _left(parsed: Parse, i: int) -> int:
    """The first word of the noun's own phrase."""
    first = i
    floor = parsed.sentences[parsed.sent[i]][0]
    for kid in parsed.kids[i]:
        if kid < i and parsed.dep[kid] in _LEFT:
            first = max(floor, min(first, parsed.subtree(kid)[0]))
    while parsed.dep[first] == "punct" and first < i:
        first += 1
    return first


def _right(phrases: Phrases, i: int) -> int:
    """One past the noun's phrase, with what names it: "of …" and appositions, for people and bodies."""
    parsed = phrases.parsed
    last = i + 1
    if phrases.role_of(i) is None and phrases.body_of(i) is None and not phrases.capital(i):
        return last
    ceiling = parsed.sentences[parsed.sent[i]][1]
    for kid in parsed.kids[i]:
        if kid < last or parsed.dep[kid] not in {"appos", "prep"}:
            continue
        if parsed.dep[kid] == "prep" and (
            parsed.lower[kid] not in {"of", "for", "at", "in", "to", "from"} or kid != last
        ):
            continue
        below = [w for w in parsed.subtree(kid) if w < ceiling]
        if below and below[0] - last <= 1 and below[-1] + 1 - i <= 24:
            last = max(last, below[-1] + 1)
    return last


def _mention(phrases: Phrases, first: int, last: int, phrase: Phrase, span: Range) -> MentionDraft:
    parsed = phrases.parsed
    head = next((i for i in range(first, last) if not first <= parsed.head[i] < last or parsed.head[i] == i), first)
    return MentionDraft(
        start=span[0],
        end=span[1],
        kind=phrase.kind,
        name=phrase.name,
        role=phrase.role,
        side=phrase.side,
        gender=phrase.gender,
        plural=phrase.plural,
        sentence=parsed.sent[first],
        subject=parsed.dep[head] in _SUBJECTS,
        alias=phrase.alias,
    )
