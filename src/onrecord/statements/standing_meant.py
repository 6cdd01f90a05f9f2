"""A remark on what is verified or unanswered → the statements that it means."""

from __future__ import annotations

import re
from bisect import bisect_left

from onrecord.statements.attribution_ground import Found, Ground
from onrecord.statements.draft import Range
from onrecord.statements.mentions_words import words as people_words
from onrecord.statements.parse import Parse
from onrecord.statements.standing_denials import owners
from onrecord.statements.standing_matter import lands as named_lands
from onrecord.statements.standing_matter import names, same, stem
from onrecord.statements.standing_reach import ASSERTING, NEAR, Reach, sentence, start
from onrecord.statements.standing_rejections import of_another
from onrecord.statements.standing_remarks import PRONOUN, Remark, content_words, said_by
from onrecord.statements.standing_words import words

_FAR = 2
"""How many paragraphs back a remark that names nothing may reach."""
_NOT_MEANT = frozenset({"declines", "thinks", "wants", "plans", "denies"})


def meant(r: Reach, remark: Remark) -> list[int]:
    """The statements before the remark, or beside it in its sentence, that it is about."""
    before, later = around(r, remark)
    before = [i for i in before if r.found[i].nested_in is None] or before
    after = [i for i in later if sentence(r, i) == remark.sentence and start(r.found[i]) > remark.span[1]]
    if remark.kind in {"unacknowledged", "unverified"} and not before and not after:
        after = [i for i in later if sentence(r, i) <= remark.sentence + 1 and not _by_silent(r, i, remark)]
    rule = _unanswered if remark.kind == "unacknowledged" else _checked
    return rule(r, remark, before, after)


def around(r: Reach, remark: Remark) -> tuple[list[int], list[int]]:
    """The statements near it, before and behind, that a remark can mean."""
    at = bisect_left(r.found, remark.span[0], key=start)
    before = [i for i in range(max(0, at - NEAR), at) if _can_be_meant(r.found[i], remark)]
    later = [i for i in range(at, min(len(r.found), at + NEAR)) if _can_be_meant(r.found[i], remark)]
    return before, later


# -- verified or not ---------------------------------------------------------------------------------------------------


def _checked(r: Reach, remark: Remark, before: list[int], after: list[int]) -> list[int]:
    parsed = r.g.parsed
    if between := [i for i in after if _cued_before(r, i, remark)]:
        return between[:1]
    text = parsed.text[slice(*remark.span)].lower()
    if text.startswith(_UNCONFIRMED):  # "an unconfirmed report" names what it stands beside
        return [*(i for i in before if sentence(r, i) == remark.sentence), *after][:1]
    both = _BOTH.search(parsed.text[parsed.start[remark.clause[0]] : parsed.end[remark.clause[1] - 1]]) is not None
    theirs = [] if both else _owned(r, remark, before)
    if theirs:
        return theirs
    if text.startswith(_UNKNOWN):
        alike = [i for i in before if _alike(r.about[i], remark.common)]
        return alike or _close(r, before, remark)[-1:]
    if _of_what_follows(r, remark, before, after):
        return after[:1]
    head = remark.head
    lemma = parsed.lemma[head].lower() if head is not None else ""
    if lemma in words().facets and after and r.found[after[0]].voice == "hedged":
        return after[:1]  # "its origin was not verified, but it purports to show …"
    upto = max(remark.span[1], parsed.end[head]) if head is not None else remark.span[1]
    text = parsed.text[parsed.start[remark.clause[0]] : upto].lower()
    if both:
        return (_all_told(r, before, remark) if _MANY.search(text) else _last_of_two(r, before)) or after
    if lemma in words().shows or lemma in words().facets:
        return _shown(r, before, remark)
    sharing = _sharing(r, before, remark, words().claims | words().generic)
    pointing = head is None or lemma in words().claims or parsed.pos[head] == "PRON" or _what_was_said(parsed, head)
    pointing = pointing or (lemma in words().events and bool(before) and _of_now(r, before[-1], remark))
    if lemma in words().figures:
        return _numbered(r, sharing or before, remark, text)
    if sharing and (not pointing or not _beside(r, remark, before)):
        return _strongest(r, sharing, remark) if not pointing else sharing
    if not pointing:
        return []
    if _MANY.search(text):
        return _all_told(r, before, remark)
    return _beside(r, remark, before) or _with_earlier(r, before, _last_run(r, _close(r, before, remark)))


