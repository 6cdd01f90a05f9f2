from __future__ import annotations

import time

import pytest

from onrecord.model import Block
from onrecord.statements import quotes


def inner(text: str) -> list[str]:
    return [text[q.inner : q.inner_end] for q in quotes.find(text, [Block("paragraph", 0, len(text))])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “no” and “yes”.", ["no", "yes"]),
        ('He said "no" and "yes".', ["no", "yes"]),
        ("He said ''no'' and ``yes''.", ["no", "yes"]),
        ("It held ‘frank’ talks with the children’s home.", ["frank"]),
        ("It’s the farmers’ land, they’ve said.", []),
        ("Bosnia‘s mayor and the '90s band said no.", []),
        ("He said 'no' to the farmers' plan.", ["no"]),
        ("„Nein“, «non», 「no」.", ["Nein", "non", "no"]),
        ("“She said ‘no’ to us,” he said.", ["She said ‘no’ to us,"]),
        ('A board of 5" by 10" was cut.', []),
        ("He said: “We go on", ["We go on"]),
        ('“” and ""', []),
    ],
)
def test_quotes(text: str, expected: list[str]) -> None:
    assert inner(text) == expected


def test_a_quote_never_crosses_a_paragraph() -> None:
    text = "“We go on.\n“And on,” he said."
    found = quotes.find(text, [Block("paragraph", 0, 10), Block("paragraph", 11, len(text))])
    assert [(text[q.inner : q.inner_end], q.closed) for q in found] == [("We go on.", False), ("And on,", True)]


@pytest.mark.parametrize("mark", ["“", "”", '"', "'", "‘", "’", "''", "“ ”", "' '", "«", "a' "])
def test_a_million_marks_take_no_longer_than_their_number(mark: str) -> None:
    def seconds(count: int) -> float:
        text = mark * count
        began = time.process_time()
        quotes.find(text, [Block("paragraph", 0, len(text))])
        return time.process_time() - began

    seconds(1_000)
    small, large = max(seconds(10_000), 0.004), seconds(100_000)
    assert large < 60 * small
