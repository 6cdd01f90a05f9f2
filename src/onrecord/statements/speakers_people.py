"""The mentions of a page → its people and bodies, each with names, roles and side."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from onrecord.model import Place, Post, Setting
from onrecord.statements import sides
from onrecord.statements import speakers_firms as firms
from onrecord.statements import speakers_letters as letters
from onrecord.statements import speakers_owners as owners
from onrecord.statements.draft import Draft, MentionDraft
from onrecord.statements.mentions_words import is_own_name, words
from onrecord.statements.speakers_context import Context
from onrecord.statements.speakers_described import named_body
from onrecord.statements.speakers_entities import Entity, is_club, is_state
from onrecord.statements.speakers_lands import Lands
from onrecord.statements.speakers_leaders import Heads
from onrecord.statements.speakers_names import Leader, bare, begins, clash, same_person, short_for
from onrecord.statements.speakers_roles import Role, heads_of, in_sport, local, role_of, side_of_words
from onrecord.statements.speakers_settled import settle

_OF_PLACES = frozenset({"mayor", "governor", "councillor", "sheriff", "gov", "prefect", "deputy mayor"})
_ELECT = r"(?:winner|victor|[a-z]{4,9}[- ](?:elect|designate))\b"
_WINNER = re.compile(rf"[\s,]{_ELECT}", re.IGNORECASE)
_WON = re.compile(
    rf"(?:,[^,.]{{0,60}},)?\s(?:ha[sd] |have )?(?:as |to be |been |be )?(?:the )?(?:won\b|wins\b|{_ELECT})",
    re.IGNORECASE,
)


_INDEPENDENCE = re.compile(r"\b(?:independence|secession|secede|separatis[mt]s?|self-determination)\b", re.IGNORECASE)
_WIDE = 300
"""Characters of the name of a place at most."""
_ANY_HEAD = frozenset({"chief", "head", "boss", "leader"})
"""What papers call the holder of any high office."""


class Register:
    """Who is on the page. Mentions that give a name are told apart here; what only points is left to `Back`."""

    def __init__(self, page: Sequence[tuple[Post, Draft]], setting: Setting, places: Sequence[Sequence[Place]]) -> None:
        self.people: list[Entity] = []
        self.bodies: list[Entity] = []
        self.of: dict[tuple[int, int], Entity] = {}
        """(post, index of mention) → entity."""
        lone = _lone(places, setting)
        self.contexts = [Context(post, draft, at, lone) for (post, draft), at in zip(page, places, strict=True)]
        leaving = any(_INDEPENDENCE.search(post.text) for post, _ in page)
        for context in self.contexts:
            context.leaving = leaving
        when = next((post.time for post, _ in page if post.time), setting.published)
        self.year = when.year if when else None
        placed = [{p.span.start: p for p in at} for at in places]
        self.lands = Lands(self.contexts, placed, self.year, setting.outlet)
        for context in self.contexts:
            context.page_side = self.lands.page_side
        self.now = when.date() if when else None
        self.heads = Heads(self.contexts, self.now)
        self._placed = placed
        self._starts = [sorted(at) for at in self._placed]
        self._spelt: dict[str, str] = {}
        self._by_word: dict[str, list[Entity]] = {}
        self._letters = letters.told(context.post.text for context in self.contexts)
        self.owners = {bare(m.side) for _, d in page for m in d.mentions if m.side and owners.of_firm(m)}
        """Names whose chief executives and spokesmen the page has: firms and bodies, where nothing says otherwise."""
        self.clubs = {bare(m.side) for _, d in page for m in d.mentions if m.side and in_sport(m.role, m.side)}
        """Names whose coaches and players the page has."""
        self._persons = {m.name for _, d in page for m in d.mentions if m.kind == "person"}
        self.rebels = {bare(m.side) for _, d in page for m in d.mentions if m.side and heads_of(m.role) & _REBELS}
        """Names of which the page has rebels: "the rebels of the Dawn Army"."""
        named = [(i, j, m) for i, (_, d) in enumerate(page) for j, m in enumerate(d.mentions) if m.name]
        for i, j, m in sorted(named, key=_fullest):
            self._enter(i, j, letters.spelt(m, self.contexts[i].post.text, self._letters) if self._letters else m)
        for entity in self.people:
            if entity.of_list:
                told = {i for i, j in entity.seen if self.contexts[i].draft.mentions[j].side}
                self.lands.meet(entity.of_list, {i for i, _ in entity.seen} - told)
        self._settle()

    def _enter(self, i: int, j: int, m: MentionDraft) -> None:
        if m.plural and " and " in (m.name or ""):
            return self._enter_both(i, m)
        m = named_body(self.contexts[i].draft.mentions, j, m)
        if m.kind == "body" and m.side == m.name and m.name in self._persons:
            m = replace(m, kind="person", side=None)  # "Lagoa's partner Ana Reis", elsewhere Ms Reis, is no firm
        if m.kind in {"person", "name"}:
            entity = self._person(i, m)
        elif m.kind in {"body", "outlet"} and not self._mere_place(i, m):
            entity = self._body(m)
        else:
            return
        if entity is None:
            return
        self.of[i, j] = entity
        entity.seen.append((i, j))
        if " " in (m.name or ""):
            entity.forms[m.name or ""] += 1
            insort(entity.named.setdefault(i, []), m.start)
        entity.named_for |= m.kind == "name" and entity.kind == "body" and m.gender == "n"
        entity.gender = entity.gender or m.gender
        entity.won |= self._wins(i, m)
        entity.heads |= heads_of(m.role)
        side = (self.lands.shared(m.role, m.side) if m.side and m.role else None) or self.told(i, m)
        if side and not self._part_of(i, j, m):
            entity.sides[side] += 1 if "former" in heads_of(m.role) else 2
        if m.role and m.kind == "person":
            entity.roles.append(role_of(m.role, m.side))

    def told(self, post: int, m: MentionDraft) -> str | None:
        """The side that a mention's words name, where they are no name of a place elsewhere."""
        return (m.side and self.contexts[post].moved(m.start, m.end)) or m.side

    def _part_of(self, i: int, j: int, m: MentionDraft) -> bool:
        """The tail of a longer phrase of the same name, which is read already."""
        before = self.contexts[i].draft.mentions[max(0, j - 3) : j]
        return any(other.end == m.end and other.name == m.name and other.start < m.start for other in before)

    def _mere_place(self, i: int, m: MentionDraft) -> bool:
        """ "An Ohio lender": what gives the name is where it is."""
        start = self.contexts[i].post.text.find(m.name or "", m.start, m.end)
        place = self._placed[i].get(start)
        if place is None or place.kind == "facility":
            return False  # an airport speaks for itself
        return place.span.text == m.name and m.name != m.alias and bool(m.role)

    def _wins(self, i: int, m: MentionDraft) -> bool:
        """ "Declares Reis winner", "Reis wins", "Reis, … president-elect"."""
        text = self.contexts[i].post.text
        return bool(_WINNER.search(text, m.start, m.end + 1) or _WON.match(text, m.end))

    def _enter_both(self, i: int, m: MentionDraft) -> None:
        """Both names of "Ana Reis and Tom Lobo"."""
        for name in (m.name or "").split(" and ")[:2]:
            if " " in name:
                self._person(i, replace(m, kind="name", name=name, plural=False, side=None, role=None))

    # -- people --------------------------------------------------------------------------------------------------------

    def _person(self, post: int, m: MentionDraft) -> Entity | None:
        key = sides.fold(m.name or "")
        entity = (
            self._known_person(key, m, post)
            or self._known_body(key, m)
            or self._by_initials(m)
            or self._by_first_name(key, m, post)
        )
        if entity is None and m.kind == "name" and self._nobody(m, post):
            return None
        entity = entity or self._new_person(key, m)
        self._index(entity, key)
        if m.alias:
            self._index(entity, sides.fold(m.alias))
        return entity

    def _by_initials(self, m: MentionDraft) -> Entity | None:
        """ "RM", where Rita Moen is the only one whose letters these are; as those who tweet from a court write."""
        name = m.name or ""
        if m.kind != "name" or not name.isupper() or not 2 <= len(name) <= 3 or sides.of(name):
            return None
        fits = [e for e in self.people if e.kind == "person" and "".join(w[0] for w in e.name.split()) == name]
        return fits[0] if len(fits) == 1 else None

    def _by_first_name(self, key: str, m: MentionDraft, post: int) -> Entity | None:
        """ "Abiy", after "Abiy Reis": the only one of the post who is called so."""
        if m.kind != "name" or m.role or " " in key:
            return None
        fits = [e for e in self.near(key) if e.kind == "person" and any(k.startswith(f"{key} ") for k in e.keys)]
        here = [e for e in fits if any(i == post for i, _ in e.seen)]
        return here[0] if len(here) == 1 else None

    def _nobody(self, m: MentionDraft, post: int) -> bool:
        """A bare name that the page does not know: a role's word, a place, or any word of a text in capitals."""
        return (
            bool(m.role)
            or (m.name or "").lower() in words().sets["platforms"] | words().sets["world_parts"]
            or self.contexts[post].shouted
            or self._in_place(m, post)
        )

    def _in_place(self, m: MentionDraft, post: int) -> bool:
        """It covers a place, or lies within one; only places near by are looked at."""
        starts, placed = self._starts[post], self._placed[post]
        near = range(bisect_left(starts, m.start - _WIDE), bisect_left(starts, m.end))
        return any(_covers(placed[starts[k]], m) for k in near)

    def _index(self, entity: Entity, key: str) -> None:
        if key not in entity.keys:
            entity.keys.add(key)
            for word in key.split():
                self._by_word.setdefault(word, []).append(entity)

    def near(self, key: str) -> list[Entity]:
        """Entities that share a word with the key."""
        return list({id(e): e for word in key.split() for e in self._by_word.get(word, ())}.values())

    def _known_person(self, key: str, m: MentionDraft, post: int) -> Entity | None:
        fits = [
            e
            for e in self.near(key)
            if e.kind == "person" and any(same_person(key, k) for k in e.keys) and not clash(e.gender, m.gender)
        ]
        if not fits:
            return None
        if " " not in key and (leader := self.heads.of(key, m)):
            known = next((e for e in fits if leader.name == e.name or sides.fold(leader.name) in e.keys), None)
            if known and any(post == i for i, _ in known.seen):
                return known
            elsewhere = m.role is not None or all(post not in e.named for e in fits)
            elsewhere = elsewhere and (self.heads.sure(leader, key, m) or all(" " not in e.name for e in fits))
            if elsewhere:
                return known  # a leader whom nobody has named yet is a new person beside the namesakes
        return max(fits, key=lambda e: (self._last_named(e, post, m), len(e.seen)))

    def _last_named(self, entity: Entity, post: int, m: MentionDraft) -> int:
        """Where the post named them in full last before this mention; -1 when it did not."""
        starts = entity.named.get(post, [])
        at = bisect_right(starts, m.start)
        return starts[at - 1] if at else -1

    def _known_body(self, key: str, m: MentionDraft) -> Entity | None:
        if m.gender:
            return None
        near = (e for e in self.near(key) if e.kind != "person")
        return next((e for e in near if any(k == key or short_for(key, k) for k in e.keys) or is_club(e, key)), None)

    def _new_person(self, key: str, m: MentionDraft) -> Entity:
        leader = self.heads.of(key, m)
        if leader and not self._other_office(leader, m):
            entity = Entity(leader.name, "person")
            self._index(entity, sides.fold(leader.name))
            self._add_office(entity, leader)
            entity.of_list = leader.side
            self.people.append(entity)
            return entity
        name = m.name or ""
        name = name.title() if name.isupper() and (" " in name or m.kind == "person") else name
        first = words().names.get(key)
        person = m.kind == "person" or ((bool(first) or " " in name) and m.gender != "n" and key not in self.owners)
        gender = m.gender or (first if first in {"m", "f"} else None)
        entity = Entity(name, "person" if person else "body", gender, named_for=not person and key in self.owners)
        (self.people if person else self.bodies).append(entity)
        return entity

    def _other_office(self, leader: Leader, m: MentionDraft) -> bool:
        """A namesake: the words give another office, and the page does not name the leader's country."""
        role = role_of(m.role, m.side) if m.role else None
        if role is None or not role.public or role.heads & role_of(leader.office, None).heads:
            return False
        own = side_of_words(m.side)
        named = any(side == leader.side for context in self.contexts for _, side, _ in context.refs)
        return bool(own and own != leader.side) or not named

    def _add_office(self, entity: Entity, leader: Leader) -> None:
        entity.sides[leader.side] += 1
        past = self.now is not None and self.now > leader.until
        entity.roles.append(role_of(f"former {leader.office}" if past else leader.office, leader.side))

    # -- bodies --------------------------------------------------------------------------------------------------------

    def _body(self, m: MentionDraft) -> Entity:
        key = bare(m.name or "")
        near = [e for e in self.near(key) if e.kind != "person"]
        entity = next((e for e in near if key in e.keys), None)
        entity = entity or next((e for e in near if any(short_for(k, key) or short_for(key, k) for k in e.keys)), None)
        if entity is None:
            entity = Entity(m.name or "", m.kind, "n", m.plural)
            self.bodies.append(entity)
        self._index(entity, key)
        if m.alias:
            self._index(entity, bare(m.alias))
        entity.heads |= heads_of(m.name) | (heads_of(m.role) if m.role and (m.name or "") not in m.role else set())
        if entity.name.isupper() and (known := sides.of(entity.name)):
            entity.heads.update(*map(heads_of, sides.longer_forms().get(known.name, ())))
        return entity

    # -- sides that the page must tell ---------------------------------------------------------------------------------

    def _settle(self) -> None:
        """Raw sides ("Orvex", "Prado", "Ringebu") → sides; twice, because one may lean on another."""
        for _ in range(2):
            for entity in (*self.people, *self.bodies):
                told = ((self.side_of(raw, entity), raw, n) for raw, n in entity.sides.items())
                entity.sides = Counter(
                    {side: n for side, raw, n in told if side and not owners.mere_town(entity, side, raw)}
                )
        for entity in [e for e in self.bodies if firms.bare_person(self, e)]:
            self.bodies.remove(entity)
            self.people.append(entity)
            entity.kind = "person"
        for entity in [e for e in self.people if firms.no_person(self, e)]:
            self.people.remove(entity)
            self.bodies.append(entity)
            entity.kind, entity.named_for = "body", True
            if side := firms.side_within(entity.name):
                entity.sides[side] += 1
        for entity in self.people:
            entity.name = entity.full_name
            self._lead(entity)
            if entity.sides and all(role.head in _OF_PLACES for role in entity.roles) and entity.roles:
                entity.sides = Counter(
                    {
                        side: n
                        for side, n in entity.sides.items()
                        if side in _PARTIES or sides.of(side) or sides.is_country(side)
                    }
                )
            if not entity.sides and any(role.public for role in entity.roles):
                self.from_context(entity)
        settle(self)

    def spelt_out(self, name: str) -> str:
        """A known body's name as the page spells it out."""
        if name not in self._spelt:
            further = sides.longer_forms().get(name, ())
            found = (form for form in further if any(form in c.post.text for c in self.contexts))
            self._spelt[name] = next(found, name)
        return self._spelt[name]

    def spelt_side(self, side: str | None) -> str | None:
        """The side as the page spells it out, where that adds to it ("Islamic State group"); no party's or firm's."""
        if side is None or sides.home_of(side):
            return side
        full = self.spelt_out(side)
        return full if side in full else side

    def _lead(self, entity: Entity) -> None:
        """What the page leaves out of a head of state."""
        own = entity.of_list
        if own and sides.is_country(own) and any("shadow" in role.apart for role in entity.roles):
            entity.sides = Counter({self.lands.against(own, "shadow"): 1})  # once in opposition, later in office
        if (
            own
            and not sides.is_country(own)
            and entity.sides
            and own not in entity.sides
            and self._at_home(entity, own)
        ):
            entity.sides = Counter({own: 1})  # "the head of the CHADIAN Dawn Guard"
        if entity.sides and entity.roles:
            return
        leader = self.heads.of(max(entity.keys, key=len), None)
        held = {head for role in entity.roles for head in role.heads if role.public} - _ANY_HEAD
        if leader and held and not held & role_of(leader.office, None).heads and leader.side not in entity.sides:
            return
        if leader and (not entity.sides or leader.side in entity.sides):
            self._add_office(entity, leader)

    def _at_home(self, entity: Entity, own: str) -> bool:
        """The side that the page gives is the country in which the own body is, or its opposition."""
        known = sides.of(own)
        home = sides.home_of(own) or (known.home if known else None)
        told = {side.removesuffix(" opposition") for side in entity.sides}
        return told <= {home, sides.adjective(home or "")} if home else bool(known and known.kind == "body")

    def from_context(self, entity: Entity) -> None:
        """Give an entity the side that the page suggests wherever it is named."""
        for post, j in entity.seen:
            self.place(entity, post, self.contexts[post].draft.mentions[j])
        if against := next((side for side in entity.sides if sides.is_own(side)), None):
            entity.sides = Counter({against: 1})  # once "opposition candidate Reis", later but "Reis"

    def place(self, entity: Entity, post: int, m: MentionDraft) -> None:
        """Give an entity the side that the page suggests for a mention of its office."""
        context = self.contexts[post]
        if called := context.called(m.start, m.end):
            entity.sides[called] += 1
            return
        if any(role.head in words().abroad for role in entity.roles):
            return  # "Ambassador Ana Reis" is of another country than the one told of
        side = (
            self.lands.near(context, m, m.end)
            if local(m.role or "")
            else self.lands.of_office(context, m, context.spoke_before(m), close=_serves(m))
        )
        side = self.lands.shared(m.role or entity.name) or side or (None if context.refs else self.lands.page_side)
        if side in context.accused(m):
            side = context.but(context.accused(m))
        if side:
            side = self.lands.against(side, m.role or "")
        if side:
            entity.sides[side] += 1
            entity.guessed = True

    def side_of(self, raw: str | None, but: Entity | None = None) -> str | None:
        """The side that raw words mean on this page, or None."""
        if raw is None or sides.is_country(raw) or sides.is_own(raw) or raw in words().leaving:
            return raw
        known = sides.of(raw)
        if known and known.side and known.side != raw:
            return known.side
        if raw.isupper() and (spelt := self._spelt_by(raw)) and spelt is not but:
            return spelt.side or spelt.name
        if raw in _PARTIES or (known and known.side):
            return raw
        key = bare(raw)
        if known is None and (key in self.clubs or key in self.rebels):
            return raw
        if (
            but is not None
            and but.kind == "body"
            and raw != but.name
            and raw in but.name
            and _CLUBS & set(but.name.split())
        ):
            return raw
        if but is not None and key in but.keys:
            if is_own_name(but.name):
                return but.name
            town = self.lands.side_of_place(key) if is_state(but) else None  # "Lagoa police", once only "Lagoa"
            return town or (but.name if but.kind != "person" and not but.heads & _SURE else None)
        near = [e for e in self.near(key) if e is not but]
        person = next((e for e in near if e.kind == "person" and any(same_person(key, k) for k in e.keys)), None)
        if person:
            return person.side
        bodies = [e for e in near if e.kind != "person" and (any(begins(k, key) for k in e.keys) or is_club(e, key))]
        sure = [e for e in bodies if (e.named_for or e.gender == "n") and not e.name.endswith(" campaign")]
        body = next((e for e in sure if key in e.keys), None)
        if (body is None or not body.heads & set(words().bodies)) and (side := self.lands.side_of_place(key)):
            return side
        body = body or next(iter(sure), None) or (self._spelt_by(raw) if raw.isupper() else None)
        if not is_own_name(raw) and (within := self._side_within(raw, key)):
            return within
        if body:
            return body.side or (None if is_state(body) and not body.heads & _UNSURE else body.name)
        return raw if key in self.owners and not owners.ends_in_state(raw) else None

    def _side_within(self, raw: str, key: str) -> str | None:
        """The country of a state body whose name holds a place: "the Ohio Geological Survey", "NSW SES"."""
        told = key.split(" ")
        held = owners.ends_in_state(raw) or any(w in words().sets["state_sure"] for w in raw.lower().split(" "))
        if len(told) < 2 or not (held or raw.rsplit(" ", 1)[-1].isupper()):
            return None
        return next((side for n in (3, 2, 1) if (side := self.lands.side_of_place(" ".join(told[:n])))), None)

    def _spelt_by(self, raw: str) -> Entity | None:
        """The body whose first letters an acronym is."""
        return next((e for e in self.bodies if "".join(w[0] for w in e.name.split() if w[0].isupper()) == raw), None)

    def called(self, name: str) -> Entity | None:
        """The entity that a name means on this page."""
        key = bare(name)
        return next((e for e in self.near(key) if any(k == key or same_person(key, k) for k in e.keys)), None)

    # -- offices -------------------------------------------------------------------------------------------------------

    def holders(self, role: Role) -> list[Entity]:
        """People of the page who may hold this office, those of its side first."""
        side = self.side_of(role.side)
        fits = [e for e in self.people if any(role.fits(r) for r in e.roles) and (not side or e.side in {None, side})]
        agree = [e for e in fits if side and e.side == side]
        return agree or fits


