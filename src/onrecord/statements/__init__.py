"""Posts → statements, happenings, places, dates and figures: `extract` by post, then `resolve` by page."""

from onrecord.statements.extract import extract
from onrecord.statements.resolve import resolve

__all__ = ["extract", "resolve"]
