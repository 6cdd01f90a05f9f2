"""HTML pages in the shapes that outlets give them → posts."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import posts
from onrecord.model import Capture, Hints, Page, Post


def page(html: str, tz: str | None = None, published: datetime | None = None) -> Page:
    hints = Hints(outlet="Gazette", tz=tz, published=published)
    return posts.read(Capture("page.html", html.encode(), "0", datetime(2031, 3, 2, tzinfo=UTC), hints))


def document(body: str, ld: object = None, title: str = "Floods live") -> str:
    script = (
        f'<script type="application/ld+json">{ld if isinstance(ld, str) else json.dumps(ld)}</script>' if ld else ""
    )
    return f"<!doctype html><html lang=en><head><title>{title}</title>{script}</head><body>{body}</body></html>"


def told(post: Post) -> tuple[str, str | None, str | None, str | None]:
    return post.id, post.time.isoformat() if post.time else None, post.author, post.title


def ld(*updates: dict[str, object], **more: object) -> dict[str, object]:
    return {"@type": "LiveBlogPosting", "url": "https://gazette.example/live", "liveBlogUpdate": list(updates), **more}


def update(name: str, time: str, **more: object) -> dict[str, object]:
    return {"@type": "BlogPosting", "url": f"https://gazette.example/live#{name}", "datePublished": time, **more}


def block(name: str, time: str, title: str, body: str, by: str = "") -> str:
    return (
        f'<article id="{name}" class="block"><p class="when"><time datetime="{time}">{time[11:16]}</time> '
        f'<span class="byline">{by}</span></p><h2>{title}</h2>{body}</article>'
    )


FIRST = block(
    "b2", "2031-03-01T14:30:00Z", "Bridge shut", "<p>The bridge is shut to all traffic, police said.</p>", "Ana Sousa"
)
SECOND = block("b1", "2031-03-01T13:10:00Z", "Dam holds", "<p>The dam holds, the governor of Tana said.</p>", "Jo Park")


def test_the_time_shown_wins_and_both_are_kept() -> None:
    stamped = [
        update(n, "2031-03-01T18:00:00Z", headline="Floods live", author={"name": "The Desk"}) for n in ("b2", "b1")
    ]
    read = page(document(FIRST + SECOND, {"@graph": [{"@type": "WebPage"}, ld(*stamped)]}))
    assert read.kind == "live"
    assert [told(p) for p in read.posts] == [
        ("b2", "2031-03-01T14:30:00+00:00", "Ana Sousa", "Bridge shut"),
        ("b1", "2031-03-01T13:10:00+00:00", "Jo Park", "Dam holds"),
    ]
    assert read.posts[0].declared == "2031-03-01T18:00:00+00:00"
    assert read.posts[0].shown == "2031-03-01T14:30:00+00:00"
    assert "disagreeing-times" in {p.code for p in read.problems}


def test_posts_that_are_only_declared_stand_after_their_neighbour() -> None:
    told_of = [
        update("b3", "2031-03-01T15:00:00Z", headline="Rain stops", articleBody="It has &amp; will."),
        update("b2", "2031-03-01T14:30:00Z"),
        update("b0", "2031-03-01T12:00:00Z", headline="Empty"),
    ]
    read = page(document(FIRST + SECOND, ld(*told_of)))
    assert [p.id for p in read.posts] == ["b3", "b2", "b0", "b1"]
    assert read.posts[0].text == "Rain stops\n\nIt has & will."
    assert read.posts[2].text == "Empty"


def test_broken_json_is_mended_where_it_safely_can_be() -> None:
    raw = json.dumps(ld(update("x1", "2031-03-01T15:00:00Z", articleBody="The road\\nis open.")))
    read = page(document("<p>Nothing here</p>", raw.replace("]", ",]").replace("\\\\n", "\n")))
    assert [(p.id, p.text) for p in read.posts] == [("x1", "The road is open.")]


def test_microdata() -> None:
    post = (
        '<div itemprop="liveBlogUpdate" itemscope itemtype="https://schema.org/BlogPosting" id="{0}">'
        '<meta itemprop="datePublished" content="2031-03-01T{1}:00+03:00"><h3 itemprop="headline">{2}</h3>'
        '<span itemprop="author"><span itemprop="name">Ana Sousa</span></span>'
        '<div itemprop="articleBody"><p>{3}</p></div></div>'
    )
    body = post.format("u2", "14:30", "Bridge shut", "No lorries may pass.") + post.format(
        "u1", "13:10", "Dam holds", "It does."
    )
    read = page(document(f'<main itemscope itemtype="https://schema.org/LiveBlogPosting">{body}</main>'))
    assert [told(p) for p in read.posts] == [
        ("u2", "2031-03-01T14:30:00+03:00", "Ana Sousa", "Bridge shut"),
        ("u1", "2031-03-01T13:10:00+03:00", "Ana Sousa", "Dam holds"),
    ]


def test_no_metadata_no_ids_bare_clocks() -> None:
    post = '<li class="feed-item"><span class="ts">{0}</span><b>{1}</b><p>{2}</p></li>'
    body = post.format("14:32", "Bridge shut", "The bridge is shut to all lorries until Monday.")
    body += post.format("13:05", "Dam holds", "The dam holds for now, says the governor of Tana.")
    day = datetime(2031, 3, 1, tzinfo=UTC)
    read = page(document(f"<h1>Floods live</h1><ul class=live-feed>{body}</ul>"), "Africa/Nairobi", day)
    assert [p.time.isoformat() for p in read.posts if p.time] == [
        "2031-03-01T14:32:00+03:00",
        "2031-03-01T13:05:00+03:00",
    ]
    assert all(p.made_id and p.id for p in read.posts)


def test_epochs_on_the_element_beat_a_time_without_zone() -> None:
    post = (
        '<div class="entry{2}" id="e{0}" data-sort-time="{1}" data-update-time="{1}">'
        '<time data-time="2031-03-01T14:30">14:30</time><h3>Post {0}</h3><p>Some words of it.</p></div>'
    )
    read = page(document(post.format(2, 1930134600, " key-event") + post.format(1, 1930131000, "")))
    assert [(p.id, p.time and p.time.isoformat(), p.key) for p in read.posts] == [
        ("e2", datetime.fromtimestamp(1930134600, UTC).isoformat(), True),
        ("e1", datetime.fromtimestamp(1930131000, UTC).isoformat(), False),
    ]


def test_blocks_have_kinds_and_nothing_hidden_is_text() -> None:
    body = (
        "<p>The dam <b>holds</b>,<br>for now.</p><script>track()</script>"
        "<p hidden>secret</p><div style='display: none'>ghost</div><blockquote><p>“It holds.”</p></blockquote>"
        "<figure><img alt=x><figcaption>The dam <span class=credit>Photo: AFP</span></figcaption></figure>"
        "<div class=related-links><a href=/x>Why dams break</a></div>"
        "<div class=share-tools><button>Share</button></div>"
    )
    read = page(document(block("b2", "2031-03-01T14:30:00Z", "Dam", body) + SECOND))
    first = read.posts[0]
    kinds = [(b.kind, first.text[b.start : b.end]) for b in first.blocks]
    assert kinds == [
        ("title", "Dam"),
        ("paragraph", "The dam holds,"),
        ("paragraph", "for now."),
        ("quote", "“It holds.”"),
        ("caption", "The dam"),
        ("credit", "Photo: AFP"),
        ("related", "Why dams break"),
    ]


def test_hashed_class_names_and_hidden_words() -> None:
    post = (
        '<article id="asset:{0}" class="x1-{0}"><h3><span>{1}</span>'
        '<span class="visually-hidden">published at {2}</span></h3><div class=z9><span>{2} GMT 1 March</span></div>'
        "<div class=q7>Ana Sousa</div><p>{3}</p><div class=k2>Copy link</div></article>"
    )
    body = post.format("a", "Bridge shut", "14:32", "No lorries may pass.") + post.format(
        "b", "Dam holds", "13:05", "It does."
    )
    body += post.format("c", "Rain goes on", "12:00", "It has rained since Friday night.")
    read = page(document(body), published=datetime(2031, 3, 1, tzinfo=UTC))
    assert [told(p) for p in read.posts] == [
        ("asset:a", "2031-03-01T14:32:00+00:00", "Ana Sousa", "Bridge shut"),
        ("asset:b", "2031-03-01T13:05:00+00:00", "Ana Sousa", "Dam holds"),
        ("asset:c", "2031-03-01T12:00:00+00:00", "Ana Sousa", "Rain goes on"),
    ]
    assert read.posts[0].text == "Bridge shut\n\nNo lorries may pass."


HOSTILE = [
    "<script>steal()</script>",
    "<img src=x onerror=steal()>",
    "<svg onload=steal()><text>x</text></svg>",
    "<b onclick='steal()'>",
    "<iframe src='javascript:steal()'>steal()</iframe>",
    "<a href='javascript:steal()'>",
    "<style>steal()</style>",
    "<template>steal()</template>",
    "<noscript>steal()</noscript>",
    "<math><mi//xlink:href='data:x,<script>steal()</script>'>",
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(HOSTILE), max_size=6), st.booleans())
def test_no_script_or_handler_survives(parts: list[str], declared: bool) -> None:
    body = f"<p>The dam holds.</p>{''.join(parts)}<p>So it does.</p>"
    meta = ld(update("b2", "2031-03-01T14:30:00Z", articleBody=body), update("b1", "2031-03-01T13:10:00Z"))
    meta_text = json.dumps(meta).replace("</", "<\\/")
    read = page(document("" if declared else block("b2", "2031-03-01T14:30:00Z", "Dam", body) + SECOND, meta_text))
    assert "holds" in read.posts[0].text
    assert not any("steal" in p.text or "<" in p.text for p in read.posts)


def test_an_empty_post_stays_a_post_and_an_id_counts_once() -> None:
    empty = block("b9", "2031-03-01T15:30:00Z", "Picture of the day", "<figure><img></figure>")
    read = page(document(empty + FIRST + FIRST + SECOND))
    assert [p.id for p in read.posts] == ["b9", "b2", "b1"]


def test_an_article_with_teasers_and_comments_is_one_post() -> None:
    words = (
        "<p>The inquiry into the dam will last until autumn, its chair told the committee on roads and water.</p>" * 6
    )
    teaser = (
        '<article class=teaser><time datetime="2031-02-27">27 Feb</time>'
        "<a href=/a>A story about a dam, live from Tana</a></article>"
    )
    comment = (
        '<div class=comment id=c{0}><time datetime="2031-03-01T10:0{0}:00Z">10:0{0}</time>'
        "<p>I have a long opinion on this matter, as ever.</p></div>"
    )
    about = {
        "@type": "NewsArticle",
        "headline": "Inquiry to last",
        "datePublished": "2031-03-01T09:00:00Z",
        "author": [{"name": "Jo Park"}],
    }
    comments = f"<section class=comments>{comment.format(1)}{comment.format(2)}</section>"
    html = f"<article><h1>Inquiry to last</h1>{words}</article>{teaser * 5}{comments}"
    read = page(document(html, about, "Inquiry to last"))
    assert read.kind == "article"
    assert [(p.title, p.author, p.time and p.time.isoformat()) for p in read.posts] == [
        ("Inquiry to last", "Jo Park", "2031-03-01T09:00:00+00:00")
    ]
    assert "opinion" not in read.posts[0].text


def test_bare_clocks_run_past_midnight() -> None:
    post = '<li class="feed-item"><span class="ts">{0}</span><b>Update</b><p>The river fell, said the mayor.</p></li>'
    clocks = ["01:10", "00:20", "23:50", "22:05", "08:00"]
    html = f"<h1>Floods live</h1><ul class=live-feed>{''.join(map(post.format, clocks))}</ul>"
    read = page(document(html), "UTC", datetime(2031, 3, 2, tzinfo=UTC))
    assert [p.time and (p.time.day, p.time.hour) for p in read.posts] == [(2, 1), (2, 0), (1, 23), (1, 22), (1, 8)]


BROKEN = {
    "in comments": lambda t: f"<!-- {t} -->",
    "in CDATA": lambda t: f"//<![CDATA[\n{t}\n//]]>",
    "with trailing commas": lambda t: t.replace("]", ",]"),
    "with line breaks in texts": lambda t: t.replace("Words", "Words\n"),
    "twice encoded": lambda t: json.dumps(t),
    "with entities": lambda t: t.replace('"', "&quot;"),
    "with more behind it": lambda t: t + '{"@type": "WebSite"}',
    "with wrong escapes": lambda t: t.replace("Words", "\\'Words"),
    "broken off": lambda t: t[:-1] + ', {"@type": "BlogPosting", "articleBody": "It bro',
    "as items": lambda t: t.replace('"liveBlogUpdate": [', '"liveBlogUpdate": [{"itemListElement": [').replace(
        "]", "]}]"
    ),
}


@pytest.mark.parametrize("breaking", BROKEN.values(), ids=BROKEN)
def test_metadata_in_the_forms_that_pages_give_it(breaking: Callable[[str], str]) -> None:
    text = json.dumps(
        ld(*(update(f"x{n}", f"2031-03-01T1{n}:00:00Z", headline=f"H {n}", articleBody=f"Words {n}.") for n in (2, 1)))
    )
    read = page(document("<p>Nothing</p>", breaking(text)))
    assert [(p.id, p.time and p.time.hour, p.title) for p in read.posts] == [("x2", 12, "H 2"), ("x1", 11, "H 1")]
    assert ["Words" in p.text for p in read.posts] == [True, True]


def state(**more: object) -> dict[str, object]:
    updates = [
        {
            "id": f"u{n}",
            "headline": f"Update {n}",
            "publishedAt": f"2031-03-01T1{n}:00:00Z",
            "body": f"<p>Words of update {n}.</p>" * 9,
        }
        for n in (2, 1, 0)
    ]
    return {"props": {"pageProps": {"story": {"id": "s", "updates": updates, **more}}}}


@pytest.mark.parametrize(
    "script",
    [
        f'<script id="__NEXT_DATA__" type="application/json">{json.dumps(state())}</script>',
        f"<script>window.__INITIAL_STATE__ = {json.dumps(state())};</script>",
        f'<script>window["__DATA__"]={json.dumps(json.dumps(state()))};</script>',
    ],
    ids=["json", "variable", "text"],
)
def test_posts_that_only_scripts_draw(script: str) -> None:
    read = page(document(f"<div id=app></div>{script}"))
    assert [(p.id, p.title, p.time and p.time.hour) for p in read.posts] == [
        ("u2", "Update 2", 12),
        ("u1", "Update 1", 11),
        ("u0", "Update 0", 10),
    ]
    assert page(document(f"<p>{'Words of a story. ' * 20}</p>{script}", title="A story")).kind == "article"


PIECES = st.sampled_from(
    [
        *(
            "<article id=a>",
            "<time datetime=2031-03-01T10:00:00Z>",
            "10:00",
            "<div class=live>",
            "</div>",
            "<p>",
            "words",
        ),
        *("</article>", "<", "&#0;", "<h2>", '<script type="application/ld+json">', "</script>", "<!--", "<table><tr>"),
        *('{"@type":"LiveBlogPosting","liveBlogUpdate":[{', "\x00", "<svg>", "<template>"),
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=30))
def test_no_html_raises_and_blocks_lie_in_the_text(parts: list[str]) -> None:
    read = page("<html>" + "".join(parts))
    assert len({p.id for p in read.posts}) == len(read.posts)
    for post in read.posts:
        assert all(0 <= b.start < b.end <= len(post.text) for b in post.blocks)
        assert "<script" not in post.text


@pytest.mark.parametrize(
    "time",
    ["2031-03-01T10:00:00+25:00", "0001-01-01T00:00:00", "0001-01-01T00:00:00+02:00", "9999-12-31T23:59:59-10:00"],
)
def test_times_that_cannot_be_are_no_harm(time: str) -> None:
    meta = ld(update("b2", time), update("b1", "2031-03-01T13:10:00Z"), datePublished=time)
    post = (
        '<article id="{0}" class="block"><time datetime="{1}">14:30</time><h2>Dam</h2><p>The dam holds.</p></article>'
    )
    html = document(post.format("b2", time) + post.format("b1", "2031-03-01T13:10:00Z"), meta)
    for zone in ("Asia/Tokyo", "America/New_York"):
        read = page(html, tz=zone)
        assert [p.id for p in read.posts] == ["b2", "b1"]
        assert read.posts[1].time == datetime(2031, 3, 1, 13, 10, tzinfo=UTC)


def test_deep_nesting_is_read_in_bounded_time() -> None:
    read = page("<html><body>" + "<div class=live id=x><time>10:00</time>" * 3_000 + "<p>The end of it all.</p>")
    assert read.problems


@pytest.mark.parametrize(("count", "asked"), [(50, 1), (6_000, 0)])
def test_a_crowded_page_is_no_work_for_the_extractor(count: int, asked: int, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []
    monkeypatch.setattr("onrecord.posts.article._extracted", calls.append)
    words = "The barge left the lock at noon with forty tons of barley. "
    read = page("<html><body><p>" + words + "</p><p>" + words + "<i>and</i> so " * count + "</p></body></html>")
    assert len(calls) == asked
    assert words.strip() in read.posts[0].text


def test_posts_below_the_pages_own_address_are_no_teasers() -> None:
    post = (
        '<article id="u{0}"><time datetime="2031-03-01T1{0}:05:00Z">1{0}:05</time><h2><a href="{1}/u{0}">Street {0} '
        "is closed</a></h2><p>Police said that {0}0 people had left their houses in street {0}.</p></article>"
    )

    def found(where: str, below: str) -> list[str | None]:
        html = document("".join(post.format(n, below) for n in range(5, 0, -1)), title="Live: floods")
        hints = Hints(outlet="Gazette", tz="UTC", url=where)
        read = posts.read(Capture("page.html", html.encode(), "0", datetime(2031, 3, 2, tzinfo=UTC), hints))
        return [p.url for p in read.posts if p.id.startswith("u")]

    live = "https://gazette.example/floods/live"
    assert found(live, "/floods/live") == [f"{live}/u{n}" for n in range(5, 0, -1)]
    assert found(live, "/sport") == []
    assert found("https://gazette.example/floods", "/floods") == []
    assert found("https://gazette.example/floods/live", "http://[") == []


def test_posts_whose_ids_differ_in_the_metadata_are_no_further_posts() -> None:
    body = "".join(
        block(f"x{n}y", f"2031-03-01T1{n}:00:00Z", f"Lock {n} opens", f"<p>Barge number {n} has left the lock.</p>")
        for n in range(6)
    )
    ours = [
        update(
            f"k-{n}", "2031-03-01T20:00:00Z", headline="Floods live", articleBody=f"Barge number {n} has left the lock."
        )
        for n in (5, 4, 3, 2, 1)
    ]
    read = page(document(body, ld(*ours, update("k-0", "2031-03-01T20:00:00Z", headline="Floods live"))))
    assert [p.id for p in read.posts] == [f"x{n}y" for n in range(6)]
    assert [p.url and p.url[-4:] for p in read.posts] == [f"#k-{n}" for n in range(6)]


def test_declared_posts_that_are_not_shown_stay_posts_of_their_own() -> None:
    body = "".join(
        block(f"x{n}", f"2031-03-01T1{n}:00:00Z", f"Lock {n} opens", f"<p>Barge number {n} has left the lock.</p>")
        for n in range(3, 6)
    )
    older = [
        update(f"k-{n}", f"2031-03-01T1{n + 2}:00:00Z", articleBody=f"Barge number {n} has left the lock.")
        for n in (3, 2, 1)
    ]
    assert [p.id for p in page(document(body, ld(*older))).posts] == ["x3", "k-2", "k-1", "x4", "x5"]
