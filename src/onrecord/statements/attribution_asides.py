"""A cue verb → what its place in the sentence says of it: a mere time, an aside, a passive that it shares."""

from __future__ import annotations

from onrecord.statements.attribution_chains import can_speak
from onrecord.statements.attribution_ground import agent, subject
from onrecord.statements.attribution_lexicon import Frames, Lexicon
from onrecord.statements.parse import Parse


def mere_time(parsed: Parse, verb: int) -> bool:
    """In "hours before the valley was warned of rain" nobody is named, and it only tells when."""
    if agent(parsed, verb) is not None:
        return False
    kids = parsed.kids[verb]
    if any(parsed.dep[k] == "auxpass" and parsed.lower[k] in {"is", "are"} for k in kids):
        return False  # "…, as residents are urged to leave"
    timed = any(parsed.lower[k] in _TIMES and parsed.dep[k] in {"mark", "advmod"} for k in kids)
    return timed and parsed.dep[verb] in {"advcl", "pcomp", "ccomp"}


_TIMES = frozenset({"after", "before", "since", "until", "when", "as", "while", "once"})


def cited_as(parsed: Parse, verb: int) -> bool:
    """In "was cited by Tass as saying that …" it is "saying" that gives the words."""
    return any(
        parsed.lower[k] == "as" and any(parsed.tag[c] == "VBG" and parsed.dep[c] == "pcomp" for c in parsed.kids[k])
        for k in parsed.kids[verb]
        if k > verb
    )


def asked_aside(parsed: Parse, verb: int) -> bool:
    """In "The minister, asked about the gap, said …" nobody is named for the question."""
    if parsed.lemma[verb] == "ask" and parsed.dep[verb] == "advcl":
        return any(parsed.lower[k] == "when" for k in parsed.kids[verb])  # "When reporters asked about it, …"
    if parsed.lemma[verb] not in {"ask", "press", "question", "quiz"} or parsed.words[verb - 1] != "," or verb < 2:
        return False
    past = parsed.sentences[parsed.sent[verb]][1]
    close = next((w for w in range(verb + 1, min(past - 1, verb + 25)) if parsed.words[w] == ","), None)
    bare = not any(parsed.dep[k] in {"nsubj", "aux", "auxpass", "dobj"} for k in parsed.kids[verb])
    return bare and close is not None and parsed.tag[close + 1] in {"VBD", "VBZ"}


def keeps_name(parsed: Parse, verb: int) -> bool:
    """Only that the source's name is kept back: "asked not to be named", "declined to be identified"."""
    words = parsed.lower[verb + 1 : verb + 7]
    return parsed.lemma[verb] in _ASKS and "be" in words and not _NAMED.isdisjoint(words)


_NAMED = frozenset({"named", "identified", "quoted", "cited"})
_ASKS = frozenset({"ask", "request", "want", "wish", "prefer", "decline", "refuse", "insist", "demand"})


def shares_passive(parsed: Parse, verb: int, frames: Frames) -> bool:
    """The second verb of "were told to leave and warned that it would flood", which takes a hearer and has none."""
    head = parsed.head[verb]
    if parsed.dep[verb] != "conj" or "person" not in frames or parsed.tag[verb] not in {"VBD", "VBN"}:
        return False
    kids = parsed.kids[verb]
    alone = not any(parsed.dep[k] in {"nsubj", "nsubjpass", "aux", "auxpass", "dobj", "dative"} for k in kids)
    return alone and any(parsed.dep[k] == "auxpass" for k in parsed.kids[head])


def headed(parsed: Parse, verb: int) -> bool:
    """A headline's passive, which has no "are": "Residents told to leave", ", with thousands urged to stay away"."""
    kids = parsed.kids[verb]
    if parsed.lemma[verb] not in _WITH_HEARERS or parsed.tag[verb] not in {"VBD", "VBN"}:
        return False
    if any(parsed.dep[k] in {"dobj", "dative", "aux"} for k in kids):
        return False
    after = verb + 1 + (parsed.lower[verb + 1 : verb + 2] == ["not"])
    return parsed.lower[after : after + 1] == ["to"]


_WITH_HEARERS = frozenset({"tell", "urge", "order", "advise", "instruct", "warn", "remind", "encourage", "direct"})


def document(parsed: Parse, verb: int, lexicon: Lexicon) -> bool:
    """A report, a poll or an audit has found it."""
    who = subject(parsed, verb)
    if who is None or can_speak(parsed, who):
        return False
    counts = parsed.lemma[who].lower() in lexicon.counts and parsed.lemma[verb] in {"show", "give", "put", "indicate"}
    return counts or parsed.lemma[who].lower() in lexicon.evidence
