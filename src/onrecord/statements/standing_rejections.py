"""A remark that somebody rejects something ("a claim the army disputes", "he called it a lie") → what it means."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

from onrecord.statements.attribution_ground import Found, Ground, below, has_to, subject
from onrecord.statements.parse import Parse
from onrecord.statements.standing_denials import (
    FAR,
    NEAR_BY,
    THINGS,
    accuses,
    named_speaker,
    of_denial,
    owners,
    same_speaker,
    side_of,
)
from onrecord.statements.standing_matter import names, same
from onrecord.statements.standing_reach import ASSERTING, NEAR, Reach, sentence, start
from onrecord.statements.standing_remarks import Remark, said_by
from onrecord.statements.standing_words import told, words


def disputed(r: Reach, remark: Remark, before: list[int]) -> list[int]:
    """What a remark such as "a claim the army disputes", "he called the report a lie" means."""
    parsed = r.g.parsed
    text = parsed.text[slice(*remark.span)].lower()
    if text.startswith(_UNTRULY):
        return [i for i, one in enumerate(r.found) if one.cue and remark.span[0] <= one.cue[0] < remark.span[1]]
    form = _form(r.g, remark, text)
    if form is None:
        return []
    others = _others(r, remark, before)
    beside = [i for i in others if sentence(r, i) == remark.sentence]
    if form == "defence":
        near = [i for i in others if remark.sentence - sentence(r, i) <= NEAR_BY and r.found[i].act in ASSERTING]
        return [
            i for i in near if remark.who & r.about[i] or names(r.g, _subject_range(r.g, remark)) & r.matter(i).names
        ]
    if form == "plea":
        charged = [i for i in others if remark.sentence - sentence(r, i) <= 3 and _charged(r, i)]
        charged = charged or _charged_then(r, remark)
        return [i for i in charged if same_speaker(r, i, charged[-1])]
    if beside:
        return beside[-1:]
    if form == "beside":
        return []
    return _told_before(r, remark, others, form)


def _charged_then(r: Reach, remark: Remark) -> list[int]:
    """What the prosecution says right behind a plea: "Voss pleaded not guilty. Detectives allege …"."""
    first = bisect_right(r.found, remark.span[1], key=start)
    later = (i for i in range(first, min(len(r.found), first + NEAR)) if 0 < sentence(r, i) - remark.sentence <= 2)
    told = (i for i in later if r.found[i].act in ASSERTING and r.found[i].voice == "attributed")
    return [i for i in told if _charged(r, i)]


def _others(r: Reach, remark: Remark, before: list[int]) -> list[int]:
    """Claims of others than those who reject."""
    deniers = [i for i, one in enumerate(r.found) if _is_denial(one, remark)]
    who = remark.who.union(*(said_by(r.g, r.found[i]) for i in deniers))
    last = next((k for k in before[::-1] if remark.sentence - sentence(r, k) <= 2), None)
    speaker = last if _by_pronoun(r, remark) else None
    others = [i for i in before if not who & said_by(r.g, r.found[i]) and r.found[i].act in _CLAIMING]
    if not any(r.g.parsed.lemma[w] == "denial" for w in range(*r.g.sentences[remark.sentence])):
        others = [i for i in others if r.found[i].act != "denies"]
    told_by = [i for i, one in enumerate(r.found) if any(a <= remark.span[0] < b for a, b in one.content)]
    others = [i for i in others if not any(same_speaker(r, i, k) for k in told_by)]
    others = [i for i in others if not of_denial(r, i) and not r.parties(i) & _rejecting(r, remark)]
    others = [i for i in others if not any(same_speaker(r, i, k) for k in deniers)]
    if speaker is not None and not deniers and _a_person(r, speaker) and not of_another(r, remark, speaker):
        others = [i for i in others if not same_speaker(r, i, speaker)]
    if any(one.act == "denies" and sentence(r, i) == remark.sentence for i, one in enumerate(r.found)):
        others = [i for i in others if r.found[i].act != "denies"]  # both deny: "baseless"; "he called it fiction"
    return others


def _rejecting(r: Reach, remark: Remark) -> frozenset[str]:
    """The names of who rejects, a country's under its short name: Kyiv's ministers are Ukraine's."""
    parsed = r.g.parsed
    told = [w for w in range(*remark.clause) if parsed.lemma[w].lower() in remark.who]
    verb = next((w for w in r.g.words_in(remark.span) if parsed.pos[w] == "VERB"), None)
    who = subject(parsed, verb) if verb is not None else None
    told += [w for w in below(parsed, who) if w < (verb or 0)] if who is not None else []
    return frozenset(name for w in told for name in names(r.g, range(w, w + 1)))


