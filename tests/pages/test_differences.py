"""What changed between two states of the events."""

from __future__ import annotations

from tests.telling_maker import figure, speaker, telling

from onrecord import events
from onrecord.model import Telling
from onrecord.pages.differences import Difference, between

MINISTRY = speaker("defence ministry", "Xanadu")
MONITOR = speaker("Oster Monitor")


def differ(before: list[Telling], after: list[Telling]) -> list[Difference]:
    return between(events.fold(before), events.fold(after))


def test_nothing_changed() -> None:
    told = [telling(name="1", by=MINISTRY)]
    assert differ(told, told) == []


def test_a_new_event_and_one_that_is_gone() -> None:
    one, other = (
        telling(name="1", by=MINISTRY),
        telling("Crowds marched in Lowmark", name="2", kind="protest", lemma="march"),
    )
    (new,) = differ([one], [one, other])
    assert (new.kind, new.headline) == ("new", "Crowds marched in Lowmark")
    (gone,) = differ([one, other], [one])
    assert (gone.kind, gone.event) == ("gone", new.event)


def test_standing_figures_and_origins_change_with_the_words_behind_them() -> None:
    before = [telling(name="1", by=MINISTRY, figures=(figure(5),))]
    after = [*before, telling(name="2", by=MONITOR, figures=(figure(7),), hours=1)]
    (changed,) = differ(before, after)
    found = {c.what: (c.before, c.after) for c in changed.changes}
    assert found["figure killed"] == ("5", "5 / 7")
    assert found["origins"] == ("1", "2")
    assert found["conflict"] == ("", "killed: 5 / 7")
    assert [t.statement.id for t in changed.tellings] == ["s2"]


def test_another_telling_of_the_same_is_no_change() -> None:
    before = [telling(name="1", by=MINISTRY)]
    assert differ(before, [*before, telling(name="2", by=MINISTRY, outlet="Evening Post", hours=1)]) == []


def test_an_edited_sentence_is_the_same_event() -> None:
    before = [telling(name="1", by=MINISTRY, figures=(figure(7),), post="live1")]
    after = [telling(name="2", by=MINISTRY, figures=(figure(6),), post="live1")]
    (changed,) = differ(before, after)
    assert changed.kind == "changed"
    assert ("figure killed", "7", "6") in [(c.what, c.before, c.after) for c in changed.changes]
