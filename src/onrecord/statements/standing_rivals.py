"""What others say of a post's statements: denials, other counts, the contrary → statements that are disputed."""

from __future__ import annotations

import re

from onrecord.statements.standing_denials import (
    accuses,
    denied,
    fights,
    goes_on_from,
    same_speaker,
    still_said,
)
from onrecord.statements.standing_matter import same, stem
from onrecord.statements.standing_mutual import no_proof
from onrecord.statements.standing_reach import ASSERTING, NEVER, OURS, Reach, sentence
from onrecord.statements.standing_results import contested
from onrecord.statements.standing_words import words

_CONTRARY_TO = NEVER | {"only", "nothing", "false", "fully", "safe", "lawful", "legal"}


def dispute(r: Reach) -> None:
    """What somebody else denies, counts otherwise or sets his word against is disputed."""
    for i, one in enumerate(r.found):
        if one.voice == "hedged":
            continue
        _mark(r, contested(r, i), i, unchecked=False)
        if one.act == "denies":
            before = denied(r, i)
            _mark(r, [*before, *still_said(r, i, before)], i)
        elif no_proof(r, i) and (unproven := _unproven(r, i)):
            _mark(r, unproven, i)
        elif i and _counts_otherwise(r, i):
            _mark(r, [i - 1], i)
            _mark(r, [i], i - 1)
        elif i and (other := _held(r, i)) is not None:
            _mark(r, _with_run(r, other), i)
            _mark(r, [i], other)
        elif i and any(rule(r, i) for rule in _CONTRARY):
            _mark(r, [i - 1], i)
        elif i and _other_version(r, i):
            _mark(r, [i - 1], i)
            _mark(r, [i], i - 1)


def _unproven(r: Reach, i: int) -> list[int]:
    """The claims of the side that has shown no proof of them."""
    near = (j for j in range(max(0, i - 4), min(len(r.found), i + 4)) if j != i)
    near = (j for j in near if abs(sentence(r, j) - sentence(r, i)) <= 3)
    theirs = [j for j in near if r.found[j].act in ASSERTING and r.parties(j) & r.matter(i).names]
    theirs = [j for j in theirs if not r.parties(j) & r.parties(i) and not same_speaker(r, i, j)]
    beside = [j for j in theirs if j < i and sentence(r, i) - sentence(r, j) <= 1][-1:]
    return [j for j in theirs if j in beside or accuses(r, j) or r.matter(i).strong & r.matter(j).strong]


def _mark(r: Reach, among: list[int], by: int, *, unchecked: bool = True) -> None:
    """A denial counts more than that nobody could check; another account, or a quarrel over a result, does not."""
    weaker = {"claimed", "unacknowledged"}
    if r.found[by].act == "denies" and unchecked:
        weaker.add("unverified")
    for j in among:
        if r.found[j].standing in weaker:
            r.found[j].standing, r.found[j].standing_by = "disputed", r.found[by].cue


def _counts_otherwise(r: Reach, j: int) -> bool:
    """Two sources give two numbers for one thing: "15,000, say organisers; police put the crowd at 6,000"."""
    if not _answers(r, j):
        return False
    one, two = r.found[j - 1], r.found[j]
    first, second = _numbers(r, j - 1), _numbers(r, j)
    if one.act != "asserts" or not first or not second or first & second or _about_as_many(first, second):
        return False
    parsed = r.g.parsed
    inside = r.words(j)
    gives = two.cue_word >= 0 and parsed.lemma[two.cue_word] in words().counts
    back = _BACK | {"a", "an"} if gives else _BACK
    lent = any(_of_figures(parsed.lemma[w].lower()) and parsed.lower[w - 1] in back for w in inside)
    first_word, last = parsed.sentences[parsed.sent[inside[0]]]
    if not lent or any(parsed.lower[w] in words().earlier for w in range(first_word, last)):
        return False
    return (gives or _contrasted(r, j - 1, j)) and _one_count(r, j)


def _one_count(r: Reach, j: int) -> bool:
    """What is counted in the second is counted in the first: no "number of attackers" after the dead."""
    parsed = r.g.parsed
    told = r.matter(j - 1).strong | r.matter(j - 1).weak
    for w in r.words(j):
        of = next((k for k in parsed.kids[w] if parsed.lower[k] == "of"), None)
        if of is None or not _of_figures(parsed.lemma[w].lower()):
            continue
        what = {stem(parsed.lemma[x].lower()) for x in parsed.kids[of] if parsed.pos[x] == "NOUN"} - {""}
        if what and not what & told:
            return False
    return True


def _of_figures(lemma: str) -> bool:
    return lemma in words().figures or lemma in words().turnout


_BACK = frozenset({"the", "that", "their", "its", "this", "true", "real", "actual"})


def _numbers(r: Reach, i: int) -> frozenset[str]:
    parsed = r.g.parsed
    return frozenset(
        parsed.lower[w] for w in r.words(i) if parsed.pos[w] == "NUM" and not _YEAR.fullmatch(parsed.words[w])
    )


_YEAR = re.compile(r"(?:19|20)\d\d")


