"""Hedges of a parsed post → statements that nobody is named for: "reportedly", "is thought to", "appears to"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from onrecord import words as word_files
from onrecord.statements.attribution_ground import Found, Ground, agent, below, has_to, mention, runs, whole_quotes
from onrecord.statements.draft import Range
from onrecord.statements.parse import Parse

_PARTICIPLES = frozenset({"VBN", "VBD"})
_RELATIVE = frozenset({"who", "which", "that"})


@dataclass(frozen=True, slots=True)
class Hedges:
    """The words of `data/hedges.toml`."""

    adverbs: frozenset[str]
    passives: frozenset[str]
    raising: frozenset[str]
    showing: frozenset[str]
    bare: frozenset[str]


@cache
def words() -> Hedges:
    """The shipped hedges, read once."""
    data = word_files.table("hedges.toml")
    return Hedges(**{name: frozenset(data[name]) for name in ("adverbs", "passives", "raising", "showing", "bare")})


def find(g: Ground) -> Iterator[Found]:
    """Hedged statements in text order; none inside direct speech."""
    hedges, parsed = words(), g.parsed
    for word, lemma in enumerate(parsed.lemma):
        if lemma in hedges.adverbs or parsed.lower[word] in hedges.adverbs:
            found = _adverb(g, word)
        elif lemma in hedges.raising and (parsed.pos[word] == "VERB" or parsed.lower[word + 1 : word + 2] == ["to"]):
            found = _raising(g, word, hedges)
        elif lemma in hedges.passives and parsed.tag[word] in _PARTICIPLES:
            found = _passive(g, word, hedges)
        else:
            continue
        if found and found.content and not g.in_speech(word):
            found.content = whole_quotes(g, found.content)
            yield found


def is_hedge(parsed: Parse, verb: int) -> bool:
    """The verb is a passive that hedges: nobody is named for it."""
    if (
        parsed.tag[verb] not in _PARTICIPLES
        or parsed.lemma[verb] not in words().passives
        or agent(parsed, verb) is not None
    ):
        return False
    return _passive_frame(parsed, verb) is not None


def _passive_frame(parsed: Parse, verb: int) -> int | None:
    """What the passive hedges: an infinitive, "as …", an adjective, or a clause after "it is thought that"."""
    helped = any(parsed.dep[k] == "auxpass" for k in parsed.kids[verb]) or _said_to(parsed, verb)
    if not helped and (parsed.lemma[verb] not in words().bare or not _bare(parsed, verb)):
        return None
    if parsed.lemma[parsed.head[verb]] in {"likely", "unlikely", "set", "bound"} and parsed.dep[verb] == "xcomp":
        return None
    for kid in parsed.kids[verb]:
        if kid < verb:
            continue
        dep = parsed.dep[kid]
        if dep == "xcomp" and has_to(parsed, kid):
            return kid
        if dep == "prep" and parsed.lower[kid] == "as" and parsed.kids[kid] and parsed.lemma[verb] != "know":
            if any(parsed.lemma[k] in {"say", "tell", "add"} for k in parsed.kids[kid]):
                return None
            return kid
        if dep in {"oprd", "acomp"} and parsed.lemma[verb] in {
            "consider",
            "deem",
            "believe",
            "think",
            "presume",
            "fear",
            "report",
        }:
            return kid
        if dep == "ccomp" and helped and _it(parsed, verb):
            return kid
    return None


def _said_to(parsed: Parse, verb: int) -> bool:
    """ "A video, SAID TO show …": who speaks does not "say to"."""
    return parsed.lower[verb] == "said" and parsed.lower[verb + 1 : verb + 2] == ["to"] and verb + 2 < len(parsed)


def _bare(parsed: Parse, verb: int) -> bool:
    """A participle that stands for a clause: ", long considered a rival,"; no "has considered"."""
    low = verb - 1
    while low > 0 and parsed.pos[low] == "ADV":
        low -= 1
    if (
        low < verb - 1
        and parsed.words[low] in {",", "—", "–"}
        and not any(parsed.dep[k] == "aux" for k in parsed.kids[verb])
    ):
        return True
    if parsed.tag[verb] == "VBD" or parsed.dep[verb] not in {"acl", "advcl", "relcl", "appos", "conj", "dep", "ROOT"}:
        return False
    return not any(parsed.dep[k] in {"aux", "nsubj", "dobj"} for k in parsed.kids[verb])


def _it(parsed: Parse, verb: int) -> bool:
    return any(parsed.lower[k] == "it" and parsed.dep[k] in {"nsubjpass", "nsubj", "expl"} for k in parsed.kids[verb])


def _passive(g: Ground, verb: int, hedges: Hedges) -> Found | None:
    parsed = g.parsed
    if agent(parsed, verb) is not None:
        return None
    kid = _passive_frame(parsed, verb)
    if kid is None:
        return None
    return _found(g, verb, kid, hedges)


def _raising(g: Ground, verb: int, hedges: Hedges) -> Found | None:
    parsed = g.parsed
    for kid in parsed.kids[verb]:
        if kid < verb:
            continue
        dep = parsed.dep[kid]
        if (
            dep == "ccomp"
            or (dep in {"xcomp", "advcl", "acl"} and has_to(parsed, kid))
            or dep in {"oprd", "acomp"}
            or (dep in {"prep", "advcl"} and parsed.lower[kid] == "like")
        ):
            return _found(g, verb, kid, hedges)
    return None


def _found(g: Ground, verb: int, kid: int, hedges: Hedges) -> Found | None:
    """The subject and what is said of it, around the hedge."""
    parsed = g.parsed
    clause = parsed.dep[kid] == "ccomp"
    rest = [w for w in below(parsed, kid, _asides(parsed, kid)) if w > verb]
    last = verb
    while rest and parsed.lower[rest[0]] in {"to", "as", "that"}:
        last = rest.pop(0)
    if parsed.lemma[verb] in hedges.raising and parsed.lemma[kid] in hedges.showing and not clause:
        rest = [w for w in rest if w > kid]
        return _made(g, verb, kid, runs(parsed, rest)) if rest else None
    if any(parsed.lower[k] == "what" for k in parsed.kids[verb] if parsed.dep[k] == "nsubj" and k < verb):
        named = next((k for k in parsed.kids[kid] if parsed.dep[k] in {"attr", "dobj", "acomp"}), None)
        if named is not None:
            rest = below(parsed, named)
    left = [] if clause and _it(parsed, verb) else _subject(g, verb)
    return _made(g, verb, last, left + runs(parsed, rest))


def _asides(parsed: Parse, kid: int) -> set[int]:
    """Clauses with "as" or "while" that only stand beside what is hedged."""
    marks = {"as", "while", "although", "though"}
    return {k for k in parsed.kids[kid] if k > kid and parsed.dep[k] == "advcl" and _opened(parsed, k, marks)}


def _opened(parsed: Parse, clause: int, marks: set[str]) -> bool:
    return any(parsed.dep[k] == "mark" and parsed.lower[k] in marks for k in parsed.kids[clause])


def _others(parsed: Parse, head: int) -> set[int]:
    """Clauses beside the hedged one that have a subject of their own: ", but talks go on", "They met, a deal …"."""
    out: set[int] = set()
    who = next((k for k in parsed.kids[head] if k < head and parsed.dep[k] in _SUBJECTS), head)
    for kid in parsed.kids[head]:
        own = any(parsed.dep[k] in _SUBJECTS for k in parsed.kids[kid])
        if kid > head and parsed.dep[kid] == "conj" and own:
            out |= {kid, *(k for k in parsed.kids[head] if parsed.dep[k] == "cc" and head < k < kid)}
        elif kid < who and parsed.dep[kid] in {"ccomp", "parataxis"} and own:
            out.add(kid)
    return out


_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})


def _made(g: Ground, verb: int, last: int, content: list[Range]) -> Found:
    parsed = g.parsed
    first = verb
    for kid in parsed.kids[verb]:
        if kid < verb and parsed.dep[kid] in {"aux", "auxpass", "advmod"} and kid >= verb - 3:
            first = min(first, kid)
    return Found(
        g.chars(first, last + 1), content, None, voice="hedged", sentence=parsed.sent[verb], cue_word=verb, rank=3
    )


def _subject(g: Ground, verb: int) -> list[Range]:
    parsed = g.parsed
    for kid in parsed.kids[verb]:
        if parsed.dep[kid] in {"nsubj", "nsubjpass", "csubj"} and kid < verb:
            if parsed.lower[kid] == "what" and parsed.dep[verb] in {"ccomp", "pcomp"}:
                return _outer(g, verb)
            if parsed.lower[kid] in _RELATIVE:
                break
            return runs(parsed, [w for w in below(parsed, kid) if w < verb])
    start = _as_clause(parsed, verb)
    if start is not None:
        low = min(k for k in (*parsed.kids[verb], verb) if parsed.dep[k] in {"aux", "auxpass"} or k == verb)
        return runs(parsed, list(range(start + 1, low)))
    at = verb
    while parsed.dep[at] in {"conj", "xcomp", "aux"} and parsed.head[at] != at:
        at = parsed.head[at]
        for kid in parsed.kids[at]:
            if parsed.dep[kid] in {"nsubj", "nsubjpass"} and kid < at and parsed.lower[kid] not in _RELATIVE:
                return runs(parsed, [w for w in below(parsed, kid) if w < at])
    if parsed.dep[at] in {"relcl", "acl"}:
        span = mention(g, parsed.head[at], stop=at)
        return [span] if span else []
    return []


def _outer(g: Ground, verb: int) -> list[Range]:
    """In "he made what seems to be a joke", the words before the free relative, from the subject on."""
    parsed = g.parsed
    head, lowest = parsed.head[verb], min(below(parsed, verb))
    while parsed.dep[head] in {"xcomp", "prep", "pcomp"} and parsed.head[head] != head:
        head = parsed.head[head]
    low = min(
        (w for k in parsed.kids[head] if parsed.dep[k] in {"nsubj", "nsubjpass"} for w in below(parsed, k)),
        default=head,
    )
    return runs(parsed, [w for w in below(parsed, head, {verb}) if low <= w < lowest])


def _as_clause(parsed: Parse, verb: int) -> int | None:
    """The "as" of "as the mayor is expected to …", which the parser took for a preposition."""
    if any(parsed.dep[k] in {"nsubj", "nsubjpass", "expl"} for k in parsed.kids[verb]):
        return None
    low = min((k for k in parsed.kids[verb] if parsed.dep[k] in {"aux", "auxpass"}), default=verb)
    at = low - 1
    for _ in range(30):
        if at < 0 or parsed.sent[at] != parsed.sent[verb]:
            return None
        if parsed.dep[at] == "prep" and parsed.lower[at] == "as":
            return at
        if parsed.tag[at] in {"VBD", "VBZ", "VBP", "MD"}:
            return None
        at -= 1
    return None


def _adverb(g: Ground, word: int) -> Found | None:
    """All of the clause around the adverb."""
    parsed = g.parsed
    head = parsed.head[word]
    for _ in range(3):
        if parsed.pos[head] in {"VERB", "AUX"} or parsed.head[head] == head:
            break
        head = parsed.head[head]
    if parsed.pos[head] not in {"VERB", "AUX"} or parsed.dep[head] in {"amod", "compound"}:
        return None
    if parsed.dep[head] == "acl" and abs(word - head) == 1:
        return None
    skip = {word} | _asides(parsed, head)
    for kid in parsed.kids[head]:
        start = _as_clause(parsed, kid) if parsed.dep[kid] == "conj" and parsed.tag[kid] == "VBN" else None
        skip |= {kid, start} if start is not None else set()
    skip |= {k for k in parsed.kids[head] if parsed.dep[k] in {"cc", "mark"} and k < head}
    skip |= _others(parsed, head)
    content = [
        w for w in below(parsed, head, skip) if not (parsed.dep[head] == "relcl" and parsed.lower[w] in _RELATIVE)
    ]
    spans = runs(parsed, content)
    if parsed.dep[head] == "relcl":
        span = mention(g, parsed.head[head], stop=head)
        spans = ([span] if span else []) + spans
    return Found(
        g.chars(word, word + 1), spans, None, voice="hedged", sentence=parsed.sent[word], cue_word=word, rank=3
    )
