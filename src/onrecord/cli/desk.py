"""`onrecord desk`: what the people who run a record decide."""

from __future__ import annotations

import getpass
import io
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, get_args

import click
import orjson

from onrecord.cli import inputs, options
from onrecord.errors import UsageError
from onrecord.model import KINDS, Reality

if TYPE_CHECKING:
    from onrecord.desk import Taken
    from onrecord.deskwork import Desk, Held
    from onrecord.story import Story

Command = TypeVar("Command", bound=Callable[..., Any])

names = click.argument("names", metavar="ID…", nargs=-1, required=True)
name = click.argument("name", metavar="ID")


def who(command: Command) -> Command:
    """Who decides."""
    text = "Who decides; else the environment's ONRECORD_DESK, else your name on this computer."
    return click.option("--by", metavar="NAME", envvar="ONRECORD_DESK", help=text)(command)


def reason(command: Command) -> Command:
    """Why."""
    return click.option("--why", required=True, metavar="TEXT", help="The reason, kept for ever.")(command)


def remark(command: Command) -> Command:
    """Why, if there is something to say."""
    return click.option("--why", default="", metavar="TEXT", help="The reason, if there is more to say.")(command)


@click.group(
    epilog="""\b
Examples:
  onrecord desk same war.db e3f9c0a1b2c4 e77d01aa92be --why "one strike, told twice"
  onrecord desk apart war.db s0a1b2c3d4e5f607 e3f9c0a1b2c4 --why "that was the night before"
  onrecord desk correct war.db s0a1b2c3d4e5f607 --speaker "Ana Prado" --why "misread"
  onrecord desk verify war.db e3f9c0a1b2c4 --figure killed --note "seen the list of names"
  onrecord desk hide war.db e77d01aa92be --why "a rumour"
  onrecord desk list war.db
  onrecord desk undo war.db d1f2a3b4c5d6e"""
)
def desk() -> None:
    """Decide what a reading can't know. Every decision keeps who, when and why, and can be undone, but for redactions.

    IDs are those that `onrecord events`, `statements`, `posts` and `why` show with --json.
    """


@contextmanager
def opened(record: Path) -> Iterator[tuple[Story, Desk]]:
    """The record and its desk."""
    from onrecord.story import Story

    with Story.open(record) as story:
        yield story, story.desk


def named(by: str | None) -> str:
    """Who decides."""
    if by and by.strip():
        return by.strip()
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError) as error:
        raise UsageError("who decides?", "say so with --by NAME") from error


def told(record: Path, taken: Taken) -> int:
    """Say what was decided, and how to take it back."""
    click.echo(taken.id)
    if taken.decision.kind != "redact":
        click.echo(f"decided; take it back with: onrecord desk undo {record} {taken.id}", err=True)
    return 0


@desk.command(
    epilog='\b\nExample:\n  onrecord desk same war.db e3f9c0a1b2c4 e77d01aa92be --why "one strike, told twice"'
)
@options.record
@names
@who
@reason
def same(record: Path, names: tuple[str, ...], by: str | None, why: str) -> int:
    """Put events, or single happenings or statements, into one event. Both ids go on leading to it."""
    with opened(record) as (_, at_desk):
        return told(record, at_desk.same(names, by=named(by), why=why))


@desk.command(
    epilog='\b\nExample:\n  onrecord desk apart war.db s0a1b2c3d4e5f607 e3f9c0a1b2c4 --why "the night before"'
)
@options.record
@click.argument("left", metavar="ID[,ID…]")
@click.argument("right", metavar="ID[,ID…]")
@who
@reason
def apart(record: Path, left: str, right: str, by: str | None, why: str) -> int:
    """Keep two groups apart: a statement and the event that it was wrongly put into, or two lists with commas."""
    groups = [[word.strip() for word in group.split(",") if word.strip()] for group in (left, right)]
    with opened(record) as (_, at_desk):
        return told(record, at_desk.apart(groups[0], groups[1], by=named(by), why=why))


