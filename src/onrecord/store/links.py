"""Links between tellings, and between posts, that folding follows; and what was touched since the last fold."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import Connection, select

from onrecord.store.rows import each, fetch, run
from onrecord.store.schema import touched

Links = dict[str, dict[str, float]]
"""Node → the nodes it is linked to, each with the link's weight."""


def load(connection: Connection, number: int, kind: str, nodes: Collection[str]) -> Links:
    """The links of these nodes."""
    query = (
        "SELECT node, other, weight FROM links"
        " WHERE generation = ? AND kind = ? AND node IN (SELECT value FROM json_each(?))"
    )
    out: Links = {}
    for node, other, weight in fetch(connection, query, number, kind, each(nodes)):
        out.setdefault(node, {})[other] = weight
    return out


def put(connection: Connection, number: int, kind: str, fresh: Mapping[str, Mapping[str, float]]) -> None:
    """Put links of nodes in place of those that they had, both ways."""
    old = load(connection, number, kind, fresh)
    gone = [(a, b) for a, known in old.items() for b in known if b not in fresh[a]]
    gone += [(b, a) for a, b in gone]
    wanted = "DELETE FROM links WHERE generation = ? AND kind = ? AND node = ? AND other = ?"
    run(connection, wanted, [(number, kind, a, b) for a, b in gone])
    pairs = [(a, b, w) for a, known in fresh.items() for b, w in known.items() if old.get(a, {}).get(b) != w]
    pairs += [(b, a, w) for a, b, w in pairs]
    run(connection, "REPLACE INTO links VALUES (?, ?, ?, ?, ?)", [(number, kind, *pair) for pair in pairs])


# -- slots of posts ----------------------------------------------------------------------------------------------------


def in_slots(connection: Connection, number: int, wanted: Collection[str]) -> dict[str, list[str]]:
    """Slot → posts in it."""
    query = "SELECT slot, post FROM slots WHERE generation = ? AND slot IN (SELECT value FROM json_each(?))"
    out: dict[str, list[str]] = {}
    for slot, post in fetch(connection, query, number, each(wanted)):
        out.setdefault(slot, []).append(post)
    return out


def put_slots(connection: Connection, number: int, fresh: Mapping[str, Iterable[str]]) -> None:
    """Put each of these posts into its slots and no others."""
    run(connection, "DELETE FROM slots WHERE generation = ? AND post = ?", [(number, post) for post in fresh])
    rows = [(number, slot, post) for post, known in fresh.items() for slot in known]
    run(connection, "REPLACE INTO slots VALUES (?, ?, ?)", rows)


# -- what was touched --------------------------------------------------------------------------------------------------


def touch(connection: Connection, number: int, kind: str, names: Iterable[str], tick: int) -> None:
    """Mark these as touched."""
    run(connection, "REPLACE INTO touched VALUES (?, ?, ?, ?)", [(number, kind, name, tick) for name in sorted(names)])


def touched_names(connection: Connection, number: int, kind: str, most: int) -> list[str]:
    """The first that were touched, at most so many."""
    query = "SELECT name FROM touched WHERE generation = ? AND kind = ? ORDER BY tick, name LIMIT ?"
    return [row[0] for row in fetch(connection, query, number, kind, most)]


def waiting(connection: Connection, number: int, kind: str, names: Collection[str]) -> set[str]:
    """Those of the names that are touched."""
    query = "SELECT name FROM touched WHERE generation = ? AND kind = ? AND name IN (SELECT value FROM json_each(?))"
    return {row[0] for row in fetch(connection, query, number, kind, each(names))}


def done(connection: Connection, number: int, kind: str, names: Iterable[str]) -> None:
    """Take the marks of these back."""
    wanted = "DELETE FROM touched WHERE generation = ? AND kind = ? AND name = ?"
    run(connection, wanted, [(number, kind, name) for name in names])


def forget(connection: Connection, number: int, kind: str) -> None:
    """Take all marks of that kind back."""
    run(connection, "DELETE FROM touched WHERE generation = ? AND kind = ?", [(number, kind)])


def settled(connection: Connection, number: int) -> bool:
    """True when nothing waits for a fold; events that wait to be made public are folded."""
    waits = (touched.c.generation == number, touched.c.kind != "event")
    return connection.execute(select(touched.c.name).where(*waits).limit(1)).first() is None
