"""A cue verb with an infinitive → what is to be done, with those who are to do it."""

from __future__ import annotations

from onrecord.statements.attribution_chains import own_cue
from onrecord.statements.attribution_ground import Ground, below, has_to, own_subject, runs
from onrecord.statements.attribution_lexicon import Frames, lexicon
from onrecord.statements.attribution_parts import cut_off
from onrecord.statements.draft import Range
from onrecord.statements.parse import Parse


def infinitive(g: Ground, verb: int, frames: Frames, *, passive: bool) -> list[Range]:
    """The infinitive that the verb governs, with the object that is to do it: "urged them to stay"."""
    parsed = g.parsed
    for kid in parsed.kids[verb]:
        if (
            kid < verb
            or parsed.dep[kid] not in {"xcomp", "ccomp", "advcl", "acl"}
            or (passive and parsed.dep[kid] == "advcl")
        ):
            continue
        if not has_to(parsed, kid):
            continue
        objects = [k for k in parsed.kids[verb] if k > verb and parsed.dep[k] in {"dobj", "dative"}]
        called = [
            k
            for k in parsed.kids[verb]
            if k > verb
            and parsed.lower[k] in _ADDRESSED.get(parsed.lemma[verb], {"on", "upon"})
            and parsed.dep[k] == "prep"
        ]
        objects += [
            m
            for k in called
            for m in parsed.kids[k]
            if parsed.dep[m] == "pobj" and parsed.lower[m] not in lexicon().times
        ]
        if objects and "person" not in frames:
            return []
        words = below(parsed, kid, cut_off(g, kid) | _when_asked(parsed, kid))
        if "person" in frames:
            words = sorted({*words, *(w for o in objects for w in below(parsed, o))})
        elif "to" not in frames:
            return []
        words = [w for w in words if w > verb]
        opens = min(below(parsed, kid))
        if objects and "person" in frames and words and 0 < opens - words[0] < _WIDE:
            words = sorted({*words, *range(words[0], opens)})  # the hearer's all of it: "told people in Lumo to …"
        return runs(parsed, words)
    if not passive:
        return _hung_below(g, verb, frames) or _done(parsed, verb, frames)
    return []


def _when_asked(parsed: Parse, verb: int) -> set[int]:
    """The "after they were freed" and "as waters rose" of what was asked or promised, which tell when it was."""
    return {
        k
        for k in parsed.kids[verb]
        if k > verb + 1
        and parsed.dep[k] == "advcl"
        and any(parsed.dep[m] == "mark" and parsed.lower[m] in {"after", "as"} for m in parsed.kids[k])
        and any(parsed.tag[m] == "VBD" for m in (k, *parsed.kids[k]))
        and own_subject(parsed, k) is not None
    }


_WIDE = 40


def _hung_below(g: Ground, verb: int, frames: Frames) -> list[Range]:
    """In "asked anyone with pictures to come forward" the parser may hang the infinitive on "pictures"."""
    parsed = g.parsed
    obj = next((k for k in parsed.kids[verb] if k > verb and parsed.dep[k] == "dobj"), None)
    if obj is None or "person" not in frames or parsed.pos[obj] not in {"NOUN", "PROPN", "PRON"}:
        return []
    hung = [k for k in parsed.kids[verb] if k >= obj and parsed.dep[k] in {"dobj", "prep"}]
    words = sorted(w for k in hung for w in below(parsed, k))
    low = next((w for w in words if w > obj and parsed.dep[w] in {"acl", "relcl"} and has_to(parsed, w)), None)
    if low is None or parsed.head[low] == obj or parsed.lemma[parsed.head[low]] in lexicon().nouns:
        return []
    return runs(parsed, [w for w in words if w > verb])


_ADDRESSED = {"plead": {"with"}, "appeal": {"to"}, "reason": {"with"}, "signal": {"to"}}


def told_to(g: Ground, verb: int, spans: list[Range]) -> str:
    """Who tells people to do something orders it; who tells supporters or customers, asks."""
    parsed, first = g.parsed, g.word_at(spans[0][0])
    if any(parsed.lemma[w] == "expect" and parsed.tag[w] == "VB" for w in range(first, min(first + 8, len(parsed)))):
        return "warns"  # "were told to expect delays"
    hearers = [parsed.lower[k] for k in parsed.kids[verb] if parsed.dep[k] == "nsubjpass"]
    return "asks" if any(x in _PUBLIC for x in (*hearers, *parsed.lower[first : first + 5])) else "orders"


_PUBLIC = frozenset(
    {"supporters", "fans", "voters", "followers", "customers", "consumers", "shoppers", "holidaymakers", "listeners"}
    | {"viewers", "readers", "delegates", "investors", "donors", "believers", "worshippers", "players", "teammates"}
)


def _done(parsed: Parse, verb: int, frames: Frames) -> list[Range]:
    """What is to be done with the object: "ordered flags lowered", "ordered the evacuation of the town"."""
    if frames.get("person") != "orders":
        return []
    obj = next((k for k in parsed.kids[verb] if k > verb and parsed.dep[k] == "dobj"), None)
    if obj is None:
        return []
    lowered = any(parsed.dep[k] == "acl" and parsed.tag[k] == "VBN" for k in parsed.kids[obj])
    away = next((k for k in parsed.kids[verb] if k > obj and parsed.lower[k] in _AWAY), None)
    if away is not None and away == below(parsed, obj)[-1] + 1:
        return runs(parsed, [*below(parsed, obj), *below(parsed, away)])
    if not lowered and parsed.lemma[obj] not in lexicon().deeds:
        return []
    without = {
        k for w in below(parsed, obj) for k in parsed.kids[w] if parsed.dep[k] == "conj" and own_cue(parsed, w, k)
    }
    words = below(parsed, obj, without)
    while parsed.lower[words[-1]] in {"and", "but", ","}:
        words.pop()
    return runs(parsed, words)


_AWAY = frozenset({"back", "out", "home", "away", "off", "into", "onto", "inside", "indoors", "aside", "down", "from"})
