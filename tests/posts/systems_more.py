"""More invented pages in the structures of live-page systems, other languages among them."""
# ruff: noqa: E501

from __future__ import annotations

import json

from tests.posts.systems import POSTS, System

_RELATED = (
    '<section class="more"><h2>Read also</h2>'
    + "".join(
        f'<article class="tile"><a href="/x/{n}"><img src="{n}.jpg"><h3>A tale of water number {n}</h3></a><time datetime="2031-02-1{n}T09:00:00Z">1{n} Feb</time></article>'
        for n in range(1, 7)
    )
    + "</section>"
)
_COMMENTS = (
    '<section id="comments" class="comments"><h3>7 comments</h3><ol>'
    + "".join(
        f'<li class="comment" id="comment-{n}"><cite class="fn">Reader {n}</cite><time datetime="2031-03-01T1{n}:22:00Z">1 March 2031 at 1{n}:22</time>'
        f"<p>I live near the lake and I have seen nothing like it in {n}0 years, and I do hope that they open the gates soon.</p></li>"
        for n in range(1, 8)
    )
    + "</ol></section>"
)

MORE: dict[str, System] = {
    "ticker of events with meta info": System(
        frame='<div class="tik4-live tik4-theme"><div class="tik4-events">{posts}</div></div>' + _RELATED,
        post=(
            '<div class="tik4-event-item tik4-ticker__item{key}" id="tik-event-{id}" data-tik4-event-id="{id}"><div class="tik4-event-item__meta tik4-meta-info">'
            '<span class="tik4-meta-info__icon"><svg viewBox="0 0 1 1"><title>clock</title><path d="M0 0"/></svg></span><time class="tik4-meta-info__time" datetime="{localiso}">{hm}</time></div>'
            '<div class="tik4-content-block tik4-content-block--title"><h2 class="tik4-headline">{title}</h2></div><div class="tik4-rich-text">{body}</div>'
            '<div class="tik4-author"><img class="tik4-author__img" alt=""><span class="tik4-author__name">{author}</span></div></div>'
        ),
        zone="Europe/Berlin",
        key=" tik4-event-item--highlight",
    ),
    "posts of a live centre": System(
        frame='<div class="nclc-wrapper"><div class="ncpost-container-group" data-channel="77">{posts}</div></div>',
        post=(
            '<div class="ncpost ncpost-regular" data-id="{num}" id="ncpost-{num}"><div class="ncpost-header-container"><div class="ncpost-timestamp-container"><span class="ncpost-created-date" data-created="{iso}">{hm}</span></div>'
            '<div class="ncpost-title-container"><h2 class="ncpost-title">{title}</h2></div></div><div class="ncpost-content"><div class="ncpost-content-main">{body}</div></div>'
            '<div class="ncpost-author-container"><div class="ncpost-author-image"><img alt=""></div><div class="ncpost-author-name">{author}</div></div>'
            '<div class="ncpost-share"><a href="#">Facebook</a><a href="#">Twitter</a></div></div>'
        ),
        zone="Europe/Oslo",
    ),
    "stream of posts with a meta line": System(
        frame='<div id="scrbbl-embed"><ul class="scrbbl-posts">{posts}</ul></div>' + _COMMENTS,
        post=(
            '<li class="scrbbl-post scrbbl-post-text" data-post-id="{num}"><div class="scrbbl-post-content">{body}</div><h3 class="scrbbl-post-title">{title}</h3>'
            '<div class="scrbbl-post-meta">by <span class="scrbbl-post-author">{author}</span> <span class="scrbbl-post-time" title="{iso}">{dayus} {h12}</span></div></li>'
        ),
        title=False,
        page_zone="UTC",
    ),
    "list of an easy plug-in": System(
        frame='<div class="elb-liveblog" data-endpoint="/wp-json"><ul class="elb-liveblog-list">{posts}</ul><button class="elb-load-more">Load more</button></div>',
        post=(
            '<li class="elb-liveblog-post" data-timestamp="{epoch}" data-elb-id="{num}" id="post-{num}"><div class="elb-liveblog-post-meta"><p class="elb-liveblog-post-time"><time datetime="{localiso}">{n} hours ago</time></p></div>'
            '<h2 class="elb-liveblog-post-heading">{title}</h2><p class="elb-liveblog-post-author">{author}</p><div class="elb-liveblog-post-content">{body}</div>'
            '<div class="elb-liveblog-post-sharing"><a href="#">Share</a></div></li>'
        ),
    ),
    "timeline of a page builder": System(
        frame='<div class="elementor-widget-container"><div class="twae-wrapper twae-vertical" id="live-updates"><div class="twae-timeline">{posts}</div></div></div>',
        post=(
            '<div class="twae-story twae-repeater-item elementor-repeater-item-{id}"><div class="twae-labels"><div class="twae-label-big">{hm}</div><div class="twae-label-small">{dayyear}</div></div>'
            '<div class="twae-icon"><i class="fa"></i></div><div class="twae-content"><div class="twae-title">{title}</div><div class="twae-description">{body}</div></div></div>'
        ),
        author=False,
        ids=False,
        page_zone="UTC",
    ),
    "boxes posted in Indian time": System(
        frame='<div class="live-blog-wrp"><div id="newslist">{posts}</div></div>',
        post=(
            '<div id="update-{num}" class="newsinlive lb_box"><div class="posted-on"><time itemprop="dateCreated" datetime="{localiso}">{dayus} {hm} (IST)</time></div>'
            '<h3 class="lb_ttl">{title}</h3><div class="lb_cont">{body}</div></div>'
        ),
        author=False,
        zone="Asia/Kolkata",
    ),
    "clock and day in one line, Indian time": System(
        frame='<div class="live_blog"><div class="items">{posts}</div></div>',
        post='<div class="item" data-msid="{num}"><div class="timestamp">{hm} (IST)<span>{dayus}</span></div><h2>{title}</h2><div class="desc">{body}</div></div>',
        author=False,
        zone="Asia/Kolkata",
        page_zone="Asia/Kolkata",
    ),
    "posts with a key event label": System(
        frame='<div data-component="LiveBlog"><ol class="LiveBlog_list__x1">{posts}</ol></div>',
        post=(
            '<li><article data-component="LiveBlogPost" id="live-blog-post-{num}" class="Post_root__aa1">{key}<div class="Post_meta__k"><time data-component="Timestamp" datetime="{iso}">Sat 1 Mar 2031 at {h12s}</time></div>'
            '<h3 class="Post_h__9">{title}</h3><div data-component="Byline"><span>By </span><a href="/news/a">{author}</a></div><div class="Post_body__q">{body}</div></article></li>'
        ),
        key='<div data-component="KeyEventLabel"><span>Key Event</span></div>',
    ),
    "card with ago and a clock": System(
        frame='<section class="liveBlogCards"><div class="liveBlogCards__list">{posts}</div></section>',
        post=(
            '<article class="liveBlogCard" id="rcrd{num}"><div class="liveBlogCard__dateline"><time class="relative" content="{iso}" itemprop="datePublished">{n}h ago / {H12} EST</time></div>'
            '<h2 class="liveBlogCard__headline">{title}</h2><div class="liveBlogCard__author"><span class="byline-name">{author}</span></div><div class="liveBlogCard__content">{body}</div></article>'
        ),
        zone="America/New_York",
    ),
    "timestamp element in milliseconds": System(
        frame='<div class="Page-liveBlog"><div class="LiveBlogPage-posts">{posts}</div></div>' + _RELATED,
        post=(
            '<div class="LiveBlogPost" id="{id}" data-posted-date-timestamp="{ms}"><div class="LiveBlogPost-datePublished"><bsp-timestamp data-timestamp="{ms}"><span data-date>3 hours ago</span></bsp-timestamp></div>'
            '<h2 class="LiveBlogPost-headline">{title}</h2><div class="LiveBlogPost-byline"><div class="LiveBlogPost-authors">By <a class="Link" href="/a">{author}</a></div></div>'
            '<div class="LiveBlogPost-body"><div class="RichTextBody">{body}</div></div></div>'
        ),
    ),
    "updates with a data-qa name": System(
        frame='<main><div data-qa="live-updates">{posts}</div></main>',
        post=(
            '<div data-qa="live-update" id="link-{id}" class="mb-lg"><div class="flex"><span data-testid="timestamp" class="font-xxs">{h12} EST</span></div><h2 class="font--headline">{title}</h2>'
            '<div class="by"><span data-qa="author-name">{author}</span></div><div class="article-body">{body}</div></div>'
        ),
        zone="America/New_York",
    ),
    "AMP time ago": System(
        frame='<div class="live-blog"><div class="posts">{posts}</div></div>',
        post=(
            '<div class="live-blog-post" id="post-{num}"><amp-timeago class="live-blog-timestamp" datetime="{iso}" layout="fixed" width="160" height="20">3 hours ago</amp-timeago>'
            '<h2>{title}</h2><div class="author"><a href="/a">{author}</a></div>{body}<amp-social-share type="email"></amp-social-share></div>'
        ),
    ),
    "epoch in seconds on the time element": System(
        frame='<section class="c-live"><ul>{posts}</ul></section>',
        post='<li class="c-live__item" data-live-id="{num}"><time class="c-live__time" data-epoch="{epoch}">{hm}</time><h3>{title}</h3><span class="c-live__author">{author}</span>{body}</li>',
    ),
    "German newsblog with Uhr": System(
        frame='<div class="newsblog"><div class="newsblog__entries">{posts}</div></div>',
        post=(
            '<article class="newsblog-entry" id="beitrag-{num}"><header><p class="newsblog-entry__datetime">1. März 2031, {dot} Uhr</p><h2 class="newsblog-entry__title">{title}</h2></header>'
            '<div class="newsblog-entry__author">Von {author}</div><div class="newsblog-entry__text">{body}</div></article>'
        ),
        zone="Europe/Berlin",
        page_zone="Europe/Berlin",
    ),
    "German ticker with relative times": System(
        frame='<div class="liveticker-list">{posts}</div>',
        post=(
            '<div class="liveticker-item" id="ev{num}" data-published="{localiso}"><span class="liveticker-item__time" title="{hm}">vor {n} Minuten</span><h3>{title}</h3><div>{body}</div><p class="liveticker-item__autor">{author}</p></div>'
        ),
        zone="Europe/Vienna",
    ),
    "French live with today": System(
        frame='<section class="live__posts">{posts}</section>',
        post=(
            '<div class="post post__live-container" id="post-{num}" data-post-id="{num}"><span class="post__live-container--date">Aujourd’hui à {hm}</span><h2 class="post__live-container--title">{title}</h2>'
            '<div class="post__live-container--answer-content">{body}</div><span class="post__author">Par {author}</span></div>'
        ),
        zone="Europe/Paris",
        page_zone="Europe/Paris",
    ),
    "French direct with h": System(
        frame='<div class="direct"><ol class="direct-list">{posts}</ol></div>',
        post='<li class="direct-item" id="m{num}"><div class="direct-item-date">samedi 1er mars 2031 - {hm_h}</div><h3>{title}</h3>{body}</li>',
        author=False,
        zone="Europe/Paris",
        page_zone="Europe/Paris",
    ),
    "Spanish direct": System(
        frame='<div class="en-directo" id="directo">{posts}</div>',
        post=(
            '<article class="directo-post" id="msj-{num}"><div class="directo-post__cab"><span class="hora">{hm}</span><span class="fecha">1 de marzo de 2031</span></div><h3 class="titular">{title}</h3>'
            '<p class="firma autor">{author}</p><div class="cuerpo">{body}</div></article>'
        ),
        zone="Europe/Madrid",
        page_zone="Europe/Madrid",
    ),
    "Portuguese live, hours with h": System(
        frame='<div class="ao-vivo"><div class="bastian-feed">{posts}</div></div>',
        post='<div class="feed-post" data-post-id="{num}"><span class="feed-post-datetime">01/03/2031 {hm_h}</span><h2>{title}</h2><div class="feed-post-body">{body}</div><span class="feed-post-author">Por {author}</span></div>',
        zone="America/Sao_Paulo",
        page_zone="America/Sao_Paulo",
    ),
    "Italian direct": System(
        frame='<div class="diretta"><div class="diretta-lista">{posts}</div></div>',
        post='<div class="evento" id="e{num}"><time>1 marzo 2031 ore {hm}</time><h3>{title}</h3><p class="autore byline">di {author}</p><div>{body}</div></div>',
        zone="Europe/Rome",
        page_zone="Europe/Rome",
    ),
    "Dutch liveblog": System(
        frame='<section class="liveblog"><ul class="liveblog-updates">{posts}</ul></section>',
        post='<li class="liveblog-update" id="u-{num}"><div class="liveblog-update__meta"><span>zaterdag 1 maart 2031, {hm} uur</span> <span class="author">Door {author}</span></div><h2>{title}</h2><div>{body}</div></li>',
        zone="Europe/Amsterdam",
        page_zone="Europe/Amsterdam",
    ),
    "Swedish direct report": System(
        frame='<div class="direktrapport live"><div class="inlagg">{posts}</div></div>',
        post='<article class="post" data-id="{num}"><div class="post__time">1 mars kl. {dot}</div><h2>{title}</h2><div class="post__byline">{author}</div><div class="post__text">{body}</div></article>',
        zone="Europe/Stockholm",
        page_zone="Europe/Stockholm",
    ),
    "Polish relation": System(
        frame='<div class="relacja live"><ul>{posts}</ul></div>',
        post='<li class="relacja-wpis" id="wpis-{num}"><span class="relacja-czas time">1 marca 2031, godz. {hm}</span><h3>{title}</h3><div>{body}</div><p class="autor">{author}</p></li>',
        zone="Europe/Warsaw",
        page_zone="Europe/Warsaw",
    ),
    "Ukrainian online": System(
        frame='<div class="online-live"><div class="online-list">{posts}</div></div>',
        post='<div class="online-item" id="n{num}"><div class="online-item__date">1 березня 2031, {hm}</div><h3>{title}</h3><div>{body}</div></div>',
        author=False,
        zone="Europe/Kyiv",
        page_zone="Europe/Kyiv",
    ),
    "Russian online with yesterday's stamp": System(
        frame='<div class="live-online"><div class="list">{posts}</div></div>',
        post='<div class="live-item" id="n{num}"><div class="live-item__date">1 марта 2031 года, {hm}</div><h3>{title}</h3><div>{body}</div></div>',
        author=False,
        zone="Asia/Almaty",
        page_zone="Asia/Almaty",
    ),
    "details that fold": System(
        frame='<div class="updates-live">{posts}</div>',
        post='<details open class="upd" id="d{num}"><summary><time datetime="{localiso}">{hm}</time> <h3>{title}</h3></summary><p class="byline">By {author}</p>{body}</details>',
        zone="Africa/Nairobi",
    ),
    "posts grouped by hour": System(
        frame="<main class='live'>{posts}</main>",
        post='<section class="hour"><h2 class="hour__label">Hour {n}</h2><div class="hour__posts"><article class="upd" id="d{num}"><time datetime="{localiso}">{hm}</time><h3>{title}</h3><p class="byline">By {author}</p>{body}</article></div></section>',
        zone="Africa/Lagos",
    ),
    "time in an attribute of the post alone": System(
        frame='<div id="live-feed">{posts}</div>',
        post='<div class="lb-item" data-uuid="{id}" data-published-at="{iso}"><div class="lb-item__h">{title}</div><div class="lb-item__b">{body}</div><div class="lb-item__by author">{author}</div></div>',
        title=False,
    ),
    "comments that look like posts": System(
        frame='<div id="live"><div class="entries">{posts}</div></div>' + _COMMENTS + _RELATED,
        post='<div class="entry" id="entry-{num}"><span class="entry-time">{hm} GMT</span><h3>{title}</h3>{body}<p class="entry-by author">{author}</p></div>',
    ),
    "advert slots and newsletter boxes between posts": System(
        frame='<div class="live-feed">{posts}</div>',
        post=(
            '<article class="feed-post" id="p{num}"><header><time datetime="{iso}">{hm}</time><h3>{title}</h3><span class="byline">{author}</span></header><div>{body}</div></article>'
            '<div class="ad-slot" data-ad="{n}"><span>Advertisement</span></div><div class="newsletter-box"><h4>Sign up to our newsletter</h4><form><input name="email"></form></div>'
        ),
    ),
    "update time shown beside the time": System(
        frame='<div class="live-feed">{posts}</div>',
        post='<article class="feed-post" id="p{num}"><p class="stamp"><span class="published">Published {hm}</span> <span class="updated">Updated 22:15</span></p><h3>{title}</h3><p class="byline">By {author}, Health correspondent</p><div>{body}</div></article>',
        page_zone="UTC",
    ),
    "aria time and minutes in words": System(
        frame='<div role="feed" class="live">{posts}</div>',
        post='<article role="article" aria-posinset="{n}" aria-setsize="4" id="p{num}"><abbr title="{iso}">{n} hours ago</abbr><h3>{title}</h3><span class="author vcard">{author}</span><div>{body}</div></article>',
    ),
    "posts of definition of AMP stories": System(
        frame='<amp-live-list id="lb" data-poll-interval="16000" data-max-items-per-page="30"><div update><button>More</button></div><div items>{posts}</div></amp-live-list>',
        post='<article id="lb-{num}" data-sort-time="{epoch}"><h3>{title}</h3><p class="author">{author}</p>{body}</article>',
    ),
    "microdata with content in meta": System(
        frame='<div itemscope itemtype="http://schema.org/LiveBlogPosting">{posts}</div>',
        post=(
            '<article itemprop="liveBlogUpdate" itemscope itemtype="http://schema.org/BlogPosting" id="{id}"><link itemprop="url" href="https://gazette.example/l#{id}"><meta itemprop="datePublished" content="{iso}">'
            '<div itemprop="author" itemscope itemtype="http://schema.org/Person"><meta itemprop="name" content="{author}"></div><h2 itemprop="headline">{title}</h2><div itemprop="articleBody">{body}</div></article>'
        ),
    ),
}  # fmt: skip


