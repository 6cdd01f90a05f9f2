from __future__ import annotations

import pytest
from tests.statements.said import said


@pytest.mark.parametrize(
    ("text", "via"),
    [
        ("Leal told Reuters that the road was open.", [("Reuters",)]),
        ("Leal told US-based Fox News that the road was open.", [("Fox News",)]),
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


@pytest.mark.parametrize(
    ("text", "via"),
    [
        ("Leal told Danish daily Vestposten that the road was open.", [("Vestposten",)]),
        ("The road was open, Leal told TV 9.", [("TV 9",)]),
        ("Leal told the Saudi channel Al Fajr that the road was open.", [("Al Fajr",)]),
        ("Leal told the Onda news agency that the road was open.", [("Onda",)]),
        ("Leal told Lagoa Radio Four's morning show that the road was open.", [("Lagoa Radio Four",)]),
        ("Leal told local media that the road was open.", [("local media",)]),
        ("Leal told the Senate that the road was open.", [()]),
        ("Leal told Ana Prado that the road was open.", [()]),
        ("Leal called the road “a joke” on Bluesky.", [("Bluesky",)]),
        ("Leal said the road was open in an interview with Radio Aurora.", [("Radio Aurora",)]),
        ("The road is open, Leal told this newspaper.", [("this outlet",)]),
        ("Officials say the road is open. – Reuters", [("Reuters",)]),
    ],
)
def test_a_channel_that_no_list_has(text: str, via: list[tuple[str, ...]]) -> None:
    assert [s.draft.via for s in said(text)] == via


@pytest.mark.parametrize(
    ("text", "speaker", "via"),
    [
        ("The Onda news agency quoted the minister as saying that the road was open.", "the minister", "Onda"),
        ("The road is open, the Lagoa Times reported, citing two officials.", "two officials", "Lagoa Times"),
        ("Reuters reported that the road was open.", "Reuters", None),
    ],
)
def test_whom_an_outlet_quotes_is_the_speaker(text: str, speaker: str, via: str | None) -> None:
    found = said(text)[-1]
    assert (found.speaker, found.draft.via) == (speaker, (via,) if via else ())


def test_what_was_said_elsewhere_did_not_come_through_the_channel() -> None:
    found = said("Leal told reporters that the road was open.\n“It is open,” Leal told Reuters.")
    assert [s.draft.via for s in found] == [(), ("Reuters",)]


@pytest.mark.parametrize(
    ("text", "via"),
    [
        ("The pilot is alive, Reuters reported referring to an official at the ministry.", [("Reuters",)]),
        ("Fifty men were held, reports Tass referring to the interior minister’s statement.", [("Tass",)]),
        ("According to Reuters, Chad does not plan a new attack, Tom Leal said on Tuesday.", [("Reuters",)]),
        ("The BBC reports how thousands fled the town, the UN envoy has said.", [("BBC",)]),
        ("Using Twitter, Ana Leal has pledged to rebuild the town.", [("Twitter",)]),
        ("“The shells fell all night,” Omar Leal, a doctor, told Chad Direct.", [("Chad Direct",)]),
        ("The man fell, a Reuters witness said.", [("Reuters",)]),
        ("Ana Leal has been speaking to Sky News. She said: “We want calm.”", [("Sky News",)]),
        ("The army has left the base, reported Reuters.", [()]),
    ],
)
def test_an_outlets_frame(text: str, via: list[tuple[str, ...]]) -> None:
    assert [s.draft.via for s in said(text)] == via


def test_what_an_outlet_reports_to_be_announced_has_both() -> None:
    found = said("Al Jazeera reported on Monday that Prime Minister Ali Leal announced that the border would close.")
    assert [(s.speaker, s.draft.via) for s in found] == [
        ("Al Jazeera", ()),
        ("Prime Minister Ali Leal", ("Al Jazeera",)),
    ]


def test_a_stub_sentence_tells_of_the_one_before() -> None:
    found = said("The bridge is down. The Lagoa TV station reported.")
    assert [(s.speaker, s.content) for s in found] == [("The Lagoa TV station", ["The bridge is down"])]


def test_a_channel_is_not_carried_far_back() -> None:
    found = said(
        "Leal said the road was open.\nIt rained all day. Shops were shut.\n“It is open,” Leal told Reuters on Friday."
    )
    assert [s.draft.via for s in found] == [(), ("Reuters",)]


@pytest.mark.parametrize(
    ("text", "via"),
    [
        (
            "Ferries have stopped.\nReuters reports:\nThe port will stay shut, a harbour official said.",
            [("Reuters",)],
        ),
        ("The depot is empty, two guards said, quoted by Tass.", [("Tass",)]),
        ("Two guards said the depot was empty, per Axios.", [("Axios",)]),
        (
            "On Radio 4’s Sunrise programme, Ivo Leal was asked about the dam. Leal said it held.",
            [("Radio 4’s Sunrise programme",)],
        ),
        ("Leal tells Lagoa Radio’s Sunrise programme she has had no call.", [("Lagoa Radio’s Sunrise programme",)]),
        ("A rider told Radio 1 that the bus was full. “I got off,” the woman said.", [("Radio 1",), ("Radio 1",)]),
        ("AFP reports that talks are off. Several diplomats said the two sides were close.", [(), ("AFP",)]),
        ("A publicist for Ode told AFP he was hurt. Publicist Mia Karst said he was well.", [("AFP",), ()]),
        (
            "Leal told Rivage that the mine was shut. The firm did not answer Rivage’s request for comment.",
            [("Rivage",)],
        ),
    ],
)
def test_credits_that_stand_elsewhere(text: str, via: list[tuple[str, ...]]) -> None:
    assert [s.draft.via for s in said(text) if s.draft.act == "asserts" and s.speaker != "Reuters"][: len(via)] == via
