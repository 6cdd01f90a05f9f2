"""A parsed post → the words that name or stand for people, offices, bodies and sources."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.statements.draft import MentionDraft, StatementDraft
from onrecord.statements.parse import Parse


def find(parsed: Parse, statements: Sequence[StatementDraft]) -> list[MentionDraft]:
    """Mentions in text order; every statement's `speaker` range is one of them."""
    return []
