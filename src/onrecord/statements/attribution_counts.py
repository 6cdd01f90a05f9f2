"""A cue verb that gives numbers → what it gives: "put the toll at 34", "gives 201 dead", "read out the figures: …"."""

from __future__ import annotations

from onrecord.statements.attribution_ground import Ground, below, runs
from onrecord.statements.attribution_lexicon import Frames, lexicon
from onrecord.statements.draft import Range
from onrecord.statements.parse import Parse

_AT = frozenset({"at", "as", "above", "below", "between", "around"})
_SHARE = frozenset({"on", "ahead", "behind"})
_PERCENT = frozenset({"%", "percent", "cent", "point", "seat", "pct"})


def counted(g: Ground, verb: int, frames: Frames, *, passive: bool) -> list[Range]:
    """The object with the number that it is put at, or the counted victims and votes."""
    if passive:
        return []
    if "at" in frames:
        return _put(g, verb)
    return _given(g, verb) if "count" in frames else []


def _put(g: Ground, verb: int) -> list[Range]:
    parsed = g.parsed
    obj = next((k for k in parsed.kids[verb] if k > verb and parsed.dep[k] in {"dobj", "nsubj", "ccomp"}), None)
    if obj is None or obj > verb + 12:
        return []
    where = _where(parsed, verb, obj)
    if where is None:
        return []
    first, last = verb + 1, below(parsed, where)[-1]
    while parsed.pos[first] == "ADV" and first < obj:
        first += 1
    for kid in parsed.kids[verb]:
        words = below(parsed, kid)
        including = kid == last + 2 and parsed.lower[kid] == "including"
        if including or (kid == last + 1 and parsed.dep[kid] == "prep" and _numbered(parsed, words)):
            last = words[-1]
    return runs(parsed, list(range(first, last + 1)))


def _numbered(parsed: Parse, words: list[int]) -> bool:
    return any(parsed.pos[w] == "NUM" or parsed.words[w][0].isdigit() for w in words)


def _where(parsed: Parse, verb: int, obj: int) -> int | None:
    """The "at" before a number, or the "on" and "ahead" before a share."""
    beside = sorted({*parsed.kids[verb], *below(parsed, obj)})
    for kid in beside:
        if kid < obj or parsed.lower[kid] not in _AT | _SHARE:
            continue
        words = below(parsed, kid)
        if not _numbered(parsed, words):
            continue
        if parsed.lower[kid] in _AT or any(parsed.lemma[w] in _PERCENT for w in words):
            return kid
    return None


def _given(g: Ground, verb: int) -> list[Range]:
    parsed = g.parsed
    objects = [k for k in parsed.kids[verb] if k > verb and parsed.dep[k] in {"dobj", "oprd", "dative"}]
    words = sorted({w for k in objects for w in below(parsed, k)})
    if not _numbered(parsed, words) or not any(parsed.lemma[w].lower() in lexicon().counted for w in words[:8]):
        return []
    return runs(parsed, words)


def listed(g: Ground, verb: int, frames: Frames) -> list[Range]:
    """The list behind "read out the figures: …"."""
    if "colon" not in frames:
        return []
    parsed = g.parsed
    past = g.sentences[g.sentence_of[verb]][1]
    colon = next((w for w in range(verb + 1, min(past, verb + 20)) if parsed.words[w] == ":"), None)
    if colon is None or past - colon < 3 or g.quote_of[min(colon + 1, past - 1)] >= 0:
        return []
    if not any(parsed.lemma[w].lower() in lexicon().listed for w in range(verb + 1, colon)):
        return []
    return runs(parsed, list(range(colon + 1, past)))
