"""Made live pages → pages a second, beside bare parsing and article extractors on the same bytes in one run.

Every round reads a page of its own, so that nothing is remembered from the round before. `--again N` measures instead
what it costs to take in a page of N posts with language, and then the page again: unchanged, with one post changed,
and with one more. Where news-please or newspaper4k cannot be installed beside our pins, `--peers PYTHON` names an
interpreter that has them.
"""

from __future__ import annotations

import argparse
import importlib
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from made_live import Words

START = datetime(2031, 3, 1, 6, tzinfo=UTC)
NAMES = ("Ana Sousa", "Jo Park", "Li Wei", "Rosa Lind")
Reader = Callable[[bytes], int]


@dataclass(frozen=True)
class _Made:
    """A post that was made up."""

    name: str
    when: datetime
    author: str
    title: str
    paragraphs: tuple[str, ...]


def live_page(count: int, seed: int = 0) -> bytes:
    """A page of so many posts, with metadata that put one time and author on all of them, as some outlets do."""
    made = [
        _Made(f"b{seed:03d}{n:05d}", START + timedelta(minutes=2 * n, days=seed), NAMES[(n + seed) % 4], *words)
        for n, words in enumerate(Words(seed).posts(count))
    ]
    return _html(made[::-1])


def _html(made: Sequence[_Made]) -> bytes:
    body = "".join(map(_post, made))
    updates = [
        {"@type": "BlogPosting", "url": f"https://gazette.example/live#{post.name}",
         "datePublished": "2031-03-02T20:00:00Z", "headline": "Floods live", "author": {"name": "The Desk"},
         "articleBody": " ".join(post.paragraphs)}
        for post in made
    ]  # fmt: skip
    meta = {"@type": "LiveBlogPosting", "url": "https://gazette.example/live", "liveBlogUpdate": updates}
    return (
        "<!DOCTYPE html><html lang=en><head><title>Floods live</title>"
        f'<script type="application/ld+json">{json.dumps(meta)}</script></head>'
        f'<body><main class="live"><div id="feed">{body}</div></main></body></html>'
    ).encode()


def _post(post: _Made) -> str:
    text = "".join(f"<p>{words}</p>" for words in post.paragraphs)
    return (
        f'<article id="{post.name}" class="block"><header><a href="#{post.name}">'
        f'<time datetime="{post.when.isoformat()}">{post.when:%H:%M}</time></a> '
        f'<span class="byline">{post.author}</span></header><h2 class="title">{post.title}</h2>'
        f'<div class="body">{text}</div><div class="share"><button>Share</button></div></article>'
    )


def ours() -> Reader:
    """Posts that On Record reads."""
    posts, model = importlib.import_module("onrecord.posts"), importlib.import_module("onrecord.model")
    hints = model.Hints(outlet="Gazette", tz="UTC")
    return lambda page: len(posts.read(model.Capture("page.html", page, "0", START, hints)).posts)


def bare() -> Reader:
    """Parsing alone: the tree, and the metadata as JSON."""
    parser = importlib.import_module("selectolax.lexbor").LexborHTMLParser
    loads = importlib.import_module("orjson").loads

    def run(page: bytes) -> int:
        script = parser(page).css_first('script[type="application/ld+json"]')
        return len(loads(script.text())["liveBlogUpdate"])

    return run


def least() -> Reader:
    """The same, and one of our posts for each, with its text as declared, its time and four blocks, but no reading."""
    parser = importlib.import_module("selectolax.lexbor").LexborHTMLParser
    loads, model = importlib.import_module("orjson").loads, importlib.import_module("onrecord.model")

    def post(update: dict[str, str]) -> object:
        text = update["articleBody"]
        blocks = tuple([model.Block("paragraph", at, len(text)) for at in range(4)])
        when = datetime.fromisoformat(update["datePublished"])
        return model.Post(update["url"].rpartition("#")[2], text, blocks, title=update["headline"], time=when)

    def run(page: bytes) -> int:
        script = parser(page).css_first('script[type="application/ld+json"]')
        return len([post(update) for update in loads(script.text())["liveBlogUpdate"]])

    return run


def trafilatura() -> Reader:
    extract = importlib.import_module("trafilatura").bare_extraction
    return lambda page: int(extract(page.decode()) is not None)


def newspaper() -> Reader:
    read = importlib.import_module("newspaper").article
    return lambda page: int(bool(read("https://gazette.example/live", input_html=page.decode()).text))


