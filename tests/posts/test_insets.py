"""Pictures, embeds, links and list items of posts; nothing that could run survives."""
# ruff: noqa: E501

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import posts
from onrecord.model import Capture, Hints, Page, Post

NOON = datetime(2031, 3, 1, 12, tzinfo=UTC)


def page(inner: str) -> Page:
    item = '<article class="p" id="p{0}"><time datetime="2031-03-01T1{0}:00Z">1{0}:00</time><h2>Report {0}</h2>{1}</article>'
    body = item.format(1, inner) + item.format(2, "<p>The ferry runs every hour, said the harbour master.</p>")
    html = f'<!doctype html><html lang=en><head><title>Floods live</title><link rel=canonical href="https://gazette.example/l"></head><body><div class="live">{body}</div></body></html>'
    return posts.read(Capture("p.html", html.encode(), "0", NOON, Hints(outlet="Gazette", tz="UTC")))


def first(inner: str) -> Post:
    return page(inner).posts[0]


@pytest.mark.parametrize(
    ("markup", "of", "url"),
    [
        ('<blockquote class="twitter-tweet"><p>The gates stay shut.</p>— Tana Water <a href="https://twitter.com/tana/status/99?ref=x">1 March</a></blockquote>', "tweet", "https://twitter.com/tana/status/99?ref=x"),
        ('<blockquote class="instagram-media" data-instgrm-permalink="https://www.instagram.com/p/abc/"></blockquote>', "instagram", "https://www.instagram.com/p/abc/"),
        ('<iframe src="//www.youtube.com/embed/xyz"></iframe>', "youtube", "https://www.youtube.com/embed/xyz"),
        ('<iframe data-src="https://www.google.com/maps/embed?pb=1"></iframe>', "map", "https://www.google.com/maps/embed?pb=1"),
        ('<iframe src="https://t.me/tana/12?embed=1"></iframe>', "telegram", "https://t.me/tana/12?embed=1"),
        ('<iframe src="/widgets/levels"></iframe>', "page", "https://gazette.example/widgets/levels"),
        ('<video poster="p.jpg"><source src="/v/flood.mp4"></video>', "video", "https://gazette.example/v/flood.mp4"),
        ('<amp-youtube data-videoid="xyz"></amp-youtube>', "youtube", "https://www.youtube.com/watch?v=xyz"),
        ('<amp-twitter data-tweetid="99"></amp-twitter>', "tweet", "https://twitter.com/i/status/99"),
    ],
)  # fmt: skip
def test_embeds_by_kind_and_address(markup: str, of: str, url: str) -> None:
    post = first(f"<p>The gate is shut.</p><div>{markup}</div><p>More soon.</p>")
    assert [(i.of, i.url) for i in post.insets if i.kind == "embed"] == [(of, url)]
    inset = next(i for i in post.insets if i.kind == "embed")
    assert post.text[: inset.start].endswith("The gate is shut.")


def test_pictures_with_caption_and_credit() -> None:
    post = first(
        '<div class="byline"><img class="avatar" src="/a.png">Ana Sousa</div><p>The gate is shut.</p><figure><picture><source srcset="/big.webp"><img src="/gate.jpg" alt="The gate"></picture>'
        '<figcaption>The gate on Friday <span class="credit">Photograph: Li Wei</span></figcaption></figure><img src="data:image/gif;base64,AA" data-src="/lake.jpg"><img src="/px.gif" width="1" height="1">'
    )
    assert [i.url for i in post.insets if i.kind == "picture"] == [
        "https://gazette.example/gate.jpg",
        "https://gazette.example/lake.jpg",
    ]
    assert [(b.kind, post.text[b.start : b.end]) for b in post.blocks][2:] == [
        ("caption", "The gate on Friday"),
        ("credit", "Photograph: Li Wei"),
    ]
    rows = post.to_dict()["blocks"]
    assert isinstance(rows, list)
    assert [r["kind"] for r in rows] == ["title", "paragraph", "picture", "caption", "credit", "picture"]


