"""An office's words → the body or person that it belongs to: "the company's chief", "its head", "a party spokesman"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from onrecord.statements import sides
from onrecord.statements.mentions_words import singular, words
from onrecord.statements.speakers_pronouns import within
from onrecord.statements.speakers_who import Who, of_entity

if TYPE_CHECKING:
    from onrecord.statements.draft import MentionDraft
    from onrecord.statements.speakers_back import Back
    from onrecord.statements.speakers_entities import Entity

_POSSESSIVE = re.compile(r"[’'‘]s?\s")
_OWNERS = frozenset({"its", "his", "her", "their", "them", "whom"})
_WINNERS = re.compile(r"[- ](?:elect|designate)\b|\b(?:winner|victor)\b", re.IGNORECASE)
_ANY_GROUP = frozenset({"group", "organisation", "organization", "movement"})
_INNER = frozenset({"group", "firm"})
_OF_PLACES = frozenset({"mayor", "governor", "councillor", "sheriff", "gov", "prefect", "mayoress", "residents"})
_MANY = 12
"""How many mentions inside one phrase are looked at."""


@dataclass(frozen=True, slots=True)
class Tie:
    """A holder is somebody's; `side` is None where these have none."""

    side: str | None


def of_holder(back: Back, number: int) -> Tie | None:
    """Whose the holder of an office is, where the words beside it say so; None when the context must tell."""
    mention = back.mentions[number]
    heads = _heads(mention)
    against = sides.is_own(mention.side or "")
    if not heads & _public() or heads & words().sets["opposed"] or against:
        return None
    owner = owner_of(back, number)
    if owner is not None and _owns_office(back, number, owner):
        if heads & _OF_PLACES and back.mentions[owner].kind == "pronoun" and (near := back.context.near(mention.start)):
            return Tie(near)  # "its mayor": a town's
        who = back.who(owner)
        if who and not who.side and heads & _OF_PLACES:
            return None  # "Lagoa's mayor": a town that no map knows
        if who and not who.side and who.kind == "body" and (body := back.register.called(who.name)):
            body.named_for = True
        return Tie(_side(who)) if who else None
    if owner is not None and _in_state_body(back, number, owner) and (who := back.who(owner)) and who.side:
        return Tie(who.side)
    if back.side_of(mention):
        return None
    known = back.register.of.get((back.number, number))
    sure = known is not None and bool(known.sides) and not known.guessed
    return (
        _of_body(back, number)
        or _by_tail(back, number)
        or _by_modifier(back, number)
        or (None if sure else _by_voice(back, number, heads))
    )


def owner_of(back: Back, number: int) -> int | None:
    """The mention inside this one that owns it: "THE COMPANY's chief executive", "ITS head"."""
    mention, text = back.mentions[number], back.post.text
    best: int | None = None
    for i in range(number, min(len(back.mentions), number + _MANY)):
        other = back.mentions[i]
        if other.start >= mention.end:
            break
        if other is mention or other.end > mention.end:
            continue
        marked = _POSSESSIVE.match(text, other.end) or text[other.start : other.end].lower() in _OWNERS
        if marked and (best is None or other.start == back.mentions[best].start):
            best = i
    return best


def _owns_office(back: Back, number: int, owner: int) -> bool:
    """The office itself is owned, not what it is of: "leader of Chad's Dawn Party" is not Chad's."""
    tail = back.post.text[back.mentions[owner].end : back.mentions[number].end].lower().split(",")[0]
    return any(singular(w) in words().roles for w in sides.split(tail))


def _in_state_body(back: Back, number: int, owner: int) -> bool:
    """A person's own part of the state: "head of Mr Reis's Economic Council", "a clerk of the mayor's office"."""
    if back.mentions[owner].kind not in {"person", "name", "office"}:
        return False
    tail = back.post.text[back.mentions[owner].end : back.mentions[number].end].lower().split(",")[0]
    return any(words().bodies.get(singular(w)) in {"state", "armed"} for w in sides.split(tail))


def _side(who: Who) -> str | None:
    return who.side or (who.name if who.kind == "body" and who.name != who.name.lower() else None)


def _heads(mention: MentionDraft) -> set[str]:
    """The last words of each of its roles, in the singular."""
    lists = words()
    out = set()
    for role in (mention.role or "").lower().split("; "):
        tokens = [w for w in sides.split(role) if w[0].isalnum()]
        found = [singular(w) for w in tokens if w in lists.roles]
        out.update(found[-1:])
    return out


@cache
def _public() -> frozenset[str]:
    return frozenset(w for w, kind in words().roles.items() if kind in {"office", "spokes", "member"})


