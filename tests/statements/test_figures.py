from __future__ import annotations

import pytest

from onrecord.model import Block, Post
from onrecord.statements import figures
from onrecord.statements.draft import FigureDraft
from onrecord.statements.parse import parse


def read(text: str) -> list[FigureDraft]:
    post = Post("p", text, (Block("paragraph", 0, len(text)),))
    return figures.find(next(parse([post])))


def told(text: str) -> list[tuple[str, float, str]]:
    return [(text[f.start : f.end], f.value, f.what) for f in read(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # people
        ("The blast killed at least six people and wounded 40.", [("six people", 6, "killed"), ("40", 40, "wounded")]),
        ("Two nurses were killed and nine injured.", [("Two nurses", 2, "killed"), ("nine", 9, "wounded")]),
        ("A 70-year-old man had died in the flood.", [("A 70-year-old man", 1, "killed")]),
        ("A wall fell, killing a child.", [("a child", 1, "killed")]),
        ("The death toll rose to 97.", [("97", 97, "killed")]),
        ("The crash left 12 dead and three missing.", [("12", 12, "killed"), ("three", 3, "other: missing")]),
        ("Police announced the deaths of 14 sailors.", [("14 sailors", 14, "killed")]),
        ("The war has claimed 70,000 lives.", [("70,000 lives", 70_000, "killed")]),
        ("Nearly 1,200 families were evacuated.", [("1,200 families", 1200, "other: displaced")]),
        ("Police arrested 23 fans.", [("23 fans", 23, "other: arrested")]),
        ("The army captured 40 rebels.", [("40 rebels", 40, "captured")]),
        ("Six nurses, among them a matron, were badly wounded.", [("Six nurses", 6, "wounded")]),
        ("It treated nine wounded soldiers.", [("nine wounded soldiers", 9, "wounded")]),
        ("The number of dead has climbed to 19.", [("19", 19, "killed")]),
        ("The bus carried 61 passengers, 19 of whom died.",
         [("61 passengers", 61, "other: passengers"), ("19", 19, "killed")]),
        ("Some 900 people died from cholera.", [("900 people", 900, "other: deaths from disease")]),
        ("Some 41 people lost their lives.", [("41 people", 41, "killed")]),
        ("The dead include three nurses.", [("three nurses", 3, "killed")]),
        ("Two ushers were stabbed.", [("Two ushers", 2, "wounded")]),
        ("Two ushers were stabbed to death.", [("Two ushers", 2, "killed")]),
        ("Six divers suffered burns.", [("Six divers", 6, "wounded")]),
        ("Crews rescued 60 campers.", [("60 campers", 60, "other: rescued")]),
        ("Two brothers have been charged with arson.", [("Two brothers", 2, "other: charged")]),
        ("Doctors reported 340 new cases.", [("340 new cases", 340, "other: cases")]),
        ("Norway sent 300 soldiers to the border.", [("300 soldiers", 300, "troops")]),
        # arms
        ("The army downed 31 drones overnight.", [("31 drones", 31, "drones shot down")]),
        ("Rebels launched 60 drones at the port.", [("60 drones", 60, "drones launched")]),
        ("Air defences destroyed 47 drones launched by the rebels.", [("47 drones", 47, "drones shot down")]),
        ("The army shot down 12 out of 20 drones.",
         [("12", 12, "drones shot down"), ("20 drones", 20, "drones launched")]),
        ("Another 15 drones did not reach their targets.", [("15 drones", 15, "drones lost without hitting")]),
        ("They fired 9 missiles.", [("9 missiles", 9, "missiles")]),
        ("The storm damaged over 200 houses.", [("200 houses", 200, "buildings damaged")]),
        # amounts
        ("They lost two-thirds of the herd.", [("two-thirds", 66.6667, "share percent")]),
        ("Turnout was 52.3%.", [("52.3%", 52.3, "share percent")]),
        ("One in eight families has no water.", [("One in eight", 12.5, "share percent")]),
        ("Fire burned 320sqkm of forest.", [("320sqkm", 320, "area km2")]),
        ("The village lies 12 miles away.", [("12 miles", 12, "other: distance")]),
        ("She won by 3,412 votes.", [("3,412 votes", 3412, "other: votes")]),
        ("A magnitude 6.4 earthquake struck.", [("magnitude 6.4", 6.4, "other: magnitude")]),
        ("Japan gave a $40m aid package.", [("$40m", 40_000_000, "aid")]),
        ("The quake measured 6.1.", [("6.1", 6.1, "other: magnitude")]),
        ("The index fell 430 points.", [("430 points", 430, "other: points")]),
        ("A convoy of 60 trucks crossed.", [("60 trucks", 60, "other: trucks")]),
        ("They gave Rs 1.5 lakh.", [("Rs 1.5 lakh", 150_000, "money")]),
        ("He was jailed for 12 years.", [("12 years", 12, "other: prison term in years")]),
        ("They signed a 60-day truce.", [("60-day", 60, "other: length in days")]),
        ("The flood cut off two remote villages.", [("two remote villages", 2, "other: remote villages")]),
        # what is left out
        ("At least 90 people died, up from 60 this morning.", [("90 people", 90, "killed"), ("60", 60, "killed")]),
        ("The toll rose to 30, including four infants.", [("30", 30, "killed"), ("four infants", 4, "killed")]),
        ("She won 9,100 votes against 8,200 for her rival.",
         [("9,100 votes", 9100, "other: votes"), ("8,200", 8200, "other: votes")]),
        ("A team of 40 flew in.", [("40", 40, "other: people")]),
        ("The rebels said they were holding 15 men.", [("15 men", 15, "captured")]),
        ("He gave 5 crore rupees.", [("5 crore rupees", 50_000_000, "money")]),
        ("Repairs will cost between $30m and $45m.", [("$30m and $45m", 30_000_000, "money")]),
        # capitals
        ("AT LEAST 10 PEOPLE WERE KILLED AND 15 WOUNDED.",
         [("10 PEOPLE", 10, "killed"), ("15", 15, "wounded")]),
        ("A BOMB WENT OFF, KILLING A CHILD AND INJURING FOUR POLICEMEN.",
         [("A CHILD", 1, "killed"), ("FOUR POLICEMEN", 4, "wounded")]),
    ],
)  # fmt: skip
def test_figures(text: str, expected: list[tuple[str, float, str]]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "No one was hurt.", "Ann Doe, 52, was unharmed.", "The F-16 flew over the 10th floor.", "They won 3-1.",
        "Two officials said so.", "He lives at 24 Mill Road.", "It was signed on 6 August 2021 at 13.55.",
        "Article 5 of the treaty applies.", "The two sides will talk.", "They fly Boeing 737 jets.", "1. Talks go on.",
        "A 19-year-old student spoke.", "At one point it stopped.",
        "The mother of two spoke.",
    ],
)  # fmt: skip
def test_no_figure(text: str) -> None:
    assert told(text) == []


