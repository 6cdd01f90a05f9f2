"""A cue that the parser lost → its content and speaker by word order: "…, said Lee.", "told them that …"."""

from __future__ import annotations

from onrecord.statements.attribution_chains import can_speak
from onrecord.statements.attribution_clauses import before, tail_name, without_tail
from onrecord.statements.attribution_ground import FINITE, Ground, mention, own_subject, runs, serial, trimmed
from onrecord.statements.attribution_lexicon import Frames, lexicon
from onrecord.statements.draft import Range
from onrecord.statements.mentions_words import words as people_words
from onrecord.statements.parse import Parse
from onrecord.statements.via_names import read

Content = tuple[list[Range], str, int]
"""The content, its act, and the rank of the rule that found it."""


def clause_by_order(g: Ground, verb: int, frames: Frames) -> list[Range]:
    """By word order, where the parse gives no clause: "…, the ministry said this week" and "told the paper that …"."""
    if "clause" not in frames and "person" not in frames:
        return []
    parsed = g.parsed
    first, past = g.sentences[g.sentence_of[verb]]
    if _behind_comma(parsed, verb, first):
        return runs(parsed, list(range(verb + 1 + (parsed.words[verb + 1] == ","), past)))
    if "quote" in frames and _inverted(parsed, verb) and verb - first > 3:
        return before(g, verb, [], low=verb)
    if (
        "quote" in frames
        and own_subject_right(parsed, verb) is None
        and not ("person" in frames and any(parsed.dep[k] == "xcomp" and k > verb for k in parsed.kids[verb]))
        and (parsed.dep[verb] not in {"relcl", "acl", "advcl"} or _cut_off(g, verb))
    ):
        goes_on = any(k > verb and (parsed.lower[k] == "as" or _reports(parsed, verb, k)) for k in parsed.kids[verb])
        name = tail_name(g, verb) if not goes_on else None
        if (
            name is not None
            and name - first >= 3
            and any(parsed.tag[w] != "VBG" and parsed.tag[w].startswith(("VB", "MD")) for w in range(first, name))
        ):
            return before(g, verb, [], low=name)
    if any(parsed.dep[k] == "auxpass" for k in parsed.kids[verb]) and any(
        parsed.lower[k] == "as" for k in parsed.kids[verb]
    ):
        return []  # "was reported as saying that …"
    start = _that_after(parsed, verb, past)
    if start and "evidence" in frames and parsed.dep[parsed.head[start - 1]] == "relcl":
        return []  # "revealed the loss of a town that they took in May"
    denied = frames.get("clause") == "denies" and start is not None
    if (
        start
        and denied
        and any(parsed.dep[k] == "dobj" and parsed.lemma[k] in lexicon().nouns for k in parsed.kids[verb])
    ):
        return []
    if start and denied and parsed.lemma[start - 2] in lexicon().nouns:
        return []  # "disputed the claim that …"
    if start is None and parsed.lemma[verb] == "say" and _clause_follows(parsed, verb, past):
        start = verb + 1
    if start is None or past - start < 3 or parsed.lower[start] == "nothing":
        return []
    return runs(parsed, without_tail(g, list(range(start, past))))


def _reports(parsed: Parse, verb: int, kid: int) -> bool:
    """What follows the verb is what it tells: "In a video, the ministry REPORTED SHELLING"; or a colon opens it."""
    if parsed.words[kid] == ":" and kid == verb + 1:
        return True
    thing = parsed.dep[kid] == "dobj" and parsed.pos[kid] == "NOUN" and parsed.lower[kid] not in lexicon().times
    return thing and parsed.lemma[verb] not in _HEARD


_NAME = 10


def _inverted(parsed: Parse, verb: int) -> bool:
    """In ", said the mayor" the name follows the verb, and no clause follows the name."""
    if (
        parsed.words[verb - 1] not in {",", "”", '"', "''"}
        or parsed.tag[verb] not in {"VBD", "VBZ"}
        or verb + 1 >= len(parsed)
    ):
        return False
    after = own_subject_right(parsed, verb)
    if after is None and own_subject(parsed, verb) is not None:
        return False
    if serial(parsed, verb) is not None:
        return False
    if after is None and parsed.dep[verb] == "conj" and any(parsed.dep[k] == "dobj" for k in parsed.kids[verb]):
        return False  # "accused the board of waste, demanded a vote and …"
    return (after is not None or parsed.pos[verb + 1] in {"PROPN", "DET"}) and parsed.lower[verb + 1] != "that"


def own_subject_right(parsed: Parse, verb: int) -> int | None:
    """The subject after the verb: "said the mayor"."""
    return next((k for k in parsed.kids[verb] if k > verb and parsed.dep[k] == "nsubj"), None)


