"""Live coverage of a developing story, made checkable: who said what, where, when and how many, and the exact words."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from onrecord.errors import (
    GazetteerError,
    ModelError,
    NoRecordError,
    NotFoundError,
    OnRecordError,
    RecordBusyError,
    RecordError,
    RecordFullError,
    RecordVersionError,
    SetupError,
    UsageError,
    WatchedError,
)
from onrecord.model import (
    Block,
    Capture,
    Claim,
    Conflict,
    Date,
    Event,
    Figure,
    Happening,
    Hints,
    Origin,
    Page,
    Party,
    Place,
    Post,
    PostReading,
    Problem,
    Reading,
    RevisionView,
    Settings,
    Span,
    Speaker,
    Statement,
    Telling,
    Why,
)
from onrecord.sweeping import unswept

if TYPE_CHECKING:
    from onrecord.reading import fold_texts, read, read_text
    from onrecord.story import AddResult, Story, View

    __version__: str

_LATE = {
    "AddResult": "onrecord.story",
    "Story": "onrecord.story",
    "View": "onrecord.story",
    "fold_texts": "onrecord.reading",
    "read": "onrecord.reading",
    "read_text": "onrecord.reading",
}
"""Names that load with their first use, so that `import onrecord` and the command line's help are quick."""


def __getattr__(name: str) -> object:
    if name == "__version__":
        return import_module("importlib.metadata").version("onrecord")
    if name in _LATE:
        with unswept():
            return getattr(import_module(_LATE[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = [
    "AddResult",
    "Block",
    "Capture",
    "Claim",
    "Conflict",
    "Date",
    "Event",
    "Figure",
    "GazetteerError",
    "Happening",
    "Hints",
    "ModelError",
    "NoRecordError",
    "NotFoundError",
    "OnRecordError",
    "Origin",
    "Page",
    "Party",
    "Place",
    "Post",
    "PostReading",
    "Problem",
    "Reading",
    "RecordBusyError",
    "RecordError",
    "RecordFullError",
    "RecordVersionError",
    "RevisionView",
    "Settings",
    "SetupError",
    "Span",
    "Speaker",
    "Statement",
    "Story",
    "Telling",
    "UsageError",
    "View",
    "WatchedError",
    "Why",
    "__version__",
    "fold_texts",
    "read",
    "read_text",
]
