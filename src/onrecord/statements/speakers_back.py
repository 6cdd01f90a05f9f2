"""Words that point back ("he", "the ministry", "the prime minister") → whom they mean in their post."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.model import Post
from onrecord.statements import sides
from onrecord.statements import speakers_intro as intro
from onrecord.statements import speakers_ties as ties
from onrecord.statements.draft import Draft, MentionDraft, Range
from onrecord.statements.mentions_words import singular, words
from onrecord.statements.speakers_people import Entity, Register
from onrecord.statements.speakers_roles import heads_of, local, role_of

_INDEFINITE = words().sets["indefinite"]
_ARTICLES = words().sets["articles"]
_UNNAMED = frozenset({"unnamed", "document"})
_POINTERS = frozenset({"the", "this", "that", "his", "her", "its", "their"})
_PARTITIVE = words().sets["partitive"]
_GENERIC = words().sets["generic"]
_FACTIONS = words().sets["uprising"] | words().sets["factions"]
_ALLIED = words().sets["allied"]
_UNSTATED = words().sets["civic"] | words().sets["unstated"]
_PRIVATE_MEMBERS = words().sets["private_members"]
_NO_STATE = frozenset({"private", "source", "group", "firm", "outlet", "paper", None})
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
_MEMBERS = re.compile(r"[a-z]+s[’'] (?:[a-z]+ )?[a-z]+$")
"""What owns a body by being its members: "the dockers' union"."""
_OWNED = re.compile(r"[’']s? \w")
_FAR = 80
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
        self.quoted = sorted(span for s in draft.statements if s.mode == "direct" for span in s.content)
        told = sorted(span for s in draft.statements if s.voice == "attributed" for span in s.content)
        self.told = told
        self.speaking = {s.speaker for s in draft.statements if s.speaker and not _within(s.speaker, told)}
        """Where somebody speaks to the reader, not inside another's words."""
        self.words_of = {s.speaker: sorted(s.content) for s in draft.statements if s.speaker}
        """What each speaker's mention says: who is named there is seldom the one who speaks."""
        self._made = [m for m in draft.mentions if m.kind == "document" and m.name][:_FAR]
        self.done: dict[int, Who | None] = {}

    def speaker(self, span: Range) -> Who:
        """Whom a statement's speaker range means; ask in text order."""
        number = self.index[span]
        mention = self.mentions[number]
        found = self._who(number) or self._nobody(mention)
        if span in self.speaking:
            self.spoken.append(found)
        return found

    def tie(self) -> None:
        """Give the page's people the sides of those whose offices they hold, before anybody is resolved."""
        intro.introduce(self)
        for number, mention in enumerate(self.mentions):
            entity = self.register.of.get((self.number, number)) if mention.kind in {"person", "name"} else None
            if entity and entity.kind == "person" and (tie := ties.of_holder(self, number)):
                entity.tie(tie.side)
        self.done.clear()

    def who(self, number: int) -> Who | None:
        """Whom a mention means, or None."""
        return self._who(number)

    def person_of(self, number: int) -> Entity | None:
        """The person of the page whom a mention means."""
        who = self._who(number)
        return self.register.called(who.name) if who and who.kind == "person" else None

    def before(self, number: int) -> Iterable[Entity]:
        """Named people and bodies of the post before a mention, nearest first."""
        return self._before(self.mentions[number])

    def salient(self, number: int) -> list[Entity]:
        """Like `before`, subjects first."""
        return self._salient(self.mentions[number])

    def _who(self, number: int) -> Who | None:
        if number not in self.done:
            self.done[number] = None  # while it is looked for, it is nobody
            self.done[number] = self._find(number)
        return self.done[number]

    def _find(self, number: int) -> Who | None:
        mention = self.mentions[number]
        entity = self.register.of.get((self.number, number))
        if entity:
            return _of(entity)
        if mention.plural and " and " in (mention.name or ""):
            return self._several(mention)
        if mention.kind == "place" and mention.side:
            person = self.register.called(self._text(mention))
            if person and person.kind == "person" and self.number in person.named:
                return _of(person)  # "Jordan", after "Ana Jordan"
            return Who(sides.government(mention.side), "body", mention.side, gender="n")
        if mention.kind == "pronoun":
            return self._pronoun(number)
        if mention.kind == "office":
            return self._office(number)
        if mention.kind in {"body", "outlet"}:
            return self._body(number)
        if mention.kind == "document":
            return self._document(number)
        if mention.kind != "name":
            return None
        return self._office(number) if mention.role else self._name(mention)

    def _several(self, mention: MentionDraft) -> Who:
        """ "Mr Reis and Mr Lobo": the names in full."""
        names = (mention.name or "").split(" and ")
        found = [self.register.called(name) for name in names]
        full = [e.name if e else sides.government(name) for name, e in zip(names, found, strict=True)]
        told = {e.side if e else sides.is_country(name) and name for name, e in zip(names, found, strict=True)}
        side = self.register.side_of(mention.side) or (told.pop() or None if len(told) == 1 else None)
        return Who(" and ".join(full), "body", side or None, gender=None, plural=True)

    def _name(self, mention: MentionDraft) -> Who | None:
        """A name that the map knows: a town that speaks."""
        side = self.context.near(mention.end)
        return Who(mention.name or "", "body", side, gender="n") if mention.name else None

    # -- pronouns ------------------------------------------------------------------------------------------------------

    def _pronoun(self, number: int) -> Who | None:
        mention = self.mentions[number]
        word = _PLAIN.get(word := self._text(mention).lower(), word)
        if word in {"who", "which", "that"} and (near := self._just_before(number)):
            return near
        if word in {"i", "we", "me", "us"}:
            return self._quoted_speaker(mention)
        back = range(number - 1, max(-1, number - _FAR), -1)
        ranked = sorted(self._candidates(word, mention, back), key=lambda row: -row[0])
        if ranked:
            return ranked[0][1]
        if word in {"he", "she"} and (near := self._office_before(number)):
            return near
        ahead = range(number + 1, min(len(self.mentions), number + 6))
        return next((who for _, who in self._candidates(word, mention, ahead)), None)

    def _candidates(self, word: str, mention: MentionDraft, numbers: Iterable[int]) -> Iterable[tuple[float, Who]]:
        for i in numbers:
            other = self.mentions[i]
            if (other.kind == "pronoun" and i not in self.done) or other.start <= mention.start < other.end:
                continue
            found = self._who(i)
            if found and _agrees(word, mention, other, found):
                yield self._score(mention, i, other, found), found

    def _office_before(self, number: int) -> Who | None:
        """The unnamed one that "he" means: "The judge sat down. HE said"."""
        mention = self.mentions[number]
        for i in range(number - 1, max(-1, number - _FAR), -1):
            other = self.mentions[i]
            if mention.sentence - other.sentence > 3:
                return None
            alone = other.kind == "office" and other.subject and not other.plural and other.end <= mention.start
            if (
                alone
                and not {mention.gender, other.gender} >= {"m", "f"}
                and not _within((other.start, other.end), self.quoted)
            ):
                return self._who(i) or self._nobody(other)
        return None

    def _just_before(self, number: int) -> Who | None:
        mention = self.mentions[number]
        for i in range(number - 1, max(-1, number - 8), -1):
            gap = self.post.text[self.mentions[i].end : mention.start]
            if self.mentions[i].end <= mention.start and not gap.strip(" ,–—-"):
                return self._who(i) or self._nobody(self.mentions[i])
        return None

    def _quoted_speaker(self, mention: MentionDraft) -> Who | None:
        """ "I" inside somebody's words."""
        for s in self.draft.statements:
            inside = any(a <= mention.start < b for a, b in s.content)
            if inside and s.speaker and s.speaker != (mention.start, mention.end):
                return self._who(self.index[s.speaker])
        return None

    def _score(self, mention: MentionDraft, i: int, other: MentionDraft, found: Who) -> float:
        """Near, a subject, the last speaker: the better; inside a quote or another phrase: the worse."""
        apart = abs(mention.sentence - other.sentence)
        last = self.spoken[-1] if self.spoken else None
        inside = i > 0 and any(m.start <= other.start and m.end >= other.end for m in self.mentions[max(0, i - 3) : i])
        return (
            -1.0 * apart
            + 0.7 * other.subject
            + 1.2 * 0.6**apart * (last is not None and last.name == found.name)
            + 0.4 * ((other.start, other.end) in self.speaking)
            - 1.5 * _within((other.start, other.end), self.quoted)
            - 0.9 * ((mention.start, mention.end) in self.speaking and _within((other.start, other.end), self.told))
            - 1.5 * _within((other.start, other.end), self.words_of.get((mention.start, mention.end), []))
            - 1.0 * inside
            - 1.0 * (other.kind == "place" and not other.subject)
            - 2.0 * (other.kind == "name" and not other.subject and (self.number, i) not in self.register.of)
            - 1.5 * (other.kind == "document" or found.kind == "document")
            - 0.6 * (found.kind in {"unnamed", "office"}) * (mention.gender in {"m", "f"})
            - 0.3 * (mention.gender in {"m", "f"} and found.gender not in {"m", "f"} and other.gender not in {"m", "f"})
            - 0.01 * abs(mention.start - other.start) / 10
        )

    # -- offices -------------------------------------------------------------------------------------------------------

    def _office(self, number: int) -> Who | None:
        mention = self.mentions[number]
        text = self._text(mention)
        first = text.split(" ", 1)[0].lower()
        side = self.register.side_of(mention.side)
        tie = ties.of_holder(self, number) if side is None else None
        side = side or (tie.side if tie else None)
        role = role_of(mention.role or text, side)
        if first in _POINTERS and (won := ties.winner(self, number)):
            return _of(won)
        if first == "the" and mention.plural and not side and (armed := ties.rebels(self, number, role.head)):
            return _of(armed)
        if mention.plural or first in _INDEFINITE:
            return self._named_later(number, role.head) or self._many(number, role.head, first, side, tie is not None)
        holders = self.register.holders(role)
        if found := self._choose(number, holders, side):
            return found
        if same := self._spoken_of(role.head):
            return same
        if role.head in _GENERIC and first not in _INDEFINITE and not mention.side and _lower_case(mention.role or ""):
            return self._body_elsewhere(number, role.head, "the", None)
        if words().roles.get(role.head.split(" ")[-1]) in {"private", "member", "source"} or not role.public:
            if person := intro.described(self, number):
                return _of(person)
            return self._recent(number, side) if not mention.side and first == "the" else None
        if not mention.side and first in _POINTERS and (recent := self._recent(number, side)):
            return recent
        side = side or (None if tie else self._side_here(mention))
        return Who(_clean(text), "office", side, mention.role, mention.gender)

    def _before(self, mention: MentionDraft) -> Iterable[Entity]:
        """Named people and bodies of the post before a mention, nearest first."""
        for i in self._back_from(mention):
            if self.mentions[i].end <= mention.start and (entity := self.register.of.get((self.number, i))):
                yield entity

    def _back_from(self, mention: MentionDraft) -> range:
        first = bisect_right(self.starts, mention.start) - 1
        return range(first, max(-1, first - 3 * _FAR), -1)

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
            return _of(here or holders[0])
        wanted = side or (self.spoken[-1].side if self.spoken else None) or self.context.main
        agree = [e for e in holders if wanted and e.side == wanted]
        return _of(max(agree, key=lambda e: len(e.seen))) if agree else None

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

    def _named_later(self, number: int, head: str) -> Who | None:
        """ "A watchdog … The watchdog, the Lagoa Centre"; vague "officials … the bloc's ambassadors"."""
        mention = self.mentions[number]
        vague = mention.plural and head in words().vague and not self.register.side_of(mention.side)
        for i in range(number + 1, min(len(self.mentions), number + _FAR)):
            other = self.mentions[i]
            text = self._text(other).lower()
            if other.name and not mention.plural and text.startswith(("the ", "this ")) and head in _role_heads(other):
                return self._who(i)
            exact = vague and other.plural and other.kind == "office" and (other.start, other.end) in self.speaking
            if exact and (side := self.register.side_of(other.side)) and not sides.is_country(side):
                return _unnamed(other, self._text(other), side)
        return None

    def _many(self, number: int, head: str, first: str, side: str | None, tied: bool) -> Who:
        mention = self.mentions[number]
        text = self._text(mention)
        last = self.spoken[-1] if self.spoken and first in _PARTITIVE else None
        same = self._spoken_of(head) or last
        if not side and same and same.kind in _UNNAMED:
            side = same.side
        return _unnamed(mention, text, side or (None if tied else self._side_here(mention)))

    def _spoken_of(self, head: str) -> Who | None:
        """An unnamed source spoken of before in the same words: "a Syrian source … the Syrian source"."""
        return next((who for who in reversed(self.spoken) if who.kind in _UNNAMED and head in who.heads), None)

    def _recent(self, number: int, side: str | None) -> Who | None:
        """The last person named, when nothing else is known of them: "Ana Reis … The singer"."""
        for entity in self._before(self.mentions[number]):
            if entity.kind == "person":
                gender = {entity.gender, self.mentions[number].gender}
                fits = not entity.roles and not {"m", "f"} <= gender and (side is None or entity.side in {None, side})
                return _of(entity) if fits else None
        return None

    # -- bodies and documents ------------------------------------------------------------------------------------------

    def _body(self, number: int) -> Who | None:
        mention = self.mentions[number]
        text = self._text(mention)
        first = text.split(" ", 1)[0].lower()
        head = _head(mention.role or text)
        side = self.register.side_of(mention.side)
        if first in _INDEFINITE:
            return self._named_later(number, head) or _unnamed(mention, text, side or self._allied(head))
        if mention.plural and first not in {"the", "these", "those"}:
            return _unnamed(mention, text, side or self._allied(head))
        if found := ties.office_of(self, number) or self._body_before(number, head, side):
            return found
        if found := self._body_elsewhere(number, head, first, side):
            return found
        if mention.plural:
            return _unnamed(mention, text, side or self._allied(head))
        state = words().bodies.get(head) in {"state", "armed"}
        if words().bodies.get(head) == "group" and _MEMBERS.search(text) and not side:
            return Who(_clean(text), "body", _clean(text), gender="n", heads=frozenset({head}))
        owner = ties.owner_of(self, number) if not side and state else None
        own = self.who(owner) if owner is not None and self.mentions[owner].kind == "pronoun" else None
        side = side or (own.side if own else None)
        side = side or (self._side_here(mention) if state else None)
        if not side and first not in _POINTERS:
            return None
        rest = _clean(text)
        told = (
            not side
            or " of " in rest
            or " in " in rest
            or "’" in rest
            or "'" in rest
            or any(known.side == side for _, known in sides.found(rest))
        )
        return Who(
            rest if told else f"{sides.adjective(side or '')} {rest}",
            mention.kind,
            side,
            gender="n",
            heads=frozenset({head}),
        )

    def _body_before(self, number: int, head: str, side: str | None) -> Who | None:
        mention = self.mentions[number]
        told = heads_of(mention.role) - _ARTICLES - {head}
        meant = {head, *words().stand_in.get(head, ())}
        for i in range(number - 1, max(-1, number - _FAR), -1):
            other = self.mentions[i]
            certain = i in self.done or other.kind == "place" or (self.number, i) in self.register.of
            if other.end > mention.start or not certain:  # what points back itself points on to what comes next here
                continue
            found = self._who(i)
            right = found and (
                (meant & found.heads and (not told or told & found.heads))
                or (head == "government" and other.kind == "place")
            )
            if found and right and found.kind in {"body", "outlet"} and (not side or found.side in {side, None}):
                return found
        return None

    def _body_elsewhere(self, number: int, head: str, first: str, side: str | None) -> Who | None:
        """For a generic word, the last body named here; else another post's body of that head, if there is but one."""
        bare = self._text(self.mentions[number]).lower() in {head, f"{head}s"}  # "Union threatens …"
        owned = _OWNED.search(self._text(self.mentions[number])) is not None
        if head in _GENERIC and (first in {"the", "this"} or bare) and not owned:
            fit = [e for e in self._salient(self.mentions[number]) if _may_be(e, head, side)]
            sure = (e for e in fit if head in e.heads or _of(e).side == e.name or _wire(e))
            found = next(sure, None) or next(iter(fit), None) or self._only(head, side)
            return _of(found) if found else None
        if first in {"the", "its", "their", "this"} and not side:
            fits = {e.name: e for e in self.register.bodies if head in e.heads and e.sides}
            return _of(next(iter(fits.values()))) if len(fits) == 1 else None
        return None

    def _only(self, head: str, side: str | None) -> Entity | None:
        """The page's one body of that head which is no state's: "the union"."""
        known = [e for e in self.register.bodies if (" " in e.name or e.named_for) and _may_be(e, head, side)]
        meant = {head, *words().stand_in.get(head, ())}
        exact = (
            [e for e in known if head in e.heads]
            or [e for e in known if meant & e.heads]
            or [e for e in known if e.kind == "body" and _of_class(e, head)]
        )
        return exact[0] if len(exact) == 1 else None

    def _allied(self, head: str) -> str | None:
        """ "Member states" are those of the alliance that the post names first."""
        if head not in _ALLIED:
            return None
        return next(
            (side for _, side, kind in self.context.refs if kind == "body" and not sides.is_country(side)), None
        )

    def _document(self, number: int) -> Who | None:
        mention = self.mentions[number]
        head = _head(mention.role or "")
        maker = mention if mention.name else next((m for m in self._made if head in _role_heads(m)), None)
        if maker:
            entity = self.register.called(maker.name or "")
            side = self.register.side_of(maker.side)
            return _of(entity) if entity else Who(maker.name or "", "body", side, gender="n")
        if self._text(mention).lower().startswith(("the ", "this ", "its ", "his ", "her ")) and self.spoken:
            return self.spoken[-1]
        return None

    # -- sides ---------------------------------------------------------------------------------------------------------

    def _side_here(self, mention: MentionDraft) -> str | None:
        """The side of a public office or body that does not say whose it is."""
        text = (mention.role or self._text(mention)).lower()
        if shared := self.register.shared(text):
            return shared
        if {singular(w) for w in text.split()} & _FACTIONS:
            return None
        side = self._side_around(mention, text)
        accused = self.context.accused(mention) if side else frozenset()
        return self.context.but(accused) if side in accused else side

    def _side_around(self, mention: MentionDraft, text: str) -> str | None:
        """The side that the post, or the page, is about."""
        head = _head(text)
        kind = words().roles.get(head) or words().bodies.get(head)
        told = set(text.split())
        kind = "member" if kind == "source" and told & words().sets["official_sources"] else kind
        if head in _PRIVATE_MEMBERS or kind in _NO_STATE or _UNSTATED & told:
            return None
        if local(text):
            return self.register.near(self.context, mention.start)
        if words().abroad & {singular(w) for w in text.split()}:
            return self.context.main if self.context.main in words().alliances else None
        last = next((who.side for who in self.spoken[-1:] if _public(who.side)), None)
        same_sentence = next((e.side for e in self._before(mention) if _public(e.side)), None)
        own = self.register.main_of(self.context) or last or same_sentence or self.register.home
        return own or (None if self.context.refs else self.register.page_side)

    def _nobody(self, mention: MentionDraft) -> Who:
        side = self.register.side_of(mention.side) or self._side_here(mention)
        text = self._text(mention)
        person = mention.kind == "pronoun" and mention.gender in {"m", "f"}
        return _unnamed(mention, "someone" if person else text, side)  # a pronoun is no name

    def _text(self, mention: MentionDraft) -> str:
        text = " ".join(self.post.text[mention.start : mention.end].split())
        return text if "[" in text else text.rpartition("] ")[2] or text  # behind a stamp: "… GMT] The rebels"


