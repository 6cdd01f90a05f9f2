"""Exports: ACLED's columns, JSON lines, GeoJSON, JSON-LD; rights are kept, and every statement is there."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from typing import Any

from tests.telling_maker import NOON, figure, speaker, telling

from onrecord import events
from onrecord.model import Event, Party, Rights, Settings, Source
from onrecord.pages import exports, rights
from onrecord.pages.exports import Context, acled

MINISTRY = speaker("defence ministry", "Xanadu")
MONITOR = speaker("Oster Monitor")
RAID = "Drones struck the market hall in Osterby"


def context(*sources: Source, parts: Mapping[str, list[Event]] | None = None) -> Context:
    names = {"country:XA": "Xanadu", "r:1": "Oster region"}
    return Context(Settings("Invented war"), {}, rights.Allowed.of(sources), NOON, parts=parts or {}, name_of=names.get)


def story(words: str = RAID) -> list[Event]:
    parties = (Party("Xanadu", "Xanadu", "by"), Party("Osterby", None, "on"))
    return events.fold(
        [
            telling(words, name="1", kind="drone attack", by=MINISTRY, figures=(figure(5),), parties=parties),
            telling(words, name="2", kind="drone attack", by=MONITOR, figures=(figure(7),), hours=1, outlet="Post"),
        ]
    )


def coded(found: list[Event], kind: str = "Explosions/Remote violence: Air/drone strike") -> list[Event]:
    from dataclasses import replace

    return [
        replace(e, tellings=tuple(replace(t, happening=replace(t.happening, acled=kind)) for t in e.tellings))
        for e in found
    ]


def rows(found: list[Event], context: Context) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO("".join(exports.write("acled", found, context)))))


def test_a_row_has_acleds_columns_and_all_statements() -> None:
    (row,) = rows(coded(story()), context())
    assert (row["event_type"], row["sub_event_type"]) == ("Explosions/Remote violence", "Air/drone strike")
    assert (row["event_date"], row["time_precision"], row["geo_precision"]) == ("2031-05-06", "1", "1")
    assert (row["country"], row["admin1"], row["location"]) == ("Xanadu", "Oster region", "Osterby")
    assert (row["actor1"], row["actor2"]) == ("Xanadu", "Osterby")
    assert (row["fatalities"], row["fatalities_low"], row["fatalities_high"]) == ("5", "5", "7")
    assert [s["words"] for s in json.loads(row["statements"])] == [RAID, RAID]
    assert "defence ministry" in row["notes"]
    assert row["conflicts"].startswith("killed: 5 / 7")


def test_what_acled_has_no_type_for_is_told_apart() -> None:
    assert not acled.fits(story()[0])
    assert acled.fits(coded(story())[0])
    (planned,) = coded(events.fold([telling(name="1", kind="drone attack", reality="planned")]))
    assert not acled.fits(planned)


def test_a_cell_is_no_formula() -> None:
    (row,) = rows(coded(events.fold([telling("=HYPERLINK(1) struck Osterby", kind="drone attack")])), context())
    assert row["notes"].startswith("'=")


def test_fatalities_of_parts_count() -> None:
    (raid,) = coded(events.fold([telling(RAID, kind="drone attack")]))
    (dead,) = events.fold([telling("Five people were killed", name="9", kind="casualties", figures=(figure(5),))])
    (row,) = rows([raid], context(parts={raid.id: [dead]}))
    assert row["fatalities"] == "5"


def test_json_lines_hold_each_event_whole() -> None:
    lines = "".join(exports.write("jsonl", story(), context())).splitlines()
    (event,) = map(json.loads, lines)
    assert [s["stance"] for s in event["statements"]] == ["supports", "supports"]
    assert event["attribution"] == ["Morning Ledger", "Post", "Places: GeoNames (geonames.org), CC BY 4.0"]
    assert [s["step"] for s in event["history"]][:2] == ["claimed", "corroborated"]


def test_geojson_puts_longitude_first_and_keeps_events_without_place() -> None:
    found = [
        *story(),
        *events.fold([telling(name="8", place=None, kind="agreement", lemma="agree", words="They agreed")]),
    ]
    made: dict[str, Any] = json.loads("".join(exports.write("geojson", found, context())))
    assert made["type"] == "FeatureCollection"
    assert made["features"][0]["geometry"] == {"type": "Point", "coordinates": [30.0, 50.0]}
    assert made["features"][1]["geometry"] is None


def test_json_ld_gives_claims_with_author_and_place_of_appearance() -> None:
    made = json.loads("".join(exports.write("jsonld", story(), context())))
    (event,) = made["@graph"]
    assert event["@type"] == "Event"
    claim = event["subjectOf"][0]
    assert (claim["@type"], claim["author"]["name"]) == ("Claim", "defence ministry")
    assert claim["appearance"]["publisher"]["name"] == "Morning Ledger"


def test_an_empty_export_is_valid() -> None:
    assert json.loads("".join(exports.write("geojson", [], context())))["features"] == []
    assert json.loads("".join(exports.write("jsonld", [], context())))["@graph"] == []
    assert "".join(exports.write("acled", [], context())).count("\n") == 1


def linked(allowed: Rights) -> tuple[Source, Source]:
    return tuple(Source(f"https://{name}.example", name, rights=allowed) for name in ("Morning Ledger", "Post"))  # type: ignore[return-value]


def test_what_may_only_be_linked_gives_no_words_in_any_format() -> None:
    for form in exports.FORMATS:
        text = "".join(exports.write(form, coded(story()), context(*linked("link"))))
        assert "market hall" not in text
        assert "market hall" in "".join(exports.write(form, coded(story()), context(*linked("quote"))))


def test_a_quote_has_forty_words_around_it_at_most() -> None:
    text = " ".join(f"w{n}" for n in range(200))
    start = text.index("w100")
    left, right = rights.window(text, start, start + 4, "quote")
    assert text[left:right].split() == [f"w{n}" for n in range(80, 121)]
    left, right = rights.window(text, 0, 2, "quote")
    assert text[left:right].split() == [f"w{n}" for n in range(41)]
    assert rights.window(text, start, start + 4, "full") == (0, len(text))
    assert rights.window(text, start, start + 4, "link") == (start, start)


def test_of_several_sources_of_an_outlet_the_narrowest_counts() -> None:
    allowed = rights.Allowed.of(
        [Source("https://a.example", "A", rights="full"), Source("https://b.example", "A", rights="link")]
    )
    assert allowed.rights("A", "https://a.example") == "full"
    assert allowed.rights("A", "https://elsewhere.example") == "link"
    assert allowed.rights("B", "") == "quote"
