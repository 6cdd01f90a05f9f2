"""A part of a phrase that is about a person → name, role, side, gender."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.statements import sides
from onrecord.statements.mentions_ground import POSSESSIVE, SETS, STOPS, Ground
from onrecord.statements.mentions_words import singular

_NO_NAME = frozenset({"AUX", "PRON", "DET", "CCONJ", "SCONJ"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """Whom a phrase names; the fields are those of `MentionDraft`."""

    kind: str
    name: str | None = None
    role: str | None = None
    side: str | None = None
    gender: str | None = None
    plural: bool = False
    alias: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A part's borders, in words."""

    start: int
    """After its article."""
    after: int
    """After its last possessive."""
    end: int
    """Where its first preposition, verb or relative stands."""
    last: int
    owner: tuple[int, int] | None
    """The words before the last possessive."""


def role_head(ground: Ground, start: int, end: int) -> int | None:
    """The last head of a role that no head of a body follows."""
    for i in range(end - 1, start - 1, -1):
        if ground.role[i] and not (i in ground.inside and ground.inside[i].known.kind in {"body", "outlet"}):
            return i
        if ground.body[i] and not _surname_like(ground, i, start):
            return None
    return None


def _surname_like(ground: Ground, i: int, start: int) -> bool:
    """A name may hold a body's word ("Minister Anna Bank"): a first name stands before it."""
    if i - 1 < start or not (ground.capital[i] and ground.capital[i - 1]):
        return False
    held = i - 2 >= start and ground.role[i - 2] in {"office", "spokes", "member"} and ground.body[i] == "firm"
    titled = i - 2 >= start and ground.capital[i - 2] and ground.title(i - 2)
    return held or titled or bool(ground.first_name(i - 1))  # "leader Otho Cable", "leader Sir Otho Cable"


def person(ground: Ground, part: Part, role: int) -> Phrase:
    """A role with the name that goes with it, or a role alone (`office`)."""
    kind = ground.role[role] or "private"
    name = name_of(ground, role + 1, part.end) or _name_in_tail(ground, part.end, part.last)
    side = _side(ground, part, role, kind)
    if side and side == name:
        side = ground.raw(part.after, role, whole=False)  # "Lagoa director of football Ana Reis"
    text = ground.text(part.start, role + 1 + 2 * (ground.lower[role + 1 : role + 3] in _OF_SPORT))
    gender = ground.lists.gender.get(ground.lower[role])
    known = ground.starts.get(role + 1)
    if (
        known
        and known.last == part.end
        and known.known.kind in {"body", "outlet"}
        and ground.lower[role] in ground.lists.bodies
    ):
        return Phrase(known.known.kind, known.known.name, text, known.known.side, "n")  # "the broadcaster CCTV"
    if name and name.isupper() and ground.lists.bodies.get(ground.lower[role]) == "outlet":
        return Phrase("outlet", name, text, None, "n")  # "state broadcaster LRK"
    if name and (kind == "private" or ground.lower[role] in SETS["firm_roles"]) and _firm(ground, role, name):
        return Phrase("body", name, text, name, "n")
    if name:
        gender = gender or _titled(ground, part.start, part.end) or gender_in(ground, name)
        return Phrase("person", name, text, side, gender)
    if part.last - part.start == 1 and _surname(ground, role):
        return Phrase("name", text, text)
    plural = ground.lower[role] in ground.lists.plurals
    return Phrase("office", None, f"{text} {_tail(ground, role + 1, part.last)}".strip(), side, gender, plural)


def _source_in(ground: Ground, part: Part) -> str | None:
    """The side of "a source IN THE DEFENCE MINISTRY of Chad", "a source close to the Kremlin"; no mere place's."""
    if part.end >= part.last or ground.lower[part.end] not in {"in", "at", "within", "inside", "from", "of", "close"}:
        return None
    heads = (
        ground.body[i] or (i in ground.inside and ground.inside[i].known.kind == "body")
        for i in range(part.end, part.last)
    )
    return ground.side_of(part.end, part.last) if any(heads) else None


