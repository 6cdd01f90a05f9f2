"""Which of the places that a sentence names is where it happened."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from onrecord import fold_texts

NOON = datetime(2024, 3, 5, 12, tzinfo=UTC)


def place_of(text: str, *kinds: str) -> str:
    event = next(e for e in fold_texts([("a", text, NOON)]) if e["kind"] in kinds)
    return event["place"]["name"]  # type: ignore[index, no-any-return]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Gunmen kidnapped a banker on Monday in Huaraz, 400 km north of Lima.", "Huaraz"),
        ("Gunmen kidnapped a banker on his way to Lima near Huaraz.", "Huaraz"),
        ("Gunmen kidnapped a banker in the Tavrillo neighbourhood in northern Lima.", "Tavrillo"),
        ("In Lima, gunmen kidnapped a banker in the suburb of Tavrillo.", "Tavrillo"),
        ("Gunmen kidnapped a banker 20 miles from Lima.", "Lima"),
    ],
)
def test_the_place_is_what_lies_nearest(text: str, name: str) -> None:
    assert place_of(text, "kidnapping") == name
