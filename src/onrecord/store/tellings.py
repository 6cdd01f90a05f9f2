"""Tellings by page, block key and id: derived, and written by the page."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from typing import NamedTuple

import orjson
from sqlalchemy import Connection, select

from onrecord.model import Telling
from onrecord.store import codec, links
from onrecord.store.derived import next_tick
from onrecord.store.rows import Step, chunks, each, fetch, put_all, run
from onrecord.store.schema import post_words, tellings

Keyed = tuple[Telling, tuple[str, ...]]
"""A telling with its block keys."""
_NONE: frozenset[str] = frozenset()
_AT_ONCE = 40


def steps(connection: Connection, number: int, page: str, told: Sequence[Keyed]) -> Iterator[Step]:
    """Writes that put the page's tellings in place of those it had; only what differs is written.

    All that came, went or changed are marked as touched.
    """
    here = (tellings.c.generation == number, tellings.c.page == page)
    rows = {t.id: codec.dump(replace(t, post_words=_NONE)) for t, _ in told}
    columns = select(tellings.c.id, tellings.c.telling).where(*here, ~tellings.c.gone)
    old = {r[0]: r[1] for r in connection.execute(columns)}
    words, other = _words(connection, number, page, told)
    if words:
        yield partial(_put_words, number=number, page=page, words=words)
    for chunk in chunks([name for name in old if name not in rows], _AT_ONCE):
        yield partial(_drop, number=number, names=chunk)
    fresh = [(t, block_keys, rows[t.id]) for t, block_keys in told if old.get(t.id) != rows[t.id] or t.post in other]
    for at in range(0, len(fresh), _AT_ONCE):
        yield partial(_put, number=number, some=fresh[at : at + _AT_ONCE])


def _words(connection: Connection, number: int, page: str, told: Sequence[Keyed]) -> tuple[dict[str, bytes], set[str]]:
    """(words of posts that have none kept, or other ones; the posts that had other ones)."""
    here = (post_words.c.generation == number, post_words.c.page == page)
    new = {t.post: t.post_words for t, _ in told}
    old = {r[0]: r[1] for r in connection.execute(select(post_words.c.post, post_words.c.words).where(*here))}
    rows = {post: codec.dump(words) for post, words in new.items()}
    return {p: w for p, w in rows.items() if old.get(p) != w}, {p for p, w in rows.items() if old.get(p, w) != w}


def _put_words(connection: Connection, number: int, page: str, words: Mapping[str, bytes]) -> None:
    own = {"generation": number, "page": page}
    put_all(connection, post_words, [{**own, "post": post, "words": stored} for post, stored in words.items()])


def _put(connection: Connection, number: int, some: Sequence[tuple[Telling, tuple[str, ...], bytes]]) -> None:
    _drop(connection, number, [t.id for t, _, _ in some])
    kept = [(number, t.id, t.page, t.post, False, stored) for t, _, stored in some]
    run(connection, "REPLACE INTO tellings VALUES (?, ?, ?, ?, ?, ?)", kept)
    pairs = [(number, key, t.id) for t, block_keys, _ in some for key in block_keys]
    run(connection, "REPLACE INTO telling_keys VALUES (?, ?, ?)", pairs)
    links.touch(connection, number, "telling", [t.id for t, _, _ in some], next_tick(connection))


def _drop(connection: Connection, number: int, names: Sequence[str]) -> None:
    """Mark tellings as gone, and take them out of their blocks."""
    rows = [(number, name) for name in names]
    run(connection, "DELETE FROM telling_keys WHERE generation = ? AND telling = ?", rows)
    run(connection, "UPDATE tellings SET gone = 1 WHERE generation = ? AND id = ?", rows)
    links.touch(connection, number, "telling", names, next_tick(connection))


_GONE = "SELECT id, page, post FROM tellings WHERE generation = ? AND id IN (SELECT value FROM json_each(?)) AND gone"
_SILENT = """
DELETE FROM post_words WHERE generation = ?1 AND page = ?2 AND post = ?3
AND NOT EXISTS (SELECT 1 FROM tellings WHERE generation = ?1 AND page = ?2 AND post = ?3)
"""


def clear(connection: Connection, number: int, names: Iterable[str]) -> None:
    """Take out those of these tellings that are gone, and the words of posts that tell nothing any more."""
    gone = fetch(connection, _GONE, number, each(names))
    run(connection, "DELETE FROM tellings WHERE generation = ? AND id = ?", [(number, name) for name, _, _ in gone])
    run(connection, _SILENT, {(number, page, post) for _, page, post in gone})


_SHARING = """
SELECT DISTINCT k.telling, o.telling FROM json_each(?) j
CROSS JOIN telling_keys k ON k.generation = ?2 AND k.telling = j.value
CROSS JOIN telling_keys o ON o.generation = ?2 AND o.key = k.key
"""


def sharing(connection: Connection, number: int, names: Iterable[str]) -> dict[str, set[str]]:
    """Each of these tellings → those that share a key with it, itself too."""
    out: dict[str, set[str]] = {}
    for name, other in fetch(connection, _SHARING, each(names), number):
        out.setdefault(name, set()).add(other)
    return out


class Row(NamedTuple):
    """A telling as it is kept."""

    id: str
    page: str
    post: str
    gone: int
    telling: bytes
    words: bytes
    """Those of its post."""


_ALL = """
SELECT t.id, t.page, t.post, t.gone, t.telling, w.words FROM tellings t
JOIN post_words w ON w.generation = t.generation AND w.page = t.page AND w.post = t.post
WHERE t.generation = ?
"""
_SOME = """
SELECT t.id, t.page, t.post, t.gone, t.telling, w.words FROM tellings t
JOIN post_words w ON w.generation = t.generation AND w.page = t.page AND w.post = t.post
WHERE t.generation = ? AND t.id IN (SELECT value FROM json_each(?))
"""
_HELD = """
SELECT t.id, t.page, t.post, t.gone, t.telling, w.words, h.event FROM json_each(?) j
CROSS JOIN tellings t ON t.generation = ? AND t.page = j.value ->> 0 AND t.post = j.value ->> 1
JOIN post_words w ON w.generation = t.generation AND w.page = t.page AND w.post = t.post
JOIN event_happenings h ON h.generation = t.generation AND h.happening = t.id
"""


def rows(connection: Connection, number: int, names: Collection[str]) -> list[Row]:
    """These tellings as they are kept, those too that are gone."""
    return [Row(*row) for row in fetch(connection, _SOME, number, each(names))] if names else []


def of_posts(connection: Connection, number: int, posts: Iterable[tuple[str, str]]) -> list[tuple[Row, str]]:
    """(telling as it is kept, the event that holds it) for these posts, given as (page, post)."""
    wanted = orjson.dumps([list(post) for post in posts]).decode()
    return [(Row(*row[:6]), row[6]) for row in fetch(connection, _HELD, wanted, number)]


def load(connection: Connection, number: int, names: Collection[str] | None = None) -> dict[str, Telling]:
    """Tellings by id: these, or all of the generation."""
    every = fetch(connection, _ALL, number) if names is None else ()
    found = rows(connection, number, names) if names is not None else [Row(*row) for row in every]
    return {row.id: decoded(row.telling, words_in(row.words)) for row in found}


def decoded(stored: bytes, words: frozenset[str]) -> Telling:
    """A telling as it is kept → the telling, with its post's words."""
    return replace(codec.load(Telling, stored), post_words=words)


@lru_cache(maxsize=1 << 12)
def words_in(stored: bytes) -> frozenset[str]:
    """A post's words, the same object for the same words."""
    return codec.load(frozenset[str], stored)
