"""Pages that hold many times and are no live coverage → one article, or nothing."""
# ruff: noqa: E501

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from onrecord import posts
from onrecord.model import Capture, Hints, Page

STORY = "".join(
    f"<p>{text}</p>"
    for text in (
        "The inquiry into the Tana dam will last until autumn, its chair told the committee on roads and water.",
        "Newsrooms ran a live blog for nine days, and its posts at 14:05 and 15:10 were read out in the hall.",
        "A live page shows what came in and when, said Rosa Lind, who teaches reporting at the coast college.",
        "The hearing goes on in Miro on Tuesday, when two engineers of the grid company are to be asked.",
    )
)


def teaser(n: int) -> str:
    return (
        f'<article class="card-{n}" id="card-{n}"><a href="/news/{n}"><h3>What the flood of year {n} left behind in the valley</h3></a>'
        f'<p>A look at the long way back to the houses by the lake.</p><time datetime="2031-02-2{n}T10:00:00Z">10:0{n}</time></article>'
    )


def reader(n: int) -> str:
    return (
        f'<li class="thread-item" id="t-{n}"><span class="who">Reader {n}</span><time datetime="2031-03-01T1{n}:00:00Z">1{n}:00</time>'
        "<p>I was at the dam in those days, and nobody told us a thing about the gates at all.</p></li>"
    )


def episode(n: int) -> str:
    return (
        f'<div class="pod" id="ep{n}"><h3><a href="/listen/{n}">Episode {n}: The water</a></h3><time datetime="2031-0{n}-01T06:00:00Z">1 month {n}</time>'
        "<p>We talk with people from the valley about what they saw and what they lost.</p></div>"
    )


def answer(n: int) -> str:
    return (
        f'<div class="answer" id="answer-{n}" data-answerid="{n}"><div class="votes">{n}</div><div class="post-text"><p>You may set the gauge to zero first, and then '
        f'read it {n} times a day at the same hour.</p></div><div class="user"><time datetime="2031-03-01T1{n}:00:00Z">answered 1 March at 1{n}:00</time> <a href="/users/{n}">Reader {n}</a></div></div>'
    )


def excerpt(n: int) -> str:
    return (
        f'<article id="post-{n}" class="post type-post hentry"><header><h2 class="entry-title"><a href="https://gazette.example/2031/03/story-{n}" rel="bookmark">A story of the valley, part {n}</a></h2>'
        f'<time class="entry-date" datetime="2031-03-01T0{n}:12:00Z">March 1, 2031</time> <span class="author">Ana Sousa</span></header>'
        f'<div class="entry-summary"><p>Part {n} of our look at what became of the people by the lake, and of their houses and boats. <a href="/2031/03/story-{n}">Read on</a></p></div></article>'
    )


def release(n: int) -> str:
    return f'<section id="v{n}"><h2>Version {n}.0</h2><time datetime="2031-0{n}-01">1.{n}.2031</time><ul><li>The gauge reads faster than it did before.</li><li>The map shows the lakes.</li></ul></section>'


def review(n: int) -> str:
    return (
        f'<li class="review" id="review-{n}" itemprop="review" itemscope itemtype="https://schema.org/Review"><span itemprop="author">Reader {n}</span><time itemprop="datePublished" datetime="2031-02-1{n}T10:00:00Z">1{n} February 2031</time>'
        f'<p itemprop="reviewBody">A quiet house with a view of the lake, and the ferry stops at the door {n} times a day.</p></li>'
    )


def message(n: int) -> str:
    return (
        f'<div class="message" id="msg{n}"><div class="message-user"><a href="/m/{n}">boat{n}</a></div><div class="message-date"><time datetime="2031-02-{10 + 2 * n}T10:0{n}:00Z">{10 + 2 * n} Feb 2031</time></div>'
        f'<div class="message-body">Does any of you know at what level they open the gate? I have asked {n} times now and nobody tells me.</div></div>'
    )


def programme(n: int) -> str:
    return f'<li class="slot" id="s{n}"><time datetime="2031-03-01T1{n}:00:00Z">1{n}:00</time><h3>The valley today, part {n}</h3><p>A look at the news of the valley with Rosa Lind and her guests in the hall.</p></li>'


NEWS = {"@type": "NewsArticle", "headline": "Inquiry to last", "datePublished": "2031-03-01T09:00:00Z"}
BODIES = {
    "an article about live blogs": f"<main><h1>How live blogs work</h1>{STORY * 2}</main>",
    "an article with related stories": f"<main><h1>Inquiry to last</h1>{STORY}</main><section>{''.join(map(teaser, range(1, 8)))}</section>",
    "an article with a thread of readers": f'<main><h1>Inquiry to last</h1>{STORY}</main><section class="discussion"><ul>{"".join(map(reader, range(1, 9)))}</ul></section>',
    "a thread that does not say what it is": f"<main><h1>Inquiry to last</h1>{STORY * 3}</main><section><ul>{''.join(map(reader, range(1, 6)))}</ul></section>",
    "an article with a chronology": "<main><h1>Five days of rain</h1>"
    + "".join(f"<h2>{n} March, 10:0{n}</h2>{STORY}" for n in range(1, 5))
    + "</main>",
}
FRONTS = {
    "questions and answers": f"<main><h1>How do I read a gauge?</h1><div class=question id=question><p>It shows nothing at all.</p></div><div id=answers>{''.join(map(answer, range(1, 7)))}</div></main>",
    "a weblog's front": f'<main id="main" class="site-main">{"".join(map(excerpt, range(1, 9)))}</main>',
    "notes on versions": f"<main><h1>What is new</h1>{''.join(map(release, range(1, 7)))}</main>",
    "reviews of a house": f"<main><h1>House by the lake</h1><p>Two rooms.</p><ul>{''.join(map(review, range(1, 8)))}</ul></main>",
    "a board's thread": f'<main><h1>Gates</h1><div class="messages">{"".join(map(message, range(1, 8)))}</div></main>',
    "what is on tonight": f'<main><h1>On the screen tonight</h1><ul class="schedule">{"".join(map(programme, range(8)))}</ul></main>',
    "a section front": f"<main><h1>World</h1>{''.join(map(teaser, range(1, 9)))}</main>",
    "a timetable": f"<main><h1>Buses live</h1>{''.join(f'<li id=b{n}><time>1{n}:00</time> Miro</li>' for n in range(9))}</main>",
    "a list of episodes": f"<main><h1>The water</h1>{''.join(map(episode, range(1, 9)))}</main>",
}


def page(body: str, ld: object = None) -> Page:
    script = f'<script type="application/ld+json">{json.dumps(ld)}</script>' if ld else ""
    html = f"<!doctype html><html lang=en><head><title>Inquiry to last</title>{script}</head><body>{body}</body></html>"
    hints = Hints(outlet="Gazette", published=datetime(2031, 3, 1, tzinfo=UTC))
    return posts.read(Capture("page.html", html.encode(), "0", datetime(2031, 3, 2, tzinfo=UTC), hints))


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_an_article_is_one_post(body: str) -> None:
    read = page(body, NEWS)
    assert (read.kind, len(read.posts)) == ("article", 1)
    assert "Rosa Lind" in read.posts[0].text
    assert "nobody told us" not in read.posts[0].text


@pytest.mark.parametrize("body", FRONTS.values(), ids=FRONTS)
def test_a_list_of_stories_is_no_live_page(body: str) -> None:
    read = page(body)
    assert read.kind == "article"
    assert len(read.posts) <= 1
