"""Mentions of a whole page → who they are, with side, kind and office.

For names the whole page counts (live pages run newest first); for pronouns only the same post, looking back.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from onrecord.model import Place, Post, Setting, Span, Speaker
from onrecord.statements import sides
from onrecord.statements.draft import Draft, Range, StatementDraft
from onrecord.statements.speakers_back import Back
from onrecord.statements.speakers_people import Register

Drafted = Sequence[tuple[Post, Draft]]


def resolve(
    page: Drafted, setting: Setting, places: Sequence[Sequence[Place]] | None = None, above: Drafted = ()
) -> list[list[Speaker | None]]:
    """For each post, for each statement of its draft: the speaker, or None (hedged and own voice).

    `places`, the posts' resolved places, tell the side of "the governor of Kherson"; those of `above`, what the page
    says before its posts, stand behind them.
    """
    told = (*page, *above)
    register = Register(told, setting, places or [[] for _ in told])
    backs = [Back(post, draft, register, number) for number, (post, draft) in enumerate(told)]
    for back in backs:
        back.tie()
    return [_post(post, draft, back) for (post, draft), back in zip(page, backs, strict=False)]


def _post(post: Post, draft: Draft, back: Back) -> list[Speaker | None]:
    out: list[Speaker | None] = [None] * len(draft.statements)
    for i in sorted(range(len(out)), key=lambda i: _order(draft.statements[i])):
        out[i] = _speaker(post, draft.statements[i], out, back)
    return out


def _order(statement: StatementDraft) -> tuple[int, int]:
    at = statement.speaker or statement.cue or statement.content[0]
    return at


def _speaker(post: Post, statement: StatementDraft, known: list[Speaker | None], back: Back) -> Speaker | None:
    if statement.voice != "attributed":
        return None
    if statement.speaker is None:
        return known[statement.continues] if statement.continues is not None else None
    who = back.speaker(statement.speaker)
    start, end = statement.speaker
    span = Span(post.id, start, end, post.text[start:end])
    return Speaker(who.name, who.kind, back.register.spelt_side(who.side), who.office, span)  # type: ignore[arg-type]


def party(post: Post, span: Range, draft: Draft, places: Sequence[Place]) -> tuple[str, str | None]:
    """(name, side) of whoever the words at `span` name."""
    return Parties(post, draft, places).of(span)


class Parties:
    """Whoever the words of one post name: its mentions are gone through once."""

    def __init__(self, post: Post, draft: Draft, places: Sequence[Place]) -> None:
        self._text = post.text
        self._exact = {(m.start, m.end): m for m in reversed(draft.mentions)}
        people = (m.name for m in reversed(draft.mentions) if m.kind == "person" and m.name and " " in m.name)
        self._full = {name.rpartition(" ")[2]: name for name in people}
        self._places = sorted((p.span.start, p.country) for p in places if p.country)

    def of(self, span: Range) -> tuple[str, str | None]:
        """(name, side) of whoever the words at `span` name."""
        exact = self._exact.get(span)
        if exact and exact.kind in {"person", "name", "body", "outlet"} and exact.name:
            return self._in_full(exact.name), _known(exact.side)
        if exact and exact.kind == "place":
            return (sides.government(exact.side or ""), exact.side) if exact.side else (exact.name or "", None)
        text = " ".join(self._text[span[0] : span[1]].split())
        side = (_known(exact.side) if exact else None) or _side_in(text)
        if side is None and exact and exact.kind in {"office", "body"} and exact.side:
            side = sides.of_country(self._country(span))
        return _without_article(text), side

    def _country(self, span: Range) -> str:
        """The country of the first place in the words."""
        at = bisect_left(self._places, (span[0], ""))
        return self._places[at][1] if at < len(self._places) and self._places[at][0] < span[1] else ""

    def _in_full(self, name: str) -> str:
        """`Reis` → `Ana Reis`, when the post has it."""
        return name if " " in name else self._full.get(name, name)


def _known(raw: str | None) -> str | None:
    """A side that needs no page to be known."""
    if raw is None or sides.is_country(raw) or sides.is_own(raw):
        return raw
    known = sides.of(raw)
    return known.side if known else None


def _side_in(text: str) -> str | None:
    return next((hit.known.side for hit in sides.hits(sides.split(text)) if hit.known.side), None)


def _without_article(text: str) -> str:
    first, _, rest = text.partition(" ")
    return rest if first.lower() in {"the", "a", "an"} and rest else text
