"""Two who lay one deed at each other's door → statements that are disputed."""

from __future__ import annotations

from itertools import pairwise

from onrecord.statements.attribution_ground import Found, Ground
from onrecord.statements.standing_reach import Reach, sentence, span_words
from onrecord.statements.standing_remarks import said_by
from onrecord.statements.standing_words import words

_ASSERTING = frozenset({"asserts", "warns"})
_SOON = 2
"""So many sentences may stand between the two."""
_STEM = 4
"""Letters that a country and its people have in common: Sudan, Sudanese."""
_PRONOUNS = frozenset({"he", "she", "it", "they", "we", "i"})


def accuse_each_other(r: Reach) -> None:
    """Mark what two sides say of one another, in one statement or in two that follow on each other."""
    for i, one in enumerate(r.found):
        if one.voice != "attributed" or one.act not in _ASSERTING or one.speaker is None:
            continue
        if _reciprocal(r.g, one):
            _dispute(one, one)
        for j in range(i + 1, min(i + 4, len(r.found))):
            if sentence(r, j) - sentence(r, i) > _SOON:
                break
            if _mutual(r, i, j):
                _dispute(one, r.found[j])
                _dispute(r.found[j], one)


def _dispute(one: Found, by: Found) -> None:
    if one.standing == "claimed":
        one.standing, one.standing_by = "disputed", by.cue


def _reciprocal(g: Ground, one: Found) -> bool:
    """They "accused each other of …", "blamed one another for …"."""
    if one.cue_word < 0 or g.parsed.lemma[one.cue_word].lower() not in words().accuses:
        return False
    first = g.word_at(one.content[0][0])
    near = g.parsed.lower[max(0, first - 2) : first + 3]
    return any(pair in {("each", "other"), ("one", "another")} for pair in pairwise(near))


def _mutual(r: Reach, i: int, j: int) -> bool:
    """Each names the other as who did it, and both speak of one thing: "the army bombed the market"."""
    one, two = r.found[i], r.found[j]
    if two.voice != "attributed" or two.act not in _ASSERTING or two.speaker is None:
        return False
    left, right = said_by(r.g, one), said_by(r.g, two)
    if (
        (left | right) & _PRONOUNS
        or left & right
        or not _names(left, _doers(r.g, two))
        or not _names(right, _doers(r.g, one))
    ):
        return False
    shared = r.about[i] & r.about[j] - words().deeds
    return bool(shared & _things(r.g, one))


def _names(who: frozenset[str], about: frozenset[str]) -> bool:
    return any(a == b or (len(a) >= _STEM <= len(b) and a[:_STEM] == b[:_STEM]) for a in who for b in about)


def _doers(g: Ground, one: Found) -> frozenset[str]:
    """Words of those who do something in what is said: "Russian forces blew up …", "… bombed by the army"."""
    inside = {w for span in one.content for w in span_words(g, span)}
    return frozenset(g.parsed.lemma[w].lower() for w in inside if _does(g, w))


def _does(g: Ground, at: int) -> bool:
    parsed = g.parsed
    for _ in range(3):
        if parsed.dep[at] not in {"amod", "compound", "poss", "nmod"}:
            break
        at = parsed.head[at]
    return parsed.dep[at] in {"nsubj", "attr"} or (parsed.dep[at] == "pobj" and parsed.lower[parsed.head[at]] == "by")


def _things(g: Ground, one: Found) -> frozenset[str]:
    parsed = g.parsed
    inside = (w for span in one.content for w in span_words(g, span))
    return frozenset(parsed.lemma[w].lower() for w in inside if parsed.pos[w] == "NOUN")
