"""Names that no table need have → places by the words beside them: streets, rivers, hamlets, slips of the pen."""

from __future__ import annotations

from onrecord.statements.gazetteer import gazetteer, normal
from onrecord.statements.places_called import CLOSED, Called, called, called_before, selfruled
from onrecord.statements.places_judge import AND, Found, Reading, first_lower
from onrecord.statements.places_names import LEADS, Name, Run, capital
from onrecord.statements.places_within import following, owner, settlement, taken
from onrecord.statements.places_words import Words

_LOOSE = frozenset(
    {"state", "states", "republics", "departments", "territory", "territories", "community", "communities"}
)
"""Area words that also follow names of unions, peoples and firms."""
_NAMED = frozenset({"islands", "mountains", "hills", "peninsula", "archipelago", "strait", "desert", "river", "lake"})
"""Small area words that belong to the name before them."""
_SETTLED = frozenset({"area", "city", "town"})
_OF_WAYS = frozenset(
    {"de", "la", "le", "les", "du", "des", "del", "da", "do", "dos", "das", "di", "della", "y", "-", "d’"}
    | {"d'", "l’", "l'"}
)
_OPEN = frozenset({"village", "region", "district", "quarter"})
"""Forms whose word need not belong to the name."""
_TOWNS = frozenset({"town", "city", "citie", "suburb", "port"})
_PUT = frozenset({"of", "through", "outside"})
_IN = frozenset({"in", "near", "outside"})
_SMALL = frozenset({"ADP", "DET", "PRON", "CCONJ", "SCONJ", "ADV", "VERB", "AUX"})
_SLIP = 6
"""Letters beyond which a name may be a known one misspelt."""


def road(read: Reading, run: Run, at: int, options: list[Name]) -> Found | None:
    """Streets, roads with numbers and rivers, which no table need have."""
    parsed, lists = read.parsed, read.words
    if (
        not capital(parsed.words[at])
        or run.shouted
        or parsed.pos[at] in _SMALL
        or any(n.is_at("feature") and n.last > at + 1 for n in options)
    ):
        return None
    if parsed.lower[at] in lists.ways and at + 1 < run.last:
        return _way(read, run, at)
    for end in range(at + 1, min(at + 4, run.last)):
        if not capital(parsed.words[end]):
            return None
        form = lists.areas.get(parsed.lower[end].rstrip("."))
        if parsed.words[end] == "St." and (end + 1 >= run.last or not capital(parsed.words[end + 1])):
            form = "street"
        if end + 1 < run.last and capital(parsed.words[end + 1]):
            continue
        if form == "street" or (form == "water" and parsed.lower[end] in {"river", "creek", "bayou"}):
            text = parsed.between(at, end + 1)
            return Found(at, end + 1, Name(at, end + 1, text, normal(text), ()), form, 1.0)
    return _numbered(read, at)


def _way(read: Reading, run: Run, at: int) -> Found | None:
    """`Rue de la Loi`, `Avenida Paulista`: the word for a street stands first."""
    parsed, end = read.parsed, at + 1
    while end < min(at + 6, run.last) and (capital(parsed.words[end]) or parsed.lower[end] in _OF_WAYS):
        end += 1
    while end > at + 1 and not capital(parsed.words[end - 1]):
        end -= 1
    if end == at + 1 or parsed.pos[end - 1] == "VERB":
        return None
    text = parsed.between(at, end)
    return Found(at, end, Name(at, end, text, normal(text), ()), "street", 1.0)


def _numbered(read: Reading, at: int) -> Found | None:
    """`Highway 12`, `County Road 35`."""
    parsed = read.parsed
    for end in (at + 1, at + 2):
        if end < len(parsed) and parsed.words[end][0].isdigit() and parsed.between(at, end).lower() in read.words.roads:
            text = parsed.between(at, end + 1)
            return Found(at, end + 1, Name(at, end + 1, text, normal(text), ()), "street", 1.0)
    return None


def hamlet(read: Reading, run: Run, at: int, options: list[Name]) -> Found | None:
    """`the village of Old Mill` where the tables have only Old, or nothing: the whole name."""
    beside = called_before(read, at, at + 1)
    if not beside or beside.form != "village" or not capital(read.parsed.words[at]):
        return None
    name = _whole(read, run, at)
    if any(n.last >= name.last for n in options):
        return None
    return Found(
        at, name.last, name, "village", 1.0, following(read, name, name.last) or owner(read, at), beside.listing
    )


