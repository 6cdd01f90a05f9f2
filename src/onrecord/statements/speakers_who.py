"""Whom words of a post mean: the answer, and the words of one that has no name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.statements import sides
from onrecord.statements.draft import MentionDraft
from onrecord.statements.mentions_words import singular, words
from onrecord.statements.speakers_context import THE_LAND
from onrecord.statements.speakers_entities import Entity

INDEFINITE = words().sets["indefinite"]
ARTICLES = words().sets["articles"]
POINTERS = frozenset({"the", "this", "that", "his", "her", "its", "their"})
FAR = 80
"""How many mentions back a pronoun looks."""


@dataclass(frozen=True, slots=True)
class Who:
    """Whom a mention means."""

    name: str
    kind: str
    side: str | None = None
    office: str | None = None
    gender: str | None = None
    plural: bool = False
    heads: frozenset[str] = frozenset()


def of_entity(entity: Entity) -> Who:
    """Somebody or some body of the page, as an answer."""
    side = entity.side
    if side is None and entity.kind == "body" and entity.named_for:
        side = entity.name
    return Who(entity.name, entity.kind, side, entity.office, entity.gender, entity.plural, frozenset(entity.heads))


def role_heads(mention: MentionDraft) -> set[str]:
    """The heads of all its roles."""
    return {head_of(role) for role in (mention.role or "").split("; ")}


def unnamed(mention: MentionDraft, text: str, side: str | None) -> Who:
    """A source that has no name, by its own words."""
    head = head_of(mention.role or text)
    kind = "document" if mention.kind == "document" else "unnamed"
    return Who(f"unnamed: {lowered(text)}", kind, side, None, mention.gender, mention.plural, frozenset({head}))


_ENDS = words().sets["head_tails"]


def head_of(text: str) -> str:
    """The last word of a description before its tail, in the singular."""
    tokens = [w.lower() for w in sides.split(text)]
    stop = next((i for i, w in enumerate(tokens) if i and w in _ENDS), len(tokens))
    if stop > 1 and tokens[stop - 1].endswith(("ed", "ing")):  # "an official briefed | on the talks"
        stop = next((i for i in range(stop - 1, 0, -1) if tokens[i - 1] in words().roles), stop)
    return singular(tokens[stop - 1]) if tokens else ""


def lowered(text: str) -> str:
    """The first word without a capital that stands there only to open a sentence."""
    first = text.split(" ", 1)[0]
    if text.isupper() and len(text) > 5:
        return text.lower()
    plain = first.lower() in INDEFINITE | {"the", "local", "regional", "officials", "residents", "witnesses", "sources"}
    return text[:1].lower() + text[1:] if plain else text


def of_land(text: str, side: str | None) -> str:
    """The words without an article; `Chadian foreign ministry` for "the country's foreign ministry"."""
    found = _LANDS.match(text) if side else None
    return f"{sides.adjective(side or '')} {text[found.end() :]}" if found else clean(text)


_LANDS = re.compile(rf"{THE_LAND}[’']s ", re.IGNORECASE)


def clean(text: str) -> str:
    """The words without an article."""
    first, _, rest = text.partition(" ")
    return rest if first.lower() in ARTICLES and rest else text
