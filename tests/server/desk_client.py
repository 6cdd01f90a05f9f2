"""Somebody at the desk of a served record, for tests."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
from selectolax.lexbor import LexborHTMLParser as Parser
from starlette.testclient import TestClient

from onrecord.server.access import Access
from onrecord.server.app import Served, Setup, application
from onrecord.server.live import Options

ORIGIN = "http://localhost"
PAGES = ("/", "/stream", "/rundown", "/timeline", "/map", "/figures", "/embed")
DATA = ("/map.json", "/figures.json", "/feed.json", "/live.jsonld", "/tip.json")
XML = ("/feed.atom", "/feed.rss", "/news.xml")


class Seat:
    """A browser that has the desk."""

    def __init__(self, served: Served, client: TestClient, name: str = "Ana Prado") -> None:
        self.served, self.client = served, client
        answer = client.get(self.access.link(ORIGIN))
        assert answer.status_code == 200
        self.token = token(answer.text)
        if name:
            assert self.post("/desk/name", name=name).status_code == 303

    @property
    def access(self) -> Access:
        found: Access = self.served.state.access
        return found

    def post(self, path: str, *, headers: Any = None, **fields: Any) -> httpx.Response:
        """Send a form as our own page does."""
        data = {"token": self.token, **fields}
        own: dict[str, str] = {"Origin": ORIGIN, **(headers or {})}
        answer: httpx.Response = self.client.post(path, data=data, headers=own, follow_redirects=False)
        return answer

    def tree(self, path: str, status: int = 200) -> Parser:
        """A page as the desk sees it."""
        answer = self.client.get(path)
        assert answer.status_code == status, answer.text[:400]
        assert answer.headers["cache-control"] == "no-store"
        return Parser(answer.text)


def token(text: str) -> str:
    """The secret of a page's forms."""
    found = re.search(r'name="token" value="([\w-]+)"', text)
    assert found, text[:400]
    return found[1]


@contextmanager
def desk(record: Path, name: str = "Ana Prado") -> Iterator[tuple[Seat, TestClient]]:
    """(somebody at the desk, a reader) of one server."""
    served = application(Setup(record, live=Options(push=False), desk=True))
    with TestClient(served, base_url=ORIGIN) as client:
        reader = TestClient(served, base_url=ORIGIN)
        yield Seat(served, client, name), reader
