"""The links of a post → its own address."""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.posts.marks import Given

Link = tuple[str, bool]
"""An address, and whether it says that it is its post's own."""


def link_of(given: Given) -> Link:
    """A link by its attributes."""
    return given.get("href", ""), given.get("itemprop") == "url" or "bookmark" in given.get("rel", "")


def permalink(links: Iterable[Link], own: str | None) -> str | None:
    """The post's own address: the link that ends in its id, or says what it is, or holds the id as one of its parts."""
    held: str | None = None
    end = f"#{own}" if own else ""
    for address, says in links:
        if end and address.endswith(end):
            return address
        if held is None and "://" not in address[8:] and not address.startswith(("#", "mailto:")):
            held = address if says or (own and _has_part(address, own)) else None
    return held


def _has_part(address: str, own: str) -> bool:
    """True where the id stands between signs of the address, and is not too short to tell anything."""
    if len(own) == 2:
        return address.endswith(f"/{own}")
    at = address.find(own) if len(own) > 2 else -1
    end = at + len(own)
    return at > 0 and address[at - 1] in "/=:#-" and (end == len(address) or address[end] in "/?&#.")
