"""A parsed post → the words that name things that happen, with kind and reality."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.statements.draft import HappeningDraft, StatementDraft
from onrecord.statements.parse import Parse


def find(parsed: Parse, statements: Sequence[StatementDraft]) -> list[HappeningDraft]:
    """Happenings in text order; `statement` is the innermost statement that holds the trigger, -1 for none."""
    return []


def moved(happening: HappeningDraft, statement: int) -> HappeningDraft:
    """The happening as part of another statement."""
    return replace(happening, statement=statement)


def codes(kind: str) -> tuple[str | None, str | None]:
    """(PLOVER, ACLED) codes of a kind."""
    return None, None
