"""An outlet's frame around somebody's words → the words alone, and the outlet: "According to Reuters, …, Reis said"."""

from __future__ import annotations

import re

from onrecord.statements.attribution_ground import Found, Ground, mention, own_subject, trimmed
from onrecord.statements.draft import Range
from onrecord.statements.via_names import channels, read
from onrecord.statements.via_sources import outlet_in

_BEFORE = re.compile(r"(?:according to|(?:as |first |originally )?reported by)\s+", re.IGNORECASE)
_AFTER = re.compile(r"\s(?:reports?|reported|says|writes|tells)\s(?:how|that)\s")
_REPORTED = re.compile(r"\s(?:has |have )?(?:later |also )?(?:reported|reports|reporting|wrote|writes)\s*\.?\s*$")
_BEHIND = re.compile(r",\s(?:reported|reports|writes|wrote)\s")
_REFERRED = re.compile(r"\s(?:referring|with reference|in reference) to\s")
_STAFF = re.compile(r"\s(?:witness|witnesses|photographers?|videographers?|camera crew|team)\b")
_SPOKE = re.compile(
    r"\b(?:(?:speaking|spoke|spoken|talking|talked) (?:\w+ly |live )?(?:to|with|on)"
    r"|(?:appearing|appeared) on|(?:interviewed|asked|pressed|quizzed|grilled|questioned) (?:by|on)) "
)
_SAYING = frozenset({"announce", "declare", "confirm", "claim", "warn", "reveal", "state", "deny", "add", "insist"})
_HE = frozenset({"he", "she", "they"})


def unframe(g: Ground, found: list[Found]) -> None:
    """Take outlets' frames off, before the channels beside the cues are looked for; adds to `found`."""
    cues = {one.cue_word for one in found}
    for number, one in enumerate(list(found)):
        if (inner := _announced(g, one, number, cues)) is not None:
            found.append(inner)
            cues.add(inner.cue_word)
    _stubs(g, found)


def framed(g: Ground, one: Found) -> str | None:
    """The outlet that frames a statement, which loses the frame."""
    if one.speaker is None or one.voice != "attributed":
        return None
    if (own := staff(g, one.speaker)) or outlet_in(g, one.speaker):
        return own
    text, (start, end) = g.parsed.text, one.content[0]
    lead = _BEFORE.match(text, start, end)
    at = lead.end() if lead else start
    if lead is None and _AFTER.search(text, at, end) is None:
        return None
    name = read(text, at, end)
    if name is None or not name.sure or not name.name or name.name in channels().social:
        return None
    if lead:
        rest = name.end + 2 if text.startswith(", ", name.end) else None
    else:
        said = _AFTER.match(text, name.end, end)
        rest = said.end() if said and one.speaker[0] >= end else None
    if rest is None or rest >= end - 3 or start <= one.speaker[0] < end:
        return None
    one.content = [(rest, end), *one.content[1:]]
    return name.name


def staff(g: Ground, speaker: Range) -> str | None:
    """ "A Reuters witness said"."""
    text = g.parsed.text
    at = speaker[0] + len(text[slice(*speaker)]) - len(text[slice(*speaker)].lstrip())
    name = read(text, at, speaker[1])
    known = name and name.sure and name.name and name.name not in channels().social
    return name.name if name and known and _STAFF.match(text, name.end, speaker[1] + 1) else None


def behind(g: Ground, one: Found) -> None:
    """ "…, reports Tass referring to the minister": what stands before it is told, by whom it refers to."""
    if one.cue is None or one.cue_word < 0 or not one.content:
        return
    text = g.parsed.text
    low, high = _edges(g, g.sentence_of[one.cue_word])
    lead = _BEHIND.match(text, max(low, one.cue[0] - 2), high)
    outlet = read(text, lead.end(), high) if lead else None
    if lead is None or outlet is None or not outlet.sure or not outlet.name or outlet.name in channels().social:
        return
    inside = one.speaker is not None and one.content[0][0] <= one.speaker[0] < one.content[0][1]
    if one.speaker is None or inside or one.content[0][0] >= one.cue[1]:
        told = trimmed(text, low, lead.start())
        one.content = [told] if told and one.content[0][0] >= one.cue[1] else one.content
        one.speaker, one.voice, one.rank = (lead.end(), min(outlet.end, high)), "attributed", min(one.rank, 1)


