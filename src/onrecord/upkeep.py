"""The facts of a record → its derived tables, kept up page by page and fold by fold.

What a page says is worked out outside any transaction and then written in a short one, unless another process was
first; then it is worked out again. Nothing here changes facts, but for the ledger of public event ids.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from time import perf_counter

from sqlalchemy import Connection

from onrecord import desk, desk_page, events, posts, reading, redacting, refold, rethread
from onrecord.derive import Told, tell
from onrecord.desk import Taken
from onrecord.hands import ONE, Hands
from onrecord.history import Gone, PageHistory, Seen, told
from onrecord.model import Capture, Hints, Page, Post, Problem, Settings
from onrecord.posts import align
from onrecord.remembered import Memory, Remembered
from onrecord.statements import draft
from onrecord.statements.draft import Draft
from onrecord.store import Record, codec, decisions, derived, facts, prefixes, shown
from onrecord.store import tellings as stored_tellings
from onrecord.store.facts import Body, CaptureRow
from onrecord.store.rows import Step, chunks
from onrecord.sweeping import swept

Round = Callable[[Connection, int], list[Step] | None]
"""(record, generation) → writes of one round of a fold; None when there is nothing to do."""
_SHORT = 0.02
"""Seconds after which a transaction takes no further write …"""
BUILDING = 0.4
"""… and where a generation is built or taken out, which nobody reads: a page of the file that many rows go to is then
written but once."""
_TRIES = 5
"""How often work is done again because another process was first, before it is done with the record held."""
_UNREAD = Draft()
_PAGES = 100
"""Pages of which an earlier history is remembered."""


@dataclass(frozen=True, slots=True)
class Ready:
    """What is derived of a page, ready to be written."""

    told: Told
    here: int
    """The generation."""
    stored: tuple[int, bytes] | None
    """The page's history as it was kept before."""
    steps: deque[Step]


