"""A clause, then who said it: the commonest form in news, with every verb, whatever the parser makes of it."""

from __future__ import annotations

import pytest

import onrecord

CLAUSES = [
    "The dam could overflow if the rain returns",
    "Two bridges have been closed",
    "The toll may rise when crews reach the upper valley",
    "Nobody was hurt, although three houses burned",
]
SPEAKERS = ["the Norwegian Water Directorate", "a spokesman for the operator", "Governor Ana Prado", "officials"]
CUES = ["said", "warned", "added", "told reporters", "announced", "insisted", "has confirmed", "reported", "estimated"]


@pytest.mark.parametrize("speaker", SPEAKERS)
@pytest.mark.parametrize("cue", CUES)
def test_a_clause_with_its_speaker_behind(cue: str, speaker: str) -> None:
    wrong = []
    for clause in CLAUSES:
        reading = onrecord.read_text(f"{clause}, {speaker} {cue}.", split=False)
        found = [s for s in reading.posts[0].statements if s.voice == "attributed"]
        told = [(s.content[0].text, s.speaker.span.text if s.speaker and s.speaker.span else None) for s in found]
        if (clause, speaker) not in told:
            wrong.append((clause, told))
    assert not wrong


TAILS = [
    ("the Norwegian air force reports", "the Norwegian air force"),
    ("Chad's foreign ministry claims", "Chad's foreign ministry"),
    ("the interior ministry estimates", "the interior ministry"),
    ("Lima's ministry of defence claimed on Tuesday", "Lima's ministry of defence"),
    ("No 10 has announced", "No 10"),
]


@pytest.mark.parametrize(("tail", "speaker"), TAILS)
def test_a_speaker_whose_verb_looks_like_a_noun(tail: str, speaker: str) -> None:
    reading = onrecord.read_text(f"Two bridges have been closed, {tail}.", split=False)
    said = [s for s in reading.posts[0].statements if s.voice == "attributed"]
    assert [(s.content[0].text, s.speaker and s.speaker.span and s.speaker.span.text) for s in said] == [
        ("Two bridges have been closed", speaker)
    ]


def test_nouns_behind_a_comma_say_nothing() -> None:
    for text in (
        "She quit the paper, the subject of several media reports.",
        "The clinic keeps patient files, letters and expense claims.",
    ):
        assert all(s.voice == "own" for s in onrecord.read_text(text, split=False).posts[0].statements)


@pytest.mark.parametrize(
    ("text", "name", "side"),
    [
        ("Russia's FSB said it had held a woman.", "FSB", "Russia"),
        ("India's NDMA said three roads were cut.", "NDMA", "India"),
        ("South Africa's ANC said it would appeal.", "ANC", "ANC"),
        ("The Peruvian ministry of health said seven had died.", "Peruvian health ministry", "Peru"),
        ("Chad's ministry of foreign affairs said talks would go on.", "Chadian foreign ministry", "Chad"),
    ],
)
def test_bodies_named_behind_their_country(text: str, name: str, side: str) -> None:
    (said,) = [s for s in onrecord.read_text(text, split=False).posts[0].statements if s.speaker]
    assert said.speaker is not None
    assert (said.speaker.name, said.speaker.side) == (name, side)


@pytest.mark.parametrize("mark", ["• ", "  • ", "▪", "– ", "   "])
def test_what_marks_a_point_of_a_list_is_nobody(mark: str) -> None:
    reading = onrecord.read_text(f"{mark}Chad said it would close the crossing.", split=False)
    (said,) = [s for s in reading.posts[0].statements if s.voice == "attributed"]
    assert said.speaker is not None
    assert (said.speaker.side, said.text) == ("Chad", "it would close the crossing")