def _serves(m: MentionDraft) -> bool:
    """A spokesman or officer: of the side that spoke just before, rather than one who rules."""
    told = (m.role or "").lower().split()
    return any(words().roles.get(w) == "spokes" or w.rstrip(".") in words().ranks for w in told)


def _covers(place: Place, m: MentionDraft) -> bool:
    """The mention names the place, or lies within its name."""
    inside = m.start <= place.span.start and place.span.end <= m.end and place.span.text == m.name
    return inside or (place.span.start <= m.start and place.span.end >= m.end)


def _lone(places: Sequence[Sequence[Place]], setting: Setting) -> frozenset[str]:
    """Countries that one name alone was put in, on a page with places elsewhere: likely misplaced."""
    count = Counter(p.country for at in places for p in at if p.country)
    return frozenset(
        c for c, n in count.items() if n * 3 <= max(count.values()) and n == 1 and c not in setting.countries
    )


def _fullest(row: tuple[int, int, MentionDraft]) -> tuple[int, int, int, int]:
    """Bodies first, then people, then bare names; the longest first, in page order."""
    i, j, m = row
    return {"person": 1, "name": 2}.get(m.kind, 0), -len((m.name or "").split()), i, j


_REBELS = words().sets["rebels"]
_CLUBS = words().sets["clubs"]
_PARTIES = frozenset(words().parties.values())
_SURE = words().sets["state_sure"]
_UNSURE = words().sets["state_unsure"]
