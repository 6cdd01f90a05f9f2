"""Events → which lies inside which larger one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.model import Event


def nest(events: Sequence[Event]) -> list[Event]:
    """The events with `part_of` set."""
    return [replace(e) for e in events]
