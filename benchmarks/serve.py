"""How the live page holds under readers: `python benchmarks/serve.py`, as one table.

One server process; this program drives it from another core. Measured: the time from the commit of a third process to
each of 10,000 connected readers, beside readers that poll every 10 s in the same run; memory a reader; how fast SIGTERM
ends it; the first page at 200 requests a second, with 10,000 posts, and with 100 times more posts than 1,000.
"""

from __future__ import annotations

import asyncio
import os
import resource
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from onrecord.model import Block, Post, PostReading, RevisionView, Settings, Span, Speaker, Statement
from onrecord.store import Record, derived, shown

PUSH_MS, READER_KB, PAGE_MS, GROWTH, STOP_S = 200.0, 10.0, 50.0, 1.5, 5.0
"""The targets."""
START = datetime(2031, 5, 6, tzinfo=UTC)
HOST = "127.0.0.1"
WRITER = """
import sys, time
from pathlib import Path
sys.path.insert(0, {here!r})
from serve import add
for n in range({posts}):
    sys.stdin.readline()
    print(add(Path({path!r}), n), flush=True)
"""


# -- a record that is made up ------------------------------------------------------------------------------------------


def made(n: int, page: str = "made") -> RevisionView:
    """A post with one quote."""
    text = f"The governor of Osterby said {n} people had left their homes after the flood in the valley of the Lune."
    span = Span(f"b{n}", 28, len(text), text[28:])
    said = Statement(
        f"s{page}{n}", f"b{n}", "attributed", (span,), None, Speaker("governor of Osterby", "office", "XA")
    )
    at = START + timedelta(minutes=n)
    post = Post(
        f"b{n}", text=text, time=at, title=f"Flood in the Lune valley: {n}", blocks=(Block("paragraph", 0, len(text)),)
    )
    return RevisionView("Morning Ledger", page, "https://ledger.example/live", PostReading(post, (said,)), at, 1)


def fill(path: Path, posts: int) -> None:
    """A record that shows so many posts."""
    with Record.create(path, Settings("Flood", "UTC")) as record:
        for at in range(0, posts, 1000):
            views = [made(n, f"made{at}") for n in range(at, min(at + 1000, posts))]
            with record.writing() as connection:
                for step in shown.steps(connection, 1, f"made{at}", views):
                    step(connection)


def add(path: Path, n: int) -> float:
    """Put one more post into the record; gives the moment of the commit."""
    with Record.open(path) as record:
        view = made(10_000_000 + n, f"new{n}")
        with record.writing() as connection:
            for step in shown.steps(connection, derived.generation(connection), f"new{n}", [view]):
                step(connection)
            before = time.time()
    return before


# -- server and readers ------------------------------------------------------------------------------------------------


@contextmanager
def served(path: Path) -> Iterator[tuple[int, subprocess.Popen[str]]]:
    """The server in a process of its own, on the first core."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = int(probe.getsockname()[1])
    call = [sys.executable, "-c", "from onrecord.cli import main; main()", "serve", str(path), "--port", str(port)]
    with subprocess.Popen(call, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        process.stdout.readline()
        if hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(process.pid, {0})
        try:
            yield port, process
        finally:
            process.kill()


def resident_kb(pid: int) -> float:
    """Memory that a process holds."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return float(line.split()[1])
    raise OSError("no VmRSS")


def cpu_s(pid: int) -> float:
    """Processor seconds of a process."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Reader(asyncio.Protocol):
    """A connected reader that notes when it is told of each post."""

    def __init__(self, heard: list[float], word: bytes) -> None:
        self.heard, self.word = heard, word

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the stream."""
        assert isinstance(transport, asyncio.Transport)
        transport.write(b"GET /live HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n")

    def data_received(self, data: bytes) -> None:
        """Note the moment of a frame that tells of a post."""
        if b"event: change" in data:
            self.heard.append(time.time())


async def connect(port: int, number: int, heard: list[float]) -> list[asyncio.BaseTransport]:
    """So many readers, some at a time."""
    loop = asyncio.get_running_loop()
    out: list[asyncio.BaseTransport] = []
    for at in range(0, number, 200):
        some = [loop.create_connection(lambda: Reader(heard, b""), HOST, port) for _ in range(min(200, number - at))]
        out += [transport for transport, _ in await asyncio.gather(*some)]
    return out


async def pushing(path: Path, readers: int, posts: int) -> dict[str, float]:
    """Times from commit to reader, memory a reader, and how fast SIGTERM ends it all."""
    with served(path) as (port, server):
        await asyncio.to_thread(get, port, "/")
        before = resident_kb(server.pid)
        heard: list[float] = []
        links = await connect(port, readers, heard)
        await asyncio.sleep(3)
        each = (resident_kb(server.pid) - before) / readers
        took = await told(path, heard, readers, posts)
        started = time.monotonic()
        server.send_signal(signal.SIGTERM)
        await asyncio.to_thread(server.wait, 30)
        stopped = time.monotonic() - started
        for link in links:
            link.close()
    cuts = statistics.quantiles(took, n=100)
    return {"p50": cuts[49], "p99": cuts[98], "kb": each, "stop": stopped, "missed": readers * posts - len(took)}


