"""A frozen dataclass → a constructor of the same values that takes a fraction of the time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, Field, fields
from typing import Any, ParamSpec, TypeVar, cast

P = ParamSpec("P")
T = TypeVar("T")


def quickly(kind: Callable[P, T]) -> Callable[P, T]:
    """The constructor of a frozen dataclass with slots, for where thousands are made; of another kind the class itself.

    Python sets each field of a frozen value by a call of its own. A twin that is not frozen has its fields set at once,
    and becomes the frozen one before anybody sees it; both are laid out alike, or Python would refuse. As dataclasses
    do with theirs, the constructor's source is written for each kind: of the names of its fields, and nothing that was
    ever read.
    """
    if not _only_sets_fields(kind):
        return kind
    own = fields(cast(Any, kind))
    twin = type(f"Open{cast(Any, kind).__name__}", (), {"__slots__": tuple(f.name for f in own)})
    known: dict[str, Any] = {"_twin": twin, "_kind": kind, "_MISSING": MISSING}
    known |= {f"_default_{f.name}": f.default for f in own if f.default is not MISSING}
    known |= {f"_new_{f.name}": f.default_factory for f in own if f.default_factory is not MISSING}
    lines = [f"def make({', '.join(map(_parameter, own))}):", " _made = _twin()", *map(_line, own)]
    exec("\n".join([*lines, " _made.__class__ = _kind", " return _made"]), known)  # noqa: S102  (names of fields)
    return cast(Callable[P, T], known["make"])


def _only_sets_fields(kind: Any) -> bool:
    """Whether a dataclass is frozen, has all its fields as slots of its own, and takes each in its place."""
    own = fields(kind)
    return (
        kind.__dataclass_params__.frozen
        and set(vars(kind).get("__slots__", ())) == {f.name for f in own}
        and not hasattr(kind, "__post_init__")
        and all(f.init and not f.kw_only and not f.name.startswith("_") for f in own)  # "_" begins names used here
    )


def _parameter(given: Field[Any]) -> str:
    if given.default is not MISSING:
        return f"{given.name}=_default_{given.name}"
    return f"{given.name}=_MISSING" if given.default_factory is not MISSING else given.name


def _line(given: Field[Any]) -> str:
    """The statement that sets a field."""
    name = given.name
    value = f"_new_{name}() if {name} is _MISSING else {name}" if given.default_factory is not MISSING else name
    return f" _made.{name} = {value}"
