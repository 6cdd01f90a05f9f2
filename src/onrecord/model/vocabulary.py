"""The words that a record uses → literal types and fixed lists."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

PageKind = Literal["text", "live", "article", "feed", "payload"]
BlockKind = Literal["title", "paragraph", "quote", "caption", "credit", "label", "byline", "related", "furniture"]
InsetKind = Literal["link", "item", "picture", "embed"]
PostKind = Literal["post", "summary", "analysis", "advert", "other"]
Voice = Literal["attributed", "hedged", "own"]
Mode = Literal["direct", "indirect", "mixed"]
Act = Literal["asserts", "denies", "declines", "orders", "asks", "promises", "warns", "thinks", "wants", "plans"]
Said = Literal["claimed", "unverified", "disputed", "unacknowledged", "conceded", "verified"]
"""Standing of a statement, as the text says it."""
Shown = Literal["reported", "claimed", "corroborated", "verified"]
"""Standing of a claim, as the record shows it, weakest first."""
StepName = Literal[
    "reported", "claimed", "corroborated", "verified", "denied", "disputed", "conceded", "unverified", "unacknowledged"
]  # fmt: skip
"""What a statement brought to a claim: a standing as the record shows it, a denial, or a flag that its text sets."""
Reality = Literal["happened", "ongoing", "planned", "threatened", "possible", "not_done"]
Stance = Literal["supports", "denies", "mentions"]
Bound = Literal["exact", "at_least", "at_most", "about", "more_than", "fewer_than", "up_to"]
SpeakerKind = Literal["person", "office", "body", "outlet", "document", "unnamed"]
PartyRole = Literal["by", "on", "with"]
Rights = Literal["full", "quote", "link"]
"""How much of a source may be shown: all of it, the words that a line rests on, or only where it stands."""

KINDS: tuple[str, ...] = (
    "air strike", "drone attack", "shelling", "ground attack", "battle", "territory taken", "withdrawal", "bombing",
    "shooting", "kidnapping", "sabotage", "arrest", "protest", "accident", "natural disaster", "outbreak",
    "casualties", "meeting", "talks", "agreement", "ceasefire", "sanction", "aid", "arms delivery", "deployment",
    "exercise", "expulsion", "accusation", "threat", "demand", "refusal", "legal case", "election", "appointment",
    "resignation", "death", "statement", "other",
)  # fmt: skip
"""Kinds of happening. PLOVER and ACLED codes stand beside each in `data/kinds.toml`."""

READ_BLOCKS: frozenset[str] = frozenset({"title", "paragraph", "quote", "caption", "related"})
"""Kinds of block whose words are read for statements, places, dates and figures."""


def iso(moment: datetime | None) -> str | None:
    """ISO 8601 with offset, or None."""
    return moment.isoformat() if moment else None


def number(value: float | None) -> float | int | None:
    """Whole numbers as int, so that 5 killed are not 5.0."""
    return int(value) if value is not None and float(value).is_integer() else value
