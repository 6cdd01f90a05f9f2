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
_RELATIVES = frozenset({"that", "which", "who", "whom", "whose", "where", "what", "how", "why"})
_JOINERS = frozenset(
    {"after", "although", "amid", "as", "because", "before", "despite", "even", "following", "if", "since", "so",
     "soon", "than", "though", "unless", "until", "when", "where", "whereas", "whether", "while", "without"}
)  # fmt: skip
_COORDINATORS = frozenset({"and", "but", "or", "nor"})
_HANGING = _RELATIVES | _JOINERS | _COORDINATORS | {"to", "with", "including"}
"""What opens a clause that hangs on the one before it …"""
_GOES_ON = (
    _RELATIVES
    | _JOINERS
    | _COORDINATORS
    | {"with", "including", "according", "in", "on", "at", "by", "from", "to", "for"}
)
"""… and what may follow a clause that is whole."""
_BEFORE_A_VERB = frozenset(
    {
        "to",
        "not",
        "will",
        "would",
        "can",
        "could",
        "may",
        "might",
        "must",
        "shall",
        "should",
        "and",
        "or",
        "also",
        "then",
    }
)
_NUMBERS = re.compile(
    r"(?:\d|(?:an?other|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens|scores|hundreds|thousands)\b)"
)
_JOINING = re.compile(
    r"(?:(?:that|because|although|though|while|whereas|and|but|after|when)\s+|since\s+(?!then\b|\d|[A-Z])"
    r"|as\s+(?!(?:many|much|well|of|part|for|to|an?|soon|long|far|few|little)\b))"
    r"(?=(?:an?|the|its|their|his|her|at|more|some|several|nearly|about|around|up|no)\b|[A-Z\d“\"])"
)
"""What joins a clause to the one before it, where the clause stands alone without it."""
_MARK = re.compile(r"[,;:](?=\s)|\s[–—-]+\s|—")
_LEADING_ON = re.compile(r",\s+(?:adding|saying|telling \w+)$")
"""What a clause ends with that goes over to somebody's words."""
_CLOSING = ("”", '"', "’")
_SAID = frozenset({"said", "say", "says", "saying", "told", "added", "reported", "announced", "wrote", "warned"})
_FEWEST = 4
_EARLY = 60
"""A trigger that stands further in than this is not what the clause is about."""
_DONE = frozenset({"happened", "ongoing"})


def headline(tellings: Sequence[Telling]) -> Span:
    """The best clause; ties go to the earliest telling."""
    if len(tellings) == 1:
        return clause(tellings[0])
    most: dict[str, float] = {}
    for figure in (f for t in tellings for f in t.figures):
        most[figure.what] = max(figure.value, most.get(figure.what, figure.value))
    return clause(max(tellings, key=lambda t: _worth(t) + any(f.value == most[f.what] for f in t.figures)))


def clause(telling: Telling) -> Span:
    """What a telling says: its scope, with as much of its sentence as it takes to be read alone."""
    scope, sentence, at = alone(telling.happening.scope), telling.sentence, telling.sentence_at
    if at < 0 or not sentence:
        return _trimmed(scope)
    start, end = scope.start - at, scope.end - at
    if not 0 <= start < end <= len(sentence):
        return _trimmed(scope)
    sure = telling.happening.reality in _DONE  # of others, the sentence around it may tell of what did happen
    if sure and _leans(telling, sentence, start, end):
        start = 0
    opener = sentence[start:].lstrip("“\"‘' ").partition(" ")[0].casefold()
    end = len(sentence) if not start and opener in _JOINERS else _finished(sentence, end)
    if end - start < _SHORTEST or sentence.count(" ", start, end) < _FEWEST - 1:
        start, end = 0, len(sentence)
    return _trimmed(Span(scope.post, at + start, at + end, sentence[start:end]))


def _leans(telling: Telling, sentence: str, start: int, end: int) -> bool:
    """True for words that want what precedes them: "after sirens were heard", "dropped two bombs", "and 14 hurt"."""
    opener = sentence[start:end].partition(" ")[0]
    first, before = opener.casefold(), sentence[:start].rstrip().rpartition(" ")[2].casefold()
    if not before or (first in _HANGING and opener.islower()):
        return bool(before)
    if first in _WEAK:
        return len(sentence) <= _LONGEST
    return (before in _COORDINATORS and bool(_NUMBERS.match(first))) or _lacks_subject(telling, first, before)


def _lacks_subject(telling: Telling, first: str, before: str) -> bool:
    """True for a clause that a verb opens: "weaken", "dropped", "also called for"."""
    bent = first.endswith(("ed", "ing"))
    if bent and before in _COORDINATORS:
        return True
    trigger = telling.happening.span.text.casefold()
    opens = trigger.startswith(first) or telling.happening.span.start - telling.happening.scope.start <= len("also ")
    return opens and first[:1].isalpha() and (before in _BEFORE_A_VERB or trigger.endswith(("ed", "ing")))


def _finished(sentence: str, end: int) -> int:
    """Where a clause ends: at its own end, or at the next mark where words go on that it can't do without."""
    end += sentence[end : end + 1] in _CLOSING
    rest = sentence[end:]
    last, following = sentence[:end].rpartition(" ")[2].casefold(), rest.lstrip().partition(" ")[0].casefold()
    if not rest[:1].isspace() or not following[:1].isalnum() or (following in _GOES_ON and last not in _SAID):
        return end
    mark = _MARK.search(rest)
    return end + mark.start() if mark else len(sentence.rstrip("."))


def alone(span: Span) -> Span:
    """A clause without the small word that joins it to what stands before: "that the train crashed"."""
    joined = _JOINING.match(span.text)
    return Span(span.post, span.start + joined.end(), span.end, span.text[joined.end() :]) if joined else span


def _trimmed(span: Span) -> Span:
    """Without marks at its ends, but for a quotation mark whose other one stays."""
    text = span.text.lstrip(" \n\t,;:–—-“”\"'‘")
    first = len(span.text) - len(text)
    text = _LEADING_ON.sub("", text.rstrip(' \n\t,;:–—-“”"'))
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
    shown = clause(telling)
    text = shown.text.lstrip('“"')
    words = text.split()
    first, last = (words[0].casefold(), words[-1].casefold().strip(".")) if words else ("", "")
    worth = -abs(len(text) - _BEST) / 40
    worth -= 2.0 * (first in _WEAK) + 3.0 * (len(words) < _FEWEST or first in _HANGING or last in _SAID)
    worth -= 1.0 if len(text) > _LONGEST or not first[:1].isalnum() else 0.0
    worth -= max(0, telling.happening.span.start - shown.start - _EARLY) / 60
    worth += 0.3 * log10(1 + max((abs(f.value) for f in telling.figures), default=0.0))
    worth += 1.2 * bool(telling.figures) + 0.7 * telling.placed + 0.5 * bool(telling.happening.parties)
    worth += 0.5 * (telling.statement.mode == "indirect") + 0.8 * text[:1].isupper()
    worth -= 1.0 if telling.happening.reality not in _DONE or not telling.happening.supports else 0.0
    return worth - 3.0 * telling.reports
