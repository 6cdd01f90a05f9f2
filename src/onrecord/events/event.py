"""The tellings of one cluster → the event: kind, place, time, parties, claims, conflicts, headline and why."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import lru_cache

from onrecord import words as word_files
from onrecord.events import conflicts, origins, standing, steps
from onrecord.events.headline import headline
from onrecord.events.reasons import reasons
from onrecord.events.stances import stances as stances_of
from onrecord.events.traits import Traits
from onrecord.events.weights import listed
from onrecord.model import Event, Party, Place, Reality, Telling
from onrecord.model.altered import altered
from onrecord.model.making import quickly

_IN_BATTLE = frozenset({"battle", "casualties", "death", "ground attack", "shooting", "other"})
"""Kinds of what happens in the fighting that an event's tellings also speak of."""
_UNDONE = frozenset({"planned", "threatened", "possible"})
_FACTS: tuple[Reality, ...] = ("happened", "ongoing", "planned", "threatened", "possible", "not_done")


_made = quickly(Event)


def event_of(known: Sequence[Traits], *, explained: bool = True) -> Event:
    """The event that tellings with these traits tell. They are in order (time, id), and at least one.

    Unless it is to be explained it lacks its history and its reasons: most of the work, of no use to ranking.
    """
    tellings = [k.telling for k in known]
    earliest, latest = _when(tellings)
    stances = stances_of(tellings, latest)
    supporting = origins.supporting(tellings, stances)
    groups = _groups(supporting or tellings)
    first_hands, independent = origins.count(supporting)
    claim = standing.happened(tellings, stances)
    old = conflicts.outdated(groups)
    clause = headline([t for t in supporting if t.id not in old] or supporting or tellings)
    clashes = conflicts.find(tellings, stances, groups)
    found = _made(
        id=event_id(tellings[0].id),
        kind=_kind(tellings),
        reality=_reality(supporting or tellings),
        headline=clause.text,
        headline_from=clause,
        earliest=earliest,
        latest=latest,
        place=_place(tellings),
        tellings=tuple(tellings),
        stances=stances,
        claim=claim,
        figures=standing.figure_claims(groups),
        origins=first_hands,
        independent_origins=independent,
        conflicts=clashes,
        parties=_parties(tellings),
        why=(),
        history=(),
    )
    return _explained(found, known, groups) if explained else found


def explained_of(event: Event, known: Sequence[Traits]) -> Event:
    """An event that `event_of` made of the same traits, with its history and reasons."""
    return _explained(event, known, _groups(origins.supporting(event.tellings, event.stances) or event.tellings))


def _explained(event: Event, known: Sequence[Traits], groups: Sequence[standing.FigureGroup]) -> Event:
    history, series = steps.history(event.tellings, event.stances, groups), conflicts.series(groups)
    why = reasons(
        known, history, event.claim, event.origins, event.independent_origins, event.conflicts, series
    )  # fmt: skip
    return altered(event, why=why, history=history)


def _groups(told: Sequence[Telling]) -> list[standing.FigureGroup]:
    return standing.figure_groups([t for t in told if _counts(t)])


@lru_cache(maxsize=1 << 16)
def event_id(happening: str) -> str:
    """An event's id, from its first happening's."""
    return "e" + hashlib.sha256(happening.encode()).hexdigest()[:12]


def _counts(telling: Telling) -> bool:
    """Its figures count what there was: "will kill ten hostages" counts no dead."""
    return telling.happening.reality not in ("planned", "threatened") or not any(
        f.what in ("killed", "wounded") for f in telling.figures
    )


def _when(tellings: Sequence[Telling]) -> tuple[datetime | None, datetime | None]:
    """The range that most exact tellings share: dated ones first; shortest first, narrowed by those that overlap it."""
    ranged = [t for t in tellings if t.dated] or [t for t in tellings if t.earliest and _of_its_day(t) and _told(t)]
    if not ranged:
        return None, None
    ranged = sorted(ranged, key=_length)
    earliest, latest = ranged[0].earliest, ranged[0].latest
    for telling in ranged[1:]:
        first, last = _later(earliest, telling.earliest), _sooner(latest, telling.latest)
        if first is None or last is None or first <= last:
            earliest, latest = first, last
    return earliest, latest


