"""A page's bodies, all met → their full names and the sides that the page must tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.statements import sides
from onrecord.statements import speakers_firms as firms
from onrecord.statements.mentions_words import words
from onrecord.statements.speakers_entities import is_state, own_side
from onrecord.statements.speakers_names import bare

if TYPE_CHECKING:
    from onrecord.statements.speakers_entities import Entity
    from onrecord.statements.speakers_people import Register

_LED = frozenset({"administration", "government", "cabinet", "regime", "junta", "office", "team", "aides", "camp"})


def settle(register: Register) -> None:
    """Give each body its full name and side."""
    for entity in register.bodies:
        entity.armed = entity.side in words().armed or bare(entity.name) in register.rebels
        entity.name = register.spelt_out(entity.name)
        if not entity.sides and (side := _of_leader(register, entity)):
            entity.sides[side] += 1
        if entity.kind == "body" and not entity.sides:
            _settle_unknown(register, entity)


def _settle_unknown(register: Register, entity: Entity) -> None:
    """A body whose side no words give."""
    group = bool(entity.heads & words().sets["own_groups"]) and entity.name[:1].isupper()
    entity.named_for |= entity.armed or group or firms.firm_like(register, entity)
    if own_side(entity):
        entity.armed |= bool(entity.heads & words().sets["own_armed"])
        entity.named_for = True
    elif not entity.armed and is_state(entity):
        register.from_context(entity)
        if entity.heads & words().sets["tiers"]:
            _tell_members(register, entity)


def _tell_members(register: Register, body: Entity) -> None:
    """The head of "the National Vote Council" speaks for the country that turns out to be the council's."""
    if body.side:
        for person in register.people:
            if count := person.sides.pop(body.name, 0):
                person.sides[body.side] += count


def _of_leader(register: Register, entity: Entity) -> str | None:
    """The side of whoever leads it: "the Reis administration", "Ana Reis's office"."""
    head, _, last = entity.name.rpartition(" ")
    if last.lower() not in _LED or not head or head.count(" ") > 2:
        return None
    key = sides.fold(head)  # without a possessive
    person = next((e for e in register.near(key) if e.kind == "person" and e.side), None)
    leader = None if person else register.heads.of(key, None)
    return person.side if person else leader.side if leader else None
