"""Two who lay one deed at each other's door → statements that are disputed."""

from __future__ import annotations

from itertools import pairwise

from onrecord.statements.attribution_ground import Found, Ground
from onrecord.statements.draft import Range
from onrecord.statements.parse import Parse
from onrecord.statements.standing_denials import fights
from onrecord.statements.standing_reach import ASSERTING, Reach, sentence
from onrecord.statements.standing_remarks import said_by
from onrecord.statements.standing_words import words

_LATER, _NEXT = 5, 7
"""So many sentences and statements later the other may speak."""
_STEM = 4
"""Letters that a country and its people have in common: Sudan, Sudanese."""
_PRONOUNS = frozenset({"he", "she", "it", "they", "we", "i"})


def accuse_each_other(r: Reach) -> None:
    """Mark what two sides say of one another, in one statement or in two that follow on each other."""
    for i, one in enumerate(r.found):
        if one.voice != "attributed" or one.act not in ASSERTING or one.speaker is None:
            continue
        if _reciprocal(r, i):
            _dispute(one, one)
        for j in range(i + 1, min(i + _NEXT, len(r.found))):
            apart = sentence(r, j) - sentence(r, i)
            if apart > _LATER:
                break
            if not _two_speak(r, i, j):
                continue
            if _mutual(r, i, j) or (apart <= 1 and _other_cause(r, i, j)) or contrary(r, i, j):
                _dispute(one, r.found[j])
                _dispute(r.found[j], one)


def _dispute(one: Found, by: Found) -> None:
    if one.standing in {"claimed", "unacknowledged"}:
        one.standing, one.standing_by = "disputed", by.cue


def _reciprocal(r: Reach, i: int) -> bool:
    """They "accused each other of …", "blamed one another"; "both accuse the other", "each side said the other"."""
    g, one = r.g, r.found[i]
    first = g.word_at(one.content[0][0])
    near = g.parsed.lower[max(0, first - 2) : first + 4]
    if any(pair in {("each", "other"), ("one", "another")} for pair in pairwise(near)):
        return one.cue_word >= 0 and g.parsed.lemma[one.cue_word].lower() in words().blaming
    if one.speaker is None or not _of_two(g, one.speaker):
        return False
    whole = pairwise(g.parsed.lower[w] for w in r.words(i))
    return ("the", "other") in pairwise(near) or ("other", "side") in whole


def _of_two(g: Ground, speaker: Range) -> bool:
    """ "Both armies", "each side", "the two governments"; "Norvia and Estmark"."""
    spoken = {g.parsed.lower[w] for w in g.words_in(speaker)}
    return bool(spoken & {"both", "each", "two", "sides", "neither"}) or "and" in spoken


def _two_speak(r: Reach, i: int, j: int) -> bool:
    """Two others speak, and by name or office."""
    two = r.found[j]
    if two.voice != "attributed" or two.act not in {*ASSERTING, "denies"} or two.speaker is None:
        return False
    one = r.found[i]
    apart = one.content[-1][1] <= two.content[0][0] or two.content[-1][1] <= one.content[0][0]
    if not apart or one.nested_in is not None or two.nested_in is not None:
        return False
    left, right = said_by(r.g, one), said_by(r.g, two)
    return not ((left | right) & _PRONOUNS or left & right)


def _mutual(r: Reach, i: int, j: int) -> bool:
    """Each names the other as who did it, and both speak of one thing: "the army bombed the market"; or one names the
    other, who names another doer of the same harm."""
    shared = r.about[i] & r.about[j] - words().deeds
    if not shared or no_proof(r, i) or no_proof(r, j):
        return False
    left, right = _who(r, i), _who(r, j)
    by_other, by_one = _names(right, _doers(r, i)), _names(left, _doers(r, j))
    if not by_other and not by_one:
        return False
    if not shared & _things(r, i):
        return False
    if by_other and by_one:
        return True
    if not (fights(r, i) and fights(r, j)) or _names(left, _doers(r, i)) or _names(right, _doers(r, j)):
        return False
    named = r.parties(j) & r.matter(i).names if by_other else r.parties(i) & r.matter(j).names
    return bool(named) and bool(_harmed(r, i) & _harmed(r, j))


