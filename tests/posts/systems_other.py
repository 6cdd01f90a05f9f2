"""Invented pages in further structures: elements of a system's own making, times and ids in unusual attributes, comments."""
# ruff: noqa: E501

from __future__ import annotations

from functools import partial

from tests.posts.systems import System

_NESTED = '<div class="comments-area"><h3>2 thoughts</h3><ol class="comment-list"><li id="comment-9{n}1" class="comment depth-1"><article class="comment-body"><footer class="comment-meta"><div class="comment-author vcard"><b class="fn">Reader {n}</b> <span class="says">says:</span></div><div class="comment-metadata"><a href="#comment-9{n}1"><time datetime="2031-03-01T15:1{n}:00+00:00">March 1, 2031 at 3:1{n} pm</time></a></div></footer><div class="comment-content"><p>My uncle lives there and the water is in his kitchen already, so please be careful all of you.</p></div></article><ol class="children"><li id="comment-9{n}2" class="comment depth-2"><article class="comment-body"><footer class="comment-meta"><b class="fn">Other {n}</b><time datetime="2031-03-01T15:2{n}:00+00:00">3:2{n} pm</time></footer><div class="comment-content"><p>Same here, we carried the chairs up to the first floor last night and slept there.</p></div></article></li></ol></li></ol></div>'
OTHER: dict[str, System] = {
    "AMP live-list microdata": System(
        frame='<amp-live-list id="my-live-list" data-poll-interval="15000" data-max-items-per-page="20"><button update on="tap:my-live-list.update">You have updates</button><div items itemscope itemtype="https://schema.org/LiveBlogPosting">{posts}</div></amp-live-list>',
        post='<div id="{id}" data-sort-time="{epoch}" data-update-time="{epoch}" itemprop="liveBlogUpdate" itemscope itemtype="https://schema.org/BlogPosting"><meta itemprop="datePublished" content="{iso}"><amp-timeago layout="fixed-height" height="20" datetime="{iso}" locale="en">{hm}</amp-timeago><h2 itemprop="headline">{title}</h2><span itemprop="author" itemscope itemtype="https://schema.org/Person"><span itemprop="name">{author}</span></span><div itemprop="articleBody">{body}</div></div>',
    ),
    "WordPress with nested comments": System(
        frame='<main id="main" class="site-main live-updates"><header><h1 class="entry-title">Floods live</h1></header>{posts}</main>',
        post='<article id="post-{num}" class="post-{num} live_update type-live_update status-publish hentry"><header class="entry-header"><h2 class="entry-title">{title}</h2><div class="entry-meta"><span class="posted-on">Posted on <a href="https://gazette.example/update/{id}/" rel="bookmark"><time class="entry-date published" datetime="{localiso}">{dayus} {h12}</time></a></span><span class="byline"> by <span class="author vcard"><a class="url fn n" href="/author/x">{author}</a></span></span></div></header><div class="entry-content">{body}</div><footer class="entry-footer"><span class="cat-links">Posted in <a href="/c/floods">Floods</a></span></footer>'
        + _NESTED
        + "</article>",
    ),
    "custom elements with data": System(
        frame='<live-blog feed-id="9"><live-feed>{posts}</live-feed></live-blog>',
        post='<live-post data-post-id="{id}" data-published="{iso}" data-author="{author}" data-headline="{title}"{key}><div slot="body">{body}</div></live-post>',
        key=' data-highlight="true"',
        title=False,
    ),
    "custom elements shown": System(
        frame="<x-live-feed>{posts}</x-live-feed>",
        post='<x-live-post post-id="{id}" published-at="{iso}"><x-post-header><x-timestamp value="{iso}">{hm}</x-timestamp><x-byline>{author}</x-byline></x-post-header><h3 slot="headline">{title}</h3><x-post-body>{body}</x-post-body><x-share-bar><a href="#">Share</a></x-share-bar></x-live-post>',
    ),
    "custom elements with slots": System(
        post='<live-entry entry-id="{id}" published="{iso}"{key}><h3 slot="headline">{title}</h3><span slot="byline">By {author}</span><div slot="body">{body}</div></live-entry>',
        key=' is-key-event="true"',
    ),
    "day in numbers, month first, and in words for those who listen": System(
        post='<article id="item-{num}" class="lb-item"><span class="date">03/01/2031<span class="sr-only">{dayus}</span></span><time>{hm} UTC</time><h2>{title}</h2><div class="rich-text">{body}</div><span class="author">{author}</span></article>',
    ),
    "German class names": System(
        frame='<ol class="ereignisse">{posts}</ol>',
        post='<li class="ereignis" id="e{num}"><span class="uhrzeit">{hm}</span><div class="titel">{title}</div><div class="inhalt">{body}</div><div class="autor">{author}</div></li>',
        page_zone="UTC",
    ),
    "relative-time element": System(
        frame='<section class="updates">{posts}</section>',
        post='<article class="update" id="u-{id}"><relative-time datetime="{iso}">{dayus}</relative-time><h3>{title}</h3><p class="by">By {author}</p>{body}</article>',
    ),
    "posted at below": System(
        frame='<div class="live-wrap"><h1>Floods: live updates</h1>{posts}</div>',
        post='<div class="lv-entry" data-entry="{num}"><h4>{title}</h4>{body}<div class="lv-foot">Posted at {h12} on {dayus} by {author}</div></div>',
        page_zone="UTC",
    ),
    "data ts seconds": System(
        frame='<div id="ticker">{posts}</div>',
        post='<div class="ti" data-id="{id}" data-ts="{epoch}"><span class="ti-t">{hm}</span><div class="ti-b"><h3>{title}</h3>{body}<span class="ti-a">{author}</span></div></div>',
        page_zone="UTC",
    ),
    "time link with title": System(
        frame='<div class="coverage live">{posts}</div>',
        post='<div class="cov-item" id="cov{num}"><div class="cov-head"><a class="cov-time" href="#cov{num}" title="{spaced}">{h12}</a> · <span class="cov-who">{author}</span></div><h2>{title}</h2><div class="cov-text">{body}</div></div>',
        page_zone="UTC",
    ),
    "month-first Filipino": System(
        frame='<html lang="tl"><div class="live-feed">{posts}</div>',
        post='<article class="post" id="p{num}"><div class="meta"><span class="date">Marso 1, 2031 {hm}</span> <span class="author">{author}</span></div><h2>{title}</h2>{body}</article>',
        page_zone="UTC",
    ),
    "month-first Filipino, in full": System(
        frame='<div class="live-feed">{posts}</div>',
        post='<article class="post" id="p{num}"><div class="meta"><span class="date">Sabado, Marso 1, 2031 | {h12}</span></div><h2>{title}</h2>{body}</article>',
        author=False,
        page_zone="UTC",
    ),
    "year first with spaces": System(
        frame='<div class="live">{posts}</div>',
        post='<div class="item" data-entry="{id}{key}"><span class="date">2031. 03. 01. {hm}</span><h3>{title}</h3><div class="cont">{body}</div></div>',
        author=False,
        page_zone="UTC",
    ),
    "rows of the key kind": System(
        frame='<div class="lb">{posts}</div>',
        post='<div class="lb-row{key}" id="{id}"><div class="col-2"><b>{hm}</b><br><small>{day}</small></div><div class="col-10"><h4>{title}</h4>{body}<p><i>{author}</i></p></div></div>',
        key=" lb-row--key",
        page_zone="UTC",
    ),
    "Turkish": System(
        frame='<div class="canli-anlatim">{posts}</div>',
        post='<div class="canli-item" data-id="{num}"><div class="canli-saat">1 Mart 2031 - {hm}</div><h3>{title}</h3><div class="canli-metin">{body}</div></div>',
        author=False,
        page_zone="UTC",
    ),
    "Indonesian": System(
        frame='<div class="live-report">{posts}</div>',
        post='<div class="live-report__item" id="lr-{num}"><time class="live-report__date">Sabtu, 01 Mar 2031 {dot} WIB</time><h3>{title}</h3><div class="live-report__body">{body}</div></div>',
        author=False,
        zone="Asia/Jakarta",
    ),
    "Japanese": System(
        frame='<div class="sokuho live">{posts}</div>',
        post='<section class="sokuho-item" id="s{num}"><p class="sokuho-time">2031年3月1日 {hm}</p><h3>{title}</h3>{body}</section>',
        author=False,
        page_zone="UTC",
    ),
    "Vietnamese": System(
        frame='<div class="tuongthuat">{posts}</div>',
        post='<div class="block-live" data-id="{num}"><span class="time">{hm} 01/03/2031</span><h3>{title}</h3><div class="txt">{body}</div></div>',
        author=False,
        page_zone="UTC",
    ),
    "Korean": System(
        frame='<div class="live">{posts}</div>',
        post='<li class="live_item" id="li{num}"><span class="date">2031.03.01. {hm}</span><strong class="tit">{title}</strong><div class="cont">{body}</div></li>',
        author=False,
        title=False,
        page_zone="UTC",
    ),
    "Reuters-like": System(
        frame='<ul class="live-blog__list">{posts}</ul>',
        post='<li data-testid="live-blog-post" id="{id}"><header><time datetime="{iso}" data-testid="DateLine"><span>{dayus}</span><span>{h12s} UTC</span></time></header><div><h2 data-testid="Heading">{title}</h2><div><a href="/authors/x">{author}</a></div></div><div data-testid="body">{body}</div><div class="toolbar"><button>Share</button><button>Copy link</button></div></li>',
    ),
    "aria time": System(
        frame='<ol reversed class="entries">{posts}</ol>',
        post='<li><article aria-labelledby="h-{id}"><p><time dateTime="{iso}">{hm} GMT</time></p><h3 id="h-{id}">{title}</h3><address>{author}</address><div>{body}</div></article></li>',
    ),
    "published in meta": System(
        frame='<div class="stream">{posts}</div>',
        post='<div class="card" data-uuid="{id}" data-pubdate="{iso}"><div class="card-title">{title}</div><div class="card-author">{author}</div><div class="card-body">{body}</div></div>',
    ),
    "time as button": System(
        frame='<main class="live"><ul>{posts}</ul></main>',
        post='<li id="post{num}"><button class="permalink" data-url="#post{num}"><time datetime="{localiso}">{hm}</time></button><span class="who">{author}</span><h2>{title}</h2>{body}</li>',
    ),
    "updated shown first": System(
        frame='<div class="live">{posts}</div>',
        post='<section class="entry" id="{id}"><p class="stamp">Updated <time datetime="2031-03-01T16:00:00Z">16:00</time>, first published <time datetime="{iso}">{hm}</time></p><h2>{title}</h2><p class="byline">{author}</p>{body}</section>',
    ),
}