def _of_what_follows(r: Reach, remark: Remark, before: list[int], after: list[int]) -> bool:
    """Nothing stands before it in its sentence, and it leads to the next words or is of a thing that has its own."""
    if any(sentence(r, i) == remark.sentence for i in before):
        return False
    text, end = r.g.parsed.text, remark.span[1]
    again = remark.head is not None and r.g.parsed.lemma[remark.head].lower() in words().events and before
    of_thing = remark.kind == "verified" and not again and _of_a_thing(r.g, remark)
    if of_thing and (after or _BEARS_OUT.search(text, end, end + 80) is None):
        return True
    return bool(after) and _leads(r, remark)


def _with_earlier(r: Reach, before: list[int], run: list[int]) -> list[int]:
    """With what the same speaker said right before these, as far as it goes on without a gap."""
    out = list(run)
    for i in reversed([i for i in before if run and i < min(run)]):
        if sentence(r, out[-1]) - sentence(r, i) > 2 or not goes_on(r.g, r.found[i], r.found[out[-1]]):
            break
        out.append(i)
    return out


def _what_was_said(parsed: Parse, head: int) -> bool:
    """ "What he said", "what they claimed"."""
    return parsed.pos[head] == "VERB" and any(parsed.lower[k] == "what" for k in parsed.kids[head])


_BEARS_OUT = re.compile(
    r"\b(?:confirm|support|back|corroborat|bear|bore|match|prove)\w* (?:up |out )?"
    r"(?:that|this|it|(?:the|his|her|their|its) (?:\w+ )?"
    r"(?:claim|account|report|version|story|statement|allegation)s?)\b",
    re.IGNORECASE,
)
_BOTH = re.compile(
    r"\b(?:neither|both|either|the two) (?!day|week|of the)|\bboth (?:sides|armies|parties)", re.IGNORECASE
)
_MANY = re.compile(
    r"\b(?:this information|(?:the|these|those|their|any of the|many of the|most of the|all) (?:\w+ ){0,2}?"
    r"(?:claims|reports|accounts|allegations|assertions|statements|figures|details|testimonies|accusations|stories)"
    r"|none|these|they|them)\b",
    re.IGNORECASE,
)


def _cued_before(r: Reach, i: int, remark: Remark) -> bool:
    """The remark stands between cue and content: "claimed, without giving evidence, that …"."""
    cue = r.found[i].cue
    return cue is not None and cue[1] <= remark.span[0] and r.g.sentence_of[r.g.word_at(cue[0])] == remark.sentence


def _leads(r: Reach, remark: Remark) -> bool:
    """Its clause comes first and leads to the main one: "While the report could not be verified, …"."""
    first = r.g.sentences[remark.sentence][0]
    opening = r.g.parsed.lower[first]
    return opening in {"while", "although", "though", "in", "despite", "unverified", "unconfirmed"}


def _of_a_thing(g: Ground, remark: Remark) -> bool:
    """Only something named with it is verified: "footage verified by the Courier shows …"."""
    parsed = g.parsed
    first = g.word_at(remark.span[0])
    inside = range(first, g.word_at(remark.span[1] - 1) + 1)
    if first and parsed.lower[first] in _PARTICIPLES and parsed.lemma[first - 1].lower() in words().shows:
        return True
    if any(parsed.lower[w] in {"geolocated", "geo-located"} for w in inside):
        return True
    verified = (w for w in inside if parsed.lower[w] in _PARTICIPLES)
    return any(parsed.tag[w] == "VBN" and parsed.dep[w] in {"acl", "conj", "amod"} for w in verified)


_UNCONFIRMED = ("unverified", "unconfirmed", "uncorroborated", "unsubstantiated", "unproven", "unauthenticated")
_UNKNOWN = ("full details", "details", "extent", "circumstances", "full extent")


