"""Tellings, claims, origins and events → frozen values, derived from readings."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from onrecord.model.pages import Post, Span
from onrecord.model.readings import Figure, Happening, Party, Place, PostReading, Statement
from onrecord.model.vocabulary import Reality, Shown, Stance, StepName, iso, number


@dataclass(frozen=True, slots=True)
class Mark:
    """What a decision of the desk says of a telling."""

    kind: str
    """same, apart, correct, verify or pin."""
    decision: str
    """Id of the decision."""
    by: str
    at: datetime
    why: str
    what: str | None = None
    """verify: the sort of figure that was checked, None for the event itself; correct: what was corrected."""
    unit: str | None = None
    low: float | None = None
    high: float | None = None

    def covers(self, figure: Figure) -> bool:
        """It verifies that figure."""
        if self.kind != "verify" or (self.what, self.unit) != (figure.what, figure.unit):
            return False
        high = figure.value if figure.value_max is None else figure.value_max
        return (self.low is None or self.low <= figure.value) and (self.high is None or high <= self.high)


@dataclass(frozen=True, slots=True)
class Telling:
    """One happening as one post tells it, with all that folding compares. Equal readings give equal tellings."""

    happening: Happening
    statement: Statement
    outlet: str
    page: str
    post: str
    time: datetime | None
    """The post's own public time: its update or publication, never later than first seen."""
    earliest: datetime | None
    latest: datetime | None
    """When it happened, as the telling's dates say."""
    places: tuple[Place, ...]
    """Of its scope, most exact first; else of its post."""
    figures: tuple[Figure, ...]
    words: frozenset[str]
    """Base forms of the content words of its scope."""
    post_words: frozenset[str]
    """The same of its whole post: for candidates only."""
    key: bool = False
    dated: bool = False
    """True when `earliest` and `latest` come from the telling's own words, not from the post's time."""
    sentence: str = ""
    """The sentence that tells it, for a headline."""
    placed: bool = False
    """True when `places` come from the telling's own sentence, not from the rest of its post."""
    sentence_at: int = -1
    """Where the sentence starts in the post's text; -1 when it isn't given."""
    anchored: bool = True
    """False when neither its post nor its page says when it was written."""
    reports: bool = False
    """Its words only say that somebody spoke: they are the cue of a statement."""
    marks: tuple[Mark, ...] = ()
    """What the desk decided of it, oldest first."""

    @property
    def id(self) -> str:
        return self.happening.id


@dataclass(frozen=True, slots=True)
class Origin:
    """The first hand at the end of the chain outlet ← via ← speaker."""

    name: str
    side: str | None
    outlets: tuple[str, ...]
    statements: tuple[str, ...]
    given: bool = True
    """False for the one origin `not given`, which never corroborates."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What standing is about: that the event happened (`what` is None), or one of its figures."""

    what: str | None
    standing: Shown
    low: float | None = None
    high: float | None = None
    conceded: bool = False
    disputed: bool = False
    unverified: bool = False
    unacknowledged: bool = False
    by: tuple[str, ...] = ()
    """Ids of the statements that make it."""
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """The first statement that brought a claim to a standing, or a flag to it."""

    name: StepName
    statement: str
    at: datetime | None
    """The public time of the post that says it; None where that is unknown."""
    who: str
    what: str | None = None
    """None for the claim that it happened, else the figure's sort: `killed`."""

    def to_dict(self) -> dict[str, object]:
        return {"step": self.name, "what": self.what, "at": iso(self.at), "who": self.who, "statement": self.statement}


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two statements whose claims can't both hold."""

    what: str
    """`killed`, `share percent`, `happened`, `place`, `date`."""
    between: tuple[str, str]
    """Statement ids."""
    values: tuple[str, str]
    """What each says, in words: ("80 per cent", "86 per cent")."""


