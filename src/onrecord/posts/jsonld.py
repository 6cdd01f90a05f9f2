"""JSON-LD of a page → what the page declares of itself and of its posts."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import chain, repeat

import orjson
from selectolax.lexbor import LexborHTMLParser

from onrecord.posts.stamps import exact, usual_iso, usual_ones
from onrecord.posts.words import one_line

Json = dict[str, "Value"]
Value = str | int | float | bool | None | list["Value"] | Json

_MOST_VALUES = 500_000
_LIVE, _POSTS = "LiveBlogPosting", "liveBlogUpdate"
_ARTICLES = (
    "NewsArticle",
    "ReportageNewsArticle",
    "Article",
    "BlogPosting",
    "AnalysisNewsArticle",
    "OpinionNewsArticle",
)
_CONTROL = re.compile(r"[\x00-\x1f]+")
_BAD_ESCAPE = re.compile(r"\\(.)")
_MARKED_ID = re.compile(r"[?&](?:\w*post\w*|\w*id|page=with:\w+|entry|update)=([\w:.-]+)")
_LONGEST = 5_000_000
_LONGEST_NAME = 200
_KEYS = ("url", "@id", "mainEntityOfPage", "datePublished", "dateModified", "headline", "articleBody")
_MOST_SALVAGED = 20_000
_DECODER = json.JSONDecoder()
_COMMA = re.compile(r",(\s{0,50}[}\]])")


@dataclass(slots=True)
class Declared:
    """What metadata say of a page or post."""

    id: str | None = None
    url: str | None = None
    title: str | None = None
    body: str = ""
    """May hold HTML."""
    time: datetime | None = None
    updated: datetime | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    posts: tuple[Declared, ...] = ()
    live: bool = False
    stamp: str | None = None
    """The time as ISO text."""


def declared(tree: LexborHTMLParser) -> Declared | None:
    """What the page's JSON-LD declares: its live coverage with the posts, else its article; None without either."""
    best: Declared | None = None
    scripts = tree.css('script[type="application/ld+json"]')
    values = [loaded(script.text()) for script in scripts]
    named = _named(values)
    for value in values:
        for node in objects(value, _POSTS):
            kinds = _kinds(node)
            if _LIVE in kinds or _POSTS in node:
                found = _page(node, named, live=True)
                best = found if best is None or not best.live or len(found.posts) > len(best.posts) else best
            elif best is None and not kinds.isdisjoint(_ARTICLES):
                best = _page(node, named, live=False)
    return best


def loaded(text: str) -> Value:
    """The JSON value; broken JSON is mended where that is safe (control signs, trailing commas, comments around it)."""
    for attempt in chain((text,), _mended(text)):
        try:
            value: Value = orjson.loads(attempt)
        except ValueError:
            continue
        return loaded(value) if isinstance(value, str) and value.lstrip()[:1] in ("{", "[") else value
    return _salvaged(text)


def _named(values: list[Value]) -> dict[str, Json]:
    """The objects that others may name by their `@id`."""
    if len(values) < 2 and not any(isinstance(v, dict) and "@graph" in v for v in values):
        return {}
    nodes = (node for value in values for node in objects(value, _POSTS) if len(node) > 1)
    return {own: node for node in nodes if isinstance(own := node.get("@id"), str)}


def _salvaged(text: str) -> Value:
    """What can be read of broken JSON: its first whole value, else the single updates of live coverage in it."""
    clean = _CONTROL.sub(" ", text)
    start = clean.find("{")
    if start < 0 or len(text) > _LONGEST:
        return None
    whole = _decoded(clean, start)
    if whole is not None or f'"{_LIVE}"' not in clean:
        return whole[0] if whole else None
    updates: list[Value] = []
    at = clean.find(f'"{_POSTS}"')
    for _ in range(_MOST_SALVAGED):
        at = clean.find("{", at + 1) if at >= 0 else -1
        if at < 0:
            break
        found = _decoded(clean, at)
        if found is not None and "datePublished" in found[0]:
            updates.append(found[0])
        at = found[1] - 1 if found is not None else at
    return {"@type": _LIVE, _POSTS: updates} if updates else None


