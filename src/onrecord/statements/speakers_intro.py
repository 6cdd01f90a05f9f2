"""Speakers of a post → who is told of first by office or description and by name in another sentence.

News agencies put the office into the first sentence and the name into the next ("The head of the Lagoa Port Authority
says … Ana Reis says …"); later sentences call a named speaker by a description ("the Lagoan doctor").
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from onrecord.statements import sides
from onrecord.statements.mentions_words import words
from onrecord.statements.speakers_described import described_body
from onrecord.statements.speakers_names import clash
from onrecord.statements.speakers_roles import heads_of, role_of

if TYPE_CHECKING:
    from onrecord.statements.draft import MentionDraft
    from onrecord.statements.speakers_back import Back
    from onrecord.statements.speakers_entities import Entity

_OPENS = re.compile(r"(?:^|[\"”’'])[\s\"“]*(?:(?:said|says|added|adds|told|wrote) )?$")
"""Nothing stands before the name in its sentence, or a quote alone …"""
_FRONTED = re.compile(
    r"\s*(?:speaking|talking|addressing|briefing|appearing|writing|posting|asked|answering|responding|in|at|on|during"
    r"|earlier|later|after)\b[^.;:“”\"]{2,90},\s",
    re.IGNORECASE,
)
"""… or where, when and to whom it was said."""
_SOMEBODYS = ("one ", "his ", "her ", "their ", "its ", "another ")
_NOBODYS = ("former ", "a ", "an ", *_SOMEBODYS)
_AGED = re.compile(r", \d\d\b")
_REACH = 3
"""Sentences between the office and the name."""


def introduce(back: Back) -> None:
    """Give a person named without a role the office that spoke just before, and that nobody of the page holds."""
    speakers = [
        (number, back.mentions[number])
        for number in sorted(back.index[span] for span in back.speaking if span in back.index)
    ]
    for number, mention in speakers:
        if mention.kind == "body" and (body := described_body(back, number)):
            back.means[number] = body
        if named := _name_of(back, number, mention) or _only_holder(back, mention):
            back.means[number] = named
            side = back.register.side_of(mention.side)
            if side and (named.guessed or not named.sides):
                named.tie(side)
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


def _only_holder(back: Back, mention: MentionDraft) -> Entity | None:
    """ "Chad's ambassador … Ambassador Ana Reis": the page's only holder of the office, whose country it leaves out."""
    side = back.register.side_of(mention.side)
    if mention.kind != "office" or mention.plural or side is None or back.text(mention).lower().startswith(_NOBODYS):
        return None
    found = back.register.holders(role_of(mention.role or "", side))
    return found[0] if len(found) == 1 and not found[0].sides else None


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
    new = entity.seen[0] == (back.number, number) or all(post != back.number or j >= number for post, j in entity.seen)
    office = role_of(first.role, back.register.side_of(first.side))
    return (
        _opening(back, second)
        and new
        and office.public
        and not back.register.holders(office)
        and _alone(back, first, second)
    )


def _name_of(back: Back, number: int, mention: MentionDraft) -> Entity | None:
    """Who "a Lagoan lawmaker" is that speaks first: the one who opens one of the next sentences with a new name."""
    if mention.kind not in {"office", "unnamed"} or mention.plural or mention.name:
        return None
    text = back.text(mention).lower()
    if _NAME.match(back.post.text, mention.end):
        return _behind(back, number)
    if clause := _CLAUSE.match(back.post.text, mention.end):
        return _behind_clause(back, number, clause.end())
    leads = mention.sentence == 0 or _titled(back, mention)
    if text.startswith(_SOMEBODYS) or (text.startswith(_POINTING) and not leads):
        return None
    if _titled(back, mention) and (found := _first_to_speak(back, mention)):
        return found
    for i in range(number + 1, min(len(back.mentions), number + _NEXT)):
        other = back.mentions[i]
        if other.sentence - mention.sentence > _REACH:
            return None
        entity = back.register.of.get((back.number, i)) if other.kind in {"person", "name"} else None
        if entity and entity.kind == "person" and other.sentence > mention.sentence:
            return entity if _may_be_named(back, mention, i, entity) else None
    return None


