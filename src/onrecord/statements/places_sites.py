"""Names of structures → places that no table need have: `the Halley Stadium`, `at Mill Road Hospital`."""

from __future__ import annotations

from dataclasses import replace

from onrecord.statements.gazetteer import normal
from onrecord.statements.places_judge import AND, Found, Reading
from onrecord.statements.places_names import Name, Run, capital
from onrecord.statements.places_within import following

_MOST = 6
"""Words in the name of a structure."""
_LARGE = 50_000
_GREAT = 1_000_000
_POSTS = frozenset({"base", "airbase", "airfield", "barracks", "airstrip", "garrison"})
_LINKS = frozenset({"of", "the", "de", "la", "du", "del", "-", "’s", "'s", "st", "st."})
_PLAIN = frozenset({
    "hospital", "center", "centre", "metro", "station", "base", "camp", "market", "crossing", "plant", "headquarters",
})  # fmt: skip
_HOLY = frozenset(
    {"st", "saint", "saints", "san", "santa", "santo", "são", "sao", "sainte", "sankt", "our", "holy"}
    | {"sacred", "virgin"}
)
_LANDS = frozenset({"county", "state", "district", "city", "parish", "township", "street", "road", "u.s."})
"""What lies in a land rather than in the name of a structure: Douglas County Hospital."""
_CLOSE = frozenset({
    "outside", "inside", "behind", "beside", "opposite", "beneath", "off", "onto", "along", "past", "by", "of", "under",
    "over", "on", "between", "across",
})  # fmt: skip
_LEFT = frozenset({"PROPN", "NOUN", "ADJ", "NUM", "X"})


def site(read: Reading, run: Run, at: int, options: list[Name]) -> Found | None:
    """A structure called by name; it lies where the place in its name is, else beside the places named around it."""
    parsed, lists = read.parsed, read.words
    if run.shouted or not capital(parsed.words[at]) or parsed.pos[at] not in _LEFT:
        return None
    if end := _dedicated(read, run, at):
        whole = Name(at, end, parsed.between(at, end), normal(parsed.between(at, end)), ())
        return Found(at, end, whole, "facility", 1.0, following(read, whole, end))
    end = _end(read, run, at)
    if end <= at + 1 or any(n.last >= end and (n.is_at("feature") or n.is_at("airport")) for n in options):
        return None
    word = parsed.lower[end - 1]
    if any(n.last == end - 1 for n in options) and (
        lists.areas.get(word) == "facility" or not capital(parsed.words[end - 1])
    ):
        return None  # Merowe dam, the Cardiff stadium: the town says where
    whole = Name(at, end, parsed.between(at, end), normal(parsed.between(at, end)), ())
    within = following(read, whole, end)
    put = _beside_place(read, at) or (word in lists.sites and at and parsed.lower[at - 1] == "the")
    if not (put or (word in _POSTS and (_goes_on(read, at) or _set_in(read, end)))):
        return None
    own = end - 1
    while own > at + 1 and parsed.lower[own - 1] in lists.beside_sites:
        own -= 1
    named = [n for n in options if n.last == own and any(_holds(e.level, e.population, e.main) for e in n.entries)]
    name = replace(named[0], text=parsed.between(at, own)) if named else _city_of(read, options, own) or whole
    return Found(at, end, name, "facility", 1.0, within)


def _city_of(read: Reading, options: list[Name], own: int) -> Name | None:
    """`London Euston station`: the great city that its name begins with."""
    cities = (n for n in options if n.last < own and read.parsed.lower[n.first] not in read.words.first_names)
    return next((n for n in cities if any(e.main and e.population >= _GREAT for e in n.entries)), None)


def _goes_on(read: Reading, at: int) -> bool:
    """It goes on a list of structures: Lodwa base and Turi base."""
    last = read.found[-1] if read.found else None
    gap = read.parsed.lower[last.last : at] if last else []
    return last is not None and last.form == "facility" and 0 < len(gap) < 3 and all(w in AND for w in gap)


