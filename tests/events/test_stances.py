"""What a telling does to its event: it supports it, denies it, or only mentions it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.telling_maker import LOWMARK, NOON, OSTERBY, speaker, telling

from onrecord.events import conflicts
from onrecord.events.stances import stances
from onrecord.model import Stance, Telling

MINISTRY = speaker("defence ministry", "Xanadu")
GENERAL = speaker("Brom Tarn", "Yonder", "person")
STRIKE = telling("A missile struck the mill of Osterby", by=MINISTRY)


def no(words: str, **more: object) -> Telling:
    return telling(words, **{"name": "2", "by": GENERAL, "reality": "not_done", "place": None} | more)  # type: ignore[arg-type]


def stance(other: Telling, first: Telling = STRIKE) -> str:
    return stances([first, other], NOON)[1]


def test_who_says_that_just_that_did_not_happen_denies_it() -> None:
    assert stance(no("No missile struck the mill")) == "denies"
    assert stance(no("Nothing struck at all", place=OSTERBY)) == "denies"
    assert stance(no("No missile struck the mill", by=None)) == "mentions"
    assert stance(telling("A missile struck the mill", name="2", by=GENERAL, supports=False, act="denies")) == "denies"


@pytest.mark.parametrize(
    ("words", "more"),
    [
        ("It did not strike", {}),
        ("Don't strike the mill", {"act": "orders"}),
        ("No missile was shown at the mill", {"lemma": "show", "kind": "other"}),
        ("The ministry did not announce a missile", {"lemma": "announce", "kind": "statement"}),
    ],
)
def test_other_things_not_done_deny_nothing(words: str, more: dict[str, object]) -> None:
    assert stance(no(words, **more)) == "mentions"


def test_a_crash_is_no_derailment() -> None:
    crash = telling("The train crashed at the mill", kind="accident", lemma="crash", by=MINISTRY)
    assert stance(no("The train did not derail", kind="accident", lemma="derail"), crash) == "mentions"
    assert stance(no("The train did not crash", kind="accident", lemma="crash"), crash) == "denies"


def test_where_all_say_that_nothing_happened_nobody_denies_it() -> None:
    first = telling("No missile struck the mill", by=MINISTRY, reality="not_done")
    denial = telling("A missile struck the mill", name="2", by=GENERAL, supports=False, act="denies")
    told = [first, denial, no("Nothing struck the mill", name="3")]
    assert stances(told, NOON) == ("supports", "supports", "supports")
    assert stances([denial], NOON) == ("denies",)


def test_a_look_back_is_a_mention_only_in_the_outlets_own_voice() -> None:
    over = NOON - timedelta(days=4)
    assert stances([telling(), telling(by=MINISTRY)], over) == ("mentions", "supports")


def test_a_denial_stands_beside_what_it_denies_most_nearly() -> None:
    wide = telling("Missiles struck", name="0", by=MINISTRY)
    denial = telling("A missile struck the mill", name="2", by=GENERAL, supports=False, act="denies")
    (conflict,) = conflicts.find([wide, STRIKE, denial], ("supports", "supports", "denies"), [])
    assert conflict.between == ("s1", "s2")
    own = telling("A missile struck the mill", name="3", by=GENERAL)
    assert conflicts.find([own, denial], ("supports", "denies"), []) == ()


def test_two_towns_of_one_strike_are_a_conflict_between_two_accounts() -> None:
    there = telling("A missile struck Lowmark", name="2", by=GENERAL, place=LOWMARK)

    def found(*told: Telling) -> list[str]:
        support: list[Stance] = ["supports"] * len(told)
        return [c.what for c in conflicts.find(told, support, [])]

    assert found(STRIKE, there) == ["place"]
    assert found(STRIKE, telling(name="2", by=MINISTRY, place=LOWMARK)) == []
    assert found(telling(name="1"), telling(name="2", by=GENERAL, place=LOWMARK)) == []  # one page, and whom it cites
    assert found(STRIKE, telling(name="2", by=GENERAL, place=LOWMARK, post="post1")) == []
    assert found(*(telling(name=t.statement.id, by=t.statement.speaker, place=p, kind="talks")
                   for t, p in ((STRIKE, OSTERBY), (there, LOWMARK)))) == []  # fmt: skip
