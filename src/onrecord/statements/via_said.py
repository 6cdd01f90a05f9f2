"""Sentences that only say where something was said → the channel: "He said this in an interview with Radio Sul"."""

from __future__ import annotations

import re
from collections.abc import Callable

from onrecord.statements.attribution_ground import Cover, Found, Ground, agent, mention, subject, trimmed
from onrecord.statements.attribution_order import name_before
from onrecord.statements.via_leads import Hit

SO = re.compile(
    r"\s(?:(?:about|of|on) )?(?:this|so|it all|the following|the (?:above|relevant|corresponding|same))"
    r"\s(?:news |information |statement )?(?:in|on|at|during|to|via|while|when|from|over|through|by)\b",
    re.IGNORECASE,
)
"""What follows the verb of such a sentence."""
NOTED = 9
"""The rank of a stand-in."""
_OFFERING = frozenset({"offered", "made", "gave", "provided", "repeated", "appeared", "answered", "discussed"})
_VERBS = (
    _OFFERING
    | {"announced", "broadcast", "claimed", "confirmed", "delivered", "disclosed", "emphasised", "emphasized"}
    | {"given", "giving", "issued", "posted", "published", "put", "recorded", "released", "reported"}
    | {"revealed", "said", "shared", "spoke", "spoken", "stated", "told", "uploaded", "written", "wrote"}
)
_GIVEN = re.compile(
    r"(?: out)? (?:a|an|his|her|its|their|another|the|some|several) (?:[\w-]+ ){0,3}?(?:updates?|interviews?"
    r"|statements?|videos?|messages?|posts?|address|speech|comments?|remarks|clips?|letter|announcement|thread|tweets?|footage)\b",
    re.IGNORECASE,
)
_DURING = re.compile(
    r" [^.,;:“”\"\n]{3,60}? (?:in|during|on) (?:an?|the|his|her|its|their|another) (?:[\w-]+ ){0,3}?(?:interviews?"
    r"|remarks|comments|appearance|address|speech|broadcast|programme|program|show|podcast)"
    r" [^.,;:“”\"\n]{0,40}?(?:on|with|by|to) ",
    re.IGNORECASE,
)
_BY = re.compile(r"(?: about)? by\b")
_THIS = re.compile(
    r"\b(?:this|it|that|the (?:news|information|statement)) (?:was|is|has been|had been) "
    r"(?:also |earlier |officially )?$",
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
    parsed = g.parsed
    out: list[Found] = []
    told = Cover(span for one in found if one.cue_word >= 0 and one.rank <= 1 for span in one.content)
    for verb, lower in enumerate(parsed.lower):
        if lower not in _VERBS or g.quote_of[verb] >= 0:
            continue
        start, end = parsed.start[verb], parsed.end[verb]
        if start in told:
            continue  # "the paper claimed that he made a remark": no occasion of the post's own
        during = lower in _OFFERING and _DURING.match(parsed.text, end)
        if during or SO.match(parsed.text, end) or _GIVEN.match(parsed.text, end):
            who = subject(parsed, verb)
            out += _noted(g, verb, mention(g, who, verb) if who is not None else name_before(g, verb), within)
        elif _BY.match(parsed.text, end) and _THIS.search(parsed.text, max(0, start - 60), start):
            who = agent(parsed, verb)
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
    return [Found(cue, [cue], speaker, sentence=sentence, cue_word=verb, rank=NOTED, via=channels)]


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
