"""How the cost of folding grows with the record: `python benchmarks/folding.py`, as one table.

A made-up story (`made_story.py`: 50 outlets, 270 posts a day) is put into a record as tellings, without reading any
text, and folded. Beyond its first week the record is filled with copies of that week in other months (`copies.py`). At
each size the story goes on: posts are added one by one, and what folding each takes is measured: processor time of what
it reads and works out, and apart from that of its writes. Ratios compare sizes of one run.

`--rebuild N` measures instead how long a record of N statements takes to be rebuilt from its facts and stored drafts
(`made_record.py`), as `Story.rebuild` does it; with `--ask TIMES` that record is then asked (`asking.py`): rundown,
why, search, map and timeline, as it is now, as of random moments, and as it was after random change numbers.
"""

from __future__ import annotations

import os
import platform
import resource
import statistics
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import click
from rich.console import Console
from rich.table import Table
from sqlalchemy import Connection

import asking
from copies import TAG, Days
from made_record import fill
from made_story import MadePost, story
from onrecord.derive import Told
from onrecord.history import PageHistory
from onrecord.model import Settings, Telling
from onrecord.store import Record, derived
from onrecord.store.rows import Step
from onrecord.story import Story
from onrecord.upkeep import Round, Upkeep

GROWTH, P99_MS = 2.0, 50.0
"""The targets: median at the last size over that at the first, and the 99th percentile of a post's fold."""
REBUILD_S = 180.0
"""The target for 100,000 statements."""
BATCH = 50
"""Posts that are put in at once between the sizes."""
WEEK = 10_000
"""Statements that are folded; what a record has beyond them are copies."""


class Watch(Upkeep):
    """An upkeep that notes how long its rounds of folding work, and how long they write."""

    def __init__(self, record: Record) -> None:
        super().__init__(record, Settings("made", "UTC"))
        self.worked = 0.0
        self.wrote = 0.0

    def _round(self, work: Round, number: int | None) -> bool:
        def timed(connection: Connection, here: int) -> list[Step] | None:
            began = time.process_time()
            try:
                return work(connection, here)
            finally:
                self.worked += time.process_time() - began

        return super()._round(timed, number)

    def applied(self, steps: Iterable[Step], state: int, number: int | None = None) -> bool:
        began = time.process_time()
        told = super().applied(steps, state, number)
        self.wrote += time.process_time() - began
        return told


class Size(NamedTuple):
    """What was measured at one size; times in milliseconds."""

    statements: int
    tellings: int
    median: float
    p99: float
    writes: float
    memory_mb: float
    disk_mb: float


