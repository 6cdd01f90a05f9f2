"""Words → posts."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, create_engine

from onrecord.store import search

NOON = datetime(2025, 3, 13, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def connection() -> Connection:
    made = create_engine("sqlite://").connect()
    search.make(made)
    search.add(made, 1, "page", "old", datetime(1931, 1, 1, tzinfo=UTC), "The dam at Hol was opened.")
    for name in "ab":
        search.add(made, 1, "page", name, NOON, f"Floods: the dam held, said José ({name}).")
    search.add(made, 2, "page", "c", NOON, "Another generation's dam.")
    return made


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("dam", {"a", "b", "old"}),
        ("DAM flood", {"a", "b"}),
        ("jose", {"a", "b"}),
        ('"dam was"', set()),
        ('"dam at Hol"', {"old"}),
        ("open*", {"old"}),
        ("dam OR hol", set()),
        ("generation", set()),
        ("", set()),
    ],
)
def test_finds(connection: Connection, query: str, found: set[str]) -> None:
    assert {post for _, post in search.posts(connection, 1, query)} == found


def test_newest_first(connection: Connection) -> None:
    found = search.posts(connection, 1, "dam")
    assert found[-1] == ("page", "old")
    assert len(found) == 3


@given(query=st.text(max_size=30))
@settings(max_examples=50, deadline=None)
def test_no_query_is_an_error(query: str) -> None:
    with create_engine("sqlite://").connect() as made:
        search.make(made)
        search.add(made, 1, "page", "a", NOON, query)
        search.posts(made, 1, query)
