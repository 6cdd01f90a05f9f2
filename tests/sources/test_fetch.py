"""Addresses → captures, politely, and within bounds."""

from __future__ import annotations

import gzip
import socket
import zlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address, ip_network
from time import monotonic

import httpx
import pytest
from tests.replay.server import Reply, Server

from onrecord.model import Hints
from onrecord.sources import fetch_net
from onrecord.sources.fetch import Failed, Fetched, Fetcher, Known, Limits, NotModified, Outcome, There
from onrecord.sources.fetch_body import CutShortError, PackingError, TooLargeError, unpacked
from onrecord.sources.fetch_page import address

QUICK = Limits(networks=(ip_network("127.0.0.1/32"),), again=0.01)
PAGE = b"<html><body><p>The bridge is closed.</p></body></html>" * 40


def fetcher() -> Fetcher:
    return Fetcher(QUICK)


def get(server: Server, path: str = "/live", limits: Limits = QUICK) -> Outcome:
    return Fetcher(limits).get(server.url + path)


def problem(outcome: Outcome) -> str:
    assert isinstance(outcome, Failed)
    assert outcome.problem.fatal
    assert outcome.problem.why
    return outcome.problem.code


def always(reply: Reply) -> Server:
    return Server(lambda _path, _headers: reply)


# -- what comes --------------------------------------------------------------------------------------------------------


def test_a_page_comes_as_a_capture_with_what_is_known_of_it() -> None:
    with always(Reply(PAGE, headers={"ETag": '"1"', "Last-Modified": "Thu, 13 Mar 2025 12:00:00 GMT"})) as server:
        before = datetime.now(UTC)
        got = fetcher().get(f"{server.url}/live#top", Hints(outlet="Nord Live", tz="Europe/Oslo"))
        asked = server.asked[-1][1]
    assert isinstance(got, Fetched)
    assert (got.capture.body, got.capture.where) == (PAGE, f"{server.url}/live#top")
    assert (got.capture.hints.outlet, got.capture.hints.url) == ("Nord Live", f"{server.url}/live")
    assert before <= got.capture.seen_at == got.capture.hints.seen_at
    assert got.known == Known('"1"', "Thu, 13 Mar 2025 12:00:00 GMT")
    assert asked["user-agent"].startswith("OnRecord/0.")
    assert "http" in asked["user-agent"]


def test_a_page_keeps_the_charset_that_its_server_names() -> None:
    with always(Reply(PAGE, headers={"Content-Type": 'text/html; charset="Windows-1251"'})) as server:
        got = get(server)
    assert isinstance(got, Fetched)
    assert got.capture.hints.charset == "windows-1251"


def test_where_the_page_goes_on_by_its_server() -> None:
    link = '</live?p=1>; rel="prev", </live?p=3>; rel="next"'
    with always(Reply(PAGE, headers={"Link": link})) as server:
        got = get(server)
    assert isinstance(got, Fetched)
    assert got.capture.hints.more == "/live?p=3"


def test_an_address_is_asked_for_its_answer_alone() -> None:
    def answer(path: str, _headers: Mapping[str, str]) -> Reply:
        if path == "/moved":
            return Reply(status=301, headers={"Location": "/here"})
        return Reply(bytes(50_000_000)) if path == "/here" else Reply(status=410 if path == "/gone" else 404)

    with Server(answer) as server:
        found = {name: fetcher().is_there(f"{server.url}/{name}") for name in ("here", "moved", "gone", "none")}
        told = {name: (got.status, got.gone, got.url) for name, got in found.items() if isinstance(got, There)}
        here = f"{server.url}/here"
        assert told == {
            "here": (200, False, here), "moved": (200, False, here),
            "gone": (410, True, f"{server.url}/gone"), "none": (404, True, f"{server.url}/none"),
        }  # fmt: skip
    assert isinstance(Fetcher(Limits()).is_there("http://10.0.0.1/post"), Failed)
    with always(Reply(status=503)) as server:
        assert isinstance(fetcher().is_there(server.url), Failed)


def test_asks_only_for_what_is_new() -> None:
    def answer(_path: str, headers: Mapping[str, str]) -> Reply:
        same = headers.get("if-none-match") == '"1"' and headers.get("if-modified-since") == "yesterday"
        return Reply(status=304) if same else Reply(PAGE)

    with Server(answer) as server:
        assert isinstance(fetcher().get(server.url, known=Known('"1"', "yesterday")), NotModified)
        assert isinstance(fetcher().get(server.url, known=Known('"2"')), Fetched)


