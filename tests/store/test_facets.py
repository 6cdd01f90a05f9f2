"""What posts are found by, and a stream that neither loses nor doubles any."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.story_maker import SENTENCES, live

from onrecord.model import RevisionView
from onrecord.store.facets import Slice
from onrecord.store.rows import stamp
from onrecord.story import Story, View

POSTS = [(f"b{n}", text) for n, text in enumerate(SENTENCES)]


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Story]:
    with Story.create(tmp_path / "story.db") as made:
        made.add([live(POSTS)])
        yield made


def spot(view: RevisionView) -> tuple[str, str, str]:
    return stamp(view.placed), view.page, view.post.id


def walk(story: Story, view: View | None = None, *, oldest: bool = False) -> list[str]:
    out: list[str] = []
    after = None
    while found := story.stream(Slice({}, oldest, after, 2), view):
        out += [v.post.id for v in found]
        after = spot(found[-1])
    return out


def test_slices_hold_every_post_once_both_ways(story: Story) -> None:
    newest = walk(story)
    assert sorted(newest) == [name for name, _ in POSTS]
    assert walk(story, oldest=True) == newest[::-1]
    assert walk(story, View(recorded=story.changes())) == newest


def test_what_comes_meanwhile_moves_nothing(story: Story) -> None:
    first = story.stream(Slice({}, most=3))
    story.add([live([*POSTS[:-1], ("b5", POSTS[-1][1] + " He left."), ("b8", "Crowds gathered in Otta.")], hours=1)])
    rest = story.stream(Slice({}, after=spot(first[-1])))
    seen = [v.post.id for v in (*first, *rest)]
    assert len(seen) == len(set(seen)) == len(POSTS)
    assert walk(story)[0] == "b8"


def test_posts_are_found_by_what_they_say(story: Story) -> None:
    by_outlet = story.facets("outlet")
    assert by_outlet == [("Nord Live", len(POSTS))]
    places = dict(story.facets("place"))
    assert places["Lillehammer"] == 2
    found = story.stream(Slice({"place": "Lillehammer"}))
    assert {v.post.id for v in found} == {"b0", "b1"}
    both = Slice({"place": "Lillehammer", "outlet": "Nord Live"})
    assert story.stream(both) == story.stream(both, View(recorded=story.changes()))
    assert story.stream(Slice({"place": "Atlantis"})) == []


def test_a_post_by_its_public_id(story: Story) -> None:
    (one, *_) = story.stream(Slice({}))
    assert story.post(one.anchor) == one
    assert story.post(one.anchor, View(recorded=story.changes())) == one


def test_who_has_seen_all_up_to_a_tick_misses_nothing_after_it(story: Story) -> None:
    _, tick = story.mark()
    assert sorted(v.post.id for _, v in story.newer(0)) == [name for name, _ in POSTS]
    assert story.newer(tick) == []
    story.add([live([*POSTS[:-1], ("b5", POSTS[-1][1] + " He left."), ("b8", "Crowds gathered in Otta.")], hours=1)])
    fresh = story.newer(tick)
    assert {v.post.id for _, v in fresh} == {"b5", "b8"}
    assert story.newer(fresh[-1][0]) == []
    assert story.size() == len(POSTS) + 1