def _set_in(read: Reading, end: int) -> bool:
    """A place that it lies in follows: Amani air base in Nakuru."""
    parsed = read.parsed
    behind = parsed.lower[end : end + 1] in (["in"], ["near"], ["outside"])
    return behind and end + 1 < len(parsed) and capital(parsed.words[end + 1])


def _holds(level: str, people: int, main: bool) -> bool:
    """A place large enough to have structures called after it; not the surname of a founder."""
    return main and (level in {"region", "country"} or (level == "geonames" and people >= _LARGE))


def _end(read: Reading, run: Run, at: int) -> int:
    """One past the last word of the structure's name that starts here; `at` where none does."""
    parsed, lists = read.parsed, read.words
    found, last = at, min(at + _MOST, run.last)
    for k in range(at, last):
        if not capital(parsed.words[k]) and parsed.lower[k] not in _LINKS:
            break
        if k > at and capital(parsed.words[k]) and parsed.lower[k] in lists.sites | lists.houses:
            found = k + 1
    if found == at and run.last - at <= 4:
        found = _small_end(read, run, at)
    behind = parsed.lower[found] if found < len(parsed) else ""
    if found > at and (found < run.last and (behind in lists.public or behind in lists.other)):
        return at  # the Mill Hospital Trust
    if at < found < run.last and capital(parsed.words[found]) and behind not in lists.titles:
        return at  # Joint Base Mill
    return found if _names_it(read, at, found) else at


def _dedicated(read: Reading, run: Run, at: int) -> int:
    """One past `Church of St Thomas`, `Basilica of Santa Ana`: the saint is no town; 0 for other names."""
    parsed = read.parsed
    end = at + 2 + (parsed.lower[at + 2 : at + 3] == ["the"])
    named = parsed.lower[at] in read.words.churches and parsed.lower[at + 1 : at + 2] == ["of"] and end < run.last
    if not named or parsed.lower[end].rstrip(".") not in _HOLY:
        return 0
    while end < run.last and (capital(parsed.words[end]) or parsed.lower[end] in _LINKS):
        end += 1
    return end


def _small_end(read: Reading, run: Run, at: int) -> int:
    """`the Halley stadium`, `Mill convention center`: small words behind the name."""
    parsed, lists = read.parsed, read.words
    if not all(capital(parsed.words[k]) or parsed.lower[k] in _LINKS for k in range(at, run.last)):
        return at
    for k in range(run.last, min(run.last + 3, len(parsed))):
        if parsed.sent[k] != parsed.sent[at]:
            return at
        behind = parsed.lower[k + 1] if k + 1 < len(parsed) else ""
        if parsed.lower[k] in lists.sites or (k > run.last and parsed.lower[k] in lists.houses):
            return k + 1 + (behind in lists.houses)
        if k == run.last and parsed.lower[k] in _PLAIN and (_beside_place(read, at) or parsed.lower[k] in _POSTS):
            return k + 1 + (behind in lists.houses)
        if parsed.lower[k] not in lists.beside_sites:
            return at
    return at


def _names_it(read: Reading, at: int, end: int) -> bool:
    """Something else than words for structures and offices stands in it; it is no person's, paper's or people's."""
    parsed, lists = read.parsed, read.words
    own = [k for k in range(at, end - 1) if parsed.lower[k] not in lists.beside_sites | _LINKS]
    if (
        not own
        or any(parsed.lower[k] in _LANDS for k in range(at, end))
        or parsed.lower[at] in lists.titles
        or parsed.lower[at] in lists.demonyms
    ):
        return False
    return not any(parsed.lower[k] in lists.never for k in range(at, end))


def _beside_place(read: Reading, at: int) -> bool:
    """A word before it puts something there."""
    before = read.before(at)
    if before < 0:
        return False
    word = read.parsed.lower[before]
    return word in read.words.strong or word in _CLOSE or read.parsed.lemma[before] in read.words.taken