def _that_after(parsed: Parse, verb: int, past: int) -> int | None:
    for word in range(verb + 1, min(past - 3, verb + 14)):
        if parsed.lower[word] == "that" and parsed.tag[word] in {"IN", "DT", "WDT"}:
            pointing = parsed.tag[word] == "DT" and (parsed.pos[word + 1] in {"CCONJ", "PUNCT"})
            return None if pointing or _relative(parsed, verb, word) else word + 1
        if parsed.tag[word] in FINITE or parsed.words[word] in ".;:" or _other_cue(parsed, word):
            return None
    return None


_HEARD = frozenset({"tell", "inform", "assure", "remind", "warn", "advise", "brief", "notify", "reassure", "alert"})


def _relative(parsed: Parse, verb: int, that: int) -> bool:
    """The "that" of "reported a quake that reached 4", which tells of the noun before it; not "told the man that …"."""
    clause = parsed.head[that]
    if parsed.lemma[verb] in _HEARD or parsed.dep[clause] != "relcl" or parsed.head[clause] != that - 1:
        return False
    return parsed.dep[that] in {"nsubj", "nsubjpass"} and parsed.tag[that] == "WDT"


def _cut_off(g: Ground, verb: int) -> bool:
    """In "it will flood if the rain returns, officials warned" the parser may put the "if" on the cue."""
    parsed, name = g.parsed, tail_name(g, verb)
    mark = next((k for k in parsed.kids[verb] if parsed.dep[k] == "mark"), None)
    if parsed.dep[verb] != "advcl" or name is None or mark is None:
        return False
    return mark < name - 2 and parsed.words[name - 1] == ","


def _other_cue(parsed: Parse, word: int) -> bool:
    """The "telling" of "ruled out a law, telling them that …" has its own clause."""
    return parsed.tag[word] == "VBG" and "clause" in lexicon().verbs.get(parsed.lemma[word], {})


def _clause_follows(parsed: Parse, verb: int, past: int) -> bool:
    at = verb + 1
    if (
        at >= past
        or parsed.pos[at] not in {"PRON", "PROPN", "NOUN", "DET", "ADJ", "NUM", "PUNCT"}
        or parsed.words[at] in ",.;:"
    ):
        return False
    return any(parsed.tag[w] in FINITE for w in range(at + 1, past))


def name_by_order(g: Ground, verb: int) -> Range | None:
    """The name that stands right before the verb in a tail, where the parse gives no subject."""
    name = tail_name(g, verb)
    if name is None or any(g.parsed.lower[k] == "as" and k > verb for k in g.parsed.kids[verb]):
        return None
    parsed, last = g.parsed, verb - 1
    while last > name and parsed.pos[last] in {"AUX", "ADV", "PUNCT"}:
        last -= 1
    return g.chars(name, last + 1)


def relative_by_order(g: Ground, verb: int) -> list[Range]:
    """In "a clerk it claimed was a thief" the words before and after the cue are one clause."""
    parsed = g.parsed
    past = g.sentences[g.sentence_of[verb]][1]
    if parsed.dep[verb] != "relcl" or verb + 2 >= past or parsed.tag[verb + 1] not in FINITE:
        return []
    who = mention(g, parsed.head[verb], stop=verb)
    end = next((w for w in range(verb + 2, past) if parsed.words[w] in {",", ";", "–", "—"}), past)
    return [who, *runs(parsed, list(range(verb + 1, end)))] if who else []


def torn(parsed: Parse, spans: list[Range], clause: int) -> bool:
    """One or two words where the parser lost the rest of the clause."""
    return len(spans) == 1 and len(parsed.text[slice(*spans[0])].split()) < 2 and len(parsed.words) > clause + 6


def name_before(g: Ground, verb: int) -> Range | None:
    """The name right before a finite verb: "Ann Lee, 44, said"; a last resort, where the parse gives no subject."""
    parsed = g.parsed
    first = g.sentences[g.sentence_of[verb]][0]
    last = verb - 1
    while last > first and parsed.pos[last] in {"AUX", "ADV"}:
        last -= 1
    if parsed.words[last] == "," and last - first > 2:
        if (behind := _office_and_name(g, first, last)) is not None:
            return behind
        last = next((w - 1 for w in range(last - 1, max(first, last - 8), -1) if parsed.words[w] == ","), last)
    while last > first + 1 and parsed.lower[last] in {"both", "all", "each"}:
        last -= 1  # "Ana Reis and Lee both said"
    if (head := _before_aside(parsed, first, last)) is None:
        head = _over_who(parsed, last, verb)
    if head is not None:
        return mention(g, head, stop=last)
    low = last + 1
    while (
        low > first
        and parsed.pos[low - 1] in {"PROPN", "NOUN", "PRON", "DET", "ADJ", "NUM"}
        and g.quote_of[low - 1] < 0
    ):
        low -= 1
    finite = parsed.tag[verb] in FINITE or (parsed.tag[verb] == "VBN" and parsed.pos[verb - 1] in {"AUX", "ADV"})
    named = low <= last and parsed.pos[last] in {"PROPN", "NOUN", "PRON"} and finite
    return g.chars(low, last + 1) if named else None


