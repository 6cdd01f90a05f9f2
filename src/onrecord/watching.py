"""A record and its sources → the record kept up with its pages, until it is told to stop.

Requests run beside each other, one at a time for each host; the record is written by the one thread that runs the
watch. Each answer goes in as a whole and then what is known of its source, so that a watch that is killed at any moment
goes on where it was: at worst it asks once more for what it has.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic

import httpx

from onrecord.errors import RecordBusyError, RecordFullError
from onrecord.model import Capture, Hints, Problem, Source, Watched
from onrecord.reading import FAULTS
from onrecord.sources import watch
from onrecord.sources.fetch import Failed, Fetched, Fetcher, Known, NotModified, Outcome
from onrecord.story import AddResult, Story

RELOAD = 1.0
"""Seconds after which the record is asked for its sources again: they may be changed while they are watched."""
GAP = 1.0
"""Seconds between two requests to one host at least, unless a source of it may be asked more often."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that the watch did, for people and programs to see."""

    at: datetime
    source: Source
    state: Watched
    what: str
    """fetched, same, failed or ended."""
    result: AddResult | None = None
    problem: Problem | None = None
    size: int = 0
    """Bytes of the page that came."""


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
        self._answers: SimpleQueue[tuple[_Job, Outcome] | None] = SimpleQueue()
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
        """Watch until `stop`, for some seconds, or until each source was asked once; `beat` is called in between."""
        self._once = once
        until = None if seconds is None else monotonic() + seconds
        while not self._stopping and (until is None or monotonic() < until):
            self._reload()
            self._start_due()
            if once and all(job.done for job in self._jobs.values()):
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
        return _Job(source, state, state, self._due(source, state), done=self._once and (idle or asked))

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
        if self._idle(job):
            return False
        planned = job.state.next_at
        due = monotonic() >= job.due or (planned is not None and self._now() >= planned)
        host = self._host(job.source)
        return due and not host.busy and monotonic() >= host.free_at

    def _idle(self, job: _Job) -> bool:
        """True when there is nothing to ask for: it is being asked, has been asked, or is not to be."""
        return bool(job.running or job.done or job.source.paused or job.state.ended)

    def _host(self, source: Source) -> _Host:
        return self._hosts.setdefault(_host_of(source.url), _Host())

    # -- asking ----------------------------------------------------------------------------------------------------

    def _start(self, job: _Job) -> None:
        job.running = True
        self._host(job.source).busy = True
        Thread(target=self._ask, args=(job,), daemon=True, name=f"fetch {job.source.url}").start()

    def _ask(self, job: _Job) -> None:
        """In a thread of its own: what the server says, put where the watch finds it."""
        state = job.state
        conditional = state.sightings >= 2 or job.kept is not None
        known = Known(state.etag, state.modified) if conditional else Known()
        try:
            outcome = self._fetcher.get(job.source.url, job.source.hints, known)
        except (*FAULTS, OSError, httpx.HTTPError) as error:
            why = f"a fault of ours: {type(error).__name__}: {error}"
            outcome = Failed(Problem("fault", job.source.url, why, "please report it", fatal=True))
        self._answers.put((job, outcome))

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
        waiting = [(job, self._host(job.source)) for job in self._jobs.values() if not self._idle(job)]
        ends = [max(job.due, host.free_at) for job, host in waiting if not host.busy]
        ends += [now + RELOAD, *([] if until is None else [until])]
        return min(max(min(ends) - now, 0.002), RELOAD)

    # -- taking in -------------------------------------------------------------------------------------------------

    def _take(self, job: _Job, outcome: Outcome) -> None:
        job.running, job.done = False, self._once
        self._free(job, outcome)
        try:
            step = self._jittered(self._step(job, outcome))
            self._story.keep_watched(job.source, step.state)
            job.stored = step.state
        except (RecordBusyError, RecordFullError) as error:
            problem = Problem("record", job.source.url, error.why, error.mend, fatal=True)
            step = self._failed(job, Failed(problem))
        job.state = step.state
        job.due = self._planned(job)
        self.failed += step.what == "failed"
        self._tell(step)

    def _free(self, job: _Job, outcome: Outcome) -> None:
        """Let the host be asked again after a while: longer when it, or its robots.txt, asks for it."""
        host, source = self._host(job.source), job.source
        gap = max(min(GAP, source.every), self._fetcher.robots.delay(source.url))
        asked = outcome.wait or 0.0 if isinstance(outcome, Failed) else 0.0
        host.busy, host.free_at = False, monotonic() + max(gap * self._random.uniform(1.0, 1.5), asked)

    def _planned(self, job: _Job) -> float:
        """When the source is due by `monotonic`."""
        left = (job.state.next_at - self._now()).total_seconds() if job.state.next_at else 0.0
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
        return self._looked(job, look, "same", result)

    def _fetched(self, job: _Job, outcome: Fetched) -> Step:
        mark, seen_at = outcome.capture.hash, outcome.capture.seen_at
        capture = self._later(job, outcome.capture, seen_at)
        closing = watch.closing(capture.body, seen_at)
        look = watch.Look(seen_at, 0, mark, outcome.known.etag, outcome.known.modified, closing=closing)
        if watch.enough(job.state, mark):
            return self._looked(job, look, "same", None)
        result = self._story.add([capture])
        fatal = next((p for p in result.problems if p.fatal), None)
        if fatal and not (result.added or result.known):
            return self._failed(job, Failed(fatal))
        job.kept = capture
        look = replace(look, versions=result.versions, taken_at=capture.seen_at)
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


def _host_of(url: str) -> str:
    try:
        return httpx.URL(url).netloc.decode("ascii").lower()
    except httpx.InvalidURL:
        return url
