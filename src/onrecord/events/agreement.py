"""Supporting tellings → whether independent origins say the same, and not only speak of the same."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from onrecord.events import origins
from onrecord.events.stances import one_word, shared
from onrecord.model import PartyRole, Telling

_WISHES = frozenset({"asks", "orders", "wants"})
"""Acts that say how things should be: two who call for a truce don't corroborate that there is one."""
_LEAST = 2
"""So much two tellings have in common beside their verbs, where these differ or fit anything."""
_MOST = 40
"""Tellings of an event that are compared; among more of one event some agree or none do."""
_CONTESTED = frozenset({"territory taken", "battle", "ground attack", "shelling", "air strike", "drone attack"})
"""Kinds of which each side may tell its own: who did it must not differ."""


def agree(supporting: Sequence[Telling], *, counted: bool = False) -> bool:
    """Whether two of different origins say the same. `counted`: they give the same figure, which is enough."""
    told = _facts(supporting)
    if origins.independent(told) < 2:
        return False
    if counted:
        return True
    keys = [origins.origin_key(t) for t in told[:_MOST]]
    return any(
        left != right and origins.NOT_GIVEN not in (left[0], right[0]) and _one_matter(a, b)
        for (a, left), (b, right) in combinations(zip(told, keys, strict=False), 2)
    )


def _facts(supporting: Sequence[Telling]) -> list[Telling]:
    """Those that say that it happened, or if none does that it will; no wishes, nothing that is called unverified."""
    firm = [t for t in supporting if t.statement.act not in _WISHES and t.statement.standing != "unverified"]
    happened = [t for t in firm if t.happening.reality in ("happened", "ongoing", "not_done")]
    return happened or [t for t in firm if t.happening.reality == "planned"]


def _one_matter(a: Telling, b: Telling) -> bool:
    kind, same = a.happening.kind, one_word(a, b)
    if kind in _CONTESTED and _by_others(a, b):
        return False
    if kind != b.happening.kind or (kind == "other" and not same):
        return False
    return len(shared(a, b)) >= (1 if same and kind != "other" else _LEAST) and origins.independent((a, b)) > 1


def _by_others(a: Telling, b: Telling) -> bool:
    """Who did it in one is who suffered it in the other, or somebody else did it."""
    left, right = _sides(a, "by"), _sides(b, "by")
    return bool(left & _sides(b, "on") or right & _sides(a, "on") or (left and right and not left & right))


def _sides(telling: Telling, role: PartyRole) -> set[str]:
    return {p.side or p.name for p in telling.happening.parties if p.role == role}
