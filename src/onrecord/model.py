"""The nouns of a record → frozen values, vocabularies and protocols; no input or output.

Offsets are Unicode code points in the text of the post that they belong to, `start` inclusive and `end` exclusive.
Every `datetime` is aware.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal, Protocol, Self

# -- vocabularies ------------------------------------------------------------------------------------------------------

PageKind = Literal["text", "live", "article", "feed", "payload"]
BlockKind = Literal["title", "paragraph", "quote", "caption", "credit", "label", "byline", "related", "furniture"]
InsetKind = Literal["link", "item", "picture", "embed"]
PostKind = Literal["post", "summary", "analysis", "advert", "other"]
Voice = Literal["attributed", "hedged", "own"]
Mode = Literal["direct", "indirect", "mixed"]
Act = Literal["asserts", "denies", "declines", "orders", "asks", "promises", "warns", "thinks", "wants", "plans"]
Said = Literal["claimed", "unverified", "disputed", "unacknowledged", "conceded", "verified"]
"""Standing of a statement, as the text says it."""
Shown = Literal["reported", "claimed", "corroborated", "verified"]
"""Standing of a claim, as the record shows it, weakest first."""
StepName = Literal[
    "reported", "claimed", "corroborated", "verified", "denied", "disputed", "conceded", "unverified", "unacknowledged"
]  # fmt: skip
"""What a statement brought to a claim: a standing as the record shows it, a denial, or a flag that its text sets."""
Reality = Literal["happened", "ongoing", "planned", "threatened", "possible", "not_done"]
Stance = Literal["supports", "denies", "mentions"]
Bound = Literal["exact", "at_least", "at_most", "about", "more_than", "fewer_than", "up_to"]
SpeakerKind = Literal["person", "office", "body", "outlet", "document", "unnamed"]
PartyRole = Literal["by", "on", "with"]
Rights = Literal["full", "quote", "link"]
"""How much of a source may be shown: all of it, the words that a line rests on, or only where it stands."""

KINDS: tuple[str, ...] = (
    "air strike", "drone attack", "shelling", "ground attack", "territory taken", "withdrawal", "bombing", "shooting",
    "kidnapping", "sabotage", "arrest", "protest", "accident", "natural disaster", "outbreak", "casualties", "meeting",
    "talks", "agreement", "ceasefire", "sanction", "aid", "arms delivery", "deployment", "exercise", "expulsion",
    "accusation", "threat", "demand", "refusal", "legal case", "election", "appointment", "resignation", "death",
    "statement", "other",
)  # fmt: skip
"""Kinds of happening. PLOVER and ACLED codes stand beside each in `data/kinds.toml`."""

READ_BLOCKS: frozenset[str] = frozenset({"title", "paragraph", "quote", "caption", "related"})
"""Kinds of block whose words are read for statements, places, dates and figures."""


# -- what went wrong ---------------------------------------------------------------------------------------------------


NOTICES = frozenset({"no-outlet", "no-zone", "no-time", "disagreeing-times", "disagreeing-charsets", "outlet-rule"})
"""Codes of problems that take nothing away from what was read."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What could not be read, where, why, and how to mend it. A problem never stops a batch."""

    code: str
    """Short and stable, for programs: `no-date`, `bad-encoding`, `not-text`, …"""
    where: str
    """The file, address, post or line."""
    why: str
    mend: str = ""
    fatal: bool = False
    """True when nothing of the capture could be read."""

    @property
    def notice(self) -> bool:
        """True when nothing is lost or left unread: worth knowing, no failure."""
        return self.code in NOTICES

    def __str__(self) -> str:
        return f"{self.where}: {self.why}" + (f" ({self.mend})" if self.mend else "")

    def to_dict(self) -> dict[str, object]:
        return {"code": self.code, "where": self.where, "why": self.why, "mend": self.mend}


# -- spans -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Exact words of a post: `post.text[start:end] == text`."""

    post: str
    start: int
    end: int
    text: str

    def to_dict(self) -> dict[str, object]:
        return {"post": self.post, "start": self.start, "end": self.end, "text": self.text}