_LEANING = re.compile(
    r"\b(?:to|for|of|from|at|about|without|against|will|would|could|can|may|might|should|must)"
    r"(?: (?:have|be|been|being|having))?\s+$",
    re.IGNORECASE,
)
"""Before a verb's base form, or a form with -ing: nothing says that it was done, or when."""


def _told(telling: Telling) -> bool:
    """Its words say that it was done, so that where and when the post plays says something of it."""
    happening = telling.happening
    if happening.general or happening.reality == "not_done":
        return False
    first = happening.span.text.split(maxsplit=1)[0].casefold()
    plain = first.endswith("ing") or first == happening.lemma.split("-")[0]
    at = happening.span.start - telling.sentence_at
    return not (plain and at > 0 and _LEANING.search(telling.sentence, max(0, at - 24), at))


def _of_its_day(telling: Telling) -> bool:
    """It tells of one thing, which its post's day can date; a siege or a war goes on for longer."""
    return not telling.happening.general and telling.happening.lemma not in listed("date", "lasting")


def _length(telling: Telling) -> timedelta:
    return telling.latest - telling.earliest if telling.latest and telling.earliest else timedelta.max


def _later(a: datetime | None, b: datetime | None) -> datetime | None:
    return max(a, b) if a and b else a or b


def _sooner(a: datetime | None, b: datetime | None) -> datetime | None:
    return min(a, b) if a and b else a or b


def _kind(tellings: Sequence[Telling]) -> str:
    """The commonest kind; `other` only where there is nothing else; ties go to the first told.

    Where all words are for a sort of thing, and nothing pins them down, none is known to have happened: `other`.
    """
    if all(t.happening.general and not _pinned_down(t) for t in tellings):
        return "other"
    if len(tellings) == 1:
        return tellings[0].happening.kind
    kinds = Counter(t.happening.kind for t in tellings)
    if "battle" in kinds and kinds.keys() <= _IN_BATTLE:
        return "battle"
    named = [k for k in kinds if k != "other"] or list(kinds)
    return max(named, key=lambda k: kinds[k])


def _pinned_down(telling: Telling) -> bool:
    """A day, a place smaller than a country or a number is told with it."""
    local = telling.placed and bool(telling.places) and telling.places[0].kind != "country"
    return telling.dated or local or bool(telling.figures)


def _reality(tellings: Sequence[Telling]) -> Reality:
    """The commonest reality; of equals the most real."""
    if len(tellings) == 1:
        return tellings[0].happening.reality
    seen = Counter(t.happening.reality for t in tellings)
    return max(_FACTS, key=lambda r: (seen[r], -_FACTS.index(r)))


_EXACT = ("facility", "village", "town", "city", "other", "region", "sea", "country")


def _place(tellings: Sequence[Telling]) -> Place | None:
    """The place that tellings name most in their own words; of equals the most exact, then the first told.

    Where none names one, the country that their posts are about.
    """
    named = [t for t in tellings if t.placed and t.places]
    if len(named) == 1:
        return named[0].places[0]
    seen = Counter(_spot(t.places[0]) for t in named)
    best = max(named, key=lambda t: (seen[_spot(t.places[0])], -_rank(t.places[0])), default=None)
    if best:
        return best.places[0]
    done = (t for t in tellings if t.places and t.happening.reality not in _UNDONE and _told(t))
    return next((_about(t.places[0]) for t in done), None)


def _about(near: Place) -> Place:
    """The country in which a place of the rest of the post lies: that much the post says of where it was."""
    facts = word_files.table("countries.toml").get(near.country or "")
    if near.kind == "country" or facts is None:
        return near
    return Place(
        near.span, facts["name"], near.country, "country", facts["lat"], facts["lon"], facts["radius_km"],
        id=f"country:{near.country}", flag=near.flag,
    )  # fmt: skip


def _spot(place: Place) -> str:
    return place.id or place.name


def _rank(place: Place) -> int:
    return _EXACT.index(place.kind) if place.kind in _EXACT else len(_EXACT)


def _parties(tellings: Iterable[Telling]) -> tuple[Party, ...]:
    """Everyone who takes part, each once in each role, most often named first."""
    seen: Counter[tuple[str, str | None, str]] = Counter()
    first: dict[tuple[str, str | None, str], Party] = {}
    for telling in tellings:
        for party in telling.happening.parties:
            key = (party.name, party.side, party.role)
            seen[key] += 1
            first.setdefault(key, party)
    return tuple(first[key] for key, _ in seen.most_common())
