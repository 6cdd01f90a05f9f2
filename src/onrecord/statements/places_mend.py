"""Names that no table has as written → the place meant: one letter off, or a hamlet put in the region named with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any


def mend(candidates: Sequence[Any], countries: Counter[str]) -> None:
    """Nothing yet."""
