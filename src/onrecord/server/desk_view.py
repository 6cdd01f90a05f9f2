"""A record → what the desk's pages and forms show of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from onrecord.desk import Clash, Decision, Selector, in_words
from onrecord.deskwork import Held
from onrecord.model import Claim, Event, Statement
from onrecord.pages.live.cards import who
from onrecord.pages.words import date_words
from onrecord.server.board import Board
from onrecord.story import Story, View

WORDS = 90
"""Characters of a statement that stand for it in a list."""
SAYS = {
    "same": "put together", "apart": "kept apart", "correct": "corrected", "hide": "hidden", "redact": "redacted",
    "verify": "verified", "pin": "pinned on top", "post": "own post", "undo": "undone",
}  # fmt: skip
LISTED = 50
"""Decisions of a page."""
_SELECTORS = 3
LOOKED_AT, OFFERED = 100, 12
"""Lines of the time around that are looked at for what may be the same, and how many of them are offered."""
_AROUND = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Row:
    """A decision as the desk's pages show it."""

    id: str
    change: int
    kind: str
    says: str
    by: str
    at: datetime
    why: str
    words: Sequence[tuple[str, str, str]]
    """(before, the words it names, after) of the first few."""
    more: int
    """How many it names beside these."""
    flags: Sequence[str]
    """What became of it: undone, lost, overruled."""
    holds: bool
    """It can be undone."""


@dataclass(frozen=True, slots=True)
class Upon:
    """An event or a post, and what can be decided on it."""

    kind: str = ""
    name: str = ""
    statements: Sequence[tuple[str, str]] = ()
    """(id, who says what)."""
    figures: Sequence[tuple[str, str]] = ()
    """(how `verify` names it, what it says)."""
    rows: Sequence[Row] = ()
    """Decisions that bear on it."""
    near: Sequence[tuple[str, str, str]] = ()
    """(id, headline, where and when) of events that may be the same, the likest first."""


def upon_event(board: Board, name: str) -> Upon:
    """What can be decided on an event. Raises `NotFoundError`."""
    with board.story() as story:
        event = story.event(name)
        told = {t.statement.id: f"{_said(t.statement)} ({t.outlet})" for t in event.tellings}
        names = {*told, *(t.id for t in event.tellings)}
        held = story.desk.upon(names)
        near = _near(story, [event], [t.time for t in event.tellings if t.time])
    return Upon("event", event.id, list(told.items()), _figures(event), [row(one) for one in held], near)


def upon_post(board: Board, anchor: str) -> Upon:
    """What can be decided on a post. Raises `NotFoundError`."""
    with board.story() as story:
        view = story.post(anchor)
        said = {s.id: _said(s) for s in view.reading.statements}
        names = {*said, *(h.id for h in view.reading.happenings)}
        held = story.desk.upon(names, (view.page, view.post.id))
        near = _near(story, story.look.told_by(view, View()), [view.public_time])
    return Upon("post", view.anchor, list(said.items()), (), [row(one) for one in held], near)


def upon(board: Board, kind: str, name: str) -> Upon:
    """What can be decided on it. Raises `NotFoundError`."""
    return upon_event(board, name) if kind == "event" else upon_post(board, name)


def listed(board: Board, before: int | None) -> tuple[list[Row], int | None]:
    """(decisions, newest first, of those before that change number; where the next page starts)."""
    with board.story() as story:
        held, clashes = story.desk.decisions(), story.desk.contradictions()
    held = [one for one in reversed(held) if before is None or one.taken.change < before]
    rows = [row(one, clashes) for one in held[:LISTED]]
    return rows, rows[-1].change if len(held) > LISTED else None


def row(one: Held, clashes: Sequence[Clash] = ()) -> Row:
    """A decision as it is shown."""
    d, flags = one.decision, list[str]()
    if one.undone:
        flags.append("undone")
    if one.lost:
        flags.append(f"lost: {len(one.lost)} of {len(d.selectors)} are no longer found")
    for clash in clashes:
        if one.taken.id == clash.older:
            flags.append(f"contradicted, {clash.what}: {clash.newer} wins")
        elif one.taken.id == clash.newer:
            flags.append(f"contradicts {clash.older}, {clash.what}: this one wins")
    named = [s for s in d.selectors if s.exact]
    return Row(
        one.taken.id, one.taken.change, d.kind, says(d), d.by, d.at, d.why,
        [_quoted(s) for s in named[:_SELECTORS]], max(0, len(named) - _SELECTORS), flags,
        not one.undone and d.kind != "redact",
    )  # fmt: skip


def says(decision: Decision) -> str:
    """What it says, as something done."""
    return SAYS[decision.kind] + in_words(decision).removeprefix(decision.kind)


def _near(story: Story, own: Sequence[Event], moments: Sequence[datetime]) -> list[tuple[str, str, str]]:
    """Events told around that time that may be the same as one of these."""
    if not moments:
        return []
    start, end = min(moments) - _AROUND, max(moments) + _AROUND
    _, known = story.look.rundown(start, end, LOOKED_AT, View())
    names, zone = {e.id for e in own}, ZoneInfo(story.settings.tz)
    others = sorted((e for e in known.values() if e.id not in names), key=lambda e: -_alike(own, e))
    return [(e.id, e.headline, _where_when(e, zone)) for e in others[:OFFERED]]


def _alike(own: Iterable[Event], other: Event) -> float:
    """How much an event is like one of these: by kind, place, day and words. Only the order matters."""
    return max((_pair(one, other) for one in own), default=0.0)


def _pair(one: Event, other: Event) -> float:
    words, others = (set(e.headline.casefold().split()) for e in (one, other))
    place = bool(one.place and other.place and one.place.name == other.place.name)
    day = bool(one.earliest and other.earliest and abs(one.earliest - other.earliest) <= timedelta(days=1))
    return (one.kind == other.kind) + 2.0 * place + day + 3.0 * len(words & others) / max(1, len(words | others))


def _where_when(event: Event, zone: ZoneInfo) -> str:
    where = f"{event.place.name}, " if event.place else ""
    return f"{where}{date_words(event.earliest, event.latest, zone)}; {', '.join(event.outlets[:3])}"


def _quoted(selector: Selector) -> tuple[str, str, str]:
    return selector.prefix, selector.exact, selector.suffix


def _said(said: Statement) -> str:
    words = " ".join(said.text.split())
    short = words if len(words) <= WORDS else words[:WORDS].rstrip() + "…"
    return f"{who(said) or 'in its own voice'}: {short}"


def _figures(event: Event) -> list[tuple[str, str]]:
    return [(f"{c.what}={_number(c)}", f"{_what(c)} {_number(c)}") for c in event.figures]


def _what(claim: Claim) -> str:
    return (claim.what or "").removeprefix("other: ")


def _number(claim: Claim) -> str:
    """As `Desk.verify` reads it."""
    low, high = (f"{n:g}" if n is not None else "" for n in (claim.low, claim.high))
    return low if low == high else f"{low}-{high}"
