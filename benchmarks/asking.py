"""What asking a large record takes, now and as of another time: `python benchmarks/asking.py`, as one table.

A made-up week (`made_story.py`) is put in as live pages, which are read and folded as any are; beyond it the record is
filled with copies of that week in other months (`copies.py`). Moments are drawn from the week that was read.
"""

from __future__ import annotations

import html
import math
import os
import platform
import random
import sqlite3
import statistics
import tempfile
import time
from bisect import bisect_right
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import NamedTuple, Self

import click
from rich.console import Console
from rich.table import Table

from copies import Days
from made_story import START, MadePost, story
from onrecord.cli.show import period
from onrecord.errors import NotFoundError
from onrecord.model import Capture, Hints, Settings
from onrecord.reading import capture_of
from onrecord.server.board import Board
from onrecord.server.state import State
from onrecord.store.rows import stamp
from onrecord.story import Story, View

P99_MS = 300.0
"""The target of as-of queries at 100,000 statements."""
COUNT = click.IntRange(min=1)


def captures(days: int) -> Iterator[Capture]:
    """The story's first days as live pages: one of each outlet a day, as it was seen at the day's end."""
    posts = story()
    for day in range(days):
        today = [next(posts) for _ in range(270)]
        seen = START + timedelta(days=day, hours=23, minutes=59, seconds=59)
        for page, group in groupby(sorted(today, key=lambda p: p.page), key=lambda p: p.page):
            told = list(group)
            url = f"https://{told[0].outlet.replace(' ', '').lower()}.example/{page}"
            hints = Hints(outlet=told[0].outlet, tz="UTC", seen_at=seen)
            yield capture_of(_live(url, told).encode(), f"{page}.html", hints)


def _live(url: str, posts: list[MadePost]) -> str:
    made = "".join(
        f'<article id="{p.post}" itemprop="liveBlogUpdate" itemscope itemtype="https://schema.org/BlogPosting">'
        f'<time datetime="{p.tellings[0].time:%Y-%m-%dT%H:%M:%S+00:00}" itemprop="datePublished">then</time>'
        f'<div itemprop="articleBody">{_text(p)}</div></article>'
        for p in posts
    )
    head = f'<title>Vardia</title><link rel="canonical" href="{url}">'
    return f'<html lang="en"><head>{head}</head><body><main itemscope itemtype="https://schema.org/LiveBlogPosting">{made}</main></body></html>'


def _text(post: MadePost) -> str:
    texts = dict.fromkeys(t.sentence for t in post.tellings)
    return "".join(f"<p>{html.escape(text[0].upper() + text[1:])}.</p>" for text in texts)


def fill(path: Path, statements: int, days: int) -> tuple[int, int]:
    """A record of so many statements at least; (statements, events)."""
    with Story.create(path, Settings("made", "UTC")) as made:
        made.add(captures(days))
        one = sum(1 for _ in made.statements())
        each = len(made.events())
    copies = Days(path)
    number = 0
    while one * (number + 1) < statements:
        number += 1
        copies.copy(number)
    return one * (number + 1), each * (number + 1)


Ask = Callable[[View, str], object]
"""(what is looked at, id of an event that was known then) → an answer."""


def questions(story: Story, board: Board) -> dict[str, Ask]:
    """What is asked, by name."""

    def state(view: View) -> State:
        return State(as_of=view.as_of, recorded=view.recorded)

    def end(view: View) -> datetime:
        last = view.as_of or story.newest(view)
        assert last
        return last

    return {
        "rundown of 24 hours": lambda view, _: story.look.rundown(*period(story, view), 20, view),
        "events of a day": lambda view, _: story.events(replace(view, since=end(view) - timedelta(days=1))),
        "why": lambda view, name: story.event(name, view),
        "search": lambda view, _: list(story.search("refinery", view)),
        "posts of 6 hours": lambda view, _: list(story.posts(replace(view, since=end(view) - timedelta(hours=6)))),
        "map": lambda view, _: board.places(state(view)),
        "timeline": lambda view, _: board.timeline(state(view)),
        "first page of the server": lambda view, _: board.front(state(view)),
    }


