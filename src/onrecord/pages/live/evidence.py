"""An event with the posts that tell it → its page: words, chain of origin, conflicts, history, revisions, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

from markupsafe import Markup

from onrecord.model import Conflict, Event, RevisionView, Stance, Telling
from onrecord.pages import marks
from onrecord.pages.live.cards import excerpt, link, who
from onrecord.pages.rights import Allowed
from onrecord.pages.rundown import conflict_words
from onrecord.pages.wording import named, words
from onrecord.pages.words import date_words, figure_words, statement_words

TAGS = {"planned": "planned", "threatened": "threatened", "possible": "possible", "not_done": "did not happen"}
Posts = Mapping[tuple[str, str], RevisionView]


@dataclass(frozen=True, slots=True)
class Told:
    """One statement that tells the event."""

    statement: str
    stance: Stance
    html: Markup
    who: str
    side: str
    via: Sequence[str]
    how: str
    outlet: str
    time: datetime | None
    anchor: str
    url: str


@dataclass(frozen=True, slots=True)
class Chain:
    """A first hand, and through whom its words came."""

    origin: str
    given: bool
    ways: Sequence[tuple[str, str]]
    """(through whom, outlet); empty for the first where the outlet has it at first hand."""


@dataclass(frozen=True, slots=True)
class Clash:
    """Statements that can't all hold, side by side: each answer once, with those who give it."""

    what: str
    answers: Sequence[tuple[str, Sequence[Told]]]


@dataclass(frozen=True, slots=True)
class Reached:
    """A step of a standing."""

    what: str
    name: str
    at: datetime | None
    who: str
    statement: str


@dataclass(frozen=True, slots=True)
class Revised:
    """An edit of a post that tells the event."""

    outlet: str
    anchor: str
    seen: datetime
    html: Markup


@dataclass(frozen=True, slots=True)
class Page:
    """Everything that the record knows of an event."""

    id: str
    headline: str
    tag: str
    kind: str
    where: str
    when: str
    shape: str
    standing: str
    origins: int
    told: Sequence[Told]
    chains: Sequence[Chain]
    clashes: Sequence[Clash]
    steps: Sequence[Reached]
    figures: Sequence[tuple[str, str, str]]
    """(what, how many, standing in words)."""
    revised: Sequence[Revised]
    parts: Sequence[tuple[str, str]]
    """(id, headline) of the events inside it."""
    whole: tuple[str, str] | None
    """The event that it is part of."""
    why: Sequence[tuple[str, str]]
    """(step, verdict)."""


def page(
    event: Event, posts: Posts, versions: Mapping[tuple[str, str], Sequence[RevisionView]], allowed: Allowed,
    zone: ZoneInfo, around: Sequence[Event] = (),
) -> Page:  # fmt: skip
    """The event's page; `around` are the events that it may be part of or that may be part of it."""
    told = {t.statement: t for t in _told(event, posts, allowed)}
    keys = list(dict.fromkeys((t.page, t.post) for t in event.tellings))
    return Page(
        event.id, event.headline, TAGS.get(event.reality, ""), event.kind,
        event.place.name if event.place else "", date_words(event.earliest, event.latest, zone),
        event.claim.standing, words(event), event.independent_origins, list(told.values()), _chains(event),
        list(clashes(event.conflicts, told)),
        [Reached(s.what or "", s.name, s.at, s.who.removeprefix("unnamed: "), s.statement) for s in event.history],
        _figures(event), list(_revised(keys, versions, allowed)),
        [*{plain(e.headline): (e.id, e.headline) for e in around if e.part_of == event.id}.values()],
        next(((e.id, e.headline) for e in around if e.id == event.part_of), None),
        [(w.step, w.verdict) for w in event.why],
    )  # fmt: skip


def plain(headline: str) -> str:
    """What tells headlines apart in a list."""
    return headline.casefold().strip(" .")


def _told(event: Event, posts: Posts, allowed: Allowed) -> Iterable[Told]:
    for telling, stance in zip(event.tellings, event.stances, strict=True):
        view = posts.get((telling.page, telling.post))
        said = telling.statement
        rights = allowed.rights(telling.outlet, view.where if view else "")
        html = excerpt(view.post, said, rights) if view else Markup("<mark>%s</mark>") % said.text
        side = said.speaker.side if said.speaker and said.speaker.side else ""
        yield Told(
            said.id, stance, html, who(said) or f"{telling.outlet}, in its own voice", side, said.via,
            statement_words(said) if said.voice != "own" else "own voice", telling.outlet, telling.time,
            view.anchor if view else "", link(view) if view else "",
        )  # fmt: skip


def _chains(event: Event) -> list[Chain]:
    said: dict[str, Telling] = {t.statement.id: t for t in event.tellings}
    out = []
    for origin in event.origins:
        ways = [(", ".join(said[s].statement.via), said[s].outlet) for s in origin.statements if s in said]
        out.append(Chain(named(origin) if origin.given else "no source given", origin.given, list(dict.fromkeys(ways))))
    return out


def clashes(conflicts: Iterable[Conflict], told: Mapping[str, Told]) -> Iterable[Clash]:
    """What an event's reports disagree on: each question once, with every answer that one of them gives."""
    asked: dict[str, dict[str, dict[str, Told]]] = {}
    for conflict in conflicts:
        answers = asked.setdefault(conflict_words(conflict).partition(":")[0], {})
        for value, statement in zip(conflict.values, conflict.between, strict=True):
            given = answers.setdefault(value, {})
            if statement in told:
                given[statement] = told[statement]
    for what, answers in asked.items():
        yield Clash(what, [(value, list(given.values())) for value, given in answers.items()])


def _figures(event: Event) -> list[tuple[str, str, str]]:
    out = []
    for claim in event.figures:
        low, high = claim.low or 0, claim.high or 0
        amount = f"{low:,g}" if low == high else f"{low:,g}–{high:,g}"
        unit = f" {claim.unit}" if claim.unit else ""
        out.append((figure_words(claim.what or ""), f"{amount}{unit}", words(event, claim)))
    return out


def _revised(
    keys: Sequence[tuple[str, str]], versions: Mapping[tuple[str, str], Sequence[RevisionView]], allowed: Allowed
) -> Iterable[Revised]:
    for key in keys:
        for earlier, later in pairwise(versions.get(key, ())):
            linked = allowed.rights(later.outlet, later.where) == "link"
            if earlier.post.text != later.post.text and not later.removed and not linked:
                html = marks.difference(earlier.post.text, later.post.text)
                yield Revised(later.outlet, later.anchor, later.first_seen, html)