def _decoded(text: str, start: int) -> tuple[Json, int] | None:
    """The object that begins there, and where it ends."""
    try:
        value, end = _DECODER.raw_decode(text, start)
    except (ValueError, RecursionError):
        return None
    return (value, end) if isinstance(value, dict) else None


def _mended(text: str) -> Iterator[str]:
    """Forms of the text that may parse, from the least changed."""
    clean = text.strip().removeprefix("<!--").removeprefix("//<![CDATA[").removeprefix("<![CDATA[").strip()
    clean = clean.removesuffix("-->").strip().removesuffix("]]>").strip().removesuffix("//").strip().rstrip(";")
    clean = _CONTROL.sub(" ", clean)
    yield clean
    yield _COMMA.sub(r"\1", clean)
    if _BAD_ESCAPE.search(clean):
        yield _BAD_ESCAPE.sub(_mended_escape, clean)
    if "&quot;" in clean[:200]:
        yield html.unescape(clean)
    end = clean.rfind("}")
    if 0 < end < len(clean) - 1:
        yield clean[: end + 1]


def _mended_escape(found: re.Match[str]) -> str:
    """A quote that needs no sign before it; else the sign itself."""
    return found[0] if found[1] in '"\\/bfnrtu' else ("'" if found[1] == "'" else "\\\\" + found[1])


def objects(value: Value, leaving: str = "") -> Iterator[Json]:
    """Every object in a JSON value but what stands in properties of that name."""
    stack: list[Value] = [value]
    for _ in range(_MOST_VALUES):
        if not stack:
            return
        top = stack.pop()
        if isinstance(top, list):
            stack.extend(v for v in reversed(top) if isinstance(v, dict | list))
        elif isinstance(top, dict):
            yield top
            stack.extend(v for k, v in top.items() if k != leaving and isinstance(v, dict | list))


def _kinds(node: Json) -> set[str]:
    kind = node.get("@type")
    return {k for k in (kind if isinstance(kind, list) else [kind]) if isinstance(k, str)}


def _page(node: Json, named: dict[str, Json], live: bool) -> Declared:
    page = next(_all([node]))
    posts = tuple(_all([*_updates(node.get(_POSTS), named)], page.url or ""))
    return Declared(
        url=page.url, title=page.title, body=page.body, time=page.time, updated=page.updated, authors=page.authors,
        publisher=next(iter(_names(node.get("publisher"))), None), posts=posts, live=live,
    )  # fmt: skip


def _updates(value: Value, named: dict[str, Json]) -> Iterator[Json]:
    """The posts of live coverage: in place, as items of a list, or named by an `@id`."""
    for one in value if isinstance(value, list) else [value]:
        if not isinstance(one, dict):
            continue
        held = one.get("itemListElement")
        if isinstance(held, list):
            items = ((v.get("item") or v) if isinstance(v, dict) else v for v in held)
            yield from _updates([i for i in items if isinstance(i, dict) and "itemListElement" not in i], named)
        elif len(one) == 1 and isinstance(own := one.get("@id"), str):
            yield named.get(own, one)
        else:
            yield one


def _all(nodes: Sequence[Json], page_url: str | None = None) -> Iterator[Declared]:
    """What each declares, told property by property: `page_url` is that of the page whose posts they are."""
    url, own, page, when, changed, title, body = (_column(nodes, key) for key in _KEYS)
    when, title = _else(when, nodes, "dateCreated"), _else(title, nodes, "name")
    body = _else(body, nodes, "text")
    if page_url is not None:
        body = _else(body, nodes, "description")
    moments, changes = _moments(when), _moments(changed)
    titles = {text: clean(text) or None for text in set(title) if text is not None}
    addresses = list(zip(url, own, page, strict=True))
    return map(
        Declared,
        [_id(node, found, page_url) for node, found in zip(nodes, addresses, strict=True)],
        [a or b or c for a, b, c in addresses],
        [titles.get(text) if text else None for text in title],
        [text or "" for text in body],
        [moments[text][0] for text in when],
        [changes[text][0] for text in changed],
        _people([node.get("author") for node in nodes]),
        repeat(None),
        repeat(()),
        repeat(False),
        [moments[text][1] for text in when],
    )


