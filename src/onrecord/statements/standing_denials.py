"""A denial → the statements that it denies.

A denial reaches what speaks of the same matter. One that only points ("denied the claim") reaches what was said of
those who deny, or what was said right before it.
"""

from __future__ import annotations

from onrecord.statements import sides
from onrecord.statements.attribution_ground import FINITE, Ground, agent, below
from onrecord.statements.mentions_words import words as people_words
from onrecord.statements.parse import Parse
from onrecord.statements.standing_matter import Matter, names, same, same_count, stem
from onrecord.statements.standing_reach import ASSERTING, NEAR, Reach, sentence, start
from onrecord.statements.standing_remarks import content_words, said_by
from onrecord.statements.standing_words import words

FAR = 8
"""So many sentences before or behind it a denial of the same matter may stand."""
NEAR_BY = 5
"""So many sentences back a denial that only points may reach, where the statement names who denies."""
NAMING = frozenset({"NOUN", "PROPN"})
_PRONOUNS = frozenset({"he", "she", "it", "they", "we", "i", "who", "which"})


def same_speaker(r: Reach, i: int, j: int) -> bool:
    """Two statements by one speaker, as far as the words show it; "he" is who spoke by name right before."""
    one, two = r.found[named_speaker(r, i)], r.found[named_speaker(r, j)]
    return one.speaker == two.speaker or bool(said_by(r.g, one) & said_by(r.g, two) - _PRONOUNS)


def named_speaker(r: Reach, i: int) -> int:
    """The statement whose speaker goes on in this one as "he" or "it"; itself when it names its own."""
    at = i
    for _ in range(4):
        who = r.found[at].speaker
        if who is None or not at or not _means_another(r.g.parsed.text[slice(*who)].lower()):
            return at
        before = next((j for j in range(at - 1, -1, -1) if r.found[j].nested_in is None), None)
        if before is None or sentence(r, at) - sentence(r, before) > 2 or not _agrees(r, before, at):
            return i
        at = before
    return i


def _means_another(who: str) -> bool:
    """ "He", "the company": somebody named before."""
    return who in _GOING_ON or (who.startswith("the ") and who[4:] in people_words().sets["generic"])


_GOING_ON = frozenset({"he", "she", "it", "they"})


def _agrees(r: Reach, before: int, at: int) -> bool:
    """ "He" may be somebody with a name, "it" and "they" a body or a country."""
    one, two = r.found[before].speaker, r.found[at].speaker
    if one is None or two is None:
        return False
    parsed = r.g.parsed
    last = min(r.g.word_at(one[1] - 1), len(parsed) - 1)
    pronoun = parsed.text[slice(*two)].lower()
    if parsed.text[slice(*one)].lower() in _GOING_ON:
        return parsed.text[slice(*one)].lower() == pronoun
    if r.found[at].act == "denies" and sentence(r, at) == sentence(r, before):
        return False  # "…, a claim it has denied" is no claim of its own
    if pronoun not in _GOING_ON and not any(parsed.pos[w] == "PROPN" for w in r.g.words_in(one)):
        return False
    country = bool(names(r.g, range(last, last + 1)) & side_of(parsed.words[last]))
    if pronoun in {"he", "she"}:
        first = min(r.g.word_at(one[0]), len(parsed) - 1)
        named = parsed.pos[first] == "PROPN" and last > first and not side_of(parsed.words[first])
        return (named and "," in parsed.words[first:last]) or (
            parsed.pos[last] == "PROPN" and parsed.tag[last] != "NNPS" and not country
        )
    plural = parsed.tag[last] in {"NNS", "NNPS"}
    return (country or parsed.pos[last] == "NOUN" or plural) and not (plural and pronoun == "it")


def side_of(word: str) -> frozenset[str]:
    """The country or body that a word names."""
    known = sides.of(word)
    return frozenset({(known.side or known.name).lower()}) if known else frozenset()


def goes_on_from(r: Reach, j: int) -> bool:
    """ "He", "she" or "it" is who has just spoken."""
    who = r.found[j].speaker
    return who is not None and r.g.parsed.text[slice(*who)].lower() in {"he", "she", "it"}


