"""A short line, written small → whether it is furniture of its page."""

from __future__ import annotations

import re

from onrecord.posts.addressed import asks_reader
from onrecord.posts.words import listing, words

_FILE = "posts_lines.toml"
_LATER = re.compile(r"\(?(?:(?:about )?(?:an?|\d{1,3}) (?:minute|hour|day)s?) (?:later|earlier)\)?")
"""How long after another version of the page this one was seen."""
_MACHINE = re.compile(r"[a-z][a-z\d_-]{1,30}(?:\.[a-z][a-z\d_-]{1,30}){2,6}(?:\s\w{1,30})?")
"""A name that programs give a part of a page."""
_PICTURE = re.compile(r"[\w-]{3,80}\.(?:jpe?g|png|gif|webp)|[a-z\d]{2,30}(?:-[a-z\d]{1,30}){1,8}_\d{4,12}")
"""The name of a picture's file."""
_USER = re.compile(r"[a-z]{2,12}_[a-z\d_]{1,12}")
"""What a reader is called."""
_TALLY = re.compile(
    r"\W{0,3}(?:\d{1,3}|\d[\d.,]{0,6}[km])|[€$£¥₹]\s?\d[\d.,]{0,12}|\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,4})?"
    r"|\W{0,3}\d[\d.,]{0,8}[km]?\s(?:comments?|replies|reply|likes?|shares?|views?|retweets?|reactions?|reads?)"
)
"""How many read, liked or shared a post; what a share costs."""
_TWICE = re.compile(r"(.{4,30}?)\s?\1")
"""A button's words for those who see it, and again for those who listen."""
_COUNTED = re.compile(r"\s*\((?:\d[\d,.]*[km]?)?\)$|\sbeta$")
"""What a button's words end with: how many did so before, or that it is new."""
_LENGTH = re.compile(r"\d{1,2}:\d\d(?::\d\d)?\s?(?:[-–—|]\s)?(?:source|video|duration|now playing|watch)\b")
"""How long a video is."""
_SHIFTS = re.compile(r"^(?:[\w.'-]+[,;]? ){1,24}\((?:now|earlier)\)")
"""Who writes a page, and who wrote it before: `Ana Sousa (now); Jo Park (earlier)`."""


def is_furniture(low: str) -> bool:
    """Whether a line, written small, is one of the page's own: a button, a count, a note on what is not shown."""
    bare = _COUNTED.sub("", low).strip(" .:|-–—·•_=*~#<>")
    twice = _TWICE.fullmatch(bare)
    bare = twice[1] if twice else bare
    return (
        not bare
        or _TALLY.fullmatch(bare) is not None
        or _PICTURE.fullmatch(bare) is not None
        or _USER.fullmatch(bare) is not None
        or _LATER.fullmatch(bare) is not None
        or _MACHINE.fullmatch(bare) is not None
        or bare in words(_FILE, "chrome_exact")
        or bare in words(_FILE, "part_exact")
        or low.startswith(listing(_FILE, "chrome_start"))
        or asks_reader(low)
        or any(part in low for part in listing(_FILE, "chrome_part"))
        or _LENGTH.match(low) is not None
        or _SHIFTS.search(low) is not None
    )
