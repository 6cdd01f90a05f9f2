"""Live pages in the structures of many systems → each post once, at its true time, in page order."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tests.posts.systems import POSTS, SYSTEMS, System, html
from tests.posts.systems_more import MORE
from tests.posts.systems_other import OTHER

from onrecord import posts
from onrecord.model import Capture, Hints, Page

ALL = SYSTEMS | MORE | OTHER


def page(text: str, tz: str | None = None) -> Page:
    hints = Hints(outlet="Gazette", tz=tz)
    return posts.read(Capture("page.html", text.encode(), "0", datetime(2031, 3, 2, tzinfo=UTC), hints))


@pytest.mark.parametrize("system", ALL.values(), ids=ALL)
def test_every_post_once_at_its_true_time(system: System) -> None:
    read = page(html(system), system.page_zone)
    assert read.kind == "live"
    assert [p.time and p.time.astimezone(UTC) for p in read.posts] == [t.time for t in POSTS]
    if system.title:
        assert [p.title for p in read.posts] == [t.title for t in POSTS]
        assert [_body(p.text, p.title) for p in read.posts] == [" ".join(t.body) for t in POSTS]
    if system.author:
        assert [p.author for p in read.posts] == [t.author for t in POSTS]
    if system.keys:
        assert [p.key for p in read.posts] == [t.key for t in POSTS]
    if system.ids:
        assert all(not p.made_id for p in read.posts)


def _body(text: str, title: str | None) -> str:
    return " ".join(text.removeprefix(title or "").split())
