"""A name and the words beside it → what they call it: `Kursk region`, `the villages of A and B`, `Lake X`."""

from __future__ import annotations

from typing import NamedTuple

from onrecord.statements.places_judge import AND, Found, Reading
from onrecord.statements.places_names import Name, Run, capital
from onrecord.statements.places_within import settlement

CLOSED = frozenset({"water", "land", "facility", "street"})
"""Forms whose word always belongs to the name."""
_LISTS = frozenset({"region", "district", "village", "town"})
_TITLES = frozenset({"Department", "Departments", "Republic", "District"})
_LARGE = 100_000
_HEADS = frozenset(
    {"premier", "chief minister", "lieutenant governor", "lt. gov.", "secretary of state", "attorney general"}
)
"""Offices of states and provinces, which the towns of their names haven't."""
_LONGER = frozenset({"state", "department", "republic", "district", "territory"})


class Called(NamedTuple):
    """What the words beside a name call it."""

    form: str
    first: int
    last: int
    """Words of the span, with an area word that belongs to the name."""
    listing: bool = False
    """A plural opened it (`regions of`), so that names after `,` and `and` are called so too."""


def called(read: Reading, run: Run, name: Name) -> Called:
    """By the word after it, else by the words before it, else plainly `name`."""
    if name.is_at("region") and _of_state(read, name.last, name.is_at("country")):
        return Called("ruled", name.first, name.last)
    if not name.is_at("country") or _of_a_land(read, name):
        after = _after(read, run, name)
        if after:
            return after
    beside = called_before(read, name.first, name.last)
    if beside:
        return beside
    told = settlement(read, name.last)
    return Called(read.words.areas[read.parsed.lower[told]] if told else "name", name.first, name.last)


def _of_a_land(read: Reading, name: Name) -> bool:
    """`Niger state`, `Luxembourg province`: a region that has the name of a country."""
    parsed, at = read.parsed, read.after(name.last)
    if at < 0 or not name.is_at("region") or read.words.areas.get(parsed.lower[at]) != "region":
        return False
    return parsed.dep[at] not in {"compound", "amod", "nmod"}  # Georgia state media


def _after(read: Reading, run: Run, name: Name) -> Called | None:
    """`Kursk region`, `Cook County`, `Ural mountains`, `Kherson governor`."""
    parsed, lists = read.parsed, read.words
    at = read.after(name.last)
    if at < 0:
        return None
    past = selfruled(read, run, at)
    if past and (parsed.lower[at] == "autonomous" or name.is_at("region")):
        return Called(lists.areas[parsed.lower[past - 1]], name.first, past)
    word = parsed.lower[at]
    form = lists.areas.get(word)
    if word == "pipeline" and _known_otherwise(name):
        form = None
    if form == "street" and name.first and parsed.words[name.first - 1] in "-–":
        return None  # the Lagos-Ibadan road
    if word in lists.ruled:
        return Called("ruled", name.first, name.last)
    if (
        word in {"state", "republic"}
        and parsed.lower[name.last - 1] in lists.demonyms
        and not capital(parsed.words[at])
    ):
        return None  # the Ruritanian state broadcaster
    if form in {"region", "district", *CLOSED} and not _goes_on(read, run, at):
        joined = capital(parsed.words[at]) or word in lists.joined or form in CLOSED
        return Called(form, name.first, at + 1 if joined else name.last)
    if form == "village" and parsed.dep[at] == "compound" and parsed.pos[parsed.head[at]] == "NOUN":
        return None  # the bond settlement mechanism
    if form in {"village", "quarter"} and (name.is_at("region") or name.is_at("feature")):
        return None  # the West Bank village of …
    if form in {"plural_region", "plural_district", "village", "quarter"}:
        return Called(form.removeprefix("plural_"), name.first, name.last)
    return None


def _of_state(read: Reading, last: int, doubtful: bool) -> bool:
    """`Georgia's secretary of state`, `Victoria's premier`: what states of a federation have and countries haven't."""
    parsed, at = read.parsed, read.after(last)
    if at < 0:
        return False
    owned = parsed.lower[at] in {"'s", "’s", "‘s"}
    at += owned
    if (
        at >= len(parsed)
        or parsed.sent[at] != parsed.sent[last - 1]
        or (doubtful and not owned and not capital(parsed.words[at]))
    ):
        return False
    offices = read.words.of_states if doubtful else _HEADS
    return any(" ".join(parsed.lower[at:end]) in offices for end in range(at + 1, min(at + 4, len(parsed) + 1)))


