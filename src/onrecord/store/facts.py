"""The facts: settings, captures with their bytes, the ledger. Added to and never changed, but for redactions."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, func, select, update
from sqlalchemy.dialects.sqlite import insert

from onrecord.model import Capture, Hints, Settings
from onrecord.store import codec
from onrecord.store.rows import EVERY, chunks, each, fetch, stamp
from onrecord.store.schema import bodies, captures, decision_pages, decisions, ledger, pages, settings

_LATE = ("language", "charset", "part", "more")
"""Hints that records of before do not have: equal hints must be kept as equal bytes."""


@dataclass(frozen=True, slots=True)
class CaptureRow:
    """A capture as the record holds it, without its bytes."""

    change: int
    page: str
    hash: str
    seen_at: datetime
    where: str
    hints: Hints


def write_settings(connection: Connection, given: Settings) -> None:
    """Keep the story's settings, over those it had."""
    for field in fields(given):
        value = codec.dump(getattr(given, field.name))
        row = insert(settings).values(key=field.name, value=value)
        connection.execute(row.on_conflict_do_update(index_elements=["key"], set_={"value": value}))


def read_settings(connection: Connection) -> Settings:
    """The story's settings."""
    rows = connection.execute(select(settings.c.key, settings.c.value)).all()
    stored = b"{" + b",".join(codec.dump(key) + b":" + value for key, value in rows) + b"}"
    return codec.load(Settings, stored)


def page_id(key: str) -> str:
    """The id of the page with that key."""
    return "p" + hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:15]


_LAST = """
SELECT max(
    coalesce((SELECT max(change) FROM captures), 0), coalesce((SELECT max(change) FROM ledger), 0),
    coalesce((SELECT max(change) FROM decisions), 0)
)
"""


def last_change(connection: Connection) -> int:
    """The number of the last thing that the record took in; 0 for none."""
    return int(fetch(connection, _LAST)[0][0])


def knows(connection: Connection, page: str, capture: Capture) -> bool:
    """True when this adds nothing: the same bytes and hints of the page, and no other time at which they were seen."""
    rows = select(captures.c.hints, captures.c.seen_at).where(captures.c.page == page, captures.c.hash == capture.hash)
    wanted = _written(capture.hints)
    for hints, seen_at in connection.execute(rows.order_by(captures.c.change)):
        if hints == wanted and (capture.hints.seen_at is None or seen_at == stamp(capture.seen_at)):
            return True
    return False


def page_of(connection: Connection, capture: Capture) -> str | None:
    """The page of which the record already has this very file, by place, bytes and hints; None when it hasn't."""
    rows = select(captures.c.page).where(
        captures.c.hash == capture.hash,
        captures.c.where == capture.where,
        captures.c.hints == _written(capture.hints),
    )
    return connection.execute(rows.limit(1)).scalar()


class Body(NamedTuple):
    """What is kept of a capture's bytes."""

    packed: bytes
    form: str = "bytes"
    """`page` where words were redacted: the page as it was read, and no bytes."""
    checked: int = 0
    """Change number of the last redaction that was looked for."""


def packed(capture: Capture, checked: int = 0) -> Body:
    """The capture's bytes as they are kept."""
    return Body(zlib.compress(capture.body, 6), checked=checked)


def packed_page(stored: bytes, checked: int) -> Body:
    """A page, as `codec` writes it, as it is kept in the place of its bytes."""
    return Body(zlib.compress(stored, 6), "page", checked)


def take(connection: Connection, page: str, key: str, capture: Capture, body: Body) -> int:
    """Keep a capture with its packed bytes; gives its change number."""
    change = last_change(connection) + 1
    connection.execute(insert(pages).values(id=page, key=key, change=change).on_conflict_do_nothing())
    if not connection.execute(select(bodies.c.hash).where(bodies.c.hash == capture.hash)).first():
        connection.execute(insert(bodies).values(hash=capture.hash, size=len(capture.body), **body._asdict()))
    connection.execute(
        insert(captures).values(
            change=change, page=page, hash=capture.hash, seen_at=stamp(capture.seen_at), where=capture.where,
            hints=_written(capture.hints), added_at=stamp(datetime.now(UTC)),
        )
    )  # fmt: skip
    return change


def _written(hints: Hints) -> bytes:
    """The hints as they are kept: without the moment, and without what older records don't know where none is given."""
    bare = replace(hints, seen_at=None)
    given = {field.name: getattr(bare, field.name) for field in fields(bare)}
    return codec.dump({name: value for name, value in given.items() if value or name not in _LATE})


def page_ids(connection: Connection) -> list[str]:
    """Every page that has captures or that a decision bears on, by id."""
    rows = select(pages.c.id).union(select(decision_pages.c.page))
    return sorted(connection.execute(rows).scalars())


