"""Folding what was touched alone gives what folding all at once gives, whatever came, changed or went before."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Collection, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord import events, recall, scored
from onrecord.derive import Told
from onrecord.events.pieces import Cut
from onrecord.events.traits import Traits
from onrecord.history import PageHistory
from onrecord.model import Party, Settings, Telling
from onrecord.store import Record, derived, scores, tellings
from onrecord.store.late import Late
from onrecord.upkeep import Upkeep
from tests.telling_maker import LOWMARK, OSTERBY, REGION, figure, telling

STORY = Settings("Invented", "UTC")
QUERIES = (
    "SELECT id, first, part_of, thread, event, brief FROM events ORDER BY 1",
    "SELECT happening, event, at, among, until FROM event_happenings ORDER BY 1",
    "SELECT kind, node, known FROM links ORDER BY 1, 2",
    "SELECT name, page, post, day, told FROM told_posts ORDER BY 1",
    "SELECT slot, post FROM slots ORDER BY 1, 2",
    "SELECT key, telling FROM telling_keys ORDER BY 1, 2",
    "SELECT kind, name FROM touched",
)
Pages = Mapping[str, Sequence[Telling]]
PLACES = (OSTERBY, REGION, LOWMARK, replace(OSTERBY, kind="country"), None)


class Folded:
    """A record into which tellings are put page by page."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.upkeep = Upkeep(Record.create(path, STORY), STORY)
        self._changes = 0

    def put(self, pages: Pages) -> None:
        for page, told in pages.items():
            self._changes += 1
            mine = tuple(replace(one, page=page) for one in told)
            with self.upkeep.record.reading() as connection:
                before = derived.history(connection, 1, page)
            made = Told(page, PageHistory(change=self._changes), (), mine, ())
            assert not self.upkeep.write([self.upkeep.made(made, 1, before)], 1)

    def rows(self) -> list[list[tuple[object, ...]]]:
        with closing(sqlite3.connect(self.path)) as raw:
            return [raw.execute(query).fetchall() for query in QUERIES]


def at_once(folder: Path, pages: Pages) -> list[list[tuple[object, ...]]]:
    """What folding all of it at once gives."""
    fresh = Folded(folder / "fresh.db")
    fresh.put({page: told for page, told in pages.items() if told})
    fresh.upkeep.fold(most=10_000)
    return fresh.rows()


def test_posts_that_tell_nothing_in_common_any_more_are_compared_as_if_they_never_had(tmp_path: Path) -> None:
    army = (Party("Wolds Rifles", "Wold", "by"),)
    struck = "A missile struck the market hall in Osterby"
    one = telling(struck, name="1", parties=army, post="a")
    two = replace(telling(struck, name="2", parties=army, post="b"), post_words=frozenset({"thicket", "gannet"}))
    talks = telling("Envoys met in Osterby", name="3", kind="meeting", lemma="meet", parties=army, post="b", day=9)
    talks = replace(talks, post_words=two.post_words)
    record = Folded(tmp_path / "story.db")
    record.put({"one": [one], "two": [two, talks]})
    record.upkeep.fold()
    assert "post" in {row[0] for row in record.rows()[2]}
    record.put({"two": [talks]})
    record.upkeep.fold()
    assert record.rows() == at_once(tmp_path, {"one": [one], "two": [talks]})


def test_what_is_remembered_of_a_telling_is_of_the_words_that_it_is_marked_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onrecord.recall._traits", Late(100))
    one, two = (replace(telling(name=name, post="p"), page="x") for name in "12")
    record = Folded(tmp_path / "story.db")
    record.put({"x": [one, two]})
    record.put({"x": [replace(two, post_words=frozenset({"gannet", "heron"}))]})
    record.upkeep.fold()
    written = tellings.written([one])
    assert recall.traits_of(written.rows[one.id][1], written.words["p"]).post.words == one.post_words


