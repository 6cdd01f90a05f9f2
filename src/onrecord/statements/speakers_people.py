"""The mentions of a page → its people and bodies, each with names, roles and side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from onrecord.model import Place, Post, Setting
from onrecord.statements import sides
from onrecord.statements.draft import Draft, MentionDraft
from onrecord.statements.mentions_words import words


@dataclass(frozen=True, slots=True)
class Role:
    """An office in a form that can be compared: `army chief` is `chief of the general staff`."""

    text: str
    heads: frozenset[str]
    fields: frozenset[str]
    apart: frozenset[str]
    side: str | None

    def fits(self, other: Role) -> bool:
        """True when this, the shorter description, may mean the other's holder."""
        if not self.heads & other.heads or self.apart != other.apart:
            return False
        if self.side and other.side and self.side != other.side:
            return False
        return not self.fields or bool(self.fields & other.fields)


@dataclass(slots=True)
class Entity:
    """Somebody or some body of the page."""

    name: str
    kind: str
    gender: str | None = None
    plural: bool = False
    roles: list[Role] = field(default_factory=list)
    sides: Counter[str] = field(default_factory=Counter)
    keys: set[str] = field(default_factory=set)
    heads: set[str] = field(default_factory=set)
    count: int = 0

    @property
    def side(self) -> str | None:
        return self.sides.most_common(1)[0][0] if self.sides else None

    @property
    def office(self) -> str | None:
        return self.roles[0].text if self.roles else None


def role_of(text: str, side: str | None) -> Role:
    """The role that words such as `UK Foreign Secretary` give."""
    lists = words()
    tokens = [w.lower() for w in sides.split(text)]
    hits = {i for hit in sides.hits(sides.split(text)) for i in range(hit.first, hit.last)}
    stop = next((i for i, w in enumerate(tokens) if w in {"of", "for", "to", "in", "at", ";"}), len(tokens))
    plain = [w for i, w in enumerate(tokens) if i not in hits]
    head = tokens[stop - 1] if stop else ""
    if stop > 1 and f"{tokens[stop - 2]} {head}" in lists.same:
        head = f"{tokens[stop - 2]} {head}"
    fields = {lists.fields.get(w, w) for w in plain if w not in head.split() and w.isalpha() and w not in _SMALL}
    apart = frozenset(fields & lists.apart)
    return Role(text, lists.same.get(head, frozenset({head})), frozenset(fields - apart - _VAGUE), apart, side)


_SMALL = frozenset(
    {"of", "the", "for", "to", "in", "at", "and", "his", "her", "its", "their", "a", "an", "from", "new", "old"}
)
_VAGUE = frozenset(
    {"new", "current", "then", "top", "senior", "chief", "prime", "state", "own", "long", "time", "special"}
)


