"""What all tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real pages, labels and benchmark data; the test is skipped where it is absent."""
    folder = ROOT.parent / "shared"
    if not (folder / "DESIGN.md").exists():
        pytest.skip("needs the shared folder with real pages, which users of the repository do not have")
    return folder