@desk.command(
    epilog="""\b
Examples:
  onrecord desk correct war.db s0a1b2c3d4e5f607 --speaker "Ana Prado" --side Brazil --why "her deputy"
  onrecord desk correct war.db e3f9c0a1b2c4 --place "Otta, NO" --why "the other Otta"
  onrecord desk correct war.db e3f9c0a1b2c4 --date 2025-03-11/2025-03-12 --kind shelling --why "misread"
  onrecord desk correct war.db e3f9c0a1b2c4 --figure "killed=at least 5" --why "the text says so"
"""
)
@options.record
@name
@click.option("--speaker", metavar="NAME", help='Who said it; "none" where the outlet says it itself.')
@click.option("--side", metavar="SIDE", help="The party that the speaker speaks for.")
@click.option("--kind", metavar="KIND", help=f"What happened: {', '.join(KINDS[:4])}, …")
@click.option("--reality", type=click.Choice(get_args(Reality)), help="Whether it happened.")
@click.option("--place", metavar="PLACE", help="Where: Otta, or Otta, NO, or NAME@LATITUDE,LONGITUDE.")
@click.option("--date", metavar="WHEN", help="When: a day, a moment, or FIRST/LAST.")
@click.option("--figure", metavar="SORT=VALUE", help="How many: killed=5, killed=5-7, killed=none.")
@who
@reason
def correct(record: Path, name: str, by: str | None, why: str, **fields: str | None) -> int:
    """Correct what was read of a statement (speaker, side) or of a happening or event (all the rest)."""
    from onrecord.desk_values import correction

    with opened(record) as (story, at_desk):
        settings = story.settings
        made = correction(**fields, countries=settings.countries, tz=settings.tz)
        return told(record, at_desk.correct(name, made, by=named(by), why=why))


@desk.command(epilog='\b\nExample:\n  onrecord desk hide war.db e77d01aa92be --why "a rumour that nobody else has"')
@options.record
@name
@who
@reason
def hide(record: Path, name: str, by: str | None, why: str) -> int:
    """Take an event, happening, statement or post out of readers' sight. It stays in the record."""
    with opened(record) as (_, at_desk):
        return told(record, at_desk.hide(name, by=named(by), why=why))


@desk.command(
    epilog="""\b
Examples:
  onrecord desk redact war.db s0a1b2c3d4e5f607 --why "names a minor"
  onrecord desk redact war.db --words "12 Harbour Street" --why "a private address"
"""
)
@options.record
@click.argument("name", metavar="[ID]", required=False)
@click.option("--words", metavar="TEXT", help="These exact words, wherever they stand in the record.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@who
@reason
def redact(record: Path, name: str | None, words: str | None, yes: bool, by: str | None, why: str) -> int:
    """Take words out of the record for good: of a statement, of a post, or any exact words. Nobody can undo it.

    Bytes, readings, search index, earlier states and exports lose them; hash, reason and time stay.
    """
    if (name is None) == (words is None):
        raise UsageError("what is to be redacted?", "give the id of a statement or post, or --words TEXT")
    if not yes and not sys.stdin.isatty():
        raise UsageError(
            "a redaction can't be undone, and nobody is here to be asked", "say that you are sure with --yes"
        )
    if not yes and not click.confirm("This can't be undone. Redact?", err=True):
        click.echo("nothing was redacted", err=True)
        return 1
    with opened(record) as (_, at_desk):
        return told(record, at_desk.redact(name, words=words, by=named(by), why=why))


@desk.command(
    epilog="""\b
Examples:
  onrecord desk verify war.db e3f9c0a1b2c4 --note "our reporter was there"
  onrecord desk verify war.db e3f9c0a1b2c4 --figure killed=5 --note "seen the list of names"
"""
)
@options.record
@name
@click.option("--figure", metavar="SORT", help="This figure only, such as killed, or killed=5 where there are several.")
@click.option("--note", required=True, metavar="TEXT", help="How it was checked; readers see it in `onrecord why`.")
@who
def verify(record: Path, name: str, figure: str | None, note: str, by: str | None) -> int:
    """Say that the desk has checked one claim: that an event happened, or one of its figures. No other is raised."""
    with opened(record) as (_, at_desk):
        return told(record, at_desk.verify(name, figure=figure, note=note, by=named(by)))


@desk.command(epilog="\b\nExample:\n  onrecord desk pin war.db e3f9c0a1b2c4")
@options.record
@name
@who
@remark
def pin(record: Path, name: str, by: str | None, why: str) -> int:
    """Put an event on top of the rundown, or mark a post as pinned, till it is undone."""
    with opened(record) as (_, at_desk):
        return told(record, at_desk.pin(name, by=named(by), why=why))


@desk.command(
    epilog="""\b
Examples:
  onrecord desk post war.db "We have reached the mayor; more soon." --by "Ana Prado"
  onrecord desk post war.db --title "What we know" --file note.txt
"""
)
@options.record
@click.argument("text", required=False)
@click.option("--title", default="", help="Its title.")
@click.option("--file", "path", type=click.Path(path_type=Path), help="Take the text from this file.")
@who
def post(record: Path, text: str | None, title: str, path: Path | None, by: str | None) -> int:
    """Put a post of the desk's own into the story, with its author and time. The outlet is the desk."""
    if (text is None) == (path is None):
        raise UsageError("what does the post say?", "give the text, or --file FILE")
    try:
        words = text if path is None else path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} can't be read: {error}", "give a text file in UTF-8") from error
    with opened(record) as (_, at_desk):
        return told(record, at_desk.post(words or "", title=title, by=named(by)))


