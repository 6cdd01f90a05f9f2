"""Posts that say only how long ago they are → approximate times, in plain text and HTML."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from onrecord import posts
from onrecord.model import Capture, Hints, Page

PLAIN = """Floods: live updates
5 minutes ago
Bridge reopens
The bridge at Tete has reopened to cars, the mayor says.
1h ago
Power is back
Power is back in the hills around Moatize.
3 days ago
Rain begins
It has begun to rain in Moatize.
"""
HTML = """<html><head><title>Floods: live updates</title></head><body><main><h1>Floods: live updates</h1>
<article class="post" id="post-3"><time>just now</time><h2>Ferry sails</h2>
<p>The ferry has left Buzi, its owner says.</p></article>
<article class="post" id="post-2"><time>20 min ago</time><h2>Bridge reopens</h2>
<p>The bridge at Tete has reopened.</p></article>
<article class="post" id="post-1"><time>2 hours ago</time><h2>Power is back</h2>
<p>Power is back in Moatize.</p></article>
</main></body></html>"""
MIXED = """Floods: live updates
5 minutes ago
Bridge reopens
The bridge at Tete has reopened to cars, the mayor says.
2031-03-01 18:30
Power is back
Power is back in the hills around Moatize.
2031-03-01 18:10
School shuts
The school in Moatize has shut.
"""


def page(text: str, **hints: object) -> Page:
    found = Hints(outlet="Horn Daily", tz="UTC", **hints)  # type: ignore[arg-type]
    return posts.read(Capture("page", text.encode(), "0", datetime(2031, 3, 2, tzinfo=UTC), found))


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2031, 3, 1, hour, minute, tzinfo=UTC)


def times(read: Page) -> list[datetime | None]:
    return [p.time for p in read.posts]


@pytest.mark.parametrize("said", ["seen_at", "published"])
def test_how_long_ago_counts_from_the_capture_or_from_the_time_given(said: str) -> None:
    read = page(PLAIN, **{said: at(15)})
    assert times(read) == [at(14, 55), at(14), None]
    assert [p.approximate for p in read.posts] == [True, True, False]
    assert [p.shown for p in read.posts] == ["5 minutes ago", "1h ago", "3 days ago"]
    assert [p.notice for p in read.problems if p.code == "approximate-times"] == [True]
    assert read.posts[0].to_dict()["times"] == {"shown": "5 minutes ago", "declared": None, "approximate": True}


def test_html_is_read_alike() -> None:
    assert times(page(HTML, seen_at=at(15))) == [at(15), at(14, 40), at(13)]


@pytest.mark.parametrize("text", [PLAIN, HTML])
def test_a_day_or_a_file_s_own_date_is_no_moment(text: str) -> None:
    assert times(page(text, published=datetime(2031, 3, 1, tzinfo=UTC))) == [None, None, None]
    assert times(page(text)) == [None, None, None]


def test_a_clock_that_is_before_the_newest_post_lies() -> None:
    assert times(page(MIXED, seen_at=at(15)))[0] is None
    assert times(page(MIXED, seen_at=at(15), published=at(18, 45)))[0] == at(18, 40)


def test_a_time_that_would_not_stand_where_the_post_stands_is_none() -> None:
    below = MIXED.replace("5 minutes ago", "2031-03-01 18:40").replace("2031-03-01 18:10", "5 minutes ago")
    assert times(page(below, seen_at=at(18, 45)))[2] is None


def test_a_page_s_own_stamp_is_a_moment() -> None:
    stamped = PLAIN.replace("live updates\n", "live updates\nLast updated: 1 March 2031 16:45 GMT\n")
    assert times(page(stamped))[:2] == [at(16, 40), at(15, 45)]