# -- sources, pages, posts ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Hints:
    """What is said of a capture; what the page prints wins over `published`, `outlet` wins over the page."""

    outlet: str | None = None
    published: datetime | None = None
    """The moment, or midnight of the day, that the page's 'today' is."""
    tz: str | None = None
    """IANA name, such as `Europe/Kyiv`."""
    page: str | None = None
    """A key for the page, where it prints no address."""
    url: str | None = None
    seen_at: datetime | None = None
    split: bool = True
    """False takes the whole text as one post."""
    language: str | None = None
    """ISO 639 code, where the page does not say."""
    charset: str | None = None
    """As the server that sent the bytes named it."""
    part: bool = False
    """True for a further part of a page whose posts stand at several addresses."""


@dataclass(frozen=True, slots=True)
class Capture:
    """The bytes of a page at one moment; never changed."""

    where: str
    """The file or address they came from."""
    body: bytes = field(repr=False)
    hash: str
    """SHA-256 of the bytes, hexadecimal."""
    seen_at: datetime
    hints: Hints = Hints()


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of a post's text: `post.text[start:end]`."""

    kind: BlockKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Inset:
    """What stands in a post beside its words, or on them: `post.text[start:end]`, empty for pictures and embeds."""

    kind: InsetKind
    start: int
    end: int
    url: str | None = None
    """http or https; None for list items."""
    of: str | None = None
    """What an embed is: `tweet`, `instagram`, `youtube`, `video`, `telegram`, `map`, … or `page`."""

    def to_dict(self) -> dict[str, object]:
        row: dict[str, object] = {"kind": self.kind, "start": self.start, "end": self.end}
        return row | ({"url": self.url} if self.url else {}) | ({"of": self.of} if self.of else {})


