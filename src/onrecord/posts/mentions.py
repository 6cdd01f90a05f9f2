"""Posts that print no time → the times by which other posts of the page mention them: "in our 13.55 post"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, tzinfo
from itertools import islice

from onrecord.model import Post
from onrecord.posts.moments import moment, printed
from onrecord.posts.paragraphs import HEAD, paragraph

_CLOCK = r"\d{1,2}[.:]\d\d(?:\s?[ap]\.?m\b)?"
_MENTION = re.compile(
    rf"\b(?:our|my|the)\s(?P<a>{_CLOCK})\s(?:post|update|entry)\b|\b(?:our|my)\s(?:\w+\s)?post\sat\s(?P<b>{_CLOCK})",
    re.IGNORECASE,
)
_TOLD = 240
"""Letters behind a mention that say what the mentioned post is about."""
_SENTENCE_END = re.compile(r"[.!?]\s|\n")
_LEAST = 0.4
"""Share of the mention's words that the post must hold."""
_LEAD = 0.1
"""By so much it must hold more of them than any other."""
_LEAST_SHARED = 3
_MOST = 50
"""Mentions that are followed on one page."""


def with_mentioned_times(posts: Sequence[Post], day: date | None, zone: tzinfo) -> list[Post]:
    """The posts, each without a time that another gives it dated by the clock of that mention, on the page's day."""
    out = list(posts)
    if day is None or all(p.time for p in posts):
        return out
    found_in = list(islice(_mentions(posts), _MOST))
    held = [frozenset() if p.time else paragraph(p.text).stems for p in posts] if found_in else []
    for i, clock, told in found_in:
        at = _meant(held, i, told)
        when = printed(clock)
        found = moment(when, day, zone) if when is not None and at is not None else None
        if at is not None and found is not None:
            out[at] = replace(out[at], time=found)
    return out


def _mentions(posts: Sequence[Post]) -> Iterator[tuple[int, str, str]]:
    """The post that mentions another, the clock, and what it says of it."""
    for i, post in enumerate(posts):
        for found in _MENTION.finditer(post.text[:HEAD]):
            behind = post.text[found.end() : found.end() + _TOLD]
            stop = _SENTENCE_END.search(behind)
            yield i, found["a"] or found["b"], behind[: stop.start()] if stop else behind


def _meant(held: Sequence[frozenset[str]], mentioning: int, told: str) -> int | None:
    """The one post without a time that holds most of what is said of it."""
    wanted = paragraph(told).stems
    shared = [(len(wanted & stems), i) for i, stems in enumerate(held) if i != mentioning]
    scores = sorted(((n / len(wanted) if n >= _LEAST_SHARED else 0.0, i) for n, i in shared), reverse=True)
    if not scores or scores[0][0] < _LEAST or (len(scores) > 1 and scores[0][0] - scores[1][0] < _LEAD):
        return None
    return scores[0][1]
