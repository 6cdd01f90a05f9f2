from __future__ import annotations

from collections import Counter

import pytest
from tests.statements.said import said

from onrecord.statements.standing_matter import stem
from onrecord.statements.standing_words import words


def _standing(text: str) -> list[str]:
    return [one.draft.standing for one in said(text) if one.draft.act not in {"denies", "declines"}]


def test_no_word_is_of_two_families_and_each_family_joins_words() -> None:
    rows = words().alike
    counted = Counter(word for row in rows for word in row)
    assert [word for word, times in counted.items() if times > 1] == []
    hollow = [word for row in rows for word in row if not stem(word)]
    assert hollow == []
    assert [row for row in rows if len({word[:6] for word in row}) < 2] == []


@pytest.mark.parametrize(
    ("text", "standing"),
    [
        (
            (
                "The district governor said the dam had burst.\nAda Voss said on Telegram that two bridges were gone.\n"
                "The governor added that a school was under water.\nReuters could not verify the report."
            ),
            ["unverified"] * 3,
        ),
        (
            (
                "Norvia blamed Estmark for a fire at the depot.\nEstmark said Norvian shells had hit the depot.\n"
                "The Courier has not verified the claims."
            ),
            ["unverified"] * 2,
        ),
        ("Radio Sul is reporting that four barns have burned down, we have not yet confirmed it.", ["unverified"]),
        (
            (
                "A rider said the bus had no brakes. The bus was full, Radio Sul reports.\n"
                "This information was not confirmed by any of the authorities."
            ),
            ["unverified", "unverified"],
        ),
        (
            (
                "The chief of the Amba Guard, Idris Onwe, claimed that his men had taken Lomar.\n"
                "“It took us forty days,” he said.\n"
                "The Courier could not verify Onwe’s claim, and a Norvian officer disputed it."
            ),
            ["disputed", "disputed"],
        ),
    ],
)
def test_a_check_means_all_that_it_speaks_of(text: str, standing: list[str]) -> None:
    assert _standing(text) == standing


@pytest.mark.parametrize(
    ("text", "standing"),
    [
        ("The commission said Okoro won 54 per cent of the vote. Her rival said the election was rigged.", "disputed"),
        ("Mr Adeyemi refused to accept the result. Okoro won the race, the commission said.", "disputed"),
        ("The commission said Okoro won 54 per cent of the vote. Her rival thanked those who had voted.", "claimed"),
        ("Estmark said the convoy was hit from the air. Norvia said Estmark had shown no proof of it.", "disputed"),
        ("Norvia accuses Estmark of firing first, whereas Estmark says that Norvian tanks crossed over.", "disputed"),
        ("Prosecutors say that Voss forged the deeds. Voss pleaded not guilty.", "disputed"),
        ("Voss pleaded not guilty. Detectives allege that she forged the deeds.", "disputed"),
        ("The port rejected a report by the union. The union said that two cranes had failed.", "disputed"),
        ("A nurse alleged that beds had been sold. “That is a lie,” the clinic’s director told Radio Sul.", "disputed"),
    ],
)
def test_what_others_set_against_it(text: str, standing: str) -> None:
    told = [one.draft.standing for one in said(text) if one.draft.act == "asserts"]
    assert told[0] == standing


def test_a_rival_denies_what_was_said_of_it_and_what_was_told_right_before() -> None:
    text = (
        "Norvia claims that Estmark lost a ship.\nNorvian commander Ilya Orsk says his divers holed the Amba.\n"
        "The Estmark navy denied the claim."
    )
    assert _standing(text) == ["disputed", "disputed"]


def test_whose_claim_was_denied_may_tell_of_something_else() -> None:
    text = "Ode said the tills were locked. The bank refuted Ode’s claim. Ode said that three of its clerks were sick."
    assert _standing(text) == ["disputed", "claimed"]


@pytest.mark.parametrize(
    "text",
    [
        "The board named Okoro the winner. Voss described the results as bogus. She accused the board of fake results.",
        "The governor said that wells would stay open, but he did not confirm whether the tax on wells would rise.",
        "Ode said the ferry was full. Two men fell from the ferry, but the port has not confirmed this.",
        "A clerk said the vault was empty. The bank did not deny the claims.",
        "Sheriffs said a man had drowned. Officials had not confirmed the man’s name.",
        "The envoy wants the report rejected. Her office says the claim is false.",
        "The trip took 15,000 steps, the club said. The watch maker put the total at 15,120.",
        "Okoro said the count was slow, calling on voters to reject it.",
        "Ode said the strike at Lomar had been precise. Lomar’s council said four people were hurt in the strike.",
        "The aide said the letter was old. “Do not believe the rumours,” she wrote to staff.",
    ],
)
def test_what_is_no_dispute(text: str) -> None:
    assert set(_standing(text)) <= {"claimed"}
