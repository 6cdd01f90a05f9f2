"""Parts of live pages in any order → posts whose words, times and addresses hold together: `make fuzz`."""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime

import atheris

with atheris.instrument_imports(include=["onrecord.posts"]):
    from onrecord import posts
    from onrecord.model import Capture, Hints, Page

NOON = datetime(2031, 4, 5, 12, tzinfo=UTC)
HINTS = Hints(outlet="Gazette", tz="UTC", published=NOON)
SLOWEST = 5.0
"""Seconds; pages of this size take a few thousandths."""
PARTS = (
    "<article id=a{n}>",
    "</article>",
    "<div class=live>",
    "</div>",
    "<li class=post data-id={n}>",
    "</li>",
    "<p>",
    "</p>",
    "<time datetime=2031-04-05T1{n}:00:00Z>",
    "</time>",
    "<span class=byline>By Ana Sousa",
    "</span>",
    "<h2>",
    "</h2>",
    "1{n}:32",
    "vor {n} Minuten",
    "1 mars 2031 à 1{n}h32",
    "Key event",
    "<figure><img src=/p{n}.jpg><figcaption>The gate",
    "</figure>",
    "<a href='javascript:x()'>",
    "<a href=/a/{n}>",
    "</a>",
    "<iframe src='//youtu.be/{n}'></iframe>",
    "<script>",
    "</script>",
    "<script type=application/json>",
    "<script type='application/ld+json'>",
    '{"@type":"LiveBlogPosting",',
    '"liveBlogUpdate":[{"datePublished":"2031-04-05T10:00Z"}]}',
    "<blockquote class=twitter-tweet>",
    "</blockquote>",
    "<!--",
    "-->",
    "<svg>",
    "</svg>",
    "<template>",
    "</template>",
    "<table><tr><td>",
    "</table>",
    "<amp-live-list><div items>",
    "itemprop=liveBlogUpdate itemscope",
    "<meta itemprop=headline content=x>",
    "The road is shut to lorries, she said.",
    "&lt;script&gt;",
    "&#0;",
    "\u202e",
    "\x00",
    "<a<b c=d>",
    "hidden aria-hidden=true",
)


def checked(page: Page) -> None:
    """Fails where a post does not hold together."""
    for post in page.posts:
        assert all(0 <= b.start <= b.end <= len(post.text) for b in post.blocks)
        assert all(0 <= i.start <= i.end <= len(post.text) for i in post.insets)
        assert post.time is None or post.time.tzinfo is not None
        for url in (post.url, *(i.url for i in post.insets)):
            assert url is None or ":" not in url[:12] or url.startswith(("http://", "https://")), url


def html_is_read(data: bytes) -> None:
    """Fails when a reader does, or takes long."""
    source = atheris.FuzzedDataProvider(data)
    out = []
    while source.remaining_bytes():
        part = PARTS[source.ConsumeIntInRange(0, len(PARTS) - 1)].replace("{n}", str(source.ConsumeIntInRange(0, 9)))
        out.append(part * (1 if source.ConsumeProbability() < 0.9 else source.ConsumeIntInRange(1, 400)))
        if source.ConsumeBool():
            out.append(source.ConsumeUnicodeNoSurrogates(12))
    body = "<!doctype html><html><title>Floods live</title><body>" + "".join(out)
    began = time.process_time()
    checked(posts.read(Capture("p.html", body.encode(), "0", NOON, HINTS)))
    assert time.process_time() - began < SLOWEST, "slow"


if __name__ == "__main__":
    atheris.Setup(sys.argv, html_is_read)
    atheris.Fuzz()