# -- denials that are statements ---------------------------------------------------------------------------------------


def denied(r: Reach, i: int) -> list[int]:
    """What a denial denies: the claim inside it, what speaks of the same matter, what it points to."""
    if _of_knowing(r, i):
        return []
    inner = _inside(r, i)
    if _of_a_thing(r, i) or _of_a_vote(r, i) or _owned_claim(r, i):
        return inner
    earlier = [j for j in range(max(0, i - NEAR), i) if _claims(r, j) and not same_speaker(r, i, j)]
    earlier = [j for j in earlier if not of_denial(r, j) and not _calls_it_so_too(r, i, j)]
    earlier = [j for j in earlier if sentence(r, i) - sentence(r, j) <= FAR and not _around(r, j, i)]
    if owner := _owner_of(r, i):
        return _owners_own(r, i, owner, earlier) + inner
    who = r.parties(i)
    alike = [j for j in earlier if _one_matter(r, i, j) or _of_them(r, i, j, who)]
    if alike:
        return alike + inner
    attributed = [j for j in earlier if r.found[j].voice == "attributed"]
    pointed = _pointed(r, i, attributed) if not inner and points(r, i) else []
    return pointed + inner


def _owners_own(r: Reach, i: int, owner: frozenset[str], earlier: list[int]) -> list[int]:
    """What the owner of the claim said last; of "the allegations", all of his accusations."""
    theirs = [j for j in earlier if owner & (said_by(r.g, r.found[j]) | r.parties(j))]
    several = r.spoken(i) & _SEVERAL
    return [j for j in theirs if j == theirs[-1] or (several and accuses(r, j))]


def of_denial(r: Reach, j: int) -> bool:
    """It tells that somebody denies or doubts a claim, and claims nothing itself: "he wants the report rejected"."""
    told = r.lemmas(j)
    return bool(told & words().denials) and bool(told & _TOLD_OF)


def _calls_it_so_too(r: Reach, i: int, j: int) -> bool:
    """Both call one thing untrue: "accused them of a fake count", "described the results as bogus"."""
    one, untrue = r.found[i], words().falsehoods | words().rigged
    if not r.lemmas(j) & untrue or one.cue_word < 0:
        return False
    verb = r.g.parsed.lemma[one.cue_word]
    return verb not in words().denials or (verb in words().rejects and bool(r.lemmas(i) & words().polls))


_TOLD_OF = frozenset({"claim", "allegation", "accusation", "charge", "report", "rumour", "rumor", "assertion"})


def _owner_of(r: Reach, i: int) -> frozenset[str]:
    """Whose claim is denied: "Ode's claim that …", "the union's account"."""
    parsed = r.g.parsed
    first = r.g.word_at(start(r.found[i]))
    nouns = [w for w in range(first, min(first + 6, len(parsed))) if parsed.lemma[w].lower() in words().pointers]
    return owners(r.g, nouns[0]) if nouns else frozenset()


def _one_matter(r: Reach, i: int, j: int) -> bool:
    """They speak of the same matter; where the claim does not tell what is denied to be done, by three words."""
    one, two = r.matter(i), r.matter(j)
    done = _done(r, i)
    if done and done in two.strong and sentence(r, i) - sentence(r, j) <= 2:
        return True
    if same_count(one, two):
        return True
    if not same(one, two):
        return False
    return not done or done in two.strong | two.weak or len(one.strong & two.strong) > 2


def _done(r: Reach, i: int) -> str:
    """The stem of what is denied to have been done: "denied stealing the cranes", "denied that it would resign"."""
    parsed = r.g.parsed
    done = (w for w in r.words(i) if parsed.pos[w] == "VERB" and parsed.dep[w] in {"ccomp", "xcomp", "pcomp", "acl"})
    first = next(done, None)
    return stem(parsed.lemma[first].lower()) if first is not None else ""


def _around(r: Reach, j: int, i: int) -> bool:
    """The one holds the other: "it is understood that the club found no substance in it"."""
    one, two = r.found[j].content, r.found[i].content
    return one[0][0] <= two[0][0] and two[-1][1] <= one[-1][1]


