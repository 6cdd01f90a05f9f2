"""What others say to a post's statements → those that are conceded or disputed."""

from __future__ import annotations

import re

from onrecord.statements.attribution_ground import Found, Ground, has_to
from onrecord.statements.parse import Parse
from onrecord.statements.standing_reach import NEAR, Reach, goes_on, sentence, span_words, start
from onrecord.statements.standing_remarks import said_by
from onrecord.statements.standing_words import words

_FIRST = re.compile(r"for the first time|publicly|finally")
_NEVER = frozenset({"not", "never", "no", "n't", "n’t", "nobody", "none", "without"})
_LOW = frozenset(
    {"yet", "refuse", "decline", "fail", "unwilling", "reluctant", "urge", "ask", "call", "press", "force"}
)
_ASSERTING = frozenset({"asserts", "warns"})


def concede(r: Reach) -> None:
    """Who admits a loss concedes it, here and where the other side had said it."""
    for at, one in enumerate(r.found):
        if _concedes(r, at):
            one.standing, one.standing_by = "conceded", one.cue
            for j in (*_said_before(r, at), *_regrets(r, at)):
                r.found[j].standing, r.found[j].standing_by = "conceded", one.cue


def _regrets(r: Reach, at: int) -> list[int]:
    """What who has conceded goes on to say of it: "It was a mistake, and it was ours"."""
    then = r.found[at + 1 : at + 2]
    if not then or sentence(r, at + 1) - sentence(r, at) > 2 or not goes_on(r.g, r.found[at], then[0]):
        return []
    spoken = {r.g.parsed.lower[w] for span in then[0].content for w in span_words(r.g, span)}
    return [at + 1] if then[0].mode == "direct" and spoken & _OURS and spoken & _SORRY else []


_SORRY = frozenset(
    {"error", "errors", "mistake", "mistakes", "sorry", "regret", "apologise", "apologize", "fault", "wrong"}
)
_SORRY |= {"failed", "failure", "responsible", "responsibility", "blame", "should", "unacceptable", "ashamed", "shame"}
_OURS = frozenset({"we", "our", "ours", "i", "my", "us"})


def _concedes(r: Reach, at: int) -> bool:
    parsed, one = r.g.parsed, r.found[at]
    if one.cue_word < 0 or one.voice == "hedged" or one.act in {"declines", "denies"}:
        return False
    if _in_an_admission(r, at):
        return True
    lemma = parsed.lemma[one.cue_word]
    if lemma in {"apologise", "apologize", "apology"}:
        return _hurts(r.g, one)
    if lemma in words().confirms and _owns_up(r, at):
        return True
    if lemma in words().confirms:
        both = one.speaker is not None and r.g.parsed.text[slice(*one.speaker)].lower().startswith("both ")
        return _hurts(r.g, one) and (both or (_its_own(r.g, one) and bool(_said_before(r, at))))
    if lemma in words().admitting:
        return lemma in {"admission", "confession"} or _hurts(r.g, one)
    if lemma not in words().admits or not _done(parsed, one.cue_word):
        return False
    if lemma == "acknowledge" and one.cue and _FIRST.search(parsed.text, one.cue[1], max(start(one), one.cue[1])):
        return True
    return (lemma in words().confesses and not _mild(r.g, one)) or _hurts(r.g, one)


def _mild(g: Ground, one: Found) -> bool:
    """Of what may come, or of how one is: "conceded that this could change", "admitted that she was nervous"."""
    start_word = g.word_at(start(one))
    opening = range(start_word, min(start_word + 14, g.word_at(one.content[0][1] - 1) + 1, len(g.parsed)))
    first = next((w for w in opening if g.parsed.tag[w] in {"MD", "VBD", "VBZ", "VBP"}), None)
    if first is None:
        return False
    state = (
        g.parsed.lemma[first] == "be" and g.parsed.pos[first] == "AUX" and g.parsed.dep[first] not in {"aux", "auxpass"}
    )
    return state or g.parsed.lower[first] in {"may", "might", "could", "can"}


def _in_an_admission(r: Reach, at: int) -> bool:
    """The sentence leads in with "In a rare admission, …"."""
    parsed, one = r.g.parsed, r.found[at]
    first, past = r.g.sentences[sentence(r, at)]
    if parsed.lower[first] != "in" or one.speaker is None:
        return False
    return any(parsed.lemma[w].lower() in words().admitting for w in range(first, min(first + 5, past)))