def autonomous(read: Reading, run: Run, at: int, options: list[Name]) -> Found | None:
    """`Bayan Tara Autonomous Prefecture` where the tables have at most a town Bayan: the whole name."""
    past = selfruled(read, run, at + 1) if capital(read.parsed.words[at]) and at + 1 < run.last else 0
    if not past or run.shouted or read.parsed.pos[at] != "PROPN" or any(n.is_at("region") for n in options):
        return None
    form = read.words.areas[read.parsed.lower[past - 1]]
    return Found(at, past, _whole(read, run, at), form, 1.0, following(read, _whole(read, run, at), past))


def unknown(read: Reading, run: Run, at: int) -> Found | None:
    """A name called a region by the words beside it, named with its area, listed with places, or perhaps misspelt."""
    if not _may_begin(read, run, at):
        return None
    name = _whole(read, run, at)
    beside, within, after = (
        called(read, run, name),
        following(read, name, name.last),
        first_lower(read.parsed, name.last),
    )
    if run.shouted and not _located(read, name, beside, within or after):
        return None
    if not within and settlement(read, name.last):
        return None
    if beside.form in CLOSED:
        return _closed(read, run, name, beside)
    if found := _as_called(read, name, beside, within):
        return found
    if shared := _plural_ahead(read, run, name.last):
        return Found(at, name.last, name, shared, 1.0, within)
    score = _as_put(read, run, name, within)
    return None if score is None else Found(at, name.last, name, "unknown", score, within)


def _may_begin(read: Reading, run: Run, at: int) -> bool:
    """A capitalised word that names something, and is no title, people or common word."""
    parsed = read.parsed
    listed = parsed.pos[at] == "ADJ" and first_lower(parsed, at - 1) in AND and read.found
    own = at + 1 if _led(read, run, at) else at
    if parsed.pos[own] != "PROPN" and not listed:
        return False
    return capital(parsed.words[at]) and (not _no_name(read.words, parsed.lower[own]) or _honours(read, run, at))


def _as_called(read: Reading, name: Name, beside: Called, within: str | None) -> Found | None:
    """By the word beside it that says what it is."""
    first, last, form = beside.first, beside.last, beside.form
    if form == "town":
        if within:
            return Found(first, last, name, form, 1.0, within, beside.listing)
        if not _town_of(read, name.first, beside):
            return None
        first, last, form = name.first, name.last, "village"
    elif form not in _OPEN or first_lower(read.parsed, name.last) in _LOOSE:
        return None
    return Found(first, last, name, form, 1.0, within or owner(read, name.first), beside.listing)


def _as_put(read: Reading, run: Run, name: Name, within: str | None) -> float | None:
    """How sure a name is a place by what happens there, or by the area or the places that it stands with."""
    parsed, at = read.parsed, name.first
    before, after, single = first_lower(parsed, at - 1), first_lower(parsed, name.last), name.last == at + 1
    over = read.before(at)  # hit the X Y area
    hit = over >= 0 and taken(read, over)
    if not (name.last == run.last or after in _SETTLED or (hit and within)):
        return None
    if before == "the" and after == "area" and not single and _all_names(read, name):
        return 1.0
    strong = before in read.words.strong
    put = hit or before in _IN or (within is not None and (strong or before in _PUT))
    if (put and (within or after in _SETTLED)) or (single and _third(read, at, name.last)):
        return 1.0
    return 0.0 if single and strong and len(name.text) > _SLIP else None


def _town_of(read: Reading, at: int, beside: Called) -> bool:
    """`the town of X`, `the cities of X and Y`: a town that no table has."""
    lower = read.parsed.lower
    of = at > 1 and lower[at - 1] == "of" and lower[at - 2].removesuffix("s") in _TOWNS
    return beside.form == "town" and (of or beside.listing)


def _led(read: Reading, run: Run, at: int) -> bool:
    """An article or a saint with which a name begins: the La Serrana neighbourhood."""
    words = read.parsed.words
    return at + 1 < run.last and read.parsed.lower[at] in LEADS and capital(words[at]) and capital(words[at + 1])


