"""Tellings by page, block key and id: derived, and written by the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from sqlalchemy import Connection, delete, select

from onrecord.model import Telling
from onrecord.store import codec
from onrecord.store.rows import chunks, put_all
from onrecord.store.schema import post_words, telling_keys, tellings, touched

Keyed = tuple[Telling, tuple[str, ...]]
"""A telling with its block keys."""
_NONE: frozenset[str] = frozenset()


def write(connection: Connection, number: int, page: str, told: Sequence[Keyed], tick: int) -> None:
    """Keep the page's tellings in place of those it had, and mark the block keys of all that came, went or changed."""
    here = (tellings.c.generation == number, tellings.c.page == page)
    rows = {t.id: codec.dump(replace(t, post_words=_NONE)) for t, _ in told}
    old = {r[0]: r[1] for r in connection.execute(select(tellings.c.id, tellings.c.telling).where(*here))}
    same = {name for name, stored in old.items() if rows.get(name) == stored}
    if _write_words(connection, number, page, told):
        same.clear()
    keys = set(_drop(connection, number, [name for name in old if name not in same]))
    fresh = [(t, block_keys) for t, block_keys in told if t.id not in same]
    own = {"generation": number}
    kept = [{**own, "page": page, "post": t.post, "id": t.id, "telling": rows[t.id]} for t, _ in fresh]
    put_all(connection, tellings, kept)
    pairs = [(key, t.id) for t, block_keys in fresh for key in block_keys]
    put_all(connection, telling_keys, [{**own, "key": key, "telling": name} for key, name in pairs])
    keys.update(key for key, _ in pairs)
    put_all(connection, touched, [{**own, "key": key, "tick": tick} for key in sorted(keys)])


def _write_words(connection: Connection, number: int, page: str, told: Sequence[Keyed]) -> bool:
    """Keep each post's words; True when they are not what they were."""
    here = (post_words.c.generation == number, post_words.c.page == page)
    new = {t.post: t.post_words for t, _ in told}
    rows = {post: codec.dump(words) for post, words in new.items()}
    old = {r[0]: r[1] for r in connection.execute(select(post_words.c.post, post_words.c.words).where(*here))}
    if rows == old:
        return False
    connection.execute(delete(post_words).where(*here))
    own = {"generation": number, "page": page}
    put_all(connection, post_words, [{**own, "post": post, "words": words} for post, words in rows.items()])
    return True


def _drop(connection: Connection, number: int, names: Sequence[str]) -> Iterator[str]:
    """Take tellings out; gives their block keys."""
    for chunk in chunks(names):
        mine = (telling_keys.c.generation == number, telling_keys.c.telling.in_(chunk))
        yield from connection.execute(select(telling_keys.c.key).where(*mine).distinct()).scalars().all()
        connection.execute(delete(telling_keys).where(*mine))
        connection.execute(delete(tellings).where(tellings.c.generation == number, tellings.c.id.in_(chunk)))


def touched_keys(connection: Connection, number: int) -> list[str]:
    """Block keys of tellings that came, went or changed since the last fold."""
    return list(connection.execute(select(touched.c.key).where(touched.c.generation == number)).scalars())


def folded(connection: Connection, number: int, tick: int) -> None:
    """Take back the marks that were made up to that tick."""
    connection.execute(delete(touched).where(touched.c.generation == number, touched.c.tick <= tick))


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
