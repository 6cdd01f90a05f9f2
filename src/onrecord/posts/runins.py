"""Lines that hold a headline and its paragraph → the headline known."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.posts.lines import QUOTES, Line
from onrecord.posts.words import plain, words

_HEADS = (
    re.compile(r"(?P<head>[^.!?]{8,120}?\??)\s(?:[-–—]{1,2}|\|)\s(?=[A-Z“\"])"),
    re.compile(r"(?P<head>[A-Z“‘\"'][^.!?]{8,120}?[a-z\d’”'\"?!])(?=[A-Z][a-z’']+\s)"),
    re.compile(r"(?P<head>[^.!?]{8,120}?(?:\?| (?=:)))\s?:\s(?=[A-Z“\"])"),
)
"""A headline and, behind a dash or glued to it, a paragraph."""
_RUN_IN = re.compile(
    r"(?P<head>[A-Z][\w'’-]{0,30}(?: (?:[A-Z\d‘“][\w'’”.-]{0,30}"
    r"|an?|and|as|at|but|by|for|from|in|into|near|not|of|off|on|or|over|than|the|to|under|up|with)){2,13})\.\s(?=[A-Z“\"])"
)
"""A headline, its words in capitals, and a paragraph behind its full stop."""
_GLUED = re.compile(r"(?P<head>[A-Z“‘\"'][^.!?]{8,120}?[a-z\d’”'\"])(?=[A-Z][a-z’']*\s)")
"""What may be a headline and, glued to it, its paragraph."""
_AGAIN = 240
"""Letters of a paragraph in which it says its headline again."""
_LEAST_AGAIN = 2
"""Words of a headline that its paragraph says again, at least."""
_LEAST = 3
"""Times that lead, at least, where a colon ends the headline behind most of them."""
_MOSTLY = 0.6
_LEAST_WORDS = 6
"""Words of a paragraph, or of a headline that is glued to one, at least."""
_FILE = "posts_lines.toml"
_LONG = 14
"""Words of a long headline."""


def settle_run_in(lines: Sequence[Line]) -> None:
    """Where most lines that a time leads go on with a headline before their paragraph, it is the headline."""
    leads = [line for line in lines if line.kind == "lead" and line.time]
    heads = [_colon_head(line) for line in leads]
    if len(leads) >= _LEAST and sum(map(bool, heads)) > _MOSTLY * len(leads):
        for line, head in zip(leads, heads, strict=True):
            line.headline = head or None
        return
    for form in (*_HEADS, _RUN_IN):
        found = [(line, m) for line in leads if line.time and (m := form.match(line.time.rest))]
        if len(found) > 1 and 2 * len(found) > len(leads):
            for line, match in found:
                line.headline = match["head"].strip()


def _colon_head(line: Line) -> str:
    """What stands before a lead's first colon, unless that announces speech; a headline may hold one itself."""
    parts = line.time.rest.split(": ", 2) if line.time else []
    head = ": ".join(parts[:2]) if len(parts) > 2 and parts[0].count(" ") < 2 else "".join(parts[:1])
    words_ = head.split()
    if len(parts) < 2 or not 2 < len(words_) <= _LONG or head[-1] in ".!" or parts[-1].count(" ") < _LEAST_WORDS:
        return ""
    return "" if words_[-1].lower() in words(_FILE, "said_end") or ". " in head else head


def settle_glued(lines: Sequence[Line]) -> None:
    """A headline to which the paragraph is glued that says it again: `Bridge closed to lorriesThe bridge …`."""
    for line in lines:
        found = _GLUED.match(line.text) if line.kind == "body" and line.size > _LONG else None
        if found is None or found["head"].count(" ") < _LEAST_WORDS - 2 or _in_name(line.text, found.end()):
            continue
        below = set(plain(line.text[found.end() : found.end() + _AGAIN]).split())
        again = sum(len(word) > 3 and word in below for word in plain(found["head"]).split())
        if again >= _LEAST_AGAIN:
            line.headline = found["head"]


def _in_name(text: str, at: int) -> bool:
    """Whether a capital stands inside a name: `McKee`, `O'Hara`."""
    last = text[:at].rsplit(" ", 1)[-1]
    return (last[0].isupper() and last[-1] not in QUOTES) or last in ("O’", "O'", "D’", "D'")
