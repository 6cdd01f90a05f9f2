"""Versions of events: what readers were shown of each, and between which record numbers."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from onrecord import versions
from onrecord.errors import NotFoundError
from onrecord.model import Capture, Settings
from onrecord.story import Story, View
from tests.story_maker import note
from tests.test_invariants import LIVE, NOTES, captures, record

FIVE = "The mayor of Lillehammer, Kari Moen, said five people were killed in the flood on Tuesday."
SEVEN = "At least seven people were killed in the flood in Lillehammer on Tuesday, the police said."
ANN = {"by": "Ann", "why": "looked into it"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "story.db"
    with Story.create(path, Settings("Flood", "Europe/Oslo", ("NO",))) as story:
        story.add([note(FIVE, "a", outlet="Radio Nord")])
        story.add([note("Thousands marched through Oslo on Wednesday, Radio Nord reported.", "b")])
        story.add([note(SEVEN, "c", outlet="Fjord Times", hours=1)])
    return path


def toll(story: Story) -> str:
    return next(e.id for e in story.events() if len(e.tellings) > 1)


def test_a_version_holds_between_two_numbers_and_is_what_the_record_shows_there(path: Path) -> None:
    with Story.open(path) as story:
        first, second = story.versions(toll(story))
        assert (first.until, second.until) == (second.since - 1, None)
        assert (len(first.joined), len(second.joined), second.left) == (1, 1, ())
        assert first.seen is not None
        assert second.seen is not None
        assert (len(first.seen.conflicts), len(second.seen.conflicts)) == (0, 1)
        for version in (first, second):
            for at in {version.since, version.until or story.changes()}:
                assert versions.seen(story.event(toll(story), View(recorded=at))) == version.seen
        with pytest.raises(NotFoundError):
            story.versions("e0")


def test_what_changes_nothing_makes_no_version(path: Path) -> None:
    with Story.open(path) as story:
        before = {e.id: story.versions(e.id) for e in story.events()}
        story.add([note(FIVE, "a", outlet="Radio Nord")])
        story.rebuild()
        assert {e.id: story.versions(e.id) for e in story.events()} == before


def test_an_event_that_is_hidden_or_goes_into_another_is_gone_and_comes_back(path: Path) -> None:
    with Story.open(path) as story:
        name = toll(story)
        before = story.versions(name)
        taken = story.desk.hide(story.event(name).tellings[0].id, **ANN)
        story.desk.undo(taken.id, by="Ann")
        *_, gone, back = story.versions(name)
        assert len(story.versions(name)) == len(before) + 2
        assert back.seen == before[-1].seen
        if gone.seen is None:
            assert set(gone.left) == {n for v in before for n in v.joined}


def test_redacted_words_leave_versions(path: Path) -> None:
    with Story.open(path) as story:
        name = toll(story)
        said = next(s for _, s in story.statements() if "five people" in s.text)
        before = story.versions(name)
        story.desk.redact(said.id, **ANN)
        after = story.versions(name)
        assert [(v.since, v.joined) for v in after[: len(before)]] == [(v.since, v.joined) for v in before]
        assert all(set(v.seen.headline) == {"█"} for v in after[: len(before)] if v.seen)
    raw = b"".join(p.read_bytes() for p in path.parent.iterdir())
    assert b"five people were killed" not in raw


def test_a_record_of_before_versions_has_them_from_its_next_fold_on(path: Path) -> None:
    with Story.open(path) as story:
        name = toll(story)
    with closing(sqlite3.connect(path)) as raw:
        raw.executescript("DROP TABLE versions; UPDATE alembic_version SET version_num = '0003'")
    with Story.open(path) as story:
        assert story.versions(name) == ()
        story.add([note(SEVEN.replace("seven", "eight"), "d", outlet="Lake Post", hours=2)])
        (only,) = story.versions(toll(story))
        assert len(only.joined) == 3


@given(taken=captures(NOTES, LIVE, size=6))
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_versions_are_what_recorded_shows(taken: list[Capture]) -> None:
    with record() as (_, story):
        ends = []
        for one in taken:
            story.add([one])
            ends.append(story.changes())
        names = {e.id for at in ends for e in story.events(View(recorded=at))}
        for name in names:
            known = story.versions(name)
            for at in ends:
                held = [v for v in known if v.since <= at and (v.until is None or at <= v.until)]
                shown = [e for e in story.events(View(recorded=at)) if e.id == name]
                assert [versions.seen(e) for e in shown] == [v.seen for v in held if v.seen]
        kept = {name: story.versions(name) for name in names}
        story.rebuild()
        assert {name: story.versions(name) for name in names} == kept


def test_a_record_whose_derived_tables_have_another_shape_is_not_read_again(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Story.open(path) as story:
        before = story.events(), {e.id: story.versions(e.id) for e in story.events()}
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("UPDATE state SET value = '0' WHERE key = 'shape'")
        raw.execute("DELETE FROM state WHERE key = 'drafts'")  # as records of before have it
        raw.commit()
    monkeypatch.setattr("onrecord.reading.drafts_of", lambda posts, where: pytest.fail(where) if posts else ([], ()))
    with Story.open(path) as story:
        assert (story.events(), {e.id: story.versions(e.id) for e in story.events()}) == before
