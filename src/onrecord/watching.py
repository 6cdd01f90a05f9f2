"""A record and its sources → the record kept up with its pages, until it is told to stop.

Requests run beside each other, one at a time for each host; the record is written by the one thread that runs the
watch. Between two requests for a page, its further parts and missing posts' own addresses are asked for. Each answer
goes in as a whole and then what is known of its source, so that a watch that is killed at any moment goes on where it
was: at worst it asks once more for what it has.
"""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic

import httpx

from onrecord import errands
from onrecord.errands import Chain, Errand, Link, Part, PartSeen
from onrecord.errors import RecordBusyError, RecordFullError
from onrecord.lock import alone
from onrecord.model import Capture, Hints, Problem, Source, Watched
from onrecord.reading import FAULTS
from onrecord.sources import watch
from onrecord.sources.fetch import Failed, Fetched, Fetcher, Known, NotModified, Outcome, There
from onrecord.story import AddResult, Story

RELOAD = 1.0
"""Seconds after which the record is asked for its sources again: they may be changed while they are watched."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that the watch did, for people and programs to see."""

    at: datetime
    source: Source
    state: Watched
    what: str
    """fetched, same, failed or ended; part, gap, removed, there or lost for what was asked beside the page."""
    result: AddResult | None = None
    problem: Problem | None = None
    size: int = 0
    """Bytes of the page that came."""
    asked: str = ""
    """The address that was asked, where it was not the source's."""


@dataclass(slots=True)
class _Host:
    """A host that is asked: not while it is busy, and not before a moment of `monotonic`."""

    busy: bool = False
    free_at: float = 0.0


@dataclass(slots=True)
class _Job:
    """A source in the watch: due at a moment of `monotonic`, or of the clock on the wall, whichever comes first."""

    source: Source
    state: Watched
    stored: Watched
    """The state as the record has it."""
    due: float
    running: bool = False
    done: bool = False
    """Asked once, where once is enough."""
    kept: Capture | None = field(default=None, repr=False)
    """The last capture, while it may have to go in again."""
    errands: deque[Errand] = field(default_factory=deque)
    asking: Errand | None = None
    """What is asked at present, if it isn't the page itself."""
    turn: bool = False
    """The page has been asked, and what else is to be asked comes next."""
    chain: Chain | None = None
    parts: dict[str, PartSeen] = field(default_factory=dict)
    asked: dict[str, datetime] = field(default_factory=dict)
    """When missing posts' own addresses were asked."""
    rising: bool = False
    """The page shows the oldest posts first."""
    links: bool | None = None
    """Whether shown posts' own addresses work; None while that is unknown."""

    @property
    def target(self) -> str:
        """The address that is asked, or is next."""
        return self.asking.url if self.asking else self.source.url


