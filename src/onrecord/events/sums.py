"""Figures of one clause → the same, with people who are counted one sort after the other added up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from onrecord.model import Figure, Span

_ADDED = frozenset({"killed", "wounded", "captured", "other: missing", "other: arrested"})
_LISTED = re.compile(
    r"(?P<comma>,)?\s{1,3}(?P<and>and|plus|as well as)\s{1,3}(?:another\s{1,3})?|,\s{1,3}", re.IGNORECASE
)


def added(text: str, figures: Sequence[Figure]) -> list[Figure]:
    """People counted one sort after the other are as many as all of them: "six priests and two women were killed"."""
    out: list[Figure] = []
    chain: list[Figure] = []
    joined = False
    for figure in figures:
        gap = _LISTED.fullmatch(text, chain[-1].span.end, figure.span.start) if chain else None
        if gap and figure.what == chain[-1].what and _can_add(figure):
            chain.append(figure)
            joined = joined or bool(gap["and"])
            continue
        out += [_sum(text, chain)] if joined else chain
        chain, joined = ([figure], False) if _can_add(figure) else ([], False)
        out += [] if chain else [figure]
    return out + ([_sum(text, chain)] if joined else chain)


def _can_add(figure: Figure) -> bool:
    counted = figure.bound in ("exact", "at_least") and figure.value < 1000
    return counted and figure.what in _ADDED and figure.unit is None and figure.of is not None


def _sum(text: str, chain: Sequence[Figure]) -> Figure:
    first, last = chain[0].span, chain[-1].span
    bounds = {f.bound for f in chain}
    several = any(f.value_max is not None for f in chain)
    return replace(
        chain[0],
        span=Span(first.post, first.start, last.end, text[first.start : last.end]),
        value=sum(f.value for f in chain),
        value_max=sum(f.value if f.value_max is None else f.value_max for f in chain) if several else None,
        bound=bounds.pop() if len(bounds) == 1 else "at_least" if "at_least" in bounds else "about",
    )
