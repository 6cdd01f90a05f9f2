"""Cue verbs of a parsed post → statements in reported speech."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.statements.attribution_asides import (
    asked_aside,
    cited_as,
    document,
    headed,
    keeps_name,
    mere_time,
    shares_passive,
)
from onrecord.statements.attribution_chains import can_speak
from onrecord.statements.attribution_clauses import cue_part
from onrecord.statements.attribution_content import content_of
from onrecord.statements.attribution_ground import (
    Found,
    Ground,
    agent,
    below,
    has_to,
    mention,
    own_subject,
    runs,
    subject,
    whole_quotes,
)
from onrecord.statements.attribution_lexicon import Frames, Lexicon, lexicon
from onrecord.statements.attribution_order import taken_for_noun, told_outlet
from onrecord.statements.attribution_subjects import ISSUING, cue_range, speaker_of
from onrecord.statements.draft import Range
from onrecord.statements.hedges import is_hedge
from onrecord.statements.parse import Parse

_POSSIBLE = frozenset({"can", "could", "may", "might", "must", "should"})


def find(g: Ground, lexicon: Lexicon) -> Iterator[Found]:
    """Statements that cue verbs give, one a verb at most."""
    parsed = g.parsed
    lower = parsed.lower
    for word, lemma in enumerate(parsed.lemma):
        if lemma not in lexicon.heads and lower[word] not in lexicon.odd:
            continue
        if parsed.lower[word] in lexicon.forms and not parsed.tag[word].startswith("VB"):
            mistaken = _mistaken(g, word, lexicon)
            if mistaken:
                yield mistaken
        lemma = lexicon.lemmas.get(parsed.lower[word], lemma)
        if lemma not in lexicon.verbs and lemma not in lexicon.particles:
            continue
        if not parsed.tag[word].startswith("VB") or parsed.dep[word] in {"amod", "compound", "aux"}:
            continue
        if lemma == "think" and parsed.lower[word + 1 : word + 2] in (["tank"], ["tanks"]):
            continue
        key = _key(parsed, word, lemma, lexicon)
        frames = lexicon.verbs.get(key)
        if not frames or is_hedge(parsed, word) or (g.in_speech(word) and key not in lexicon.inner):
            continue
        found = read(g, word, frames, lexicon)
        if found:
            yield found


def _mistaken(g: Ground, word: int, lexicon: Lexicon) -> Found | None:
    """A cue that the parser took for a noun: before "that", or in a line of capitals or a title."""
    got = taken_for_noun(g, word)
    if got is None or g.in_speech(word):
        return None
    speaker, content = got
    act = next(iter(lexicon.verbs[lexicon.forms[g.parsed.lower[word]]].values()), "asserts")
    return Found(g.chars(word, word + 1), content, speaker, act, sentence=g.parsed.sent[word], cue_word=word, rank=1)


def _key(parsed: Parse, word: int, lemma: str, lexicon: Lexicon) -> str:
    """The verb with its particle where the lexicon has both together."""
    rest = lexicon.particles.get(lemma)
    if rest:
        for kid in parsed.kids[word]:
            if kid > word and parsed.lower[kid] in rest and parsed.dep[kid] in _PARTICLES:
                return f"{lemma} {parsed.lower[kid]}"
    return lemma


def _questions(parsed: Parse, verb: int, frames: Frames) -> bool:
    return frames.get("clause") == "asks" or parsed.lemma[verb] in {"press", "quiz", "challenge", "grill"}


_PARTICLES = frozenset({"prt", "prep", "advmod", "acomp", "ccomp", "oprd", "dobj"})


def read(g: Ground, verb: int, frames: Frames, lexicon: Lexicon) -> Found | None:
    """The statement that this cue verb gives, or None."""
    parsed = g.parsed
    passive = any(parsed.dep[k] in {"auxpass", "nsubjpass"} for k in parsed.kids[verb])
    if parsed.tag[verb] == "VBN" and parsed.dep[verb] == "advcl" and not passive and _questions(parsed, verb, frames):
        if agent(parsed, verb) is None and not any(parsed.dep[k] == "aux" for k in parsed.kids[verb]):
            return None  # "Asked whether …, she said …": nobody is named for the question
        passive = True
    passive = passive or headed(parsed, verb)
    shared = not passive and shares_passive(parsed, verb, frames)
    passive = passive or shared
    if parsed.lemma[verb] == "report" and cited_as(parsed, verb):
        return None  # "is reporting the police as saying that …"
    if passive and (cited_as(parsed, verb) or mere_time(parsed, verb)):
        return None
    if parsed.tag[verb] == "VBG" and parsed.dep[verb] in {"csubj", "csubjpass"}:
        return None  # "Determining who was hurt has been hard"
    if _counted(parsed, verb) or _outlet_itself(g, verb) or _unsaid(parsed, verb) or _looms(parsed, verb):
        return None
    if asked_aside(parsed, verb) or _undone(parsed, verb) or keeps_name(parsed, verb):
        return None
    if parsed.tag[verb] == "VBN" and parsed.dep[verb] == "acl" and agent(parsed, verb) is not None:
        return _reduced(g, verb, frames)
    if "evidence" in frames and not passive and not _evidence(parsed, verb, lexicon):
        frames = {f: a for f, a in frames.items() if f not in {"clause", "evidence", "object"}}
    elif "evidence" in frames and not passive and document(parsed, verb, lexicon):
        frames = {**frames, "object": frames["evidence"]}
    if "to" in frames and frames["to"] == "declines":
        silent = _silence(g, verb, lexicon)
        if silent:
            return silent
    got = content_of(g, verb, frames, passive=passive)
    if not passive and parsed.lemma[verb] == "tell":
        got = told_outlet(g, verb, got)
    if not got or not got[0]:
        return None
    content, act, rank = got
    if _untold(parsed, verb, content) or _overheard(parsed, verb) or _nobody(parsed, verb):
        return None
    if parsed.dep[verb] == "pcomp" and parsed.lower[parsed.head[verb]] == "without":
        act = "declines"
    if act == "asserts" and parsed.lemma[verb] in lexicon.silence and _refuses(parsed, verb):
        act = "declines"
    before = max(0, verb - 1)
    named = parsed.words[before] == "," or parsed.pos[before] == "PROPN" or parsed.dep[verb] == "acl"
    if parsed.lemma[verb] in {"cite", "quote"} and parsed.tag[verb] == "VBG" and named:
        return None  # ", citing …" names the channel of the words before it
    if (rank == 2 and not _tells(g, verb, act, content)) or _withheld(parsed, verb, act):
        return None
    empty = _NOTHING.fullmatch(parsed.text[content[0][0] : content[-1][1]])
    if empty and not (act == "declines" and empty["asked"]):
        return None
    content = whole_quotes(g, _without_and(parsed, content))
    teller = parsed.head[verb] if shared and agent(parsed, verb) is None else verb
    speaker = speaker_of(g, teller, passive=passive)
    if rank == 2 and speaker is None and not any(g.quote_of[g.word_at(a)] >= 0 for a, _ in content):
        return None
    return Found(
        cue=cue_range(parsed, verb), content=content, speaker=speaker, act=act, sentence=parsed.sent[verb],
        cue_word=verb, rank=rank,
    )  # fmt: skip


def _without_and(parsed: Parse, content: list[Range]) -> list[Range]:
    """No content ends with the "and" before the next verb."""
    start, end = content[-1]
    found = _AND.search(parsed.text, max(start, end - 6), end)
    return [*content[:-1], (start, found.start())] if found and found.start() > start else content


_AND = re.compile(r",?\s(?:and|but|or)$")


def _tells(g: Ground, verb: int, act: str, content: list[Range]) -> bool:
    """False for weak cues that name or characterise: "a virus called …", "who supports …", "did not confirm …"."""
    parsed = g.parsed
    dep, tag = parsed.dep[verb], parsed.tag[verb]
    if parsed.lemma[verb] == "order" and parsed.lower[verb - 1] == "in":
        return False
    if dep == "relcl" and tag in {"VBP", "VBZ", "VBN"} and act in {"asserts", "thinks"}:
        return any(g.quote_of[w] >= 0 for span in content for w in g.words_in(span))
    finite = any(parsed.dep[k] == "aux" for k in parsed.kids[verb])  # "Lima: Norvia has denied …"
    return not (dep == "acl" and tag == "VBN") or finite


def _withheld(parsed: Parse, verb: int, act: str) -> bool:
    """It was not said: "has not asked for help", "did not announce a date"."""
    if act not in _DONE and parsed.lemma[verb] not in lexicon().kept_back | {"comment"}:
        return False
    return act != "declines" and any(parsed.dep[k] == "neg" for k in parsed.kids[verb])


_DONE = frozenset({"asks", "orders", "promises", "warns"})


_HEARERS = frozenset({"court", "inquest", "jury", "tribunal", "inquiry", "hearing", "committee", "commission", "panel"})


def _overheard(parsed: Parse, verb: int) -> bool:
    """Only courts and inquiries "hear that …" what somebody has told them."""
    who = own_subject(parsed, verb)
    return parsed.lemma[verb] == "hear" and (who is None or parsed.lemma[who].lower() not in _HEARERS)


def _nobody(parsed: Parse, verb: int) -> bool:
    """Nobody in particular says it: "neither side confirmed that …", "whoever says so"."""
    who = own_subject(parsed, verb)
    if who is None or parsed.head[who] != verb:
        return False
    words = {parsed.lower[who], *(parsed.lower[k] for k in parsed.kids[who] if k < who)}
    return bool(words & _NOBODY) and parsed.words[who] != _NUMBER_TEN


_NUMBER_TEN = "10"
"""No 10 is where the British prime minister sits, and somebody."""
_NOBODY = frozenset({"neither", "nobody", "none", "no", "whoever", "anyone", "anybody", "nothing"})


_NOTHING = re.compile(
    r"(?:on )?(?:that|this|it|so|much|itself\b.*|themselves\b.*|himself\b.*|herself\b.*"
    r"|(?:to )?(?:\w+ )?(?:(?:an? )?(?:e-?mailed )?requests? for (?:comment|an interview|further details)|questions)"
    r"|(?P<asked>a question (?:from|by|about)\b.*))",
    re.IGNORECASE | re.DOTALL,
)


def _unsaid(parsed: Parse, verb: int) -> bool:
    """Not said but possible or wanted ("she could say"), or a command to the reader ("remember: …")."""
    kids = parsed.kids[verb]
    if any(parsed.dep[k] == "aux" and parsed.lower[k] in _POSSIBLE for k in kids):
        return True
    to = verb - 1 - (parsed.pos[verb - 1] == "ADV")
    if parsed.tag[verb] == "VB" and parsed.lower[to] == "to" and parsed.lower[to - 1] in {"yet", "unable"}:
        return True  # "has yet to comment", "was unable to confirm it"
    if parsed.lower[max(0, verb - 2) : verb] == ["able", "to"] and {"not", "n't", "n’t"} & set(
        parsed.lower[verb - 6 : verb]
    ):
        return True  # "has not been able to confirm it"
    return (
        parsed.tag[verb] == "VB"
        and parsed.dep[verb] == "ROOT"
        and not any(parsed.dep[k] in {"aux", "nsubj"} for k in kids)
    )


def _undone(parsed: Parse, verb: int) -> bool:
    """What is not done, or laid to somebody: "rather than order a halt", "made no effort to deny it", "accused him of
    seeking to leave"."""
    if parsed.lower[verb - 1] == "than":
        return True
    if parsed.dep[verb] == "xcomp" and parsed.lemma[parsed.head[verb]] in {"decline", "refuse"}:
        return parsed.lemma[verb] in lexicon().silence and parsed.lemma[parsed.head[verb]] in lexicon().heads
    if parsed.dep[verb] == "pcomp" and parsed.lower[parsed.head[verb]] == "of":
        above = parsed.head[parsed.head[verb]]
        return "of:" in lexicon().verbs.get(parsed.lemma[above], {}) and parsed.lemma[verb] in _AIMS
    if parsed.dep[verb] != "acl" or not has_to(parsed, verb):
        return False
    at = parsed.head[verb]
    for _ in range(4):
        if any(parsed.dep[k] == "neg" or parsed.lower[k] == "no" for k in parsed.kids[at] if k < at):
            return True
        if parsed.pos[at] in {"VERB", "AUX"} or parsed.head[at] == at:
            return False
        at = parsed.head[at]
    return False


