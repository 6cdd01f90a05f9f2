"""Speakers of a post → who is told of first by office or description and by name in another sentence.

News agencies put the office into the first sentence and the name into the next ("The head of the Lagoa Port Authority
says … Ana Reis says …"); later sentences call a named speaker by a description ("the Lagoan doctor").
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from onrecord.statements.speakers_names import clash
from onrecord.statements.speakers_roles import role_of

if TYPE_CHECKING:
    from onrecord.statements.draft import MentionDraft
    from onrecord.statements.speakers_back import Back
    from onrecord.statements.speakers_entities import Entity

_OPENS = re.compile(r"(?:^|[\"”’'])[\s\"“]*(?:(?:said|says|added|adds|told|wrote) )?$")
"""Nothing stands before the name in its sentence, or a quote alone."""
_NOBODYS = ("former ", "a ", "an ", "one ", "his ", "her ", "their ", "its ", "another ")
_AGED = re.compile(r", \d\d\b")
_REACH = 3
"""Sentences between the office and the name."""


def introduce(back: Back) -> None:
    """Give a person named without a role the office that spoke just before, and that nobody of the page holds."""
    speakers = [
        (number, back.mentions[number])
        for number in sorted(back.index[span] for span in back.speaking if span in back.index)
    ]
    for (_, first), (number, second) in pairwise(speakers):
        entity = back.register.of.get((back.number, number))
        if entity is None or not _fits(back, first, second, entity, number):
            continue
        side = back.register.side_of(first.side)
        entity.roles.append(role_of(first.role or "", side))
        if side and not entity.sides:
            entity.sides[side] += 2
        elif not entity.sides:
            back.register.place(entity, back.number, first)


def _fits(back: Back, first: MentionDraft, second: MentionDraft, entity: Entity, number: int) -> bool:
    """The office is one person's and nobody's yet; the name is new, in full, and opens its sentence."""
    if first.kind != "office" or first.plural or not first.role or entity.kind != "person":
        return False
    if entity.roles and (len(entity.roles) > 1 or entity.side != back.register.side_of(first.side)):
        return False  # the list of leaders gives one
    if not 0 < second.sentence - first.sentence <= _REACH or not second.subject or " " not in (second.name or ""):
        return False
    text = back.post.text[first.start : first.end].lower()
    if clash(first.gender, entity.gender) or text.startswith(_NOBODYS):
        return False
    if _AGED.search(back.post.text, second.start, second.end + 4):
        return False  # a witness, not an official
    spans = back.draft.sentences
    before = spans[second.sentence][0] if second.sentence < len(spans) else second.start
    opens = _OPENS.search(back.post.text[before : second.start][-40:])
    new = entity.seen[0] == (back.number, number) or all(post != back.number or j >= number for post, j in entity.seen)
    office = role_of(first.role, back.register.side_of(first.side))
    return bool(opens) and new and office.public and not back.register.holders(office) and _alone(back, first, second)


def _alone(back: Back, first: MentionDraft, second: MentionDraft) -> bool:
    """Nobody else is named between the two."""
    between = (
        back.register.of.get((back.number, i))
        for i, m in enumerate(back.mentions)
        if first.start <= m.start < second.start
    )
    return not any(e and e.kind == "person" for e in between)


def described(back: Back, number: int) -> Entity | None:
    """ "The Lagoan doctor", "the senior party figure": the person who spoke last, where the post names nobody else."""
    mention = back.mentions[number]
    words_ = back.post.text[mention.start : mention.end].lower().split()
    if len(words_) < 2 or words_[0] != "the" or mention.plural or (mention.start, mention.end) not in back.speaking:
        return None
    spoken = [s for s in back.speaking if s and s in back.index and s[0] < mention.start]
    last = back.index[max(spoken)] if spoken else None
    entity = back.person_of(last) if last is not None else None
    if entity is None or last is None or clash(entity.gender, mention.gender):
        return None
    if mention.sentence - back.mentions[last].sentence > _REACH:
        return None
    here = {id(e) for e in back.before(number) if e.kind == "person"}
    return entity if here == {id(entity)} else None
