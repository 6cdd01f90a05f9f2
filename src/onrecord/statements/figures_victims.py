"""People killed, wounded or missing who are told one by one → figures of one, or of as many as are named together."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from onrecord.statements.draft import FigureDraft
from onrecord.statements.figures_what import CASUALTIES, Node, what_of
from onrecord.statements.figures_words import bases, forms, words
from onrecord.statements.parse import Parse

_LEFT_OPEN = forms(frozenset({"shoot", "treat"}))
"""Verbs that leave open whether one person was hurt: an officer was shot at."""


def find(parsed: Parse) -> list[FigureDraft]:
    """Figures of single people, none inside another: a 68-year-old man had died; Judge Doe was murdered."""
    out: list[FigureDraft] = []
    for one in sorted([*_single_people(parsed), *_named(parsed)], key=lambda f: (f.start, -f.end)):
        if not out or one.start >= out[-1].end:
            out.append(one)
    return out


def _single_people(parsed: Parse) -> Iterator[FigureDraft]:
    """One person who was killed, wounded or is missing: a 68-year-old man had died, killing a child."""
    people = words().nouns["people"] - words().nouns["crowd"]
    for word, lemma in enumerate(parsed.lemma):
        if lemma.lower() not in people or parsed.tag[word] not in ("NN", "NNP") or parsed.dep[word] == "appos":
            continue
        first = _article(parsed, word)
        if first is None:
            continue
        what = what_of(parsed, Node(first, word + 1, word, "people"), near=False)
        if what is None and _hospital(parsed, word):
            what = "wounded"
        if what == "wounded" and parsed.lower[parsed.head[word]] in _LEFT_OPEN:
            continue
        if what in CASUALTIES or what == "other: arrested":
            of = parsed.between(first + 1, word + 1).lower()
            yield FigureDraft(parsed.start[first], parsed.end[word], 1, None, "exact", what, of)


def _hospital(parsed: Parse, noun: int) -> bool:
    """Was taken to hospital."""
    verb = parsed.head[noun]
    if parsed.dep[noun] != "nsubjpass" or parsed.lemma[verb].lower() not in (
        "take",
        "rush",
        "fly",
        "airlift",
        "transport",
    ):
        return False
    near = parsed.lower[verb + 1 : verb + 6]
    return "to" in near and "hospital" in near


def _article(parsed: Parse, noun: int) -> int | None:
    """Where `a`, `an`, `one` or `another` opens the noun's phrase."""
    low = parsed.sentences[parsed.sent[noun]][0]
    for k in range(noun - 1, max(low, noun - 8) - 1, -1):
        if parsed.lower[k] in ("a", "an", "one", "another"):
            return k
        if parsed.pos[k] not in ("ADJ", "NOUN", "NUM", "PROPN", "PUNCT", "ADV") and parsed.tag[k] != "VBN":
            return None
    return None


def _named(parsed: Parse) -> Iterator[FigureDraft]:
    """Victims by name or office: the mayor was killed, the murder of Jane Doe."""
    surnames, harms = _surnames(parsed), _harms()
    for word, low in enumerate(parsed.lower):
        what = harms.get(low)
        if what and not _undone(parsed, word) and not (what == "wounded" and _fatal(parsed, word)):
            found = [one for patient in _patients(parsed, word) if (one := _victims(parsed, patient, what, surnames))]
            yield from found or _titled(parsed, word, what)


def _fatal(parsed: Parse, word: int) -> bool:
    """Shot dead, stabbed to death, shot and killed: the word behind tells."""
    behind = parsed.lower[word + 1 : word + 3]
    return behind[:1] in (["dead"], ["fatally"]) or behind in (["to", "death"], ["and", "killed"], ["and", "killing"])


@cache
def _harms() -> dict[str, str]:
    """Word → killed or wounded."""
    labels = [label for label in words().labels if label.name in ("killed", "wounded")]
    out = dict.fromkeys(words().nouns["killings"], "killed")
    out |= {form: label.name for label in reversed(labels) for form in label.forms if form not in _LEFT_OPEN}
    return out | dict.fromkeys(("dead", "death", "died", "perished", "drowned", "succumbed"), "killed")


def _surnames(parsed: Parse) -> frozenset[str]:
    """Last words of the post's longer names: who "Doe was murdered" speaks of."""
    return frozenset(
        parsed.lower[k]
        for k in range(1, len(parsed))
        if parsed.pos[k] == "PROPN" and parsed.pos[k - 1] == "PROPN" and parsed.head[k - 1] in (k, parsed.head[k])
    )


def _titled(parsed: Parse, word: int, what: str) -> Iterator[FigureDraft]:
    """In capitals, where the tree fails: MURDERED SENATOR JOHN ROE; the title shows that one person is meant."""
    high = parsed.sentences[parsed.sent[word]][1]
    linked = parsed.lower[word + 1 : word + 2] == ["of"]
    first = word + 1 + linked
    if first >= high or not parsed.words[word].isupper():
        return
    if parsed.lower[first] not in words().nouns["titles"] and not (linked and _full_name(parsed, first, high)):
        return
    last = first + 1
    while last < min(high, first + 7) and parsed.words[last][0].isalpha() and parsed.pos[last] in ("PROPN", "NOUN"):
        last += 1
    if last > first + 1:
        of = parsed.between(first, last).lower()
        yield FigureDraft(parsed.start[first], parsed.end[last - 1], 1, None, "exact", what, of)


