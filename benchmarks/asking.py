"""What asking a large record takes, now and as of another time: `python benchmarks/asking.py`, as one table.

A made-up week (`made_story.py`) is put in as live pages, which are read and folded as any are; beyond it the record is
filled with copies of that week in other months (`copies.py`). Moments are drawn from the week that was read.
"""

from __future__ import annotations

import html
import os
import platform
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from itertools import groupby
from pathlib import Path

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
from onrecord.story import Story, View

P99_MS = 300.0
"""The target of as-of queries at 100,000 statements."""


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


def questions(
    story: Story, board: Board, chance: random.Random, days: int
) -> list[tuple[str, Callable[[View], object]]]:
    """What is asked, by name."""
    names = [e.id for e in story.events(View(since=START, as_of=START + timedelta(days=days)))]

    def lines(view: View) -> object:
        start, end = period(story, view)
        return story.look.rundown(start, end, 20, View(view.as_of))

    def known(view: View) -> object:
        return story.event(chance.choice(known_then(view)), view)

    def known_then(_: View) -> list[str]:
        return names

    def front(view: View) -> object:
        return board.front(State(as_of=view.as_of) if view.as_of else State())

    def day(view: View) -> object:
        end = view.as_of or story.newest()
        assert end
        return story.events(View(view.as_of, since=end - timedelta(days=1)))

    def search(view: View) -> object:
        return list(story.search("refinery", view))

    def posts(view: View) -> object:
        end = view.as_of or story.newest()
        assert end
        return list(story.posts(View(view.as_of, since=end - timedelta(hours=6))))

    return [("rundown of 24 hours", lines), ("events of a day", day), ("why", known), ("search", search),
            ("posts of 6 hours", posts), ("first page of the server", front)]  # fmt: skip


def measured(path: Path, times: int, only: str, days: int) -> Iterator[tuple[str, str, float, float, float]]:
    """(question, when, median, 99th percentile, slowest) in milliseconds."""
    chance = random.Random(3)
    board = Board(path)
    with Story.open(path) as made:
        for name, ask in questions(made, board, chance, days):
            if only and only not in name:
                continue
            for when in ("now", "as of"):
                spent = []
                for _ in range(times):
                    at = START + timedelta(days=1 + (days - 1) * chance.random())
                    view = View(as_of=at) if when == "as of" else View()
                    began = time.perf_counter()
                    with suppress(NotFoundError):  # an event of later
                        ask(view)
                    spent.append(1000 * (time.perf_counter() - began))
                spent.sort()
                yield name, when, statistics.median(spent), spent[max(0, int(len(spent) * 0.99) - 1)], spent[-1]


@click.command()
@click.option("--statements", default=100_000, show_default=True, help="Statements in the record.")
@click.option("--days", default=7, show_default=True, help="Days that are read; the rest are copies of them.")
@click.option("--times", default=50, show_default=True, help="How often each question is asked.")
@click.option("--record", type=click.Path(path_type=Path), help="Keep the record here, or ask one that is here.")
@click.option("--only", default="", help="Only questions with these words in their name.")
def main(statements: int, days: int, times: int, record: Path | None, only: str) -> None:
    """Print one table: what each question takes."""
    console = Console(width=120)
    with tempfile.TemporaryDirectory() as folder:
        path = record or Path(folder) / "story.db"
        if not path.exists():
            console.print("{:,} statements, {:,} events".format(*fill(path, statements, days)))
        table = Table(
            "question", "when", "median ms", "p99 ms", "slowest ms", title=f"Asking: as of p99 ≤ {P99_MS:g} ms"
        )
        for name, when, median, p99, most in measured(path, times, only, days):
            table.add_row(name, when, f"{median:.0f}", f"{p99:.0f}", f"{most:.0f}")
            console.print(f"{name}, {when}: {median:.0f} ms, p99 {p99:.0f} ms, slowest {most:.0f} ms")
    console.print(table)
    console.print(f"{os.cpu_count()} cores, {platform.machine()}; Python {platform.python_version()}", soft_wrap=True)


if __name__ == "__main__":
    main()
