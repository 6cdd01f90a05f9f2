"""The words of one phrase → whom it names: name, role, side, gender.

A phrase is read flat, part by part ("Ana Reis, mayor of Lagoa"), from word lists and capitals, so that a wrong parse,
or a text all in capitals, costs little.
"""

from __future__ import annotations

from dataclasses import replace

from onrecord.statements import mentions_bodies as bodies
from onrecord.statements import mentions_people as people
from onrecord.statements import sides
from onrecord.statements.mentions_ground import POSSESSIVE, SETS, STOPS, Ground
from onrecord.statements.mentions_people import Part, Phrase
from onrecord.statements.mentions_words import is_description, words

PRONOUNS: dict[str, str | None] = {
    "he": "m", "him": "m", "himself": "m", "his": "m", "she": "f", "her": "f", "herself": "f", "hers": "f",
    "it": "n", "itself": "n", "its": "n", "they": None, "them": None, "themselves": None, "their": None, "i": None,
    "we": None, "us": None, "who": None, "which": "n", "that": None, "both": None, "this": "n", "these": None,
    "those": None, "you": None, "me": None,
}  # fmt: skip
_PLURAL = frozenset({"they", "them", "themselves", "their", "we", "us", "both", "these", "those"})
_PARTY_WORDS = frozenset(words().parties)
_LEADING = SETS["leading"]
_BREAKS = frozenset({",", "(", ")", "–", "—", ";", "[", "]", ":", "-LRB-", "-RRB-", "--", "…", "“", "”", '"'})
_AFTER = POSSESSIVE | _BREAKS | {"himself", "herself", "itself", "themselves"}
_ASIDE = SETS["asides"]
_SEEN = frozenset({"seen", "obtained", "reviewed", "viewed", "examined", "analysed", "analyzed", "verified", "leaked"})
_NOBLE = frozenset({"duke", "duchess", "earl", "countess", "marquess", "viscount", "viscountess", "baron", "baroness"})
_BELONGS = frozenset({"of", "from", "with"})
_VERBS = frozenset({"VBD", "VBZ", "VBP", "VBN", "VBG", "MD"})


def read(ground: Ground, first: int, last: int, forced: bool = False) -> Phrase | None:
    """Whom words `first` to `last` (one past) name, or None for nobody; `forced` for what is known to speak."""
    while first < last and ground.lower[first] in _BREAKS:
        first += 1
    while last - first > 1 and ground.lower[last - 1] in _AFTER:
        last -= 1
    first = _behind_stamp(ground, first, last)
    if last - first == 1 and ground.lower[first] in PRONOUNS and first not in ground.starts:
        word = ground.lower[first]
        return Phrase("pronoun", gender=PRONOUNS[word], plural=word in _PLURAL)
    cuts = _cut(ground, first, last)
    asides = [(a, b) for a, b in cuts[1:] if ground.lower[a] in _ASIDE]  # "Reis, ON SOCIAL MEDIA, says"
    if spelt := _spelt_out(ground, cuts):
        return spelt
    parts = [part for a, b in cuts if (a, b) not in asides and (part := _part(ground, a, b, forced))]
    bracket = any(ground.lower[a - 1] in {"(", "-lrb-"} for a, _ in cuts[1:])
    return _joined(parts, bracket) if parts else None


def _spelt_out(ground: Ground, cuts: list[tuple[int, int]]) -> Phrase | None:
    """ "Seeds for Lagoa (SFL)": capitals that the acronym behind them spells are a body's, whatever they end in."""
    if len(cuts) != 2 or cuts[1][1] - cuts[1][0] != 1 or ground.lower[cuts[1][0] - 1] not in {"(", "-lrb-"}:
        return None
    (first, last), short = cuts[0], ground.parsed.words[cuts[1][0]]
    first += ground.lower[first] == "the"
    held = any(ground.role[i] or ground.body[i] for i in range(first, last))
    if (
        held
        or not short.isupper()
        or last - first < 2
        or first in ground.starts
        or not ground.parsed.words[first][0].isupper()
    ):
        return None
    initials = [w[0] for w in ground.parsed.words[first:last] if w[0].isalpha()]
    if "".join(c for c in initials if c.isupper()) != short and "".join(initials).upper() != short:
        return None
    name = ground.text(first, last)
    return Phrase("body", name, side=name, gender="n", alias=short)


