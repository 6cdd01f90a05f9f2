"""Values → JSON → equal values."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime
from typing import Any, get_type_hints
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.history import PageHistory
from onrecord.model import Event, Hints, RevisionView, Settings, Span
from onrecord.store.codec import CodecError, dump, load

ZONES = st.sampled_from([UTC, ZoneInfo("Europe/Kyiv"), ZoneInfo("America/Sao_Paulo")])
MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2040, 1, 1), timezones=ZONES, allow_imaginary=False)  # noqa: DTZ001
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
st.register_type_strategy(datetime, MOMENTS)
st.register_type_strategy(str, TEXT)
st.register_type_strategy(int, st.integers(-(2**53), 2**53))
st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))


def whole(kind: type) -> st.SearchStrategy[Any]:
    """Values of a dataclass with all its fields filled, not only those without default."""
    hints = get_type_hints(kind)
    return st.builds(kind, **{f.name: st.from_type(hints[f.name]) for f in fields(kind)})


@pytest.mark.parametrize("kind", [Event, RevisionView, Settings, Hints, PageHistory])
@given(data=st.data())
@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
def test_comes_back_equal_and_as_the_same_bytes(kind: type, data: st.DataObject) -> None:
    value = data.draw(whole(kind))
    stored = dump(value)
    assert load(kind, stored) == value
    assert dump(load(kind, stored)) == stored


def test_keeps_the_zone_and_the_second_of_two_equal_hours() -> None:
    late = datetime(2025, 10, 26, 1, 30, fold=1, tzinfo=ZoneInfo("Europe/London"))
    back = load(datetime, dump(late))
    assert (back.tzinfo, back.fold, back.utcoffset()) == (late.tzinfo, 1, late.utcoffset())


def test_a_field_that_older_rows_lack_takes_its_default() -> None:
    assert load(Hints, b'{"outlet":"Radio Nord"}') == Hints(outlet="Radio Nord")


@pytest.mark.parametrize(
    ("kind", "stored"),
    [
        (Span, b'{"post":"a","start":1,"end":2}'),
        (Span, b'{"post":"a","start":1,"end":2,"text":"b","colour":"red"}'),
        (Span, b'{"post":"a","start":"1","end":2,"text":"b"}'),
        (Span, b'{"post":"a","start":true,"end":2,"text":"b"}'),
        (Span, b"[]"),
        (Span, b"{"),
        (datetime, b'"2025-01-01T00:00:00"'),
        (tuple[int, str], b'[1,"a",2]'),
    ],
)
def test_refuses_another_shape(kind: type, stored: bytes) -> None:
    with pytest.raises(CodecError):
        load(kind, stored)


@pytest.mark.parametrize("value", [datetime(2025, 1, 1), {"a": object()}, "\ud800"])  # noqa: DTZ001
def test_refuses_what_can_not_be_written(value: object) -> None:
    with pytest.raises(CodecError):
        dump(value)
