"""A name and the words beside it → the country or region named with it: `Paris, Texas`, `Russia's Kursk`."""

from __future__ import annotations

from onrecord.statements.gazetteer import areas, is_area
from onrecord.statements.places_judge import AND, Reading
from onrecord.statements.places_names import Name, capital

_BEHIND = frozenset(
    {"in", "of", "near", "outside", "on", "north", "south", "east", "west", "about", "some", "that"}
    | {"which", "where", ",", "."}
)
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
    said = settlement(read, last) if comma else 0
    at = _over_small_words(read, said + 1 if said else at + comma)
    found = _area_at(read, _over_owner(read, at), last) or _area_at(read, at, last)
    listed = found and comma and _listed(read, name, found)
    return None if listed else found


def settlement(read: Reading, last: int) -> int:
    """The word for what a name is that is told behind it, `, a village in`: its index; 0 where none is."""
    parsed, at = read.parsed, last + 1
    if at >= len(parsed) or parsed.words[last] != "," or parsed.lower[at] not in {"a", "an", "the", "another"}:
        return 0
    for k in range(at + 1, min(at + 5, len(parsed) - 1)):
        if parsed.sent[k] != parsed.sent[last - 1] or parsed.words[k] in ",;:":
            return 0
        behind = parsed.lower[k + 1]
        if (behind in _BEHIND or behind.isdigit()) and read.words.areas.get(parsed.lower[k]) in {"village", "town"}:
            return k
    return 0


def _over_owner(read: Reading, at: int) -> int:
    """Past `Russia's` or `western Ghana's`."""
    lower = read.parsed.lower
    return next((k + 1 for k in range(at + 1, min(at + 4, len(lower))) if lower[k] in {"'s", "’s", "‘s"}), at)


def _located(read: Reading, first: int) -> bool:
    """A word before it puts something there, so that a person isn't meant (`Obama in Kenya`)."""
    before, lists = read.before(first), read.words
    if before < 0:
        return False
    word = read.parsed.lower[before]
    return word in lists.strong or word in lists.part or word == "of" or taken(read, before)


def taken(read: Reading, at: int) -> bool:
    """A verb of which places are the object: shelled, captured."""
    return read.parsed.lemma[at] in read.words.taken and read.parsed.pos[at] == "VERB"


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


def _listed(read: Reading, name: Name, after: str) -> bool:
    """`Ohio, Utah and Iowa` is a list, not a town and its state."""
    if not is_area(name.text):
        return False
    if name.is_at("region") and any(e.level == "region" for e in areas(after)):
        return True
    last = read.found[-1] if read.found else None
    gap = read.parsed.lower[last.last : name.first] if last else []
    return last is not None and len(gap) == 1 and gap[0] in AND and is_area(last.name.text)
