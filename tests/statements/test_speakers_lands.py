"""An office without a country's name is the country's in which the page plays."""

from __future__ import annotations

from datetime import date

import pytest

import onrecord

PAGE = """Tide breaks dam in Chad: live updates

Chad's eastern towns were cut off on Monday.

11:20

{post}

10:05

The roads to the lake were shut.
"""


def side(post: str, speaker: str) -> str | None:
    found = onrecord.read_text(PAGE.format(post=post), published=date(2031, 3, 4))
    told = (s.speaker for r in found.posts for s in r.statements if s.speaker and s.speaker.span)
    return next(s.side for s in told if s.span and s.span.text == speaker)


@pytest.mark.parametrize(
    "post",
    [
        "The transport ministry said Kenya's engineers would come in May.",
        "A senior US envoy praised the rescuers. The transport ministry said it was grateful.",
    ],
)
def test_whom_an_office_tells_of_is_abroad(post: str) -> None:
    assert side(post, "The transport ministry") == "Chad"


@pytest.mark.parametrize(
    "post",
    [
        "Flood water reached Nairobi, Kenya's capital. The transport ministry said the airport was shut.",
        "Kenya closed its schools. The transport ministry said trains in Kenya stood still.",
    ],
)
def test_a_post_that_plays_abroad_keeps_its_own_country(post: str) -> None:
    assert side(post, "The transport ministry") == "Kenya"


def test_what_a_country_says_by_its_own_ministry_is_its_own() -> None:
    post = "Kenya is sending boats to Chad, its foreign ministry said."
    assert side(post, "its foreign ministry") == "Kenya"


def test_an_army_chief_is_no_rebel_armys() -> None:
    post = "Rebels of the River People's Army declared a truce. Army chief General Otho Lobo said he would answer."
    assert side(post, "Army chief General Otho Lobo") == "Chad"


def test_a_member_of_a_party_with_a_countrys_name_speaks_for_the_party() -> None:
    post = "Idriso Lobo of the opposition party Free Chad called for an inquiry."
    assert side(post, "Idriso Lobo of the opposition party Free Chad") == "Free Chad"


@pytest.mark.parametrize(
    ("post", "speaker", "wanted"),
    [
        ("Kenya shelled Abéché, a town in eastern Chad. Local officials said ten died.", "Local officials", "Chad"),
        ("Fire reached Mombasa and Kisumu in Kenya. Local officials said ten died.", "Local officials", "Kenya"),
        ("The Kenyan king said Kenya wept. The president said he was moved.", "The president", "Chad"),
        (
            "The Inter-American Harbour Union said it would strike.",
            "The Inter-American Harbour Union",
            "Inter-American Harbour Union",
        ),
        ("The Clean Shore Campaign said the lake was foul.", "The Clean Shore Campaign", "Clean Shore Campaign"),
        ("The Lobo campaign said he had won.", "The Lobo campaign", "Lobo campaign"),
        (
            "A spokesman for Otho Lund, the UN coordinator, said tents were on their way.",
            "A spokesman for Otho Lund, the UN coordinator",
            "UN",
        ),
        (
            "A spokesman for Lagoa Motors, the Kenyan dealer, said cars had sunk.",
            "A spokesman for Lagoa Motors, the Kenyan dealer",
            "Lagoa Motors",
        ),
    ],
)
def test_whose_an_office_or_body_is_by_what_stands_beside_it(post: str, speaker: str, wanted: str) -> None:
    assert side(post, speaker) == wanted