def _column(nodes: Sequence[Json], key: str) -> list[str | None]:
    """The text of a property of each."""
    values = [node.get(key) for node in nodes]
    kinds = set(map(type, values))
    if kinds == {str}:
        return [value.strip() or None for value in values if isinstance(value, str)]
    return [None] * len(nodes) if kinds == {type(None)} else [_text(node, key) for node in nodes]


def _else(found: list[str | None], nodes: Sequence[Json], key: str) -> list[str | None]:
    """The same texts, of those that have none the text of another property."""
    if None not in found:
        return found
    return [_text(node, key) if text is None else text for text, node in zip(found, nodes, strict=True)]


def _moments(texts: Iterable[str | None]) -> dict[str | None, tuple[datetime | None, str | None]]:
    """The moment that each text tells, and that as ISO text."""
    told = [text for text in set(texts) if text]
    out: dict[str | None, tuple[datetime | None, str | None]] = {None: (None, None)}
    for text, time in zip(told, usual_ones(told), strict=True):
        if time is not None:
            out[text] = time, usual_iso(text)
        else:
            found = exact(text)
            out[text] = found, found.isoformat() if found else None
    return out


def _id(node: Json, addresses: Sequence[str | None], page_url: str | None) -> str | None:
    """The post's own id: the fragment of its address, or what its address has beyond the page's."""
    for address in addresses:
        if address and "#" in address:
            return address.rsplit("#", 1)[1] or None
    own = _text(node, "identifier")
    if own:
        return own
    address = addresses[0] or addresses[1]
    marked = _MARKED_ID.search(address) if address else None
    if marked:
        return marked[1].removeprefix("with:")
    if address and page_url and address.rstrip("/") != page_url.rstrip("/"):
        return address.rstrip("/").rsplit("/", 1)[-1] or None
    return None


def _text(node: Json, key: str) -> str | None:
    """The text of a property, which may be an object with an `@id`, `@value` or `name`."""
    value = node.get(key)
    if value is None:
        return None
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = next(
            (value[k] for k in ("@id", "@value", "value", "url", "name") if isinstance(value.get(k), str)), None
        )
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value.strip() if isinstance(value, str) and value.strip() else None


def _people(authors: Sequence[Value]) -> list[tuple[str, ...]]:
    """The names of those whom each names as its authors."""
    names = [author.get("name") if isinstance(author, dict) else None for author in authors]
    known = {name: _authors({"name": name}) for name in {name for name in names if isinstance(name, str)}}
    return [
        known[name] if isinstance(name, str) else _authors(author) if author else ()
        for name, author in zip(names, authors, strict=True)
    ]


def _authors(value: Value) -> tuple[str, ...]:
    name = value.get("name") if isinstance(value, dict) else None
    if isinstance(name, str) and len(name) < _LONGEST_NAME:
        return (_name(name),) if _name(name.strip()) else ()
    return tuple(dict.fromkeys(_names(value)))


def _names(value: Value) -> Iterator[str]:
    for one in value if isinstance(value, list) else [value]:
        name = _text(one, "name") if isinstance(one, dict) else one
        if isinstance(name, str):
            named = _name(name) if len(name) < _LONGEST_NAME else _read_name(name)
            if named:
                yield named


def _read_name(text: str) -> str:
    """A name on one line; "" for an address."""
    return "" if text.strip().startswith("http") else clean(text)


_name = lru_cache(maxsize=8192)(_read_name)


def clean(text: str) -> str:
    """One line of plain text: entities and single spaces."""
    return one_line(html.unescape(text) if "&" in text else text)
