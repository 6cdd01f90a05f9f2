"""What is said of the future → a promise, a refusal or a warning: "it would pay", "we will retaliate"."""

from __future__ import annotations

import re

from onrecord.statements.attribution_ground import Found, Ground
from onrecord.statements.attribution_lexicon import Lexicon
from onrecord.statements.parse import Parse
from onrecord.statements.sides import of as sides_of

NO_MARKS = str.maketrans("", "", '“”"')
"""For reading words without their quote marks."""
_SELF = frozenset({"it", "he", "she", "they", "we", "i"})
WILL = frozenset({"will", "would", "shall", "’ll", "'ll", "wo", "won’t"})


def foretold(g: Ground, one: Found, lexicon: Lexicon) -> str:
    """What will be done: by the speaker, a promise or a refusal; a blow, a warning."""
    parsed = g.parsed
    for a, b in one.content:
        first, past = g.word_at(a), min(g.word_at(b - 1) + 1, len(parsed))
        will = next((w for w in range(first, past) if parsed.lower[w] in WILL), None)
        if will is None:
            continue
        if _answered(parsed, will, past) or _threatens_all(parsed, will, past):
            return "warns"
        if one.mode != "direct" and _by_speaker(g, one, first, will):
            conditional = any(parsed.lower[w] in {"if", "unless"} for w in range(first, past))
            if conditional and not _negative(parsed, will, past) and _blow(parsed, range(will, past), lexicon):
                return "warns"
            spoken_of = one.cue_word >= 0 and parsed.lemma[one.cue_word] not in _COMMITTING
            if parsed.lower[first] == "it" and spoken_of and parsed.tag[one.cue_word] == "VBG":
                continue  # ", saying it would …": the thing spoken of rather than the speaker
            if _negative(parsed, will, past):
                return "declines"
            return "promises"
        if _granted(parsed, will, past):
            return "promises"
        if one.mode != "direct" and _negative(parsed, will, past) and _withholds(parsed, first, will, past, lexicon):
            return "declines"
        if not _negative(parsed, will, past) and threatens(parsed, range(will, past), range(first, past), lexicon):
            return "warns"
    return "asserts"


_COMMITTING = frozenset({"affirm", "reaffirm", "confirm", "stress", "insist", "declare", "announce", "reiterate"})


def _answered(parsed: Parse, will: int, past: int) -> bool:
    """It will be answered with a blow, or taken for one: "it would retaliate", "it will be met with force", "it would
    be seen as an act of war"."""
    words = parsed.text[parsed.start[will] : parsed.end[min(will + 14, past) - 1]].translate(NO_MARKS)
    return _ANSWERED.match(words) is not None


_ANSWERED = re.compile(
    r"(?:will|would|shall|[’']ll)(?: \w+ly| also| now| be forced to| have to| be ready to)? "
    r"(?:retaliate|avenge|hit back|strike back|fight back|respond (?:with|in kind|\w+ly|harshly|if)|be met (?:with|by)"
    r" (?:an? |the )?(?:[\w-]+ ){0,3}?(?:response|force|retaliation|resistance|reply|reaction|fire|answer|punishment)"
    r"|(?:continue to )?take (?:[\w-]+ ){0,4}counter-?measures|not go un(?:answered|punished)|not hesitate to"
    r"|face (?:an? |the )?(?:[\w-]+ ){0,3}?(?:consequences?|retaliation|arrest|prosecution|reprisals?|punishment)"
    r"|pay (?:dearly|(?:a|the) (?:\w+ ){0,2}price)|come to regret|regret (?:it|this)"
    r"|be (?:considered|seen|regarded|treated|viewed|taken|deemed|interpreted) (?:as )?(?:an? |another )?(?:[\w-]+ )?"
    r"(?:(?:act|use|declaration) of (?:war|force|aggression|terror|terrorism)|aggression|provocation|escalation"
    r"|attack on|(?:legitimate|hostile|military) targets?))\b",
    re.IGNORECASE,
)


