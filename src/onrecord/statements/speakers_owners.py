"""A mention's words for its side → whether they are a firm's or body's name, a state body's, or a mere town's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.statements import sides
from onrecord.statements.mentions_words import is_own_name, singular, words
from onrecord.statements.speakers_roles import role_of, side_of_words

if TYPE_CHECKING:
    from onrecord.statements.draft import MentionDraft
    from onrecord.statements.speakers_entities import Entity

_PARTISAN, _STAFF = words().sets["partisan"], words().sets["staff"]
_STATE_OFFICES = words().sets["state_offices"]
_UNIONS = words().sets["union_heads"]
_HOUSES = frozenset({"house", "senate", "commons", "lords", "congressional", "parliamentary", "select", "judiciary"})
_UNSURE = words().sets["state_unsure"]


def mere_town(entity: Entity, side: str, raw: str) -> bool:
    """ "Lagoa Bay engineer Ana Reis": a private person's town, not whom they speak for."""
    private = all(role.head in _STAFF for role in entity.roles) if entity.roles else raw.isupper()
    return private and sides.is_country(side) and side_of_words(raw) is None


def ends_in_state(name: str) -> bool:
    """A body's name that ends in a state's word: "transport ministry"."""
    last, bodies = name.lower().rsplit(" ", 2)[-2:], words().bodies
    if last[-1] in _UNSURE:  # "city council", "House Health Committee"
        return bool((words().sets["tiers"] | _HOUSES) & set(name.lower().split(" ")[:-1]))
    return bodies.get(" ".join(last)) == "state" or last[-1] in words().sets["state_sure"] | words().sets["surveys"]


def of_firm(m: MentionDraft) -> bool:
    """The side's raw words are a body's name: by the office, by how it is joined, or by what it ends in."""
    head = role_of(m.role, None).head if m.role else ""
    told = (m.role or "").lower().split("; ")[0].split(" ")
    if is_own_name(m.side or ""):
        return True
    if words().sets["state_sure"] & set(told[:-1]) or head in _STATE_OFFICES or " ".join(told[-2:]) in _STATE_OFFICES:
        return False  # "Election commission chairman Ana Reis", "LFB Commissioner Ana Reis"
    if head in words().business or words().roles.get(head) == "spokes":
        return True
    side = m.side or ""
    behind = (m.role or "").partition(side or " ")[2].split(" ")[1:2]
    if side and behind and words().bodies.get(behind[0].lower()) in {"group", "armed", "firm"}:
        return True  # "an official of the Lions of Dawn FACTION"
    *before, last = side.lower().split(" ")
    if side.isupper() and 2 <= len(side) <= 7:
        return True
    if any(w in _UNIONS or words().bodies.get(w) == "firm" for w in before):
        return True
    if m.kind == "name" and not m.role and " " in side:
        return True  # "Giorgi Reis of the opposition party Free Chad"
    if m.kind == "person" and (head in _STAFF or (before and (not m.role or head in _PARTISAN))):
        return True
    return m.kind in {"person", "office"} and words().bodies.get(singular(last)) in {"group", "firm", "armed"}