@desk.command(epilog="\b\nExample:\n  onrecord desk undo war.db d1f2a3b4c5d6e")
@options.record
@click.argument("name", metavar="DECISION")
@who
@remark
def undo(record: Path, name: str, by: str | None, why: str) -> int:
    """Take a decision back, as if it had never been. Views of before go on showing what held then."""
    with opened(record) as (_, at_desk):
        return told(record, at_desk.undo(name, by=named(by), why=why))


# -- looking -----------------------------------------------------------------------------------------------------------


@desk.command(
    "list",
    epilog="""\b
Examples:
  onrecord desk list war.db
  onrecord desk list war.db --lost
  onrecord desk list war.db --contradictory""",
)
@options.record
@click.option("--lost", is_flag=True, help="Only those of which words are no longer found.")
@click.option("--contradictory", is_flag=True, help="Only those that can't hold together, with the one that wins.")
@click.option("--hidden", is_flag=True, help="Only what is hidden at present.")
@options.as_json
def list_(record: Path, lost: bool, contradictory: bool, hidden: bool, as_json: bool) -> int:
    """Show the decisions, oldest first: who, when, why, and what became of them."""
    with opened(record) as (story, at_desk):
        clashes = at_desk.contradictions()
        losing = {c.older: c for c in clashes}
        for one in at_desk.decisions():
            mine = [c for c in clashes if one.taken.id in (c.older, c.newer)]
            if (lost and not one.lost) or (contradictory and not mine):
                continue
            if hidden and (one.undone or one.decision.kind != "hide"):
                continue
            told_by = losing.get(one.taken.id)
            against = f"{told_by.what}: {told_by.newer} wins" if told_by else ""
            if as_json:
                click.echo(orjson.dumps({**row(one), "overruled": against or None}))
            else:
                show(one, against, story.settings.tz)
    return 0


def row(one: Held) -> dict[str, object]:
    """The decision as an object."""
    from onrecord.desk import in_words

    d = one.decision
    return {
        "id": one.taken.id, "change": one.taken.change, "at": d.at, "by": d.by, "kind": d.kind, "why": d.why,
        "says": in_words(d), "undone": one.undone, "undoes": d.undoes or None,
        "names": [
            {"thing": s.thing, "id": s.name, "page": s.page, "post": s.post, "words": s.exact} for s in d.selectors
        ],
        "lost": [s.name for s in one.lost],
    }  # fmt: skip


def show(one: Held, against: str, zone: str) -> None:
    """The decision in a few lines."""
    from rich.text import Text

    from onrecord.cli import terminal
    from onrecord.desk import in_words

    d = one.decision
    flags = [
        flag for flag, on in (("undone", one.undone), (f"lost {len(one.lost)}", one.lost), (against, against)) if on
    ]
    terminal.say(
        Text.assemble(
            (one.taken.id, "cyan"), f"  {in_words(d)}", (f"  [{'; '.join(flags)}]" if flags else "", "yellow")
        )
    )
    why = f": {d.why}" if d.why else ""
    terminal.say(Text(f"{d.by}, {terminal.shown_time(d.at, zone)}{why}", style="dim"), 2)
    for selector in d.selectors[:3]:
        if selector.exact:
            words = " ".join(f"{selector.prefix}[{selector.exact}]{selector.suffix}".split())
            terminal.say(Text(f"{selector.thing} {selector.name}: …{words}…", style="dim"), 4)
    if len(d.selectors) > 3:
        terminal.say(Text(f"and {len(d.selectors) - 3} more", style="dim"), 4)


# -- there and back ----------------------------------------------------------------------------------------------------


@desk.command(epilog="\b\nExample:\n  onrecord desk export war.db > decisions.csv")
@options.record
def export(record: Path) -> int:
    """Print all decisions as CSV, a row a decision; undone ones and the undoing too."""
    from onrecord import desk_table

    with opened(record) as (_, at_desk):
        out = io.StringIO()
        desk_table.write((one.taken for one in at_desk.decisions()), out)
    click.echo(out.getvalue(), nl=False)
    return 0


@desk.command("import", epilog="\b\nExample:\n  onrecord desk import war.db decisions.csv")
@options.record
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@options.as_json
def import_(record: Path, path: Path, as_json: bool) -> int:
    """Take in decisions that were exported. Those that are there already are left; a bad row costs only itself."""
    from onrecord import desk_table

    try:
        text = sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} can't be read: {error}", "give a CSV file in UTF-8") from error
    with opened(record) as (_, at_desk):
        added, known, problems = at_desk.take_in(desk_table.read(io.StringIO(text, newline=""), path.name))
    code = inputs.report(problems)
    if as_json:
        found = [problem.to_dict() for problem in problems]
        click.echo(orjson.dumps({"added": added, "known": known, "problems": found}))
    else:
        click.echo(f"{added} taken in, {known} known already", err=True)
    return code
