"""Two tellings → their score where it is high enough: most pairs are ruled out by some of the features alone."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from itertools import product

from onrecord.events.features import FEATURES, Weigh
from onrecord.events.same import keep_score
from onrecord.events.traits import Traits
from onrecord.events.weights import number, weights

_ORDER = (
    "where",
    "reality",
    "date",
    "kind",
    "report",
    "gist",
    "place",
    "posts",
    "figures",
    "parties",
    "names",
    "words",
)
"""Features, those first that are quick and rule out much."""
_ROUNDING = 1e-6


def likely(a: Traits, b: Traits, least: float = 0.0) -> float | None:
    """Their score, exact, if it is at least so much; from nought on they may tell one event."""
    left, right = (a, b) if a.id <= b.id else (b, a)
    most, todo = _plans()[
        bool(a.figures and b.figures),
        a.peopled and b.peopled,
        a.post_id == b.post_id and a.page == b.page,
        a.reports or b.reports,
        a.undone != b.undone,
        a.place is not None and b.place is not None,
    ]
    parts, enough = [0.0] * len(FEATURES), least - _ROUNDING
    for at, weigh, gain in todo:
        parts[at] = found = weigh(left, right)
        most += found - gain
        if most < enough:
            return None
    total = number("bias")
    for part in parts:  # as `score` adds them up, to the last bit
        total += part
    keep_score(a, b, total)
    return total if total >= least else None


_SOMETIMES = ("figures", "parties", "where", "report", "reality", "place")
"""Features that say nothing of most pairs, in the order in which `likely` looks whether they do."""
_Plan = tuple[float, list[tuple[int, Weigh, float]]]
"""(the most that a score can be, each feature with its place and the most that it can add)."""


@cache
def _plans() -> dict[tuple[bool, ...], _Plan]:
    """The plan for pairs of which those features say something, or not."""
    every = product((False, True), repeat=len(_SOMETIMES))
    return {said: _plan([name for name, says in zip(_SOMETIMES, said, strict=True) if not says]) for said in every}


def _plan(silent: Collection[str]) -> _Plan:
    places = {name: (at, weigh) for at, (name, weigh, _) in enumerate(FEATURES)}
    assert places.keys() == set(_ORDER)
    todo = [(*places[name], _most(name)) for name in _ORDER if name not in silent]
    return number("bias") + sum(gain for _, _, gain in todo), todo


def _most(name: str) -> float:
    w = weights()
    if name == "kind":
        return max(0.0, w["kind"]["same"], w["kind"]["family"]) + w["kind"]["lemma_in_kind"] + w["kind"]["synonym"]
    if name == "parties":
        return sum(value for value in w["party"].values() if value > 0)
    if name == "posts":
        bend = w["words"]["post_bend"]
        return w["words"]["post"] ** 2 / (4 * bend) if bend > 0 else w["words"]["post"]
    if name == "words":
        return max(0.0, w["words"]["scope"])
    if name == "gist":
        return w["gist"]["most"]
    if name == "names":
        return 0.0
    group = w["figure" if name == "figures" else name]
    return max([0.0, *(value for key, value in group.items() if isinstance(value, float) and key != "mishap_km")])
