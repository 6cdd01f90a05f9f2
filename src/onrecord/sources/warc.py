"""A web archive (WARC) → a capture for each page in it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from onrecord.model import Capture, Hints, Problem
from onrecord.sources.fetch_page import following

MOST_BYTES = 100_000_000
"""A larger record is left out: no page is that long."""

_KINDS = ("text/", "application/xhtml", "application/json", "application/feed", "application/ld+json",
          "application/rss", "application/atom", "application/xml", "application/vnd")  # fmt: skip
_PAGES = WarcRecordType.response | WarcRecordType.revisit | WarcRecordType.resource


def is_warc(path: Path) -> bool:
    """Whether the name says that it is a web archive."""
    return path.name.lower().endswith((".warc", ".warc.gz", ".warc.zst"))


def captures(path: Path, hints: Hints | None = None, now: datetime | None = None) -> Iterator[Capture | Problem]:
    """The pages of an archive in its order, one in memory at a time, each seen at its own `WARC-Date`.

    A revisit gives the bytes of the record that it names, if that stands further up in the archive. What breaks off is
    kept as far as it goes, with a problem; nothing is raised.
    """
    seen: dict[str, int] = {}
    try:
        with path.open("rb") as file:
            for record in ArchiveIterator(file, record_types=_PAGES, auto_decode="all", parse_http=True):
                yield from _taken(record, path, seen, hints or Hints(), now or datetime.now(UTC))
    except (OSError, EOFError, ValueError) as error:
        why = f"it breaks off or is damaged: {error}"
        missing = isinstance(error, FileNotFoundError)
        code, why = ("missing-file", "there is no such file") if missing else ("truncated-archive", why)
        yield Problem(code, str(path), why, "fetch the archive again", fatal=True)


def _taken(
    record: WarcRecord, path: Path, seen: dict[str, int], hints: Hints, now: datetime
) -> Iterator[Capture | Problem]:
    url = (record.headers.get("WARC-Target-URI") or "").strip("<> ")
    where = f"{path}#{url or record.record_id}"
    at = min(record.record_date or now, now)
    if record.record_type == WarcRecordType.revisit:
        yield from _again(record, path, where, seen, replace(hints, url=url or hints.url, seen_at=at))
        return
    if not _is_page(record):
        return
    wanted = record.headers.get("WARC-Truncated")
    body = record.reader.read(MOST_BYTES + 1) if record.reader else b""
    if len(body) > MOST_BYTES:
        yield Problem(
            "too-large", where, f"it has more than {MOST_BYTES:,} bytes", "fetch the page by itself", fatal=True
        )
        return
    if wanted:
        yield Problem(
            "truncated-record", where, f"the archive holds only its beginning ({wanted})", "fetch the page again"
        )
    for name in (
        record.record_id,
        record.headers.get("WARC-Payload-Digest"),
        f"{url} {_date(record.headers.get('WARC-Date'))}",
    ):
        if name:
            seen.setdefault(name, record.stream_pos)
    yield _capture(body, where, _told(record, replace(hints, url=url or hints.url, seen_at=at)))


def _told(record: WarcRecord, hints: Hints) -> Hints:
    """The hints with what the server named: the encoding, and where the page goes on."""
    headers = record.http_headers
    if headers is None:
        return hints
    return replace(hints, charset=record.http_charset, more=following(headers.get("Link")))


def _is_page(record: WarcRecord) -> bool:
    """Whether it holds a page that was sent, in a kind that may be read."""
    if record.record_type == WarcRecordType.resource:
        kind = record.headers.get("Content-Type") or ""
    else:
        status = record.http_headers.status_code if record.http_headers else None
        if status is None or not 200 <= status < 300:
            return False
        kind = record.http_content_type or ""
    return not kind or kind.lower().startswith(_KINDS)


def _again(
    record: WarcRecord, path: Path, where: str, seen: dict[str, int], hints: Hints
) -> Iterator[Capture | Problem]:
    """The capture of a page that had not changed: the bytes stand in an earlier record."""
    told = record.headers
    names = (
        told.get("WARC-Refers-To"),
        told.get("WARC-Payload-Digest"),
        f"{told.get('WARC-Refers-To-Target-URI') or hints.url} {_date(told.get('WARC-Refers-To-Date'))}",
    )
    at = next((seen[name] for name in names if name and name in seen), None)
    if at is None:
        yield Problem(
            "revisit", where, "it was unchanged from a record that this archive lacks", "add that archive too"
        )
        return
    with path.open("rb") as file:
        file.seek(at)
        for first in ArchiveIterator(file, record_types=_PAGES, auto_decode="all", parse_http=True):
            body = first.reader.read(MOST_BYTES) if first.reader else b""
            yield _capture(body, where, _told(first, hints))
            return


def _date(text: str | None) -> str:
    return (text or "")[:19]


def _capture(body: bytes, where: str, hints: Hints) -> Capture:
    seen_at = hints.seen_at or datetime.now(UTC)
    return Capture(where, body, hashlib.sha256(body).hexdigest(), seen_at, hints)
