"""Names that no table has as written → the place meant: one letter off, or a hamlet put in the region named with it."""

from __future__ import annotations

import string
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from onrecord.statements.draft import PlaceDraft
from onrecord.statements.gazetteer import Entry, areas, gazetteer

_LETTERS = string.ascii_lowercase + " "
_SHORTEST, _LONGEST = 7, 20
_KNOWN = 1_000
_SPELT = 10_000
"""People from which a name of two words may also be one letter off another spelling of a place's: Kafr Zeta."""
"""People that a place needs for its name to be taken as meant by a misspelt one."""
_AHEAD = 80
"""Characters after a hamlet's name within which its region may follow."""
_AREAS = frozenset({"water", "land", "district", "quarter", "facility", "street"})
_SMALL = frozenset({"village", "quarter"})
_KINDS = {"village": "village", "town": "town", "quarter": "village", "facility": "facility"}
_TOWNLY = frozenset({"quarter", "facility", "street"})
"""Forms that lie in the town named beside them."""
_SPOTS = frozenset({"geonames", "region", "district"})
_REACH = 400
_AROUND = 150.0
"""Kilometres around the place beside which something unknown is put."""
_TOWN = 15.0
_SMALL_TOWN = 15_000
_FAR = 3.0
"""Degrees."""
_WATERS = frozenset({"creek", "lake", "river", "bay", "springs", "falls", "brook"})
_SEVERAL = 4
_MOST = 40
"""Misspelt names looked up on a page at most."""


@dataclass(slots=True)
class Candidate:
    """A draft, the places that bear its name, and the one picked so far."""

    post: int
    draft: PlaceDraft
    form: str
    options: tuple[Entry, ...]
    within: frozenset[str]
    """Keys of the countries and regions named with it."""
    pick: Entry | None = None
    flag: str | None = None
    sure: bool = True
    beside: list[Candidate] = field(default_factory=list)
    """Its neighbours in a list of names."""


def mend(candidates: Sequence[Candidate], countries: Counter[str]) -> None:
    """Give picks to candidates without one, and take them from hamlets that only share a name."""
    tried: dict[str, Entry | None] = {}
    for at in [at for at, candidate in enumerate(candidates) if _water_elsewhere(candidate, candidates)]:
        candidates[at].options, candidates[at].pick = (), None
        _beside(candidates, at, countries)
    for at, candidate in enumerate(candidates):
        region = _region(candidates, at)
        if candidate.pick and candidate.draft.form in _SMALL and not _likely(candidate, region, countries):
            candidate.pick = None
        if candidate.pick and _astray(candidate, countries):
            candidate.options, candidate.pick = (), None
            _beside(candidates, at, countries)
        if candidate.pick is None and candidate.draft.form not in {"street", "water", "land"}:
            if candidate.draft.form != "quarter" and candidate.form not in tried and len(tried) < _MOST:
                tried[candidate.form] = _misspelt(candidate, countries)
            _settle(candidate, tried.get(candidate.form), region)
        if candidate.pick is None and candidate.draft.form in _AREAS and candidate.sure:
            _beside(candidates, at, countries)
        if candidate.pick is None and candidate.draft.form in _SMALL and candidate.sure:
            _somewhere(candidates, at)


def _water_elsewhere(candidate: Candidate, candidates: Sequence[Candidate]) -> bool:
    """A small town called after a creek, far from all other places of the page: a creek that is near them."""
    pick = candidate.pick
    if pick is None or pick.level != "geonames" or pick.population >= _SMALL_TOWN or candidate.within:
        return False
    if candidate.form.rpartition(" ")[2] not in _WATERS or pick.lat is None or pick.lon is None:
        return False
    others = [c.pick for c in candidates if c.pick and c.pick.level in _SPOTS and c.form != candidate.form]
    around = [e for e in others if e.lat is not None and e.lon is not None and e.country == pick.country]
    return len(around) > 1 and all(
        abs((e.lat or 0.0) - pick.lat) > _FAR or abs((e.lon or 0.0) - pick.lon) > _FAR for e in around
    )


def _somewhere(candidates: Sequence[Candidate], at: int) -> None:
    """Put a village of no table into the country of the town named nearest to it in its post."""
    own = candidates[at]
    near = [c for c in candidates[max(0, at - 8) : at + 9] if c.post == own.post and c.pick and c.pick.country]
    towns = [c for c in near if c.pick and c.pick.level in _SPOTS]
    lands = [c for c in near if c.pick and c.pick.level == "country" and not c.draft.actor]
    closest = min(towns or lands, key=lambda c: abs(c.draft.start - own.draft.start), default=None)
    if closest and closest.pick and closest.pick.country:
        own.pick, own.flag = unplaced(own, closest.pick.country), "near"


def _astray(candidate: Candidate, countries: Counter[str]) -> bool:
    """A small town abroad, on a page that is of one other country: a quarter or village there that no table has."""
    pick, top = candidate.pick, countries.most_common(1)
    if pick is None or not top or candidate.within:
        return False
    lone = countries[pick.country or ""] <= 1 and pick.country != top[0][0]
    if candidate.draft.form == "facility" and pick.level in {"geonames", "region"}:
        return lone  # the Victoria Embankment, in London
    if pick.level != "geonames" or pick.capital or pick.population >= _SMALL_TOWN:
        return False
    return lone and _of_one_country(countries)


