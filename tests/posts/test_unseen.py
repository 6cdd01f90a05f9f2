"""What outlets do that no list foresees: days above the clocks, classes in turns, kinds of post, times in odd places."""
# ruff: noqa: E501

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from onrecord import posts
from onrecord.model import Capture, Hints, Page

WORDS = (
    "The road bridge at Miro has been shut to lorries, the transport ministry said on Saturday.",
    "Engineers at the Tana dam told reporters that the wall holds and that no gate was opened.",
    "Three villages north of the lake have had no power since midnight, the grid company said.",
    "Boats bring water and bread to the school, where two hundred people have slept on mats.",
    "The ferry runs every hour, and the queue at the pier is shorter than it was this morning.",
)


def page(body: str, head: str = "", tz: str | None = "UTC", title: str = "Floods: live updates") -> Page:
    html = f'<!doctype html><html lang="en"><head><title>{title}</title>{head}</head><body><main>{body}</main></body></html>'
    hints = Hints(outlet="Gazette", tz=tz, published=datetime(2031, 3, 2, tzinfo=UTC))
    return posts.read(Capture("page.html", html.encode(), "0", datetime(2031, 3, 3, tzinfo=UTC), hints))


def times(read: Page) -> list[str | None]:
    return [p.time.astimezone(UTC).isoformat()[:16] if p.time else None for p in read.posts]


def item(n: int, clock: str, kind: str = "item") -> str:
    return f'<div class="{kind}" id="i{n}"><span class="clock">{clock}</span><h3>Report number {n}</h3><p>{WORDS[n]}</p></div>'


HEADED = ["2031-03-02T08:10", "2031-03-02T00:20", "2031-03-01T23:50", "2031-03-01T23:45", "2031-02-28T22:00"]
CLOCKS = ["08:10", "00:20", "23:50", "23:45", "22:00"]


@pytest.mark.parametrize(
    "days",
    [
        ("Sunday, 2 March 2031", "Saturday, 1 March 2031", "Friday, 28 February 2031"),
        ("Sonntag, 2. März 2031", "Samstag, 1. März", "Freitag, 28. Februar"),
        ("02.03.2031", "01.03.2031", "28.02.2031"),
        ("2 mars", "1er mars", "28 février"),
        ("March 2", "March 1", "February 28"),
    ],
)
@pytest.mark.parametrize("grouped", [True, False], ids=["grouped", "between"])
def test_days_stand_above_bare_clocks(days: tuple[str, str, str], grouped: bool) -> None:
    groups = ((days[0], (0, 1)), (days[1], (2, 3)), (days[2], (4,)))
    body = ""
    for day, numbers in groups:
        inner = f'<h2 class="day">{day}</h2>' + "".join(item(n, CLOCKS[n]) for n in numbers)
        body += f'<section class="group">{inner}</section>' if grouped else inner
    read = page(f'<div class="live">{body}</div>')
    assert times(read) == HEADED
    assert [p.title for p in read.posts] == [f"Report number {n}" for n in range(5)]


def test_classes_in_turns_and_kinds_of_post_are_one_series() -> None:
    odd = "".join(item(n, CLOCKS[n], f"{'odd' if n % 2 else 'even'} entry") for n in range(4))
    assert len(page(f'<div class="live">{odd}</div>').posts) == 4
    kinds = ("text-post", "picture-post", "text-post", "quote-post", "text-post")
    mixed = "".join(item(n, CLOCKS[n], kinds[n]) for n in range(5))
    assert len(page(f'<div class="live">{mixed}</div>').posts) == 5