def test_one_sum_in_two_currencies_is_joined() -> None:
    text = "They want back more than 3 billion roubles (£25m)."
    first, second = read(text)
    assert (first.unit, second.unit, second.same_as, second.bound) == ("RUB", "GBP", first.start, "more_than")
    assert second.value == 25_000_000


def test_ranges_and_bounds() -> None:
    spread = read("Between 30 and 40 hostages were freed.")[0]
    assert (spread.value, spread.value_max, spread.of) == (30, 40, "hostages")
    vague = read("Dozens of people were wounded.")[0]
    assert (vague.value, vague.value_max, vague.bound, vague.what) == (24, 99, "more_than", "wounded")


def test_the_killers_are_not_the_killed() -> None:
    assert told("Two gunmen killed five people.")[-1] == ("five people", 5, "killed")
    assert all(what != "killed" for words, _, what in told("Two gunmen killed five people.") if "gunmen" in words)


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("The mayor was shot and killed on Monday.", "The mayor", 1),
        ("Judge Ana Doe was murdered.", "Judge Ana Doe", 1),
        ("They recalled the assassination of Senator John Roe.", "Senator John Roe", 1),
        ("Ana Doe was found dead in a well.", "Ana Doe", 1),
        ("GUNMEN MURDERED SENATOR JOHN ROE YESTERDAY.", "SENATOR JOHN ROE", 1),
    ],
)
def test_victims_by_name_or_office(text: str, words: str, value: float) -> None:
    assert [(f.value, f.what) for f in read(text)] == [(value, "killed")]
    assert told(text)[0][0].startswith(words)


@pytest.mark.parametrize(
    "text", ["They planned to kill Judge Ana Doe.", "Judge Ana Doe was not killed.", "The storm killed many hopes."]
)
def test_no_victim(text: str) -> None:
    assert told(text) == []


def test_a_dispute_over_a_sum_sets_no_bound() -> None:
    assert [(f.value, f.bound) for f in read("A dispute over $80 ended it.")] == [(80, "exact")]


