"""What the desk decides, and what must hold of a record whatever it decides."""

from __future__ import annotations

import io
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from onrecord import desk_table
from onrecord.desk import Decision, Selector, Taken, active, contradictions, rulings
from onrecord.desk_values import correction, figure_of, place_of
from onrecord.deskwork import Desk
from onrecord.errors import NotFoundError, RecordBusyError, UsageError
from onrecord.events.folding import parted
from onrecord.events.pieces import Piece
from onrecord.events.traits import all_traits
from onrecord.model import Event, Problem, Rulings, Settings
from onrecord.pages.rundown import rundown
from onrecord.store import Record
from onrecord.story import Story, View
from tests.story_maker import NOON, SENTENCES, live, note, shown, told
from tests.telling_maker import telling
from tests.test_invariants import derived

ANN = {"by": "Ann", "why": "looked into it"}
CRASH = (
    "Four people were killed in a bus crash near Hamar on Monday, the police said.",
    "The police said four people were killed when a bus crashed near Hamar on Monday.",
    "A train hit a lorry at Elverum on Tuesday, injuring two people, the rail company said.",
)
SECRET = "The boy, whose name is Odd Fjellvang, hid in the boathouse, said Kari Moen, the mayor of Lillehammer."


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "story.db"


@pytest.fixture
def story(path: Path) -> Iterator[Story]:
    with Story(Record.create(path, Settings("Crash", "UTC", ("NO",)))) as made:
        made.add([note(text, str(n), outlet=f"Outlet {n}") for n, text in enumerate(CRASH)])
        yield made


def about(story: Story, word: str) -> Event:
    return next(e for e in story.events() if any(word in t.sentence for t in e.tellings))


def state(story: Story) -> object:
    return shown(story), told(story)


# -- same and apart ----------------------------------------------------------------------------------------------------


def test_puts_events_together_and_undoes_it_exactly(story: Story) -> None:
    before, (one, two) = state(story), (about(story, "Hamar"), about(story, "Elverum"))
    taken = story.desk.same([one.id, two.id], **ANN)
    both = story.event(one.id)
    assert story.event(two.id) == both
    assert {t.id for t in both.tellings} == {t.id for e in (one, two) for t in e.tellings}
    assert any("put together by Ann" in w.verdict and "looked into it" in w.verdict for w in both.why)
    story.desk.undo(taken.id, by="Bo")
    assert state(story) == before
    assert story.event(two.id) == two


def test_an_undo_can_be_undone(story: Story) -> None:
    one, two = about(story, "Hamar"), about(story, "Elverum")
    taken = story.desk.same([one.id, two.id], **ANN)
    after = state(story)
    story.desk.undo(story.desk.undo(taken.id, by="Bo").id, by="Ann")
    assert state(story) == after
    with pytest.raises(UsageError, match="undone already"):
        story.desk.undo(story.desk.decisions()[1].taken.id, by="Ann")


def test_takes_a_statement_out_of_its_event_and_the_latest_decision_wins(story: Story) -> None:
    whole = next(e for e in story.events() if len({t.page for t in e.tellings}) == 2)
    one = whole.tellings[0].statement.id
    first = story.desk.apart([one], [whole.id], **ANN)
    out = {t.id for t in whole.tellings if t.statement.id == one}
    left = {t.id for t in whole.tellings} - out
    assert not any(out & held and left & held for held in ({t.id for t in e.tellings} for e in story.events()))
    second = story.desk.same([t.id for t in whole.tellings], **ANN)
    assert {t.id for t in story.event(whole.id).tellings} == {t.id for t in whole.tellings}
    (clash,) = story.desk.contradictions()
    assert (clash.older, clash.newer) == (first.id, second.id)


def _taken(number: int, kind: str, *names: tuple[str, int]) -> Taken:
    selectors = tuple(Selector("happening", "p", "1", name, group=group) for name, group in names)
    return Taken(number, f"d{number}", Decision(kind, "Ann", NOON, "why", selectors))  # type: ignore[arg-type]


def test_of_contradicting_decisions_only_what_the_newer_forbids_is_left_out() -> None:
    taken = [
        _taken(1, "same", ("a", 0), ("b", 0), ("c", 0)),
        _taken(2, "apart", ("a", 0), ("c", 1)),
    ]
    names = {(one.change, at): s.name for one in taken for at, s in enumerate(one.decision.selectors)}
    found = rulings(active(taken), names)
    assert found.apart == {("a", "c")}
    assert found.same == {("a", "b")}
    (clash,) = contradictions(taken, names)
    assert (clash.older, clash.newer) == ("d1", "d2")


