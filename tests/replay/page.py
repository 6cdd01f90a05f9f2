"""Twenty versions of an invented live page, what its server does before it gives each, and what a record must hold.

The page tells of a bridge at Halden. It edits, with and without saying so, takes a post down and puts it back, drops
old posts at its end, moves one to its top, changes markup only, and sends what servers send on a bad day.
"""

from __future__ import annotations

import gzip
import hashlib
import html
from collections.abc import Mapping
from dataclasses import dataclass, replace
from threading import Lock

from tests.replay.server import Reply

TEXTS = {
    "a": "The bridge at Halden was closed at noon, the police said.",
    "b": "Two people were hurt when a barge struck the bridge at Halden, the fire service said.",
    "c": "The mayor, Ingrid Sol, asked people to stay at home.",
    "d": "Divers are in the water below the bridge, Radio Nord reported.",
    "e": "The owner of the barge denied that its steering had failed.",
    "f": "Trains between Halden and Sarpsborg stand still.",
    "g": "The army sent a crane to Halden, the ministry said.",
    "h": "The café beside the bridge opened its doors to the helpers, its owner René Aas said.",
}


@dataclass(frozen=True)
class Post:
    """A post as the page shows it."""

    id: str
    text: str
    updated: str = ""
    style: str = "text"

    def html(self) -> str:
        """Its element."""
        at = f"2025-03-13T{10 + 'abcdefgh'.index(self.id):02}:00:00+00:00"
        edit = f'<time itemprop="dateModified" datetime="{self.updated}">later</time>' if self.updated else ""
        return (
            f'<article id="{self.id}" itemprop="liveBlogUpdate" itemscope itemtype="https://schema.org/BlogPosting">'
            f'<time datetime="{at}" itemprop="datePublished">then</time>{edit}'
            f'<div itemprop="articleBody"><p class="{self.style}">{html.escape(self.text)}</p></div></article>'
        )


def post(name: str) -> Post:
    return Post(name, TEXTS[name])


A, B, C, D, E, F, G, H = map(post, "abcdefgh")
B2 = replace(B, text=B.text.replace("Two people", "Three people"))  # silently
C2 = replace(C, text=C.text + " Schools are closed.", updated="2025-03-13T15:30:00+00:00")
D2 = replace(D, text="Divers have found nothing below the bridge, Radio Nord reported.")
E2 = replace(E, style="text wide")  # markup only
F2 = replace(F, text=F.text.replace("stand still", "run again"), updated="2025-03-13T18:10:00+00:00")


@dataclass(frozen=True)
class Version:
    """What the page shows, and what its server does first."""

    posts: tuple[Post, ...]
    before: tuple[Reply, ...] = ()
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "text/html; charset=utf-8"),)

    @property
    def body(self) -> bytes:
        """The page."""
        head = (
            '<title>The bridge at Halden</title><link rel="canonical" href="https://nord.example/halden">'
            '<meta property="og:site_name" content="Nord Live">'
        )
        kind = 'itemscope itemtype="https://schema.org/LiveBlogPosting"'
        inner = "".join(one.html() for one in self.posts)
        return f'<html lang="en"><head>{head}</head><body><main {kind}>{inner}</main></body></html>'.encode()

    @property
    def hash(self) -> str:
        return hashlib.sha256(self.body).hexdigest()


def _elsewhere(to: str) -> Reply:
    return Reply(status=302, headers={"Location": to})


BOMB = Reply(gzip.compress(bytes(30_000_000)), headers={"Content-Encoding": "gzip"})
LATIN = (("Content-Type", "text/html; charset=iso-8859-1"),)
PACKED = (("Content-Encoding", "gzip"),)
HANG = 0.6
"""Seconds; the watch under test has to give up earlier."""

VERSIONS = (
    Version((A,)),
    Version((B, A)),
    Version((C, B, A), (Reply(status=500),)),
    Version((C, B2, A)),
    Version((D, C, B2, A), (Reply(status=429, headers={"Retry-After": "1"}),)),
    Version((D, C2, B2, A)),
    Version((E, D, C2, B2, A), (Reply(b"x" * 5000, sent=100), Reply(b"x" * 5000, sent=0))),
    Version((E, D, B2, A)),  # c is taken down
    Version((E2, D, B2, A), (_elsewhere("http://10.11.12.13/admin"),)),
    Version((E, D2, B2, A), (_elsewhere("http://127.0.0.2/"),)),
    Version((F, E, D2, B2, A), (BOMB,)),
    Version((F, E, D2, C2, B2, A)),  # c is back
    Version((G, F, E, D2, C2, B2), (Reply(b"late", hang=HANG),)),  # a rolls off the end
    Version((G, F, E, D2, C2), headers=PACKED),  # and b
    Version((H, G, F, E, D2), headers=LATIN),  # and c; the header lies about the charset
    Version((D2, H, G, F, E)),  # d moves to the top
    Version((D2, H, G, F2, E), (Reply(status=503), Reply(status=404))),
    Version((D2, H, F2, E)),  # g is taken down
    Version((D2, H, F2, E2)),
    Version((D2, H, F2, E), (Reply(b""),)),
)

EXPECTED: dict[str, list[str | None]] = {
    "a": [A.text],
    "b": [B.text, B2.text],
    "c": [C.text, C2.text, None, C2.text],
    "d": [D.text, D2.text],
    "e": [E.text],
    "f": [F.text, F2.text],
    "g": [G.text, None],
    "h": [H.text],
}
"""Each post's versions, oldest first; None is a removal."""


class Page:
    """The page's server side: `step` moves it to its next version; each bad reply comes once."""

    def __init__(self) -> None:
        self._at = 0
        self._bad = list(VERSIONS[0].before)
        self._lock = Lock()

    def __call__(self, _path: str, headers: Mapping[str, str]) -> Reply:
        """The reply to a request for the page."""
        with self._lock:
            if self._bad:
                return self._bad.pop(0)
            version = VERSIONS[self._at]
        if headers.get("if-none-match") == f'"{version.hash}"':
            return Reply(status=304)
        body = gzip.compress(version.body) if version.headers == PACKED else version.body
        return Reply(body, headers={"ETag": f'"{version.hash}"', **dict(version.headers)})

    @property
    def hash(self) -> str:
        """Of the version that it gives now; empty while a bad reply is still to come."""
        with self._lock:
            return "" if self._bad else VERSIONS[self._at].hash

    @property
    def finished(self) -> bool:
        """True at its last version."""
        return self._at + 1 == len(VERSIONS)

    def step(self) -> bool:
        """Go on to the next version; False when there is none."""
        with self._lock:
            if self._at + 1 == len(VERSIONS):
                return False
            self._at += 1
            self._bad = list(VERSIONS[self._at].before)
            return True
