"""Mentions of a whole page → who they are, with side, kind and office."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.model import Place, Post, Setting, Speaker
from onrecord.statements.draft import Draft, Range


def resolve(page: Sequence[tuple[Post, Draft]], setting: Setting) -> list[list[Speaker | None]]:
    """For each post, for each statement of its draft: the speaker, or None (hedged and own voice)."""
    return [[None for _ in draft.statements] for _, draft in page]


def party(post: Post, span: Range, draft: Draft, places: Sequence[Place]) -> tuple[str, str | None]:
    """(name, side) of whoever the words at `span` name."""
    return post.text[span[0] : span[1]], None
