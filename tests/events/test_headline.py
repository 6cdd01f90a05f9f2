"""What a headline keeps of its clause."""

from __future__ import annotations

import pytest

from onrecord.events.headline import _trimmed
from onrecord.model import Span


@pytest.mark.parametrize(
    ("clause", "shown"),
    [
        (" – the road was closed, ", "the road was closed"),
        ("“We closed the road,” said Per Lund.", "“We closed the road,” said Per Lund."),
        ("“The road was closed”", "The road was closed"),
        ('"We closed the road," said Per Lund', '"We closed the road," said Per Lund'),
        ('"The road was closed"', "The road was closed"),
        ("Lund said: “We closed the road”", "Lund said: “We closed the road”"),
        ("We closed the road,” said Lund", "We closed the road,” said Lund"),
        (" ", " "),
    ],
)
def test_no_quotation_mark_loses_its_other_half(clause: str, shown: str) -> None:
    found = _trimmed(Span("b1", 7, 7 + len(clause), clause))
    assert found.text == shown
    assert clause[found.start - 7 : found.end - 7] == shown
