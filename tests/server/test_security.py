"""What hostile readers, sites and hosts try on a served record: none of it decides, leaks or leads anything astray."""

from __future__ import annotations

import hmac
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import httpx
import pytest
from starlette.routing import Route
from starlette.testclient import TestClient

from onrecord.model import Settings
from onrecord.server import render
from onrecord.server.access import BODY, IDLE
from onrecord.server.app import LIVE, Setup, application, routes
from onrecord.server.desk import DECISIONS, back_of
from onrecord.server.live import Options
from onrecord.server.publish import Site
from onrecord.story import Story
from tests.server.desk_client import DATA, ORIGIN, PAGES, XML, Seat, desk
from tests.serving import PATIENCE, serving
from tests.story_maker import SENTENCES, live


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("safe") / "story.db"
    with Story.create(path, Settings("Flood", "Europe/Oslo")) as story:
        story.add([live([(f"b{n}", text) for n, text in enumerate(SENTENCES)])])
    return path


@pytest.fixture
def both(record: Path) -> Iterator[tuple[Seat, TestClient]]:
    with desk(record) as made:
        yield made


@pytest.fixture(scope="module")
def reader(record: Path) -> Iterator[TestClient]:
    """A reader of a server without a desk."""
    setup = Setup(record, live=Options(push=False))
    with TestClient(application(setup), base_url=ORIGIN, follow_redirects=False) as made:
        yield made


def names(record: Path) -> tuple[str, str]:
    """(an event, a post)."""
    with Story.open(record) as story:
        return story.events()[0].id, next(v.anchor for v in story.posts())


def decided(record: Path) -> int:
    with Story.open(record) as story:
        return len(story.desk.decisions())


# -- who may do what ---------------------------------------------------------------------------------------------------

TABLE: dict[str, tuple[str, str, int, int, int]] = {
    # name of the route: method, address, what a reader gets, what the desk gets, and where there is no desk
    "front": ("GET", "/", 200, 200, 200),
    "stream": ("GET", "/stream", 200, 200, 200),
    "rundown": ("GET", "/rundown", 200, 200, 200),
    "event": ("GET", "/event/{event}", 200, 200, 200),
    "post": ("GET", "/post/{post}", 200, 200, 200),
    "timeline": ("GET", "/timeline", 200, 200, 200),
    "map": ("GET", "/map", 200, 200, 200),
    "spots": ("GET", "/map.json", 200, 200, 200),
    "figures": ("GET", "/figures", 200, 200, 200),
    "points": ("GET", "/figures.json", 200, 200, 200),
    "embed": ("GET", "/embed", 200, 200, 200),
    "feed.atom": ("GET", "/feed.atom", 200, 200, 200),
    "feed.rss": ("GET", "/feed.rss", 200, 200, 200),
    "feed.json": ("GET", "/feed.json", 200, 200, 200),
    "news.xml": ("GET", "/news.xml", 200, 200, 200),
    "live.jsonld": ("GET", "/live.jsonld", 200, 200, 200),
    "desk": ("GET", "/desk", 403, 200, 404),
    "desk-enter": ("GET", "/desk/enter?key=wrong", 403, 303, 404),
    "desk-name": ("POST", "/desk/name", 403, 303, 404),
    "desk-leave": ("POST", "/desk/leave", 403, 303, 404),
    "desk-decide": ("POST", "/desk/post", 403, 303, 404),
    "tip": ("GET", "/tip.json", 200, 200, 200),
    "poll": ("GET", "/poll/{poll}.json", 200, 200, 200),
    "static": ("GET", "/static/live.js", 200, 200, 200),
    "robots": ("GET", "/robots.txt", 200, 200, 200),
    "health": ("GET", "/healthz", 200, 200, 200),
    "live": ("GET", f"{LIVE}?after=nonsense", 400, 400, 400),
}


def test_every_route_is_in_the_table() -> None:
    known = {route.name for route in routes() if isinstance(route, Route)}
    assert len(known) == len(routes())
    assert known | {"live"} == set(TABLE)


def test_every_route_answers_whom_it_should(record: Path) -> None:
    event, post = names(record)
    off = application(Setup(record))
    with desk(record) as (seat, client), TestClient(off, base_url=ORIGIN) as nobody:
        mark = nobody.get("/tip.json").json()["mark"]
        places = {"event": event, "post": post, "poll": f"{mark}-{mark.partition('.')[2]}"}
        data = {"token": seat.token, "name": "Ana", "text": "More soon."}
        headers = {"Origin": ORIGIN}
        rows = sorted(TABLE.items(), key=lambda row: row[0] == "desk-leave")
        for name, (method, path, *wanted) in rows:
            got = [
                one.request(
                    method, path.format(**places), data=data if method == "POST" else None, headers=headers,
                    follow_redirects=False,
                ).status_code
                for one in (client, seat.client, nobody)
            ]  # fmt: skip
            assert got == wanted, name


