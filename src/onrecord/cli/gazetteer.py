"""`onrecord gazetteer add`, `list` and `remove`: the places that readings know beside the shipped ones."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
import orjson

from onrecord.cli import inputs, options
from onrecord.errors import UsageError
from onrecord.model import Problem

if TYPE_CHECKING:
    from onrecord.statements.gazetteer_add import Added

files = click.argument("files", metavar="FILE…", nargs=-1, type=click.Path(path_type=Path))


@click.group(
    epilog="""\b
Examples:
  onrecord gazetteer add UA.zip RU.zip
  onrecord gazetteer add bases.csv
  onrecord gazetteer list
  onrecord gazetteer remove bases"""
)
def gazetteer() -> None:
    """Add places to those that every reading knows, list what was added, and take it out again.

    The places stay with you, not with a record. A record that was made before takes note of them with: onrecord
    rebuild STORY.db --reread
    """


@gazetteer.command(
    epilog="""\b
Examples:
  onrecord gazetteer add UA.zip        a country, from download.geonames.org/export/dump
  onrecord gazetteer add bases.csv     a table of your own: name,lat,lon,country,kind,aliases"""
)
@files
@options.as_json
def add(files: tuple[Path, ...], as_json: bool) -> int:
    """Add GeoNames country dumps (.zip, .txt) or your own tables (.csv).

    A file added again replaces what was added from it before. Rows that can't be used are told with their lines, and
    the rest goes in.
    """
    if not files:
        raise UsageError("no file is given", "name one, such as UA.zip from download.geonames.org/export/dump")
    from onrecord.cli import terminal
    from onrecord.statements.gazetteer import add as add_places

    problems: list[Problem] = []
    with terminal.progress("Adding places") as step:
        for file in files:
            try:
                added = add_places(file, step)
            except UsageError as error:
                problems.append(Problem("bad-file", str(file), error.why, error.mend, fatal=True))
                continue
            problems += added.problems
            if as_json:
                click.echo(orjson.dumps({**_plain(added), "problems": [p.to_dict() for p in added.problems]}))
            else:
                click.echo(f"{added.name}: {_count(added)}{', in place of the earlier ones' * added.replaced}")
    return inputs.report(problems)


@gazetteer.command("list", epilog="\b\nExamples:\n  onrecord gazetteer list --json")
@options.as_json
def listed(as_json: bool) -> int:
    """List the files whose places were added."""
    from onrecord.statements import gazetteer_add
    from onrecord.statements.gazetteer import own_folder

    found = gazetteer_add.listed(own_folder())
    for added in found:
        line = f"{added.name}: {_count(added)}, from {added.source}, {added.added}"
        click.echo(orjson.dumps(_plain(added)) if as_json else line)
    if not found and not as_json:
        click.echo("none were added; onrecord gazetteer add --help says how", err=True)
    return 0


@gazetteer.command(epilog="\b\nExamples:\n  onrecord gazetteer remove ua")
@click.argument("names", metavar="NAME…", nargs=-1)
def remove(names: tuple[str, ...]) -> int:
    """Take out what was added from files, by the names that `list` shows."""
    if not names:
        raise UsageError("no name is given", "onrecord gazetteer list shows them")
    from onrecord.statements.gazetteer import remove as remove_places

    for name in names:
        remove_places(name)
        click.echo(f"{name}: removed")
    return 0


def _count(added: Added) -> str:
    return f"{added.places:,} place{'s' * (added.places != 1)}"


def _plain(added: Added) -> dict[str, object]:
    return {"name": added.name, "places": added.places, "source": added.source, "added": added.added}
