"""Sentences that only say where something was said → the channel: "He said this in an interview with Radio Sul"."""

from __future__ import annotations

import re
from collections.abc import Callable

from onrecord.statements.attribution_ground import Found, Ground, agent, mention, subject, trimmed
from onrecord.statements.via_leads import Hit

SO = re.compile(
    r"\s(?:(?:about|of|on) )?(?:this|so|it all|the following|the (?:above|relevant|corresponding|same))"
    r"\s(?:news |information |statement )?(?:in|on|at|during|to|via|while|when|from|over|through|by)\b",
    re.IGNORECASE,
)
"""What follows the verb of such a sentence."""
_VERB = (
    r"(?:said|stated|wrote|written|announced|reported|posted|published|made|told"
    r"|spoke|spoken|confirmed|emphasi[sz]ed|claimed)"
)
_ACTIVE = re.compile(rf"\b{_VERB}(?={SO.pattern})", re.IGNORECASE)
_PASSIVE = re.compile(
    r"\b(?:this|it|that|the (?:news|information|statement)) (?:was|is|has been|had been) "
    r"(?:also |earlier |officially )?"
    r"(?P<verb>said|stated|announced|reported|posted|published|confirmed|written|revealed|disclosed)(?: about)? by\b",
    re.IGNORECASE,
)


def said_so(g: Ground, one: Found) -> bool:
    """The statement is no more than a note of where something was said."""
    return (
        one.cue is not None
        and one.act == "asserts"
        and one.mode != "direct"
        and bool(one.content)
        and one.content[0][0] >= one.cue[1]
        and SO.match(g.parsed.text, one.cue[1]) is not None
    )


def occasions(g: Ground, found: list[Found], within: Callable[[int], list[Hit]]) -> list[Found]:
    """Stand-ins for such sentences, each with its speaker and channels; adds to `found` what a passive one reports."""
    out: list[Found] = []
    for match in _ACTIVE.finditer(g.parsed.text):
        verb = g.word_at(match.start())
        who = subject(g.parsed, verb) if g.quote_of[verb] < 0 else None
        out += _noted(g, verb, mention(g, who, verb) if who is not None else None, within)
    for match in _PASSIVE.finditer(g.parsed.text):
        verb = g.word_at(match.start("verb"))
        who = agent(g.parsed, verb) if g.quote_of[verb] < 0 else None
        noted = _noted(g, verb, mention(g, who) if who is not None else None, within)
        out += noted
        _told_before(g, found, noted)
    return out


def _noted(g: Ground, verb: int, speaker: tuple[int, int] | None, within: Callable[[int], list[Hit]]) -> list[Found]:
    if speaker is None:
        return []
    sentence = g.sentence_of[verb]
    hits = (hit for hit in within(sentence) if hit.name and not speaker[0] <= hit.start < speaker[1])
    channels = tuple(dict.fromkeys(hit.name or "" for hit in hits))
    cue = (g.parsed.start[verb], g.parsed.end[verb])
    return [Found(cue, [cue], speaker, sentence=sentence, cue_word=verb, via=channels)]


def _told_before(g: Ground, found: list[Found], noted: list[Found]) -> None:
    """The sentence before "This was reported by Lee on Telegram" is Lee's, where it is nobody's yet."""
    for note in noted:
        number = note.sentence - 1
        if number < 0 or any(g.sentence_of[g.word_at(one.content[0][0])] == number for one in found):
            continue
        first, past = g.sentences[number]
        told = trimmed(g.parsed.text, *g.chars(first, past))
        if told is not None:
            found.append(
                Found(note.cue, [told], note.speaker, sentence=number, cue_word=note.cue_word, rank=2, via=note.via)
            )