class Register:
    """Who is on the page. Mentions that give a name are told apart here; what only points is left to `Back`."""

    def __init__(self, page: Sequence[tuple[Post, Draft]], setting: Setting, places: Sequence[Sequence[Place]]) -> None:
        self.setting = setting
        self.places = places
        self.people: list[Entity] = []
        self.bodies: list[Entity] = []
        self.of: dict[tuple[int, int], Entity] = {}
        """(post, index of mention) → entity."""
        self.year = next(
            (p.time.year for p, _ in page if p.time), setting.published.year if setting.published else None
        )
        named = [(i, j, m) for i, (_, d) in enumerate(page) for j, m in enumerate(d.mentions)]
        for i, j, m in sorted(named, key=_fullest):
            if m.kind == "person" and m.name:
                self.of[i, j] = self._person(m)
            elif m.kind in {"body", "outlet"} and m.name:
                self.of[i, j] = self._body(m)
        self._settle()

    # -- people --------------------------------------------------------------------------------------------------------

    def _person(self, m: MentionDraft) -> Entity:
        key = sides.fold(m.name or "")
        entity = self._known_person(key, m) or self._known_body(key, m) or self._new_person(key, m)
        entity.count += 1
        entity.keys.add(key)
        entity.gender = entity.gender or m.gender
        if m.side:
            entity.sides[m.side] += 2
        if m.role:
            entity.roles.append(role_of(m.role, m.side))
        return entity

    def _known_person(self, key: str, m: MentionDraft) -> Entity | None:
        found = [e for e in self.people if any(_same_person(key, k) for k in e.keys) and not _clash(e.gender, m.gender)]
        return max(found, key=lambda e: (key in e.keys, e.count)) if found else None

    def _known_body(self, key: str, m: MentionDraft) -> Entity | None:
        if " " in key or m.gender:
            return None
        return next((e for e in self.bodies if key in e.keys or any(k.startswith(key + " ") for k in e.keys)), None)

    def _new_person(self, key: str, m: MentionDraft) -> Entity:
        leader = self._leader(key)
        if leader:
            entity = Entity(leader.name, "person", keys={sides.fold(leader.name)})
            entity.sides[leader.side] += 1
            entity.roles.append(role_of(leader.office, leader.side))
            self.people.append(entity)
            return entity
        name = (m.name or "").title() if (m.name or "").isupper() and len(m.name or "") > 4 else m.name or ""
        surely = " " in key or m.gender or m.role
        entity = Entity(name, "person" if surely else "body", m.gender, keys={key})
        (self.people if surely else self.bodies).append(entity)
        return entity

    def _leader(self, key: str) -> Leader | None:
        rows = [row for row in leaders() if any(_same_person(key, k) for k in row.keys)]
        known = [r for r in rows if self.year is None or r.since <= self.year]
        return max(known, key=lambda r: (self.year is None or self.year <= r.until, r.since)) if known else None

    # -- bodies --------------------------------------------------------------------------------------------------------

    def _body(self, m: MentionDraft) -> Entity:
        key = _bare(m.name or "")
        entity = next((e for e in self.bodies if key in e.keys), None)
        if entity is None:
            entity = Entity(m.name or "", m.kind, "n", m.plural, keys={key})
            self.bodies.append(entity)
        entity.count += 1
        entity.heads |= set(sides.fold(m.role or m.name or "").split())
        if m.alias:
            entity.keys.add(_bare(m.alias))
        if m.side:
            entity.sides[m.side] += 2
        return entity

    # -- sides that the page must tell ---------------------------------------------------------------------------------

    def _settle(self) -> None:
        """Raw sides ("Ilias", "Trump", "Kherson") → sides; twice, because one may lean on another."""
        for _ in range(2):
            for entity in (*self.people, *self.bodies):
                entity.sides = Counter(
                    {side: n for raw, n in entity.sides.items() if (side := self.side_of(raw, entity))}
                )
        for entity in self.people:
            self._lead(entity)

    def _lead(self, entity: Entity) -> None:
        """What the page leaves out of a head of state."""
        if entity.sides and entity.roles:
            return
        leader = self._leader(max(entity.keys, key=len))
        if leader and (not entity.sides or leader.side in entity.sides):
            entity.sides[leader.side] += 1
            entity.roles.append(role_of(leader.office, leader.side))

    def side_of(self, raw: str | None, but: Entity | None = None) -> str | None:
        """The side that raw words mean on this page."""
        if raw is None or sides.is_country(raw):
            return raw
        known = sides.of(raw)
        if known and known.side:
            return known.side
        if raw.endswith(" opposition"):
            return raw
        key = sides.fold(raw)
        for entity in self.people:
            if entity is not but and any(_same_person(key, k) or k in key for k in entity.keys):
                return entity.side
        for place in (p for post in self.places for p in post):
            if place.country and sides.fold(place.name) == key or sides.fold(place.span.text) == key:
                return sides.of_country(place.country or "")
        bare = _bare(raw)
        body = next((e for e in self.bodies if any(k == bare or k.startswith(bare + " ") for k in e.keys)), None)
        if body:
            return (body.side if body is not but else None) or body.name
        return raw if but is not None and raw == but.name else None

    # -- offices -------------------------------------------------------------------------------------------------------

    def holders(self, role: Role) -> list[Entity]:
        """People of the page who may hold this office."""
        return [e for e in self.people if any(role.fits(r) and self._side_fits(role, e) for r in e.roles)]

    def _side_fits(self, role: Role, entity: Entity) -> bool:
        side = self.side_of(role.side)
        return side is None or entity.side is None or side == entity.side


@dataclass(frozen=True, slots=True)
class Leader:
    """A line of `leaders.tsv`."""

    name: str
    keys: tuple[str, ...]
    side: str
    office: str
    since: int
    until: int


@cache
def leaders() -> tuple[Leader, ...]:
    """Heads of state and government, for pages that do not say whose they are."""
    return tuple(_leaders(sides.data("leaders.tsv").splitlines()))


def _leaders(lines: Iterable[str]) -> Iterator[Leader]:
    for line in lines:
        if not line or line.startswith("#"):
            continue
        name, also, side, office, since, until = line.split("\t")
        keys = tuple(sides.fold(n) for n in (name, *also.split(",")) if n)
        yield Leader(name, keys, side, office, int(since), int(until or 9999))


def _fullest(row: tuple[int, int, MentionDraft]) -> tuple[bool, int, int, int]:
    """Bodies first, then the longest names, in page order."""
    i, j, m = row
    return m.kind == "person", -len((m.name or "").split()), i, j


def _bare(name: str) -> str:
    folded = sides.fold(name)
    return folded.removeprefix("the ")


def _clash(a: str | None, b: str | None) -> bool:
    return a in {"m", "f"} and b in {"m", "f"} and a != b


def _same_person(short: str, full: str) -> bool:
    """Two folded names of one person: equal, a surname and its full name, a first name and its initial."""
    if short == full:
        return True
    a, b = [w for w in short.split() if w not in _LITTLE], [w for w in full.split() if w not in _LITTLE]
    if not a or not b:
        return False
    if len(a) > len(b):
        a, b = b, a
    if len(a) == 1:
        return a[0] == b[-1]
    return a[-1] == b[-1] and (a[0] == b[0] or (len(a[0]) == 1 or len(b[0]) == 1) and a[0][0] == b[0][0])


_LITTLE = words().particles | words().suffixes
