"""Live pages in the structures of many systems → each post once, at its true time, in page order."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from tests.posts import systems
from tests.posts.systems import POSTS, SYSTEMS, System, html
from tests.posts.systems_more import MORE
from tests.posts.systems_other import OTHER

from onrecord import posts
from onrecord.model import Capture, Hints, Page
from onrecord.posts import alike

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
    if system.key:
        assert [p.key for p in read.posts] == [t.key for t in POSTS]
    if system.ids:
        assert all(not p.made_id for p in read.posts)


def _body(text: str, title: str | None) -> str:
    return " ".join(text.removeprefix(title or "").split())


def _many(system: System) -> str:
    """The same page with many posts, the metadata naming them."""
    told = [
        replace(
            POSTS[n % 4],
            id=f"7f3a{n:012x}",
            time=POSTS[n % 4].time - timedelta(days=n),
            title=f"{n}: {POSTS[n % 4].title}",
        )
        for n in range(20)
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(systems, "POSTS", told)
        return html(replace(system, ld=system.ld or "right"))


def test_of_many_posts_each_is_read_as_in_its_page(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = {name: _many(system) for name, system in ALL.items()}
    quick = {name: page(text) for name, text in texts.items()}
    assert sum(alike.abridged(text) is not None for text in texts.values()) > len(texts) / 3
    monkeypatch.setattr(alike, "_LEAST", 10**9)
    assert [name for name, text in texts.items() if page(text) != quick[name]] == []