_AIMS = frozenset({"seek", "want", "hope", "wish", "plan", "intend", "plot", "aim", "threaten", "conspire"})


def _refuses(parsed: Parse, verb: int) -> bool:
    """It says that the answer is kept back: "will not confirm", "would not say", "has not said whether"."""
    kids = parsed.kids[verb]
    if any(
        parsed.lower[k] in _ASKING
        for c in kids
        if c > verb and parsed.dep[c] in {"ccomp", "xcomp", "advcl"}
        for k in parsed.kids[c]
        if k < c
    ):
        return any(parsed.dep[k] == "neg" for k in kids) or _negated_before(parsed, verb)
    will = any(parsed.dep[k] == "aux" and parsed.lower[k] in {"will", "would", "wo", "won’t"} for k in kids)
    will = will or (parsed.lemma[verb] == "comment" and parsed.tag[verb] == "VBG")
    return will and any(parsed.dep[k] == "neg" for k in kids)


def _negated_before(parsed: Parse, verb: int) -> bool:
    """In "did not explain or say how" neither was done."""
    if (
        parsed.dep[verb] != "conj"
        or parsed.lower[verb - 1] not in {"or", "nor"}
        or own_subject(parsed, verb) is not None
    ):
        return False
    return any(parsed.dep[k] == "neg" for k in parsed.kids[parsed.head[verb]])


