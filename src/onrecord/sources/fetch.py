"""An address → a capture of the page, word that it has not changed, or the problem that says why there is neither.

Polite (robots.txt, conditional requests, an honest name) and careful: caps on size, unpacked size, redirects and time,
and no address of a private network unless it is allowed, on every hop.
"""

from __future__ import annotations

import hashlib
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import partial
from importlib import metadata
from time import monotonic
from typing import TypeVar

import httpcore
import httpx
import stamina

from onrecord.model import Capture, Hints, Problem
from onrecord.sources import fetch_body as body
from onrecord.sources import fetch_robots as robots
from onrecord.sources.fetch_net import Backend, Network, NoAddressError, RefusedAddressError, Transport
from onrecord.sources.fetch_page import address, following

VERSION = metadata.version("onrecord")
USER_AGENT = f"{robots.AGENT}/{VERSION} (+https://github.com/on-record/onrecord; keeps a record of live news)"
MOST_WAIT = 86_400.0
"""Seconds of `Retry-After` that we follow at most."""

REDIRECTS = frozenset({301, 302, 303, 307, 308})
GONE = (404, 410)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a fetch may cost, and where it may go."""

    size: int = 20_000_000
    """Bytes of a body, unpacked."""
    redirects: int = 5
    seconds: float = 60.0
    """For all of it, robots.txt and redirects included."""
    pause: float = 20.0
    """Seconds without a byte."""
    networks: tuple[Network, ...] = ()
    """Private networks that may be asked."""
    again: float = 0.5
    """Seconds, about, before a connection that broke is tried once more."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the server said of the version that we have."""

    etag: str | None = None
    modified: str | None = None

    def headers(self) -> dict[str, str]:
        """The conditions of a request."""
        given = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in given.items() if value}


@dataclass(frozen=True, slots=True)
class Fetched:
    """The page came."""

    capture: Capture
    known: Known


@dataclass(frozen=True, slots=True)
class NotModified:
    """The page is as we know it."""

    seen_at: datetime


@dataclass(frozen=True, slots=True)
class Failed:
    """The page did not come."""

    problem: Problem
    wait: float | None = None
    """Seconds to wait, as the server asks."""
    gone: bool = False
    """The server says that there is no such page any more."""


Outcome = Fetched | NotModified | Failed


@dataclass(frozen=True, slots=True)
class There:
    """What an address answers: 200, or that there is nothing (any more)."""

    status: int
    url: str
    """Where the answer came from, behind redirects."""
    seen_at: datetime

    @property
    def gone(self) -> bool:
        """True when the server says that there is no such page."""
        return self.status in GONE


class _Stopped(Exception):  # noqa: N818
    def __init__(self, failed: Failed) -> None:
        super().__init__(failed.problem.why)
        self.failed = failed


class _Broken(Exception):  # noqa: N818
    """The connection broke: worth another try at once."""

    def __init__(self, failed: Failed) -> None:
        super().__init__(failed.problem.why)
        self.failed = failed


