"""A feed (RSS or Atom) → its entries as posts."""

from __future__ import annotations

import calendar
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

from onrecord.model import Capture, Page, Post, Problem
from onrecord.posts.addresses import safe
from onrecord.posts.build import bodied, pieces_of
from onrecord.posts.ids import made_ids
from onrecord.posts.jsonld import clean
from onrecord.posts.language import language_of
from onrecord.posts.words import outlet_at, outlet_named

_ROOT = re.compile(r"<(?:rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)
_PAGE = re.compile(r"<(?:!doctype\s+html|html|body)[\s>]", re.IGNORECASE)
_DECODED = {"content-type": "application/xml; charset=utf-8"}
"""What feedparser takes for the server's word, which outranks the encoding that the text names for itself."""
_MAILED = re.compile(r"\S+@\S+\s+\((.+)\)")

Node = Mapping[str, object]


def is_feed(head: str) -> bool:
    """Whether a text begins as a feed does."""
    root = _ROOT.search(head)
    return root is not None and not _PAGE.search(head, 0, root.start())


def read_feed(text: str, capture: Capture, problems: Sequence[Problem] = ()) -> Page:
    """The page of a feed; a broken one gives the entries that can be read, and a problem.

    feedparser is imported here, because few captures need it and it takes long to load.
    """
    import feedparser

    found = feedparser.parse(
        text.encode("utf-8", "replace"), response_headers=_DECODED, sanitize_html=False, resolve_relative_uris=False
    )
    told: Node = found.feed
    url = capture.hints.url or safe(_text(told, "link"))
    posts = made_ids([_post(dict(entry.items()), url) for entry in found.entries])
    known = outlet_named(capture.hints.outlet) or outlet_at(url)
    title = clean(_text(told, "title")) or None
    latest = max((p.time for p in posts if p.time), default=None)
    language = _text(told, "language").split("-")[0].lower() or language_of("\n".join(p.text for p in posts[:40]))
    return Page(
        path=capture.where,
        kind="feed",
        outlet=capture.hints.outlet or (known.name if known else None) or title,
        url=url or None,
        title=title,
        published=latest or capture.hints.published,
        tz=capture.hints.tz or (known.tz if known else None),
        language=language,
        posts=tuple(posts),
        problems=(*problems, *_doubts(capture.where, found, posts)),
    )


def _doubts(where: str, found: Node, posts: Sequence[Post]) -> Iterator[Problem]:
    if found.get("bozo") and not posts:
        why = f"the feed is broken: {found.get('bozo_exception')}"
        yield Problem("broken-feed", where, why, "fetch it again", fatal=True)
    elif not posts:
        yield Problem("no-posts", where, "the feed holds no entry", "check that this is the feed meant")
    elif found.get("bozo"):
        yield Problem("broken-feed", where, f"the feed is broken: {found.get('bozo_exception')}", "fetch it again")


def _post(entry: Node, base: str | None) -> Post:
    time_ = _moment(entry, "published_parsed") or _moment(entry, "updated_parsed")
    updated = _moment(entry, "updated_parsed")
    post = Post(
        id=_text(entry, "id") or _text(entry, "link"),
        text="",
        blocks=(),
        title=clean(_plain(_text(entry, "title"))) or None,
        authors=tuple(dict.fromkeys(_authors(entry))),
        time=time_,
        updated=updated if updated != time_ else None,
        url=safe(_text(entry, "link"), base),
        declared=time_.isoformat() if time_ else None,
        via=_via(entry),
    )
    return bodied(post, _body(entry), base)


def _plain(markup: str) -> str:
    return " ".join(text for _, text in pieces_of(markup)) if "<" in markup else markup


def _body(entry: Node) -> str:
    """The fullest text that the entry gives."""
    contents = entry.get("content")
    held = [_text(c, "value") for c in contents if isinstance(c, Mapping)] if isinstance(contents, list) else []
    return max([*held, _text(entry, "summary")], key=len, default="")


def _authors(entry: Node) -> Iterator[str]:
    people = entry.get("authors")
    for one in people if isinstance(people, list) else ():
        name = _text(one, "name") if isinstance(one, Mapping) else ""
        mailed = _MAILED.fullmatch(name)
        if name and ("@" not in name or mailed):
            yield clean(mailed[1] if mailed else name)


def _via(entry: Node) -> tuple[str, ...]:
    """The outlet that the entry was taken from."""
    source = entry.get("source")
    name = clean(_text(source, "title")) if isinstance(source, Mapping) else ""
    return (name,) if name else ()


def _text(node: Node, key: str) -> str:
    value = node.get(key)
    return value.strip() if isinstance(value, str) else ""


def _moment(entry: Node, key: str) -> datetime | None:
    value = entry.get(key)
    if not isinstance(value, time.struct_time):
        return None
    try:
        return datetime.fromtimestamp(calendar.timegm(value), UTC)
    except (ValueError, OverflowError, OSError):
        return None