def _by_modifier(back: Back, number: int) -> Tie | None:
    """ "A PARTY spokeswoman", "the ARMY chief", "a HOSPITAL director"."""
    lists = words()
    tokens = sides.split((back.mentions[number].role or "").lower())
    if tokens[:1] == ["opposition"]:
        return None
    armed = rebels(back, number, singular(tokens[0])) if len(tokens) > 1 else None
    if armed and back.register.lands.risen in {None, _side(armed)}:
        return Tie(_side(armed))  # "rebel military spokesman"
    for i in range(len(tokens) - 1, 0, -1):
        word = singular(tokens[i - 1])
        kind = lists.bodies.get(word)
        state = kind in {"state", "armed"}
        minister = tokens[i] in {"minister", "secretary"} and (state or word == "union")  # "Union Minister Ana Reis"
        if kind is None or tokens[i] not in lists.roles or minister:
            continue
        if word in lists.sets["civic"]:
            return Tie(None)
        if word == "campaign" and (campaign := _campaign(back, number)):
            return Tie(campaign)
        lands = state and back.register.lands.page_side is not None  # "army chief": no rebel army's
        near = (e.side for e in back.before(number) if word in e.heads and e.side)
        if named := next((side for side in near if not lands or sides.is_country(side)), None):
            return Tie(named)
        if word in lists.sets["generic"] or (kind in _INNER and word not in lists.weak):
            last = None if lands and kind == "armed" else _last_side(back, number, word)
            return Tie(last) if last or not state else None
        known = {e.side for e in back.register.bodies if word in e.heads and e.side}
        known = {side for side in known if not lands or sides.is_country(side)}
        own = back.register.lands.main_of(back.context)
        known = {own} if own in known else known if own is None else set()
        return Tie(known.pop()) if len(known) == 1 and state else None
    return None


def _campaign(back: Back, number: int) -> str | None:
    """The campaign that the post named last; else that of whoever it named last outside another's words."""
    here = [j for j in range(number) if not within((back.mentions[j].start, back.mentions[j].end), back.quoted)]
    found = [e for j in reversed(here) if (e := back.register.of.get((back.number, j)))]
    if told := next((e.name for e in found if e.name.endswith(" campaign")), None):
        return told
    last = next((e for e in found if e.kind == "person"), None)
    known = {e.name for e in back.register.bodies if e.name.endswith(" campaign")}
    return f"{last.name.rpartition(' ')[2]} campaign" if last else known.pop() if len(known) == 1 else None


def _of_body(back: Back, number: int) -> Tie | None:
    """ "A member of the aid group LAGOA RELIEF": the body named in the tail."""
    mention, text = back.mentions[number], back.post.text
    for i in range(number + 1, min(len(back.mentions), number + _MANY)):
        other = back.mentions[i]
        if other.end > mention.end:
            return None
        if (
            other.kind == "body"
            and other.name
            and _BEFORE.search(text, max(mention.start, other.start - 8), other.start)
        ):
            who = back.who(i)
            side = _side(who) if who else None
            return Tie(side) if side and not sides.is_country(side) else None
    return None


_BEFORE = re.compile(r"\b(?:of|for|from|with|at) $")
_TAIL = re.compile(r"\b(?:for|of|at|from|with) (?:the|this|that) (?:[a-z]+ ){0,2}?([a-z]+)$", re.IGNORECASE)


def _by_tail(back: Back, number: int) -> Tie | None:
    """ "A spokesman FOR THE GROUP", "head OF THE UNION"."""
    for role in (back.mentions[number].role or "").split("; "):
        found = _TAIL.search(role.split(" who ")[0])
        before = sides.split(role[: found.start()].lower()) if found else []
        if before and singular(before[-1]) not in words().roles:
            continue  # "an official who spoke to reporters | at the club"
        word = singular(found.group(1).lower()) if found else ""
        if word in words().sets["generic"] or words().bodies.get(word) in _INNER:
            side = _last_side(back, number, word)
            return Tie(side) if side or word not in words().sets["state_sure"] else None
    return None


def _by_voice(back: Back, number: int, heads: set[str]) -> Tie | None:
    """A spokesman or chief executive of nobody in particular speaks for the body that the post named last."""
    lists, role = words(), (back.mentions[number].role or "").lower().split("; ")[0]
    business = bool(heads & lists.business) and set(sides.split(role)) <= _PLAIN
    if not business and not (role in _SPOKES and role.isalpha()):
        return None
    if not business and (first := _opens_words(back, number)):
        return first
    near = [e for e in back.salient(number) if e.kind == "body" and (e.side or e.named_for) and not _inside(back, e)]
    own = [e for e in near if not sides.is_country(e.side)]
    if business and not own:
        own = [e for e in back.register.bodies if e.kind == "body" and e.named_for and not sides.is_country(e.side)]
        own = own if len(own) == 1 else []
    found = next(iter(own if business else near), None)
    return Tie(found.side or found.name) if found else None