def test_only_the_desk_takes_anything_but_reading(reader: TestClient, record: Path) -> None:
    event, post = names(record)
    shown = {r.name: r.methods or set() for r in routes() if isinstance(r, Route)} | {"live": {"GET"}}
    for name, (_, path, *_) in TABLE.items():
        url = path.format(event=event, post=post, poll="0.1-1")
        for method in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"):
            if method in shown[name] or (name.startswith("desk-") and method in ("GET", "HEAD", "POST")):
                continue
            answer = reader.request(method, url)
            assert answer.status_code == 405, (method, url)
            assert "GET" in answer.headers["allow"] or name.startswith("desk-"), (method, url)
    posting = {name for name, methods in shown.items() if methods - {"GET", "HEAD"}}
    assert posting == {"desk-name", "desk-leave", "desk-decide"}


# -- other sites -------------------------------------------------------------------------------------------------------

POSTING = ["/desk/name", "/desk/leave", *(f"/desk/{kind}" for kind in DECISIONS)]
FOREIGN: dict[str, dict[str, str]] = {
    "another site": {"Origin": "https://evil.example"},
    "a name that begins alike": {"Origin": "http://localhost.evil.example"},
    "another port": {"Origin": "http://localhost:8001"},
    "another scheme": {"Origin": "https://localhost"},
    "no site": {"Origin": "null"},
    "no word of where from": {},
    "a browser that says so": {"Origin": ORIGIN, "Sec-Fetch-Site": "cross-site"},
    "another port, says the browser": {"Origin": ORIGIN, "Sec-Fetch-Site": "same-site"},
    "the address bar": {"Sec-Fetch-Site": "none"},
    "ours, in another's words": {"Origin": f"{ORIGIN} https://evil.example"},
}


@pytest.mark.parametrize("path", POSTING)
def test_no_other_site_decides(both: tuple[Seat, TestClient], record: Path, path: str) -> None:
    seat, _ = both
    event, _ = names(record)
    fields = {"id": event, "why": "x", "text": "More.", "name": "Eve", "figure": "", "with": event, "left": event}
    before = decided(record)
    for why, headers in FOREIGN.items():
        answer = seat.client.post(path, data={"token": seat.token, **fields}, headers=headers, follow_redirects=False)
        assert answer.status_code == 403, why
    for token in ("", "x", seat.token[:-1], seat.token + "x", "é", "\x00", seat.token.swapcase()):
        assert seat.post(path, token=token, **fields).status_code == 403, token
    assert seat.post(path, token=[seat.token, "x"], **fields).status_code == 403
    own = {"Origin": ORIGIN}
    url = f"{path}?token={seat.token}"
    assert seat.client.post(url, data=fields, headers=own).status_code == 403
    for kind in ("text/plain", "application/json", "multipart/form-data; boundary=x", ""):
        sent = seat.client.post(path, content=f"token={seat.token}&text=x", headers={**own, "Content-Type": kind})
        assert sent.status_code == 415, kind
    assert seat.client.get(path, params={"token": seat.token, **fields}).status_code == 405
    assert decided(record) == before
    assert "Ana Prado" in seat.client.get("/desk").text


def test_a_token_is_of_one_session(record: Path) -> None:
    with desk(record) as (first, client):
        second = Seat(first.served, client)
        assert first.token != second.token
        assert first.post("/desk/name", token=second.token, name="Eve").status_code == 403