def _behind(back: Back, number: int) -> Entity | None:
    """ "An official with the agency, ANA REIS, said"."""
    end = back.mentions[number].end
    for i in range(number + 1, min(len(back.mentions), number + 4)):
        other = back.mentions[i]
        if back.post.text[end : other.start] in _BEHIND and back.post.text[other.end : other.end + 1] in _CLOSES:
            closed = back.post.text[other.end] == "," and not other.role
            return _person(back, i) if closed or _said_before(back, number) else None
    return None


def _behind_clause(back: Back, number: int, at: int) -> Entity | None:
    """ "The chief who spoke there, ANA REIS, said"."""
    for i in range(number + 1, min(len(back.mentions), number + _NEXT)):
        if back.mentions[i].start >= at:
            named = back.mentions[i].start == at and back.post.text[back.mentions[i].end] == ","
            return _person(back, i) if named else None
    return None


def _person(back: Back, number: int) -> Entity | None:
    entity = back.register.of.get((back.number, number))
    return entity if entity and entity.kind == "person" else None


_CLAUSE = re.compile(r" who [^.;:\n“”\"]{1,120}, (?=[A-Z])")
_BEHIND = (", ", " there, ", " here, ")
_CLOSES = frozenset({",", ".", "\n"})


def _said_before(back: Back, number: int) -> bool:
    """The cue stands before the speaker: "said the head of the port, Mayor ANA REIS."."""
    return (
        _CUE.search(back.post.text, max(0, back.mentions[number].start - 24), back.mentions[number].start) is not None
    )


_CUE = re.compile(r"\b(?:said|says|added|adds|wrote|warned|explained|told \w+|according to) (?:the )?$")


def _first_to_speak(back: Back, mention: MentionDraft) -> Entity | None:
    """ "Minister says", in a headline: the first who speaks below it, if an office of the kind comes with the name."""
    below = sorted(s for s in back.speaking if s and s[0] > mention.end and s in back.index)
    number = next((back.index[s] for s in below if back.mentions[back.index[s]].sentence > mention.sentence), None)
    other = number is not None and back.mentions[number].sentence == mention.sentence + 1
    subject = _first_subject(back, mention)
    if other and subject != number:
        subject = None  # "… met rebels: official", below it "Ana Reis met rebels, an official said"
    return _titled_as(back, mention, number) or _titled_as(back, mention, subject)


def _first_subject(back: Back, mention: MentionDraft) -> int | None:
    """The first subject below a headline."""
    below = range(back.index[mention.start, mention.end] + 1, len(back.mentions))
    first = next((i for i in below if back.mentions[i].sentence > mention.sentence and back.mentions[i].subject), None)
    return first if first is not None and back.mentions[first].sentence == mention.sentence + 1 else None


def _titled_as(back: Back, mention: MentionDraft, number: int | None) -> Entity | None:
    """The person of that mention, if the office or title that comes with the name is of the headline's kind."""
    entity = back.register.of.get((back.number, number)) if number is not None else None
    if number is None or entity is None or entity.kind != "person":
        return None
    second = back.mentions[number]
    doctor = back.text(second).startswith("Dr") and role_of(mention.role or "", None).head == "doctor"
    kind = doctor or (bool(second.role) and _one_kind(mention, second))
    return entity if kind and _one_side(back, mention, second, entity) else None


def apposed(back: Back, number: int) -> Entity | None:
    """ "“It was bad,” Ana Reis, A RESCUER said": the name before the comma."""
    mention = back.mentions[number]
    if not back.text(mention).lower().startswith(("a ", "an ", "one of ")):
        return None
    for i in range(number - 1, max(-1, number - 4), -1):
        other = back.mentions[i]
        if back.post.text[other.end : mention.start] == ", " and other.sentence == mention.sentence:
            entity = back.register.of.get((back.number, i))
            return entity if entity and entity.kind == "person" and _opening(back, other) else None
    return None


def _titled(back: Back, mention: MentionDraft) -> bool:
    """It stands in the post's headline."""
    return bool(back.post.title) and mention.start < len(back.post.title or "")


