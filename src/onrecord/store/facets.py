"""What posts are found by: outlet, place, side, speaker, kind of happening, standing, key event. Derived."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from sqlalchemy import ColumnElement, Connection, and_, delete, func, or_, select, tuple_

from onrecord.model import RevisionView
from onrecord.store.rows import put_all, stamp
from onrecord.store.schema import facets, readings

Facet = Literal["outlet", "place", "side", "speaker", "kind", "standing", "key", "pinned"]
FACETS: tuple[Facet, ...] = get_args(Facet)
_DULL = frozenset({"statement", "other"})
Place = tuple[str, str, str]
"""Where a post stands in the stream: (stamp of its first version, page, post)."""


@dataclass(frozen=True, slots=True)
class Slice:
    """Which posts of the stream are wanted: those after `after` in the order, that have every facet."""

    wanted: Mapping[Facet, str]
    oldest: bool = False
    after: Place | None = None
    most: int = 30


def of(view: RevisionView) -> set[tuple[Facet, str]]:
    """What a post is found by."""
    reading = view.reading
    out: set[tuple[Facet, str]] = {("outlet", view.outlet)}
    if view.post.key:
        out.add(("key", "yes"))
    if view.post.pinned:
        out.add(("pinned", "yes"))
    out |= {("place", p.name) for p in reading.places if p.id and not p.metonym}
    out |= {("kind", h.kind) for h in reading.happenings if h.kind not in _DULL}
    for said in reading.statements:
        if said.voice != "own":
            out.add(("standing", said.standing))
        if said.speaker and said.voice == "attributed":
            out.add(("speaker", said.speaker.name.removeprefix("unnamed: ")))
            out |= {("side", said.speaker.side)} if said.speaker.side else set()
    return out


def put(connection: Connection, number: int, views: Iterable[RevisionView]) -> None:
    """Keep what these posts are found by."""
    rows = [
        {"generation": number, "kind": kind, "value": value, "placed": stamp(view.placed), "page": view.page,
         "post": view.post.id}
        for view in views
        for kind, value in sorted(of(view))
    ]  # fmt: skip
    put_all(connection, facets, rows)


def drop(connection: Connection, number: int, page: str, posts: Sequence[str]) -> None:
    """Forget what these posts were found by."""
    mine = (facets.c.generation == number, facets.c.page == page, facets.c.post.in_(posts))
    connection.execute(delete(facets).where(*mine))


def stream(connection: Connection, number: int, asked: Slice) -> list[bytes]:
    """The posts of the slice in its order, as `codec` wrote each `RevisionView`; the same whatever came meanwhile."""
    return [row[3] for row in spots(connection, number, asked)]


def spots(connection: Connection, number: int, asked: Slice) -> list[tuple[str, str, str, bytes]]:
    """The same, each with its place."""
    here = readings.c
    query = select(here.placed, here.page, here.post, here.view).where(
        here.generation == number, *_having(number, asked.wanted)
    )
    spot = (here.placed, here.page, here.post)
    if asked.after:
        query = query.where(_beyond(asked))
    order = spot if asked.oldest else tuple(column.desc() for column in spot)
    rows = connection.execute(query.order_by(*order).limit(asked.most))
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def _beyond(asked: Slice) -> ColumnElement[bool]:
    here, (placed, page, post) = readings.c, asked.after or ("", "", "")
    spot, mark = tuple_(here.page, here.post), (page, post)
    if asked.oldest:
        return or_(here.placed > placed, and_(here.placed == placed, spot > mark))
    return or_(here.placed < placed, and_(here.placed == placed, spot < mark))


def _having(number: int, wanted: Mapping[Facet, str]) -> list[ColumnElement[bool]]:
    here = readings.c
    return [
        select(1)
        .where(
            facets.c.generation == number, facets.c.kind == kind, facets.c.value == value,
            facets.c.placed == here.placed, facets.c.page == here.page, facets.c.post == here.post,
        )
        .exists()
        for kind, value in sorted(wanted.items())
    ]  # fmt: skip


def counts(connection: Connection, number: int, kind: Facet, most: int = 40) -> list[tuple[str, int]]:
    """The commonest values of a facet with how many posts have each."""
    amount = func.count()
    query = (
        select(facets.c.value, amount)
        .where(facets.c.generation == number, facets.c.kind == kind)
        .group_by(facets.c.value)
        .order_by(amount.desc(), facets.c.value)
        .limit(most)
    )
    return [(str(value), int(n)) for value, n in connection.execute(query)]
