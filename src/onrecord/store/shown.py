"""Posts as they are shown, with the index of their words: derived, and written by the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from datetime import datetime
from functools import partial
from typing import NamedTuple

import orjson
from sqlalchemy import Connection, func, select, update

from onrecord.model import RevisionView
from onrecord.store import codec, facets, links, search
from onrecord.store.derived import next_tick
from onrecord.store.rows import Step, chunks, digest, each, fetch, put_all, run, stamp
from onrecord.store.schema import readings

Written = MutableMapping[str, tuple[RevisionView, bytes]]
"""Post → a view, and the digest of how it is written."""
_AT_ONCE = 20
_OF_PAGE = "SELECT post, at, public, view FROM readings WHERE generation = ? AND page = ?"
_SEARCHED = (
    "SELECT search_row, post FROM readings"
    " WHERE generation = ? AND page = ? AND post IN (SELECT value FROM json_each(?))"
)
_TAKEN_OUT = "DELETE FROM readings WHERE generation = ? AND page = ? AND post = ?"


class _Kept(NamedTuple):
    """A post as it is kept."""

    post: str
    at: int
    public: str
    view: bytes


def steps(
    connection: Connection, number: int, page: str, views: Sequence[RevisionView], known: Written | None = None
) -> Iterator[Step]:
    """Writes that put the page's posts in place of those that are kept; only what differs is written.

    `known` tells how views are written that were written before, and is brought up to date.
    """
    old = {row[0]: _Kept(*row) for row in fetch(connection, _OF_PAGE, number, page)}
    places = {view.post.id: at for at, view in enumerate(views)}
    for chunk in chunks([post for post in old if post not in places], _AT_ONCE):
        yield partial(_drop, number=number, page=page, posts=chunk)
    known = {} if known is None else known
    fresh = [
        (at, v)
        for at, v in enumerate(views)
        if not _is_kept(v, old[v.post.id].view if v.post.id in old else b"", known)
    ]
    rows = [(at, view, codec.dump(view)) for at, view in fresh]
    known.update((view.post.id, (view, digest(stored))) for _, view, stored in rows)
    other = [row for row in rows if row[1].post.id not in old or old[row[1].post.id].view != row[2]]
    for at in range(0, len(other), _AT_ONCE):
        yield partial(_put, number=number, page=page, rows=other[at : at + _AT_ONCE])
    later = [v.post.id for _, v, _ in other if v.post.id in old and old[v.post.id].public != stamp(v.public_time)]
    if later:
        yield partial(_retimed, number=number, page=page, posts=later)
    moved = {post: at for post, at in places.items() if post in old and old[post].at != at}
    if moved:
        yield partial(_move, number=number, page=page, places=moved)


def _is_kept(view: RevisionView, stored: bytes, known: Written) -> bool:
    """True when it is known that the view is written so."""
    before, mark = known.get(view.post.id, (None, b""))
    return before is view and digest(stored) == mark


def _put(connection: Connection, number: int, page: str, rows: Sequence[tuple[int, RevisionView, bytes]]) -> None:
    _drop(connection, number, page, [view.post.id for _, view, _ in rows])
    kept, tick = [], next_tick(connection)
    for at, view, stored in rows:
        found = search.add(connection, number, page, view.post.id, view.public_time, view.post.text)
        kept.append({
            "generation": number, "page": page, "post": view.post.id, "at": at, "public": stamp(view.public_time),
            "placed": stamp(view.placed), "anchor": view.anchor, "tick": tick, "search_row": found, "view": stored,
        })  # fmt: skip
    put_all(connection, readings, kept)
    facets.put(connection, number, [view for _, view, _ in rows])


def _retimed(connection: Connection, number: int, page: str, posts: Sequence[str]) -> None:
    """Have what posts tell folded again that became public at another moment: `until` rests on it."""
    query = "SELECT id FROM tellings WHERE generation = ? AND page = ? AND post IN (SELECT value FROM json_each(?))"
    names = [row[0] for row in fetch(connection, query, number, page, each(posts))]
    links.touch(connection, number, "telling", names, next_tick(connection))


def _drop(connection: Connection, number: int, page: str, posts: Sequence[str]) -> None:
    """Take posts out, and their words."""
    rows = fetch(connection, _SEARCHED, number, page, each(posts))
    if rows:
        search.remove(connection, [row for row, _ in rows])
        run(connection, _TAKEN_OUT, [(number, page, post) for _, post in rows])
        facets.drop(connection, number, page, posts)


def _move(connection: Connection, number: int, page: str, places: Mapping[str, int]) -> None:
    """Give posts other places in their page."""
    for post, at in places.items():
        mine = (readings.c.generation == number, readings.c.page == page, readings.c.post == post)
        connection.execute(update(readings).where(*mine).values(at=at))


def of_page(connection: Connection, number: int, page: str) -> dict[str, bytes]:
    """The page's posts by id."""
    rows = select(readings.c.post, readings.c.view).where(readings.c.generation == number, readings.c.page == page)
    return {row[0]: row[1] for row in connection.execute(rows)}


