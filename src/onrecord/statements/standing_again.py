"""What a page says more than once → where a repetition stands as the claim does elsewhere on it.

A live page tells a claim again and again: in a headline, in a summary, in the post that says who denies it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onrecord.model import Post, Speaker
from onrecord.statements.draft import Draft, Range, StatementDraft
from onrecord.statements.standing_matter import stem

_ACTS = frozenset({"asserts", "warns"})
_LEAST = 3
"""So many words, and more than half of what the shorter tells, are the same where a claim is told again."""
_MANY = 60
"""Claims of one speaker that stand otherwise than claimed and that others are held against."""

Again = Mapping[int, str]
"""Number of a statement → its standing where it is told again."""


@dataclass(frozen=True, slots=True)
class _Told:
    post: int
    number: int
    standing: str
    about: frozenset[str]
    spans: tuple[Range, ...]


def repeated(page: Sequence[tuple[Post, Draft]], who: Sequence[Sequence[Speaker | None]]) -> list[Again]:
    """For each post, the statements that the page tells again as disputed, unverified and so on."""
    out: list[dict[int, str]] = [{} for _ in page]
    for told in _by_speaker(page, who).values():
        marked = [one for one in told if one.standing != "claimed"][:_MANY]
        for one in told if marked else ():
            near = [m for m in marked if one.standing == "claimed" and _same(one, m)]
            if near:
                out[one.post][one.number] = min(near, key=lambda m: abs(m.post - one.post)).standing
    return list(out)


def _by_speaker(page: Sequence[tuple[Post, Draft]], who: Sequence[Sequence[Speaker | None]]) -> dict[str, list[_Told]]:
    """Claims by speaker, of speakers of whom something stands otherwise than claimed."""
    heard = {
        speaker.name
        for (_, draft), speakers in zip(page, who, strict=True)
        for s, speaker in zip(draft.statements, speakers, strict=True)
        if speaker is not None and s.standing != "claimed"
    }
    out: dict[str, list[_Told]] = defaultdict(list)
    for k, ((_, draft), speakers) in enumerate(zip(page, who, strict=True)) if heard else ():
        for i, (s, speaker) in enumerate(zip(draft.statements, speakers, strict=True)):
            if speaker is not None and speaker.name in heard and s.voice == "attributed" and s.act in _ACTS:
                out[speaker.name].append(_Told(k, i, s.standing, _about(draft, s), tuple(s.content)))
    return out


def _about(draft: Draft, s: StatementDraft) -> frozenset[str]:
    inside = (stem(base) for a, b, base in draft.words if any(c <= a and b <= d for c, d in s.content))
    return frozenset(inside) - {""}


def _same(one: _Told, two: _Told) -> bool:
    if one.post == two.post and any(a < d and c < b for a, b in one.spans for c, d in two.spans):
        return False  # the one tells of the other
    shared = len(one.about & two.about)
    return shared >= _LEAST and 2 * shared > min(len(one.about), len(two.about))
