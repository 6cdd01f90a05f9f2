"""A record → a second process that works out what it is asked of the same state, while this one works too.

It only reads. Whatever befalls it, there is no answer, and this process does the work itself.
"""

from __future__ import annotations

import gc
import os
import pickle
import select
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, NamedTuple

from onrecord import recall
from onrecord.errors import OnRecordError
from onrecord.store import Record, derived

_START = "import sys; sys.path[:] = sys.argv[2:]; from onrecord.second import serve; serve(sys.argv[1])"
_AT_HAND = 100_000

Task = Callable[..., object]
"""(record, …) → an answer; a function of a module, so that another process knows it."""


class Answer(NamedTuple):
    """What it found."""

    seen: int
    """`derived.built` of the state that it looked at."""
    found: Any


class Second:
    """The other process, as this one sees it."""

    def __init__(self, path: Path) -> None:
        program = [sys.executable, "-c", _START, str(path.resolve()), *sys.path]
        self._process: subprocess.Popen[bytes] | None = subprocess.Popen(  # noqa: S603 - our own words
            program, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def ask(self, task: Task, *given: object) -> None:
        """Set it to work."""
        if self._process and self._process.stdin:
            try:
                pickle.dump((task, given), self._process.stdin, pickle.HIGHEST_PROTOCOL)
                self._process.stdin.flush()
            except OSError:
                self.close()

    def ready(self) -> bool:
        """True when an answer need not be waited for long, or where that can't be known."""
        if self._process is None or self._process.stdout is None or sys.platform == "win32":
            return True
        return bool(select.select([self._process.stdout], [], [], 0)[0])

    def answer(self) -> Answer | None:
        """What it found, once it has; None where it has come to grief."""
        if self._process is None or self._process.stdout is None:
            return None
        try:
            found: Answer | None = pickle.load(self._process.stdout)  # noqa: S301 - from our own process
        except (OSError, EOFError, pickle.UnpicklingError):
            self.close()
            return None
        return found

    def close(self) -> None:
        """Let it go."""
        if self._process:
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe:
                    pipe.close()
            self._process.terminate()
            self._process.wait()
        self._process = None


@contextmanager
def second(path: Path, *, wanted: bool) -> Iterator[Second | None]:
    """A second process, where one is wanted and there is a processor for it."""
    if not wanted or _processors() < 2:
        yield None
        return
    made = Second(path)
    try:
        yield made
    finally:
        made.close()


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def serve(path: str) -> None:
    """Work for the process that started this one, till it goes."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what anything prints is no answer
    gc.disable()
    with Record.open(Path(path)) as record, record.at_length(), recall.at_hand(_AT_HAND):
        while (asked := _next(sys.stdin.buffer)) is not None:
            pickle.dump(_worked(record, *asked), answers, pickle.HIGHEST_PROTOCOL)
            answers.flush()


def _next(questions: IO[bytes]) -> tuple[Task, tuple[object, ...]] | None:
    try:
        asked: tuple[Task, tuple[object, ...]] = pickle.load(questions)  # noqa: S301 - from our own process
    except (EOFError, pickle.UnpicklingError):
        return None
    return asked


def _worked(record: Record, task: Task, given: tuple[object, ...]) -> Answer | None:
    try:
        with record.reading() as connection:
            return Answer(derived.built(connection), task(connection, *given))
    except (OnRecordError, LookupError):
        return None
