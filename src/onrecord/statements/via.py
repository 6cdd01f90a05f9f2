"""A post's statements → the channels that their words came through."""

from __future__ import annotations

from onrecord.statements.attribution_ground import Found, Ground


def mark(g: Ground, found: list[Found]) -> None:
    """Set via."""
