"""The HTML of a page → its posts: what readers are shown, merged with what the metadata declare."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, tzinfo

from selectolax.lexbor import LexborHTMLParser

from onrecord.model import Capture, Page, PageKind, Post, Problem
from onrecord.posts.addresses import safe
from onrecord.posts.alike import Place, Row, abridged
from onrecord.posts.alive import says_live
from onrecord.posts.article import article
from onrecord.posts.build import pieces_of, with_text
from onrecord.posts.dayheads import above, day_heads
from onrecord.posts.dom import Dom, dom
from onrecord.posts.elements import Range, id_names
from onrecord.posts.entry import Entry, entry
from onrecord.posts.ids import made_ids
from onrecord.posts.jsonld import Declared, clean, declared
from onrecord.posts.language import language_of
from onrecord.posts.merged import disagreeing, merged
from onrecord.posts.moments import day_of, machine, zone_named
from onrecord.posts.people import names
from onrecord.posts.planned import Rows
from onrecord.posts.repeats import without_repeats
from onrecord.posts.rules import Rule, matching, rule_for
from onrecord.posts.series import post_ranges
from onrecord.posts.state import embedded
from onrecord.posts.words import outlet_at, outlet_named

_DEEPEST = 5000
_OPENED = re.compile(
    r"<(/)?(?!(?:p|br|img|meta|link|input|hr|source|wbr|col|area|base|param|track|embed)\b)[a-zA-Z]", re.IGNORECASE
)


def read_html(text: str, capture: Capture, problems: Sequence[Problem] = ()) -> Page:
    """The page of an HTML document: live coverage with its posts, or one article as one post."""
    seen = _shortened(text, capture)
    if seen is None:
        text = _bounded(text)
        seen = _seen(text, capture)
    head, meta, page = seen.head, seen.meta, seen.page
    posts: list[Post] = []
    if capture.hints.split:
        entries = without_repeats(_entries(seen), meta.authors if meta else ())
        heads = day_heads(seen.body, seen.ranges, day_of(page.published, seen.zone))
        days_above = [above(heads, p.at if isinstance(p, Row) else p[2]) if heads else None for p in seen.places]
        posts = merged(_told_apart(entries), meta, page, seen.zone, days_above, len(heads))
        if not posts and says_live(f"{page.title or ''} {page.url or ''}"):
            posts = embedded(text, seen.zone)
    live = meta is not None and meta.live
    kind: PageKind = "live" if live or posts else "article"
    if not posts and not live:
        posts = _article(text, seen.body, head, meta, page)
    posts = made_ids(posts)
    told = seen.language or language_of("\n".join(p.text for p in posts[:40]))
    latest = max((p.time for p in posts if p.time), default=None)
    published = (latest if kind == "live" else page.published) or page.published or capture.hints.published
    page = replace(page, kind=kind, posts=tuple(posts), published=published, language=told)
    return replace(page, problems=(*problems, *_lacks(text, page)))


@dataclass(slots=True)
class _Seen:
    """A page as the parser sees it, and where its posts are."""

    head: dict[str, str]
    meta: Declared | None
    page: Page
    language: str | None
    body: Dom
    zone: tzinfo
    known: frozenset[str]
    """Ids that the metadata give to posts."""
    rule: Rule | None = None
    ruled: bool = False
    """Whether the rule found the posts."""
    ranges: Sequence[Range] = ()
    places: Sequence[Place | Row] = ()
    id_names: tuple[str, ...] = ()
    """The attributes that hold the posts' ids, where that is known."""


def _seen(text: str, capture: Capture) -> _Seen:
    """The page parsed."""
    tree = LexborHTMLParser(text)
    meta = declared(tree)
    head = _head(tree)
    page = _page(head, meta, capture)
    zone = zone_named(page.tz) or _declared_zone(meta, head)
    known = frozenset([p.id for p in meta.posts if p.id] if meta else ())
    seen = _Seen(head, meta, page, _language(tree), dom(tree), zone, known)
    if capture.hints.split:
        rule = seen.rule = rule_for(page.url, (page.published or capture.seen_at).date())
        ruled = [(i, seen.body.ends[i]) for i in matching(seen.body, rule.post)] if rule else []
        title = f"{page.title or ''} {head.get('title', '')} {page.url or ''}"
        seen.ruled = bool(ruled)
        seen.ranges = ruled or post_ranges(seen.body, known, title, page.url)
        seen.places = [(seen.body, post, post[0]) for post in seen.ranges]
    return seen


def _shortened(text: str, capture: Capture) -> _Seen | None:
    """The same of a page with many posts built alike, in less time; None of others."""
    short = abridged(text) if capture.hints.split and 0 not in capture.body else None
    if short is None or _bounded(short.text) is not short.text:
        return None
    seen = _seen(short.text, capture)
    seen.places = short.spread(seen.body, seen.ranges, seen.known) or () if seen.rule is None else ()
    seen.id_names = short.names
    return seen if seen.places else None