def _before_aside(parsed: Parse, first: int, last: int) -> int | None:
    """Who stands before an aside: "THE LEAGUE for Ports and Docks in Peru - which keeps the lists - said"."""
    if parsed.words[last] not in _DASHES:
        return None
    dash = next((w for w in range(last - 1, first, -1) if parsed.words[w] == parsed.words[last]), None)
    if dash is None or parsed.lower[dash + 1] not in {"which", "who", "whose"}:
        return None
    at = dash - 1
    while parsed.head[at] < at and parsed.head[at] >= first and parsed.dep[at] in {"pobj", "prep", "conj", "compound"}:
        at = parsed.head[at]
    return at if parsed.pos[at] in {"NOUN", "PROPN"} and can_speak(parsed, at) else None


_DASHES = frozenset({"-", "–", "—", "--"})


def _office_and_name(g: Ground, first: int, comma: int) -> Range | None:
    """ "The head of the port, ANA REIS, said", where the parser hung the name on something else."""
    parsed, low = g.parsed, comma - 1
    while low > first and parsed.pos[low] == "PROPN" and comma - low < _NAME:
        low -= 1
    if comma - low < 2 or parsed.words[low] != "," or low - 1 <= first or parsed.pos[low - 1] == "PUNCT":
        return None
    office = low - 1
    while parsed.dep[office] == "pobj" and parsed.pos[parsed.head[parsed.head[office]]] == "NOUN":
        office = parsed.head[parsed.head[office]]
    if not first <= office < low or parsed.lemma[office].lower() not in people_words().roles:
        return None
    begin = office
    while begin > first and parsed.pos[begin - 1] in _BEFORE_NOUN:
        begin -= 1
    return g.chars(begin, comma)


_BEFORE_NOUN = frozenset({"PROPN", "NOUN", "DET", "ADJ", "NUM", "PART"})


def _over_who(parsed: Parse, last: int, verb: int) -> int | None:
    """Whom a clause behind him tells of, up to the verb: "A medic in the town WHO SPOKE BY PHONE said", "diplomats
    BRIEFED ON THE TALKS said"."""
    at = last
    for _ in range(6):
        up = parsed.head[at]
        if up == at or at > verb:
            return None
        if parsed.dep[at] in {"relcl", "acl"}:
            break
        at = up
    who = any(parsed.lower[k] == "who" and parsed.dep[k] == "nsubj" for k in parsed.kids[at])
    briefed = parsed.dep[at] == "acl" and parsed.tag[at] in {"VBN", "VBD"} and can_speak(parsed, parsed.head[at])
    if not briefed and (parsed.dep[at] != "relcl" or not who):
        return None
    head = parsed.head[at]
    if parsed.dep[head] == "pobj" and not can_speak(parsed, head):
        over = parsed.head[parsed.head[head]]
        head = over if parsed.pos[over] in {"NOUN", "PROPN"} else head
    return head


def told_outlet(g: Ground, verb: int, got: Content | None) -> Content | None:
    """What stands behind the outlet in "told Radio Sul the road was open", where the parser joined the two names; else
    what was got."""
    parsed = g.parsed
    past = g.sentences[g.sentence_of[verb]][1]
    outlet = read(parsed.text, parsed.end[verb] + 1, parsed.end[past - 1])
    end = outlet.end if outlet is not None and outlet.sure and outlet.name else _audience(parsed, verb, past)
    if end is None:
        return got
    if got is not None and got[1] == "asserts" and not parsed.end[verb] <= got[0][0][0] < end:
        return got
    first = g.word_at(end)
    if first >= past or parsed.pos[first] not in _OPENS or "that" in parsed.lower[first : first + 4]:
        return got
    if parsed.lower[first] in people_words().sets["calendar"]:
        return got
    near = range(first + 1, min(past, first + 14))
    finite = next(
        (w for w in near if parsed.tag[w] in FINITE or (parsed.tag[w] == "VBN" and parsed.head[w] == verb)), None
    )
    if finite is None or any(parsed.words[w] in {",", ";", ":"} for w in range(first, finite)):
        return got
    aside = (w for w in range(finite, past - 1) if parsed.words[w] == "," and parsed.tag[w + 1] == "VBG")
    return runs(parsed, list(range(first, next(aside, past)))), "asserts", 1