def _behind_stamp(ground: Ground, first: int, last: int) -> int:
    """Where the words begin behind a stamp that ends in them: "Updated 14:02 GMT] Ana Reis"."""
    ends = [i for i in range(first, last - 1) if ground.lower[i] in {"]", "-rsb-"}]
    return ends[-1] + 1 if ends and "[" not in ground.lower[first:last] else first


def _cut(ground: Ground, first: int, last: int) -> list[tuple[int, int]]:
    out, at = [], first
    for i in range(first, last):
        if ground.lower[i] in _BREAKS and i not in ground.inside:
            if i > at:
                out.append((at, i))
            at = i + 1
    return [*out, (at, last)] if at < last else out


def _part(ground: Ground, first: int, last: int, forced: bool) -> Phrase | None:
    if ground.lower[first] in {"of", "from"}:
        return _belonging(ground, first, last)
    start = first
    while start < last - 1 and ground.lower[start] in _LEADING and start not in ground.starts:
        if ground.lower[start + 1] in {"of", "-"} or (
            start > first and ground.lower[start] == "all" and ground.capital[start]
        ):
            break
        start += 1
    end = _end(ground, start, last)
    after, owner = _owner(ground, start, end)
    if end <= after:
        return None
    part = Part(start, after, end, last, owner)
    if several := _several(ground, part):
        return several
    role = people.role_head(ground, after, end)
    if role is None:
        return _named(ground, part, forced)
    if ground.role[role] in {"private", "source"} and (named := _bodies_in_tail(ground, part)):
        return replace(named, role=ground.text(start, role + 1))
    phrase = people.person(ground, part, role)
    if ground.role[role] != "member" or phrase.gender in {"m", "f"}:
        return phrase
    tail = part.end < part.last - 1 and ground.lower[part.end] in _BELONGS and ground.lower[part.end + 1] == "the"
    own = bodies.belonging(ground, part.end + 1, part.last) if tail else None
    return replace(phrase, kind="office", name=None, side=own) if own else phrase  # "a member of the aid group Dawn"


def _belonging(ground: Ground, first: int, last: int) -> Phrase | None:
    """ "Ana Reis, OF THE LAGOA UNION PARTY": the body that somebody belongs to."""
    side = bodies.belonging(ground, first + 1, last)
    return Phrase("office", side=side) if side else None


def _end(ground: Ground, start: int, last: int) -> int:
    """Where the first preposition, verb or relative stands: the phrase's own words end there."""
    i, noun, body = start, False, False
    while i < last:
        hit = ground.starts.get(i)
        if hit and hit.last <= last:
            i, noun, body = hit.last, True, body or hit.known.kind == "body"
            continue
        tag = ground.parsed.tag[i]
        if i > start and ground.lower[i - 1] != "-" and ground.lower[i] not in _HELD:
            if _inside_name(ground, i, last):
                i += 1
                continue
            if (
                ground.lower[i] in STOPS
                and not _held(ground, i, last)
                and (_named_person(ground, start, i) or not _goes_on(ground, i, last, body))
            ):
                return i
            if noun and tag in _VERBS and not ground.capital[i]:
                return i
        noun = noun or tag.startswith("NN")
        body = body or (ground.capital[i] and ground.body[i] is not None)
        i += 1
    return last


def _held(ground: Ground, i: int, last: int) -> bool:
    """ "Nurses WITHOUT Borders"."""
    inside = i + 1 < last and ground.capital[i - 1] and ground.capital[i + 1]
    return inside and ground.parsed.words[i] in {"Without", "Against"}


_HELD = SETS["held_for"]


