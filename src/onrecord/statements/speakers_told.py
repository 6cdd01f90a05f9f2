"""Words behind a name → what they tell of its bearer: "Ana Reis (SNP)", "Ana Reis is the mayor", "who heads …"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.statements import sides
from onrecord.statements import speakers_ties as ties
from onrecord.statements.mentions_words import words
from onrecord.statements.speakers_roles import role_of

if TYPE_CHECKING:
    from onrecord.statements.draft import MentionDraft
    from onrecord.statements.speakers_back import Back
    from onrecord.statements.speakers_entities import Entity

_BRACKET = re.compile(r" ?\(([A-Z][^()\n]{0,24})\)")
_STATE_OF_US = re.compile(r"(?:R|D|I)(?:[-–]|\.?, ?)[A-Z]")
"""A senator's party and state: "(R-Ohio)"."""
_IS = re.compile(
    r",? (?:who |whose )?(?:is|was|became|has been|had been|serves? as|served as|works? as|worked as|acts? as|remains)"
    r" (?:also |now |then |once |currently )?$"
)
_LEADS = re.compile(
    r",? (?:who )?(?:(?:is|was) (?:an? |the )?(?:part|member|one) of|(?:is|was) with|work(?:s|ed) (?:for|at|with)"
    r"|speaks? for|represent(?:s|ed)|head(?:s|ed)|leads|led|runs|ran|chair(?:s|ed)|direct(?:s|ed)|command(?:s|ed))"
    r" (?:the )?$"
)
_NEAR = 48
"""Characters between a name and what is told of it."""
_NEXT = 4
"""Mentions behind a name that are looked at."""


def tell(back: Back, number: int, entity: Entity) -> None:
    """Give somebody the office and side that the words behind the name tell."""
    mention = back.mentions[number]
    if party := _in_bracket(back, mention):
        entity.tie(party)
    for i in range(number + 1, min(len(back.mentions), number + 1 + _NEXT)):
        other = back.mentions[i]
        if other.sentence != mention.sentence or other.start > mention.end + _NEAR:
            return
        gap = back.post.text[mention.end : other.start] if other.start > mention.end else ""
        if other.kind == "office" and not other.plural and _IS.fullmatch(gap):
            return _holds(back, i, entity)
        if other.kind == "body" and other.name and (entity.guessed or not entity.sides) and _LEADS.fullmatch(gap):
            who = back.who(i)
            return entity.tie(who.side or who.name) if who else None


def _in_bracket(back: Back, mention: MentionDraft) -> str | None:
    """The party, union or country in the brackets behind a name."""
    found = _BRACKET.search(back.post.text, mention.start, mention.end + 28)
    if found is None or found.start() > mention.end:
        return None
    told = found[1].strip()
    if _STATE_OF_US.match(told):
        return "US"
    known = sides.of(told)
    if known is None or known.kind == "outlet":
        return words().brackets.get(told)
    return known.side if known.home or known.kind == "country" else None


def _holds(back: Back, number: int, entity: Entity) -> None:
    """The office that somebody "is", and whose it is."""
    other = back.mentions[number]
    side = back.side_of(other)
    tie = ties.of_holder(back, number) if side is None else None
    side = side or (tie.side if tie else None)
    role = role_of(other.role or "", side)
    if side and (entity.guessed or not entity.sides):
        entity.tie(side)
    elif not entity.sides and tie is None and role.public and role.head not in words().sets["partisan"]:
        back.register.place(entity, back.number, other)
    if side or role.public:
        entity.roles.append(role)
