"""Happenings as posts tell them → events with origins, standing, conflicts and the reasons for each."""

from onrecord.events.candidates import keys
from onrecord.events.event import event_id
from onrecord.events.folding import blocks, fold, fold_block, hanging_together
from onrecord.events.nesting import days_of, home, nest
from onrecord.events.same import Verdict, compare
from onrecord.events.telling import tellings

__all__ = [
    "Verdict", "blocks", "compare", "days_of", "event_id", "fold", "fold_block", "hanging_together", "home", "keys",
    "nest", "tellings",
]  # fmt: skip