def _named_person(ground: Ground, first: int, last: int) -> bool:
    """ "Dr Ana Reis | of Lagoa Hospital": nothing but a title and a name stands before the preposition."""
    if ground.lower[last] != "of" or any(not ground.capital[i] or i in ground.inside for i in range(first, last)):
        return False
    begin = next((i for i in range(first, last) if not ground.title(i) and not ground.role[i]), last)
    if begin == last or any(ground.body[begin:last]) or any(ground.role[begin:last]):
        return False
    return first < begin or (last - begin > 1 and bool(ground.first_name(begin)))


def _inside_name(ground: Ground, i: int, last: int) -> bool:
    """ "Rio Grande DO Sul"."""
    return (
        ground.lower[i] in ground.lists.particles and ground.capital[i - 1] and i + 1 < last and ground.capital[i + 1]
    )


def _goes_on(ground: Ground, i: int, last: int, body: bool) -> bool:
    """The phrase goes on after "of", "for the", "and": before a capital in a body's name; in "federal and state"."""
    if ground.lower[i] == "and" and ground.parsed.tag[i - 1] == "JJ" and i - 1 not in ground.inside:
        return True
    if ground.lower[i] == "and" and ground.lower[i - 1] in SETS["portfolios"] and _office_ahead(ground, i + 1, last):
        return True
    if ground.lower[i] not in SETS["joins"] or not ground.capital[i - 1]:
        return False
    if ground.lower[i] == "of" and ground.role[i - 1] == "office" and ground.body[i - 1] is None:
        return False  # "Lagoa Chief of Police Ana Reis"
    if not body and not _body_ahead(ground, i + 1, last):
        return False
    after = i + 1
    while after < last and ground.lower[after] in {"the", "of"}:
        after += 1
    if after >= last or (after in ground.starts and ground.lower[i] == "and"):
        return False
    field = ground.lower[i] == "and" and ground.lower[after] in ground.lists.fields  # "Ministry of Health and Justice"
    return ground.capital[after] and (field or ground.role[after] is None)


def _office_ahead(ground: Ground, i: int, last: int) -> bool:
    """One to three words on stands an office or a state's body: "work AND PENSIONS SECRETARY"."""
    for k in range(i + 1, min(i + 4, last)):
        if ground.role[k] in {"office", "spokes", "member"} or ground.body[k] == "state":
            return ground.lower[i] in SETS["portfolios"]
    return False


def _body_ahead(ground: Ground, i: int, last: int) -> bool:
    """The capitals that follow hold the head of a body: "Securities AND Exchange Commission"."""
    while i < last and ground.capital[i] and i not in ground.starts and not ground.role[i]:
        if ground.body[i]:
            return ground.lower[i] not in {"press", "times"}
        i += 1
    return False


def _owner(ground: Ground, start: int, end: int) -> tuple[int, tuple[int, int] | None]:
    """(first word after the last possessive, the owner's words)."""
    for i in range(end - 2, start - 1, -1):
        word = ground.lower[i]
        if word in POSSESSIVE and i > start and i not in ground.inside and i not in ground.joined:
            return i + 1, (start, i)
        if len(word) > 3 and word[-2:] in POSSESSIVE:  # the parser leaves some marks on the word
            return i + 1, (start, i + 1)
    return start, None


