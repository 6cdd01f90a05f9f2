"""Invented pages in the structures of live-page systems: a frame and a post, filled with the same four posts."""
# ruff: noqa: E501

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Told:
    """A post as every page of this module tells it."""

    id: str
    time: datetime
    author: str
    title: str
    body: tuple[str, ...]
    key: bool = False


POSTS = (
    Told(
        "7f3a91c4e2d00a1b",
        datetime(2031, 3, 1, 14, 32, tzinfo=UTC),
        "Ana Sousa",
        "Bridge at Miro shut to lorries",
        ("The road bridge at Miro has been shut to lorries, the transport ministry said on Saturday.",
         "Buses are sent round by the old ferry, which adds two hours to the way."),
        True,
    ),
    Told(
        "7f3a8e11b8f0c377",
        datetime(2031, 3, 1, 14, 5, tzinfo=UTC),
        "Jo Park",
        "Dam still holds",
        ("Engineers at the Tana dam told reporters that the wall holds and that no gate was opened.",),
    ),
    Told(
        "7f3a8d00b8f0c9d2",
        datetime(2031, 3, 1, 13, 10, tzinfo=UTC),
        "Ana Sousa",
        "In pictures: the flooded market",
        (),
    ),
    Told(
        "7f3a7c52a990b014",
        datetime(2031, 3, 1, 9, 48, tzinfo=UTC),
        "Li Wei",
        "Three villages without power",
        ("Three villages north of the lake have had no power since midnight, the grid company said.",
         "It hopes to reach the lines by boat before dark.",
         "About four hundred homes are cut off."),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class System:
    """How one kind of page is built, and what of the posts it shows."""

    post: str
    frame: str = "{posts}"
    paragraph: str = "<p>{0}</p>"
    key: str = ""
    """What shows that a post is a key one, "" where nothing does."""
    zone: str = "UTC"
    page_zone: str | None = None
    """The zone that the page's reader is told, where the page prints none."""
    author: bool = True
    title: bool = True
    ids: bool = True
    ld: str = ""
    """ "right", "stamped" (one time and author on all) or "none"."""
    head: str = ""
    url: str = "https://gazette.example/world/live/2031/mar/01/floods-live"


def fields(told: Told, system: System, number: int) -> dict[str, str]:
    local = told.time.astimezone(ZoneInfo(system.zone))
    half = "a.m." if local.hour < 12 else "p.m."
    return {
        "id": told.id,
        "n": str(number),
        "num": str(4410200 - 7 * number),
        "iso": told.time.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
        "localiso": local.isoformat(),
        "naive": local.strftime("%Y-%m-%dT%H:%M:%S"),
        "epoch": str(int(told.time.timestamp())),
        "ms": str(int(told.time.timestamp() * 1000)),
        "hm": local.strftime("%H:%M"),
        "dot": local.strftime("%H.%M"),
        "hm_h": local.strftime("%Hh%M"),
        "spaced": local.strftime("%Y-%m-%d %H:%M:%S"),
        "h12": f"{local.hour % 12 or 12}:{local.minute:02d} {half}",
        "h12s": f"{local.hour % 12 or 12}:{local.minute:02d}{half.replace('.', '')}",
        "H12": f"{local.hour % 12 or 12}:{local.minute:02d} {half.replace('.', '').upper()}",
        "day": f"{local.day} {local:%B}",
        "dayus": f"{local:%B} {local.day}, {local.year}",
        "dayyear": f"{local.day} {local:%B} {local.year}",
        "author": told.author,
        "title": told.title,
        "body": "".join(system.paragraph.format(p) for p in told.body),
        "key": system.key if told.key else "",
    }


def html(system: System) -> str:
    posts = "".join(system.post.format(**fields(t, system, n)) for n, t in enumerate(POSTS))
    body = system.frame.replace("{posts}", posts)
    ld = f'<script type="application/ld+json">{json.dumps(metadata(system))}</script>' if system.ld else ""
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Floods in Tana: live updates</title>'
        f'<link rel="canonical" href="{system.url}"><meta property="article:published_time" content="2031-03-01T08:02:11Z">'
        f"{system.head}{ld}</head><body><header><nav><ul><li><a href=/>Home</a></li><li><a href=/w>World</a></li></ul></nav></header>"
        f"{body}<footer><p>© Gazette 2031. All rights reserved. Updated 1 March 2031 23:59</p></footer></body></html>"
    )


def metadata(system: System) -> dict[str, object]:
    stamped = system.ld == "stamped"
    updates = [
        {
            "@type": "BlogPosting",
            "url": f"{system.url}#{t.id}",
            "headline": "Floods in Tana: live updates" if stamped else t.title,
            "datePublished": "2031-03-01T18:00:00Z" if stamped else t.time.isoformat(),
            "author": {"@type": "Person", "name": "Gazette Desk" if stamped else t.author},
            "articleBody": " ".join(t.body),
        }
        for t in POSTS
    ]
    return {
        "@context": "https://schema.org",
        "@type": "LiveBlogPosting",
        "url": system.url,
        "coverageEndTime": "2031-03-02T08:00:00Z",
        "headline": "Floods in Tana: live updates",
        "author": {"@type": "Person", "name": "Gazette Desk"},
        "publisher": {"@type": "Organization", "name": "Gazette"},
        "liveBlogUpdate": updates,
    }


_TEASERS = (
    '<aside class="recirc"><h2>More on this story</h2><ul>'
    + "".join(
        f'<li class="card" id="card-{n}"><a href="/a/{n}"><h3>A look back at flood number {n}</h3></a>'
        f'<time datetime="2031-02-2{n}T10:00:00Z">2{n} Feb 2031 10.00 GMT</time><p>What we learned from it then.</p></li>'
        for n in range(1, 8)
    )
    + "</ul></aside>"
)

SYSTEMS: dict[str, System] = {
    "blocks with data-component": System(
        frame=(
            '<main data-layout="LiveLayout"><section data-component="key-events"><ul>'
            + "".join(
                f'<li><a href="?filterKeyEvents=false&page=with:block-{i}#block-{i}"><time datetime="2031-03-01T{h}:00.000Z">'
                f"{h}</time><span>{t}</span></a></li>"
                for i, h, t in (
                    ("7f3a91c4e2d00a1b", "14:32", "Bridge at Miro shut to lorries"),
                    ("6e00aa11bb22cc33", "06:10", "Rain warning for the whole north"),
                    ("6e00aa11bb22cc44", "05:10", "A first road is closed"),
                )
            )
            + '</ul></section><div id="liveblog-body"><div id="maincontent">{posts}</div></div></main>' + _TEASERS
        ),
        post=(
            '<article id="block-{id}" data-component="live-block" class="block dcr-1x2{n}{key}" tabindex="0">'
            '<header class="dcr-h1"><div class="dcr-t"><a href="?page=with:block-{id}#block-{id}" class="dcr-l">'
            '<time datetime="{iso}" data-relativeformat="med" class="dcr-time">3h ago</time><span class="dcr-x">{dot} GMT</span></a></div>'
            '<h2 class="dcr-h2" id="{title}">{title}</h2>'
            '<div class="dcr-b"><div class="dcr-i"><img src="p.png" alt="{author}"></div>'
            '<span class="dcr-n">{author}</span></div></header><div class="dcr-body">{body}</div>'
            '<footer class="dcr-f"><div data-print-layout="hide"><gu-island name="ShareButton"><a href="mailto:x">Share</a></gu-island></div>'
            '<span class="dcr-u"><time datetime="2031-03-01T19:00:00.000Z">Updated at 19.00 GMT</time></span></footer></article>'
        ),
        ld="stamped",
    ),
    "stream posts with posted at": System(
        frame='<div class="lx-stream"><ol class="gs-u-m0 gs-u-p0 lx-stream__feed qa-stream">{posts}</ol></div>',
        post=(
            '<li class="lx-stream__post-container"><article class="qa-post gs-u-pb-alt+ lx-stream-post gs-u-align-left" id="post_{id}">'
            '<header class="lx-stream-post__header"><h3 class="lx-stream-post__header-title"><span class="lx-stream-post__header-text">{title}</span></h3>'
            '<div class="lx-stream-post__meta"><time class="lx-stream-post__meta-time gs-u-align-middle"><span class="gs-u-vh">Posted at </span>'
            '<span class="qa-post-auto-meta">{hm}{key}</span></time></div></header>'
            '<div class="gs-u-mb+ gel-body-copy qa-post-body"><div class="lx-stream-post__contributor"><p class="qa-contributor-name '
            'lx-stream-post__contributor-name gel-long-primer-bold">By {author}</p>'
            '<p class="qa-contributor-role lx-stream-post__contributor-description">Gazette News</p></div>{body}</div>'
            '<div class="lx-share-tools"><button>Share this post</button></div></article></li>'
        ),
        zone="Europe/London",
        page_zone="Europe/London",
    ),
    "assets with hashed classes": System(
        frame='<main id="main-content"><div data-testid="live-feed"><ol role="list" class="ssrcss-ol">{posts}</ol></div></main>',
        post=(
            '<li class="ssrcss-1{n}-Li"><article data-testid="content-post" class="ssrcss-9z-PostContainer" id="asset:{id}">'
            '<header class="ssrcss-8-Header"><h3 class="ssrcss-q1-Heading" tabindex="-1"><span role="text"><span class="ssrcss-e-H">{title}</span>'
            '<span class="visually-hidden ssrcss-vh">published at {hm} Greenwich Mean Time {day}</span></span></h3></header>'
            '<div class="ssrcss-cc-Meta"><span data-testid="timestamp" class="ssrcss-ts"><span class="ssrcss-0">{hm} GMT {day}</span></span></div>'
            '<div class="ssrcss-k-Contributor"><div class="ssrcss-av"><img alt="" src="a.png"></div><div><span class="ssrcss-68-TextContributorName">{author}</span>'
            '<br><span class="ssrcss-84-Role">Reporting from Miro</span></div></div>'
            '<div data-component="text-block" class="ssrcss-11-Rich">{body}</div>'
            '<div class="ssrcss-share"><button>Share</button></div></article></li>'
        ),
    ),
    "live story posts, time of a zone": System(
        frame='<section class="live-story__items-container" data-zone-label="posts">{posts}</section>',
        post=(
            '<div class="live-story-post liveStoryPost" data-component-name="live-story-post" data-unique-identifier="{id}" id="{id}">'
            '<header class="live-story-post__header"><h2 id="h-{id}" class="live-story-post__headline inline-placeholder">{title}</h2></header>'
            '<div class="live-story-post__byline-and-share"><div class="byline live-story-post__byline">From Gazette\'s <a href="/x">{author}</a></div></div>'
            '<div class="live-story-post__content">{body}</div>'
            '<div class="live-story-post__timestamp timestamp">{h12} ET, {dayus}</div></div>'
        ),
        zone="America/New_York",
    ),
    "old live story, link time": System(
        frame='<div id="posts-and-button">{posts}</div>',
        post=(
            '<article id="h_{id}" class="sc-cJSrbW poststyles__PostBox-sc-1egoi1-0 bzDvvg"><header class="poststyles__Header-sc-1"><span '
            'data-type="post-time">{h12} ET, {dayus}</span><h2 class="post-headlinestyles__Headline-sc-2 cuCNRr">{title}</h2></header>'
            '<p data-type="byline-area" class="sc-hZSUBg">From Gazette\'s {author} in Miro</p><div>{body}</div></article>'
        ),
        zone="America/New_York",
    ),
    "live-blog-post with data-timestamp": System(
        frame='<section name="articleBody"><div id="live-feed-items">{posts}</div></section>',
        post=(
            '<div data-testid="live-blog-post" class="live-blog-post css-1wz7y3" id="bridge-{id}" data-source-id="{num}"><article><div class="css-8h1x">'
            '<div class="live-blog-post-meta css-17"><time class="css-1sbuyqj" datetime="{localiso}"><span data-timestamp="{ms}">{dayus}, {h12} ET</span></time>'
            '<div class="css-by"><span class="byline-prefix">By </span><span itemprop="name" class="css-1bas">{author}</span></div></div>'
            '<h2 class="live-blog-post-headline css-4"><a href="#bridge-{id}">{title}</a></h2>'
            '<div class="live-blog-post-content">{body}</div></div></article></div>'
        ),
        zone="America/New_York",
    ),
    "clock ago and hidden clock": System(
        frame='<main id="main-content-area"><div class="wysiwyg wysiwyg--all-content"><ul class="live-blog-list">{posts}</ul></div></main>',
        post=(
            '<li class="card-live" id="liveblog-entry-{num}"><div class="card-live__content-area"><div class="card-live__timestamp">'
            '<div class="date-relative"><span class="date-relative__liveblog" aria-hidden="true">{n}h ago</span> <span>({hm} GMT)</span></div></div>'
            '<h2 class="card-live__title">{title}</h2><div class="card-live__body">{body}</div></div></li>'
        ),
        author=False,
    ),
    "microdata feed": System(
        frame=(
            '<div itemscope itemtype="https://schema.org/LiveBlogPosting"><meta itemprop="coverageStartTime" content="2031-03-01T08:00:00Z">{posts}</div>'
        ),
        post=(
            '<div class="feed-item" itemprop="liveBlogUpdate" itemscope itemtype="http://schema.org/BlogPosting" data-id="{num}">'
            '<meta itemprop="datePublished" content="{localiso}"><meta itemprop="dateModified" content="2031-03-01T22:00:00Z">'
            '<span class="t">{hm}</span><h3 itemprop="headline">{title}</h3><span itemprop="author" itemscope itemtype="http://schema.org/Person">'
            '<span itemprop="name">{author}</span></span><div itemprop="articleBody">{body}</div></div>'
        ),
        zone="Europe/Dublin",
    ),
    "time at the foot": System(
        frame='<article><h1>Floods in Tana</h1><div id="main" class="live-blog">{posts}</div></article>',
        post=(
            '<div id="post-{num}" class="sc-a1 post"><h2 class="sc-b2">{title}</h2>{body}<div class="sc-c3 author-row">'
            '<span class="author">{author}</span><span class="sc-d4">{dayyear} {hm}</span></div></div>'
        ),
        page_zone="Europe/London",
    ),
    "live-post with clock of twelve hours": System(
        frame='<section class="live-posts" id="posts">{posts}</section>',
        post=(
            '<article class="live-post js-live-post component{key}" data-id="{num}" id="update-{num}"><header class="live-post__header">'
            '<time class="live-post__datetime e-datetime" datetime="{localiso}" itemprop="datePublished"><span class="e-date">1 March</span> {h12s}</time>'
            '<h3 class="live-post__title">{title}</h3><div class="live-post__byline"><a rel="author" href="/a">{author}</a></div></header>'
            '<div class="live-post__body">{body}</div></article>'
        ),
        key=" live-post--key-event",
    ),
    "posts numbered by data attribute": System(
        frame='<div class="sdc-article-liveblog"><div id="livefyre" class="sdc-site-liveblog" data-role="live-blog">{posts}</div></div>',
        post=(
            '<div class="ncpost nc-post" data-post-id="{num}" data-created="{iso}"><div class="nc-post__head"><span class="nc-time" '
            'data-nc-timestamp="{ms}">{hm}</span><h3 class="nc-post__title">{title}</h3></div>'
            '<div class="nc-author"><span class="nc-author-name">{author}</span></div><div class="nc-body">{body}</div></div>'
        ),
    ),
    "AMP live list": System(
        frame=(
            '<amp-live-list id="live" data-poll-interval="15000" data-max-items-per-page="20"><button update on="tap:live.update">You have updates</button>'
            '<div items>{posts}<div id="post-gone" data-sort-time="1930100000" data-tombstone></div></div><div pagination></div></amp-live-list>'
        ),
        post=(
            '<div id="post{num}" data-sort-time="{ms}" data-update-time="1930163000000" class="blog-item{key}"><h2>{title}</h2>'
            '<div class="meta"><span class="by">{author}</span> <span class="when">{hm}</span></div>{body}</div>'
        ),
        key=" key-event",
    ),
    "entries of a plug-in": System(
        frame='<div id="wpcom-liveblog-container"><div id="liveblog-entries">{posts}</div></div>',
        post=(
            '<div id="id_{num}" class="liveblog-entry{key}" data-timestamp="{epoch}"><aside class="liveblog-entry-aside">'
            '<a class="liveblog-entry-time" href="?lbup={num}" data-entry-id="id_{num}"><abbr class="liveblog-timestamp"><span>{n} hours ago</span>'
            "<span>{dayus}</span></abbr></a></aside><div class='liveblog-entry-main'><div class='liveblog-meta-authors'>"
            '<span class="liveblog-meta-author"><span class="liveblog-author-avatar"><img></span><span class="liveblog-author-name">{author}</span></span></div>'
            '<div class="liveblog-entry-content"><h2>{title}</h2>{body}</div></div></div>'
        ),
        key=" type-key",
    ),
    "lb-post": System(
        frame='<div class="lb-timeline"><section class="timeline-body"><section class="timeline-top"></section><div class="lb-posts list-group normal">{posts}</div></section></div>',
        post=(
            '<article class="lb-post list-group-item show-author{key}" data-post-id="urn:newsml:localhost:2031-03-01T12:00:00.1:{id}" '
            'data-js-post-id="urn:newsml:{id}" data-update-id="{n}"><div class="lb-post-time"><time class="lb-post-date" data-js-timestamp="{localiso}" datetime="{localiso}">{hm}</time></div>'
            '<div class="lb-type lb-author"><div class="lb-author__name">{author}</div></div>'
            '<div class="lb-item"><article><h3>{title}</h3>{body}</article></div><div class="lb-post__share"><button>Share</button></div></article>'
        ),
        key=" lb-post-highlighted",
        zone="Europe/Prague",
    ),
    "event cards of a publisher of towns": System(
        frame='<div class="live-event-entries"><div class="entries">{posts}</div></div>' + _TEASERS,
        post=(
            '<div class="lead-entry entry live-event-entry" data-channel="x" id="{num}"><div class="entry-head"><span class="{key}"></span>'
            '<time class="entry-time" datetime="{localiso}"><span class="hour">{hm}</span></time><div class="entry-author">'
            '<span class="author-label">{author}</span></div></div><div class="entry-body"><h3>{title}</h3>{body}</div></div>'
        ),
        key="key-event-badge",
        zone="Europe/London",
    ),
    "cards with data-card-id": System(
        frame='<div class="arena-embed"><div class="arena-liveblog"><div class="cards">{posts}</div></div></div>',
        post=(
            '<div class="arena-card-wrap" role="listitem"><div class="arena-card" data-card-id="{id}"><div class="card-sender"><span class="sender-name">{author}</span>'
            '<time class="card-timestamp" title="{iso}" datetime="{iso}">{n} hours ago</time></div><div class="card-title">{title}</div><div class="card-text">{body}</div></div></div>'
        ),
    ),
    "list of news items": System(
        frame='<div id="LB24"><ul class="lb24-base-list-ul">{posts}</ul></div>',
        post=(
            '<li class="lb24-base-list-ul-li lb24-base-news" id="lb24-news-{num}" data-nid="{num}"><div class="lb24-base-news-date">'
            '<span class="lb24-base-news-day">{dayus}</span> <span class="lb24-base-news-hour">{hm}</span></div>'
            '<h3 class="lb24-base-news-title">{title}</h3><div class="lb24-base-news-content">{body}</div>'
            '<div class="lb24-base-news-creator">{author}</div></li>'
        ),
        author=False,
    ),
    "timeline without ids": System(
        frame='<article class="liveticker"><h1>Floods live</h1><div class="ticker">{posts}</div></article>',
        post='<div class="ticker-entry"><p class="ticker-time">{hm}</p><h2>{title}</h2>{body}</div>',
        ids=False,
        author=False,
        page_zone="UTC",
    ),
    "posts in pairs of siblings": System(
        frame='<div class="live-updates" id="updates"><dl>{posts}</dl></div>',
        post='<dt id="u{num}"><time datetime="{iso}">{hm}</time></dt><dd><h3>{title}</h3>{body}<p class="byline">{author}</p></dd>',
    ),
    "posts of headings and paragraphs": System(
        frame='<div class="article-body live">{posts}</div>',
        post='<h2 id="entry-{num}"><time datetime="{iso}">{hm}</time> {title}</h2>{body}',
        author=False,
    ),
    "pinned post above its own copy": System(
        frame=(
            '<div id="pinned"><article class="blk" id="block-7f3a8e11b8f0c377" data-pinned="true"><time datetime="2031-03-01T14:05:00Z">14:05</time>'
            "<h2>Dam still holds</h2><p>Engineers at the Tana dam told reporters that the wall holds and that no gate was opened.</p></article></div>"
            '<div id="feed">{posts}</div>'
        ),
        post='<article class="blk" id="block-{id}"><time datetime="{iso}">{hm}</time><h2>{title}</h2>{body}</article>',
        author=False,
    ),
    "ticker posts with date and Uhr": System(
        frame='<section class="liveblog"><div class="liveblog__list">{posts}</div></section>',
        post=(
            '<div class="liveblog__post" id="{title}" data-id="{num}"><div class="liveblog__datetime">{hm} Uhr</div>'
            '<h2 class="liveblog__headline">{title}</h2><div class="liveblog__text">{body}</div></div>'
        ),
        page_zone="Europe/Berlin",
        zone="Europe/Berlin",
        author=False,
    ),
    "sections with aria labels": System(
        frame='<main><section aria-label="Live updates">{posts}</section></main>',
        post=(
            '<section class="_3f9a2" data-uid="{id}"><div class="_a1"><span class="_t9">{H12} GMT</span><span> · </span><span class="_p3">{author}</span></div>'
            '<h3 class="_h2">{title}</h3><div class="_b7">{body}</div></section>'
        ),
    ),
    "date headings between bare clocks": System(
        frame='<div class="liveblog"><h2 class="day">Saturday, 1 March 2031</h2><div class="items">{posts}</div></div>',
        post='<div class="item" id="i{num}"><span class="clock">{hm}</span><h3>{title}</h3><div>{body}</div><span class="by">{author}</span></div>',
    ),
    "accordion of list items with strong clocks": System(
        frame='<div class="live-updates"><ul class="updates">{posts}</ul></div>',
        post='<li class="update"><p><strong>{H12}</strong></p><h3>{title}</h3>{body}</li>',
        ids=False,
        author=False,
        page_zone="UTC",
    ),
    "anchors before each post": System(
        frame='<div class="story-body">{posts}</div>',
        post='<a name="{id}" id="{id}"></a><div class="chunk"><h3>{title}</h3><p class="meta">By {author}, {dayyear}, {hm} GMT</p>{body}</div>',
        ld="stamped",
    ),
    "heading with the id": System(
        frame='<div class="story-body">{posts}</div>',
        post='<div class="chunk-{n}"><div class="head"><h3 id="{id}">{title}</h3><span class="meta"><time datetime="{iso}">{hm}</time> <a href="/a">{author}</a></span></div><div class="txt">{body}</div></div>',
        ld="stamped",
    ),
    "key list that repeats the ids": System(
        frame='<ol class="moments">'
        + "".join(f'<li data-id="{t.id}"><time datetime="{t.time.isoformat()}">{t.time:%H:%M}</time> {t.title}</li>' for t in POSTS[:2])
        + '</ol><div class="feed">{posts}</div>',
        post='<section data-id="{id}" class="live-item"><time datetime="{iso}">{hm}</time><h3>{title}</h3><p class="byline">By {author}</p>{body}</section>',
        ld="right",
    ),
    "quoted messages with their own times": System(
        frame='<div class="live">{posts}</div>',
        post=(
            '<article class="post" id="p-{num}"><h2>{title}</h2><div class="meta"><span class="author-name">{author}</span><time datetime="{iso}">{hm}</time></div>{body}'
            "</article>"
        ),
        paragraph='<p>{0}</p>',
    ),
    "two names of one class": System(
        frame='<div class="LiveFeed">{posts}</div>',
        post=(
            '<div class="LiveFeed-item" data-testid="live-item-{n}" id="{id}"><div class="LiveFeed-time"><div>{h12} ET</div><div>{dayus}</div></div>'
            '<h2>{title}</h2><div class="LiveFeed-byline"><div class="avatar"><img></div><a href="/people/x">{author}</a></div><div class="LiveFeed-body">{body}</div></div>'
        ),
        zone="America/New_York",
    ),
    "unordered custom elements": System(
        frame='<live-blog>{posts}</live-blog>',
        post='<live-post post-id="{num}" id="lp{num}"><post-time datetime="{iso}">{hm}</post-time><h4>{title}</h4><post-author class="author">{author}</post-author>{body}</live-post>',
    ),
    "rows of a table": System(
        frame='<table class="liveticker"><tbody>{posts}</tbody></table>',
        post='<tr id="row{num}"><td class="time">{hm}</td><td><h3>{title}</h3>{body}<p class="author">{author}</p></td></tr>',
        page_zone="UTC",
    ),
    "key label in words": System(
        frame='<div class="live"><div class="posts">{posts}</div></div>',
        post='<article class="p" id="p{num}">{key}<div class="m"><time datetime="{iso}">{hm}</time></div><h2>{title}</h2><div class="byline">{author}</div>{body}</article>',
        key='<span class="label">Key event</span>',
    ),
    "key flag in data": System(
        frame='<div class="live"><div class="posts">{posts}</div></div>',
        post='<article class="p" id="p{num}" data-key-event="{key}"><time datetime="{iso}">{hm}</time><h2>{title}</h2><div class="byline">{author}</div>{body}</article>',
        key="true",
    ),
    "declared only": System(post="", frame='<main><h1>Floods live</h1><div id="root"></div></main>', ld="right"),
}  # fmt: skip
