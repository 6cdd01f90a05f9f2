"""A line with a stamp in brackets → the time that it prints: `[Updated at 6:12 p.m. ET, Saturday] The dam …`."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import tzinfo

from onrecord.posts.moments import Printed, printed, worded

_MOST = 80
_LEAST_WORDS = 4
"""Words of a paragraph beside its stamp."""
_OPENS = re.compile(r"[\[(](?P<inner>[^\[\]()]{4,80})[\])]\s?[-–—:|]?\s*(?=\S)")
_NAMED = re.compile(r"[^\[\]]{2,60},? \[(?P<inner>[^\[\]]{8,40})\]:?")
_TOLD = re.compile(r"\b(?:updated?|posted|published|added|filed|modified|edited|revised)\b", re.IGNORECASE)
_CLOCK = re.compile(
    r"(?:noon|midday|midnight)$|\d{1,2}(?:[:.]\d\d\s?(?:[ap]\.?m\b|[A-Z]{2,4}\b)|\s?[ap]\.?m\b)", re.IGNORECASE
)
_WORD = re.compile(r"^(?:updated?|posted|added)\W+", re.IGNORECASE)
_HALF_DAY = re.compile(r"\d\s?[ap]\.?m\b\.?", re.IGNORECASE)
_ELSEWHERE = re.compile(r"[,;/]\s?\d{1,2}(?:[:.]\d\d)?\s?[ap]\.?m\b.{0,40}", re.IGNORECASE)
"""The same moment by the clocks of another place, with its own day: `, 5:11 a.m. Wednesday in Tripoli`."""
_BESIDE = re.compile(r"(?:in|local|time|on)\b.{0,40}", re.IGNORECASE)
"""What may stand beside the clocks: where the second of them is read."""


def bracketed(text: str, near: tzinfo | None) -> Printed | None:
    """The time of a line that is nothing but a stamp in brackets."""
    if not 6 <= len(text) <= _MOST or text[0] not in "[(" or text[-1] not in "])":
        return None
    return _stamp(text[1:-1], near, named=text[0] == "(")


def behind_name(text: str, near: tzinfo | None) -> Printed | None:
    """The time of a line with a stamp in brackets behind a name, as messengers copy it: `Horn Now, [1.3.31 14:32]`."""
    found = _NAMED.fullmatch(text) if text[-2:-1] == "]" or text[-1:] == "]" else None
    when = _stamp(found["inner"], near, named=False) if found else None
    return when if when is not None and when.day is not None else None


def opened(text: str, near: tzinfo | None) -> Printed | None:
    """The time of a stamp in brackets before a paragraph, which is its `rest`."""
    found = _OPENS.match(text) if text[:1] in ("[", "(") else None
    told = found is not None and _CLOCK.match(found["inner"]) is None
    if found is None or text[found.end() :].count(" ") < (_LEAST_WORDS - 1 if told else 1):
        return None
    whole = told and (inner := printed(found["inner"], near)) is not None and inner.day and inner.clock
    when = _stamp(found["inner"], near, named=told and not whole)
    return when and replace(when, rest=text[found.end() :], updated=False)


def closed(text: str, near: tzinfo | None) -> Printed | None:
    """The time of a stamp in brackets behind a paragraph, which is its `rest`."""
    if text[-1:] not in ("]", ")"):
        return None
    at = max(text.rfind("[", -_MOST - 2), text.rfind("(", -_MOST - 2))
    if at < 1 or text[:at].count(" ") < _LEAST_WORDS:
        return None
    when = _stamp(text[at + 1 : -1], near, named=True)
    return when and replace(when, rest=text[:at].rstrip(), updated=False)


def _stamp(inner: str, near: tzinfo | None, named: bool) -> Printed | None:
    """The time in a pair of brackets, unless they hold more; `named` where it must call itself a stamp."""
    if named and _TOLD.search(inner) is None:
        return None
    inner = (
        inner[: first.end()] + _ELSEWHERE.sub("", inner[first.end() :]) if (first := _HALF_DAY.search(inner)) else inner
    )
    when = printed(inner, near) or worded(_WORD.sub("", inner))
    if when is None or (when.clock is None and when.ago is None):
        return None
    return replace(when, rest="") if not when.rest or _BESIDE.fullmatch(when.rest) else None
