"""Whose side the speakers of short pages are on."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import onrecord
from tests.gate.score import one_name, one_side


class Page(NamedTuple):
    name: str
    text: str
    said: list[list[str]]


def pages() -> list[Page]:
    table = tomllib.loads(Path(__file__).with_name("sides.toml").read_text("utf-8"))
    return [Page(**{**row, "text": row["text"].strip()}) for row in table["page"]]


def speaker(statements: list[dict[str, Any]], words: str) -> dict[str, Any]:
    """Who says the words: the speaker of the shortest statement that holds them."""
    held = [s for s in statements if s["voice"] != "own" and any(words in c["text"] for c in s["content"])]
    assert held, f"nobody says {words!r}"
    found: dict[str, Any] = min(held, key=lambda s: sum(len(c["text"]) for c in s["content"]))["speaker"] or {}
    return found


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_speakers_and_their_sides(page: Page) -> None:
    read: dict[str, Any] = onrecord.read_text(page.text, published=date(2025, 5, 7), split=False).to_dict()
    wrong = []
    for words, name, side in page.said:
        got = speaker(read["statements"], words)
        if not one_name(name, got.get("name")) or not (
            one_side(side, got.get("side")) if side else not got.get("side")
        ):
            wrong.append(f"{words}: {got.get('name')} | {got.get('side')}, not {name} | {side}")
    assert wrong == []
