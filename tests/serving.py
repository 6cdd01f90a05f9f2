"""A record served by a process of its own, as `onrecord serve` does it, on a port that nobody else has."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from time import monotonic, sleep

PATIENCE = 120.0
"""Seconds after which a test gives up on something that comes soon: many, as a machine may be slow and full."""


@dataclass(frozen=True)
class Serving:
    """A server that runs."""

    url: str
    """Without a slash at its end."""
    process: subprocess.Popen[str]

    def line(self) -> str:
        """The next line that it prints."""
        assert self.process.stdout is not None
        return self.process.stdout.readline()


@contextmanager
def serving(record: Path, *options: str) -> Iterator[Serving]:
    """`onrecord serve` on a free port, until the context ends; both its outputs are read as one."""
    call = [sys.executable, "-c", "from onrecord.cli import main; main()", "serve", str(record), "--port", "0"]
    with subprocess.Popen([*call, *options], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        try:
            assert process.stdout is not None
            late = Timer(PATIENCE, process.kill)
            late.start()
            said = ""
            while not (found := re.search(r"Serving .* at http://[^/]+:(\d+)/", said)):
                line = process.stdout.readline()
                assert line, said
                said += line
            late.cancel()
            yield Serving(f"http://127.0.0.1:{found[1]}", process)
        finally:
            end(process)


def end(process: subprocess.Popen[str]) -> None:
    """End it, kindly at first."""
    process.terminate()
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()


def comes(true: Callable[[], object], seconds: float = PATIENCE) -> bool:
    """Whether it becomes true in time; looks often, and no longer than needed."""
    until = monotonic() + seconds
    while not true():
        if monotonic() > until:
            return False
        sleep(0.02)
    return True