def _named(ground: Ground, part: Part, forced: bool) -> Phrase | None:
    hit = ground.starts.get(part.after)
    if hit and hit.last == part.end and part.owner is None:
        return bodies.hit(ground, hit.known, part.after, part.end)
    if hit and part.owner is None and (branch := bodies.branch(ground, hit, part)):
        return branch
    run = bodies.run_of(ground, part.after, part.end)
    if officer := people.officer(ground, part):
        return officer
    kind = bodies.kind_of(ground, part, run, forced)
    if kind == "paper" and run and run[1] == part.end and ground.lower[run[0] - 1] in _HELD:
        return Phrase("name", ground.text(*run))  # "Chad's ruling DPC" is no ruling
    if kind == "paper" and (run is None or run[1] - run[0] == 1 or run[1] < part.end):
        return bodies.paper(ground, part, _maker(ground, part))
    if kind:
        found = bodies.body(ground, part, run, kind)
        return found if forced or not bodies.idle(ground, part, found) else None
    name = people.bare(ground, *run) if run and run[1] == part.end else None
    if run and name and (club := bodies.club(ground, run)):
        return club
    if name and (name.name or "").lower() in _NOBLE and ground.lower[part.end : part.end + 1] == ["of"]:
        return Phrase("person", ground.text(part.after, part.last), gender=name.gender)  # "the Duke of Lagoa"
    if name and part.end < part.last - 1 and ground.lower[part.end] in _BELONGS and " " in (name.name or ""):
        return replace(name, side=bodies.belonging(ground, part.end + 1, part.last))
    if name and name.kind == "person" and part.owner and not name.side:
        side = ground.side_of(*part.owner) or ground.raw(*part.owner)
        return replace(name, side=side)  # "Chad's Ana Reis", "the Dawn Party's Ana Reis"
    side = ground.side_of(*part.owner) if name and name.kind == "name" and part.owner else None
    return bodies.owned(ground, part, name.name or "", side) if name and side else name


def _several(ground: Ground, part: Part) -> Phrase | None:
    """Two that have names: "Mr Reis and Mr Lobo", "China and Russia"."""
    if part.end >= part.last - 1 or ground.lower[part.end] != "and":
        return None
    both = [_whole(ground, part.start, part.end), _whole(ground, part.end + 1, part.last)]
    named = [one for one in both if one and one.name and one.kind in {"person", "name", "place", "body", "outlet"}]
    if len(named) < 2:
        return None
    side = named[0].side if named[0].side == named[1].side else None
    return Phrase("body", f"{named[0].name} and {named[1].name}", side=side, plural=True)


def with_maker(ground: Ground, document: Phrase, last: int) -> Phrase:
    """The document with its maker, where that follows: "comments FROM the ministry", "a suit filed BY Lagoa"."""
    stop = min(ground.parsed.sentences[ground.parsed.sent[last - 1]][1], last + 12)
    by = last + (last < stop and ground.parsed.tag[last] == "VBN")
    if by > last and ground.lower[last] in _SEEN:
        return document  # "emails SEEN BY Lagoa Radio"
    by += by < stop and ground.lower[by] in {"today", "yesterday"}
    if by + 1 >= stop or ground.lower[by] not in {"by", "from"}:
        return document
    stop = next((i for i in range(by + 2, stop) if ground.lower[i] in _BREAKS and i not in ground.inside), stop)
    for end in range(stop, by + 1, -1):  # shorter and shorter: what follows the maker is often taken for part of it
        maker = _whole(ground, by + 1, end)
        if maker and maker.name:
            return replace(document, name=maker.name, side=maker.side)
    return document


def _maker(ground: Ground, part: Part) -> Phrase | None:
    """Who made a document: "a report by the ministry", "the ministry's report"."""
    if part.end < part.last - 1 and ground.lower[part.end] == "in":  # "a report in the newspaper Onda"
        where = _whole(ground, part.end + 1, part.last)
        return where if where and where.kind == "outlet" and where.name else None
    by = next((i for i in range(part.end, part.last) if ground.lower[i] in {"by", "from"}), None)
    if by is not None and ground.lower[by - 1] in _SEEN:
        return None
    if by is not None and by + 1 < part.last:
        return _whole(ground, by + 1, part.last)
    return _whole(ground, *part.owner) if part.owner else None


def _whole(ground: Ground, first: int, last: int) -> Phrase | None:
    """One flat part without tail: what stands inside another part."""
    start = first + (ground.lower[first] in _LEADING and first + 1 < last and first not in ground.starts)
    end = _end(ground, start, last)
    after, owner = _owner(ground, start, end)
    if end <= after:
        return None
    part = Part(start, after, end, end, owner)
    role = people.role_head(ground, after, end)
    return _named(ground, part, forced=True) if role is None else people.person(ground, part, role)


