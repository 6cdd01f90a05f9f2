"""When independent origins corroborate each other, and when they only speak of the same."""

from __future__ import annotations

import pytest
from tests.telling_maker import LOWMARK, OSTERBY, figure, speaker, telling

from onrecord.events.agreement import agree
from onrecord.events.standing import shown
from onrecord.model import Party, Telling

MINISTRY = speaker("defence ministry", "Xanadu")
GENERAL = speaker("Brom Tarn", "Yonder", "person")
XANADU, YONDER = Party("Xanadu", "Xanadu", "by"), Party("Yonder", "Yonder", "by")
STRUCK = telling("A missile struck the mill of Osterby", by=MINISTRY)


def other(words: str, **more: object) -> Telling:
    return telling(words, **{"name": "2", "by": GENERAL, "outlet": "Evening Post"} | more)  # type: ignore[arg-type]


def test_two_origins_that_say_the_same_corroborate_it() -> None:
    told = [STRUCK, other("The mill was struck", place=None)]
    assert agree(told)
    assert shown(told) == "corroborated"


@pytest.mark.parametrize(
    ("words", "more"),
    [
        ("A strike is to be feared at the mill", {"reality": "possible"}),
        ("Strike the mill", {"act": "orders"}),
        ("The mill was struck", {"standing": "unverified"}),
        ("The mill was struck", {"by": MINISTRY}),
        ("The mill was struck", {"by": speaker("unnamed: local reports", kind="unnamed")}),
        ("Much fell", {"place": LOWMARK}),
        ("A dozen planes were seen", {"lemma": "see"}),
    ],
)
def test_who_wishes_repeats_or_tells_something_else_does_not(words: str, more: dict[str, object]) -> None:
    told = [STRUCK, other(words, **more)]
    assert not agree(told)
    assert shown(told) == "claimed"


def test_each_sides_own_deeds_are_two_matters() -> None:
    mine = telling("Planes struck the mill", by=MINISTRY, parties=(XANADU,))
    assert not agree([mine, other("Planes struck the mill", parties=(YONDER,))])
    assert not agree([mine, other("Planes struck the mill", parties=(Party("Xanadu", "Xanadu", "on"),))])
    assert agree([mine, other("Planes struck the mill", parties=(XANADU,))])


def test_a_verb_that_fits_anything_wants_more_in_common() -> None:
    first = telling("The mayor opened the bridge", by=MINISTRY, kind="other", lemma="open", place=OSTERBY)
    assert not agree([first, other("She opened a letter", kind="other", lemma="open", place=None)])
    assert agree([first, other("The bridge was opened by the mayor", kind="other", lemma="open", place=None)])


def test_a_figure_that_two_give_is_agreed_on() -> None:
    told = [telling(by=MINISTRY, figures=(figure(5),)), other("Five fell", lemma="fall", figures=(figure(5),))]
    assert shown(told) == "claimed"
    assert shown(told, counted=True) == "corroborated"