def test_links_and_lists() -> None:
    post = first(
        '<p>Read <a href="/world/a">our report</a> or <a href="#top">go up</a>.</p><ul><li>The bridge is shut</li><li>The ferry runs</li></ul>'
    )
    links = [(post.text[i.start : i.end], i.url) for i in post.insets if i.kind == "link"]
    assert links == [("our report", "https://gazette.example/world/a")]
    assert [post.text[i.start : i.end] for i in post.insets if i.kind == "item"] == [
        "The bridge is shut",
        "The ferry runs",
    ]
    rows = post.to_dict()["blocks"]
    assert isinstance(rows, list)
    assert [r.get("item", False) for r in rows] == [False, False, True, True]


def test_kinds_of_post() -> None:
    item = '<article class="p" id="p{0}"><p class="m"><time datetime="2031-03-01T1{0}:00Z">1{0}:00</time> <span>{1}</span></p><h2>{2}</h2><p>The ferry runs every hour, said the harbour master.</p></article>'
    told = [("Analysis", "Why it rains"), ("", "What we know so far"), ("", "The gate"), ("Summary", "The day")]
    body = "".join(item.format(n, *t) for n, t in enumerate(told))
    html = f'<!doctype html><html lang=en><title>Floods live</title><body><div class="live">{body}</div></body></html>'
    read = posts.read(Capture("p.html", html.encode(), "0", NOON, Hints(outlet="Gazette", tz="UTC")))
    assert [p.kind for p in read.posts] == ["analysis", "summary", "post", "summary"]


def test_a_payload_s_body_gives_them_too() -> None:
    items = [{"id": n, "date_published": f"2031-03-01T1{n}:00:00Z", "url": "javascript:steal()",
              "content_html": f'<p>Number {n}, <a href="https://a.example/{n}">here</a>.</p><iframe src="https://youtu.be/{n}"></iframe>'} for n in range(3)]  # fmt: skip
    read = posts.read(Capture("p.json", json.dumps({"items": items}).encode(), "0", NOON, Hints()))
    assert [(i.kind, i.url) for i in read.posts[1].insets] == [
        ("link", "https://a.example/1"),
        ("embed", "https://youtu.be/1"),
    ]
    assert {p.url for p in read.posts} == {None}


SCHEMES = st.sampled_from(
    ["javascript:", "JaVaScRiPt:", "java\tscript:", " javascript:", "\x01javascript:", "vbscript:", "data:text/html,", "&#106;avascript:", "jav&#x09;ascript:",
     "file:///", "//", "https://", "http://", "/", "#", "blob:", "\u2028javascript:"]
)  # fmt: skip
TAGS = st.sampled_from(
    ["<a href={0}>x</a>", "<img src={0} onerror={0}>", "<iframe src={0} srcdoc={0}></iframe>", "<video src={0}></video>", "<embed src={0}>",
     "<blockquote class=twitter-tweet cite={0}>x <a href={0}>y</a></blockquote>", "<div data-href={0} class=embed></div>", "<svg onload={0}><a href={0}>z</a></svg>",
     "<form action={0}><button formaction={0}>go</button></form>", "<script>{0}</script>", "<style>{0}</style>", "<p onclick={0}>words</p>", "<math><mi href={0}>q</mi></math>",
     "<template><script>{0}</script></template>", "<noscript>{0}</noscript>", "<object data={0}></object>", "<amp-youtube data-videoid={0}></amp-youtube>"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(TAGS, SCHEMES, st.text(max_size=12)), min_size=1, max_size=6))
def test_no_script_or_handler_survives(parts: list[tuple[str, str, str]]) -> None:
    inner = "".join(tag.format('"' + (scheme + rest).replace('"', "&quot;") + '"') for tag, scheme, rest in parts)
    for post in page(f"<p>Words come first here.</p>{inner}").posts:
        addresses = [post.url, *(i.url for i in post.insets)]
        assert all(url is None or url.startswith(("http://", "https://")) for url in addresses)
        assert not any(c in url for url in addresses if url for c in "<>\"' \t\n\x00")
        assert all(0 <= i.start <= i.end <= len(post.text) for i in post.insets)
        assert "onerror" not in post.text
        assert "<script" not in post.text