_ASKING = frozenset({"whether", "if", "when", "why", "how", "who", "what", "where", "which"})


def _looms(parsed: Parse, verb: int) -> bool:
    """A thing threatens or promises: "a strike which threatens to halt trains", "the truce promises some relief"."""
    if parsed.lemma[verb] not in {"threaten", "promise", "guarantee"}:
        return False
    who = agent(parsed, verb) or own_subject(parsed, verb)
    if who is None:
        return False
    if parsed.lemma[verb] != "threaten":
        return parsed.pos[who] == "NOUN" and parsed.lemma[who].lower() in lexicon().promising
    lemma, pronoun = parsed.lemma[who].lower(), parsed.pos[who] == "PRON" and parsed.lower[who] not in _THEY
    return pronoun or lemma in lexicon().things


_THEY = frozenset({"he", "she", "they", "we", "i", "who"})


_FINDING = frozenset({"determine", "establish", "find", "learn", "discover", "test", "investigate", "examine"})
_JUDGED = frozenset(
    {"early", "late", "soon", "difficult", "hard", "easy", "impossible", "possible", "important", "fair", "premature"}
    | {"wrong", "right", "safe", "reasonable", "tempting", "worth", "essential", "vital", "necessary", "crucial"}
)


def _untold(parsed: Parse, verb: int, content: list[Range]) -> bool:
    """Nobody says it: "to determine whether it is safe", "it is too early to say"."""
    opens = parsed.text[content[0][0] : content[0][0] + 8].lower()
    if parsed.lemma[verb] in _FINDING and opens.startswith(("whether", "if ")):
        return True
    return parsed.tag[verb] == "VB" and parsed.lower[verb - 1] == "to" and parsed.lower[verb - 2] in _JUDGED