class Fetcher:
    """Fetches pages; safe between threads, one request after another for each call."""

    def __init__(self, limits: Limits = Limits(), now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.limits = limits
        self.robots = robots.Robots()
        self._now = now
        self._tls = ssl.create_default_context()

    def get(self, url: str, hints: Hints = Hints(), known: Known = Known()) -> Outcome:  # noqa: B008
        """The page at that address as it is now. Raises nothing for what servers and networks do."""
        return self._twice(lambda deadline: self._page(url, hints, known, deadline))

    def is_there(self, url: str) -> There | Failed:
        """What that address answers behind its redirects, without the body. Raises nothing, as `get`."""
        return self._twice(lambda deadline: self._there(url, deadline))

    def _twice(self, ask: Callable[[float], T]) -> T | Failed:
        """What `ask` gives till its deadline; a connection that breaks is tried once more."""
        deadline = monotonic() + self.limits.seconds
        try:
            for attempt in stamina.retry_context(
                on=_Broken, attempts=2, wait_initial=self.limits.again, wait_jitter=self.limits.again
            ):
                with attempt:
                    return ask(deadline)
        except (_Stopped, _Broken) as stop:
            return stop.failed
        raise AssertionError("a try ends with an answer or a problem")

    def _page(self, url: str, hints: Hints, known: Known, deadline: float) -> Outcome:
        answer, at = self._follow(url, known, deadline, self.limits.size)
        return self._outcome(answer, url, at, hints)

    def _there(self, url: str, deadline: float) -> There | Failed:
        answer, at = self._follow(url, Known(), deadline, 0)
        if answer.status in (200, *GONE):
            return There(answer.status, str(at), answer.seen_at)
        return _refusal(answer, url)

    def _follow(self, url: str, known: Known, deadline: float, most: int) -> tuple[_Answer, httpx.URL]:
        """The answer behind all redirects, and where it was; every hop is checked anew."""
        at = _address(url)
        for _ in range(self.limits.redirects + 1):
            self._ask_robots(at, url, deadline)
            answer = self._send(at, known.headers(), deadline, url, most)
            if isinstance(answer, _Answer):
                return answer, at
            at = _joined(at, answer, url)
        raise _stop("too-many-redirects", url, f"it redirects more than {self.limits.redirects} times")

    def _ask_robots(self, at: httpx.URL, url: str, deadline: float) -> None:
        rules = self.robots.rules(at, partial(self._robots_txt, deadline=deadline))
        if rules.shut:
            why = "its robots.txt can't be had just now, so the page is left alone"
            raise _stop("no-robots", url, why, "nothing to do; it is asked again by itself", rules.until - monotonic())
        if not rules.allow(str(at)):
            raise _stop("robots", url, "its robots.txt asks us not to fetch it", "ask the outlet, or add saved pages")

    def _robots_txt(self, site: str, deadline: float) -> tuple[int, bytes] | None:
        """(status, body) of a robots.txt behind its redirects; None where there is no answer."""
        at = httpx.URL(site)
        try:
            for _ in range(self.limits.redirects + 1):
                answer = self._send(at, {}, deadline, site, robots.MOST)
                if isinstance(answer, _Answer):
                    return answer.status, answer.body
                at = _joined(at, answer, site)
        except _Stopped as stop:
            if stop.failed.problem.code in ("refused-address", "no-address"):
                raise
        except _Broken:
            pass
        return None

    def _send(
        self, at: httpx.URL, conditions: Mapping[str, str], deadline: float, url: str, most: int
    ) -> _Answer | str:
        """One request: its answer, or where it redirects to. Raises `_Stopped` and `_Broken`."""
        headers = {
            "User-Agent": USER_AGENT, "Accept": "text/html, application/json;q=0.9, */*;q=0.5",
            "Accept-Encoding": body.ACCEPTED, **conditions,
        }  # fmt: skip
        pause = self.limits.pause
        transport = Transport(Backend(self.limits.networks, deadline), self._tls)
        client = httpx.Client(transport=transport, timeout=pause, follow_redirects=False, trust_env=False)
        try:
            with client, client.stream("GET", at, headers=headers) as response:
                if response.status_code in REDIRECTS:
                    return str(response.headers.get("location", ""))
                return self._answer(response, most)
        except (httpcore.TimeoutException, TimeoutError):
            raise _stop("timeout", url, "it did not answer in time", "nothing to do; it is tried again") from None
        except RefusedAddressError as error:
            why = f"{at.host} is an address of a private network ({error})"
            raise _stop("refused-address", url, why, "allow your own networks with --allow-private") from None
        except NoAddressError:
            raise _stop("no-address", url, f"there is no host {at.host}", "check the address") from None
        except (httpcore.NetworkError, httpcore.ProtocolError, body.CutShortError) as error:
            raise _Broken(_failed("cut-short", url, f"the connection broke ({error})", "it is tried again")) from None
        except (body.TooLargeError, body.PackingError) as error:
            code = "too-large" if isinstance(error, body.TooLargeError) else "bad-packing"
            raise _stop(code, url, str(error), "give the address of the page itself") from None

    def _answer(self, response: httpx.Response, most: int) -> _Answer:
        """The status with the body where there is one that we want."""
        status, seen_at, headers = response.status_code, self._now(), response.headers
        known = Known(headers.get("etag"), headers.get("last-modified"))
        wait = _seconds(headers.get("retry-after"), seen_at)
        if status != 200:
            return _Answer(status, b"", seen_at, known, wait)
        if not most:
            return _Answer(status, b"", seen_at, known, wait)
        whole = body.unpacked(response.iter_raw(), headers.get("content-encoding", ""), most)
        return _Answer(status, whole, seen_at, known, wait, response.charset_encoding, following(headers.get("link")))

    def _outcome(self, answer: _Answer, url: str, at: httpx.URL, hints: Hints) -> Outcome:
        if answer.status == 304:
            return NotModified(answer.seen_at)
        if answer.status != 200:
            return _refusal(answer, url)
        told = replace(
            hints, seen_at=answer.seen_at, url=hints.url or address(answer.body, at), charset=answer.charset,
            more=answer.more,
        )  # fmt: skip
        mark = hashlib.sha256(answer.body).hexdigest()
        return Fetched(Capture(url, answer.body, mark, answer.seen_at, told), answer.known)


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    body: bytes
    seen_at: datetime
    known: Known
    wait: float | None
    charset: str | None = None
    more: str | None = None


def _address(url: str) -> httpx.URL:
    try:
        at = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise _stop("bad-address", url, f"it is no address ({error})", "give one such as https://…") from None
    if at.scheme not in ("http", "https") or not at.host:
        raise _stop("bad-address", url, "only http and https pages can be fetched", "give one such as https://…")
    return at.copy_with(fragment=None, userinfo=b"")


def _joined(at: httpx.URL, location: str, url: str) -> httpx.URL:
    """Where a redirect leads; never from https to http."""
    try:
        to = _address(str(at.join(location))) if location else None
    except (httpx.InvalidURL, ValueError, _Stopped):
        to = None
    if to is None or (at.scheme == "https" and to.scheme == "http"):
        raise _stop("bad-redirect", url, f"it redirects to {location or 'nowhere'!r}", "check the address")
    return to


def _refusal(answer: _Answer, url: str) -> Failed:
    """What another status than 200 and 304 means."""
    status = answer.status
    if status == 410:
        return Failed(Problem("gone", url, "it is gone (410)", "remove the source", fatal=True), gone=True)
    if status == 404:
        return _failed("not-found", url, "there is no such page (404)", "check the address", answer.wait)
    if status == 429:
        return _failed("too-often", url, "the server asks for fewer requests (429)", "raise --every", answer.wait)
    if status in (401, 402, 403, 451):
        why = f"the server does not let us have it ({status})"
        return _failed("forbidden", url, why, "ask the outlet, or add saved pages", answer.wait)
    if status >= 500:
        return _failed("server-error", url, f"the server has a fault ({status})", "it is tried again", answer.wait)
    return _failed("bad-status", url, f"the server answers with {status}", "check the address", answer.wait)


def _failed(code: str, url: str, why: str, mend: str = "", wait: float | None = None) -> Failed:
    return Failed(Problem(code, url, why, mend, fatal=True), wait)


def _stop(code: str, url: str, why: str, mend: str = "", wait: float | None = None) -> _Stopped:
    return _Stopped(_failed(code, url, why, mend, wait))


def _seconds(given: str | None, now: datetime) -> float | None:
    """`Retry-After` as seconds from now, bounded; None where there is none or it makes no sense."""
    if given is None:
        return None
    text = given.strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:9]), MOST_WAIT)
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return min(max((at - now).total_seconds(), 0.0), MOST_WAIT)
