"""A gazetteer name and the words beside it → a score: above 0 it is more likely a place here than not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from onrecord.statements.gazetteer import Entry
from onrecord.statements.parse import Parse
from onrecord.statements.places_names import Name, Run, capital
from onrecord.statements.places_words import Words, words

AND = frozenset({",", "and", "or", "&", ";", "/", "nor"})
_NEVER = -9.0
"""Beside such words it is no place, whatever else speaks for it."""
_CALENDAR = frozenset({
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "easter", "christmas",
})  # fmt: skip
_SAINTS = frozenset({"san", "santa", "santo", "sao", "são", "st", "saint"})
"""With these begin names of places, and seldom those of people."""
_TOWN = 100_000
_OWNS = frozenset({"'s", "’s", "‘s", "'", "’"})
_SUCH = frozenset({"like", "as", "including"})
_OPEN = frozenset({"“", '"', "‘", "'", "(", "[", "’"})


@dataclass(slots=True)
class Found:
    """Words that are taken for a place."""

    first: int
    last: int
    """Words of the span."""
    name: Name
    form: str
    score: float
    within: str | None = None
    listing: bool = False
    """A plural called it what it is: what follows in the list is called so too."""


@dataclass(slots=True)
class Reading:
    """What is known while a post is gone through."""

    parsed: Parse
    words: Words
    surnames: frozenset[str]
    """Lower-case last names of people in the post."""
    given: frozenset[str]
    """Lower-case first names of people in the post."""
    found: list[Found] = field(default_factory=list)

    def before(self, at: int) -> int:
        """The word before, over quotes, brackets and `the`, in the same sentence; -1 where there is none."""
        parsed, sent = self.parsed, self.parsed.sent[at]
        at -= 1
        while at >= 0 and parsed.sent[at] == sent and (parsed.words[at] in _OPEN or parsed.lower[at] == "the"):
            at -= 1
        return at if at >= 0 and parsed.sent[at] == sent else -1

    def after(self, last: int) -> int:
        """The word at `last` when it stands in the same sentence as the one before it; else -1."""
        parsed = self.parsed
        return last if last < len(parsed) and parsed.sent[last] == parsed.sent[last - 1] else -1


def reading(parsed: Parse, stretches: list[Run]) -> Reading:
    """A post's reading before its first name."""
    lists = words()
    people = list(_people(parsed, stretches, lists))
    return Reading(parsed, lists, frozenset(p[-1] for p in people), frozenset(p[0] for p in people if len(p) > 1))


def _people(parsed: Parse, stretches: list[Run], lists: Words) -> Iterator[list[str]]:
    """Names of people, in lower case: what follows a first name, a title, or stands before an age."""
    for run in stretches:
        at = run.first
        while at < run.last - 1:
            word = parsed.lower[at].rstrip(".")
            title = word in lists.titles
            if title or (word in lists.first_names and word not in _SAINTS) or _aged(parsed, run):
                first = at + 1 if title else at
                last = first
                while last < run.last and _in_name(parsed, run, last) and last - first < 4:
                    last += 1
                last = _without_tail(parsed, first, last, lists)
                if last - first > (0 if title else 1):
                    yield parsed.lower[first:last]
                at = max(last, at + 1)
            else:
                at += 1


def _in_name(parsed: Parse, run: Run, at: int) -> bool:
    """A capitalised word; among capitals "and" and "in" are no names."""
    return capital(parsed.words[at]) and (not run.shouted or parsed.pos[at] == "PROPN")


def _without_tail(parsed: Parse, first: int, last: int, lists: Words) -> int:
    """Cut `Street`, `County`, `Airport` and so on with their name: those are no people."""
    for at in range(first + 1, last):
        word = parsed.lower[at].rstrip(".")
        if word in lists.areas or word in lists.other or (word in lists.public and word not in lists.titles):
            return first
    return last


def _aged(parsed: Parse, run: Run) -> bool:
    """`Ann Okoro, 45,`"""
    end = run.last
    return (
        2 <= run.last - run.first <= 3
        and end + 1 < len(parsed)
        and parsed.words[end] == ","
        and parsed.words[end + 1].isdigit()
        and len(parsed.words[end + 1]) < 3
    )


# -- the score ---------------------------------------------------------------------------------------------------------


def score(read: Reading, run: Run, name: Name, form: str, first: int, last: int) -> float:
    """How likely the name is a place, without the places named with it."""
    total = max(_weight(e, name.form) for e in name.entries) + _itself(read, run, name)
    total += 3.0 if form != "name" else 0.0
    total += _place_words(read, first)
    if form == "name":
        total += _left(read, run, first, name) + _right(read, run, last, name) + _person(read, name)
    return total