def news_please() -> Reader:
    read = importlib.import_module("newsplease").NewsPlease.from_html
    return lambda page: int(bool(read(page.decode(), url="https://gazette.example/live", fetch_images=False).maintext))


PEERS = {"trafilatura": trafilatura, "newspaper4k": newspaper, "news-please": news_please}
RUNS: dict[str, Callable[[], Reader]] = {
    "bare parse + JSON": bare, "the same + objects": least, "On Record": ours, **PEERS,
}  # fmt: skip
"""Each reader gives how many posts it finds; an article extractor gives one article. The second is no reader but what
any must do that gives posts as objects: the floor under a reader in Python."""


def measure(run: Reader, count: int, rounds: int) -> tuple[float, int]:
    """Least processor seconds for a page that was not read before, and what was found."""
    best, found = float("inf"), 0
    run(live_page(20, 900))
    for seed in range(rounds):
        page = live_page(count, seed)
        began = time.process_time()
        found = run(page)
        best = min(best, time.process_time() - began)
    return best, found


def elsewhere(python: str, name: str, count: int) -> tuple[float, int] | None:
    """The same of a peer that another interpreter has."""
    code = f"import ingest; print(*ingest.measure(ingest.RUNS[{name!r}](), {count}, 1))"
    done = subprocess.run([python, "-c", code], cwd=Path(__file__).parent, capture_output=True, text=True, check=False)
    if done.returncode:
        return None
    seconds, found = done.stdout.split()[-2:]
    return float(seconds), int(found)


def table(counts: Sequence[int], rounds: int, peers: str | None) -> None:
    print(f"{'posts':>6} {'kB':>6}  {'reader':<20} {'pages/s':>8} {'× bare':>8} {'posts found':>12}")
    for count in counts:
        least = 0.0
        for name, make in RUNS.items():
            try:
                told: tuple[float, int] | None = measure(make(), count, 1 if name in PEERS else rounds)
            except ImportError:
                told = elsewhere(peers, name, count) if peers else None
            if told is None:
                print(f"{count:>6} {'':>6}  {name:<20} not installed")
                continue
            seconds, found = told
            least = least or seconds
            size = len(live_page(count)) // 1000
            print(f"{count:>6} {size:>6}  {name:<20} {1 / seconds:>8.1f} {seconds / least:>8.1f} {found:>12}")


def again(count: int) -> None:
    """Print what a page costs in the record, and the page again: unchanged, with a post changed, with one more."""
    story, model = importlib.import_module("onrecord.story"), importlib.import_module("onrecord.model")
    reading = importlib.import_module("onrecord.reading")
    reading.read_text("Two people died in Oslo, police said.")
    first = live_page(count)
    words = _third(first)
    changed = first.replace(words, b"<p>Late news from 9999 houses. " + words[3:], 1)
    rows = (("first", first), ("unchanged", first), ("one changed", changed), ("one more", live_page(count + 1)))
    costs: list[float] = []
    with tempfile.TemporaryDirectory() as folder, story.Story.create(Path(folder) / "s.db", model.Settings()) as record:
        for minute, (what, body) in enumerate(rows):
            seen = START + timedelta(days=1, minutes=minute)
            hints = model.Hints(outlet="Gazette", tz="UTC", page="https://gazette.example/live", seen_at=seen)
            began = time.process_time()
            result = record.add([reading.capture_of(body, "live.html", hints)])
            costs.append(time.process_time() - began)
            share = 100 * costs[-1] / costs[0]
            print(f"{what:<12} {costs[-1]:>8.3f} s {share:>6.1f} %  {result.versions} new of {result.posts} posts")


def _third(page: bytes) -> bytes:
    """The first paragraph of a post a third down."""
    bodies = page.split(b'<div class="body">')[1:]
    return bodies[len(bodies) // 3].partition(b"</p>")[0]


def main() -> None:
    """Print one table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=9)
    options.add_argument("--posts", type=int, nargs="*", default=[200, 400])
    options.add_argument("--again", type=int, metavar="N", help="measure reading again instead")
    options.add_argument("--peers", metavar="PYTHON", help="an interpreter that has the peers that ours lacks")
    given = options.parse_args()
    if given.again:
        again(given.again)
    else:
        table(given.posts, given.rounds, given.peers or (sys.executable if "bench" in sys.executable else None))


if __name__ == "__main__":
    main()
