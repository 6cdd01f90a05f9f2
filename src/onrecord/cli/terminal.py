"""What a record says → lines that a person reads in a terminal. Plain when piped: no colours, no bars."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.padding import Padding
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.text import Text

from onrecord.model import Event, Reading, RevisionView, Statement
from onrecord.pages.words import date_words, moment_words, quoted, statement_words

if TYPE_CHECKING:
    from onrecord.pages.rundown import Line
    from onrecord.versions import Seen, Version

Step = Callable[[str, int, int | None], None]
"""(what is at work, how many are done, how many there are or None)"""

GLYPHS = {"reported": "◌", "claimed": "◔", "corroborated": "◑", "verified": "●"}
TAGS = {"planned": "planned", "threatened": "threatened", "possible": "possible", "not_done": "did not happen"}


@cache
def out() -> Console:
    """The console of standard output; words are never taken for markup."""
    return Console(markup=False, highlight=False, soft_wrap=False, emoji=False)


def say(text: Text | str, indent: int = 0) -> None:
    """Print, wrapped to the terminal's width; piped text keeps its lines."""
    if out().is_terminal:
        out().print(Padding(text, (0, 0, 0, indent)))
    else:
        out().print(" " * indent + str(text), soft_wrap=True)


@contextmanager
def progress(label: str) -> Iterator[Step | None]:
    """A bar on standard error where a person looks on; None elsewhere."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(label, total=None)

        def step(what: str, done: int, total: int | None) -> None:
            bar.update(task, description=f"{label} {what[-40:]}", completed=done, total=total)

        yield step


def shown_time(moment: datetime | None, zone: str) -> str:
    """The moment in the story's zone, or that there is none."""
    return moment_words(moment, ZoneInfo(zone)) if moment else "no time"


def reading(found: Reading) -> None:
    """A page read without a record."""
    zone = found.page.tz or "UTC"
    name = found.page.outlet or "outlet not given"
    say(Text(f"{found.page.path}: {name}, {len(found.posts)} posts", style="bold"))
    for one in found.posts:
        say("")
        title = one.post.title or one.post.text.split("\n")[0][:90]
        say(Text.assemble((shown_time(one.post.time, zone), "dim"), "  ", (title, "bold")))
        for said in one.statements:
            if said.voice != "own":
                say(statement_line(said), 2)


def statement_line(said: Statement) -> Text:
    """Who says what, how sure."""
    who = said.speaker.name if said.speaker else (said.cue.text if said.cue else "source not named")
    return Text.assemble(
        (who, "cyan"),
        ": ",
        quoted(said.text) if said.mode == "direct" else said.text,
        (f"  [{statement_words(said)}]", "dim"),
    )


def statement(said: Statement, view: RevisionView, zone: str) -> None:
    """A statement with where it stands."""
    say(statement_line(said))
    say(Text(f"{view.outlet}, {shown_time(view.post.time, zone)}", style="dim"), 2)


def post(view: RevisionView, zone: str, mark: str = "") -> None:
    """A post's head and text."""
    flags = "".join(
        f" [{flag}]"
        for flag, on in (("removed", view.removed), ("edited", view.number > 1), ("key", view.post.key))
        if on
    )
    say(Text.assemble((f"{shown_time(view.post.time, zone)}  {view.outlet}{flags}", "dim")))
    text = Text(view.post.text)
    if mark:
        text.highlight_words(mark.replace('"', " ").split(), "bold yellow", case_sensitive=False)
    say(text, 2)
    say("")


def event(found: Event, zone: str) -> None:
    """An event in two lines."""
    tag = f"{TAGS[found.reality]}: " if found.reality in TAGS else ""
    say(Text.assemble((f"{GLYPHS[found.claim.standing]} ", "cyan"), (tag, "yellow"), (found.headline, "bold")))
    place = f"{found.place.name}, " if found.place else ""
    when = date_words(found.earliest, found.latest, ZoneInfo(zone))
    origins = f"{found.independent_origins} independent origin" + ("" if found.independent_origins == 1 else "s")
    say(
        Text(
            f"{found.id}  {found.kind}; {place}{when}; {found.claim.standing}; {origins}; {', '.join(found.outlets)}",
            style="dim",
        ),
        2,
    )


