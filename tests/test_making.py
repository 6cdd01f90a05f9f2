"""Values made quickly are the same as those made slowly."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, replace

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


def test_they_are_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        quickly(Block)("paragraph", 1, 5).end = 6  # type: ignore[misc]