def _scripted(script: str) -> System:
    """A page that scripts draw."""
    return System(post="", frame=f'<main><h1>Floods live</h1><div id="root"></div></main>{script}')


def _entries(**names: str) -> list[dict[str, object]]:
    """The posts as data, their properties named as a system names them."""
    out: list[dict[str, object]] = []
    for told in POSTS:
        values: dict[str, object] = {
            "id": told.id, "title": told.title, "body": "".join(f"<p>{p}</p>" for p in told.body), "author": {"name": told.author},
            "time": told.time.isoformat(), "ms": int(told.time.timestamp() * 1000),
        }  # fmt: skip
        out.append({name: values[kind] for name, kind in names.items()})
    return out


_NEXT = {
    "props": {
        "pageProps": {
            "article": {
                "headline": "Floods",
                "liveBlog": {
                    "posts": _entries(id="id", headline="title", bodyHtml="body", author="author", publishedAt="time")
                },
            }
        }
    }
}
_ROW = "4:" + json.dumps(["$", "$L1", None, _NEXT]) + "\n"
_ARC = _entries(_id="id", headlines="title", display_date="time", content="body", credits="author")
for _entry in _ARC:
    _entry["headlines"] = {"basic": _entry["headlines"]}
    _entry["credits"] = {"by": [_entry["credits"]]}
