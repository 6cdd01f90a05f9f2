"""What must hold of every record, whatever goes in (DESIGN section 2)."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.evidence import stands
from onrecord.model import Capture, Event, Settings, Span
from onrecord.reading import capture_of
from onrecord.store import Record
from onrecord.story import Story, View
from tests.story_maker import SENTENCES, live, note, shown, told

SAID = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3).map(" ".join)
OUTLETS = {"a": "Nord", "b": "Fjord", "c": "Nord"}
NOTES = st.builds(
    lambda text, page, hours: note(text, page, outlet=OUTLETS[page], hours=hours),
    SAID,
    st.sampled_from("abc"),
    st.integers(0, 3),
)
LIVE = st.builds(
    live,
    st.lists(st.tuples(st.sampled_from(["p1", "p2", "p3"]), SAID), unique_by=lambda p: p[0], max_size=3),
    hours=st.integers(0, 3),
)
ODD = st.one_of(
    st.binary(max_size=60),
    st.text(max_size=60).map(lambda t: t.encode("utf-8", "replace")),
    SAID.map(lambda t: f"<html><body><article><p>{t}<p".encode()),
    SAID.map(lambda t: t.encode("utf-16")),
    SAID.map(
        lambda t: b'<script type="application/ld+json">{"@type":"LiveBlogPosting","liveBlogUpdate":[' + t.encode()
    ),
)
BAD = st.builds(capture_of, ODD, st.sampled_from(["x.txt", "y.html", "z"]))


def captures(*kinds: st.SearchStrategy[Capture], size: int = 5) -> st.SearchStrategy[list[Capture]]:
    """Captures of a few pages at a few moments."""
    return st.lists(st.one_of(*kinds), min_size=1, max_size=size)


few = settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))


@contextmanager
def record() -> Iterator[tuple[Path, Story]]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "story.db"
        with Story(Record.create(path, Settings("Flood", "UTC", ("NO",)))) as story:
            yield path, story


def derived(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows of the derived tables, but for their generation and the numbers that count writes."""
    queries = {
        "histories": "SELECT page, change, history FROM histories ORDER BY 1",
        "readings": "SELECT page, post, at, public, view FROM readings ORDER BY 1, 2",
        "tellings": "SELECT id, page, post, gone, telling FROM tellings ORDER BY 1",
        "words": "SELECT page, post, words FROM post_words ORDER BY 1, 2",
        "keys": "SELECT key, telling FROM telling_keys ORDER BY 1, 2",
        "events": "SELECT id, first, part_of, thread, event FROM events ORDER BY 1",
        "happenings": "SELECT happening, event, at FROM event_happenings ORDER BY 1",
        "search": "SELECT page, post, words FROM search ORDER BY 1, 2",
        "links": "SELECT kind, node, known FROM links ORDER BY 1, 2",
        "threads": "SELECT name, page, post, day, told FROM told_posts ORDER BY 1",
        "slots": "SELECT slot, post FROM slots ORDER BY 1, 2",
        "touched": "SELECT kind, name FROM touched",
    }
    raw = sqlite3.connect(path)
    try:
        return {name: raw.execute(query).fetchall() for name, query in queries.items()}
    finally:
        raw.close()


@given(taken=captures(NOTES, LIVE), step=st.integers(1, 3))
@few
def test_1_facts_alone_give_the_record(taken: Sequence[Capture], step: int) -> None:
    with record() as (path, story):
        for at in range(0, len(taken), step):
            story.add(taken[at : at + step])
        before = derived(path)
        assert story.rebuild() == 0
        assert derived(path) == before
        assert story.rebuild(reread=True) == 0
        assert derived(path) == before


@given(taken=captures(NOTES, LIVE, BAD))
@few
def test_2_evidence_is_verbatim(taken: Sequence[Capture]) -> None:
    with record() as (_, story):
        story.add(taken)
        for view in story.posts():
            texts, read = {view.post.id: view.post.text}, view.reading
            spans = [span for s in read.statements for span in (*s.content, s.cue, s.standing_by)]
            spans += [s.speaker.span for s in read.statements if s.speaker]
            spans += [span for h in read.happenings for span in (h.span, h.scope)]
            spans += [p.span for p in read.places] + [d.span for d in read.dates] + [f.span for f in read.figures]
            assert all(stands(span, texts) for span in spans)
        posts = {(v.page, v.post.id): v.post.text for v in story.posts()}
        assert all(_stands(event, posts) for event in story.events())


def _stands(event: Event, posts: dict[tuple[str, str], str]) -> bool:
    spans: list[tuple[str, Span]] = [(t.page, t.happening.span) for t in event.tellings]
    where = [t.page for t in event.tellings if t.post == event.headline_from.post]
    head = any(
        stands(event.headline_from, {event.headline_from.post: posts[page, event.headline_from.post]}) for page in where
    )
    return head and all(stands(span, {span.post: posts[page, span.post]}) for page, span in spans)


@given(taken=captures(NOTES, LIVE), data=st.data())
@few
def test_3_order_and_repeats_do_not_matter(taken: list[Capture], data: st.DataObject) -> None:
    other = data.draw(st.permutations(taken)) + data.draw(st.lists(st.sampled_from(taken), max_size=2))
    with record() as (_, one), record() as (_, two):
        one.add(taken)
        for capture in other:
            two.add([capture])
        assert shown(one) == shown(two)
        assert told(one) == told(two)


@given(taken=captures(NOTES, LIVE), data=st.data())
@few
def test_6_what_recorded_shows_never_changes(taken: list[Capture], data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(taken)))
    with record() as (_, story):
        story.add(taken[:cut])
        view, before = View(recorded=story.changes()), (shown(story), told(story))
        story.add(taken[cut:])
        assert (shown(story, view), told(story, view)) == before


@given(bad=captures(BAD, size=3), good=captures(NOTES, LIVE, size=2), data=st.data())
@few
def test_7_bad_input_never_stops_a_batch(bad: list[Capture], good: list[Capture], data: st.DataObject) -> None:
    with record() as (_, story), record() as (_, alone):
        result = story.add(data.draw(st.permutations([*bad, *good])))
        alone.add(good)
        assert {p.where for p in result.problems if p.fatal} <= {c.where for c in bad}
        mine = [row for row in shown(story) if row[0] in ("Nord", "Fjord", "Nord Live")]
        assert mine == shown(alone)
