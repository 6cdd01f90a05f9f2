"""The commands that show what a record holds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import click
import orjson

from onrecord.cli import options, terminal
from onrecord.story import Story, View
from onrecord.versions import Version

DAY = timedelta(hours=24)


@contextmanager
def opened(record: Path, as_of: str | None, recorded: int | None, since: str | None) -> Iterator[tuple[Story, View]]:
    """The record and the view that the options ask for."""
    with Story.open(record) as story:
        zone = story.settings.tz
        yield story, View(options.moment(as_of, zone, end=True), recorded, options.moment(since, zone))


@click.command(
    epilog="""\b
Examples:
  onrecord posts war.db
  onrecord posts war.db --since 24h --json
  onrecord posts war.db --as-of 2025-03-12T18:00"""
)
@options.record
@options.view
@options.as_json
def posts(record: Path, as_of: str | None, recorded: int | None, since: str | None, as_json: bool) -> int:
    """Show the posts, newest first, each in its latest version."""
    with opened(record, as_of, recorded, since) as (story, view):
        for revision in story.posts(view):
            if as_json:
                head = {"outlet": revision.outlet, "page": revision.page, "first_seen": revision.first_seen,
                        "revision": revision.number, "removed": revision.removed}  # fmt: skip
                click.echo(orjson.dumps({**revision.post.to_dict(), **head}))
            else:
                terminal.post(revision, story.settings.tz)
    return 0


@click.command(
    epilog="""\b
Examples:
  onrecord statements war.db
  onrecord statements war.db --json | jq 'select(.speaker.side == "Russia")'
  onrecord statements war.db --recorded 12 --json"""
)
@options.record
@options.view
@options.as_json
def statements(record: Path, as_of: str | None, recorded: int | None, since: str | None, as_json: bool) -> int:
    """Show who says what, with the exact words. Own-voice statements are in --json only."""
    with opened(record, as_of, recorded, since) as (story, view):
        for revision in story.posts(view):
            for statement in revision.reading.statements:
                if as_json:
                    where = {"outlet": revision.outlet, "page": revision.page}
                    click.echo(orjson.dumps({**statement.to_dict(), **where}))
                elif statement.voice != "own":
                    terminal.statement(statement, revision, story.settings.tz)
    return 0


@click.command(
    epilog="""\b
Examples:
  onrecord events war.db
  onrecord events war.db --json | jq 'select(.disputed)'
  onrecord events war.db --as-of 2025-03-12"""
)
@options.record
@options.view
@options.as_json
def events(record: Path, as_of: str | None, recorded: int | None, since: str | None, as_json: bool) -> int:
    """Show the events: each one line, folded from all its tellings, with its standing and its origins."""
    with opened(record, as_of, recorded, since) as (story, view):
        for event in story.events(view) if view.since else story.look.every(view):
            if as_json:
                click.echo(orjson.dumps(event.to_dict()))
            else:
                terminal.event(event, story.settings.tz)
    return 0


@click.command(
    epilog="""\b
Examples:
  onrecord rundown war.db
  onrecord rundown war.db --since 3d --lines 40
  onrecord rundown war.db --words 200
  onrecord rundown war.db --as-of 2025-03-12T18:00 --json"""
)
@options.record
@options.view
@click.option("--lines", type=click.IntRange(min=1), default=20, show_default=True, help="How many lines at most.")
@click.option("--words", type=click.IntRange(min=1), help="How many words at most, standings counted.")
@options.as_json
def rundown(
    record: Path, as_of: str | None, recorded: int | None, since: str | None, lines: int, words: int | None,
    as_json: bool,
) -> int:  # fmt: skip
    """Show what happened in a period, most important first, each line with its evidence.

    Without --since: the 24 hours before --as-of, or before the newest post.
    """
    with opened(record, as_of, recorded, since) as (story, view):
        start, end = period(story, view)
        zone, then = ZoneInfo(story.settings.tz), View(view.as_of, view.recorded)
        shown, found = story.look.rundown(start, end, lines, then, tz=zone, words=words, explained=False)
        for line in shown:
            if as_json:
                click.echo(orjson.dumps(line))
            else:
                terminal.line(line, found[line.event].claim.standing, story.settings.tz)
    return 0


def period(story: Story, view: View) -> tuple[datetime, datetime]:
    """The period that a rundown tells of, its end exclusive."""
    last = view.as_of or story.newest(View(view.as_of, view.recorded)) or datetime.now(UTC)
    return view.since or last - DAY, last + timedelta(seconds=1)


@click.command(
    epilog="""\b
Examples:
  onrecord why war.db e3f9c0a1b2c4
  onrecord why war.db e3f9c0a1b2c4 --versions
  onrecord events war.db --json | jq -r .id | head -1 | xargs onrecord why war.db"""
)
@options.record
@click.argument("event")
@options.view
@click.option("--versions", is_flag=True, help="What was shown of it instead, and between which change numbers.")
@options.as_json
def why(
    record: Path, event: str, as_of: str | None, recorded: int | None, since: str | None, versions: bool,
    as_json: bool,
) -> int:  # fmt: skip
    """Explain how an event came about: what was folded and why, who its origins are, what its standing rests on."""
    with opened(record, as_of, recorded, since) as (story, view):
        if versions:
            _versions(story, event, view, as_json=as_json)
            return 0
        found = story.event(event, view)
        if as_json:
            click.echo(orjson.dumps(found.to_dict()))
        else:
            terminal.why(found, story.settings.tz)
    return 0


def _versions(story: Story, name: str, view: View, *, as_json: bool) -> None:
    """The versions of an event that the options leave: up to a moment, up to a change number, since a moment."""
    before: Version | None = None
    for version in story.versions(name):
        ended = view.recorded is not None and version.since > view.recorded
        if ended or (view.as_of and version.at > view.as_of) or (view.since and version.at < view.since):
            continue
        if as_json:
            click.echo(orjson.dumps(version.to_dict()))
        else:
            terminal.version(version, before, story.settings.tz)
        before = version


@click.command(
    epilog="""\b
Examples:
  onrecord search war.db bridge
  onrecord search war.db "power station" --since 24h --json"""
)
@options.record
@click.argument("words")
@options.view
@options.as_json
def search(record: Path, words: str, as_of: str | None, recorded: int | None, since: str | None, as_json: bool) -> int:
    """Find posts that hold all the words, newest first; words in double quotes stand together."""
    with opened(record, as_of, recorded, since) as (story, view):
        for revision in story.search(words, view):
            if as_json:
                click.echo(orjson.dumps({**revision.post.to_dict(), "outlet": revision.outlet, "page": revision.page}))
            else:
                terminal.post(revision, story.settings.tz, mark=words)
    return 0