def _alike(one: frozenset[str], two: frozenset[str]) -> bool:
    """They share a word, or the beginning of a long one ("injure", "injury")."""
    stems = {w[:5] for w in two if len(w) >= 5}
    return bool(one & two) or any(w[:5] in stems for w in one if len(w) >= 5)


_PARTICIPLES = frozenset({"verified", "authenticated", "corroborated", "confirmed", "geolocated"})


def _owned(r: Reach, remark: Remark, before: list[int]) -> list[int]:
    """The statements of whoever owns the claim: "the army's account", "a report by the union", "Norvia's claims"."""
    parsed, (first, past) = r.g.parsed, remark.clause
    last = r.g.word_at(remark.span[1] - 1)
    nouns = [w for w in range(first, min(past, last + 8)) if parsed.lemma[w].lower() in words().claims]
    whose = {x for w in nouns for x in owners(r.g, w)}
    theirs = [i for i in before if whose & (said_by(r.g, r.found[i]) | r.parties(i))]
    theirs = [i for i in theirs if _block(r, i) >= _block(r, theirs[-1]) - 1]
    return sorted({*theirs, *(j for i in theirs[-1:] for j in before if _goes_with(r, i, j))})


def _goes_with(r: Reach, i: int, j: int) -> bool:
    """Right behind it the same claim again, by nobody of another side: "Norvia says …. Its ministry said …"."""
    if not 0 < sentence(r, j) - sentence(r, i) <= 2 or not same(r.matter(i), r.matter(j)):
        return False
    return not r.parties(j) or bool(r.parties(j) & r.parties(i))


def _shown(r: Reach, before: list[int], remark: Remark) -> list[int]:
    """What pictures or papers show: the statement whose sentence names them, else the last close by."""
    parsed, shows = r.g.parsed, words().shows
    for i in reversed(_close(r, before, remark)):
        first, past = r.g.sentences[sentence(r, i)]
        if any(parsed.lemma[w].lower() in shows for w in range(first, past)):
            return [i]
    close = _close(r, before, remark)
    if remark.head is not None and parsed.lemma[remark.head].lower() in words().facets:
        return [i for i in before if r.about[i] & remark.topics][-1:]
    return close[-1:] if close and _block(r, close[-1]) == _block_here(r, remark) else []


def _numbered(r: Reach, among: list[int], remark: Remark, text: str) -> list[int]:
    """Statements that hold a number: the last, or with "the figures" all in the paragraph."""
    held = [i for i in _close(r, among, remark) if _has_number(r, i)]
    if not held:
        return _last_run(r, _close(r, among, remark))
    return _paragraph(r, held, remark) if _MANY.search(text) else held[-1:]


def _has_number(r: Reach, i: int) -> bool:
    return any(r.g.parsed.pos[w] == "NUM" for w in r.words(i))


def _strongest(r: Reach, sharing: list[int], remark: Remark) -> list[int]:
    """Those that share the very thing it is about, or two words."""
    head = r.g.parsed.lemma[remark.head].lower() if remark.head is not None else ""
    return [i for i in sharing if head in r.about[i] or len(r.about[i] & remark.topics) >= 2]


def _sharing(r: Reach, among: list[int], remark: Remark, without: frozenset[str]) -> list[int]:
    """Those that share a common word with the remark; if there are none, a name."""
    common = [i for i in among if r.about[i] & (remark.common - without)]
    return common or [i for i in among if r.about[i] & (remark.topics - without)]


def _beside(r: Reach, remark: Remark, before: list[int]) -> list[int]:
    """The last statement in the remark's own sentence, with those of its speaker there."""
    return _last_run(r, [i for i in before if sentence(r, i) == remark.sentence])


# -- not answered ------------------------------------------------------------------------------------------------------


def _by_silent(r: Reach, i: int, remark: Remark) -> bool:
    """Who says nothing, or "it" right after: "The army has not commented. It had warned that …"."""
    one = r.found[i]
    if one.speaker is None or remark.kind != "unacknowledged":
        return False
    pronoun = PRONOUN.fullmatch(r.g.parsed.text[slice(*one.speaker)]) is not None
    return pronoun or bool(remark.who & said_by(r.g, one))


