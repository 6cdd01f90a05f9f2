"""Tellings → traits: what comparing needs of each, worked out once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, lru_cache
from itertools import count
from math import fsum, inf, sqrt

from onrecord import words as word_files
from onrecord.events.gist import Clause, fields
from onrecord.events.lexicon import base, content_words, groups_of, rarity, trigger
from onrecord.events.memo import Memo, pair
from onrecord.events.weights import family_of, listed
from onrecord.model import Figure, Happening, Party, Place, Telling
from onrecord.model.making import quickly

_UNDONE = frozenset({"planned", "threatened", "possible"})


@dataclass(frozen=True, slots=True, eq=False)
class Traits:
    """What comparing needs of a telling, worked out once."""

    number: int
    """Another one for each, to remember scores by."""
    source: Callable[[], Telling]
    """Gives the telling, of which only those are kept whole that were asked for of late."""
    id: str
    kind: str
    page: str
    post_id: str
    sentence_at: int
    time: datetime | None
    earliest: datetime | None
    latest: datetime | None
    figures: tuple[Figure, ...]
    dated: bool
    placed: bool
    anchored: bool
    reports: bool
    family: str
    undone: bool
    begun: bool
    """It is going on: what is planned may be called so where it is near ("is closing its embassy")."""
    spotted: bool
    """Its family happens at one spot."""
    place: Place | None
    places: frozenset[str]
    """Ids of its first place and what that lies in."""
    named: frozenset[str]
    """Ids of the towns and regions that its own sentence names."""
    groups: frozenset[int]
    word: str
    """Its trigger for comparing (`lexicon.trigger`)."""
    by: frozenset[str]
    on: frozenset[str]
    by_sides: frozenset[str]
    on_sides: frozenset[str]
    fought: frozenset[str]
    """Sides that did it to those who fight them."""
    by_offices: frozenset[str]
    """What the offices are for that they hold: finance, the interior."""
    on_offices: frozenset[str]
    peopled: bool
    """It names any of them, or a party at all."""
    tally: bool
    """It counts the weapons of one attack, or is the word for stopping them."""
    names: frozenset[str]
    """The rare words of parties' names."""
    clause: Clause
    """What its clause says."""
    voice: str
    """The side, else the words of the name, of whoever is quoted; empty for an outlet's own voice."""
    post: PostWords
    reach: timedelta | None
    """Length of the range in which it happened."""
    moment: float | None
    """Its time …"""
    start: float
    """… and the ends of the range in which it happened, in seconds; endless where they are not known."""
    end: float

    @property
    def telling(self) -> Telling:
        """The telling itself."""
        return self.source()


_made = quickly(Traits)
_numbers = count()


class PostWords:
    """A post's words, for cosines to other posts."""

    __slots__ = ("norm", "number", "words")

    def __init__(self, words: frozenset[str]) -> None:
        self.words = words
        self.norm = sqrt(fsum(map(_squared, words)))
        self.number = next(_numbers)


@lru_cache(maxsize=1 << 16)
def _squared(word: str) -> float:
    return rarity(word) ** 2


_cosines = Memo(1 << 17)


def cosine(a: PostWords, b: PostWords) -> float:
    """Cosine of two posts' rarity-weighted words, 0 to 1; symmetric: the sum is exact, whatever the words' order."""
    both = pair(a.number, b.number)
    known = _cosines.get(both)
    if known is None:
        shared = fsum(map(_squared, a.words & b.words))
        known = shared / (a.norm * b.norm) if shared else 0.0
        _cosines.put(both, known)
    return known


def counts_weapons(telling: Telling) -> bool:
    """It gives a number of drones or missiles that were launched, downed or lost."""
    return any(f.what in listed("figure", "counted") for f in telling.figures)


def family_for(telling: Telling) -> str:
    """The family of a telling's kind; a count of weapons tells of an attack, whatever its verb."""
    return "attack" if counts_weapons(telling) else family_of(telling.happening.kind)


def named_words(names: Iterable[str]) -> frozenset[str]:
    """The rare words of parties' names."""
    return frozenset(w for name in names for w in content_words(name) if rarity(w) >= 1)


def _of_speaker(party: Party) -> bool:
    """A pronoun for the speaker, or those whom he calls his own: "twelve of its soldiers"."""
    called = party.name.casefold()
    return called in listed("figure", "speakers") or not listed("figure", "owners").isdisjoint(called.split())