class Upkeep:
    """Keeps the derived tables of one record up with its facts."""

    def __init__(self, record: Record, settings: Settings) -> None:
        self.record = record
        self.settings = settings
        self.problems: list[Problem] = []
        self._fresh: dict[str, bytes] = {}
        self._last: tuple[str, Hints, Page] | None = None
        self._memory = Memory()
        self._before: dict[str, tuple[tuple[int, int], PageHistory]] = {}
        """Page → an earlier history of it, with the numbers of its last fact and of the record's state."""
        self.spans: tuple[tuple[int, int], list[tuple[str, str, str]]] | None = None
        """(generation, tick) and the times between which each page was public (`past`)."""
        self._reader: str | None = None

    # -- pages ---------------------------------------------------------------------------------------------------------

    def read(self, capture: Capture) -> tuple[Page, tuple[Problem, ...]]:
        """The capture's page, remembered so that it need not be read twice."""
        page, _, problems = reading.page_of(capture, self.settings)
        self._last = (capture.hash, replace(capture.hints, seen_at=None), page)
        return page, (*page.problems, *problems)

    def kept(self, capture: Capture, page: Page, key: str) -> tuple[Capture, str, Body]:
        """What is kept of a capture that was read, without redacted words: itself, its page's key and its bytes."""
        with self.record.reading() as connection:
            what = redacting.current(connection)
        capture, key = redacting.renamed(capture, key, what)
        bare, body = redacting.kept(capture, page, facts.page_id(key), what)
        self._last = (capture.hash, replace(capture.hints, seen_at=None), bare)
        return capture, key, body

    def redact(self, *, whole: bool = False) -> None:
        """Take redacted words out of the facts, wherever that is not done yet."""
        if redacting.run(self.record, self.settings, whole=whole):
            self._last = None
            self._fresh.clear()
            self._memory.clear()

    def behind(self, number: int | None = None) -> list[str]:
        """Pages of which the derived tables lack the newest facts, in the order in which those came."""
        with self.record.reading() as connection:
            here = derived.generation(connection) if number is None else number
            wanted, there = facts.newest_of_pages(connection), derived.changes_of_pages(connection, here)
        todo = [(change, page) for page, change in wanted.items() if there.get(page, 0) < change]
        return [page for _, page in sorted(todo)]

    def page(self, name: str, number: int | None = None) -> Told:
        """Bring what is derived of a page up to its facts."""
        while True:
            ready = self.ready(name, number)
            if not self.write([ready], number):
                return ready.told

    def ready(self, name: str, number: int | None = None) -> Ready:
        """What is to be written of a page to bring it up to its facts."""
        with self.record.reading() as connection:
            here = derived.generation(connection) if number is None else number
            stored = derived.history(connection, here, name)
            last = self._remembered(name, number)
            history = self._history(connection, name, stored, last)
            held = desk.active(taken(connection, name))
            if last and stored:
                last.kept = stored_tellings.marks(connection, here, name)
        made = self.tell(name, history, held=held, last=last)
        return self.made(made, here, stored, last)

    def made(self, told: Told, here: int, stored: tuple[int, bytes] | None, last: Remembered | None = None) -> Ready:
        """What is to be written of what a page says."""
        return Ready(told, here, stored, deque(self._steps(told, here, last)))

    def _remembered(self, name: str, number: int | None) -> Remembered | None:
        """What is remembered of the page; what is built anew is built of the facts alone."""
        return self._memory.page(name) if number is None and self._reader is None else None

    def _steps(self, made: Told, here: int, last: Remembered | None) -> Iterator[Step]:
        """Writes that put what is derived of a page in place, its history last.

        A page that is written in part counts as behind, so that whoever comes next completes it.
        """
        told = stored_tellings.written(made.tellings)
        stored_tellings.remember(told)
        yield from self._draft_steps()
        with self.record.reading() as connection:
            change = made.history.change
            yield partial(prefixes.put, number=here, page=made.page, change=change, found=made.prefixes)
            yield from shown.steps(connection, here, made.page, made.views, last.written if last else None)
            yield from stored_tellings.steps(connection, here, made.page, told, events.keys, made.as_kept)
            named = [decisions.Named(n.decision, n.at, n.name) for n in made.named]
            yield from decisions.steps(connection, here, made.page, named)
        history = codec.dump(made.history)
        if last:
            last.keep_marks(told.marks(), made.as_kept)
            last.keep_history(history, made.history)
        yield lambda c: derived.keep_history(c, here, made.page, made.history.change, history)

    def write(self, pages: Iterable[Ready], number: int | None = None) -> list[Ready]:
        """Write pages in short transactions; gives those at which another process was first."""
        todo, late = deque(pages), []
        while todo:
            with self.record.writing() as connection:
                until = perf_counter() + (_SHORT if number is None else BUILDING)
                while todo and perf_counter() < until:
                    if self._overtaken(connection, todo[0], number):
                        late.append(todo.popleft())
                        continue
                    if number is not None and todo[0].stored:
                        derived.next_built(connection)  # what is being folded may tell of what it was
                    if _written(connection, todo[0].steps, until):
                        todo.popleft()
        return late

    def _overtaken(self, connection: Connection, page: Ready, number: int | None) -> bool:
        """True when another process has written the page, or swapped generations, since it was read."""
        swapped = number is None and derived.generation(connection) != page.here
        before = page.stored[0] if page.stored else 0
        return swapped or derived.change_of_page(connection, page.here, page.told.page) != before

    def _history(
        self, connection: Connection, name: str, stored: tuple[int, bytes] | None, last: Remembered | None
    ) -> PageHistory:
        """The page's history with all its captures: from where it stands if they follow, else from the start."""
        newest = facts.newest_of_page(connection, name)
        if name == desk.PAGE:
            return replace(desk_page.history(taken(connection)), change=newest)
        if stored:
            before = last.history(stored[1]) if last else codec.load(PageHistory, stored[1])
            if before.change == newest:
                return before
            if not facts.corrected(connection, name, before.change):
                new = _facts(connection, name, after=before.change)
                if not new:  # decisions alone are new
                    return replace(before, change=newest)
                if before.until and _moment(new[0]) > before.until:
                    return replace(told(self._seen(connection, new), align.ids, before), change=newest)
        return replace(told(self._seen(connection, _facts(connection, name)), align.ids), change=newest)

    def known_history(self, name: str, stored: bytes) -> PageHistory:
        """The page's history as it is kept."""
        return self._memory.page(name).history(stored)

    def history_at(self, connection: Connection, name: str, recorded: int) -> PageHistory:
        """The page's history as the record had it after that change number."""
        if name == desk.PAGE:
            return desk_page.history(taken(connection, recorded=recorded))
        rows = _facts(connection, name, recorded)
        mark = (max((row.change for row in rows), default=0), derived.tick(connection))
        known = self._before.pop(name, None)
        if known is None or known[0] != mark:
            known = (mark, told(self._seen(connection, rows), align.ids))
        self._before[name] = known
        if len(self._before) > _PAGES:
            del self._before[next(iter(self._before))]
        return known[1]

    def versions(self, connection: Connection, page: str, post: str) -> list[Post]:
        """Every version of a post."""
        stored = derived.history(connection, derived.generation(connection), page)
        known = codec.load(PageHistory, stored[1]).posts if stored else ()
        return [r.post for p in known if p.id == post for r in p.revisions]

    def _seen(self, connection: Connection, rows: Iterable[CaptureRow | Gone]) -> Iterable[Seen | Gone]:
        return (self._one(connection, row) for row in rows)

    def _one(self, connection: Connection, row: CaptureRow | Gone) -> Seen | Gone:
        if isinstance(row, Gone):
            return row
        page, part = self._page(connection, row), row.hints.part
        return Seen(page, row.where, row.seen_at, row.hash, row.change, part)

    def _page(self, connection: Connection, row: CaptureRow) -> Page:
        """A capture's page; where words were redacted, as it was read before, without them."""
        if self._last and self._last[:2] == (row.hash, row.hints):
            return self._last[2]
        kept = facts.kept_page(connection, row)
        if kept is None:
            return reading.page_of(facts.loaded(connection, row), self.settings)[0]
        page = codec.load(Page, kept)
        return replace(page, outlet=row.hints.outlet or page.outlet)

    def tell(
        self,
        name: str,
        history: PageHistory,
        at: datetime | None = None,
        reader: str | None = None,
        held: Sequence[Taken] = (),
        last: Remembered | None = None,
        only: Collection[str] | None = None,
    ) -> Told:
        """What a page with that history says under these decisions, to the present or another reader.

        With a moment: what it could be read to say then. With `only`: what these posts of it say.
        """
        mine = [one for one in held if one.decision.kind != "redact"]
        drafts = partial(self.drafts, where=history.where, reader=reader, last=last)
        return tell(name, history, self.settings, drafts, at, mine, last, only)

    # -- drafts --------------------------------------------------------------------------------------------------------

    def drafts(
        self, found: Sequence[Post], where: str, reader: str | None = None, last: Remembered | None = None
    ) -> list[Draft]:
        """The posts' drafts: stored ones, else by reading; those are kept with the next page that is written."""
        keys = [posts.revision_hash(post) for post in found]
        with self.record.reading() as connection:
            wanted = reader or self._reader or derived.get(connection, "reader")
            stored = derived.find_drafts(connection, keys, wanted, only=wanted == self._reader)
        if self._reader:
            stored = {key: kept for key, kept in stored.items() if not draft.load(kept).failed}
        known = {**self._fresh, **stored}
        missing = {key: post for key, post in zip(keys, found, strict=True) if key not in known}
        made, problems = reading.drafts_of(list(missing.values()), where)
        self.problems += problems
        out = {key: value or _UNREAD for key, value in zip(missing, made, strict=True)}
        fresh = {key: draft.dump(value) for key, value in zip(missing, made, strict=True) if value}
        self._fresh.update(fresh)
        if last is None:
            return [out[key] if key in out else draft.load(known[key]) for key in keys]
        last.keep_only(keys)
        for key, stored_so in fresh.items():
            last.keep_draft(key, stored_so, out[key])
        return [out[key] if key in out else last.draft(key, known[key]) for key in keys]

    def read_again(self) -> None:
        """From here on take no drafts but those of the present reader."""
        self._reader = reading.reader_version()

    def _draft_steps(self) -> Iterator[Step]:
        """Writes that keep the drafts that were made since the last time."""
        if self._fresh:
            reader, names = reading.reader_version(), list(self._fresh)
            for chunk in chunks(names, 50):
                some = {key: self._fresh[key] for key in chunk}
                yield partial(derived.keep_drafts, reader=reader, found=some)
            self._fresh.clear()

    # -- generations ---------------------------------------------------------------------------------------------------

    def keep_reader(self, connection: Connection) -> None:
        """After reading again: this reader's drafts count from here on; views of before keep those of the old one."""
        before = derived.get(connection, "reader")
        if self._reader and before and before != self._reader:
            facts.publish(connection, "reader", {f"{facts.last_change(connection)} {self._reader}": [before]})
        if self._reader:
            derived.put(connection, "reader", self._reader)
        self._reader = None

    # -- events --------------------------------------------------------------------------------------------------------

    def fold(self, *, most: int = refold.AT_ONCE) -> None:
        """Fold again what hangs together with the tellings that came, went or changed, so many at a time.

        Each round is written in short transactions. One that is cut short is taken up again by the next fold.
        """
        public = partial(refold.public_round, most=most)
        done = self.gather(most=most) + self.thread(most=most) + self._rounds(public, None)
        if done:
            swept()

    def gather(self, number: int | None = None, *, most: int, hands: Hands = ONE) -> int:
        """The first half of a fold: tellings into events; gives how many rounds it took."""
        return self.rule(number) + self._rounds(partial(refold.tellings_round, most=most, hands=hands), number)

    def rule(self, number: int | None = None) -> int:
        """Put the pairs of tellings right that the desk ruled on, before they are folded."""
        return self._rounds(refold.rulings_round, number)

    def thread(self, number: int | None = None, *, most: int, hands: Hands = ONE) -> int:
        """The second half: posts into threads; gives how many rounds it took."""
        return self._rounds(partial(rethread.posts_round, most=most, hands=hands), number)

    def _rounds(self, work: Round, number: int | None) -> int:
        """Do rounds of a fold till nothing is left to do; gives how many."""
        done = 0
        while self._round(work, number):
            done += 1
        return done

    def _round(self, work: Round, number: int | None) -> bool:
        """Do one round of a fold; False when there is nothing left to do."""
        for _ in range(_TRIES):
            with self.record.reading() as connection:
                state = _state(connection, number)
                steps = work(connection, derived.generation(connection) if number is None else number)
            if steps is None:
                return False
            if self.applied(steps, state, number):
                return True
        with self.record.writing() as connection:  # others write all the time: hold them up once
            _next_state(connection, number)
            for step in work(connection, derived.generation(connection) if number is None else number) or ():
                step(connection)
        return True

    def applied(self, steps: Iterable[Step], state: int, number: int | None = None) -> bool:
        """Write a round in short transactions; False if another process was first."""
        todo = deque(steps)
        while todo:
            with self.record.writing() as connection:
                if _state(connection, number) != state:
                    return False
                state = _next_state(connection, number)
                todo.popleft()(connection)
                _written(connection, todo, perf_counter() + (_SHORT if number is None else BUILDING))
        return True