def _group_before(ground: Ground, first: int, role: int) -> str | None:
    """The union in "National Federation of Chadian Dockers SECRETARY Ana Reis": a name, though it holds a country's."""
    business = ground.lower[role] in ground.lists.business or ground.role[role] == "private"
    if not ground.capital[first] or ground.shout[first] or (first in ground.starts and not business):
        return None
    if first in ground.starts and ground.starts[first].known.kind in {"body", "outlet"}:
        return None
    stop = first
    while stop < role and (ground.capital[stop] or ground.lower[stop] in _JOINS or stop in ground.joined):
        stop += 1
    while stop > first and (ground.lower[stop - 1] in _OFFICE_WORDS or not ground.capital[stop - 1]):
        stop -= 1
    wanted = range(first if business else first + 1, stop)
    heads = [
        i for i in wanted if ground.capital[i] and (ground.lower[i] in _UNIONS or (business and _firm_at(ground, i)))
    ]
    return ground.text(first, stop) if heads and stop - first > 1 else None


def _staff_of(ground: Ground, first: int, role: int) -> str | None:
    """Whose the body is that stands before: "Justice Department LAWYERS"; "Chadian lawyers" are nobody's."""
    hits = (ground.starts.get(i) for i in range(first, role))
    if known := next((hit.known.side for hit in hits if hit and hit.last == role and hit.known.kind == "body"), None):
        return known
    if ground.lower[role] not in SETS["staff"] or ground.shout[role]:
        return None
    first += ground.lower[first] in _SENIOR
    stop = next((i for i in range(first, role) if not ground.capital[i] or i in ground.inside), role)
    return ground.text(first, stop) if stop - first > 1 else None  # "Lagoa Parks senior PLANNER"


def _works_for(ground: Ground, part: Part, role: int) -> str | None:
    first = part.after
    return _group_before(ground, first, role) or _staff_of(ground, first, role) or _employer(ground, part, role)


def _employer(ground: Ground, part: Part, role: int) -> str | None:
    """ "Chief economist AT LAGOA SAVINGS"."""
    at = part.end
    if ground.lower[role] not in SETS["staff"] or at >= part.last - 1 or ground.lower[at] not in _EMPLOYED_BY:
        return None
    at += 1 + (ground.lower[at + 1] == "the")
    return ground.raw(at, part.last) if at < part.last and ground.capital[at] else None


_EMPLOYED_BY = frozenset({"at", "with", "from", "for", "of"})


def _firm_at(ground: Ground, i: int) -> bool:
    return ground.body[i] == "firm" or ground.lists.bodies.get(ground.lower[i]) == "firm"


_SENIOR = frozenset({"former", "senior", "chief", "deputy", "acting", "top", "leading", "veteran"})
_OF_SPORT = (["of", "football"], ["of", "rugby"], ["of", "cricket"], ["of", "coaching"], ["of", "recruitment"])
_PORTFOLIOS = frozenset({"minister", "secretary", "treasurer"})
_JOINS = SETS["joins"] | {"-"}
_OFFICE_WORDS = SETS["business_words"] | SETS["role_vague"] | {"joint", "acting", "honorary", "national", "state"}
_UNIONS = SETS["union_heads"]


def _party(ground: Ground, first: int, role: int) -> str | None:
    """The party that a capital tells: "her CONSERVATIVE rival"; who governs keeps the state's side."""
    if ground.shout[role]:
        return None
    lists, head = ground.lists, singular(ground.lower[role])
    told = head in SETS["partisan"] or head in SETS["opposed"] or head in SETS["leading_party"]
    words = range(first, role) if told else range(role, role + 1)
    capitals = [i for i in words if ground.parsed.words[i][0].isupper()]
    pairs = (f"{ground.lower[i]} {singular(ground.lower[i + 1])}" for i in capitals[:-1])  # "Lib Dem leader"
    known = (lists.parties.get(w) for w in (*pairs, *(singular(ground.lower[i]) for i in capitals)))
    return next((party for party in known if party), None)


