"""Feeds → posts."""
# ruff: noqa: E501

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import posts
from onrecord.model import Capture, Hints, Page

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Gazette</title><link>https://gazette.example/</link>
<language>en-gb</language>
<item><title>Dam &amp; bridge hold</title><link>https://gazette.example/1</link><guid isPermaLink="false">g-1</guid>
<dc:creator>Ana Sousa</dc:creator><pubDate>Sat, 01 Mar 2031 14:32:00 +0300</pubDate>
<source url="https://courier.example/rss">The Courier</source>
<description>&lt;p&gt;The dam &lt;b&gt;holds&lt;/b&gt;.&lt;/p&gt;&lt;script&gt;track()&lt;/script&gt;&lt;p onclick="x()"&gt;So does the bridge.&lt;/p&gt;</description></item>
<item><title>Rain</title><link>https://gazette.example/2</link></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Gazette</title><entry><id>urn:1</id><title>Dam holds</title>
<updated>2031-03-01T12:00:00Z</updated><published>2031-03-01T11:32:00Z</published><author><name>Li Wei</name></author>
<content type="html">&lt;p&gt;It holds.&lt;/p&gt;</content></entry></feed>"""


def page(text: str) -> Page:
    return posts.read(Capture("feed.xml", text.encode(), "0", datetime(2031, 3, 2, tzinfo=UTC), Hints()))


def test_rss() -> None:
    read = page(RSS)
    first, second = read.posts
    assert (read.kind, read.outlet, read.language) == ("feed", "Gazette", "en")
    assert (first.id, first.author, first.via) == ("g-1", "Ana Sousa", ("The Courier",))
    assert first.time == datetime(2031, 3, 1, 11, 32, tzinfo=UTC)
    assert first.text == "Dam & bridge hold\n\nThe dam holds.\nSo does the bridge."
    assert (second.id, second.time) == ("https://gazette.example/2", None)


def test_atom() -> None:
    (post,) = page(ATOM).posts
    assert (post.id, post.author, post.text) == ("urn:1", "Li Wei", "Dam holds\n\nIt holds.")
    assert post.time == datetime(2031, 3, 1, 11, 32, tzinfo=UTC)
    assert post.updated == datetime(2031, 3, 1, 12, 0, tzinfo=UTC)


def test_links_and_pictures_of_an_entry_are_kept() -> None:
    body = '&lt;p&gt;It &lt;a href="/dam"&gt;holds&lt;/a&gt;.&lt;/p&gt;&lt;img src="https://gazette.example/d.jpg"&gt;'
    text = ATOM.replace("&lt;p&gt;It holds.&lt;/p&gt;", body)
    (post,) = page(text.replace("<entry>", '<link href="https://gazette.example/live"/><entry>')).posts
    assert [(i.kind, i.url) for i in post.insets] == [
        ("link", "https://gazette.example/dam"),
        ("picture", "https://gazette.example/d.jpg"),
    ]


def test_a_broken_feed_gives_what_it_has() -> None:
    read = page(RSS[: RSS.index("<item><title>Rain")])
    assert [p.id for p in read.posts] == ["g-1"]
    assert "broken-feed" in {p.code for p in read.problems}


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(RSS)), st.integers(0, 40))
def test_no_feed_raises(at: int, gone: int) -> None:
    assert page(RSS[:at] + RSS[at + gone :]).path == "feed.xml"


def test_the_encoding_is_what_the_bytes_are_and_not_what_the_feed_claims() -> None:
    text = RSS.replace("utf-8", "iso-8859-1").replace("Dam &amp;", "Døm &amp;")
    assert page(text).posts[0].title == "Døm & bridge hold"
    sent = Capture(
        "feed.xml",
        text.replace(' encoding="iso-8859-1"', "").encode("iso-8859-2", "replace").replace(b"D?m", b"D\xecm"),
        "0",
        datetime(2031, 3, 2, tzinfo=UTC),
        Hints(charset="iso-8859-2"),
    )
    assert posts.read(sent).posts[0].title == "Děm & bridge hold"


def test_addresses_are_safe_and_whole() -> None:
    text = RSS.replace("https://gazette.example/1<", "/1<").replace("https://gazette.example/2", "javascript:alert(1)")
    assert [p.url for p in page(text).posts] == ["https://gazette.example/1", None]
