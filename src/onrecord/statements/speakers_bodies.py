"""Words for a body or a document ("the ministry", "the statement") → which body of the page they mean."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.statements import sides
from onrecord.statements import speakers_pronouns as pronouns
from onrecord.statements import speakers_ties as ties
from onrecord.statements.mentions_words import is_own_name, plural, words
from onrecord.statements.speakers_entities import Entity
from onrecord.statements.speakers_pronouns import within
from onrecord.statements.speakers_roles import heads_of
from onrecord.statements.speakers_who import (
    ARTICLES,
    FAR,
    INDEFINITE,
    POINTERS,
    Who,
    clean,
    head_of,
    of_entity,
    of_land,
    role_heads,
    unnamed,
)

if TYPE_CHECKING:
    from onrecord.statements.draft import MentionDraft
    from onrecord.statements.speakers_back import Back

_REPORTS = frozenset({"report", "article", "story"})
"""What outlets make, where the post names one."""
_LOCAL = words().sets["tiers"] | {"local"}
_STATE_MEDIA = frozenset({"state", "state-run", "state-owned", "official", "government"})
_STATES = words().sets["state_sure"] | {"committee", "council"}
_GENERIC = words().sets["generic"]
_BY_MEMBERS = re.compile(r"[a-z]+s[’'] (?:[a-z]+ )?[a-z]+$")
"""What owns a body by being its members: "the dockers' union"."""
_OWNED = re.compile(r"[’']s? \w")
_ALLIED = words().sets["allied"]
_ALLIANCES = words().alliances - {"UN"}


def body(back: Back, number: int) -> Who | None:
    """The body that a mention such as "the ministry" means."""
    mention = back.mentions[number]
    text = back.text(mention)
    first = text.split(" ", 1)[0].lower()
    head = head_of(mention.role or text)
    side = back.side_of(mention)
    if first in INDEFINITE:
        side = side or _allied(back, head) or (back.side_here(mention) if head in _STATES else None)
        return back.named_later(number, head) or unnamed(mention, text, side)
    if mention.plural and first not in {"the", "these", "those"}:
        return unnamed(mention, text, side or _allied(back, head))
    if found := ties.office_of(back, number) or _party_of(back, number, head) or _body_before(back, number, head, side):
        return found
    if found := _state_outlet(back, number, side) or elsewhere(back, number, head, first, side):
        return found
    if mention.plural:
        return unnamed(mention, text, side or _allied(back, head))
    if own := _sides_own(back, number, head, side):
        return Who(own, "body", own, gender="n", heads=frozenset({head}))
    side = side or _side_of_owner(back, number, head, first)
    if not side and first not in POINTERS:
        return None
    return Who(_named(text, mention, head, side), mention.kind, side, gender="n", heads=frozenset({head}))


def _state_outlet(back: Back, number: int, side: str | None) -> Who | None:
    """ "The state news agency": the country's that the post is about."""
    mention, text = back.mentions[number], back.text(back.mentions[number])
    if mention.kind != "outlet" or mention.plural or not _STATE_MEDIA & set(text.lower().split()):
        return None
    if side:
        return Who(clean(text), "outlet", side, gender="n")
    land = back.register.lands.of_office(back.context, mention)
    return Who(f"{sides.adjective(land)} {clean(text)}" if land else clean(text), "outlet", land, gender="n")


def _sides_own(back: Back, number: int, head: str, side: str | None) -> str | None:
    """What is a side by itself: an alliance, an opposition, a union of its members."""
    mention, text = back.mentions[number], back.text(back.mentions[number])
    if head == "opposition":
        return side or back.side_here(mention)
    if head in {"alliance", "bloc"} and not side:
        return _alliance(back, number)
    members = words().bodies.get(head) == "group" and not side and _BY_MEMBERS.search(text)
    return clean(text) if members else None


def _side_of_owner(back: Back, number: int, head: str, first: str) -> str | None:
    """Whose it is by "its", "our" and "the army's"; a state's body is the country's that the post is about."""
    mention = back.mentions[number]
    if first == "our" and (ours := pronouns.quoted_speaker(back, mention)):
        return ours.side
    state = words().bodies.get(head) in {"state", "armed"}
    owner = ties.owner_of(back, number)
    kind = back.mentions[owner].kind if owner is not None else None
    whose = back.who(owner) if owner is not None and (kind == "body" or (state and kind == "pronoun")) else None
    return (whose.side if whose else None) or (back.side_here(mention) if state else None)


def _named(text: str, mention: MentionDraft, head: str, side: str | None) -> str:
    """How a body that has no name is called: with its country, where nothing tells it."""
    rest = of_land(text, side)
    if side and not sides.is_country(side) and (region := _BROKEN_AWAY.search(rest)):
        return f"{side} {rest[: region.start()]}"
    told = not side or bool(mention.name) or head in words().sets["of_a_place"] or any(w in rest for w in _TELLING)
    if told or any(known.side == side for _, known in sides.found(rest)):
        return rest
    return f"{sides.adjective(side or '')} {rest}"


