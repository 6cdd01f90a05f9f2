"""Claims of one event → what can't both hold, and what only changed with time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from onrecord.events.features import distance_km
from onrecord.events.headline import alone
from onrecord.events.lexicon import WORD
from onrecord.events.origins import same_voice
from onrecord.events.stances import one_word, says_yes, shared
from onrecord.events.standing import FigureGroup, alike
from onrecord.events.traits import counts_weapons, family_for
from onrecord.events.weights import listed
from onrecord.model import Conflict, Figure, Stance, Telling

_TOLLS = frozenset(
    {"killed", "wounded", "injured", "captured", "infected", "other: missing", "other: displaced"}
    | {"other: evacuated", "other: arrested", "other: people infected"}
)
"""Counts that grow while an event goes on."""
_GROWS = timedelta(hours=3)
"""A higher toll told so much later than a lower one is news, not a contradiction."""


def find(tellings: Sequence[Telling], stances: Sequence[Stance], groups: Sequence[FigureGroup]) -> tuple[Conflict, ...]:
    """Conflicts between statements: figures, whether it happened, where, and when."""
    where, when = _places(tellings, stances), _dates(tellings, stances)
    return (*_denials(tellings, stances), *_figures(groups), *where, *when)


def _denials(tellings: Sequence[Telling], stances: Sequence[Stance]) -> list[Conflict]:
    """Each denial beside the telling that says most nearly what it denies."""
    told = list(zip(tellings, stances, strict=True))
    said = [t for t, s in told if s == "supports" and says_yes(t)]
    out = []
    for no in (t for t, s in told if s == "denies"):
        near = [_nearness(yes, no) for yes in said]
        best = max(near, default=_UNLIKE)
        if best > _UNLIKE:
            yes = said[near.index(best)]
            out.append(Conflict("happened", (yes.statement.id, no.statement.id), (_words(yes), _words(no))))
    return out


_UNLIKE = (False, False, 0)


def _nearness(yes: Telling, no: Telling) -> tuple[bool, bool, int]:
    """How nearly they tell of one thing: same word, same kind, and so many words, places and parties in common."""
    if yes.statement.id == no.statement.id or same_voice(yes, no):
        return _UNLIKE
    kind = yes.happening.kind == no.happening.kind != "other"
    return one_word(yes, no), kind, len(shared(yes, no))


def _words(telling: Telling) -> str:
    return alone(telling.happening.scope).text


def _figures(groups: Sequence[FigureGroup]) -> list[Conflict]:
    told = [pair for group in groups for pair in group.figures]
    parts = _broken_down(told)
    current = [
        [pair for pair in group.figures if _is_whole(pair, parts) and not _superseded(pair, told)] for group in groups
    ]
    out = []
    for n, left in enumerate(current):
        for right in current[n + 1 :]:
            if left and right and alike(left[0][1], right[0][1]) and (pair := _clash(left, right)):
                (a, x), (b, y) = pair
                ids = (a.statement.id, b.statement.id)
                out.append(Conflict(x.what, ids, (shown(x), shown(y))))
    return out


_Told = tuple[Telling, Figure]
_Sentence = tuple[str, str, int, str]
_ONE_MORE = re.compile(r"(?:an?|another)\s", re.IGNORECASE)
_FEW = 10
"""Up to so many, "a third protester" and "another two" tell of some among others."""
_OTHER_QUAKE = 1.0
"""Magnitudes so far apart are those of two earthquakes."""


def _sentence(told: _Told) -> _Sentence:
    telling, figure = told
    return telling.page, telling.post, telling.sentence_at, figure.what


def _broken_down(told: Sequence[_Told]) -> dict[_Sentence, float | None]:
    """Sentences that count several groups → what they count in all, if they say so: "20, 18 of them in Lowmark"."""
    counted: dict[_Sentence, dict[int, float]] = {}
    for pair in told:
        counted.setdefault(_sentence(pair), {})[pair[1].span.start] = pair[1].value
    out: dict[_Sentence, float | None] = {}
    for sentence, values in counted.items():
        if len(values) > 1:
            most = max(values.values())
            out[sentence] = most if 2 * most >= sum(values.values()) else None
    return out


def _is_whole(told: _Told, parts: dict[_Sentence, float | None]) -> bool:
    """Whether a figure counts all there is, and not one group of several or somebody more."""
    figure = told[1]
    if figure.what in _TOLLS and figure.value <= _FEW and _ONE_MORE.match(figure.span.text):
        return False
    return parts.get(_sentence(told), figure.value) == figure.value


def outdated(groups: Sequence[FigureGroup]) -> set[str]:
    """Ids of tellings with a figure that its own speaker or outlet has replaced."""
    told = [pair for group in groups for pair in group.figures]
    return {pair[0].id for pair in told if _superseded(pair, told)}


def series(groups: Sequence[FigureGroup]) -> list[list[_Told]]:
    """What one speaker said of one figure at different times, where it changed: 20, 50, 49."""
    told = sorted((p for g in groups for p in g.figures if p[0].time), key=lambda p: (str(p[0].time), p[0].id))
    runs: list[list[_Told]] = []
    for telling, figure in told:
        run = next((r for r in runs if alike(r[0][1], figure) and same_voice(r[0][0], telling)), None)
        if run is None:
            runs.append([(telling, figure)])
        elif run[-1][1].value != figure.value and run[-1][0].time != telling.time:
            run.append((telling, figure))
    return [run for run in runs if len(run) > 1]


def _superseded(old: _Told, told: Sequence[_Told]) -> bool:
    """The same speaker gives another figure later, or the outlet another toll than its own; or a toll was corrected."""
    (first, figure), time = old, old[0].time
    for later, other in told:
        if not (time and later.time and later.time > time and alike(figure, other)):
            continue
        if figure.what in _TOLLS and _revises(later) and not _of_two_sides(first, later):
            return True
        own = "own" in (first.statement.voice, later.statement.voice) and figure.what in _TOLLS
        own = own and later.outlet == first.outlet
        if own or same_voice(first, later):
            return True
    return False


def _revises(telling: Telling) -> bool:
    return not listed("figure", "revised").isdisjoint(map(str.casefold, WORD.findall(telling.sentence)))


def _of_two_sides(a: Telling, b: Telling) -> bool:
    """Each speaks for a side of its own, whose counts the other does not correct."""
    sides = [t.statement.speaker and t.statement.speaker.side for t in (a, b)]
    return all(sides) and sides[0] != sides[1]


def _clash(left: Sequence[_Told], right: Sequence[_Told]) -> tuple[_Told, _Told] | None:
    """The first two tellings, one of each group, that contradict each other."""
    for a, x in left:
        for b, y in right:
            if x.what == "other: magnitude" and abs(x.value - y.value) > _OTHER_QUAKE:
                continue
            if not _one_account(a, b) and not _series(a, x, b, y) and not _parts(a, b):
                return (a, x), (b, y)
    return None


def _one_account(a: Telling, b: Telling) -> bool:
    """One voice tells both, or a page in its own words and in those of somebody whom it cites."""
    own = "own" in (a.statement.voice, b.statement.voice)
    return same_voice(a, b) or (own and a.page == b.page)


def _series(a: Telling, x: Figure, b: Telling, y: Figure) -> bool:
    """The later of two tolls is the higher, and late enough for it to have grown."""
    if x.what not in _TOLLS or not a.time or not b.time:
        return False
    earlier, later = ((a.time, x), (b.time, y)) if a.time <= b.time else ((b.time, y), (a.time, x))
    return later[0] - earlier[0] >= _GROWS and later[1].value > earlier[1].value


def _parts(a: Telling, b: Telling) -> bool:
    """They count in different places, so that one number may be part of the other."""
    if not a.placed or not b.placed:
        return a.page == b.page and a.placed != b.placed
    return not {p.id or p.name for p in a.places} & {p.id or p.name for p in b.places}


def shown(figure: Figure) -> str:
    """A figure in the words of the text."""
    return " ".join(figure.span.text.split())


def _places(tellings: Sequence[Telling], stances: Sequence[Stance]) -> list[Conflict]:
    """Tellings that put the event, if it is one that happens at one spot, into different towns in their own words."""
    spots = [
        (t, t.places[0])
        for t, s in zip(tellings, stances, strict=True)
        if s == "supports" and t.placed and _at_a_spot(t)
    ]
    for n, (a, left) in enumerate(spots):
        for b, right in spots[n + 1 :]:
            gap = distance_km(left, right)
            if left.id != right.id and not _one_account(a, b) and a.post != b.post and gap is not None and gap > 25:
                return [Conflict("place", (a.statement.id, b.statement.id), (left.span.text, right.span.text))]
    return []


def _at_a_spot(telling: Telling) -> bool:
    """It is of a kind that happens at one spot, and names one: drones counted over several towns don't."""
    towns = [p for p in telling.places if p.kind in ("city", "town", "village")]
    spotted = family_for(telling) in listed("place", "spotted") and not counts_weapons(telling)
    return spotted and towns == list(telling.places[:1])


_SLACK = timedelta(hours=6)
"""Times closer than this are roundings of one another."""


def _dates(tellings: Sequence[Telling], stances: Sequence[Stance]) -> list[Conflict]:
    """The first two voices that date it, in their own words, to times that don't meet."""
    dated = [t for t, s in zip(tellings, stances, strict=True) if s == "supports" and t.dated and t.earliest]
    last = max(dated, key=lambda t: (t.earliest, t.id), default=None)
    for other in dated:
        if not (last and other.latest and last.earliest) or _one_account(other, last):
            continue
        if last.earliest - other.latest > _SLACK:
            return [Conflict("date", (other.statement.id, last.statement.id), (_day(other), _day(last)))]
    return []


def _day(telling: Telling) -> str:
    """The start of a telling's time: `2025-03-12`, or to the minute where it says so."""
    assert telling.earliest is not None
    assert telling.latest is not None
    exact = telling.latest - telling.earliest < timedelta(hours=1)
    return telling.earliest.isoformat(timespec="minutes") if exact else telling.earliest.date().isoformat()
