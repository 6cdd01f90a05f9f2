"""Tellings of an event → the one clause, word for word from the text, that says best what happened."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import log10

from onrecord.model import Span, Telling

_BEST, _SHORTEST, _LONGEST = 80, 25, 180
_WEAK = frozenset(
    {"it", "he", "she", "they", "this", "that", "these", "those", "we", "i", "its", "his", "her", "their", "there"}
)
_HANGING = frozenset(
    {"that", "which", "who", "whom", "whose", "whether", "where", "when", "while", "as", "if", "and", "but", "to", "or"}
)
_JOINING = re.compile(
    r"(?:(?:that|because|although|though|while|whereas|and|but|after|when)\s+|since\s+(?!then\b|\d|[A-Z])"
    r"|as\s+(?!(?:many|much|well|of|part|for|to|an?|soon|long|far|few|little)\b))"
    r"(?=(?:an?|the|its|their|his|her|at|more|some|several|nearly|about|around|up|no)\b|[A-Z\d“\"])"
)
"""What joins a clause to the one before it, where the clause stands alone without it."""
_SAID = frozenset({"said", "say", "says", "told", "added", "reported", "announced", "wrote", "warned"})
_FEWEST = 4
_EARLY = 60
"""A trigger that stands further in than this is not what the clause is about."""
_DONE = frozenset({"happened", "ongoing"})


def headline(tellings: Sequence[Telling]) -> Span:
    """The best clause; ties go to the earliest telling."""
    best = max(tellings, key=_worth) if len(tellings) > 1 else tellings[0]
    return clause(best)


def clause(telling: Telling) -> Span:
    """What a telling says: its scope, or its sentence where the scope is a fragment or hangs on what precedes it."""
    scope, sentence = alone(telling.happening.scope), telling.sentence
    words = scope.text.split()
    first = words[0].casefold() if words else ""
    hangs = first in _HANGING or (first in _WEAK and len(sentence) <= _LONGEST)
    if telling.happening.reality not in _DONE and len(words) >= _FEWEST:
        hangs = False  # the sentence around it may tell of what did happen
    whole = len(scope.text) >= _SHORTEST and len(words) >= _FEWEST and not hangs
    if whole or telling.sentence_at < 0 or not sentence:
        return _trimmed(scope)
    return _trimmed(Span(scope.post, telling.sentence_at, telling.sentence_at + len(sentence), sentence))


def alone(span: Span) -> Span:
    """A clause without the small word that joins it to what stands before: "that the train crashed"."""
    joined = _JOINING.match(span.text)
    return Span(span.post, span.start + joined.end(), span.end, span.text[joined.end() :]) if joined else span


def _trimmed(span: Span) -> Span:
    """Without marks at its ends, but for a quotation mark whose other one stays."""
    text = span.text.lstrip(" \n\t,;:–—-“”\"'‘")
    first = len(span.text) - len(text)
    text = text.rstrip(' \n\t,;:–—-“”"')
    last = first + len(text)
    if not text:
        return span
    before, after = span.text[max(0, first - 1) : first], span.text[last : last + 1]
    open_marks, closed = text.count("“"), text.count("”")
    odd = text.count('"') % 2 == 1
    if (before == "“" and closed > open_marks) or (before == '"' and odd):
        first -= 1
    elif (after == "”" and open_marks > closed) or (after == '"' and odd):
        last += 1
    return Span(span.post, span.start + first, span.start + last, span.text[first:last])


def _worth(telling: Telling) -> float:
    text = clause(telling).text.lstrip('“"')
    words = text.split()
    first, last = (words[0].casefold(), words[-1].casefold().strip(".")) if words else ("", "")
    worth = -abs(len(text) - _BEST) / 40
    worth -= 2.0 * (first in _WEAK) + 3.0 * (len(words) < _FEWEST or first in _HANGING or last in _SAID)
    worth -= 1.0 if len(text) > _LONGEST or not first[:1].isalnum() else 0.0
    worth -= max(0, telling.happening.span.start - clause(telling).start - _EARLY) / 60
    worth += 0.3 * log10(1 + max((abs(f.value) for f in telling.figures), default=0.0))
    worth += 1.2 * bool(telling.figures) + 0.7 * telling.placed + 0.5 * bool(telling.happening.parties)
    worth += 0.5 * (telling.statement.mode == "indirect") + 0.8 * text[:1].isupper()
    worth -= 1.0 if telling.happening.reality not in _DONE or not telling.happening.supports else 0.0
    return worth - 3.0 * telling.reports
