"""A place named in a post → whether its name says where something was, or only whose it is or where it was written."""

from __future__ import annotations

import re
from functools import cache

from onrecord.events.weights import listed
from onrecord.model import Place, PostReading

_DASH = re.compile(r"[^\n]{0,90}?\s?(?:--|—|–)\s")


@cache
def _put() -> re.Pattern[str]:
    """A word right before a name that puts something there."""
    return re.compile(rf"\b(?:{'|'.join(sorted(listed('place', 'before')))})\s{{1,3}}$", re.IGNORECASE)


@cache
def _behind() -> re.Pattern[str]:
    """An apostrophe behind a name, or a word that goes with it and is not one of those that begin something new."""
    new = "|".join(sorted(listed("place", "behind")))
    return re.compile(rf"\.?(?:['’]s?\s|\s{{1,3}}(?!(?:{new})\b)[^\W\d_])", re.IGNORECASE)


def only_beside(text: str, place: Place) -> bool:
    """A country's name that only says whose or what kind: "U.S. citizens", "the Ghana embassy", "Mali's envoy"."""
    if place.kind != "country":
        return False
    start, end = place.span.start, place.span.end
    found = _behind().match(text, end)
    if not found:
        return False
    return found.group().lstrip(".")[0] in "'’" or not _put().search(text[max(0, start - 16) : start])


def files(reading: PostReading, place: Place) -> bool:
    """It opens a dateline, which says where the report was filed: "DAKAR, 3 May (Reuters) — "."""
    starts = any(b.start == place.span.start for b in reading.post.blocks)
    return starts and bool(_DASH.match(reading.post.text, place.span.end))