class Span(NamedTuple):
    """What a record tells of, from which moments and events are drawn."""

    first: datetime
    last: datetime
    changes: int
    events: list[tuple[str, str]]
    """(where it stands in time, id)."""

    @classmethod
    def of(cls, path: Path) -> Self:
        """That of the record, but for its first day."""
        raw = sqlite3.connect(path)
        ends = raw.execute("SELECT min(public), max(public) FROM readings").fetchone()
        changes = raw.execute("SELECT max(change) FROM captures").fetchone()[0]
        events = raw.execute("SELECT first, id FROM events ORDER BY first").fetchall()
        raw.close()
        first, last = map(datetime.fromisoformat, ends)
        return cls(first + timedelta(days=1), last, changes, events)

    def view(self, when: str, chance: random.Random) -> View:
        """A moment, or a change number, of the record's last four fifths."""
        if when == "recorded":
            return View(recorded=chance.randint(self.changes // 5, self.changes))
        at = self.first + (self.last - self.first) * chance.uniform(0.2, 1.0)
        return View(as_of=at) if when == "as of" else View()

    def event(self, view: View, chance: random.Random) -> str:
        """One of the last thousand events that were told till then."""
        until = bisect_right(self.events, (stamp(view.as_of), "~")) if view.as_of else len(self.events)
        return chance.choice(self.events[max(0, until - 1000) : until] or self.events)[1]


class Spent(NamedTuple):
    """What a question took, in milliseconds."""

    question: str
    when: str
    median: float
    p99: float
    processor: float
    """Median of processor time …"""
    processor_p99: float
    """… and its 99th percentile."""


def measured(path: Path, times: int, only: str, span: Span) -> Iterator[Spent]:
    """Ask each question so many times, at other moments each time."""
    board = Board(path)
    with Story.open(path) as made:
        for name, ask in questions(made, board).items():
            for when in ("now", "as of", "recorded"):
                if only in f"{name}, {when}":
                    yield _asked(name, when, ask, times, span)
    board.close()


def _asked(name: str, when: str, ask: Ask, times: int, span: Span) -> Spent:
    chance = random.Random(f"{name} {when}")
    walls, works = [], []
    for _ in range(times):
        view = span.view(when, chance)
        event = span.event(view, chance)
        wall, work = time.perf_counter(), time.process_time()
        with suppress(NotFoundError):  # an event that went into another one
            ask(view, event)
        walls.append(1000 * (time.perf_counter() - wall))
        works.append(1000 * (time.process_time() - work))
    medians = statistics.median(walls), statistics.median(works)
    p99, processor_p99 = (sorted(spent)[max(0, math.ceil(times * 0.99) - 1)] for spent in (walls, works))
    return Spent(name, when, medians[0], p99, medians[1], processor_p99)


def report(console: Console, path: Path, times: int, only: str = "", span: Span | None = None) -> None:
    """Ask, and print one table."""
    heads = ("question", "when", "median ms", "p99 ms", "processor ms", "processor p99")
    table = Table(*heads, title=f"Asking: as of p99 ≤ {P99_MS:g} ms")
    for found in measured(path, times, only, span or Span.of(path)):
        figures = [f"{value:.0f}" for value in found[2:]]
        table.add_row(found.question, found.when, *figures)
        said = "{}, {}: {} ms, p99 {} ms, processor {} ms, p99 {} ms"
        console.print(said.format(*found[:2], *figures), soft_wrap=True)
    console.print(table)


@click.command()
@click.option("--statements", type=COUNT, default=100_000, show_default=True, help="Statements in the record.")
@click.option(
    "--days", type=COUNT, default=7, show_default=True, help="Days that are read; the rest are copies of them."
)
@click.option("--times", type=COUNT, default=50, show_default=True, help="How often each question is asked.")
@click.option("--record", type=click.Path(path_type=Path), help="Keep the record here, or ask one that is here.")
@click.option("--only", default="", help="Only questions with these words in their name.")
def main(statements: int, days: int, times: int, record: Path | None, only: str) -> None:
    """Print one table: what each question takes."""
    console = Console(width=120)
    with tempfile.TemporaryDirectory() as folder:
        path = record or Path(folder) / "story.db"
        if not path.exists():
            console.print("{:,} statements, {:,} events".format(*fill(path, statements, days)))
        span = None
        if record is None:  # moments of the days that were read
            span = Span.of(path)._replace(first=START, last=START + timedelta(days=days))
        report(console, path, times, only, span)
    console.print(f"{os.cpu_count()} cores, {platform.machine()}; Python {platform.python_version()}", soft_wrap=True)


if __name__ == "__main__":
    main()
