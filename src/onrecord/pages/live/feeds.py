"""Cards of posts → Atom (RFC 4287), RSS 2.0, JSON Feed 1.1, a news sitemap, and schema.org's `LiveBlogPosting`.

Every entry names the outlet whose words it quotes, and leads to the original and to the post here with its evidence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from xml.etree import ElementTree as Tree

import orjson
from markupsafe import Markup, escape

from onrecord.pages.live.cards import Card

ATOM = "http://www.w3.org/2005/Atom"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
NEWS_AGE = timedelta(days=2)
"""A news sitemap lists nothing older."""
_CONTROLS = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 can't hold."""


@dataclass(frozen=True, slots=True)
class Feed:
    """What all formats are made from."""

    title: str
    base: str
    """The address of the page, without a slash at its end."""
    updated: datetime
    cards: Sequence[Card]

    def link(self, card: Card) -> str:
        """The post's page here."""
        return f"{self.base}/post/{card.anchor}"


def words(card: Card) -> str:
    """The post's words as far as they may be shown, as text."""
    return "\n\n".join(block.html.striptags() for block in card.blocks)


def html(card: Card) -> str:
    """The same as HTML, with its outlet and where it stands there."""
    parts = [f"<p>{block.html}</p>" for block in card.blocks]
    source = f'<a href="{escape(card.url)}">{escape(card.outlet)}</a>' if card.url else str(escape(card.outlet))
    return "".join(parts) + f"<p>Quoted from {source}</p>"


# -- XML ---------------------------------------------------------------------------------------------------------------


def atom(feed: Feed) -> str:
    """Atom."""
    root = Tree.Element("feed", {"xmlns": ATOM})
    _put(root, "id", f"{feed.base}/")
    _put(root, "title", feed.title)
    _put(root, "updated", feed.updated.isoformat())
    _put(root, "link", href=f"{feed.base}/")
    _put(root, "link", rel="self", href=f"{feed.base}/feed.atom")
    _put(root, "generator", "On Record")
    for card in feed.cards:
        entry = _put(root, "entry")
        _put(entry, "id", f"{feed.link(card)}")
        _put(entry, "title", card.title)
        _put(entry, "link", href=feed.link(card))
        if card.url:
            _put(entry, "link", rel="via", href=card.url)
        _put(_put(entry, "author"), "name", card.author or card.outlet)
        _put(entry, "published", _time(card).isoformat())
        _put(entry, "updated", (card.updated or _time(card)).isoformat())
        _put(entry, "content", html(card), type="html")
        source = _put(entry, "source")
        _put(source, "title", card.outlet)
    return _text(root)


def rss(feed: Feed) -> str:
    """RSS 2.0."""
    root = Tree.Element("rss", {"version": "2.0"})
    channel = _put(root, "channel")
    _put(channel, "title", feed.title)
    _put(channel, "link", f"{feed.base}/")
    _put(channel, "description", "Who says what, how sure, and the exact words")
    _put(channel, "lastBuildDate", format_datetime(feed.updated.astimezone(UTC)))
    for card in feed.cards:
        item = _put(channel, "item")
        _put(item, "title", card.title)
        _put(item, "link", feed.link(card))
        _put(item, "guid", feed.link(card), isPermaLink="true")
        _put(item, "pubDate", format_datetime(_time(card).astimezone(UTC)))
        _put(item, "description", html(card))
        _put(item, "source", card.outlet, url=card.url or f"{feed.base}/")
    return _text(root)


def sitemap(feed: Feed) -> str:
    """A news sitemap: the posts of the last two days."""
    root = Tree.Element("urlset", {"xmlns": SITEMAP, "xmlns:news": NEWS})
    for card in feed.cards:
        if feed.updated - _time(card) > NEWS_AGE:
            continue
        url = _put(root, "url")
        _put(url, "loc", feed.link(card))
        news = _put(url, "news:news")
        publication = _put(news, "news:publication")
        _put(publication, "news:name", feed.title)
        _put(publication, "news:language", "en")
        _put(news, "news:publication_date", _time(card).isoformat())
        _put(news, "news:title", card.title)
    return _text(root)


def _put(parent: Tree.Element, name: str, text: str | None = None, **attributes: str) -> Tree.Element:
    made = Tree.SubElement(parent, name, {key: _CONTROLS.sub("", value) for key, value in attributes.items()})
    made.text = None if text is None else _CONTROLS.sub("", text)
    return made


def _text(root: Tree.Element) -> str:
    return '<?xml version="1.0" encoding="utf-8"?>\n' + Tree.tostring(root, encoding="unicode") + "\n"


def _time(card: Card) -> datetime:
    return card.time or datetime.now(UTC)


# -- JSON --------------------------------------------------------------------------------------------------------------


def json_feed(feed: Feed) -> str:
    """JSON Feed 1.1."""
    items = [
        {
            "id": feed.link(card), "url": feed.link(card), "external_url": card.url or None, "title": card.title,
            "content_html": html(card), "date_published": _time(card).isoformat(),
            "date_modified": (card.updated or _time(card)).isoformat(),
            "authors": [{"name": card.author or card.outlet}], "tags": ["key event"] if card.key else [],
        }
        for card in feed.cards
    ]  # fmt: skip
    head = {
        "version": "https://jsonfeed.org/version/1.1", "title": feed.title, "home_page_url": f"{feed.base}/",
        "feed_url": f"{feed.base}/feed.json",
    }  # fmt: skip
    shown = [{key: value for key, value in item.items() if value not in (None, [])} for item in items]
    return orjson.dumps({**head, "items": shown}).decode()


def live_blog(feed: Feed) -> str:
    """schema.org's `LiveBlogPosting`: each update with its own time, author and publisher, never the page's."""
    times = [_time(card) for card in feed.cards]
    made = {
        "@context": "https://schema.org", "@type": "LiveBlogPosting", "@id": f"{feed.base}/", "url": f"{feed.base}/",
        "headline": feed.title, "dateModified": feed.updated.isoformat(),
        **({"coverageStartTime": min(times).isoformat(), "datePublished": min(times).isoformat()} if times else {}),
        "liveBlogUpdate": [_update(feed, card) for card in feed.cards if not card.removed],
    }  # fmt: skip
    return orjson.dumps(made).decode()


def _update(feed: Feed, card: Card) -> dict[str, object]:
    made: dict[str, object] = {
        "@type": "BlogPosting", "@id": feed.link(card), "url": feed.link(card), "headline": card.title[:110],
        "datePublished": _time(card).isoformat(), "dateModified": (card.updated or _time(card)).isoformat(),
        "articleBody": words(card), "publisher": {"@type": "Organization", "name": card.outlet},
        "author": {"@type": "Person", "name": card.author} if card.author
        else {"@type": "Organization", "name": card.outlet},
    }  # fmt: skip
    if card.url:
        made["isBasedOn"] = card.url
    return made


def in_script(json: str) -> Markup:
    """JSON that can stand in a `script` element: nothing in it can end the element."""
    return Markup(json.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))  # noqa: S704
