"""A site's robots.txt → whether a page of it may be fetched, and how long to wait in between (RFC 9309)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from time import monotonic

import httpx
from protego import Protego

AGENT = "OnRecord"
"""Our name in robots.txt."""
KEPT = 6 * 3600.0
"""Seconds for which a robots.txt holds."""
KEPT_FAULT = 300.0
"""The same where it could not be had: nothing is fetched till then."""
MOST = 512_000
"""Bytes of a robots.txt that are read."""
LONGEST = 60.0
"""Seconds of `Crawl-delay` that we follow; a longer one is a mistake, or means no."""

Get = Callable[[str], tuple[int, bytes] | None]
"""Address → (status, body), or None where there was no answer."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What a site lets us do."""

    parsed: Protego | None
    """None: all is allowed, or nothing where `shut`."""
    until: float
    shut: bool = False

    def allow(self, url: str) -> bool:
        """True when the page may be fetched."""
        if self.parsed is None:
            return not self.shut
        return bool(self.parsed.can_fetch(url, AGENT))

    @property
    def delay(self) -> float:
        """Seconds to leave between two requests, as the site asks."""
        wanted = self.parsed.crawl_delay(AGENT) if self.parsed else None
        return min(float(wanted or 0), LONGEST)


class Robots:
    """The rules of the sites that were asked, remembered; safe between threads."""

    def __init__(self) -> None:
        self._known: dict[str, Rules] = {}
        self._lock = Lock()

    def rules(self, url: httpx.URL, get: Get) -> Rules:
        """The rules for the address's site, fetched when none are known or they are too old."""
        site = f"{url.scheme}://{url.netloc.decode('ascii')}"
        with self._lock:
            known = self._known.get(site)
        if known and known.until > monotonic():
            return known
        made = _rules(get(f"{site}/robots.txt"))
        with self._lock:
            self._known[site] = made
        return made

    def delay(self, url: str) -> float:
        """Seconds that the site asks to leave between requests, as far as it is known."""
        address = httpx.URL(url)
        with self._lock:
            known = self._known.get(f"{address.scheme}://{address.netloc.decode('ascii')}")
        return known.delay if known else 0.0


def _rules(answer: tuple[int, bytes] | None) -> Rules:
    """No answer or a fault of the server's shuts the site for now; no such file opens it."""
    now = monotonic()
    if answer is None or answer[0] >= 500 or answer[0] == 429:
        return Rules(None, now + KEPT_FAULT, shut=True)
    if answer[0] >= 400:
        return Rules(None, now + KEPT)
    return Rules(Protego.parse(answer[1].decode("utf-8", "replace")), now + KEPT)
