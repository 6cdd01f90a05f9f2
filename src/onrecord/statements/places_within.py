"""A name and the words beside it → the country or region named with it: `Paris, Texas`, `Russia's Kursk`."""

from __future__ import annotations

from onrecord.statements.gazetteer import areas, is_area
from onrecord.statements.places_judge import AND, Reading
from onrecord.statements.places_names import Name, capital

_LINKS = frozenset({"of", "de", "do", "da", "del"})


def owner(read: Reading, first: int) -> str | None:
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


def following(read: Reading, name: Name, last: int) -> str | None:
    """`Paris, Texas`; `Izium, in the Kharkiv region`; `in Karo in northern Sumatra`: the area named after it."""
    at = read.after(last)
    if at < 0:
        return None
    comma = read.parsed.words[at] in {",", "("}
    if not comma and (read.parsed.lower[at] != "in" or not _located(read, name.first)):
        return None
    at = _over_small_words(read, at + comma)
    found = _area_at(read, at, last)
    listed = found and comma and (_listed(read, name, found) or _in_list(read, name, at, found))
    return None if listed else found


def _located(read: Reading, first: int) -> bool:
    """A word before it puts something there, so that a person isn't meant (`Obama in Kenya`)."""
    before = read.before(first)
    lower = read.parsed.lower
    return before >= 0 and (
        lower[before] in read.words.strong or lower[before] in read.words.part or lower[before] == "of"
    )


def _over_small_words(read: Reading, at: int) -> int:
    """Past `in the`, `in northern`, `of the Russian`."""
    lower, lists = read.parsed.lower, read.words
    if at < len(lower) and lower[at] in {"in", "of"}:
        at += 1
        while at < len(lower) and (_small(read, at) or lower[at] in lists.demonyms):
            at += 1
    return at


def _small(read: Reading, at: int) -> bool:
    word = read.parsed.words[at]
    return word == "the" or word in read.words.part


def _area_at(read: Reading, at: int, last: int) -> str | None:
    """The longest country or region that starts at the word, in the sentence of the word before `last`."""
    parsed, part = read.parsed, read.words.part
    if at >= len(parsed) or parsed.sent[at] != parsed.sent[last - 1] or not capital(parsed.words[at]):
        return None
    end = at + 1
    while end < min(at + 5, len(parsed)) and parsed.sent[end] == parsed.sent[at]:
        linked = parsed.lower[end] in _LINKS and end + 1 < len(parsed) and capital(parsed.words[end + 1])
        if not (capital(parsed.words[end]) or linked):
            break
        end += 1
    if end - at > 1 and parsed.lower[at] in read.words.first_names and not is_area(parsed.between(at, end)):
        return None  # "the mayor of Lagoa, Patrick Reis"
    whole = [stop for stop in range(end, at, -1) if stop == end or parsed.lower[stop] not in _LINKS]  # Vale of Osk
    texts = (parsed.between(at, stop).removesuffix("'s").removesuffix("’s") for stop in whole)
    return next((text for text in texts if text.lower() not in part and is_area(text)), None)


def _in_list(read: Reading, name: Name, at: int, after: str) -> bool:
    """The third or a later name of a list that goes on behind the area: Conwy, Swansea, Bridgend, Powys and Cardiff."""
    parsed = read.parsed
    if len(read.found) < 2 or any(f.within for f in read.found[-2:]):
        return False
    one, two = read.found[-2:]
    if parsed.lower[one.last : two.first] != [","] or parsed.lower[two.last : name.first] != [","]:
        return False
    behind = at + len(after.split())
    goes_on = behind + 1 < len(parsed) and parsed.lower[behind] in AND and capital(parsed.words[behind + 1])
    return goes_on and parsed.sent[behind] == parsed.sent[at]


def _listed(read: Reading, name: Name, after: str) -> bool:
    """`Ohio, Utah and Iowa` is a list, not a town and its state."""
    if not is_area(name.text):
        return False
    if name.is_at("region") and any(e.level == "region" for e in areas(after)):
        return True
    last = read.found[-1] if read.found else None
    gap = read.parsed.lower[last.last : name.first] if last else []
    return last is not None and len(gap) == 1 and gap[0] in AND and is_area(last.name.text)
