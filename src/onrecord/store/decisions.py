"""Decisions of the desk (facts), what they name now and the pairs that follow (derived)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from sqlalchemy import Connection, delete, func, or_, select, update

from onrecord.store import links
from onrecord.store.derived import next_tick
from onrecord.store.facts import last_change
from onrecord.store.rows import EVERY, Step, chunks, fetch, put_all
from onrecord.store.schema import attached, decision_pages, decisions, ruled

REDACT = "redact"


class Row(NamedTuple):
    """A decision as it is kept."""

    change: int
    id: str
    kind: str
    detail: bytes


class Named(NamedTuple):
    """What one selector of a decision names now."""

    decision: int
    at: int
    name: str | None


Pairs = frozenset[tuple[str, str, str]]
"""(same or apart, telling, telling)."""

# -- facts -------------------------------------------------------------------------------------------------------------


def take(connection: Connection, name: str, kind: str, at: str, by: str, detail: bytes, pages: Collection[str]) -> int:
    """Keep a decision; gives its change number."""
    change = last_change(connection) + 1
    row = {"change": change, "id": name, "kind": kind, "at": at, "by": by, "detail": detail}
    connection.execute(decisions.insert().values(row))
    if pages:
        connection.execute(decision_pages.insert(), [{"change": change, "page": page} for page in sorted(pages)])
    return change


def load(connection: Connection, page: str | None = None, recorded: int | None = None) -> list[Row]:
    """Every decision in the order in which it was taken, or those that bear on a page."""
    query, until = (
        "SELECT change, id, kind, detail FROM decisions WHERE change <= ?",
        EVERY if recorded is None else recorded,
    )
    bearing = " AND change IN (SELECT change FROM decision_pages WHERE page = ?)" if page else ""
    values = (until, page) if page else (until,)
    return [Row(*row) for row in fetch(connection, f"{query}{bearing} ORDER BY change", *values)]


def pages_of(connection: Connection, change: int) -> list[str]:
    """The pages that a decision bears on."""
    rows = select(decision_pages.c.page).where(decision_pages.c.change == change)
    return list(connection.execute(rows.order_by(decision_pages.c.page)).scalars())


def rewrite(connection: Connection, name: str, detail: bytes) -> None:
    """Put other words in the place of a decision's: after a redaction, and never else."""
    connection.execute(update(decisions).where(decisions.c.id == name).values(detail=detail))


def redactions(connection: Connection) -> list[Row]:
    """The redactions, in order."""
    d = decisions.c
    rows = select(d.change, d.id, d.kind, d.detail).where(d.kind == REDACT).order_by(d.change)
    return [Row(*row) for row in connection.execute(rows)]


def last_redaction(connection: Connection) -> int:
    """The change number of the newest redaction; 0 for none."""
    return connection.execute(select(func.max(decisions.c.change)).where(decisions.c.kind == REDACT)).scalar() or 0


# -- what they name ----------------------------------------------------------------------------------------------------


def steps(connection: Connection, number: int, page: str, named: Sequence[Named]) -> Iterator[Step]:
    """Writes that put what is named on a page in place of what was; nothing where nothing changed."""
    if set(named) != set(_named(connection, number, page)):
        yield partial(_put, number=number, page=page, named=named)


def _named(connection: Connection, number: int, page: str) -> list[Named]:
    query = "SELECT decision, at, name FROM attached WHERE generation = ? AND page = ?"
    return [Named(*row) for row in fetch(connection, query, number, page)]


def _put(connection: Connection, number: int, page: str, named: Sequence[Named]) -> None:
    connection.execute(delete(attached).where(attached.c.generation == number, attached.c.page == page))
    own = {"generation": number, "page": page}
    put_all(connection, attached, [{**own, "decision": n.decision, "at": n.at, "name": n.name} for n in named])
    links.touch(connection, number, "ruling", [page], next_tick(connection))


def named(connection: Connection, number: int) -> list[Named]:
    """All that decisions name now, in order."""
    a = attached.c
    rows = select(a.decision, a.at, a.name).where(a.generation == number).order_by(a.decision, a.at)
    return [Named(*row) for row in connection.execute(rows)]


# -- pairs -------------------------------------------------------------------------------------------------------------


def pairs(connection: Connection, number: int) -> Pairs:
    """Every pair that is ruled on."""
    rows = select(ruled.c.kind, ruled.c.left, ruled.c.right).where(ruled.c.generation == number)
    return frozenset((r[0], r[1], r[2]) for r in connection.execute(rows))


def put_pairs(connection: Connection, number: int, old: Pairs, new: Pairs) -> None:
    """Put the new pairs in place of the old; the tellings of those that differ are touched."""
    r = ruled.c
    for kind, left, right in old - new:
        mine = (r.generation == number, r.kind == kind, r.left == left, r.right == right)
        connection.execute(delete(ruled).where(*mine))
    own = {"generation": number}
    put_all(connection, ruled, [{**own, "kind": k, "left": a, "right": b} for k, a, b in sorted(new - old)])
    names = {name for _, *both in old ^ new for name in both}
    links.touch(connection, number, "telling", names, next_tick(connection))


def about(connection: Connection, number: int, names: Iterable[str]) -> Mapping[str, list[tuple[str, str]]]:
    """`same` and `apart` → the pairs of which one telling is among these."""
    out: dict[str, set[tuple[str, str]]] = {"same": set(), "apart": set()}
    r = ruled.c
    if not fetch(connection, "SELECT 1 FROM ruled WHERE generation = ? LIMIT 1", number):
        return {kind: [] for kind in out}
    for chunk in chunks(sorted(names), 200):
        rows = select(r.kind, r.left, r.right).where(r.generation == number)
        for kind, left, right in connection.execute(rows.where(or_(r.left.in_(chunk), r.right.in_(chunk)))):
            out[kind].add((left, right))
    return {kind: sorted(found) for kind, found in out.items()}