def referred(g: Ground, one: Found) -> Range | None:
    """Whom an outlet refers to for what it reports: "Reuters reported, REFERRING TO an official"."""
    if one.cue_word < 0 or one.speaker is None:
        return None
    low, high = _edges(g, g.sentence_of[one.cue_word])
    found = _REFERRED.search(g.parsed.text, max(low, one.speaker[1]), min(high, one.speaker[1] + 120))
    if found is None:
        return None
    first = g.word_at(found.end())
    past = min(len(g.parsed), first + 12)
    owner = next((w - 1 for w in range(first + 1, past) if g.parsed.lower[w] in {"'s", "’s"}), None)
    head = owner if owner is not None else next((w for w in range(first, past) if g.parsed.dep[w] == "pobj"), None)
    span = mention(g, head) if head is not None else None
    return (span[0], g.parsed.end[owner]) if span and owner is not None else span  # without its mark


def _announced(g: Ground, one: Found, number: int, cues: set[int]) -> Found | None:
    """The inner statement of "Lagoa Radio reported that the premier ANNOUNCED that …"."""
    if one.cue_word < 0 or one.speaker is None or one.speaker[1] > one.content[0][0] or not outlet_in(g, one.speaker):
        return None
    parsed, (start, end) = g.parsed, one.content[-1]
    inside = g.words_in((start, end))
    verb = next((w for w in inside if parsed.lemma[w] in _SAYING and parsed.pos[w] == "VERB"), None)
    if verb is None or parsed.lower[verb + 1 : verb + 2] != ["that"] or verb in cues:
        return None
    who = own_subject(parsed, verb)
    span = mention(g, who) if who is not None and who in inside and g.quote_of[who] < 0 else None
    told = trimmed(parsed.text, parsed.end[verb + 1], end)
    if span is None or told is None:
        return None
    return Found(
        (parsed.start[verb], parsed.end[verb]),
        [told],
        span,
        act="denies" if parsed.lemma[verb] == "deny" else "asserts",
        sentence=one.sentence,
        cue_word=verb,
        rank=2,
        nested_in=number,
    )


def _stubs(g: Ground, found: list[Found]) -> None:
    """ "… . Lagoa Radio reported.": it tells of the sentence before."""
    told_in: dict[int, list[Found]] = {}
    for one in found:
        for word in {max(one.cue_word, 0), g.word_at(one.content[0][0])}:
            told_in.setdefault(g.sentence_of[word], []).append(one)
    for number in range(1, len(g.sentences)):
        low, high = _edges(g, number)
        if high - low > 80:
            continue
        outlet = read(g.parsed.text, low, high) if _REPORTED.search(g.parsed.text, low, high) else None
        said = _REPORTED.match(g.parsed.text, outlet.end, high) if outlet and outlet.sure and outlet.name else None
        if outlet is None or said is None or outlet.name in channels().social:
            continue
        before = told_in.get(number - 1, [])
        for one in before:
            one.via = one.via or (outlet.name or "",)
        first = g.sentences[number - 1]
        told = trimmed(g.parsed.text, *_edges(g, number - 1))
        if not before and told:
            cue = next((w for w in range(*g.sentences[number]) if g.parsed.lemma[w] in {"report", "write"}), first[0])
            span = (g.parsed.start[cue], g.parsed.end[cue])
            found.append(Found(span, [told], (low, outlet.end), sentence=number - 1, cue_word=cue, rank=2))


