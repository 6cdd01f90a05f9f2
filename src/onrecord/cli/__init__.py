"""The command line: a group whose commands load when they are called.

`onrecord` starts in a few milliseconds because a command's module is imported by name only when that command runs or
shows its help.
"""

from __future__ import annotations

import sys
from importlib import import_module, metadata

import click

from onrecord.errors import OnRecordError

COMMANDS: dict[str, tuple[str, str]] = {
    "demo": ("onrecord.cli.demo", "Read files into a throw-away record and make a page from them."),
    "read": ("onrecord.cli.read", "Read pages and print what they say, without a record."),
    "init": ("onrecord.cli.record", "Make a record for a story."),
    "add": ("onrecord.cli.record", "Add pages to a record."),
    "sources": ("onrecord.cli.sources", "Say where a record's pages come from."),
    "watch": ("onrecord.cli.watch", "Ask the sources again and again, and take in what is new."),
    "serve": (
        "onrecord.cli.serve",
        "Serve the live page: posts, rundown, map, timeline, and the evidence of every line.",
    ),
    "publish": ("onrecord.cli.publish", "Write the live page as files for any web host."),
    "changes": ("onrecord.cli.changes", "Show what changed on the pages: edits, removals, silent ones marked."),
    "posts": ("onrecord.cli.show", "Show a record's posts, newest first."),
    "statements": ("onrecord.cli.show", "Show who says what."),
    "events": ("onrecord.cli.show", "Show the events, each folded from all its tellings."),
    "rundown": ("onrecord.cli.show", "Show what happened in a period, most important first."),
    "why": ("onrecord.cli.show", "Explain an event's fold and standing step by step."),
    "desk": ("onrecord.cli.desk", "Decide: put together, keep apart, correct, hide, redact, verify, pin, post, undo."),
    "diff": ("onrecord.cli.diff", "Show what changed between two moments, or since you last looked."),
    "export": ("onrecord.cli.export", "Write the events for other programs: ACLED's columns, JSON, GeoJSON."),
    "search": ("onrecord.cli.show", "Find posts and statements by their words."),
    "gazetteer": (
        "onrecord.cli.gazetteer",
        "Add a country's places, or your own, to those that readings know.",
    ),
    "rebuild": ("onrecord.cli.record", "Make everything derived anew from the facts."),
}
"""Name → module that holds it, and its one-line help, shown without importing the module."""

INTRO = """\b
Live coverage of a developing story, made checkable.
\b
  onrecord demo                        see it at work on an invented story
  onrecord demo page.html notes.txt    … on your own files
  onrecord add story.db page.html      keep a record, and add to it as pages change
  onrecord rundown story.db            what happened, how sure, and the exact words
\b
Every command has examples: onrecord COMMAND --help
"""


class Lazy(click.Group):
    """A group that knows its commands by name and imports each when it is needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order in which a person meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now; None when there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        command = getattr(import_module(COMMANDS[cmd_name][0]), cmd_name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands from their one-line helps."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.group(cls=Lazy, help=INTRO, context_settings={"help_option_names": ["-h", "--help"]}, no_args_is_help=False)
@click.version_option(metadata.version("onrecord"), "--version", message="onrecord %(version)s")
def onrecord() -> None:
    """Stand for the whole command line; the commands do the work."""


def main() -> None:
    """Run the command line.

    The exit code is 0 when all went well, 1 when something could not be read or done, 2 for a wrong call.
    """
    words = sys.argv[1:] or ["--help"]
    try:
        code = onrecord.main(words, prog_name="onrecord", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (click.exceptions.Abort, KeyboardInterrupt):
        click.echo("onrecord: interrupted; what was added before is kept", err=True)
        code = 130
    except OnRecordError as error:
        click.echo(f"onrecord: {error}", err=True)
        code = error.exit_code
    except SystemExit as stop:
        # click ends with 1 when the reader of a pipe (head, less) has gone away, which is no failure of ours. It shows
        # by the wrapper that click then puts around standard output, a class that is public in some versions only.
        gone = type(sys.stdout).__name__.endswith("PacifyFlushWrapper")
        code = 0 if gone else stop.code
    sys.exit(code if isinstance(code, int) else 0)
