"""A verb behind "and" in reported words → whether it tells what the speaker did: "said it was safe and urged …"."""

from __future__ import annotations

from onrecord.statements.attribution_ground import has_to, own_subject
from onrecord.statements.attribution_lexicon import lexicon
from onrecord.statements.mentions_words import words as people_words
from onrecord.statements.parse import Parse

_PAST = frozenset({"VBD", "VBN"})
_PRESENT = frozenset({"VBZ", "VBP"})
_CLOSING = frozenset({"”", "’", "''", '"'})
_PEOPLE = frozenset({"he", "she", "they", "we", "i", "you", "who", "everyone", "nobody", "anyone", "some", "many"})
_LONE = frozenset({"he", "she", "it", "they"})


def own_cue(parsed: Parse, clause: int, kid: int) -> bool:
    """In "she has said that it will rain and argued for shelter" the second verb is the speaker's own."""
    if parsed.lower[kid - 1] == "than":
        return False  # "would pay rather than order a halt"
    bare = not any(
        parsed.dep[k] in {"nsubj", "nsubjpass"} or (parsed.dep[k] == "aux" and parsed.lower[k] not in {"has", "have"})
        for k in parsed.kids[kid]
    )
    words = lexicon()
    lemma, tag = parsed.lemma[kid], parsed.tag[kid]
    if tag == "VBG" and lemma in words.participles | words.addressed and _is_at_it(parsed, clause, kid):
        return True
    if lemma in words.silence and keeps_back(parsed, kid):
        return True
    if parsed.dep[clause] == "xcomp" and parsed.dep[parsed.head[clause]] == "ccomp":
        clause = parsed.head[clause]  # "said he refused to stop and threatened …"
    if tag == "VBG" and lemma in words.participles:
        behind = bare and parsed.lower[kid - 1] in {"but", "and"}
        return behind and any(parsed.dep[k] == "ccomp" for k in parsed.kids[kid])
    told = any(parsed.dep[k] == "ccomp" for k in parsed.kids[kid])
    if bare and lemma in words.speaking and tag == "VBD" and told and not _others_deed(parsed, clause):
        return True
    if not bare:
        return False
    if lemma in words.conjoined and tag in _PAST:
        alike = parsed.tag[clause] in _PAST and parsed.dep[clause] not in {"acl", "amod"}
        if not alike or _after_quote(parsed, kid) or _but(parsed, kid):
            return True
    return lemma in words.chained and _speakers_own(parsed, clause, kid)


def _is_at_it(parsed: Parse, clause: int, kid: int) -> bool:
    """In "says he will not go and is alleging fraud" the speaker alleges."""
    outer = _cue_above(parsed, clause)
    before = [parsed.lower[w] for w in (kid - 2, kid - 1) if w >= 0]
    return outer is not None and parsed.tag[outer] == "VBZ" and before in (["and", "is"], ["but", "is"])


def keeps_back(parsed: Parse, kid: int) -> bool:
    """ "…, but would not say if" is the speaker's."""
    kids = [k for k in parsed.kids[kid] if k < kid]
    modal = any(parsed.dep[k] == "aux" and parsed.lower[k] in _KEEPING for k in kids)
    negated = any(parsed.dep[k] == "neg" for k in kids)
    return modal and negated and "but" in parsed.lower[max(0, kid - 4) : kid] and own_subject(parsed, kid) is None


_KEEPING = frozenset({"would", "will", "did", "could", "does", "do"})


def link(parsed: Parse, verb: int) -> int | None:
    """The cue above reported words to which a verb in a row, or the verb before it, does not belong; None without."""
    at = verb
    for _ in range(6):
        if parsed.dep[at] != "conj" or own_subject(parsed, at) is not None:
            return None
        if own_cue(parsed, parsed.head[at], at):
            clause = parsed.head[at]
            outer = _cue_above(parsed, clause)
            return clause if outer is None else outer
        at = parsed.head[at]
    return None


def _speakers_own(parsed: Parse, clause: int, kid: int) -> bool:
    """The verb agrees with the cue above, says something of its own, and what the clause tells of does not speak."""
    outer = _cue_above(parsed, clause)
    if outer is None or not _agrees(parsed, outer, kid) or not _says_something(parsed, kid):
        return False
    who = own_subject(parsed, clause)
    if who is None:
        return parsed.tag[clause] == "VBG" and parsed.tag[kid] != "VB"
    if _asks_hearer(parsed, outer, kid):
        return True
    if parsed.lower[who] in _LONE and _for_speaker(parsed, outer, who):
        return _is_state(parsed, clause)
    return not can_speak(parsed, who)