def _counted(parsed: Parse, verb: int) -> bool:
    """A number of them "confirmed positive" says nothing: "73 were tested, 32 confirmed negative"."""
    who = own_subject(parsed, verb)
    return (
        who is not None
        and parsed.pos[who] != "PROPN"
        and parsed.words[who][0].isdigit()
        and parsed.tag[verb] in {"VBD", "VBN"}
    )


def _outlet_itself(g: Ground, verb: int) -> bool:
    """The outlet on its own coverage: "we reported earlier"."""
    who = own_subject(g.parsed, verb)
    return who is not None and g.parsed.lower[who] == "we" and g.quote_of[who] < 0


def _reduced(g: Ground, verb: int, frames: Frames) -> Found | None:
    """In "a rumour denied by the palace" what stands before the cue is the content."""
    parsed = g.parsed
    frame = next((f for f in ("object", "clause") if f in frames), None)
    head = agent(parsed, verb)
    what = mention(g, parsed.head[verb], stop=verb)
    if frame is None or head is None or what is None or frames[frame] not in {"denies", "declines"}:
        return None
    return Found(
        cue_range(parsed, verb),
        [what],
        mention(g, head),
        frames[frame],
        sentence=parsed.sent[verb],
        cue_word=verb,
        rank=2,
    )