def owners(g: Ground, head: int) -> frozenset[str]:
    """Whose claim it is: "the army's account", "Ode's claim", "US claims", "a report by Reis", "… from Norvia"."""
    parsed = g.parsed
    given = frozenset(x for giver in _givers(parsed, head) for x in content_words(g, below(parsed, giver)))
    owners = [k for k in parsed.kids[head] if parsed.dep[k] == "poss" and parsed.pos[k] != "PRON"]
    named = [k for k in parsed.kids[head] if parsed.dep[k] in {"compound", "amod"} and parsed.words[k][0].isupper()]
    of_named = frozenset(x for k in named for x in names(g, range(parsed.subtree(k)[0], k + 1)))
    of_owners = {parsed.lemma[w].lower() for k in owners for w in below(parsed, k) if parsed.pos[w] in NAMING}
    return given | of_named | of_owners


def _givers(parsed: Parse, noun: int) -> list[int]:
    """Who stands behind the "by" or "from" of a noun."""
    by = agent(parsed, noun)
    ways = [k for k in parsed.kids[noun] if parsed.lower[k] == "from"]
    given = [k for way in ways for k in parsed.kids[way] if parsed.dep[k] == "pobj"]
    return given if by is None else [by, *given]


def _of_them(r: Reach, i: int, j: int, who: frozenset[str]) -> bool:
    """Only "any attacks" is denied, and such things were said of those who deny; or they have just been accused."""
    one, two = r.matter(i), r.matter(j)
    if who & two.names and accuses(r, j) and sentence(r, i) - sentence(r, j) <= _SOON:
        return True
    return not one.strong and bool(one.weak & two.weak) and bool(who & two.names)


def _of_a_thing(r: Reach, i: int) -> bool:
    """A bill, a result or an offer is rejected, and nothing that was said."""
    one, parsed = r.found[i], r.g.parsed
    if one.cue_word < 0:
        return False
    if any(parsed.dep[k] == "dative" for k in parsed.kids[one.cue_word]):
        return True  # "denied it further loans"
    if parsed.lemma[one.cue_word] not in words().rejects:
        return False
    inside = r.words(i)
    if any(parsed.tag[w] in FINITE or parsed.tag[w] == "VBG" or parsed.lower[w] == "that" for w in inside):
        return False
    pointers, tellings = words().pointers, words().tellings
    return not any(parsed.lemma[w].lower() in pointers or parsed.lemma[w].lower() in tellings for w in inside)


def _of_a_vote(r: Reach, i: int) -> bool:
    """It runs down a result or a poll and denies nothing: "described the results as bogus"."""
    one, parsed = r.found[i], r.g.parsed
    if one.cue_word < 0 or parsed.lemma[one.cue_word] in words().denials:
        return False
    noun = next((w for w in r.words(i) if parsed.pos[w] == "NOUN"), None)
    return noun is not None and parsed.lemma[noun] in words().polls


def still_said(r: Reach, i: int, before: list[int]) -> list[int]:
    """What others go on to say of the same thing: "He denied that he had been warned. His aide says he warned him".
    `before` is what the denial means before it."""
    one = r.found[i]
    if one.cue_word < 0 or r.g.parsed.lemma[one.cue_word] not in words().denials or _of_a_thing(r, i):
        return []
    then = [j for j in range(i + 1, min(i + 6, len(r.found))) if r.found[j].nested_in != i]
    told = (j for j in then if r.found[j].act == "asserts" and r.found[j].voice == "attributed")
    near = (j for j in told if sentence(r, j) - sentence(r, i) <= _SOON)
    others = (j for j in near if not same_speaker(r, j, i) and not goes_on_from(r, j))
    owner = frozenset() if before else _owner_of(r, i)
    said = (j for j in others if _mostly(r.matter(i), r.matter(j)) or _accused(r, i, j) or _speaks(r, owner, i, j))
    return [j for j in said if not r.says_no(j)]


def _speaks(r: Reach, owner: frozenset[str], i: int, j: int) -> bool:
    """Whose claim was denied goes on to tell of it: "rejected the union's report on pay. The union said pay was …"."""
    theirs = owner & (said_by(r.g, r.found[j]) | r.parties(j))
    told = r.matter(i).strong - {stem(word) for word in owner}
    return bool(theirs) and (not told or bool(told & r.matter(j).strong))


