"""Golden cases: invented pages and all that is read from them. `make golden` writes them anew."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent


def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("golden", ROOT / "scripts/golden.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


golden = script()


@pytest.mark.parametrize("case", golden.cases(), ids=lambda case: case.name)
def test_golden_case(case: Path) -> None:
    expected = json.loads((case / "expected.json").read_text(encoding="utf-8"))
    found = json.loads(golden.read(case))
    for part in expected:
        assert found[part] == expected[part], f"{part} of {case.name} changed; if it is better, run: make golden"


def test_there_are_golden_cases() -> None:
    assert len(golden.cases()) >= 5
