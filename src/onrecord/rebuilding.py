"""The facts of a record → all that is derived anew, in a new generation that takes the old one's place at once.

Readers see the old generation till then. What is done is kept: a rebuild that was cut short, even by a kill, goes on
where it was when it is asked for again, if it was of the same sort and by the same version. Every write is short; the
old generation is taken out bit by bit after the change.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import perf_counter

from sqlalchemy import Connection

from onrecord import recall
from onrecord.aside import Aside
from onrecord.reading import reader_version
from onrecord.second import second
from onrecord.store import Record, derived, facts, links, schema, shown, versions
from onrecord.store import events as stored_events
from onrecord.store.rows import chunks
from onrecord.sweeping import unswept
from onrecord.upkeep import BUILDING, Ready, Upkeep

Progress = Callable[[str, int, int | None], None]
"""(what is being done, how many are done, how many there are, if known)."""

_AT_ONCE = 2000
"""Ids that are made public, or rows that are taken out, at once."""
_TOGETHER = 300
"""Posts of which the pages are written together."""
_AT_HAND = 100_000
"""Tellings that are remembered for comparing at most."""
_FOLDED = 4000
"""Tellings, or posts, that are folded in one round."""
_MANY = 100
"""Pages for which a second process is worth starting."""
_UNDER_WAY = "rebuild"
"""Where the derived tables' state says what rebuild is under way."""


def rebuild(upkeep: Upkeep, *, reread: bool, progress: Progress | None = None) -> int:
    """Rebuild; gives how many statements came, went or changed.

    Stored readings are folded again; with `reread` every post is read again by the present reader.
    """
    with unswept(), recall.at_hand(_AT_HAND), upkeep.record.at_length():
        return _rebuilt(upkeep, reread=reread, progress=progress)


def _rebuilt(upkeep: Upkeep, *, reread: bool, progress: Progress | None) -> int:
    record = upkeep.record
    if reread:
        upkeep.read_again()
    number = _begin(record, f"{schema.DERIVED} {reader_version() if reread else 'stored'}")
    while True:
        _pages(upkeep, number, progress)
        _publish(record, number)
        changed = _changed(record, number)
        _touch_differing(record, number)
        if _swap(upkeep, number):
            break
    clean(record)
    return changed


def _pages(upkeep: Upkeep, number: int, progress: Progress | None) -> None:
    """Derive all pages, and fold meanwhile what they tell."""
    todo = upkeep.behind(number)
    with second(upkeep.record.path, wanted=len(todo) >= _MANY) as other:
        aside = Aside(upkeep, number, _FOLDED, other)
        aside.finish()  # what a rebuild left that was cut short
        ready: list[Ready] = []
        for at, page in enumerate(todo):
            if progress:
                progress(page, at, len(todo))
            ready.append(upkeep.ready(page, number))
            aside.go_on()
            if sum(len(one.told.views) for one in ready) >= _TOGETHER or at + 1 == len(todo):
                aside.told(_written(upkeep, ready, number))
                ready.clear()
        if progress:
            progress("events", len(todo), len(todo))
        aside.finish()


def _written(upkeep: Upkeep, ready: Sequence[Ready], number: int) -> int:
    """Write pages; gives how many tellings they tell."""
    for late in upkeep.write(ready, number):
        upkeep.page(late.told.page, number)
    return sum(len(one.told.tellings) for one in ready)


def _begin(record: Record, sort: str) -> int:
    """The generation to build: the one that a rebuild of this sort left unfinished, else a new, empty one."""
    with record.reading() as connection:
        number = derived.generation(connection) + 1
        under_way = derived.get(connection, _UNDER_WAY)
    if under_way != f"{number} {sort}":
        clean(record)
        with record.writing() as connection:
            derived.put(connection, _UNDER_WAY, f"{number} {sort}")
    return number


def clean(record: Record) -> None:
    """Take out all generations but the one that readers see, in short transactions."""
    done = False
    while not done:
        with record.writing() as connection:
            now, until = derived.generation(connection), perf_counter() + BUILDING
            while not done and perf_counter() < until:
                done = not derived.drop_some(connection, now, _AT_ONCE)


def _publish(record: Record, number: int) -> None:
    """Keep the ids of the generation's events for good."""
    last = ""
    while True:
        with record.reading() as connection:
            names = stored_events.names(connection, number, last, _AT_ONCE)
            fresh = facts.unpublished(connection, "event", names)
            entries = stored_events.entries(connection, number, fresh)
        if entries:
            with record.writing() as connection:
                facts.publish(connection, "event", entries)
        if not names:
            return
        last = names[-1]


def _touch_differing(record: Record, number: int) -> None:
    """Mark events that came out otherwise than readers see them, to have versions of their own after the change.

    Where readers saw none till now, their versions begin with what the next folds touch.
    """
    with record.reading() as connection:
        now = derived.generation(connection)
        names = versions.differing(connection, now, number) if stored_events.names(connection, now, "", 1) else []
    with record.writing() as connection:
        links.forget(connection, number, "event")  # as an earlier try left it
    for chunk in chunks(names, _AT_ONCE):
        with record.writing() as connection:
            links.touch(connection, number, "event", chunk, derived.tick(connection))


def _changed(record: Record, number: int) -> int:
    """How many statements differ between the generation that readers see and this one."""
    with record.reading() as connection:
        now = derived.generation(connection)
        return sum(_differing(connection, page, now, number) for page in shown.differing(connection, now, number))


def _differing(connection: Connection, page: str, left: int, right: int) -> int:
    one, two = shown.of_page(connection, left, page), shown.of_page(connection, right, page)
    other = [post for post in one.keys() | two.keys() if one.get(post) != two.get(post)]
    before, after = (shown.statements(found[post] for post in other if post in found) for found in (one, two))
    return sum(before.get(name) != after.get(name) for name in before.keys() | after.keys())


def _swap(upkeep: Upkeep, number: int) -> bool:
    """Show readers that generation, if it is up to the facts and folded; False if it is not."""
    with upkeep.record.writing() as connection:
        wanted, there = facts.newest_of_pages(connection), derived.changes_of_pages(connection, number)
        if wanted != there or not links.settled(connection, number):
            return False
        derived.put(connection, "generation", str(number))
        derived.put(connection, _UNDER_WAY, "")
        derived.next_tick(connection)
        upkeep.keep_reader(connection)
    return True
