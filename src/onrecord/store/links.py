"""Links between tellings, and between posts, that folding follows; and what was touched since the last fold."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from math import inf

import orjson
from sqlalchemy import Connection, select

from onrecord.store.rows import each, fetch, run
from onrecord.store.schema import touched

Links = dict[str, dict[str, float]]
"""Node → the nodes it is linked to, each with the link's weight."""

_LINKED = """
SELECT l.node, l.known FROM json_each(?) j
CROSS JOIN links l ON l.generation = ? AND l.kind = ? AND l.node = j.value
"""


def load(connection: Connection, number: int, kind: str, nodes: Collection[str]) -> Links:
    """The links of those of these nodes that have any."""
    return {node: _read(known) for node, known in fetch(connection, _LINKED, each(nodes), number, kind)}


def put(connection: Connection, number: int, kind: str, fresh: Mapping[str, Mapping[str, float]]) -> None:
    """Put links of nodes in place of those that they had, both ways."""
    old = load(connection, number, kind, fresh)
    changed = {node: _changes(old.get(node, {}), known) for node, known in fresh.items()}
    beside = {other for some in changed.values() for other in some if other not in fresh}
    was = {**{node: {} for node in beside}, **load(connection, number, kind, beside), **old}
    made: Links = {node: dict(was.get(node, {})) for node in (*fresh, *beside)}
    for node, some in changed.items():
        for other, weight in some.items():
            _set(made[node], other, weight)
            _set(made[other], node, weight)
    rows = [(number, kind, node, _written(known)) for node, known in made.items() if known and known != was.get(node)]
    gone = [(number, kind, node) for node, known in made.items() if not known and was.get(node)]
    run(connection, "REPLACE INTO links VALUES (?, ?, ?, ?)", rows)
    run(connection, "DELETE FROM links WHERE generation = ? AND kind = ? AND node = ?", gone)


def _changes(old: Mapping[str, float], new: Mapping[str, float]) -> dict[str, float | None]:
    """Nodes to which the link is another one than before, with the new one."""
    out: dict[str, float | None] = {other: weight for other, weight in new.items() if old.get(other) != weight}
    out.update((other, None) for other in old if other not in new)
    return out


def _set(known: dict[str, float], other: str, weight: float | None) -> None:
    if weight is None:
        known.pop(other, None)
    else:
        known[other] = weight


def _written(known: Mapping[str, float]) -> bytes:
    return orjson.dumps(known, option=orjson.OPT_SORT_KEYS)


def _read(stored: bytes) -> dict[str, float]:
    """Links as they are kept; one without end, which JSON has no word for, stands as null."""
    known: dict[str, float] = orjson.loads(stored)
    if None in known.values():
        return {other: inf if weight is None else weight for other, weight in known.items()}
    return known


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
