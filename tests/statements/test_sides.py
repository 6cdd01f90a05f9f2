"""Short texts, read whole → who speaks, and for which side."""

from __future__ import annotations

from datetime import date

import pytest

from onrecord import read_text


def spoken(text: str) -> list[tuple[str, str | None]]:
    """(name, side) of the speakers in text order."""
    reading = read_text(text, split=False, published=date(2024, 6, 1))
    found = [s.speaker for post in reading.posts for s in post.statements if s.speaker and s.speaker.span]
    return [(who.name, who.side) for who in sorted(found, key=lambda who: who.span.start if who.span else 0)]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        (
            "Chadian President Omar Sadek left. A statement from his office said he was well.",
            ("office of Omar Sadek", "Chad"),
        ),
        (
            "Chadian President Omar Sadek is in Paris. An aide in the president’s office said he would stay.",
            ("unnamed: an aide in the president’s office", "Chad"),
        ),
        ("Rosa Lume, head of the Chad River Alliance, said it was over.", ("Rosa Lume", "Chad River Alliance")),
        (
            "The secretary general of the Chad Bakers’ Union said it was over.",
            ("secretary general of the Chad Bakers’ Union", "Chad Bakers’ Union"),
        ),
        ("Chad’s opposition parties said they would march.", ("Chadian opposition parties", "Chadian opposition")),
        ("Leaders of Chad’s protest movement said it went on.", ("unnamed: Leaders of Chad’s protest movement", None)),
        ("ECOWAS met in Abuja. The regional bloc said it would act.", ("ECOWAS", "ECOWAS")),
        (
            "In Chad, which borders Libya and Sudan, the head of the flood agency, Omar Sadek, said all were safe.",
            ("Omar Sadek", "Chad"),
        ),
        ("Chad is dry. Rosa Lume, chair of the River Authority, said all were safe.", ("Rosa Lume", "Chad")),
    ],
)
def test_for_whom_they_speak(text: str, last: tuple[str, str | None]) -> None:
    assert spoken(text)[-1] == last


def test_the_statement_is_of_whoever_made_one_before() -> None:
    text = (
        "The Chadian army said in a statement that it was over. According to the statement, nine were held."
        " A statement by the Libyan army said it was not."
    )
    assert [side for _, side in spoken(text)] == ["Chad", "Chad", "Libya"]


def test_the_ministry_of_a_region_is_not_whom_its_words_name() -> None:
    text = (
        "The Abkhazian Interior Ministry denied that a bridge had fallen. “The claims of the Ministry of Defence of"
        " Georgia are untrue,” the Interior Ministry said."
    )
    assert [side for _, side in spoken(text)] == ["Abkhazia", "Abkhazia"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("“The night was calm,” reported the Dawn Watch.", "Dawn Watch"),
        ("Earlier, a former clerk at the dam, Tom Lobo, said he was “never told” of it.", "Tom Lobo"),
    ],
)
def test_names_that_the_parser_hangs_elsewhere(text: str, name: str) -> None:
    assert spoken(text)[0][0] == name
