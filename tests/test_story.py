"""Captures → a record on disk, and what it shows."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import event

from onrecord.errors import (
    NoRecordError,
    NotFoundError,
    RecordBusyError,
    RecordError,
    RecordFullError,
    RecordVersionError,
)
from onrecord.model import Hints, Settings
from onrecord.reading import capture_of, fold_texts
from onrecord.store import engine
from onrecord.story import Story, View
from tests.story_maker import NOON, SENTENCES, live, note, shown, told

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "story.db"


@pytest.fixture
def story(path: Path) -> Iterator[Story]:
    with Story.create(path, Settings("Flood", "Europe/Oslo", ("NO",))) as made:
        yield made


# -- opening -----------------------------------------------------------------------------------------------------------


def test_keeps_its_settings(path: Path) -> None:
    settings = Settings("Flood", "Europe/Oslo", ("NO", "SE"), ("Laagen Kraft",))
    Story.create(path, settings).close()
    with Story.open(path) as story:
        assert story.settings == settings
        assert (story.changes(), list(story.posts()), story.events()) == (0, [], [])


def test_making_one_leaves_nothing_else_behind_and_never_overwrites(path: Path) -> None:
    Story.create(path).close()
    assert [p.name for p in path.parent.iterdir()] == ["story.db"]
    with pytest.raises(RecordError, match="there already"):
        Story.create(path)
    Story.create(path, Settings("Other"), exist_ok=True).close()
    with Story.open(path) as story:
        assert story.settings.title == "Untitled story"


def test_says_what_is_wrong_with_a_path(tmp_path: Path) -> None:
    text, other = tmp_path / "notes.txt", tmp_path / "other.db"
    text.write_text("no database " * 200)
    sqlite3.connect(other).execute("CREATE TABLE a (b)").connection.close()
    for bad in (text, other, tmp_path):
        with pytest.raises(RecordError):
            Story.open(bad)
    with pytest.raises(NoRecordError, match="onrecord init"):
        Story.open(tmp_path / "none.db")
    with pytest.raises(RecordError, match="no folder"):
        Story.create(tmp_path / "none" / "story.db")


def test_says_when_a_record_is_damaged(path: Path, story: Story) -> None:
    story.add([note(text, str(n)) for n, text in enumerate(SENTENCES)])
    story.close()
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    with pytest.raises(RecordError, match="damaged"):
        Story.open(path)
    path.write_bytes(b"")
    with pytest.raises(RecordError, match="no record"):
        Story.open(path)


def test_refuses_a_record_of_a_newer_version(path: Path, story: Story) -> None:
    story.close()
    with sqlite3.connect(path) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(RecordVersionError, match="newer"):
        Story.open(path)


def test_makes_derived_tables_of_another_shape_anew(path: Path, story: Story) -> None:
    story.add([note(SENTENCES[0], "a")])
    before = shown(story), told(story)
    story.close()
    with sqlite3.connect(path) as raw:
        raw.execute("UPDATE state SET value = '0' WHERE key = 'shape'")
        raw.execute("DROP TABLE readings")
    with Story.open(path) as again:
        assert (shown(again), told(again)) == before


# -- adding ------------------------------------------------------------------------------------------------------------


def test_adding_again_changes_nothing(story: Story) -> None:
    captures = [note(SENTENCES[0], "a"), note(SENTENCES[1], "b", outlet="Fjord Post")]
    assert story.add(captures).added == 2
    changes, before = story.changes(), (shown(story), told(story))
    again = story.add(captures)
    assert (again.added, again.known, story.changes()) == (0, 2, changes)
    assert (shown(story), told(story)) == before


def test_a_file_given_again_later_is_known_and_a_page_fetched_again_is_one_capture_more(story: Story) -> None:
    given = capture_of(b"Kari Moen said nobody was hurt.", "a.txt", Hints(outlet="Nord", published=NOON))
    story.add([given])
    later = capture_of(given.body, given.where, given.hints)
    assert story.add([later]).known == 1
    fetched = [note(SENTENCES[0], "a"), note(SENTENCES[0], "a", hours=1)]
    assert story.add(fetched).added == 2
    assert [v.number for v in story.posts()] == [1, 1]


def test_a_better_hint_for_the_same_file_mends_the_page(story: Story) -> None:
    body = b"Kari Moen said on Tuesday that nobody was hurt."
    bare = capture_of(body, "a.txt", Hints(outlet="Nord", split=False))
    assert [p.code for p in story.add([bare]).problems] == ["no-date"]
    mended = capture_of(body, "a.txt", Hints(outlet="Nord", published=NOON, tz="UTC", split=False))
    assert story.add([mended]).problems == ()
    (view,) = story.posts()
    assert (view.number, view.public_time) == (1, NOON)
    assert [d.value for d in view.reading.dates] == ["2025-03-11"]


def test_an_edit_replaces_what_the_post_says_and_the_old_version_stays(story: Story) -> None:
    story.add([note(SENTENCES[0], "a"), note(SENTENCES[2], "a", hours=2)])
    (view,) = story.posts()
    assert (view.number, view.post.text) == (2, SENTENCES[2])
    assert {s.post for _, s in story.statements()} == {"1"}
    assert [v.post.text for v in story.history()[view.page, "1"]] == [SENTENCES[0], SENTENCES[2]]


def test_a_removed_post_is_marked_and_tells_no_event(story: Story) -> None:
    posts = [("p3", SENTENCES[4]), ("p2", SENTENCES[0]), ("p1", SENTENCES[3])]
    story.add([live(posts)])
    assert len(list(story.posts())) == 3
    story.add([live([posts[0], posts[2]], hours=1), live([posts[0], posts[2]], hours=2)])
    (gone,) = [v for v in story.posts() if v.removed]
    assert (gone.post.id, gone.reading.statements) == ("p2", ())
    assert all(t.post != "p2" for e in story.events() for t in e.tellings)


def test_bad_captures_give_problems_and_the_rest_goes_in(story: Story) -> None:
    bad = [capture_of(b"", "empty.txt"), capture_of(bytes(range(256)) * 20, "picture.png")]
    result = story.add([bad[0], note(SENTENCES[0], "a"), bad[1]])
    assert (result.added, result.known) == (1, 0)
    assert {p.where for p in result.problems if p.fatal} == {"empty.txt", "picture.png"}
    assert len(list(story.posts())) == 1


def test_a_fault_of_the_reader_costs_one_post(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    from onrecord import statements

    extract = statements.extract

    def faulty(posts: object) -> object:
        for post in posts:  # type: ignore[attr-defined]
            if "dam" in post.text:
                raise IndexError("no such word")
            yield from extract([post])

    monkeypatch.setattr(statements, "extract", faulty)
    result = story.add([live([("p2", SENTENCES[5]), ("p1", SENTENCES[0])])])
    assert [p.code for p in result.problems if p.code == "reader-fault"] == ["reader-fault"]
    assert {v.post.id: bool(v.reading.statements) for v in story.posts()} == {"p2": False, "p1": True}
    monkeypatch.undo()
    story.add([live([("p2", SENTENCES[5]), ("p1", SENTENCES[0])], hours=1)])
    assert all(v.reading.statements for v in story.posts())


def test_says_how_far_it_is(story: Story) -> None:
    said: list[tuple[str, int, int | None]] = []
    story.add([note(SENTENCES[0], "a"), note(SENTENCES[1], "b")], lambda *step: said.append(step))
    assert said == [("a.txt", 0, None), ("b.txt", 1, None), ("events", 2, 2)]


# -- asking ------------------------------------------------------------------------------------------------------------


def test_as_of_shows_what_was_public_then(story: Story) -> None:
    story.add([note(SENTENCES[0], "a"), note(SENTENCES[2], "a", hours=2), note(SENTENCES[3], "b", hours=3)])
    at = [View(as_of=NOON + timedelta(hours=h)) for h in (-1, 0, 2, 5)]
    assert [sorted(v.post.text for v in story.posts(view)) for view in at] == [
        [SENTENCES[3]][:0],
        sorted([SENTENCES[0], SENTENCES[3]]),
        sorted([SENTENCES[2], SENTENCES[3]]),
        sorted([SENTENCES[2], SENTENCES[3]]),
    ]
    assert {e.id for e in story.events(at[3])} == {e.id for e in story.events()}
    assert story.events(at[0]) == []


def test_recorded_never_changes(story: Story) -> None:
    steps = [
        note(SENTENCES[0], "a"),
        note(SENTENCES[1], "b"),
        note(SENTENCES[2], "a", hours=1),
        note("Gone.", "b", hours=2),
    ]
    kept = {}
    for step in steps:
        story.add([step])
        kept[story.changes()] = shown(story), told(story)
    story.rebuild()
    for change, before in kept.items():
        view = View(recorded=change)
        assert (shown(story, view), told(story, view)) == before


def test_since_keeps_what_is_newer(story: Story) -> None:
    dated = NOON + timedelta(days=1)
    story.add([note(SENTENCES[0], "a"), note(SENTENCES[3], "b", hours=30, published=dated)])
    view = View(since=NOON + timedelta(hours=1))
    assert [v.post.text for v in story.posts(view)] == [SENTENCES[3]]
    assert story.events(view)
    assert {t.outlet for e in story.events(view) for t in e.tellings} == {"Radio Nord"}
    assert all(any(t.time and t.time >= dated for t in e.tellings) for e in story.events(view))


def test_search_finds_all_words_newest_first(story: Story) -> None:
    captures = [
        note(SENTENCES[0], "a"),
        note(SENTENCES[1], "b", hours=3, published=NOON + timedelta(hours=3)),
        note(SENTENCES[4], "c", hours=1),
    ]
    story.add(captures)
    for view in (View(), View(as_of=NOON + timedelta(days=1))):
        assert [v.post.text for v in story.search("flood killed", view)] == [SENTENCES[1], SENTENCES[0]]
        assert [v.post.text for v in story.search('"Radio Nord" march*', view)] == [SENTENCES[4]]
        assert list(story.search('"Nord Radio"', view)) == []
    for odd in ("", "  ", '"', "AND", "*", "flood OR NOT (", "a:b", "😀"):
        list(story.search(odd))
    story.add([note("Nothing.", "a", hours=5)])
    assert [v.post.text for v in story.search("flood killed")] == [SENTENCES[1]]


def test_why_leads_from_a_statement_to_its_events(story: Story) -> None:
    story.add([note(SENTENCES[0], "a")])
    event = story.events()[0]
    telling = event.tellings[0]
    assert event in story.why(telling.statement.id)
    assert event in story.why(telling.id)
    assert story.why(event.id) == (event,)
    with pytest.raises(NotFoundError):
        story.why("e0")


def test_a_public_id_resolves_for_ever(story: Story) -> None:
    story.add([note(SENTENCES[0], "b", published=NOON)])
    ids = [e.id for e in story.events()]
    before = {i: story.event(i).tellings for i in ids}
    story.add([note(SENTENCES[0], "a", outlet="Early", published=NOON - timedelta(hours=2), hours=-1)])
    for name in ids:
        assert before[name][0].id in {t.id for t in story.event(name).tellings}
    story.add([note("Nothing is known.", "b", hours=4), note("Nothing at all.", "a", hours=5)])
    for name in ids:
        assert story.event(name).tellings
    with pytest.raises(NotFoundError, match="no event"):
        story.event("e000000000000")


def test_folds_as_loose_texts_fold(story: Story) -> None:
    texts = [(str(n), text, NOON) for n, text in enumerate(SENTENCES)]
    story.add([note(text, name, outlet=name) for name, text, _ in texts])
    names = {v.page: v.outlet for v in story.posts()}

    def spans(event: dict[str, object]) -> list[tuple[object, ...]]:
        return sorted((h["doc"], h["start"], h["end"]) for h in event["happenings"])  # type: ignore[attr-defined]

    ours = sorted(
        sorted((names[t.page], t.happening.span.start, t.happening.span.end) for t in e.tellings)
        for e in story.events()
    )
    assert ours == sorted(spans(e) for e in fold_texts(texts))
    assert ours


# -- rebuilding, crashes, other processes ------------------------------------------------------------------------------


def test_rebuild_shows_the_same(story: Story) -> None:
    story.add([note(text, str(n), outlet=f"Outlet {n}") for n, text in enumerate(SENTENCES)])
    before = shown(story), told(story), story.changes()
    assert story.rebuild() == 0
    assert (shown(story), told(story), story.changes()) == before
    assert story.rebuild(reread=True) == 0
    assert (shown(story), told(story), story.changes()) == before


def test_reading_again_shows_what_changed_and_leaves_the_past(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    from onrecord import reading, statements

    story.add([note(SENTENCES[0], "a"), note(SENTENCES[2], "b")])
    change, before = story.changes(), (shown(story), told(story))
    extract = statements.extract
    monkeypatch.setattr(reading, "reader_version", lambda: "better")
    deaf: dict[str, tuple[()]] = {"statements": (), "happenings": ()}
    monkeypatch.setattr(statements, "extract", lambda posts: (replace(d, **deaf) for d in extract(posts)))
    said = len(list(story.statements()))
    assert story.rebuild() == 0
    assert story.rebuild(reread=True) == said > 0
    assert (list(story.statements()), story.events()) == ([], [])
    view = View(recorded=change)
    assert (shown(story, view), told(story, view)) == before
    monkeypatch.undo()
    assert story.rebuild(reread=True) == said
    assert (shown(story), told(story)) == before


def test_a_batch_that_breaks_off_is_finished_when_opened(path: Path, story: Story, tmp_path: Path) -> None:
    captures = [note(SENTENCES[0], "a"), note(SENTENCES[1], "b")]

    def broken() -> Iterator[object]:
        yield from captures
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        story.add(broken())  # type: ignore[arg-type]
    story.close()
    with Story.create(tmp_path / "whole.db", Settings("Flood", "Europe/Oslo", ("NO",))) as whole:
        whole.add(captures)
        with Story.open(path) as again:
            assert (shown(again), told(again)) == (shown(whole), told(whole))


WRITER = """
import sys
from pathlib import Path
from onrecord.story import Story
from tests.story_maker import SENTENCES, note
path, name, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
with Story.create(path, exist_ok=True) as story:
    def captures():
        for n in range(count):
            print(n, flush=True)
            yield note(SENTENCES[n % len(SENTENCES)], f"{name}{n}", outlet=f"Outlet {name}")
    result = story.add(captures())
    assert (result.added, [p for p in result.problems if p.fatal]) == (count, []), result
