"""Whatever the desk decides: facts alone give the record, undoing restores, and the past stays as it was."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from onrecord.desk_values import correction
from onrecord.errors import NotFoundError, UsageError
from onrecord.model import Capture
from onrecord.story import Story, View
from tests.story_maker import SENTENCES, shown, told
from tests.test_invariants import LIVE, NOTES, captures, derived, few, record

ANN = {"by": "Ann", "why": "looked into it"}


def state(story: Story) -> object:
    return shown(story), told(story)


def decide_something(story: Story, data: st.DataObject) -> None:
    """One decision on what the record holds, if it can be taken."""
    events = story.events()
    names = [e.id for e in events] + [t.statement.id for e in events for t in e.tellings]
    names += [v.anchor for v in story.posts()]
    done = [held.taken.id for held in story.desk.decisions()]
    if not names:
        return
    one, two = (data.draw(st.sampled_from(names)) for _ in range(2))
    kind = data.draw(st.sampled_from(["same", "apart", "correct", "hide", "verify", "pin", "post", "undo", "redact"]))
    at_desk = story.desk
    try:
        if kind == "same":
            at_desk.same([one, two], **ANN)
        elif kind == "apart":
            at_desk.apart([one], [two], **ANN)
        elif kind == "correct":
            at_desk.correct(one, correction(kind="protest", date="2025-03-12", figure="killed=9"), **ANN)
        elif kind == "hide":
            at_desk.hide(one, **ANN)
        elif kind == "verify":
            at_desk.verify(one, by="Ann", note="seen")
        elif kind == "pin":
            at_desk.pin(one, by="Ann")
        elif kind == "post":
            at_desk.post(data.draw(st.sampled_from(SENTENCES)), by="Ann")
        elif kind == "redact":
            at_desk.redact(data.draw(st.sampled_from(names)), **ANN)
        elif done:
            at_desk.undo(data.draw(st.sampled_from(done)), by="Ann")
    except (UsageError, NotFoundError):
        return


@given(taken=captures(NOTES, LIVE), data=st.data())
@few
def test_facts_and_decisions_alone_give_the_record(taken: Sequence[Capture], data: st.DataObject) -> None:
    with record() as (path, story):
        for capture in taken:
            story.add([capture])
            for _ in range(data.draw(st.integers(0, 2))):
                decide_something(story, data)
        before = derived(path)
        assert story.rebuild() == 0
        assert derived(path) == before
        assert told(story, View(recorded=story.changes())) == told(story)
        assert shown(story, View(recorded=story.changes())) == shown(story)


@given(taken=captures(NOTES, LIVE), data=st.data())
@few
def test_undoing_all_restores_and_published_ids_stay_reachable(taken: Sequence[Capture], data: st.DataObject) -> None:
    with record() as (_, story), record() as (_, plain):
        for capture in taken:
            story.add([capture])
            plain.add([capture])
            decide_something(story, data)
        ids = {ref for _, _, kind, ref in story.log() if kind == "event"}
        if any(held.decision.kind == "redact" for held in story.desk.decisions()):
            return
        while standing := [h for h in story.desk.decisions() if not h.undone and h.decision.kind != "undo"]:
            story.desk.undo(standing[-1].taken.id, by="Ann")
        assert state(story) == state(plain)
        for name in ids:
            assert story.event(name).tellings


@given(taken=captures(NOTES, LIVE), data=st.data())
@few
def test_what_recorded_shows_never_changes_by_decisions(taken: list[Capture], data: st.DataObject) -> None:
    with record() as (_, story):
        story.add(taken)
        kept: list[tuple[View, object]] = []
        for _ in range(3):
            kept.append((View(recorded=story.changes()), state(story)))
            decide_something(story, data)
        if not any(held.decision.kind == "redact" for held in story.desk.decisions()):
            for view, then in kept:
                assert (shown(story, view), told(story, view)) == then
