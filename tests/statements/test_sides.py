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
        ("Sudan’s FARC rebels took a bridge. The Sudanese rebels said it was theirs.", ("FARC", "FARC")),
        ("Houthi gunners hit a ship off Yemen. Rebel army spokesman Tom Lobo said it sank.", ("Tom Lobo", "Houthis")),
        ("In Chad a spokesman for the rebels of the Red Dune Army said it was over.", ("unnamed", "Red Dune Army")),
        ("Rosa Lume, founder of Nurses Without Ranks, said it was over.", ("Rosa Lume", "Nurses Without Ranks")),
        (
            "Soldiers rule Mali. In a talk with France 24, junta chief Tom Lobo said that all was well.",
            ("Tom Lobo", "Mali"),
        ),
        (
            "Chad’s mining minister Rosa Lume said the pit would close. “It is dear,” the official added.",
            ("Rosa Lume", "Chad"),
        ),
        ("Yona Sarr is Chad’s premier. The Conservative prime minister said it was dear.", ("Yona Sarr", "Chad")),
        ("Student leaders in Chad said they would march.", ("unnamed", None)),
        ("Chad is dry. The head of a leading think tank said it was dear.", ("head of a leading think tank", None)),
        (
            "Leaders of the Chadian Reform Coalition met. It was late, coalition members said.",
            ("unnamed", "Chadian Reform Coalition"),
        ),
        ("Rosa Lume, from the Dry Dam Foundation, warned that it leaked.", ("Rosa Lume", "Dry Dam Foundation")),
        ("Scottish Labour leader Tom Lobo said it was dear.", ("Tom Lobo", "Labour")),
        (
            "Catalonia wants independence. Spain does not. Catalan minister Rosa Lume said it would go.",
            ("Rosa Lume", "Catalonia"),
        ),
        ("The army chief who took power, General Omar Sadek, said that all was calm.", ("Omar Sadek", None)),
        ("UN envoy Tom Lobo came. “They met,” Zhradi said on Monday. But, he added, they argued.", ("Zhradi", None)),
        ("State broadcaster LRKB reported that the dam had burst.", ("LRKB", None)),
        ("SNP leader Rosa Lume said it was unfair. The party said it would march.", ("SNP", "SNP")),
        (
            "It was late, the head of the Chadian Dockers’ Union (CDU), Tom Lobo said.",
            ("Tom Lobo", "Chadian Dockers’ Union"),
        ),
        (
            "Chad is dry. Tom Lobo, spokesman of the government’s group for the Dune crisis, said it was.",
            ("Tom Lobo", "Chad"),
        ),
        ("President Rosa Lume of Chad, an SNP ally, said it was dear.", ("Rosa Lume", "Chad")),
        ("Chad is dry. Chief government forecaster Tom Lobo said it was dear.", ("Tom Lobo", "Chad")),
        ("Manila is calm. Defense Secretary Tom Lobo said that it was over.", ("Tom Lobo", "Philippines")),
        (
            "The League for Ports - which keeps the lists - said all were safe.",
            ("League for Ports", "League for Ports"),
        ),
        ("The EU-led dune force in Chad said that all were safe.", ("EU-led dune force", "EU")),
        ("Chadian minister Rosa Lume Friday said that it was dear.", ("Rosa Lume", "Chad")),
        ("It was dear, the Chad Bakers’ Union (CBU) boss said.", ("unnamed", "Chad Bakers’ Union")),
        ("It was time, said the chair of the bloc ECOWAS, Togo President Rosa Lume.", ("Rosa Lume", "Togo")),
    ],
)
def test_for_whom_they_speak(text: str, last: tuple[str, str | None]) -> None:
    name, side = spoken(text)[-1]
    assert (name.partition(":")[0] if last[0] == "unnamed" else name, side) == last


def test_the_statement_is_of_whoever_made_one_before() -> None:
    text = (
        "The Chadian army said in a statement that it was over. According to the statement, nine were held."
        " A statement by the Libyan army said it was not."
    )
    assert [side for _, side in spoken(text)] == ["Chad", "Chad", "Libya"]


def test_the_country_is_not_one_of_whose_people_the_page_speaks_in_passing() -> None:
    text = (
        "A quake hit Chad. Towns in the south of Chad are cut off. Four Peruvian hikers died, Peruvian minister"
        " Rosa Lume told reporters. The toll has grown, the country’s Interior Ministry said."
    )
    assert spoken(text)[-1][1] == "Chad"


def test_the_head_of_a_council_is_of_the_councils_country() -> None:
    text = "Chad has voted. The City Vote Council says all is in. Tom Lobo, head of the City Vote Council, said so."
    assert {side for _, side in spoken(text)} == {"Chad"}


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


def test_letters_with_points_name_the_same_bodies() -> None:
    assert spoken("The U.S. Forest Service said the road was shut.") == [("US Forest Service", "US")]