def _entries(seen: _Seen) -> list[Entry]:
    """What the page shows of each post."""
    rule = seen.rule if seen.ruled else None
    attributes = (rule.id,) if rule and rule.id else seen.id_names
    if not attributes:
        attributes = id_names([seen.body.given[a] for a, _ in seen.ranges])
    rows = iter(Rows(seen.zone, attributes).entries([place for place in seen.places if isinstance(place, Row)]))
    return [
        next(rows) if isinstance(place, Row) else entry(place[0], place[1], seen.zone, attributes, rule)
        for place in seen.places
    ]


def _bounded(text: str) -> str:
    """The text, cut off where elements lie deeper than on any sound page: parsing takes the square of the depth."""
    tags = text.count("<")
    if tags <= _DEEPEST or tags - 2 * text.count("</") <= _DEEPEST:
        return text
    depth = 0
    for found in _OPENED.finditer(text):
        depth = max(0, depth - 1) if found[1] else depth + 1
        if depth > _DEEPEST:
            return text[: found.start()]
    return text


def _told_apart(entries: Sequence[Entry]) -> Sequence[Entry]:
    """The posts, those marked as key ones that hold a badge for it, unless nearly all do."""
    count = sum(e.badge for e in entries)
    if not 0 < 2 * count <= len(entries):
        return entries
    return [replace(e, key=True) if e.badge and not e.key else e for e in entries]


# -- the page ----------------------------------------------------------------------------------------------------------


def _page(head: dict[str, str], meta: Declared | None, capture: Capture) -> Page:
    url = capture.hints.url or safe(head.get("canonical") or head.get("og:url") or (meta.url if meta else None))
    known = outlet_named(capture.hints.outlet) or outlet_at(url)
    site = head.get("og:site_name") or (meta.publisher if meta else None)
    outlet = capture.hints.outlet or (known.name if known else None) or site
    known = known or outlet_named(site)
    title = head.get("og:title") or (meta.title if meta else None) or head.get("title")
    when = machine(head.get("article:published_time")) or (meta.time if meta else None) or capture.hints.published
    tz = capture.hints.tz or (known.tz if known else None)
    told = head.get("og:description") or head.get("description")
    return Page(capture.where, "live", outlet=outlet, url=url, title=title, published=when, tz=tz, summary=told)


def _declared_zone(meta: Declared | None, head: dict[str, str]) -> tzinfo:
    """The offset in which the metadata give their times, where it tells a place; UTC tells none."""
    times = [meta.time, meta.updated, *(p.time for p in meta.posts[:5])] if meta else []
    names = ("article:published_time", "article:modified_time", "og:updated_time")
    times += [machine(head.get(name)) for name in names]
    return next((t.tzinfo for t in times if t is not None and t.tzinfo is not None and t.utcoffset()), UTC)


def _head(tree: LexborHTMLParser) -> dict[str, str]:
    """What the head of the document says, by name."""
    out: dict[str, str] = {}
    for node in tree.css("meta[content], link[rel=canonical], title"):
        given = node.attributes
        if node.tag == "title":
            out.setdefault("title", clean(node.text()))
        elif node.tag == "link":
            out.setdefault("canonical", given.get("href") or "")
        else:
            name = given.get("property") or given.get("name") or ""
            out.setdefault(name.lower(), clean(given.get("content") or ""))
    return {k: v for k, v in out.items() if v}


def _language(tree: LexborHTMLParser) -> str | None:
    root = tree.css_first("html")
    found = (root.attributes.get("lang") or "") if root else ""
    return found.split("-")[0].split("_")[0].lower() or None


# -- an article --------------------------------------------------------------------------------------------------------


def _article(text: str, body: Dom, head: dict[str, str], meta: Declared | None, page: Page) -> list[Post]:
    told = article(text, body)
    found = list(told.pieces)
    if not found and meta is not None:
        found = list(pieces_of(meta.body))
    if not found:
        return []
    heading = next((i for i, tag in enumerate(body.tags) if tag == "h1"), None)
    title = (body.line(heading) if heading is not None else "") or page.title or told.title
    found = [piece for piece in found if piece[1] != title]
    authors = meta.authors if meta else ()
    if not authors:
        authors = names(head.get("author", "")) or names(head.get("article:author", "")) or told.authors
    updated = meta.updated if meta else None
    post = Post("", "", (), title=title, authors=authors, time=page.published, updated=updated, url=page.url)
    return [with_text(post, found)]


def _lacks(text: str, page: Page) -> Iterator[Problem]:
    where = page.path
    tail = text[-400:].lower()
    if "</html" not in tail and "</body" not in tail and "<html" in text[:3000].lower():
        yield Problem("truncated-html", where, "it breaks off before its end", "fetch the page again")
    if not page.posts:
        yield Problem("no-posts", where, "it holds no post or article", "check that this is the page meant")
    if page.published is None:
        yield Problem("no-date", where, "it gives no date", "give the page's day with --published")
    if page.outlet is None:
        yield Problem("no-outlet", where, "it does not say whose page it is", "give the outlet with --outlet")
    if wrong := disagreeing(page.posts):
        why = f"at {len(wrong)} of {len(page.posts)} posts (first: {wrong[0]}) it shows another time than it declares"
        yield Problem("disagreeing-times", where, why, "nothing: the times shown are taken")