def no_proof(r: Reach, i: int) -> bool:
    """It says that there is nothing to show for a claim: "Norvia has given no evidence of the raid"."""
    return r.says_no(i) and bool(r.lemmas(i) & {"evidence", "proof"})


def _who(r: Reach, i: int) -> frozenset[str]:
    """Words of a speaker, with the country that the mention names."""
    return (said_by(r.g, r.found[i]) & words().fighters) | r.parties(i)


def _harmed(r: Reach, i: int) -> frozenset[str]:
    """What is struck, blown up, shelled: object of a verb of harm, or subject of its passive."""
    parsed = r.g.parsed
    harm = (w for w in r.words(i) if parsed.lemma[w].lower() in words().harming)
    kids = (k for w in harm for k in parsed.kids[w] if parsed.dep[k] in {"dobj", "nsubjpass"})
    return frozenset(parsed.lemma[k].lower() for k in kids)


def contrary(r: Reach, i: int, j: int) -> bool:
    """Of one thing the one says that it is real, the other that it is a fake."""
    one, two = r.lemmas(i), r.lemmas(j)
    opposed = any((one & a and two & b) or (one & b and two & a) for a, b in words().contraries)
    if not opposed or _negated(r, i) or _negated(r, j):
        return False
    return bool(_subjects(r, i) & _subjects(r, j))


def _negated(r: Reach, i: int) -> bool:
    return any(r.g.parsed.dep[w] == "neg" for w in r.words(i))


def _subjects(r: Reach, i: int) -> frozenset[str]:
    parsed = r.g.parsed
    return frozenset(
        parsed.lemma[w].lower()
        for w in r.words(i)
        if parsed.dep[w] in {"nsubj", "nsubjpass"} and parsed.pos[w] in {"NOUN", "PROPN"}
    )


def _other_cause(r: Reach, i: int, j: int) -> bool:
    """Who is named as the cause gives another: "… by an Estmark shell. Estmark said a gas leak caused it"."""
    if not (r.lemmas(i) & words().causes and r.lemmas(j) & words().causes):
        return False
    if not r.parties(j) & r.matter(i).names or r.parties(j) & r.matter(j).names:
        return False
    return _names(r.parties(j), _doers(r, i) | _blamed(r, i))


def _blamed(r: Reach, i: int) -> frozenset[str]:
    """Whose a cause is said to be: "an ESTMARK shell", "the ARMY'S fire"."""
    parsed, causes = r.g.parsed, words().causes | words().harming
    return frozenset(
        parsed.lemma[w].lower()
        for w in r.words(i)
        if parsed.dep[w] in {"amod", "compound", "poss", "nmod"} and parsed.lemma[parsed.head[w]].lower() in causes
    )


def _names(who: frozenset[str], about: frozenset[str]) -> bool:
    return any(a == b or (len(a) >= _STEM <= len(b) and a[:_STEM] == b[:_STEM]) for a in who for b in about)


def _doers(r: Reach, i: int) -> frozenset[str]:
    """Words of those who do something in what is said: "Russian forces blew up …", "… bombed by the army"."""
    parsed = r.g.parsed
    return frozenset(parsed.lemma[w].lower() for w in r.words(i) if _does(parsed, w))


def _does(parsed: Parse, at: int) -> bool:
    for _ in range(3):
        if parsed.dep[at] not in {"amod", "compound", "poss", "nmod"}:
            break
        at = parsed.head[at]
    return parsed.dep[at] in {"nsubj", "attr"} or (parsed.dep[at] == "pobj" and parsed.lower[parsed.head[at]] == "by")


def _things(r: Reach, i: int) -> frozenset[str]:
    parsed = r.g.parsed
    return frozenset(parsed.lemma[w].lower() for w in r.words(i) if parsed.pos[w] == "NOUN")
