"""A word in its clause → is the clause about the past, the present or the future?"""

from __future__ import annotations

from bisect import bisect_left

from onrecord.statements.dates_forms import lexicon
from onrecord.statements.parse import Parse


def tense(parsed: Parse, word: int) -> str | None:
    """past, present or future of the clause that a word stands in; None where no verb governs it."""
    return _governed(parsed, word)[0]


def _governed(parsed: Parse, word: int) -> tuple[str | None, int | None]:
    """(tense, the verb that gives it)."""
    at = word
    for _ in range(24):
        if parsed.lemma[at].lower() in _words("deferring") and (parsed.pos[at] == "ADJ" or parsed.dep[at] == "acl"):
            return "future", at
        if parsed.pos[at] in ("VERB", "AUX"):
            found = _tense_of(parsed, at)
            if found:
                return found, at
        if parsed.head[at] == at:
            break
        at = parsed.head[at]
    return _by_words(parsed, word), None


def told(parsed: Parse, word: int, end: int) -> str | None:
    """The tense that a date at a word (up to character `end`) stands in.

    The present is a time-table with a few verbs (talks resume on Monday); some nouns look ahead (the 8 April election).
    """
    found, verb = _governed(parsed, word)
    after = bisect_left(parsed.start, end)
    noun = next((k for k in range(after, min(after + 3, len(parsed))) if parsed.lower[k] in _words("ahead")), None)
    if noun is not None and found != "past" and parsed.sent[noun] == parsed.sent[word]:
        alleged = found != "future" or (verb is not None and parsed.tag[verb] == "VBG")
        return "past" if alleged and _decided(parsed, word) else "future"
    if found == "future" and parsed.lower[after : after + 1] in (["'s"], ["’s"]):
        owned = set(parsed.lower[after + 1 : after + 5])
        return found if owned & (_words("either") | _words("ahead")) else "past"
    before = _before(parsed, word)
    if before in ("until", "till", "through") and found in ("present", None):
        return "future"
    if verb is not None and found != "future" and _put_off(parsed, word, verb, before):
        return "future"
    if verb is not None and found != "future" and _still_ahead(parsed, verb, before):
        return "future"
    if before in _words("ahead_of") and parsed.lower[word - 2] in _words("run_up"):
        return "future"
    if verb is not None and found == "past" and _is_undone(parsed, word, verb):
        return "future"
    if found == "present" and verb is not None and _follows(parsed, word, verb):
        return "past"
    if found == "present" and verb is not None and _is_on(parsed, word, verb):
        return "future"
    if found == "future" and verb is not None and _has_been(parsed, word, verb, after):
        return "past"
    if found == "present" and verb is not None and _to_come(parsed, word, verb, before):
        return "future"
    if found is None and verb is None and _headlined(parsed, word):
        return "future"
    if found == "present":
        timetable = verb is not None and parsed.lemma[verb].lower() in _words("scheduled")
        return "future" if timetable and not parsed.words[verb].isupper() else "present"  # type: ignore[index]
    return "passed" if found == "past" and verb is not None and _was_done(parsed, word, after, verb) else found


def _before(parsed: Parse, word: int) -> str:
    """The word before a date, over what says which end of it is meant: until the end of Monday, since late Friday."""
    low = parsed.sentences[parsed.sent[word]][0]
    at = word - 1
    if at > low and parsed.lower[at] == "of" and parsed.lower[at - 1] in _words("edges"):
        at -= 3 if parsed.lower[at - 2] == "the" else 2
    elif at > low and parsed.lower[at] in ("early", "late"):
        at -= 1
    return parsed.lower[at] if at >= low else ""


def _put_off(parsed: Parse, word: int, verb: int, before: str) -> bool:
    """Adjourned until Monday, put off to Friday, called a strike for Saturday, moved for trial on 11 August."""
    lemma = parsed.lemma[verb].lower()
    if before in _words("until") and (lemma in _words("deferring") or _shifted(parsed, verb)):
        return True
    if before in ("until", "till") and lemma in _words("granting") | _words("stopped"):
        return True
    if before == "for" and lemma in _words("calling"):
        return True
    if lemma in _words("preparing") and verb < word and "for" in parsed.lower[verb + 1 : word - 1]:
        return True
    if before == "from" and lemma in _words("noticing") and parsed.lower[word - 2] in _words("notices"):
        return True
    return lemma in _words("passed_on") and _for_sitting(parsed, word)


def _shifted(parsed: Parse, verb: int) -> bool:
    """Moved, put off, put back, brought forward."""
    lemma = parsed.lemma[verb].lower()
    aside = not _words("aside").isdisjoint(parsed.lower[kid] for kid in parsed.kids[verb])
    return lemma in _words("shifting") or (aside and lemma in _words("putting"))


