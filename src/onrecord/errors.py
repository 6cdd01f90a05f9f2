"""The error tree. What goes wrong with one capture is a `model.Problem` instead, and never stops a batch.

OnRecordError               exit code 1; `mend` says what to do
├── SetupError              the installation can't work: model, gazetteer, Python
│   ├── ModelError          the language model is missing, altered or can't be loaded
│   └── GazetteerError      the gazetteer is missing or damaged
├── RecordError             the record (database) can't be used
│   ├── NoRecordError       there is no record at that path
│   ├── RecordVersionError  it was made by a newer version
│   ├── RecordBusyError     another process holds it for too long
│   ├── WatchedError        another process watches its sources
│   └── RecordFullError     the disk is full
├── NotFoundError           no post, statement or event has that id
└── UsageError              exit code 2; an option's value can't be taken
"""

from __future__ import annotations

__all__ = [
    "GazetteerError",
    "ModelError",
    "NoRecordError",
    "NotFoundError",
    "OnRecordError",
    "RecordBusyError",
    "RecordError",
    "RecordFullError",
    "RecordVersionError",
    "SetupError",
    "UsageError",
    "WatchedError",
]


class OnRecordError(Exception):
    """Base of all errors that On Record raises on purpose."""

    exit_code = 1

    def __init__(self, why: str, mend: str = "") -> None:
        super().__init__(why)
        self.why = why
        self.mend = mend

    def __str__(self) -> str:
        return f"{self.why} ({self.mend})" if self.mend else self.why


class SetupError(OnRecordError):
    """The installation can't work."""


class ModelError(SetupError):
    """The language model is missing, altered or can't be loaded."""


class GazetteerError(SetupError):
    """The gazetteer is missing or damaged."""


class RecordError(OnRecordError):
    """The record can't be used."""


class NoRecordError(RecordError):
    """There is no record at that path."""


class RecordVersionError(RecordError):
    """The record was made by a newer version."""


class RecordBusyError(RecordError):
    """Another process holds the record for too long."""


class WatchedError(RecordError):
    """Another process watches the record's sources."""


class RecordFullError(RecordError):
    """The disk is full."""


class NotFoundError(OnRecordError):
    """No post, statement or event has that id."""


class UsageError(OnRecordError):
    """An option's value can't be taken."""

    exit_code = 2
