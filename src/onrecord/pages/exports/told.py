"""An event and the posts that tell it → one flat account that every export writes in its own form."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from onrecord.model import Event, RevisionView, Rights, Settings, Stance, Statement, Telling
from onrecord.pages.rights import Allowed, quoted
from onrecord.pages.wording import words

PLACES = "Places: GeoNames (geonames.org), CC BY 4.0"


@dataclass(frozen=True)
class Context:
    """What an export needs to know beside the events."""

    settings: Settings
    posts: Mapping[tuple[str, str], RevisionView]
    """(page, post) → the version that the view shows."""
    allowed: Allowed
    made: datetime
    as_of: datetime | None = None
    recorded: int | None = None
    parts: Mapping[str, Sequence[Event]] = field(default_factory=dict)
    """Event → the events inside it."""
    name_of: Callable[[str], str | None] = lambda _: None
    """A region's or country's id (`region:RU.41`) → its name."""


@dataclass(frozen=True, slots=True)
class Said:
    """A statement of an event with where it stands."""

    statement: Statement
    stance: Stance
    telling: Telling
    words: str
    """Its exact words, as far as the source's rights allow."""
    url: str
    rights: Rights
    revision: int | None
    first_seen: datetime | None

    @property
    def who(self) -> str:
        """The speaker, else the outlet in its own voice."""
        said = self.statement
        return said.speaker.name if said.speaker and said.voice == "attributed" else self.telling.outlet

    def to_dict(self) -> dict[str, object]:
        """As the exports in JSON give it."""
        said, telling = self.statement, self.telling
        return {
            "id": said.id, "stance": self.stance, "words": self.words, "speaker": self.who,
            "side": said.speaker.side if said.speaker else None, "voice": said.voice, "mode": said.mode,
            "act": said.act, "standing": said.standing, "via": list(said.via), "outlet": telling.outlet,
            "post": telling.post, "page": telling.page, "url": self.url or None,
            "time": telling.time.isoformat() if telling.time else None,
            "first_seen": self.first_seen.isoformat() if self.first_seen else None, "revision": self.revision,
            "spans": [[span.start, span.end] for span in said.content] if self.words else [], "rights": self.rights,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """An event with its statements, each once."""

    event: Event
    standing: str
    """In words."""
    said: tuple[Said, ...]
    parts: tuple[Event, ...] = ()

    @property
    def attribution(self) -> list[str]:
        """Whose words and data it holds, as their licences ask."""
        named = dict.fromkeys(f"{s.telling.outlet}: {s.url}" if s.url else s.telling.outlet for s in self.said)
        return [*named, *([PLACES] if self.event.place else [])]

    @property
    def headline(self) -> str:
        """The event's clause, unless its source may only be linked."""
        post = self.event.headline_from.post
        mine = [s for s in self.said if s.telling.post == post]
        return self.event.headline if not mine or any(s.rights != "link" for s in mine) else ""


def told(event: Event, context: Context) -> Told:
    """The event as exports write it."""
    seen: dict[str, Said] = {}
    for telling, stance in zip(event.tellings, event.stances, strict=True):
        if telling.statement.id not in seen:
            seen[telling.statement.id] = _said(telling, stance, context)
    return Told(event, words(event), tuple(seen.values()), tuple(context.parts.get(event.id, ())))


def _said(telling: Telling, stance: Stance, context: Context) -> Said:
    view = context.posts.get((telling.page, telling.post))
    url = (view.post.url or (view.where if view.where.startswith(("http://", "https://")) else "")) if view else ""
    rights = context.allowed.rights(telling.outlet, view.where if view else "")
    said = telling.statement
    return Said(
        said, stance, telling, quoted(said, rights), url, rights,
        view.number if view else None, view.first_seen if view else None,
    )  # fmt: skip
