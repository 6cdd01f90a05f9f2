"""The range of a post and its text → what stands in it beside words: pictures, embeds, links and list items."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator
from functools import cache

from onrecord.model import Inset
from onrecord.posts.addresses import safe
from onrecord.posts.dom import Dom
from onrecord.posts.marks import Mark, tokens
from onrecord.posts.words import one_line, table, words

_FILE = "posts_embeds.toml"
_SMALLEST = 64
"""A picture no wider or higher is decoration."""
_PICTURES = frozenset(["img", "amp-img"])
_PLAYERS = {"video": "video", "amp-video": "video", "audio": "audio", "amp-audio": "audio"}
_FAR = 2000
"""Words of a page are found again in the post's text no further than this from where the last were."""


def insets(
    page: Dom, start: int, end: int, text: str, base: str | None, skip: Collection[int] = ()
) -> tuple[Inset, ...]:
    """Pictures, embeds, links and list items in page order. Addresses are http or https, relative ones from `base`."""
    places, tags, given = page.insets, page.tags, page.given
    near = places[bisect_left(places, start) : bisect_left(places, end)]
    wanted = {i for i in near if tags[i] != "a" or leads_on(given[i].get("href", ""))} if near else None
    if not wanted:
        return ()
    out: list[Inset] = []
    cursor, i = 0, start
    while i < end:
        if i in skip and i != start:
            i = page.ends[i]
            continue
        if page.texts[i]:
            cursor = behind(page.texts[i], text, cursor)
        elif i in wanted:
            found = list(inset_at(page, i, text, cursor, base))
            out += found
            if found and found[0].kind == "embed" and page.tags[i] != "blockquote":
                i = page.ends[i]
                continue
        i += 1
    return tuple(once(out))


def leads_on(address: str) -> bool:
    """Whether a link leads anywhere else: not to the page itself, to a mail or a script."""
    return bool(address) and address[0] != "#" and (":" not in address[:12] or address.startswith("http"))


def behind(words_: str, text: str, cursor: int) -> int:
    """The place behind some words of the page in the post's text."""
    return after(one_line(words_), text, cursor)


def after(line: str, text: str, cursor: int) -> int:
    """The same of words on one line."""
    at = text.find(line, cursor, cursor + _FAR + len(line)) if line else -1
    return at + len(line) if at >= 0 else cursor


def once(found: list[Inset]) -> Iterator[Inset]:
    """Each thing once, though pages often give it again for other screens."""
    seen: set[tuple[str, str | None]] = set()
    for inset in found:
        key = inset.kind, inset.url
        if inset.kind in ("link", "item") or key not in seen:
            seen.add(key)
            yield inset


def inset_at(page: Dom, i: int, text: str, cursor: int, base: str | None) -> Iterator[Inset]:
    """What an element is, if it is one of those; `cursor` is where in the post's text it stands."""
    tag, given = page.tags[i], page.given[i]
    if tag in ("a", "li"):
        yield from marked(page.line(i), given.get("href") if tag == "a" else None, tag == "li", text, cursor, base)
    elif tag in _PICTURES:
        if url := _picture(page, i, base):
            yield Inset("picture", cursor, cursor, url)
    elif found := _embed(page, i, base):
        kind, url = found
        yield Inset("embed", cursor, cursor, url, kind)


def marked(line: str, href: str | None, is_item: bool, text: str, cursor: int, base: str | None) -> Iterator[Inset]:
    """A link or list item by its words."""
    at = text.find(line, cursor, cursor + _FAR + len(line)) if line else -1
    if at >= 0:
        url = None if is_item else safe(href, base)
        if url or is_item:
            yield Inset("item" if is_item else "link", at, at + len(line), url)


def _picture(page: Dom, i: int, base: str | None) -> str | None:
    given = page.given[i]
    size = [int(v) for name in ("width", "height") if (v := given.get(name, "")).isdecimal() and len(v) < 6]
    if any(s <= _SMALLEST for s in size):
        return None
    around = (i, page.above[i])
    named = " ".join(page.given[j].get("class", "") for j in around if j >= 0)
    if not tokens(named).isdisjoint(words(_FILE, "decoration")):
        return None
    if any(page.marks[j] & (Mark.AUTHOR | Mark.ROLE) for j in around if j >= 0):
        return None
    names = ("src", "data-src", "data-original", "data-lazy-src", "data-srcset", "srcset")
    given_ones = (given.get(name, "").split(",")[0].split(" ")[0] for name in names)
    return next((url for g in given_ones if g and not g.startswith("data:") and (url := safe(g, base))), None)


def _embed(page: Dom, i: int, base: str | None) -> tuple[str, str] | None:
    """Kind and address of an embedded thing."""
    given, tag = page.given[i], page.tags[i]
    for name, (kind, address) in _by_attribute().items():
        value = given.get(name, "")
        if value and all(c.isalnum() or c in "-_/" for c in value):
            return kind, address.format(value)
    player = _PLAYERS.get(tag)
    for url in _addresses(page, i, base):
        known = kind_of(url)
        if known or player or tag in ("iframe", "embed", "amp-iframe"):
            return known if known and not player else player or "page", url
    return None


def _addresses(page: Dom, i: int, base: str | None) -> Iterator[str]:
    """Where an embedded thing may lie: its own attributes, those of its sources, the last links in it."""
    own = table(_FILE)["addresses"]
    assert isinstance(own, list)
    yield from (url for name in own if (url := safe(page.given[i].get(name), base)))
    inside = range(i + 1, page.ends[i])
    yield from (url for j in inside if page.tags[j] == "source" and (url := safe(page.given[j].get("src"), base)))
    if page.marks[i] & Mark.EMBED:
        yield from (
            url for j in reversed(inside) if page.tags[j] == "a" and (url := safe(page.given[j].get("href"), base))
        )


def kind_of(url: str) -> str | None:
    """The kind of what lies at an address, by its host."""
    low = url.lower()
    return next((kind for kind, parts in _hosts().items() if any(part in low for part in parts)), None)


@cache
def _hosts() -> dict[str, list[str]]:
    found = table(_FILE)["hosts"]
    assert isinstance(found, dict)
    return found


@cache
def _by_attribute() -> dict[str, tuple[str, str]]:
    found = table(_FILE)["attributes"]
    assert isinstance(found, dict)
    return {name: (kind, address) for name, (kind, address) in found.items()}
