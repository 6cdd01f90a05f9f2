"""Web archives → captures."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from pathlib import Path

from onrecord.model import Capture, Hints, Problem
from onrecord.sources import files, warc

NOW = datetime(2032, 1, 1, tzinfo=UTC)
HTML = b"<!doctype html><html><body><p>The dam has burst.</p></body></html>"


def record(kind: str, url: str, day: int, body: bytes, status: str = "200 OK", **more: str) -> bytes:
    http = (
        f"HTTP/1.1 {status}\r\nContent-Type: text/html\r\n".encode() + (more.pop("http", "")).encode() + b"\r\n" + body
    )
    head = {
        "WARC-Type": kind,
        "WARC-Target-URI": url,
        "WARC-Date": f"2031-03-0{day}T10:00:00Z",
        "WARC-Record-ID": f"<urn:uuid:0000000{day}-0000-0000-0000-{len(body):012d}>",
        "Content-Type": "application/http; msgtype=response",
        "Content-Length": str(len(http)),
        **{name.replace("_", "-"): value for name, value in more.items()},
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
    return b"WARC/1.1\r\n" + lines.encode() + b"\r\n" + http + b"\r\n\r\n"


def told(path: Path) -> list[tuple[str, str | None, bytes] | str]:
    return [
        got.code if isinstance(got, Problem) else (got.seen_at.date().isoformat(), got.hints.url, got.body)
        for got in warc.captures(path, Hints(outlet="Gazette"), NOW)
    ]


def test_responses_are_captures_and_a_revisit_has_the_bytes_again(tmp_path: Path) -> None:
    url = "https://gazette.example/live"
    first = record("response", url, 1, HTML, WARC_Payload_Digest="sha1:ABC")
    gone = record("response", url, 2, b"gone", status="404 Not Found")
    again = record("revisit", url, 3, b"", WARC_Payload_Digest="sha1:ABC")
    lost = record("revisit", url, 4, b"", WARC_Payload_Digest="sha1:XYZ")
    (tmp_path / "a.warc").write_bytes(first + gone + again + lost)
    expected = [("2031-03-01", url, HTML), ("2031-03-03", url, HTML), "revisit"]
    assert told(tmp_path / "a.warc") == expected
    (tmp_path / "a.warc.gz").write_bytes(b"".join(map(gzip.compress, (first, gone, again, lost))))
    assert told(tmp_path / "a.warc.gz") == expected


def test_what_breaks_off_is_said_and_the_rest_kept(tmp_path: Path) -> None:
    whole = record("response", "https://gazette.example/1", 1, HTML)
    cut = record("response", "https://gazette.example/2", 2, HTML, WARC_Truncated="length")
    packed = gzip.compress(record("response", "https://gazette.example/3", 3, HTML * 50))
    path = tmp_path / "b.warc.gz"
    path.write_bytes(gzip.compress(whole) + gzip.compress(cut) + packed[: len(packed) // 2])
    got = told(path)
    assert got[0] == ("2031-03-01", "https://gazette.example/1", HTML)
    assert "truncated-record" in got
    assert ("2031-03-02", "https://gazette.example/2", HTML) in got
    assert len(got) <= 5


def test_packed_bodies_are_unpacked(tmp_path: Path) -> None:
    packed = gzip.compress(HTML)
    path = tmp_path / "c.warc"
    path.write_bytes(record("response", "https://gazette.example/1", 1, packed, http="Content-Encoding: gzip\r\n"))
    assert told(path) == [("2031-03-01", "https://gazette.example/1", HTML)]


def test_a_record_keeps_the_charset_that_its_server_named(tmp_path: Path) -> None:
    url, path = "https://gazette.example/1", tmp_path / "c.warc"
    first = record("response", url, 1, "<p>Brücke gesperrt</p>".encode("cp1252"), WARC_Payload_Digest="sha1:ABC")
    first = first.replace(b"text/html\r\n", b"text/html; charset=iso-8859-1\r\n")
    length = len(first.partition(b"\r\n\r\n")[2]) - 4
    head, _, rest = first.partition(b"Content-Length: ")
    first = head + b"Content-Length: " + str(length).encode() + rest[rest.index(b"\r\n") :]
    path.write_bytes(first + record("revisit", url, 3, b"", WARC_Payload_Digest="sha1:ABC"))
    got = [c.hints.charset for c in warc.captures(path, Hints(), NOW) if isinstance(c, Capture)]
    assert [name and name.replace("-", "") for name in got] == ["iso88591", "iso88591"]


def test_a_record_keeps_where_its_server_said_that_the_page_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "c.warc"
    link = "Link: <https://gazette.example/1?page=2>; rel=next\r\n"
    path.write_bytes(record("response", "https://gazette.example/1", 1, HTML, http=link))
    (got,) = (c.hints.more for c in warc.captures(path, Hints(), NOW) if isinstance(c, Capture))
    assert got == "https://gazette.example/1?page=2"


def test_no_archive_and_a_broken_one_are_problems(tmp_path: Path) -> None:
    (tmp_path / "d.warc.gz").write_bytes(b"\x1f\x8b\x08 no gzip at all")
    for name in ("none.warc", "d.warc.gz"):
        got = list(warc.captures(tmp_path / name))
        assert all(isinstance(g, Problem) and g.fatal for g in got)


def test_files_open_archives(tmp_path: Path) -> None:
    path = tmp_path / "e.warc"
    path.write_bytes(record("response", "https://gazette.example/1", 1, HTML) * 2)
    got = list(files.opened(path, Hints(), NOW))
    assert [isinstance(g, Capture) for g in got] == [True, True]
