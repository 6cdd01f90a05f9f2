"""A line, written small → whether the outlet speaks to its readers in it: asks something of them, or takes leave."""

from __future__ import annotations

import re
from functools import cache

from onrecord.posts.words import listing, words

_FILE = "posts_lines.toml"
_WORD = re.compile(r"[\w'-]+")
_GREETING = re.compile(
    r"^(?:(?:good (?:morning|afternoon|evening|night|day)|hello|hi|right|ok|okay|well|and|so|but|now|with that|"
    r"everyone|everybody|all|folks|again|there|then|for now|on that note)[,.!:]?\s){1,4}"
)
"""What may stand before "we're closing this blog"."""
_LEAVES = re.compile(
    r"(?:we|i)(?:'re|'m|'ll| are| am| will)(?: be| now| about to| going to| soon| shortly)*"
    r" (?:wrap(?:ping)?|clos(?:e|ing)|end(?:ing)?|paus(?:e|ing)|sign(?:ing)?|leav(?:e|ing)|stop(?:ping)?|hand(?:ing)?)"
    r"(?: up| off| over| down)?"
    r"(?:(?: (?:the|this|our|today's|tonight's))?(?: live| rolling){0,2}"
    r" (?:blog|liveblog|coverage|page|feed|thread|reporting|updates)| (?:it|things|that) (?:there|here)| here)\b"
)
"""What the outlet says that ends its coverage: `We'll be pausing our coverage`."""
_ENDED_COVERAGE = re.compile(
    r"(?:[\w'.&-]+ ){0,5}(?:live ?blog|live coverage|live page|live feed|live event|live updates)\b[^.]{0,80}?"
    r" (?:(?:has|have) (?:now )?(?:ended|closed|concluded|finished|moved|paused|come to an end)|concludes|ends"
    r"|is now (?:closed|over|finished|paused))\b|(?:(?:this|the|our) )?blog is (?:now )?(?:closed|over|paused|live)\b"
)
"""What it says once that has ended: `Our live coverage of the talks has now closed`."""


@cache
def _asking() -> re.Pattern[str]:
    """How a line begins that tells its reader what to do, or what they need."""
    verbs = "|".join(map(re.escape, listing(_FILE, "ask_verb")))
    needs = r"(?:to \w+ this,? )?you(?:'ll| will)? (?:need|must|have to)\b"
    return re.compile(rf"(?:please |simply |be the first to )?(?:{verbs})\b|{needs}")


def asks_reader(low: str) -> bool:
    """Whether a line asks its readers to take up what an outlet offers: `Get the headlines in your inbox`."""
    return _asking().match(low) is not None and not words(_FILE, "ask_for").isdisjoint(_WORD.findall(low))


def takes_leave(low: str) -> bool:
    """Whether the outlet ends or pauses its coverage."""
    bare = _GREETING.sub("", low)
    opens = bare.startswith(listing(_FILE, "signoff_start"))
    return opens or _LEAVES.match(bare) is not None or _ENDED_COVERAGE.match(bare) is not None
