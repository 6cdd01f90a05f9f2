"""Somebody or some body of a page: names, roles and side, as the page gives them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from onrecord.statements.mentions_words import is_own_name, words
from onrecord.statements.speakers_roles import Role


@dataclass(slots=True)
class Entity:
    """Somebody or some body of the page."""

    name: str
    kind: str
    gender: str | None = None
    plural: bool = False
    named_for: bool = False
    """A bare name that is surely a body's: it is its own side where nothing says more."""
    roles: list[Role] = field(default_factory=list)
    sides: Counter[str] = field(default_factory=Counter)
    keys: set[str] = field(default_factory=set)
    forms: Counter[str] = field(default_factory=Counter)
    """How often the page gives each full name."""
    heads: set[str] = field(default_factory=set)
    seen: list[tuple[int, int]] = field(default_factory=list)
    """(post, index of mention)."""
    named: dict[int, list[int]] = field(default_factory=dict)
    """Post → where it gives the name in full, in text order."""
    guessed: bool = False
    """Its side is the context's: no words give it."""
    won: bool = False
    """The page calls this person the winner of a vote."""
    of_list: str | None = None
    """Whose the list of leaders says this person is."""
    armed: bool = False
    """An armed group that is no state's."""

    @property
    def side(self) -> str | None:
        return self.sides.most_common(1)[0][0] if self.sides else None

    def tie(self, side: str | None) -> None:
        """Take the side of whoever it is that the words make this person's body or principal."""
        if self.guessed:
            self.sides.clear()
            self.guessed = False
        if side:
            self.sides[side] += 4

    @property
    def full_name(self) -> str:
        """The full name that the page gives most often, else the longest: a title's stray words are seldom repeated."""
        form = max(self.forms, key=lambda name: (self.forms[name], len(name)), default=self.name)
        return form.title() if form.isupper() else form

    @property
    def office(self) -> str | None:
        return self.roles[0].text if self.roles else None


def is_state(entity: Entity) -> bool:
    """A body that speaks or fights for a state."""
    lists = words()
    if entity.heads & lists.sets["civic"] or is_own_name(entity.name):
        return False
    return any(lists.bodies.get(head) in {"state", "armed"} for head in entity.heads)


def is_club(entity: Entity, last: str) -> bool:
    """A club that is called by the last word of its name: "Rovers"."""
    return "club" in entity.heads and any(key.endswith(f" {last}") for key in entity.keys)


def own_side(entity: Entity) -> bool:
    """A name like "Pampa Forces" or "Dawn Alliance": no state's, where nothing gives it to one."""
    small = words().sets
    own = entity.heads & (small["own_armed"] | small["own_allied"])
    return bool(own) and not entity.heads & small["state_armed"] and " " in entity.name
