"""Made live pages → pages a second, beside bare parsing and article extractors on the same bytes in one run."""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from importlib import import_module

import orjson
from selectolax.lexbor import LexborHTMLParser

from onrecord import posts
from onrecord.model import Capture, Hints

START = datetime(2031, 3, 1, 6, tzinfo=UTC)
NAMES = ("Ana Sousa", "Jo Park", "Li Wei", "Rosa Lind")
WORDS = (
    "The river rose by {n} centimetres at Miro in the night, the water office said on Saturday morning.",
    "Boats were sent to {n} houses north of the lake, where the road is under water, according to the fire brigade.",
    "Shops at the market stay shut until noon, and lorries are sent round by the old ferry, said the mayor.",
)


def live_page(count: int) -> bytes:
    """A page of so many posts, with metadata that put one time and author on all of them, as some outlets do."""
    made = [(f"b{n:05d}", START + timedelta(minutes=2 * n), NAMES[n % 4], n) for n in range(count)][::-1]
    body = "".join(_post(*post) for post in made)
    updates = [
        {"@type": "BlogPosting", "url": f"https://gazette.example/live#{name}", "datePublished": "2031-03-02T20:00:00Z",
         "headline": "Floods live", "author": {"name": "The Desk"}, "articleBody": _words(n)}
        for name, _, _, n in made
    ]  # fmt: skip
    meta = {"@type": "LiveBlogPosting", "url": "https://gazette.example/live", "liveBlogUpdate": updates}
    return (
        "<!DOCTYPE html><html lang=en><head><title>Floods live</title>"
        f'<script type="application/ld+json">{json.dumps(meta)}</script></head>'
        f'<body><main class="live"><div id="feed">{body}</div></main></body></html>'
    ).encode()


def _words(n: int) -> str:
    return " ".join(WORDS).format(n=n)


def _post(name: str, when: datetime, author: str, n: int) -> str:
    text = "".join(f"<p>{words.format(n=n)}</p>" for words in WORDS)
    return (
        f'<article id="{name}" class="block"><header><a href="#{name}"><time datetime="{when.isoformat()}">'
        f'{when:%H:%M}</time></a> <span class="byline">{author}</span></header>'
        f'<h2 class="title">Report {n} from Miro</h2>'
        f'<div class="body">{text}</div><div class="share"><button>Share</button></div></article>'
    )


def ours(page: bytes) -> int:
    """Posts that On Record reads."""
    return len(posts.read(Capture("page.html", page, "0", START, Hints(outlet="Gazette", tz="UTC"))).posts)


def bare(page: bytes) -> int:
    """Parsing alone: the tree, and the metadata as JSON."""
    tree = LexborHTMLParser(page)
    script = tree.css_first('script[type="application/ld+json"]')
    return len(orjson.loads(script.text())["liveBlogUpdate"]) if script else 0


def peers() -> dict[str, Callable[[bytes], int]]:
    """The article extractors that are installed: how many posts each gives."""
    found: dict[str, Callable[[bytes], int]] = {}
    extract = import_module("trafilatura").bare_extraction
    found["trafilatura"] = lambda page: int(extract(page.decode()) is not None)
    try:
        newspaper = import_module("newspaper")
    except ImportError:
        return found
    found["newspaper4k"] = lambda page: int(bool(newspaper.article("https://x.example", input_html=page.decode()).text))
    return found


def measure(run: Callable[[bytes], int], page: bytes, rounds: int) -> tuple[float, int]:
    """Least processor seconds of some rounds, and what was found."""
    best, found = float("inf"), 0
    for _ in range(rounds):
        began = time.process_time()
        found = run(page)
        best = min(best, time.process_time() - began)
    return best, found


def main() -> None:
    """Print one table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=9)
    options.add_argument("--posts", type=int, nargs="*", default=[200, 400])
    given = options.parse_args()
    runs = {"bare parse + JSON": bare, "On Record": ours, **peers()}
    print(f"{'posts':>6} {'kB':>6}  {'reader':<20} {'pages/s':>8} {'× bare':>8} {'posts found':>12}")
    for count in given.posts:
        page = live_page(count)
        least = 0.0
        for name, run in runs.items():
            seconds, found = measure(run, page, given.rounds if run in (bare, ours) else 1)
            least = least or seconds
            print(
                f"{count:>6} {len(page) // 1000:>6}  {name:<20} {1 / seconds:>8.1f} {seconds / least:>8.1f} {found:>12}"
            )


if __name__ == "__main__":
    main()