class Filled:
    """A record that is filled with the story, post by post."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.watch = Watch(Record.create(path, Settings("made", "UTC")))
        self.statements = self.tellings = 0
        self._posts = story(tag=TAG)
        self._days: Days | None = None
        self._copies = self._copied = 0
        self._pages: dict[str, list[Telling]] = {}
        self._change = 0

    def fill(self, statements: int) -> None:
        """Put posts in until there are so many statements."""
        while self.statements < min(statements, WEEK):
            self._put([next(self._posts) for _ in range(BATCH)])
            self.watch.fold()
        while self.statements < statements:
            self._copy()

    def _copy(self) -> None:
        if self._days is None:
            self._days, self._copied = Days(self.path), self.statements
        self._copies += 1
        self._days.copy(self._copies)
        self.tellings += round(self._copied * self.tellings / self.statements)
        self.statements += self._copied

    def one_by_one(self, number: int) -> Iterator[tuple[float, float]]:
        """Put posts in one by one; for each (seconds of folding, of its writes)."""
        for _ in range(number):
            self._put([next(self._posts)])
            self.watch.worked = self.watch.wrote = 0.0
            self.watch.fold()
            yield self.watch.worked, self.watch.wrote

    def _put(self, posts: Sequence[MadePost]) -> None:
        for page, group in groupby(sorted(posts, key=lambda p: p.page), key=lambda p: p.page):
            some = list(group)
            told = self._pages.setdefault(page, [])
            told += [t for post in some for t in post.tellings]
            self._change += 1
            history = PageHistory(until=(datetime(2031, 1, 1, tzinfo=UTC), ""), change=self._change)
            with self.watch.record.reading() as connection:
                stored = derived.history(connection, 1, page)
            ready = self.watch.made(Told(page, history, (), tuple(told), ()), 1, stored)
            assert not self.watch.write([ready], 1)
            self.statements += sum(post.statements for post in some)
            self.tellings += sum(len(post.tellings) for post in some)


def measure(filled: Filled, statements: int, posts: int) -> Size:
    """Fill the record, then fold posts one by one."""
    filled.fill(statements)
    list(filled.one_by_one(10))
    spent = list(filled.one_by_one(posts))
    worked = sorted(1000 * work for work, _ in spent)
    return Size(
        filled.statements, filled.tellings, statistics.median(worked), worked[int(len(worked) * 0.99) - 1],
        statistics.median(1000 * wrote for _, wrote in spent),
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, filled.path.stat().st_size / 1e6,
    )  # fmt: skip


def rebuild(console: Console, statements: int, times: int) -> None:
    """Fill a record with facts and drafts, and print what rebuilding it takes, as it goes; then ask it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "story.db"
        told = fill(path, statements)
        wall, processor = time.perf_counter(), time.process_time()

        def line(done: int, pages: int) -> str:
            spent = f"{time.perf_counter() - wall:.0f} s, {time.process_time() - processor:.0f} s of processor time"
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            return f"{done:,} of {pages:,} pages: {spent}, peak {memory:.0f} MB, load {os.getloadavg()[0]:.1f}"

        def progress(_: str, done: int, pages: int | None) -> None:
            if done % 300 == 0 or done == pages:
                console.print(line(done, pages or 0))

        with Story(Record.open(path)) as record:
            record.rebuild(progress=progress)
        seconds = time.perf_counter() - wall
        console.print(f"{told:,} statements rebuilt in {seconds:.0f} s; target {REBUILD_S:g} s for 100,000")
        if times:
            asking.report(console, path, times)


@click.command()
@click.option("--sizes", default="1000,10000,100000", show_default=True, help="Statements in the record.")
@click.option("--full", is_flag=True, help="A million statements too.")
@click.option("--posts", default=200, show_default=True, help="Posts that are folded one by one at each size.")
@click.option("--rebuild", "again", type=int, metavar="N", help="Measure rebuilding a record of N statements instead.")
@click.option("--ask", default=0, metavar="TIMES", help="With --rebuild: ask each question so often afterwards.")
def main(sizes: str, posts: int, full: bool, again: int | None, ask: int) -> None:
    """Print one table: what folding a post takes as the record grows."""
    console = Console()
    if again:
        rebuild(console, again, ask)
        return
    heads = ("statements", "tellings", "median ms", "p99 ms", "writes ms", "median, first = 1", "peak MB", "on disk MB")
    table = Table(*heads, title=f"Folding one post: targets p99 ≤ {P99_MS:g} ms, last ≤ {GROWTH:g} × first")
    first = 0.0
    with tempfile.TemporaryDirectory() as folder, console.status("filling …") as status:
        filled = Filled(Path(folder) / "story.db")
        for size in sorted({*(int(s) for s in sizes.split(",")), *([1_000_000] if full else [])}):
            status.update(f"{size:,} statements …")
            row = measure(filled, size, posts)
            first = first or row.median
            table.add_row(
                f"{row.statements:,}", f"{row.tellings:,}", f"{row.median:.1f}", f"{row.p99:.1f}", f"{row.writes:.1f}",
                f"{row.median / first:.2f} ×", f"{row.memory_mb:.0f}", f"{row.disk_mb:.0f}",
            )  # fmt: skip
            console.print(f"{row.statements:,} statements: {row.median:.1f} ms, p99 {row.p99:.1f} ms")
    console.print(table)
    console.print(f"{os.cpu_count()} cores, {platform.machine()}; Python {platform.python_version()}", soft_wrap=True)


if __name__ == "__main__":
    main()
