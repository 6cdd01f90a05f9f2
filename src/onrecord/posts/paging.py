"""The bytes of a page and its address → the address at which its posts go on, if it names one.

`rel=next`, links and buttons that say "older posts", numbered pages, JSON's and feeds' `next`. A link counts only if it
leads to the same page of the same site: many systems call the next article of the site `next`, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from urllib.parse import SplitResult, parse_qsl, unquote, urljoin, urlsplit

import orjson

from onrecord import words
from onrecord.model import Page

_MOST_LINKS = 5_000
_TAG = re.compile(r"<(?:a|link|button|amp-list|atom:link)(\s[^<>]{1,2000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([\w:-]{2,40})\s{0,3}=\s{0,3}(?:\"([^\"]{0,900})\"|'([^']{0,900})'|([^\s\"'>]{1,900}))")
_HREF = re.compile(r"\shref\s{0,3}=\s{0,3}[\"']?([^\"'\s>]{1,900})", re.IGNORECASE)
_INNER = re.compile(r"(?:[^<]{1,200}|<(?!/?(?:a|button)\b)[^<>]{0,400}>){0,12}", re.IGNORECASE)
_MARKUP = re.compile(r"<[^<>]{0,400}>")
_EDGES = re.compile(r"^[\W\d_]+|[\W\d_]+$")
_NUMBERED = re.compile(r"^(?P<stem>.*?)/(?:(?P<name>[a-z_]{1,12})[/-]?)?(?P<number>\d{1,4})/?$", re.IGNORECASE)
_FRONT = re.compile(r"^(?:www|m|mobile|amp|edition)\.")


def more(body: bytes, page: Page, base: str, told: str | None = None) -> str | None:
    """The absolute address at which the page goes on; None where it names none, or is no page of posts.

    `told` is what the server named as the next one; it counts as a link of the page's own does.
    """
    if "://" not in base or page.kind not in ("live", "feed", "payload"):
        return None
    at = _split(base)
    if at is None:
        return None
    sent = _joined(base, told)
    if sent and _same_page(at, sent, feed=page.kind != "live"):
        return sent
    text = body.decode("latin-1")  # a byte a sign, which is quick; what is looked at closely is decoded then
    found = _in_json(text, at, base) if page.kind == "payload" else _in_markup(text, at, base, feed=page.kind == "feed")
    own = {post.url for post in page.posts}  # the address of a post may look like the page's second part
    return next((to for to in found if to not in own), None)


def _in_markup(text: str, at: SplitResult, base: str, *, feed: bool) -> Iterator[str]:
    """Addresses, the surest first: what is declared, then what the words say, then the next number."""
    named: list[str] = []
    counted: list[str] = []
    wanted, here = _number(at) + 1, _stem(at).rpartition("/")[2]
    for number, tag in enumerate(_TAG.finditer(text)):
        if number > _MOST_LINKS:
            break
        if not (feed or _may_lead(tag[1], here)):
            continue
        given = {
            m[1].lower(): unescape(_decoded(m[2] or m[3] or m[4] or "")).strip() for m in _ATTRIBUTE.finditer(tag[0])
        }
        direct = next((given[name] for name in _words("attributes") if given.get(name, "").strip("#")), None)
        to = _joined(base, direct or given.get("href"))
        if to is None or not _same_page(at, to, feed=feed):
            continue
        if "next" in given.get("rel", "").lower().split() or direct:
            yield to
        elif not feed and _says(text, tag.end(), given):
            named.append(to)
        elif _number(_split(to) or at) == wanted:
            counted.append(to)
    yield from (*named, *counted)


def _may_lead(attributes: str, here: str) -> bool:
    """False for most links, at little cost: those to another path of the site, whose last part is named `here`."""
    found = _HREF.search(attributes)
    if found is None or _direct().search(attributes):
        return _direct().search(attributes) is not None
    return (here in found[1] if here else "?" in found[1]) or "/" not in found[1]


def _says(text: str, start: int, given: dict[str, str]) -> bool:
    """True for a link whose words, title or label lead to further posts."""
    label = (given.get("aria-label"), given.get("title"))
    if any(one and _folded(one) in _words("links") for one in label):
        return True
    inner = _INNER.match(text, start)
    return (
        inner is not None and len(inner[0]) < 2000 and _folded(_MARKUP.sub(" ", _decoded(inner[0]))) in _words("links")
    )


def _folded(text: str) -> str:
    return _EDGES.sub("", " ".join(unescape(text).split()).lower())


def _decoded(text: str) -> str:
    return text.encode("latin-1", "replace").decode("utf-8", "replace")


def _in_json(text: str, at: SplitResult, base: str) -> Iterator[str]:
    for found in _property().finditer(text):
        try:
            value = orjson.loads(f'"{_decoded(found[1])}"')
        except orjson.JSONDecodeError:
            continue
        to = _joined(base, value)
        if to and _same_page(at, to, feed=True):
            yield to


@cache
def _property() -> re.Pattern[str]:
    names = "|".join(map(re.escape, words.table("posts_paging.toml")["properties"]))
    other = r'"(?!href)\w{1,20}"\s{0,3}:\s{0,3}"[^"]{0,200}"\s{0,3},\s{0,20}'
    inside = rf'(?:\{{[^{{}}"]{{0,20}}(?:{other}){{0,3}}"href"\s{{0,3}}:\s{{0,3}})?'
    return re.compile(rf'"(?:{names})"\s{{0,9}}:\s{{0,9}}{inside}"((?:[^"\\]|\\.){{1,900}})"')


@cache
def _direct() -> re.Pattern[str]:
    return re.compile(rf"\s(?:{'|'.join(map(re.escape, sorted(_words('attributes'))))})\s{{0,3}}=", re.IGNORECASE)


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(words.table("posts_paging.toml")[name])


# -- addresses ---------------------------------------------------------------------------------------------------------


def _split(address: str) -> SplitResult | None:
    try:
        found = urlsplit(address)
    except ValueError:
        return None
    return found if found.hostname else None


def _joined(base: str, given: str | None) -> str | None:
    """The absolute address without its fragment."""
    if not given or given.startswith("#"):
        return None
    try:
        to = urlsplit(urljoin(base, given))
    except ValueError:
        return None
    return to._replace(fragment="").geturl() if to.scheme in ("http", "https") and to.hostname else None


def _same_page(at: SplitResult, address: str, *, feed: bool) -> bool:
    """True where the address is another one of the same page: of its site, and at or below its path."""
    to = _split(address)
    if to is None or _site(to) != _site(at) or (to.path, to.query) == (at.path, at.query):
        return False
    if feed:
        return True
    here, there = _stem(at), _stem(to)
    if here in ("", "/"):
        return there == here
    return there == here or there.startswith(here.rstrip("/") + "/")


def _site(url: SplitResult) -> tuple[str, int | None]:
    return _FRONT.sub("", (url.hostname or "").lower()), url.port


def _stem(url: SplitResult) -> str:
    """The path without the number of its page and its ending."""
    path = unquote(url.path).rstrip("/")
    found = _NUMBERED.match(path)
    if found and found["name"] and found["name"].lower() in _words("numbers"):
        path = found["stem"]
    head, dot, ending = path.rpartition(".")
    return head if dot and ending.lower() in ("html", "htm", "php", "amp", "shtml", "json") else path


def _number(url: SplitResult) -> int:
    """The number of the page that an address names; 1 where it names none."""
    for name, value in parse_qsl(url.query)[:40]:
        if name.lower() in _words("numbers") and value.isdecimal() and len(value) < 5:
            return int(value)
    found = _NUMBERED.match(unquote(url.path).rstrip("/"))
    named = found is not None and (found["name"] or "").lower() in _words("numbers")
    return int(found["number"]) if found and named else 1
