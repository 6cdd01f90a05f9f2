"""A fetched page and where it was found → the address that it goes by, and the one at which it goes on."""

from __future__ import annotations

import re
from html import unescape

import httpx

_HEAD = 300_000
_LINK = re.compile(rb"<link\s[^<>]{0,1000}>", re.IGNORECASE)
_CANONICAL = re.compile(rb"\brel\s{0,3}=\s{0,3}[\"']?canonical\b", re.IGNORECASE)
_HREF = re.compile(rb"\bhref\s{0,3}=\s{0,3}(?:\"([^\"]{1,900})\"|'([^']{1,900})'|([^\s\"'>]{1,900}))", re.IGNORECASE)
_FRONT = re.compile(r"^(?:www|m|mobile|amp|edition)\.")


def following(link: str | None) -> str | None:
    """The next part of a page, as its `Link` header names it (RFC 8288); None where it names none."""
    links = httpx.Response(200, headers={"link": link}).links if link else {}
    return links.get("next", {}).get("url") or None


def address(body: bytes, at: httpx.URL) -> str:
    """The page's canonical address, if it is one of the same site and no front page; else where it was found.

    Else a page could pass for another outlet's, and all live pages of a careless site for one.
    """
    named = _canonical(body, at)
    if named is None or named.scheme not in ("http", "https") or _site(named) != _site(at):
        return str(at)
    if named.path == "/" != at.path:
        return str(at)
    return str(named.copy_with(fragment=None))


def _canonical(body: bytes, at: httpx.URL) -> httpx.URL | None:
    for link in _LINK.finditer(body, 0, _HEAD):
        href = _HREF.search(link[0]) if _CANONICAL.search(link[0]) else None
        if href:
            text = unescape((href[1] or href[2] or href[3]).decode("utf-8", "replace")).strip()
            try:
                return at.join(text)
            except (httpx.InvalidURL, ValueError):
                return None
    return None


def _site(url: httpx.URL) -> tuple[str, int | None]:
    return _FRONT.sub("", url.host.lower()), url.port
