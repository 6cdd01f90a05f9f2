"""Feeds, sitemap, widget and schema.org's words: valid, and each post with its own time and outlet."""

from __future__ import annotations

import json
from xml.etree import ElementTree as Tree

import feedparser
from selectolax.lexbor import LexborHTMLParser as Parser
from starlette.testclient import TestClient

from tests.server.conftest import POSTS, one


def test_atom_and_rss_are_read_by_a_feed_reader(client: TestClient) -> None:
    for url in ("/feed.atom", "/feed.rss"):
        answer = client.get(url)
        assert answer.headers["content-type"].endswith("xml; charset=utf-8")
        found = feedparser.parse(answer.content)
        assert not found.bozo, (url, found.get("bozo_exception"))
        assert len(found.entries) == len(POSTS)
        assert found.feed.title == "Flood in <Oppland>"
        assert all(e.link.startswith("http://localhost/post/p") for e in found.entries)
        assert {e.source.title for e in found.entries} == {"Nord Live"}
        assert not any("<script" in e.get("summary", "") for e in found.entries)


def test_the_json_feed_has_each_post_once(client: TestClient) -> None:
    found = json.loads(client.get("/feed.json").text)
    assert found["version"].endswith("1.1")
    assert len({item["id"] for item in found["items"]}) == len(POSTS)


def test_feeds_take_filters(client: TestClient) -> None:
    found = json.loads(client.get("/feed.json?kind=protest").text)
    assert len(found["items"]) == 1


def test_the_news_sitemap_lists_permalinks(client: TestClient) -> None:
    root = Tree.fromstring(client.get("/news.xml").content)
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    links = [e.text or "" for e in root.findall("s:url/s:loc", space)]
    assert links
    assert all(client.get(link).status_code == 200 for link in links)


def test_json_ld_gives_every_update_its_own_time_and_publisher(client: TestClient) -> None:
    inline = one(Parser(client.get("/").text), "script[type='application/ld+json']").text()
    alone = json.loads(client.get("/live.jsonld").text)
    assert json.loads(inline) == alone
    updates = alone["liveBlogUpdate"]
    assert len({u["datePublished"] for u in updates}) == len(POSTS)
    assert {u["publisher"]["name"] for u in updates} == {"Nord Live"}
    assert all(u["isBasedOn"].startswith("https://nord.example/") for u in updates)


def test_the_widget_may_be_framed_and_has_no_script(client: TestClient) -> None:
    answer = client.get("/embed")
    assert "frame-ancestors *" in answer.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in client.get("/").headers["content-security-policy"]
    page = Parser(answer.text)
    assert not page.css("script")
    assert page.css("ol.lines li")