def test_threads_are_the_same_whether_traits_are_remembered_or_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parties = (Party("Wolds Rifles", "Wold", "by"), Party("town guard", None, "on"))
    there = [telling(name=f"{n}", hours=n, place=place, parties=parties[n % 2 :]) for n, place in enumerate(PLACES)]
    record = Folded(tmp_path / "story.db")
    record.put({"x": [*there, replace(telling(name="9", place=OSTERBY), placed=False, anchored=False, time=None)]})
    record.upkeep.fold()
    with record.upkeep.record.reading() as connection:
        heads = tellings.heads(connection, 1, [row[0] for row in connection.exec_driver_sql("SELECT id FROM tellings")])
        known = recall.traits_by_name(connection, 1, heads)
        monkeypatch.setattr("onrecord.recall._traits", Late(100))
        found = recall.tellers(connection, 1, heads)
    assert len(found) == len(PLACES) + 1
    for name, one in found.items():
        traits = known[name]
        assert (one.id, one.time, one.anchored) == (name, traits.time, traits.anchored)
        assert (one.names, one.named) == (traits.names, traits.named)


def test_all_scores_of_a_piece_are_kept_however_it_grew(tmp_path: Path) -> None:
    record = Folded(tmp_path / "story.db")
    for n in range(9):
        record.put({f"page{n}": [telling(name=f"{n}", hours=n)]})
        record.upkeep.fold()
    with record.upkeep.record.reading() as connection:
        names = [row[0] for row in connection.exec_driver_sql("SELECT id FROM tellings")]
        marks = {head.id: head.mark for head in tellings.heads(connection, 1, names)}
        kept = dict(scores.load(connection, 1, names))

    def fetch(lacking: Collection[str]) -> dict[str, Traits]:
        assert not lacking
        return {}

    assert len(scored.matrix(names, marks, kept, fetch)) == 9


TELLINGS = [
    telling(name=f"{n}", hours=n % 5, place=place, day=day, post=f"p{n % 6}", kind=kind, lemma=lemma, figures=figures)
    for n, (place, day, kind, lemma, figures) in enumerate(
        (place, day, kind, lemma, figures)
        for place in (OSTERBY, LOWMARK)
        for day in (0, 1)
        for kind, lemma in (("air strike", "strike"), ("casualties", "kill"), ("protest", "march"))
        for figures in ((), (figure(5),))
    )
]
WORDS = [frozenset(words.split()) for words in ("gannet thicket", "gannet heron market", "market hall missile strike")]
PUT = st.tuples(
    st.sampled_from(["x", "y", "z"]),
    st.lists(st.sampled_from(TELLINGS), max_size=8, unique_by=lambda t: t.id),
    st.sampled_from(WORDS),
    st.sampled_from([1, 3, 120]),
)


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(PUT, min_size=1, max_size=6), st.sampled_from([(160, 32), (3, 2)]))
def test_step_by_step_gives_what_all_at_once_gives(
    puts: list[tuple[str, list[Telling], frozenset[str], int]], bounds: tuple[int, int]
) -> None:
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        patch.setattr("onrecord.events.folding.CUT", Cut(events.folding.CUT.levels, bounds[0]))
        patch.setattr("onrecord.events.nesting.CUT", Cut(events.nesting.CUT.levels, bounds[1]))
        record, pages = Folded(Path(name) / "story.db"), dict[str, list[Telling]]()
        for page, told, words, most in puts:
            mine = [_of(t, page) for t in told]
            pages[page] = [replace(t, post_words=words) if t.post in ("p0", "p1", "p2") else t for t in mine]
            record.put({page: pages[page]})
            record.upkeep.fold(most=most)
        assert record.rows() == at_once(Path(name), pages)


def _of(told: Telling, page: str) -> Telling:
    """The telling as one of that page, under an id of its own."""
    return replace(told, page=page, happening=replace(told.happening, id=f"{page}.{told.happening.id}"))
