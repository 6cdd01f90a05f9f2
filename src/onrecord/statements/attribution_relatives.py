"""A denial that hangs below what it denies → that: "a secret meeting with the banker, which he has denied"."""

from __future__ import annotations

from onrecord.statements.attribution_ground import Ground, below, mention, own_subject, runs
from onrecord.statements.attribution_lexicon import lexicon
from onrecord.statements.attribution_parts import CLAIMS
from onrecord.statements.draft import Range
from onrecord.statements.parse import Parse

_DENY = frozenset({"deny", "reject", "dispute", "refute", "dismiss", "contest", "disavow", "repudiate", "rebut"})
_STEPS = 8


def denied(g: Ground, verb: int) -> list[Range]:
    """The noun phrase or gerund before ", which X denies" or ", a charge X denies"; empty where there is none."""
    parsed = g.parsed
    who = own_subject(parsed, verb)
    if parsed.dep[verb] != "relcl" or parsed.lemma[verb] not in _DENY or who is None or who > verb:
        return []
    if any(parsed.dep[k] in {"dobj", "ccomp", "xcomp"} and k > verb for k in parsed.kids[verb]):
        return []
    if any(parsed.dep[k] in {"neg", "auxpass"} for k in parsed.kids[verb]):
        return []
    head = parsed.head[verb]
    first = min(below(parsed, verb))
    if parsed.lemma[head].lower() in CLAIMS and parsed.dep[head] in {"appos", "npadvmod", "dobj", "attr", "conj"}:
        span = mention(g, head, stop=verb)
        return [span] if span else []
    if parsed.lower[first] != "which":
        return []
    last = first - 1
    if last < 1 or parsed.words[last] != "," or parsed.sent[last] != parsed.sent[verb]:
        return []
    top = _top(parsed, last - 1)
    words = [w for w in below(parsed, top) if w < last]
    return runs(parsed, words) if len(words) > 1 or parsed.pos[top] == "NOUN" else []


def _top(parsed: Parse, word: int) -> int:
    """Up from the last word before the comma to the whole of what is denied, no further than a verb or a claim."""
    at = word
    for _ in range(_STEPS):
        up = parsed.head[at]
        if up == at or up > word:
            return at
        if parsed.dep[at] == "pobj":
            over = parsed.head[up]
            if over > word or parsed.lemma[over].lower() in CLAIMS | lexicon().nouns.keys():
                return at
            if parsed.pos[over] not in {"NOUN", "PROPN"} and parsed.tag[over] != "VBG":
                return at
            at = over
        elif parsed.dep[at] in {"conj", "compound", "appos", "nmod", "amod"} or (
            parsed.dep[at] in {"dobj", "xcomp"} and parsed.tag[up] == "VBG" and parsed.dep[up] == "pcomp"
        ):
            at = up
        else:
            return at
    return at
