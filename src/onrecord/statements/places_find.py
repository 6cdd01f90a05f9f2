"""A parsed post → drafts of its place names, each with what the words beside it say of it."""

from __future__ import annotations

from dataclasses import replace

from onrecord.statements import places_actor, places_judge
from onrecord.statements.draft import PlaceDraft
from onrecord.statements.gazetteer import normal
from onrecord.statements.parse import Parse
from onrecord.statements.places_called import called, share_plurals
from onrecord.statements.places_datelines import add_datelines
from onrecord.statements.places_judge import Found, Reading, first_lower
from onrecord.statements.places_names import LEADS, Name, Run, capital, names, runs
from onrecord.statements.places_sites import site
from onrecord.statements.places_unknown import autonomous, hamlet, road, unknown
from onrecord.statements.places_within import following, owner

_RULES = (road, site, hamlet, autonomous)
LEAST = -2.5
"""Names below this score are dropped at once; between it and `SURE` the rest of the page decides."""
SURE = 0.6
_OF = frozenset({"del", "della", "delle", "dei", "di", "sur", "upon", "du", "dos"})
_OF_SAINTS = frozenset({"de", "del", "la", "los", "las", "do", "da", "dos"})
_LARGE = 500_000
_FIRM = 2.5
"""Above it a name is a place even where a person of the post bears it."""


def find(parsed: Parse) -> list[PlaceDraft]:
    """Place names in text order."""
    stretches = list(runs(parsed))
    read = places_judge.reading(parsed, stretches)
    for run, known in zip(stretches, names(parsed, stretches), strict=True):
        _go_through(read, run, known)
    share_plurals(read, SURE + 1)
    add_datelines(read)
    return [_draft(read, place) for place in read.found]


def _go_through(read: Reading, run: Run, known: list[Name]) -> None:
    """Take the run's names from left to right, the longest that holds at each word."""
    starts: dict[int, list[Name]] = {}
    for name in known:
        starts.setdefault(name.first, []).append(name)
    at = max(run.first, read.found[-1].last if run.shouted and read.found else 0)
    while at < run.last:
        options = starts.get(at, [])
        taken = next((f for rule in _RULES if (f := rule(read, run, at, options))), None) or _best(read, run, options)
        taken = taken or unknown(read, run, at)
        if taken and taken.score <= SURE and _covers_sure(read, run, starts, taken):
            taken = None
        if taken:
            read.found.append(taken)
        at = max(taken.last if taken else at, at + 1)


def _covers_sure(read: Reading, run: Run, starts: dict[int, list[Name]], taken: Found) -> bool:
    """A likely place begins inside a doubtful one and goes on behind it: `The West`, of `The West Bank`."""
    inside = [n for at in range(taken.first + 1, taken.last) for n in starts.get(at, []) if n.last > taken.last]
    return any(_judged(read, run, name).score > SURE for name in inside)


def _best(read: Reading, run: Run, options: list[Name]) -> Found | None:
    """The longest name that is likely a place, else the likeliest."""
    judged = [_judged(read, run, name) for name in sorted(options, key=lambda n: -n.last)]
    likely = [f for f in judged if f.score > SURE]
    if likely:
        return likely[0]
    return max((f for f in judged if f.score > LEAST), key=lambda f: f.score, default=None)


def _judged(read: Reading, run: Run, name: Name) -> Found:
    form, first, last, listing = called(read, run, name)
    plural = read.parsed.lower[last : last + 1] in (["counties"], ["districts"], ["boroughs"], ["parishes"])
    if (
        form == "district"
        and not plural
        and last == name.last
        and any(e.capital or e.population > _LARGE for e in name.entries)
    ):
        form = "name"  # the first district of Paris
    total = places_judge.score(read, run, name, form, first, last)
    if form == "facility" and read.parsed.lower[last - 1] == "pipeline":  # none of the towns of that name
        name = replace(name, last=last, text=read.parsed.between(first, last), entries=())
    longer = _saint_of(read, name)
    if form == "name" and longer > last:
        whole = read.parsed.between(first, longer)
        name, last, form, total = Name(first, longer, whole, normal(whole), ()), longer, "village", total + 1.0
    holder = owner(read, name.first)
    within = None if name.is_at("country") else following(read, name, last)
    if form == "name" and not (name.is_at("region") or name.is_at("country")):
        first = _with_direction(read, run, first)
        last = _with_surname(read, run, last)
    total += (2.0 if holder else 0.0) + (3.0 if within else 0.0)
    return Found(first, last, name, form, total, within or holder, listing)


def _with_surname(read: Reading, run: Run, last: int) -> int:
    """`Villar del Tesk`, where the tables have Villar alone: the whole is the name."""
    parsed = read.parsed
    named = last + 1 < run.last and parsed.lower[last] in _OF and capital(parsed.words[last + 1])
    return last + 2 if named else last


def _saint_of(read: Reading, name: Name) -> int:
    """One past `San Lope de la Torre`, where the tables have only some San Lope, another place; 0 for other names."""
    parsed, at = read.parsed, name.last
    before = first_lower(parsed, name.first - 1)
    if parsed.lower[name.first] not in LEADS or before not in read.words.strong | {"of"} or name.is_at("country"):
        return 0
    while at < len(parsed) and parsed.lower[at] in _OF_SAINTS and at < name.last + 2:
        at += 1
    goes_on = name.last < at < len(parsed) and parsed.sent[at] == parsed.sent[name.first]
    return at + 1 if goes_on and capital(parsed.words[at]) and parsed.words[at].isalpha() else 0


def _with_direction(read: Reading, run: Run, first: int) -> int:
    """`North Dallas`, `Greater Mumbai`: the direction belongs to the name."""
    parsed, part = read.parsed, read.words.part
    while first > run.first and capital(parsed.words[first - 1]) and parsed.lower[first - 1] in part:
        first -= 1
    return first


# -- drafts ------------------------------------------------------------------------------------------------------------


def _draft(read: Reading, place: Found) -> PlaceDraft:
    parsed = read.parsed
    start = parsed.start[place.first]
    end = parsed.end[place.last - 1]
    if place.last == place.name.last and parsed.text.startswith(place.name.text, parsed.start[place.name.first]):
        end = parsed.start[place.name.first] + len(place.name.text)
    person = place.form == "name" and parsed.lower[place.name.first] in read.surnames | read.given
    return PlaceDraft(
        start=start,
        end=end,
        name=place.name.text,
        form=place.form,
        within=place.within,
        actor=places_actor.acts(read, place),
        flag="person" if person and place.score < _FIRM else "word" if place.name.form in read.words.common else None,
        certain=place.score > SURE,
    )
