"""The sources of a record, and what watching them found."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from sqlalchemy import Connection, delete, select

from onrecord.model import Rights, Source, Watched
from onrecord.store import codec
from onrecord.store.facts import last_change, publish
from onrecord.store.rows import put_all
from onrecord.store.schema import ledger, pages, sources, watching

_LED, _DROPPED = "source", "dropped"
"""Kinds of the ledger: a source led to a page; a source was taken out, and these were its rights."""


def load(connection: Connection) -> list[Source]:
    """Every source, by outlet and address."""
    rows = connection.execute(select(sources).where(sources.c.url.is_not(None)))
    found = [Source(r.url, r.outlet, r.tz, r.language, r.rights, r.every, r.paused) for r in rows]
    return sorted(found, key=lambda s: (s.outlet.casefold(), s.url))


def keep(connection: Connection, source: Source) -> None:
    """Add a source, or put it in place of the one with its address."""
    row = {
        "id": source.id, "url": source.url, "outlet": source.outlet, "tz": source.tz, "language": source.language,
        "rights": source.rights, "every": source.every, "paused": source.paused, "change": last_change(connection),
    }  # fmt: skip
    put_all(connection, sources, [row])


def drop(connection: Connection, name: str) -> None:
    """Take a source out; its captures stay, and so do its rights in them."""
    rights = connection.execute(select(sources.c.rights).where(sources.c.id == name)).scalar()
    if rights:
        publish(connection, _DROPPED, {f"{name} {last_change(connection):012}": [rights]})
    connection.execute(delete(sources).where(sources.c.id == name))
    connection.execute(delete(watching).where(watching.c.source == name))


def watched(connection: Connection) -> dict[str, Watched]:
    """What watching found, by source id."""
    rows = connection.execute(select(watching.c.source, watching.c.state))
    return {name: codec.load(Watched, state) for name, state in rows}


def keep_watched(connection: Connection, name: str, state: Watched) -> None:
    """Keep what watching found; nothing for a source that has been taken out."""
    if connection.execute(select(sources.c.id).where(sources.c.id == name)).first():
        put_all(connection, watching, [{"source": name, "state": codec.dump(state)}])
        if state.page:
            publish(connection, _LED, {f"{state.page} {name}": []})


def led(connection: Connection) -> Iterator[tuple[str, Rights]]:
    """(address of a page to which a source led, behind redirects and by its own word; the source's rights)."""
    rights = dict(map(tuple, connection.execute(select(sources.c.id, sources.c.rights))))
    gone = select(ledger.c.ref, ledger.c.detail).where(ledger.c.kind == _DROPPED).order_by(ledger.c.ref)
    last = {ref.split()[0]: codec.load(tuple[str, ...], detail)[0] for ref, detail in connection.execute(gone)}
    keys = dict(map(tuple, connection.execute(select(pages.c.id, pages.c.key))))
    for ref in connection.execute(select(ledger.c.ref).where(ledger.c.kind == _LED)).scalars():
        page, source = ref.split()
        found = rights.get(source) or last.get(source)
        if found and page in keys:
            yield keys[page], cast(Rights, found)