def statements(posts: Iterable[bytes]) -> dict[str, object]:
    """The statements of posts as they are kept, by id: equal ones are written alike."""
    return {one["id"]: one for stored in posts for one in orjson.loads(stored)["reading"]["statements"]}


_PUBLIC = """
SELECT r.page || ' ' || r.post, r.public FROM json_each(?) j
CROSS JOIN readings r ON r.generation = ? AND r.page = j.value ->> 0 AND r.post = j.value ->> 1
"""


def publics(connection: Connection, number: int, posts: Iterable[str]) -> dict[str, str]:
    """Each of these posts, given as "page post", that there is → when it became public."""
    listed = orjson.dumps([post.split(" ", 1) for post in posts]).decode()
    return dict(fetch(connection, _PUBLIC, listed, number))


_OTHER = """
SELECT DISTINCT a.page FROM readings a NOT INDEXED
LEFT JOIN readings b ON b.generation = ?2 AND b.page = a.page AND b.post = a.post
WHERE a.generation = ?1 AND b.view IS NOT a.view
"""
_NEW = """
SELECT DISTINCT a.page FROM readings a
LEFT JOIN readings b ON b.generation = ?1 AND b.page = a.page AND b.post = a.post
WHERE a.generation = ?2 AND b.page IS NULL
"""


def differing(connection: Connection, left: int, right: int) -> set[str]:
    """The pages of which a post is not the same in both generations."""
    return {row[0] for query in (_OTHER, _NEW) for row in fetch(connection, query, left, right)}


def newest(connection: Connection, number: int) -> datetime | None:
    """When the newest post became public."""
    found = connection.execute(select(func.max(readings.c.public)).where(readings.c.generation == number)).scalar()
    return datetime.fromisoformat(found) if found else None


def load(connection: Connection, number: int, since: datetime | None = None) -> list[bytes]:
    """The posts, newest first, those of one time in page order, as `codec` wrote each `RevisionView`."""
    rows = select(readings.c.view).where(readings.c.generation == number)
    if since:
        rows = rows.where(readings.c.public >= stamp(since))
    order = (readings.c.public.desc(), readings.c.page, readings.c.at)
    return list(connection.execute(rows.order_by(*order)).scalars())


def one(connection: Connection, number: int, page: str, post: str) -> bytes | None:
    """One post."""
    here = (readings.c.generation == number, readings.c.page == page, readings.c.post == post)
    return connection.execute(select(readings.c.view).where(*here)).scalar()


_SOME = """
SELECT r.page, r.post, r.at, r.view FROM json_each(?) j
CROSS JOIN readings r ON r.generation = ? AND r.page = j.value ->> 0 AND r.post = j.value ->> 1
"""


def some(connection: Connection, number: int, keys: Iterable[tuple[str, str]]) -> list[tuple[str, str, int, bytes]]:
    """(page, post, place in the page, post as it is kept) for those of these posts that there are, in their order."""
    return fetch(connection, _SOME, orjson.dumps([list(key) for key in keys]).decode(), number)


def anchored(connection: Connection, number: int, anchor: str) -> bytes | None:
    """The post with that public id."""
    here = (readings.c.generation == number, readings.c.anchor == anchor)
    return connection.execute(select(readings.c.view).where(*here)).scalar()


def newer(connection: Connection, number: int, tick: int, most: int) -> list[tuple[int, bytes]]:
    """(tick, post) of the posts that were written after that tick, in the order in which they were, `most` at most."""
    rows = select(readings.c.tick, readings.c.view).where(readings.c.generation == number, readings.c.tick > tick)
    order = (readings.c.tick, readings.c.page, readings.c.at)
    return [(row[0], row[1]) for row in connection.execute(rows.order_by(*order).limit(most))]


def total(connection: Connection, number: int) -> int:
    """How many posts there are."""
    return connection.execute(select(func.count()).where(readings.c.generation == number)).scalar() or 0


def called(connection: Connection, number: int, post: str) -> list[bytes]:
    """The posts that their pages call so."""
    here = (readings.c.generation == number, readings.c.post == post)
    return list(connection.execute(select(readings.c.view).where(*here).order_by(readings.c.page)).scalars())


def naming(connection: Connection, number: int, name: str) -> list[bytes]:
    """The posts of which the reading holds that id of a statement."""
    held = func.instr(readings.c.view, f'"id":"{name}"'.encode()) > 0
    rows = select(readings.c.view).where(readings.c.generation == number, held)
    return list(connection.execute(rows.order_by(readings.c.page, readings.c.at)).scalars())