_BROKEN_AWAY = re.compile(r" (?:in|of) the (?:[a-z-]+ )?(?:region|republic|territory|enclave|province)$")
_TELLING = (" of ", " in ", "’", "'")


def _party_of(back: Back, number: int, head: str) -> Who | None:
    """ "Ana Reis's party": hers, where it is known."""
    owner = ties.owner_of(back, number) if head == "party" else None
    who = back.who(owner) if owner is not None else None
    if who is None or who.kind != "person" or not who.side or sides.is_country(who.side):
        return None
    return Who(who.side, "body", who.side, gender="n", heads=frozenset({head}))


def _body_before(back: Back, number: int, head: str, side: str | None) -> Who | None:
    mention = back.mentions[number]
    told = heads_of(mention.role) - ARTICLES - {head}
    meant = {head, *words().stand_in.get(head, ())}
    said = back.words_of.get((mention.start, mention.end), [])
    for i in range(number - 1, max(-1, number - FAR), -1):
        other = back.mentions[i]
        certain = i in back.done or other.kind == "place" or (back.number, i) in back.register.of
        if other.end > mention.start or not certain:  # what points back itself points on to what comes next here
            continue
        if within((other.start, other.end), said):
            continue
        found = back.who(i)
        right = found and (
            (meant & found.heads and (not told or told & found.heads))
            or (head == "government" and other.kind == "place" and not told & _LOCAL)
        )
        if found and right and found.kind in {"body", "outlet"} and (not side or found.side in {side, None}):
            return found
    return None


def named_before(back: Back, number: int, entity: Entity) -> Who | None:
    """ "The Dawn Islands' Defence Ministry … the DEFENCE MINISTRY": a state body's mere words mean the one told of."""
    if entity.kind != "body" or not entity.guessed or not back.text(back.mentions[number]).startswith(("the ", "The ")):
        return None
    head = head_of(back.mentions[number].role or entity.name)
    return _body_before(back, number, head, None) if entity.heads <= _MERE | {head} else None


_MERE = words().fields.keys() | {"police", "army", "national"}


def elsewhere(back: Back, number: int, head: str, first: str, side: str | None) -> Who | None:
    """For a generic word, the last body named here; else another post's body of that head, if there is but one."""
    bare = back.text(back.mentions[number]).lower() in {head, f"{head}s"}  # "Union threatens …"
    owned = _OWNED.search(back.text(back.mentions[number])) is not None
    if head in _GENERIC and (first in {"the", "this"} or bare) and not owned:
        fit = [e for e in back.salient(number) if _may_be(e, head, side)]
        sure = (e for e in fit if head in e.heads or of_entity(e).side == e.name or _wire(e))
        found = next(sure, None) or next(iter(fit), None) or _only(back, head, side)
        return of_entity(found) if found else _of_members(back, head)
    if first in {"the", "its", "their", "this"} and not side and not back.mentions[number].plural:
        fits = {e.name: e for e in back.register.bodies if head in e.heads and e.sides}
        found = next(iter(fits.values())) if len(fits) == 1 else None
        return of_entity(found) if found and not _of_others(back, number, head, found) else None
    return None


def _of_members(back: Back, head: str) -> Who | None:
    """ "The union", where the page names but its people: "RMT chief Ana Reis"."""
    kin = [e.side or "" for e in back.register.people if sides.home_of(e.side or "") or is_own_name(e.side or "")]
    fits = {side for side in kin if head in heads_of(side) or side in sides.at_home(plural(head))}
    side = fits.pop() if len(fits) == 1 else None
    return Who(side, "body", side, gender="n", heads=frozenset({head})) if side else None


def _of_others(back: Back, number: int, head: str, found: Entity) -> bool:
    """The page's only ministry is labelled another country's: "CHAD's ministry" is not "the ministry"."""
    here = back.side_here(back.mentions[number]) if words().bodies.get(head) in {"state", "armed"} else None
    return here is not None and sides.is_country(found.side) and found.side != here


def _only(back: Back, head: str, side: str | None) -> Entity | None:
    """The page's one body of that head which is no state's: "the union"."""
    known = [e for e in back.register.bodies if (" " in e.name or e.named_for) and _may_be(e, head, side)]
    meant = {head, *words().stand_in.get(head, ())}
    exact = (
        [e for e in known if head in e.heads]
        or [e for e in known if meant & e.heads]
        or [e for e in known if e.kind == "body" and _of_class(e, head)]
    )
    return exact[0] if len(exact) == 1 else None


def _allied(back: Back, head: str) -> str | None:
    """ "Member states" are those of the alliance that the post names first."""
    if head not in _ALLIED:
        return None
    return next((side for _, side, kind in back.context.refs if kind == "body" and not sides.is_country(side)), None)


