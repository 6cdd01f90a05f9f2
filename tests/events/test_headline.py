"""What a headline keeps of its clause."""
# ruff: noqa: E501

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.telling_maker import figure, telling

from onrecord.events.headline import _trimmed, headline
from onrecord.model import Span, Telling


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


@pytest.mark.parametrize(
    ("sentence", "clause", "trigger", "best"),
    [
        ("The army shot down a drone after sirens were heard in Lowmark.", "after sirens were heard in Lowmark", "heard", "The army shot down a drone after sirens were heard in Lowmark"),
        ("Two jets circled twice and dropped six bombs on the ferry road.", "dropped six bombs on the ferry road", "dropped", "Two jets circled twice and dropped six bombs on the ferry road"),
        ("Three miners were killed and 14 injured at a pit near Lowmark, police said.", "14 injured at a pit near Lowmark", "injured", "Three miners were killed and 14 injured at a pit near Lowmark"),
        ("The premier closed two ports and called for the fleet to be sold.", "called for the fleet to be sold", "sold", "The premier closed two ports and called for the fleet to be sold"),
        ("The harbour master wants the three ferries to leave port today.", "The harbour master wants", "wants", "The harbour master wants the three ferries to leave port today"),
        ("The claim that Osterby and the two villages beyond belong to Lowmark is old, he said.", "The claim that Osterby and the two villages beyond", "claim", "The claim that Osterby and the two villages beyond belong to Lowmark is old"),
        ("As nurses stay out, hospitals in Osterby have closed two wards.", "As nurses stay out", "stay", "As nurses stay out, hospitals in Osterby have closed two wards."),
        ("Police arrested six men on the quay at Osterby, and shops are shut.", "Police arrested six men on the quay at Osterby", "arrested", "Police arrested six men on the quay at Osterby"),
        ("Two old dams broke on Monday and 40 villages near Lowmark were flooded.", "Two old dams broke on Monday", "broke", "Two old dams broke on Monday"),
    ],
)  # fmt: skip
def test_a_clause_is_shown_with_what_it_takes_to_be_read_alone(
    sentence: str, clause: str, trigger: str, best: str
) -> None:
    assert headline([inside(sentence, clause, trigger)]).text == best


def test_of_what_is_planned_no_more_is_shown_than_its_own_clause() -> None:
    told = inside(
        "The mayor resigned after plans to close two wards of the clinic.", "to close two wards of the clinic", "close"
    )
    planned = replace(told, happening=replace(told.happening, reality="planned"))
    assert headline([planned]).text == "to close two wards of the clinic"


def test_the_greatest_count_stands_for_all_of_them() -> None:
    part = telling("Thirty boats were stopped off Osterby", name="1", figures=(figure(30, "boats"),))
    whole = telling(
        "The navy stopped 77 boats on the night before the talks about the fishing grounds off Lowmark were to begin in the old town hall there",
        name="2",
        figures=(figure(77, "boats"),),
    )
    assert headline([part, whole]).text == whole.happening.scope.text


def test_words_that_lead_over_to_somebodys_own_are_left_out() -> None:
    assert shown("the ministry kept away from the plans, adding") == "the ministry kept away from the plans"


def inside(sentence: str, clause: str, trigger: str) -> Telling:
    """A telling whose scope is a part of its sentence, which stands behind another one."""
    told = telling(sentence)
    start = 20 + sentence.index(clause)
    at = start + clause.index(trigger)
    scope, span = Span("p", start, start + len(clause), clause), Span("p", at, at + len(trigger), trigger)
    return replace(told, happening=replace(told.happening, scope=scope, span=span), sentence=sentence, sentence_at=20)


def shown(words: str) -> str:
    return headline([telling(words)]).text
