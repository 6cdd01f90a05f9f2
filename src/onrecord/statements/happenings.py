"""A parsed post → the words that name things that happen, with kind, reality, clause and who takes part.

Every word is looked up once by its base form. A hit is a trigger when a rule of `data/triggers.tsv` fits; other verbs,
and nouns that name events, are weak triggers of kind `other`, compared by their word alone.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence, Set
from dataclasses import replace
from typing import NamedTuple

from onrecord.statements.draft import HappeningDraft, PlaceDraft, StatementDraft
from onrecord.statements.happenings_clauses import Clauses
from onrecord.statements.happenings_general import general
from onrecord.statements.happenings_match import BESIDE, Matcher, Trigger
from onrecord.statements.happenings_roles import Parties
from onrecord.statements.happenings_words import kinds
from onrecord.statements.parse import Parse
from onrecord.statements.reality import Realities

STRONG = 0.2
"""Kinds of at least this weight can make a line of a rundown."""
_STRETCH = 512


def find(parsed: Parse, statements: Sequence[StatementDraft], named: Sequence[PlaceDraft] = ()) -> list[HappeningDraft]:
    """Happenings in text order; `statement` is the innermost statement that holds the trigger, -1 for none.

    `named` are the post's places: who seizes a place takes territory, who seizes anything else does not.
    """
    titles = frozenset(i for i, b in enumerate(parsed.sentence_block) if parsed.blocks[b].kind == "title")
    readers = _Readers(Realities(parsed, titles), Clauses(parsed), Parties(parsed), _Holders(statements), titles)
    spots = {word: place.certain for place in named for word in _covered(parsed, place)}
    named_by = {word for s in statements if s.speaker for word in _words_of(parsed, *s.speaker)}
    triggers = (t for t in Matcher(parsed, titles, spots).triggers() if not _in_name(parsed, t, named_by))
    found = (_draft(parsed, trigger, statements, readers) for trigger in triggers)
    return sorted(found, key=lambda h: (h.start, h.end))


def _covered(parsed: Parse, place: PlaceDraft) -> range:
    """The words of a name."""
    return _words_of(parsed, place.start, place.end)


def _words_of(parsed: Parse, start: int, end: int) -> range:
    return range(bisect_left(parsed.start, start), bisect_left(parsed.start, end))


def _in_name(parsed: Parse, trigger: Trigger, named: Set[int]) -> bool:
    """A weak trigger that only says who speaks: the ministry of *defence*, the *disaster* agency, rebel-*run* radio."""
    if trigger.kind != "other" or trigger.word not in named:
        return False
    return parsed.pos[trigger.word] in ("NOUN", "PROPN") or parsed.dep[trigger.word] in BESIDE


class _Readers(NamedTuple):
    """What is worked out word by word, with its memory of one post."""

    realities: Realities
    clauses: Clauses
    parties: Parties
    holders: _Holders
    titles: frozenset[int]


def _draft(parsed: Parse, trigger: Trigger, statements: Sequence[StatementDraft], readers: _Readers) -> HappeningDraft:
    start, end = parsed.start[trigger.first], parsed.end[trigger.last]
    statement = readers.holders.of(start, end)
    real = readers.realities.of(trigger.word)
    denies = statement >= 0 and statements[statement].act == "denies"
    if denies and real in {"happened", "ongoing"} and parsed.pos[trigger.word] == "VERB":
        real = "not_done"
    roles = readers.parties.of(trigger)
    return HappeningDraft(
        start=start,
        end=end,
        lemma=trigger.lemma,
        kind=trigger.kind,
        reality=real,
        scope=readers.clauses.scope(trigger.word),
        statement=statement,
        by=roles.by,
        on=roles.on,
        together=roles.together,
        denied=denies or readers.realities.denied(trigger.word),
        general=general(parsed, trigger, readers.titles),
    )


class _Holders:
    """Which statement holds a range: the shortest content that covers it."""

    def __init__(self, statements: Sequence[StatementDraft]) -> None:
        spans = [(b - a, a, b, i) for i, s in enumerate(statements) for a, b in s.content]
        self._near: dict[int, list[tuple[int, int, int]]] = {}
        """By stretch of the text, shortest first, so that long posts take no longer a word."""
        for _, a, b, i in sorted(spans, key=lambda s: (s[0], -s[3])):
            for stretch in range(a // _STRETCH, b // _STRETCH + 1):
                self._near.setdefault(stretch, []).append((a, b, i))

    def of(self, start: int, end: int) -> int:
        return next((i for a, b, i in self._near.get(start // _STRETCH, ()) if a <= start and end <= b), -1)


def moved(happening: HappeningDraft, statement: int) -> HappeningDraft:
    """The happening as part of another statement."""
    return replace(happening, statement=statement)


def codes(kind: str) -> tuple[str | None, str | None]:
    """(PLOVER, ACLED) codes of a kind, None where the taxonomy has none; `data/kinds.toml` names the codebooks."""
    known = kinds()[kind]
    return known.plover, known.acled


def weight(kind: str) -> float:
    """0 to 1: how much a kind counts in a rundown, as `data/kinds.toml` documents."""
    return kinds()[kind].weight


def strong(kind: str) -> bool:
    """False for `other`: such happenings are compared by their word alone and make no line by themselves."""
    return weight(kind) >= STRONG
