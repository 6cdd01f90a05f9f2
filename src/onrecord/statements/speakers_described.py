"""A body that is described before it is named ("a think tank said … The Lagoa Institute said") → its name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.statements import sides
from onrecord.statements.mentions_words import is_description, words
from onrecord.statements.speakers_roles import heads_of
from onrecord.statements.speakers_who import head_of

if TYPE_CHECKING:
    from onrecord.statements.draft import MentionDraft
    from onrecord.statements.speakers_back import Back
    from onrecord.statements.speakers_entities import Entity

_NEXT = 24
"""Mentions behind a description that are looked at."""


def described_body(back: Back, number: int) -> Entity | None:
    """The body that the next sentence names first, where the post's first speaker is described as one of its kind."""
    mention = back.mentions[number]
    if not _describes(back, mention) or _spoken_before(back, mention):
        return None
    for i in range(number + 1, min(len(back.mentions), number + _NEXT)):
        other = back.mentions[i]
        if other.sentence - mention.sentence > 1:
            return None
        entity = back.register.of.get((back.number, i)) if other.kind in {"body", "outlet", "name"} else None
        if (
            entity is None
            or entity.kind == "person"
            or other.sentence == mention.sentence
            or is_description(entity.name)
        ):
            continue
        if _beside_same(back, mention, i):
            return entity
        if other.subject and not any(post == back.number and j < i for post, j in entity.seen):
            return entity if _one_body(back, mention, entity) else None
    return None


def named_body(mentions: Sequence[MentionDraft], j: int, m: MentionDraft) -> MentionDraft:
    """The name right behind a description of a body: "Chad's rescue service SALVO RED"."""
    if m.kind != "name" or m.role:
        return m
    described = (
        b for b in mentions[max(0, j - 3) : j] if b.kind == "body" and b.end == m.start - 1 and b.name and b.side
    )
    body = next((b for b in described if is_description(b.name)), None)
    return replace(m, kind="body", role=body.role, side=body.side, gender="n") if body else m


def _describes(back: Back, mention: MentionDraft) -> bool:
    """ "A think tank", "Chad's rescue service"."""
    if mention.plural:
        return False
    if mention.name is None:
        return back.text(mention).lower().startswith(("a ", "an "))
    return is_description(mention.name) and bool(mention.side)


def _spoken_before(back: Back, mention: MentionDraft) -> bool:
    """Somebody else has spoken below the headline."""
    title = len(back.post.title or "")
    return any(s is not None and title <= s[0] < mention.start for s in back.speaking)


def _beside_same(back: Back, mention: MentionDraft, number: int) -> bool:
    """The name stands right behind the same words: "Chad's rescue service SALVEX"."""
    start = back.mentions[number].start
    before = back.mentions[max(0, number - 3) : number]
    return mention.name is not None and any(m.name == mention.name and m.end == start - 1 for m in before)


def _one_body(back: Back, mention: MentionDraft, entity: Entity) -> bool:
    """A body of the kind and country that the description tells of."""
    head, kinds = head_of(mention.role or ""), words().bodies
    side, known = back.register.side_of(mention.side), sides.of(entity.name)
    home = known.home if known and known.home else entity.side
    if entity.kind == "outlet":
        return any(kinds.get(h) == "outlet" for h in heads_of(mention.role)) and (side is None or side == home)
    own = {kind for h in entity.heads if (kind := kinds.get(h))}
    return (head in entity.heads or kinds.get(head) in own) and (side is None or home in {side, entity.name, None})
