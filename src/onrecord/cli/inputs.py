"""Paths and options of a command → captures to read, with a problem for each that can't be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click

from onrecord.cli.options import moment, zone_of
from onrecord.errors import UsageError
from onrecord.model import Capture, Hints, Problem
from onrecord.sources import files


def hints_of(outlet: str | None, published: str | None, page: str | None, tz: str | None, zone: str = "UTC") -> Hints:
    """The options as hints. Raises `UsageError` for a date or zone that there is not."""
    if tz:
        zone_of(tz)
    return Hints(outlet=outlet, published=moment(published, tz or zone), page=page, tz=tz)


def captures(paths: Iterable[Path], hints: Hints, listed: Path | None = None) -> Iterator[Capture | Problem]:
    """Every capture that the paths and the list name, in their order, read one at a time."""
    now = datetime.now(UTC)
    for path in paths:
        if path.is_dir():
            for inside in sorted(p for p in path.iterdir() if p.is_file() and not p.name.startswith(".")):
                yield from files.opened(inside, hints, now)
        else:
            yield from files.opened(path, hints, now)
    if listed is not None:
        for row in files.listed(listed):
            if isinstance(row, Problem):
                yield row
            else:
                yield from files.opened(row[0], merged(row[1], hints), now)


def merged(first: Hints, second: Hints) -> Hints:
    """The first hints, with what they leave open taken from the second."""
    return replace(
        first,
        outlet=first.outlet or second.outlet,
        published=first.published or second.published,
        tz=first.tz or second.tz,
        page=first.page or second.page,
    )


def need_some(paths: tuple[Path, ...], listed: Path | None = None) -> None:
    """Raises `UsageError` when nothing is given to read."""
    if not paths and listed is None:
        raise UsageError("nothing to read", "give files, or a list of them with --list pages.csv")


def report(problems: Iterable[Problem]) -> int:
    """Say each problem once on standard error; the exit code that they ask for: 1, or 0 when there are only notices."""
    code = 0
    for problem in dict.fromkeys(problems):
        click.echo(f"onrecord: {'note: ' if problem.notice else ''}{problem}", err=True)
        code |= not problem.notice
    return code
