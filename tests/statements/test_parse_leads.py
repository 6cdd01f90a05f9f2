"""A post's own clock line is no news, and what stands behind it is whole."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.model import Block, Post
from onrecord.statements.parse_leads import news_blocks


@pytest.mark.parametrize(
    ("shown", "text", "left"),
    [
        ("9:14", "9:14 President Ruiz said the road was closed.", "President Ruiz said the road was closed."),
        ("8:50", "8:50 Airlines cancelled all flights.", "Airlines cancelled all flights."),
        ("9:14 a.m.", "9:14 a.m. Prices rose.", "Prices rose."),
        ("22:15", "22:15 GMT – Power is back", "Power is back"),
        ("9:14", "The train of 9:14 was late.", "The train of 9:14 was late."),
        ("2031-03-01T15:30:00+00:00", "UPDATE 1530 GMT: The dam holds.", "The dam holds."),
        ("2031-03-01T15:30:00+00:00", "1530 GMT — The dam holds", "The dam holds"),
        ("2031-03-01T20:30:00+00:00", "2030 houses have power again.", "2030 houses have power again."),
        ("2031-03-01T08:41:00-05:00", "[Updated at 8:41 a.m. ET, 2:41 p.m. in Beira] Prices rose.", "Prices rose."),
        ("2031-03-01T18:12:00-05:00", "Prices rose. [Updated at 6:12 p.m. ET, Saturday]", "Prices rose."),
        ("2031-03-01T18:00:00-05:00", "6 PM: Prices rose.", "Prices rose."),
        ("2031-03-01T00:00:00-05:00", "[Midnight] Prices rose.", "Prices rose."),
        ("2031-03-01T21:00:00-05:00", "(9 p.m. ET, 4 a.m. local) Prices rose.", "Prices rose."),
        ("2031-03-01T18:12:00-05:00", "6:12 p.m. ET March 1, 2031: Prices rose.", "Prices rose."),
        ("2031-03-01T18:12:00-05:00", "6:12 p.m. ET March 1 was the day.", "March 1 was the day."),
        ("2031-03-01T18:12:00-05:00", "Prices rose (as at 5:10 p.m.)", "Prices rose (as at 5:10 p.m.)"),
    ],
)
def test_the_clock_goes_and_no_letter_of_the_news(shown: str, text: str, left: str) -> None:
    post = replace(Post("p", text=text, blocks=(Block("paragraph", 0, len(text)),)), shown=shown)
    (block,) = news_blocks(post)
    assert text[block.start : block.end] == left
