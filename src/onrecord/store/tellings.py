"""Tellings by page, block key and id: derived, and written by the page."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache, partial
from operator import itemgetter
from typing import Any, NamedTuple

import orjson
from sqlalchemy import Connection

from onrecord.model import Telling
from onrecord.model.altered import altered
from onrecord.store import codec, links, scores
from onrecord.store.derived import next_tick
from onrecord.store.late import Late
from onrecord.store.rows import Step, chunks, digest, each, fetch, put_all, run
from onrecord.store.schema import post_words

Keys = Callable[[Telling], tuple[str, ...]]
"""A telling's block keys."""
_Row = tuple[Telling, tuple[str, ...], bytes, bytes, bool]
"""(telling, its keys, its mark, how it is kept, whether another one of its id is)."""
_NONE: frozenset[str] = frozenset()
of_late = Late[bytes, Telling](1 << 13)
"""Tellings by mark."""
_AT_ONCE = 40


class Written(NamedTuple):
    """Tellings of a page as they are to be kept."""

    rows: dict[str, tuple[Telling, bytes]]
    """By id."""
    words: dict[str, bytes]
    """Those of each post that tells something."""

    def marks(self) -> dict[str, bytes]:
        """Post → a digest of all that is kept of its tellings."""
        return _marks(((t.post, name, stored) for name, (t, stored) in self.rows.items()), self.words)


def written(told: Iterable[Telling]) -> Written:
    """How tellings are kept: the words of their post apart."""
    rows = {t.id: (t, codec.dump(altered(t, post_words=_NONE))) for t in told}
    words = {t.post: t.post_words for t, _ in rows.values()}
    return Written(rows, {post: codec.dump(found) for post, found in words.items()})


def mark_of(stored: bytes, words: bytes) -> bytes:
    """A digest that stands for a telling and the words of its post as they are kept."""
    return digest(stored, words)


def _marks(rows: Iterable[tuple[str, str, bytes]], words: Mapping[str, bytes]) -> dict[str, bytes]:
    by_post: dict[str, list[bytes]] = {}
    for post, name, stored in sorted(rows, key=itemgetter(0, 1)):
        by_post.setdefault(post, []).extend((name.encode("utf-8", "surrogatepass"), stored))
    return {post: digest(words.get(post, b""), *parts) for post, parts in by_post.items()}


_OF_PAGE = "SELECT post, id, telling FROM tellings WHERE generation = ? AND page = ? AND NOT gone"
_WORDS = "SELECT post, words FROM post_words WHERE generation = ? AND page = ?"
_OTHER = " AND post NOT IN (SELECT value FROM json_each(?))"


def marks(connection: Connection, number: int, page: str) -> dict[str, bytes]:
    """`Written.marks` of what is kept of a page now."""
    return _marks(fetch(connection, _OF_PAGE, number, page), dict(fetch(connection, _WORDS, number, page)))


def steps(
    connection: Connection, number: int, page: str, told: Written, keys: Keys, but: Collection[str] = ()
) -> Iterator[Step]:
    """Writes that put the page's tellings in place of those it had; only what differs is written.

    All that came, went or changed are marked as touched. Those of some posts stay as they are.
    """
    old = {name: stored for _, name, stored in fetch(connection, _OF_PAGE + _OTHER, number, page, each(but))}
    known = dict(fetch(connection, _WORDS + _OTHER, number, page, each(but)))
    words = {post: stored for post, stored in told.words.items() if known.get(post) != stored}
    if words:
        yield partial(_put_words, number=number, page=page, words=words)
    for chunk in chunks([name for name in old if name not in told.rows], _AT_ONCE):
        yield partial(_drop, number=number, names=chunk)
    other = words.keys() & known.keys()
    fresh: list[_Row] = [
        (t, keys(t) or (t.id,), mark_of(stored, told.words[t.post]), stored, t.id in old)
        for t, stored in told.rows.values()
        if old.get(t.id) != stored or t.post in other
    ]
    for at in range(0, len(fresh), _AT_ONCE):
        yield partial(_put, number=number, some=fresh[at : at + _AT_ONCE])


def _put_words(connection: Connection, number: int, page: str, words: Mapping[str, bytes]) -> None:
    own = {"generation": number, "page": page}
    put_all(connection, post_words, [{**own, "post": post, "words": stored} for post, stored in words.items()])