_APOLLO = {
    f"LivePost:{e['id']}": {"__typename": "LivePost", **e}
    for e in _entries(id="id", title="title", html="body", author="author", createdAt="ms")
}
_EDGES = {
    "data": {
        "blog": {
            "edges": [
                {"node": e} for e in _entries(id="id", title="title", html="body", author="author", createdAt="time")
            ]
        }
    }
}


def _devalue(value: object) -> list[object]:
    """The flat form in which Nuxt 3 hands its data over: every value once, named by its place."""
    out: list[object] = []

    def put(one: object) -> int:
        place = len(out)
        out.append(None)
        if isinstance(one, dict):
            out[place] = {k: put(v) for k, v in one.items()}
        elif isinstance(one, list):
            out[place] = [put(v) for v in one]
        else:
            out[place] = one
        return place

    put(value)
    return out


MORE |= {
    "Next data": _scripted(f'<script id="__NEXT_DATA__" type="application/json">{json.dumps(_NEXT)}</script>'),
    "Nuxt data": _scripted(
        f'<script type="application/json" id="__NUXT_DATA__" data-ssr="true">{json.dumps(_devalue(["Reactive", _NEXT]))}</script>'
    ),
    "Fusion content": _scripted(
        "<script>window.Fusion=window.Fusion||{};Fusion.arcSite=\"gazette\";Fusion.contextPath='/pf';Fusion.globalContent="
        + json.dumps({"type": "story", "live_updates": _ARC})
        + ";Fusion.spa=false;</script>"
    ),
    "Apollo state": _scripted(f"<script>window.__APOLLO_STATE__={json.dumps(_APOLLO)};</script>"),
    "state as text to be parsed": _scripted(
        f"<script>window.__PRELOADED__ = JSON.parse({json.dumps(json.dumps(_NEXT))});</script>"
    ),
    "server components": _scripted(
        f"<script>self.__next_f.push([1,{json.dumps(_ROW[:900])}])</script>"
        f"<script>self.__next_f.push([1,{json.dumps(_ROW[900:])}])</script>"
    ),
    "edges and nodes": _scripted(f"<script>var data = {json.dumps(_EDGES)}</script>"),
}
