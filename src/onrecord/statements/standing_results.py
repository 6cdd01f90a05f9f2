"""Who rejects a vote's result or calls it rigged → the statements that give the result."""

from __future__ import annotations

from onrecord.statements.standing_denials import same_speaker
from onrecord.statements.standing_reach import ASSERTING, NEAR, Reach, sentence
from onrecord.statements.standing_words import words

_FAR = 8
"""So many sentences before or behind it the result may be told."""


def contested(r: Reach, i: int) -> list[int]:
    """The results that this statement rejects: "the vote was rigged", "refused to accept the outcome"."""
    if not _rejects(r, i):
        return []
    near = (j for j in range(max(0, i - NEAR), min(len(r.found), i + NEAR)) if j != i)
    near = (j for j in near if abs(sentence(r, j) - sentence(r, i)) <= _FAR and not same_speaker(r, i, j))
    return [j for j in near if _gives_result(r, j)]


def _rejects(r: Reach, i: int) -> bool:
    told, act = r.lemmas(i), r.found[i].act
    if not told & words().polls:
        return False
    if act == "denies":
        return not told & words().rigged or bool(told & {"result", "outcome", "count"})
    if act == "declines":
        return bool(told & {"accept", "recognise", "recognize"})
    return act in ASSERTING and bool(told & words().rigged) and not r.says_no(i)


def _gives_result(r: Reach, j: int) -> bool:
    """It tells who has won or how many votes he has, and nothing of fraud."""
    one, told = r.found[j], r.lemmas(j)
    if one.act not in ASSERTING or one.voice != "attributed" or not told & words().carrying:
        return False
    if told & words().rigged or told & words().denials or "turnout" in told:
        return False
    parsed, inside = r.g.parsed, r.words(j)
    if one.cue_word >= 0 and parsed.lemma[one.cue_word] in words().blaming:
        return False  # "condemned results that put Okoro ahead"
    return any(parsed.pos[w] == "PROPN" or parsed.pos[w] == "NUM" for w in inside)
