"""The example story, from its files to its rundown: what a live editor must be able to trust."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from onrecord.model import Capture, Event, Settings
from onrecord.pages.rundown import Line, rundown
from onrecord.sources import files
from onrecord.story import Story, View

LIST = Path(__file__).resolve().parents[2] / "examples/lagen/pages.csv"
START, END = datetime(2026, 5, 17, 20, tzinfo=UTC), datetime(2026, 5, 18, 21, tzinfo=UTC)


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    made = Story.create(tmp_path_factory.mktemp("story") / "s.db", Settings("Flood", "Europe/Oslo", ("NO",)))
    rows = [row for row in files.listed(LIST) if isinstance(row, tuple)]
    made.add([c for c in (files.capture(*row, END) for row in rows) if isinstance(c, Capture)])
    return made


@pytest.fixture(scope="module")
def events(story: Story) -> list[Event]:
    return story.events()


@pytest.fixture(scope="module")
def lines(events: list[Event]) -> list[Line]:
    return rundown(events, START, END, 15)


def with_words(events: list[Event], *words: str) -> list[Event]:
    """Events with a telling in whose statement all the words stand."""
    return [e for e in events if any(all(w in t.statement.text for w in words) for t in e.tellings)]


def test_no_two_lines_say_the_same(lines: list[Line]) -> None:
    heads = [line.what.casefold().strip(" .") for line in lines]
    assert len(set(heads)) == len(heads), heads


def test_lines_are_clauses_that_tell_something(lines: list[Line]) -> None:
    for line in lines:
        assert len(line.what.split()) >= 3, line.what
        assert not line.what.casefold().startswith(("that ", "which ", "who ", "whether ")), line.what
        assert not line.what.rstrip(".").endswith((" said", " say", " told")), line.what


def test_police_in_two_outlets_are_one_origin(events: list[Event]) -> None:
    for event in with_words(events, "four people have been killed"):
        assert event.independent_origins <= 1, [o.name for o in event.origins]
        assert event.claim.standing == "claimed"


def test_a_corrected_toll_of_one_source_is_a_series_not_a_conflict(events: list[Event]) -> None:
    for event in with_words(events, "killed"):
        values = {v for c in event.conflicts if c.what == "killed" for v in c.values}
        assert not {"one", "Four"} & values, values
        assert not any("Three" in v or "three" in v for v in values), values


def test_two_sources_that_differ_are_a_conflict(events: list[Event]) -> None:
    found = [c for e in events for c in e.conflicts]
    assert any("96" in " ".join(c.values) and "82" in " ".join(c.values) for c in found)


def test_a_wire_line_in_two_outlets_is_one_event_with_one_origin(events: list[Event], lines: list[Line]) -> None:
    found = [line for line in lines if "38 people" in line.what]
    assert len(found) == 1
    assert found[0].independent_origins == 1
    assert set(found[0].outlets) == {"Fjordline News", "The Mjøsa Herald"}
    assert not any("Rescued from roofs" in line.what for line in lines)


def test_the_gate_is_disputed_at_noon_and_conceded_at_night(story: Story, events: list[Event]) -> None:
    noon = story.events(View(as_of=datetime(2026, 5, 18, 11, 30, tzinfo=UTC)))
    then = with_words(noon, "opening a gate of the Harpefoss dam")
    now = with_words(events, "opening a gate of the Harpefoss dam")
    assert any(e.claim.disputed for e in then)
    assert not any(e.claim.conceded for e in then)
    assert any(e.claim.disputed and e.claim.conceded for e in now)
    assert all(e.claim.standing != "verified" for e in now)


def test_what_is_planned_or_possible_is_marked(lines: list[Line]) -> None:
    for line in lines:
        if "shelter" in line.what or "will visit" in line.what:
            assert line.reality == "planned"
        if "could overflow" in line.what:
            assert line.reality == "possible"


def test_an_organisation_is_no_place(events: list[Event]) -> None:
    assert not any(e.place and "Red Cross" in e.place.name for e in events)


def test_the_removed_post_tells_nothing_now(story: Story, events: list[Event]) -> None:
    assert not with_words(events, "tunnel")
    before = story.events(View(as_of=datetime(2026, 5, 18, 10, tzinfo=UTC)))
    assert with_words(before, "tunnel")


def test_nobody_denies_with_a_verb_that_fits_anything(events: list[Event]) -> None:
    said = with_words(events, "We got this wrong")
    assert said
    for event in said:
        assert not any("got a call" in value for c in event.conflicts for value in c.values)
