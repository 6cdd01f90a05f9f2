"""The shipped weights and word lists of folding (`data/fold.toml`, `data/kinds.toml`) → numbers and sets by name."""

from __future__ import annotations

from functools import cache

from onrecord import words as word_files


@cache
def weights() -> dict[str, dict[str, float]]:
    """The shipped weights, by group (`data/fold.toml`)."""
    table = _table()
    return {name: group for name, group in table.items() if isinstance(group, dict) and name != "families"}


@cache
def _table() -> dict[str, object]:
    return word_files.table("fold.toml")


@cache
def number(name: str) -> float:
    """A weight that stands alone: `bias`, `no`, `unmet`."""
    value = _table()[name]
    assert isinstance(value, float)
    return value


@cache
def family_of(kind: str) -> str:
    """The family of kinds that one happening may be called by; a kind without one is its own."""
    families = _table()["families"]
    assert isinstance(families, dict)
    return next((name for name, kinds in families.items() if kind in kinds), kind)


@cache
def _kind_weights() -> dict[str, float]:
    table = word_files.table("kinds.toml")
    return {kind: float(row.get("weight", 0.1)) for kind, row in table.items()}


def kind_weight(kind: str) -> float:
    """How much a kind weighs by itself, 0 to 1 (`data/kinds.toml`)."""
    return _kind_weights().get(kind, 0.1)


@cache
def listed(group: str, name: str) -> frozenset[str]:
    """A list of words in the shipped table."""
    section = _table()[group]
    assert isinstance(section, dict)
    return frozenset(section[name])
