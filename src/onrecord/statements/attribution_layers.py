"""What an outlet passes on, and whose words it is → the latter alone: "Lee urged calm, the Herald said"."""

from __future__ import annotations

from onrecord.statements.attribution_ground import Found, Ground
from onrecord.statements.mentions_words import singular
from onrecord.statements.mentions_words import words as people_words
from onrecord.statements.via_sources import outlet_in

_NEAR = 4
"""How many words may stand before the one who speaks in what the outlet passes on."""


def unlayered(g: Ground, found: list[Found]) -> list[Found]:
    """Without statements of outlets, named behind the words, that hold no more than somebody's own statement."""
    outer = [one for one in found if _passes_on(g, one)]
    if not outer:
        return found
    gone = {id(one) for one in outer if any(_is_all_of(g, one, inner) for inner in found if inner is not one)}
    return [one for one in found if id(one) not in gone]


def _passes_on(g: Ground, one: Found) -> bool:
    """The content stands before the cue, and an outlet gives it."""
    if one.cue is None or one.speaker is None or one.rank > 1 + (g.parsed.lower[one.cue_word] == "according"):
        return False
    if len(one.content) != 1 or one.content[0][1] > one.cue[0] or one.act != "asserts":
        return False
    return outlet_in(g, one.speaker) is not None or _of_press(g, one.speaker)


def _of_press(g: Ground, span: tuple[int, int]) -> bool:
    words = g.parsed.text[slice(*span)].lower().split()
    if not words:
        return False
    agency = words[-1] == "agency" and words[-2:-1] in (["news"], ["press"], ["wire"])
    return agency or words[-1] == "media" or people_words().bodies.get(singular(words[-1])) == "outlet"


def _is_all_of(g: Ground, outer: Found, inner: Found) -> bool:
    """The inner speaker opens the outer words, and the inner cue is the verb of their main clause."""
    start, end = outer.content[0]
    if inner.cue is None or inner.speaker is None or inner.rank > 2 or inner.act in {"thinks", "wants", "plans"}:
        return False
    if not (start <= inner.cue[0] < end and inner.speaker[0] >= start and inner.speaker[1] <= inner.cue[0]):
        return False
    parsed = g.parsed
    opens = g.word_at(inner.speaker[0]) - g.word_at(start) <= _NEAR
    head = parsed.head[inner.cue_word]
    top = parsed.dep[inner.cue_word] == "ROOT" or head == outer.cue_word or not start <= parsed.start[head] < end
    return opens and top and all(start <= a and b <= end for a, b in inner.content)