def _put(connection: Connection, number: int, some: Sequence[_Row]) -> None:
    _unlist(connection, number, [t.id for t, _, _, _, before in some if before])
    kept = [(number, t.id, t.page, t.post, False, mark, stored) for t, _, mark, stored, _ in some]
    run(connection, "REPLACE INTO tellings VALUES (?, ?, ?, ?, ?, ?, ?)", kept)
    pairs = sorted((number, key, t.id) for t, block_keys, _, _, _ in some for key in block_keys)
    run(connection, "REPLACE INTO telling_keys VALUES (?, ?, ?)", pairs)
    links.touch(connection, number, "telling", [t.id for t, _, _, _, _ in some], next_tick(connection))


def _drop(connection: Connection, number: int, names: Sequence[str]) -> None:
    """Mark tellings as gone, and take them out of their blocks."""
    _unlist(connection, number, names)
    rows = [(number, name) for name in names]
    run(connection, "UPDATE tellings SET gone = 1 WHERE generation = ? AND id = ?", rows)
    links.touch(connection, number, "telling", names, next_tick(connection))


def _unlist(connection: Connection, number: int, names: Sequence[str]) -> None:
    rows = [(number, name) for name in names]
    run(connection, "DELETE FROM telling_keys WHERE generation = ? AND telling = ?", rows)


_GONE = "SELECT id, page, post FROM tellings WHERE generation = ? AND id IN (SELECT value FROM json_each(?)) AND gone"
_SILENT = """
DELETE FROM post_words WHERE generation = ?1 AND page = ?2 AND post = ?3
AND NOT EXISTS (SELECT 1 FROM tellings WHERE generation = ?1 AND page = ?2 AND post = ?3)
"""


def clear(connection: Connection, number: int, names: Iterable[str]) -> None:
    """Take out those of these tellings that are gone, and the words of posts that tell nothing any more."""
    gone = fetch(connection, _GONE, number, each(names))
    run(connection, "DELETE FROM tellings WHERE generation = ? AND id = ?", [(number, name) for name, _, _ in gone])
    scores.drop(connection, number, [name for name, _, _ in gone])
    run(connection, _SILENT, {(number, page, post) for _, page, post in gone})


_KEYS = """
SELECT k.telling, k.key FROM json_each(?) j
CROSS JOIN telling_keys k ON k.generation = ? AND k.telling = j.value
"""
_BLOCKS = "SELECT key, telling FROM telling_keys WHERE generation = ? AND key IN (SELECT value FROM json_each(?))"


def sharing(connection: Connection, number: int, names: Iterable[str]) -> dict[str, set[str]]:
    """Each of these tellings → those that share a key with it, itself too."""
    held: dict[str, list[str]] = {}
    for name, key in fetch(connection, _KEYS, each(names), number):
        held.setdefault(name, []).append(key)
    blocks: dict[str, list[str]] = {}
    for key, name in fetch(connection, _BLOCKS, number, each({key for mine in held.values() for key in mine})):
        blocks.setdefault(key, []).append(name)  # each block but once, though many of the tellings are in it
    return {name: set().union(*map(blocks.__getitem__, mine)) for name, mine in held.items()}


class Row(NamedTuple):
    """A telling as it is kept."""

    id: str
    page: str
    post: str
    gone: int
    telling: bytes
    words: bytes
    """Those of its post."""

    @property
    def told(self) -> Telling:
        """The telling itself, with its post's words."""
        return late(mark_of(self.telling, self.words), self.telling, self.words)


class Outline(NamedTuple):
    """Of a telling what threads look at."""

    id: str
    time: datetime | None
    anchored: bool
    parties: tuple[str, ...]
    """Their names."""
    places: tuple[str, ...]
    """Ids of the towns and regions that its own sentence names."""


class Head(NamedTuple):
    """Where a telling stands."""

    id: str
    page: str
    post: str
    gone: int
    mark: bytes
    """`mark_of` what is kept of it; of one that is gone, what was."""


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
_WORDS_OF = """
SELECT w.page, w.post, w.words FROM json_each(?) j
CROSS JOIN post_words w ON w.generation = ? AND w.page = j.value ->> 0 AND w.post = j.value ->> 1
"""
_HEADS = """
SELECT id, page, post, gone, mark FROM tellings WHERE generation = ? AND id IN (SELECT value FROM json_each(?))
"""
_HELD = """
SELECT t.id, t.page, t.post, t.gone, t.mark, h.event FROM json_each(?) j
CROSS JOIN tellings t ON t.generation = ? AND t.page = j.value ->> 0 AND t.post = j.value ->> 1
JOIN event_happenings h ON h.generation = t.generation AND h.happening = t.id
"""