def of_page(connection: Connection, page: str, recorded: int | None = None, after: int = 0) -> list[CaptureRow]:
    """The page's captures in the order in which they were seen; of equal bytes the hints given last hold for all."""
    found = [
        CaptureRow(change, name, mark, datetime.fromisoformat(seen), where, _hints(hints))
        for change, name, mark, seen, where, hints in fetch(
            connection, _OF_PAGE, page, after, EVERY if recorded is None else recorded
        )
    ]
    hints = {row.hash: row.hints for row in found}
    kept = {(row.seen_at, row.hash): replace(row, hints=hints[row.hash]) for row in reversed(found)}
    return [kept[at] for at in sorted(kept)]


_OF_PAGE = """
SELECT change, page, hash, seen_at, "where", hints FROM captures
WHERE page = ? AND change > ? AND change <= ? ORDER BY change
"""


@lru_cache(maxsize=1 << 10)
def _hints(stored: bytes) -> Hints:
    return codec.load(Hints, stored)


def _row(r: Row[Any]) -> CaptureRow:
    return CaptureRow(r.change, r.page, r.hash, datetime.fromisoformat(r.seen_at), r.where, _hints(r.hints))


def loaded(connection: Connection, row: CaptureRow) -> Capture:
    """The capture with its bytes."""
    (packed,) = fetch(connection, "SELECT packed FROM bodies WHERE hash = ?", row.hash)[0]
    return Capture(row.where, zlib.decompress(packed), row.hash, row.seen_at, replace(row.hints, seen_at=row.seen_at))


def kept_page(connection: Connection, row: CaptureRow) -> bytes | None:
    """The page that is kept in the place of a capture's bytes, as `codec` writes it; None where they are kept."""
    found = fetch(connection, "SELECT packed FROM bodies WHERE hash = ? AND form = 'page'", row.hash)
    return zlib.decompress(found[0][0]) if found else None


def unchecked(connection: Connection, redaction: int) -> list[str]:
    """Hashes of bodies in which nobody has looked for that redaction's words."""
    rows = select(bodies.c.hash).where(bodies.c.checked < redaction).order_by(bodies.c.hash)
    return list(connection.execute(rows).scalars())


def of_body(connection: Connection, name: str) -> list[CaptureRow]:
    """The captures with these bytes, in the order in which they were taken in."""
    rows = select(captures).where(captures.c.hash == name).order_by(captures.c.change)
    return [_row(r) for r in connection.execute(rows)]


def keep_body(connection: Connection, name: str, body: Body) -> None:
    """Put a page in the place of a body's bytes: after a redaction, and never else."""
    connection.execute(update(bodies).where(bodies.c.hash == name).values(**body._asdict()))


def mark_checked(connection: Connection, names: Sequence[str], redaction: int) -> None:
    """Note that that redaction's words are not in these bodies."""
    for chunk in chunks(names):
        connection.execute(update(bodies).where(bodies.c.hash.in_(chunk)).values(checked=redaction))


def rename(connection: Connection, row: CaptureRow, where: str, hints: Hints) -> None:
    """Put other words in the place of a capture's address and hints: after a redaction, and never else."""
    mine = captures.c.change == row.change
    connection.execute(update(captures).where(mine).values(where=where, hints=_written(hints)))


def page_keys(connection: Connection) -> dict[str, str]:
    """Page → its key."""
    return {row[0]: row[1] for row in connection.execute(select(pages.c.id, pages.c.key))}


def rename_page(connection: Connection, page: str, key: str) -> None:
    """Put another key in the place of a page's: after a redaction, and never else. Its id stays."""
    connection.execute(update(pages).where(pages.c.id == page).values(key=key))


def corrected(connection: Connection, page: str, after: int) -> bool:
    """True when newer facts say something else of bytes that the page had up to that change number."""
    old, new = captures.alias(), captures.alias()
    same = (old.c.page == page, new.c.page == page, old.c.hash == new.c.hash, old.c.hints != new.c.hints)
    rows = select(new.c.change).where(*same, old.c.change <= after, new.c.change > after)
    return connection.execute(rows.limit(1)).first() is not None


def newest_of_pages(connection: Connection) -> dict[str, int]:
    """Each page's last change number."""
    out: dict[str, int] = {}
    page = func.substr(ledger.c.ref, 1, _PAGE_ID).label("page")
    rows = [select(t.c.page, func.max(t.c.change)).group_by(t.c.page) for t in (captures, decision_pages)]
    rows.append(select(page, func.max(ledger.c.change)).where(ledger.c.kind == _GONE).group_by(page))
    for table in rows:
        for name, change in connection.execute(table):
            out[name] = max(change, out.get(name, 0))
    return out


