"""What a record showed at another time: answered from what is kept, and the same as working all of it out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from onrecord import past_events, views
from onrecord.desk import Correction
from onrecord.errors import NotFoundError
from onrecord.events import folding
from onrecord.model import Capture
from onrecord.pages.rundown import rundown
from onrecord.store.facets import Slice
from onrecord.story import Story, View
from onrecord.then import Then
from tests.story_maker import NOON, SENTENCES, live
from tests.test_invariants import LIVE, NOTES, captures, record

LATER = datetime(2100, 1, 1, tzinfo=UTC)
TIMES = st.sampled_from(
    [NOON - timedelta(hours=h) for h in (13, 11, 9, 6, 4)] + [NOON + timedelta(hours=h) for h in (0, 1, 2, 4)] + [LATER]
)
EDITS = st.builds(
    lambda texts, hours: live([(f"p{n}", text) for n, text in enumerate(texts, 1)], hours=hours),
    st.lists(st.sampled_from(SENTENCES), min_size=2, max_size=5),
    st.integers(0, 5),
)
DECISIONS = st.lists(
    st.tuples(st.sampled_from(["same", "apart", "hide", "correct", "undo"]), st.integers(0, 50)), max_size=4
)
many = settings(
    max_examples=15, deadline=None, phases=(Phase.explicit, Phase.generate), suppress_health_check=list(HealthCheck)
)


def decide(story: Story, kind: str, at: int) -> None:
    """A decision on some of what the record holds."""
    by = {"by": "Ann", "why": "looked into it"}
    found = story.events()
    if len(found) < 2:
        return
    one, two = found[at % len(found)], found[(at // 7 + 1) % len(found)]
    if kind == "same" and one.id != two.id:
        story.desk.same([one.id, two.id], **by)
    elif kind == "apart" and len(one.tellings) > 1:
        story.desk.apart([one.tellings[0].id], [one.tellings[-1].id], **by)
    elif kind == "hide":
        story.desk.hide(one.tellings[0].id, **by)
    elif kind == "correct":
        story.desk.correct(one.tellings[0].id, Correction(kind="accident"), **by)
    elif kind == "undo" and (taken := story.desk.decisions()):
        last = taken[at % len(taken)]
        if not last.undone:
            story.desk.undo(last.taken.id, by="Bo")


def check(story: Story, view: View) -> None:
    """All questions, asked both ways; of few events, as of many."""
    whole = views.whole(story._upkeep, view)
    for most in (0, past_events.MANY):
        with patch.object(past_events, "MANY", most):
            story._then = None
            _check(story, view, whole)
            for event in whole.events():
                story._then = None
                with story._at(view) as then:
                    assert then.event(event.id, ()) == event


def _check(story: Story, view: View, whole: views.Whole) -> None:
    with story._at(view) as then:
        assert isinstance(then, Then)
        assert then.events() == whole.events()
        for most in (2, None):
            lines, known = story.look.rundown(NOON - timedelta(hours=12), NOON + timedelta(hours=1), most, view)
            assert lines == rundown(whole.events(), NOON - timedelta(hours=12), NOON + timedelta(hours=1), most)
            assert {line.event for line in lines} <= known.keys()
        assert then.posts() == whole.posts()
        assert then.newest() == whole.newest()
        assert then.times() == whole.times()
        for oldest in (False, True):
            assert then.stream(Slice({}, oldest=oldest, most=2)) == whole.stream(Slice({}, oldest=oldest, most=2))
        assert then.search("killed") == whole.search("killed")
    for event in whole.events():
        with story._at(view) as then:
            assert then.event(event.id, ()) == event
        with story._at(view) as then:
            assert then.why(event.tellings[0].statement.id) == whole.why(event.tellings[0].statement.id)
            assert then.around(event) == whole.around(event)
    for since in (NOON - timedelta(hours=8), NOON, NOON + timedelta(hours=2)):
        with story._at(view) as then:
            assert then.events(since) == whole.events(since)
        assert story.look.placed(since, view) == whole.placed(since)
    for post in whole.posts():
        key = (post.page, post.post.id)
        with story._at(view) as then:
            assert then.told_by(*key) == whole.told_by(*key)
            assert then.these({key}) == {key: post}
            assert then.anchored(post.anchor) == post


@given(taken=captures(NOTES, LIVE, EDITS, size=7), decisions=DECISIONS, at=TIMES, bound=st.sampled_from([1, 3, 160]))
@many
def test_as_of_is_what_working_all_of_it_out_gives(
    taken: Sequence[Capture], decisions: Sequence[tuple[str, int]], at: datetime, bound: int
) -> None:
    with record() as (_, story), patch.object(folding, "CUT", folding.CUT._replace(bound=bound)):
        story.add(taken)
        for one in decisions:
            decide(story, *one)
        check(story, View(as_of=at))
        assert list(story.look.every(View())) == story.events()


@given(taken=captures(NOTES, LIVE, EDITS, size=6), decisions=DECISIONS, data=st.data())
@many
def test_recorded_is_what_working_all_of_it_out_gives(
    taken: Sequence[Capture], decisions: Sequence[tuple[str, int]], data: st.DataObject
) -> None:
    with record() as (_, story):
        for one, decision in zip(taken, [*decisions, *[None] * 9], strict=False):
            story.add([one])
            if decision:
                decide(story, *decision)
        at = data.draw(st.one_of(st.none(), TIMES))
        check(story, View(as_of=at, recorded=data.draw(st.integers(0, story.changes()))))


def texts(story: Story, view: View) -> str:
    """All that a view shows of posts, statements and events, in one."""
    shown = [repr(post) for post in story.posts(view)]
    told = [repr(event) for event in story.events(view)]
    lines, _ = story.look.rundown(NOON - timedelta(days=2), LATER, None, view)
    return "\n".join([*shown, *told, repr(lines), repr(story.look.placed(NOON - timedelta(days=2), view))])


def resolves(story: Story, name: str) -> bool:
    """True for an id that gives an event, or the reason why it can't be shown."""
    try:
        return bool(story.event(name).tellings)
    except NotFoundError as error:
        return "redacted" in str(error) or "hidden" in str(error)


@given(taken=captures(NOTES, LIVE, EDITS, size=5), decisions=DECISIONS, data=st.data())
@settings(many, max_examples=8)
def test_redacted_words_are_nowhere_at_any_time_and_ids_resolve(
    taken: Sequence[Capture], decisions: Sequence[tuple[str, int]], data: st.DataObject
) -> None:
    with record() as (_, story):
        for one, decision in zip(taken, [*decisions, *[None] * 9], strict=False):
            story.add([one])
            if decision:
                decide(story, *decision)
        said = [s for _, s in story.statements() if len(s.text.split()) > 3]
        if not said:
            return
        public = {ref for _, _, kind, ref in story.log() if kind == "event"}
        anchors = {post.anchor for post in story.posts()}
        words = data.draw(st.sampled_from(said))
        story.desk.redact(words.id, by="Ann", why="names a minor")
        numbers = st.one_of(st.none(), st.integers(0, story.changes()))
        view = View(data.draw(st.one_of(st.none(), TIMES)), data.draw(numbers))
        if not view.present:
            check(story, view)
        for then in (view, View()):
            assert words.text not in texts(story, then)
        for name in public:
            assert words.text not in repr(story.versions(name))
            assert resolves(story, name)
        assert all(story.post(anchor) for anchor in anchors)
