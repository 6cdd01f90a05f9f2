"""A statement and its words → its act, and whether it is quoted whole, in part or not at all."""

from __future__ import annotations

import re
from bisect import bisect_left

from onrecord.statements.attribution_future import NO_MARKS, WILL, foretold, threatens
from onrecord.statements.attribution_ground import Found, Ground
from onrecord.statements.attribution_lexicon import Lexicon


def mode_of(g: Ground, one: Found) -> str:
    """direct: every span is a quote; mixed: a paraphrase that holds quoted words; else indirect."""
    text = g.parsed.text
    starts = [q.start for q in g.quotes]
    held = whole = 0
    for number, (a, b) in enumerate(one.content):
        at = max(0, bisect_left(starts, a) - 1)
        for quote in g.quotes[at : at + 40]:
            if quote.start >= b:
                break
            if (
                quote.start <= a
                and b <= quote.end
                and (quote.start == a or quote.inner == a)
                and quote.inner_end - 2 <= b
            ):
                whole += 1
                one.content[number] = _inside(text, max(a, quote.inner), min(b, quote.inner_end))
            elif a <= quote.start and quote.end <= b:
                held += 1
    if whole and whole == len(one.content):
        return "direct"
    return "mixed" if held or whole else "indirect"


def _inside(text: str, a: int, b: int) -> tuple[int, int]:
    while b > a + 1 and text[b - 1] in ", ":
        b -= 1
    return a, b


def act_of(g: Ground, one: Found, lexicon: Lexicon) -> str:
    """The cue's act, sharpened by what is said: a question asks, "it would not …" declines, "we will respond" warns."""
    if one.act == "denies" and (_turns_down(g, one, lexicon) or _leaves_open(g, one)):
        return "declines"
    if one.act in {"thinks", "wants"} and one.rank == 1 and _assesses(g, one, lexicon):
        return "asserts"
    if one.act == "wants" and one.cue_word >= 0 and g.parsed.lemma[one.cue_word] == "expect" and not _to(g, one):
        return "thinks"
    if one.act == "asserts" and _unveils(g, one):
        return "promises"
    if one.act != "asserts" or one.voice != "attributed":
        return one.act
    if (announced := _announced(g, one)) is not None:
        return announced
    if _calls_untrue(g, one, lexicon) or _all_untrue(g, one, lexicon) or _says_no(g, one):
        return "denies"
    by_phrase = _by_phrase(g, one, lexicon)
    if by_phrase:
        return by_phrase
    if one.mode == "direct" and _MUST.match(g.parsed.text, *one.content[0]):
        return "orders"
    if _commands(g, one):
        return "asks"
    text = g.parsed.text
    if one.mode == "direct":
        if text[one.content[-1][0] : one.content[-1][1]].endswith("?") and _mostly_asks(text, one):
            return "asks"
        return _spoken(g, one, lexicon) or foretold(g, one, lexicon)
    return foretold(g, one, lexicon)


def _mostly_asks(text: str, one: Found) -> bool:
    """Half of its sentences or more are questions."""
    spoken = " ".join(text[a:b] for a, b in one.content)
    told = sum(spoken.count(mark) for mark in (". ", "! ", ".” ")) + sum(
        text[b - 1] not in "?.!" for _, b in one.content[:-1]
    )
    return told < max(1, spoken.count("?"))


def _announced(g: Ground, one: Found) -> str | None:
    """What a noun beside the cue says it is: "a WARNING on its website states …", "issued a WARNING, saying …",
    "announced a CURFEW"."""
    parsed, cue = g.parsed, one.cue_word
    if cue < 0:
        return None
    if parsed.lemma[cue] == "assure":
        first = g.word_at(one.content[0][0])
        words = parsed.lower[first : g.word_at(one.content[-1][1] - 1) + 1]
        return (
            "promises" if WILL & set(words) or (parsed.lower[cue + 2 : cue + 6].count("of") and one.rank == 2) else None
        )
    if parsed.lemma[cue] in _KEPT and one.mode != "direct" and any(parsed.dep[k] == "neg" for k in parsed.kids[cue]):
        return "declines"
    if parsed.tag[cue] == "VBG":
        objects = [parsed.lemma[k] for k in parsed.kids[parsed.head[cue]] if parsed.dep[k] == "dobj"]
        return next((_GIVEN[noun] for noun in objects if noun in _GIVEN), None)
    if parsed.lemma[cue] in _STATING and one.speaker is not None:
        nouns = (parsed.lemma[w].lower() for w in g.words_in(one.speaker) if parsed.pos[w] in {"NOUN", "PROPN"})
        return "warns" if any(noun in _WARNING for noun in nouns) else None
    if parsed.lemma[cue] in _ONCE_MORE and (again := _AGAIN.match(parsed.text, *one.content[0])):
        return _NOUN_ACTS[again["what"].lower()]
    if parsed.lemma[cue] in _DECREEING and one.rank == 2:
        first = g.word_at(one.content[0][0])
        noun = next((w for w in range(first, min(first + 5, len(parsed))) if parsed.pos[w] == "NOUN"), None)
        return "orders" if noun is not None and parsed.lemma[noun] in _DECREES else None
    return None


