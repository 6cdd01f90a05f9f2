"""Who is counted as a first hand, and what standing follows."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.telling_maker import figure, speaker, telling

from onrecord import events
from onrecord.events import origins
from onrecord.model import Event, Party, Speaker, Telling

MINISTRY = speaker("defence ministry", "Xanadu")
GOVERNOR = speaker("Ada Quill", "Xanadu", "person")
RIVAL = speaker("army of Yonder", "Yonder")
ANALYSTS = speaker("Institute for Maps")
SOURCES = speaker("unnamed: two officials", None, "unnamed")


def independent(*told: Telling) -> int:
    return origins.count(told)[1]


def test_fifty_outlets_with_one_ministry_are_one_origin() -> None:
    told = [telling(name=str(n), by=MINISTRY, outlet=f"Outlet {n}") for n in range(50)]
    (origin,), count = origins.count(told)
    assert (origin.name, origin.side, len(origin.outlets), count) == ("defence ministry", "Xanadu", 50, 1)


def test_a_side_counts_once_but_its_speakers_are_named() -> None:
    found, count = origins.count([telling(name="1", by=MINISTRY), telling(name="2", by=GOVERNOR)])
    assert [o.name for o in found] == ["Ada Quill", "defence ministry"]
    assert count == 1


def test_a_speaker_named_in_part_is_listed_in_full() -> None:
    bodies = [speaker(name, "Xanadu") for name in ("defence ministry", "Xanadu defence ministry", "interior ministry")]
    found, _ = origins.count([telling(name=str(n), by=body) for n, body in enumerate(bodies)])
    assert [(o.name, len(o.statements)) for o in found] == [("Xanadu defence ministry", 2), ("interior ministry", 1)]
    found, _ = origins.count(
        [telling(name=str(n), by=b) for n, b in enumerate([speaker("ministry", "Xanadu"), *bodies])]
    )
    assert "ministry" in [o.name for o in found]  # which one, nobody says


def test_own_voice_never_corroborates_unless_first_hand() -> None:
    assert independent(telling(name="1"), telling(name="2", outlet="Evening Wire", voice="hedged")) == 0
    assert independent(telling(name="1", by=MINISTRY), telling(name="2")) == 1
    assert independent(telling(name="1", by=MINISTRY), telling(name="2", first_hand=True)) == 2


def test_unnamed_sources_of_one_agency_are_one_origin() -> None:
    told = [
        telling(f"Words of outlet {n} about a strike", name=str(n), by=SOURCES, outlet=f"Outlet {n}", via=("Reuters",))
        for n in range(3)
    ]
    assert independent(*told) == 1


def test_officials_behind_an_agency_may_be_its_other_unnamed_sources() -> None:
    officials = speaker("unnamed: two Xanadu officials", "Xanadu", "unnamed")
    first = telling("Words on a strike", name="1", by=officials, via=("Reuters",))
    assert independent(first, telling("Others on it", name="2", by=SOURCES, outlet="B", via=("Reuters",))) == 1
    assert independent(first, telling("Others on it", name="2", by=SOURCES, outlet="B", via=("AFP",))) == 2


def test_copied_words_are_one_origin() -> None:
    words = "Two officials familiar with the plan said the depot near Osterby burned all night"
    apart = [telling(f"{n} other words", name=str(n), by=SOURCES, outlet=f"Outlet {n}") for n in range(2)]
    assert independent(*apart) == 2
    assert independent(*(telling(words, name=str(n), by=SOURCES, outlet=f"Outlet {n}") for n in range(2))) == 1


def test_publishers_count_by_family() -> None:
    told = [telling(str(o), name=o, first_hand=True, outlet=o) for o in ("The Guardian", "The Observer")]
    assert independent(*told) == 1


@given(st.lists(st.sampled_from([MINISTRY, GOVERNOR, RIVAL, ANALYSTS, None]), min_size=1, max_size=8))
def test_repeating_adds_no_origin(speakers: list[Speaker | None]) -> None:
    told = [telling(name=str(n), by=s) for n, s in enumerate(speakers)]
    again = [telling(name=f"again{n}", by=s, outlet="Evening Wire") for n, s in enumerate(speakers)]
    assert independent(*told, *again) == independent(*told)


OUTLETS = st.sampled_from(["The Guardian", "The Observer", "Evening Wire", "Morning Ledger"])
BY = st.sampled_from([SOURCES, None])


@given(st.lists(st.tuples(OUTLETS, BY, st.booleans()), min_size=1, max_size=8))
def test_outlets_that_name_nobody_are_never_more_origins_than_publishers(
    said: list[tuple[str, Speaker | None, bool]],
) -> None:
    told = [telling(f"{n} other words", name=str(n), outlet=o, by=b, first_hand=f) for n, (o, b, f) in enumerate(said)]
    seen = {origins.family(o) for o, b, f in said if f and b is None}
    heard = {origins.family(o) for o, b, _ in said if b is SOURCES}
    assert independent(*told) == len(seen) + len(heard)
    for event in events.fold(told):
        assert event.independent_origins <= len(seen) + len(heard)


def fold_one(*told: Telling) -> Event:
    (event,) = events.fold(told)
    return event


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ([telling(name="1"), telling(name="2", outlet="Evening Wire")], "reported"),
        ([telling(name="1", by=MINISTRY), telling(name="2", by=GOVERNOR)], "claimed"),
        ([telling(name="1", by=MINISTRY), telling(name="2", by=ANALYSTS)], "corroborated"),
        ([telling(name="1", by=MINISTRY, standing="verified")], "verified"),
    ],
)
def test_standing_of_what_happened(told: list[Telling], shown: str) -> None:
    assert fold_one(*told).claim.standing == shown


def test_a_verified_figure_does_not_verify_a_later_one() -> None:
    event = fold_one(
        telling(name="1", by=MINISTRY, standing="verified", figures=(figure(5),)),
        telling(name="2", by=RIVAL, hours=1, figures=(figure(11),)),
    )
    assert [(c.low, c.standing) for c in event.figures] == [(5, "verified"), (11, "claimed")]


def test_denial_disputes_and_the_losers_word_concedes() -> None:
    lost: dict[str, Any] = {
        "kind": "territory taken",
        "lemma": "capture",
        "parties": (Party("Xanadu", "Xanadu", "by"), Party("Yonder", "Yonder", "on")),
    }
    claim = telling("Xanadu captured Osterby", name="1", by=MINISTRY, standing="unacknowledged", **lost)
    denial = telling("Yonder denied that Xanadu captured Osterby", name="2", by=RIVAL, supports=False, **lost)
    admits = telling("Osterby was captured, Yonder's army said", name="3", by=RIVAL, hours=5, **lost)
    disputed = fold_one(claim, denial)
    assert (disputed.claim.disputed, disputed.claim.unacknowledged, disputed.claim.conceded) == (True, True, False)
    assert [c.what for c in disputed.conflicts] == ["happened"]
    conceded = fold_one(claim, admits).claim
    assert (conceded.conceded, conceded.unacknowledged, conceded.standing) == (True, False, "corroborated")
