"""Messages and words of others that a page quotes → lines of the post that quotes them, and no bylines or times."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.posts.lines import Line

_HANDLE = re.compile(r"[-–—]{1,2} ?[^()@]{2,60}\(@\w{2,30}\)")
_OWN_HANDLE = re.compile(r"^@\w{2,30}$|\(@\w{2,30}\)$")
_DASHED = re.compile(r"[-–—]{1,2} ?[A-Z]")
_NAMES = re.compile(r"[A-ZÀ-Þ][\w-]+")
_QUOTED = 6
"""Lines above the name behind a quotation in which a post tells of that person, at most."""
_TWEET = 6
"""Lines of a message from elsewhere, at most."""
_LONGEST = 14
"""Words of whose the quoted words are, at most."""


def settle_tweets(lines: Sequence[Line]) -> None:
    """Who wrote a post that is quoted from elsewhere, below its words, belongs to the text."""
    for line in lines:
        if line.kind in ("short", "caption") and is_tweet(line):
            line.kind = "body"
        if line.kind not in ("chrome", "time", "lead") and _has_handle(line):
            line.kind, line.authors = "body", ()
        elif line.kind == "time" and _HANDLE.match(line.text):
            line.kind, line.time, line.authors = "body", None, ()
    for at, line in enumerate(lines):
        dated = line.kind == "time" and line.time is not None and line.time.day is not None and "·" in line.text
        if dated and any(_OWN_HANDLE.search(above.text) for above in lines[max(0, at - _TWEET) : at]):
            line.kind, line.time = "body", None


def settle_quoted(lines: Sequence[Line]) -> None:
    """Whose the words above are, behind a dash, signs no post where the post tells of that person."""
    for at, line in enumerate(lines):
        if line.kind not in ("short", "signed", "byline") or line.size > _LONGEST or not _DASHED.match(line.text):
            continue
        above = [x.text for x in lines[max(0, at - _QUOTED) : at] if not _DASHED.match(x.text)]
        told = {word for text in above for word in _NAMES.findall(text)}
        if at and lines[at - 1].kind == "body" and line.text.split()[-1] in told:
            line.kind, line.authors = "body", ()


def is_tweet(line: Line) -> bool:
    """Whether a line is part of a message that is quoted from elsewhere."""
    return "pic.twitter.com/" in line.text or "//t.co/" in line.text or _has_handle(line)


def _has_handle(line: Line) -> bool:
    return "(@" in line.text and _HANDLE.search(line.text) is not None