def _to_come(parsed: Parse, word: int, verb: int, before: str) -> bool:
    """Saturday's match is sold out; trains are cancelled from Friday."""
    if before == "since":
        return False
    if parsed.lemma[verb].lower() in _words("stopped"):
        return any(parsed.dep[k] == "auxpass" for k in parsed.kids[verb])
    at = word
    for _ in range(5):
        at = parsed.head[at]
        if at == verb:
            return False
        if parsed.dep[at] in ("nsubj", "nsubjpass") and parsed.head[at] == verb:
            return parsed.lower[at] in _words("fixtures") and not _decided(parsed, word)
    return False


def _has_been(parsed: Parse, word: int, verb: int, after: int) -> bool:
    """What is still to come has a cause that has been: will strike over the sacking on Monday."""
    at, named = word, False
    while at < parsed.head[at] < after:
        at = parsed.head[at]  # over the weekend
    for _ in range(7):
        up = parsed.head[at]
        if up in (verb, at) or parsed.pos[up] in ("VERB", "AUX"):
            break
        if named and parsed.lower[up] == "over" and up < at:
            return True
        named = named or parsed.pos[up] == "NOUN"
        at = up
    return _after_mishap(parsed, word)


def _after_mishap(parsed: Parse, word: int) -> bool:
    """After the crash on Monday, over the fire in April, following the raid overnight."""
    low = parsed.sentences[parsed.sent[word]][0]
    seen = parsed.lower[word] == "overnight"
    for at in range(word - 1, max(low, word - 8) - 1, -1):
        if parsed.lower[at] in ("after", "following", "over", "since", "despite"):
            return seen and at < word - 1
        if parsed.pos[at] in ("VERB", "AUX"):
            return False
        seen = seen or parsed.lower[at] in _words("mishaps")
    return False


def _headlined(parsed: Parse, word: int) -> bool:
    """Flights resume on Friday, where the verb is taken for a noun."""
    low, high = parsed.sentences[parsed.sent[word]]
    near = range(low + 1, min(word, high)) if word - low < 8 else range(0)
    return any(
        parsed.lower[k] in _words("scheduled") and parsed.pos[k] == "NOUN" and parsed.tag[k - 1] == "NNS" for k in near
    )


def _decided(parsed: Parse, word: int) -> bool:
    """Words around tell that it has been held: winning Sunday's election, the results of Sunday's vote."""
    low, high = parsed.sentences[parsed.sent[word]]
    near = range(max(low, word - 9), min(high, word + 6))
    return any(parsed.lemma[k].lower() in _words("decided") or parsed.lower[k] in _words("decided") for k in near)


def _is_on(parsed: Parse, word: int, verb: int) -> bool:
    """What is on a day is still to come: the vote is on Sunday, the deadline is Friday."""
    if parsed.lemma[verb].lower() != "be" or parsed.lower[verb] not in ("is", "are", "'s", "’s", "’re", "'re"):
        return False
    link = parsed.head[word]
    if link == verb:
        return parsed.dep[word] in ("attr", "npadvmod") and word > verb
    return parsed.lower[link] in ("on", "in", "at") and parsed.head[link] == verb and link > verb


def _is_undone(parsed: Parse, word: int, verb: int) -> bool:
    """Saturday's match, the vote on Friday, has been called off: the date belongs to what would have been."""
    low = {parsed.lower[k] for k in parsed.kids[verb]}
    if parsed.lemma[verb].lower() not in _words("undone") or not ({"has", "have"} & low and "been" in low):
        return False
    at = word
    for _ in range(6):
        if parsed.dep[at] == "nsubjpass":
            return parsed.head[at] == verb
        if parsed.head[at] == at or parsed.pos[at] in ("VERB", "AUX"):
            return False
        at = parsed.head[at]
    return False


def _follows(parsed: Parse, word: int, verb: int) -> bool:
    """It comes after a vote on Friday: the vote has been."""
    at = word
    for _ in range(6):
        at = parsed.head[at]
        if at == verb or parsed.head[at] == at:
            return False
        if parsed.lower[at] in ("after", "following"):
            return parsed.lemma[verb].lower() in ("come", "follow", "be")
    return False


def _was_done(parsed: Parse, word: int, after: int, verb: int) -> bool:
    """The day hangs on what was done then, and on no noun: was seized on 7 October."""
    if parsed.lemma[verb].lower() in _words("deferring") | _words("planning") | _words("scheduled"):
        return False
    passive = any(parsed.dep[k] == "auxpass" and parsed.lower[k] in ("was", "were") for k in parsed.kids[verb])
    at = word
    while at < parsed.head[at] < after:
        at = parsed.head[at]
    link = parsed.head[at]
    return passive and (link == verb or (parsed.pos[link] == "ADP" and parsed.head[link] == verb))