_GIVEN = {"warning": "warns", "threat": "warns", "denial": "denies", "pledge": "promises", "promise": "promises"}
_KEPT = frozenset({"disclose", "reveal", "specify", "divulge", "name", "identify"})
"""What one has not done is kept back: "has not disclosed numbers"."""
_STATING = frozenset({"say", "state", "read", "add", "tell"})
_WARNING = frozenset({"warning", "alert", "advisory"})
_DECREEING = frozenset({"announce", "declare", "proclaim"})
_DECREES = frozenset({"ban", "curfew", "lockdown", "mobilisation", "mobilization", "embargo", "blockade", "quarantine"})
_DECREES |= {"closure", "moratorium", "evacuation"}


def _assesses(g: Ground, one: Found, lexicon: Lexicon) -> bool:
    """What investigators believe or analysts expect is their finding, not a private thought."""
    parsed = g.parsed
    if one.speaker is None or one.cue_word < 0 or parsed.lemma[one.cue_word] not in {"believe", "think", "expect"}:
        return False
    if _to(g, one):
        return False
    return any(parsed.lemma[w].lower() in lexicon.assessors for w in g.words_in(one.speaker))


def _by_phrase(g: Ground, one: Found, lexicon: Lexicon) -> str | None:
    """It begins with words that deny or refuse by themselves: "there is no truth in it", "no comment"."""
    start, end = one.content[0]
    text, start = g.parsed.text[start : min(end, start + _OPENING)], 0
    if "“" in text or '"' in text or "”" in text:
        text = text.translate(NO_MARKS)
    for _ in range(2):
        if lexicon.denying.match(text, start):
            return "declines" if _rejects_offer(text, start, lexicon) else "denies"
        if lexicon.declining.match(text, start):
            return "declines"
        lead = _LEAD.match(text, start)
        if lead is None:
            return None
        start = lead.end()
    return None


def _rejects_offer(text: str, start: int, lexicon: Lexicon) -> bool:
    """ "We reject this plan"."""
    rejected = _REJECTS.match(text, start)
    return rejected is not None and any(
        noun in lexicon.offers or noun.removesuffix("s") in lexicon.offers for noun in rejected["what"].lower().split()
    )


_REJECTS = re.compile(r"\w+ (?:\w+ly )?reject(?:s|ed)? \w+ (?P<what>[\w-]+(?: [\w-]+)?)", re.IGNORECASE)
_OPENING = 400
"""So many characters of a content are looked at for words that deny or refuse."""
_LEAD = re.compile(r"[^.!?,;]{1,80}[,:] ")


_NOUN_ACTS = {
    **dict.fromkeys(("call", "calls", "demand", "demands", "appeal", "request", "plea"), "asks"),
    **dict.fromkeys(("promise", "pledge", "commitment", "vow", "offer"), "promises"),
    **dict.fromkeys(("warning", "threat", "warnings", "threats"), "warns"),
    **dict.fromkeys(("denial", "denials"), "denies"),
    **dict.fromkeys(("refusal", "rejection", "opposition"), "declines"),
}
_ONCE_MORE = frozenset({"repeat", "reiterate", "renew", "restate", "reaffirm", "echo", "issue", "voice"})
_AGAIN = re.compile(
    rf"(?:its|his|her|their|our|my|the|a|an)(?: \w+)?? (?P<what>{'|'.join(_NOUN_ACTS)})\b", re.IGNORECASE
)
_MUST = re.compile(
    r"(?:[^.!?“”\"]{0,40}, )?(?:you|everyone|everybody|all of you|anyone \w+)"
    r" (?:all |both )?(?:must(?! (?:be joking|have|remember|understand|know|see|admit|feel))|shall"
    r"|are (?:all )?(?:to|ordered to))\b",
    re.IGNORECASE,
)
_FORBIDS = re.compile(
    r"(?:please )?(?:do not|don[’']t|never|please) (?!get me|forget|worry|know|think)[a-z]+", re.IGNORECASE
)
_EXCLAIMED = frozenset(
    {"let", "look", "see", "imagine", "thank", "remember", "forget", "say", "mind", "believe", "take"}
)


