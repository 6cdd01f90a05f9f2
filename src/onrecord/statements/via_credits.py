"""Agencies named beside a paragraph, in its dateline, its credit or the line above → the paragraph's channels."""

from __future__ import annotations

import re
from bisect import bisect_left

from onrecord.statements.attribution_ground import Found, Ground
from onrecord.statements.via_names import channels, listed
from onrecord.statements.via_sources import outlet_in

_DATELINE = re.compile(r"\s*(?:[A-Z][\w.’'-]*,? ){1,6}\(([A-Z][\w -]{1,20})\) ?(?:--|[–—-]) ")
_CREDIT = re.compile(r"[.”\"’]\s*(?:[-–—]{1,2}\s*|\()(?:with )?((?:[A-Z][\w.-]*\s?){1,3})\)?\.?$")
_HANDS_ON = re.compile(
    r"(?:(?:and |but )?(?:here(?:[’']s| is)|more|this(?:,| is)?|the following|read)\b[^:\n]{0,40}? from )?(?:the )?"
)
"""What may stand before the agency in a line that hands over to it."""
_HANDED = re.compile(
    r"(?:[’']s [A-Z][\w’'-]+ [A-Z][\w’'-]+)?(?: news agency)?"
    r"(?:,? (?:also )?(?:reports?|reported|has|writes|wrote|is reporting|adds)\b[^:.\n]{0,30})?:\s*",
    re.IGNORECASE,
)
_LINE = 110
"""Characters of such a line at most."""
_HANDED_ON = 8
"""So many paragraphs behind such a line are the agency's."""


def credit(g: Ground, found: list[Found]) -> None:
    """An agency in a paragraph's dateline or behind its last words ("… . – Reuters") passed all of the paragraph on."""
    named = _agencies(g)
    if not named:
        return
    starts = [block.start for block in g.parsed.blocks]
    for one in found:
        number = bisect_left(starts, one.content[0][0] + 1) - 1
        if not one.via and one.voice == "attributed" and number in named:
            own = outlet_in(g, one.speaker) if one.speaker is not None else None
            one.via = (named[number],) if own != named[number] else ()


def _agencies(g: Ground) -> dict[int, str]:
    """The numbers of the paragraphs that an agency passed on → the agency."""
    text = g.parsed.text
    named: dict[int, str] = {}
    for number, block in enumerate(g.parsed.blocks):
        if handed := _hands_over(text, block.start, block.end):
            named |= dict.fromkeys(range(number + 1, number + 1 + _HANDED_ON), handed)
        if own := _by_dateline(text, block.start, block.end) or _by_last_words(text, block.start, block.end):
            named[number] = own
    return named


def _hands_over(text: str, start: int, end: int) -> str | None:
    """The agency of a line such as "Reuters reports:" or "Here is more from AFP:"."""
    if end - start > _LINE or not text[start:end].rstrip().endswith(":"):
        return None
    lead = _HANDS_ON.match(text, start, end)
    name = _agency(text, lead.end()) if lead else None
    return name[1] if name and _HANDED.fullmatch(text, name[0], end) else None


def _by_dateline(text: str, start: int, end: int) -> str | None:
    line = _DATELINE.match(text, start, min(end, start + 120))
    if line is None or text.startswith(("The Latest", "The latest"), line.end()):
        return None
    name = _agency(text, line.start(1))
    return name[1] if name else None


def _by_last_words(text: str, start: int, end: int) -> str | None:
    found = _CREDIT.search(text, max(start, end - 40), end)
    name = _agency(text, found.start(1)) if found else None
    return name[1] if name else None


def _agency(text: str, at: int) -> tuple[int, str] | None:
    """A known outlet's name here, with its end; no platform's."""
    name = listed(text, at)
    return name if name is not None and name[1] not in channels().social else None