def _plural_ahead(read: Reading, run: Run, last: int) -> str | None:
    """What the plural behind the next name calls both: the Osk and Tavra districts."""
    parsed, at = read.parsed, last
    while at < run.last and (parsed.lower[at] in AND or capital(parsed.words[at])) and at < last + 6:
        at += 1
    plural = read.words.areas.get(first_lower(parsed, at), "")
    joined = last < at < len(parsed) and parsed.lower[last] in AND and parsed.sent[at] == parsed.sent[last]
    return plural.removeprefix("plural_") if joined and plural.startswith("plural_") else None


def _all_names(read: Reading, name: Name) -> bool:
    """Every word is a proper noun that no list of other things has."""
    words = read.words
    return all(
        read.parsed.pos[k] == "PROPN"
        and not _no_name(words, read.parsed.lower[k])
        and read.parsed.lower[k] not in words.other
        for k in range(name.first, name.last)
    )


def _located(read: Reading, name: Name, beside: Called, behind: str) -> bool:
    """Among capitals, which mark no names: words beside it say that something is there, and what it is or lies in."""
    before = read.before(name.first)
    if before < 0:
        return False
    while before > 0 and read.parsed.pos[before] in {"ADJ", "ADV"} and read.parsed.lower[before] not in _IN:
        before -= 1  # in the exclusive X neighbourhood
    word = read.parsed.lower[before]
    if beside.form in {"village", "district", "quarter", "town"} and beside.first == name.first:
        return word in read.words.strong or word in {"of", ",", "the"}
    return word in _IN and ((bool(behind) and (behind[0].isupper() or behind in _SETTLED)) or len(name.text) > _SLIP)


def _closed(read: Reading, run: Run, name: Name, beside: Called) -> Found | None:
    """`Lake X`, `the X islands`, and airports that the tables have by their whole name."""
    parsed = read.parsed
    if beside.form == "facility":
        text = parsed.between(beside.first, beside.last)
        known = gazetteer().find([normal(text)])
        return Found(beside.first, beside.last, name, beside.form, 1.0) if known else None
    last = parsed.lower[name.last - 1].rstrip(".")
    whole = name.last == run.last or (beside.last > name.last and beside.last >= run.last)
    area = parsed.words[beside.last - 1 if beside.last > name.last else beside.first]
    if not capital(area) and area not in _NAMED:
        return None
    if beside.form == "street" or not whole or last in read.words.public or last in read.words.other:
        return None
    return Found(beside.first, beside.last, name, beside.form, 1.0)


def _no_name(lists: Words, word: str) -> bool:
    return word in lists.titles or word in lists.common or word in lists.peoples or word in lists.demonyms


def _honours(read: Reading, run: Run, at: int) -> bool:
    """A title that belongs to the name of a quarter: the Sheikh Osk neighbourhood."""
    parsed, lists = read.parsed, read.words
    if parsed.lower[at] not in lists.titles or not (at + 1 < run.last <= at + 3) or run.shouted:
        return False
    return lists.areas.get(first_lower(parsed, run.last)) in {"quarter", "village"}


def _whole(read: Reading, run: Run, at: int) -> Name:
    """Up to four capitalised words from here, without a name."""
    end = at + 1
    while end < min(at + 6, run.last) and (_hyphened(read, end) or (end < at + 4 and capital(read.parsed.words[end]))):
        if read.parsed.lower[end] == "autonomous":
            break
        end += 1
    text = read.parsed.between(at, end)
    return Name(at, end, text, normal(text), ())


def _hyphened(read: Reading, at: int) -> bool:
    """A hyphen, or a word that two hyphens or one bind: `-les-Alpes`."""
    parsed = read.parsed
    if parsed.words[at] in "-–":
        return parsed.end[at - 1] == parsed.start[at]
    return parsed.words[at - 1] in "-–" and parsed.end[at - 1] == parsed.start[at]


def _third(read: Reading, at: int, end: int) -> bool:
    """It goes on a list of two or more places."""
    if len(read.found) < 2 or read.parsed.words[at].isupper() or first_lower(read.parsed, end) not in {",", "and", "."}:
        return False
    one, two = read.found[-2:]
    gaps = (read.parsed.lower[one.last : two.first], read.parsed.lower[two.last : at])
    return min(one.score, two.score) > 1.5 and all(0 < len(g) < 3 and all(w in AND for w in g) for g in gaps)