def _owns_up(r: Reach, at: int) -> bool:
    """In "his men had pulled back, confirming a claim to have taken it" a loss bears out another's claim."""
    claim = any(
        r.g.parsed.lemma[w].lower() in words().claims for span in r.found[at].content for w in span_words(r.g, span)
    )
    if not claim or not at or r.found[at - 1].sentence != r.found[at].sentence:
        return False
    before = r.found[at - 1]
    if before.speaker != r.found[at].speaker or not _hurts(r.g, before) or not _its_own(r.g, before):
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


def _its_own(g: Ground, one: Found) -> bool:
    """What is lost is the speaker's: "its troops had left", "the loss of the town"."""
    first = g.word_at(start(one))
    opening = set(g.parsed.lower[first : first + 4])
    return bool(opening & {"its", "their", "his", "her", "it", "they", "our", "we"}) or bool(
        {"loss", "losing"} & opening
    )


def _hurts(g: Ground, one: Found) -> bool:
    """The content tells of a loss or of something that was not done."""
    parsed = g.parsed
    inside = (w for span in one.content for w in span_words(g, span))
    return any(parsed.lemma[w].lower() in words().loss or parsed.lower[w] in _NEVER for w in inside)


def _said_before(r: Reach, at: int) -> list[int]:
    """What others had said of the same: what shares words, else the statement right before that tells of a loss."""
    one, mine = r.found[at], r.about[at]
    near = range(max(0, at - NEAR), min(len(r.found), at + NEAR))
    others = [j for j in near if j != at and not _same(r, j, at) and r.found[j].act not in {"denies", "declines"}]
    others = [j for j in others if r.found[j].standing in {"claimed", "unacknowledged"}]
    said = [j for j in others if _alike(r.about[j], mine)]
    if not said and at - 1 in others and r.about[at - 1] & (words().loss | mine):
        said = [at - 1] if sentence(r, at) - sentence(r, at - 1) <= 1 else []
    if not said and at + 1 in others and sentence(r, at + 1) == sentence(r, at):
        said = [at + 1] if r.about[at + 1] & words().loss or _takes(r, at + 1) else []
    both = one.cue_word >= 0 and r.g.parsed.lemma[one.cue_word] in words().confirms
    beside = [j for j in said if sentence(r, j) == sentence(r, at) and (r.about[j] & words().loss or _takes(r, j))]
    return [j for j in said if not both or len(r.about[j] & mine) >= 2 or j in beside]


def _alike(other: frozenset[str], mine: frozenset[str]) -> bool:
    """Most of what the shorter of the two is about is in the other."""
    shared = len(other & mine)
    return shared >= 2 and 2 * shared >= min(len(other), len(mine))


def _takes(r: Reach, j: int) -> bool:
    """It tells of a place taken."""
    inside = (w for span in r.found[j].content for w in span_words(r.g, span))
    return any(r.g.parsed.lemma[w].lower() in words().taking for w in inside)


def _same(r: Reach, i: int, j: int) -> bool:
    """Two statements by one speaker, as far as the words show it."""
    one, two = r.found[i], r.found[j]
    return one.speaker == two.speaker or bool(said_by(r.g, one) & said_by(r.g, two))


# -- disputed ----------------------------------------------------------------------------------------------------------


def dispute(r: Reach) -> None:
    """What somebody else denies, counts otherwise or sets his word against is disputed."""
    for i, one in enumerate(r.found):
        if one.voice == "hedged":
            continue
        if one.act == "denies":
            _mark(r, [*_denied(r, i), *_still_said(r, i)], i)
        elif i and (_counts_otherwise(r, i - 1, i) or _held(r, i)):
            _mark(r, [i - 1], i)
            _mark(r, [i], i - 1)
        elif i and (_gainsays(r, i) or _far_higher(r, i) or _opposite(r, i) or _but_others(r, i)):
            _mark(r, [i - 1], i)


def _mark(r: Reach, among: list[int], by: int) -> None:
    for j in among:
        if r.found[j].standing == "claimed":
            r.found[j].standing, r.found[j].standing_by = "disputed", r.found[by].cue