@dataclass(frozen=True, slots=True)
class Post:
    """One update as the outlet wrote it.

    `text` is the title, a blank line, then the blocks by newline; on a page of plain text it is the slice of the page's
    text from `start` to `end`, which are None elsewhere.
    """

    id: str
    """Stable within its page: the page's own id, else made from the post's words (`made_id`)."""
    text: str
    blocks: tuple[Block, ...]
    title: str | None = None
    authors: tuple[str, ...] = ()
    time: datetime | None = None
    updated: datetime | None = None
    key: bool = False
    pinned: bool = False
    kind: PostKind = "post"
    start: int | None = None
    end: int | None = None
    url: str | None = None
    made_id: bool = False
    shown: str | None = None
    """The time as the page shows it to readers, as ISO text where it could be read, else as printed."""
    declared: str | None = None
    """The time as the page's metadata declare it."""
    via: tuple[str, ...] = ()
    """Where all of it comes from, as it says: the source of a feed's entry, the channel that it is forwarded from."""
    insets: tuple[Inset, ...] = ()
    """Pictures, embeds, links and list items, in text order."""

    @property
    def author(self) -> str | None:
        return ", ".join(self.authors) or None

    def _rows(self) -> list[dict[str, object]]:
        """The blocks, with pictures and embeds among them, each with its links; `item` marks list items."""
        items = {(i.start, i.end) for i in self.insets if i.kind == "item"}
        links = [i for i in self.insets if i.kind == "link"]
        rows: list[tuple[int, int, dict[str, object]]] = []
        for number, block in enumerate(self.blocks):
            row: dict[str, object] = {"kind": block.kind, "start": block.start, "end": block.end}
            inside = [i for i in links if block.start <= i.start and i.end <= block.end]
            row |= {"links": [{"start": i.start, "end": i.end, "url": i.url} for i in inside]} if inside else {}
            row |= {"item": True} if (block.start, block.end) in items else {}
            rows.append((block.start, number, row))
        rows += [(i.start, -1, i.to_dict()) for i in self.insets if i.kind in ("picture", "embed")]
        return [row for _, _, row in sorted(rows, key=lambda r: r[:2])]

    def to_dict(self) -> dict[str, object]:
        """The post as DESIGN's contract gives it (`onrecord read --json`)."""
        return {
            "id": self.id, "start": self.start, "end": self.end, "title": self.title, "author": self.author,
            "authors": list(self.authors), "time": iso(self.time), "updated": iso(self.updated), "key": self.key,
            "pinned": self.pinned, "kind": self.kind, "url": self.url, "text": self.text,
            "blocks": self._rows(),
            "furniture": [{"start": b.start, "end": b.end} for b in self.blocks if b.kind == "furniture"],
            "times": {"shown": self.shown, "declared": self.declared},
            **({"via": list(self.via)} if self.via else {}),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Page:
    """What a capture says of its page, and its posts in page order."""

    path: str
    kind: PageKind
    outlet: str | None = None
    url: str | None = None
    title: str | None = None
    published: datetime | None = None
    """The page's own time: its stamp, else its latest post's, else the hint's."""
    tz: str | None = None
    language: str | None = None
    text: str | None = None
    """The page's whole text, for kind `text`."""
    posts: tuple[Post, ...] = ()
    problems: tuple[Problem, ...] = ()
    more: str | None = None
    """Address at which the page goes on, as `older posts` or a second page do; None where this is all."""

    def to_dict(self) -> dict[str, object]:
        return {
            "path": self.path, "outlet": self.outlet, "url": self.url, "title": self.title,
            "published": iso(self.published), "language": self.language, "kind": self.kind, "text": self.text,
            "problems": [p.to_dict() for p in self.problems],
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Source:
    """Where a page of the story comes from, again and again."""

    url: str
    outlet: str = ""
    """Empty: as the page says."""
    tz: str | None = None
    language: str | None = None
    rights: Rights = "quote"
    every: float = 60.0
    """Seconds between two requests at least."""
    paused: bool = False

    @property
    def id(self) -> str:
        """The same for the same address."""
        return "s" + hashlib.sha256(self.url.encode("utf-8", "replace")).hexdigest()[:11]

    @property
    def hints(self) -> Hints:
        """What it says of its captures."""
        return Hints(outlet=self.outlet or None, tz=self.tz, language=self.language)


@dataclass(frozen=True, slots=True)
class Watched:
    """What is known of a source from watching it; kept, so that a restart goes on where it was."""

    etag: str | None = None
    modified: str | None = None
    hash: str = ""
    """Of the last capture's bytes."""
    sightings: int = 0
    """How often running these bytes were taken in: twice is enough to prove what they no longer show."""
    wait: float = 0.0
    """Seconds between requests, at present."""
    next_at: datetime | None = None
    checked_at: datetime | None = None
    """The last answer."""
    changed_at: datetime | None = None
    """The last answer with a new, edited or removed post."""
    seen_at: datetime | None = None
    """Of the last capture: the next one is later, whatever the clock says."""
    fetches: int = 0
    versions: int = 0
    """Versions of posts that it brought."""
    failures: int = 0
    """Failed requests running."""
    failing_since: datetime | None = None
    problem: str = ""
    """Code and words of the last failure, while it lasts: `server-error: the server has a fault (500)`."""
    closing: str = ""
    """The words with which its page says that it has ended; believed once it has been quiet for long."""
    ended: str = ""
    """Why it is watched no more, in words."""
    page: str = ""
    """Id of the record's page."""
    address: str = ""
    """Where its page was found, behind redirects and by its own word."""
    more: str = ""
    """Where its page goes on; empty where it does not."""
    more_at: datetime | None = None
    """When all its parts were last asked for."""
    gap: str = ""
    """Which posts may be missing, in words."""


# -- what a post says --------------------------------------------------------------------------------------------------


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


# -- the story and its settings ----------------------------------------------------------------------------------------


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


# -- events ------------------------------------------------------------------------------------------------------------


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


# -- what pages are made of --------------------------------------------------------------------------------------------


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


class Extractor(Protocol):
    """A plug-in that reads further statements: (post) → statements whose evidence stands in the post's text.

    It may use the post's text and blocks and nothing else: what it gives is kept for every post that has the same.
    """

    name: str

    def __call__(self: Self, post: Post) -> Sequence[Statement]: ...


# -- helpers of the nouns ----------------------------------------------------------------------------------------------


def iso(moment: datetime | None) -> str | None:
    """ISO 8601 with offset, or None."""
    return moment.isoformat() if moment else None


def number(value: float | None) -> float | int | None:
    """Whole numbers as int, so that 5 killed are not 5.0."""
    return int(value) if value is not None and float(value).is_integer() else value
