"""Place names in a parsed post → the spots that they mean."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.model import Place, Post, Setting
from onrecord.statements import places_choose, places_find
from onrecord.statements.draft import Draft, PlaceDraft
from onrecord.statements.parse import Parse


def find(parsed: Parse) -> list[PlaceDraft]:
    """Place names in text order, with the context that helps to choose."""
    return places_find.find(parsed)


def resolve(page: Sequence[tuple[Post, Draft]], setting: Setting) -> list[list[Place]]:
    """For each post its places, chosen with the whole page in view."""
    return places_choose.choose(page, setting)