def _audience(parsed: Parse, verb: int, past: int) -> int | None:
    """Where "the court", "a packed hearing", "MPs" end, those who were told."""
    for word in range(verb + 1, min(verb + 5, past)):
        if parsed.lower[word] in _AUDIENCES:
            return parsed.end[word]
        if parsed.pos[word] not in {"DET", "ADJ", "NOUN", "PROPN", "NUM"} and parsed.lower[word] not in {"'s", "’s"}:
            return None
    return None


_AUDIENCES = frozenset(
    {"court", "hearing", "inquest", "jury", "jurors", "inquiry", "tribunal", "parliament", "mps"}
    | {"lawmakers", "senators"}
    | {"reporters", "journalists", "congress", "committee", "council", "conference", "rally", "crowd", "judge", "trial"}
    | {"magistrates", "councillors", "councilors", "delegates", "ministers", "commons", "assembly", "senate", "panel"}
    | {"audience", "viewers", "supporters", "briefing", "meeting", "summit", "peers", "legislators"}
    | {"deputies", "press"}
)
_OPENS = frozenset({"DET", "PRON", "PROPN", "NOUN", "ADJ", "NUM"})


def _behind_comma(parsed: Parse, verb: int, first: int) -> bool:
    """ "The minister has said, an inquiry has been ordered": the parser takes the second clause for the main one."""
    if parsed.dep[verb] not in {"advcl", "ccomp"} or parsed.head[verb] < verb or not _comma_next(parsed, verb):
        return False
    if parsed.dep[verb] == "ccomp" and (parsed.lemma[verb] != "say" or "," in parsed.words[first:verb]):
        return False
    who = own_subject(parsed, verb)
    if who is None or who > verb or any(parsed.dep[k] in {"mark", "advmod"} and k < who for k in parsed.kids[verb]):
        return False
    return parsed.tag[first] not in {"IN", "WRB", "VBG"} and own_subject(parsed, parsed.head[verb]) is not None


def _comma_next(parsed: Parse, verb: int) -> bool:
    """A comma stands behind the verb, or behind its "so far"."""
    so_far = parsed.lower[verb + 1 : verb + 3] in (["so", "far"], ["this", "year"], ["this", "time"], ["right", "now"])
    at = verb + 3 if so_far else verb + 1
    return parsed.words[at : at + 1] == [","]


_BASE = frozenset({"report", "claim"})


def _of_press(g: Ground, word: int, first: int, past: int) -> tuple[Range | None, list[Range]] | None:
    """ "Two men were held, LOCAL MEDIA REPORT": an outlet's name stands between the comma and the end."""
    parsed = g.parsed
    comma = next((w for w in range(word - 1, max(first, word - 9), -1) if parsed.words[w] == ","), None)
    if comma is None or (word + 1 < past and parsed.words[word + 1] not in {".", ",", ";", "!", "”", '"'}):
        return None
    outlet = read(parsed.text, parsed.start[comma + 1], parsed.start[word])
    told = trimmed(parsed.text, parsed.start[first], parsed.start[comma])
    if outlet is None or not outlet.sure or outlet.end < parsed.start[word] - 1 or told is None:
        return None
    return g.chars(comma + 1, word), [told]


def taken_for_noun(g: Ground, word: int) -> tuple[Range | None, list[Range]] | None:
    """(speaker, content) around a cue that was taken for a noun; None where the words around it don't fit."""
    parsed = g.parsed
    first, past = g.sentences[g.sentence_of[word]]
    if parsed.lower[word] in {"report", "reports"} and (told := _of_press(g, word, first, past)):
        return told
    block = parsed.blocks[parsed.sentence_block[parsed.sent[word]]]
    line = parsed.text[block.start : block.end]
    start = word + 1
    if start < past and parsed.lower[start] == "that":
        start += 1
    elif not (line.isupper() or block.kind == "title") or (start < past and parsed.words[start] == ","):
        return None
    low = word
    while low > first and parsed.pos[low - 1] in {"NOUN", "PROPN", "PRON", "DET", "ADJ", "NUM", "PART", "X"}:
        low -= 1
    if past - start < 3 or low == word or parsed.pos[word - 1] == "ADJ":
        return None  # "there are unconfirmed reports that …"
    several = parsed.tag[word - 1] in {"NNS", "NNPS"} or parsed.lower[word - 1] in {"media", "police"}
    if parsed.lower[word] in _BASE and not (several and parsed.pos[low] != "DET"):
        return None  # "a media report that …"
    return g.chars(low, word), runs(parsed, list(range(start, past)))
