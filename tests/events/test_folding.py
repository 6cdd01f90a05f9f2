"""What folds into one event, what stays apart, and that neither order nor repeats matter."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.telling_maker import LOWMARK, REGION, figure, speaker, telling

from onrecord import events
from onrecord.model import Rulings, Telling

MINISTRY = speaker("defence ministry", "Xanadu")


def groups(told: list[Telling], rulings: Rulings | None = None) -> list[list[str]]:
    return sorted(sorted(t.id for t in e.tellings) for e in events.fold(told, rulings or Rulings()))


def test_two_outlets_tell_one_strike() -> None:
    told = [
        telling(name="1"),
        telling("Missile strike hits Osterby market hall", name="2", outlet="Evening Wire", hours=2),
    ]
    assert groups(told) == [["s1.0", "s2.0"]]


def test_a_region_may_hold_the_town() -> None:
    told = [telling(name="1"), telling("A missile struck a market in the Oster region", name="2", place=REGION)]
    assert groups(told) == [["s1.0", "s2.0"]]


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(telling(name="2", day=1, hours=24), id="the next day"),
        pytest.param(telling("A missile struck the market hall in Lowmark", name="2", place=LOWMARK), id="elsewhere"),
        pytest.param(telling(name="2", reality="planned"), id="a plan"),
        pytest.param(telling(name="2", kind="meeting", lemma="meet"), id="another kind"),
    ],
)
def test_what_stays_apart(other: Telling) -> None:
    first = telling(name="1")
    assert groups([first, other]) == [["s1.0"], ["s2.0"]]


def test_drone_counts_of_different_nights_stay_apart() -> None:
    words = "Air defences shot down {} drones launched overnight"
    nights = [
        telling(
            words.format(n), name=str(day), kind="drone attack", lemma="shoot", place=None, by=MINISTRY, day=day,
            hours=24 * day, figures=(figure(n, "drones shot down"),),
        )
        for day, n in enumerate((77, 81, 64))
    ]  # fmt: skip
    again = telling(
        words.format(77), name="9", kind="drone attack", lemma="shoot", place=None, by=MINISTRY, day=0, hours=3,
        outlet="Evening Wire", figures=(figure(77, "drones shot down"),),
    )  # fmt: skip
    assert groups([*nights, again]) == [["s0.0", "s9.0"], ["s1.0"], ["s2.0"]]


def test_a_look_back_joins_the_old_event_as_a_mention() -> None:
    old = telling(name="1", by=MINISTRY)
    back = telling("Last week a missile struck the market hall in Osterby", name="2", day=0, hours=24 * 8)
    (event,) = events.fold([old, back])
    assert event.stances == ("supports", "mentions")
    assert event.independent_origins == 1


STORY = [
    telling(name="1"),
    telling("Missile strike hits Osterby market hall", name="2", outlet="Evening Wire", hours=2, by=MINISTRY),
    telling("The strike on Osterby killed five", name="3", hours=3, figures=(figure(5),)),
    telling(name="4", day=1, hours=25),
    telling("A missile struck the harbour of Lowmark", name="5", place=LOWMARK),
    telling("Leaders met in Lowmark for talks", name="6", kind="meeting", lemma="meet", place=LOWMARK),
    telling("Xanadu denied that a missile struck Osterby", name="7", by=MINISTRY, supports=False, act="denies"),
]


@settings(max_examples=40, deadline=None)
@given(st.permutations(STORY), st.lists(st.sampled_from(STORY), max_size=3))
def test_order_and_repeats_do_not_matter(shuffled: list[Telling], again: list[Telling]) -> None:
    assert events.fold([*shuffled, *again]) == events.fold(STORY)


@settings(max_examples=25, deadline=None)
@given(st.sets(st.sampled_from(range(len(STORY)))), st.sampled_from(STORY), st.sampled_from(STORY))
def test_rulings_hold_and_their_undoing_restores(some: set[int], a: Telling, b: Telling) -> None:
    told = [STORY[n] for n in some] + [a, b]
    before = events.fold(told)
    pair = (a.id, b.id)
    if a.id != b.id:
        assert any({*pair} <= {t.id for t in e.tellings} for e in events.fold(told, Rulings(same=frozenset([pair]))))
        assert not any(
            {*pair} <= {t.id for t in e.tellings} for e in events.fold(told, Rulings(apart=frozenset([pair])))
        )
    assert events.fold(told) == before


def test_a_block_folds_by_itself() -> None:
    by_block = [e for block in events.blocks(STORY) for e in events.fold_block(block)]
    assert sorted(e.id for e in by_block) == sorted(e.id for e in events.fold(STORY))


def test_compare_shows_its_parts_and_is_symmetric() -> None:
    a, b = STORY[0], STORY[1]
    verdict = events.compare(a, b)
    assert verdict == events.compare(b, a)
    assert verdict.same
    assert ("place", "Osterby", "Osterby") in [part[:3] for part in verdict.parts]


class Shelf:
    """A record of tellings, indexed by their block keys."""

    def __init__(self, told: list[Telling]) -> None:
        self.told = told

    def tellings(self, keys: Sequence[str]) -> list[Telling]:
        return [t for t in self.told if set(events.keys(t)) & set(keys)]


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(STORY), st.permutations(STORY))
def test_what_a_telling_touches_is_its_whole_block(one: Telling, record: list[Telling]) -> None:
    touched = events.hanging_together([one], Shelf(record))
    assert touched in [b for b in events.blocks(STORY) if one in b]


def test_only_the_days_that_changed_are_nested_again() -> None:
    flat = [e for block in events.blocks(STORY) for e in events.fold_block(block)]
    whole = events.nest(flat)
    day = events.home(whole[0])
    there = [e for e in whole if day in events.days_of(e)]
    assert events.nest(there, {day}) == there


def test_a_group_that_is_too_large_is_split_by_day(monkeypatch: pytest.MonkeyPatch) -> None:
    told = [telling(name=str(n), hours=n) for n in range(4)] + [telling(name="far", day=1, hours=20)]
    ruled = Rulings(same=frozenset([("s0.0", "sfar.0")]))
    whole = groups(told, ruled)
    monkeypatch.setattr("onrecord.events.folding._BOUND", 2)
    assert groups(told, ruled) == whole
    assert groups(told) == [["s0.0", "s1.0", "s2.0", "s3.0"], ["sfar.0"]]
