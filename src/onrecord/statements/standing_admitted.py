"""Who admits a loss → statements that are conceded, his own and what the other side had said."""

from __future__ import annotations

import re
from functools import cache

from onrecord.statements.attribution_ground import Found, Ground, has_to
from onrecord.statements.parse import Parse
from onrecord.statements.standing_denials import fights, same_speaker
from onrecord.statements.standing_matter import Matter, same, stem
from onrecord.statements.standing_reach import ASSERTING, NEAR, OURS, Reach, sentence, start
from onrecord.statements.standing_words import words

_FIRST = re.compile(r"for the first time|publicly|finally")
_LOW = frozenset(
    {"yet", "refuse", "decline", "fail", "unwilling", "reluctant", "urge", "ask", "call", "press", "force"}
)


def concede(r: Reach) -> None:
    """Who admits a loss concedes it, here and where the other side had said it."""
    for at, one in enumerate(r.found):
        if _concedes(r, at):
            one.standing, one.standing_by = "conceded", one.cue
            for j in (*_said_before(r, at), *_regrets(r, at)):
                r.found[j].standing, r.found[j].standing_by = "conceded", one.cue


def _regrets(r: Reach, at: int) -> list[int]:
    """What who has conceded goes on to say of it: "It was a mistake, and it was ours", "we had to pull back"."""
    for then in range(at + 1, min(at + 4, len(r.found))):
        if sentence(r, then) - sentence(r, at) > 2:
            break
        if r.found[then].mode != "direct" or not same_speaker(r, at, then):
            continue
        spoken = r.spoken(then)
        if spoken & OURS and spoken & _SORRY:
            return [then]
        if r.lemmas(then) & words().yielding and not spoken & {"sorry", "if"}:
            return [then]
    return []


_SORRY = frozenset({"error", "errors", "mistake", "mistakes", "regret", "apologise", "apologize", "fault", "wrong"})
_SORRY |= {"failed", "failure", "responsible", "responsibility", "blame", "should", "unacceptable", "ashamed", "shame"}


def _concedes(r: Reach, at: int) -> bool:
    parsed, one = r.g.parsed, r.found[at]
    if one.cue_word < 0 or one.voice == "hedged" or one.act in {"declines", "denies"}:
        return False
    if _in_an_admission(r, at):
        return True
    lemma = parsed.lemma[one.cue_word]
    if lemma in {"apologise", "apologize", "apology"}:
        return _hurts(r, at)
    if lemma in words().confirms and _owns_up(r, at):
        return True
    if lemma == "accept" and _clause(parsed, one):
        return _hurts(r, at) or bool(r.lemmas(at) & words().winning)
    if lemma in words().confirms:
        if _its_doing(r, at):
            return False
        both = one.speaker is not None and r.g.parsed.text[slice(*one.speaker)].lower().startswith("both ")
        return _hurts(r, at) and (both or (_its_own(r, at) and bool(_said_before(r, at))))
    if lemma in words().admitting:
        return lemma in {"admission", "confession"} or _hurts(r, at)
    if lemma not in words().admits or not _done(parsed, one.cue_word) or parsed.dep[one.cue_word] == "amod":
        return False
    if lemma == "acknowledge" and one.cue and _FIRST.search(parsed.text, one.cue[1], max(start(one), one.cue[1])):
        return True
    told = _loses(r, at) or (one.mode != "direct" and _left_undone(r, at))
    if lemma in words().confesses:
        return told or (one.mode != "direct" and not _mild(r.g, one))
    return told and not _to_come(r.g, one)


def _clause(parsed: Parse, one: Found) -> bool:
    """ "accepted that …", no thing that was taken."""
    return any(parsed.dep[k] == "ccomp" and k > one.cue_word for k in parsed.kids[one.cue_word])


