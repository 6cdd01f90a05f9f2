"""`onrecord read`: pages → what they say, without a record."""

from __future__ import annotations

from pathlib import Path

import click
import orjson

from onrecord.cli import inputs, options
from onrecord.model import Problem, Reading


@click.command(
    epilog="""\b
Examples:
  onrecord read page.html
  onrecord read page.txt --json | jq .statements
  onrecord read notes.txt --outlet "Radio Nord" --published 2025-03-13 --tz Europe/Oslo"""
)
@options.paths
@options.hints
@options.as_json
def read(
    paths: tuple[Path, ...], outlet: str | None, published: str | None, page: str | None, tz: str | None, as_json: bool
) -> int:
    """Read pages (HTML or text) and print what they say: posts, statements, places, dates, figures.

    Nothing is stored. With --json one object a page stands on a line of its own. The exit code is 1 when something
    could not be read or is missing, such as a date; each problem is said on standard error.
    """
    inputs.need_some(paths)
    hints = inputs.hints_of(outlet, published, page, tz)
    problems: list[Problem] = []
    from onrecord.story import read_capture

    for capture in inputs.captures(paths, hints):
        if isinstance(capture, Problem):
            problems.append(capture)
            continue
        reading = read_capture(capture)
        problems += [*reading.page.problems, *reading.problems]
        if as_json:
            click.echo(orjson.dumps(reading.to_dict()))
        else:
            show(reading)
    return inputs.report(problems)


def show(reading: Reading) -> None:
    """The reading for people."""
    from onrecord.cli import terminal

    terminal.reading(reading)