def _about_as_many(first: frozenset[str], second: frozenset[str]) -> bool:
    """ "15,000" and "15,163" are one count."""
    one, two = ({int(x.replace(",", "")) for x in told if x.replace(",", "").isdecimal()} for told in (first, second))
    return any(20 * abs(a - b) < max(a, b) for a in one for b in two if min(a, b) > _ROUND)


_ROUND = 100
"""Smaller counts are not rounded."""


def _contrasted(r: Reach, i: int, j: int) -> bool:
    """A "but", "while" or semicolon stands between the two, or a "lower" or "only" in the second."""
    parsed = r.g.parsed
    low, high = r.g.word_at(r.found[i].content[-1][1] - 1), r.g.word_at(r.found[j].content[-1][1] - 1)
    opens = r.g.word_at(r.found[j].content[0][0])
    near = [parsed.lower[w] for w in range(low, min(high + 1, len(parsed)))]
    between = [parsed.lower[w] for w in range(low, min(opens + (r.found[j].mode != "direct"), len(parsed)))]
    return any(w in words().contrast for w in between) or any(w in _COMPARED for w in near)


_COMPARED = frozenset({"far", "only", "lower", "higher", "fewer", "instead", "compared"})


def _gainsays(r: Reach, j: int) -> bool:
    """Somebody insists on the contrary of what was said right before: "police insist that no shots were fired"."""
    two = r.found[j]
    if two.cue_word < 0 or r.g.parsed.lemma[two.cue_word] not in words().rivals or not _answers(r, j):
        return False
    contrary = r.spoken(j) & _CONTRARY_TO
    one = r.matter(j - 1)
    return bool(contrary) and (same(r.matter(j), one) or bool(r.parties(j) & one.names))


_HIGHER = frozenset({"higher", "lower", "greater", "bigger", "smaller", "worse", "more", "less", "fewer"})


_OF_DEATH = frozenset(
    {"die", "death", "dead", "kill", "toll", "casualty", "victim", "perish", "lose", "figure", "number"}
)


def _far_higher(r: Reach, j: int) -> bool:
    """Somebody else says that the real number is another: "the true toll is far higher"."""
    parsed = r.g.parsed
    if not _answers(r, j) or not r.lemmas(j - 1) & _OF_DEATH or not _numbers(r, j - 1):
        return False
    inside = r.words(j)
    real = any(
        parsed.lower[w] in {"real", "true", "actual"} and parsed.lemma[parsed.head[w]].lower() in words().figures
        for w in inside
    )
    return real and any(parsed.lower[w] in _HIGHER for w in inside)


def _but_others(r: Reach, j: int) -> bool:
    """What one insists on, others go on to tell otherwise: "the ministry insists …. But residents say …"."""
    one, parsed = r.found[j - 1], r.g.parsed
    if one.cue_word < 0 or parsed.lemma[one.cue_word] not in {"insist", "maintain"} or not _answers(r, j):
        return False
    low = one.content[-1][1]
    between = range(r.g.word_at(low), r.g.word_at((r.found[j].speaker or (low, low))[0]))
    return any(parsed.lower[w] in {"but", "however", "yet"} for w in between)


def _other_version(r: Reach, j: int) -> bool:
    """Against what the one said another sets a cause or an accusation of his own, with "but" or "whereas"."""
    before = j - 1
    if not _answers(r, j) or not _set_against(r, before, j):
        return False
    if accuses(r, before) and r.parties(j) & r.matter(before).names:
        return bool(r.lemmas(j) & words().acts_done)
    return bool(r.lemmas(j) & _CAUSING) and bool(r.matter(before).strong & r.matter(j).strong)


_CAUSING = frozenset({"cause", "due", "blame", "responsible", "trigger", "provoke", "accident"})


def _set_against(r: Reach, i: int, j: int) -> bool:
    """A word of contrast stands between what the one said and who speaks next."""
    parsed = r.g.parsed
    low = r.g.word_at(r.found[i].content[-1][1] - 1)
    high = r.g.word_at(max((r.found[j].speaker or (0, 0))[0], low))
    return any(parsed.lower[w] in _AGAINST for w in range(low, min(high, low + _CLOSE)))


_AGAINST = frozenset({"but", "whereas", "however"})
_CLOSE = 14


def _held(r: Reach, j: int) -> int | None:
    """The statement before that a place was taken, where this one says that it is still held."""
    if not r.about[j] & words().holding or not fights(r, j):
        return None
    i = _rival_before(r, j)
    if i is None or not fights(r, i):
        return None
    told = r.lemmas(i)
    inside = r.spoken(j)
    taken = told & (words().taking | {"hold", "control"}) and _names_place(r, i)
    if not taken:
        return None
    return i if _repels(r, j) or (inside & _STILL and _is_held(r, j)) else None


def _rival_before(r: Reach, j: int) -> int | None:
    """What another side asserted last, at most three sentences before."""
    if r.found[j].act != "asserts" or r.found[j].voice != "attributed" or r.found[j].speaker is None:
        return None
    for i in range(j - 1, max(-1, j - 6), -1):
        one = r.found[i]
        if sentence(r, j) - sentence(r, i) > 3:
            return None
        if one.act in ASSERTING and one.voice == "attributed" and one.speaker is not None and not same_speaker(r, i, j):
            return None if r.parties(i) & r.parties(j) else i
    return None