def _cue_above(parsed: Parse, clause: int) -> int | None:
    """The finite cue in whose words the clause stands."""
    at = clause
    for _ in range(8):
        head = parsed.head[at]
        if head == at:
            return None
        outer = parsed.dep[at] in {"ccomp", "xcomp", "advcl"} or own_subject(parsed, head) is not None
        if outer and head < at and parsed.lemma[head] in lexicon().heads and parsed.dep[at] not in {"relcl", "conj"}:
            return head
        at = head
    return None


def _agrees(parsed: Parse, outer: int, kid: int) -> bool:
    past = parsed.tag[outer] in _PAST
    perfect = any(parsed.dep[k] == "aux" and parsed.lower[k] in {"has", "have"} for k in parsed.kids[outer])
    if any(parsed.dep[k] == "aux" for k in parsed.kids[kid]):
        return True  # "and has urged"
    if parsed.tag[kid] == "VB":
        return not past and not any(parsed.tag[k] in {"MD", "TO"} for k in parsed.kids[parsed.head[kid]])
    if parsed.tag[kid] in _PRESENT:
        return not past or perfect
    return past and parsed.tag[kid] in _PAST


def _says_something(parsed: Parse, kid: int) -> bool:
    frames = lexicon().verbs.get(parsed.lemma[kid], {})
    for k in parsed.kids[kid]:
        if k < kid:
            continue
        dep = parsed.dep[k]
        if dep in {"ccomp", "xcomp"} and ("clause" in frames or "person" in frames or has_to(parsed, k)):
            return True
        if dep in {"dobj", "dative"} and ("object" in frames or "person" in frames or "as" in frames):
            return True
        if dep in {"prep", "prt"} and f"{parsed.lower[k]}:" in frames:
            return True
    return any(f"{parsed.lemma[kid]} {parsed.lower[k]}" in lexicon().verbs for k in parsed.kids[kid] if k > kid)


def _for_speaker(parsed: Parse, outer: int, pronoun: int) -> bool:
    """The pronoun may stand for who speaks: one person, one body, or more than one of them."""
    who = own_subject(parsed, outer)
    if who is None:
        return False
    several = parsed.tag[who] in {"NNS", "NNPS"} or parsed.lower[who] in {"they", "police"}
    if parsed.lower[pronoun] == "they":
        return several
    body = parsed.lower[who] in people_words().body_ends or parsed.lower[who] == "it"
    return not several and body == (parsed.lower[pronoun] == "it")


def _others_deed(parsed: Parse, clause: int) -> bool:
    """It tells what a person had done, who may have said something too: "he had rung a friend and told her …"."""
    who = own_subject(parsed, clause)
    outer = _cue_above(parsed, clause)
    if who is None or outer is None or not can_speak(parsed, who) or _is_state(parsed, clause):
        return False
    return not (parsed.lower[who] in _LONE and _for_speaker(parsed, outer, who))


def _asks_hearer(parsed: Parse, outer: int, kid: int) -> bool:
    """In "told jurors that … and asked them to …" the same people are told and asked."""
    told = next((k for k in parsed.kids[outer] if k > outer and parsed.dep[k] in {"dobj", "dative"}), None)
    asked = next((k for k in parsed.kids[kid] if k > kid and parsed.lower[k] in {"them", "him", "her"}), None)
    if told is None or asked is None or parsed.pos[told] == "PRON":
        return False
    return (parsed.lower[asked] == "them") == (parsed.tag[told] in {"NNS", "NNPS"})


def _is_state(parsed: Parse, clause: int) -> bool:
    """No deed of the past, which a second deed may follow: "he was innocent", "she would stay"."""
    auxiliaries = {parsed.lower[k] for k in parsed.kids[clause] if parsed.dep[k] in {"aux", "auxpass"}}
    if parsed.lemma[clause] == "be":
        return True
    return bool(auxiliaries) and not auxiliaries & {"had", "did"}


def can_speak(parsed: Parse, word: int) -> bool:
    """A person, a body, or a name that may be either."""
    lower, people = parsed.lower[word], people_words()
    if parsed.pos[word] == "PROPN" or lower in _PEOPLE:
        return True
    if people.bodies.get(lower) == "paper":
        return False
    return lower in people.roles or lower in people.body_ends or lower in _HUMAN


_HUMAN = frozenset(
    {"man", "men", "woman", "women", "boy", "girl", "child", "children", "people", "person", "couple", "victim"}
    | {"suspect", "attacker", "gunman", "gunmen", "driver", "crowd", "mob", "family", "side", "sides", "team"}
    | {"prosecution"}
)


def _but(parsed: Parse, kid: int) -> bool:
    low = kid - 1
    while low > 0 and parsed.pos[low] == "ADV":
        low -= 1
    return parsed.lower[low] == "but"


def _after_quote(parsed: Parse, kid: int) -> bool:
    """It follows "and" right behind a closing quotation mark."""
    low = kid - 1
    while low > 0 and parsed.pos[low] == "ADV":
        low -= 1
    return parsed.lower[low] in {"and", "but"} and parsed.words[low - 1] in _CLOSING