def of_another(r: Reach, remark: Remark, i: int) -> bool:
    """In "Reis says that Leal knew of it, but HE has denied it" it is Leal who denies."""
    parsed = r.g.parsed
    if sentence(r, i) != remark.sentence or parsed.lower[remark.clause[0]] not in {"but", "although", "though"}:
        return False
    named = (w for w in r.words(i) if parsed.pos[w] == "PROPN" and not side_of(parsed.words[w]))
    return any(parsed.dep[w] in {"nsubj", "nsubjpass", "dobj", "attr"} for w in named)


def _by_pronoun(r: Reach, remark: Remark) -> bool:
    """ "He rejected the claim", with nobody else named in the clause before it."""
    parsed = r.g.parsed
    before = range(remark.clause[0], max(remark.clause[0], r.g.word_at(remark.span[0])))
    nouns = any(parsed.pos[w] in {"NOUN", "PROPN"} for w in before)
    return not nouns and any(parsed.lower[w] in {"he", "she"} for w in before)


def _a_person(r: Reach, i: int) -> bool:
    who = r.found[i].speaker
    if who is None:
        return False
    last = min(r.g.word_at(who[1] - 1), len(r.g.parsed) - 1)
    return r.g.parsed.pos[last] == "PROPN" and not side_of(r.g.parsed.words[last])


def _told_before(r: Reach, remark: Remark, others: list[int], form: str) -> list[int]:
    """In earlier sentences: what is of the same matter, else what is pointed to."""
    parsed = r.g.parsed
    near = [i for i in others if remark.sentence - sentence(r, i) <= FAR]
    head = remark.head
    told = head is not None and any(
        parsed.dep[k] in {"acl", "ccomp"} or _of_doing(parsed, k) for k in parsed.kids[head]
    )
    owned = owners(r.g, head) if head is not None else frozenset()
    theirs = [i for i in near if owned & (said_by(r.g, r.found[i]) | r.parties(i))]
    topics = r.matter_of(head)
    alike = [i for i in near if topics.strong and same(topics, r.matter(i))]
    if alike or told or form == "matter":
        return alike[-1:]
    if theirs:
        return theirs[-1:]
    who = names(r.g, _subject_range(r.g, remark))
    about = [i for i in near if remark.sentence - sentence(r, i) <= NEAR_BY and who & r.matter(i).names]
    if about:
        return [i for i in near if i >= about[-1] and same_speaker(r, i, about[-1])]
    close = [i for i in near if remark.sentence - sentence(r, i) <= 1]
    return close[-1:]


def _of_doing(parsed: Parse, of: int) -> bool:
    """ "The claim of destroying four tanks" tells what is claimed."""
    return parsed.lower[of] == "of" and any(parsed.dep[k] == "pcomp" for k in parsed.kids[of])


def _subject_range(g: Ground, remark: Remark) -> range:
    first = remark.clause[0]
    return range(first, max(first, g.word_at(remark.span[0])))


def _is_denial(one: Found, remark: Remark) -> bool:
    """The remark is a statement's own cue: "he denies the accusation that …"; nobody disputes himself."""
    return one.act == "denies" and one.cue is not None and remark.span[0] <= one.cue[0] < remark.span[1]


_CLAIMING = frozenset({"asserts", "warns", "denies"})
_UNTRULY = ("falsely", "wrongly", "incorrectly", "erroneously")
_ASKING = frozenset({"call", "urge", "ask", "appeal", "tell", "want", "demand", "expect", "beg", "press", "invite"})
_PLEA = re.compile(r"\bguilty|innocence|charges?$|wrongdoing", re.IGNORECASE)
_DOES_NOT = ("do not", "does not", "did not", "don", "does", "did", "will not", "won", "would not")
_DESPITE = ("despite", "cast", "raise", "threw", "throw", "express", "voice", "question", "challeng")


def _charged(r: Reach, i: int) -> bool:
    return accuses(r, i) or bool(said_by(r.g, r.found[named_speaker(r, i)]) & words().charging)


# -- what form a remark has --------------------------------------------------------------------------------------------


