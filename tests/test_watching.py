"""A record's sources, watched."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Lock
from time import monotonic, sleep

import pytest

from onrecord.errors import RecordBusyError, RecordFullError
from onrecord.model import Capture, Source, Watched
from onrecord.sources.fetch import Fetcher
from onrecord.story import AddResult, Story
from onrecord.watching import Step, Watch
from tests.replay.forker import LIMITS
from tests.replay.page import TEXTS, VERSIONS
from tests.replay.server import Reply, Server

PAGE = Reply(VERSIONS[2].body, headers={"ETag": '"3"'})


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Story]:
    with Story.create(tmp_path / "story.db") as made:
        yield made


def serve(reply: Reply = PAGE) -> Server:
    def answer(_path: str, headers: Mapping[str, str]) -> Reply:
        return Reply(status=304) if headers.get("if-none-match") == '"3"' else reply

    return Server(answer)


def watched(story: Story, steps: list[Step], **more: object) -> Watch:
    return Watch(story, Fetcher(LIMITS), steps.append, **more)  # type: ignore[arg-type]


def answered(story: Story, count: int) -> list[Step]:
    """Watch until so many answers are taken in."""
    steps: list[Step] = []

    def tell(step: Step) -> None:
        steps.append(step)
        if len(steps) == count:
            watch.stop()

    watch = Watch(story, Fetcher(LIMITS), tell)
    watch.run(seconds=60)
    return steps


def captures(story: Story) -> int:
    return sum(kind == "capture" for _, _, kind, _ in story.log())


def test_once_asks_each_source_once_but_not_the_paused_and_the_ended(story: Story) -> None:
    with serve() as server:
        sources = [Source(f"{server.url}/{name}", every=0.01) for name in ("live", "paused", "ended", "other")]
        story.keep_source(sources[0])
        story.keep_source(replace(sources[1], paused=True))
        story.keep_source(sources[2])
        story.keep_source(sources[3])
        story.keep_watched(sources[2], Watched(fetches=1, ended="its page says so"))
        steps: list[Step] = []
        watched(story, steps).run(once=True)
        watched(story, steps).run(once=True)
        assert sorted(server.paths()) == ["/live"] * 2 + ["/other"] * 2
    assert len(list(story.posts())) == 6


def test_an_unchanged_page_is_taken_in_twice_and_then_costs_nothing(story: Story) -> None:
    with serve() as server:
        story.keep_source(Source(f"{server.url}/live", every=0.01))
        steps = answered(story, 5)
        assert sum("if-none-match" in headers for _, headers in server.asked) >= len(server.paths()) - 1
    assert captures(story) == 2
    assert [step.what for step in steps[:3]] == ["fetched", "same", "same"]
    assert {v.number for v in story.posts()} == {1}


def test_a_restart_goes_on_where_it_was(story: Story) -> None:
    with serve() as server:
        story.keep_source(Source(f"{server.url}/live", every=3600))
        answered(story, 1)
        watched(story, []).run(seconds=0.3)
        assert len(server.paths()) == 1  # the second watch knows that it is not due
        (state,) = story.watched().values()
        assert state.next_at
        assert 3590 < (state.next_at - datetime.now(UTC)).total_seconds() < 3970


def test_a_clock_that_was_set_back_delays_nothing_and_turns_nothing_round(story: Story) -> None:
    source = Source("http://127.0.0.1/live", every=0.2)
    with serve() as server:
        source = replace(source, url=f"{server.url}/live")
        story.keep_source(source)
        watched(story, []).run(once=True)
        before = story.watched()[source.id]
        assert before.seen_at
        ahead = replace(before, next_at=before.next_at and before.next_at + timedelta(days=30))
        ahead = replace(ahead, seen_at=before.seen_at + timedelta(days=30), etag=None, modified=None)
        story.keep_watched(source, ahead)  # as a clock that ran a month ahead left it
        answered(story, 1)
        after = story.watched()[source.id]
        assert after.seen_at
        assert ahead.seen_at
        assert ahead.seen_at < after.seen_at < ahead.seen_at + timedelta(seconds=1)


def test_after_a_laptops_sleep_what_is_overdue_is_asked_at_once(story: Story) -> None:
    slept = [timedelta(0)]
    steps: list[Step] = []
    with serve() as server:
        story.keep_source(Source(f"{server.url}/live", every=3600))

        def tell(step: Step) -> None:
            steps.append(step)
            slept[0] += timedelta(hours=2)  # the clock on the wall goes on, and the one that only goes forward stands
            if len(steps) == 3:
                watch.stop()

        watch = watched(story, steps, now=lambda: datetime.now(UTC) + slept[0])
        watch._tell = tell
        started = monotonic()
        watch.run(seconds=60)
    assert len(steps) == 3
    assert monotonic() - started < 20


def test_the_record_s_being_busy_costs_one_round(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    real, faults = story.keep_watched, [RecordBusyError("another process holds the record", "wait")]

    def keep(source: Source, state: Watched) -> None:
        if faults:
            raise faults.pop()
        real(source, state)

    monkeypatch.setattr(story, "keep_watched", keep)
    with serve() as server:
        story.keep_source(Source(f"{server.url}/live", every=0.05))
        steps = answered(story, 2)
    assert [(step.what, step.problem.code if step.problem else "") for step in steps] == [
        ("failed", "record"), ("fetched", "")
    ]  # fmt: skip
    assert {v.number for v in story.posts()} == {1}


def test_a_host_gets_one_request_at_a_time_and_other_hosts_wait_for_nobody(story: Story) -> None:
    lock, busy, most = Lock(), [0], [0]

    def answer(_path: str, _headers: Mapping[str, str]) -> Reply:
        return PAGE

    class Slow(Server):
        def _reply(self, path: str, headers: Mapping[str, str]) -> Reply:
            with lock:
                busy[0] += 1
                most[0] = max(most[0], busy[0])
            sleep(0.05)
            with lock:
                busy[0] -= 1
            return super()._reply(path, headers)

    with Slow(answer) as server, serve(Reply(b"", hang=0.25)) as slow:
        for name in "abc":
            story.keep_source(Source(f"{server.url}/{name}", every=0.02))
        story.keep_source(Source(f"{slow.url}/hangs", every=0.02))
        answered(story, 12)
        assert most[0] == 1
        assert len(server.paths()) > len(slow.paths())


def test_sources_may_change_while_they_are_watched(story: Story) -> None:
    paused: list[float] = []
    asked: list[int] = []
    with serve() as server:
        source = Source(f"{server.url}/live", every=0.01)
        story.keep_source(source)
        watch = watched(story, [])

        def beat() -> None:
            if server.paths() and not paused:
                paused.append(monotonic())
                story.keep_source(replace(source, paused=True))
            if paused and monotonic() - paused[0] > 5:
                asked.append(len(server.paths()))
            if len(asked) == 3:
                watch.stop()

        watch.run(seconds=60, beat=beat)
        assert len(set(asked)) == 1  # it was noticed within seconds, and nothing was asked after that


def test_a_source_s_language_holds_where_its_page_says_none(story: Story) -> None:
    bare = Reply(VERSIONS[0].body.replace(b' lang="en"', b"").replace(TEXTS["a"].encode(), b"Bron."))
    told = Reply(VERSIONS[0].body)
    with serve(bare) as silent, serve(told) as speaking:
        for server in (silent, speaking):
            story.keep_source(Source(f"{server.url}/live", language="sv", every=0.05))
            watched(story, []).run(once=True)
            (page,) = [s.page for s in story.watched().values() if server.url in s.address or not s.address]
            assert story.whereabouts(page).language == ("sv" if server is silent else "en")
            story.drop_source(story.sources()[0])


def test_a_full_disk_is_told_and_the_page_is_asked_again(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    real, faults = story.add, [RecordFullError("the disk is full", "make room"), None]

    def add(captures: list[Capture]) -> AddResult:
        fault = faults.pop(0) if faults else None
        if fault:
            raise fault
        return real(captures)

    monkeypatch.setattr(story, "add", add)
    with serve() as server:
        story.keep_source(Source(f"{server.url}/live", every=0.05))
        steps = answered(story, 2)
    assert [step.what for step in steps[:2]] == ["failed", "fetched"]
    assert steps[0].problem is not None
    assert steps[0].problem.code == "record"


def test_what_is_no_page_is_a_failure_and_leaves_nothing(story: Story) -> None:
    steps: list[Step] = []
    with serve(Reply(bytes(range(256)) * 50)) as server:
        story.keep_source(Source(f"{server.url}/live", every=0.05))
        watched(story, steps).run(once=True)
    assert [step.problem.code for step in steps if step.problem] == ["not-text"]
    assert captures(story) == 0
