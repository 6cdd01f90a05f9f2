"""A number beside a unit, a currency or a word of measure → the amount that it is."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from onrecord.statements import numbers
from onrecord.statements.draft import FigureDraft
from onrecord.statements.figures_words import bases, words
from onrecord.statements.numbers import Number
from onrecord.statements.parse import Parse

_TERM = re.compile(r"\s{1,3}(years?|months?|days?)['’]?(?!\w|-)", re.IGNORECASE)
_MAGNITUDE = re.compile(r"\bmagnitude(?:\s{1,3}of)?[\s-]{1,3}$", re.IGNORECASE)
_MAGNITUDE_AFTER = re.compile(r"[\s-](?:magnitude|on the richter)", re.IGNORECASE)
DEGREES = re.compile(r"[CF]\b(?!-)")
_LENGTH = re.compile(r"-(hour|day|week|month|year)s?(-old)?\b", re.IGNORECASE)


@dataclass(slots=True)
class Seen:
    """A number at its words, `first` up to (not including) `last`."""

    number: Number
    first: int
    last: int


def draft(parsed: Parse, one: Seen, start: int, end: int, what: str, of: str | None, unit: str | None) -> FigureDraft:
    """A figure of the number with its bound; a vague one (dozens) is more than its least."""
    number = one.number
    bound, _ = numbers.bound(parsed.text, start, end)
    if bound == "exact" and end != number.end:
        bound, _ = numbers.bound(parsed.text, start, number.end)
    if bound == "exact" and number.form == "vague":
        bound = "more_than" if number.value >= 20 else "about"
    return FigureDraft(start, end, number.value, number.high, bound, what, of or None, unit)


def measured(parsed: Parse, one: Seen) -> FigureDraft | None:
    """Money, a unit of measure, a length of time or of a sentence, a magnitude or a temperature; else None."""
    return (
        _money(parsed, one)
        or _unit(parsed, one)
        or _length(parsed, one)
        or _term(parsed, one)
        or _magnitude(parsed, one)
        or _degrees(parsed, one)
    )


def _degrees(parsed: Parse, one: Seen) -> FigureDraft | None:
    """Highs of 43C, 110F."""
    found = DEGREES.match(parsed.text, one.number.end)
    if not found or one.number.form != "digits" or one.number.value > 140:
        return None
    return draft(parsed, one, one.number.start, found.end(), "other: temperature", None, found[0])


def _money(parsed: Parse, one: Seen) -> FigureDraft | None:
    text, number, known = parsed.text, one.number, words()
    sign = known.sign.search(text[max(0, number.start - 4) : number.start])
    if sign:
        start, end = number.start - len(sign[0]), number.end
        code = known.currency[sign[0].strip().lower()]
    else:
        first = one.last + (number.form == "vague" and parsed.lower[one.last : one.last + 1] == ["of"])
        at = next((k for k in range(first, min(first + 2, len(parsed))) if _currency(parsed, k)), None)
        if at is None or (at > first and parsed.pos[first] not in ("ADJ", "PROPN")):
            return None
        start, end, code = number.start, parsed.end[at], _currency(parsed, at) or "XXX"
    what = "aid" if _for_aid(parsed, one) else "money"
    return draft(parsed, one, start, end, what, None, code)


def _currency(parsed: Parse, word: int) -> str | None:
    if parsed.pos[word] == "VERB" or (word + 1 < len(parsed) and parsed.words[word + 1] == "-"):
        return None
    return next((code for b in bases(parsed, word) if (code := words().currency.get(b)) and b[-1].isalpha()), None)


def _for_aid(parsed: Parse, one: Seen) -> bool:
    _, high = parsed.sentences[parsed.sent[one.first]]
    near = range(one.last, min(high, one.last + 7))
    if any(bases(parsed, k) & words().nouns["penalties"] for k in near):
        return False
    if any(bases(parsed, k) & words().nouns["aid"] for k in near):
        return True
    before = range(max(parsed.sentences[parsed.sent[one.first]][0], one.first - 5), one.first)
    return any(bases(parsed, k) & words().nouns["give"] for k in before)


def _unit(parsed: Parse, one: Seen) -> FigureDraft | None:
    found = words().unit.match(parsed.text, one.number.end)
    if not found:
        return None
    unit, what = words().units[" ".join(found[1].lower().split())]
    return draft(parsed, one, one.number.start, found.end(), what, None, unit)


def _length(parsed: Parse, one: Seen) -> FigureDraft | None:
    """A 30-day truce; the three-year-old war, but not the three-year-old boy."""
    found = _LENGTH.match(parsed.text, one.number.end)
    if not found:
        return None
    after = bisect_left(parsed.start, found.end())
    things = words().nouns["aged_things" if found[2] else "lasting"]
    thing = next((k for k in range(after, min(after + 5, len(parsed))) if bases(parsed, k) & things), None)
    if thing is None:
        return None
    unit = found[1].lower() + "s"
    of = parsed.lower[thing]
    return draft(parsed, one, one.number.start, found.end(), f"other: length in {unit}", of, unit)


def _term(parsed: Parse, one: Seen) -> FigureDraft | None:
    """Twenty years in prison."""
    found = _TERM.match(parsed.text, one.number.end)
    if not found:
        return None
    low, high = parsed.sentences[parsed.sent[one.first]]
    near = range(max(low, one.first - 5), min(high, one.last + 6))
    if not any(bases(parsed, k) & (words().nouns["terms"] | words().verbs["sentence"]) for k in near):
        return None
    unit = found[1].lower().rstrip("s") + "s"
    return draft(parsed, one, one.number.start, found.end(1), f"other: prison term in {unit}", None, unit)


def _magnitude(parsed: Parse, one: Seen) -> FigureDraft | None:
    before = _MAGNITUDE.search(parsed.text[max(0, one.number.start - 16) : one.number.start])
    if not before and not _MAGNITUDE_AFTER.match(parsed.text, one.number.end) and not _shook(parsed, one):
        return None
    start = one.number.start - len(before[0]) if before else one.number.start
    return draft(parsed, one, start, one.number.end, "other: magnitude", "earthquake", None)


def _shook(parsed: Parse, one: Seen) -> bool:
    """The quake measured 6.8; a 6.8 earthquake."""
    value = parsed.text[one.number.start : one.number.end]
    if not 2 < one.number.value < 10 or "." not in value:
        return False
    low = parsed.sentences[parsed.sent[one.first]][0]
    quakes = words().nouns["quakes"]
    if parsed.lower[one.first - 1 : one.first] in (["measured"], ["measuring"], ["registered"]):
        return any(bases(parsed, k) & quakes for k in range(low, one.first))
    return one.last < len(parsed) and bool(bases(parsed, one.last) & quakes)