def _form(g: Ground, remark: Remark, text: str) -> str | None:
    """How far a remark reaches: beside (its own sentence), points, matter (what shares words), plea; None for none."""
    parsed = g.parsed
    if _PLEA.search(text):
        return "plea"
    if "defend" in text:
        at = g.word_at(remark.span[0])
        own = any(
            parsed.tag[w] in {"VBD", "VBZ", "VBP", "VBN", "VBG"} and parsed.lemma[w] == "defend" for w in (at, at + 1)
        )
        return "defence" if own else None
    first, last = g.word_at(remark.span[0]), min(g.word_at(remark.span[1] - 1), len(parsed) - 1)
    opening = parsed.lower[first]
    verb = next((w for w in range(last, first - 1, -1) if parsed.pos[w] == "VERB"), None)
    if verb is not None and any(parsed.dep[k] == "neg" and k < first for k in parsed.kids[verb]):
        return None  # "did not deny the claims"
    if verb is not None and has_to(parsed, verb) and parsed.lemma[parsed.head[verb]] in _ASKING:
        return None  # "called on voters to reject it"
    if opening in {"which", "something"}:
        return "beside" if verb is None or not _subject_of(parsed, first, verb) else None
    if opening in {"a", "an", "the"}:
        return "beside" if verb is not None and _said_of_it(parsed, first, verb) else None
    if verb is not None and any(parsed.dep[k] == "neg" for k in parsed.kids[verb]) and "not" in text[:12]:
        bare = not any(parsed.dep[k] in {"nsubj", "nsubjpass"} for k in parsed.kids[verb])
        return "points" if text.startswith(_DOES_NOT) and not bare else None  # no "Do not believe the rumours"
    if text.startswith(_DESPITE):
        return "matter" if not _claim_word(parsed, range(last, min(last + 5, len(parsed)))) else "points"
    if parsed.lower[last] in THINGS:
        alone = parsed.dep[last] != "mark" if parsed.lower[last] == "that" else _only_object(parsed, last)
        return "points" if alone else None
    if verb is not None and _passive(parsed, verb):
        return "points" if _subject_claims(g, remark, verb) else None
    return "points"


def _subject_of(parsed: Parse, word: int, verb: int) -> bool:
    return parsed.head[word] == verb and parsed.dep[word] in {"nsubj", "nsubjpass"}


def _said_of_it(parsed: Parse, first: int, verb: int) -> bool:
    """By the grammar, or behind a comma or dash with nothing between that would hold the verb off."""
    if _hangs_on(parsed, verb, range(first, verb)):
        return True
    before = first - 1 - (parsed.words[first - 1] in {"”", '"', "’", "''", "'"})
    set_off = before > 0 and parsed.words[before] in {",", "–", "—", "-"}
    return set_off and not any(parsed.pos[w] == "ADP" for w in range(first, verb))


def _hangs_on(parsed: Parse, verb: int, nouns: range) -> bool:
    """The verb's clause is about one of the nouns: "a claim the army denied", "an account rejected by the union"."""
    at = verb
    for _ in range(4):
        if parsed.dep[at] in {"relcl", "acl"}:
            noun = parsed.head[at]
            return noun in nouns and parsed.lemma[noun].lower() in told()
        if parsed.head[at] == at:
            return False
        at = parsed.head[at]
    return False


def _claim_word(parsed: Parse, among: Iterable[int]) -> bool:
    claims, pointers = words().claims, words().pointers
    return any(parsed.lemma[w].lower() in claims or parsed.lemma[w].lower() in pointers for w in among)


def _passive(parsed: Parse, verb: int) -> bool:
    if any(parsed.dep[k] in {"auxpass", "nsubjpass"} for k in parsed.kids[verb]):
        return True
    return parsed.tag[verb] == "VBN" and not any(parsed.lemma[k] == "have" for k in parsed.kids[verb])


def _subject_claims(g: Ground, remark: Remark, verb: int) -> bool:
    """What is rejected is a claim, or "this": no bid, bill or seat."""
    parsed = g.parsed
    if parsed.dep[verb] == "acl":
        return parsed.lemma[parsed.head[verb]].lower() in told()
    head = remark.head
    if head is None:
        return False
    lemma = parsed.lemma[head].lower()
    return lemma in told() and lemma not in _THEY


_THEY = frozenset({"it", "they", "them", "these", "those"})


def _only_object(parsed: Parse, word: int) -> bool:
    """ "denied it", and not "denied it a licence" or "denied them entry"."""
    verb = parsed.head[word]
    others = [k for k in parsed.kids[verb] if k > word and parsed.dep[k] in {"dobj", "dative", "oprd"}]
    follows = parsed.tag[word + 1] if word + 1 < len(parsed) else "."
    alone = not others and follows not in {"NN", "NNS", "NNP", "PRP$", "JJ"}
    return alone and parsed.dep[word] in {"dobj", "nsubj", "pobj"}
