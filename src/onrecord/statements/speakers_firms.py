"""A name without office or form of address → whether it is a person's or a firm's, by what the page says of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.statements import sides
from onrecord.statements.mentions_words import words

if TYPE_CHECKING:
    from onrecord.statements.draft import MentionDraft
    from onrecord.statements.speakers_context import Context
    from onrecord.statements.speakers_entities import Entity
    from onrecord.statements.speakers_people import Register

_OWNED = "|".join(sorted(words().sets["firms_own"]))
_FIRM_AFTER = re.compile(
    rf"[’']s? (?:[a-z]+ )?(?:{_OWNED})\b|,? (?:shares|stock|employees|workers|customers|plc|Inc|Ltd)\b|, which\b",
    re.IGNORECASE,
)
_FIRM_BEFORE = re.compile(
    r"\b(?:shares|stock|stake|worker|workers|job|jobs) (?:in|of|at) $|\b(?:owned|operated|made|run|employed) by $",
    re.IGNORECASE,
)
_IT = re.compile(
    rf"(?:that )?(?:it|its)\b|(?:[\w’' -]{{1,40}} )?its (?:own )?[a-z]+|[\w’' ,.-]{{1,40}} their (?:{_OWNED})\b",
    re.IGNORECASE,
)


_PERSON_AFTER = re.compile(
    r" (?:(?:is|was|has been|had been) (?:then |also |now )?asked"
    r"|nods|nodded|shrugs|shrugged|smiles|smiled|laughs|laughed|pauses|paused|sighs|sighed|weeps|wept|replies|replied"
    r"|quips|quipped|jokes|joked|testifies|testified|recalls|recalled)\b"
)
"""What people do, and no bodies."""


def bare_person(register: Register, entity: Entity) -> bool:
    """A lone name that speaks where somebody is "he" or "she" and nobody else is named."""
    if entity.kind != "body" or entity.named_for or entity.sides or entity.heads & set(words().bodies):
        return False
    for post, j in entity.seen:
        context = register.contexts[post]
        m = context.draft.mentions[j]
        firm = _FIRM_AFTER.match(context.post.text, m.end)
        if m.kind != "name" or m.role or m.gender or context.shouted or firm:
            return False
        if _PERSON_AFTER.match(context.post.text, m.end):
            return True
        if (m.start, m.end) in context.speaking and (_he_or_she(register, post, entity) or _goes_on(register, post, j)):
            return True
    return False


def _goes_on(register: Register, post: int, j: int) -> bool:
    """Right behind it a "he" or "she" speaks, and nobody else is named between."""
    context = register.contexts[post]
    first = context.draft.mentions[j]
    for i in range(j + 1, min(len(context.draft.mentions), j + _NEAR)):
        m = context.draft.mentions[i]
        entity = register.of.get((post, i))
        if m.sentence - first.sentence > 1 or (entity and entity.kind == "person"):
            return False
        if m.kind == "pronoun" and m.gender in {"m", "f"}:
            return m.sentence > first.sentence and (m.start, m.end) in context.speaking
    return False


_NEAR = 8


def no_person(register: Register, entity: Entity) -> bool:
    """Capitals without title, office or first name that the page takes for a body: "Lagoa Reis said it had"."""
    first = entity.name.split(" ")[0]
    if entity.roles or entity.gender or entity.sides or sides.fold(first) in words().names or "-" in first:
        return False
    return _holds_land(entity.name) or any(_taken_for_body(register, post, j) for post, j in entity.seen)


def _holds_land(name: str) -> bool:
    """A country's or body's name with more to it: "NHS Lagoa", "Chad Human Rights"; "Ana Chad" is a person."""
    told = sides.split(name)
    hits = sides.hits(told)
    return any(hit.known.kind == "body" or (hit.known.kind == "nation") or len(told) > 2 for hit in hits)


def side_within(name: str) -> str | None:
    """The side of a known body whose name begins a longer one: "NHS Lagoa"."""
    told = sides.split(name)
    first = next((hit for hit in sides.hits(told) if hit.first == 0 and hit.known.kind == "body"), None)
    return first.known.side if first and first.last < len(told) else None


def _taken_for_body(register: Register, post: int, j: int) -> bool:
    context = register.contexts[post]
    m, text = context.draft.mentions[j], context.post.text
    if m.kind != "name" or context.shouted:
        return False
    if _FIRM_AFTER.match(text, m.end) or _FIRM_BEFORE.search(text, max(0, m.start - 30), m.start):
        return True
    return not _he_or_she(register, post, register.of[post, j]) and _of_itself(context, m)


def firm_like(register: Register, entity: Entity) -> bool:
    """A bare name that speaks, in a post where nobody is "he" or "she"; or one with a chief executive or shares."""
    if entity.heads & set(words().bodies):
        return False
    for post, j in entity.seen:
        context = register.contexts[post]
        m = context.draft.mentions[j]
        if m.kind != "name" or m.role or context.shouted:
            continue
        if _FIRM_AFTER.match(context.post.text, m.end) or _FIRM_BEFORE.search(
            context.post.text, max(0, m.start - 30), m.start
        ):
            return True
        if (m.start, m.end) in context.speaking and not _he_or_she(register, post, entity) and _like_body(context, m):
            return True
    return False


def _he_or_she(register: Register, post: int, but: Entity) -> bool:
    """The post speaks of a "he" or "she" who is nobody else that it names."""
    context = register.contexts[post]
    others = (
        e for j, m in enumerate(context.draft.mentions) if m.name and (e := register.of.get((post, j))) and e is not but
    )
    return context.gendered and not any(e.kind == "person" for e in others)


def _of_itself(context: Context, m: MentionDraft) -> bool:
    """What it says is of an "it": "Lagoa Reis said it had"."""
    told = (s.content[0][0] for s in context.draft.statements if s.speaker == (m.start, m.end) and s.mode != "direct")
    return any(_IT.match(context.post.text, at) for at in told)


def _like_body(context: Context, m: MentionDraft) -> bool:
    """More than one word with a capital, which may as well be a family name: an acronym, several, or an "it"."""
    name = m.name or ""
    odd = not name.isalpha() or not name.istitle()  # "3M", "BYD", "SpaceX"
    return odd or _of_itself(context, m)
