"""A parsed post → drafts of its place names, each with what the words beside it say of it."""

from __future__ import annotations

from onrecord.statements import places_actor, places_judge
from onrecord.statements.draft import PlaceDraft
from onrecord.statements.gazetteer import areas, is_area, normal
from onrecord.statements.parse import Parse
from onrecord.statements.places_called import called, called_before, share_plurals
from onrecord.statements.places_judge import AND, Found, Reading, first_lower
from onrecord.statements.places_names import Name, Run, capital, names, runs

LEAST = -2.5
"""Names below this score are dropped at once; between it and `SURE` the rest of the page decides."""
SURE = 0.6
_LOOSE = frozenset(
    {"state", "states", "republics", "departments", "territory", "territories", "community", "communities"}
)
"""Area words that also follow names of unions, peoples and firms."""


def find(parsed: Parse) -> list[PlaceDraft]:
    """Place names in text order."""
    stretches = list(runs(parsed))
    read = places_judge.reading(parsed, stretches)
    for run, known in zip(stretches, names(parsed, stretches), strict=True):
        _go_through(read, run, known)
    share_plurals(read, SURE + 1)
    return [_draft(read, place) for place in read.found]


def _go_through(read: Reading, run: Run, known: list[Name]) -> None:
    """Take the run's names from left to right, the longest that holds at each word."""
    starts: dict[int, list[Name]] = {}
    for name in known:
        starts.setdefault(name.first, []).append(name)
    at = run.first
    while at < run.last:
        options = starts.get(at, [])
        taken = _road(read, run, at) or _hamlet(read, run, at, options) or _best(read, run, options)
        taken = taken or _unknown(read, run, at)
        if taken:
            read.found.append(taken)
        at = max(taken.last if taken else at, at + 1)


def _best(read: Reading, run: Run, options: list[Name]) -> Found | None:
    """The longest name that is likely a place, else the likeliest."""
    judged = [_judged(read, run, name) for name in sorted(options, key=lambda n: -n.last)]
    likely = [f for f in judged if f.score > SURE]
    if likely:
        return likely[0]
    return max((f for f in judged if f.score > LEAST), key=lambda f: f.score, default=None)


def _judged(read: Reading, run: Run, name: Name) -> Found:
    form, first, last, listing = called(read, run, name)
    total = places_judge.score(read, run, name, form, first, last)
    owner = _owner(read, name.first)
    within = None if name.is_at("country") else _following(read, name, last)
    if form == "name":
        first = _with_direction(read, run, first)
    total += (2.0 if owner else 0.0) + (3.0 if within else 0.0)
    return Found(first, last, name, form, total, within or owner, listing)


def _with_direction(read: Reading, run: Run, first: int) -> int:
    """`North Dallas`, `Greater Mumbai`: the direction belongs to the name."""
    parsed, part = read.parsed, read.words.part
    while first > run.first and capital(parsed.words[first - 1]) and parsed.lower[first - 1] in part:
        first -= 1
    return first


# -- what is named with it ---------------------------------------------------------------------------------------------


def _owner(read: Reading, first: int) -> str | None:
    """`Russia's Kursk`, `the Russian region of Kursk`, `Ukrainian town of Izium`: the country before it."""
    parsed, lists = read.parsed, read.words
    last = read.found[-1] if read.found else None
    for at in range(first - 1, max(first - 6, -1), -1):
        if parsed.sent[at] != parsed.sent[first]:
            return None
        word = parsed.lower[at]
        if word in lists.demonyms:
            return lists.demonyms[word]
        if word in {"'s", "’s", "‘s"}:
            return last.name.text if last and last.last in {at, at + 1} and is_area(last.name.text) else None
        if not (word.isalpha() or "-" in word) or parsed.pos[at] in {"VERB", "AUX", "CCONJ"} or word in lists.strong:
            return None
    return None


def _following(read: Reading, name: Name, last: int) -> str | None:
    """`Paris, Texas`; `Izium, in the Kharkiv region`; `Karo in northern Sumatra`: the area named after it."""
    parsed, lists = read.parsed, read.words
    at = read.after(last)
    if at < 0:
        return None
    comma = parsed.words[at] in {",", "("}
    at += comma
    if at < len(parsed) and parsed.lower[at] in {"in", "of"} and (comma or parsed.lower[at] == "in"):
        at += 1
        while at < len(parsed) and (
            parsed.lower[at] == "the" or parsed.lower[at] in lists.part or parsed.lower[at] in lists.demonyms
        ):
            at += 1
    elif not comma:
        return None
    if at >= len(parsed) or parsed.sent[at] != parsed.sent[last - 1] or not capital(parsed.words[at]):
        return None
    end = at + 1
    while end < min(at + 4, len(parsed)) and capital(parsed.words[end]) and parsed.sent[end] == parsed.sent[at]:
        end += 1
    spans = (parsed.between(at, stop).removesuffix("'s").removesuffix("’s") for stop in range(end, at, -1))
    found = next((text for text in spans if is_area(text)), None)
    return None if found and comma and _listed(read, name, found) else found


