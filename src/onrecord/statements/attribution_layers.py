"""What an outlet passes on, and whose words it is → the latter alone: "Lee urged calm, the Herald said"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.statements.attribution_chains import can_speak
from onrecord.statements.attribution_ground import Found, Ground, mention, own_subject, trimmed
from onrecord.statements.attribution_lexicon import lexicon
from onrecord.statements.mentions_words import singular
from onrecord.statements.mentions_words import words as people_words
from onrecord.statements.sides import hits as known_words
from onrecord.statements.via_frames import behind
from onrecord.statements.via_names import read
from onrecord.statements.via_said import said_so
from onrecord.statements.via_sources import outlet_in

_NEAR = 4
"""How many words may stand before the one who speaks in what the outlet passes on."""


def unlayered(g: Ground, found: list[Found]) -> list[Found]:
    """Without statements of outlets, named behind the words, that hold no more than somebody's own statement."""
    for one in found:
        behind(g, one)
    cues = {one.cue_word for one in found}
    found = [one for one in found if not (said_so(g, one) or _only_cited(g, one, cues))]
    found += _quoted(g, cues)
    outer = [one for one in found if _passes_on(g, one)]
    if not outer:
        return found
    told_in: dict[int, list[Found]] = {}
    for one in found:
        told_in.setdefault(one.sentence, []).append(one)
    gone = {id(one) for one in outer if _theirs(g, one, _around(told_in, one))}
    for one in outer:
        if id(one) not in gone:
            _give_to_opener(g, one)
    for one in outer:
        _keep_out(one, told_in[one.sentence])
    return [one for one in found if id(one) not in gone]


def _around(told_in: dict[int, list[Found]], one: Found) -> list[Found]:
    """What is told in its sentence and in those beside it."""
    return [other for at in range(one.sentence - 1, one.sentence + 2) for other in told_in.get(at, ())]


def _keep_out(outer: Found, found: list[Found]) -> None:
    """No words end with ", reported Radio Sul"."""
    cue, end = outer.cue[0] if outer.cue else -1, outer.content[0][1]
    for one in found:
        if one is not outer and any(low < end <= cue < high for low, high in one.content):
            one.content = [(low, end if low < end <= cue < high else high) for low, high in one.content]


def _theirs(g: Ground, outer: Found, found: list[Found]) -> bool:
    """Somebody's own statement is all of it, and gets the outlet."""
    near = (one for one in found if one is not outer and abs(one.cue_word - outer.cue_word) < _FAR)
    inner = next((o for o in near if any(fits(g, outer, o) for fits in (_is_all_of, _ends, _leads, _quotes))), None)
    if inner is None or outer.speaker is None:
        return False
    end = outer.content[0][1]
    before = [(low, min(high, end) if inner.rank else high) for low, high in inner.content if low < end]
    inner.content = before or inner.content
    inner.via = inner.via or _outlet(g, outer)
    return True


def _quoted(g: Ground, cues: set[int]) -> Iterator[Found]:
    """ "The road is open, Radio Sul QUOTED Lee AS SAYING": what stands before the outlet is Lee's."""
    parsed, at = g.parsed, 0
    for _ in range(parsed.lower.count("saying")):
        at = parsed.lower.index("saying", at) + 1
        saying, (first, past) = at - 1, g.sentences[g.sentence_of[at - 1]]
        ends = at >= past or parsed.words[at] in {".", ",", "”", '"', ";"}
        if saying in cues or not ends or parsed.lower[saying - 1] != "as":
            continue
        low = max(first, saying - _FAR_QUOTED)
        verb = next((w for w in range(saying - 2, low, -1) if parsed.lemma[w] in {"quote", "cite"}), None)
        comma = next((w for w in range(verb - 1, low, -1) if parsed.words[w] == ","), None) if verb else None
        outlet = read(parsed.text, parsed.start[comma + 1], parsed.start[verb]) if comma and verb else None
        told = trimmed(parsed.text, parsed.start[first], parsed.start[comma]) if comma else None
        who = trimmed(parsed.text, parsed.end[verb], parsed.start[saying - 1]) if verb else None
        if told and who and outlet and outlet.name and outlet.sure and verb and outlet.end >= parsed.start[verb] - 5:
            cue = (parsed.start[saying], parsed.end[saying])
            sentence = parsed.sent[saying]
            yield Found(cue, [told], who, sentence=sentence, cue_word=saying, via=(outlet.name,))


