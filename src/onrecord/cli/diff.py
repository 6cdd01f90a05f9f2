"""`onrecord diff`: what changed between two moments, or since somebody last looked."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import click
import orjson
from platformdirs import user_state_path
from rich.text import Text

from onrecord.cli import options, terminal
from onrecord.errors import OnRecordError, UsageError
from onrecord.model import Event
from onrecord.pages.differences import Difference, between
from onrecord.pages.words import quoted
from onrecord.story import Story, View

STYLES = {"new": "green", "changed": "yellow", "gone": "red"}
SHOWN = 3
LOOKS = "looks.json"


@click.command(
    epilog="""\b
Examples:
  onrecord diff war.db --from 2025-03-12 --to 2025-03-13
  onrecord diff war.db --from 24h
  onrecord diff war.db --from-change 120 --json
  onrecord diff war.db --last"""
)
@options.record
@click.option("--from", "start", metavar="WHEN", help="As it could be known then: a moment, or an age such as 24h.")
@click.option("--to", "end", metavar="WHEN", help="As it could be known then; without it, as it is now.")
@click.option(
    "--from-change", metavar="N", type=click.IntRange(min=0), help="As the record was after its change number N."
)
@click.option(
    "--to-change", metavar="N", type=click.IntRange(min=0), help="As the record was after that change number."
)
@click.option("--last", is_flag=True, help="Since you last called it with --last on this record.")
@click.option("--lines", type=click.IntRange(min=1), default=30, show_default=True, help="How many events at most.")
@options.as_json
def diff(
    record: Path, start: str | None, end: str | None, from_change: int | None, to_change: int | None, last: bool,
    lines: int, as_json: bool,
) -> int:  # fmt: skip
    """Show which events are new, changed or gone between two states of the record, most important first.

    Changes are those of standing, figures, place, date, reality, conflicts and origins, with the words behind them.
    """
    if last == bool(start or from_change is not None):
        raise UsageError("it needs one state to start from", "give --from, --from-change or --last")
    with Story.open(record) as story:
        zone = story.settings.tz
        before = View(options.moment(start, zone, end=True), looked(record, story) if last else from_change)
        after = View(options.moment(end, zone, end=True), to_change)
        now = story.changes()
        found = between(states(story, before), states(story, after), ZoneInfo(zone))
        for difference in found[:lines]:
            if as_json:
                click.echo(orjson.dumps(difference.to_dict()))
            else:
                _show(difference, zone)
    if not as_json:
        more = len(found) - lines
        terminal.say("nothing changed" if not found else f"… and {more} more" if more > 0 else "")
    if last:
        look(record, now)
    return 0


def states(story: Story, view: View) -> list[Event]:
    """The events of that state; none before the record's first change."""
    return [] if view.recorded == 0 else story.events(view)


def _show(difference: Difference, zone: str) -> None:
    head = (f"{difference.kind}: ", f"bold {STYLES[difference.kind]}")
    terminal.say(Text.assemble(head, (difference.headline, "bold"), f"  {difference.event}"))
    terminal.say(Text(difference.standing, style="dim"), 2)
    for change in difference.changes:
        terminal.say(
            Text.assemble((f"{change.what}: ", "bold"), f"{change.before or 'none'} → {change.after or 'none'}"), 2
        )
    for telling in difference.tellings[:SHOWN]:
        when = terminal.shown_time(telling.time, zone)
        terminal.say(Text.assemble(quoted(telling.statement.text), (f"  {telling.outlet}, {when}", "dim")), 2)
    if len(difference.tellings) > SHOWN:
        terminal.say(Text(f"and {len(difference.tellings) - SHOWN} more tellings", style="dim"), 2)
    terminal.say("")


# -- when somebody last looked: theirs, not the record's ---------------------------------------------------------------


def looks() -> Path:
    """The file that keeps, for each record on this machine, the change number that was last looked at."""
    return user_state_path("onrecord", appauthor=False) / LOOKS


def looked(record: Path, story: Story) -> int:
    """The change number of the last look; before the first one, that of a day ago."""
    known = _kept().get(str(record.resolve()))
    if known is not None:
        return min(known, story.changes())
    times = [(number, at) for number, at, _, _ in story.log()]
    newest = times[-1][1] if times else None
    return max((n for n, at in times if newest and at <= newest - timedelta(hours=24)), default=0)


def look(record: Path, change: int) -> None:
    """Keep that it was looked at now."""
    known = {**_kept(), str(record.resolve()): change}
    part = looks().with_suffix(".part")
    try:
        looks().parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(orjson.dumps(known))
        part.replace(looks())
    except OSError as error:
        raise OnRecordError(
            f"{looks()} can't be written: {error.strerror}", "see to that folder's rights and space"
        ) from error


def _kept() -> dict[str, int]:
    try:
        found = orjson.loads(looks().read_bytes())
    except FileNotFoundError:
        return {}
    except (OSError, orjson.JSONDecodeError) as error:
        raise OnRecordError(f"{looks()} can't be read: {error}", "remove that file") from error
    return {str(k): int(v) for k, v in found.items()} if isinstance(found, dict) else {}