def _denied(r: Reach, i: int) -> list[int]:
    """What a denial denies: what shares its words, what it points to, what accuses the one who denies."""
    one = r.found[i]
    if _of_knowing(r, i):
        return []
    earlier = [j for j in range(max(0, i - NEAR), i) if r.found[j].act != "denies" and not _same(r, j, i)]
    earlier = [j for j in earlier if r.found[j].voice == "attributed" and r.found[j].act in _ASSERTING]
    sharing = [j for j in earlier if len(r.about[i] & r.about[j]) >= 2]
    who = said_by(r.g, one)
    if not sharing:
        near = [j for j in earlier if sentence(r, i) - sentence(r, j) <= 2]
        sharing = [j for j in near if who & r.about[j] and (_accuses(r, j) or r.about[i] & r.about[j])][-1:]
        sharing = sharing or _first_of([j for j in near if _share(r, i, j)], r)
        sharing = sharing or [j for j in near[-1:] if _accuses(r, j) and sentence(r, i) - sentence(r, j) <= 1]
    many = any(r.g.parsed.lower[w] in _PLURAL for span in one.content for w in span_words(r.g, span))
    if not sharing and many and (_points(r.g, one) or _pointing(r.g, one)):
        sharing = [j for j in earlier if sentence(r, i) - sentence(r, j) <= 3]
    if not sharing and earlier and (_points(r.g, one) or (len(r.about[i]) <= 3 and _pointing(r.g, one))):
        sharing = earlier[-1:]
    inner = [j for j in range(i, min(i + 4, len(r.found))) if r.found[j].nested_in == i]
    inner += [j for j in range(i + 1, min(i + 3, len(r.found))) if _named_in(r, j, i)]
    return sharing + [j for j in inner if r.found[j].speaker != one.speaker]


def _still_said(r: Reach, i: int) -> list[int]:
    """What others go on to say of the same thing: "He denied that he had been warned. His aide says he warned him"."""
    then = range(i + 1, min(i + 6, len(r.found)))
    told = (j for j in then if r.found[j].act == "asserts" and r.found[j].voice == "attributed")
    near = (j for j in told if sentence(r, j) - sentence(r, i) <= _SOON and not _same(r, j, i) and not _goes_on(r, j))
    return [j for j in near if _alike(r.about[i], r.about[j]) and not _says_no(r.g, r.found[j])]


_SOON = 4
"""So many sentences behind a denial others may go on to say what it denies."""


def _share(r: Reach, i: int, j: int) -> bool:
    """They share a word that is no mere name, and no claim of its own is denied: "his claim that … is false"."""
    parsed = r.g.parsed
    inside = [w for span in r.found[i].content for w in span_words(r.g, span)]
    if any(parsed.lemma[w].lower() in words().pointers and parsed.lower[w + 1 : w + 2] == ["that"] for w in inside[:6]):
        return False
    shared = r.about[i] & r.about[j] - words().pointers
    return any(parsed.pos[w] != "PROPN" and parsed.lemma[w].lower() in shared for w in inside)


def _first_of(among: list[int], r: Reach) -> list[int]:
    """The last of them, or what the same one says before it in its sentence: "…, claiming that …"."""
    if not among:
        return []
    last = among[-1]
    before = [j for j in among if sentence(r, j) == sentence(r, last) and _same(r, j, last)]
    return before[:1] or [last]


_PLURAL = frozenset({"claims", "reports", "accounts", "allegations", "accusations", "charges", "rumours", "rumors"})


def _named_in(r: Reach, j: int, i: int) -> bool:
    """The speaker of the one stands in the content of the other: "rejected claims by Ode, who said …"."""
    who = r.found[j].speaker
    return who is not None and any(a <= who[0] and who[1] <= b for a, b in r.found[i].content)


def _of_knowing(r: Reach, i: int) -> bool:
    """Only that he knew, saw or heard of it is denied, not the thing itself."""
    first = r.g.word_at(start(r.found[i]))
    return any(r.g.parsed.lemma[w].lower() in _KNOWING for w in range(first, min(first + 4, len(r.g.parsed))))


_KNOWING = frozenset(
    {"know", "knowledge", "see", "hear", "recall", "remember", "aware", "read", "receive", "awareness"}
)
_ACCUSING = frozenset({"accuse", "blame", "allege", "charge", "accusation", "allegation", "fault", "suspect"})