def _mild(g: Ground, one: Found) -> bool:
    """Of what may come, or of how one is: "conceded that this could change", "admitted that she had been nervous"."""
    parsed = g.parsed
    start_word = g.word_at(start(one))
    opening = range(start_word, min(start_word + 14, g.word_at(one.content[0][1] - 1) + 1, len(parsed)))
    first = next((w for w in opening if parsed.tag[w] in {"MD", "VBD", "VBZ", "VBP"}), None)
    if first is None:
        return False
    if parsed.lemma[first] == "have" and parsed.dep[first] == "aux":
        head = parsed.head[first]
        return parsed.lemma[head] in {"be", "feel", "seem"} and parsed.pos[head] in {"AUX", "VERB"}
    state = parsed.lemma[first] == "be" and parsed.pos[first] == "AUX" and parsed.dep[first] not in {"aux", "auxpass"}
    return state or parsed.lower[first] in {"may", "might", "could", "can"}


def _in_an_admission(r: Reach, at: int) -> bool:
    """The sentence leads in with "In a rare admission, …"."""
    parsed, one = r.g.parsed, r.found[at]
    first, past = r.g.sentences[sentence(r, at)]
    if parsed.lower[first] != "in" or one.speaker is None:
        return False
    return any(parsed.lemma[w].lower() in words().admitting for w in range(first, min(first + 5, past)))


def _owns_up(r: Reach, at: int) -> bool:
    """In "his men had pulled back, confirming a claim to have taken it" a loss bears out another's claim."""
    if not r.lemmas(at) & words().claims or not at or r.found[at - 1].sentence != r.found[at].sentence:
        return False
    before = r.found[at - 1]
    if before.speaker != r.found[at].speaker or not _hurts(r, at - 1) or not _its_own(r, at - 1):
        return False
    before.standing, before.standing_by = "conceded", r.found[at].cue
    return True


def _done(parsed: Parse, verb: int) -> bool:
    """It was admitted: no "has not admitted", "has yet to acknowledge", "refused to concede"."""
    at = verb
    for _ in range(3):
        if any(parsed.dep[k] == "neg" or parsed.lower[k] in {"yet", "never"} for k in parsed.kids[at] if k < verb):
            return False
        if any(parsed.tag[k] == "MD" for k in parsed.kids[at]):
            return False
        up = parsed.head[at]
        if up == at or parsed.dep[at] not in {"xcomp", "conj", "ccomp"} or not has_to(parsed, at):
            return not (has_to(parsed, at) and parsed.lemma[up] in _LOW)
        if parsed.lemma[up] in _LOW:
            return False
        at = up
    return True


def _its_own(r: Reach, at: int) -> bool:
    """What is lost is the speaker's: "its troops had left", "the loss of the town"."""
    first = r.g.word_at(start(r.found[at]))
    opening = set(r.g.parsed.lower[first : first + 4])
    return bool(opening & {"its", "their", "his", "her", "it", "they", "our", "we"}) or bool(
        {"loss", "losing"} & opening
    )


def _its_doing(r: Reach, at: int) -> bool:
    """An attack of the speaker's own, which is no loss of his: "confirmed that it had struck the depot"."""
    parsed, lemmas = r.g.parsed, r.lemmas(at)
    if lemmas & _SORRY:
        return False
    blows = [w for w in r.words(at) if parsed.lemma[w] in words().blows]
    if not blows:
        return False
    first, doing = blows[0], parsed.pos[blows[0]] == "VERB"
    kids = {parsed.dep[k]: parsed.lower[k] for k in parsed.kids[first]}
    if doing:
        return "nsubjpass" not in kids and kids.get("nsubj") in {"it", "they", "we", "he", "she", "forces", "troops"}
    return parsed.lower[first + 1 : first + 2] in (["on"], ["against"]) and "by" not in lemmas


def _loses(r: Reach, at: int) -> bool:
    """The content tells of a loss."""
    return bool(r.lemmas(at) & words().loss)


