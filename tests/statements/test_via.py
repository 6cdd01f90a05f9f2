from __future__ import annotations

import pytest
from tests.statements.said import said


@pytest.mark.parametrize(
    ("text", "via"),
    [
        ("Leal told Reuters that the road was open.", [("Reuters",)]),
        ("Leal wrote in a Facebook post that the road was open.", [("Facebook",)]),
        ("Leal said on X that the road was open.", [("X",)]),
        ("Leal told the FT that the road was open.", [("Financial Times",)]),
        ("Speaking to local radio, Leal said the road was open.", [("local radio",)]),
        ("Leal told state television that the road was open.", [("state television",)]),
        ("The road was open, Leal said in a TV interview.", [("TV interview",)]),
        ("The Tass agency said the ship had sunk, citing the tracking service Skywatch.", [("Skywatch",)]),
        ("Reuters said that the road was open.", [()]),
        ("Leal told reporters that the road was open.", [()]),
        ("Leal said Facebook was a disease.", [()]),
    ],
)
def test_via(text: str, via: list[tuple[str, ...]]) -> None:
    assert [s.draft.via for s in said(text)] == via


def test_a_channel_holds_for_the_same_speaker_in_the_post() -> None:
    found = said("Leal said the road was open.\n“It is open,” Leal told Reuters.\nOkello said the bridge was down.")
    assert [s.draft.via for s in found] == [("Reuters",), ("Reuters",), ()]


def test_an_agencys_unnamed_sources_share_it() -> None:
    found = said("Two officials told AFP the talks had failed. One source said they would resume.")
    assert [s.draft.via for s in found] == [("AFP",), ("AFP",)]
