"""Happenings as posts tell them → events with origins, standing, conflicts and the reasons for each."""

from onrecord.events.candidates import keys
from onrecord.events.event import event_id
from onrecord.events.folding import fold
from onrecord.events.nesting import nest
from onrecord.events.same import Verdict, compare
from onrecord.events.telling import tellings

__all__ = ["Verdict", "compare", "event_id", "fold", "keys", "nest", "tellings"]