@pytest.mark.parametrize(
    ("packing", "body"), [("gzip", gzip.compress(PAGE)), ("deflate", zlib.compress(PAGE))], ids=["gzip", "deflate"]
)
def test_packed_bodies_are_unpacked(packing: str, body: bytes) -> None:
    with always(Reply(body, headers={"Content-Encoding": packing})) as server:
        got = get(server)
    assert isinstance(got, Fetched)
    assert got.capture.body == PAGE


def test_follows_redirects_to_where_the_page_is() -> None:
    with Server(
        lambda path, _h: Reply(PAGE) if path == "/b" else Reply(status=302, headers={"Location": "b"})
    ) as server:
        got = get(server, "/a")
    assert isinstance(got, Fetched)
    assert got.capture.hints.url == f"{server.url}/b"


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ('<link rel="canonical" href="https://nord.example/live/1">', "https://nord.example/live/1"),
        ("<LINK data-x=1 href='/live/1#top' rel='canonical'/>", "https://www.nord.example/live/1"),
        ("<link href=/live/1?a=1&amp;b=2 rel=canonical>", "https://www.nord.example/live/1?a=1&b=2"),
        ('<link rel="canonical" href="https://fjord.example/live/1">', None),
        ('<link rel="canonical" href="https://nord.example/">', None),
        ('<link rel="canonical" href="javascript:alert(1)">', None),
        ('<link rel="canonical" href="http://[::1">', None),
        ('<link rel="icon" href="/canonical">', None),
    ],
)
def test_a_page_goes_by_its_canonical_address_on_its_own_site(link: str, url: str | None) -> None:
    at = httpx.URL("https://www.nord.example/live/1?from=mail")
    assert address(f"<html><head>{link}</head></html>".encode(), at) == (url or str(at))


# -- what does not -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (Reply(status=404), "not-found"),
        (Reply(status=410), "gone"),
        (Reply(status=403), "forbidden"),
        (Reply(status=500), "server-error"),
        (Reply(status=418), "bad-status"),
        (Reply(status=302), "bad-redirect"),
        (Reply(status=302, headers={"Location": "/live"}), "too-many-redirects"),
        (Reply(status=302, headers={"Location": "file:///etc/passwd"}), "bad-redirect"),
        (Reply(status=302, headers={"Location": "http://10.0.0.1/"}), "refused-address"),
        (Reply(status=302, headers={"Location": "http://[::ffff:169.254.169.254]/"}), "refused-address"),
        (Reply(PAGE, sent=100), "cut-short"),
        (Reply(gzip.compress(PAGE)[:-40], headers={"Content-Encoding": "gzip"}), "cut-short"),
        (Reply(b"no gzip at all", headers={"Content-Encoding": "gzip"}), "bad-packing"),
        (Reply(PAGE, headers={"Content-Encoding": "br"}), "bad-packing"),
    ],
)
def test_what_goes_wrong_has_a_name(reply: Reply, code: str) -> None:
    with always(reply) as server:
        assert problem(get(server)) == code


def test_a_connection_that_broke_is_tried_once_more() -> None:
    replies = [Reply(PAGE, sent=10), Reply(PAGE)]
    with Server(lambda _p, _h: replies.pop(0)) as server:
        assert isinstance(get(server), Fetched)
        assert server.paths() == ["/live", "/live"]


def test_waits_as_the_server_asks() -> None:
    later = (datetime.now(UTC) + timedelta(minutes=10)).strftime("%a, %d %b %Y %H:%M:%S GMT")
    for given, low, high in (("120", 120, 120), (later, 590, 600), ("99999999", 86_400, 86_400), ("soon", -1, -1)):
        with always(Reply(status=429, headers={"Retry-After": given})) as server:
            got = get(server)
        assert problem(got) == "too-often"
        assert isinstance(got, Failed)
        assert low <= (got.wait if got.wait is not None else -1) <= high


