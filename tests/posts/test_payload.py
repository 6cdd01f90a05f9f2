"""JSON payloads of live pages and feeds → posts."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from onrecord import posts
from onrecord.model import Capture, Hints, Page


def page(value: object) -> Page:
    body = json.dumps(value).encode()
    return posts.read(Capture("page.json", body, "0", datetime(2031, 3, 2, tzinfo=UTC), Hints(outlet="Gazette")))


def told(read: Page) -> list[tuple[str, str | None, str | None, str]]:
    return [(p.id, p.time.isoformat()[:16] if p.time else None, p.author, p.text) for p in read.posts]


def test_blocks_of_elements() -> None:
    block = {
        "id": "65aa",
        "title": "Bridge shut",
        "elements": [{"elementId": "x", "html": "<p>No lorries.</p>"}, {"html": "<p>No <b>buses</b>.</p>"}],
        "attributes": {"keyEvent": True, "pinned": False},
        "blockFirstPublished": 1930134600000,
        "contributors": [{"name": "Ana Sousa"}],
    }
    when = datetime.fromtimestamp(1930134600, UTC).isoformat()[:16]
    read = page({"webTitle": "Floods live", "page": {"blocks": [block, {**block, "id": "65ab", "attributes": {}}]}})
    assert read.kind == "payload"
    assert told(read)[0] == ("65aa", when, "Ana Sousa", "Bridge shut\n\nNo lorries.\nNo buses.")
    assert [p.key for p in read.posts] == [True, False]


def test_later_entries_replace_and_delete() -> None:
    entries = [
        {"id": 7, "type": "new", "html": "<p>First</p>", "timestamp": 1930134600, "authors": [{"name": "Jo Park"}]},
        {"id": 8, "type": "new", "html": "<p>Gone soon</p>", "timestamp": 1930134700},
        {"id": 7, "type": "update", "html": "<p>Mended</p>", "timestamp": 1930134600, "authors": [{"name": "Jo Park"}]},
        {"id": 8, "type": "delete", "html": "", "timestamp": 1930134700},
    ]
    assert [(i, a, t) for i, _, a, t in told(page({"entries": entries}))] == [("7", "Jo Park", "Mended")]


def test_comments_drafts_and_adverts_are_no_posts() -> None:
    item = {"published_date": "2031-03-01T10:00:00+00:00"}
    groups = [
        {"id": "root"},
        {"id": "main", "refs": [{"item": {"item_type": "text", "text": "<p>The dam holds.</p>"}}]},
    ]
    read = page(
        {
            "_items": [
                {**item, "_id": "a", "post_status": "open", "groups": groups, "sticky": True},
                {**item, "_id": "b", "post_status": "draft", "groups": groups},
                {**item, "_id": "c", "post_status": "comment", "groups": groups},
                {**item, "_id": "d", "post_status": "open", "deleted": True, "groups": groups},
            ]
        }
    )
    assert [(p.id, p.pinned, p.text) for p in read.posts] == [("a", True, "The dam holds.")]


def test_a_json_feed() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Gazette",
        "items": [
            {
                "id": "1",
                "content_text": "It rains.",
                "date_published": "2031-03-01T10:00:00+03:00",
                "authors": [{"name": "Li Wei"}],
            }
        ],
    }
    assert told(page(feed)) == [("1", "2031-03-01T10:00", "Li Wei", "It rains.")]


def test_json_without_posts_says_so() -> None:
    read = page({"weather": [{"day": "Monday", "rain": 3}]})
    assert [p.code for p in read.problems] == ["no-posts"]
