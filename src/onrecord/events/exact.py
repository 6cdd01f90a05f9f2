"""Places that a happening's words name → how exactly each says where it was, nought the most exact."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from onrecord.events.weights import listed
from onrecord.model import Place

_EXACT = {
    "facility": 0.0,
    "village": 0.0,
    "town": 0.0,
    "city": 0.0,
    "other": 1.0,
    "region": 2.0,
    "sea": 3.0,
    "country": 4.0,
}
_STEP = 0.5
_ELSEWHERE = 2.5
"""Added to the rank of a place that the happening is only said to be away from, or on the way to."""
_BEFORE = 64
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_OF = re.compile(r"\b([a-z]{4,15})\s{1,2}of\s{1,2}$", re.IGNORECASE)
_AWAY = re.compile(
    r"(?:\b(?:k(?:ilo)?m(?:et(?:er|re)s?|s)?|m(?:et(?:er|re)s?|i|iles?)|blocks?|minutes?|hours?)\b[^.,;:()]{0,24}?\b(?:of|from)"
    r"|\b(?:(?:on|en) (?:the|his|her|its|their) way|en ?route|bound|head(?:ed|ing)|return(?:ed|ing)?|"
    r"travel(?:l?ed|l?ing)?|fl(?:ew|own|ying)|driv(?:en|ing)|drove|sail(?:ed|ing)|flights?|journey|trip) "
    r"(?:back )?(?:to|from|for|towards?)|\bborder with)\s{1,3}(?:the (?:(?:capital|city|town) of )?|downtown )?$",
    re.IGNORECASE,
)
"""Before a name: a distance or a journey is told from there or to there."""


def ranks(own: Sequence[Place], text: str) -> dict[int, float]:
    """Where each place stands in the text → its rank.

    Of a district "and" a town, neither is where the other one is; of a quarter "of" a town, a village in a district,
    the first is; and nothing is where it is 40 km away from or on its way to.
    """
    found = {place.span.start: _EXACT.get(place.kind, 1.0) - _called_part(place, text) for place in own}
    in_order = sorted((p for p in own if p.kind not in ("country", "sea")), key=lambda p: p.span.start)
    for a, b in pairwise(in_order):
        between = text[a.span.end : b.span.start]
        if between.strip() in ("and", "&", "or"):
            found[a.span.start] = found[b.span.start] = min(found[a.span.start], found[b.span.start])
        elif _lies_in(a, b, between, text):
            found[a.span.start] = min(found[a.span.start], found[b.span.start])
            found[b.span.start] = max(found[b.span.start], found[a.span.start] + _STEP)
    for place in own:
        if _AWAY.search(text, max(0, place.span.start - _BEFORE), place.span.start):
            found[place.span.start] += _ELSEWHERE
    return found


def _called_part(place: Place, text: str) -> float:
    """What a quarter or village, called so, is more exact by: "in Orle, a bomb went off in the Tavra neighbourhood"."""
    behind = _WORD.match(text, place.span.end + 1)
    before = _OF.search(text, max(0, place.span.start - 24), place.span.start)
    words = {found.group(found.lastindex or 0).casefold() for found in (behind, before) if found}
    return 0.0 if words.isdisjoint(listed("place", "parts")) else 1.25 if place.kind == "other" else 0.25


def _is_way(place: Place, text: str) -> bool:
    """A street, which is named by itself as no town is."""
    behind = _WORD.match(text, place.span.end + 1)
    words = {place.span.text.split()[-1].casefold(), behind.group().casefold() if behind else ""}
    return not words.isdisjoint(listed("place", "ways"))


def _lies_in(a: Place, b: Place, between: str, text: str) -> bool:
    """The first is named as part of the second: "A, B province", "the A neighbourhood of western B", "A (B)"."""
    if a.country != b.country or len(between) > _BEFORE or _is_way(a, text):
        return False
    words = [word.casefold() for word in _WORD.findall(between)]
    known = all(word in _around() for word in words)
    if not known or any(mark in between for mark in ".;:"):
        return False
    behind = _WORD.match(text, b.span.end + 1)
    area = behind is not None and behind.group().casefold() in listed("place", "areas")
    called = bool(words) and words[0] in listed("place", "areas") and words[-1] not in listed("place", "areas")
    return area or called or a.kind == "other"


@cache
def _around() -> frozenset[str]:
    return listed("place", "areas") | listed("place", "sides")