def selfruled(read: Reading, run: Run, at: int) -> int:
    """One past `Autonomous Region`, with up to two names of peoples before it; 0 where no such words follow."""
    parsed = read.parsed
    for k in range(at, min(at + 3, len(parsed) - 1)):
        if parsed.lower[k] == "autonomous":
            area = read.words.areas.get(parsed.lower[k + 1], "")
            return k + 2 if area in {"region", "district"} else 0
        if not capital(parsed.words[k]) or k >= run.last:
            return 0
    return 0


def _known_otherwise(name: Name) -> bool:
    """A country, a region or a large town, which may have a pipeline that is not called so."""
    return any(e.level != "geonames" or e.population >= _LARGE for e in name.entries)


def _goes_on(read: Reading, run: Run, at: int) -> bool:
    """The area word begins a longer name: `Indiana Department of Workforce`, `Ohio State University`."""
    parsed = read.parsed
    if not capital(parsed.words[at]):
        return False
    after = at + 1
    if after < run.last and capital(parsed.words[after]):
        return parsed.lower[at] in _LONGER or parsed.lower[after] in read.words.areas
    return parsed.lower[at] == "department"


def called_before(read: Reading, first: int, last: int) -> Called | None:
    """`the region of X`, `the villages of X and Y`, `Lake X`, `the town X`."""
    parsed, lists = read.parsed, read.words
    at = read.before(first)
    if at < 0:
        return None
    word = parsed.lower[at]
    if word == "of" and at > 0:
        return _of(read, at - 1, first, last)
    if word in AND and continues(read, first):
        left = read.found[-1]
        return Called(left.form, first, last, True) if left.listing else None
    if word in {"river", "lake", "mount"} and at == first - 1:
        return Called("water", at if capital(parsed.words[at]) else first, last)
    if word in {"village", "town", "settlement", "hamlet"} and at == first - 1 and not _inside_name(read, at):
        return Called(lists.areas[word], first, last)
    if word in {",", ":"} and parsed.lower[at - 1] in {"villages", "settlements"}:
        return Called("village", first, last, True)
    if word == "including" or (word == "as" and parsed.lower[at - 1] == "such"):
        kinds = [lists.areas.get(w, "") for w in parsed.lower[max(0, at - 4) : at] if w.endswith("s")]
        return next((Called(k, first, last, True) for k in kinds if k in {"town", "village"}), None)
    return None


def _inside_name(read: Reading, at: int) -> bool:
    """A capitalised word between others: the National Settlement Bank."""
    return capital(read.parsed.words[at]) and at > 0 and capital(read.parsed.words[at - 1])


def _of(read: Reading, at: int, first: int, last: int) -> Called | None:
    """The area word at `at`, then `of`, then the name."""
    parsed, lists = read.parsed, read.words
    word = parsed.lower[at]
    if word in lists.ruled:
        return Called("ruled", first, last)
    if parsed.words[at] in _TITLES or (read.found and read.found[-1].last > at):
        return None
    form = lists.areas.get(word, "").removeprefix("plural_")
    named = form == "quarter" and bool(read.found) and read.found[-1].last == at  # the Tavra neighbourhood of Lima
    if not form or form in {"facility", "street"} or named:
        return None
    return Called(form, first, last, word.endswith("s") and form in _LISTS)


def continues(read: Reading, first: int) -> bool:
    """Only `,` or `and` stands between the last place found and this word."""
    if not read.found:
        return False
    left, parsed = read.found[-1], read.parsed
    gap = parsed.lower[left.last : first]
    return (
        0 < len(gap) < 4 and parsed.sent[left.first] == parsed.sent[first] and all(w in AND or w == "the" for w in gap)
    )


def share_plurals(read: Reading, sure: float) -> None:
    """`Geauga and Medina counties`, `the Kursk and Belgorod regions`: what the last is called, the others are."""
    shared: str | None = None
    for at in range(len(read.found) - 1, -1, -1):
        place = read.found[at]
        if shared and place.form == "name" and _joined(read, place, read.found[at + 1]):
            place.form, place.score = shared, max(place.score, sure)
            continue
        after = read.after(place.last)
        plural = read.words.areas.get(read.parsed.lower[after], "") if after >= 0 else ""
        shared = plural.removeprefix("plural_") if plural.startswith("plural_") else None


def _joined(read: Reading, left: Found, right: Found) -> bool:
    gap = read.parsed.lower[left.last : right.first]
    return 0 < len(gap) < 4 and all(w in AND or w == "the" for w in gap)
