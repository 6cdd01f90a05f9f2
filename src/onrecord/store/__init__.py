"""The facts and the derived tables on disk, in SQLite."""

from onrecord.store.record import Record

__all__ = ["Record"]
