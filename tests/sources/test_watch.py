"""When to look again, and how a source is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from onrecord.model import Problem, Source, Watched
from onrecord.sources import watch_metrics
from onrecord.sources.watch import Look, Pace, after, closing, enough, failed, health, span

NOON = datetime(2025, 3, 13, 12, tzinfo=UTC)
LIVE = Source("https://nord.example/live", "Nord Live", every=60)
FAULT = Problem("server-error", LIVE.url, "the server has a fault (500)", fatal=True)


def looks(*versions: int, state: Watched = Watched(), step: timedelta = timedelta(minutes=1)) -> Watched:  # noqa: B008
    for number, count in enumerate(versions):
        at = NOON + number * step
        state = after(state, LIVE, Look(at, count, f"{number}", taken_at=at))
    return state


def test_waits_grow_while_it_is_quiet_and_shrink_when_news_comes() -> None:
    busy = looks(5, 1, 2)
    assert busy.wait == 60
    quiet = looks(*[0] * 30, state=busy)
    assert quiet.wait == Pace().slowest
    assert quiet.next_at == NOON + timedelta(minutes=29, seconds=1800)
    assert looks(3, state=quiet).wait == 450
    assert looks(*[1] * 6, state=quiet).wait == 60


@given(counts=st.lists(st.integers(0, 2), max_size=40), every=st.sampled_from([10.0, 60.0, 7200.0]))
def test_never_more_often_than_asked_and_never_forgotten(counts: list[int], every: float) -> None:
    source, state = replace(LIVE, every=every), Watched()
    for count in counts:
        state = after(state, source, Look(NOON, count, "h"))
        assert every <= state.wait <= max(Pace().slowest, every)


def test_failures_back_off_to_a_ceiling_and_are_forgotten_by_an_answer() -> None:
    state = Watched()
    waits = []
    for _ in range(10):
        state = failed(state, LIVE, FAULT, NOON)
        assert state.next_at
        waits.append((state.next_at - NOON).total_seconds())
    assert waits[:4] == [60, 120, 240, 480]
    assert waits[-1] == Pace().longest
    assert failed(state, LIVE, FAULT, NOON, wait=9000).next_at == NOON + timedelta(seconds=9000)
    assert failed(state, LIVE, FAULT, NOON, gone=True).ended
    well = after(state, LIVE, Look(NOON))
    assert (well.failures, well.problem, well.failing_since) == (0, "", None)


def test_bytes_are_enough_when_they_are_in_twice_running() -> None:
    state = after(Watched(), LIVE, Look(NOON, 1, "a", taken_at=NOON))
    assert not enough(state, "a")
    for second in (Look(NOON, 0, "a", taken_at=NOON), Look(NOON, 0, "", taken_at=NOON)):
        assert enough(after(state, LIVE, second), "a")
    assert not enough(after(state, LIVE, Look(NOON)), "a")  # not modified, and not taken in
    assert not enough(after(state, LIVE, Look(NOON, 1, "b", taken_at=NOON)), "a")


def test_a_page_has_ended_when_it_says_so_and_is_quiet_since() -> None:
    said = "its page says: this live blog is now closed"
    state = after(Watched(), LIVE, Look(NOON, 3, "a", closing=said))
    assert not state.ended
    early = after(state, LIVE, Look(NOON + timedelta(hours=8)))
    assert not early.ended
    assert after(early, LIVE, Look(NOON + timedelta(hours=13))).ended == said
    assert not after(early, LIVE, Look(NOON + timedelta(hours=13), 1, "b", closing=said)).ended
    assert not after(early, LIVE, Look(NOON + timedelta(hours=13), 0, "b")).ended  # it says so no more


def test_pages_say_in_two_ways_that_they_have_ended() -> None:
    assert "2025-03-13 09:30" in closing(b'{"coverageEndTime": "2025-03-13T10:30:00+01:00"}', NOON)
    assert not closing(b'{"coverageEndTime":"2025-03-13T23:59:59Z"}', NOON)
    assert not closing(b'{"coverageEndTime":"2025-99-99T00:00:00Z"}', NOON)
    assert "now closed" in closing("<p>This live blog is now closed. We’ll be back.</p>".encode(), NOON)
    assert not closing(b"<p>The bridge is now closed.</p>", NOON)


def test_how_a_source_is_in_words() -> None:
    now = NOON + timedelta(hours=5)
    assert health(LIVE, None, NOON) == "not asked yet"
    assert health(replace(LIVE, paused=True), None, NOON) == "paused"
    well = after(Watched(), LIVE, Look(NOON, 3, "a"))
    assert health(LIVE, well, NOON + timedelta(seconds=20)) == "news 20 seconds ago; asked again in 40 seconds"
    assert health(LIVE, well, now) == "quiet for 5 hours; to be asked now"
    bad = failed(failed(well, LIVE, FAULT, now), LIVE, FAULT, now)
    assert health(LIVE, bad, now) == "fails (2 times running): the server has a fault (500); asked again in 2 minutes"
    assert health(LIVE, failed(well, LIVE, FAULT, now, gone=True), now) == "ended: its page is gone"
    assert [span(s) for s in (0, 1, 59.6, 90, 3600, 7300, 300_000)] == [
        "0 seconds", "1 second", "60 seconds", "1 minute", "1 hour", "2 hours", "3 days"
    ]  # fmt: skip


def test_metrics_are_in_the_form_that_prometheus_reads() -> None:
    odd = Source('https://nord.example/"a\\b"', "Nord\nLive")
    text = watch_metrics.text([(LIVE, looks(5, 1)), (odd, failed(Watched(), odd, FAULT, NOON))], 42)
    lines = text.splitlines()
    assert "onrecord_change 42" in lines
    assert 'onrecord_source_versions_total{url="https://nord.example/live",outlet="Nord Live"} 6' in lines
    assert 'onrecord_source_up{url="https://nord.example/\\"a\\\\b\\"",outlet="Nord\\nLive"} 0' in lines
    stamp = (NOON + timedelta(minutes=1)).timestamp()
    assert f'onrecord_source_checked_timestamp_seconds{{url="{LIVE.url}",outlet="Nord Live"}} {stamp:.0f}' in lines
