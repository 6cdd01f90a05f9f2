"""A request → whether whoever sends it sits at the desk.

There are no accounts: `onrecord serve` prints a link that works once, and whoever opens it first has the desk until
the session ends. Sessions live in memory alone; keys and cookies are known by their hashes and compared by these, so
that time tells nothing of them.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlencode, urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

IDLE = 12 * 3600
"""Seconds after which a session that nobody uses ends."""
BODY = 1_300_000
"""Bytes of a form at most: an own post of 100,000 characters of any script, as forms send it."""
FIELDS = 300
LONGEST_NAME = 80
FORM = "application/x-www-form-urlencoded"
SENT = 64
"""Forms that a session remembers, so that one that is sent twice decides once."""


class Refused(HTTPException):
    """A request that is not answered as asked, and what to do instead."""

    def __init__(self, status: int, why: str, mend: str) -> None:
        super().__init__(status, why)
        self.mend = mend


@dataclass(slots=True)
class Session:
    """Somebody at the desk."""

    token: str
    """Stands in every form: a page of another site can't know it."""
    seen: float
    name: str = ""
    """Who decides; empty until they say."""
    told: tuple[str, str] | None = None
    """(id, what it says) of a decision that the next page tells of."""
    sent: OrderedDict[bytes, None] = field(default_factory=OrderedDict)

    def first(self, fields: Fields) -> bool:
        """Remember a form; false for the very one that was sent before."""
        mark = _mark(fields)
        known = mark in self.sent
        self.sent[mark] = None
        while len(self.sent) > SENT:
            self.sent.popitem(last=False)
        return not known

    def forget(self, fields: Fields) -> None:
        """It came to nothing, and may be sent again."""
        self.sent.pop(_mark(fields), None)


Fields = dict[str, list[str]]
"""A form's names with their values."""


class Access:
    """Who sits at the desk of this server. For the event loop's thread alone."""

    def __init__(self, secure: bool = False) -> None:
        """`secure`: readers come by TLS, so the cookie goes by nothing else."""
        self._secure = secure
        self._key: bytes | None = None
        self._sessions: dict[bytes, Session] = {}
        # Cookies know no ports: each server of this machine has a name of its own.
        self.cookie = f"{'__Host-' if secure else ''}onrecord-{secrets.token_hex(4)}"

    def link(self, root: str) -> str:
        """A link that works once; one that was made before works no more."""
        key = secrets.token_urlsafe(32)
        self._key = _hash(key)
        return f"{root.rstrip('/')}/desk/enter?{urlencode({'key': key})}"

    def enter(self, key: str) -> tuple[str, Session] | None:
        """A new session with its cookie; None for a key that is wrong, or spent."""
        if self._key is None or not hmac.compare_digest(_hash(key), self._key):
            return None
        self._key = None
        value, made = secrets.token_urlsafe(32), Session(secrets.token_urlsafe(32), time.monotonic())
        self._sessions[_hash(value)] = made
        return value, made

    def session(self, request: Request) -> Session | None:
        """The session of a request, if it has one."""
        value = request.cookies.get(self.cookie, "")
        found = self._sessions.get(_hash(value)) if value else None
        now = time.monotonic()
        if found is None or now - found.seen > IDLE:
            return None
        found.seen = now
        return found

    def leave(self, session: Session) -> None:
        """End a session."""
        self._sessions = {key: one for key, one in self._sessions.items() if one is not session}

    def give(self, response: Response, value: str) -> None:
        """Put the cookie on a response."""
        response.set_cookie(self.cookie, value, path="/", httponly=True, samesite="strict", secure=self._secure)

    def take(self, response: Response) -> None:
        """Take the cookie back."""
        response.delete_cookie(self.cookie, path="/", httponly=True, samesite="strict", secure=self._secure)


def _hash(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def _mark(fields: Fields) -> bytes:
    return _hash(repr(sorted(fields.items())))


# -- forms -------------------------------------------------------------------------------------------------------------


async def form(request: Request, session: Session, own: str) -> Fields:
    """The fields of a form that our own page has sent. Raises `Refused` for any other.

    `own` is the address that readers use, where it was given.
    """
    check_origin(request, own)
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM:
        raise Refused(415, "That is no form of this page", "use the forms of the page")
    raw = await body(request)
    try:
        text = raw.decode("ascii")
        fields = parse_qs(text, keep_blank_values=True, max_num_fields=FIELDS, errors="strict")
    except ValueError as error:
        raise Refused(400, "The form can't be read", "go back and send it again") from error
    given = fields.get("token", [""])
    if len(given) != 1 or not hmac.compare_digest(given[0].encode(), session.token.encode()):
        raise Refused(403, "This form is not of your session: nothing was decided", "load the page anew")
    return fields


def check_origin(request: Request, own: str) -> None:
    """Refuse what another site's page sends. Source: Fetch Standard (Origin), Fetch Metadata (Sec-Fetch-Site)."""
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    mine = [f"{request.url.scheme}://{request.headers.get('host', '')}"]
    mine += ["{0.scheme}://{0.netloc}".format(urlsplit(own))] if own else []
    ours = origin is not None and origin.lower() in [m.lower() for m in mine]
    if site is not None and site != "same-origin":
        ours = False
    elif origin in (None, "null"):
        ours = site == "same-origin"
    if not ours:
        raise Refused(403, "This came from another page: nothing was decided", "use the forms of the page")


async def body(request: Request) -> bytes:
    """The request's body, as long as it is not too long."""
    said = request.headers.get("content-length", "0")
    if not said.isascii() or not said.isdigit() or int(said[:12]) > BODY:
        raise Refused(413, "That is too long", "write less")
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > BODY:
            raise Refused(413, "That is too long", "write less")
        parts.append(part)
    return b"".join(parts)
