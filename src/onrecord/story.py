"""A story's record → what it holds; captures → the record. The only module that knows the order of the stages.

Facts go in first, each capture in its own short transaction; what is derived of its page follows in another, and the
fold at the end of a batch. What a crash leaves undone shows where derived tables lag behind the facts, and is done when
the record is next opened or added to.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Self
from urllib.parse import urldefrag

from onrecord import changes, rebuilding, redacting, views
from onrecord.changes import Change
from onrecord.derive import outlet_of, versions
from onrecord.deskwork import Desk
from onrecord.errors import NotFoundError, RecordBusyError, RecordError, SetupError
from onrecord.history import Gap, PageHistory
from onrecord.looking import Look
from onrecord.model import Capture, Event, Page, Problem, RevisionView, Settings, Source, Statement, Watched
from onrecord.pages.rights import Allowed
from onrecord.reading import read_capture
from onrecord.store import Record, codec, derived, facets, facts, search, shown
from onrecord.store import events as stored_events
from onrecord.store import sources as stored_sources
from onrecord.store.facets import Facet, Slice
from onrecord.sweeping import unswept
from onrecord.then import Then
from onrecord.upkeep import Upkeep
from onrecord.versions import Version
from onrecord.versions import of as versions_of
from onrecord.views import View, Whole

__all__ = ["AddResult", "Story", "View", "read_capture"]

Progress = Callable[[str, int, int | None], None]
"""(what is being done, how many are done, how many there are, if known)."""

NO_OUTLET = Problem("no-outlet", "", "it does not say whose page it is", "give the outlet with --outlet")


@dataclass(frozen=True, slots=True)
class AddResult:
    """What came of adding captures."""

    added: int = 0
    known: int = 0
    problems: tuple[Problem, ...] = ()
    posts: int = 0
    """Posts of the pages that were added to."""
    statements: int = 0
    """Statements of those posts, own voice included."""
    versions: int = 0
    """Versions of posts that came new: posts, edits, removals."""
    page: str = ""
    """Id of the last capture's page."""
    more: str | None = None
    """Where the page goes on."""
    rising: bool = False
    """It shows the oldest posts first, so that new ones come at its end."""
    gaps: tuple[Gap, ...] = ()
    """Where the page may lack posts; of a page that got nothing new none are given."""


@dataclass(frozen=True, slots=True)
class _Taken:
    """Where a capture went."""

    page: str = ""
    more: str | None = None
    new: bool = False
    """It adds something to the page."""
    rising: bool = False
    """It shows the oldest posts first."""


