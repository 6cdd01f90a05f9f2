"""`onrecord changes`: what changed on the pages of a record."""

from __future__ import annotations

from pathlib import Path

import click
import orjson
from rich.text import Text

from onrecord.changes import Change
from onrecord.cli import options, terminal
from onrecord.pages.marks import pieces
from onrecord.story import Story

STYLES = {"new": "green", "edited": "yellow", "removed": "red", "restored": "green"}


@click.command(
    epilog="""\b
Examples:
  onrecord changes war.db --since 24h
  onrecord changes war.db --post p42
  onrecord changes war.db --json | jq 'select(.silent and .figures != [])'"""
)
@options.record
@click.option("--since", metavar="WHEN", help="Only what was seen later: a moment, or an age such as 24h or 3d.")
@click.option("--post", metavar="ID", help="Only the post with that id.")
@options.as_json
def changes(record: Path, since: str | None, post: str | None, as_json: bool) -> int:
    """Show what changed on the pages, newest first: posts new, edited, removed, restored, moved, not shown any more.

    Edits show by words what went [-so-] and what came {+so+}; one without a later time of update is silent.
    """
    with Story.open(record) as story:
        zone = story.settings.tz
        for change in reversed(story.edits(options.moment(since, zone), post)):
            if as_json:
                click.echo(orjson.dumps(change.to_dict()))
            else:
                _show(change, zone)
    return 0


def _show(change: Change, zone: str) -> None:
    silent = " silently" if change.silent else ""
    head = f"{terminal.shown_time(change.at, zone)}  {change.outlet}, post {change.post}: "
    terminal.say(Text.assemble((head, "dim"), (f"{change.kind}{silent}", STYLES.get(change.kind, "cyan"))))
    for what, before, after in change.figures:
        terminal.say(Text.assemble(("figure ", "bold"), f"{what.removeprefix('other: ')}: {before} → {after}"), 2)
    others = [name for name in change.what if name != "text"]
    if others and change.kind == "edited":
        terminal.say(Text(f"changed: {', '.join(others)}", style="dim"), 2)
    terminal.say(_words(change) if "text" in change.what else Text(change.title), 2)
    terminal.say("")


def _words(change: Change) -> Text:
    """The two versions' words in one, with marks that need no colour."""
    out = Text()
    before, after = (p.text if p else "" for p in (change.before, change.after))
    for op, words in pieces(before, after):
        if op == "same":
            out.append(words if len(words) < 200 else _ends(words))
        elif op == "gone":
            out.append(f"[-{words}-]", style="red strike")
        else:
            out.append(f"{{+{words}+}}", style="green")
    return out


def _ends(words: str) -> str:
    return f"{words[:90].rpartition(' ')[0]} … {words[-90:].partition(' ')[2]}"
