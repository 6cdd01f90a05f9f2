"""A page's posts → the people named in full on it, whose names are no towns there."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.model import Post
from onrecord.statements.draft import Draft
from onrecord.statements.gazetteer import normal


def last_names(page: Sequence[tuple[Post, Draft]]) -> frozenset[str]:
    """Last names of the people named in full on the page."""
    full = (m.name.split() for _, draft in page for m in draft.mentions if m.kind == "person" and m.name)
    return frozenset(normal(parts[-1]) for parts in full if len(parts) > 1)


def full_names(page: Sequence[tuple[Post, Draft]]) -> list[list[tuple[int, int]]]:
    """For each post where the full names of its people stand."""
    out = []
    for post, draft in page:
        people = [m for m in draft.mentions if m.kind == "person" and m.name and " " in m.name]
        starts = [(post.text.find(m.name or "", m.start, m.end), len(m.name or "")) for m in people]
        out.append([(at, at + length) for at, length in starts if at >= 0])
    return out
