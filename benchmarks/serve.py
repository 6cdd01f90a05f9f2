"""How the live page holds under readers: `python benchmarks/serve.py`, as one table.

One server process; this program drives it from another core. Measured: the time from the commit of a third process to
each of 10,000 connected readers, beside readers that poll every 10 s in the same run; memory a reader; how fast SIGTERM
ends it; the first page at 200 requests a second, with 10,000 posts, and with 100 times more posts than 1,000.
"""

from __future__ import annotations

import asyncio
import os
import re
import resource
import select
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
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
ASK = b"GET /live HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n"
WRITER = """
import sys, time
from pathlib import Path
sys.path.insert(0, {here!r})
from serve import add
for n in range({posts}):
    sys.stdin.readline()
    print(add(Path({path!r})), flush=True)
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


def add(path: Path) -> float:
    """Put one more post into the record; gives the moment at which its commit begins."""
    n = time.time_ns() // 1000 % 10**8
    with Record.open(path) as record:
        view = made(n, f"new{n}")
        with record.writing() as connection:
            for step in shown.steps(connection, derived.generation(connection), f"new{n}", [view]):
                step(connection)
            before = time.time()
    return before


# -- server and readers ------------------------------------------------------------------------------------------------


@contextmanager
def served(path: Path) -> Iterator[tuple[int, subprocess.Popen[str]]]:
    """The server in a process of its own, on the first core."""
    call = [sys.executable, "-c", "from onrecord.cli import main; main()", "serve", str(path), "--port", "0"]
    with subprocess.Popen(call, stdout=subprocess.PIPE, text=True, preexec_fn=lambda: on_core(0)) as process:
        assert process.stdout is not None
        said = re.search(r":(\d+)/", process.stdout.readline())
        assert said
        try:
            yield int(said[1]), process
        finally:
            process.kill()


def on_core(number: int) -> None:
    """Keep this process, and the threads and processes that it starts, on one core, where there are two."""
    if hasattr(os, "sched_setaffinity") and (os.cpu_count() or 1) > 1:
        os.sched_setaffinity(0, {number})


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


class Crowd:
    """Connected readers that note when they are told of a post; plain sockets, so that their own cost is small."""

    def __init__(self, port: int, number: int) -> None:
        self.heard: list[float] = []
        self._poll = select.epoll()
        self._links: dict[int, socket.socket] = {}
        for at in range(0, number, 200):
            self._connect(port, min(200, number - at))

    def _connect(self, port: int, number: int) -> None:
        some = [socket.create_connection((HOST, port), 30) for _ in range(number)]
        for link in some:
            link.sendall(ASK)
        for link in some:
            said = b""
            while b"retry:" not in said:
                said += link.recv(4096)
            link.setblocking(False)
            self._links[link.fileno()] = link
            self._poll.register(link, select.EPOLLIN)

    def hear(self, seconds: float) -> None:
        """Note who is told of a post, until all are or the time is over."""
        until = time.monotonic() + seconds
        while len(self.heard) < len(self._links) and (left := until - time.monotonic()) > 0:
            for number, _ in self._poll.poll(min(left, 0.5), 1024):
                if b"event: change" in os.read(number, 4096):
                    self.heard.append(time.time())

    def leave(self) -> None:
        """Close all connections."""
        for link in self._links.values():
            link.close()
        self._poll.close()


def wait_for(true: Callable[[], bool], seconds: float = 60.0) -> float:
    """Seconds until it is true. Raises `TimeoutError`."""
    began = time.monotonic()
    while not true():
        if time.monotonic() - began > seconds:
            raise TimeoutError
        time.sleep(0.02)
    return time.monotonic() - began


def readers_of(port: int) -> int:
    """How many streams the server counts."""
    with urllib.request.urlopen(f"http://{HOST}:{port}/healthz", timeout=30) as answer:
        return int(answer.read().split()[-1])


@contextmanager
def writing(path: Path, posts: int) -> Iterator[Callable[[], float]]:
    """A third process that adds a post whenever it is asked; gives the moment of the commit."""
    call = [sys.executable, "-c", WRITER.format(here=str(Path(__file__).parent), path=str(path), posts=posts)]
    with subprocess.Popen(call, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        given, said = process.stdin, process.stdout

        def write() -> float:
            given.write("\n")
            given.flush()
            return float(said.readline())

        yield write


def pushing(path: Path, readers: int, posts: int) -> dict[str, float]:
    """Times from commit to reader, memory and processor time a reader, and how fast SIGTERM ends it all."""
    with served(path) as (port, server), writing(path, posts + 1) as write:
        get(port, "/")
        before = resident_kb(server.pid)
        crowd = Crowd(port, readers)
        wait_for(lambda: readers_of(port) == readers)
        each = (resident_kb(server.pid) - before) / readers
        told(crowd, write)  # once for the caches
        used, took = cpu_s(server.pid), [ms for _ in range(posts) for ms in told(crowd, write)]
        used = cpu_s(server.pid) - used
        started = time.monotonic()
        server.send_signal(signal.SIGTERM)
        server.wait(60)
        stopped = time.monotonic() - started
        crowd.leave()
    cuts = statistics.quantiles(took, n=100)
    spent = 1e6 * used / (readers * posts)
    missed = readers * posts - len(took)
    return {"p50": cuts[49], "p99": cuts[98], "kb": each, "us": spent, "stop": stopped, "missed": missed}


def told(crowd: Crowd, write: Callable[[], float]) -> list[float]:
    """Milliseconds from a commit to each reader."""
    crowd.heard.clear()
    committed = write()
    crowd.hear(10)
    return [1000 * (at - committed) for at in crowd.heard]


def stalled(path: Path, readers: int, posts: int) -> dict[str, float]:
    """Readers that take nothing of many posts: what each costs at most, and how soon it is let go."""
    with served(path) as (port, server), writing(path, posts) as write:
        get(port, "/")
        before = peak = resident_kb(server.pid)
        links = [socket.socket() for _ in range(readers)]
        for link in links:
            link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            link.connect((HOST, port))
            link.sendall(ASK)
        wait_for(lambda: readers_of(port) == readers)
        for _ in range(posts):
            write()
            peak = max(peak, resident_kb(server.pid))
        seconds = wait_for(lambda: readers_of(port) == 0, 90)
        for link in links:
            link.close()
    return {"kb": (peak - before) / readers, "seconds": seconds}


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
                await asyncio.to_thread(add, path)
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
    on_core(1)
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
    pushed = pushing(path, readers, posts)
    yield (
        f"commit to {readers:,} readers: p50 / p99",
        f"{pushed['p50']:.0f} / {pushed['p99']:.0f} ms",
        f"p99 ≤ {PUSH_MS:.0f} ms",
    )
    yield "… not told within 10 s", f"{pushed['missed']:.0f}", "0"
    yield "… processor time of the server, a reader and post", f"{pushed['us']:.1f} µs", "–"
    yield "memory a reader", f"{pushed['kb']:.1f} kB", f"≤ {READER_KB:.0f} kB"
    yield "SIGTERM with all of them", f"{pushed['stop']:.1f} s", f"≤ {STOP_S:.0f} s"
    idle = stalled(path, 100, 1000)
    yield "readers that never read: let go after", f"{idle['seconds']:.0f} s ({idle['kb']:.0f} kB each at most)", "all"
    polled = asyncio.run(polling(path, readers, seconds))
    yield f"polling every 10 s, {readers:,} readers: share of a core", f"{polled['share']:.2f}", "–"
    yield "… told after: p50 / p99", "5,000 / 9,900 ms (half and all of the interval)", "–"


if __name__ == "__main__":
    main()