def _bodies_in_tail(ground: Ground, part: Part) -> Phrase | None:
    """The bodies in "analysts at X and Y", which speak through their people."""
    if part.end >= part.last or ground.lower[part.end] not in {"from", "at", "of", "with"}:
        return None
    found: list[Phrase] = []
    at = part.end + 1
    while at < part.last:
        stop = next((i for i in range(at, part.last) if ground.lower[i] == "and" and i not in ground.inside), part.last)
        one = _whole(ground, at, stop) if at < stop else None
        if one and one.kind in {"body", "outlet"} and one.name:
            found.append(one)
        at = stop + 1
    if not found:
        return None
    side = found[0].side if len({one.side for one in found}) == 1 else None
    return Phrase("body", " and ".join(one.name or "" for one in found), side=side, plural=True)


def _joined(parts: list[Phrase], bracket: bool) -> Phrase:
    """One phrase of its parts: the named person first, roles and sides from the rest."""
    last = parts[-1]
    if bracket and len(parts) > 2 and parts[0].kind == "body" and last.kind == "office" and not last.plural:
        return replace(last, side=parts[0].side or parts[0].name)  # "Lagoa Dockers' Union (LDU) chief"
    sure = next((p for p in parts if p.kind == "person" and p.name), None)
    roles = [p for p in parts if p.kind == "office"]
    name = next((p for p in parts if p.kind == "name" and not _acronym(p.name)), None) if roles else None
    short = bracket and roles and parts[0] is roles[0]  # "the chairman of the Dawn Council (DC)"
    named = next((p for p in parts if p.name and p.kind != "place" and not (short and _acronym(p.name))), None)
    main = sure or name or named or parts[0]
    called = next((p for p in parts[1:] if p.kind == "name" and p.name and not p.role), None)
    if parts[0].kind == "body" and called and (not parts[0].name or is_description(parts[0].name)):
        main = called  # "Chad's rescue agency, Salvex"
        if words().roles.get((parts[0].role or "").lower().rsplit(" ", 1)[-1]) == "private":
            return replace(called, kind="person", role=parts[0].role)  # "a doctor at Lagoa hospital, Ana Reis"
    if main is parts[0] and main.kind == "body" and not bracket and is_description(main.name):
        main = (_apposed(parts[1]) if len(parts) > 1 else None) or main
        if main is not parts[0]:  # "Chad's rescue agency, the CRA"
            own = words().bodies.get(_last_word(parts[0].name)) in {"group", "firm"}
            states = _STATES & set((parts[0].role or "").lower().split())  # "Chad's national airline, ChadAir"
            side = parts[0].side if states else main.side or (main.name if own else parts[0].side)
            return replace(main, role=parts[0].role, side=side)
    rest = [p for p in parts if p is not main]
    if not rest or (parts[0].plural and parts[0].kind not in {"person", "name"} and not parts[0].name):
        return parts[0]  # the rest is a list, not who it is
    if main.kind == "name" and roles and not main.gender and all(_firm_role(p) for p in roles):
        return replace(main, kind="body", role=roles[0].role, side=main.name, gender="n")  # "Lagoa, the contractor"
    member = bracket and " " in (main.name or "") and rest[0].kind == "body" and _party(rest[0].name)
    if main.kind in {"person", "name"} and (main.kind == "person" or roles or member):
        return _with_roles(main, rest)  # "Ana Reis (UUP)"
    if main.kind == "name" and all(p.kind == "outlet" and (p.name or "").lower() in SETS["wires"] for p in rest):
        return main  # "Lagoa (AP)"
    alias = next((p.name for p in rest if p.name), None)
    role = "; ".join(p.role for p in (main, *rest) if p.role) or None
    side = next((p.side for p in (main, *rest) if p.side and p.side != p.name), main.side)
    side = _of_envoy(main, rest) or side
    if main.kind == "name" and (kinds := {p.kind for p in rest} & {"body", "outlet"}):
        main = replace(main, kind="body", gender="n")
        state = any(words().bodies.get(_last_word(p.role)) in {"state", "armed"} for p in rest if p.kind == "body")
        firm = kinds == {"body"} and all(_plain_firm(p.role) for p in rest if p.kind == "body")
        side = main.name if firm else side or (main.name if kinds == {"body"} and not state else None)
    return replace(main, role=role, side=side, alias=alias)


