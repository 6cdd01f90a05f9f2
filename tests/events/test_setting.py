"""Where events are, and how many people they met with."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from onrecord import fold_texts

NOON = datetime(2024, 3, 5, 12, tzinfo=UTC)


def events(text: str) -> list[dict[str, object]]:
    return fold_texts([("a", text, NOON)])


def of_kind(text: str, *kinds: str) -> list[dict[str, object]]:
    return [e for e in events(text) if e["kind"] in kinds]


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Gunmen kidnapped a Ghana embassy driver on Monday.", None),
        ("Gunmen kidnapped a driver in Ghana on Monday.", "GH"),
    ],
)
def test_a_country_beside_a_noun_is_no_place_of_the_event(text: str, country: str | None) -> None:
    place = of_kind(text, "kidnapping")[0]["place"]
    assert (place and place["country"]) == country  # type: ignore[index]


def test_people_counted_one_sort_after_the_other_are_added_up() -> None:
    figures = of_kind("Six miners and two nurses were killed in Lima on Monday.", "casualties")[0]["figures"]
    assert [(f["what"], f["low"]) for f in figures] == [("killed", 8)]  # type: ignore[attr-defined]


def test_words_for_a_sort_of_thing_are_no_event() -> None:
    assert not of_kind("The law is meant to make kidnappings and murders rarer.", "kidnapping", "casualties")


def test_an_event_without_a_place_of_its_own_is_in_the_country_of_its_post() -> None:
    text = "Rebels attacked the port of Callao on Monday. Later a bus was ambushed. The driver was killed."
    found = [e for e in of_kind(text, "ground attack", "casualties") if e["place"]]
    assert {(e["place"]["kind"], e["place"]["country"]) for e in found} >= {("country", "PE")}  # type: ignore[index]


def test_of_two_places_side_by_side_the_nearer_one_counts() -> None:
    text = "About 850 people have been evacuated from Loreto and Iquitos in Peru, police said on Monday."
    assert {e["place"]["name"] for e in of_kind(text, "aid") if e["place"]} == {"Loreto"}  # type: ignore[index]


def test_what_somebody_is_to_have_done_has_no_day_or_place_from_its_post() -> None:
    text = "LIMA, 5 March - Police in Peru said nothing. A clerk is accused of murdering a judge."
    event = of_kind(text, "casualties")[0]
    assert (event["earliest"], event["place"]) == (None, None)
    told = of_kind("LIMA, 5 March - A clerk murdered a judge. Police in Peru said nothing.", "casualties")[0]
    assert told["earliest"]
    assert told["place"]["country"] == "PE"  # type: ignore[index]


def test_a_threatened_toll_is_no_toll() -> None:
    text = "The gang threatened to kill 10 judges in Lima. On Monday it killed two guards."
    assert all(f["low"] == 2 for e in events(text) for f in e["figures"] if f["what"] == "killed")  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Two smugglers were killed in a clash with the army near Lima.", {"battle"}),
        ("Two students were killed in a clash with the army near Lima.", {"casualties", "battle"}),
        ("Two guards were killed in clashes with protesters in Lima.", {"casualties", "protest"}),
        ("The senator was machinegunned in Lima.", {"shooting"}),
        ("Five soldiers were killed in an ambush near Lima.", {"battle", "ground attack"}),
        ("The scandal has hurt Peru.", {"other"}),
        ("Talks wound up in Lima.", {"talks", "other"}),
        ("Lima is back under our control.", {"territory taken"}),
        ("The navy took back full control over Huaraz.", {"territory taken"}),
        ("Lima is back in the hands of the army.", {"territory taken"}),
        ("Inflation in Lima is fully under control.", {"other"}),
        ("The fires near Lima are fully under the firemen's control.", {"other"}),
        ("The chess team came back to Lima with its hands in the air.", {"other"}),
        ("She condemned the murder of activists and the bombings.", {"accusation", "other"}),
        ("THE ARMY SEIZED A RIFLE AND 250 STICKS OF DYNAMITE IN LIMA.", {"other"}),
    ],
)
def test_kinds_of_violence(text: str, kinds: set[str]) -> None:
    assert {e["kind"] for e in events(text)} == kinds
