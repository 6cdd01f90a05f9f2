"""Words that point back ("he", "the ministry", "the prime minister") → whom they mean in their post."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

from onrecord.model import Post
from onrecord.statements import sides
from onrecord.statements import speakers_bodies as bodies
from onrecord.statements import speakers_intro as intro
from onrecord.statements import speakers_pronouns as pronouns
from onrecord.statements import speakers_ties as ties
from onrecord.statements import speakers_told as behind
from onrecord.statements.draft import Draft, MentionDraft, Range
from onrecord.statements.mentions_words import singular, words
from onrecord.statements.speakers_context import THE_LAND
from onrecord.statements.speakers_entities import Entity
from onrecord.statements.speakers_people import Register
from onrecord.statements.speakers_pronouns import within
from onrecord.statements.speakers_roles import local, role_of
from onrecord.statements.speakers_who import (
    FAR,
    INDEFINITE,
    POINTERS,
    Who,
    head_of,
    of_entity,
    of_land,
    role_heads,
    unnamed,
)

_UNNAMED = frozenset({"unnamed", "document"})
_PARTITIVE = words().sets["partitive"]
_GENERIC = words().sets["generic"]
_FACTIONS = words().sets["uprising"] | words().sets["factions"]
_UNSTATED = words().sets["civic"] | words().sets["unstated"]
_ANY_SOURCE = words().sets["any_source"]
_PRIVATE_MEMBERS = words().sets["private_members"]
_PAIRS = words().sets["pairs"]
_TWO = frozenset(f"the {word}" for word in _PAIRS)
_BROKEN_AWAY = frozenset(
    {"breakaway", "separatist", "secessionist", "self-proclaimed", "self-declared", "unrecognised", "unrecognized"}
)
_LAND = re.compile(THE_LAND, re.IGNORECASE)
_AT_HOME = frozenset({"minister", "ministry", "secretary", "affairs"})
"""With them "foreign" tells of a country's own office."""
_PAPERS = frozenset({"source", "paper"})
"""A state's, with words for it: "a presidential order"."""
_NO_STATE = frozenset({"private", "source", "group", "firm", "outlet", "paper", None})


