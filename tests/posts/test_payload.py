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


def test_an_api_of_blocks_names_contributors_and_leaves_out_what_is_not_published() -> None:
    body = [
        {"id": "a1", "title": "Bridge shut", "bodyHtml": "<h2>Bridge shut</h2><p>No lorries.</p>", "published": True,
         "firstPublishedDate": "2031-03-01T14:32:00Z", "publishedDate": "2031-03-01T15:00:00Z",
         "createdDate": "2031-03-01T14:20:00Z", "contributors": ["ana-sousa"], "attributes": {"keyEvent": True}},
        {"id": "a0", "bodyHtml": "", "published": True, "firstPublishedDate": "2031-03-01T10:05:00Z"},
        {"id": "a9", "bodyHtml": "<p>Not yet.</p>", "published": False, "createdDate": "2031-03-01T10:05:00Z"},
    ]  # fmt: skip
    main = {"id": "m", "bodyHtml": "<figure></figure>", "createdDate": "2031-03-01T05:00:00Z"}
    tags = [{"id": "profile/ana-sousa", "type": "contributor", "webTitle": "Ana Sousa"}]
    read = page({"response": {"content": {"blocks": {"main": main, "body": body}, "tags": tags}}})
    assert told(read) == [
        ("a1", "2031-03-01T14:32", "Ana Sousa", "Bridge shut\n\nNo lorries."),
        ("a0", "2031-03-01T10:05", None, ""),
    ]
    assert [p.key for p in read.posts] == [True, False]


def test_key_events_of_other_pages_are_not_this_page_s_posts() -> None:
    blocks = [
        {"id": str(n), "elements": [{"html": f"<p>Text {n}.</p>"}], "blockFirstPublished": 1930134600000 - n}
        for n in range(9)
    ]
    read = page({"keyEvents": blocks[3:], "pinnedPost": blocks[0], "blocks": blocks[:3]})
    assert [p.id for p in read.posts] == ["0", "1", "2"]


def test_posts_made_of_comments_and_adverts_and_those_taken_back_are_no_news() -> None:
    def post(name: str, kind: str, **more: object) -> dict[str, object]:
        item = {
            "guid": f"i-{name}",
            "item_type": kind,
            "text": "<p>Words.</p>",
            "_created": "2031-03-01T09:00:00+00:00",
        }
        groups = [{"id": "root", "refs": [{"idRef": "main"}]}, {"id": "main", "refs": [{"item": item}]}]
        first = {"_id": name, "post_status": "open", "published_date": "2031-03-01T11:00:00+00:00", "groups": groups}
        return {**first, "original_creator": {"display_name": "Li Wei"}, **more}

    later = "2031-03-01T12:00:00+00:00"
    items = [
        post("a", "text"),
        post("b", "comment"),
        post("c", "advertisement"),
        post("d", "text", unpublished_date=later),
    ]
    assert told(page({"_items": items, "_meta": {"total": 4}})) == [("a", "2031-03-01T11:00", "Li Wei", "Words.")]


def test_an_edit_that_replaces_keeps_the_first_time() -> None:
    entries = [
        {"id": "7", "type": "new", "html": "<p>First</p>", "timestamp": 1930134600},
        {"id": "9", "type": "update", "replaces": "7", "html": "<p>Mended</p>", "timestamp": 1930134900},
        {"id": "10", "type": "new", "html": "<p>Next</p>", "timestamp": 1930135000},
    ]
    read = page({"entries": entries})
    assert [(p.id, p.text) for p in read.posts] == [("7", "Mended"), ("10", "Next")]
    assert read.posts[0].time == datetime.fromtimestamp(1930134600, UTC)
    assert read.posts[0].updated == datetime.fromtimestamp(1930134900, UTC)