def _withholds(parsed: Parse, first: int, will: int, past: int, lexicon: Lexicon) -> bool:
    """A country or body will not do what it could: "France will never recognise the annexation"."""
    does = next((w for w in range(will + 1, min(will + 5, past)) if parsed.tag[w] == "VB"), None)
    known = sides_of(parsed.words[will - 1]) if parsed.pos[will - 1] == "PROPN" else None
    named = will - first <= 3 and known is not None and parsed.lower[first] != "if"
    return named and does is not None and parsed.lemma[does] in lexicon.refusing


_ANSWERABLE = frozenset(
    {"punish", "prosecute", "arrest", "jail", "imprison", "fine", "shoot", "kill", "expel", "dismiss"}
)
_PENALTIES = _ANSWERABLE | {"sack", "suspend", "deport", "execute", "sue", "investigate", "detain", "target", "destroy"}
_ANYONE = re.compile(
    r"\b(?:anyone|anybody|whoever|any (?!time|day)[\w-]+|those (?:who|that|found|caught)|all (?:who|those)|every\w* who"
    r"|people who|persons who)\b",
    re.IGNORECASE,
)


def _near(parsed: Parse, will: int) -> tuple[int, int]:
    """The characters of the words before "will", in its sentence."""
    first = parsed.sentences[parsed.sent[will]][0]
    return parsed.start[max(first, will - 20)], parsed.start[will]


def _threatens_all(parsed: Parse, will: int, past: int) -> bool:
    """ "Anyone who crosses the line will be punished"."""
    be = next((w for w in range(will + 1, min(will + 3, past)) if parsed.lower[w] == "be"), None)
    held = be is not None and be + 1 < past and parsed.lemma[be + 1] in _PENALTIES
    return held and _ANYONE.search(parsed.text, *_near(parsed, will)) is not None


def _granted(parsed: Parse, will: int, past: int) -> bool:
    """Something good will be done: "refunds will be paid", "houses would be rebuilt"."""
    if will + 2 >= past or parsed.lower[will + 1] != "be":
        return False
    if parsed.lemma[will + 2] in _PENALTIES and _ANYONE.search(parsed.text, *_near(parsed, will)):
        return False
    told = parsed.lemma[will + 2] in _TOLD and any(
        parsed.lemma[k] in _TIDINGS for k in parsed.kids[will + 2] if k < will
    )
    return told or parsed.lemma[will + 2] in _GRANTS


_TOLD = frozenset(
    {"provide", "release", "publish", "give", "share", "announce", "issue", "make", "communicate", "post"}
)
_TIDINGS = frozenset(
    {"detail", "information", "update", "name", "report", "result", "statement", "list", "announcement"}
)
_GRANTS = frozenset(
    {"pay", "refund", "compensate", "reimburse", "rebuild", "restore", "repay", "reward", "waive", "rebook", "honour"}
    | {"honor", "protect", "replace", "repair", "forgive", "investigate", "punish", "prosecute", "publish"}
)


def _negative(parsed: Parse, will: int, past: int) -> bool:
    """A "not" between "will" and its verb."""
    for word in range(will, min(will + 4, past)):
        if parsed.lower[word] in {"not", "n't", "n’t", "never"}:
            return True
        if parsed.tag[word] == "VB" and word > will:
            return False
    return False


def _by_speaker(g: Ground, one: Found, first: int, will: int) -> bool:
    """The one who will act is the one who speaks: "it would", "his party would", "Norvia will" by its minister."""
    parsed = g.parsed
    does = next((w for w in range(will + 1, min(will + 5, len(parsed))) if parsed.tag[w] == "VB"), None)
    if does is None:
        return False
    speaker = one.speaker and [parsed.lower[w] for w in g.words_in(one.speaker)]
    if parsed.lemma[does] in _WISHES or (parsed.lower[first] == "it" and _expletive(parsed, does)):
        return False
    if will == first + 1 and parsed.lower[first] in _SELF:
        return not (speaker and len(speaker) > 1 and _OWNER.get(speaker[0]) == parsed.lower[first])
    if parsed.lemma[does] in _STATES:
        return False
    if will - first > 6:
        return False
    head = will - 1
    if parsed.lower[first] in _OWN and head == first + 1:
        return parsed.pos[head] == "NOUN" and parsed.lemma[head] in _BODIES
    named = {w for w in parsed.lower[first:will] if w not in {"the", "a", "of"}}
    if not speaker:
        return False
    if parsed.lower[head] in {"government", "administration"} and _OFFICERS & set(speaker):
        return True
    return bool(named & set(speaker)) or (speaker[0] in {"its", "their"} and parsed.pos[head] == "PROPN")


