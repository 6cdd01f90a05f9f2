"""`onrecord demo`: anyone's files, or the example story → a rundown in the terminal and a page."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from onrecord.cli import inputs, options
from onrecord.errors import OnRecordError
from onrecord.model import Problem, Settings

EXAMPLE = Settings("Flood in Gudbrandsdalen (an invented story)", "Europe/Oslo", ("NO",), ("Laagen Kraft",))
NOTE = "An invented story for trying out On Record: nothing of this happened, and nobody named here exists."
LINES = 12


@click.command(
    epilog="""\b
Examples:
  onrecord demo
  onrecord demo page.html notes.txt --out my-story
  onrecord demo *.txt --published 2025-03-13 --tz Europe/London"""
)
@options.paths
@click.option(
    "--out",
    metavar="DIR",
    default="onrecord-demo",
    show_default=True,
    type=click.Path(path_type=Path),
    help="Where the page goes.",
)
@options.hints
def demo(
    paths: tuple[Path, ...], out: Path, outlet: str | None, published: str | None, page: str | None, tz: str | None
) -> int:
    """Read files (text or HTML) into a throw-away record, print the rundown and write DIR/index.html.

    Without a path: the example story, which is invented. The page stands alone: open it anywhere, also offline.
    """
    from onrecord.cli.record import take_in
    from onrecord.story import Story

    settings = Settings(title_of(paths), tz or "UTC") if paths else EXAMPLE
    notes: Sequence[str] = () if paths else (NOTE,)
    listed = None if paths else example() / "pages.csv"
    hints = inputs.hints_of(outlet, published, page, tz, settings.tz)
    folder = tempfile.TemporaryDirectory(prefix="onrecord-")
    with folder as name, Story.create(Path(name) / "demo.db", settings) as story:
        code, result = take_in(story, inputs.captures(paths, hints, listed))
        show(story, out, result.problems, notes)
    return code


def title_of(paths: tuple[Path, ...]) -> str:
    """What a page from files is called."""
    return paths[0].stem if len(paths) == 1 else f"{len(paths)} files"


def example() -> Path:
    """The folder of the example story: in the package when installed, else in the repository."""
    for folder in (
        Path(str(resources.files("onrecord"))) / "data/example",
        Path(__file__).parents[3] / "examples/lagen",
    ):
        if (folder / "pages.csv").exists():
            return folder
    raise OnRecordError("the example story is missing from this installation", "install On Record again")


def show(story: object, out: Path, problems: tuple[Problem, ...], notes: Sequence[str]) -> None:
    """Print the rundown and write the page."""
    from onrecord.cli import terminal
    from onrecord.cli.show import period
    from onrecord.pages import html
    from onrecord.pages.rundown import rundown
    from onrecord.story import Story, View

    assert isinstance(story, Story)
    events, view = list(story.events(View())), View()
    posts = list(story.posts(view))
    start, end = period(story, view)
    if not notes:  # somebody's own files: all that they tell, however old
        start = min((post.public_time for post in posts), default=start)
    lines = rundown(events, start, end, 40, tz=ZoneInfo(story.settings.tz))
    standing = {event.id: event.claim.standing for event in events}
    for line in lines[:LINES]:
        terminal.line(line, standing[line.event], story.settings.tz)
    if len(lines) > LINES:
        terminal.say(f"… and {len(lines) - LINES} more on the page")
    text = html.page(html.Story(story.settings, start, end, lines, events, posts, story.history(), problems, notes))
    written = write(out, text)
    terminal.say(f"The page: {written.resolve().as_uri()}")


def write(folder: Path, text: str) -> Path:
    """Put the page in the folder, whole or not at all."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        target, part = folder / "index.html", folder / ".index.html.part"
        part.write_text(text, encoding="utf-8")
        part.replace(target)
    except OSError as error:
        raise OnRecordError(
            f"the page can't be written to {folder}: {error.strerror}", "choose another folder with --out"
        ) from error
    return target
