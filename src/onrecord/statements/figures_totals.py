"""A count that the noun beside it doesn't tell → what it counts: totals, deaths of a disease, people in care."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from onrecord.statements.draft import FigureDraft
from onrecord.statements.figures_words import Label, bases, words
from onrecord.statements.openings import Openings
from onrecord.statements.parse import Parse

_CARE = re.compile(
    r"(?:[^.,;:!?]{0,40}?\b)??(?:in|into) (?:an? |the |\w+ )?(?:critical|serious|stable|grave|life-threatening|surgery|"
    r"theatre|intensive care|icu|hospital|condition|a coma)\b"
    r"|[^.,;:!?]{0,30}?\b(?:undergo(?:ing|ne)?|underwent|need(?:ed|ing)?|receiv(?:ed|ing)|receive) "
    r"(?:\w+ ){0,3}?(?:surgery|surgeries|operations?|treatment|stitches|care)\b"
    r"|[^.,;:!?]{0,30}?\b(?:being|be|been|was|were|are) treated\b(?! (?:as|like|with respect|equally|fairly|unfairly))"
    r"|[^.,;:!?]{0,30}?\b(?:taken|rushed|airlifted|flown|transported|brought|admitted|ferried|sent) to "
    r"(?:\w+[ -]){0,4}?(?:hospitals?|clinics?|trauma)\b",
    re.IGNORECASE,
)
_WAY = re.compile(
    r"\b(?:to|at|past|above|beyond|over|near|nears|nearing|tops|passes|surpasses|exceeds|crosses|crossed|crossing|of|hit|hits|reached|reaching|reaches|passed|passing|topped|exceeded|surpassed|is|was|now|:)"
    r"(?: (?:about|around|at|least|more|than|over|nearly|almost|some|just|under|a|total|record|estimated|as|many|now))*"
    r" $",
    re.IGNORECASE,
)
_SINCE = 30
"""A total stands at most so many words behind the noun that it is of."""


def diseased(parsed: Parse, word: int) -> bool:
    """The post tells of an epidemic, and nothing violent happens in the sentence of the word or the one before."""
    sick, violent = words().nouns["epidemics"], words().nouns["violence"]
    told = parsed.opened.get(diseased)
    if told is None:  # asked for at every number
        told = parsed.opened[diseased] = not sick.isdisjoint(parsed.lower)
    if not told:
        return False
    sentence = parsed.sent[word]
    low, high = parsed.sentences[max(0, sentence - 1)][0], parsed.sentences[sentence][1]
    if any(bases(parsed, k) & violent for k in range(low, high)):
        return False
    near = range(
        parsed.sentences[max(0, sentence - 4)][0], parsed.sentences[min(sentence + 2, len(parsed.sentences)) - 1][1]
    )
    return any(parsed.lower[k] in sick for k in near) or any(w in sick for w in parsed.lower[: parsed.sentences[0][1]])


def in_care(parsed: Parse, last: int, noun: int | None) -> bool:
    """Those counted are in hospital, in surgery or treated: "four victims in surgery"."""
    after = last if noun is None or noun < last else noun + 1
    if after >= len(parsed):
        return False
    start = parsed.end[after - 1]
    high = parsed.sentences[parsed.sent[after - 1]][1]
    return bool(_CARE.match(parsed.text, start, min(parsed.end[high - 1], start + 110)))


_NEW = frozenset({
    "new", "confirmed", "suspected", "active", "probable", "reported", "further", "additional", "more", "daily",
})  # fmt: skip
_ROUNDS = frozenset({"mortar", "artillery", "tank", "ammunition", "live", "rubber", "ammo", "tear"})
_CIVIL = frozenset(
    {"rescue", "medical", "health", "emergency", "aid", "police", "fire", "humanitarian", "relief", "hospital"}
)
HELD = frozenset({"other: arrested", "other: charged"})
_LEADS = frozenset(
    {"lead", "trail", "lose", "gain", "add", "shed", "close", "tumble", "plunge", "slide", "rally", "advance"}
)


def ill(parsed: Parse, first: int, noun: int) -> bool:
    """Cases, where it is an illness that the words between, or the post, speak of: 2,310 new cases."""
    if "case" not in bases(parsed, noun):
        return False
    between = range(first, noun)
    return any(bases(parsed, k) & words().nouns["illness"] for k in between) or diseased(parsed, noun)


def civil(parsed: Parse, noun: int) -> bool:
    """Personnel who are no soldiers: search and rescue personnel."""
    near = set(parsed.lower[max(0, noun - 4) : noun])
    return parsed.lower[noun] == "personnel" and not near.isdisjoint(_CIVIL)


def kept(parsed: Parse, last: int, noun: int) -> str | None:
    """The label of points, cases and counts worth keeping; else None. `last`: the word behind the number."""
    found = bases(parsed, noun)
    if "point" in found and moved(parsed, noun):
        return "other: points"
    if "case" in found and not _NEW.isdisjoint(parsed.lower[last : last + 1]):
        return "other: cases"
    if "round" in found and not _ROUNDS.isdisjoint(parsed.lower[last:noun] + parsed.lower[noun + 1 : noun + 3]):
        return "other: rounds"
    guilty = "count" in found and "guilty" in parsed.lower[slice(*parsed.sentences[parsed.sent[noun]])]
    return "other: counts" if guilty else None


def moved(parsed: Parse, noun: int) -> bool:
    """Points by which an index or a lead moves: fell 430 points, leads by six points."""
    at = parsed.head[noun]
    at = parsed.head[at] if parsed.pos[at] == "ADP" else at
    verb = parsed.lemma[at].lower()
    return verb in words().verbs["rise"] - {"be", "go", "take", "put", "hit", "shoot"} or verb in _LEADS


def total(parsed: Parse, first: int, before: Sequence[FigureDraft]) -> str | None:
    """What a total counts that has no noun of its own: "the toll of injured rose to 260"."""
    low = parsed.sentences[parsed.sent[first]][0]
    if not _WAY.search(parsed.text, max(parsed.start[low], parsed.start[first] - 60), parsed.start[first]):
        return None
    at = next((k for k in range(first - 1, max(low, first - _SINCE) - 1, -1) if _counts(parsed, k, first)), None)
    if at is None:
        return None
    told = {base for k in (at - 2, at - 1) if k >= low for base in bases(parsed, k)} | bases(parsed, at)
    told |= _of(parsed, at, first)
    found = _labelled(parsed, at, told)
    if found:
        return found
    last = before[-1] if before else None
    alone = not _of(parsed, at, first) and last is not None and last.end > parsed.start[low] and last.unit is None
    return last.what if alone and last is not None else None


def _counts(parsed: Parse, word: int, first: int) -> bool:
    """A noun that has a number: total, toll, number; or the plural that a verb of rising carries up to the number."""
    totals = words().nouns["totals"]
    if parsed.lower[word] in totals:
        return True
    if parsed.tag[word] != "NNS" or parsed.dep[word] not in ("nsubj", "nsubjpass", "dobj"):
        return False
    verb = parsed.head[word]
    objects = [k for k in parsed.kids[verb] if parsed.dep[k] == "dobj" and k != first]
    if parsed.dep[word] == "nsubj" and objects:
        return False  # officials raised the alert to four
    return parsed.lemma[verb].lower() in words().verbs["rise"] - {"be"} and verb < first


def _of(parsed: Parse, at: int, first: int) -> set[str]:
    """The base forms of the few words behind "of": "the total of missing people"."""
    if parsed.lower[at + 1 : at + 2] not in (["of"], ["for"]):
        return set()
    out: set[str] = set()
    for k in range(at + 2, min(at + 7, first)):
        if parsed.pos[k] in ("ADP", "AUX", "PUNCT") or (parsed.pos[k] == "VERB" and parsed.tag[k] != "VBN"):
            break
        out |= bases(parsed, k)
    return out


def _labelled(parsed: Parse, at: int, told: set[str]) -> str | None:
    nouns = words().nouns
    if told & {"case", "infection", "caseload"}:
        return "other: infections"
    for label in words().labels:
        if not label.of and told & (label.words | label.nouns | _without_toll(label)):
            return "other: deaths from disease" if label.name == "killed" and diseased(parsed, at) else label.name
    if "toll" in told:
        return "other: deaths from disease" if diseased(parsed, at) else "killed"
    things = told - nouns["totals"] - nouns["idle"]
    if parsed.lower[at] not in nouns["totals"]:
        return f"other: {parsed.lower[at]}"
    named = next(
        (
            parsed.lower[k]
            for k in range(at + 2, at + 7)
            if k < len(parsed) and bases(parsed, k) & things and parsed.tag[k] == "NNS"
        ),
        None,
    )
    return f"other: {named}" if named and named in _of_words(parsed, at) else None


def _without_toll(label: Label) -> frozenset[str]:
    return label.toll - {"toll"}


def _of_words(parsed: Parse, at: int) -> list[str]:
    return parsed.lower[at + 2 : at + 7] if parsed.lower[at + 1 : at + 2] == ["of"] else []


_NTH_OF = ("victim", "death", "fatality", "casualty", "case", "infection")
_NTH = re.compile(
    r"\b(?:(?P<digits>\d{1,4})(?:st|nd|rd|th)|(?P<word>[a-z]{5,8}(?:th|nd|rd)))"
    r" (?:\w+ |[\w-]+-related ){0,2}?(?P<what>victim|death|fatality|casualty|case|infection)\b",
    re.IGNORECASE,
)
_VOTES = Openings([
    (r"\bvotes? (?P<against>to|against) (?P<few>\d[\d,]{0,11})\b(?! (?:percent|per cent))"
    r"|\b(?:voted|votes|vote|passed|approved|rejected|backed)(?: \w+){0,3}? (?:by )?"
    r"(?P<high>\d{1,3})(?: to |[-–])(?P<low>\d{1,3})\b"
    r"|\b(?:majority|margin|lead) of (?P<margin>\d[\d,]{0,11})\b"
    r"(?!%|\.\d| per|-| ?(?:million|billion|points?|goals?|runs?))")
])  # fmt: skip


def more(parsed: Parse) -> Iterator[FigureDraft]:
    """Running counts ("the 12th victim") and the votes on each side, in text order."""
    yield from _running(parsed)
    for low, high in parsed.sentences:
        for found in _VOTES.find(parsed, parsed.start[low], parsed.end[high - 1]):
            yield from _votes(found)


def _votes(found: re.Match[str]) -> Iterator[FigureDraft]:
    for name in ("few", "high", "low", "margin"):
        if found[name]:
            what = "other: majority" if name == "margin" else "other: votes"
            value = float(found[name].rstrip(",").replace(",", ""))
            yield FigureDraft(found.start(name), found.end(name), value, None, "exact", what)


def _running(parsed: Parse) -> Iterator[FigureDraft]:
    if not any(what in parsed.small for what in _NTH_OF):
        return
    for found in _found(parsed, _NTH):
        value = int(found["digits"]) if found["digits"] else words().nth.get(found["word"].lower(), 0)
        word = bisect_right(parsed.start, found.start("what")) - 1
        if value < 2:
            continue
        if found["what"].lower() in ("case", "infection"):
            if not ill(parsed, bisect_right(parsed.start, found.start()) - 1, word) and found["what"].lower() == "case":
                continue
            what = "other: infections"
        else:
            what = "other: deaths from disease" if diseased(parsed, word) else "killed"
        yield FigureDraft(found.start(), found.end(), value, None, "exact", what, found["what"].lower())


def _found(parsed: Parse, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    for low, high in parsed.sentences:
        yield from pattern.finditer(parsed.text, parsed.start[low], parsed.end[high - 1])