def _with_run(r: Reach, i: int) -> list[int]:
    """The statement and those of its speaker right before it, as far as they tell of places taken."""
    near = (k for k in range(max(0, i - 4), i) if sentence(r, i) - sentence(r, k) <= 2 and same_speaker(r, k, i))
    return [*(k for k in near if r.lemmas(k) & words().taking), i]


def _names_place(r: Reach, j: int) -> bool:
    """It names a place or says of what sort it is."""
    parsed = r.g.parsed
    inside = r.words(j)
    return any(parsed.pos[w] == "PROPN" or parsed.lemma[w].lower() in words().grounds_held for w in inside)


def _is_held(r: Reach, j: int) -> bool:
    """The place is in somebody's hands or under control, or "still" held or defended."""
    parsed = r.g.parsed
    for w in r.words(j):
        if parsed.lemma[w] in _HOLDING and any(parsed.lower[k] in _STILL for k in parsed.kids[w]):
            return True
        if parsed.lower[w] in {"under", "in"} and parsed.dep[w] == "prep":
            what = {parsed.lemma[k] for k in parsed.kids[w]}
            if what & {"hand", "control", "possession"} and parsed.lemma[parsed.head[w]] in {"be", "remain", "stay"}:
                return True
    return False


_HOLDING = frozenset({"hold", "control", "defend", "retain", "keep"})


_STILL = frozenset(
    {"still", "remain", "remains", "remained", "continue", "continues", "continued", "its", "their", "his"}
)


def _repels(r: Reach, j: int) -> bool:
    """The attack failed, or those who speak, or troops, hold what was to be taken."""
    parsed = r.g.parsed
    if r.about[j] & {"repel", "repulse", "beat", "thwart", "foil"}:
        return True
    inside = (w for w in r.words(j) if parsed.lemma[w] == "hold")
    who = (k for w in inside for k in parsed.kids[w] if parsed.dep[k] == "nsubj")
    return any(parsed.lower[k] in _HOLDERS or parsed.lemma[k].lower() in _TROOPS for k in who)


_HOLDERS = OURS | {"it", "they", "he"}
_TROOPS = frozenset({"troop", "force", "army", "soldier", "unit", "defender", "garrison", "fighter", "brigade"})


def _answers(r: Reach, j: int) -> bool:
    """Two assertions in a row, by two speakers, at most a sentence apart."""
    one, two = r.found[j - 1], r.found[j]
    if one.act not in ASSERTING or two.act != "asserts" or one.voice != "attributed" or two.voice != "attributed":
        return False
    if one.speaker is None or two.speaker is None or same_speaker(r, j - 1, j) or goes_on_from(r, j):
        return False
    return sentence(r, j) - sentence(r, j - 1) <= 1


def _opposite(r: Reach, j: int) -> bool:
    """Right after it, somebody else says "no" of the same deed: "tear gas was fired", "no tear gas was fired"."""
    one, two = r.found[j - 1], r.found[j]
    if not _answers(r, j) or (one.mode == two.mode == "direct") or one.nested_in is not None:
        return False
    if r.says_no(j - 1) == r.says_no(j):
        return False
    left, right = r.matter(j - 1), r.matter(j)
    shared = (left.strong | left.weak) & (right.strong | right.weak)
    if len(shared) < 2 or not left.strong & right.strong:
        return False
    no, nor = _negated(r, j - 1, shared), _negated(r, j, shared)
    same_deed = _deed(r, j - 1) & _deed(r, j)
    return no != nor and bool(same_deed) and not r.says_no(j if no else j - 1)


def _deed(r: Reach, i: int) -> frozenset[str]:
    """Stems of the verbs that head what is said, and of what such a verb has no other meaning than: "was used"."""
    parsed = r.g.parsed
    heads = [w for w in r.words(i) if parsed.pos[w] == "VERB" and parsed.dep[w] in {"ccomp", "ROOT", "xcomp", "conj"}]
    stems = {stem(parsed.lemma[w].lower()) for w in heads}
    objects = {stem(parsed.lemma[k].lower()) for w in heads for k in parsed.kids[w] if parsed.dep[k] in _OBJECTS}
    return frozenset(stems | objects) - {""}


_OBJECTS = frozenset({"dobj", "nsubjpass"})


def _negated(r: Reach, i: int, shared: frozenset[str]) -> bool:
    """A shared word is denied: "no tear gas", "had not fired"."""
    parsed = r.g.parsed
    for w in r.words(i):
        if stem(parsed.lemma[w].lower()) not in shared:
            continue
        near = {parsed.lower[k] for k in parsed.kids[w]}
        if parsed.dep[w] == "nsubjpass":
            near |= {parsed.lower[k] for k in parsed.kids[parsed.head[w]]}
        if near & NEVER:
            return True
    return False


_CONTRARY = (_gainsays, _far_higher, _opposite, _but_others)
"""What the later of two says of the earlier."""
