"""The desk's own posts → the history of the page that holds them. Pure.

The page has no captures: its posts are decisions. One that is taken back is removed at that moment.
"""

from __future__ import annotations

from collections.abc import Iterable

from onrecord import desk
from onrecord.desk import DESK, Taken
from onrecord.history import PageHistory, PostHistory, Revision, revision_hash
from onrecord.model import Block, Post

WHERE = "the desk"
"""What stands for the address of the page."""


def history(taken: Iterable[Taken]) -> PageHistory:
    """The page after these decisions, newest post first. Its change number is that of the last one that made it."""
    found = [one for one in taken if one.decision.kind in ("post", "undo")]
    posts = [one for one in found if one.decision.kind == "post"]
    held = {one.id for one in desk.active(found)}
    ends = {one.decision.undoes: one for one in found if one.decision.kind == "undo"}
    own = [_post_history(one, None if one.id in held else ends.get(one.id)) for one in reversed(posts)]
    change = max(
        (one.change for one in found if one in posts or one.decision.undoes in {p.id for p in posts}), default=0
    )
    if not own:
        return PageHistory()
    last = posts[-1]
    return PageHistory(DESK, WHERE, language="en", posts=tuple(own), until=(last.decision.at, last.id), change=change)


def _post_history(one: Taken, undone: Taken | None) -> PostHistory:
    post = own_post(one)
    first = Revision(post, revision_hash(post), 1, one.decision.at, one.decision.at, one.change)
    if undone is None:
        return PostHistory(post.id, (first,))
    at = max(undone.decision.at, one.decision.at)
    gone = Revision(post, first.hash, 2, at, at, undone.change, removed=True)
    return PostHistory(post.id, (first, gone), absent=at)


def own_post(one: Taken) -> Post:
    """The post that a decision makes: its title, a blank line, then a block a paragraph."""
    d = one.decision
    head = f"{d.title}\n\n" if d.title else ""
    blocks = [Block("title", 0, len(d.title))] if d.title else []
    at = len(head)
    for line in d.text.split("\n"):
        if line.strip():
            blocks.append(Block("paragraph", at, at + len(line)))
        at += len(line) + 1
    return Post(one.id, head + d.text, tuple(blocks), d.title or None, (d.by,), d.at)
