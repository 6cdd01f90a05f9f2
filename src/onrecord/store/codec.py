"""Frozen dataclasses ↔ JSON: strict, typed, and equal after the way there and back.

A time keeps its offset, and its zone too where it has one (RFC 9557: `2025-01-29T12:38:00+00:00[Europe/London]`). A
field that older rows lack takes its default; a field that the type doesn't know is an error. Sets are written sorted,
so that equal values give equal bytes.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Iterator
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import datetime
from functools import cache
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo

import orjson

from onrecord.model.making import quickly

T = TypeVar("T")
Decode = Callable[[Any], Any]


class CodecError(ValueError):
    """The stored JSON has another shape than the type."""


def dump(value: object) -> bytes:
    """The value as JSON, the same bytes for equal values. Raises `CodecError` for what can't be written."""
    try:
        return orjson.dumps(value, default=_plain, option=orjson.OPT_PASSTHROUGH_DATETIME)
    except orjson.JSONEncodeError as error:
        raise CodecError(str(error)) from error


def load(kind: type[T], stored: bytes | str) -> T:
    """The value of that type that `dump` wrote. Raises `CodecError`."""
    try:
        value: T = _decoder(cast(Any, kind))(orjson.loads(stored))
    except (TypeError, ValueError, AttributeError, KeyError) as error:
        raise CodecError(f"not a stored {getattr(kind, '__name__', kind)}: {error}") from error
    return value


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise TypeError("a time without zone")
        zone = f"[{value.tzinfo.key}]" if isinstance(value.tzinfo, ZoneInfo) else ""
        return value.isoformat() + zone
    if isinstance(value, frozenset):
        return sorted(value)
    raise TypeError(f"no way to write a {type(value).__name__}")


@cache
def _decoder(kind: Any) -> Decode:
    if is_dataclass(kind):
        return _Object(kind)
    if kind is datetime:
        return moment
    if kind is float:
        return _float
    if kind in (str, int, bool):
        return _checked(kind)
    return _generic(kind, get_origin(kind), get_args(kind))


def _generic(kind: Any, origin: Any, args: tuple[Any, ...]) -> Decode:
    if origin is Literal:
        return _one_of(frozenset(args))
    if origin in (Union, types.UnionType):
        return _optional(args)
    if origin is frozenset:
        return _many(_decoder(args[0]), frozenset)
    if origin is tuple and len(args) == 2 and args[1] is Ellipsis:
        return _many(_decoder(args[0]), tuple)
    if origin is tuple:
        return _exactly(tuple(map(_decoder, args)))
    raise CodecError(f"no way to read {kind}")


class _Object:
    """Rows of one dataclass. Values that are right as they stand are told by their types, once for each combination."""

    def __init__(self, kind: Any) -> None:
        self._kind = kind
        self._make = quickly(kind)
        self._names = [f.name for f in fields(kind)]
        self._needed = {f.name for f in fields(kind) if not _has_default(f)}
        self._hints: dict[str, Any] = {}
        self._plans: dict[tuple[type, ...], tuple[tuple[int, Decode], ...]] = {}

    def __call__(self, row: Any) -> Any:
        given = row.keys()
        if list(given) != self._names:
            return self._partial(row, given)
        values = list(row.values())
        shape = tuple(map(type, values))
        plan = self._plans.get(shape)
        if plan is None:
            plan = self._plans[shape] = tuple(self._plan(shape))
        for at, decode in plan:
            values[at] = decode(values[at])
        return self._make(*values)

    def _types(self) -> dict[str, Any]:
        """Late, because types may hold themselves."""
        self._hints = self._hints or get_type_hints(self._kind)
        return self._hints

    def _plan(self, shape: tuple[type, ...]) -> Iterator[tuple[int, Decode]]:
        """What is to be decoded of a row with values of these types."""
        hints = self._types()
        for at, (name, given) in enumerate(zip(self._names, shape, strict=True)):
            if not _stands(hints[name], given):
                yield at, _decoder(hints[name])

    def _partial(self, row: Any, given: Any) -> Any:
        """A row that an older or newer version wrote."""
        hints = self._types()
        if given - set(self._names) or self._needed - given:
            raise CodecError(
                f"{self._kind.__name__}: fields {sorted(given - set(self._names))} too many,"
                f" {sorted(self._needed - given)} missing"
            )
        return self._kind(**{name: _decoder(hints[name])(value) for name, value in row.items()})


def _stands(kind: Any, given: type) -> bool:
    """True when every JSON value of that type is a value of the kind as it stands."""
    if kind in (str, int, bool, float):
        return given is kind
    if get_origin(kind) in (Union, types.UnionType) and type(None) in get_args(kind):
        return given is type(None) or any(_stands(one, given) for one in get_args(kind) if one is not type(None))
    return False


def _has_default(field: Field[Any]) -> bool:
    return field.default is not MISSING or field.default_factory is not MISSING


def moment(text: Any) -> datetime:
    """The moment that `dump` wrote so. Raises `CodecError` or `ValueError`."""
    written, _, zone = text.partition("[")
    found = datetime.fromisoformat(written)
    if found.tzinfo is None:
        raise CodecError(f"a time without zone: {text}")
    if not zone:
        return found
    local = found.replace(tzinfo=ZoneInfo(zone.rstrip("]")))
    return local if local.utcoffset() == found.utcoffset() else local.replace(fold=1)


def _float(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise CodecError(f"{value!r} is no number")
    return float(value)


def _checked(kind: type) -> Decode:
    def decode(value: Any) -> Any:
        if type(value) is not kind:
            raise CodecError(f"{value!r} is no {kind.__name__}")
        return value

    return decode


def _one_of(allowed: frozenset[object]) -> Decode:
    def decode(value: Any) -> Any:
        if value not in allowed:
            raise CodecError(f"{value!r} is none of {sorted(map(str, allowed))}")
        return value

    return decode


def _optional(args: tuple[Any, ...]) -> Decode:
    rest = [a for a in args if a is not type(None)]
    if len(rest) != 1 or len(rest) == len(args):
        raise CodecError(f"no way to tell apart {args}")
    inner = _decoder(rest[0])
    return lambda value: None if value is None else inner(value)


def _many(inner: Decode, into: Callable[[Any], Any]) -> Decode:
    def decode(value: Any) -> Any:
        if not isinstance(value, list):
            raise CodecError(f"{value!r} is no list")
        return into(map(inner, value))

    return decode


def _exactly(inner: tuple[Decode, ...]) -> Decode:
    def decode(value: Any) -> Any:
        if len(value) != len(inner):
            raise CodecError(f"{len(value)} items, not {len(inner)}")
        return tuple(read(item) for read, item in zip(inner, value, strict=True))

    return decode