def _accused(r: Reach, i: int, j: int) -> bool:
    """Somebody accuses of the very thing; or of anything, by name, who denies "the accusation"."""
    if not accuses(r, j):
        return False
    if same(r.matter(i), r.matter(j)):
        return True
    named = bool(r.parties(i) & r.matter(j).names)
    return named and bool(r.lemmas(i) & words().charges)


def _mostly(one: Matter, two: Matter) -> bool:
    """They share half of what the shorter has, two words at least."""
    shared = len(one.strong & two.strong)
    return shared >= 2 and 2 * shared >= min(len(one.strong), len(two.strong))


_SOON = 3
"""So many sentences behind a denial others may go on to say what it denies."""


def _claims(r: Reach, j: int) -> bool:
    one = r.found[j]
    return one.act in ASSERTING


def _inside(r: Reach, i: int) -> list[int]:
    """Others' claims that the denial tells: "denied the union's claim that …", "rejected claims by Ode, who said …"."""
    inner = [j for j in range(i, min(i + 4, len(r.found))) if r.found[j].nested_in == i]
    inner += [j for j in range(i + 1, min(i + 3, len(r.found))) if _named_in(r, j, i)]
    inner = [j for j in inner if r.found[j].speaker != r.found[i].speaker]
    return [j for j in inner if r.found[j].act not in {"denies", "declines"}]


def _named_in(r: Reach, j: int, i: int) -> bool:
    who = r.found[j].speaker
    return who is not None and any(a <= who[0] and who[1] <= b for a, b in r.found[i].content)


def _owned_claim(r: Reach, i: int) -> bool:
    """A claim of its own is denied, which nobody has made here: "his claim that … is false"."""
    parsed = r.g.parsed
    inside = r.words(i)[:6]
    own = any(parsed.lemma[w].lower() in words().pointers and parsed.lower[w + 1 : w + 2] == ["that"] for w in inside)
    return own and not same_before(r, i)


def same_before(r: Reach, i: int) -> bool:
    """Somebody has said the same matter before."""
    return any(_claims(r, j) and same(r.matter(i), r.matter(j)) for j in range(max(0, i - NEAR), i))


def _of_knowing(r: Reach, i: int) -> bool:
    """Only that he knew, saw or heard of it is denied, not the thing itself."""
    first = r.g.word_at(start(r.found[i]))
    return any(r.g.parsed.lemma[w].lower() in _KNOWING for w in range(first, min(first + 4, len(r.g.parsed))))


_KNOWING = frozenset(
    {"know", "knowledge", "see", "hear", "recall", "remember", "aware", "read", "receive", "awareness"}
)


# -- what a denial points to -------------------------------------------------------------------------------------------


def points(r: Reach, i: int) -> bool:
    """The denied thing is "the claim", "any involvement", "it" (a lie), and nothing in particular."""
    parsed = r.g.parsed
    inside = r.words(i)
    if r.found[i].mode == "direct" and _flatly(r, i):
        return True
    if not inside or (len(inside) == 1 and parsed.lower[inside[0]] in THINGS):
        return bool(inside)
    at = next((w for w in inside[:6] if _pointer(parsed, w)), None)
    if at is None:
        return False
    if any(parsed.pos[w] == "VERB" and parsed.lemma[w] not in words().falsehoods for w in inside if w < at):
        return False
    told = {*parsed.lower[at + 1 : at + 2], *(x for x in parsed.lower[at + 2 : at + 5] if x == "that")}
    return not told & {"that", "of", "by", "about", "from", "in", "to"} or not r.matter(i).strong


def _flatly(r: Reach, i: int) -> bool:
    """One of its sentences says no more than that "it" or "the claim" is untrue: "That is false"."""
    return any(next(words().flat.find(r.g.parsed, *span), None) is not None for span in r.found[i].content)


def _pointer(parsed: Parse, word: int) -> bool:
    """It may stand for what was said: "the claim", "this"; no "it" that does something."""
    lemma = parsed.lemma[word].lower()
    if parsed.lower[word] in THINGS:
        return parsed.dep[word] in {"dobj", "pobj"}
    return lemma in words().pointers and lemma not in THINGS and parsed.pos[word] in NAMING