def _party_owner(ground: Ground, first: int, last: int) -> str | None:
    """ "LABOUR's shadow minister"."""
    alone = last - first == 1 and ground.parsed.words[first][0].isupper()
    return ground.lists.parties.get(ground.lower[first]) if alone else None


def _firm(ground: Ground, role: int, name: str) -> bool:
    """ "The operator Lagoa Power": the word means people and firms, and no first name follows."""
    kind = ground.body[role] == "firm" or ground.lower[role] in SETS["firm_roles"]
    return kind and sides.fold(name.split(" ", 1)[0]) not in ground.lists.names


def _surname(ground: Ground, i: int) -> bool:
    """A role's word alone, with a capital: maybe a family name ("King said"); the page tells."""
    word = ground.parsed.words[i]
    return not ground.shout[i] and ground.parsed.tag[i] == "NNP" and word[0].isupper() and not word.isupper()


def _tail(ground: Ground, first: int, last: int) -> str:
    """What a role is of, up to a relative clause."""
    ends = (i for i in range(first, min(last, first + 9)) if ground.lower[i] in SETS["clauses"])
    return ground.text(first, next(ends, min(last, first + 9))) if first < last else ""


def name_of(ground: Ground, first: int, last: int) -> str | None:
    """A person's name in words that all have capitals; titles before and letters after are left out."""
    first = _after_titles(ground, first, last)
    while last > first and ground.shout[last - 1] and ground.lower[last - 1] in ground.lists.verbs:
        last -= 1
    while last - first > 2 and ground.lower[last - 1] in _WEEKDAYS:
        last -= 1  # "Ana Reis Friday said"
    while last > first and ground.lower[last - 1].strip(".") in ground.lists.suffixes - SETS["numerals"] | {"'s", "’s"}:
        last -= 1
    if not 0 < last - first <= 7 or not ground.capital[last - 1] or ground.lower[first] == "-":
        return None
    return ground.text(first, last).rstrip(".,") if all(_in_name(ground, i) for i in range(first, last)) else None


_WEEKDAYS = frozenset(day for day in SETS["calendar"] if day.endswith("day"))


def _after_titles(ground: Ground, first: int, last: int) -> int:
    if ground.lower[first : first + 1] == ["-"] and ground.lower[first + 1 : first + 2] in (["elect"], ["designate"]):
        first += 2  # "President-elect Reis"
    titles = [i for i in range(first, min(last - 1, first + 5)) if ground.title(i)]
    return titles[-1] + 1 if titles else first


def _in_name(ground: Ground, i: int) -> bool:
    word = ground.lower[i]
    if (word in STOPS or ground.parsed.pos[i] in _NO_NAME) and word not in ground.lists.particles:
        return False
    if ground.shout[i] and word in ground.lists.verbs:
        return False
    return ground.capital[i] or word in ground.lists.particles or word in {"-", ".", "'", "’", '"'}


def _titled(ground: Ground, first: int, last: int) -> str | None:
    """The gender that a title tells."""
    found = (ground.lists.honorifics.get(ground.lower[i].rstrip(".")) for i in range(first, last))
    return next((gender for gender in found if gender in {"m", "f"}), None)


def gender_in(ground: Ground, name: str) -> str | None:
    """The gender that a first name tells."""
    found = ground.lists.names.get(sides.fold(name.split(maxsplit=1)[0])) if " " in name else None
    return found if found in {"m", "f"} else None


def officer(ground: Ground, part: Part) -> Phrase | None:
    """ "ARMY GEN. Ana Reis": a rank behind the force, and a name."""
    for i in range(part.after + 1, part.end - 1):
        word = ground.lower[i]
        ranked = word.rstrip(".") in ground.lists.ranks and (word.endswith(".") or len(word) > 3) and ground.capital[i]
        if ranked and ground.body[i - 1] in {"armed", "state"} and not ground.body[i + 1]:
            name = name_of(ground, i, part.end)
            side = ground.side_of(part.after, i)
            return (
                Phrase("person", name, ground.text(part.after, i + 1), side, gender_in(ground, name)) if name else None
            )
    return None


