"""Statements as the rules found them → the same, no content past a full stop or out of its quote."""

from __future__ import annotations

from onrecord.statements.attribution_ground import FINITE, Found, Ground, sentence_ends, trimmed
from onrecord.statements.attribution_order import name_before
from onrecord.statements.draft import Range


def mend(g: Ground, found: list[Found]) -> list[Found]:
    """Cut contents at the sentence's and the quote's end, and speakers that hold a clause. What is left empty goes."""
    for one in found:
        if one.rank == 0 or one.cue is None or g.parsed.text[slice(*one.cue)] == ":":
            continue
        one.content = [cut for span in one.content if (cut := _within(g, one, span))]
        if one.speaker is not None and _holds_clause(g, one.speaker):
            one.speaker = name_before(g, one.cue_word) if one.speaker[1] <= one.cue[0] else None
    return [one for one in found if one.content]


def _within(g: Ground, one: Found, span: Range) -> Range | None:
    """The part of the span next to the cue that no sentence end outside a quote cuts off."""
    assert one.cue is not None
    text, (start, end) = g.parsed.text, span
    inside = g.quote_of[one.cue_word]
    if inside >= 0 and g.quotes[inside].closed and start < g.quotes[inside].inner_end < end:
        end = g.quotes[inside].inner_end
    for stop in sentence_ends(text, start, end):
        if stop >= end or _quoted(g, start, end, stop):
            continue
        if one.cue[0] >= stop:
            start = stop
        else:
            end = stop
            break
    return span if (start, end) == span else trimmed(text, start, end)


def _quoted(g: Ground, start: int, end: int, place: int) -> bool:
    """The place stands in a quote that lies within the span."""
    number = g.quote_of[g.word_at(place - 2)]
    if number < 0:
        return False
    quote = g.quotes[number]
    return start <= quote.start and place - 1 < quote.end and quote.inner_end <= end


def _holds_clause(g: Ground, speaker: Range) -> bool:
    parsed, words = g.parsed, g.words_in(speaker)
    return any(parsed.tag[w] in FINITE and parsed.pos[w] in {"VERB", "AUX"} and g.quote_of[w] < 0 for w in words)
