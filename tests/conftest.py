"""What all tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent

# Nobody's own word lists and places have a say in the tests.
os.environ["ONRECORD_CONFIG"] = ""
os.environ["XDG_DATA_HOME"] = str(ROOT / "tests" / "nobody")

# No test fails because the machine is busy.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real pages, labels and benchmark data; the test is skipped where it is absent."""
    folder = ROOT.parent / "shared"
    if not (folder / "DESIGN.md").exists():
        pytest.skip("needs the shared folder with real pages, which users of the repository do not have")
    return folder