_feed = partial(System, frame='<main><div class="live-feed">{posts}</div></main>')
OTHER |= {
    "header with a zone that is not the time's": _feed(
        '<div class="live-blog-post css-1q" id="{id}" data-testid="live-blog-post"><div class="live-blog-post-header"><div class="css-zz"><time datetime="{iso}" class="css-a"><span class="css-x">March 1, 2031, {h12} ET</span></time></div></div><h2 class="live-blog-post-headline">{title}</h2><div class="live-blog-post-content"><div class="css-by"><p class="byline-author">By <span class="css-1"><a href="/by/x">{author}</a></span></p></div>{body}</div></div>'
    ),
    "clock with seconds in a data attribute": _feed(
        '<div class="liveblog-paragraph" id="liveblog-entry-{num}"><div class="liveblog-date"><a href="/liveblog_entry/{id}/"><span data-timestamp="{epoch}">{h12}</span></a></div><h4><a name="lb{num}">{title}</a></h4><div class="byline">By <a href="/writers/x">{author}</a></div>{body}</div>'
    ),
    "full time in an attribute of any name": _feed(
        '<article class="a_lb_p" data-dtm="{localiso}" id="{id}"><div class="a_lb_h"><time class="a_lb_t">{hm}</time><h2>{title}</h2></div><div class="a_lb_a"><a href="/autor/x">{author}</a></div><div class="a_lb_c">{body}</div></article>',
        zone="Europe/Madrid",
    ),
    "created timestamp of bulletins": _feed(
        '<article class="bulletin" data-created-timestamp="{iso}" data-bulletin-id="{id}"><header><time>{dot}</time><h2>{title}</h2></header><div class="bulletin-body">{body}</div><footer><span class="author__name">{author}</span></footer></article>'
    ),
    "numbers in an attribute of the system": _feed(
        '<div class="live-event" data-event="{num}"><span class="timestamp">01 Mar 2031 {h12s}</span><h3>{title}</h3><div class="text-long">{body}</div></div>',
        author=False,
        page_zone="UTC",
    ),
    "Singapore time": _feed(
        '<li class="live-item" id="n{num}"><div class="story-postdate">Mar 1, 2031, {H12} SGT</div><h3>{title}</h3>{body}<div class="byline">{author}</div></li>',
        zone="Asia/Singapore",
    ),
    "clock before a month-first date": _feed(
        '<div id="live-{num}" class="lv-post"><div class="lv-time">{h12s} March 01, 2031</div><div class="lv-title">{title}</div><div class="lv-body">{body}</div></div>',
        author=False,
        page_zone="UTC",
    ),
    "capitals and Philippine time": _feed(
        '<div class="rp-post" data-id="{id}"><div class="rp-date">MAR 1, 2031 {H12} PHT</div><h2>{title}</h2><div class="rp-content">{body}</div><div class="rp-author">{author}</div></div>',
        zone="Asia/Manila",
    ),
    "clock and day glued, Indian time": _feed(
        '<div class="lb-blk" data-msid="{num}"><span class="lb-tm">{hm} (IST)<span>Mar 01</span></span><div class="lb-tt">{title}</div><div class="lb-tx">{body}</div></div>',
        author=False,
        zone="Asia/Kolkata",
        title=False,
    ),
    "posted by, with a colon": _feed(
        '<li id="post_{num}"><div class="dt">Mar 01, 2031 {hm} (IST)</div><h2>{title}</h2><div class="tx">{body}</div><p class="pb">Posted by: {author}</p></li>',
        zone="Asia/Kolkata",
    ),
    "clock before a short date": _feed(
        '<section class="live-blog__post" id="p{num}"><div class="live-blog__time">{h12} 1 Mar</div><h3>{title}</h3>{body}<span class="live-blog__author">{author}</span></section>',
        page_zone="UTC",
    ),
    "ids in an attribute of any name": _feed(
        '<div class="liveblog-item" data-liveblog-item="{id}"><div class="liveblog-item-meta"><div class="profile"><span class="profile-name">{author}</span><time class="timeStamp" datetime="{iso}">Posted: March 1, 2031 {H12} UTC</time></div></div><h2>{title}</h2>{body}</div>'
    ),
    "from an outlet's reporter": _feed(
        '<article data-type="post" id="h_{id}"><div class="Box-sc"><div class="post-time">{h12} ET, March 1, 2031</div></div><header><h2 class="post-headline">{title}</h2></header><p class="by">From Gazette\'s <strong>{author}</strong> in Miro</p><div class="post-content">{body}</div></article>',
        zone="America/New_York",
    ),
    "by and a name apart": _feed(
        '<div data-component="LiveBlogPost" id="live-blog-post-{num}"><div class="_t"><time data-component="Timestamp" datetime="{iso}"><span>4h ago</span><span class="vh">4 hours ago</span><span>{day} at {h12s}</span></time></div><h3 data-component="Heading">{title}</h3><div class="_a"><img alt="{author}" src="x.jpg"><p>By <span>{author}</span></p></div><div data-component="Body">{body}</div></div>'
    ),
    "today in capitals": _feed(
        '<div class="hyperion-css-1" data-test-tag="live-post" data-postid="{num}"><span>IDAG {dot}</span><h3>{title}</h3><div class="b">{body}</div><div class="w"><img><span>{author}</span></div></div>',
        page_zone="UTC",
        author=False,
    ),
    "key label in a badge, name in a footer": _feed(
        '<article class="upd" id="u{num}"><header><time datetime="{iso}">{hm}</time>{key}</header><h2>{title}</h2>{body}<footer>{author}</footer></article>',
        key='<span class="tag tag--red">Key update</span>',
    ),
    "key icon that is drawn": _feed(
        '<li class="upd" id="u{num}"><header><time datetime="{iso}">{hm}</time>{key}</header><h2>{title}</h2>{body}<p class="author">{author}</p></li>',
        key='<svg class="icon icon--key-moment" aria-label="Key moment"><title>Key moment</title></svg>',
    ),
    "author with an outlet": _feed(
        '<div class="pst" data-post-id="{num}"><div class="pst-meta"><time datetime="{iso}">{hm}</time><span class="pst-author">{author}, Gazette News</span></div><h2>{title}</h2><div class="pst-body">{body}</div></div>'
    ),
    "author with a place": _feed(
        '<div class="pst" data-post-id="{num}"><div class="pst-meta"><time datetime="{iso}">{hm}</time><div class="contributor"><span class="contributor-name">{author}</span><span class="contributor-title">Reporting from Miro</span></div></div><h2>{title}</h2><div class="pst-body">{body}</div></div>'
    ),
    "author beside a picture": _feed(
        '<div class="pst" data-post-id="{num}"><div class="pst-meta"><img class="avatar" alt="Photo of {author}" src="/a.jpg"><div><div class="nm">{author}</div><div class="ts"><time datetime="{iso}">{hm}</time></div></div></div><h2>{title}</h2><div class="pst-body">{body}</div></div>'
    ),
    "time of the change first": _feed(
        '<div class="pst" id="pst-{num}"><div class="pst-meta"><time class="entry-updated" datetime="2031-03-01T17:00:00Z">17:00</time><time class="entry-date" datetime="{iso}">{hm}</time><span class="author">{author}</span></div><h2>{title}</h2><div class="pst-body">{body}</div></div>'
    ),
    "clock that a script fills": _feed(
        '<div class="pst" id="pst-{num}"><span class="js-time" data-utc-timestamp="{epoch}"></span><h2>{title}</h2><span class="author">{author}</span><div class="pst-body">{body}</div></div>'
    ),
    "signed with a dash": _feed(
        '<div class="upd" id="upd_{num}"><time datetime="{iso}">{hm}</time><h3>{title}</h3>{body}<p>— {author}</p></div>'
    ),
    "replies inside of posts": _feed(
        '<article id="{id}"><header><time datetime="{iso}">{hm}</time><span class="author">{author}</span></header><h3>{title}</h3>{body}<section class="replies"><div class="reply"><b>Reader One</b> <time datetime="2031-03-01T18:00:00Z">18:00</time><p>Stay safe all of you there, please.</p></div></section></article>',
        title=False,
    ),
    "abbr with a title": _feed(
        '<div class="hentry" id="e-{num}"><h3 class="entry-title">{title}</h3><abbr class="published" title="{localiso}">{hm}</abbr> <span class="vcard"><span class="fn">{author}</span></span><div class="entry-content">{body}</div></div>'
    ),
    "clock in brackets behind the headline": _feed(
        '<div class="item" id="i{num}"><h3>{title} <span class="tm">({hm})</span></h3><div class="tx">{body}</div></div>',
        author=False,
        page_zone="UTC",
        title=False,
    ),
    "time of the change behind the first one": _feed(
        '<div class="item" id="i{num}"><p class="tm">Published {hm} | Updated 16:55</p><h3>{title}</h3><div class="tx">{body}</div></div>',
        author=False,
        page_zone="UTC",
    ),
    "time of the change before the first one": _feed(
        '<div class="item" id="i{num}"><p class="tm">Updated 16:55 | Published {hm}</p><h3>{title}</h3><div class="tx">{body}</div></div>',
        author=False,
        page_zone="UTC",
    ),
    "key label behind a star": _feed(
        '<article id="i{num}" class="Post"><p class="lbl">{key}</p><time datetime="{iso}">{hm}</time><h3>{title}</h3>{body}</article>',
        key="★ Key moment",
        author=False,
    ),
    "anchors inside of wrappers": _feed(
        '<div class="post-wrap"><a class="anchor" id="{id}"></a><div class="post-in"><div class="post-meta"><time datetime="{iso}">{hm}</time></div><h3>{title}</h3><div>{body}</div><div class="post-author">{author}</div></div></div>'
    ),
    "table with clocks in a column": System(
        '<tr id="r{num}"><td class="t"><time datetime="{iso}">{hm}</time></td><td><h3>{title}</h3>{body}<p class="author">{author}</p></td></tr>',
        '<table class="live"><tbody>{posts}</tbody></table>',
    ),
    "how long ago, and in full for those who listen": _feed(
        '<div class="p" id="p{num}"><time aria-label="{dayus} at {h12} UTC">{n} hr ago</time><h4>{title}</h4>{body}</div>',
        author=False,
    ),
    "offset in brackets": _feed(
        '<div class="p" id="p{num}"><span class="date">{dayyear}, {hm} (GMT+2)</span><h4>{title}</h4>{body}</div>',
        author=False,
        zone="Africa/Maputo",
    ),
    "ids on headers": _feed(
        '<section><header id="{id}"><time datetime="{iso}">{hm}</time><h3>{title}</h3></header><div>{body}</div><footer>{author}</footer></section>'
    ),
    "clocks, headlines and bodies in a row": _feed(
        '<div class="lb-time" id="{id}">{hm}</div><div class="lb-head">{title}</div><div class="lb-body">{body}</div>',
        author=False,
        page_zone="UTC",
    ),
    "Swahili, month first": _feed(
        '<div class="p" id="p{num}"><span class="date">Machi 1, 2031 {hm}</span><h4>{title}</h4>{body}</div>',
        author=False,
        page_zone="UTC",
    ),
    "Romanian with an hour's word": _feed(
        '<div class="p" id="p{num}"><span class="date">Sâmbătă, 1 martie 2031, ora {hm}</span><h4>{title}</h4>{body}</div>',
        author=False,
        page_zone="UTC",
    ),
    "Spanish byline without a class": _feed(
        '<div class="p" id="p{num}"><time datetime="{iso}">{hm}</time><h4>{title}</h4><p>Por {author}</p>{body}</div>'
    ),
    "clock, name and town in one line": _feed(
        '<div class="p" id="p{num}"><div class="m"><time datetime="{iso}">{hm}</time> | {author} | Tana</div><h4>{title}</h4>{body}</div>'
    ),
    "name with what she is, as a line": _feed(
        '<div class="p" id="p{num}"><div class="m"><time datetime="{iso}">{hm}</time></div><h4>{title}</h4><div class="by">{author}, political editor</div>{body}</div>'
    ),
    "name and role below a picture": _feed(
        '<div class="p" id="p{num}"><div class="person"><img src="/a.jpg" alt="{author}"><strong>{author}</strong><small>Reporter, Tana</small></div><time datetime="{iso}">{hm}</time><h4>{title}</h4>{body}</div>'
    ),
    "name in brackets at the end": _feed(
        '<div class="p" id="p{num}"><time datetime="{iso}">{hm}</time><h4>{title}</h4>{body}<p>({author})</p></div>'
    ),
}
