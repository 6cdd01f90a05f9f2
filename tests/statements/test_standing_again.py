from __future__ import annotations

import pytest

import onrecord

SECOND = (
    "Dockers answer\nThe Harbour Board says that the dockers had stolen 40 cranes. The dockers deny stealing cranes."
)


def standings(*posts: str) -> list[list[str]]:
    page = "\n\n".join(f"{hour}:00\n{text}" for hour, text in zip(range(18, 8, -1), posts, strict=False))
    reading = onrecord.read_text(page, published=None)
    return [[s.standing for s in post.statements if s.voice == "attributed"] for post in reading.posts]


def test_a_claim_told_again_in_another_post_stands_as_it_does_there() -> None:
    first = "Cranes gone\nThe Harbour Board said 40 cranes at Kell had been stolen by the dockers. It gave no names."
    found = standings(first, SECOND)
    assert [standing for post in found for standing in post].count("disputed") == 2


@pytest.mark.parametrize(
    "first",
    [
        "Ferries late\nThe Harbour Board said ferries to Kell would be late until Friday because of the wind.",
        "Cranes gone\nThe mayor of Kell said 40 cranes had been stolen by the dockers.",
    ],
)
def test_another_claim_or_another_speaker_does_not(first: str) -> None:
    found = standings(first, SECOND)
    assert [standing for post in found for standing in post].count("disputed") == 1


def test_a_claim_told_again_in_the_same_post_stands_alike() -> None:
    text = (
        "Cranes gone\nThe Harbour Board said the dockers had stolen 40 cranes at Kell. "
        "The dockers deny stealing cranes.\nA ferry came in late.\n"
        "The Harbour Board said on its website that the dockers had stolen 40 cranes."
    )
    assert standings(text)[0].count("disputed") == 2
