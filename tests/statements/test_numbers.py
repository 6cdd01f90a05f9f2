from __future__ import annotations

import pytest

from onrecord.statements import numbers


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("twenty-five", 25), ("two hundred and fifty", 250), ("a dozen", 12), ("two dozen", 24), ("1,000", 1000),
        ("1.4m", 1_400_000), ("3.2 billion", 3_200_000_000), ("half a million", 500_000), ("a hundred", 100),
        ("three million two hundred thousand", 3_200_000), ("NINETEEN", 19), ("7.1", 7.1),
    ],
)  # fmt: skip
def test_value_of(text: str, value: float) -> None:
    assert numbers.value_of(text) == value


@pytest.mark.parametrize("text", ["10th", "some", "", "F-16", "ten past"])
def test_no_number(text: str) -> None:
    assert numbers.value_of(text) is None


def found(text: str) -> list[tuple[str, float, float | None]]:
    return [(text[n.start : n.end], n.value, n.high) for n in numbers.find(text)]


def test_ranges() -> None:
    assert found("between 300 and 450 goats") == [("300 and 450", 300, 450)]
    assert found("20 to 30 boats, 5-7 crews") == [("20 to 30", 20, 30), ("5-7", 5, 7)]
    assert found("2-3 million birds") == [("2-3 million", 2_000_000, 3_000_000)]
    assert found("two or three") == [("two or three", 2, 3)]


def test_no_range() -> None:
    assert [n[0] for n in found("won 5-3 on 9 June")] == ["5", "3", "9"]
    assert [n[0] for n in found("30 and 40 of them")] == ["30", "40"]


def test_vague_words_are_ranges() -> None:
    assert found("hundreds of tents") == [("hundreds", 100, 999)]
    assert found("Tens of thousands fled") == [("Tens of thousands", 10_000, 99_999)]


def test_names_and_ordinals_are_no_numbers() -> None:
    assert found("the 10th F-16 over G7") == []


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("at least 30 boats", "at_least"), ("more than\n30 boats", "more_than"), ("up to 30 boats", "up_to"),
        ("some 30 boats", "about"), ("fewer than 30 boats", "fewer_than"), ("30 or more boats", "at_least"),
        ("no more than 30 boats", "at_most"), ("the 30 boats", "exact"), ("AS MANY AS 30 BOATS", "up_to"),
    ],
)  # fmt: skip
def test_bounds(text: str, bound: str) -> None:
    number = next(numbers.find(text))
    assert numbers.bound(text, number.start, number.end)[0] == bound


def test_long_text_stays_linear() -> None:
    assert len(list(numbers.find("one " * 20_000))) == 20_000
    assert list(numbers.find("," * 100_000)) == []
