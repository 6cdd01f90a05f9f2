"""Hedges of a parsed post → statements that nobody is named for: "reportedly", "is thought to", "appears to"."""

from __future__ import annotations

from onrecord.statements.attribution_ground import Found, Ground


def find(g: Ground) -> list[Found]:
    """Hedged statements in text order."""
    return []