@pytest.mark.parametrize(
    "stamp",
    [
        '<time title="March 1, 2031 2:32 PM">3h ago</time>',
        '<time datetime="2031-03-01">14:32</time>',
        '<time datetime="Sat Mar 01 2031 14:32:00 GMT+0000 (Coordinated Universal Time)">3h</time>',
        '<time datetime="Sat, 01 Mar 2031 14:32:00 +0000">3 hours ago</time>',
        '<span class="date" data-timestamp="1930141920.000">vor 3 Stunden</span>',
        '<span class="ts" data-date="2031-03-01 14:32:00">3h</span>',
        '<span class="ts" aria-label="1 March 2031 at 14:32">3h ago</span>',
        '<abbr class="published" title="2031-03-01T15:32:00+01:00">3h</abbr>',
        "<span>1 Mar 2031</span><span>14:32</span>",
        "<b>14:32</b><i>01/03/2031</i>",
        "<span>Sat 1 Mar</span> <span>2:32pm</span>",
        "<span>14:32, 01.03.2031</span>",
        "<span>Mar 1, 2031, 14:32 IST</span>".replace("14:32 IST", "20:02 IST"),
        "<span>2031-03-01 14:32:10</span>",
        "<span>14:32 - 1 mar. 2031</span>",
        "<span>2:32 P.M. GMT on March 1</span>",
    ],
)
def test_a_time_wherever_it_stands(stamp: str) -> None:
    body = "".join(
        f'<article class="upd" id="u{n}"><div class="meta">{stamp}</div><h3>Report {n}</h3><p>{words}</p></article>'
        for n, words in enumerate(WORDS)
    )
    read = page(f'<div class="live">{body}</div>')
    assert times(read) == ["2031-03-01T14:32"] * 5
    assert read.posts[0].text == f"Report 0\n\n{WORDS[0]}"


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ('<p class="byline">By <a href="/a">Ana Sousa</a> and <a href="/b">Jo Park</a></p>', ("Ana Sousa", "Jo Park")),
        ('<p class="byline">Ana Sousa in Miro and Jo Park</p>', ("Ana Sousa", "Jo Park")),
        ('<div class="author"><span class="author-name">Ana Sousa</span><span class="author-role">Chief reporter</span></div>', ("Ana Sousa",)),
        ('<div class="c"><a href="/profile/ana-sousa">Ana Sousa</a></div>', ("Ana Sousa",)),
        ('<div class="c"><a rel="author" href="/x">Ana Sousa</a></div>', ("Ana Sousa",)),
        ('<div class="posted">Posted by Ana Sousa</div>', ("Ana Sousa",)),
        ('<p class="byline">Анна Коваль</p>', ("Анна Коваль",)),
        ('<p class="byline">Od Łukasz Żak</p>'.replace("Od ", ""), ("Łukasz Żak",)),
        ('<span itemprop="author" itemscope><span itemprop="name">Ana Sousa</span></span>', ("Ana Sousa",)),
        ('<p class="byline">Ana Sousa, Gazette correspondent</p>', ("Ana Sousa",)),
        ('<p class="byline">By ANA SOUSA</p>', ("Ana Sousa",)),
    ],
)  # fmt: skip
def test_who_signs(byline: str, names: tuple[str, ...]) -> None:
    body = "".join(
        f'<article class="upd" id="u{n}"><time datetime="2031-03-01T14:3{n}:00Z">14:3{n}</time><h3>Report {n}</h3>{byline}<p>{words}</p></article>'
        for n, words in enumerate(WORDS)
    )
    read = page(f'<div class="live">{body}</div>')
    assert {p.authors for p in read.posts} == {names}
    assert read.posts[0].text == f"Report 0\n\n{WORDS[0]}"


@pytest.mark.parametrize(
    "mark",
    [
        '<span class="badge">Key event</span>', '<span class="tag">Breaking</span>', '<span class="x">Wichtig</span>', '<span class="x">Eilmeldung</span>',
        '<span class="x">Temps fort</span>', '<span class="x">Destacado</span>', '<div class="key-event-icon" aria-label="Key event"></div>',
        '<div class="is-key"></div>', '<svg class="icon-key-event"></svg><span class="visually-hidden">Key event</span>',
    ],
)  # fmt: skip
def test_a_key_post_is_marked(mark: str) -> None:
    body = "".join(
        f'<article class="upd" id="u{n}"><p class="m"><time datetime="2031-03-01T14:3{n}:00Z">14:3{n}</time>{mark if n == 1 else ""}</p><h3>Report {n}</h3><p>{words}</p></article>'
        for n, words in enumerate(WORDS)
    )
    assert [p.key for p in page(f'<div class="live">{body}</div>').posts] == [False, True, False, False, False]


def test_messages_of_others_keep_their_times_and_names() -> None:
    tweet = '<blockquote class="twitter-tweet"><p>The gates stay shut tonight.</p>— Tana Water (@tana) <a href="https://twitter.com/tana/status/99">March 1, 2031</a></blockquote>'
    body = "".join(
        f'<article class="upd" id="u{n}">{tweet}<h3>Report {n}</h3><p>{words}</p><p class="foot"><span class="author">Ana Sousa</span> <time datetime="2031-03-01T14:3{n}:00Z">14:3{n}</time></p></article>'
        for n, words in enumerate(WORDS)
    )
    read = page(f'<div class="live">{body}</div>')
    assert times(read) == [f"2031-03-01T14:3{n}" for n in range(5)]
    assert {p.authors for p in read.posts} == {("Ana Sousa",)}


def test_the_offset_of_the_page_s_own_stamp_is_its_zone() -> None:
    head = '<meta property="article:modified_time" content="2031-03-01T23:00:00+03:00">'
    body = "".join(item(n, c) for n, c in enumerate(("14:32", "14:05", "13:10")))
    read = page(f'<div class="live"><h2>1 March 2031</h2>{body}</div>', head, tz=None)
    assert times(read) == ["2031-03-01T11:32", "2031-03-01T11:05", "2031-03-01T10:10"]