def _full_name(parsed: Parse, first: int, high: int) -> bool:
    """Two words or more that can only be a name."""
    return first + 1 < high and parsed.tag[first] == parsed.tag[first + 1] == "NNP"


def _undone(parsed: Parse, word: int) -> bool:
    """Not, to, may or an attempt stands with it: nobody is known to have come to harm."""
    for kid in parsed.kids[word]:
        if parsed.dep[kid] == "neg" or (parsed.dep[kid] == "aux" and parsed.tag[kid] in ("MD", "TO")):
            return True
    near = {parsed.lower[word - 1] if word else "", parsed.lemma[parsed.head[word]].lower()}
    return not near.isdisjoint(words().nouns["attempts"])


def _patients(parsed: Parse, word: int) -> Iterator[int]:
    """Whom the verb or noun of harm was done to, as the tree has it."""
    kids = parsed.kids[word]
    if parsed.lower[word] in ("dead", "death"):
        yield from _found_dead(parsed, word)
        return
    if parsed.lower[word] in words().nouns["killings"] and parsed.pos[word] in ("NOUN", "PROPN"):
        for kid in kids:
            if parsed.dep[kid] == "prep" and parsed.lower[kid] == "of":
                yield from (k for k in parsed.kids[kid] if parsed.dep[k] == "pobj")
            elif parsed.dep[kid] == "poss":
                yield kid
        return
    if parsed.lower[word] in ("died", "perished", "drowned", "succumbed"):
        yield from (k for k in kids if parsed.dep[k] == "nsubj")
        return
    objects = [k for k in kids if parsed.dep[k] in ("dobj", "obj", "nsubjpass")]
    passive = not {"was", "been", "is", "being"}.isdisjoint(parsed.lower[max(0, word - 2) : word])
    if not objects and passive:
        objects = [k for k in kids if parsed.dep[k] == "nsubj"]
    if not objects and parsed.dep[word] == "conj":  # was shot and killed
        objects = [k for k in parsed.kids[parsed.head[word]] if parsed.dep[k] == "nsubjpass"]
    yield from objects


def _found_dead(parsed: Parse, word: int) -> Iterator[int]:
    """Was found dead; was shot to death, beat him to death."""
    verb = parsed.head[word]
    if parsed.lower[word] == "death":
        if parsed.lower[verb] != "to":
            return
        verb = parsed.head[verb]
    elif parsed.lemma[verb].lower() != "find":
        return
    if parsed.pos[verb] == "VERB":
        yield from (k for k in parsed.kids[verb] if parsed.dep[k] in ("nsubjpass", "dobj"))


def _victims(parsed: Parse, head: int, what: str, surnames: frozenset[str]) -> FigureDraft | None:
    """A figure of the people named together, where each is one person; None where a number or a crowd stands there."""
    heads = [head]
    for one in heads:
        heads.extend(k for k in parsed.kids[one] if parsed.dep[k] == "conj" and k < one + 12)
    heads = [one for one in heads[:6] if _one_person(parsed, one, what, surnames)]
    if not heads or heads[0] != head:
        return None
    first = min(_phrase_start(parsed, one) for one in heads)
    last = max(heads) + 1
    of = " ".join(parsed.between(first, last).lower().split())
    if len(heads) == 1 and not words().nouns["joints"].isdisjoint(parsed.lower[first:last]):
        return None
    return FigureDraft(parsed.start[first], parsed.end[last - 1], len(heads), None, "exact", what, of)


def _one_person(parsed: Parse, word: int, what: str, surnames: frozenset[str]) -> bool:
    if any(
        parsed.dep[k] in ("nummod", "quantmod") or parsed.lower[k] in ("no", "any", "many") for k in parsed.kids[word]
    ):
        return False
    people, low = words().nouns["people"], parsed.lower[word]
    if low in people:
        return low not in words().nouns["crowd"] and parsed.tag[word] in ("NN", "NNP") and _definite(parsed, word)
    if what == "killed" and parsed.tag[word] == "NN" and parsed.dep[word] == "nsubjpass":
        return _definite(parsed, word) and not bases(parsed, word) & _no_person()
    if bases(parsed, word) & people or parsed.tag[word] != "NNP" or len(low) < 3:
        return False
    if any(bases(parsed, k) & people and parsed.lower[k].endswith("s") for k in parsed.kids[word] if k < word):
        return False
    mixed = any(w.islower() for w in parsed.words[slice(*parsed.sentences[parsed.sent[word]])])
    compound = any(parsed.dep[k] in ("compound", "appos") for k in parsed.kids[word])
    return (compound or low in surnames) and not (mixed and parsed.words[word].isupper())


def _no_person() -> frozenset[str]:
    nouns = words().nouns
    return nouns["bloodless"] | nouns["animals"] | nouns["idle"] | nouns["crowd"] | nouns["drones"] | nouns["missiles"]


def _definite(parsed: Parse, word: int) -> bool:
    return any(parsed.dep[k] in ("det", "poss") and parsed.lower[k] != "whose" for k in parsed.kids[word])


def _phrase_start(parsed: Parse, word: int) -> int:
    """The first word of the name or noun phrase."""
    inside = [k for k in parsed.kids[word] if k < word and parsed.dep[k] in ("compound", "det", "poss", "amod", "nmod")]
    return min(inside, default=word)