def _unanswered(r: Reach, remark: Remark, before: list[int], after: list[int]) -> list[int]:
    mine = [i for i in before if remark.who & said_by(r.g, r.found[i])]
    parsed = r.g.parsed
    own = (i for i in mine if sentence(r, i) == remark.sentence)
    if any(parsed.text[slice(*(r.found[i].speaker or (0, 0)))].lower() != "who" for i in own):
        return []  # who has just spoken "declined to comment further"
    if _of_own_words(r, remark, before):
        return []
    others = [i for i in before if i not in mine and remark.sentence - sentence(r, i) <= _SILENT_FOR]
    others = [i for i in others if r.found[i].act == "asserts"]
    if _of_who_spoke(r, remark) and others and _is_he(r, remark, others[-1]):
        return []
    if _CONCEDING.search(parsed.text, *remark.span):
        return [i for i in others if _of_winning(r, i)]
    if _UNMENTIONED.search(parsed.text, *remark.span) and not _of_claims(r.g, remark):
        return []
    if remark.head is not None and parsed.lemma[remark.head].lower() in words().particulars:
        return []  # "had not confirmed the man's name"
    topics = remark.topics - words().claims - words().asking - remark.who
    sharing = [i for i in (*others, *after) if _tells_of(r, i, remark, topics)]
    theirs = [i for i in _owned(r, remark, others) if i in others]
    if theirs or sharing:
        return sorted({*theirs, *(i for i in sharing if not theirs or sentence(r, i) == remark.sentence)})
    if after and not others:
        return after[:1] if not topics or sentence(r, after[0]) == remark.sentence else []
    none = _NOTHING_YET.search(parsed.text, *remark.span) is not None
    if topics and not none and not _points_back(r, remark, others, topics):
        return []
    silent = names(r.g, range(*remark.clause))
    about = [i for i in others if remark.sentence - sentence(r, i) <= 4 and silent & r.matter(i).names]
    if about and about[-1] != others[-1]:
        return about[-1:]
    run = [i for i in _last_run(r, _close(r, others, remark)) if _concerns(r, i, remark)]
    first = others[:1] if run and r.about[others[0]] & r.about[run[0]] and _concerns(r, others[0], remark) else []
    return [*first, *run]


def _of_own_words(r: Reach, remark: Remark, before: list[int]) -> bool:
    """Nobody is silent on what others said, but on what the text tells itself right before, or on more: "The bridge
    fell, but the ministry has not confirmed it", "An aide said it fell but had not commented on the cause"."""
    first, turn = r.g.sentences[remark.sentence][0], remark.clause[0]
    if turn == first or r.g.parsed.lower[turn] not in {"but", "although", "though"}:
        return False
    goes_on_himself = r.g.word_at(remark.span[0]) <= turn + 1
    return goes_on_himself or not any(sentence(r, i) == remark.sentence for i in before)


def _tells_of(r: Reach, i: int, remark: Remark, topics: frozenset[str]) -> bool:
    """It shares the very thing that nothing is said of, or two words with many."""
    shared = {stem(word) for word in r.about[i]} & {stem(word) for word in topics} - {""}
    head = r.g.parsed.lemma[remark.head].lower() if remark.head is not None else ""
    return bool(shared) and (len(topics) <= _FEW or len(shared) > 1 or stem(head) in shared)


_FEW = 3
"""With so few words for what nothing is said of, one that is shared will do."""


def _is_he(r: Reach, remark: Remark, i: int) -> bool:
    """Who says nothing is who said this: a person, or who spoke in the same sentence, where nobody else is named."""
    if _a_person(r.g, r.found[i]):
        return True
    return sentence(r, i) == remark.sentence and not of_another(r, remark, i)


def _of_who_spoke(r: Reach, remark: Remark) -> bool:
    """ "He", or "his campaign", says nothing."""
    before = range(remark.clause[0], max(remark.clause[0], r.g.word_at(remark.span[0])))
    return any(r.g.parsed.lower[w] in {"he", "she", "his", "her"} for w in before)