def first_of_pages(connection: Connection) -> dict[str, int]:
    """The change number of each page's first capture."""
    rows = select(captures.c.page, func.min(captures.c.change)).group_by(captures.c.page)
    return {row[0]: row[1] for row in connection.execute(rows)}


def newest_of_page(connection: Connection, page: str) -> int:
    """The page's last change number; 0 for none."""
    return int(fetch(connection, _NEWEST, page, page, f"{page} ", f"{page}!")[0][0])


_NEWEST = """
SELECT max(
    coalesce((SELECT max(change) FROM captures WHERE page = ?), 0),
    coalesce((SELECT max(change) FROM decision_pages WHERE page = ?), 0),
    coalesce((SELECT max(change) FROM ledger WHERE kind = 'gone' AND ref >= ? AND ref < ?), 0)
)
"""


# -- answers of posts' own addresses -----------------------------------------------------------------------------------

_GONE = "gone"
_PAGE_ID = 16


class GoneRow(NamedTuple):
    """A post's own address answered that there is no such post."""

    change: int
    post: str
    at: datetime
    status: int


def keep_gone(connection: Connection, page: str, post: str, at: datetime, status: int) -> None:
    """Keep that answer: 404 or 410, at that moment."""
    publish(connection, _GONE, {f"{page} {stamp(at)} {post}": [post, stamp(at), str(status)]})


def gone_of_page(connection: Connection, page: str, recorded: int | None = None, after: int = 0) -> list[GoneRow]:
    """Which posts of the page were gone by their own addresses, in the order of the answers."""
    until = EVERY if recorded is None else recorded
    rows = fetch(connection, _GONE_OF, f"{page} ", f"{page}!", after, until)
    found = [(change, codec.load(tuple[str, ...], detail)) for change, detail in rows]
    return [GoneRow(n, post, datetime.fromisoformat(at), int(status)) for n, (post, at, status) in found]


_GONE_OF = """
SELECT change, detail FROM ledger
WHERE kind = 'gone' AND ref >= ? AND ref < ? AND change > ? AND change <= ? ORDER BY ref
"""


# -- the ledger --------------------------------------------------------------------------------------------------------


def publish(connection: Connection, kind: str, entries: Mapping[str, Sequence[str]]) -> None:
    """Write the refs that the ledger lacks into it, each with its detail, under one change number."""
    known = _known_refs(connection, kind, list(entries))
    change, now = last_change(connection) + 1, stamp(datetime.now(UTC))
    rows = [
        {"kind": kind, "ref": ref, "change": change, "at": now, "detail": codec.dump(list(detail))}
        for ref, detail in entries.items()
        if ref not in known
    ]
    if rows:
        connection.execute(insert(ledger), rows)


def unpublished(connection: Connection, kind: str, refs: Sequence[str]) -> list[str]:
    """Those of the refs that the ledger lacks."""
    known = _known_refs(connection, kind, refs)
    return [ref for ref in refs if ref not in known]


def _known_refs(connection: Connection, kind: str, refs: Sequence[str]) -> set[str]:
    query = "SELECT ref FROM ledger WHERE kind = ? AND ref IN (SELECT value FROM json_each(?))"
    return {row[0] for row in fetch(connection, query, kind, each(refs))}


def published(connection: Connection, kind: str, ref: str) -> tuple[int, tuple[str, ...]] | None:
    """(change number, detail) of what the ledger says of the ref, or None."""
    row = connection.execute(select(ledger).where(ledger.c.kind == kind, ledger.c.ref == ref)).first()
    return (row.change, codec.load(tuple[str, ...], row.detail)) if row else None


def reader_at(connection: Connection, recorded: int) -> str | None:
    """The reader whose drafts counted after that change number; None for the present one."""
    rows = select(ledger.c.detail).where(ledger.c.kind == "reader", ledger.c.change > recorded)
    detail = connection.execute(rows.order_by(ledger.c.change).limit(1)).scalar()
    return codec.load(tuple[str, ...], detail)[0] if detail else None


def log(connection: Connection, after: int = 0) -> Iterator[tuple[int, str, str, str]]:
    """(change, when, kind, ref) of all that the record took in after that number, in order."""
    taken = select(captures.c.change, captures.c.added_at, captures.c.where)
    other = select(ledger.c.change, ledger.c.at, ledger.c.kind, ledger.c.ref)
    rows = [(c, at, "capture", where) for c, at, where in connection.execute(taken.where(captures.c.change > after))]
    rows += [(c, at, kind, ref) for c, at, kind, ref in connection.execute(other.where(ledger.c.change > after))]
    ruled = select(decisions.c.change, decisions.c.at, decisions.c.kind, decisions.c.id)
    rows += [(c, at, kind, ref) for c, at, kind, ref in connection.execute(ruled.where(decisions.c.change > after))]
    return iter(sorted(rows))
