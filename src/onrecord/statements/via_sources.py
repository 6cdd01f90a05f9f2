"""Statements of outlets that pass on another's words → the statements of those who said them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from onrecord.statements.attribution_ground import Found, Ground, mention, own_subject, trimmed
from onrecord.statements.draft import Range
from onrecord.statements.mentions_words import singular
from onrecord.statements.mentions_words import words as people_words
from onrecord.statements.parse import Parse
from onrecord.statements.sides import hits as known_words
from onrecord.statements.via_names import channels, read

_CITES = frozenset({"cite", "quote"})


def cites(parsed: Parse, verb: int) -> bool:
    """ "Quoted Reis", "cited two officials", "is reporting the police AS SAYING"."""
    if parsed.lemma[verb] in _CITES:
        return True
    return parsed.lemma[verb] == "report" and any(
        parsed.lower[k] == "as" and parsed.lower[k + 1 : k + 2] == ["saying"] for k in parsed.kids[verb]
    )


_SAYING = frozenset({"say", "add", "warn", "claim", "announce", "confirm", "state", "report", "insist", "admit"})
_NEAR = 40
"""How many words apart the outlet and whom it cites may stand."""


def pass_on(g: Ground, one: Found, last_before: Callable[[int], str | None]) -> str | None:
    """Give a statement to whom the outlet quotes for it, and say which outlet; None where it quotes nobody.

    "The agency quoted the minister as saying …", "…, the paper reported, citing two officials". `last_before` gives the
    outlet named last before a place, which "the paper" means.
    """
    if one.speaker is None or one.cue_word < 0 or one.voice == "hedged":
        return None
    outlet = outlet_in(g, one.speaker)
    if outlet is None and _points_back(g, one.speaker):
        outlet = last_before(one.speaker[0])
    if outlet is None:
        return None
    if one.cue and one.speaker[0] >= one.cue[1] and g.parsed.lemma[one.cue_word] == "tell":
        teller = _teller(g, one)
        one.speaker = teller or one.speaker
        return outlet if teller else None
    if one.cue and g.parsed.text[slice(*one.cue)].lower() == "according to" and _said_within(g, one):
        return outlet
    if (who := _quoted_by(g, one)) is not None:
        one.speaker = who
        return outlet
    for head in _cited(g, one):
        span = mention(g, head, one.cue_word if head < one.cue_word else None)
        if span and _speaks(g, span, head) and not _overlap(span, one.speaker):
            one.speaker = span
            return outlet
    return None


def _quoted_by(g: Ground, one: Found) -> Range | None:
    """Who "is reported by Lagoa Radio AS SAYING"."""
    parsed = g.parsed
    kids = parsed.kids[one.cue_word]
    who = next((k for k in kids if parsed.dep[k] == "nsubjpass"), None)
    saying = any(parsed.lower[k] == "as" and parsed.lower[k + 1 : k + 2] == ["saying"] for k in kids)
    return mention(g, who) if who is not None and saying else None


def _said_within(g: Ground, one: Found) -> bool:
    """ "The road is open, the minister says, according to Lagoa Radio": the minister's words, and so it becomes."""
    parsed = g.parsed
    start, end = one.content[-1]
    last = g.word_at(end - 1)
    if last >= len(parsed) or parsed.pos[last] != "VERB" or parsed.lemma[last] not in _SAYING:
        return False
    who = own_subject(parsed, last)
    span = mention(g, who) if who is not None and g.quote_of[who] < 0 else None
    kept = trimmed(parsed.text, start, min(span[0], parsed.start[last])) if span and span[0] > start else None
    if span is None or kept is None:
        return False
    one.content, one.speaker, one.cue, one.cue_word = (
        [*one.content[:-1], kept],
        span,
        (parsed.start[last], parsed.end[last]),
        last,
    )
    return True


def _teller(g: Ground, one: Found) -> Range | None:
    """Who told the outlet: "…”, protester Ana Reis, 23, told Lagoa Radio"."""
    parsed = g.parsed
    first = max(g.sentences[g.sentence_of[one.cue_word]][0], one.cue_word - 14)
    for word in range(one.cue_word - 1, first - 1, -1):
        if g.quote_of[word] >= 0:
            return None
        if parsed.pos[word] in {"NOUN", "PROPN"} and parsed.dep[word] not in {"npadvmod", "nummod"}:
            head = word
            while (
                first <= parsed.head[head] < one.cue_word
                and parsed.head[head] != head
                and parsed.pos[parsed.head[head]] in {"NOUN", "PROPN"}
            ):
                head = parsed.head[head]
            return mention(g, head, one.cue_word)
    return None


def _overlap(a: Range, b: Range) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _points_back(g: Ground, span: Range) -> bool:
    """ "The newspaper", "the radio station"."""
    found = read(g.parsed.text, *span)
    return found is not None and found.sure and found.name is None


def outlet_in(g: Ground, span: Range) -> str | None:
    """The outlet that a speaker's words are, or None."""
    found = read(g.parsed.text, *span)
    if found is None or not found.sure or found.name in channels().social:
        return None
    return found.name


def _cited(g: Ground, one: Found) -> Iterator[int]:
    """Heads of what is cited in the cue's sentence, outside the content, nearest first."""
    parsed = g.parsed
    first, past = g.sentences[g.sentence_of[one.cue_word]]
    low, high = max(first, one.cue_word - _NEAR), min(past, one.cue_word + _NEAR)
    verbs = [w for w in range(low, high) if parsed.pos[w] == "VERB" and cites(parsed, w)]
    for verb in sorted(verbs, key=lambda w: abs(w - one.cue_word)):
        if any(a <= parsed.start[verb] < b for a, b in one.content) and parsed.tag[verb] != "VBG":
            continue
        yield from (kid for kid in parsed.kids[verb] if parsed.dep[kid] in {"dobj", "nsubj"} and kid > verb)


def _speaks(g: Ground, span: Range, head: int) -> bool:
    """Somebody who can have said it: a person, an official, a public body; no report, service or other outlet."""
    lists, parsed = people_words(), g.parsed
    word = singular(parsed.lower[head])
    if outlet_in(g, span) or lists.bodies.get(word) in {"paper", "outlet"}:
        return False
    if word in lists.roles or lists.bodies.get(word) in {"state", "armed", "group", "firm"}:
        return True
    tokens = parsed.text[span[0] : span[1]].split()
    if any(w.lower() in lists.roles for w in tokens):
        return True
    named = [w for w in tokens if w[:1].isupper()]
    body = any(hit.known.kind in {"body", "country", "capital"} for hit in known_words(tokens))
    alone = len(named) == 1 and len(tokens) == 1 and parsed.pos[head] == "PROPN"  # "quoted Reis as saying"
    return body or ((alone or len(named) > 1) and not any(w.lower() in channels().near for w in tokens))