def _a_person(g: Ground, one: Found) -> bool:
    """The speaker is "he" or somebody by name."""
    if one.speaker is None:
        return True
    if PRONOUN.fullmatch(g.parsed.text[slice(*one.speaker)]) is not None:
        return True
    inside = g.words_in(one.speaker)
    return any(g.parsed.pos[w] == "PROPN" for w in inside) and not named_lands(g, inside)


_SILENT_FOR = 8
"""So many sentences back a word on who says nothing may reach."""


_CONCEDING = re.compile(r"conced|defeat", re.IGNORECASE)
_UNMENTIONED = re.compile(r"\b(?:mention(?:ed)?|address(?:ed)?)$", re.IGNORECASE)
_NOTHING_YET = re.compile(r"no mention|wait", re.IGNORECASE)


def _of_claims(g: Ground, remark: Remark) -> bool:
    """What goes unmentioned is "the allegations", "the report"."""
    head = g.parsed.lemma[remark.head].lower() if remark.head is not None else ""
    return head in words().claims or head in words().pointers


def _of_winning(r: Reach, i: int) -> bool:
    """It tells who has won or leads: what the loser has not conceded."""
    return bool(r.lemmas(i) & words().winning)


def _points_back(r: Reach, remark: Remark, others: list[int], topics: frozenset[str]) -> bool:
    """It is said of "the claim", or by a word for what was told right before: "has not confirmed the strike"."""
    if remark.head is not None and r.g.parsed.lemma[remark.head].lower() in words().claims:
        return True
    if not others:
        return False
    taken = topics <= words().loss and r.lemmas(others[-1]) & words().taking  # "the loss" is another word for that
    return bool(taken) or (topics <= words().events and _of_now(r, others[-1], remark))


def _concerns(r: Reach, i: int, remark: Remark) -> bool:
    """It is about who says nothing: named in it, "the company" right after, or a deed that they may own to."""
    parsed, one = r.g.parsed, r.found[i]
    told = range(*r.g.sentences[sentence(r, i)])
    if remark.who & content_words(r.g, told) - said_by(r.g, one):
        return True
    if names(r.g, range(*remark.clause)) & names(r.g, told):
        return True
    apart = remark.sentence - sentence(r, i)
    who = [w for w in range(*remark.clause) if parsed.lemma[w].lower() in remark.who]
    if any(parsed.pos[w] == "PROPN" for w in who):
        return apart <= 2 and one.mode != "direct" and _of_a_deed(r, i)
    before = range(remark.clause[0], max(remark.clause[0], r.g.word_at(remark.span[0])))
    if any(parsed.dep[w] == "poss" and parsed.pos[w] == "NOUN" for w in before):
        return False  # "the singer's agent": whose agent, the statement would say
    return apart <= 1 or (apart <= 2 and not _by_pronoun(parsed, remark))


def _of_a_deed(r: Reach, i: int) -> bool:
    return bool(r.lemmas(i) & words().acts_done or r.lemmas(i) & words().taking)


def _by_pronoun(parsed: Parse, remark: Remark) -> bool:
    return parsed.lower[remark.clause[0]] in {"he", "she", "it", "they"}


def _of_now(r: Reach, i: int, remark: Remark) -> bool:
    """It was said right before, of something that happened."""
    done = r.lemmas(i) & words().acts_done
    return bool(done) and remark.sentence - sentence(r, i) <= 1 and r.found[i].act == "asserts"


# -- runs and paragraphs -----------------------------------------------------------------------------------------------


def _block(r: Reach, i: int) -> int:
    return _block_at(r.g.parsed, min(r.g.word_at(start(r.found[i])), len(r.g.parsed) - 1))


def _block_here(r: Reach, remark: Remark) -> int:
    return _block_at(r.g.parsed, r.g.sentences[remark.sentence][0])


def _block_at(parsed: Parse, word: int) -> int:
    return parsed.sentence_block[parsed.sent[word]]