def _alliance(back: Back, number: int) -> str | None:
    """The alliance that the post names last before ("a NATO official … the alliance"), else the page's only one."""
    before = (side for where, side, _ in reversed(back.context.refs) if where < back.mentions[number].start)
    known = {e.side for e in back.register.bodies if e.side in _ALLIANCES}
    return next((side for side in before if side in _ALLIANCES), None) or (known.pop() if len(known) == 1 else None)


def document(back: Back, number: int) -> Who | None:
    """Who made the document that a mention means."""
    mention = back.mentions[number]
    head = head_of(mention.role or "")
    pointing = back.text(mention).lower().startswith(("the ", "this ", "its ", "his ", "her "))
    maker = mention if mention.name else _maker(back, mention, head, pointing=pointing)
    if maker:
        entity = back.register.called(maker.name or "")
        side = back.register.side_of(maker.side)
        return of_entity(entity) if entity else Who(maker.name or "", "body", side, gender="n")
    if maker_within := ties.office_within(back, number) or _signed(back, number):
        return maker_within
    if pointing and head in _REPORTS and (outlet := next((e for e in back.before(number) if e.kind == "outlet"), None)):
        return of_entity(outlet)
    if pointing and back.spoken:
        return back.spoken[-1]
    return None


def _signed(back: Back, number: int) -> Who | None:
    """The body without a name in "a statement BY THE BLOC", "the report FROM THE AGENCY"."""
    mention = back.mentions[number]
    for i in range(number + 1, min(len(back.mentions), number + _INSIDE)):
        other = back.mentions[i]
        if (
            other.end == mention.end
            and other.kind in {"body", "office"}
            and _BY.search(back.post.text, mention.start, other.start)
        ):
            return back.who(i)
    return None


_BY = re.compile(r" (?:by|from) $")
_INSIDE = 6
"""Mentions inside a document's words that are looked at."""


def _maker(back: Back, mention: MentionDraft, head: str, *, pointing: bool) -> MentionDraft | None:
    """The document of that kind that tells its maker, the last before rather than one behind; None where somebody spoke
    "in a statement" since: "the statement" is theirs."""
    kin = [m for m in back.documents if head in role_heads(m) and m is not mention]
    before = [m for m in reversed(kin) if m.end <= mention.start]
    if pointing and back.spoken and before and not before[0].name:
        return None
    return next((m for m in (*before, *kin) if m.name), None)


_COUNT = re.compile(r"\b(?:results?|returns|tall(?:y|ies)|counts?|counting)\b", re.IGNORECASE)
_OF_VOTE = re.compile(
    r"\b(?:elect\w+|vot(?:e|es|ing)|ballots?|referendum|provisional|partial|preliminary|interim|initial|early|first"
    r"|latest|final|official|complete|full)\b",
    re.IGNORECASE,
)
_ELECTORAL = re.compile(r"\b(?:elect(?:ion|ions|oral)|polls|referendum)\b", re.IGNORECASE)


def vote_count(back: Back, number: int) -> Who | None:
    """ "Partial results show": the page's electoral body, which counts; without one nobody's, in the page's country."""
    mention, text = back.mentions[number], back.text(back.mentions[number])
    if not _COUNT.search(text) or not _OF_VOTE.search(text):
        return None
    side = back.side_of(mention) or back.register.lands.page_side
    known = [e for e in back.register.bodies if e.kind == "body" and _ELECTORAL.search(e.name) and e.side]
    fits = [e for e in known if side in {None, e.side}]
    return of_entity(fits[0]) if len({e.side for e in fits}) == 1 else unnamed(mention, text, side)


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
    lands = sides.is_country(entity.side) and not (head in _FIRMS_TOO and entity.heads & _CIVIL)
    if entity.kind not in {"body", "outlet"} or (head not in entity.heads and lands):
        return False
    if _is_firm(entity) and words().bodies.get(head) == "group" and head not in _FIRMS_TOO | entity.heads:
        return False  # no firm is "the union"
    if words().bodies.get(head) == "firm" and head not in entity.heads and entity.name not in sides.at_home("firms"):
        known = sides.of(entity.name)
        if known and known.kind == "body":
            return False  # a charity or union that all know is no company
    return side is None or entity.side in {None, side, entity.name}


def _is_firm(entity: Entity) -> bool:
    last = entity.name.rsplit(" ", 1)[-1].lower()
    return words().bodies.get(last) == "firm"


_CIVIL = words().sets["union_heads"] | {"committee"}
_FIRMS_TOO = frozenset({"group", "organisation", "organization", "network", "branch", "movement"})


def _wire(entity: Entity) -> bool:
    """A news agency: "the agency" is the one named last."""
    return entity.name.lower() in words().sets["wires"]
