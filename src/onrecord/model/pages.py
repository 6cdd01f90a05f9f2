"""Sources, captures, pages and posts → frozen values."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime

from onrecord.model.vocabulary import BlockKind, InsetKind, PageKind, PostKind, Rights, iso

NOTICES = frozenset(
    {"no-outlet", "no-zone", "no-time", "approximate-times", "disagreeing-times", "disagreeing-charsets", "outlet-rule"}
)
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


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Exact words of a post: `post.text[start:end] == text`."""

    post: str
    start: int
    end: int
    text: str

    def to_dict(self) -> dict[str, object]:
        return {"post": self.post, "start": self.start, "end": self.end, "text": self.text}


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
    more: str | None = None
    """Where the page goes on, as the server that sent the bytes said in a `Link` header (RFC 8288)."""


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

    @property
    def approximate(self) -> bool:
        """Whether its time is worked out from how long ago the page says it was."""
        return self.time is not None and self.relative

    @property
    def relative(self) -> bool:
        """Whether the page shows no time that could be read as such, and declares none: "5 minutes ago"."""
        return self.declared is None and self.shown is not None and not self.shown[:4].isdecimal()

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
            "times": {
                "shown": self.shown, "declared": self.declared,
                **({"approximate": True} if self.approximate else {}),
            },
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
    summary: str | None = None
    """What the page declares itself to be about, in a sentence or two."""

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
    tail: str = ""
    """Its last part, of a page that shows the oldest posts first; empty elsewhere, and while that is unknown."""
    gap: str = ""
    """Which posts may be missing, in words."""
