"""A post's own words on how far a statement is confirmed → standing of its statements."""

from __future__ import annotations

from onrecord.statements.attribution_ground import Found, Ground
from onrecord.statements.parse import Parse


def mark(g: Ground, found: list[Found]) -> None:
    """Set standing and standing_by."""


def first_hand(parsed: Parse, sentence: int) -> bool:
    """True when the sentence says that the outlet itself saw, heard or checked what it tells."""
    return False