def _accuses(r: Reach, j: int) -> bool:
    word = r.found[j].cue_word
    return word >= 0 and r.g.parsed.lemma[word] in _ACCUSING


def _points(g: Ground, one: Found) -> bool:
    """The denied thing begins with "the accusation", "that claim"."""
    first = g.word_at(start(one))
    pointed = g.parsed.lower[first] in {"the", "this", "that", "such", "those", "these"}
    return pointed and g.parsed.lemma[min(first + 1, len(g.parsed) - 1)].lower() in words().pointers


def _pointing(g: Ground, one: Found) -> bool:
    """The denied thing is "the claim", "an accusation", "it"."""
    parsed = g.parsed
    if sum(len(parsed.text[a:b].split()) for a, b in one.content) > 4:
        return False
    return any(parsed.lemma[w].lower() in words().pointers for span in one.content for w in span_words(g, span))


def _goes_on(r: Reach, j: int) -> bool:
    """ "He", "she" or "it" is who has just spoken."""
    who = r.found[j].speaker
    return who is not None and r.g.parsed.text[slice(*who)].lower() in {"he", "she", "it"}


def _counts_otherwise(r: Reach, i: int, j: int) -> bool:
    """Two sources give two numbers for one thing: "15,000, say organisers; police put the crowd at 6,000"."""
    one, two = r.found[i], r.found[j]
    apart = sentence(r, j) - sentence(r, i)
    if (
        apart > 1
        or _same(r, i, j)
        or _goes_on(r, j)
        or one.act != "asserts"
        or two.act != "asserts"
        or two.voice != "attributed"
    ):
        return False
    first, second = _numbers(r.g, one), _numbers(r.g, two)
    if not first or not second or first & second:
        return False
    parsed = r.g.parsed
    inside = [w for span in two.content for w in span_words(r.g, span)]
    gives = two.cue_word >= 0 and parsed.lemma[two.cue_word] in words().counts
    back = _BACK | {"a", "an"} if gives else _BACK
    lent = any(
        parsed.lemma[w].lower() in words().figures | words().turnout and parsed.lower[w - 1] in back for w in inside
    )
    first_word, last = parsed.sentences[parsed.sent[inside[0]]]
    if any(parsed.lower[w] in words().earlier for w in range(first_word, last)):
        return False
    return lent and (gives or _contrasted(r, i, j))


_BACK = frozenset({"the", "that", "their", "its", "this", "true", "real", "actual"})


def _numbers(g: Ground, one: Found) -> frozenset[str]:
    return frozenset(
        g.parsed.lower[w]
        for span in one.content
        for w in span_words(g, span)
        if g.parsed.pos[w] == "NUM" and not _YEAR.fullmatch(g.parsed.words[w])
    )


_YEAR = re.compile(r"(?:19|20)\d\d")


def _contrasted(r: Reach, i: int, j: int) -> bool:
    """A "but", "while" or semicolon stands between the two, or begins the second."""
    parsed = r.g.parsed
    low, high = r.g.word_at(r.found[i].content[-1][1] - 1), r.g.word_at(r.found[j].content[-1][1] - 1)
    return any(parsed.lower[w] in words().contrast for w in range(low, min(high + 1, len(parsed))))


def _gainsays(r: Reach, j: int) -> bool:
    """Somebody insists on the contrary of what was said right before: "police insist that no shots were fired"."""
    one, two = r.found[j - 1], r.found[j]
    if two.cue_word < 0 or r.g.parsed.lemma[two.cue_word] not in words().rivals or one.speaker is None:
        return False
    if one.act not in _ASSERTING or one.voice != "attributed" or _same(r, j - 1, j):
        return False
    if sentence(r, j) - sentence(r, j - 1) > 1:
        return False
    inside = {r.g.parsed.lower[w] for span in two.content for w in span_words(r.g, span)}
    return bool(inside & (_NEVER | {"only", "nothing", "false", "fully", "safe", "lawful", "legal"}))


_HIGHER = frozenset({"higher", "lower", "greater", "bigger", "smaller", "worse", "more", "less", "fewer"})


