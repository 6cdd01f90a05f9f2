"""A trigger in a parsed post → whether it names a sort of thing, no one thing: "attacks", "a rise in kidnapping"."""

from __future__ import annotations

from onrecord.statements.happenings_match import Trigger
from onrecord.statements.happenings_words import lexicon
from onrecord.statements.parse import Parse

_POINTING = frozenset({"det", "poss", "nummod", "quantmod", "predet"})
_SORT = frozenset({"any", "every", "all", "such", "no", "more", "further", "future", "other", "new"})
"""Beside a noun they point at none in particular."""
_HARMS = frozenset({"casualties", "kidnapping"})
_DEEDS = _HARMS | {
    "bombing",
    "shooting",
    "ground attack",
    "air strike",
    "drone attack",
    "shelling",
    "sabotage",
    "death",
}
_GOES_ON = frozenset({"stop", "continue", "keep", "cease", "avoid", "quit", "resume", "go"})
_DONE = frozenset({"VBD", "VBN"})


def general(parsed: Parse, trigger: Trigger, titles: frozenset[int]) -> bool:
    """It is a noun that nothing points at, and no verb says that it was done.

    Headlines leave out articles, so that nothing is known there.
    """
    word = trigger.last if parsed.pos[trigger.word] not in {"VERB", "AUX"} else trigger.word
    if parsed.sent[word] in titles:
        return False
    if parsed.pos[word] in {"VERB", "AUX"}:
        return _habit(parsed, word) or (trigger.kind in _HARMS and _of_people(parsed, word))
    if parsed.dep[word] == "compound" and parsed.head[word] > word:
        return True
    return not (_pointed_at(parsed, word) and not _of_a_sort(parsed, trigger, word)) and not _carried_out(parsed, word)


def _habit(parsed: Parse, verb: int) -> bool:
    """ "They kill people": the plain present tells what somebody does again and again."""
    if parsed.tag[verb] not in {"VBP", "VBZ"} or parsed.words[verb].istitle():
        return False
    return parsed.dep[verb] in {"relcl", "ccomp", "advcl", "ROOT"} and not any(
        parsed.dep[k] in {"aux", "auxpass"} for k in parsed.kids[verb]
    )


def _of_people(parsed: Parse, verb: int) -> bool:
    """ "Blamed for killing civilians", "money to murder priests": bare plurals, and no telling that it was done."""
    if parsed.tag[verb] not in {"VB", "VBG"} or parsed.dep[verb] not in {"xcomp", "pcomp", "acl", "advcl", "ccomp"}:
        return False
    leaning = (parsed.dep[verb] == "pcomp" and parsed.lower[parsed.head[verb]] in {"for", "of", "from"}) or any(
        parsed.tag[k] == "TO" for k in parsed.kids[verb]
    )
    if not leaning and parsed.lemma[parsed.head[verb]].lower() not in _GOES_ON:
        return False
    objects = [k for k in parsed.kids[verb] if parsed.dep[k] == "dobj"]
    return bool(objects) and all(
        parsed.tag[k] == "NNS" and not any(parsed.dep[n] in _POINTING or parsed.tag[n] == "CD" for n in parsed.kids[k])
        for k in objects
    )


def _pointed_at(parsed: Parse, noun: int) -> bool:
    """An article, a number or an owner stands with it, or whom it was done to or by is named with it."""
    kids = parsed.kids[noun]
    if any(parsed.lower[k] in _SORT for k in kids):
        return False
    if any(parsed.dep[k] in _POINTING or parsed.tag[k] in {"DT", "PRP$", "POS", "CD"} for k in kids):
        return True
    if parsed.dep[noun] == "conj" and parsed.head[noun] < noun:
        head = parsed.head[noun]
        return parsed.pos[head] in {"NOUN", "PROPN"} and any(parsed.dep[k] in _POINTING for k in parsed.kids[head])
    return False


def _of_a_sort(parsed: Parse, trigger: Trigger, noun: int) -> bool:
    """ "The murder of activists", "the bombings": nothing but an article points at it."""
    kids = parsed.kids[noun]
    if any(parsed.dep[k] in _POINTING and parsed.lower[k] != "the" for k in kids) or trigger.kind not in _DEEDS:
        return False
    of = [k for k in kids if parsed.lower[k] == "of"]
    whom = [o for k in of for o in parsed.kids[k] if parsed.dep[o] == "pobj"]
    if whom:
        return all(parsed.tag[o] == "NNS" and _bare(parsed, o) for o in whom)
    return parsed.tag[noun] == "NNS" and _bare(parsed, noun, "the")


def _bare(parsed: Parse, noun: int, *but: str) -> bool:
    """Nothing says how many, which or whose they are."""
    return all(
        parsed.lower[k] in but or parsed.dep[k] == "compound" for k in parsed.kids[noun] if k < noun
    ) and not any(parsed.dep[k] in {"prep", "relcl", "acl", "appos"} for k in parsed.kids[noun])


def _carried_out(parsed: Parse, noun: int) -> bool:
    """ "Launched attacks", "attacks killed": a verb in the past has it for its subject or object."""
    verb = parsed.head[noun]
    if parsed.dep[noun] not in {"dobj", "nsubj", "nsubjpass"} or parsed.pos[verb] not in {"VERB", "AUX"}:
        return False
    light = parsed.dep[noun] == "dobj" and parsed.lemma[verb] in lexicon().light
    return parsed.tag[verb] in _DONE and (light or parsed.dep[noun] != "dobj")
