"""Lines that print nothing but a clock and a label → times of posts: `0946: ROADS`, `ROADS 0946`, `FERRIES! 09:46:`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import time
from itertools import pairwise

from onrecord.posts.lines import Line
from onrecord.posts.moments import Printed
from onrecord.posts.people import is_name

_HEAD = re.compile(
    r"(?:(?P<label>[A-Z][A-Z\d '’!?,.&/-]{1,40}?):?\s)?"
    r"(?P<hour>[01]\d|2[0-3])(?P<sign>[:.])?(?P<minute>[0-5]\d)(?:,\s[A-Z]{2,3}(?=:))?(?P<colon>:)?"
    r"(?:\s(?P<rest>[A-Z][^.!?]{1,70}))?"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_LONGEST = 12
"""Words of such a line, at most."""
_LEAST = 3
_OPEN = frozenset({"body", "short", "caption", "lead", "time", "label", "byline"})


def settle_clock_heads(lines: Sequence[Line]) -> None:
    """Take such lines for times of posts where several stand on the page and follow each other."""
    found = [(line, m) for line in lines if line.kind in _OPEN and line.size <= _LONGEST and (m := _head(line))]
    if len(found) < _LEAST or not _follow([_minutes(m) for _, m in found]) or all(_YEAR.search(m[0]) for _, m in found):
        return
    for line, match in found:
        if line.kind == "time":
            continue
        rest = (match["rest"] or "").rstrip(":")
        line.kind, line.headline = "time", None
        line.authors = _signer(rest)
        line.time = Printed(
            text=line.text,
            clock=time(*divmod(_minutes(match), 60)),
            rest=match["label"] or rest,
            at=match.start("hour"),
        )


def _head(line: Line) -> re.Match[str] | None:
    """The parts of such a line. A clock without label, of four digits and a colon, stands alone or beside a label or
    name: others lead headlines as clocks do elsewhere."""
    match = _HEAD.fullmatch(line.text)
    if match is None or match["label"]:
        return match
    rest = match["rest"] or ""
    return match if match["colon"] and not match["sign"] and (not rest or rest.isupper() or _signer(rest)) else None


def _minutes(match: re.Match[str]) -> int:
    return 60 * int(match["hour"]) + int(match["minute"])


def _follow(minutes: Sequence[int]) -> bool:
    """Whether clocks rise, or fall, down the page; they may pass midnight once."""
    steps = [b - a for a, b in pairwise(minutes)]
    backwards = sum(s < 0 for s in steps)
    return min(backwards, sum(s > 0 for s in steps)) <= 1 and any(steps)


def _signer(rest: str) -> tuple[str, ...]:
    """Who writes the post: a name before what they do, `Ana Sousa Roads reporter, Gazette`."""
    named = " ".join(rest.split()[:2])
    return (named,) if rest.count(" ") > 1 and "," in rest and is_name(named) else ()
