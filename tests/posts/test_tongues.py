"""Times that are printed in other languages."""

from __future__ import annotations

from datetime import date, time

import pytest

from onrecord.posts.tongues import told


@pytest.mark.parametrize(
    ("line", "day", "clock"),
    [
        ("4. März 2031, 14:05 Uhr", date(2031, 3, 4), time(14, 5)),
        ("2031. március 4. 14:05", date(2031, 3, 4), time(14, 5)),
        ("2031 m. kovo 4 d. 14:05", date(2031, 3, 4), time(14, 5)),
        ("2031年3月4日 14時05分", date(2031, 3, 4), time(14, 5)),
        ("14時05分", None, time(14, 5)),
        ("4 במרץ 2031, 14:05", date(2031, 3, 4), time(14, 5)),
        ("4 मार्च 2031 14:05", date(2031, 3, 4), time(14, 5)),
        ("4 జనవరి, 2031 14:05", date(2031, 1, 4), time(14, 5)),
    ],
)
def test_days_and_clocks(line: str, day: date | None, clock: time) -> None:
    found = told(line)
    assert found is not None
    assert (found.day, found.clock) == (day, clock)


@pytest.mark.parametrize("line", ["gestern, 23:10", "tegnap 23:10", "vakar 23:10", "昨日 23:10", "أمس 23:10"])
def test_the_day_before(line: str) -> None:
    found = told(line)
    assert found is not None
    assert (found.days_back, found.clock) == (1, time(23, 10))