def _may_be_named(back: Back, first: MentionDraft, number: int, entity: Entity) -> bool:
    """The name is new here, in full, opens its sentence, and its office is none that the description rules out."""
    second = back.mentions[number]
    if not second.subject or " " not in _full(back, first, second, entity) or clash(first.gender, entity.gender):
        return False
    if _AGED.search(back.post.text, second.start, second.end + 4) or not _opening(back, second):
        return False
    if (second.start, second.end) not in back.speaking and not _goes_on(back, first, second):
        return False
    if any(post == back.number and j < number for post, j in entity.seen) or not _alone(
        back, first, second, acts=bool(second.role)
    ):
        return False
    return (
        not _others_speak(back, first, second) and _one_kind(first, second) and _one_side(back, first, second, entity)
    )


def _others_speak(back: Back, first: MentionDraft, second: MentionDraft) -> bool:
    """Somebody else speaks between the description and the name."""
    between = (s for s in back.speaking if s and first.end <= s[0] < second.start and s in back.index)
    return any(back.mentions[back.index[s]].kind != "pronoun" for s in between)


def _full(back: Back, first: MentionDraft, second: MentionDraft, entity: Entity) -> str:
    """The name as it stands; "the leader" may be one whom the page names in full elsewhere."""
    return entity.name if back.text(first).lower().startswith("the ") else second.name or ""


def _goes_on(back: Back, first: MentionDraft, second: MentionDraft) -> bool:
    """What is told of the name is an act of the office that spoke, not the fate of somebody whom it spoke of."""
    owned = " " in (first.role or "") and bool(back.register.side_of(first.side))
    indefinite = back.text(first).lower().startswith(_NOBODYS)
    return owned and not indefinite and not second.role and not _FATE.match(back.post.text, second.end)


_FATE = re.compile(r"\W*(?:,|who\b|was\b|were\b|is\b|has\b|had\b|will\b|and\b|died\b|fled\b|remains?\b)")
_NAME = re.compile(r",? [A-Z]")


def _one_kind(first: MentionDraft, second: MentionDraft) -> bool:
    """ "A lawmaker … Ana Reis, a deputy head of the committee"; "a pilot … Ana Reis"; no witness and no source."""
    lists = words()
    mine = role_of(first.role or "", None)
    kind = lists.roles.get(mine.head.split(" ")[-1])
    if kind not in {"office", "spokes", "member"} and mine.head not in _SKILLED:
        return False
    if not second.role:
        return kind != "spokes" or not second.side
    if heads_of(first.role) & heads_of(second.role) & set(lists.roles):
        return True
    held = [role_of(role, None) for role in second.role.split("; ")]
    yours = {lists.roles.get(role.head.split(" ")[-1]) for role in held}
    told = mine.fields & _FIELDS
    ranked = "military" in told and any(w.rstrip(".") in lists.ranks for w in second.role.lower().split())
    if told and not ranked and not any(told & role.fields for role in held):
        return False  # no "military official" is the governor
    return mine.head in _ANY_OFFICE and bool(yours & {"office", "spokes", "member"})


def _one_side(back: Back, first: MentionDraft, second: MentionDraft, entity: Entity) -> bool:
    """No other country's; a party's and its country's may be one."""
    mine, yours = back.register.side_of(first.side), back.register.side_of(second.side)
    yours = yours or (None if entity.guessed else entity.side)
    if mine is None or yours is None or mine == yours:
        return True
    known = (second.side and sides.of(second.side)) or sides.of(yours)
    return mine == (known.home if known else None) or (
        sides.is_country(mine) and not known and not sides.is_country(yours)
    )


_FIELDS = frozenset(words().fields.values())
_SKILLED = words().sets["skilled"]
_ANY_OFFICE = words().sets["any_office"]
_POINTING = ("the ", "this ", "that ")
_NEXT = 24
"""Mentions behind a description that are looked at for its name."""


def _opening(back: Back, mention: MentionDraft) -> bool:
    """Nothing stands before the name in its sentence but a quote, or where and when it was said."""
    spans = back.draft.sentences
    start = spans[mention.sentence][0] if mention.sentence < len(spans) else mention.start
    before = back.post.text[start : mention.start]
    return bool(_OPENS.search(before[-40:]) or _FRONTED.fullmatch(before))


def _alone(back: Back, first: MentionDraft, second: MentionDraft, *, acts: bool = False) -> bool:
    """Nobody else is named between the two; `acts`: nobody who does something."""
    between = (
        back.register.of.get((back.number, i))
        for i, m in enumerate(back.mentions)
        if first.start <= m.start < second.start and (m.subject or not acts)
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
