"""What folds into one event, what stays apart, and that neither order nor repeats matter."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.telling_maker import LOWMARK, REGION, figure, speaker, telling

from onrecord import events
from onrecord.events.pieces import Cut, Graph, Piece
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


def test_compare_shows_its_parts_and_is_symmetric() -> None:
    a, b = STORY[0], STORY[1]
    verdict = events.compare(a, b)
    assert verdict == events.compare(b, a)
    assert verdict.same
    assert ("place", "Osterby", "Osterby") in [part[:3] for part in verdict.parts]


def test_a_large_group_is_parted_at_its_weak_links(monkeypatch: pytest.MonkeyPatch) -> None:
    told = [telling(name=str(n), hours=n) for n in range(4)] + [telling(name="far", day=1, hours=20)]
    ruled = Rulings(same=frozenset([("s0.0", "sfar.0")]))
    monkeypatch.setattr("onrecord.events.folding.CUT", Cut((0.0, 2.0), 3))
    assert any({"s0.0", "sfar.0"} <= set(group) for group in groups(told, ruled))
    assert groups(told) == [["s0.0", "s1.0", "s2.0", "s3.0"], ["sfar.0"]]


LINKED = st.dictionaries(
    st.tuples(st.sampled_from("abcdefghij"), st.sampled_from("abcdefghij")).filter(lambda p: p[0] < p[1]),
    st.sampled_from([0.0, 0.5, 1.0, 2.0, 3.0]),
    max_size=25,
)


@settings(max_examples=200, deadline=None)
@given(LINKED, st.sampled_from("abcdefghij"))
def test_a_node_changes_only_the_pieces_of_its_neighbours(weights: dict[tuple[str, str], float], new: str) -> None:
    both = {(a, b): w for (x, y), w in weights.items() for a, b in ((x, y), (y, x))}

    def pieces(nodes: Collection[str], but: str = "") -> set[Piece]:
        def load(names: Sequence[str]) -> dict[str, dict[str, float]]:
            return {n: {b: w for (a, b), w in both.items() if a == n and but not in (a, b)} for n in names}

        return set(Graph(load, Cut((0.0, 2.0), 3)).pieces(nodes))

    others = set("abcdefghij") - {new}
    before = pieces(others, new)
    near = pieces([b for a, b in both if a == new], new)
    touched = {name for piece in near for name in piece.nodes} | {new}
    now = pieces({new, *others})
    assert before - near == {piece for piece in now if touched.isdisjoint(piece.nodes)}
    assert {name for piece in now if not touched.isdisjoint(piece.nodes) for name in piece.nodes} == touched
