"""Time expressions in a parsed post → ranges of time."""

from __future__ import annotations

from datetime import datetime

from onrecord.model import Date, Post
from onrecord.statements.draft import DateDraft
from onrecord.statements.parse import Parse


def find(parsed: Parse) -> list[DateDraft]:
    """Time expressions in text order."""
    return []


def resolve(draft: DateDraft, post: Post, anchor: datetime | None) -> Date:
    """The expression's value and range, seen from the anchor (the post's "now"); unresolved without one."""
    raise KeyError(draft.rule)
