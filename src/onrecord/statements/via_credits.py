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


def _hands_over(text: str, start: int, end: int) -> str | None:
    """The agency of a line such as "Reuters reports:" or "Here is more from AFP:"."""
    if end - start > _LINE or not text[start:end].rstrip().endswith(":"):
        return None
    lead = _HANDS_ON.match(text, start, end)
    name = listed(text, lead.end()) if lead else None
    if name is None or name[1] in channels().social or not _HANDED.fullmatch(text, name[0], end):
        return None
    return name[1]


_LINE = 110
_HANDED_ON = 8
"""So many paragraphs behind such a line are the agency's."""


def credit(g: Ground, found: list[Found]) -> None:
    """An agency in a paragraph's dateline or behind its last words ("… . – Reuters") passed all of the paragraph on."""
    text = g.parsed.text
    named: dict[int, str] = {}
    for number, block in enumerate(g.parsed.blocks):
        if (handed := _hands_over(text, block.start, block.end)) is not None:
            named |= dict.fromkeys(range(number + 1, number + 1 + _HANDED_ON), handed)
        line = _DATELINE.match(text, block.start, min(block.end, block.start + 120))
        agency = (
            listed(text, line.start(1))
            if line and not text.startswith(("The Latest", "The latest"), line.end())
            else None
        )
        if agency is not None and agency[1] not in channels().social:
            named[number] = agency[1]
            continue
        credit = _CREDIT.search(text, max(block.start, block.end - 40), block.end)
        name = listed(text, credit.start(1)) if credit else None
        if name is not None and name[1] not in channels().social:
            named[number] = name[1]
    if not named:
        return
    starts = [block.start for block in g.parsed.blocks]
    for one in found:
        number = bisect_left(starts, one.content[0][0] + 1) - 1
        if not one.via and one.voice == "attributed" and number in named:
            own = outlet_in(g, one.speaker) if one.speaker is not None else None
            one.via = (named[number],) if own != named[number] else ()
