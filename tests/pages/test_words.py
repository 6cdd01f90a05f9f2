"""Words for people."""

from __future__ import annotations

import pytest

from onrecord.pages.words import quoted


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("The road is closed.", "“The road is closed.”"),
        ("“The road is closed.”", "“The road is closed.”"),
        ('"The road is closed."', "“The road is closed.”"),
        ("“It is closed,” said Moen. “All of it.”", "“‘It is closed,’ said Moen. ‘All of it.’”"),
        ('Moen said it was "closed".', "“Moen said it was ‘closed’.”"),
        ("“", "“‘”"),
        ("", "“”"),
    ],
)
def test_no_quotation_mark_is_doubled(words: str, shown: str) -> None:
    assert quoted(words) == shown