def line(found: Line, standing: str, zone: str) -> None:
    """A rundown line with its evidence; `standing` is the event's, for its sign."""
    tag = ("pinned: " if found.pinned else "") + (f"{found.reality}: " if found.reality else "")
    say(Text.assemble((f"{GLYPHS[standing]} ", "cyan"), (tag, "yellow"), (found.what, "bold")))
    where = " · ".join(filter(None, (found.where, found.when)))
    say(Text(where, style="dim"), 2)
    origins = "no origin given" if not found.independent_origins else (
        f"{found.independent_origins} independent origin" + ("" if found.independent_origins == 1 else "s")
    )  # fmt: skip
    say(Text.assemble((found.standing, "cyan"), f" · {origins} · {', '.join(found.outlets)}"), 2)
    for conflict in found.conflicts[:2]:
        say(Text(f"conflict: {conflict}", style="red"), 2)
    for piece in found.evidence[:3]:
        say(Text(f"{quoted(piece.words)} ({piece.outlet}, {shown_time(piece.time, zone)})", style="dim"), 4)
    if len(found.evidence) > 3:
        say(Text(f"and {len(found.evidence) - 3} more: onrecord why STORY.db {found.event}", style="dim"), 4)
    say("")


def why(found: Event, zone: str) -> None:
    """How an event came about, step by step."""
    event(found, zone)
    say("")
    for step in found.why:
        say(Text.assemble((f"{step.step}: ", "bold"), step.verdict))
        for feature, left, right, weight in step.parts:
            say(Text(f"{feature}: {left} | {right}  {weight:+.2f}", style="dim"), 4)
    say("")
    say(Text("Tellings", style="bold"))
    for telling, stance in zip(found.tellings, found.stances, strict=True):
        said = telling.statement
        who = f"{said.speaker.name}, " if said.speaker else ""
        say(Text(f"{stance}: {quoted(said.text)}"), 2)
        say(Text(f"{who}{telling.outlet}, {shown_time(telling.time, zone)}", style="dim"), 4)


def version(found: Version, before: Version | None, zone: str) -> None:
    """A version of an event: between which change numbers it was shown, and what was new in it."""
    until = "now" if found.until is None else str(found.until)
    numbers = f"change {found.since}" if found.until == found.since else f"changes {found.since} to {until}"
    say(Text.assemble((numbers, "bold"), (f"  {shown_time(found.at, zone)}", "dim")))
    for what, value in _news(found.seen, before.seen if before else None, ZoneInfo(zone)):
        say(Text.assemble((f"{what}: ", "bold"), value), 2)
    if found.joined or found.left:
        parts = [f"{sign}{len(names)}" for sign, names in (("+", found.joined), ("−", found.left)) if names]
        say(Text(f"tellings {' '.join(parts)}", style="dim"), 2)
    say("")


def _news(now: Seen | None, old: Seen | None, zone: ZoneInfo) -> Iterator[tuple[str, str]]:
    """What readers saw of an event that they did not see before."""
    if now is None:
        yield "gone", "what it told is in other events, or hidden"
        return
    was = dict(_shown(old, zone)) if old else {}
    for what, value in _shown(now, zone):
        if value != was.get(what, ""):
            yield what, value or "none"


def _shown(seen: Seen, zone: ZoneInfo) -> Iterator[tuple[str, str]]:
    yield "headline", seen.headline
    yield "kind", seen.kind
    yield "reality", TAGS.get(seen.reality, "")
    yield "standing", seen.words
    yield "place", seen.place or ""
    yield "date", date_words(seen.earliest, seen.latest, zone)
    yield (
        "figures",
        "; ".join(f"{f.what} {_range(f.low, f.high)}{f' {f.unit}' if f.unit else ''}" for f in seen.figures),
    )
    yield "conflicts", "; ".join(seen.conflicts)
    yield "origins", ", ".join(seen.origins)
    yield "outlets", ", ".join(seen.outlets)
    yield "part of", seen.part_of or ""


def _range(low: float | None, high: float | None) -> str:
    ends = [f"{end:g}" for end in (low, high) if end is not None]
    return "–".join(dict.fromkeys(ends))
