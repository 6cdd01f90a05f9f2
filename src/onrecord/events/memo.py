"""A number for a pair of numbers, remembered for as long as there is room."""

from __future__ import annotations


class Memo:
    """Scores by pair. Of plain numbers alone, so that the garbage collector has nothing to walk through.

    When the younger half is full, the older is forgotten.
    """

    def __init__(self, size: int) -> None:
        self._half = size // 2
        self.young: dict[int, float] = {}
        self._old: dict[int, float] = {}

    def get(self, pair: int) -> float | None:
        """What was put for the pair, if it is still known."""
        value = self.young.get(pair)
        if value is None and (value := self._old.get(pair)) is not None:
            self.put(pair, value)
        return value

    def put(self, pair: int, value: float) -> None:
        """Remember the value."""
        if len(self.young) >= self._half:
            self._old, self.young = self.young, {}
        self.young[pair] = value


def pair(a: int, b: int) -> int:
    """One number for two below 2³², in either order."""
    return a << 32 | b if a < b else b << 32 | a