def _silence(g: Ground, verb: int, lexicon: Lexicon) -> Found | None:
    """What was asked, in "asked whether …, she declined to comment"; else what follows."""
    parsed = g.parsed
    kid = next(
        (k for k in parsed.kids[verb] if k > verb and parsed.dep[k] == "xcomp" and parsed.lemma[k] in lexicon.silence),
        None,
    )
    if kid is None:
        return None
    first, _ = g.sentences[g.sentence_of[verb]]
    asked = next(
        (w for w in range(first, min(first + 3, verb)) if parsed.lemma[w] in {"ask", "press", "question"}), None
    )
    if parsed.lemma[kid] == "draw" and not any(parsed.dep[k] == "auxpass" for k in parsed.kids[kid]):
        return None  # no "refused to be drawn"
    about = next((k for k in parsed.kids[kid] if k > kid and parsed.dep[k] in {"prep", "dobj", "ccomp"}), None)
    if asked is not None and about is None:
        content, last = runs(parsed, _question(parsed, asked, verb)), kid
    else:
        after = [w for w in below(parsed, kid) if w > kid]
        content, last = (runs(parsed, after), kid) if about is not None else (runs(parsed, below(parsed, kid)), verb)
    if not content:
        return None
    return Found(
        g.chars(verb, last + 1), content, speaker_of(g, verb, passive=False), "declines", sentence=parsed.sent[verb],
        cue_word=verb, rank=1,
    )  # fmt: skip


def _question(parsed: Parse, asked: int, verb: int) -> list[int]:
    """From "whether", "about" or "if" to the comma before the one who was asked."""
    end = max((w for w in range(asked, cue_part(parsed, verb)) if parsed.words[w] == ","), default=verb)
    marks = {"whether", "if", "about", "why", "how", "what", "when", "where", "who"}
    start = next((w for w in range(asked + 1, end) if parsed.lower[w] in marks), asked + 1)
    return list(range(start + (parsed.lower[start] == "about"), end))


def _evidence(parsed: Parse, verb: int, lexicon: Lexicon) -> bool:
    """True unless a thing is shown by mere evidence: footage, data, a look."""
    who = subject(parsed, verb)
    if who is None:
        return True
    if parsed.dep[verb] == "acl" and parsed.lemma[parsed.head[verb]] in lexicon.no_evidence:
        return False  # "aired a clip showing …"
    lemma = parsed.lemma[who].lower()
    if lemma in lexicon.counts:
        return _issued(parsed, who)
    if lemma in lexicon.no_evidence:
        return False
    if parsed.lemma[verb] not in {"show", "reveal", "indicate", "demonstrate"}:
        return True
    if can_speak(parsed, who):
        return True
    if parsed.lemma[verb] in {"indicate", "signal"} and lemma in lexicon.headline | lexicon.assessors:
        return True
    return lemma in lexicon.evidence or parsed.pos[who] == "PROPN" or parsed.lower[who] in {"he", "she", "they", "who"}


_PUTTING_OUT = ISSUING | {"carry", "report", "obtain", "disclose", "leak", "cite", "quote", "circulate", "post"}
_PUTTING_OUT |= {"analyse", "analyze"}


def _issued(parsed: Parse, who: int) -> bool:
    """Numbers that somebody has put out: "official figures", "data from its task force", ", the data" at a tail."""
    words = set(parsed.lower[min(below(parsed, who)) : who])
    if words & lexicon().issued or any(parsed.dep[k] == "poss" for k in parsed.kids[who]):
        return True
    if any(parsed.lower[k] in {"from", "by"} and k > who for k in parsed.kids[who]):
        return True
    if any(parsed.dep[k] == "acl" and parsed.lemma[k] in _PUTTING_OUT for k in parsed.kids[who]):
        return True
    first = min(below(parsed, who))
    return parsed.words[first - 1] == "," and first - parsed.sentences[parsed.sent[who]][0] > 4
