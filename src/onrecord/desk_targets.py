"""An id that an editor gives → the happenings, statements and posts of a record that it names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection

from onrecord.desk import Selector
from onrecord.errors import NotFoundError, UsageError
from onrecord.model import Event, Happening, RevisionView, Statement
from onrecord.selecting import select_happening, select_post, select_statement
from onrecord.store import Record, codec, derived, facts, shown
from onrecord.store import events as stored_events

_MEND = "onrecord events, statements and posts STORY.db --json show the ids"


@dataclass(frozen=True, slots=True)
class Target:
    """What an id names."""

    kind: Literal["event", "happening", "statement", "post"]
    name: str
    happenings: tuple[tuple[RevisionView, Happening], ...] = ()
    statements: tuple[tuple[RevisionView, Statement], ...] = ()
    post: RevisionView | None = None
    event: Event | None = None

    def named(self, group: int = 0) -> tuple[Selector, ...]:
        """Selectors of what it names: an event's happenings, else the thing itself."""
        if self.post:
            return (select_post(self.post.page, self.post.reading),)
        if self.kind == "statement":
            return self.said()
        return self.told(group)

    def told(self, group: int = 0) -> tuple[Selector, ...]:
        """Selectors of its happenings."""
        return tuple(select_happening(v.page, v.reading, h, group) for v, h in self.happenings)

    def said(self) -> tuple[Selector, ...]:
        """Selectors of its statements."""
        return tuple(select_statement(v.page, v.reading, s) for v, s in self.statements)


def find(record: Record, name: str) -> Target:
    """What the id names in the present state of the record. Raises `NotFoundError`, and `UsageError` for two posts."""
    with record.reading() as connection:
        number = derived.generation(connection)
        found = _event(connection, number, name) or _said(connection, number, name) or _post(connection, number, name)
    if found is None:
        raise NotFoundError(f"no event, happening, statement or post has the id {name}", _MEND)
    return found


def _event(connection: Connection, number: int, name: str) -> Target | None:
    event = stored_events.one(connection, number, name)
    if event is None and (known := facts.published(connection, "event", name)):
        held = stored_events.holding(connection, number, known[1])
        event = stored_events.one(connection, number, held) if held else None
    if event is None:
        return None
    views = _views(connection, number, {(t.page, t.post) for t in event.tellings})
    wanted = {t.id for t in event.tellings}
    said = {t.statement.id for t in event.tellings}
    happenings = [(v, h) for v in views for h in v.reading.happenings if h.id in wanted]
    statements = [(v, s) for v in views for s in v.reading.statements if s.id in said]
    return Target("event", event.id, tuple(happenings), tuple(statements), event=event)


def _views(connection: Connection, number: int, places: Iterable[tuple[str, str]]) -> list[RevisionView]:
    rows = (shown.one(connection, number, page, post) for page, post in sorted(places))
    return [codec.load(RevisionView, row) for row in rows if row]


def _said(connection: Connection, number: int, name: str) -> Target | None:
    """A statement, or one of its happenings."""
    statement = name.partition(".")[0]
    views = [codec.load(RevisionView, row) for row in shown.naming(connection, number, statement)]
    if statement != name:
        happenings = [(v, h) for v in views for h in v.reading.happenings if h.id == name]
        owners = {h.statement for _, h in happenings}
        statements = [(v, s) for v in views for s in v.reading.statements if s.id in owners]
        return Target("happening", name, tuple(happenings), tuple(statements)) if happenings else None
    statements = [(v, s) for v in views for s in v.reading.statements if s.id == name]
    happenings = [(v, h) for v in views for h in v.reading.happenings if h.statement == name]
    return Target("statement", name, tuple(happenings), tuple(statements)) if statements else None


def _post(connection: Connection, number: int, name: str) -> Target | None:
    """A post by its public id, by `PAGE:POST`, or by its page's own id where no other page has it."""
    row = shown.anchored(connection, number, name)
    page, _, post = name.partition(":")
    rows: Sequence[bytes] = [row] if row else [r for r in (shown.one(connection, number, page, post),) if r]
    rows = rows or shown.called(connection, number, name)
    if len(rows) > 1:
        views = [codec.load(RevisionView, r) for r in rows]
        raise UsageError(
            f"{len(rows)} pages have a post {name}", f"take one of: {', '.join(v.anchor for v in views[:9])}"
        )
    if not rows:
        return None
    view = codec.load(RevisionView, rows[0])
    happenings = tuple((view, h) for h in view.reading.happenings)
    return Target("post", view.anchor, happenings, tuple((view, s) for s in view.reading.statements), view)