def _commands(g: Ground, one: Found) -> bool:
    """Quoted words or a headline's that begin with a bare verb: "Stay away from the river"."""
    parsed = g.parsed
    first = g.word_at(one.content[0][0])
    if _FORBIDS.match(parsed.text, one.content[0][0], one.content[0][1]) and one.mode == "direct":
        return True
    bare = parsed.tag[first] == "VB" and parsed.pos[first] == "VERB" and parsed.words[first][0].isupper()
    bare = bare and (one.mode == "direct" or parsed.lower[first + 1 : first + 2] not in (["for"], ["of"], ["between"]))
    led = one.mode == "direct" or (one.cue is not None and parsed.text[slice(*one.cue)] == ":")
    return bare and led and parsed.lemma[first].lower() not in _EXCLAIMED


def _spoken(g: Ground, one: Found, lexicon: Lexicon) -> str | None:
    """In direct speech: "we will not sit down", "we will be back", "let them speak", "I urge you"."""
    text = g.parsed.text
    a, b = one.content[0]
    opening = text[a : min(b, a + 200)]
    found = _FIRST_PERSON.search(opening)
    if found is None:
        return "asks" if _LET.match(opening) else None
    if found["no"]:
        if found["deed"].lower() in _NEVER_DONE:
            return _NEVER_DONE[found["deed"].lower()]
        return "declines" if found["deed"].lower() not in lexicon.passive_futures else None
    if found["deed"].lower() in lexicon.performed:
        return lexicon.performed[found["deed"].lower()]
    if found["will"] and found["deed"].lower() not in lexicon.passive_futures:
        words = g.words_in((a, b))
        return "warns" if threatens(g.parsed, words, words, lexicon) else "promises"
    return None


_NEVER_DONE = {"hesitate": "warns"} | dict.fromkeys(
    ("rest", "forget", "waver", "relent", "fail", "falter", "abandon", "flinch", "relax", "forsake"), "promises"
)
"""What "we will not …" promises or threatens."""
_LET = re.compile(r"(?:[^.!?]{0,60}, )?(?:please\b|let (?:them|him|her|us|the|me)\b)", re.IGNORECASE)
_FIRST_PERSON = re.compile(
    r"^(?:[^.!?]{0,60}?[,;:] |(?:And|But|So|Today|Now) )?(?:we|I)\b"
    r"(?:(?P<no> (?:will not|won[’']t|will never|shall not|cannot accept|refuse to)"
    r"|(?: are| am|[’']re|[’']m) not (?:going|prepared|willing|ready) to)"
    r"|(?P<will> (?:will|shall)|[’']ll))? "
    r"(?:also |now |all |still |always |therefore |once again |finally |soon |never again |\w{2,}ly "
    r"|be (?=back|there|here|ready|with|\w+ing\b))*"
    r"(?P<deed>\w+)",
    re.IGNORECASE,
)


def _to(g: Ground, one: Found) -> bool:
    """The content is a bare infinitive: "expects to win"."""
    return g.parsed.lower[g.word_at(one.content[0][0])] == "to"


def _calls_untrue(g: Ground, one: Found, lexicon: Lexicon) -> bool:
    """It says of a claim that it is untrue: "called the charge a lie", "reports of a breach are false"."""
    parsed = g.parsed
    words = [w for span in one.content for w in g.words_in(span)]
    mistaken = {w for w in words if parsed.lower[w] in _MISTAKEN}
    not_true = {w for w in words if parsed.lower[w] in _TRUE and _NO & set(parsed.lower[max(w - 3, 0) : w])}
    untrue = [w for w in words if parsed.lower[w] in lexicon.untrue or w in mistaken or w in not_true]
    if not untrue:
        return False
    if untrue[0] not in not_true and _NO & set(parsed.lower[max(untrue[0] - 3, 0) : untrue[0]]):
        return False
    cue = parsed.lemma[one.cue_word] if one.cue_word >= 0 else ""
    if "as" in lexicon.verbs.get(cue, {}) and untrue[0] - words[0] < 12:
        return untrue[0] not in mistaken or any(parsed.lemma[w] in lexicon.sayings for w in words[:3])
    verb = parsed.head[untrue[0]]
    subjects = [k for k in parsed.kids[verb] if parsed.dep[k] in {"nsubj", "nsubjpass"}]
    said = any(parsed.lemma[k].lower() in lexicon.sayings or parsed.lower[k] in _POINTING for k in subjects)
    if untrue[0] in mistaken and not any(parsed.lemma[k].lower() in lexicon.sayings for k in subjects):
        return False
    return said and parsed.lemma[verb] == "be"


