"""Values by key, those of late remembered."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Late(Generic[K, V]):
    """Remembers so many values at most. When the younger half is full, the older is forgotten."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._young: dict[K, V] = {}
        self._old: dict[K, V] = {}

    @contextmanager
    def holding(self, most: int) -> Iterator[None]:
        """Remember so many meanwhile."""
        before, self.most = self.most, most
        try:
            yield
        finally:
            self.most = before

    def get(self, key: K) -> V | None:
        """What was put for the key, if it is still known."""
        found = self._young.get(key)
        if found is None and (found := self._old.get(key)) is not None:
            self.put(key, found)
        return found

    def put(self, key: K, value: V) -> None:
        """Remember the value."""
        if len(self._young) >= self.most // 2:
            self._old, self._young = self._young, {}
        self._young[key] = value
