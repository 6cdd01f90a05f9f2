"""Tellings → block keys, and the groups of tellings that can tell one event.

Keys are pure: those of one telling depend on nothing else, so that a record can index them. Two tellings are compared
only when they share a key.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta

from onrecord.events.lexicon import rarity
from onrecord.events.same import family_of
from onrecord.model import Telling

_DAYS = 4
"""A range longer than this many days is looked for by month and word, not by day."""
_WORDS = 6


def keys(telling: Telling) -> tuple[str, ...]:
    """Block keys: kind × area × day, and kind × month × rare word where day or area are unknown or vague."""
    what = _what(telling)
    out = [f"{what}|{area}|{day}" for area in _areas(telling) for day in _days(telling)]
    words = _rarest(telling)
    for month in _months(telling):
        out.extend(f"{what}|{month}|{word}" for word in words)
    return tuple(dict.fromkeys(out))


def _what(telling: Telling) -> str:
    kind = telling.happening.kind
    return f"other {telling.happening.lemma}" if kind == "other" else family_of(kind)


def _areas(telling: Telling) -> list[str]:
    countries = [p.country or "sea" for p in telling.places[:3]]
    return list(dict.fromkeys(countries)) or ["-"]


def _days(telling: Telling) -> list[str]:
    first, last = telling.earliest, telling.latest or telling.earliest
    if not first or not last or last - first > timedelta(days=_DAYS):
        return []
    days = [(first + timedelta(days=n)).date() for n in range((last.date() - first.date()).days + 1)]
    return [day.isoformat() for day in days]


def _months(telling: Telling) -> list[str]:
    """The months that it may fall in; one empty month where nothing anchors it in time."""
    if not telling.earliest or not telling.latest:
        return [telling.earliest.strftime("%Y-%m") if telling.earliest else ""]
    ends = {telling.earliest.strftime("%Y-%m"), telling.latest.strftime("%Y-%m")}
    return sorted(ends)


def _rarest(telling: Telling) -> list[str]:
    """The words that say most: of its scope, then of its post."""
    own = sorted(telling.words, key=lambda w: (-rarity(w), -len(w), w))[:_WORDS]
    return own or sorted(telling.post_words, key=lambda w: (-rarity(w), -len(w), w))[:_WORDS]


def pairs(tellings: Sequence[Telling]) -> Iterable[tuple[int, int]]:
    """Pairs of positions that share a key, each once, in order."""
    blocks: defaultdict[str, list[int]] = defaultdict(list)
    for at, telling in enumerate(tellings):
        for key in keys(telling):
            blocks[key].append(at)
    partners: list[set[int]] = [set() for _ in tellings]
    for block in blocks.values():
        for n, left in enumerate(block):
            partners[left].update(block[n + 1 :])
    return ((left, right) for left, others in enumerate(partners) for right in sorted(others))