def bare(ground: Ground, first: int, last: int) -> Phrase | None:
    """A name without a role: a `person` when a title or a known first name shows it, else a `name`."""
    first += last - first > 1 and ground.day(first)
    name = name_of(ground, first, last)
    if name is None or all(ground.lower[i] in SETS["calendar"] for i in range(first, last)):
        return None
    title = _titled(ground, first, last)
    gender = title or gender_in(ground, name)
    begins = ground.lists.names.get(sides.fold(name.split()[0])) if " " in name else None
    thing = ground.lower[last - 1] in ground.lists.things and not begins
    if thing or (first and not title and ground.lower[first - 1] == "the"):
        return Phrase("name", name, gender="n")
    start = _after_titles(ground, first, last)
    titled = start > first
    ranked = any(ground.lower[i].rstrip(".") in ground.lists.ranks for i in range(first, start))
    rank = ground.text(first, start) if ranked else None
    known = titled or begins
    return Phrase("person" if known else "name", name, rank, None, gender)


def _name_in_tail(ground: Ground, end: int, last: int) -> str | None:
    """The name after a tail: "ambassador to Chad Ana Reis", "head of the border service Ana Reis"."""
    if end >= last:
        return None
    first = last
    thing = ground.body[last - 1] or ground.lower[last - 1] in ground.lists.things
    if thing and not ground.first_name(last - 2):
        return None
    while first > end and (ground.capital[first - 1] or ground.lower[first - 1] in ground.lists.particles | {"-"}):
        first -= 1
    if ground.lower[end] in {"to", "for"} and any(ground.role[i] for i in range(end + 1, last)):
        return None  # "an adviser to President Ana Reis"
    if _of_another(ground, end, last):
        return None  # "supporters of former president Ana Reis", "a lawyer of rebel leader Ana Reis"
    if first < last - 1 and ground.lower[first] in {"opposition", "state", "police", "government"}:
        return name_of(ground, first + 1, last)  # "Leader of Opposition Ana Reis"
    hit = ground.starts.get(first)
    after_place = bool(hit and hit.last < last)
    if hit and after_place:
        first = hit.last
    if first >= last or first <= end:
        return None
    known = next((i for i in range(first, last - 1) if i not in ground.inside and ground.first_name(i)), None)
    if known is not None and (known > first or after_place or ground.lower[first - 1] not in STOPS):
        return name_of(ground, known, last)
    if known == first:
        return None
    free = after_place or ground.lower[first - 1] not in STOPS | {"the"}
    return name_of(ground, first, last) if free and last - first > 1 else None


def _of_another(ground: Ground, end: int, last: int) -> bool:
    """The name behind a tail goes with an office in it; a rank is none: "head of the guard General Ana Reis"."""
    offices = [i for i in range(end + 1, last - 1) if ground.role[i] == "office"]
    if not offices or ground.lower[offices[-1]].rstrip(".") in ground.lists.ranks:
        return False
    return all(ground.capital[i] and not ground.body[i] for i in range(offices[-1] + 1, last))


def _side(ground: Ground, part: Part, role: int, kind: str) -> str | None:
    """The side that the words name: known, or raw words that the page may know. Private people have none."""
    side = _side_told(ground, part, role, kind)
    portfolio = (
        part.owner is None and ground.lower[role] == "minister" and "affairs" not in ground.lower[part.end : part.last]
    )
    if side == "EU" and portfolio and ground.side_of(part.after, role) == "EU":
        return None  # "the EU minister" of a country
    return _risen(ground, part, side) if side else None


def _risen(ground: Ground, part: Part, side: str) -> str | None:
    """The rebels' own side: "Chadian rebels", "a spokesman for the rebels of Chad"; a mere faction's is not told."""
    told = {singular(w) for w in ground.lower[part.after : part.last]}
    if side.endswith(" opposition") or not told & _AGAINST:
        return side
    if (movement := _movement(ground, part)) or not sides.is_country(side):
        return movement or side
    named = next((w for w in ground.lower[part.after : part.last] if singular(w) in SETS["uprising"]), None)
    if named is None:
        return None
    word = named if named.endswith("s") else f"{named}s"
    return f"{sides.adjective(side)} {word}"


