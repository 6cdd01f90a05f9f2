"""`onrecord watch`: keep a record up with its sources."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network
from pathlib import Path
from threading import Thread
from time import monotonic
from types import FrameType
from typing import TYPE_CHECKING

import click
import orjson
import stamina
from rich.console import Console
from rich.live import Live
from rich.table import Table

from onrecord.cli import options
from onrecord.cli.sources import seconds
from onrecord.errors import OnRecordError, UsageError
from onrecord.model import Source, Watched
from onrecord.sources import watch_metrics
from onrecord.sources.fetch import Fetcher, Limits
from onrecord.sources.watch import Pace, health, span
from onrecord.story import Story
from onrecord.watching import Step, Watch

if TYPE_CHECKING:
    from onrecord.sources.fetch_net import Network

BEAT = 2.0
"""Seconds between two looks at the metrics and the table."""
LAST_LINES = 8


@click.command(
    epilog="""\b
Examples:
  onrecord sources add war.db https://news.example/live/1 --every 2m
  onrecord watch war.db
  onrecord watch war.db --once --log text
  onrecord watch war.db --for 8h --log json --metrics 9101"""
)
@options.record
@click.option("--once", is_flag=True, help="Ask each source once, and end; exit code 1 when one failed.")
@click.option("--for", "length", metavar="TIME", help="End after that time: 30m, 8h.")
@click.option(
    "--log",
    type=click.Choice(["table", "text", "json"]),
    help="A table (on a terminal), or a line for each answer (elsewhere).",
)
@click.option("--metrics", metavar="PORT|FILE", help="Metrics for Prometheus, on a port of this machine or in a file.")
@click.option(
    "--allow-private", "private", multiple=True, metavar="NETWORK",
    help="A private network that may be asked, such as 10.1.0.0/16 or 127.0.0.1; all others are refused.",
)  # fmt: skip
@click.option("--timeout", default="20s", show_default=True, metavar="TIME", help="So long a server may be silent.")
@click.option("--pause", default="1s", show_default=True, metavar="TIME", help="Between two requests to one host.")
@click.option(
    "--parts",
    type=click.IntRange(0, 1000),
    default=20,
    show_default=True,
    metavar="N",
    help="Follow a page's links to older posts, so many pages at most.",
)
@click.option(
    "--links", type=click.IntRange(0, 100), default=2, show_default=True, metavar="N",
    help="Ask so many missing posts' own addresses, after each answer of their page, whether they are gone.",
)  # fmt: skip
def watch(
    record: Path,
    once: bool,
    length: str | None,
    log: str | None,
    metrics: str | None,
    private: tuple[str, ...],
    timeout: str,
    pause: str,
    parts: int,
    links: int,
) -> int:
    """Ask the record's sources, again and again, and take in what is new.

    Each is asked more often while posts come and less often while it is quiet, never more often than its --every.
    SIGTERM and Ctrl-C end it when what is at work is in the record.
    """
    limits = Limits(networks=networks(private), pause=seconds(timeout))
    until = seconds(length) if length else None
    stamina.instrumentation.set_on_retry_hooks([])
    with Story.open(record) as story, ExitStack() as stack:
        if not story.sources():
            raise OnRecordError(f"{record} has no sources", f"add one: onrecord sources add {record} URL")
        show = stack.enter_context(_shown(log, story))
        watcher = Watch(story, Fetcher(limits), show.step, Pace(gap=seconds(pause), parts=parts, links=links))
        beats = [show.beat(watcher)]
        if metrics:
            beats.append(stack.enter_context(_metrics(metrics, watcher, story)))
        stack.enter_context(_ended_by_signals(watcher))
        watcher.run(once=once, seconds=until, beat=_now_and_then(beats))
        for beat in beats:
            beat()
    return int(once and watcher.failed > 0)


def networks(names: Iterable[str]) -> tuple[Network, ...]:
    """The networks of these names. Raises `UsageError`."""
    try:
        return tuple(ip_network(name.strip(), strict=False) for name in names)
    except ValueError as error:
        raise UsageError(f"{error}", "write a network such as 10.1.0.0/16, or an address such as 127.0.0.1") from error


@contextmanager
def _ended_by_signals(watcher: Watch) -> Iterator[None]:
    """SIGTERM and SIGINT end the watch in order; a second one at once."""

    def stop(number: int, _: FrameType | None) -> None:
        watcher.stop()
        signal.signal(number, before[signal.Signals(number)])

    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _now_and_then(beats: list[Callable[[], None]]) -> Callable[[], None]:
    """All of these, every `BEAT` seconds."""
    last = -BEAT

    def beat() -> None:
        nonlocal last
        if monotonic() - last >= BEAT:
            last = monotonic()
            for one in beats:
                one()

    return beat


# -- what people and programs see --------------------------------------------------------------------------------------


class _Lines:
    """A line for each answer."""

    def __init__(self, *, as_json: bool) -> None:
        self._line = _json if as_json else _text

    def step(self, step: Step) -> None:
        click.echo(self._line(step))
        sys.stdout.flush()

    def beat(self, _: Watch) -> Callable[[], None]:
        return lambda: None


def _json(step: Step) -> str:
    level = {"failed": "warning", "lost": "warning", "gap": "warning", "ended": "notice"}.get(step.what, "info")
    doubts = [{"code": p.code, "why": p.why} for p in step.result.problems] if step.result else []
    said = {"code": step.problem.code, "why": step.problem.why, "mend": step.problem.mend} if step.problem else {}
    return orjson.dumps(
        {
            "at": step.at, "level": level, "event": step.what, "url": step.source.url, "outlet": step.source.outlet,
            "versions": step.result.versions if step.result else 0, "bytes": step.size,
            "wait": round(step.state.wait, 1), "next_at": step.state.next_at, "failures": step.state.failures, **said,
            **({"asked": step.asked} if step.asked else {}), **({"problems": doubts} if doubts else {}),
        }
    ).decode()  # fmt: skip


def _text(step: Step) -> str:
    where = f"{step.source.outlet} {step.asked or step.source.url}".strip()
    return f"{step.at:%Y-%m-%d %H:%M:%S} {step.what:8} {_told(step)}  {where}"


def _told(step: Step) -> str:
    """What came of it, in words."""
    if step.problem:
        return f"{step.problem.why}" + (f" ({step.problem.mend})" if step.problem.mend else "")
    if step.state.ended:
        return step.state.ended
    if step.what in ("removed", "there"):
        return "a post is gone by its own address" if step.what == "removed" else "a post's own address answers"
    versions = step.result.versions if step.result else 0
    return f"{versions} new version{'' if versions == 1 else 's'}" if versions else "nothing new"


class _Board:
    """A table of the sources with the last lines below it."""

    def __init__(self, live: Live) -> None:
        self._live = live
        self._lines: list[str] = []

    def step(self, step: Step) -> None:
        if step.what not in ("same", "there"):
            self._lines = [*self._lines, _text(step)][-LAST_LINES:]

    def beat(self, watcher: Watch) -> Callable[[], None]:
        return lambda: self._live.update(_table(list(watcher.states()), self._lines), refresh=True)


def _table(states: list[tuple[Source, Watched]], lines: list[str]) -> Table:
    now = datetime.now(UTC)
    table = Table(
        "source", "how it is", "versions", "every", caption="\n".join(lines), caption_justify="left", box=None
    )
    for source, state in states:
        name = f"{source.outlet}  {source.url}".strip()
        table.add_row(name, health(source, state, now), str(state.versions), span(max(state.wait, source.every)))
    return table


@contextmanager
def _shown(log: str | None, story: Story) -> Iterator[_Lines | _Board]:
    console = Console(markup=False, highlight=False, emoji=False)
    if (log or ("table" if console.is_terminal else "text")) != "table":
        yield _Lines(as_json=log == "json")
        return
    with Live(console=console, auto_refresh=False, transient=False) as live:
        live.update(_table([(s, Watched()) for s in story.sources()], []))
        yield _Board(live)


# -- metrics -----------------------------------------------------------------------------------------------------------


@contextmanager
def _metrics(where: str, watcher: Watch, story: Story) -> Iterator[Callable[[], None]]:
    """What keeps the metrics up: in a file, which is always whole, or at a port of this machine."""

    def text() -> str:
        return watch_metrics.text(watcher.states(), story.changes())

    if not where.isdigit():
        yield lambda: _write(Path(where), text())
        return
    page = _Page()
    with _served(int(where), page):
        yield lambda: page.set(text())


def _write(path: Path, text: str) -> None:
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_text(text, encoding="utf-8")
        part.replace(path)
    except OSError as error:
        raise UsageError(f"{path} can't be written: {error.strerror}", "give another --metrics FILE") from error


class _Page:
    def __init__(self) -> None:
        self.body = b""

    def set(self, text: str) -> None:
        self.body = text.encode()


@contextmanager
def _served(port: int, page: _Page) -> Iterator[None]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = self.path.partition("?")[0] in ("/metrics", "/")
            self.send_response(200 if found else 404)
            self.send_header("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
            self.send_header("Content-Length", str(len(page.body) if found else 0))
            self.end_headers()
            self.wfile.write(page.body if found else b"")

        def log_message(self, *_: object) -> None:
            pass

    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    except (OSError, OverflowError) as error:
        raise UsageError(f"port {port} can't be used: {error}", "give another --metrics PORT") from error
    server.daemon_threads = True
    Thread(target=server.serve_forever, args=(0.1,), daemon=True).start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