def rows(connection: Connection, number: int, names: Collection[str]) -> list[Row]:
    """These tellings as they are kept, those too that are gone."""
    return [Row(*row) for row in fetch(connection, _SOME, number, each(names))] if names else []


def heads(connection: Connection, number: int, names: Collection[str]) -> list[Head]:
    """Where these tellings stand, those too that are gone, without what they say."""
    return [Head(*row) for row in fetch(connection, _HEADS, number, each(names))] if names else []


def outlines(connection: Connection, number: int, names: Collection[str]) -> list[Outline]:
    """What threads look at of these tellings, those too that are gone; of what is kept no more is read."""
    query = "SELECT telling FROM tellings WHERE generation = ? AND id IN (SELECT value FROM json_each(?))"
    return [_outline(orjson.loads(row[0])) for row in fetch(connection, query, number, each(names))] if names else []


def _outline(row: Any) -> Outline:
    return Outline(
        row["happening"]["id"],
        codec.moment(row["time"]) if row["time"] else None,
        row["anchored"],
        tuple(party["name"] for party in row["happening"]["parties"]),
        tuple(p["id"] for p in row["places"] if p["id"] and p["kind"] != "country") if row["placed"] else (),
    )


def of_posts(connection: Connection, number: int, posts: Iterable[tuple[str, str]]) -> list[tuple[Head, str]]:
    """(telling without what it says, the event that holds it) for these posts, given as (page, post)."""
    return [(Head(*row[:5]), row[5]) for row in fetch(connection, _HELD, _listed(posts), number)]


def words_of(connection: Connection, number: int, posts: Iterable[tuple[str, str]]) -> list[tuple[str, str, bytes]]:
    """(page, post, its words as they are kept) for those of these posts that tell something."""
    return fetch(connection, _WORDS_OF, _listed(posts), number)


def _listed(posts: Iterable[tuple[str, str]]) -> str:
    return orjson.dumps([list(post) for post in posts]).decode()


def load(connection: Connection, number: int, names: Collection[str] | None = None) -> dict[str, Telling]:
    """Tellings by id: these, or all of the generation."""
    every = fetch(connection, _ALL, number) if names is None else ()
    found = rows(connection, number, names) if names is not None else [Row(*row) for row in every]
    return {row.id: row.told for row in found}


def remember(written: Written) -> None:
    """Have tellings at hand that are being written, as they will be read."""
    for told, stored in written.rows.values():
        if _reads_the_same(told):
            of_late.put(mark_of(stored, written.words[told.post]), told)


def _reads_the_same(told: Telling) -> bool:
    """All its numbers are written as they are read: a whole number in place of a float is not."""
    numbers = [n for f in told.figures for n in (f.value, f.value_max)]
    numbers += [n for p in told.places for n in (p.lat, p.lon, p.radius_km)]
    return not told.marks and all(n is None or type(n) is float for n in numbers)


def late(mark: bytes, stored: bytes, words: bytes) -> Telling:
    """A telling as it is kept → the telling; those of late are remembered."""
    told = of_late.get(mark)
    if told is None:
        told = decoded(stored, words_in(words))
        of_late.put(mark, told)
    return told


def decoded(stored: bytes, words: frozenset[str]) -> Telling:
    """A telling as it is kept → the telling, with its post's words."""
    told = codec.load(Telling, stored)
    object.__setattr__(told, "post_words", words)  # made just now: nobody else holds it
    return told


def times(connection: Connection, number: int, names: Collection[str]) -> dict[str, datetime | None]:
    """The times of these tellings, those too that are gone."""
    query = "SELECT id, telling FROM tellings WHERE generation = ? AND id IN (SELECT value FROM json_each(?))"
    return {name: time_of(stored) for name, stored in fetch(connection, query, number, each(names))} if names else {}


def time_of(stored: bytes) -> datetime | None:
    """The time of a telling as it is kept, of which no more is looked at."""
    written = orjson.loads(stored)["time"]
    return codec.moment(written) if written else None


@lru_cache(maxsize=1 << 12)
def words_in(stored: bytes) -> frozenset[str]:
    """A post's words, the same object for the same words."""
    return codec.load(frozenset[str], stored)
