"""The sources of a record, and what watching them found."""

from __future__ import annotations

from sqlalchemy import Connection, delete, select

from onrecord.model import Source, Watched
from onrecord.store import codec
from onrecord.store.facts import last_change
from onrecord.store.rows import put_all
from onrecord.store.schema import sources, watching


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
    """Take a source out; its captures stay."""
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
