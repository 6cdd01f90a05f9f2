"""What a post says → frozen values, each with its evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol, Self

from onrecord.model.pages import Page, Post, Problem, Span
from onrecord.model.vocabulary import Act, Bound, Mode, PartyRole, Reality, Said, SpeakerKind, Voice, iso, number


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who said it, resolved inside the page."""

    name: str
    """The person or body; `unnamed: two sources familiar with …` where the text gives no name."""
    kind: SpeakerKind
    side: str | None = None
    """The party that it speaks for: a country's short name (`Russia`, `UK`, `US`), `EU`, `NATO`, a body."""
    office: str | None = None
    span: Span | None = None
    """The mention nearest to the content; None when the cue stands without one."""

    def to_dict(self) -> dict[str, object]:
        where = self.span.to_dict() if self.span else {"start": None, "end": None, "text": None}
        return {**where, "name": self.name, "side": self.side, "kind": self.kind, "office": self.office}


@dataclass(frozen=True, slots=True)
class Statement:
    """Content that a post gives, with its voice and its evidence."""

    id: str
    post: str
    voice: Voice
    content: tuple[Span, ...]
    cue: Span | None = None
    speaker: Speaker | None = None
    via: tuple[str, ...] = ()
    mode: Mode = "indirect"
    act: Act = "asserts"
    standing: Said = "claimed"
    first_hand: bool = False
    """Own voice with a mark that the outlet saw or checked it itself."""
    nested_in: str | None = None
    """Id of the statement whose content holds this one."""
    standing_by: Span | None = None
    """The words that give the standing, where they stand outside the content."""
    plugin: str | None = None
    """The plug-in that found it; None for our own reader."""

    @property
    def text(self) -> str:
        return " … ".join(span.text for span in self.content)

    def to_dict(self) -> dict[str, object]:
        return {
            "id": self.id, "post": self.post, "voice": self.voice, "content": [s.to_dict() for s in self.content],
            "cue": self.cue.to_dict() if self.cue else None,
            "speaker": self.speaker.to_dict() if self.speaker else None,
            "via": list(self.via), "mode": self.mode, "act": self.act, "standing": self.standing,
            "first_hand": self.first_hand, "nested_in": self.nested_in,
            **({"plugin": self.plugin} if self.plugin else {}),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who takes part in a happening: `by` did it, `on` suffered it, `with` took part."""

    name: str
    side: str | None
    role: PartyRole
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Happening:
    """The words inside a statement that name one thing that happens."""

    id: str
    span: Span
    """The trigger: a verb or noun ("downed", "strike"), no clause."""
    statement: str
    kind: str
    reality: Reality
    scope: Span
    """The clause that tells it: places, dates and figures inside belong to it."""
    parties: tuple[Party, ...] = ()
    plover: str | None = None
    acled: str | None = None
    supports: bool = True
    """False when its statement denies it."""
    lemma: str = ""
    """The trigger's base form, for comparing tellings."""
    general: bool = False
    """Its words name a sort of thing, no one thing: `attacks`, `the fight against kidnapping`."""

    def to_dict(self) -> dict[str, object]:
        return {
            "id": self.id, **self.span.to_dict(), "statement": self.statement, "kind": self.kind,
            "codes": {"plover": self.plover, "acled": self.acled}, "reality": self.reality,
            "scope": {"start": self.scope.start, "end": self.scope.end},
            "parties": [{"name": p.name, "side": p.side, "role": p.role} for p in self.parties],
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """A place name in a post and the spot that it means."""

    span: Span
    name: str
    """The place's name in English: `Kursk region`, `United Kingdom`."""
    country: str | None
    """ISO 3166-1 alpha-2."""
    kind: str
    """city, town, village, region, country, sea, facility or other."""
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None
    metonym: bool = False
    """The name stands for a government or army that acts."""
    id: str | None = None
    """`geonames:692194`, `region:RU.41`, `country:UA`, `feature:black-sea`; None when unresolved."""
    region: str | None = None
    """Id of the first-level region that it lies in or is: `region:RU.41`."""
    flag: str | None = None
    """Why to doubt it: `typo`, `near` (put in the region named beside it)."""

    def to_dict(self) -> dict[str, object]:
        return {
            **self.span.to_dict(), "name": self.name, "country": self.country, "kind": self.kind, "lat": self.lat,
            "lon": self.lon, "radius_km": self.radius_km, "metonym": self.metonym, "id": self.id, "flag": self.flag,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Date:
    """A time expression. A date is a range, because "overnight" is one."""

    span: Span
    value: str | None
    """TIMEX3 value (ISO 8601 with TMO, TAF, TEV, TNI, SU, W06): `2025-02-06`, `2025-01`, `2025-02-05TNI`, `P3Y`."""
    earliest: datetime | None
    latest: datetime | None
    """Inclusive: the last second that the expression covers."""
    precision: str
    """time, day, week, month, season, year, range, vague, duration or set."""

    def to_dict(self) -> dict[str, object]:
        return {
            **self.span.to_dict(), "value": self.value, "earliest": iso(self.earliest), "latest": iso(self.latest),
            "precision": self.precision,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figure:
    """A count or amount with its bound."""

    span: Span
    value: float
    value_max: float | None
    bound: Bound
    what: str
    """killed, wounded, missing, captured, displaced, drones launched, drones shot down, …; `other: villages` else."""
    of: str | None = None
    """The words that say what is counted."""
    unit: str | None = None
    """ISO 4217 code, km, km2, percent, days, …"""
    same_as: int | None = None
    """Start of the figure that gives the same amount in another unit."""

    def to_dict(self) -> dict[str, object]:
        return {
            **self.span.to_dict(), "value": number(self.value), "value_max": number(self.value_max),
            "bound": self.bound, "what": self.what, "of": self.of, "unit": self.unit, "same_as": self.same_as,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class PostReading:
    """All that one version of a post says."""

    post: Post
    statements: tuple[Statement, ...] = ()
    happenings: tuple[Happening, ...] = ()
    places: tuple[Place, ...] = ()
    dates: tuple[Date, ...] = ()
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A page read without a record: what `onrecord read --json` prints."""

    page: Page
    posts: tuple[PostReading, ...]
    problems: tuple[Problem, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """The JSON object of DESIGN's contract, one per page."""
        page = replace(self.page, problems=self.page.problems + self.problems)
        return {
            "page": page.to_dict(),
            "posts": [r.post.to_dict() for r in self.posts],
            "statements": [s.to_dict() for r in self.posts for s in r.statements],
            "happenings": [h.to_dict() for r in self.posts for h in r.happenings],
            "places": [p.to_dict() for r in self.posts for p in r.places],
            "dates": [d.to_dict() for r in self.posts for d in r.dates],
            "figures": [f.to_dict() for r in self.posts for f in r.figures],
        }


@dataclass(frozen=True, slots=True)
class Settings:
    """What the people who follow a story set; never learned."""

    title: str = "Untitled story"
    tz: str = "UTC"
    countries: tuple[str, ...] = ()
    """ISO codes of the countries that the story plays in, for choosing between places of one name."""
    sides: tuple[str, ...] = ()
    """The parties to the story, as `Speaker.side` names them."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What `resolve` may know beside the posts: of the page and of the story."""

    published: datetime | None = None
    tz: str | None = None
    outlet: str | None = None
    countries: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()


class Extractor(Protocol):
    """A plug-in that reads further statements: (post) → statements whose evidence stands in the post's text.

    It may use the post's text and blocks and nothing else: what it gives is kept for every post that has the same.
    """

    name: str

    def __call__(self: Self, post: Post) -> Sequence[Statement]: ...
