"""Tellings → block keys, and the pairs of tellings that share one.

Keys are pure: those of one telling depend on nothing else, so that a record can index them. Two tellings are compared
only when they share a key. Where a day is known, keys are kind × area × day and kind × month × rare word; where none is
known, kind × a sketch of its post (min-wise hashing: Broder, On the resemblance of documents, 1997).

A key begins with its day or month, so that what is told at one time stands together in a record's index.
"""

from __future__ import annotations

import struct
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta
from functools import lru_cache
from hashlib import blake2b

from onrecord.events.gist import country_called, gist
from onrecord.events.lexicon import groups_of, rarity, trigger
from onrecord.events.traits import family_for
from onrecord.model import Telling

_DAYS = 4
"""A range longer than this many days is looked for by month and word, not by day."""
_WORDS = 4
_SIGNS, _RARE = 2, 0.9
"""Of what a clause says that is rarer than this, so many are keys."""
_SKETCH = 12
"""Slots of a post's sketch: two posts that share a fifth of their rare words share a slot 93 times in 100."""


def keys(telling: Telling) -> tuple[str, ...]:
    """Block keys of a telling, without repeats."""
    called = (f"{where}|{what}" for what in _whats(telling) for where in _wheres(telling))
    return tuple(dict.fromkeys((*called, *_said(telling))))


def _said(telling: Telling) -> list[str]:
    """Whose words they are × day × what the clause says that few others say."""
    speaker = telling.statement.speaker
    if telling.reports or telling.statement.voice != "attributed" or speaker is None or not speaker.side:
        return []
    signs = gist(telling.words, telling.figures)
    rarest = sorted((s for s in signs if signs[s] > _RARE), key=lambda s: (-signs[s], -len(s), s))[:_SIGNS]
    return [f"{day}|@{speaker.side}|{sign}" for day in _days(telling) for sign in rarest]


def _whats(telling: Telling) -> list[str]:
    """What it may be called: the family of its kind, the groups of its word, else its word."""
    lemma = trigger(telling.happening.lemma, telling.happening.span.text)
    groups = [f"~{n}" for n in sorted(groups_of(lemma))] or ([f"={lemma}"] if lemma else [])
    family = family_for(telling)
    return groups if family == "other" else [family, *groups]


def _wheres(telling: Telling) -> list[str]:
    days = _days(telling)
    out = [f"{day}|{area}" for area in _areas(telling) for day in days]
    months = {moment.strftime("%Y-%m") for moment in (telling.earliest, telling.latest) if moment}
    out += [f"{month}|{word}" for month in sorted(months) for word in _rarest(telling)]
    if not telling.anchored:
        out += sketch(telling.post_words)
    return out


def _areas(telling: Telling) -> list[str]:
    """Countries of its first places, and `-`, where it meets tellings without a place."""
    countries = [p.country or "sea" for p in telling.places[:3]] or _home(telling)
    return [*dict.fromkeys(countries), "-"] if not telling.placed else list(dict.fromkeys(countries))


def _home(telling: Telling) -> list[str]:
    """The country for which whoever is quoted speaks: what he tells without a place may lie there."""
    speaker = telling.statement.speaker
    code = country_called(speaker.side) if speaker and speaker.side else None
    return [code] if code else []


def _days(telling: Telling) -> list[str]:
    first, last = telling.earliest, telling.latest or telling.earliest
    if not first or not last or last - first > timedelta(days=_DAYS):
        return []
    days = [(first + timedelta(days=n)).date() for n in range((last.date() - first.date()).days + 1)]
    return [day.isoformat() for day in days]


def _rarest(telling: Telling) -> list[str]:
    """The words of its scope that say most."""
    return sorted(telling.words, key=lambda w: (-rarity(w), -len(w), w))[:_WORDS]


@lru_cache(maxsize=1 << 14)
def sketch(words: frozenset[str]) -> tuple[str, ...]:
    """The smallest hash of the rare words in each slot; texts that share many words share slots."""
    rare = [_hashes(word) for word in words if rarity(word) >= 1]
    return tuple(f"{slot}:{min(column):x}" for slot, column in enumerate(zip(*rare, strict=True)))


@lru_cache(maxsize=1 << 16)
def _hashes(word: str) -> tuple[int, ...]:
    """A word's hash in each slot: 32 bits each."""
    return struct.unpack(f"<{_SKETCH}I", blake2b(word.encode(), digest_size=4 * _SKETCH).digest())


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