def _listed(read: Reading, name: Name, after: str) -> bool:
    """`Ohio, Utah and Iowa` is a list, not a town and its state."""
    if not is_area(name.text):
        return False
    if name.is_at("region") and any(e.level == "region" for e in areas(after)):
        return True
    last = read.found[-1] if read.found else None
    gap = read.parsed.lower[last.last : name.first] if last else []
    return last is not None and len(gap) == 1 and gap[0] in AND and is_area(last.name.text)


# -- names that only the words beside them make a place ----------------------------------------------------------------


def _road(read: Reading, run: Run, at: int) -> Found | None:
    """Streets, roads with numbers and rivers, which no table need have."""
    parsed, lists = read.parsed, read.words
    if not capital(parsed.words[at]) or run.shouted:
        return None
    for end in range(at + 1, min(at + 4, run.last)):
        if not capital(parsed.words[end]):
            return None
        form = lists.areas.get(parsed.lower[end].rstrip("."))
        if parsed.words[end] == "St." and (end + 1 >= run.last or not capital(parsed.words[end + 1])):
            form = "street"
        if form == "street" or (form == "water" and parsed.lower[end] in {"river", "creek", "bayou"}):
            text = parsed.between(at, end + 1)
            return Found(at, end + 1, Name(at, end + 1, text, normal(text), ()), form, 1.0)
    return _numbered(read, at)


def _numbered(read: Reading, at: int) -> Found | None:
    """`Highway 12`, `County Road 35`."""
    parsed = read.parsed
    for end in (at + 1, at + 2):
        if end < len(parsed) and parsed.words[end][0].isdigit() and parsed.between(at, end).lower() in read.words.roads:
            text = parsed.between(at, end + 1)
            return Found(at, end + 1, Name(at, end + 1, text, normal(text), ()), "street", 1.0)
    return None


def _hamlet(read: Reading, run: Run, at: int, options: list[Name]) -> Found | None:
    """`the village of Old Mill` where the tables have only Old: the whole name."""
    beside = called_before(read, at, at + 1)
    if not beside or beside.form != "village":
        return None
    found = _unknown(read, run, at)
    return found if found and found.form == "village" and all(n.last < found.name.last for n in options) else None


def _unknown(read: Reading, run: Run, at: int) -> Found | None:
    """A name that no table has: called a village or region by the words beside it, or perhaps one misspelt."""
    parsed, lists = read.parsed, read.words
    if (
        run.shouted
        or not capital(parsed.words[at])
        or parsed.pos[at] != "PROPN"
        or parsed.lower[at] in lists.titles | lists.common
    ):
        return None
    end = at + 1
    while end < min(at + 4, run.last) and (capital(parsed.words[end]) or parsed.words[end] == "-"):
        end += 1
    text = parsed.between(at, end)
    name = Name(at, end, text, normal(text), ())
    form, first, last, listing = called(read, run, name)
    within = _following(read, name, last)
    if form in {"village", "region", "district"} and first_lower(parsed, end) not in _LOOSE:
        return Found(first, last, name, form, 1.0, within or _owner(read, at), listing)
    before = first_lower(parsed, at - 1)
    whole = end == run.last or first_lower(parsed, end) in {"area", "city"}
    if (
        whole
        and before in {"in", "near", "outside"}
        and (within or first_lower(parsed, end) in {"area", "city", "town"})
    ):
        return Found(at, end, name, "unknown", 1.0, within)
    if end == at + 1 and whole and _third(read, at, end):
        return Found(at, end, name, "unknown", 1.0)
    if end == at + 1 and whole and len(text) > 6 and before in lists.strong:
        return Found(at, end, name, "unknown", 0.0, within)
    return None


def _third(read: Reading, at: int, end: int) -> bool:
    """It goes on a list of two or more places."""
    if len(read.found) < 2 or read.parsed.words[at].isupper():
        return False
    one, two = read.found[-2:]
    lower = read.parsed.lower
    gaps = [lower[one.last : two.first], lower[two.last : at]]
    goes_on = first_lower(read.parsed, end) in {",", "and", "."}
    return (
        goes_on
        and all(gap and len(gap) < 3 and all(w in AND for w in gap) for gap in gaps)
        and min(one.score, two.score) > 1.5
    )


# -- drafts ------------------------------------------------------------------------------------------------------------


def _draft(read: Reading, place: Found) -> PlaceDraft:
    parsed = read.parsed
    start = parsed.start[place.first]
    end = parsed.end[place.last - 1]
    if place.last == place.name.last:
        end = parsed.start[place.name.first] + len(place.name.text)
    return PlaceDraft(
        start=start,
        end=end,
        name=place.name.text,
        form=place.form,
        within=place.within,
        actor=places_actor.acts(read, place),
        certain=place.score > SURE,
    )