class Back:
    """One post's mentions, resolved from its top down."""

    def __init__(self, post: Post, draft: Draft, register: Register, number: int) -> None:
        self.post = post
        self.draft = draft
        self.mentions = draft.mentions
        self.register = register
        self.number = number
        self.context = register.contexts[number]
        self.starts = [m.start for m in draft.mentions]
        self.index = {(m.start, m.end): i for i, m in enumerate(draft.mentions)}
        self.spoken: list[Who] = []
        """The speakers so far."""
        self._spoke = -FAR
        """Where a country spoke last as such: its sentence's number."""
        self.quoted = sorted(span for s in draft.statements if s.mode == "direct" for span in s.content)
        told = sorted(span for s in draft.statements if s.voice == "attributed" for span in s.content)
        self.told = told
        self.speaking = {s.speaker for s in draft.statements if s.speaker and not within(s.speaker, told)}
        """Where somebody speaks to the reader, not inside another's words."""
        self.words_of = {s.speaker: sorted(s.content) for s in draft.statements if s.speaker}
        """What each speaker's mention says: who is named there is seldom the one who speaks."""
        self.documents = [m for m in draft.mentions if m.kind == "document"][:FAR]
        self.done: dict[int, Who | None] = {}
        self.means: dict[int, Entity] = {}
        """Descriptions whose name the next sentences give."""

    def speaker(self, span: Range) -> Who:
        """Whom a statement's speaker range means; ask in text order."""
        number = self.index[span]
        mention = self.mentions[number]
        found = self.who(number) or self.nobody(mention)
        if span in self.speaking:
            self.spoken.append(found)
            self._spoke = mention.sentence if mention.kind == "place" else -FAR
        return found

    def tie(self) -> None:
        """Give the page's people the sides of those whose offices they hold, before anybody is resolved."""
        intro.introduce(self)
        for number, mention in enumerate(self.mentions):
            entity = self.register.of.get((self.number, number)) if mention.kind in {"person", "name"} else None
            if entity and entity.kind == "person":
                behind.tell(self, number, entity)
            if entity and entity.kind == "person" and (tie := ties.of_holder(self, number)):
                entity.tie(tie.side)
        self.done.clear()

    def side_of(self, mention: MentionDraft) -> str | None:
        """The side that a mention's words name."""
        return self.register.side_of(self.register.told(self.number, mention))

    def person_of(self, number: int) -> Entity | None:
        """The person of the page whom a mention means."""
        who = self.who(number)
        return self.register.called(who.name) if who and who.kind == "person" else None

    def before(self, number: int) -> Iterable[Entity]:
        """Named people and bodies of the post before a mention, nearest first."""
        return self._before(self.mentions[number])

    def salient(self, number: int) -> list[Entity]:
        """Like `before`, subjects first."""
        return self._salient(self.mentions[number])

    def who(self, number: int) -> Who | None:
        """Whom a mention means, or None."""
        if number not in self.done:
            self.done[number] = None  # while it is looked for, it is nobody
            self.done[number] = self._find(number)
        return self.done[number]

    def _find(self, number: int) -> Who | None:
        mention = self.mentions[number]
        entity = self.means.get(number) or self.register.of.get((self.number, number))
        if entity:
            return bodies.named_before(self, number, entity) or of_entity(entity)
        if mention.plural and " and " in (mention.name or ""):
            return self._several(mention)
        if mention.kind == "place" and mention.side:
            person = self.register.called(self.text(mention))
            if person and person.kind == "person" and self.number in person.named:
                return of_entity(person)  # "Jordan", after "Ana Jordan"
            side = self.register.told(self.number, mention) or mention.side
            return Who(sides.government(side), "body", side, gender="n")
        if mention.kind == "pronoun":
            return pronouns.pronoun(self, number)
        if mention.kind == "office":
            return self._office(number)
        if mention.kind in {"body", "outlet"}:
            return bodies.body(self, number)
        if mention.kind == "document":
            return bodies.document(self, number)
        if mention.kind == "unnamed" and self.text(mention).lower() in _TWO:
            return self._pair(number)
        if mention.kind == "unnamed":
            return self._land(mention) or bodies.vote_count(self, number)
        if mention.kind != "name":
            return None
        return self._office(number) if mention.role else self._name(mention)

    def _land(self, mention: MentionDraft) -> Who | None:
        """ "The country said": the one named last."""
        land = self.context.called(mention.start, mention.end) if _LAND.fullmatch(self.text(mention)) else None
        return Who(sides.government(land), "body", land, gender="n") if land else None

    def _several(self, mention: MentionDraft) -> Who:
        """ "Mr Reis and Mr Lobo": the names in full."""
        names = (mention.name or "").split(" and ")
        found = [self.register.called(name) for name in names]
        full = [e.name if e else sides.government(name) for name, e in zip(names, found, strict=True)]
        told = {e.side if e else sides.is_country(name) and name for name, e in zip(names, found, strict=True)}
        side = self.side_of(mention) or (told.pop() or None if len(told) == 1 else None)
        return Who(" and ".join(full), "body", side or None, gender=None, plural=True)

    def _name(self, mention: MentionDraft) -> Who | None:
        """A name that the map knows: a town that speaks."""
        side = self.context.near(mention.end)
        return Who(mention.name or "", "body", side, gender="n") if mention.name else None

    # -- offices -------------------------------------------------------------------------------------------------------

    def _office(self, number: int) -> Who | None:
        mention = self.mentions[number]
        text = self.text(mention)
        first = text.split(" ", 1)[0].lower()
        side = self.side_of(mention)
        tie = ties.of_holder(self, number) if side is None else None
        side = side or (tie.side if tie else None)
        role = role_of(mention.role or text, side)
        if first in POINTERS and (won := ties.winner(self, number)):
            return of_entity(won)
        if first == "the" and mention.plural and role.head in _PAIRS and (both := self._pair(number)):
            return both
        rebels = first == "the" and mention.plural
        if rebels and (armed := ties.rebels(self, number, role.head, self.side_of(mention))):
            return armed
        if first in INDEFINITE and (named := intro.apposed(self, number)):
            return of_entity(named)
        if mention.plural or first in INDEFINITE:
            return self.named_later(number, role.head) or self._many(number, role.head, first, side, tie is not None)
        holders = self.register.holders(role)
        if found := self._choose(number, holders, side):
            return found
        if same := self._spoken_of(role.head):
            return same
        if first == "the" and not side and (last := self._last_official(mention, role.head)):
            return last
        if role.head in _GENERIC and first not in INDEFINITE and not mention.side and _lower_case(mention.role or ""):
            return bodies.elsewhere(self, number, role.head, "the", None)
        if words().roles.get(role.head.split(" ")[-1]) in {"private", "member", "source"} or not role.public:
            if person := intro.described(self, number):
                return of_entity(person)
            return self._recent(number, side) if not mention.side and first == "the" else None
        if not mention.side and first in POINTERS and (recent := self._recent(number, side)):
            return recent
        side = side or (None if tie else self.side_here(mention))
        return Who(of_land(text, side), "office", side, mention.role, mention.gender)

    def _pair(self, number: int) -> Who | None:
        """ "The couple", "the bereaved parents": two who were named together before."""
        before = range(number - 1, max(-1, number - FAR), -1)
        return next((self.who(i) for i in before if self._are_two(self.mentions[i])), None)

    def _are_two(self, mention: MentionDraft) -> bool:
        names = (mention.name or "").split(" and ") if mention.plural else []
        found = [self.register.called(name) for name in names]
        return len(found) == 2 and all(e and e.kind == "person" for e in found)

    def _before(self, mention: MentionDraft) -> Iterable[Entity]:
        """Named people and bodies of the post before a mention, nearest first."""
        for i in self._back_from(mention):
            if self.mentions[i].end <= mention.start and (entity := self.register.of.get((self.number, i))):
                yield entity

    def _back_from(self, mention: MentionDraft) -> range:
        first = bisect_right(self.starts, mention.start) - 1
        return range(first, max(-1, first - 3 * FAR), -1)

    def _salient(self, mention: MentionDraft) -> list[Entity]:
        """Like `_before`, subjects of this sentence and the one before first."""
        here = [
            (self.mentions[i], entity)
            for i in self._back_from(mention)
            if self.mentions[i].end <= mention.start and (entity := self.register.of.get((self.number, i)))
        ]
        return [
            e for _, e in sorted(here, key=lambda row: not row[0].subject or mention.sentence - row[0].sentence > 1)
        ]

    def _choose(self, number: int, holders: list[Entity], side: str | None) -> Who | None:
        """Of several holders, the one named here; else the one of the side that speaks; else nobody."""
        if not holders:
            return None
        names = {id(e) for e in holders}
        here = self._told_of(self.mentions[number], names)
        if here or len(holders) == 1:
            return of_entity(here or holders[0])
        wanted = side or (self.spoken[-1].side if self.spoken else None) or self.context.main
        agree = [e for e in holders if wanted and e.side == wanted]
        return of_entity(max(agree, key=lambda e: len(e.seen))) if agree else None

    def _told_of(self, mention: MentionDraft, names: set[int]) -> Entity | None:
        """The nearest of these named before: one who acts or speaks, rather than one who is only mentioned."""
        nearest, spoken = None, {who.name for who in self.spoken}
        for i in self._back_from(mention):
            other, entity = self.mentions[i], self.register.of.get((self.number, i))
            if entity is None or id(entity) not in names or other.end > mention.start:
                continue
            nearest = nearest or entity
            if other.subject or entity.name in spoken:
                return entity
        return nearest

    def named_later(self, number: int, head: str) -> Who | None:
        """ "A watchdog … The watchdog, the Lagoa Centre"; vague "officials … the bloc's ambassadors"."""
        mention = self.mentions[number]
        vague = mention.plural and head in words().vague and not self.side_of(mention)
        for i in range(number + 1, min(len(self.mentions), number + FAR)):
            other = self.mentions[i]
            text = self.text(other).lower()
            if other.name and not mention.plural and text.startswith(("the ", "this ")) and head in role_heads(other):
                return self.who(i)
            exact = vague and other.plural and other.kind == "office" and (other.start, other.end) in self.speaking
            if exact and (side := self.register.side_of(other.side)) and not sides.is_country(side):
                return unnamed(other, self.text(other), side)
        return None

    def _many(self, number: int, head: str, first: str, side: str | None, tied: bool) -> Who:
        mention = self.mentions[number]
        text = self.text(mention)
        last = self.spoken[-1] if self.spoken and first in _PARTITIVE else None
        same = self._spoken_of(head) or last
        if not side and same and same.kind in _UNNAMED:
            side = same.side
        if not side and (owner := ties.owner_of(self, number)) is not None and self.mentions[owner].kind == "pronoun":
            who = self.who(owner)  # "its economists": a body's
            side = (who.side or who.name) if who and who.kind == "body" else None
        side = side or (None if tied else self.side_here(mention))
        return unnamed(mention, text, self.register.lands.against(side, text) if side else None)

    def _spoken_of(self, head: str) -> Who | None:
        """An unnamed source spoken of before in the same words: "a Syrian source … the Syrian source"."""
        same = next((who for who in reversed(self.spoken) if who.kind in _UNNAMED and head in who.heads), None)
        last = self.spoken[-1] if self.spoken and head in _ANY_SOURCE else None  # "an official … the representative"
        return same or (last if last and last.kind == "unnamed" and last.heads & _ANY_SOURCE else None)

    def _last_official(self, mention: MentionDraft, head: str) -> Who | None:
        """ "Minister Ana Reis said no. THE OFFICIAL said why.": whoever spoke last, in some office."""
        if head not in words().sets["any_office"] or not self.spoken or self.spoken[-1].kind != "person":
            return None
        entity = self.register.called(self.spoken[-1].name)
        held = entity is not None and any(role.public for role in entity.roles)
        plain = not mention.plural and mention.role == head
        return of_entity(entity) if entity and held and plain else None

    def _recent(self, number: int, side: str | None) -> Who | None:
        """The last person named, when nothing else is known of them: "Ana Reis … The singer"."""
        for entity in self._salient(self.mentions[number]):
            if entity.kind == "person":
                gender = {entity.gender, self.mentions[number].gender}
                fits = not entity.roles and not {"m", "f"} <= gender and (side is None or entity.side in {None, side})
                return of_entity(entity) if fits else None
        return None

    # -- sides ---------------------------------------------------------------------------------------------------------

    def side_here(self, mention: MentionDraft) -> str | None:
        """The side of a public office or body that does not say whose it is."""
        text = (mention.role or self.text(mention)).lower()
        if called := self.context.called(mention.start, mention.end):
            return called
        if shared := self.register.lands.shared(text):
            return shared
        told = {singular(w) for w in text.split()}
        if told & _BROKEN_AWAY and (
            region := self.context.broken_away(mention.start) or self.register.lands.broken_away
        ):
            return region
        if told & _FACTIONS:
            return self.register.lands.risen if told & words().sets["uprising"] else None
        if told & words().opposition:
            side = self.register.lands.of_office(self.context, mention) or self.register.lands.page_side
            return self.register.lands.against(side, "opposition") if side else None
        side = self._side_around(mention, text)
        accused = self.context.accused(mention) if side else frozenset()
        return self.context.but(accused) if side in accused else side

    def _side_around(self, mention: MentionDraft, text: str) -> str | None:
        """The side that the post, or the page, is about."""
        head = head_of(text)
        kind = words().roles.get(head) or words().bodies.get(head)
        told = set(text.split())
        kind = "member" if kind in _PAPERS and told & words().sets["official_sources"] else kind
        of = words().bodies.get(text.rpartition(" ")[2]) if " of " in text else None
        if head in _PRIVATE_MEMBERS or kind in _NO_STATE or of in _NO_STATE - {None} or _UNSTATED & told:
            return None  # also "the head of a dockers' union"
        if local(text):
            return self.register.lands.near(self.context, mention, mention.start)
        if words().abroad & {singular(w) for w in text.split()} and not _AT_HOME & told:
            return self.context.main if self.context.main in words().alliances else None
        last = next((who.side for who in self.spoken[-1:] if _public(who.side)), None)
        same_sentence = next((e.side for e in self._before(mention) if _public(e.side)), None)
        own = (
            self.register.lands.of_office(self.context, mention, last, close=mention.sentence - self._spoke <= 1)
            or last
            or same_sentence
            or self.register.lands.home
        )
        return own or (None if self.context.refs else self.register.lands.page_side)

    def nobody(self, mention: MentionDraft) -> Who:
        """A mention that means nobody known, by its own words."""
        side = self.side_of(mention) or self.side_here(mention)
        text = self.text(mention)
        person = mention.kind == "pronoun" and mention.gender in {"m", "f"}
        return unnamed(mention, "someone" if person else text, side)  # a pronoun is no name

    def text(self, mention: MentionDraft) -> str:
        """The words of a mention, in one line."""
        text = " ".join(self.post.text[mention.start : mention.end].split())
        return text if "[" in text else text.rpartition("] ")[2] or text  # behind a stamp: "… GMT] The rebels"


def _public(side: str | None) -> bool:
    """A country or an alliance: what public offices and bodies may belong to."""
    return sides.is_country(side) or side in words().alliances


def _lower_case(role: str) -> bool:
    """ "The dam operator"; "Operator", where it opens a headline."""
    return role[1:].islower()
