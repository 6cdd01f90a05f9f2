"""A record of the example's kind, served."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser as Parser
from selectolax.lexbor import LexborNode
from starlette.testclient import TestClient

from onrecord.model import Settings
from onrecord.server.app import Setup, application
from onrecord.story import Story
from tests.story_maker import SENTENCES, live

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)> \"quoted' &amp; said the mayor of Otta, Kari Moen."
POSTS = [(f"b{n}", text) for n, text in enumerate((*SENTENCES, HOSTILE))]


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("served") / "story.db"
    with Story.create(path, Settings("Flood in <Oppland>", "Europe/Oslo")) as story:
        story.add([live(POSTS)])
        edited = [("b1", POSTS[1][1].replace("seven", "eight")), *POSTS[2:], POSTS[0]]
        story.add([live(edited, hours=1), live(edited, hours=2)])
    return path


@pytest.fixture(scope="module")
def client(record: Path) -> Iterator[TestClient]:
    with TestClient(application(Setup(record)), base_url="http://localhost") as made:
        yield made


def one(node: Parser | LexborNode, css: str) -> LexborNode:
    """The first node that fits; the test fails without one."""
    found = node.css_first(css)
    assert found is not None, css
    return found
