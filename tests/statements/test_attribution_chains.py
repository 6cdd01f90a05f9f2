"""Rows of verbs with one speaker, passives that they share, outlets that pass on what others said, points of a list."""

from __future__ import annotations

import pytest
from tests.statements.said import said


def told(text: str) -> list[tuple[str | None, str, str]]:
    return [(one.speaker, " + ".join(one.content), one.draft.act) for one in said(text)]


@pytest.mark.parametrize(
    ("text", "first", "then"),
    [
        ("Duarte said the dam was sound and urged families to leave.",
         "the dam was sound", ("families to leave", "asks")),
        ("Leal insisted that the count was fair and denied any fraud.",
         "the count was fair", ("any fraud", "denies")),
        ("Rail bosses say the line is safe but concede that trains run late.",
         "the line is safe", ("trains run late", "asserts")),
        ("Duarte says the fire began below and has appealed for help.",
         "the fire began below", ("help", "asks")),
        ("Leal said he was innocent and vowed to appeal.",
         "he was innocent", ("to appeal", "promises")),
        ("Leal told jurors the nurse had lied and asked them to convict her.",
         "the nurse had lied", ("them to convict her", "asks")),
    ],
)  # fmt: skip
def test_a_second_verb_is_the_speakers_own(text: str, first: str, then: tuple[str, str]) -> None:
    one, two = told(text)
    assert one[1] == first
    assert two == (one[0], *then)


@pytest.mark.parametrize(
    "text",
    [
        "Police said the driver refused to stop and threatened a clerk.",
        "Police said he had fled the house and warned his brother of a raid.",
        "Duarte said the storm hit the coast and claimed many lives.",
    ],
)
def test_a_second_verb_of_those_told_of_is_not(text: str) -> None:
    assert len([one for one in said(text) if one.draft.nested_in is None]) == 1


def test_a_row_of_verbs_begun_by_another_frame() -> None:
    text = "Duarte accused the board of waste, demanded a vote and said his party would sue."
    assert [one[1:] for one in told(text)] == [
        ("the board of waste", "asserts"), ("a vote", "asks"), ("his party would sue", "promises")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Two hurt in fire at Kolar, police say", ("police", "Two hurt in fire at Kolar", "asserts")),
        ("The judge was clear that the vote would go on.", ("The judge", "the vote would go on", "asserts")),
        ("The audit found no trace of fraud.", ("The audit", "no trace of fraud", "asserts")),
        ("She said it was co-operating with the inquiry.", ("She", "it was co-operating with the inquiry", "asserts")),
        ("Leal was cited by Lagoa Radio as saying he had left.", ("Leal", "he had left", "asserts")),
        ("Leal, asked about the gap, said it was small.", ("Leal", "it was small", "asserts")),
        ("The envoy warned the truce is weak.", ("The envoy", "the truce is weak", "warns")),
        ("His advice to drivers: “Leave the car at home.”", ("His", "Leave the car at home.", "asks")),
        ("Duarte told MPs:\n• fares would rise\n• the line would stay open",
         ("Duarte", "fares would rise + the line would stay open", "asserts")),
    ],
)  # fmt: skip
def test_who_and_what(text: str, wanted: tuple[str, str, str]) -> None:
    assert told(text) == [wanted]


def test_a_row_that_the_parser_takes_for_reported_words() -> None:
    text = "Duarte noted that the books were gone, described the loss as grave."
    assert [one[:2] for one in told(text)] == [("Duarte", "the books were gone"), ("Duarte", "the loss as grave")]


def test_a_line_above_names_the_speaker() -> None:
    text = "Ana Leal said:\n“We asked for talks.\n“They sent lawyers.”"
    assert told(text) == [("Ana Leal", "We asked for talks. + They sent lawyers.", "asserts")]


def test_brackets_and_later_clauses_are_said() -> None:
    texts = ["He said the mail (there were 40) was read.", "Duarte said it rained, 12 of them ill, and that it snowed."]
    assert [told(text)[0][1][-8:] for text in texts] == ["was read", "t snowed"]


def test_a_passive_goes_on_behind_and() -> None:
    text = "Villagers were told by police to boil water and warned that taps could run dry."
    assert [(one[0], one[2]) for one in told(text)] == [("police", "orders"), ("police", "warns")]


def test_a_mere_time_says_nothing() -> None:
    assert told("It came hours before the valley was warned of rain.") == []