def test_a_bomb_and_a_long_body_stop_at_the_cap() -> None:
    bomb = gzip.compress(bytes(50_000_000))
    with always(Reply(bomb, headers={"Content-Encoding": "gzip"})) as server:
        assert problem(get(server, limits=replace(QUICK, size=1_000_000))) == "too-large"
    with always(Reply(bytes(2_000_000))) as server:
        assert problem(get(server, limits=replace(QUICK, size=1_000_000))) == "too-large"


@pytest.mark.parametrize("limits", [replace(QUICK, pause=0.2), replace(QUICK, seconds=0.2)])
def test_a_hanging_server_holds_nobody_up(limits: Limits) -> None:
    started = monotonic()
    with always(Reply(PAGE, hang=60)) as server:
        assert problem(get(server, limits=limits)) == "timeout"
    assert monotonic() - started < 30


def test_what_can_not_be_an_address() -> None:
    for url in ("ftp://nord.example/live", "nord.example", "http://", "http://[::1", "file:///etc/passwd"):
        assert problem(fetcher().get(url)) == "bad-address"


# -- robots.txt --------------------------------------------------------------------------------------------------------


def test_follows_robots_txt_and_asks_for_it_once() -> None:
    rules = Reply(b"User-agent: OnRecord\nDisallow: /private\nCrawl-delay: 7\n")
    with Server(lambda _p, _h: Reply(PAGE), robots=rules) as server:
        polite = fetcher()
        assert problem(polite.get(f"{server.url}/private/live")) == "robots"
        assert isinstance(polite.get(f"{server.url}/live"), Fetched)
        assert [path for path, _ in server.asked] == ["/robots.txt", "/live"]
        assert polite.robots.delay(f"{server.url}/live") == 7


def test_leaves_a_site_alone_whose_robots_txt_fails() -> None:
    with Server(lambda _p, _h: Reply(PAGE), robots=Reply(status=503)) as server:
        assert problem(get(server)) == "no-robots"
        assert server.paths() == []


# -- addresses ---------------------------------------------------------------------------------------------------------


def test_private_networks_are_left_alone_unless_allowed() -> None:
    inside = (
        "127.0.0.1 10.1.2.3 192.168.0.1 169.254.169.254 ::1 fe80::1 fd00::1 ::ffff:10.0.0.1 64:ff9b::a00:1 2002:a00:1::"
    )
    assert not any(fetch_net.allowed(ip_address(name)) for name in [*inside.split(), "0.0.0.0", "224.0.0.1"])
    assert all(fetch_net.allowed(ip_address(name)) for name in ("93.184.216.34", "2606:2800:220:1::1"))
    assert fetch_net.allowed(ip_address("10.1.2.3"), [ip_network("10.0.0.0/8")])
    with always(Reply(PAGE)) as server:
        assert problem(Fetcher(Limits()).get(server.url)) == "refused-address"
        assert server.asked == []


def test_a_name_that_resolves_anew_to_a_private_address_gains_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter(["127.0.0.1", "10.0.0.1", "10.0.0.1"])

    def lookup(_host: str, port: int, **_more: object) -> list[tuple[object, ...]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    with always(Reply(PAGE)) as server:
        monkeypatch.setattr(fetch_net, "socket", _Lookup(lookup))
        port = server.url.rpartition(":")[2]
        assert problem(fetcher().get(f"http://nord.example:{port}/live")) == "refused-address"
        assert [path for path, _ in server.asked] == ["/robots.txt"]  # the first answer led there, the second did not


class _Lookup:
    SOCK_STREAM = socket.SOCK_STREAM

    def __init__(self, getaddrinfo: object) -> None:
        self.getaddrinfo = getaddrinfo


def test_unpacking_is_bounded_and_whole() -> None:
    packed = gzip.compress(PAGE * 500)
    pieces = [packed[at : at + 100] for at in range(0, len(packed), 100)]
    assert unpacked(pieces, "gzip", 10_000_000) == PAGE * 500
    raw = zlib.compressobj(wbits=-15)
    assert unpacked([raw.compress(PAGE) + raw.flush()], "deflate", 10_000) == PAGE
    with pytest.raises(TooLargeError):
        unpacked(pieces, "gzip", len(PAGE) * 400)
    with pytest.raises(CutShortError):
        unpacked(pieces[:-1], "gzip", 10_000_000)
    with pytest.raises(PackingError):
        unpacked(pieces, "zstd", 10_000_000)