_FAR_QUOTED = 18


def _only_cited(g: Ground, one: Found, cues: set[int]) -> bool:
    """Only whom the outlet cites, no words: "citing police sources, …". What "cited Lee as saying" gives is cut out."""
    parsed = g.parsed
    if one.cue_word < 0 or parsed.lemma[one.cue_word] != "cite" or len(one.content) != 1:
        return False
    start, end = one.content[0]
    if (saying := _AS_SAYING.match(parsed.text, start, end)) is not None:
        one.content = [(saying.end(), end)]
        return any(w in cues for w in range(one.cue_word + 1, g.word_at(saying.end())))
    head = next((k for k in parsed.kids[one.cue_word] if k > one.cue_word and parsed.dep[k] == "dobj"), None)
    plain = not any(parsed.pos[w] == "VERB" for w in g.words_in((start, end)))
    return head is not None and plain and can_speak(parsed, head)


_AS_SAYING = re.compile(r"[^“”\"]{1,80}? as (?:saying|telling \w+|stating)(?: that)? (?=\w)")


def _outlet(g: Ground, one: Found) -> tuple[str, ...]:
    name = outlet_in(g, one.speaker) or _body(g, one.speaker) if one.speaker is not None else None
    return (name,) if name else ()


def _quotes(_: Ground, outer: Found, inner: Found) -> bool:
    """Direct speech that runs on into what the outlet passes on, its cue behind it."""
    start, end = outer.content[0]
    if inner.rank != 0 or inner.cue is None or not start < inner.cue[0] < end:
        return False
    return any(low < end and start < high for low, high in inner.content)


def _ends(_: Ground, outer: Found, inner: Found) -> bool:
    """ "The road is open, Lee told Radio Sul on Monday" is what the outlet passes on."""
    start, end = outer.content[0]
    if inner.cue is None or inner.speaker is None or not inner.content or inner.act in {"thinks", "wants", "plans"}:
        return False
    told = max(inner.cue[1], inner.speaker[1])
    within = start <= inner.speaker[0] and start < inner.cue[0] < end and end - told <= _REST
    return within and inner.content[0][0] <= start + 2 and inner.content[0][1] <= min(inner.cue[0], inner.speaker[0])


def _leads(g: Ground, outer: Found, inner: Found) -> bool:
    """ "According to Lee, the road is open, reports Radio Sul": the source leads what the outlet passes on."""
    start, end = outer.content[0]
    if inner.cue is None or inner.speaker is None or g.parsed.lower[inner.cue_word] not in {"according", "as"}:
        return False
    return abs(inner.cue[0] - start) <= 2 and inner.speaker[1] <= inner.content[0][0] < end


def _give_to_opener(g: Ground, one: Found) -> None:
    """Give it to who opens it: "LEE SAYS that the road is open, reports Radio Sul"."""
    parsed, (start, end) = g.parsed, one.content[0]
    first = g.word_at(start)
    for verb in range(first + 1, min(first + _OPENING, len(parsed))):
        perfect = parsed.tag[verb] == "VBN" and any(parsed.lemma[k] == "have" for k in parsed.kids[verb])
        if parsed.start[verb] >= end or not (perfect or parsed.tag[verb] in {"VBZ", "VBD"}):
            continue
        act = lexicon().verbs.get(parsed.lemma[verb], {}).get("clause")
        plain = parsed.lemma[verb] in _SAYS or act == "denies" or parsed.lower[verb + 1 : verb + 2] == ["that"]
        if act is None or not plain:
            continue
        who = own_subject(parsed, verb)
        span = mention(g, who, verb) if who is not None and first <= who < verb and g.quote_of[who] < 0 else None
        after = verb + 1 + (parsed.lower[verb + 1 : verb + 2] == ["that"])
        told = trimmed(parsed.text, parsed.end[after - 1], end)
        if span is None or told is None or not _opens(g, first, g.word_at(span[0])):
            return
        one.via = _outlet(g, one)
        one.speaker, one.content, one.rank, one.act = span, [told], 1, act
        one.cue, one.cue_word = (parsed.start[verb], parsed.end[verb]), verb
        return


