"""One story in many layouts → the same posts out of each."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from tests.posts.layouts import LAYOUTS, laid_out

from onrecord import posts
from onrecord.model import Capture, Hints


def plain(text: str | None) -> str:
    return " ".join(re.findall(r"\w+", (text or "").lower()))


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_post_is_found_in_every_layout(name: str) -> None:
    page = laid_out(LAYOUTS[name])
    now = datetime(2031, 3, 1, 16, 50, tzinfo=UTC)
    hints = Hints(outlet="Horn Daily", published=now, tz=LAYOUTS[name].zone)
    read = posts.read(Capture("page.txt", "\n".join(page.lines).encode(), "0", now, hints))
    text = read.text or ""
    found = {text.count("\n", 0, p.start): p for p in read.posts}
    assert sorted(found) == sorted(page.posts)
    inside: set[int] = set()
    for first, post in found.items():
        set_aside = {first + post.text.count("\n", 0, b.start) for b in post.blocks if b.kind == "furniture"}
        own = {first + n for n, line in enumerate(post.text.split("\n")) if line.strip()}
        inside |= own - set_aside
    assert inside == page.inside
    for first, (time, authors, title) in page.posts.items():
        post = found[first]
        assert time is None or post.time == time
        assert authors is None or post.author == authors
        assert title is None or plain(post.title) == plain(title)
