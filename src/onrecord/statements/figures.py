"""Counts and amounts in a parsed post → figures with their bounds."""

from __future__ import annotations

from onrecord.statements.draft import FigureDraft
from onrecord.statements.parse import Parse


def find(parsed: Parse) -> list[FigureDraft]:
    """Figures in text order."""
    return []
