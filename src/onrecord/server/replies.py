"""Bodies → replies: compressed once, kept while the record stays as it is, with the headers that keep readers safe."""

from __future__ import annotations

import gzip
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

MOST = 512
"""Bodies that are kept."""
SMALL = 600
"""Bytes below which compressing gains nothing."""
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors {ancestors}; manifest-src 'self'"
)


@dataclass(frozen=True, slots=True)
class Body:
    """A reply's bytes, made once."""

    plain: bytes
    packed: bytes | None
    kind: str
    etag: str
    mark: str
    """The state of the record that it shows."""


def body(content: str | bytes, kind: str, mark: str) -> Body:
    """The content as it will be sent."""
    plain = content.encode() if isinstance(content, str) else content
    packed = gzip.compress(plain, 6, mtime=0) if len(plain) > SMALL and kind != "image/png" else None
    return Body(plain, packed, kind, f'"{hashlib.sha256(plain).hexdigest()[:20]}"', mark)


class Kept:
    """Bodies by address, made once for each state of the record; safe for threads."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Body] = OrderedDict()
        self._lock = threading.Lock()
        self._making: dict[str, threading.Lock] = {}

    def get(self, key: str, mark: str, make: Callable[[], tuple[str, str]]) -> Body:
        """The body of that address in that state; `make` gives (content, media type), and only one thread calls it."""
        found = self.peek(key)
        if found and found.mark == mark:
            return found
        with self._lock:
            turn = self._making.setdefault(key, threading.Lock())
        if found and turn.locked():  # somebody is making the new one: others need not wait for it
            return found
        with turn:
            found = self.peek(key)
            if found and found.mark == mark:
                return found
            made = body(*make(), mark)
            with self._lock:
                self._kept[key] = made
                self._kept.move_to_end(key)
                self._making.pop(key, None)
                while len(self._kept) > MOST:
                    self._kept.popitem(last=False)
            return made

    def peek(self, key: str) -> Body | None:
        """What is kept of that address, of whatever state."""
        with self._lock:
            return self._kept.get(key)


def reply(
    request: Request, found: Body, *, cache: str = "no-cache", status: int = 200, embed: bool = False
) -> Response:
    """The body as a response: not sent again where the reader has it, packed where the reader takes that."""
    headers = {"ETag": found.etag, "Cache-Control": cache, "Vary": "Accept-Encoding, HX-Request", **safe(embed)}
    if status == 200 and request.headers.get("if-none-match") == found.etag:
        return Response(status_code=304, headers=headers)
    content = found.plain
    if found.packed and "gzip" in request.headers.get("accept-encoding", ""):
        content, headers["Content-Encoding"] = found.packed, "gzip"
    return Response(content, status, headers, found.kind)


def safe(embed: bool = False) -> Mapping[str, str]:
    """Headers of every reply: no foreign or inline script, no framing but of the widget, no guessing of types."""
    return {
        "Content-Security-Policy": CSP.format(ancestors="*" if embed else "'none'"),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "geolocation=(), camera=(), microphone=()",
    }