def _beside(candidates: Sequence[Candidate], at: int, countries: Counter[str]) -> None:
    """Put a lake, river or district of no table beside the place named nearest to it, in the page's main country."""
    own = candidates[at]
    top = countries.most_common(1)
    near_by = [c for c in candidates[max(0, at - 6) : at + 7] if c.post == own.post and c.pick]
    near = [c for c in near_by if c.pick and c.pick.level in _SPOTS]
    near = [c for c in near if c.pick and top and c.pick.country == top[0][0] and c.pick.lat is not None]
    closest = min(near, key=lambda c: abs(c.draft.start - own.draft.start), default=None)
    if closest and closest.pick and abs(closest.draft.start - own.draft.start) < _REACH:
        around = (closest.pick.radius_km or _TOWN) if own.draft.form in _TOWNLY | {"name"} else _AROUND
        own.pick = replace(_put(own, closest.pick), region=closest.pick.region, radius_km=around)
        own.flag = "near"
        return
    land = next(
        (c.pick for c in near_by if c.pick and c.pick.level == "country" and top and c.pick.country == top[0][0]), None
    )
    if land:
        own.pick, own.flag = _put(own, land), "near"
    elif own.draft.form in {"facility", "street"} and top and _of_one_country(countries):
        towns = Counter(c.pick for c in candidates if c.pick and c.pick.level == "geonames")
        here = [town for town, _ in towns.most_common() if town.country == top[0][0]]
        if here:
            own.pick, own.flag = replace(_put(own, here[0]), region=here[0].region, radius_km=_AROUND), "near"
        elif own.draft.form == "facility":
            own.pick, own.flag = unplaced(own, top[0][0]), "near"


def _of_one_country(countries: Counter[str]) -> bool:
    """Two thirds of the page's places, and several, lie in one country."""
    most = countries.most_common(1)[0][1]
    return most >= _SEVERAL and 3 * most >= 2 * countries.total()


def _settle(candidate: Candidate, meant: Entry | None, region: Entry | None) -> None:
    if meant:
        candidate.pick, candidate.flag, candidate.sure = meant, "typo", True
    elif region and (
        candidate.draft.form in _SMALL
        or (candidate.draft.form == "unknown" and candidate.within)
        or (candidate.sure and region.key in candidate.within)
    ):
        candidate.pick, candidate.flag = _put(candidate, region), "near"


def _likely(candidate: Candidate, region: Entry | None, countries: Counter[str]) -> bool:
    """The picked hamlet lies in the region or, where none is named, in a country that the page names."""
    pick = candidate.pick
    if pick is None:
        return False
    if region:
        return pick.region == region.key
    return (
        not countries or countries[pick.country or ""] > (1 if candidate.sure else 0) or _inside(pick, candidate.within)
    )


def _inside(pick: Entry, within: frozenset[str]) -> bool:
    return pick.region in within or f"country:{pick.country}" in within


def _region(candidates: Sequence[Candidate], at: int) -> Entry | None:
    """The first-level region named with it, else the last one before it in its post, else one just after."""
    own = candidates[at]
    named = [e for e in areas(own.draft.within or "") if e.level == "region" and own.draft.within]
    if named:
        return named[0]
    ahead = [c for c in candidates[at + 1 : at + 6] if c.draft.start - own.draft.end < _AHEAD]
    for other in [*reversed(candidates[max(0, at - 12) : at]), *ahead]:
        if other.post == own.post and other.pick and other.pick.level == "region":
            return other.pick
    return None


def _put(candidate: Candidate, region: Entry) -> Entry:
    """The hamlet at the region's centre, with the region's radius."""
    code = region.key.partition(":")[2]
    return replace(
        region,
        key=f"near:{code}:{candidate.form.replace(' ', '-')}",
        name=candidate.draft.name,
        kind=_KINDS.get(candidate.draft.form, "other"),
        region=region.key,
        population=0,
        level="near",
    )


def unplaced(candidate: Candidate, country: str) -> Entry:
    """A place of no table, somewhere in a country."""
    return Entry(
        key=f"near:{country}:{candidate.form.replace(' ', '-')}",
        name=candidate.draft.name,
        kind="other",
        level="near",
        country=country,
        region=None,
        district=None,
        lat=None,
        lon=None,
        population=0,
        radius_km=None,
        main=True,
        capital=False,
    )


# -- one letter off ----------------------------------------------------------------------------------------------------


def _misspelt(candidate: Candidate, countries: Counter[str]) -> Entry | None:
    """The largest place one letter away, in a country that the page names."""
    if not _SHORTEST <= len(candidate.form) <= _LONGEST or not candidate.form.isascii():
        return None
    likely = [
        e
        for e in _one_off(candidate.form, gazetteer().mark)
        if countries[e.country or ""] > 0 and (not candidate.within or _inside(e, candidate.within))
    ]
    return max(likely, key=lambda e: (e.population, e.key), default=None)


@lru_cache(maxsize=1 << 12)
def _one_off(form: str, _mark: str) -> tuple[Entry, ...]:
    """The known places one letter away from a form, in the gazetteer with that mark."""
    found = gazetteer().find(set(_edits(form)), keep=False)
    near = (e for entries in found.values() for e in entries)
    return tuple(
        e
        for e in near
        if (e.population >= _KNOWN if e.main else " " in form and e.population >= _SPELT)
        or (e.main and e.level in {"region", "country"})
    )


def _edits(form: str) -> Iterator[str]:
    """All forms with one letter put in, left out, changed or swapped; the first letter stays."""
    for at in range(1, len(form) + 1):
        head, tail = form[:at], form[at:]
        for letter in _LETTERS:
            yield head + letter + tail
            if tail:
                yield head + letter + tail[1:]
        if tail and tail != "s":
            yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