def _close(r: Reach, among: list[int], remark: Remark) -> list[int]:
    """Those in the remark's paragraph or the two before it."""
    here = _block_here(r, remark)
    return [i for i in among if here - _block(r, i) <= _FAR]


def _paragraph(r: Reach, before: list[int], remark: Remark) -> list[int]:
    """All in the last paragraph that holds any."""
    close = _close(r, before, remark)
    return [i for i in close if _block(r, i) == _block(r, close[-1])]


def _all_told(r: Reach, before: list[int], remark: Remark) -> list[int]:
    """Beside it, else all that is told up to here, sentence after sentence, and what else the last paragraph holds."""
    if beside := _beside(r, remark, before):
        return beside
    run = _last_run(r, _close(r, before, remark))
    if remark.head is not None and r.g.parsed.lemma[remark.head].lower() in words().charges:
        return run  # "the allegations": no answer to them
    if len(run) > 1 and _block_here(r, remark) != _block(r, run[0]):
        return sorted({*run, *_paragraph(r, before, remark)})
    out: list[int] = []
    last = remark.sentence
    for i in reversed(before):
        gap = 1 if len(out) > 1 else _MANY_APART  # "the claims" are two at the least
        if last - sentence(r, i) > gap or remark.sentence - sentence(r, i) > _MANY_BACK:
            break
        last = sentence(r, i)
        out += [i] if r.found[i].act in ASSERTING else []
    return sorted({*out, *_paragraph(r, before, remark)}) if out else _paragraph(r, before, remark)


_MANY_APART = 2
"""So many sentences lie between one of them and the next."""
_MANY_BACK = 5
"""So many sentences back "the claims" reach."""


def _last_of_two(r: Reach, before: list[int]) -> list[int]:
    """The last statements of the two who spoke last."""
    out: list[int] = []
    for i in reversed(before):
        one = r.found[i]
        if one.speaker is not None and not any(said_by(r.g, one) & said_by(r.g, r.found[o]) for o in out):
            out.append(i)
        if len(out) == 2:
            break
    return out


def _last_run(r: Reach, before: list[int]) -> list[int]:
    """The last statement and those right before it by the same speaker."""
    out: list[int] = []
    for i in reversed(before):
        if out and not goes_on(r.g, r.found[i], r.found[out[-1]]):
            break
        out.append(i)
    return out


def goes_on(g: Ground, one: Found, later: Found) -> bool:
    """`later` is by the same speaker: a pronoun, or "the ministry" after "the defence ministry"."""
    if later.speaker is None or one.speaker is None:
        return False
    text = g.parsed.text
    before, after = text[slice(*one.speaker)].lower(), text[slice(*later.speaker)].lower()
    if PRONOUN.fullmatch(after) is not None or after == before:
        return True
    if after.startswith("the ") and after.count(" ") == 1 and after[4:] in before:
        return True
    near = g.sentence_of[g.word_at(later.speaker[0])] - g.sentence_of[g.word_at(one.speaker[0])] <= 2
    return near and {_sort(g, one.speaker), _sort(g, later.speaker)} == {"name", "office"}


def _sort(g: Ground, speaker: Range) -> str | None:
    """Whether a mention is a person's name alone ("Ana Reis") or the office alone ("the regional governor")."""
    parsed, inside = g.parsed, g.words_in(speaker)
    if inside and all(parsed.pos[w] == "PROPN" for w in inside):
        return None if named_lands(g, inside) else "name"
    office = bool(inside) and parsed.lower[inside[0]] == "the" and parsed.lower[inside[-1]] in people_words().roles
    return "office" if office and not any(parsed.pos[w] == "PROPN" for w in inside) else None


def _can_be_meant(one: Found, remark: Remark) -> bool:
    """Not the remark's own sentence part, nor a thought or a refusal."""
    text_cue = one.cue is not None and one.cue[0] < remark.span[1] and remark.span[0] < one.cue[1]
    if any(a <= remark.span[0] < b for a, b in one.content):
        return False
    if one.act == "denies":
        return remark.kind in {"disputed", "verified"} and not text_cue
    return not text_cue and one.act not in _NOT_MEANT
