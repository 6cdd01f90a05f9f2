"""The gate on pages: invented live pages are read as well as the floors in `tests/gate/floors.toml` say.

Raise a floor when reading gets better (`python -m tests.gate.score --floors`); lowering one needs a word in the commit.
"""

from __future__ import annotations

import json
import tomllib

import pytest

from tests.gate import check, score

FLOORS: dict[str, float] = tomllib.loads((score.PAGES.parent / "floors.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def sheet() -> score.Sheet:
    found = score.Sheet()
    for name in score.names():
        score.score(name, found)
    return found


@pytest.mark.parametrize("name", score.names())
def test_gold_is_sound(name: str) -> None:
    gold = json.loads((score.PAGES / f"{name}.json").read_text(encoding="utf-8"))
    assert check.faults(gold, (score.PAGES / gold["file"]).read_text(encoding="utf-8")) == []


def test_every_figure_has_a_floor(sheet: score.Sheet) -> None:
    assert set(sheet.figures) == set(FLOORS)


@pytest.mark.parametrize("figure", FLOORS)
def test_pages_are_read_as_well_as_the_floor(sheet: score.Sheet, figure: str) -> None:
    misses = [miss for miss in sheet.misses if miss.startswith(figure.split(maxsplit=1)[0].rstrip("s"))]
    assert sheet.figures[figure].value >= FLOORS[figure], "\n".join(misses)
