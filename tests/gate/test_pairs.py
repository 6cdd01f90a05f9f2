"""Reports of two outlets: one event with one origin, or two events."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from onrecord import fold_texts

WRITTEN = datetime(2025, 5, 7, 18, tzinfo=UTC)  # a Wednesday


class Pair(NamedTuple):
    name: str
    texts: list[str]
    same: bool
    origins: int = 1


def pairs() -> list[Pair]:
    table = tomllib.loads(Path(__file__).with_name("pairs.toml").read_text("utf-8"))
    return [Pair(same=name == "same", **row) for name in ("same", "apart") for row in table[name]]


def shared(pair: Pair) -> list[dict[str, object]]:
    """The events that both tell."""
    told = fold_texts([(f"Outlet {n}", text, WRITTEN) for n, text in enumerate(pair.texts)])
    docs = [{h["doc"] for h in event["happenings"]} for event in told]  # type: ignore[attr-defined]
    return [event for event, there in zip(told, docs, strict=True) if len(there) > 1]


@pytest.mark.parametrize("pair", [p for p in pairs() if p.same], ids=lambda p: p.name)
def test_one_event_with_one_origin(pair: Pair) -> None:
    found = shared(pair)
    assert found
    assert max(int(str(event["independent_origins"])) for event in found) <= pair.origins


@pytest.mark.parametrize("pair", [p for p in pairs() if not p.same], ids=lambda p: p.name)
def test_two_events(pair: Pair) -> None:
    assert [event["headline"] for event in shared(pair)] == []