def _fought(happening: Happening, doers: frozenset[str]) -> frozenset[str]:
    """The sides that did it to those who fight them, whatever these are called: "killed nine militants"."""
    sufferers = (word for p in happening.parties if p.role == "on" for word in p.name.casefold().split())
    return doers if any(base(word) in _rebels() for word in sufferers) else frozenset()


@cache
def _rebels() -> frozenset[str]:
    return frozenset(word_files.table("mentions.toml")["sets"]["rebels"])


def _sides(telling: Telling, word: str) -> tuple[frozenset[str], frozenset[str]]:
    """(sides that did it, sides that suffered it).

    The speaker stands behind a pronoun; whoever downs drones suffers the attack.
    """
    speaker = telling.statement.speaker
    own = speaker.side if speaker and telling.statement.voice == "attributed" else None
    by: set[str] = set()
    on: set[str] = set()
    for party in telling.happening.parties:
        side = party.side or (own if _of_speaker(party) else None)
        if side and party.role in ("by", "on"):
            (by if party.role == "by" else on).add(side)
    if word in listed("figure", "defence"):
        by, on = on, by or ({own} if own else set())
    return frozenset(by), frozenset(on)


def traits(telling: Telling, post: PostWords, source: Callable[[], Telling] | None = None) -> Traits:
    """What comparing needs of a telling, which `source` gives again; tellings of one post share its words."""
    happening, again = telling.happening, source or (lambda: telling)
    word = trigger(happening.lemma, happening.span.text)
    doers, sufferers = _sides(telling, word)
    names = named_words(p.name for p in happening.parties)
    counts, family = counts_weapons(telling), family_for(telling)
    place = telling.places[0] if telling.places else None
    ids = {i for p in telling.places[:1] for i in (p.id, p.region, p.country and f"country:{p.country}") if i}
    return _made(
        number=next(_numbers),
        source=again,
        id=telling.id,
        kind=happening.kind,
        page=telling.page,
        post_id=telling.post,
        sentence_at=telling.sentence_at,
        time=telling.time,
        earliest=telling.earliest,
        latest=telling.latest,
        figures=telling.figures,
        dated=telling.dated,
        placed=telling.placed,
        anchored=telling.anchored,
        reports=telling.reports,
        family=family,
        undone=happening.reality in _UNDONE,
        begun=happening.reality == "ongoing",
        spotted=family in listed("place", "spotted"),
        place=place,
        places=frozenset(ids),
        named=frozenset(p.id for p in telling.places if p.id and p.kind != "country" and telling.placed),
        groups=groups_of(word),
        word=word,
        by=frozenset(p.side or p.name for p in happening.parties if p.role == "by"),
        on=frozenset(p.side or p.name for p in happening.parties if p.role == "on"),
        by_sides=doers,
        on_sides=sufferers,
        fought=_fought(happening, doers),
        by_offices=_offices(happening, "by"),
        on_offices=_offices(happening, "on"),
        peopled=bool(happening.parties or names or doers or sufferers),
        tally=counts or (family == "attack" and word in listed("figure", "defence")),
        names=names,
        clause=Clause(telling.words, telling.figures, again),
        voice=voice_of(telling),
        post=post,
        reach=telling.latest - telling.earliest if telling.latest and telling.earliest else None,
        moment=telling.time.timestamp() if telling.time else None,
        start=telling.earliest.timestamp() if telling.earliest else -inf,
        end=telling.latest.timestamp() if telling.latest else inf,
    )


def _offices(happening: Happening, role: str) -> frozenset[str]:
    """What the offices are for of those in that role; of those who suffer it also whether they fight for a state."""
    names = [p.name for p in happening.parties if p.role == role]
    camps = (_camps().get(base(word)) for name in names if role == "on" for word in name.split())
    return frozenset(field for name in names for field in fields(name)) | frozenset(filter(None, camps))


@cache
def _camps() -> dict[str, str]:
    """Soldiers and those whom they fight: a word for one → which of the two."""
    forces = dict.fromkeys(listed("office", "forces"), "forces")
    return dict.fromkeys(_rebels(), "rebels") | forces


def voice_of(telling: Telling) -> str:
    """The side, else the name, of whoever is quoted; empty for an outlet's own voice."""
    speaker = telling.statement.speaker
    if speaker is None or telling.statement.voice != "attributed":
        return ""
    return speaker.side or speaker.name.casefold()


def all_traits(tellings: Iterable[Telling]) -> list[Traits]:
    """The traits of each, with what they share worked out once."""
    told = list(tellings)
    posts = {words: PostWords(words) for words in {t.post_words for t in told}}
    return [traits(t, posts[t.post_words]) for t in told]