"""


def writer(path: Path, name: str, count: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, str(path), name, str(count)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_two_processes_writing_at_once_lose_nothing(path: Path) -> None:
    both = [writer(path, name, 8) for name in "ab"]
    for process in both:
        _, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors
    with Story.open(path) as story:
        assert len(list(story.posts())) == 16
        before = shown(story), told(story)
        story.rebuild()
        assert (shown(story), told(story)) == before


@pytest.mark.parametrize("line", [1, 3])
def test_killed_while_adding_the_record_is_sound_and_adding_again_completes_it(path: Path, line: int) -> None:
    process = writer(path, "a", 12)
    assert process.stdout is not None
    while process.stdout.readline().strip() != str(line):
        assert process.poll() is None, process.communicate()[1]
    time.sleep(0.01 * line)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    captures = [note(SENTENCES[n % len(SENTENCES)], f"a{n}", outlet="Outlet a") for n in range(12)]
    with Story.open(path) as story, Story.create(path.with_name("whole.db")) as whole:
        assert line <= len(list(story.posts())) <= 12
        story.add(captures)
        whole.add(captures)
        assert (shown(story), told(story)) == (shown(whole), told(whole))
    assert sqlite3.connect(path).execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_full_disk_leaves_a_sound_record(path: Path, story: Story) -> None:
    story.add([note(SENTENCES[0], "a")])
    before = shown(story)

    def full(raw: sqlite3.Connection, *_: object) -> None:
        raw.execute(f"PRAGMA max_page_count = {raw.execute('PRAGMA page_count').fetchone()[0]}")

    own = story._record._engine
    own.dispose()
    event.listen(own, "connect", full)
    noise = "".join(f"{n * n % 9973:04d}" for n in range(60_000))
    with pytest.raises(RecordFullError, match="make room"):
        story.add([note(noise, "b")])
    event.remove(own, "connect", full)
    own.dispose()
    assert shown(story) == before
    assert story.add([note(SENTENCES[1], "b")]).added == 1


def test_waits_for_another_writer_and_says_so_when_it_takes_too_long(
    path: Path, story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    story.close()
    monkeypatch.setattr(engine, "PATIENCE", 0.1)
    with Story.open(path) as patient:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(RecordBusyError, match="another process"):
            patient.add([note(SENTENCES[0], "a")])
        assert list(patient.posts()) == []
        other.execute("ROLLBACK")
        other.close()
        assert patient.add([note(SENTENCES[0], "a")]).added == 1


def test_a_period_loads_the_events_that_a_rundown_of_it_would_show(story: Story) -> None:
    from onrecord.pages.rundown import rundown

    times = [NOON + timedelta(hours=30 * n) for n in range(len(SENTENCES))]
    story.add([note(t, str(n), published=times[n], hours=30 * n) for n, t in enumerate(SENTENCES)])
    end = story.newest()
    assert end is not None
    assert end == max(view.public_time for view in story.posts())
    start = end - timedelta(hours=40)
    some, every = story.told_in(start), story.events()
    assert 0 < len(some) < len(every)
    assert rundown(some, start, end) == rundown(every, start, end) != []
    assert story.events(View(since=start)) == [e for e in every if any(t.time and t.time >= start for t in e.tellings)]
