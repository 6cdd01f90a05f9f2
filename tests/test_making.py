"""Values made quickly are the same as those made slowly."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, dataclass, field, replace

import pytest

from onrecord.model import Block, Post
from onrecord.model.making import quickly


def test_they_are_the_same() -> None:
    quick, slow = quickly(Block)("paragraph", 1, 5), Block("paragraph", 1, 5)
    assert quick == slow
    assert hash(quick) == hash(slow)
    assert type(quick) is Block
    assert repr(quick) == repr(slow)
    assert pickle.loads(pickle.dumps(quick)) == copy.copy(quick) == slow
    assert replace(quick, end=6) == Block("paragraph", 1, 6)


def test_defaults_are_those_of_the_class() -> None:
    assert quickly(Post)("p1", "Water rises.", (), title="Water") == Post("p1", "Water rises.", (), title="Water")


@dataclass(frozen=True, slots=True)
class Basket:
    """Holds a list of its own."""

    owner: str
    eggs: list[str] = field(default_factory=list)


def test_each_has_a_default_of_its_own() -> None:
    make = quickly(Basket)
    make("Ana").eggs.append("brown")
    assert make("Jo") == Basket("Jo")
    assert make("Jo", ["white"]) == make(eggs=["white"], owner="Jo") == Basket("Jo", ["white"])
    with pytest.raises(TypeError):
        make()  # type: ignore[call-arg]


@dataclass(frozen=True)
class Loose:
    """Has no slots."""

    owner: str


@dataclass(slots=True)
class Open:
    """Is not frozen."""

    owner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Takes no field by its place."""

    owner: str


@dataclass(frozen=True, slots=True)
class Checked:
    """Does more than set its fields."""

    owner: str

    def __post_init__(self) -> None:
        if not self.owner:
            raise ValueError("no owner")


@dataclass(frozen=True, slots=True)
class Heir(Basket):
    """Has fields of another class."""

    since: int = 0


@pytest.mark.parametrize("kind", [Loose, Open, Named, Checked, Heir])
def test_other_kinds_make_their_values_themselves(kind: type) -> None:
    assert quickly(kind) is kind


def test_they_are_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        quickly(Block)("paragraph", 1, 5).end = 6  # type: ignore[misc]