def test_views_of_before_show_the_record_without_decisions(story: Story) -> None:
    before, number, moment = told(story), story.changes(), datetime.now(UTC)
    story.desk.same([about(story, "Hamar").id, about(story, "Elverum").id], **ANN)
    story.desk.hide(about(story, "Hamar").id, **ANN)
    assert told(story) != before
    assert told(story, View(recorded=number)) == told(story, View(as_of=moment)) == before
    assert told(story, View(recorded=story.changes())) == told(story, View(as_of=datetime.now(UTC))) == told(story)


# -- correct, hide, verify, pin, post ----------------------------------------------------------------------------------


def test_corrects_what_was_read_and_leaves_the_words(story: Story) -> None:
    event = about(story, "Elverum")
    name = next(t.statement.id for t in event.tellings if t.statement.speaker)
    story.desk.correct(name, correction(speaker="Kari Moen", side="Norway"), **ANN)
    (said,) = [s for _, s in story.statements() if s.id == name]
    assert said.speaker
    assert (said.speaker.name, said.speaker.side) == ("Kari Moen", "Norway")
    fix = correction(kind="shelling", reality="planned", place="Otta, NO", date="2025-03-01", figure="injured=3-4")
    story.desk.correct(event.id, fix, **ANN)
    mended = story.event(event.id)
    assert (mended.kind, mended.reality) == ("shelling", "planned")
    assert mended.place
    assert mended.place.name == "Otta"
    assert mended.earliest == datetime(2025, 3, 1, tzinfo=UTC)
    texts = {v.page: v.post.text for v in story.posts()}
    assert all(texts[t.page][p.span.start : p.span.end] == p.span.text for t in mended.tellings for p in t.places)


def test_a_speaker_may_be_nobody(story: Story) -> None:
    name = next(s.id for _, s in story.statements() if s.speaker)
    story.desk.correct(name, correction(speaker="none"), **ANN)
    (said,) = [s for _, s in story.statements() if s.id == name]
    assert (said.voice, said.speaker) == ("own", None)


def test_hides_from_readers_and_shows_the_desk(story: Story) -> None:
    event = about(story, "Elverum")
    story.desk.hide(event.id, **ANN)
    assert event.id not in {e.id for e in story.events()}
    with pytest.raises(NotFoundError, match="hidden by the desk"):
        story.event(event.id)
    assert {t.id for t in event.tellings} <= story.desk.hidden().names
    post = next(v for v in story.posts() if "Hamar" in v.post.text)
    story.desk.hide(post.anchor, **ANN)
    assert post.page not in {v.page for v in (*story.posts(), *story.search("Hamar"))}
    assert post.page not in {page for page, _ in story.history()}
    assert post.page not in {change.page for change in story.edits()}
    assert any(s.exact for held in story.desk.decisions() for s in held.decision.selectors)


def test_verifies_one_claim_and_no_other(story: Story) -> None:
    event = next(e for e in story.events() if any(c.what == "killed" for c in e.figures))
    story.desk.verify(event.id, figure="killed", by="Ann", note="seen the list")
    now = story.event(event.id)
    assert now.claim == event.claim
    assert [c.standing for c in now.figures if c.what == "killed"] == ["verified"]
    assert any("seen the list" in w.verdict for w in now.why)
    more = "At least four people, perhaps eleven, were killed in the bus crash near Hamar on Monday, a doctor said."
    story.add([note(more, "later", outlet="Late News", hours=2)])
    late = story.event(event.id)
    assert all(c.standing != "verified" for c in late.figures if (c.high or 0) > 4)
    story.desk.verify(event.id, by="Ann", note="rang the police")
    assert story.event(event.id).claim.standing == "verified"


def test_a_verified_figure_that_is_edited_is_verified_no_more(story: Story) -> None:
    event = next(e for e in story.events() if any(c.what == "killed" for c in e.figures))
    story.desk.verify(event.id, figure="killed=4", by="Ann", note="seen the list")
    edits = [note(text.replace("four", "eleven").replace("Four", "Eleven"), str(n), outlet=f"Outlet {n}", hours=3)
             for n, text in enumerate(CRASH[:2])]  # fmt: skip
    story.add(edits)
    assert all(c.standing != "verified" for e in story.events() for c in e.figures)


