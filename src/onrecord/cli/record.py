"""`onrecord init`, `add` and `rebuild`: what changes a record."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import click

from onrecord.cli import inputs, options
from onrecord.errors import UsageError
from onrecord.model import Capture, Problem, Settings

if TYPE_CHECKING:
    from onrecord.story import AddResult, Story


@click.command(
    epilog="""\b
Examples:
  onrecord init flood.db --title "Floods in the Rhine valley" --tz Europe/Berlin --countries DE,NL
  onrecord init war.db --countries UA,RU --sides Ukraine,Russia"""
)
@options.record
@click.option("--title", default="Untitled story", show_default=True, help="What the story is called on its page.")
@click.option("--tz", default="UTC", show_default=True, metavar="ZONE", help="The story's time zone.")
@click.option("--countries", default="", metavar="UA,RU", help="ISO codes of the countries it plays in.")
@click.option("--sides", default="", metavar="A,B", help="The parties to it, by short name.")
def init(record: Path, title: str, tz: str, countries: str, sides: str) -> int:
    """Make a record (a database in one file) for a story."""
    from onrecord.story import Story

    options.zone_of(tz)
    settings = Settings(title, tz, codes(countries), words(sides))
    with Story.create(record, settings):
        click.echo(f"made {record}; add pages with: onrecord add {record} PATH…", err=True)
    return 0


def words(text: str) -> tuple[str, ...]:
    """The words of a list with commas."""
    return tuple(word.strip() for word in text.split(",") if word.strip())


def codes(text: str) -> tuple[str, ...]:
    """Country codes of two letters. Raises `UsageError`."""
    found = tuple(word.upper() for word in words(text))
    for code in found:
        if len(code) != 2 or not code.isalpha():
            raise UsageError(
                f"{code!r} is no country code", "write ISO codes of two letters, such as --countries UA,RU"
            )
    return found


@click.command(
    epilog="""\b
Examples:
  onrecord add war.db page.html
  onrecord add war.db *.txt --outlet "The Courier" --published 2025-03-13 --tz Europe/London
  onrecord add war.db monday-0900.html monday-1200.html --page courier/monday
  onrecord add war.db --list pages.csv

A row of pages.csv: path,outlet,published,page,tz,url,seen_at (all but path may be empty)."""
)
@options.record
@options.paths
@options.hints
@click.option("--list", "listed", metavar="FILE", type=click.Path(path_type=Path), help="A CSV file with a row a page.")
@options.as_json
def add(
    record: Path,
    paths: tuple[Path, ...],
    outlet: str | None,
    published: str | None,
    page: str | None,
    tz: str | None,
    listed: Path | None,
    as_json: bool,
) -> int:
    """Add pages to a record, which is made when missing. Adding a page again changes nothing."""
    inputs.need_some(paths, listed)
    from onrecord.story import Story

    with Story.create(record, Settings(), exist_ok=True) as story:
        hints = inputs.hints_of(outlet, published, page, tz, story.settings.tz)
        code, result = take_in(story, inputs.captures(paths, hints, listed))
    if as_json:
        import orjson

        told = {"added": result.added, "known": result.known, "posts": result.posts, "statements": result.statements}
        click.echo(orjson.dumps({**told, "problems": [problem.to_dict() for problem in result.problems]}))
    else:
        click.echo(
            f"{result.added} added, {result.known} known already; {result.posts} posts, {result.statements} statements",
            err=True,
        )
    return code


def take_in(story: Story, found: Iterable[Capture | Problem]) -> tuple[int, AddResult]:
    """Add the captures with a progress bar where a person looks on; (exit code, what came of it).

    Ctrl-C stops after the page at work, so that what is added is folded too; `click.Abort` is raised then.
    """
    from onrecord.cli import terminal

    problems: list[Problem] = []

    def good() -> Iterable[Capture]:
        for capture in found:
            if stopped():
                return
            if isinstance(capture, Problem):
                problems.append(capture)
            else:
                yield capture

    with stopping() as stopped, terminal.progress("Reading") as step:
        result = story.add(good(), step)
    code = inputs.report([*problems, *result.problems])
    if stopped():
        raise click.Abort
    return code, result


@contextmanager
def stopping() -> Iterator[Callable[[], bool]]:
    """Whether Ctrl-C was pressed meanwhile. The second one stops at once (`KeyboardInterrupt`)."""
    asked = False

    def ask(_number: int, _frame: FrameType | None) -> None:
        nonlocal asked
        asked = True
        signal.signal(signal.SIGINT, signal.default_int_handler)
        click.echo("onrecord: stopping after this page; Ctrl-C again stops at once", err=True)

    if threading.current_thread() is not threading.main_thread():
        yield lambda: False
        return
    before = signal.signal(signal.SIGINT, ask)
    try:
        yield lambda: asked
    finally:
        signal.signal(signal.SIGINT, before)


@click.command(
    epilog="""\b
Examples:
  onrecord rebuild war.db
  onrecord rebuild war.db --reread"""
)
@options.record
@click.option("--reread", is_flag=True, help="Read all posts again too, not only fold their readings.")
def rebuild(record: Path, reread: bool) -> int:
    """Make everything derived anew from the facts: after an upgrade, or to prove that the record is sound."""
    from onrecord.cli import terminal
    from onrecord.story import Story

    with Story.open(record) as story, terminal.progress("Rebuilding") as step:
        changed = story.rebuild(reread=reread, progress=step)
    click.echo(f"rebuilt; {changed} statements read differently" if reread else "rebuilt", err=True)
    return 0