class Story:
    """A developing story on disk; a context manager. One object for one thread."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self.settings: Settings = record.settings()
        self._upkeep = Upkeep(record, self.settings)
        self._then: tuple[View, int, Then | Whole] | None = None

    @property
    def desk(self) -> Desk:
        """Where editors decide."""
        return Desk(self._record, self._upkeep, self._settle)

    @property
    def look(self) -> Look:
        """What readers' pages ask."""
        return Look(self._record, self._at)

    @property
    def path(self) -> Path:
        """The record's file."""
        return self._record.path

    # -- opening -------------------------------------------------------------------------------------------------------

    @classmethod
    def create(cls, path: Path | str, settings: Settings | None = None, *, exist_ok: bool = False) -> Self:
        """Make a record; with `exist_ok` one that is there already is opened as it is. Raises `RecordError`."""
        path = Path(path)
        if path.exists() and not exist_ok:
            raise RecordError(f"{path} is there already", "take another name, or add to it with: onrecord add")
        return cls.open(path) if path.exists() else cls(Record.create(path, settings or Settings()))

    @classmethod
    def open(cls, path: Path | str) -> Self:
        """Open a record, and finish what a crash left undone.

        Raises `NoRecordError`, `RecordVersionError`, `RecordBusyError` or another `RecordError`.
        """
        story = cls(Record.open(Path(path)))
        if os.access(path, os.W_OK):
            with suppress(SetupError, RecordBusyError):  # what is there can be shown all the same
                story._settle()
        return story

    def close(self) -> None:
        """Let go of the record."""
        self._record.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- adding --------------------------------------------------------------------------------------------------------

    def add(self, captures: Iterable[Capture], progress: Progress | None = None) -> AddResult:
        """Take captures in, each whole or not at all, and fold what they tell.

        One that can't be read, or not in full, gives problems, and the rest goes in. A capture that the record has is
        known and changes nothing. Raises `RecordError` (`RecordBusyError`, `RecordFullError`, …) and `SetupError`.
        """
        added = known = fresh = 0
        last = _Taken()
        gaps: tuple[Gap, ...] = ()
        problems: list[Problem] = []
        counts: dict[str, tuple[int, int]] = {}
        for number, capture in enumerate(captures):
            if progress:
                progress(capture.where, number, None)
            last, doubts = self._take(capture)
            problems += doubts
            if last.new:
                added += 1
                told = self._upkeep.page(last.page)
                counts[last.page] = len(told.views), sum(len(v.reading.statements) for v in told.views)
                fresh += sum(v.change == told.history.change for v in told.views)
                problems += told.problems
                gaps = told.history.gaps
            elif not any(p.fatal for p in doubts):
                known += 1
        if progress:
            progress("events", added + known, added + known)
        self._settle()
        problems += self._upkeep.problems
        self._upkeep.problems.clear()
        posts, said = (sum(column) for column in zip((0, 0), *counts.values(), strict=True))
        return AddResult(
            added, known, tuple(dict.fromkeys(problems)), posts, said, fresh, last.page, last.more, last.rising, gaps
        )

    def _take(self, capture: Capture) -> tuple[_Taken, tuple[Problem, ...]]:
        """Keep a capture; gives its page, and problems."""
        with self._record.reading() as connection:
            known = facts.page_of(connection, capture)
            if known and facts.knows(connection, known, capture):
                return _Taken(known), ()
        page, problems = self._upkeep.read(capture)
        if any(p.fatal for p in problems):
            return _Taken(), problems
        key = key_of(capture, page)
        name = facts.page_id(key)
        taken, shown_key, body = self._upkeep.kept(capture, page, key)
        with self._record.writing() as connection:
            if facts.knows(connection, name, taken):
                return _Taken(name, page.more), ()
            facts.take(connection, name, shown_key, taken, body)
        if page.outlet is None and not any(p.code == NO_OUTLET.code for p in problems):
            problems = (*problems, replace(NO_OUTLET, where=capture.where))
        return _Taken(name, page.more, new=True, rising=_rising(page)), problems

    def gone(self, page: str, post: str, at: datetime, status: int) -> bool:
        """Take in that a post's own address answered 404 or 410; True when that proves its removal.

        It proves nothing of a post that its page still shows.
        """
        with self._record.writing() as connection:
            facts.keep_gone(connection, page, post, at, status)
        told = self._upkeep.page(page)
        self._settle()
        return any(p.id == post and p.last.removed for p in told.history.posts)

    def whereabouts(self, page: str) -> PageHistory:
        """What is known of a page's posts: which it shows, which it doesn't, where it may lack some."""
        with self._record.reading() as connection:
            stored = derived.history(connection, derived.generation(connection), page)
        return self._upkeep.known_history(page, stored[1]) if stored else PageHistory()

    def _settle(self) -> None:
        """Bring the derived tables up to the facts, and the facts to the redactions."""
        self._upkeep.redact()
        for page in self._upkeep.behind():
            self._upkeep.page(page)
        self._upkeep.fold()
        redacting.purge(self._record)

    # -- asking --------------------------------------------------------------------------------------------------------

    def posts(self, view: View | None = None) -> Iterator[RevisionView]:
        """The posts in their latest versions, newest first; removed ones are marked and say nothing."""
        view = view or View()
        if not view.present:
            with self._at(view) as then:
                return iter(then.posts(view.since))
        with self._record.reading() as connection:
            stored = shown.load(connection, derived.generation(connection), view.since)
        return (codec.load(RevisionView, row) for row in stored)

    def stream(self, asked: Slice, view: View | None = None) -> list[RevisionView]:
        """A slice of the posts by the time of their first versions: what comes meanwhile moves nothing in it."""
        view = view or View()
        if not view.present:
            with self._at(view) as then:
                return then.stream(asked)
        with self._record.reading() as connection:
            stored = facets.stream(connection, derived.generation(connection), asked)
        return [codec.load(RevisionView, row) for row in stored]

    def mark(self) -> tuple[int, int]:
        """(generation, tick): what readers see changes only when this does."""
        with self._record.reading() as connection:
            return derived.generation(connection), derived.tick(connection)

    def newer(self, tick: int, most: int = 200) -> list[tuple[int, RevisionView]]:
        """(tick, post) of the posts that came or changed after that tick, in the order in which they did."""
        with self._record.reading() as connection:
            stored = shown.newer(connection, derived.generation(connection), tick, most)
        return [(at, codec.load(RevisionView, row)) for at, row in stored]

    def size(self) -> int:
        """How many posts the record shows."""
        with self._record.reading() as connection:
            return shown.total(connection, derived.generation(connection))

    def facets(self, kind: Facet, most: int = 40) -> list[tuple[str, int]]:
        """The commonest values of a facet, with the number of posts that have each."""
        with self._record.reading() as connection:
            return facets.counts(connection, derived.generation(connection), kind, most)

    def post(self, anchor: str, view: View | None = None) -> RevisionView:
        """The post with that public id. Raises `NotFoundError`."""
        view = view or View()
        if view.present:
            with self._record.reading() as connection:
                stored = shown.anchored(connection, derived.generation(connection), anchor)
            found = codec.load(RevisionView, stored) if stored else None
        else:
            with self._at(view) as then:
                found = then.anchored(anchor)
        if found is None:
            raise NotFoundError(f"no post has the id {anchor}", "it may be of a later time than the one asked for")
        return found

    def statements(self, view: View | None = None) -> Iterator[tuple[RevisionView, Statement]]:
        """Each statement with the post that gives it, newest post first."""
        return ((post, statement) for post in self.posts(view) for statement in post.reading.statements)

    def events(self, view: View | None = None) -> list[Event]:
        """The events, in the order of their first tellings."""
        view = view or View()
        since = view.since
        if not view.present:
            with self._at(view) as then:
                return then.events(since)
        with self._record.reading() as connection:
            number = derived.generation(connection)
            names = stored_events.since(connection, number, since) if since else None
            found = stored_events.load(connection, number, names)
        return [e for e in found if since is None or any(t.time and t.time >= since for t in e.tellings)]

    def event(self, name: str, view: View | None = None) -> Event:
        """The event with that public id, or the one that now holds most of its happenings, or how it was last known.

        Raises `NotFoundError` for an id that was never public.
        """
        view = view or View()
        with self._record.reading() as connection:
            change, happenings = facts.published(connection, "event", name) or (None, ())
        found, gone = self._present(name, happenings) if view.present else None, False
        if found is None and view.present and change is not None:
            view, gone = View(recorded=change), True
        if found is None and not view.present:
            with self._at(view) as then:
                found = then.event(name, happenings)
        if found is None and change is None:
            raise NotFoundError(f"no event has the id {name}", "onrecord events STORY.db shows the ids")
        if found is None and gone and self._redacted():
            raise NotFoundError(f"what event {name} told was redacted", f"onrecord why STORY.db {name} --versions")
        if found is None:
            raise NotFoundError(f"event {name} is not in this view of the record", "ask without --as-of and --recorded")
        if gone and all(map(self.desk.hidden().covers, found.tellings)):
            raise NotFoundError(f"event {name} is hidden by the desk", "onrecord desk list STORY.db says why")
        return found

    def _redacted(self) -> bool:
        with self._record.reading() as connection:
            return bool(redacting.current(connection))

    def _present(self, name: str, happenings: Sequence[str]) -> Event | None:
        with self._record.reading() as connection:
            number = derived.generation(connection)
            found = stored_events.one(connection, number, name)
            held = None if found else stored_events.holding(connection, number, happenings)
            return stored_events.one(connection, number, held) if held else found

    def why(self, name: str, view: View | None = None) -> tuple[Event, ...]:
        """The event of that id, or those that a statement or happening of that id tells. Raises `NotFoundError`."""
        view = replace(view or View(), since=None)
        if view.present:
            with self._record.reading() as connection:
                number = derived.generation(connection)
                found = stored_events.load(connection, number, stored_events.told_by(connection, number, [name]))
        else:
            with self._at(view) as then:
                found = then.why(name)
        return tuple(found) or (self.event(name, view),)

    def versions(self, name: str) -> tuple[Version, ...]:
        """What readers were shown of the event of that id, and between which record numbers; oldest first.

        Raises `NotFoundError` for an id that was never public.
        """
        with self._record.reading() as connection:
            found = versions_of(connection, name)
            public = found or facts.published(connection, "event", name)
        if not public:
            raise NotFoundError(f"no event has the id {name}", "onrecord events STORY.db shows the ids")
        return tuple(found)

    def told_in(self, start: datetime, view: View | None = None) -> list[Event]:
        """The events that a rundown from that moment on may show: those told since, and those that the desk marked."""
        view = view or View()
        if not view.present:
            with self._at(view) as then:
                return then.told_in(start)
        with self._record.reading() as connection:
            number = derived.generation(connection)
            return stored_events.load(connection, number, stored_events.told_in(connection, number, start))

    def newest(self, view: View | None = None) -> datetime | None:
        """When the newest post of the view became public; None where there is none."""
        view = view or View()
        if not view.present:
            with self._at(view) as then:
                return then.newest()
        with self._record.reading() as connection:
            return shown.newest(connection, derived.generation(connection))

    def search(self, query: str, view: View | None = None) -> Iterator[RevisionView]:
        """Posts that hold all the words, newest first; "words in quotes" stand together, `wor*` is a beginning."""
        view = view or View()
        if not view.present:
            with self._at(view) as then:
                return iter(then.search(query, view.since))
        with self._record.reading() as connection:
            number = derived.generation(connection)
            rows = shown.some(connection, number, search.posts(connection, number, query))
        found = (codec.load(RevisionView, row[3]) for row in rows)
        return (v for v in found if view.since is None or v.public_time >= view.since)

    def history(self) -> Mapping[tuple[str, str], list[RevisionView]]:
        """(page, post) → all versions of the post, oldest first, without what they say; hidden posts are left out."""
        hidden = self.desk.hidden().posts
        with self._record.reading() as connection:
            stored = derived.all_histories(connection, derived.generation(connection))
        return {
            (page, post): shown
            for page, history in stored
            for post, shown in versions(page, codec.load(PageHistory, history))
            if (page, post) not in hidden
        }

    def edits(self, since: datetime | None = None, post: str | None = None) -> list[Change]:
        """What changed on the story's pages, oldest first, with the figures that edits changed; no hidden posts."""
        hidden = self.desk.hidden().posts
        with self._record.reading() as connection:
            stored = derived.all_histories(connection, derived.generation(connection))
        found: list[Change] = []
        for page, row in stored:
            history = codec.load(PageHistory, row)
            found += (c for c in changes.of(page, history, outlet_of(history)) if (page, c.post) not in hidden)
        wanted = [c for c in found if (since is None or c.at >= since) and post in (None, c.post)]
        return sorted(map(self._figured, wanted), key=lambda change: change.at)

    def _figured(self, change: Change) -> Change:
        """An edit with the figures that it changed."""
        if change.kind != "edited" or change.before is None or change.after is None:
            return change
        was, now = self._upkeep.drafts([change.before, change.after], change.where)
        return replace(change, figures=changes.figures(change.before, was, change.after, now))

    def changes(self) -> int:
        """The number of the last thing that the record took in; 0 for an empty record."""
        with self._record.reading() as connection:
            return facts.last_change(connection)

    def log(self, after: int = 0) -> list[tuple[int, datetime, str, str]]:
        """(change number, when, kind, what) of all that the record took in after that number."""
        with self._record.reading() as connection:
            return [(n, datetime.fromisoformat(at), kind, what) for n, at, kind, what in facts.log(connection, after)]

    @contextmanager
    def _at(self, view: View) -> Iterator[Then | Whole]:
        """The record as that view has it; what was worked out of the last view is kept, while the record stays."""
        view = replace(view, since=None)
        with unswept(), self._record.reading() as connection:
            tick = derived.tick(connection)
            if self._then is None or self._then[:2] != (view, tick):
                if self._then:
                    self._then[2].forget()
                made = Then.of(self._upkeep, connection, view) or views.whole(self._upkeep, view)
                self._then = (view, tick, made)
            with self._then[2].reading(connection) as then:
                yield then

    # -- sources ------------------------------------------------------------------------------------------------------

    def sources(self) -> list[Source]:
        """Where the story's pages come from, by outlet and address."""
        with self._record.reading() as connection:
            return stored_sources.load(connection)

    def keep_source(self, source: Source) -> None:
        """Add a source, or put it in place of the one with its address."""
        with self._record.writing() as connection:
            stored_sources.keep(connection, source)

    def drop_source(self, source: Source) -> None:
        """Take a source out; what came from it stays in the record."""
        with self._record.writing() as connection:
            stored_sources.drop(connection, source.id)

    def allowed(self) -> Allowed:
        """How much of each page may be shown, by its sources."""
        with self._record.reading() as connection:
            return Allowed.of(stored_sources.load(connection), stored_sources.led(connection))

    def watched(self) -> dict[str, Watched]:
        """What watching found, by source id."""
        with self._record.reading() as connection:
            return stored_sources.watched(connection)

    def keep_watched(self, source: Source, state: Watched) -> None:
        """Keep what watching found of a source; one that was taken out meanwhile stays out."""
        with self._record.writing() as connection:
            stored_sources.keep_watched(connection, source.id, state)

    # -- rebuilding ----------------------------------------------------------------------------------------------------

    def rebuild(self, *, reread: bool = False, progress: Progress | None = None) -> int:
        """Make all that is derived anew from the facts, and put it in place at once; readers see the old till then.

        One that was cut short goes on where it was.

        Stored readings are folded again; with `reread` every post is read again by the present reader. Gives how many
        statements came, went or changed.
        """
        changed = rebuilding.rebuild(self._upkeep, reread=reread, progress=progress)
        self._settle()
        return changed


def key_of(capture: Capture, page: Page) -> str:
    """What makes captures those of one page: its address, else a given key, else the file that it came from."""
    address = page.url or capture.hints.url
    if address:
        return urldefrag(address).url
    if capture.hints.page:
        return capture.hints.page
    return capture.where if "://" in capture.where else str(Path(capture.where).resolve())


def _rising(page: Page) -> bool:
    """True for a page that shows its oldest posts first."""
    times = [post.time for post in page.posts if post.time and not post.pinned]
    return len(times) > 1 and times[0] < times[-1]