def test_a_pinned_event_leads(story: Story) -> None:
    event = about(story, "Elverum")
    far = datetime(2031, 1, 1, tzinfo=UTC)
    assert rundown(story.events(), far, far + timedelta(days=1)) == []
    story.desk.pin(event.id, by="Ann")
    (line,) = rundown(story.events(), far, far + timedelta(days=1))
    assert (line.event, line.pinned) == (event.id, True)


def test_a_post_of_its_own_is_read_like_any_other(story: Story) -> None:
    before = state(story)
    taken = story.desk.post("“We were told too late,” said Kari Moen, the mayor of Elverum.", title="New", by="Ann")
    (view,) = [v for v in story.posts() if v.outlet == "The desk"]
    assert (view.post.id, view.post.authors, view.post.time) == (taken.id, ("Ann",), taken.decision.at)
    assert any(s.speaker and "Moen" in s.speaker.name for s in view.reading.statements)
    assert list(story.search("told late")) == [view]
    number = story.changes()
    story.desk.undo(taken.id, by="Ann")
    assert state(story) == before
    assert "The desk" in {v.outlet for v in story.posts(View(recorded=number))}


# -- selectors ---------------------------------------------------------------------------------------------------------


def test_a_decision_follows_its_words_through_an_edit_and_is_lost_with_them(story: Story) -> None:
    event = about(story, "Elverum")
    name = next(t.statement.id for t in event.tellings if t.statement.speaker)
    story.desk.correct(name, correction(speaker="Kari Moen"), **ANN)
    edited = CRASH[2].replace("two people", "three people")
    story.add([note(edited, "2", outlet="Outlet 2", hours=1)])
    assert "Kari Moen" in {s.speaker.name for v, s in story.statements() if s.speaker and v.outlet == "Outlet 2"}
    assert not any(held.lost for held in story.desk.decisions())
    story.add([note(SENTENCES[4], "2", outlet="Outlet 2", hours=2)])
    assert "Kari Moen" not in {s.speaker.name for _, s in story.statements() if s.speaker}
    (held,) = [h for h in story.desk.decisions() if h.lost]
    assert held.decision.kind == "correct"


def test_says_what_cannot_be_decided(story: Story) -> None:
    at_desk, event = story.desk, story.events()[0]
    with pytest.raises(NotFoundError):
        at_desk.hide("e000000000000", **ANN)
    with pytest.raises(NotFoundError):
        at_desk.undo("d000000000000", by="Ann")
    with pytest.raises(UsageError, match="reason"):
        at_desk.hide(event.id, by="Ann", why=" ")
    with pytest.raises(UsageError, match="who"):
        at_desk.hide(event.id, by=" ", why="so")
    with pytest.raises(UsageError, match="apart"):
        at_desk.apart([event.id], [event.id], **ANN)
    with pytest.raises(UsageError, match="figures"):
        at_desk.verify(event.id, figure="ships", by="Ann", note="seen")
    for bad in ({"kind": "picnic"}, {"place": "Nowhere-at-all"}, {"date": "soon"}, {"figure": "many"}, {}):
        with pytest.raises(UsageError):
            correction(**bad)
    assert at_desk.decisions() == []


def test_figures_and_places_in_an_editors_words() -> None:
    fix = figure_of("killed=at least 5")
    assert (fix.what, fix.value, fix.bound) == ("killed", 5, "at_least")
    assert (figure_of("killed=5-7").value_max, figure_of("killed=none").value) == (7, None)
    assert figure_of("killed=1,200 wounded").new_what == "wounded"
    assert place_of("Otta, NO").country == "NO"
    assert place_of("Field hospital@61.5,9.5").lat == 61.5


# -- redaction ---------------------------------------------------------------------------------------------------------


def bytes_of(path: Path) -> bytes:
    """All that the record's files hold, packed bodies unpacked."""
    with closing(sqlite3.connect(path)) as raw:
        bodies = [zlib.decompress(row[0]) for row in raw.execute("SELECT packed FROM bodies")]
    files = [file.read_bytes() for file in path.parent.iterdir() if file.name.startswith(path.name)]
    return b"\n".join([*bodies, *files]).lower()