def _weight(entry: Entry, form: str) -> float:
    """By what bears the name."""
    level = entry.level
    if level in {"country", "feature"}:
        return 3.0
    if level == "region":
        return (2.5 if entry.main else 1.0) - (0.0 if entry.population >= 500_000 else 0.8)
    if level == "district":
        return 0.3 if entry.main else -1.2
    if level == "airport":
        return 2.0
    if entry.capital:
        return 3.0 if entry.main else 0.2
    people = entry.population
    size = (
        2.2
        if people >= 500_000
        else 1.3
        if people >= 100_000
        else 0.4
        if people >= 15_000
        else -0.2
        if people >= 2_000
        else -0.6
    )
    variant = entry.name[:3].lower() == form[:3]
    return size if entry.main else size - (0.6 if variant else 1.8)


def _patron(read: Reading, name: Name) -> bool:
    """The saint whose church, school or hospital it is: St Peter's; no large town or country."""
    parsed = read.parsed
    if parsed.lower[name.first].rstrip(".") not in {"st", "saint"} or name.is_at("country"):
        return False
    if any(e.population >= _TOWN for e in name.entries):
        return False
    return parsed.lower[name.last - 1] in read.words.first_names and first_lower(parsed, name.last) in _OWNS


def _itself(read: Reading, run: Run, name: Name) -> float:
    parsed, lists = read.parsed, read.words
    total = -1.0 if run.shouted and not name.is_at("country") else 0.0
    if name.form in lists.common and (
        run.shouted or not name.is_at("country") or not parsed.words[name.first].isupper()
    ):
        total -= _common(read, name)
    words = [w for w in parsed.lower[name.first : name.last] if w != "-"]
    if all(w in lists.part or w in lists.areas for w in words) and not name.is_at("feature"):
        own = len(words) > 1 and any(e.main and e.level == "region" for e in name.entries)
        return total - (1.0 if own else 6.0)  # Sudan's Northern State
    if name.last - name.first > 1:
        return total + (_NEVER if _patron(read, name) else 1.0)
    word = parsed.lower[name.first]
    if parsed.tag[name.first] not in {"NNP", "NNPS"} and not parsed.words[name.first].isupper():
        total -= 1.0 if name.is_at("country") else 2.0
    if word in lists.demonyms or word in lists.peoples:
        total -= 4.0
    if word in lists.first_names and not name.is_at("country"):
        total -= 1.2
    if len(word) < 4 and not name.is_at("country") and not name.is_at("region"):
        total -= 1.0
    return total


def _common(read: Reading, name: Name) -> float:
    """How much a common word counts against it: less for `the West`, and for a large town with `in` before it."""
    before = first_lower(read.parsed, name.first - 1)
    if name.form in _CALENDAR:
        return 8.0
    if name.is_at("feature") and before == "the":
        return 2.0
    large = any(e.main and e.population >= 100_000 for e in name.entries)
    proper = read.parsed.tag[name.first] == "NNP"
    return 2.5 if large and proper and before in read.words.strong else 4.0


def first_lower(parsed: Parse, at: int) -> str:
    """The word there, in lower case; empty outside the text."""
    return parsed.lower[at] if 0 <= at < len(parsed) else ""


def _place_words(read: Reading, first: int) -> float:
    """`in`, `near`, `northern`, or a list that goes on."""
    before = read.before(first)
    if before < 0:
        return 0.0
    word = read.parsed.lower[before]
    if word in read.words.strong or (word in _SUCH and _of_such(read, before)):
        return 2.0
    if word in read.words.part or word in read.words.state:
        return 1.5
    if read.parsed.lemma[before] in read.words.taken and read.parsed.pos[before] == "VERB":
        return 1.0
    if word in read.words.weak:
        return 0.3
    last = read.found[-1] if read.found else None
    if (
        word in AND
        and last
        and before - last.last <= 1
        and last.score > 1.5
        and read.parsed.sent[last.first] == read.parsed.sent[first]
    ):
        return 1.2
    return 0.0


def _of_such(read: Reading, at: int) -> bool:
    """ "Towns like", "areas such as", "places including"."""
    plural = {"places", "areas"}.union(w for w in read.words.areas if w.endswith("s"))
    return not plural.isdisjoint(read.parsed.lower[max(0, at - 3) : at])


