"""Datelines → the small places in them that no table has, `DRY FORK, Pa. (TCW) —`, wherever the text names them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from onrecord.statements.gazetteer import areas, normal
from onrecord.statements.places_judge import Found, Reading
from onrecord.statements.places_names import Name

_DATELINE = re.compile(
    r"(?P<town>[A-Z][A-Z.\u2019'-]{1,20}(?: [A-Z][A-Z.\u2019'-]{1,20}){0,3}), "
    r"(?P<area>[A-Z][A-Za-z.]{1,20}(?: [A-Z][A-Za-z.]{1,20}){0,2})"
    r"(?:, [A-Z][a-z]{2,9}\.? \d{1,2})?(?: \([A-Za-z .-]{1,30}\))? ?(?:\u2014|\u2013|--|-) "
)
_AGAIN = 20
"""How often a place of the dateline is looked for in the text."""


def add_datelines(read: Reading) -> None:
    """Put the places of datelines, and their names in the text, where nothing was found."""
    parsed = read.parsed
    for block in parsed.blocks:
        found = _DATELINE.match(parsed.text, block.start, block.end)
        if not found or not areas(found["area"]):
            continue
        if _taken(read, found.start("town"), found.end("town")):
            return
        town = found["town"].title()
        spans = [found.span("town"), *_again(parsed.text, town, found.end())]
        read.found += [f for a, b in spans if not _taken(read, a, b) and (f := _found(read, a, b, found["area"], town))]
        read.found.sort(key=lambda f: f.first)
        return


def _again(text: str, town: str, at: int) -> Iterator[tuple[int, int]]:
    for _ in range(_AGAIN):
        at = text.find(town, at)
        if at < 0:
            return
        end = at + len(town)
        if not text[end : end + 1].isalnum():
            yield at, end
        at = end


def _taken(read: Reading, start: int, end: int) -> bool:
    parsed = read.parsed
    return any(parsed.start[f.first] < end and start < parsed.end[f.last - 1] for f in read.found)


def _found(read: Reading, start: int, end: int, area: str, town: str) -> Found | None:
    first = bisect_left(read.parsed.start, start)
    last = bisect_left(read.parsed.start, end)
    if last <= first or read.parsed.start[first] != start:
        return None
    return Found(first, last, Name(first, last, town, normal(town), ()), "village", 1.0, area)