def _public(side: str | None) -> bool:
    """A country or an alliance: what public offices and bodies may belong to."""
    return sides.is_country(side) or side in words().alliances


def _lower_case(role: str) -> bool:
    """ "The dam operator"; "Operator", where it opens a headline."""
    return role[1:].islower()


def _of_class(entity: Entity, head: str) -> bool:
    """A body that a general word may mean: no union is "the airline", no firm "the party"."""
    lists = words()
    own = {kind for h in entity.heads if (kind := lists.bodies.get(h))}
    wanted = lists.bodies.get(head)
    if wanted == "firm":
        return not own - {"firm"} and entity.named_for
    return head in {"group", "organisation", "organization"} and "firm" not in own


def _may_be(entity: Entity, head: str, side: str | None) -> bool:
    """A named body that "the company", "the group", "the watchdog" may mean. An outlet is met as a channel: by its own
    words only ("the agency", "the newspaper")."""
    if entity.kind == "outlet" and head not in entity.heads and not (head == "agency" and _wire(entity)):
        return False
    if entity.kind not in {"body", "outlet"} or (head not in entity.heads and sides.is_country(entity.side)):
        return False
    return side is None or entity.side in {None, side, entity.name}


def _wire(entity: Entity) -> bool:
    """A news agency: "the agency" is the one named last."""
    return entity.name.lower() in words().sets["wires"]


