"""A counted noun in its sentence → what it counts: killed, wounded, drones shot down, …

The dependency tree is asked first; the words beside it where the tree says nothing (headlines, text in capitals).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onrecord.statements.figures_totals import diseased
from onrecord.statements.figures_words import Label, bases, words
from onrecord.statements.parse import Parse

PEOPLE = frozenset({"people", "troops"})
CASUALTIES = frozenset({"killed", "wounded", "other: missing"})


_HURT = frozenset({"shot", "stabbed", "trampled", "mauled", "shooting", "stabbing", "trampling"})
_TO_DEATH = (["to", "death"], ["and", "killed"], ["and", "killing"])


@dataclass(slots=True)
class Node:
    """The words of a count: number and noun, `first` up to (not including) `last`; `noun` where one is counted."""

    first: int
    last: int
    noun: int | None
    kind: str | None
    """The list that the noun, or the noun that it stands for, belongs to."""
    partitive: bool = False
    """The number has a place of its own in the tree: 74 of the drones."""

    @property
    def heads(self) -> tuple[int, ...]:
        """The words that the tree hangs the count on."""
        if self.noun is None:
            return (self.last - 1,)
        return (self.first, self.noun) if self.partitive else (self.noun,)


def what_of(parsed: Parse, node: Node, *, near: bool = True, total: bool = False) -> str | None:
    """The label of a count; None where nothing in its clause tells.

    `near` lets the words beside it tell. A `total` (12 out of 20 drones) is told by its own clause alone.
    """
    labels = [label for label in words().labels if _fits(label, node)]
    if total:
        own = (deed for head in node.heads for deed in _clauses(parsed, head))
        return _by_next(parsed, node, labels) or _by_deeds(own, labels)
    for ask in (_by_noun, _by_next, _by_last, _by_tree, _by_words if near else None):
        if ask:
            found = ask(parsed, node, labels)
            if found:
                return _checked(parsed, node, found)
    return None


def _fits(label: Label, node: Node) -> bool:
    """Labels with nouns of their own want those; the others want people, or nothing known."""
    if label.of:
        return node.kind in label.of
    return node.kind in (None, "people", "troops")


def _checked(parsed: Parse, node: Node, name: str) -> str | None:
    if name == "killed" and (_of_illness(parsed, node) or diseased(parsed, node.first)):
        return "other: deaths from disease"
    if name == "killed" and node.noun is not None and _recovered(parsed, node.noun):
        return "other: bodies recovered"
    if name == "wounded" and _fatal(parsed, node):
        return "killed"
    if name in CASUALTIES and parsed.lower[max(0, node.first - 3) : node.first][:2] == ["none", "of"]:
        return None
    if name == "captured" and node.noun is not None and node.kind is None:
        return f"other: {parsed.lower[node.noun]} taken"
    if name == "other: missing" and _turned_up(parsed, node):
        return None
    if name == "other: arrested" and _holds(parsed, node):
        return "captured"
    return name


def _fatal(parsed: Parse, node: Node) -> bool:
    """Were shot dead, were stabbed to death, shot and killed three."""
    high = parsed.sentences[parsed.sent[node.first]][1]
    last = node.last if node.noun is None else max(node.last, node.noun + 1)  # one of the attackers
    near = parsed.lower[max(0, node.first - 5) : node.first] + parsed.lower[last : min(high, last + 5)]
    at = next((k for k, word in enumerate(near) if word in _HURT), None)
    return at is not None and (near[at + 1 : at + 2] in (["dead"], ["fatally"]) or near[at + 1 : at + 3] in _TO_DEATH)


def _recovered(parsed: Parse, noun: int) -> bool:
    """Bodies that were found or brought out, which no toll is."""
    if not bases(parsed, noun) & words().nouns["remains"]:
        return False
    low, high = parsed.sentences[parsed.sent[noun]]
    near = range(max(low, noun - 8), min(high, noun + 9))
    return any(parsed.lemma[k].lower() in words().nouns["recover"] for k in near)


def _turned_up(parsed: Parse, node: Node) -> bool:
    """Reported missing, found safe."""
    _, high = parsed.sentences[parsed.sent[node.first]]
    return any(parsed.lower[k] in words().nouns["found"] and _passive(parsed, k) for k in range(node.last, high))


def _holds(parsed: Parse, node: Node) -> bool:
    """An army or rebels hold them, or prisoners are spoken of just before."""
    sentence = parsed.sent[node.first]
    low = parsed.sentences[max(0, sentence - 1)][0]
    near = range(max(low, node.first - 40), node.first)
    if any(parsed.lower[k] in words().nouns["prisons"] for k in range(max(low, node.first - 5), node.first)):
        return False
    held = any(
        parsed.lower[k] in ("hold", "holding", "held", "holds") for k in range(max(low, node.first - 5), node.first)
    )
    return held and any(bases(parsed, k) & words().nouns["captors"] for k in near)


def _of_illness(parsed: Parse, node: Node) -> bool:
    high = parsed.sentences[parsed.sent[node.first]][1]
    ahead = range(node.last, min(high, node.last + 9))
    return any(parsed.lower[k] in ("from", "of") and _names(parsed, k + 1, min(k + 5, high), "illness") for k in ahead)


def _names(parsed: Parse, low: int, high: int, name: str) -> bool:
    return any(bases(parsed, k) & words().nouns[name] for k in range(low, high))


def _by_noun(parsed: Parse, node: Node, labels: list[Label]) -> str | None:
    """Five deaths, 200 arrests, 150,000 lives."""
    if node.noun is None:
        return None
    found = bases(parsed, node.noun)
    saved = any(v in words().verbs["save"] for v, _ in deeds(parsed, node.noun))
    if "life" in found and saved:
        return None
    told = set(parsed.lower[node.first : node.noun]) - {"shot", "lost"}  # nine wounded soldiers
    return next((label.name for label in labels if told & label.words), None) or next(
        (label.name for label in labels if found & label.nouns), None
    )


def _by_next(parsed: Parse, node: Node, labels: list[Label]) -> str | None:
    """Five dead, 14 injured, three people missing, 12 others wounded."""
    at = node.last
    high = parsed.sentences[parsed.sent[node.first]][1]
    while at < high and parsed.lower[at] in words().nouns["between"]:
        at += 1
    if at >= high:
        return None
    low_word = parsed.lower[at]
    if " ".join(parsed.lower[at : at + 2]) in words().nouns["held_in"]:
        return "other: arrested"
    others = parsed.lower[at - 1] == "others" and not any(parsed.dep[k] == "dobj" for k in parsed.kids[at])
    if low_word in ("killed", "wounded", "injured", "held") and not others and _acts(parsed, at):
        return None
    found = next((label.name for label in labels if low_word in label.words and low_word != "shot"), None)
    joined = parsed.dep[parsed.head[at]] == "conj"  # two killed and 18 injured
    if found and not others and not joined and parsed.dep[at] == "acl" and parsed.head[at] in node.heads:
        return _by_deeds(_governors(parsed, parsed.head[at]), labels) or found
    return found


def _by_last(parsed: Parse, node: Node, labels: list[Label]) -> str | None:
    """The verb right before the count: injuring four police officers, killed at least five."""
    at = node.first - 1
    low = parsed.sentences[parsed.sent[node.first]][0]
    while at > low and parsed.lower[at] in words().nouns["bounds"]:
        at -= 1
    if (
        at < low
        or _passive(parsed, at)
        or parsed.lower[at] == "free"
        or parsed.pos[at] not in ("VERB", "NOUN", "PROPN", "ADJ")
    ):
        return None
    return next((label.name for label in labels if parsed.lower[at] in label.forms), None)


def _acts(parsed: Parse, verb: int) -> bool:
    """The verb has an object: two gunmen killed five people."""
    return any(parsed.dep[k] in ("dobj", "obj") for k in parsed.kids[verb]) and not any(
        parsed.dep[k] == "auxpass" for k in parsed.kids[verb]
    )


def _by_tree(parsed: Parse, node: Node, labels: list[Label]) -> str | None:
    return _by_deeds((deed for head in node.heads for deed in deeds(parsed, head)), labels)


def _by_deeds(found: Iterable[tuple[str, str]], labels: list[Label]) -> str | None:
    for verb, role in found:
        for label in labels:
            if role == "toll" and verb in label.toll:
                return label.name
            if role == "object" and verb in label.object_of:
                return label.name
            if role == "subject" and verb in label.subject_of:
                return label.name
            if role == "idle" and (verb in label.object_of or verb in label.subject_of):
                return label.name
    return None


def deeds(parsed: Parse, word: int) -> Iterator[tuple[str, str]]:
    """(verb or noun, role) that govern the word, nearest first.

    Roles: object; subject; idle (a subject without object: "14 injured in raid"); toll (the noun whose number it is).
    """
    at = word
    for _ in range(12):
        yield from _clauses(parsed, at)
        head, dep = parsed.head[at], parsed.dep[at]
        verb = parsed.lemma[head].lower()
        if dep in ("nsubjpass", "dobj", "obj", "oprd"):
            yield verb, "object"
            yield from _part_of(parsed, head, verb)
        elif dep == "nsubj":
            yield verb, "subject" if _acts(parsed, head) else "idle"
            yield from _suffered(parsed, head, verb)
        elif dep == "pobj":
            yield from _through(parsed, head)
        elif dep in ("attr", "npadvmod", "acomp"):
            yield from _toll(parsed, head)
        if head == at or dep not in ("conj", "compound", "nummod", "appos", "nmod", "amod", "quantmod", "poss"):
            return
        at = head


def _suffered(parsed: Parse, head: int, verb: str) -> Iterator[tuple[str, str]]:
    """Lost their lives; suffered burns, sustained gunshot wounds."""
    objects = [k for k in parsed.kids[head] if parsed.dep[k] in ("dobj", "obj")]
    if verb == "lose" and any(parsed.lemma[k].lower() == "life" for k in objects):
        yield "die", "subject"
    if verb in ("suffer", "sustain", "receive") and any(bases(parsed, k) & words().nouns["harms"] for k in objects):
        yield "wound", "object"


def _part_of(parsed: Parse, head: int, verb: str) -> Iterator[tuple[str, str]]:
    """The dead include three children."""
    if verb == "include":
        for kid in parsed.kids[head]:
            if parsed.dep[kid] == "nsubj" and (told := bases(parsed, kid) & words().nouns["tolls"]):
                yield from (("dead" if word == "victim" else word, "toll") for word in sorted(told))


def _governors(parsed: Parse, word: int) -> Iterator[tuple[str, str]]:
    """The deeds above the noun, without the clauses below it: destroyed, in "destroyed 40 drones launched by us"."""
    below = set(_clauses(parsed, word))
    return (deed for deed in deeds(parsed, word) if deed not in below)


def _clauses(parsed: Parse, word: int) -> Iterator[tuple[str, str]]:
    """Participles and relative clauses below the noun: drones launched by Russia, people who died."""
    for kid in parsed.kids[word]:
        if parsed.dep[kid] == "acl" and parsed.tag[kid] == "VBN":
            yield parsed.lemma[kid].lower(), "object"
        elif parsed.dep[kid] == "relcl":
            yield from _relative(parsed, kid)


def _relative(parsed: Parse, verb: int) -> Iterator[tuple[str, str]]:
    """Who died, who were killed, that they lost: by what the relative word is in its clause."""
    for kid in parsed.kids[verb]:
        if parsed.dep[kid] in ("nsubj", "nsubjpass", "dobj"):
            own = parsed.lower[kid] in ("who", "that", "which", "whom")
            if own or parsed.dep[kid] == "nsubj":
                role = "subject" if own and parsed.dep[kid] == "nsubj" else "object"
                if own or not any(parsed.lower[k] == "whom" for k in parsed.subtree(kid)):
                    yield parsed.lemma[verb].lower(), role
            return


def _through(parsed: Parse, prep: int) -> Iterator[tuple[str, str]]:
    """Deaths of five people, attacked with 30 drones, the toll rose to five, the cost of 150 lives."""
    head, low = parsed.head[prep], parsed.lower[prep]
    if low == "of":
        yield parsed.lemma[head].lower(), "toll"
        if parsed.pos[head] in ("NOUN", "PROPN"):
            yield _verb_of(parsed, head), "object"
        if parsed.dep[head] in ("nsubjpass", "dobj", "nsubj"):
            yield parsed.lemma[parsed.head[head]].lower(), "idle"
    elif low in ("with", "using"):
        yield parsed.lemma[head].lower(), "object"
    elif low in ("to", "at", "by") and parsed.pos[head] in ("VERB", "AUX"):
        yield from _toll(parsed, head)


def _verb_of(parsed: Parse, noun: int) -> str:
    """The verb inside a noun of action: killing → kill, evacuation stays."""
    low = parsed.lower[noun]
    return low.removesuffix("ing") if low.endswith("ing") else low


def _toll(parsed: Parse, verb: int) -> Iterator[tuple[str, str]]:
    if parsed.lemma[verb].lower() in words().verbs["rise"]:
        for kid in parsed.kids[verb]:
            if parsed.dep[kid] in ("nsubj", "nsubjpass", "dobj"):
                yield parsed.lemma[kid].lower(), "toll"
                below = [k for k in parsed.kids[kid] if parsed.dep[k] in ("compound", "prep")]
                below += [k for prep in below if parsed.lower[prep] == "of" for k in parsed.kids[prep]]
                below += [k for noun in below for k in parsed.kids[noun] if parsed.dep[k] == "acl"]  # people killed
                yield from ((word, "toll") for k in below for word in sorted(bases(parsed, k)))


def _by_words(parsed: Parse, node: Node, labels: list[Label]) -> str | None:
    """The nearest telling word behind the count in its clause, else before it."""
    return _behind(parsed, node, labels) or _before(parsed, node, labels)


def _behind(parsed: Parse, node: Node, labels: list[Label]) -> str | None:
    _, high = parsed.sentences[parsed.sent[node.first]]
    listed, aside = False, False
    for at in range(node.last, min(high, node.last + 14)):
        word = parsed.lower[at]
        if aside or word == "including":
            aside = word != ","  # five people, including a mayor, were wounded
            continue
        if word in words().nouns["stops"] or word in ("who", "which"):
            return None
        if parsed.pos[at] == "NUM":
            if parsed.lower[at - 1] not in ("and", ","):
                return None
            listed = True
        if listed and node.noun is not None and node.kind is None:
            return None
        for label in labels:
            if word in label.words and (_passive(parsed, at) or not (listed or _has_object(parsed, at, high))):
                return label.name
            if word in label.own_forms and not listed:
                return label.name
    return None


def _has_object(parsed: Parse, verb: int, high: int) -> bool:
    """Words follow that an active verb would take: killed five people."""
    return verb + 1 < high and parsed.pos[verb + 1] in ("NOUN", "PROPN", "NUM", "DET", "PRON", "ADJ")


def _before(parsed: Parse, node: Node, labels: list[Label]) -> str | None:
    low, _ = parsed.sentences[parsed.sent[node.first]]
    for at in range(node.first - 1, max(low, node.first - 8) - 1, -1):
        word = parsed.lower[at]
        if (
            word in words().nouns["stops"]
            or word == ","
            or (word in words().nouns["joints"] and word not in ("at", "of"))
        ):
            return None
        for label in labels:
            if (word in label.forms and not _passive(parsed, at)) or word in label.toll:
                return label.name
        if parsed.pos[at] == "VERB" or (word.endswith(("ing", "ed")) and len(word) > 4):
            return None
    return None


def _passive(parsed: Parse, verb: int) -> bool:
    near = parsed.lower[max(0, verb - 2) : verb]
    return not {"was", "were", "been", "be", "being", "are", "is"}.isdisjoint(near)


def speaks(parsed: Parse, node: Node) -> bool:
    """Those counted are the subject of saying, thinking or meeting: two officials said. Not: two million people told
    to move inland."""
    verb, behind = node.last, parsed.lower[node.last + 1 : node.last + 2]
    if parsed.lower[verb : verb + 1] in (["told"], ["asked"], ["urged"], ["advised"]) and behind == ["to"]:
        return False
    return any(
        verb in words().verbs["say"] and role in ("subject", "idle") for verb, role in deeds(parsed, node.heads[0])
    )