THINGS = frozenset({"it", "this", "that", "them", "these", "those"})
_SEVERAL = frozenset({"claims", "reports", "accounts", "allegations", "accusations", "charges", "rumours", "rumors"})
_SEVERAL |= {"report", "account"}
"""What is denied may be all that somebody has said, and no one thing of it."""


def _pointed(r: Reach, i: int, earlier: list[int]) -> list[int]:
    """Statements that name who denies; else the accusation, or the statement, right before."""
    here = sentence(r, i)
    near = [j for j in earlier if here - sentence(r, j) <= NEAR_BY]
    who = r.parties(i)
    near = [j for j in near if not who & r.parties(j)]  # no claim of the side that denies
    if within := [j for j in near if sentence(r, j) == here]:
        return within[-1:]
    if any(r.g.parsed.lower[w] in {"a", "an"} for w in r.words(i)[:1]):
        return []  # "…, a claim it denied" points to nothing but its own sentence
    spoken = r.spoken(i)
    if theirs := _claimed_by(r, i, near):
        return theirs
    about = [j for j in near if who & r.matter(j).names]
    if about:
        return about if spoken & _SEVERAL else sorted({about[-1], *_rivals_word(r, i, near)})
    if spoken & _ACCUSING and (charged := [j for j in earlier if accuses(r, j)]):
        return [j for j in charged if same_speaker(r, j, charged[-1])]
    close = [j for j in near if here - sentence(r, j) <= 2 and accuses(r, j)]
    if close:
        return close[-1:]
    if r.lemmas(i) & words().pleas:
        return []  # "any wrongdoing" is no word for a claim right before
    beside = [j for j in _last_told(r, near, here) if len(r.matter(j).strong | r.matter(j).weak) > 1]
    if spoken & _SEVERAL and beside:
        return [j for j in near if same_speaker(r, j, beside[-1])]
    return beside_run(r, beside)


def _rivals_word(r: Reach, i: int, near: list[int]) -> list[int]:
    """What the other side in a fight told right before its rival denies it."""
    last = near[-1]
    beside = sentence(r, i) - sentence(r, last) == 1 and named_speaker(r, last) == last
    return [last] if beside and fights(r, i) and fights(r, last) else []


_ACCUSING = frozenset({"claims", "allegations", "accusations", "allegation", "accusation", "charge", "charges"})


def _claimed_by(r: Reach, i: int, near: list[int]) -> list[int]:
    """What "his claims", "their allegation" means: the accusations of who spoke last."""
    parsed = r.g.parsed
    inside = r.words(i)[:4]
    owned = any(parsed.lower[w] in _THEIRS and parsed.lemma[parsed.head[w]].lower() in _TOLD_OF for w in inside)
    if not owned or not near or sentence(r, i) - sentence(r, near[-1]) > 2:
        return []
    return [j for j in near if same_speaker(r, j, near[-1]) and (accuses(r, j) or j == near[-1])]


_THEIRS = frozenset({"his", "her", "their", "its"})


def _last_told(r: Reach, near: list[int], here: int) -> list[int]:
    """The statements of the last sentence that holds any, at most two sentences back."""
    if not near or here - sentence(r, near[-1]) > 2:
        return []
    return [j for j in near if sentence(r, j) == sentence(r, near[-1])]


def beside_run(r: Reach, among: list[int]) -> list[int]:
    """The last of them, or what the same one says before it in its sentence: "…, claiming that …"."""
    if not among:
        return []
    last = among[-1]
    before = [j for j in among if sentence(r, j) == sentence(r, last) and same_speaker(r, j, last)]
    return before[:1] or [last]


def fights(r: Reach, j: int) -> bool:
    """An army, rebels or a country speak, or who speaks for them."""
    one = r.found[j]
    return bool(said_by(r.g, one) & words().fighters) or bool(r.parties(j))


def accuses(r: Reach, j: int) -> bool:
    """It accuses, blames or charges somebody."""
    word = r.found[j].cue_word
    return word >= 0 and r.g.parsed.lemma[word] in words().charges