def spoken_to(g: Ground, one: Found) -> str | None:
    """The outlet of "Reis has been speaking to Lagoa Radio. She said: …"."""
    if one.speaker is None:
        return None
    if one.cue_word >= 0 and (outlet := _spoke_with(g, one)) is not None:
        return outlet
    if one.cue_word >= 0 and (outlet := _asked_on(g, one)) is not None:
        return outlet
    if one.cue_word < 0:
        number = g.sentence_of[g.word_at(one.speaker[0])] + 1  # a quote under the sentence that tells who speaks
    elif g.parsed.text[slice(*one.speaker)].lower() in _HE:
        number = g.sentence_of[one.cue_word]
    else:
        return None
    if not number:
        return None
    low, high = _edges(g, number - 1)
    lead = _SPOKE.search(g.parsed.text, low, high)
    name = read(g.parsed.text, lead.end(), high) if lead else None
    return name.name if name and name.sure and name.name not in channels().social else None


_ON = re.compile(
    r"(?:On|Speaking (?:on|to|with)|Appearing on|In an interview (?:with|on|for|to)|Interviewed (?:on|by|for)"
    r"|Asked (?:on|by)) "
)


def _asked_on(g: Ground, one: Found) -> str | None:
    """The outlet of "ON RADIO SUL, Leal was asked whether …. Leal said …"."""
    number = g.sentence_of[one.cue_word]
    if not number or one.speaker is None:
        return None
    low, high = _edges(g, number - 1)
    lead = _ON.match(g.parsed.text, low, high)
    name = read(g.parsed.text, lead.end(), high) if lead else None
    last = g.parsed.words[min(g.word_at(one.speaker[1] - 1), len(g.parsed) - 1)]
    if name is None or not name.sure or name.name in channels().social or not last[:1].isupper():
        return None
    return name.name if last in g.parsed.words[slice(*g.sentences[number - 1])] else None


_WITH = re.compile(
    r"(?:[’']s [A-Z][\w’'-]+ [A-Z][\w’'-]+)?\s(?:has |have |had )?(?:also |just )?(?:been )?"
    r"(?:(?:spoken|speaking|spoke|talked|talking) (?:to|with)|interviewed|heard from|caught up with) "
)


def _spoke_with(g: Ground, one: Found) -> str | None:
    """The outlet of "Lagoa Radio has spoken to a nurse, who said …", there or in the sentence before "she"."""
    if one.speaker is None:
        return None
    who = g.parsed.text[slice(*one.speaker)].lower()
    here = g.sentence_of[one.cue_word]
    low, high = _edges(g, here if who not in _HE else here - 1) if here or who not in _HE else (0, 0)
    name = read(g.parsed.text, low, high) if high > low and one.content[0][0] > low else None
    known = name is not None and name.sure and name.name is not None and name.name not in channels().social
    if name is None or not known or not _WITH.match(g.parsed.text, name.end, high):
        return None
    return name.name if who in _HE or one.speaker[0] > name.end else None


_READ_OUT = re.compile(
    r"\b(?P<how>read|aired|broadcast|carried|published|posted|shown|run|released|distributed|televised)(?: out| aloud)?"
    r" (?:\w+ly )?(?:on|by|in|via|to|through) (?:the )?(?:[a-z-]+ ){0,3}$"
)


def read_out(g: Ground, one: Found) -> str | None:
    """The outlet of "a statement from the army READ OUT ON Lagoa TV said": the army speaks there."""
    if one.speaker is None or one.cue_word < 0 or (outlet := outlet_in(g, one.speaker)) is None:
        return None
    how = _READ_OUT.search(g.parsed.text, max(0, one.speaker[0] - 60), one.speaker[0])
    if how is None:
        return None
    low = g.sentences[g.sentence_of[one.cue_word]][0]
    verb = g.word_at(how.start("how"))
    given = next((w for w in range(verb - 1, max(low, verb - 12) - 1, -1) if g.parsed.lower[w] in _FROM), None)
    first = given + 1 if given is not None else low
    head = next((w for w in range(verb - 1, first - 1, -1) if g.parsed.pos[w] in {"NOUN", "PROPN"}), None)
    who = mention(g, head, verb) if head is not None else None
    one.speaker = who or one.speaker
    return outlet if who else None


_FROM = frozenset({"from", "by", "of"})


def _edges(g: Ground, sentence: int) -> Range:
    first, past = g.sentences[sentence]
    return g.parsed.start[first], g.parsed.end[past - 1]
