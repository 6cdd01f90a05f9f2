"""A parsed post → its attributed and hedged statements."""

from __future__ import annotations

from onrecord.statements.draft import StatementDraft
from onrecord.statements.parse import Parse


def find(parsed: Parse) -> list[StatementDraft]:
    """Statements with voice `attributed` or `hedged`, in text order."""
    return []


def first_hand(parsed: Parse, sentence: int) -> bool:
    """True when the sentence says that the outlet itself saw, heard or checked what it tells."""
    return False
