"""How fast, lean and good reading is, as ratios measured in one run: `make bench`, or `python benchmarks/reading.py`.

Speed is processor time. Every ratio compares two things in one process, in turn, so that a busy machine shifts both;
only the two workers need idle cores. Peers are left out where they are not installed.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from importlib import import_module, metadata
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import click
from rich.console import Console
from rich.table import Table

import hostile
import peers
from onrecord.model import Post, Setting
from onrecord.statements import extract, resolve
from onrecord.statements.parse import BATCH, MODEL, language
from texts import Labelled, made, pages

SPEED, START, PEAK_MB, FLAT_MB, WORKERS, LINEAR = 0.75, 0.7, 600.0, 50.0, 1.7, 1.5
"""The targets: ratio to spaCy, seconds above spaCy, MB for a page, MB of growth, ratio of two workers, ratio per MB."""


class Row(NamedTuple):
    """One line of the table."""

    what: str
    measured: str
    target: str
    met: bool | None


# -- speed -------------------------------------------------------------------------------------------------------------


def speed(chosen: Sequence[Labelled], rounds: int) -> Iterator[Row]:
    """Words a second of spaCy without its name finder and of the whole of reading, text in, readings out."""
    spacy = import_module(MODEL).load(exclude=["ner"])
    posts = [post for page in chosen for post in page.page.posts]
    words = sum(len(post.text.split()) for post in posts)
    list(spacy.pipe([p.text for p in made(200, seed=1)], batch_size=BATCH))
    list(extract(made(200, seed=1)))
    ratios = []
    for at in range(rounds):
        theirs = _took(lambda: list(spacy.pipe([p.text for p in posts], batch_size=BATCH)))
        ours = _took(lambda: _read(chosen))
        ratios.append(theirs / ours)
        if at == 0:
            yield Row("speed, text seen for the first time", _ratio(ratios[0]), f"≥ {SPEED}", ratios[0] >= SPEED)
    again = statistics.median(ratios[1:] or ratios)
    yield Row(f"speed, {words:,} words, median of {rounds - 1}", _ratio(again), f"≥ {SPEED}", again >= SPEED)
    yield Row("  words a second, spaCy / reading", f"{words / theirs:,.0f} / {words / ours:,.0f}", "", None)


def _read(chosen: Sequence[Labelled]) -> None:
    for page in chosen:
        drafts = list(extract(page.page.posts))
        resolve(list(zip(page.page.posts, drafts, strict=True)), page.setting)


def _took(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def _ratio(value: float) -> str:
    return f"{value:.2f} ×"


# -- start -------------------------------------------------------------------------------------------------------------

_SPACY = f"import spacy, {MODEL}; {MODEL}.load(exclude=['ner'])"
_OURS = "import onrecord; print(len(onrecord.read_text('Two people died in Oslo, police said.').posts))"


def start(rounds: int) -> Iterator[Row]:
    """Seconds of a fresh process to its first result, above those that import and load spaCy; both from byte code."""
    spent: dict[str, list[float]] = {_SPACY: [], _OURS: []}
    with TemporaryDirectory() as kept:
        ready = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"} | {"PYTHONPYCACHEPREFIX": kept}
        for _ in range(rounds + 1):
            for code, found in spent.items():
                began = time.perf_counter()
                subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL, env=ready)
                found.append(time.perf_counter() - began)
    above = min(spent[_OURS][1:]) - min(spent[_SPACY][1:])
    best = f"{min(spent[_OURS]):.2f} − {min(spent[_SPACY]):.2f} = {above:.2f} s"
    yield Row("start to first result above spaCy's own", best, f"≤ {START} s", above <= START)


# -- memory ------------------------------------------------------------------------------------------------------------


def memory(posts: int) -> Iterator[Row]:
    """Peak of a fresh process for one page of 1,000 posts, and the curve over many posts."""
    peak = _child("page", 1_000)[-1]
    yield Row("peak memory, a page of 1,000 posts", f"{peak:.0f} MB", f"≤ {PEAK_MB:.0f} MB", peak <= PEAK_MB)
    curve = _child("stream", posts)
    grown = curve[-1] - curve[len(curve) // 5]
    yield Row(f"memory over {posts:,} posts", " ".join(f"{x:.0f}" for x in curve) + " MB", "", None)
    yield Row("  growth after the first fifth", f"{grown:+.0f} MB", f"≤ {FLAT_MB:.0f} MB", grown <= FLAT_MB)


def _child(what: str, posts: int) -> list[float]:
    run = [sys.executable, __file__, "--child", what, "--posts", str(posts)]
    found = subprocess.run(run, check=True, capture_output=True, text=True).stdout
    return [float(x) for x in json.loads(found.splitlines()[-1])]


def child(what: str, posts: int) -> list[float]:
    """In a fresh process: MB, as the work goes on."""
    if what == "page":
        page = list(made(posts))
        resolve(list(zip(page, extract(page), strict=True)), Setting())
        return [resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform == "linux" else 1024**2)]
    curve = []
    for at, _ in enumerate(extract(made(posts, sentences=1)), start=1):
        if at % max(1, posts // 20) == 0:
            curve.append(_resident())
    return curve


def _resident() -> float:
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    line = next(x for x in status.read_text().splitlines() if x.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


# -- workers -----------------------------------------------------------------------------------------------------------


def workers(jobs: int = 12) -> Iterator[Row]:
    """Wall time of the same posts read by one and by two processes that have loaded the model."""
    spent = {}
    for number in (1, 2):
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(number, mp_context=context, initializer=_warm) as pool:
            list(pool.map(_job, range(2 * number), [20] * 2 * number))
            began = time.perf_counter()
            list(pool.map(_job, range(jobs), [250] * jobs))
            spent[number] = time.perf_counter() - began
    gain = spent[1] / spent[2]
    busy = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    yield Row(f"two workers (load {busy:.1f})", _ratio(gain), f"≥ {WORKERS} on two idle cores", gain >= WORKERS)


def _warm() -> None:
    language()


def _job(seed: int, posts: int) -> int:
    page = list(made(posts, seed=seed))
    return len(resolve(list(zip(page, extract(page), strict=True)), Setting()))


# -- peers and hostile input -------------------------------------------------------------------------------------------


def duels(chosen: Sequence[Labelled]) -> Iterator[Row]:
    """Against the finders that one would otherwise take, on the same pages in the same run."""
    found: list[peers.Duel] = []
    if find_spec("textacy"):
        found.append(peers.quotations(chosen, import_module(MODEL).load(exclude=["ner"])))
    if find_spec("dateparser"):
        found.append(peers.days(chosen))
    if len(found) < 2:
        yield Row("peers", "not installed", "run make bench", None)
    for duel in found:
        (p, r), (q, s), (own, their) = duel.ours, duel.theirs, duel.seconds
        better = p > q and r > s
        yield Row(f"{duel.task}, ours / {duel.peer}", f"P {p:.2f} R {r:.2f} / P {q:.2f} R {s:.2f}", "better", better)
        yield Row("  time, theirs ÷ ours with the parse", _shares(their, own), "> 1", their > own)
        if duel.alone:
            yield Row("  theirs ÷ ours, of text parsed already", _shares(their, duel.alone), "> 1", their > duel.alone)
    if len(found) == 2:
        whole, both = _took(lambda: _read(chosen)), sum(duel.seconds[1] for duel in found)
        yield Row(
            "both peers ÷ all of reading", f"{both:.2f} ÷ {whole:.2f} s = {_ratio(both / whole)}", "> 1", both > whole
        )


def _shares(their: float, own: float) -> str:
    return f"{their:.2f} ÷ {own:.2f} s = {_ratio(their / own)}"


def curves(longest: int) -> Iterator[Row]:
    """Seconds a MB at a quarter, a half and the whole of a post made to be hard."""
    for name, text in hostile.texts().items():
        spent = []
        for size in (longest // 4, longest // 2, longest):
            post = hostile.post((text * (size // len(text) + 1))[:size])
            spent.append(_took(lambda post=post: _read_one(post)) * 1e6 / size)  # type: ignore[misc]
        growth = spent[2] / spent[0]
        curve = " ".join(f"{x:.1f}" for x in spent)
        yield Row(f"hostile: {name}", f"{curve} s/MB, {_ratio(growth)}", f"≤ {LINEAR}", growth <= LINEAR)


def _read_one(post: Post) -> None:
    resolve([(post, draft) for draft in extract([post])], Setting())


# -- the table ---------------------------------------------------------------------------------------------------------

PARTS = ("speed", "start", "memory", "workers", "peers", "hostile")


@click.command()
@click.option("--only", multiple=True, type=click.Choice(PARTS), help="Measure these parts alone.")
@click.option("--rounds", default=5, show_default=True, help="Rounds of speed and start.")
@click.option("--posts", default=10_000, show_default=True, help="Posts of the memory curve.")
@click.option("--size", default=200_000, show_default=True, help="Characters of the longest hostile post.")
@click.option("--child", "what", hidden=True)
def main(only: Sequence[str], rounds: int, posts: int, size: int, what: str | None) -> None:
    """Print one table of what was measured, beside its target."""
    if what:
        print(json.dumps(child(what, posts)))
        return
    kind, chosen = pages()
    measures: dict[str, Callable[[], Iterable[Row]]] = {
        "speed": lambda: speed(chosen, rounds),
        "start": lambda: start(rounds),
        "memory": lambda: memory(posts),
        "workers": workers,
        "peers": lambda: duels(chosen),
        "hostile": lambda: curves(size),
    }
    console = Console()
    table = Table("what", "measured", "target", "met", title=f"Reading, on {len(chosen)} {kind}")
    with console.status("measuring …") as status:
        for part in only or PARTS:
            status.update(f"measuring {part} …")
            for row in measures[part]():
                table.add_row(row.what, row.measured, row.target, {True: "yes", False: "NO", None: ""}[row.met])
    console.print(table)
    console.print(machine(), soft_wrap=True)


def machine() -> str:
    """The machine and the versions of what was compared."""
    known = ("spacy", MODEL.replace("_", "-"), "textacy", "dateparser")
    versions = [f"{name} {_version(name)}" for name in known]
    cores = f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()} {platform.release()}"
    return f"{cores}; Python {platform.python_version()}; " + ", ".join(versions)


def _version(name: str) -> Any:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "absent"


if __name__ == "__main__":
    main()