def _left(read: Reading, run: Run, first: int, name: Name) -> float:
    """A capitalised word just before that is no part of the name."""
    parsed, lists = read.parsed, read.words
    at = first - 1
    if at < 0 or parsed.sent[at] != parsed.sent[first]:
        return 0.0
    word = parsed.lower[at].rstrip(".")
    if word == "of" and not name.is_at("country") and _christened(parsed, at):
        return _NEVER
    if word in lists.titles and capital(parsed.words[at]):
        return _NEVER
    if parsed.tag[at] == "NN" and word in lists.kin:
        return -2.5
    if at < run.first or not capital(parsed.words[at]):
        return 0.0
    if read.found and read.found[-1].last == first:
        return -0.5
    if (
        word in lists.strong
        or word in lists.part
        or word in lists.demonyms
        or word in lists.public
        or word in lists.areas
    ):
        return 0.0
    if run.shouted:
        if name.last - first > 1 or name.is_at("country"):
            return 0.0
        joined = parsed.dep[at] in {"compound", "flat"} and parsed.head[at] == first and parsed.pos[at] == "PROPN"
        return -4.0 if word in lists.first_names else -2.5 if joined else 0.0
    if parsed.pos[at] not in {"PROPN", "NOUN"}:
        return 0.0
    if word in lists.first_names or len(word) == 1:
        return -6.0
    return -3.5 if name.is_at("country") else -2.5


def _christened(parsed: Parse, of: int) -> bool:
    """A ship's or an aircraft's name: "named Spirit of Galway"."""
    named = of > 2 and capital(parsed.words[of - 1]) and parsed.words[of - 1].isalpha()
    back = parsed.lower[max(0, of - 5) : of - 1]
    return named and not {"named", "called", "christened", "dubbed", "aboard", "ferry", "ship", "vessel"}.isdisjoint(
        back
    )


def _right(read: Reading, run: Run, last: int, name: Name) -> float:
    """The word just after."""
    parsed, lists = read.parsed, read.words
    at = read.after(last)
    if at < 0:
        return 0.0
    word = parsed.lower[at]
    country = name.is_at("country")
    if not capital(parsed.words[at]) or at >= run.last:
        ill = word in {"virus", "fever", "flu", "disease", "ebolavirus", "syndrome"}
        return -5.0 if ill and not country else 1.0 if word in lists.areas and not country else 0.0
    single = name.last - name.first == 1
    if run.shouted:
        first = single and parsed.lower[name.first] in lists.first_names and word not in lists.areas
        return -3.0 if first else -1.5 if single and not country and _surname(read, at) else 0.0
    rest = parsed.lower[at : min(run.last, at + 4)]
    if word in lists.other or (not country and any(w in lists.other for w in rest)):
        return _NEVER if word in lists.never else -5.0
    if word in lists.public or word in lists.areas or word in lists.titles or word in lists.demonyms:
        return 0.0
    if single and parsed.lower[name.first] in lists.first_names and parsed.pos[at] == "PROPN":
        return _NEVER
    if any(w in lists.public for w in rest) or parsed.pos[at] != "PROPN":
        return -0.7
    if parsed.lower[name.first].rstrip(".") in _SAINTS and not country:
        return _NEVER  # St Mary Major
    return -1.5 if country else -2.5


def _surname(read: Reading, at: int) -> bool:
    """A name that no list knows, as a second surname is: among capitals it goes with the name before it."""
    parsed, lists = read.parsed, read.words
    word = parsed.lower[at]
    named = parsed.pos[at] == "PROPN" and parsed.dep[at - 1] in {"compound", "flat"} and parsed.head[at - 1] == at
    return named and not (word in lists.public or word in lists.areas or word in lists.titles or word in lists.other)


def _person(read: Reading, name: Name) -> float:
    """What people are and do, and places don't."""
    parsed, lists = read.parsed, read.words
    at = name.first
    if name.last - at > 1:
        return 0.0
    word, head = parsed.lower[at].removesuffix("’s").removesuffix("'s"), parsed.head[at]
    total = -3.0 if word in read.surnames else -2.5 if word in read.given else 0.0
    if name.is_at("country"):
        return total
    if name.is_at("region") or any(e.capital and e.main for e in name.entries):
        return total * 0.5
    if parsed.dep[at] == "nsubj" and parsed.lemma[head] in lists.does:
        total -= 2.5
    if parsed.dep[at] == "poss" and parsed.lower[head] in lists.has:
        total -= 2.5
    before = read.before(at)
    if before > 0 and parsed.words[before] == "," and parsed.lower[before - 1] in lists.kin:
        total -= 2.5
    after = read.after(name.last)
    if (
        after >= 0
        and after + 1 < len(parsed)
        and parsed.words[after] == ","
        and parsed.words[after + 1].isdigit()
        and len(parsed.words[after + 1]) < 3
    ):
        total -= 3.0
    return total
