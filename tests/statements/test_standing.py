from __future__ import annotations

import pytest
from tests.statements.said import said

from onrecord.model import Block, Post
from onrecord.statements import attribution
from onrecord.statements.parse import parse


@pytest.mark.parametrize(
    ("text", "standing"),
    [
        ("The army said it took the airport. The claim could not be independently verified.", ["unverified"]),
        ("The army said it took the airport. Reuters was unable to verify the report.", ["unverified"]),
        ("Rebels said they shelled the barracks. The government has not commented.", ["unacknowledged"]),
        ("Rebels said they took Amba. The army has not confirmed the loss of Amba.", ["unacknowledged"]),
        ("The board said Ruiz had 51% of the vote, a figure that her rival disputed.", ["disputed"]),
        ("The clerk said Leal took bribes. There was widespread scepticism about the account.", ["disputed"]),
        ("Rebels said they had shot down a jet. The army admitted the loss of the jet.", ["conceded", "conceded"]),
        ("The ministry acknowledged that it had lost two ships.", ["conceded"]),
        (
            "Rescuers said nine people lay under a roof. The army confirmed that it struck the hall this evening.",
            ["claimed", "claimed"],
        ),
        ("Hospitals said 20 people died, a toll verified by UN monitors.", ["verified"]),
        ("Rebels said they held the bridge. Geolocated footage confirmed that.", ["verified"]),
        ("The army said it took the airport. The town lies on the coast.", ["claimed"]),
    ],
)
def test_standing(text: str, standing: list[str]) -> None:
    assert [s.draft.standing for s in said(text)] == standing


def test_a_remark_means_the_run_of_its_speaker_only() -> None:
    text = (
        "Farmers said the river had risen.\nThe army said it took the airport. The army said its losses were light.\n"
        "This account from the front could not be independently confirmed."
    )
    assert [s.draft.standing for s in said(text)] == ["claimed", "unverified", "unverified"]


def test_a_denial_disputes_what_another_said() -> None:
    found = said("The clerk said the mayor took bribes, an accusation denied by city hall.")
    assert [(s.draft.act, s.draft.standing) for s in found] == [("asserts", "disputed"), ("denies", "claimed")]


def test_the_words_that_give_the_standing_are_kept() -> None:
    text = "The army said it took the airport. The claim could not be independently verified."
    (one,) = said(text)
    assert one.draft.standing_by is not None
    assert text[slice(*one.draft.standing_by)] == "could not be independently verified"


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Our correspondent saw three ferries leave.", True),
        ("We have verified the footage of the fire.", True),
        ("Three ferries left the pier.", False),
    ],
)
def test_first_hand(text: str, seen: bool) -> None:
    post = Post("p", text, (Block("paragraph", 0, len(text)),))
    assert attribution.first_hand(next(parse([post])), 0) is seen


@pytest.mark.parametrize(
    ("text", "standing"),
    [
        (
            (
                "The army said it shot down nine drones. A fire is out, army spokesman Idris told TV. "
                "The rebels have not commented, and the army’s account could not be independently confirmed."
            ),
            ["unverified", "unverified"],
        ),
        (
            (
                "Some 300 people are missing, the agency said. A count by the province gives 201 dead. "
                "The agency said it could not confirm that number."
            ),
            ["claimed", "unverified", "claimed"],
        ),
        ("She promised to cut the levy. Her deputy said that forms had not been checked.", ["claimed", "claimed"]),
        ("The mayor said nine people had died. The cause of the fire has not been confirmed.", ["claimed"]),
        ("The firm settled the case in May without admitting wrongdoing.", ["claimed"]),
        ("The union puts turnout at 90%. Norport said half its staff came. Neither figure could be verified.",
         ["unverified", "unverified"]),
        ("An engineer said alarms had failed; the Courier has seen records that support her account.", ["verified"]),
        ("The senator said the governor was idle, a charge her office called shameful.", ["disputed"]),
    ],
)  # fmt: skip
def test_a_remark_marks_what_it_points_to(text: str, standing: list[str]) -> None:
    assert [one.draft.standing for one in said(text)][: len(standing)] == standing


@pytest.mark.parametrize(
    "text",
    [
        "The council said the road was open. Rescuers could not reach the upper valley.",
        "The mayor said nine people drowned. The motive of the raid has not been confirmed.",
        "She said forms were late. Her deputy said he had asked the ministry, which had not responded to letters.",
        "The envoy said a letter had been sent. The minister denied knowing of the letter.",
        "The union said it was cold. Footage verified by the Post shows a fire.",
    ],
)
def test_a_remark_on_something_else_marks_nothing(text: str) -> None:
    assert {one.draft.standing for one in said(text) if one.draft.act != "denies"} == {"claimed"}


@pytest.mark.parametrize(
    ("text", "standing"),
    [
        ("The clerk said Leal lied. The army has yet to acknowledge the raid.", ["claimed"]),
        ("Norvia says it has taken Lomar. The rebels say they still hold the town.", ["disputed", "disputed"]),
    ],
)
def test_parties_and_places_decide(text: str, standing: list[str]) -> None:
    assert [one.draft.standing for one in said(text)] == standing


@pytest.mark.parametrize(
    "text",
    [
        "Norvia has not yet commented. It has warned before that boats would be sunk.",
        (
            "Sul Air neither confirmed nor denied reports that a bird was the cause. The tail was to be "
            "moved on Friday, officials said."
        ),
        "“We are increasing our reserves,” Kauf said. Lodl, however, said there had been no increase in demand.",
        (
            "Hart said he was sorry that the office had promised £227 million. He said the sum was instead "
            "part of £5.2 billion."
        ),
        (
            "The radio says soldiers who took the palace want to talk. According to an aide, it is the "
            "last house that the plotters hold."
        ),
        (
            "The broadcaster says no survivors have been found at the site. It reported that up to now "
            "none of those aboard had been found."
        ),
    ],
)
def test_what_is_no_word_on_a_statement(text: str) -> None:
    assert {s.draft.standing for s in said(text)} == {"claimed"}


def test_of_two_things_that_one_says_the_first_is_denied() -> None:
    text = (
        "Norvia launched attacks on the border, the army of Sulia said, claiming it had repelled "
        "the attacks.\nNorvia has denied any attacks."
    )
    assert [s.draft.standing for s in said(text)] == ["disputed", "claimed", "claimed"]


@pytest.mark.parametrize(
    ("text", "standing"),
    [
        ("Chad and Niger accused each other of firing first.", ["disputed"]),
        ("Chad said Nigerien guns hit a school. Niger said Chadian mortars hit the school.", ["disputed", "disputed"]),
        ("Chad said it shot down four Nigerien drones. Niger said it shot down six Chadian drones.", ["claimed"] * 2),
        ("Chad said Niger attacked Bol. Niger said Chad fired 20 rockets at Diffa.", ["claimed"] * 2),
    ],
)  # fmt: skip
def test_who_lays_a_deed_at_the_others_door(text: str, standing: list[str]) -> None:
    assert [s.draft.standing for s in said(text)] == standing


def test_nobody_disputes_himself() -> None:
    text = (
        "Sam Reed told the council:\n• He says the town leaves the ferry talks to the owners and the crews\n"
        "• He denies any charge that the town has held back the crews' wages\n"
    )
    assert [s.draft.standing for s in said(text) if s.draft.act == "asserts"] == ["claimed"]


def test_a_pronoun_names_nobody_as_the_doer() -> None:
    text = "The fire chief, Ann Lowe, says he saw the crews that were burnt. He says 45 fire engines went out."
    assert {s.draft.standing for s in said(text)} == {"claimed"}
