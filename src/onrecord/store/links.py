"""Links between tellings, and between posts, that folding follows; and what was touched since the last fold."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import Connection, bindparam, delete, select

from onrecord.store.rows import chunks, put_all
from onrecord.store.schema import links, slots, touched

Links = dict[str, dict[str, float]]
"""Node → the nodes it is linked to, each with the link's weight."""


def load(connection: Connection, number: int, kind: str, nodes: Sequence[str]) -> Links:
    """The links of these nodes."""
    out: Links = {}
    for chunk in chunks(nodes):
        mine = (links.c.generation == number, links.c.kind == kind, links.c.node.in_(chunk))
        for node, other, weight in connection.execute(select(links.c.node, links.c.other, links.c.weight).where(*mine)):
            out.setdefault(node, {})[other] = weight
    return out


def put(connection: Connection, number: int, kind: str, fresh: Mapping[str, Mapping[str, float]]) -> None:
    """Put links of nodes in place of those that they had, both ways."""
    own = {"generation": number, "kind": kind}
    old = load(connection, number, kind, list(fresh))
    gone = [(a, b) for a, known in old.items() for b in known if b not in fresh[a]]
    gone += [(b, a) for a, b in gone]
    if gone:
        wanted = delete(links).where(links.c.generation == number, links.c.kind == kind)
        wanted = wanted.where(links.c.node == bindparam("a"), links.c.other == bindparam("b"))
        connection.execute(wanted, [{"a": a, "b": b} for a, b in gone])
    pairs = [(a, b, w) for a, known in fresh.items() for b, w in known.items() if old.get(a, {}).get(b) != w]
    pairs += [(b, a, w) for a, b, w in pairs]
    put_all(connection, links, [{**own, "node": a, "other": b, "weight": w} for a, b, w in pairs])


# -- slots of posts ----------------------------------------------------------------------------------------------------


def in_slots(connection: Connection, number: int, wanted: Sequence[str]) -> dict[str, list[str]]:
    """Slot → posts in it."""
    out: dict[str, list[str]] = {}
    for chunk in chunks(wanted):
        rows = select(slots.c.slot, slots.c.post).where(slots.c.generation == number, slots.c.slot.in_(chunk))
        for slot, post in connection.execute(rows):
            out.setdefault(slot, []).append(post)
    return out


def put_slots(connection: Connection, number: int, fresh: Mapping[str, Iterable[str]]) -> None:
    """Put each of these posts into its slots and no others."""
    for chunk in chunks(list(fresh)):
        connection.execute(delete(slots).where(slots.c.generation == number, slots.c.post.in_(chunk)))
    rows = [{"generation": number, "slot": slot, "post": post} for post, known in fresh.items() for slot in known]
    put_all(connection, slots, rows)


# -- what was touched --------------------------------------------------------------------------------------------------


def touch(connection: Connection, number: int, kind: str, names: Collection[str], tick: int) -> None:
    """Mark these as touched."""
    own = {"generation": number, "kind": kind, "tick": tick}
    put_all(connection, touched, [{**own, "name": name} for name in sorted(names)])


def touched_names(connection: Connection, number: int, kind: str, most: int) -> list[str]:
    """The first that were touched, at most so many."""
    mine = select(touched.c.name).where(touched.c.generation == number, touched.c.kind == kind)
    return list(connection.execute(mine.order_by(touched.c.tick, touched.c.name).limit(most)).scalars())


def waiting(connection: Connection, number: int, kind: str, names: Sequence[str]) -> set[str]:
    """Those of the names that are touched."""
    out: set[str] = set()
    for chunk in chunks(names):
        mine = (touched.c.generation == number, touched.c.kind == kind, touched.c.name.in_(chunk))
        out.update(connection.execute(select(touched.c.name).where(*mine)).scalars())
    return out


def done(connection: Connection, number: int, kind: str, names: Sequence[str]) -> None:
    """Take the marks of these back."""
    for chunk in chunks(names):
        mine = (touched.c.generation == number, touched.c.kind == kind, touched.c.name.in_(chunk))
        connection.execute(delete(touched).where(*mine))


def settled(connection: Connection, number: int) -> bool:
    """True when nothing waits for a fold."""
    return connection.execute(select(touched.c.name).where(touched.c.generation == number).limit(1)).first() is None