async def told(path: Path, heard: list[float], readers: int, posts: int) -> list[float]:
    """Milliseconds from each commit to each reader."""
    call = WRITER.format(here=str(Path(__file__).parent), path=str(path), posts=posts)
    writer = await asyncio.create_subprocess_exec(
        sys.executable, "-c", call, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    assert writer.stdin is not None
    assert writer.stdout is not None
    took: list[float] = []
    for _ in range(posts):
        heard.clear()
        writer.stdin.write(b"\n")
        committed = float(await writer.stdout.readline())
        deadline = time.monotonic() + 10
        while len(heard) < readers and time.monotonic() < deadline:
            await asyncio.sleep(0.05)
        took += [1000 * (at - committed) for at in heard]
    await writer.wait()
    return took


async def polling(path: Path, readers: int, seconds: float, interval: float = 10.0) -> dict[str, float]:
    """What as many readers cost that ask every 10 s, and how late they hear of a post."""
    with served(path) as (port, server):
        start = cpu_s(server.pid)
        began = time.monotonic()
        asked = 0
        while time.monotonic() - began < seconds:
            due = int((time.monotonic() - began) * readers / interval)
            some = min(200, due - asked)
            if some > 0:
                await asyncio.gather(*(ask(port, "/tip.json") for _ in range(some)))
                asked += some
            else:
                await asyncio.sleep(0.005)
        share = (cpu_s(server.pid) - start) / (time.monotonic() - began)
    return {"share": share, "asked": asked / seconds}


async def ask(port: int, path: str) -> float:
    """Milliseconds that an answer takes, with a connection of its own."""
    began = time.perf_counter()
    reader, writer = await asyncio.open_connection(HOST, port)
    writer.write(
        f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n".encode()
    )
    answer = await reader.read()
    writer.close()
    if not answer.startswith(b"HTTP/1.1 200"):
        raise RuntimeError(answer[:200].decode(errors="replace"))
    return 1000 * (time.perf_counter() - began)


def get(port: int, path: str) -> float:
    """The same from plain code."""
    return asyncio.run(ask(port, path))


async def first_page(path: Path, a_second: int, seconds: float) -> dict[str, float]:
    """The first page asked for at an even rate, whatever the answers take; a post comes in the middle."""
    with served(path) as (port, _):
        await ask(port, "/")
        tasks: list[asyncio.Task[float]] = []
        began = time.perf_counter()
        for n in range(int(a_second * seconds)):
            await asyncio.sleep(max(0.0, began + n / a_second - time.perf_counter()))
            tasks.append(asyncio.create_task(ask(port, "/")))
            if n == int(a_second * seconds / 2):
                await asyncio.to_thread(add, path, n)
        took = await asyncio.gather(*tasks)
    cuts = statistics.quantiles(took, n=100)
    return {"p50": cuts[49], "p99": cuts[98]}


# -- the table ---------------------------------------------------------------------------------------------------------


@click.command()
@click.option("--readers", default=10_000, help="Readers connected at one time.")
@click.option("--posts", default=20, help="Posts that come while they are.")
@click.option("--seconds", default=15.0, help="How long each rate is held.")
@click.option("--sizes", default="1000,10000,100000", help="Posts in the record for the first page.")
def main(readers: int, posts: int, seconds: float, sizes: str) -> None:
    """Measure the server."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    if hasattr(os, "sched_setaffinity") and (os.cpu_count() or 1) > 1:
        os.sched_setaffinity(0, {1})
    table = Table("what", "measured", "target")
    counts = [int(n) for n in sizes.split(",")]
    with tempfile.TemporaryDirectory() as folder:
        rows = list(measured(Path(folder), readers, posts, seconds, counts))
    for row in rows:
        table.add_row(*row)
    Console().print(table)


def measured(
    folder: Path, readers: int, posts: int, seconds: float, sizes: Sequence[int]
) -> Iterator[tuple[str, str, str]]:
    """The rows of the table."""
    pages = {}
    for size in sizes:
        path = folder / f"{size}.db"
        fill(path, size)
        pages[size] = asyncio.run(first_page(path, 200, seconds))
        yield (
            f"first page, 200 a second, {size:,} posts: p50 / p99",
            f"{pages[size]['p50']:.1f} / {pages[size]['p99']:.1f} ms",
            f"p99 ≤ {PAGE_MS:.0f} ms",
        )
    growth = pages[sizes[-1]]["p50"] / pages[sizes[0]]["p50"]
    yield f"first page, {sizes[-1]:,} posts over {sizes[0]:,}", f"{growth:.2f} ×", f"≤ {GROWTH} ×"
    path = folder / f"{sizes[min(1, len(sizes) - 1)]}.db"
    pushed = asyncio.run(pushing(path, readers, posts))
    yield (
        f"commit to {readers:,} readers: p50 / p99",
        f"{pushed['p50']:.0f} / {pushed['p99']:.0f} ms",
        f"p99 ≤ {PUSH_MS:.0f} ms",
    )
    yield "… not told within 10 s", f"{pushed['missed']:.0f}", "0"
    yield "memory a reader", f"{pushed['kb']:.1f} kB", f"≤ {READER_KB:.0f} kB"
    yield "SIGTERM with all of them", f"{pushed['stop']:.1f} s", f"≤ {STOP_S:.0f} s"
    polled = asyncio.run(polling(path, readers, seconds))
    yield f"polling every 10 s, {readers:,} readers: share of a core", f"{polled['share']:.2f}", "–"
    yield "… told after: p50 / p99", "5,000 / 9,900 ms (half and all of the interval)", "–"


if __name__ == "__main__":
    main()
