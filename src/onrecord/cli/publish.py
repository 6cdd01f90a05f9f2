"""`onrecord publish`: the live page as files for any web host."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import click

from onrecord.cli import options, terminal
from onrecord.cli.serve import hosts
from onrecord.errors import SetupError


@click.command(
    epilog="""\b
Examples:
  onrecord publish war.db site
  onrecord publish war.db /var/www/war --base-url https://www.example/war"""
)
@options.record
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--base-url", "base", metavar="URL", default="", help="Where the site will be found: feeds need it.")
def publish(record: Path, folder: Path, base: str) -> int:
    """Write the live page into DIR as plain files for any web host, without anything that needs a server.

    The whole site is put in place in one step. DIR is a link to its newest version.
    """
    if find_spec("starlette") is None:
        raise SetupError("the templates of the server are not installed", "pip install 'onrecord[serve]'")
    from onrecord.server.publish import publish as write

    hosts("", base)
    with terminal.progress("publishing") as step:
        number = write(record, folder, base, step)
    terminal.say(f"{number} files: {(folder / 'index.html').absolute().as_uri()}")
    if not base:
        terminal.say("no feeds, which need the site's address: --base-url")
    return 0
