"""A place name in its clause → does it stand for a government or an army that acts or is dealt with?"""

from __future__ import annotations

from onrecord.statements.parse import Parse
from onrecord.statements.places_judge import Found, Reading
from onrecord.statements.places_words import Words

_INTO = frozenset({"to", "with", "for", "on", "against", "between", "by"})


def acts(read: Reading, place: Found) -> bool:
    """True for `Kyiv repeatedly said`, `talks with Moscow`; false for `in Ukraine`, `from Russia`."""
    name, lists = place.name, read.words
    if name.form in lists.actors:
        return True
    if place.form != "name" or not any(e.level == "country" or e.capital for e in name.entries):
        return False
    capital = not any(e.level == "country" for e in name.entries)
    return _clause(read.parsed, lists, name.last - 1, capital)


def _clause(parsed: Parse, lists: Words, at: int, capital: bool) -> bool:
    """What its part in the clause says. A capital is more often its government than its country is."""
    seen = 0
    while parsed.dep[at] == "conj" and seen < 4:
        at, seen = parsed.head[at], seen + 1
    dep, head = parsed.dep[at], parsed.head[at]
    lemma = parsed.lemma[head].lower()
    if dep == "nsubj":
        return capital or (parsed.pos[head] in {"VERB", "ADJ"} and lemma not in lists.stative)
    if dep == "nsubjpass":
        return lemma in lists.passive
    if dep == "poss":
        return lemma in lists.owns or (capital and lemma not in lists.towns and parsed.pos[head] != "PROPN")
    if dep in {"dobj", "dative"}:
        return lemma in lists.deals
    if dep == "pobj":
        return _dealt_with(parsed, lists, head, capital) or _between(parsed, lists, at, head)
    return False


def _between(parsed: Parse, lists: Words, at: int, preposition: int) -> bool:
    """Tension between two countries, not a flight between them."""
    paired = parsed.lower[preposition] == "between" and any(parsed.dep[k] == "conj" for k in parsed.kids[at])
    return paired and parsed.lemma[parsed.head[preposition]].lower() not in lists.ways_between


def _dealt_with(parsed: Parse, lists: Words, preposition: int, capital: bool) -> bool:
    """`by London`, `talks with Moscow`, `sending to Kyiv`."""
    if parsed.dep[preposition] == "agent":
        return True
    if parsed.lower[preposition] not in _INTO:
        return False
    lemma = parsed.lemma[parsed.head[preposition]].lower()
    return lemma in lists.towards or (capital and lemma not in lists.towns)
