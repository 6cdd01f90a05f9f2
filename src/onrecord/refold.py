"""Tellings that were touched → the events to take out and to put in, with what hangs together around them.

Two rounds follow each other: tellings into events, then posts into threads (`rethread`). Each works on some of what was
touched, in one state of the record, and what others have not yet folded is left aside.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from sqlalchemy import Connection

from onrecord import desk, scored, versions
from onrecord.around import Around, around, links_steps
from onrecord.events import folding
from onrecord.events.linkage import Groups
from onrecord.events.pieces import Piece
from onrecord.hands import ONE, Hands
from onrecord.shelf import Shelf
from onrecord.store import decisions, derived, facts, links, shown
from onrecord.store import events as stored_events
from onrecord.store import scores as stored_scores
from onrecord.store import tellings as stored_tellings
from onrecord.store import versions as stored_versions
from onrecord.store.events import Fresh
from onrecord.store.rows import Step, chunks

AT_ONCE = 1500
"""Tellings, or posts, that are folded in one round at most: a page of hundreds of posts would else be folded again, as
it hangs together, for each dozen of them; longer rounds are undone too often by others who write."""
_WRITTEN = 60
"""Tellings of which the events are written at once."""

# -- rulings of the desk -----------------------------------------------------------------------------------------------


def rulings_round(connection: Connection, number: int, most: int = AT_ONCE) -> list[Step] | None:
    """Writes that put the pairs of tellings that the desk ruled on right; None when nothing of it was touched."""
    names = links.touched_names(connection, number, "ruling", most)
    if not names:
        return None
    held = desk.active(desk.taken(row.change, row.id, row.detail) for row in decisions.load(connection))
    named = {(n.decision, n.at): n.name for n in decisions.named(connection, number) if n.name}
    found = desk.rulings(held, named)
    new = frozenset({("same", *pair) for pair in found.same} | {("apart", *pair) for pair in found.apart})
    put = partial(decisions.put_pairs, number=number, old=decisions.pairs(connection, number), new=new)
    return [put, partial(links.done, number=number, kind="ruling", names=names)]


# -- tellings into events ----------------------------------------------------------------------------------------------


def tellings_round(connection: Connection, number: int, most: int = AT_ONCE, hands: Hands = ONE) -> list[Step] | None:
    """Writes that fold some of the touched tellings; None when none is touched."""
    names = links.touched_names(connection, number, "telling", most)
    if not names:
        return None
    shelf = Shelf(connection, number)
    shelf.place(names)
    alive = [name for name in names if name in shelf.posts and name not in shelf.gone]
    found = around(connection, number, "telling", folding.CUT, names, hands.links_of(shelf, alive))
    changed = _changes(shelf, found, hands)
    large = {name for piece in found.pieces if scored.large(piece) for name in piece.nodes}
    shelf.fetch(large)
    fresh = found.nodes | stored_scores.lacking(connection, number, large)
    scores = list(scored.steps(number, found.pieces, fresh, shelf.known, shelf.marks))
    steps: list[Step] = [partial(_touch_posts, number=number, posts=chunk) for chunk in chunks(changed.posts)]
    for old, new in _turns(changed.gone, changed.fresh):
        steps.append(partial(_put_events, number=number, gone=old, fresh=new))
    if changed.moved:
        steps.append(partial(stored_events.put_untils, number=number, untils=changed.moved))
    done = (partial(_tellings_done, number=number, names=chunk) for chunk in chunks(names))
    return [*steps, *links_steps(number, found), *scores, *done]


def _turns(gone: Mapping[str, Sequence[str]], fresh: Sequence[Fresh]) -> Iterator[tuple[list[str], list[Fresh]]]:
    """(events to take out, events to put in) by turns, after each of which every telling is in one event as before."""
    home = {name: event for event, names in gone.items() for name in names}
    places = {event: n for n, event in enumerate(gone)}
    groups = Groups(len(gone) + len(fresh))
    for n, event in enumerate(fresh, len(gone)):
        for name in event.names:
            if name in home:
                groups.join(n, places[home[name]])
    names, out, put = list(gone), list[str](), list[Fresh]()
    for group in groups.all():
        out += [names[n] for n in group if n < len(gone)]
        put += [fresh[n - len(gone)] for n in group if n >= len(gone)]
        if len(out) + sum(len(event.names) for event in put) >= _WRITTEN:
            yield out, put
            out, put = [], []
    if out or put:
        yield out, put


def _touch_posts(connection: Connection, number: int, posts: Sequence[str]) -> None:
    links.touch(connection, number, "post", posts, derived.tick(connection))


def _put_events(connection: Connection, number: int, gone: Sequence[str], fresh: Sequence[Fresh]) -> None:
    stored_events.write(connection, number, gone, fresh)
    touch_events(connection, number, {*gone, *(event.id for event in fresh)})


def touch_events(connection: Connection, number: int, names: Iterable[str]) -> None:
    """Have events made public as they are now, if they are of the generation that readers see."""
    if derived.generation(connection) == number:
        links.touch(connection, number, "event", names, derived.tick(connection))


def _tellings_done(connection: Connection, number: int, names: Sequence[str]) -> None:
    links.done(connection, number, "telling", names)
    stored_tellings.clear(connection, number, names)


class _Changes(NamedTuple):
    """What a round does to events."""

    gone: dict[str, tuple[str, ...]]
    """Events to take out, with their tellings."""
    fresh: list[Fresh]
    """Events to put in."""
    posts: list[str]
    """Posts that tell any of them, or were touched."""
    moved: dict[str, str]
    """Events that stay, of which `until` is another than before."""


def _changes(shelf: Shelf, found: Around, hands: Hands) -> _Changes:
    connection, number = shelf.connection, shelf.number
    stale = stored_events.of_tellings(connection, number, sorted(found.affected))
    same = {names: event for event, names in stale.items() if found.nodes.isdisjoint(names)}
    fresh: list[Fresh] = []
    stay: dict[str, str] = {}
    made = hands.events_of(shelf, found.pieces, same)
    shelf.place(name for piece in found.pieces for name in piece.nodes)
    for until, groups in zip(_closed(shelf, found.pieces), made, strict=True):
        for group, row in groups:
            if row is not None:
                fresh.append(row._replace(until=until))
            else:
                del stale[same[group]]
                stay[same[group]] = until
    before = stored_events.untils(connection, number, stay)
    moved = {event: until for event, until in stay.items() if before[event] != until}
    told = {name for names in stale.values() for name in names} | {name for row in fresh for name in row.names}
    shelf.place(told)
    posts = sorted({shelf.posts[name] for name in told | found.nodes if name in shelf.posts})
    return _Changes(stale, fresh, posts, moved)


def _closed(shelf: Shelf, pieces: Sequence[Piece]) -> list[str]:
    """For each piece when the last of its posts became public; `~` for what hangs together with more."""
    homes = [{shelf.posts[name] for name in piece.nodes} if not piece.parted else set[str]() for piece in pieces]
    public = shown.publics(shelf.connection, shelf.number, {post for posts in homes for post in posts})
    return [max((public.get(post, "~") for post in posts), default="~") for posts in homes]


# -- public ids --------------------------------------------------------------------------------------------------------


def public_round(connection: Connection, number: int, most: int = AT_ONCE) -> list[Step] | None:
    """Writes that keep new events' ids and touched events' versions; None for none."""
    names = links.touched_names(connection, number, "event", most)
    if not names:
        return None
    entries = stored_events.entries(connection, number, names)
    rows, none = versions.fresh(connection, number, names)
    return [
        lambda c: facts.publish(c, "event", entries),
        partial(stored_versions.keep, rows=rows, gone=none),
        partial(links.done, number=number, kind="event", names=names),
    ]