def _for_sitting(parsed: Parse, word: int) -> bool:
    """A court's sitting is what is dated: … for pre-trial proceedings on 11 August."""
    low = parsed.sentences[parsed.sent[word]][0]
    at = next(
        (k for k in range(word - 1, max(low, word - 3) - 1, -1) if parsed.lower[k] in ("on", "from", "until")), low
    )
    return (
        at - low > 1 and parsed.lower[at - 1] in _words("sittings") and "for" in parsed.lower[max(low, at - 5) : at - 1]
    )


def _still_ahead(parsed: Parse, verb: int, before: str) -> bool:
    """Has cancelled trains until Thursday; would follow if none came by Friday."""
    kids = parsed.kids[verb]
    at = verb
    while parsed.dep[at] == "conj" and parsed.head[at] < at:
        at = parsed.head[at]  # has cancelled … and diverted
    perfect = any(parsed.lower[k] in ("has", "have") for k in (*kids, *parsed.kids[at]))
    if before in ("until", "till", "through") and perfect:
        return True
    conditional = any(parsed.dep[k] == "mark" and parsed.lower[k] in ("if", "unless") for k in kids)
    return conditional and parsed.head[verb] != verb and _tense_of(parsed, parsed.head[verb]) == "future"


def future(parsed: Parse, word: int) -> bool:
    """The clause of the word tells what is still to come."""
    return tense(parsed, word) == "future"


def _tense_of(parsed: Parse, verb: int) -> str | None:
    """The tense of a finite verb group; None for participles and infinitives that lean on a higher verb."""
    helpers = [k for k in parsed.kids[verb] if parsed.dep[k] in ("aux", "auxpass")]
    low = {parsed.lower[k] for k in helpers}
    if low & _words("future"):
        return "future"
    if "to" in low:
        return _infinitive(parsed, verb)
    if low & _words("modal"):
        past = low & {"have", "'ve", "’ve"}
        return "past" if past else "future"
    if any(parsed.tag[k] in ("VBD", "VBZ", "VBP") for k in helpers):
        return _helped(parsed, verb, helpers, low)
    tag = parsed.tag[verb]
    if tag == "VBG" and parsed.dep[verb] in ("xcomp", "pcomp", "dobj") and _is_weighed(parsed, verb):
        return "future"
    if tag == "VBD" or (tag == "VBN" and parsed.dep[verb] in ("ROOT", "acl", "relcl")):
        return "past"
    if tag in ("VBZ", "VBP"):
        return "present"
    return "future" if tag == "VB" and _is_wish(parsed, verb, helpers) else None


def _is_wish(parsed: Parse, verb: int, helpers: list[int]) -> bool:
    """See you on Friday."""
    alone = not helpers and not any(parsed.dep[k] in ("nsubj", "nsubjpass") for k in parsed.kids[verb])
    return alone and parsed.dep[verb] in ("ROOT", "ccomp") and not parsed.words[verb].isupper()


def _is_weighed(parsed: Parse, verb: int) -> bool:
    """Ruled out going, is considering a boycott."""
    head = parsed.head[verb]
    above = parsed.head[head] if parsed.pos[head] == "ADP" else head
    return parsed.lemma[above].lower() in _words("weighing")


def _helped(parsed: Parse, verb: int, helpers: list[int], low: set[str]) -> str:
    if low & _words("been"):
        return "past"
    if parsed.lemma[verb] in _words("going") or parsed.tag[verb] == "VBG":
        return "future" if parsed.lemma[verb] != "go" or parsed.tag[verb] == "VBG" else "past"
    return "past" if any(parsed.tag[k] == "VBD" for k in helpers) else "present"


def _infinitive(parsed: Parse, verb: int) -> str | None:
    """`agreed to meet` looks ahead, `came to visit` does not; `X to visit London` (a headline) does."""
    head = parsed.head[verb]
    if any(parsed.dep[k] == "mark" and parsed.lower[k] == "for" for k in parsed.kids[verb]):
        return "future"  # the conditions for the army to leave in July
    if parsed.dep[verb] == "xcomp" and parsed.lower[head] in ("is", "are", "'s", "’s", "'re", "’re"):
        return "future"  # is to appear in court
    passive = any(parsed.dep[k] == "auxpass" for k in parsed.kids[verb])
    if head == verb or (parsed.pos[head] in ("NOUN", "PROPN") and (passive or parsed.lemma[head] in _words("planned"))):
        return "future"
    return "future" if parsed.lemma[head] in _words("planning") else None


def _by_words(parsed: Parse, word: int) -> str | None:
    """By the helping words in the sentence, where the tree gives nothing (headlines, capitals)."""
    low, high = parsed.sentences[parsed.sent[word]]
    near = parsed.lower[max(low, word - 12) : min(high, word + 8)]
    if not _words("future").isdisjoint(near):
        return "future"
    return "past" if "VBD" in parsed.tag[max(low, word - 40) : min(high, word + 40)] else None


def _words(name: str) -> frozenset[str]:
    return lexicon().words[name]