def _within(span: Range, told: list[Range]) -> bool:
    """True when the span lies in one of the sorted spans."""
    i = bisect_right(told, (span[0], sys.maxsize))
    return any(a <= span[0] and span[1] <= b and (a, b) != span for a, b in told[max(0, i - 4) : i])


def _of(entity: Entity) -> Who:
    side = entity.side
    if side is None and entity.kind == "body" and entity.named_for:
        side = entity.name
    return Who(entity.name, entity.kind, side, entity.office, entity.gender, entity.plural, frozenset(entity.heads))


def _role_heads(mention: MentionDraft) -> set[str]:
    """The heads of all its roles."""
    return {_head(role) for role in (mention.role or "").split("; ")}


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


def _unnamed(mention: MentionDraft, text: str, side: str | None) -> Who:
    head = _head(mention.role or text)
    kind = "document" if mention.kind == "document" else "unnamed"
    return Who(f"unnamed: {_lowered(text)}", kind, side, None, mention.gender, mention.plural, frozenset({head}))


_ENDS = words().sets["head_tails"]


def _head(text: str) -> str:
    """The last word of a description before its tail, in the singular."""
    tokens = [w.lower() for w in sides.split(text)]
    stop = next((i for i, w in enumerate(tokens) if i and w in _ENDS), len(tokens))
    if stop > 1 and tokens[stop - 1].endswith(("ed", "ing")):  # "an official briefed | on the talks"
        stop = next((i for i in range(stop - 1, 0, -1) if tokens[i - 1] in words().roles), stop)
    return singular(tokens[stop - 1]) if tokens else ""


def _lowered(text: str) -> str:
    first = text.split(" ", 1)[0]
    if text.isupper() and len(text) > 5:
        return text.lower()
    plain = first.lower() in _INDEFINITE | {
        "the",
        "local",
        "regional",
        "officials",
        "residents",
        "witnesses",
        "sources",
    }
    return text[:1].lower() + text[1:] if plain else text


def _clean(text: str) -> str:
    first, _, rest = text.partition(" ")
    return rest if first.lower() in _ARTICLES and rest else text