@dataclass(frozen=True, slots=True)
class Why:
    """One step of how an event came about: a fold, a standing, an origin."""

    step: str
    """fold, apart, origin, standing, conflict, series, part_of or desk."""
    verdict: str
    """In words, for people."""
    parts: tuple[tuple[str, str, str, float], ...] = ()
    """Each (feature, left value, right value, weight)."""
    statements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """One happening at one place and time range, as told by one or more outlets; derived."""

    id: str
    kind: str
    reality: Reality
    headline: str
    """One clause, taken from the text."""
    headline_from: Span
    earliest: datetime | None
    latest: datetime | None
    place: Place | None
    tellings: tuple[Telling, ...]
    stances: tuple[Stance, ...]
    """One for each telling."""
    claim: Claim
    figures: tuple[Claim, ...]
    origins: tuple[Origin, ...]
    independent_origins: int
    conflicts: tuple[Conflict, ...]
    parties: tuple[Party, ...]
    part_of: str | None = None
    why: tuple[Why, ...] = ()
    history: tuple[Step, ...] = ()
    """How the standing of its claims came about, step by step."""

    @property
    def outlets(self) -> tuple[str, ...]:
        return tuple(sorted({t.outlet for t in self.tellings}))

    @property
    def pinned(self) -> bool:
        """The desk put it on top."""
        return any(mark.kind == "pin" for t in self.tellings for mark in t.marks)

    def to_dict(self) -> dict[str, object]:
        """The object of DESIGN's contract (`onrecord events --json`)."""
        first = self.tellings[0].happening
        return {
            "id": self.id, "kind": self.kind, "codes": {"plover": first.plover, "acled": first.acled},
            "reality": self.reality, "part_of": self.part_of, "headline": self.headline,
            "earliest": iso(self.earliest), "latest": iso(self.latest),
            "place": self.place.to_dict() if self.place else None,
            "standing": self.claim.standing, "conceded": self.claim.conceded, "disputed": self.claim.disputed,
            "unverified": self.claim.unverified, "unacknowledged": self.claim.unacknowledged,
            "outlets": list(self.outlets),
            "origins": [{"name": o.name, "side": o.side, "outlets": list(o.outlets)} for o in self.origins],
            "independent_origins": self.independent_origins,
            "speakers": len({t.statement.speaker.name for t in self.tellings if t.statement.speaker}),
            "parties": [{"name": p.name, "side": p.side, "role": p.role} for p in self.parties],
            "statements": list(dict.fromkeys(t.statement.id for t in self.tellings)),
            "happenings": [
                {"id": t.id, "statement": t.statement.id, "stance": stance}
                for t, stance in zip(self.tellings, self.stances, strict=True)
            ],
            "figures": [
                {"what": c.what, "low": number(c.low), "high": number(c.high), "unit": c.unit, "standing": c.standing,
                 "by": list(c.by)}
                for c in self.figures
            ],
            "conflicts": [
                {"what": c.what, "between": list(c.between), "values": list(c.values)} for c in self.conflicts
            ],
            "history": [step.to_dict() for step in self.history],
            "why": [
                {"step": w.step, "verdict": w.verdict, "statements": list(w.statements),
                 "parts": [{"feature": f, "left": a, "right": b, "weight": x} for f, a, b, x in w.parts]}
                for w in self.why
            ],
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rulings:
    """What the desk decided, as folding needs it: pairs of happening ids."""

    same: frozenset[tuple[str, str]] = frozenset()
    apart: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class RevisionView:
    """One version of a post as the record holds it."""

    outlet: str
    page: str
    """Page id."""
    where: str
    """The page's address or file."""
    reading: PostReading
    first_seen: datetime
    change: int
    number: int = 1
    """1 for the post as first seen, 2 after its first edit, …"""
    removed: bool = False
    public: datetime | None = None
    """When this version could first be read, where that is known: an edit is later than what it replaced."""
    begun: datetime | None = None
    """When the post's first version could first be read; None where that is this one."""

    @property
    def anchor(self) -> str:
        """A public id of the post: letters and digits only, whatever the outlet calls it."""
        return "p" + hashlib.sha256(f"{self.page}\n{self.post.id}".encode("utf-8", "replace")).hexdigest()[:12]

    @property
    def placed(self) -> datetime:
        """Where the post stands in a stream: by its first version, so that an edited one stays in its place."""
        return self.begun or self.public_time

    @property
    def post(self) -> Post:
        return self.reading.post

    @property
    def public_time(self) -> datetime:
        """The version's own time, never later than first seen."""
        if self.public:
            return self.public
        own = self.post.updated or self.post.time
        return min(own, self.first_seen) if own else self.first_seen


class Near(Protocol):
    """Who stands near? What folding asks the record."""

    def tellings(self, keys: Sequence[str]) -> Sequence[Telling]:
        """Every telling in the record that has one of these block keys."""
        ...
