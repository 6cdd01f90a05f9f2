"""Floors on real pages with hand-made labels: posts found, their borders, times and authors."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path

from onrecord import posts
from onrecord.model import Capture, Hints, Page


def read(body: bytes, **hints: datetime) -> Page:
    return posts.read(Capture("page", body, "0", datetime(2031, 1, 1, tzinfo=UTC), Hints(outlet="x", **hints)))  # type: ignore[arg-type]


def test_borders_of_plain_pages(shared: Path) -> None:
    right = found = wanted = 0
    for path in sorted((shared / "gold").glob("*.json")):
        gold = json.loads(path.read_text())
        page = read((shared / "pages" / f"{path.stem}.txt").read_bytes())
        text = page.text or ""
        ours = {text.count("\n", 0, p.start) + 1 for p in page.posts}
        theirs = {min(p["lines"]) for p in gold["posts"]}
        right, found, wanted = right + len(ours & theirs), found + len(ours), wanted + len(theirs)
    assert 2 * right / (found + wanted) >= 0.92


def test_live_pages_are_read_exactly(shared: Path) -> None:
    for path in sorted((shared / "bench" / "livepages").glob("*.truth.json")):
        truth = json.loads(path.read_text())
        page = read(gzip.decompress((path.parent / truth["page"]).read_bytes()))
        assert page.kind == truth["kind"]
        if page.kind == "live":
            assert [p.id for p in page.posts] == [p["ids"][0] for p in truth["posts"]]
            assert [p.time and p.time.astimezone(UTC).isoformat()[:16] for p in page.posts] == [
                p["time"][:16] for p in truth["posts"]
            ]