def test_redacted_words_are_nowhere(path: Path, story: Story) -> None:
    story.add(
        [live([("p1", SECRET), ("p2", CRASH[2])]), live([("p1", f"{SECRET} More soon."), ("p2", CRASH[2])], hours=1)]
    )
    said = next(s for v, s in story.statements() if "Fjellvang" in s.text and s.voice == "attributed")
    number = story.changes()
    story.desk.pin(next(v for v in story.posts() if "Fjellvang" in v.post.text).anchor, by="Ann")
    story.desk.post(f"They tell us this: {said.text}", by="Ann")
    taken = story.desk.redact(said.id, by="Ann", why="names a minor")
    assert not [word for word in (b"fjellvang", b"boathouse") if word in bytes_of(path)]
    for view in (View(), View(recorded=number), View(as_of=NOON + timedelta(hours=2))):
        assert not any("boathouse" in v.post.text for v in story.posts(view))
    assert any("█" in v.post.text and "Kari Moen" in v.post.text for v in story.posts())
    assert list(story.search("boathouse")) == []
    (held,) = [h for h in story.desk.decisions() if h.taken.id == taken.id]
    assert (held.decision.why, bool(held.decision.passages)) == ("names a minor", True)
    with pytest.raises(UsageError, match="can't be undone"):
        story.desk.undo(taken.id, by="Ann")


def test_what_brings_redacted_words_back_loses_them(path: Path, story: Story) -> None:
    page = live([("p1", SECRET)])
    story.add([page])
    said = next(s for _, s in story.statements() if "Fjellvang" in s.text and s.voice == "attributed")
    story.desk.redact(said.id, by="Ann", why="names a minor")
    story.add([page, live([("p1", SECRET), ("p2", CRASH[2])], hours=2), note(f"Copied: {SECRET}", "copy")])
    story.desk.post(SECRET, by="Bo")
    assert b"fjellvang" not in bytes_of(path)
    before = derived(path)
    story.rebuild()
    assert derived(path) == before


def test_redacts_a_post_in_all_its_versions_and_exact_words_everywhere(path: Path, story: Story) -> None:
    story.add(
        [
            live([("p1", SECRET), ("p2", CRASH[2])]),
            live([("p1", "Now quite other words about Fjellvang."), ("p2", CRASH[2])], hours=1),
        ]
    )
    name = next(v.anchor for v in story.posts() if "quite other" in v.post.text)
    story.desk.redact(name, by="Ann", why="a minor")
    assert not [word for word in (b"boathouse", b"quite other") if word in bytes_of(path)]
    assert "█" in story.post(name).post.text
    story.desk.redact(None, words="elverum", by="Ann", why="a place")
    assert b"elverum" not in bytes_of(path)
    assert sum("rail company" in v.post.text for v in story.posts()) == 2


