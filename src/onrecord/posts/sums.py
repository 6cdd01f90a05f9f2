"""A line → whether it heads a post that sums up, or a list of points."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from onrecord.posts.words import listing, words

if TYPE_CHECKING:
    from onrecord.posts.lines import Line

_FILE = "posts_lines.toml"
_LONGEST = 9
"""Words of a heading that says no more than that it sums up, at most."""
_LONGEST_OPEN = 2
"""Words of one that ends with a colon and does not go on into what stands below, at most."""
_NEAR = 4
"""Lines between a heading and the points below it, at most."""
_MOST_LETTERS = 200
"""Letters of such a heading, at most."""
_MOST_TALK = 200
"""Letters of what an outlet says of its own page, at most."""
_TALKS = re.compile(
    r"(?:before we (?:go|return|leave|close)\b.{0,20}, ?)?"
    r"(?:here(?:'s| is| are)|these are) (?:(?:a|an|the|some|our|what) )?"
    r"(?:(?:quick|brief|short|comprehensive|full|key|main|big|other|latest|else) ){0,3}"
    r"(?:summary|recap|round-?up|rundown|overview|latest|developments|updates|you need to know|happened)\b"
    r"[^.]{0,100}[:.…]$"
    r"|we(?:'ll| will) (?:bring|get|have|give) you (?:more|further|updates|the latest)\b"
    r"|(?:we|i)(?:'re|'ll be| are| am| will be) (?:now )?(?:pausing|starting|restarting|resuming|concluding|continuing)"
    r" (?:our|the|this)(?: \w+){0,2} (?:coverage|blog|liveblog|page|updates)\b"
    r"|this (?:will be|is) the (?:last|final) post\b"
    r"|(?:[\w.,'’-]+ ){1,8}here(?: again)?,? (?:now )?(?:taking over|picking up)\b"
)
"""What an outlet says of its own coverage, and no news."""
_EDGES = " .:|-–—…!"
_PARTS = re.compile(r"[^\s,:|–—-]+(?:-[^\s,:|–—-]+)*")


def sums_up(low: str) -> bool:
    """Whether a line, written small, says no more than that its post sums up: `Recap of the evening so far …`."""
    return len(low) <= _MOST_LETTERS and _sums_up(low)


@lru_cache(maxsize=4096)
def _sums_up(low: str) -> bool:
    bare = low.strip(_EDGES)
    if bare in words(_FILE, "summary_label"):
        return True
    if bare.count(" ") >= (_LONGEST_OPEN if low[-1:] == ":" else _LONGEST):
        return False
    rest, heads = _heads().subn(" ", bare)
    return heads > 0 and words(_FILE, "summary_beside").issuperset(_PARTS.findall(rest))


def talks_of_page(low: str) -> bool:
    """Whether a line, written small, is the outlet's word on its own page: `We'll give you more from the harbour.`"""
    return len(low) <= _MOST_TALK and _TALKS.match(low) is not None


def heads_points(lines: Sequence[Line], at: int) -> bool:
    """Whether what stands right above a line announces a list: a colon, dots, or a heading that sums up."""
    if at and lines[at - 1].text[-1] in ":…":
        return True
    return any(sums_up(line.plain) or announces(line) for line in lines[max(0, at - _NEAR) : at])


def announces(line: Line) -> bool:
    """Whether a line says that a list of points, or a summary, follows."""
    return _heads().search(line.plain) is not None


@cache
def _heads() -> re.Pattern[str]:
    """Whatever a heading says that sums up."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, listing(_FILE, 'summary_head')))})(?!\w)")
