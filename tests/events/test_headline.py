"""What a headline keeps of its clause."""

from __future__ import annotations

import pytest
from tests.telling_maker import telling

from onrecord.events.headline import _trimmed, headline
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


def test_the_word_that_joins_a_clause_is_no_part_of_it() -> None:
    assert shown("that the train to Osterby did not derail") == "the train to Osterby did not derail"
    assert shown("since security forces") == "since security forces"
    assert shown("as many as 15 people were hurt in Osterby") == "as many as 15 people were hurt in Osterby"
    assert shown("after 40 shells had hit the harbour of Osterby") == "40 shells had hit the harbour of Osterby"


def shown(words: str) -> str:
    return headline([telling(words)]).text
