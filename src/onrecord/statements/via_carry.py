"""A post's statements with their speakers known → the channels of those that go on with what was said on one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.model import Post, Speaker
from onrecord.statements.draft import StatementDraft
from onrecord.statements.via_names import channels

_GAP = 3
"""So many statements of others may stand between."""
_FAR = 700
"""So many characters behind the last words on a channel the next may stand."""
_ELSEWHERE = re.compile(
    r"\b(?:told|telling|tells|speaking to|spoke to"
    r"|(?:in|at|during) (?:a|an|the|his|her|its|their) (?:\w+ ){0,2}(?:statement|letter|speech|address"
    r"|briefing|conference"
    r"|meeting|hearing|rally|sermon|visit|report|court|parliament|interview|memo)"
    r"|earlier|later|previously|last (?:week|month|year|night)|yesterday|on (?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|(?:days?|weeks?|months?|years?|hours?) (?:after|before|earlier|ago))\b",
    re.IGNORECASE,
)


ASIDE = re.compile(r",\s(?:which|that|something) (?:[^\s,.;:“”\"]+ ){1,5}$")
"""Before a cue: "an affair, which Reis DENIES" tells what is known."""


def carried(post: Post, drafts: Sequence[StatementDraft], named: Sequence[Speaker | None]) -> list[tuple[str, ...]]:
    """The channels of each statement: its own, else those of the same person's words shortly before.

    The draft does so where the words of two mentions show it; here "the premier" is known to be "Ana Reis".
    """
    out = [s.via for s in drafts]
    if not any(out):
        return out
    last: dict[str, int] = {}
    for at in sorted(range(len(drafts)), key=lambda i: drafts[i].content[0][0]):
        speaker, draft = named[at], drafts[at]
        if speaker is None or speaker.name.startswith("unnamed") or draft.voice != "attributed":
            continue
        before = last.get(speaker.name)
        if before is not None and not draft.via and draft.nested_in is None and draft.act != "declines":
            near = draft.content[0][0] - drafts[before].content[-1][1] <= _FAR and at - before <= _GAP + 1
            known = _by_name(post.text, drafts[before], speaker.name)
            if near and known and speaker.name not in out[before] and not _elsewhere(post.text, draft):
                out[at] = out[before]
        if out[at] and draft.nested_in is None:
            last[speaker.name] = at
    _led(drafts, named, out)
    return out


def _led(drafts: Sequence[StatementDraft], named: Sequence[Speaker | None], out: list[tuple[str, ...]]) -> None:
    """What a post opens with and quotes next ("…," he told Radio Sul) was told to the same outlet."""
    said = (i for i, draft in enumerate(drafts) if draft.voice == "attributed")
    order = sorted(said, key=lambda i: drafts[i].content[0][0])[:2]
    if len(order) < 2:
        return
    (first, then), (who, them) = order, (named[i] for i in order)
    if who is None or them is None or who.name != them.name or who.name.startswith("unnamed"):
        return
    if out[first] or not out[then] or out[then][0] in channels().social or who.name in out[then]:
        return
    quoted = drafts[then].mode == "direct" and drafts[first].mode != "direct"
    if quoted and drafts[then].nested_in is None:
        out[first] = out[then]


def _by_name(text: str, draft: StatementDraft, name: str) -> bool:
    """The mention has a word of the name: "the mayor" may be somebody else than who is named after him."""
    said = text[slice(*draft.speaker)].lower() if draft.speaker is not None else ""
    return said in {"he", "she", "it", "they"} or any(word in said for word in name.lower().split())


def _elsewhere(text: str, draft: StatementDraft) -> bool:
    """Words beside the cue tell of another place or time."""
    if draft.cue is None or text[slice(*draft.cue)].startswith("add"):
        return False  # "it later added"
    low = max(0, draft.cue[0] - 60, text.rfind("\n", 0, draft.cue[0]))
    if ASIDE.search(text, low, draft.cue[0]):
        return True
    return any(
        not any(a <= found.start() < b for a, b in draft.content)
        for found in _ELSEWHERE.finditer(text, low, draft.cue[1] + 60)
    )
