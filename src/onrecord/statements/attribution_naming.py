"""A cue verb that gives something a name → the thing and the name: "called it a mistake", "described as late the …"."""

from __future__ import annotations

from onrecord.statements.attribution_ground import Ground, below, has_to, own_subject, runs
from onrecord.statements.attribution_parts import cut_off
from onrecord.statements.draft import Range
from onrecord.statements.parse import Parse

ON_THE_PHONE = frozenset(
    {"let", "tell", "say", "ask", "report", "inform", "check", "complain", "book", "order", "arrange", "see", "make"}
    | {"apologise", "apologize", "request", "offer", "thank", "find", "warn", "discuss", "talk", "congratulate"}
)
"""Why one calls somebody."""
_NAMES = frozenset({"dobj", "oprd", "ccomp", "xcomp", "attr"})


def named(g: Ground, kids: list[int]) -> list[Range]:
    """What is called something, with what it is called; [] where only one of the two stands there."""
    parsed = g.parsed
    obj = next((k for k in kids if parsed.dep[k] in {"dobj", "oprd", "ccomp"}), None)
    if obj is None:
        return []
    rest = [k for k in kids if k >= obj and (_names(parsed, k) or _as(parsed, k) or _like(parsed, k))]
    if len(rest) > 1 or parsed.dep[obj] in {"oprd", "ccomp"}:
        return runs(parsed, sorted(w for k in rest for w in below(parsed, k, cut_off(g, k))))
    words = below(parsed, obj)
    return runs(parsed, words) if _quoted_name(g, words) else []


def _like(parsed: Parse, kid: int) -> bool:
    """The "to a tyrant" of "likened him to a tyrant"."""
    return parsed.lower[kid] in {"to", "with"} and parsed.lemma[parsed.head[kid]] in {"liken", "compare", "equate"}


def _names(parsed: Parse, kid: int) -> bool:
    """What something is called; no "called the house to let them know"."""
    return parsed.dep[kid] in _NAMES and not (has_to(parsed, kid) and parsed.lemma[kid] in ON_THE_PHONE)


def _as(parsed: Parse, kid: int) -> bool:
    if parsed.lower[kid] == "as":
        return parsed.dep[kid] in {"prep", "mark"}
    return parsed.dep[kid] == "advcl" and any(parsed.lower[c] == "as" and c < kid for c in parsed.kids[kid])


def _quoted_name(g: Ground, words: list[int]) -> bool:
    """In "called the arrest “abduction”" the parser may make one noun of the thing and its name."""
    quote = g.quote_of[words[-1]]
    at = next((i for i, w in enumerate(words) if quote >= 0 and g.quote_of[w] == quote), 0)
    return at > 0 and g.parsed.pos[words[at - 1]] in {"NOUN", "PROPN"} and words[-1] - words[0] == len(words) - 1


def name_ahead(g: Ground, verb: int) -> list[Range]:
    """The name stands first: "described as “absurd” a claim that it had spied"."""
    parsed = g.parsed
    past = g.sentences[g.sentence_of[verb]][1]
    if parsed.lower[verb + 1 : verb + 2] != ["as"] or parsed.tag[verb] not in {"VBD", "VBZ", "VBP", "VBN", "VBG"}:
        return []
    if any(parsed.dep[k] == "auxpass" for k in parsed.kids[verb]) or verb + 4 >= past:
        return []
    who = own_subject(parsed, verb)
    active = (who is not None and who < verb) or (parsed.tag[verb] == "VBG" and parsed.words[verb - 1] == ",")
    if not active or (parsed.tag[verb] == "VBN" and not any(parsed.dep[k] == "aux" for k in parsed.kids[verb])):
        return []
    if any(parsed.lower[k] in {"what", "which", "that", "who"} for k in parsed.kids[verb] if k < verb):
        return []
    phrase = [k for k in parsed.kids[verb] if k == verb + 1 or (k > verb and parsed.dep[k] == "dobj")]
    words = [w for k in phrase for w in below(parsed, k, cut_off(g, k)) if w > verb + 1]
    return runs(parsed, sorted(words)) if len(words) > 2 and parsed.kids[verb + 1] else []
