"""Where pages go on."""

from __future__ import annotations

from dataclasses import replace
from time import process_time

import pytest

from onrecord.model import Page, PageKind, Post
from onrecord.posts.paging import more

AT = "https://nord.example/live/halden"


def goes_on(markup: str, base: str = AT, kind: PageKind = "live") -> str | None:
    found = more(markup.encode(), Page("page", kind), base)
    return found.removeprefix("https://nord.example") if found else None


@pytest.mark.parametrize(
    ("markup", "base", "to"),
    [
        ('<link rel="next" href="/live/halden?page=2">', AT, "/live/halden?page=2"),
        ('<a class="b" rel="nofollow next" href="?from=17&amp;n=9#top">x</a>', AT, "/live/halden?from=17&n=9"),
        ('<a href="/live/halden?before=17"><b>Older</b> <svg></svg>posts »</a>', AT, "/live/halden?before=17"),
        ('<a aria-label="Earlier updates" href="?before=9"></a>', AT, "/live/halden?before=9"),
        ('<button data-next-url="/live/halden/more?c=1">+</button>', AT, "/live/halden/more?c=1"),
        ('<a href="?page=3">3</a><a href="?page=2">2</a>', AT, "/live/halden?page=2"),
        ('<a href="?page=3">3</a><a href="?page=1">1</a>', f"{AT}?page=2", "/live/halden?page=3"),
        ('<a href="/live/halden/page/3/">3</a>', f"{AT}/page/2/", "/live/halden/page/3/"),
        ('<a href="/live/halden.html?page=2">2</a>', f"{AT}.html", "/live/halden.html?page=2"),
    ],
)
def test_links_that_lead_on(markup: str, base: str, to: str) -> None:
    assert goes_on(markup, base) == to


@pytest.mark.parametrize(
    "markup",
    [
        '<link rel="next" href="/live/other-story">',  # the next article of the site
        '<link rel="next" href="https://fjord.example/live/halden?page=2">',
        '<a rel="next" href="/live/halden#older">Older posts</a>',
        '<a href="/live/halden">Older posts</a>',
        '<a rel="next" href="javascript:more()">Older posts</a>',
        '<a href="?share=mail">Show comments</a>',
        '<a rel="next" href="http://[::1">x</a>',
        '<a href="/live/halden?page=9">9</a>',
    ],
)
def test_links_that_do_not(markup: str) -> None:
    assert goes_on(markup) is None


def test_a_posts_own_address_is_no_second_part() -> None:
    post = Post("p2", "The river fell.", (), url=f"{AT}/p2")
    page = Page("page", "live", posts=(post,))
    assert more(f'<a href="{AT}/p2">2</a>'.encode(), page, AT) is None
    assert more(f'<a href="{AT}/p2">2</a>'.encode(), replace(page, posts=()), AT) == f"{AT}/p2"


def test_payloads_and_feeds_go_on_too() -> None:
    api = "https://nord.example/api/posts"
    assert goes_on('{"next_url": "https:\\/\\/nord.example\\/api\\/posts?p=2"}', api, "payload") == "/api/posts?p=2"
    assert goes_on('{"_links": {"next": {"title": "next", "href": "posts?page=2"}}}', api, "payload") == (
        "/api/posts?page=2"
    )
    assert goes_on('{"next": {"title": "Another story"}}', api, "payload") is None
    assert goes_on('<feed><link rel="next" href="/feed?paged=2"/>', "https://nord.example/feed", "feed") == (
        "/feed?paged=2"
    )
    assert goes_on('<link rel="next" href="/live/halden?page=2">', AT, "article") is None


def test_what_the_server_names_counts_as_a_link_of_the_page() -> None:
    def next_of(told: str, kind: PageKind = "live") -> str | None:
        return more(b"<p>x</p>", Page("page", kind), AT, told)

    assert next_of("?page=2") == f"{AT}?page=2"
    assert next_of("/live/other-story") is None
    assert next_of("https://fjord.example/live/halden?page=2", "payload") is None


def test_hostile_pages_take_bounded_time() -> None:
    started = process_time()
    for text in ("<a x " * 100_000, '<a href="' + "a" * 300_000, "<a href='?p=2'>" + "<b>" * 100_000,
                 "<a href=?page=3>" * 30_000, '"next":{' * 100_000, '"next_url":"' + "\\" * 200_000):  # fmt: skip
        goes_on(text)
        goes_on(text, kind="payload")
    assert process_time() - started < 10
