"""`onrecord export`: the events of a record for other programs."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO, cast

import click

from onrecord.cli import options
from onrecord.cli.show import opened
from onrecord.errors import OnRecordError
from onrecord.model import Event
from onrecord.pages import exports
from onrecord.pages.exports import Context, Format, acled
from onrecord.statements.gazetteer import name_of
from onrecord.story import Story, View


@click.command(
    epilog="""\b
Examples:
  onrecord export war.db acled --out war.csv
  onrecord export war.db geojson --since 7d > week.geojson
  onrecord export war.db jsonl --as-of 2025-03-12T18:00
  onrecord export war.db jsonld --recorded 120 --out war.jsonld"""
)
@options.record
@click.argument("form", metavar="FORMAT", type=click.Choice(exports.FORMATS))
@options.view
@click.option("--out", metavar="FILE", type=click.Path(path_type=Path), help="Write there, whole or not at all.")
@click.option(
    "--all", "everything", is_flag=True, help="acled: also events that ACLED has no type for, or that are to come."
)
def export(
    record: Path, form: str, as_of: str | None, recorded: int | None, since: str | None, out: Path | None,
    everything: bool,
) -> int:  # fmt: skip
    """Write the events with all their statements as FORMAT: acled (CSV), jsonl, geojson or jsonld.

    Words of a source are shown as far as its rights allow (onrecord sources). docs/exports.md explains every field.
    """
    with opened(record, as_of, recorded, since) as (story, view):
        found = story.events(view)
        wanted = found if form != "acled" or everything else [e for e in found if acled.fits(e)]
        context = context_of(story, view)
        with target(out) as file:
            for piece in exports.write(cast(Format, form), wanted, context):
                file.write(piece)
    if left := len(found) - len(wanted):
        click.echo(
            f"onrecord: {left} events left out: ACLED has no type for them, or they did not happen; --all keeps them",
            err=True,
        )
    return 0


def context_of(story: Story, view: View) -> Context:
    """What the exports need to know beside the events."""
    whole = View(view.as_of, view.recorded)
    parts: defaultdict[str, list[Event]] = defaultdict(list)
    for event in story.events(whole):
        if event.part_of:
            parts[event.part_of].append(event)
    return Context(
        story.settings,
        {(post.page, post.post.id): post for post in story.posts(whole)},
        story.allowed(),
        datetime.now(UTC),
        view.as_of,
        view.recorded,
        cast("dict[str, Sequence[Event]]", parts),
        name_of,
    )


@contextmanager
def target(out: Path | None) -> Iterator[TextIO]:
    """Standard output, or a file that gets its name when it is whole."""
    if out is None:
        yield sys.stdout
        return
    part = out.with_name(f".{out.name}.part")
    try:
        with part.open("w", encoding="utf-8", newline="") as file:
            yield file
        part.replace(out)
    except OSError as error:
        raise OnRecordError(
            f"{out} can't be written: {error.strerror}", "choose another file with --out, or make room"
        ) from error
    finally:
        part.unlink(missing_ok=True)