def _of_envoy(main: Phrase, rest: list[Phrase]) -> str | None:
    """The side of whoever it is that somebody speaks for: "a spokesman for Ana Reis, THE UN COORDINATOR"."""
    head = (main.role or "").lower().partition(" ")[0]
    if main.kind != "office" or main.plural or words().roles.get(head) != "spokes" or rest[0].kind != "office":
        return None
    known = sides.of(main.side) if main.side else None
    return rest[0].side if main.side and not known and not sides.is_country(main.side) else None


_STATES = frozenset({"national", "state", "state-run", "state-owned", "government", "flag"})


def _apposed(part: Phrase) -> Phrase | None:
    """A body's name behind a comma; one that ends in a role's word too: "the Dawn Guard"."""
    if part.kind == "body" and part.name and not is_description(part.name):
        return part
    named = part.kind == "office" and not part.name and " " in (part.role or "") and (part.role or "").istitle()
    return Phrase("body", part.role, side=part.role, gender="n") if named else None


def _firm_role(part: Phrase) -> bool:
    return _last_word((part.role or "").split(" of ")[0].split(" for ")[0]) in SETS["firm_roles"]


def _last_word(role: str | None) -> str:
    """The head of a body's description: "national weather agency"."""
    return (role or "").lower().rsplit(" ", 1)[-1]


def _plain_firm(role: str | None) -> bool:
    """ "The company that powers Chad": a firm, whatever country is told of behind it."""
    told = (role or "").lower().split(" ")
    stop = next((i for i, w in enumerate(told) if w in {"that", "which", "who"}), 0)
    return stop > 0 and words().bodies.get(told[stop - 1]) == "firm"


def _ally(part: Phrase) -> bool:
    """ "President Ana Reis, A DAWN PARTY ALLY", is not the party's."""
    return _last_word(part.role) in {"ally", "supporter", "loyalist"}


def _party(name: str | None) -> bool:
    return bool(name and sides.home_of(name)) and name not in sides.at_home("firms")


def _mere_party(role: str) -> bool:
    return role.lower() in _PARTY_WORDS


def _acronym(name: str | None) -> bool:
    return bool(name) and " " not in (name or "") and (name or "").isupper() and len(name or "") <= 7


def _with_roles(main: Phrase, rest: list[Phrase]) -> Phrase:
    roles = "; ".join(p.role for p in (main, *rest) if p.role and p.kind in {"office", "person", "name"})
    held = any(_last_word((p.role or "").split(" of ")[0]) in SETS["state_heads"] for p in (main, *rest))
    told = [p.side for p in (main, *rest) if p.side and (p is main or (p.kind == "office" and not (held and _ally(p))))]
    if not told and main.role and rest[0].kind == "body" and (rest[0].alias or rest[0].name):
        told = [rest[0].side or rest[0].name or ""]  # "Lagoa Dockers' Federation (LDF) secretary Ana Reis"
    parties = set(bodies.PARTIES)
    if any(p.role and not p.name and p.side in parties and _mere_party(p.role) for p in rest) and roles.count(";"):
        told = [side for side in told if side not in parties]  # "Senator Ana Reis, a Republican"
    side = told[0] if told else None
    gender = main.gender or next((p.gender for p in rest if p.gender in {"m", "f"}), None)
    alias = next((p.name for p in rest if p.name and p.kind in {"name", "person"} and not p.role), None)
    return replace(main, kind="person", role=roles or None, side=side, gender=gender, alias=alias)