def test_who_was_found_is_not_missing() -> None:
    assert "other: missing" not in {
        f.what for f in read("A boat with 12 sailors reported missing has been found safe.")
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Peru reported 2,310 new dengue cases, bringing the total to 41,200.",
            [(2310, "other: infections"), (41200, "other: infections")],
        ),
        ("The governor raised the death toll from the flood to 17.", [(17, "killed")]),
        ("The toll of injured has climbed to 260.", [(260, "wounded")]),
        ("The total of missing people stands at 85.", [(85, "other: missing")]),
        ("Cholera has reached the camp. There were 48 deaths.", [(48, "other: deaths from disease")]),
        ("The 12th victim of the fire was named.", [(12, "killed")]),
        ("Six shooting victims are being treated.", [(6, "wounded")]),
        ("Two of the passengers are in a critical condition.", [(2, "wounded")]),
        ("The council voted 21 to 9 to sack him.", [(21, "other: votes"), (9, "other: votes")]),
        ("Some 34 died and 112 were injured, 8 of them badly.", [(34, "killed"), (112, "wounded"), (8, "wounded")]),
    ],
)
def test_totals_and_people_in_care(text: str, expected: list[tuple[float, str]]) -> None:
    assert [(f.value, f.what) for f in read(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bail of R50 000 was set.", [("R50 000", 50_000, "money")]),
        ("The county lost KSh2.5 million.", [("KSh2.5 million", 2_500_000, "money")]),
        ("The R50 is closed to lorries.", []),
        ("The death toll has risen above 15,000.", [("15,000", 15_000, "killed")]),
        ("Medics said 400 people died in Tete and 92 in Beira.", [("400 people", 400, "killed"), ("92", 92, "killed")]),
        ("Around 60 nations sent envoys.", [("60 nations", 60, "other: nations")]),
        ("The two nations met.", []),
    ],
)
def test_glued_amounts_totals_and_what_is_left_out(text: str, expected: list[tuple[str, float, str]]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The quake left more than 570\n• A national emergency has been declared.", []),
        (
            "The death toll in Tete rose to 163 and 1,225 others wounded.",
            [("163", 163, "killed"), ("1,225 others", 1225, "wounded")],
        ),
        (
            "Some 40 people are wounded and 280 soldiers are under arrest.",
            [("40 people", 40, "wounded"), ("280 soldiers", 280, "other: arrested")],
        ),
        ("The storm moves at about 15 miles per hour.", [("15 miles per hour", 15, "other: speed")]),
    ],
)
def test_each_count_has_words_of_its_own(text: str, expected: list[tuple[str, float, str]]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The chain closed 71 stores in Ohio, 49 in Texas and 12 in Maine.",
         [("71 stores", 71, "other: stores"), ("49", 49, "other: stores"), ("12", 12, "other: stores")]),
        ("The toll by region: 94 on the coast and 71 in the hills were killed.",
         [("94", 94, "killed"), ("71", 71, "killed")]),
        ("The death toll rose by 12 to 340.", [("12", 12, "killed"), ("340", 340, "killed")]),
        ("Prices rose by 10 to 20 percent.", [("10 to 20 percent", 10, "share percent")]),
        ("Virus cases topped 1,000 on Tuesday.", [("1,000", 1000, "other: infections")]),
        ("Five bodies were pulled from the mud.", [("Five bodies", 5, "other: bodies recovered")]),
        ("The bodies of three miners were found.", [("three miners", 3, "other: bodies recovered")]),
        ("One of the raiders was shot dead.", [("One", 1, "killed")]),
        ("None of the 45 passengers was hurt.", [("45 passengers", 45, "other: passengers")]),
        ("Doctors say 32 tested negative and five positive.",
         [("32", 32, "other: tested negative"), ("five positive", 5, "other: tested positive")]),
        ("A breakdown of the deaths: 94 in Lund, 71 in Marrow and four in Ostel.",
         [("94", 94, "killed"), ("71", 71, "killed"), ("four", 4, "killed")]),
        ("A list of the arrests: 94 in Lund and 71 in Marrow.",
         [("94", 94, "other: arrested"), ("71", 71, "other: arrested")]),
        ("Three hostages and 90 prisoners were freed.",
         [("Three hostages", 3, "other: freed"), ("90 prisoners", 90, "other: freed")]),
        ("She broke free at one point.", []),
        ("Rebels captured four villages.", [("four villages", 4, "other: villages taken")]),
        ("A magnitude-6.4 quake struck.", [("magnitude-6.4", 6.4, "other: magnitude")]),
        ("Gusts of 190 km/hour hit 121 villages; 4,300 people were affected.",
         [("190 km/hour", 190, "other: speed"), ("121 villages", 121, "other: villages"),
          ("4,300 people", 4300, "other: affected")]),
        ("The valley baked at 43C.", [("43C", 43, "other: temperature")]),
        ("Mr Roe got 5,55,951 votes.", [("5,55,951 votes", 555_951, "other: votes")]),
        ("They hold a five-point lead in the 300-seat house.",
         [("five-point", 5, "other: points"), ("300-seat", 300, "other: seats")]),
        ("They agreed on a 15-point plan for the 100,000-soldier army.",
         [("100,000-soldier", 100_000, "troops")]),
        ("He must pay a £150 court charge to the victim.", [("£150", 150, "money")]),
        ("Two million people told to move inland as the river swells",
         [("Two million people", 2_000_000, "other: people")]),
    ],
)  # fmt: skip
def test_lists_parts_and_sizes(text: str, expected: list[tuple[str, float, str]]) -> None:
    assert told(text) == expected