def _left_undone(r: Reach, at: int) -> bool:
    """Something was not done: "some ballots were never counted"."""
    parsed = r.g.parsed
    return any(
        (parsed.dep[w] == "neg" and parsed.pos[parsed.head[w]] == "VERB")
        or (parsed.lower[w] == "no" and parsed.lower[w + 1 : w + 2] == ["longer"])
        for w in r.words(at)
    )


def _to_come(g: Ground, one: Found) -> bool:
    """It will, would or could come to pass."""
    first = g.word_at(start(one))
    opening = range(first, min(first + 14, len(g.parsed)))
    verb = next((w for w in opening if g.parsed.tag[w] in {"MD", "VBD", "VBZ", "VBP"}), None)
    return verb is not None and g.parsed.tag[verb] == "MD" and g.parsed.lower[verb] not in {"should", "must"}


def _hurts(r: Reach, at: int) -> bool:
    """The content tells of a loss or of something that was not done."""
    return _loses(r, at) or r.says_no(at)


def _said_before(r: Reach, at: int) -> list[int]:
    """What others had said of the same matter, or of the same loss right before or beside it."""
    one, here = r.found[at], sentence(r, at)
    near = range(max(0, at - NEAR), min(len(r.found), at + NEAR))
    others = [j for j in near if j != at and not same_speaker(r, j, at) and r.found[j].act in ASSERTING]
    others = [
        j for j in others if r.found[j].standing in {"claimed", "unacknowledged"} and abs(here - sentence(r, j)) <= 6
    ]
    who = r.parties(at)
    said = [j for j in others if _alike(r.matter(j), r.matter(at)) and (who & r.matter(j).names or _loses(r, j))]
    said = sorted({*said, *(j for j in others if _outcome(r, j, at))})
    if not said and at - 1 in others and here - sentence(r, at - 1) <= 1 and _one_loss(r, at - 1, at):
        said = [at - 1]
    if not said and at + 1 in others and sentence(r, at + 1) == here and _one_loss(r, at + 1, at):
        said = [at + 1]
    both = one.cue_word >= 0 and r.g.parsed.lemma[one.cue_word] in words().confirms
    beside = [j for j in said if sentence(r, j) == here and (r.about[j] & words().loss or _takes(r, j))]
    return [j for j in said if not both or len(r.about[j] & r.about[at]) >= 2 or j in beside or _outcome(r, j, at)]


def _outcome(r: Reach, j: int, at: int) -> bool:
    """Who gives ground, or the race, concedes what the other side said of taking or winning it."""
    mine, other = r.lemmas(at), r.lemmas(j)
    if mine & words().yielding and (_its_own(r, at) or r.g.parsed.lemma[r.found[at].cue_word] != "confirm"):
        who, them = r.parties(at), r.parties(j)
        if other & (words().taking | {"hold"}) and (not who or not them or not who & them) and fights(r, j):
            return True
    lost = mine & {"lose", "defeat", "step", "race", "election"} and mine & (words().winning | {"defeat", "race"})
    return bool(lost) and bool(other & words().winning)


def _one_loss(r: Reach, j: int, at: int) -> bool:
    """The loss that is admitted is what the other told: it shares a word, or is "the loss" of what was taken."""
    one, two = r.matter(j), r.matter(at)
    if one.strong & two.strong or (one.weak & two.weak and one.names & two.names):
        return bool(r.about[j] & words().loss) or _takes(r, j)
    return not two.strong - _lost() and (_takes(r, j) or bool(r.about[j] & words().loss))


@cache
def _lost() -> frozenset[str]:
    return frozenset(map(stem, words().loss | words().events))


def _alike(other: Matter, mine: Matter) -> bool:
    """Most of what the shorter of the two is about is in the other."""
    shared = len(other.strong & mine.strong) + len(other.names & mine.names)
    least = min(len(other.strong) + len(other.names), len(mine.strong) + len(mine.names))
    return same(other, mine) and shared >= 2 and 2 * shared >= least


def _takes(r: Reach, j: int) -> bool:
    """It tells of a place taken."""
    return bool(r.lemmas(j) & words().taking)
