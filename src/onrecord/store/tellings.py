"""Tellings by page, block key and id: derived, and written by the page."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from sqlalchemy import Connection, delete, select, update

from onrecord.model import Telling
from onrecord.store import codec
from onrecord.store.derived import next_tick
from onrecord.store.rows import Step, chunks, put_all
from onrecord.store.schema import post_words, telling_keys, tellings, touched

Keyed = tuple[Telling, tuple[str, ...]]
"""A telling with its block keys."""
_NONE: frozenset[str] = frozenset()
_AT_ONCE = 40


def steps(connection: Connection, number: int, page: str, told: Sequence[Keyed]) -> Iterator[Step]:
    """Writes that put the page's tellings in place of those it had; only what differs is written.

    The block keys of all that came, went or changed are marked as touched.
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
    _touch(connection, number, {key for key, _ in pairs})


def _drop(connection: Connection, number: int, names: Sequence[str]) -> None:
    """Mark tellings as gone, and take them out of their blocks."""
    mine = (telling_keys.c.generation == number, telling_keys.c.telling.in_(names))
    keys = set(connection.execute(select(telling_keys.c.key).where(*mine)).scalars())
    connection.execute(delete(telling_keys).where(*mine))
    here = (tellings.c.generation == number, tellings.c.id.in_(names))
    connection.execute(update(tellings).where(*here).values(gone=True))
    _touch(connection, number, keys)


def _touch(connection: Connection, number: int, keys: Collection[str]) -> None:
    tick = next_tick(connection)
    put_all(connection, touched, [{"generation": number, "key": key, "tick": tick} for key in sorted(keys)])


def touched_keys(connection: Connection, number: int) -> list[str]:
    """Block keys of tellings that came, went or changed since the last fold."""
    return list(connection.execute(select(touched.c.key).where(touched.c.generation == number)).scalars())


def folded(connection: Connection, number: int) -> None:
    """After a fold: take back the marks, and take out the tellings that are gone."""
    connection.execute(delete(touched).where(touched.c.generation == number))
    connection.execute(delete(tellings).where(tellings.c.generation == number, tellings.c.gone))
    told = select(tellings.c.post).where(
        tellings.c.generation == number, tellings.c.page == post_words.c.page, tellings.c.post == post_words.c.post
    )
    connection.execute(delete(post_words).where(post_words.c.generation == number, ~told.exists()))


def hanging_together(connection: Connection, number: int, keys: Sequence[str]) -> set[str]:
    """Ids of all tellings that have one of these keys or are tied to such a telling by shared keys."""
    found: set[str] = set()
    known, todo = set(keys), list(keys)
    while todo:
        names = _with_keys(connection, number, todo) - found
        found |= names
        todo = sorted(_keys_of(connection, number, sorted(names)) - known)
        known.update(todo)
    return found


def _with_keys(connection: Connection, number: int, keys: Sequence[str]) -> set[str]:
    out: set[str] = set()
    for chunk in chunks(keys):
        rows = select(telling_keys.c.telling).where(telling_keys.c.generation == number, telling_keys.c.key.in_(chunk))
        out.update(connection.execute(rows).scalars())
    return out


def _keys_of(connection: Connection, number: int, names: Sequence[str]) -> set[str]:
    out: set[str] = set()
    for chunk in chunks(names):
        mine = (telling_keys.c.generation == number, telling_keys.c.telling.in_(chunk))
        out.update(connection.execute(select(telling_keys.c.key).where(*mine)).scalars())
    return out


def load(connection: Connection, number: int, names: Sequence[str] | None = None) -> dict[str, Telling]:
    """Tellings by id: these, or all of the generation."""
    columns = select(tellings.c.page, tellings.c.post, tellings.c.telling).where(tellings.c.generation == number)
    if names is None:
        return _loaded(connection, number, connection.execute(columns).all())
    rows = [row for chunk in chunks(names) for row in connection.execute(columns.where(tellings.c.id.in_(chunk)))]
    return _loaded(connection, number, rows)


def _loaded(connection: Connection, number: int, rows: Iterable[Sequence[object]]) -> dict[str, Telling]:
    words: dict[tuple[object, object], frozenset[str]] = {}
    out = {}
    for page, post, stored in rows:
        if (page, post) not in words:
            mine = (post_words.c.generation == number, post_words.c.page == page, post_words.c.post == post)
            kept = connection.execute(select(post_words.c.words).where(*mine)).scalar_one()
            words[page, post] = codec.load(frozenset[str], kept)
        telling = replace(codec.load(Telling, stored), post_words=words[page, post])  # type: ignore[arg-type]
        out[telling.id] = telling
    return out