_OF_DEATH = frozenset(
    {"die", "death", "dead", "kill", "toll", "casualty", "victim", "perish", "lose", "figure", "number"}
)


def _far_higher(r: Reach, j: int) -> bool:
    """Somebody else says that the real number is another: "the true toll is far higher"."""
    parsed, before = r.g.parsed, r.found[j - 1]
    if not _answers(r, j) or not _numbers(r.g, before):
        return False
    if not any(parsed.lemma[w].lower() in _OF_DEATH for span in before.content for w in span_words(r.g, span)):
        return False
    inside = [w for span in r.found[j].content for w in span_words(r.g, span)]
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


def _held(r: Reach, j: int) -> bool:
    """One says that it has taken a place, another right after that it still holds it."""
    one, two = r.found[j - 1], r.found[j]
    if not _answers(r, j):
        return False
    told = {r.g.parsed.lemma[w].lower() for span in one.content for w in span_words(r.g, span)}
    inside = {r.g.parsed.lower[w] for span in two.content for w in span_words(r.g, span)}
    still = told & {"hold", "control"} and "control" in r.about[j] and inside & {"still", "remain", "remains"}
    if not told & words().taking and not still:
        return False
    return bool(r.about[j] & words().holding and (inside & _STILL or _one_place(r, j) or _repels(r, j)))


def _one_place(r: Reach, j: int) -> bool:
    """Both name the same place or side."""
    parsed = r.g.parsed
    shared = r.about[j] & r.about[j - 1]
    inside = (w for span in r.found[j].content for w in span_words(r.g, span))
    return any(parsed.pos[w] == "PROPN" and parsed.lemma[w].lower() in shared for w in inside)


_STILL = frozenset(
    {"still", "remain", "remains", "remained", "continue", "continues", "continued", "its", "their", "his"}
)


def _repels(r: Reach, j: int) -> bool:
    """The attack failed, or those who speak, or troops, hold what was to be taken."""
    parsed = r.g.parsed
    if r.about[j] & {"repel", "repulse", "beat", "thwart", "foil"}:
        return True
    inside = (w for span in r.found[j].content for w in span_words(r.g, span) if parsed.lemma[w] == "hold")
    who = (k for w in inside for k in parsed.kids[w] if parsed.dep[k] == "nsubj")
    return any(parsed.lower[k] in _OURS | {"it", "they", "he"} or parsed.lemma[k].lower() in _TROOPS for k in who)


_TROOPS = frozenset({"troop", "force", "army", "soldier", "unit", "defender", "garrison", "fighter", "brigade"})


def _answers(r: Reach, j: int) -> bool:
    """Two assertions in a row, by two speakers, at most a sentence apart."""
    one, two = r.found[j - 1], r.found[j]
    if one.act not in _ASSERTING or two.act != "asserts" or one.voice != "attributed" or two.voice != "attributed":
        return False
    if one.speaker is None or two.speaker is None or _same(r, j - 1, j) or _goes_on(r, j):
        return False
    return sentence(r, j) - sentence(r, j - 1) <= 1


def _opposite(r: Reach, j: int) -> bool:
    """Right after it, somebody else says "no" of the same: "tear gas was fired", "no tear gas was used"."""
    one, two = r.found[j - 1], r.found[j]
    if not _answers(r, j) or (one.mode == two.mode == "direct"):
        return False
    shared = {w for w in r.about[j - 1] & r.about[j] if len(w) > 2}
    if len(shared) < 2:
        return False
    no, nor = _negated(r.g, one, shared), _negated(r.g, two, shared)
    return no != nor and not _says_no(r.g, two if no else one)


def _says_no(g: Ground, one: Found) -> bool:
    return any(g.parsed.lower[w] in _NEVER for span in one.content for w in span_words(g, span))


def _negated(g: Ground, one: Found, shared: set[str]) -> bool:
    """A shared word is denied: "no tear gas", "had not fired"."""
    parsed = g.parsed
    for span in one.content:
        for w in span_words(g, span):
            if parsed.lemma[w].lower() not in shared:
                continue
            near = {parsed.lower[k] for k in parsed.kids[w]}
            if parsed.dep[w] == "nsubjpass":
                near |= {parsed.lower[k] for k in parsed.kids[parsed.head[w]]}
            if near & _NEVER:
                return True
    return False
