"""The pages of a served record."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

from markupsafe import Markup
from selectolax.lexbor import LexborHTMLParser as Parser
from starlette.testclient import TestClient

from onrecord.model import Conflict
from onrecord.pages.live.evidence import Told, clashes
from onrecord.server import render
from onrecord.story import Story
from tests.server.conftest import POSTS, one

PAGES = ("/", "/timeline", "/map", "/figures", "/stream", "/rundown")


def tree(client: TestClient, url: str, status: int = 200, **headers: str) -> Parser:
    answer = client.get(url, headers=headers)
    assert answer.status_code == status, answer.text[:500]
    return Parser(answer.text)


def test_every_page_stands_alone_without_script(client: TestClient) -> None:
    for url in PAGES:
        page = tree(client, url)
        assert page.css_first("html[lang]")
        assert len(page.css("h1")) == 1
        assert page.css_first("main")
        scripts = [s for s in page.css("script") if s.attributes.get("type") != "application/ld+json"]
        assert all(s.attributes.get("src") for s in scripts)
        assert not page.css("[style]")


def test_every_link_of_the_front_page_leads_somewhere(client: TestClient) -> None:
    links = {a.attributes["href"] or "" for a in tree(client, "/").css("a[href^='/']")}
    assert any(link.startswith("/event/") for link in links)
    assert any(link.startswith("/post/") for link in links)
    for link in sorted(links):
        assert client.get(link).status_code == 200, link


def test_every_place_and_point_leads_to_its_event(client: TestClient) -> None:
    spots = client.get("/map.json?hours=720").json()
    points = [point for chart in client.get("/figures.json").json() for point in chart["points"]]
    assert spots
    assert points
    for href in {found["href"] for found in (*spots, *points)}:
        assert client.get(href).status_code == 200, href


def test_each_line_leads_to_its_words_in_one_step(client: TestClient) -> None:
    page = tree(client, "/")
    lines = page.css("#lines > li")
    assert lines
    for line in lines:
        href = one(line, "h3 a").attributes["href"]
        evidence = tree(client, href or "")
        assert evidence.css(".evidence blockquote mark"), href
        assert evidence.css(".chain"), href


def test_a_filter_shows_what_has_it_and_the_url_holds_it(client: TestClient) -> None:
    page = tree(client, "/?kind=protest")
    assert [a.text().strip() for a in page.css("#stream article h3")] == [
        "Thousands marched through Oslo on Wednesday, Radio Nord reported."
    ]
    assert one(page, "select[name=kind] option[selected]").attributes["value"] == "protest"
    assert "kind=protest" in (one(page, "nav.jump a").attributes["href"] or "") or page.css_first(".chosen a")


def test_search_marks_and_counts(client: TestClient) -> None:
    page = tree(client, "/?q=drones")
    assert "1 found" in one(page, ".chosen").text()
    assert len(page.css("#stream article")) == 1
    assert one(page, "#stream mark.hit").text() == "drones"


def test_a_rundown_of_any_period(client: TestClient) -> None:
    late, whole = (tree(client, f"/rundown?since=2025-03-{start}") for start in ("13T05:30:00", "01T00:00:00"))
    assert 0 < len(late.css("#lines > li h3")) < len(whole.css("#lines > li h3"))
    assert "1 Mar 2025" in one(whole, "h1").text()


def test_oldest_first_is_the_other_way_round(client: TestClient) -> None:
    newest = [a.attributes["id"] for a in tree(client, "/stream").css("article")]
    oldest = [a.attributes["id"] for a in tree(client, "/stream?order=oldest").css("article")]
    assert oldest == newest[::-1]
    assert len(newest) == len(POSTS)


def test_times_are_shown_in_the_zone_that_is_asked_for(client: TestClient) -> None:
    here = one(tree(client, "/"), "#stream article time").text()
    there = one(tree(client, "/?tz=Asia/Tokyo"), "#stream article time").text()
    assert here != there


def test_the_page_as_it_was(client: TestClient, record: Path) -> None:
    then = tree(client, "/?recorded=1")
    assert "seven people" in one(then, "#stream").text()
    assert "eight people" not in one(then, "#stream").text()
    assert then.css_first(".past")
    assert one(then, "html").attributes["data-push"] == "no"
    assert "eight people" in one(tree(client, "/"), "#stream").text()


def test_an_edit_shows_what_changed(client: TestClient, record: Path) -> None:
    with Story.open(record) as story:
        (edited,) = [v for v in story.posts() if v.number > 1]
    page = tree(client, f"/post/{edited.anchor}")
    assert one(page, "del").text() == "seven"
    assert one(page, "ins").text() == "eight"


def test_hostile_words_stay_words(client: TestClient) -> None:
    for url in (*PAGES, "/?q=<script>alert(9)</script>", "/?place=%22%3E%3Cscript%3Ealert(8)%3C/script%3E"):
        text = client.get(url).text
        assert not re.search(r"<script>alert|<img src=x", text), url
    assert "Flood in &lt;Oppland&gt;" in client.get("/").text


def test_a_script_gets_the_part_alone(client: TestClient) -> None:
    part = client.get("/stream", headers={"HX-Request": "true"}).text
    assert "<html" not in part
    assert "<article" in part


def test_what_is_wrong_is_said(client: TestClient) -> None:
    for url, status in (
        ("/?tz=Mars/Base", 400), ("/?as_of=yesterday", 400), ("/?after=%00", 400), ("/?order=random", 400),
        ("/?recorded=-1", 400), ("/?hours=7", 400), ("/?q=" + "x" * 500, 400), ("/event/nope", 404),
        ("/post/nope", 404), ("/nothing", 404), ("/static/../app.py", 404), ("/static/vendor/../../app.py", 404),
        ("/static/%2e%2e/app.py", 404),
    ):  # fmt: skip
        page = tree(client, url, status)
        assert one(page, "h1").text()


def test_every_reply_keeps_readers_safe(client: TestClient) -> None:
    for url in (*PAGES, "/static/live.js", "/tip.json", "/nothing", "/robots.txt", "/healthz", "/map.json"):
        headers = client.get(url).headers
        assert "script-src 'self'" in headers["content-security-policy"], url
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


def test_a_foreign_name_is_not_answered(client: TestClient) -> None:
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 400


def test_a_page_that_did_not_change_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/")
    again = client.get("/", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert not again.content


def test_front_end_parts_are_the_pinned_ones() -> None:
    """What `scripts/frontend.py` took from npm, byte for byte, each with its licence."""
    folder = Path(render.__file__).parent / "static/vendor"
    about = json.loads((folder / "parts.json").read_text(encoding="utf-8"))
    shipped = {p.name for p in folder.iterdir()} - {"parts.json"}
    assert shipped == about["sha256"].keys()
    for name, digest in about["sha256"].items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest, name
    assert {f"LICENSE.{part['name']}" for part in about["parts"]} <= shipped


def test_one_answer_against_several_stands_once() -> None:
    said = {name: Told(name, "supports", Markup(), name, "", (), "", "Dale Post", None, "", "") for name in "abc"}
    found = [Conflict("killed", ("a", "b"), ("29", "31")), Conflict("killed", ("a", "c"), ("29", "40"))]
    (clash,) = clashes(found, said)
    assert [(value, [t.statement for t in given]) for value, given in clash.answers] == [
        ("29", ["a"]), ("31", ["b"]), ("40", ["c"]),
    ]  # fmt: skip
