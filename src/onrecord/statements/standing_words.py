"""`data/standing.toml` → the patterns and words that tell how far something is confirmed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache

from onrecord import words as word_files
from onrecord.statements.openings import Openings

KINDS = ("unverified", "unacknowledged", "disputed", "verified")
"""In the order in which they are looked for: of two that overlap the first counts."""
_DEPTH = 3


@dataclass(frozen=True, slots=True)
class Words:
    """The words of `data/standing.toml`; its comments say what each is for."""

    patterns: dict[str, Openings]
    begins: tuple[str, ...]
    first_hand: Openings
    flat: Openings
    admits: frozenset[str]
    confesses: frozenset[str]
    confirms: frozenset[str]
    blows: frozenset[str]
    loss: frozenset[str]
    pointers: frozenset[str]
    skip: frozenset[str]
    claims: frozenset[str]
    figures: frozenset[str]
    shows: frozenset[str]
    rivals: frozenset[str]
    counts: frozenset[str]
    contrast: frozenset[str]
    independent: frozenset[str]
    turnout: frozenset[str]
    facets: frozenset[str]
    grounds: frozenset[str]
    asking: frozenset[str]
    light: frozenset[str]
    events: frozenset[str]
    acts_done: frozenset[str]
    earlier: frozenset[str]
    charging: frozenset[str]
    admitting: frozenset[str]
    taking: frozenset[str]
    holding: frozenset[str]
    blaming: frozenset[str]
    deeds: frozenset[str]
    empty: frozenset[str]
    charges: frozenset[str]
    tellings: frozenset[str]
    pleas: frozenset[str]
    generic: frozenset[str]
    harming: frozenset[str]
    causes: frozenset[str]
    winning: frozenset[str]
    yielding: frozenset[str]
    contraries: tuple[tuple[frozenset[str], frozenset[str]], ...]
    fighters: frozenset[str]
    denials: frozenset[str]
    grounds_held: frozenset[str]
    rejects: frozenset[str]
    falsehoods: frozenset[str]
    particulars: frozenset[str]
    polls: frozenset[str]
    rigged: frozenset[str]
    carrying: frozenset[str]
    alike: tuple[tuple[str, ...], ...]


@cache
def words() -> Words:
    """The shipped patterns and the user's, read once."""
    data = word_files.table("standing.toml")
    return Words(
        patterns={kind: Openings(_filled(data[kind], data["parts"])) for kind in KINDS},
        begins=tuple(data["begins"]),
        first_hand=Openings(_filled(data["first_hand"], data["parts"])),
        flat=Openings(_filled(data["flat"], data["parts"])),
        contraries=tuple((frozenset(a), frozenset(b)) for a, b in data["contraries"]),
        alike=tuple(map(tuple, data["alike"])),
        **{field.name: frozenset(data[field.name]) for field in fields(Words) if field.type == "frozenset[str]"},
    )


@cache
def told() -> frozenset[str]:
    """Nouns for what somebody has said, and what points to it."""
    return words().claims | words().pointers | words().tellings


def _filled(patterns: Iterable[str], parts: Mapping[str, str]) -> Iterator[str]:
    """The patterns with the pieces that they name."""
    for pattern in patterns:
        for _ in range(_DEPTH):
            pattern = _PART.sub(lambda found: parts.get(found[1], found[0]), pattern)
        yield pattern


_PART = re.compile(r"<([a-z]+)>")
