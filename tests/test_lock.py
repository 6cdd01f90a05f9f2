"""One watch for a record, whatever becomes of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from time import monotonic, sleep

import pytest

from onrecord.errors import RecordError, WatchedError
from onrecord.lock import alone
from onrecord.model import Source
from onrecord.sources.fetch import Fetcher
from onrecord.story import Story
from onrecord.watching import Watch
from tests.cli.test_commands import ONRECORD

HOLD = """
import pathlib, sys, time
from onrecord.lock import alone
with alone(pathlib.Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def holding(record: Path) -> subprocess.Popen[str]:
    held = subprocess.Popen([sys.executable, "-c", HOLD, str(record)], stdout=subprocess.PIPE, text=True)
    assert held.stdout is not None
    assert held.stdout.readline() == "held\n"
    return held


def test_a_second_watch_is_refused_and_told_who_has_the_first(tmp_path: Path) -> None:
    record = tmp_path / "a.db"
    with alone(record):
        with pytest.raises(WatchedError, match=f"a.db is being watched already by process {os.getpid()} since 20"):
            alone(record).__enter__()
        with alone(tmp_path / "b.db"):
            pass
    with alone(record):
        pass
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGSTOP and SIGKILL")
def test_a_sleeping_watch_keeps_the_lock_and_a_killed_one_does_not(tmp_path: Path) -> None:
    record = tmp_path / "a.db"
    with holding(record) as first:
        first.send_signal(signal.SIGSTOP)  # as a laptop's sleep stops it
        with pytest.raises(WatchedError, match=f"process {first.pid}"):
            alone(record).__enter__()
        first.kill()
        first.wait()
        with alone(record):
            pass
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_can_not_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="db-watch can't be written"):
        alone(tmp_path / "none" / "a.db").__enter__()


def test_watching_takes_the_lock_and_the_command_says_so(tmp_path: Path) -> None:
    record = tmp_path / "a.db"
    with Story.create(record) as story:
        story.keep_source(Source("http://127.0.0.1:9/live"))
        with alone(record):
            with pytest.raises(WatchedError):
                Watch(story, Fetcher()).run(once=True)
            done = subprocess.run(
                [*ONRECORD, "watch", str(record), "--once"], capture_output=True, text=True, timeout=60
            )
    assert done.returncode == 1
    assert "is being watched already by process" in done.stderr
    assert "Traceback" not in done.stderr


def test_watches_that_start_together_are_one(tmp_path: Path) -> None:
    record, ends = tmp_path / "a.db", monotonic() + 60
    words = [sys.executable, "-c", HOLD, str(record)]
    tries = [subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(4)]
    while sum(one.poll() is None for one in tries) > 1:
        assert monotonic() < ends
        sleep(0.02)
    (winner,) = [one for one in tries if one.poll() is None]
    for one in tries:
        if one is not winner:
            assert "WatchedError" in one.communicate()[1]
    winner.kill()
    winner.communicate()
