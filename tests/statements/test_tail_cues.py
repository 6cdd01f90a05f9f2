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
