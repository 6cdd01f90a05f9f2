"""Hostile pages, links and words at the desk: they are shown as words, and nothing of them runs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from html import escape
from pathlib import Path
from xml.etree import ElementTree as Tree

import pytest
from selectolax.lexbor import LexborHTMLParser as Parser
from starlette.testclient import TestClient

from onrecord.model import Capture, Hints, Settings
from onrecord.reading import capture_of
from onrecord.server.desk import DECISIONS
from onrecord.story import Story
from tests.server.desk_client import DATA, PAGES, XML, Seat, desk
from tests.serving import comes
from tests.story_maker import NOON, SENTENCES, live

EVIL = "</script></title></textarea></select><x-pwn onclick=alert(1)>\"'><x-pwn>"


def hostile_page() -> Capture:
    """A live page whose title, author, links and words are attacks."""
    posts = "".join(
        f'<article id="b{n}" itemprop="liveBlogUpdate" itemscope itemtype="https://schema.org/BlogPosting">'
        f'<h3 itemprop="headline">{escape(f"{EVIL} {n}")}</h3><a itemprop="url" href="javascript:alert({n})">link</a>'
        f'<span itemprop="author">{escape(EVIL)}</span>'
        f'<time datetime="2025-03-13T0{n}:00:00+00:00" itemprop="datePublished">then</time>'
        f'<div itemprop="articleBody"><p>{escape(words)}</p><p>{escape(EVIL)}</p><script>alert(3)</script>'
        f"<p onclick=alert(4)>More on {escape(EVIL)} <a href='javascript:alert(5)'>here</a></p></div></article>"
        for n, words in enumerate(SENTENCES)
    )
    head = f'<title>{escape(EVIL)}</title><link rel="canonical" href="javascript:alert(6)">'
    site = f'<meta property="og:site_name" content="{escape(EVIL)}">'
    main = f'<main itemscope itemtype="https://schema.org/LiveBlogPosting">{posts}</main>'
    hints = Hints(outlet=f"Nord {EVIL}", tz="UTC", seen_at=NOON, published=NOON)
    return capture_of(
        f'<html lang="en"><head>{head}{site}</head><body>{main}</body></html>'.encode(), "live.html", hints
    )


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hostile") / "story.db"
    with Story.create(path, Settings(f"Flood {EVIL}", "Europe/Oslo")) as story:
        story.add([hostile_page()])
    return path


@pytest.fixture
def both(record: Path) -> Iterator[tuple[Seat, TestClient]]:
    with desk(record) as made:
        yield made


def harmless(text: str, where: str) -> None:
    """Nothing in the page runs, and no attack became an element."""
    page = Parser(text)
    assert not page.css("x-pwn"), where
    for node in page.css("*"):
        for name, value in node.attributes.items():
            assert not name.startswith("on"), (where, name)
            assert name != "style", where
            if name in ("href", "src", "action", "formaction", "xlink:href"):
                assert re.match(r"(?:https?:/|/(?!/)|#|\.)", value or ""), (where, name, value)
    for script in page.css("script"):
        assert script.attributes.get("src") or script.attributes.get("type") == "application/ld+json", where
        assert "<" not in script.text(), where


def test_hostile_pages_run_nothing(hostile: Path) -> None:
    with desk(hostile) as (seat, client):
        with Story.open(hostile) as story:
            places = [f"/event/{e.id}" for e in story.events()] + [f"/post/{v.anchor}" for v in story.posts()]
        assert len(places) >= 2 * len(SENTENCES) - 2
        for one in (client, seat.client):
            for path in (*PAGES, *places, "/?q=flood", "/?order=oldest"):
                answer = one.get(path)
                assert answer.status_code == 200, path
                assert "javascript:" not in answer.text, path
                harmless(answer.text, path)
        feeds(client)


def feeds(client: TestClient) -> None:
    """What programs read holds the attacks as text, in types that no browser takes for a page."""
    for path in DATA:
        answer = client.get(path)
        assert "json" in answer.headers["content-type"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "javascript:" not in answer.text
    for path in XML:
        root = Tree.fromstring(client.get(path).text)
        assert not [e for e in root.iter() if "pwn" in e.tag]
        for content in (e.text or "" for e in root.iter() if e.tag.rpartition("}")[2] in ("content", "description")):
            harmless(content, path)


def there(client: TestClient, url: str) -> bool:
    return bool(client.get(url).status_code == 200)


def test_hostile_words_at_the_desk_run_nothing(tmp_path: Path) -> None:
    path = tmp_path / "story.db"
    with Story.create(path, Settings("Flood", "Europe/Oslo")) as story:
        story.add([live([(f"b{n}", text) for n, text in enumerate(SENTENCES)])])
        event = next(e for e in story.events() if e.figures)
    short = "<x-pwn onclick=a>\"'"
    with desk(path, EVIL) as (seat, client):
        for kind, fields in (
            ("post", {"title": EVIL, "text": f"{EVIL}\n\n{EVIL} said the mayor of Otta."}),
            ("verify", {"id": event.id, "why": EVIL}),
            ("correct", {"id": event.tellings[0].statement.id, "speaker": EVIL, "side": EVIL, "why": EVIL}),
            ("correct", {"id": event.id, "place": f"{short}@61.7,9.5", "why": EVIL}),
            ("correct", {"id": event.id, "figure": f"{event.figures[0].what}=9 {short}", "why": EVIL}),
            ("pin", {"id": event.id, "why": EVIL}),
        ):
            answer = seat.post(f"/desk/{kind}", back="/", **fields)
            assert answer.status_code == 303, (kind, answer.text)
            harmless(seat.client.get("/").text, kind)
        wrong = {"id": EVIL, "place": EVIL, "kind": EVIL, "why": EVIL, "back": EVIL, "on": EVIL, "on_kind": EVIL}
        for kind in DECISIONS:
            answer = seat.post(f"/desk/{kind}", **wrong)
            assert answer.status_code in (400, 404), kind
            harmless(answer.text, kind)
        with Story.open(path) as story:
            places = [f"/event/{e.id}" for e in story.events()] + [f"/post/{v.anchor}" for v in story.posts()]
        for url in ("/desk", *PAGES, *places):
            harmless(seat.client.get(url).text, url)
            assert url == "/desk" or comes(partial(there, client, url))
            harmless(client.get(url).text, url)
        feeds(client)


@pytest.mark.parametrize(
    "name", ["q", "place", "side", "kind", "outlet", "speaker", "standing", "tz", "as_of", "recorded", "after", "order"]
)
def test_what_a_link_says_runs_nothing(both: tuple[Seat, TestClient], name: str) -> None:
    for one in (both[0].client, both[1]):
        for path in (*PAGES, "/desk", "/desk/enter", "/nothing"):
            harmless(one.get(path, params={name: EVIL, "key": EVIL, "before": EVIL}).text, f"{path}?{name}")
        for path in ("/event/", "/post/", "/static/", "/"):
            harmless(one.get(path + EVIL.replace("/", "")).text, path)