_WISHES = frozenset(
    {"like", "love", "prefer", "hate", "wish", "want", "hope", "rather", "expect", "welcome"}
    | {"appreciate", "say", "think", "argue", "suggest", "agree", "imagine", "guess"}
)


def _expletive(parsed: Parse, does: int) -> bool:
    """It is nobody: "it would be wrong to leave", "it will take time", "it would make no sense"."""
    if parsed.lemma[does] == "be":
        rest = [k for k in parsed.kids[does] if k > does and parsed.dep[k] in {"acomp", "attr"}]
        return any(parsed.lemma[k] not in {"ready", "able", "willing", "prepared"} for k in rest)
    return parsed.lemma[does] in {"mean", "seem", "appear", "depend", "matter", "rain", "snow", "happen"} or (
        parsed.lemma[does] in {"take", "make", "cost"}
        and any(parsed.lemma[k] in _SENSE for k in parsed.kids[does] if parsed.dep[k] in {"dobj", "npadvmod", "advmod"})
    )


_SENSE = frozenset(
    {"sense", "time", "year", "month", "week", "day", "hour", "decade", "minute", "difference", "effort", "courage"}
    | {"life", "generation", "lot", "while", "long", "it", "billion", "million", "money", "everything"}
)


_OFFICERS = frozenset({"minister", "president", "premier", "chancellor", "secretary", "government", "cabinet"})
_OWNER = {"his": "he", "her": "she", "their": "they", "its": "it"}
_OWN = frozenset(_OWNER)
_STATES = frozenset({"be", "have", "need", "see", "know", "become", "seem", "remain", "suffer", "lose", "face", "run"})
_STATES |= {
    "win",
    "benefit",
    "gain",
    "grow",
    "rise",
    "fall",
    "die",
    "survive",
    "struggle",
    "qualify",
    "happen",
    "prevail",
}
_BODIES = frozenset(
    {"party", "government", "country", "ministry", "team", "company", "union", "office", "army", "administration"}
    | {"force", "troop", "movement", "group", "department", "agency", "council", "airline", "firm", "bank", "nation"}
    | {"state", "campaign", "organisation", "organization", "members", "member", "officer", "fighter", "lawyer", "side"}
)


def threatens(parsed: Parse, words: range, clause: range, lexicon: Lexicon) -> bool:
    """What will be done is a blow in return, or a disaster or strike will come of it, or of an "if"."""
    lemmas = {parsed.lemma[w].lower() for w in words if parsed.lemma[w] != "pay" or parsed.lower[w + 1] in _DEARLY}
    conditional = any(parsed.lower[w] in {"if", "unless"} for w in clause)
    if conditional and _blow(parsed, words, lexicon):
        return True
    disaster = bool(lemmas & lexicon.leading and lemmas & lexicon.outcomes) or _disaster_if(parsed, words, lexicon)
    return disaster or bool(lemmas & lexicon.threats)


def _disaster_if(parsed: Parse, words: range, lexicon: Lexicon) -> bool:
    """A disaster will come of an "if" in the same sentence: "if they go on like this there will be trouble"."""
    spoken = range(*parsed.sentences[parsed.sent[words.start]])
    after = (w for w in words if w in spoken)
    return any(parsed.lower[w] in {"if", "unless"} for w in spoken) and any(
        parsed.lemma[w].lower() in lexicon.outcomes for w in after
    )


def _blow(parsed: Parse, words: range, lexicon: Lexicon) -> bool:
    """What will be done is a blow, or a blow is what will come: "we will strike", "a strike will follow"."""
    for will in words:
        if parsed.lower[will] not in WILL:
            continue
        verb = parsed.head[will]
        parts = (verb, *(k for k in parsed.kids[verb] if parsed.dep[k] in {"nsubj", "nsubjpass", "dobj", "xcomp"}))
        if any(parsed.lemma[w].lower() in lexicon.blows for w in parts):
            return True
    return False


_DEARLY = frozenset({"for", "dearly", "a", "the", "heavily"})
