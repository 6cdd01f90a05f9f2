"""Lines of a page whose posts are headed by a day alone → the lines of each post: `22 August`, `FRIDAY`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from onrecord.posts.lines import Line

_LEAST = 2
_SHARE = 0.5
"""So much of the page's paragraphs stands below days."""


def by_days(lines: Sequence[Line]) -> list[list[Line]]:
    """The posts of a chronicle, each from its day on; none where days head groups of posts, or only dot an article."""
    days = [i for i, line in enumerate(lines) if line.kind == "day" and line.time is not None]
    parts = [list(lines[a:b]) for a, b in pairwise([*days, len(lines)])]
    parts = [part for part in parts if _paragraphs(part)]
    if len(parts) < _LEAST or not _in_order(parts) or _titles(parts) > len(parts):
        return []
    if sum(map(_paragraphs, parts)) < _SHARE * _paragraphs(lines):
        return []
    for part in parts:
        part[0].kind = "time"
    return parts


def _paragraphs(lines: Sequence[Line]) -> int:
    return sum(line.kind == "body" for line in lines)


def _titles(parts: Sequence[Sequence[Line]]) -> int:
    """How many headlines stand above paragraphs."""
    return sum(a.kind == "short" and b.kind in ("body", "byline") for part in parts for a, b in pairwise(part))


def _in_order(parts: Sequence[Sequence[Line]]) -> bool:
    """Whether the days rise or fall through the page. Names of weekdays alone show no order."""
    days = [_ordinal(part[0]) for part in parts]
    steps = [(b - a).days for a, b in pairwise([d for d in days if d is not None])]
    return all(s >= 0 for s in steps) or all(s <= 0 for s in steps)


def _ordinal(line: Line) -> date | None:
    return line.time.day if line.time else None