_SAYS = frozenset({"say", "claim", "announce", "warn", "insist", "deny", "declare", "confirm", "admit", "add"})
_FAR = 60
"""How many words apart the cues of one and the other layer may stand."""
_OPENING = 16
"""Among so many words the one who opens what is passed on says it."""
_REST = 30
"""So many characters may follow who said it: "on Monday"."""


def _passes_on(g: Ground, one: Found) -> bool:
    """The content stands before the cue, and an outlet gives it."""
    if one.cue is None or one.speaker is None or one.rank > 1 + (g.parsed.lower[one.cue_word] == "according"):
        return False
    behind = g.parsed.lower[one.cue_word] == "according" and one.speaker[1] <= one.content[0][0]
    if len(one.content) != 1 or (one.content[0][1] > one.cue[0] and not behind) or one.act != "asserts":
        return False
    told_by_body = g.parsed.lower[one.cue_word] == "according" and _body(g, one.speaker) is not None
    return outlet_in(g, one.speaker) is not None or _of_press(g, one.speaker) or told_by_body


def _body(g: Ground, span: tuple[int, int]) -> str | None:
    """The name of a public body: "according to DOWNING STREET"."""
    tokens = g.parsed.text[slice(*span)].removeprefix("the ").split()
    known = [hit for hit in known_words(tokens) if hit.known.kind == "body"] if len(tokens) <= _NAME_WORDS else []
    return " ".join(tokens) if known and all(token[:1].isupper() for token in tokens) else None


_NAME_WORDS = 4


def _of_press(g: Ground, span: tuple[int, int]) -> bool:
    words = g.parsed.text[slice(*span)].lower().split()
    if not words:
        return False
    agency = words[-1] == "agency" and words[-2:-1] in (["news"], ["press"], ["wire"])
    return agency or words[-1] == "media" or people_words().bodies.get(singular(words[-1])) == "outlet"


def _opens(g: Ground, first: int, who: int) -> bool:
    """Whoever speaks stands at the head of the words, or right behind "After the vote, "."""
    parsed = g.parsed
    if who - first <= _NEAR:
        return True
    led = parsed.pos[first] in {"ADP", "SCONJ"} or parsed.tag[first] == "VBG"
    return led and who - first <= _LED and parsed.words[who - 1] == "," and "," not in parsed.words[first : who - 1]


_LED = 14


def _is_all_of(g: Ground, outer: Found, inner: Found) -> bool:
    """The inner speaker opens the outer words, and the inner cue is the verb of their main clause."""
    start, end = outer.content[0]
    if inner.cue is None or inner.speaker is None or inner.rank > 2 or inner.act in {"thinks", "wants", "plans"}:
        return False
    if not (start <= inner.cue[0] < end and inner.speaker[0] >= start and inner.speaker[1] <= inner.cue[0]):
        return False
    parsed = g.parsed
    opens = _opens(g, g.word_at(start), g.word_at(inner.speaker[0]))
    head = parsed.head[inner.cue_word]
    top = parsed.dep[inner.cue_word] == "ROOT" or head == outer.cue_word or not start <= parsed.start[head] < end
    past = max(outer.speaker[1] + 1, end) if outer.speaker is not None else end
    return opens and top and all(start <= a < end and b <= past for a, b in inner.content)