def test_what_a_browser_says_of_its_own_page_is_taken(both: tuple[Seat, TestClient]) -> None:
    seat, _ = both
    for headers in ({"Origin": ORIGIN, "Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "same-origin"}):
        data = {"token": seat.token, "name": "Ana Prado"}
        assert seat.client.post("/desk/name", data=data, headers=headers, follow_redirects=False).status_code == 303


# -- the link and the session ------------------------------------------------------------------------------------------


def test_the_link_works_once(record: Path) -> None:
    served = application(Setup(record, desk=True))
    with TestClient(served, base_url=ORIGIN) as client:
        old, link = served.state.access.link(ORIGIN), served.state.access.link(ORIGIN)
        key = link.partition("key=")[2]
        assert len(key) >= 43
        assert client.head(link).status_code == 405
        for wrong in ("", key[:-1], key + "x", key.swapcase(), "%00", "%C3%A9", "%ED%A0%80", old.partition("key=")[2]):
            assert client.get(f"/desk/enter?key={wrong}").status_code == 403, wrong
        assert client.get(link, headers={"Host": "evil.example"}).status_code == 400
        answer = client.get(link)
        assert answer.status_code == 200
        assert key not in answer.text
        assert answer.headers["referrer-policy"] == "strict-origin"
        assert answer.headers["cache-control"] == "no-store"
        assert TestClient(served, base_url=ORIGIN).get(link).status_code == 403


def test_keys_cookies_and_tokens_are_compared_in_even_time(record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []

    even = hmac.compare_digest

    def compared(a: bytes, b: bytes) -> bool:
        seen.append(len(a))
        return even(a, b)

    monkeypatch.setattr("hmac.compare_digest", compared)
    with desk(record) as (seat, _):
        assert seen == [32, len(seat.token)]
        held = list(vars(seat.access)["_sessions"])
        assert all(cookie.encode() not in held for cookie in seat.client.cookies.values())


@pytest.mark.parametrize("base", ["", "https://live.example"])
def test_the_cookie_is_for_this_site_and_no_script(record: Path, base: str) -> None:
    served = application(Setup(record, base, ("live.example", "localhost"), desk=True))
    with TestClient(served, base_url=base or ORIGIN) as client:
        cookie = client.get(served.state.access.link(base or ORIGIN)).headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=strict" in cookie
        assert "domain" not in cookie.lower()
        assert ("Secure" in cookie) == cookie.startswith("__Host-") == bool(base)


def test_a_session_ends(both: tuple[Seat, TestClient], monkeypatch: pytest.MonkeyPatch) -> None:
    seat, reader = both
    for value in (b"x", b'"', b"a=b; c", b"\xc3\xa9\xff", b"x" * 5000):
        assert reader.get("/desk", headers={b"Cookie": seat.access.cookie.encode() + b"=" + value}).status_code == 403
    later = time.monotonic() + IDLE + 60
    monkeypatch.setattr("onrecord.server.access.time", SimpleNamespace(monotonic=lambda: later))
    assert seat.client.get("/desk").status_code == 403
    assert seat.post("/desk/post", text="More.").status_code == 403


@pytest.mark.parametrize(("options", "there"), [((), True), (("--no-desk",), False), (("--host", "0.0.0.0"), False)])
def test_the_link_stands_on_the_terminal_and_nowhere_else(record: Path, options: tuple[str, ...], there: bool) -> None:
    with serving(record, *options) as server:
        root = server.url
        if there:
            link = server.line().split()[-1]
            assert link.startswith(f"{root}/desk/enter?key=")
            with httpx.Client(timeout=PATIENCE) as client:
                assert client.get(link).status_code == 200
                assert client.get(f"{root}/desk", headers={"Referer": link}).status_code == 200
            assert httpx.get(link, timeout=PATIENCE).status_code == 403
        else:
            assert httpx.get(f"{root}/desk", timeout=PATIENCE).status_code == 404
        server.process.terminate()
        rest = server.process.communicate(timeout=PATIENCE)[0]
        assert "key=" not in rest
        assert "desk" not in rest


# -- addresses, headers, sizes -----------------------------------------------------------------------------------------

OUTSIDE = [
    "/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static/vendor/../../app.py",
    "/static//etc/passwd",
    "/static/%2fetc%2fpasswd", "/static/..%5capp.py", "/static/vendor", "/static/",
    "/static/%2e", "/static/live.js%00.css",
    "/static/vendor/%2e%2e%2f%2e%2e%2fapp.py", "/static/vendor//etc/passwd", "/static/__init__.py",
]  # fmt: skip


@pytest.mark.parametrize("path", OUTSIDE)
def test_no_file_but_ours_is_sent(reader: TestClient, path: str) -> None:
    assert reader.get(path).status_code == 404


def test_no_name_leads_out_of_a_published_site() -> None:
    site = Site()
    for url in (
        "/event/../../x", "/post/..", "/event/e0123456789ab/../..", "/static/../app.py", "/static/vendor/../../x",
        "/../x", "//evil.example/x", "/event/e0123456789ab%2f..", "/poll/../x", "/desk", "/desk/enter", "/stream?q=..",
    ):  # fmt: skip
        assert site.want(url) is None, url
    assert not site.files
    assert render.static("../app.py") is None


SPLIT = "x\r\nX-Evil: 1\r\nSet-Cookie: a=b\r\n\r\n<x-pwn>"


def test_nothing_that_is_asked_comes_back_in_a_header(both: tuple[Seat, TestClient], record: Path) -> None:
    seat, reader = both
    event, _ = names(record)
    answers = [
        reader.get(path, params=dict.fromkeys(("q", "tz", "after", "key", "v", "order"), SPLIT))
        for path in (*PAGES, *DATA, *XML, "/desk/enter", "/static/live.js", "/live", "/timeline/", "/nothing")
    ]
    answers += [reader.get("/", headers={"HX-Request": "true", "Accept-Encoding": "x", "If-None-Match": '"x"'})]
    answers += [reader.get(f"/event/{httpx.QueryParams({'a': SPLIT})}")]
    answers += [seat.post("/desk/pin", id=event, why=SPLIT, back=f"/{SPLIT}"), seat.post("/desk/name", name=SPLIT)]
    for answer in answers:
        assert "x-evil" not in answer.headers
        assert "a=b" not in answer.headers.get("set-cookie", "")
        assert not any("\r" in value or "\n" in value for value in answer.headers.values())


@pytest.mark.parametrize(
    "back",
    [
        "https://evil.example", "//evil.example", "/\\evil.example", "\\\\evil.example", "/%5cevil.example",
        "javascript:alert(1)",
        "/event/../desk", "/event/a/b", "/desk/leave", "/?q=a\r\nX: 1", "/\t/evil.example", " /", "/ /evil.example",
        "/?q=<a>",
        "/event/x@evil.example", "/.evil.example", "/event/é", "", "/#x", "/live", "/static/x", "/?q=" + "x" * 3000,
    ],
)  # fmt: skip
def test_a_decision_leads_nowhere_else(both: tuple[Seat, TestClient], record: Path, back: str) -> None:
    assert back_of(back) == "/desk"
    seat, _ = both
    answer = seat.post("/desk/pin", id=names(record)[0], back=back, once=back)
    if back:
        assert answer.headers["location"] in ("/desk#told", "/#told")


def test_no_address_sends_readers_away(reader: TestClient) -> None:
    for path in (
        "//evil.example",
        "//evil.example/",
        "//evil.example/timeline/",
        "/timeline//",
        "/%2f%2fevil.example/",
    ):
        answer = reader.get(f"{ORIGIN}{path}")
        where = answer.headers.get("location", "")
        assert not where or where.startswith((f"{ORIGIN}/", "/timeline")), path
        assert "evil.example" not in where.removeprefix(ORIGIN).partition("?")[0] or answer.status_code == 404


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "", "testserver"])
def test_a_foreign_name_of_this_machine_gets_nothing(record: Path, host: str) -> None:
    with desk(record) as (seat, client):
        for path in (*PAGES, *DATA, *XML, "/live", "/desk", "/desk/enter", "/static/live.js", "/healthz"):
            for one in (seat.client, client):
                assert one.get(path, headers={"Host": host}).status_code == 400, path
        answer = seat.post("/desk/post", text="x", headers={"Host": host, "Origin": f"http://{host}"})
        assert answer.status_code == 400


def test_who_asks_by_an_odd_port_changes_nobody_elses_page(reader: TestClient) -> None:
    for path in ("/", "/feed.atom", "/live.jsonld"):
        assert "localhost:666" in reader.get(path, headers={"Host": "localhost:666"}).text
        assert "localhost:666" not in reader.get(path).text


def test_what_is_too_long_is_refused(both: tuple[Seat, TestClient], record: Path) -> None:
    seat, reader = both
    before = decided(record)
    long = {"text": "x" * (BODY + 1)}
    assert reader.post("/desk/post", data=long, headers={"Origin": ORIGIN}).status_code == 403
    assert seat.post("/desk/post", **long).status_code == 413
    headers = {"Origin": ORIGIN, "Content-Type": "application/x-www-form-urlencoded"}
    parts = (b"x" * 65536 for _ in range(BODY // 65536 + 2))
    assert seat.client.post("/desk/post", content=parts, headers=headers).status_code == 413
    for size in ("-1", "x", "9" * 40):
        sent = seat.client.post("/desk/post", content=b"", headers={**headers, "Content-Length": size})
        assert sent.status_code == 413, size
    for sent_body in (b"&".join(b"a=%d" % n for n in range(400)), b"token=%ff", "token=é".encode()):
        assert seat.client.post("/desk/post", content=sent_body, headers=headers).status_code in (400, 403)
    assert seat.post("/desk/post", text="x" * 100_001).status_code == 400
    assert seat.post("/desk/hide", id="x" * 3000, why="x").status_code == 400
    assert seat.post("/desk/apart", id="x", why="x", left=["y"] * 250).status_code == 404
    assert decided(record) == before
    for name in ("q", "tz", "place", "as_of", "after"):
        assert reader.get("/", params={name: "x" * 201}).status_code == 400
    assert reader.get("/event/" + "x" * 5000).status_code == 404


def test_pages_of_the_desk_can_be_framed_by_nobody(both: tuple[Seat, TestClient]) -> None:
    seat, _ = both
    for path in ("/", "/desk"):
        policy = seat.client.get(path).headers["content-security-policy"]
        assert "frame-ancestors 'none'" in policy
        assert "form-action 'self'" in policy
    assert seat.token not in seat.client.get("/embed").text
