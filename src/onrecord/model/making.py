"""A frozen dataclass → a constructor of the same values that takes a fifth of the time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, Field, field, fields, make_dataclass
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


def quickly(kind: Callable[P, T]) -> Callable[P, T]:
    """The constructor of a frozen dataclass with slots, for where thousands are made.

    Python sets each field of a frozen value by a call of its own. A twin that is not frozen has its fields set at once,
    and becomes the frozen one before anybody sees it; both are laid out alike, or Python would refuse.
    """
    assert isinstance(kind, type)

    def freeze(self: object) -> None:
        self.__class__ = kind

    own = [(f.name, f.type, _same(f)) for f in fields(kind)]
    return make_dataclass(f"Open{kind.__name__}", own, namespace={"__post_init__": freeze}, slots=True)


def _same(given: Field[Any]) -> Any:
    """A field with the same default."""
    if given.default is not MISSING:
        return field(default=given.default)
    return field(default_factory=given.default_factory) if given.default_factory is not MISSING else field()