def _state(connection: Connection, number: int | None) -> int:
    """What tells whether what was worked out still holds: of a generation that is built, others change little."""
    return derived.tick(connection) if number is None else derived.built(connection)


def _next_state(connection: Connection, number: int | None) -> int:
    return derived.next_tick(connection) if number is None else derived.next_built(connection)


def _written(connection: Connection, steps: deque[Step], until: float) -> bool:
    """Do writes till then; True when all are done."""
    while steps and perf_counter() < until:
        steps.popleft()(connection)
    return not steps


def _facts(connection: Connection, page: str, recorded: int | None = None, after: int = 0) -> list[CaptureRow | Gone]:
    """The page's captures, and what its posts' own addresses answered, in the order in which they were seen."""
    gone = [Gone(row.post, row.at, row.change) for row in facts.gone_of_page(connection, page, recorded, after)]
    return sorted([*facts.of_page(connection, page, recorded, after), *gone], key=_moment)


def _moment(row: CaptureRow | Gone) -> tuple[datetime, str]:
    return (row.at, "") if isinstance(row, Gone) else (row.seen_at, row.hash)


def taken(connection: Connection, page: str | None = None, recorded: int | None = None) -> list[Taken]:
    """Decisions of the desk as the record took them in, in order: all, or those that bear on a page."""
    return [desk.taken(row.change, row.id, row.detail) for row in decisions.load(connection, page, recorded)]
