"""A record → watched by one process at a time.

The lock is the operating system's, on a file beside the record: it ends with the process that holds it, however that
ends, and lasts through a laptop's sleep.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from onrecord.errors import RecordError, WatchedError

if sys.platform == "win32":
    import msvcrt

    def _hold(file: BinaryIO) -> None:
        file.seek(1024)  # a byte that nobody reads or writes
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _hold(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


_TRIES = 5


@contextmanager
def alone(record: Path) -> Iterator[None]:
    """The right to watch the record while the context lasts. Raises `WatchedError` where another has it."""
    path = record.with_name(f"{record.name}-watch")
    file = _opened(path, record)
    try:
        _sign(file)
        yield
    finally:
        if sys.platform != "win32":  # where an open file can't be taken away
            path.unlink(missing_ok=True)
        file.close()


def _sign(file: BinaryIO) -> None:
    """Write who holds the lock; on a full disk it is held all the same."""
    with suppress(OSError):
        os.ftruncate(file.fileno(), 0)
        os.write(file.fileno(), f"process {os.getpid()} since {datetime.now(UTC):%Y-%m-%d %H:%M} UTC".encode())


def _opened(path: Path, record: Path) -> BinaryIO:
    """The lock file, held."""
    for _ in range(_TRIES):
        try:
            file = path.open("a+b")
        except OSError as error:
            raise RecordError(f"{path} can't be written: {error.strerror}", "check the folder's permissions") from error
        try:
            _hold(file)
        except OSError as error:
            file.seek(0)
            holder = _holder(file)
            file.close()
            raise WatchedError(
                f"{record} is being watched already{holder}", "one watch is enough; stop that one to start another"
            ) from error
        if _current(file, path):
            return file
        file.close()  # its holder has just ended, and taken the file away
    raise WatchedError(f"{record}: other watches come and go", "stop them, then try again")


def _current(file: BinaryIO, path: Path) -> bool:
    with suppress(OSError):
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    return False


def _holder(file: BinaryIO) -> str:
    with suppress(OSError):
        told = file.read(200).decode("ascii", "replace").strip()
        return f" by {told}" if told else ""
    return ""
