"""A short text → what attribution finds in it, as words instead of offsets."""

from __future__ import annotations

from typing import NamedTuple

from onrecord.model import Block, Post
from onrecord.statements import attribution
from onrecord.statements.draft import StatementDraft
from onrecord.statements.parse import parse


class Said(NamedTuple):
    speaker: str | None
    cue: str | None
    content: list[str]
    draft: StatementDraft


def drafts(text: str) -> list[StatementDraft]:
    """The statements of a post whose lines are its paragraphs."""
    blocks, at = [], 0
    for line in text.split("\n"):
        blocks.append(Block("paragraph", at, at + len(line)))
        at += len(line) + 1
    return attribution.find(next(parse([Post("p", text, tuple(blocks))])))


def said(text: str) -> list[Said]:
    """The statements of a text, without thoughts, wishes and plans."""
    out = []
    for draft in drafts(text):
        if draft.act not in {"thinks", "wants", "plans"}:
            words = [text[a:b] for a, b in (draft.speaker or (0, 0), draft.cue or (0, 0))]
            content = [text[a:b] for a, b in draft.content]
            out.append(Said(words[0] or None, words[1] or None, content, draft))
    return out
