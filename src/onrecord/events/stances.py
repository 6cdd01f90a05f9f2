"""Tellings of one event → what each does to it: it supports it, denies it, or only mentions it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from onrecord.events.lexicon import base, groups_of, rarity, trigger
from onrecord.events.traits import counts_weapons
from onrecord.model import Stance, Telling

_LOOKING_BACK = timedelta(days=3)
"""Own words told so long after an event only mention it."""
_SAYING = frozenset({"asserts", "denies", "warns"})
"""Acts by which a speaker says how things are: "don't fire" does not deny that anybody fired."""

_SORTS = frozenset({"other", "accident", "natural disaster"})
"""Kinds whose words tell different things: a train that crashed need not have derailed."""


def stances(tellings: Sequence[Telling], latest: datetime | None) -> tuple[Stance, ...]:
    """The stance of each, in their order. `latest` is when the event was over."""
    if all(map(says_yes, tellings)):
        return tuple([_supports(t, latest) for t in tellings])
    facts = [t for t in tellings if says_yes(t) and t.happening.reality in ("happened", "ongoing")]
    nothing = any(t.happening.supports for t in tellings) and not any(map(says_yes, tellings))
    return tuple(_stance(t, latest, facts, nothing) for t in tellings)


def _stance(telling: Telling, latest: datetime | None, facts: Sequence[Telling], nothing: bool) -> Stance:
    """`facts`: tellings that say it happened; `nothing`: none says so, and some that it did not."""
    if says_yes(telling) or nothing:
        return _supports(telling, latest)
    if not telling.happening.supports:
        return "denies"
    if not facts or counts_weapons(telling):
        return _supports(telling, latest)
    return "denies" if any(gainsays(telling, fact) for fact in facts) else "mentions"


def _supports(telling: Telling, latest: datetime | None) -> Stance:
    own = telling.statement.voice != "attributed"
    return "mentions" if own and latest and telling.time and telling.time - latest > _LOOKING_BACK else "supports"


def says_yes(telling: Telling) -> bool:
    """Whether it says that it is so, or will be; a denial does not, be it read as "not done" or not."""
    return telling.happening.supports and telling.happening.reality != "not_done"


def gainsays(no: Telling, yes: Telling) -> bool:
    """Whether what one says did not happen is what the other says did: the same word, of the same thing.

    A verb that could belong to anything says nothing ("nobody got a call"), nor does that nobody declared it; and a
    page does not deny what it has others say.
    """
    kind = no.happening.kind
    if no.page == yes.page and "own" in (no.statement.voice, yes.statement.voice):
        return False
    if kind == "statement" or kind != yes.happening.kind or no.statement.act not in _SAYING:
        return False
    same = _word(no) == _word(yes) if kind in _SORTS else one_word(no, yes)
    return same and not _says_little(no) and bool(shared(no, yes))


def one_word(a: Telling, b: Telling) -> bool:
    """They have the same trigger word, or one that newspapers use for it."""
    left, right = _word(a), _word(b)
    return left == right or bool(groups_of(left) & groups_of(right))


def shared(a: Telling, b: Telling) -> frozenset[str]:
    """What both name beside their trigger words: words, towns and regions, parties in one role."""
    return (_matter(a) & _matter(b)) - {base(a.happening.lemma), base(b.happening.lemma)}


def _matter(telling: Telling) -> frozenset[str]:
    places = (p.id for p in telling.places if telling.placed and p.id and p.kind != "country")
    return telling.words.union(places, (f"{p.role} {p.side or p.name}" for p in telling.happening.parties))


def _word(telling: Telling) -> str:
    return trigger(telling.happening.lemma, telling.happening.span.text)


def _says_little(telling: Telling) -> bool:
    return telling.happening.kind == "other" and not rarity(base(telling.happening.lemma))