def _movement(ground: Ground, part: Part) -> str | None:
    """The movement in "Chad's FARC rebels"."""
    hits = (ground.starts.get(i) for i in range(part.after, part.last))
    return next((hit.known.side for hit in hits if hit and hit.known.side in ground.lists.armed), None)


_AGAINST = SETS["uprising"] | SETS["factions"]


def campaign(ground: Ground, first: int, last: int) -> str | None:
    """The side of those who work for somebody's election: "Ana Reis's CAMPAIGN chairman", "the Reis CAMPAIGN"."""
    at = next((i for i in range(first + 1, last) if ground.lower[i] == "campaign"), first)
    who = at - 1
    while who > first and (ground.lower[who] in _OF_VOTES or ground.lower[who].isdigit()):
        who -= 1  # "Ana Reis's 2031 re-election campaign"
    who -= who > first and ground.lower[who] in POSSESSIVE
    if at == first or who < first or not ground.capital[who] or ground.role[who] or ground.body[who]:
        return None
    if ground.capital[at] and who > first and ground.capital[who - 1] and not ground.first_name(who - 1):
        return None  # "the Clean Shore Campaign"
    known = who in ground.inside and ground.inside[who].known.kind != "body"
    named = not known and ground.lower[who] not in SETS["calendar"] | SETS["ordinary"] | SETS["leading"]
    return f"{ground.parsed.words[who]} campaign" if named else None


_OF_VOTES = frozenset({"election", "re-election", "reelection", "presidential", "leadership", "referendum"})
_OF_VOTES |= {"mayoral", "senate", "primary"}


def _side_told(ground: Ground, part: Part, role: int, kind: str) -> str | None:
    if kind != "private" and (side := campaign(ground, part.start, role)):
        return side
    if part.owner and (party := _party_owner(ground, *part.owner)):
        return party
    theirs = part.owner and ground.lower[part.owner[0]] in {"his", "her", "their"}
    if theirs and (party := _party(ground, part.after, role)):
        return party
    if part.owner and (side := ground.side_of(*part.owner) or ground.raw(*part.owner)):
        return sides.opposition(side) if ground.lists.opposition & set(ground.lower[part.after : role]) else side
    if kind == "private":
        return None if part.owner else _works_for(ground, part, role)
    if kind == "source":
        return ground.side_of(part.after, role) or _source_in(ground, part)
    if group := _group_before(ground, part.after, role):
        return group
    party = _party(ground, part.after, role)
    if party and _of_nation(ground, part.after, role):
        return party  # "Scottish Labour leader"
    if side := ground.side_of(part.after, role):
        return side
    if known := _known_office(ground, part, role):
        return known
    if party:
        return party
    if ground.lower[role] in ground.lists.business and ground.lower[part.end : part.end + 1] in (["in"], ["from"]):
        return None  # "a school principal in Ohio"
    portfolio = ground.lower[role] in _PORTFOLIOS  # "the Harvest secretary"
    before = None if portfolio else ground.raw(part.after, role, whole=False)
    somebodys = SETS["unstated"] & set(ground.lower[part.after : role])
    after = ground.sides_after(part.end, part.last, kind)
    return before if somebodys and sides.is_country(after) else after or before  # "student leaders in Chad"


def _of_nation(ground: Ground, first: int, last: int) -> bool:
    """Words name a nation within a country."""
    return any(i in ground.inside and ground.inside[i].known.kind == "nation" for i in range(first, last))


_BELOW = frozenset(
    {"deputy", "assistant", "under", "acting", "former", "then", "principal", "ex", "-", "outgoing", "incoming"}
)


def _known_office(ground: Ground, part: Part, role: int) -> str | None:
    """The country that alone has an office of that name: "home secretary", "secretary of state"."""
    first = part.after
    while first < role and ground.lower[first] in _BELOW:
        first += 1
    behind = ground.lower[role + 3 : role + 4]
    longer = " ".join(ground.lower[first : role + 3]) if behind != ["for"] else ""
    known = ground.lists.known
    return known.get(" ".join(ground.lower[first : role + 1])) or known.get(longer)
