"""What is ruled out early would have scored less than was asked for, and the rest scores the same to the last bit."""

from __future__ import annotations

from itertools import product

import pytest
from tests.telling_maker import LOWMARK, OSTERBY, REGION, figure, telling

from onrecord.events.bounds import likely
from onrecord.events.folding import FLOOR
from onrecord.events.same import score
from onrecord.events.traits import all_traits

WORDS = (
    "A missile struck the market hall in Osterby",
    "Two drones hit the market hall of Osterby at dawn",
    "The council of Lowmark voted on the harbour",
)


@pytest.mark.parametrize("least", [0.0, FLOOR])
def test_as_the_score_says(least: float) -> None:
    told = [
        telling(words, name=str(n), place=place, day=day, post=post, figures=figures)
        for n, (words, place, day, post, figures) in enumerate(
            product(WORDS, (OSTERBY, LOWMARK, REGION, None), (0, 5, None), ("one", None), ((), (figure(17),)))
        )
    ]
    known = all_traits(told)
    found = [(likely(a, b, least), a, b) for a in known for b in known if a.id < b.id]
    kept = [value for value, _, _ in found if value is not None]
    assert 0 < len(kept) < len(found)
    for value, a, b in found:
        whole = score(*all_traits((a.telling, b.telling)))
        assert value == (whole if whole >= least else None)