class Watch:
    """Watches a record's sources; make it, and run it, in one thread."""

    def __init__(
        self,
        story: Story,
        fetcher: Fetcher,
        tell: Callable[[Step], None] = lambda _: None,
        pace: watch.Pace | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._story = story
        self._fetcher = fetcher
        self._tell = tell
        self._pace = pace or watch.Pace()
        self._now = now
        self._jobs: dict[str, _Job] = {}
        self._hosts: dict[str, _Host] = {}
        self._answers: SimpleQueue[tuple[_Job, Outcome | There] | None] = SimpleQueue()
        self._stopping = self._once = False
        self._reload_at = 0.0
        self._random = random.Random()  # noqa: S311
        self.failed = 0
        """Requests that failed."""

    def stop(self) -> None:
        """End the run when what is at work is in the record; may be called from a signal handler."""
        self._stopping = True
        self._answers.put(None)

    def states(self) -> Iterator[tuple[Source, Watched]]:
        """Every source with what is known of it now."""
        return ((job.source, job.state) for job in list(self._jobs.values()))

    def run(self, *, once: bool = False, seconds: float | None = None, beat: Callable[[], None] | None = None) -> None:
        """Watch until `stop`, for some seconds, or until each source was asked once; `beat` is called in between.

        Raises `WatchedError` where another process watches the record, and `RecordError`.
        """
        self._once = once
        until = None if seconds is None else monotonic() + seconds
        with alone(self._story.path):
            self._run(until, beat)

    def _run(self, until: float | None, beat: Callable[[], None] | None) -> None:
        while not self._stopping and (until is None or monotonic() < until):
            self._reload()
            self._start_due()
            if self._once and all(job.done and not (job.running or job.errands) for job in self._jobs.values()):
                break
            if beat:
                beat()
            self._take_one(until)

    # -- what is due -----------------------------------------------------------------------------------------------

    def _reload(self) -> None:
        """Take in what was changed of the sources."""
        if monotonic() < self._reload_at:
            return
        self._reload_at = monotonic() + RELOAD
        found = {source.id: source for source in self._story.sources()}
        states = self._story.watched()
        for name in [name for name in self._jobs if name not in found]:
            del self._jobs[name]
        for name, source in found.items():
            state = states.get(name, Watched())
            job = self._jobs.get(name)
            if job is None or (not job.running and (job.source, job.stored) != (source, state)):
                self._jobs[name] = self._job(source, state, before=job)

    def _job(self, source: Source, state: Watched, before: _Job | None) -> _Job:
        idle = source.paused or bool(state.ended)
        asked = before is not None and before.done
        kept = before.asked if before else {}
        return _Job(source, state, state, self._due(source, state), done=self._once and (idle or asked), asked=kept)

    def _due(self, source: Source, state: Watched) -> float:
        """When the source is due: as was planned, and no later than its own wait from now, whatever the clock says."""
        if self._once or state.next_at is None:
            return monotonic()
        longest = max(state.wait, source.every) if not state.failures else self._pace.longest + source.every
        left = (state.next_at - self._now()).total_seconds()
        return monotonic() + min(max(left, 0.0), longest)

    def _start_due(self) -> None:
        for job in self._jobs.values():
            if self._ready(job):
                self._start(job)

    def _ready(self, job: _Job) -> bool:
        if self._idle(job) or not (job.errands or self._page_due(job)):
            return False
        host = self._host(self._next(job))
        return not host.busy and monotonic() >= host.free_at

    def _page_due(self, job: _Job) -> bool:
        planned = job.state.next_at
        return not job.done and (monotonic() >= job.due or (planned is not None and self._now() >= planned))

    def _next(self, job: _Job) -> str:
        """The address that is to be asked next: the page when it is due, by turns with what else its site is asked."""
        if job.errands and (job.turn or not self._page_due(job)):
            return job.errands[0].url
        return job.source.url

    def _idle(self, job: _Job) -> bool:
        """True when there is nothing to ask for: it is being asked, has been asked, or is not to be."""
        asked = job.done and not job.errands
        return bool(job.running or asked or job.source.paused or job.state.ended)

    def _host(self, url: str) -> _Host:
        return self._hosts.setdefault(_host_of(url), _Host())

    # -- asking ----------------------------------------------------------------------------------------------------

    def _start(self, job: _Job) -> None:
        other = bool(job.errands) and (job.turn or not self._page_due(job))
        job.asking = job.errands.popleft() if other else None
        job.turn, job.running = not other, True
        self._host(job.target).busy = True
        Thread(target=self._ask, args=(job,), daemon=True, name=f"fetch {job.target}").start()

    def _ask(self, job: _Job) -> None:
        """In a thread of its own: what the server says, put where the watch finds it."""
        outcome: Outcome | There
        try:
            outcome = self._asked(job)
        except (*FAULTS, OSError, httpx.HTTPError) as error:
            why = f"a fault of ours: {type(error).__name__}: {error}"
            outcome = Failed(Problem("fault", job.target, why, "please report it", fatal=True))
        self._answers.put((job, outcome))

    def _asked(self, job: _Job) -> Outcome | There:
        state, hints = job.state, job.source.hints
        if isinstance(job.asking, Link):
            return self._fetcher.is_there(job.asking.url)
        if isinstance(job.asking, Part):
            seen = job.parts.get(job.asking.url)
            known = seen.known if seen and seen.times >= 2 else Known()
            return self._fetcher.get(job.asking.url, replace(hints, url=state.address, part=True), known)
        conditional = state.sightings >= 2 or job.kept is not None
        return self._fetcher.get(job.source.url, hints, Known(state.etag, state.modified) if conditional else Known())

    def _take_one(self, until: float | None) -> None:
        """Wait for an answer, or for what comes next, and take it in."""
        try:
            answer = self._answers.get(timeout=self._patience(until))
        except Empty:
            return
        if answer is not None:
            self._take(*answer)

    def _patience(self, until: float | None) -> float:
        """Seconds to wait for an answer: until something is due, and never long, because clocks jump."""
        now = monotonic()
        waiting = [(job, self._host(self._next(job))) for job in self._jobs.values() if not self._idle(job)]
        ends = [max(now if job.errands else job.due, host.free_at) for job, host in waiting if not host.busy]
        ends += [now + RELOAD, *([] if until is None else [until])]
        return min(max(min(ends) - now, 0.002), RELOAD)

    # -- taking in -------------------------------------------------------------------------------------------------

    def _take(self, job: _Job, outcome: Outcome | There) -> None:
        self._free(job, outcome)
        job.running, asking = False, job.asking
        job.asking = None
        try:
            if asking is None:
                self._take_page(job, outcome)
            else:
                self._keep(job, self._other(job, asking, outcome))
        except (RecordBusyError, RecordFullError) as error:
            problem = Problem("record", job.source.url, error.why, error.mend, fatal=True)
            self._drop_errands(job)
            step = self._failed(job, Failed(problem))
            job.state, job.due = step.state, self._planned(step.state)
            self._say(step)

    def _take_page(self, job: _Job, outcome: Outcome | There) -> None:
        job.done = self._once
        assert not isinstance(outcome, There)
        step = self._jittered(self._step(job, outcome))
        self._keep(job, step)
        job.due = self._planned(step.state)
        if step.what in ("fetched", "same"):
            self._plan(job, step)

    def _keep(self, job: _Job, step: Step) -> None:
        if step.state != job.stored:
            self._story.keep_watched(job.source, step.state)
        job.state = job.stored = step.state
        self._say(step)

    def _say(self, step: Step) -> None:
        self.failed += step.what == "failed"
        self._tell(step)

    def _free(self, job: _Job, outcome: Outcome | There) -> None:
        """Let the host be asked again after a while: longer when it, or its robots.txt, asks for it."""
        host = self._host(job.target)
        gap = max(min(self._pace.gap, job.source.every), self._fetcher.robots.delay(job.target))
        asked = outcome.wait or 0.0 if isinstance(outcome, Failed) else 0.0
        host.busy, host.free_at = False, monotonic() + max(gap * self._random.uniform(1.0, 1.5), asked)

    def _planned(self, state: Watched) -> float:
        """When the source is due by `monotonic`."""
        left = (state.next_at - self._now()).total_seconds() if state.next_at else 0.0
        return monotonic() + max(left, 0.0)

    def _jittered(self, step: Step) -> Step:
        """With the next request a little later by chance, so that sources don't march in step."""
        if step.state.next_at is None:
            return step
        late = (step.state.next_at - step.at) * self._random.uniform(0.0, 0.1)
        return replace(step, state=replace(step.state, next_at=step.state.next_at + late))

    def _step(self, job: _Job, outcome: Outcome) -> Step:
        if isinstance(outcome, Failed):
            return self._failed(job, outcome)
        if isinstance(outcome, NotModified):
            return self._same(job, outcome)
        return self._fetched(job, outcome)

    def _failed(self, job: _Job, outcome: Failed) -> Step:
        at = self._now()
        state = watch.failed(
            job.state, job.source, outcome.problem, at, wait=outcome.wait, gone=outcome.gone, pace=self._pace
        )
        return Step(at, job.source, state, "failed", problem=outcome.problem)

    def _same(self, job: _Job, outcome: NotModified) -> Step:
        """Not modified: taken in a second time, to prove what the page no longer shows, and then no more."""
        result = taken = None
        if job.state.sightings < 2 and job.kept is not None:
            capture = self._later(job, job.kept, outcome.seen_at)
            result, taken = self._story.add([capture]), capture.seen_at
        look = watch.Look(outcome.seen_at, result.versions if result else 0, taken_at=taken)
        return self._looked(job, _led(look, result), "same", result)

    def _fetched(self, job: _Job, outcome: Fetched) -> Step:
        mark, seen_at = outcome.capture.hash, outcome.capture.seen_at
        capture = self._later(job, outcome.capture, seen_at)
        closing = watch.closing(capture.body, seen_at)
        look = watch.Look(
            seen_at, 0, mark, outcome.known.etag, outcome.known.modified, closing=closing,
            address=capture.hints.url or job.source.url,
        )  # fmt: skip
        if watch.enough(job.state, mark):
            return self._looked(job, look, "same", None)
        result = self._story.add([capture])
        fatal = next((p for p in result.problems if p.fatal), None)
        if fatal and not (result.added or result.known):
            return self._failed(job, Failed(fatal))
        job.kept, job.rising = capture, result.rising if result.added else job.rising
        look = _led(replace(look, versions=result.versions, taken_at=capture.seen_at), result)
        return self._looked(job, look, "same" if mark == job.state.hash else "fetched", result, len(capture.body))

    def _looked(self, job: _Job, look: watch.Look, what: str, result: AddResult | None, size: int = 0) -> Step:
        state = watch.after(job.state, job.source, look, self._pace)
        if state.sightings >= 2:
            job.kept = None
        return Step(look.at, job.source, state, "ended" if state.ended else what, result, size=size)

    def _later(self, job: _Job, capture: Capture, seen_at: datetime) -> Capture:
        """The capture seen at that moment, and in any case after the one before it, whatever the clock says."""
        last = job.state.seen_at
        moment = seen_at if last is None else max(seen_at, last + timedelta(microseconds=1))
        hints: Hints = replace(capture.hints, seen_at=moment)
        return replace(capture, seen_at=moment, hints=hints)

    # -- what else is asked of the page's site -----------------------------------------------------------------------

    def _plan(self, job: _Job, step: Step) -> None:
        """After an answer of the page: what else its site is asked."""
        state, now = job.state, self._now()
        if not state.page or not (step.result or state.more or job.asked or job.links is None):
            return
        history = self._story.whereabouts(state.page)
        fresh = [g for g in history.gaps if step.result and g.at == state.seen_at]
        whole = state.more_at is None or (now - state.more_at).total_seconds() >= self._pace.parts_every
        if state.more and job.chain is None and self._pace.parts and (whole or any(g.open for g in fresh)):
            job.chain = Chain(whole, hashes={state.hash})
            job.errands.append(Part(state.more))
        elif state.more and job.chain is None and state.tail and self._pace.parts:
            job.chain = Chain(whole=True, hashes={state.hash}, tail=True)
            job.errands.append(Part(state.tail))
        elif fresh or not history.gaps:
            self._note_gaps(job, "nothing can be done: the page has moved on" if fresh else "")
        if self._pace.links and job.links is not False and not any(isinstance(one, Link) for one in job.errands):
            checked = job.links is True
            job.errands += errands.links(history, state.address, job.asked, now, self._pace, checked=checked)

    def _drop_errands(self, job: _Job) -> None:
        job.errands.clear()
        job.chain = None

    def _other(self, job: _Job, asking: Errand, outcome: Outcome | There) -> Step:
        if isinstance(asking, Link):
            return self._link(job, asking, outcome)
        assert not isinstance(outcome, There)
        return self._part(job, asking, outcome)

    def _part(self, job: _Job, part: Part, outcome: Outcome) -> Step:
        """Take in a further part of the page, and go on to the next where there is one that may hold something new."""
        chain, at = job.chain or Chain(whole=False), self._now()
        if isinstance(outcome, Failed):
            return self._lost(job, part.url, outcome.problem)
        seen = job.parts.get(part.url)
        chain.parts += 1
        if isinstance(outcome, NotModified) or (seen and seen.times >= 2 and seen.hash == outcome.capture.hash):
            self._go_on(job, part, seen.more if seen else None, more=chain.whole)
            return Step(at, job.source, job.state, "same", asked=part.url)
        mark = outcome.capture.hash
        if mark in chain.hashes:
            why = "its site gives the same page again for its older posts"
            return self._lost(job, part.url, Problem("no-parts", part.url, why, "nothing to do"))
        chain.hashes.add(mark)
        capture = self._later(job, outcome.capture, outcome.capture.seen_at)
        result = self._story.add([capture])
        if fatal := next((p for p in result.problems if p.fatal), None):
            return self._lost(job, part.url, fatal)
        times = seen.times + 1 if seen and seen.hash == mark else 1
        job.parts[part.url] = PartSeen(outcome.known, mark, result.more, times)
        state = replace(job.state, seen_at=capture.seen_at, versions=job.state.versions + result.versions)
        job.state = state
        self._go_on(job, part, result.more, more=chain.whole or any(g.at == capture.seen_at for g in result.gaps))
        return Step(at, job.source, job.state, "part", result, size=len(capture.body), asked=part.url)

    def _go_on(self, job: _Job, part: Part, url: str | None, *, more: bool) -> None:
        """Follow the page to its next part, or end the way there."""
        chain = job.chain or Chain(whole=False)
        if url and more and chain.parts < self._pace.parts:
            job.errands.appendleft(Part(url))
            return
        job.chain = None
        if chain.whole:
            at = job.state.more_at if chain.tail else self._now()
            job.state = replace(job.state, more_at=at, tail=part.url if job.rising or chain.tail else "")
        self._note_gaps(job, f"follow more than {self._pace.parts} parts: --parts" if url and more else "")

    def _lost(self, job: _Job, url: str, problem: Problem) -> Step:
        """A part that can't be had: the way there ends, till the next time."""
        job.chain = None
        job.state = replace(job.state, more_at=self._now(), tail="")
        self._note_gaps(job, "")
        return Step(self._now(), job.source, job.state, "lost", problem=replace(problem, where=url), asked=url)

    def _note_gaps(self, job: _Job, mend: str) -> None:
        """Keep which posts may be missing, and tell it where it is new."""
        told = errands.gap(self._story.whereabouts(job.state.page), self._now())
        if told == job.state.gap:
            return
        state = job.state = replace(job.state, gap=told)
        if told:
            self._keep(
                job, Step(self._now(), job.source, state, "gap", problem=Problem("gap", state.address, told, mend))
            )

    def _link(self, job: _Job, link: Link, outcome: Outcome | There) -> Step:
        """What a post's own address says of it."""
        at = self._now()
        if not isinstance(outcome, There):
            if not link.shown:
                job.asked[link.post] = at
            problem = outcome.problem if isinstance(outcome, Failed) else None
            if link.shown:
                self._no_links(job)
            return Step(at, job.source, job.state, "lost", problem=problem, asked=link.url)
        if link.shown:
            job.links = not outcome.gone
            if outcome.gone:
                self._no_links(job)
            return Step(at, job.source, job.state, "there", asked=link.url)
        job.asked[link.post] = at
        if not outcome.gone:
            return Step(at, job.source, job.state, "there", asked=link.url)
        seen_at = max(outcome.seen_at, (job.state.seen_at or outcome.seen_at) + timedelta(microseconds=1))
        proved = self._story.gone(job.state.page, link.post, seen_at, outcome.status)
        state = replace(job.state, seen_at=seen_at, versions=job.state.versions + proved, changed_at=at)
        return Step(at, job.source, state, "removed" if proved else "there", asked=link.url)

    def _no_links(self, job: _Job) -> None:
        """The own addresses of posts that are shown don't work: those of missing ones would prove nothing."""
        job.links = False
        job.errands = deque(one for one in job.errands if not isinstance(one, Link))


def _led(look: watch.Look, result: AddResult | None) -> watch.Look:
    """With where the page went in the record, if it did."""
    return replace(look, page=result.page, more=result.more) if result and result.added else look


def _host_of(url: str) -> str:
    try:
        return httpx.URL(url).netloc.decode("ascii").lower()
    except httpx.InvalidURL:
        return url