def test_a_reader_in_the_way_is_told_and_the_file_is_cleaned_later(
    path: Path, story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    story.add([note(SECRET, "s")])
    monkeypatch.setattr("onrecord.store.engine.PATIENCE", 0.1)
    with Story.open(path) as mine, closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM captures").fetchone()
        with pytest.raises(RecordBusyError):
            mine.desk.redact(None, words="Odd Fjellvang", by="Ann", why="a minor")
        other.execute("ROLLBACK")
    Story.open(path).close()
    assert b"fjellvang" not in bytes_of(path)


# -- a table there and back --------------------------------------------------------------------------------------------


def table(at_desk: Desk) -> str:
    out = io.StringIO()
    desk_table.write((held.taken for held in at_desk.decisions()), out)
    return out.getvalue()


def decide(story: Story) -> None:
    one, two = about(story, "Hamar"), about(story, "Elverum")
    taken = story.desk.same([one.id, two.id], by="=Ann", why="-1, 'quoted', \"twice\"\nand more")
    story.desk.undo(taken.id, by="Bo")
    fix = correction(kind="shelling", place="Otta, NO", date="2025-03-01", figure="killed=at least 5")
    story.desk.correct(two.id, fix, **ANN)
    story.desk.verify(one.id, by="Ann", note="seen", figure="killed")
    story.desk.post("Two lines\nof news.", title="What we know", by="Ann")
    story.desk.hide(two.id, **ANN)
    story.desk.redact(None, words="rail company", by="Ann", why="asked to")


def test_decisions_go_into_another_record_and_are_the_same(path: Path, story: Story) -> None:
    decide(story)
    written = table(story.desk)
    with Story(Record.create(path.with_name("other.db"), story.settings)) as other:
        other.add([note(text, str(n), outlet=f"Outlet {n}") for n, text in enumerate(CRASH)])
        added, known, problems = other.desk.take_in(desk_table.read(io.StringIO(written), "d.csv"))
        assert (added, known, problems) == (7, 0, [])
        assert table(other.desk) == written
        assert [(v.post, v.reading) for v in other.posts()] == [(v.post, v.reading) for v in story.posts()]
        assert told(other) == told(story)
        assert other.desk.take_in(desk_table.read(io.StringIO(written), "d.csv")) == (0, 7, [])


def test_a_bad_row_costs_only_itself(story: Story) -> None:
    decide(story)
    lines = table(story.desk).splitlines(keepends=True)
    good = next(line for line in lines if ",verify," in line)
    bad = [
        good.replace(",verify,", ",bless,"), good.replace("-", "/", 1), good[1:], "d000000000000,,,\n", "\x00\n",
        f"d{'0' * 12},2025-01-01T00:00:00+00:00,Ann,undo,,d{'1' * 12},,,,\n",
        f"d{'0' * 12},2925-01-01T00:00:00+00:00,Ann,post,,,,,,\"{{\"\"text\"\":\"\"a\"\"}}\"\n",
    ]  # fmt: skip
    with Story(Record.create(Path(f"{story._record.path}.2"), Settings())) as other:
        given = desk_table.read(io.StringIO("".join([lines[0], *bad, good])), "d.csv")
        added, _, problems = other.desk.take_in(given)
    assert (added, len(problems)) == (1, len(bad))
    assert all(isinstance(p, Problem) and p.mend for p in problems)
    (fault,) = desk_table.read(io.StringIO("a,b\n1,2\n"), "d.csv")
    assert isinstance(fault, Problem)
    assert fault.fatal


# -- odds and ends -----------------------------------------------------------------------------------------------------


def test_selectors_hold_the_words_around(story: Story) -> None:
    name = next(t.id for t in about(story, "Elverum").tellings)
    taken = story.desk.hide(name, **ANN)
    (selector,) = taken.decision.selectors
    (text,) = [v.post.text for v in story.posts() if v.page == selector.page]
    whole = selector.prefix + selector.exact + selector.suffix
    assert whole in text
    assert len(selector.prefix) <= 32 >= len(selector.suffix)


def test_a_redaction_that_is_cut_short_goes_on_when_the_record_is_opened(
    path: Path, story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    story.add([note(SECRET, "s"), note(f"{SECRET} Again.", "t")])

    def cut(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("onrecord.redacting._give_up", cut)
        with pytest.raises(KeyboardInterrupt):
            story.desk.redact(None, words="Odd Fjellvang", by="Ann", why="a minor")
    assert b"fjellvang" in bytes_of(path)
    story.close()
    Story.open(path).close()
    assert b"fjellvang" not in bytes_of(path)


def test_keeps_apart_what_is_too_much_to_be_clustered() -> None:
    known = {k.telling.id: k for k in all_traits([telling(name=f"{n:03}") for n in range(200)])}
    names = sorted(known)
    piece = Piece(tuple(names), whole=True)
    assert [len(found) for found in parted(piece, known)] == [200]
    both = Rulings(same=frozenset({(names[7], names[8])}), apart=frozenset({(names[0], names[7])}))
    assert parted(piece, known, both) == [[n for n in names if n not in names[7:9]], names[7:9]]


def test_of_a_statement_that_tells_several_things_one_is_meant(story: Story) -> None:
    one, two = (next(s for v, s in story.statements() if v.outlet == f"Outlet {n}" and s.speaker) for n in (0, 1))
    event = next(
        e
        for e in story.events()
        if any(t.statement.id == two.id and t.happening.kind == "casualties" for t in e.tellings)
    )
    taken = story.desk.same([one.id, event.id], **ANN)
    assert [s.exact for s in taken.decision.selectors if s.name.startswith(one.id)] == ["killed"]
    with pytest.raises(UsageError, match="several things"):
        story.desk.same([one.id, about(story, "Elverum").id], **ANN)
