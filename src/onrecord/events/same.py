"""Two tellings → whether they tell one event, with the parts of the verdict kept for `why`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.events.features import FEATURES
from onrecord.events.memo import Memo, pair
from onrecord.events.traits import Traits, all_traits
from onrecord.events.weights import number
from onrecord.model import Telling


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether two tellings tell one event, and what spoke for and against it."""

    same: bool
    total: float
    """Sum of the weights and the bias: log-odds."""
    parts: tuple[tuple[str, str, str, float], ...]
    """Each (feature, left value, right value, weight)."""


def compare(a: Telling, b: Telling) -> Verdict:
    """The verdict on two tellings, with its parts; symmetric."""
    return verdict(*all_traits((a, b)))


def verdict(a: Traits, b: Traits) -> Verdict:
    """The same of their traits."""
    left, right = (a, b) if a.id <= b.id else (b, a)
    parts = [(name, *shown(left, right), round(w, 3)) for name, weigh, shown in FEATURES if (w := weigh(left, right))]
    total = score(left, right)
    return Verdict(total >= 0, round(total, 3), tuple(parts))


_scores = Memo(1 << 18)


def score(a: Traits, b: Traits) -> float:
    """Log-odds that two tellings tell one event; symmetric. Those of late are remembered."""
    both = pair(a.number, b.number)
    known = _scores.get(both)
    if known is None:
        known = _score(a, b) if a.id <= b.id else _score(b, a)
        _scores.put(both, known)
    return known


def remembered(a: Traits, b: Traits) -> float | None:
    """The score of two, if it was worked out of late."""
    return _scores.get(pair(a.number, b.number))


def keep_score(a: Traits, b: Traits, value: float) -> None:
    """Remember the score of two, worked out elsewhere."""
    _scores.put(pair(a.number, b.number), value)


def scores(known: Sequence[Traits], least: float) -> Iterator[list[float]]:
    """For each its scores with those after it, none below `least`."""
    for at, one in enumerate(known, 1):
        number, young, row = one.number, _scores.young, []
        for other in known[at:]:
            beyond = other.number
            value = young.get(number << 32 | beyond if number < beyond else beyond << 32 | number)
            row.append(score(one, other) if value is None else value)
        yield [max(least, value) for value in row]


def _score(a: Traits, b: Traits) -> float:
    total = number("bias")
    for _, weigh, _ in FEATURES:
        total += weigh(a, b)
    return total