def _all_untrue(g: Ground, one: Found, lexicon: Lexicon) -> bool:
    """A claim told at length, and at its end that it is untrue: "reports that he met them in March were not true"."""
    parsed = g.parsed
    told = _ENDS_UNTRUE.search(parsed.text, max(one.content[-1][0], one.content[-1][1] - 50), one.content[-1][1])
    if told is None:
        return False
    word = told["what"].lower()
    if not (word in _TRUE if told["no"] else word in lexicon.untrue or word in _MISTAKEN):
        return False
    first = g.word_at(one.content[0][0])
    left = range(one.cue_word + 1, first) if 0 <= first - one.cue_word - 1 <= _LED and one.cue_word >= 0 else range(0)
    head = next((w for w in left if parsed.lemma[w].lower() in lexicon.sayings and parsed.pos[w] == "NOUN"), None)
    if head is not None and parsed.lemma[one.cue_word] == "say":
        one.content[0] = (parsed.start[left[0]], one.content[0][1])  # which the parser took for what is said
        return True
    return any(parsed.lemma[w].lower() in lexicon.sayings for w in range(first, min(first + 3, len(parsed))))


_LED = 4
"""So many words of the claim's own noun may have been left out: "says an accusation that …"."""
_ENDS_UNTRUE = re.compile(
    r"\b(?:is|are|was|were|be|being|been) (?:all |both |\w+ly )?[“\"‘']?(?P<no>not )?(?:\w+ly )?"
    r"(?P<what>[\w-]+)[”\"’'.]{0,2}$"
)


def _says_no(g: Ground, one: Found) -> bool:
    """An answer that is no more than "No" or "Absolutely not"."""
    return one.mode == "direct" and len(one.content) == 1 and _NAY.fullmatch(g.parsed.text, *one.content[0]) is not None


_NAY = re.compile(
    r"(?:(?:no|nope|never)(?:[.,!–—-]+ ?|$))*"
    r"(?:(?:of course|absolutely|certainly|definitely|categorically|simply)? ?not(?: at all| true| so| the case)?"
    r"|no(?: way)?|nope|never|(?:that|this|it)(?:[’']s| is) not (?:true|so|the case|right|correct)"
    r"|i (?:did|do|have|had|was|am|would|could)(?: not|n[’']t)|i[’']m not)?[.!]?",
    re.IGNORECASE,
)


def _leaves_open(g: Ground, one: Found) -> bool:
    """Who "did not deny" it has denied nothing."""
    parsed = g.parsed
    return one.cue_word >= 0 and any(parsed.dep[k] == "neg" and k < one.cue_word for k in parsed.kids[one.cue_word])


_TRUE = frozenset({"true", "correct", "accurate"})
_NO = frozenset({"not", "n't", "n’t"})
_MISTAKEN = frozenset({"wrong", "incorrect", "inaccurate", "mistaken", "erroneous", "exaggerated"})
_POINTING = frozenset({"it", "this", "that", "these", "those"})


_GIFTS = frozenset(
    {"contribution", "donation", "funding", "bailout", "rebate", "bonus", "assistance", "scholarship"}
    | {"compensation", "aid", "relief", "package", "reward", "bounty", "grant", "subsidy", "refund"}
)


def _turns_down(g: Ground, one: Found, lexicon: Lexicon) -> bool:
    """Whoever "rejected the offer" declines; whoever "rejected the claim" denies."""
    parsed = g.parsed
    if one.cue_word < 0 or parsed.lemma[one.cue_word] not in {"reject", "dismiss", "deny"}:
        return False
    offers = lexicon.offers if parsed.lemma[one.cue_word] != "deny" else _PLEAS
    first, past = g.word_at(one.content[0][0]), g.word_at(one.content[0][1] - 1) + 1
    opening = range(first, min(past, first + 6, len(parsed)))
    if any(parsed.lemma[w] in lexicon.sayings for w in opening[:2]):
        return False  # "rejected reports that it had blocked an offer"
    return any(parsed.lemma[w] in offers and parsed.pos[w] == "NOUN" for w in opening)


_PLEAS = frozenset({"request", "motion", "petition", "appeal", "bail", "parole", "application", "permission", "visa"})


def _unveils(g: Ground, one: Found) -> bool:
    """It announces plans: a promise."""
    parsed = g.parsed
    if one.cue_word < 0 or parsed.lemma[one.cue_word] not in {"announce", "unveil", "outline"}:
        return False
    first = g.word_at(one.content[0][0])
    opening = range(first, min(first + 4, len(parsed)))
    if parsed.lower[first] in {"plan", "plans"} or any(parsed.lower[w] in {"plan", "plans"} for w in opening[:3]):
        return True
    money = parsed.tag[first] == "$" or parsed.words[first][:1] in "$£€₹¥₦₱₩"
    return (one.rank == 2 and money) or any(parsed.lower[w] in _GIFTS for w in opening)
