"""Tellings by page, block key and id: derived, and written by the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache, partial

from sqlalchemy import Connection, delete, select, tuple_, update

from onrecord.model import Telling
from onrecord.store import codec, links
from onrecord.store.derived import next_tick
from onrecord.store.rows import Step, chunks, put_all
from onrecord.store.schema import event_happenings, post_words, telling_keys, tellings

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
    own = {"generation": number}
    _drop(connection, number, [t.id for t, _, _ in some])
    kept = [
        {**own, "page": t.page, "post": t.post, "id": t.id, "gone": False, "telling": stored} for t, _, stored in some
    ]
    put_all(connection, tellings, kept)
    pairs = [(key, t.id) for t, block_keys, _ in some for key in block_keys]
    put_all(connection, telling_keys, [{**own, "key": key, "telling": name} for key, name in pairs])
    links.touch(connection, number, "telling", [t.id for t, _, _ in some], next_tick(connection))


def _drop(connection: Connection, number: int, names: Sequence[str]) -> None:
    """Mark tellings as gone, and take them out of their blocks."""
    connection.execute(
        delete(telling_keys).where(telling_keys.c.generation == number, telling_keys.c.telling.in_(names))
    )
    here = (tellings.c.generation == number, tellings.c.id.in_(names))
    connection.execute(update(tellings).where(*here).values(gone=True))
    links.touch(connection, number, "telling", names, next_tick(connection))


def clear(connection: Connection, number: int, names: Sequence[str]) -> None:
    """Take out those of these tellings that are gone, and the words of posts that tell nothing any more."""
    for chunk in chunks(names):
        mine = (tellings.c.generation == number, tellings.c.id.in_(chunk), tellings.c.gone)
        posts = connection.execute(select(tellings.c.page, tellings.c.post).where(*mine).distinct()).all()
        connection.execute(delete(tellings).where(*mine))
        for page, post in posts:
            here = (tellings.c.generation == number, tellings.c.page == page, tellings.c.post == post)
            there = (post_words.c.generation == number, post_words.c.page == page, post_words.c.post == post)
            connection.execute(delete(post_words).where(*there, ~select(tellings.c.id).where(*here).exists()))


def sharing(connection: Connection, number: int, keys: Sequence[str]) -> dict[str, list[str]]:
    """Key → tellings that have it."""
    out: dict[str, list[str]] = {}
    for chunk in chunks(keys):
        mine = (telling_keys.c.generation == number, telling_keys.c.key.in_(chunk))
        for key, name in connection.execute(select(telling_keys.c.key, telling_keys.c.telling).where(*mine)):
            out.setdefault(key, []).append(name)
    return out


def of_posts(
    connection: Connection, number: int, places: Sequence[tuple[str, str]]
) -> list[tuple[str, str, str, bytes, str]]:
    """(id, page, post, telling as it is kept, event) of the tellings of these posts that events hold."""
    t, held = tellings.c, event_happenings.c
    columns = select(t.id, t.page, t.post, t.telling, held.event)
    same = (t.generation == number, held.generation == number, held.happening == t.id)
    return [
        (r[0], r[1], r[2], r[3], r[4])
        for at in range(0, len(places), 200)
        for r in connection.execute(columns.where(*same, tuple_(t.page, t.post).in_(places[at : at + 200])))
    ]


Row = tuple[str, str, str, bool, bytes]
"""(id, page, post, gone, telling) as they are kept."""


def rows(connection: Connection, number: int, names: Sequence[str]) -> list[Row]:
    """These tellings as they are kept, those too that are gone."""
    t = tellings.c
    columns = select(t.id, t.page, t.post, t.gone, t.telling)
    return [
        (r[0], r[1], r[2], r[3], r[4])
        for chunk in chunks(names)
        for r in connection.execute(columns.where(t.generation == number, t.id.in_(chunk)))
    ]


def load(connection: Connection, number: int, names: Sequence[str] | None = None) -> dict[str, Telling]:
    """Tellings by id: these, or all of the generation."""
    columns = select(tellings.c.page, tellings.c.post, tellings.c.telling).where(tellings.c.generation == number)
    if names is None:
        found = connection.execute(columns).all()
    else:
        found = [r for chunk in chunks(names) for r in connection.execute(columns.where(tellings.c.id.in_(chunk)))]
    words = words_of(connection, number, [(r[0], r[1]) for r in found])
    told = (_decoded(stored, words[page, post]) for page, post, stored in found)
    return {telling.id: telling for telling in told}


def words_of(connection: Connection, number: int, posts: Iterable[tuple[str, str]]) -> dict[tuple[str, str], bytes]:
    """(page, post) → the words of these posts, as they are kept."""
    wanted, w = list(dict.fromkeys(posts)), post_words.c
    columns = select(w.page, w.post, w.words).where(w.generation == number)
    return {
        (r[0], r[1]): r[2]
        for at in range(0, len(wanted), 200)
        for r in connection.execute(columns.where(tuple_(w.page, w.post).in_(wanted[at : at + 200])))
    }


def decoded(stored: bytes, words: frozenset[str]) -> Telling:
    """A telling as it is kept → the telling, with its post's words."""
    return replace(codec.load(Telling, stored), post_words=words)


@lru_cache(maxsize=1 << 12)
def words_in(stored: bytes) -> frozenset[str]:
    """A post's words, the same object for the same words."""
    return codec.load(frozenset[str], stored)


def _decoded(stored: bytes, words: bytes) -> Telling:
    return decoded(stored, words_in(words))