def _opens_words(back: Back, number: int) -> Tie | None:
    """ "A spokesman says THE LAGOA BANK will close": what nobody's spokesman tells of first is whom he speaks for."""
    mention = back.mentions[number]
    spoken = back.words_of.get((mention.start, mention.end))
    if not spoken:
        return None
    for i in range(number + 1, min(len(back.mentions), number + _MANY)):
        other = back.mentions[i]
        if other.start - spoken[0][0] in {0, len("the ")}:
            who = back.who(i) if other.kind in {"body", "office", "person"} and other.subject else None
            return Tie(_side(who)) if who and _side(who) else None
    return None


def _inside(back: Back, entity: Entity) -> bool:
    """Its name is a part of a longer one: "Law Enforcement" of "the Department of Law Enforcement"."""
    return any(e.name.endswith(f" {entity.name}") for e in back.register.bodies if e is not entity)


_SPOKES = frozenset(w for w, kind in words().roles.items() if kind == "spokes")
_PLAIN = words().sets["business_words"]


def _last_side(back: Back, number: int, word: str) -> str | None:
    """The own side of the body, or of one of its people, named last before an office."""
    near = (e for e in back.salient(number) if (e.side or e.named_for) and not sides.is_country(e.side))
    if found := next((e for e in near if _is(e, word)), None):
        return found.side or found.name
    meant = {word, *words().stand_in.get(word, ())}
    known = {e.side or e.name for e in back.register.bodies if meant & e.heads and not sides.is_country(e.side)}
    return known.pop() if len(known) == 1 else None


def _is(entity: Entity, word: str) -> bool:
    kinds = {kind for head in entity.heads if (kind := words().bodies.get(head))}
    if word in _ANY_GROUP and kinds and kinds <= {"group", "armed"}:
        return True
    return entity.kind == "person" or word in entity.heads or not kinds


def winner(back: Back, number: int) -> Entity | None:
    """ "The president-elect", "the winner": whom the page says to have won, here before elsewhere."""
    mention = back.mentions[number]
    if not _WINNERS.search(back.post.text, mention.start, mention.end):
        return None
    near = next((e for e in back.before(number) if e.won), None)
    known = [e for e in back.register.people if e.won]
    return near or (known[0] if len(known) == 1 else None)


def office_of(back: Back, number: int) -> Who | None:
    """ "Her office", "his campaign": the person's own."""
    mention = back.mentions[number]
    head = singular((mention.role or "").lower().split(" ")[-1])
    owner = owner_of(back, number) if head in words().sets["own_staff"] else None
    if owner is None or back.mentions[owner].kind != "pronoun":
        return None
    who = back.who(owner)
    return _staff_of(who, head) if who and who.kind == "person" else None


def office_within(back: Back, number: int) -> Who | None:
    """Whose office a document comes from: "a statement FROM HER OFFICE", "a statement from the president's office"."""
    mention, owner = back.mentions[number], owner_of(back, number)
    if owner is None:
        return None
    tail = sides.split(back.post.text[back.mentions[owner].end : mention.end].lower())
    head = singular(tail[-1]) if tail else ""
    who = back.who(owner) if head in words().sets["own_staff"] else None
    return _staff_of(who, head) if who and who.kind in {"person", "office"} else None


def _staff_of(who: Who, head: str) -> Who:
    return replace(who, name=f"{head} of {who.name}", kind="body", office=None, gender="n")


def rebels(back: Back, number: int, head: str, side: str | None = None) -> Who | None:
    """ "The rebels", "the Chadian rebels" on a page about Chad: the armed group of the post named last, else the page's
    only one."""
    if head not in words().sets["rebels"]:
        return None
    if side and side.rpartition(" ")[0] != sides.adjective(back.register.lands.page_side or ""):
        return None  # another country's, or those of a name
    near = next((e for e in back.before(number) if e.armed), None)
    known = [e for e in back.register.bodies if e.armed]
    if found := near or (known[0] if len(known) == 1 else None):
        return of_entity(found)
    movement = back.register.lands.movement
    return Who(movement, "body", movement, gender=None, plural=True) if movement else None
