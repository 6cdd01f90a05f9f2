"""Posts that were touched → what is part of what around them, and the links that threads follow.

A post is compared only where it could have come out otherwise. One that tells the same events as before, in the same
words, keeps its links; one that tells other events is compared with those that tell them, and with those that it was
linked to and still meets, as sharing no event can only make posts less alike.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from hashlib import blake2b

from sqlalchemy import Connection

from onrecord.around import Around, around, links_steps
from onrecord.events import nesting
from onrecord.events.nesting import Matter, Teller, ToldEvent, ToldPost
from onrecord.events.pieces import Piece
from onrecord.hands import ONE, Hands
from onrecord.recall import post_words, tellers
from onrecord.refold import AT_ONCE, touch_events
from onrecord.store import codec, derived, links
from onrecord.store import events as stored_events
from onrecord.store import tellings as stored_tellings
from onrecord.store import threads as stored_posts
from onrecord.store.rows import Step, chunks

_POSTS = 20
"""Posts of which what threads need is written at once."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """A post as it is kept: its words stand elsewhere."""

    day: str
    digest: str
    """Of its words."""
    events: frozenset[str]
    names: frozenset[str]
    places: frozenset[str]

    def alike(self, other: _Kept) -> bool:
        """They differ in events at most."""
        return replace(self, events=other.events) == other


def posts_round(connection: Connection, number: int, most: int = AT_ONCE, hands: Hands = ONE) -> list[Step] | None:
    """Writes that see anew what is part of what around some of the touched posts; None when none is touched."""
    names = links.touched_names(connection, number, "post", most)
    if not names:
        return None
    told = hands.halved(connection, names, partial(_matter, connection, number), _matter, number)
    near = _Near(connection, number, names, told)
    other = [name for name in names if near.was.get(name) != near.now.get(name)]
    same = near.now.keys() - set(other)
    there = [name for name in other if name in near.now]
    fresh = hands.halved(connection, there, partial(_links, near, there), _their_links, number, names, told, there)
    found = around(connection, number, "post", nesting.CUT, other, _both_ways(fresh), also=same)
    above = hands.halved(connection, found.pieces, partial(_above, near), _their_above, number, names, told, work=_work)
    steps: list[Step] = [partial(_put_parts, number=number, parts=_parts(near, found, above))]
    steps += links_steps(number, found)
    for chunk in chunks(other, _POSTS):
        rows = [(name, near.now[name].day, codec.dump(near.now[name])) for name in chunk if name in near.now]
        slots = {name: nesting.slots(near.posts[name]) if name in near.now else [] for name in chunk}
        steps.append(partial(stored_posts.put, number=number, gone=set(chunk) - near.now.keys(), rows=rows))
        steps.append(partial(links.put_slots, number=number, fresh=slots))
    return [*steps, partial(links.done, number=number, kind="post", names=names)]


def _put_parts(connection: Connection, number: int, parts: Mapping[str, str | None]) -> None:
    stored_events.put_parts(connection, number, parts)
    touch_events(connection, number, parts)


def _matter(connection: Connection, number: int, names: Sequence[str]) -> dict[str, Matter]:
    """What those of these posts tell that tell anything."""
    held: dict[str, list[tuple[Teller, str]]] = {}
    rows = stored_tellings.of_posts(connection, number, map(_place, names))
    known = tellers(connection, number, [head for head, _ in rows])
    for head, event in rows:
        held.setdefault(f"{head.page} {head.post}", []).append((known[head.id], event))
    return {name: nesting.matter(told) for name, told in held.items()}


def _place(name: str) -> tuple[str, str]:
    """(page, post)."""
    page, _, post = name.partition(" ")
    return page, post


class _Near:
    """Posts as they were fetched: touched ones from what they tell now, others as they are kept."""

    def __init__(self, connection: Connection, number: int, touched: Sequence[str], told: Mapping[str, Matter]) -> None:
        self.connection = connection
        self.number = number
        self.touched = frozenset(touched)
        self.posts: dict[str, ToldPost] = {}
        self.was = {name: _kept(told) for name, told, _ in stored_posts.load(connection, number, touched)}
        self.now: dict[str, _Kept] = {}
        for page, own, words in stored_tellings.words_of(connection, number, map(_place, told)):
            name = f"{page} {own}"
            post = self.posts[name] = nesting.told_post(name, post_words(words), told[name])
            self.now[name] = _Kept(post.day, _digest(words), post.events, post.names, post.places)

    def fetch(self, names: Collection[str], days: Collection[str] | None = None) -> None:
        """Have these at hand, of these days only."""
        wanted = [name for name in names if name not in self.posts and name not in self.touched]
        connection, number = self.connection, self.number
        if days is None:
            rows = stored_posts.load(connection, number, wanted)
        else:
            rows = stored_posts.of_days(connection, number, wanted, days)
        for name, told, words in rows:
            kept = _kept(told)
            self.posts[name] = ToldPost(name, kept.day, post_words(words), kept.events, kept.names, kept.places)


@lru_cache(maxsize=1 << 12)
def _kept(stored: bytes) -> _Kept:
    return codec.load(_Kept, stored)


@lru_cache(maxsize=1 << 13)
def _event(stored: bytes) -> ToldEvent:
    return codec.load(ToldEvent, stored)


@lru_cache(maxsize=1 << 12)
def _digest(words: bytes) -> str:
    return blake2b(words, digest_size=9).hexdigest()


def _links(near: _Near, other: Sequence[str], some: Sequence[str]) -> links.Links:
    """The links of some of the posts that have changed, to all that they could be linked to."""
    beside = _beside(near, other, some)
    near.fetch({name for known in beside.values() for name in known}, {near.posts[name].day for name in some})
    return {
        name: nesting.links_to(near.posts[name], [near.posts[o] for o in sorted(known) if o in near.posts])
        for name, known in beside.items()
    }


def _their_links(
    connection: Connection,
    number: int,
    names: Sequence[str],
    told: Mapping[str, Matter],
    other: Sequence[str],
    some: Sequence[str],
) -> links.Links:
    return _links(_near(connection, number, names, told), other, some)


def _both_ways(found: links.Links) -> links.Links:
    """The links of posts that have changed, those to each other at both."""
    for name, known in found.items():
        for beyond in known.keys() & found.keys():
            found[beyond][name] = known[beyond]
    return found


def _beside(near: _Near, other: Sequence[str], some: Sequence[str]) -> dict[str, set[str]]:
    """Some of the posts that have changed → those that each is to be compared with."""
    connection, number = near.connection, near.number
    mine = {name: near.posts[name] for name in some}
    tellers = stored_events.posts_of(connection, number, {event for post in mine.values() for event in post.events})
    out = {name: {o for e in post.events for o in tellers.get(e, ())} for name, post in mine.items()}
    alike = {name for name in other if name in near.was and near.was[name].alike(near.now[name])}
    for name, known in links.load(connection, number, "post", [name for name in some if name in alike]).items():
        out[name].update(known)
    slots = {name: nesting.slots(near.posts[name]) for name in other if name not in alike}
    shared = links.in_slots(connection, number, {slot for name in some for slot in slots.get(name, ())})
    for name, keys in slots.items():
        for slot in keys:
            shared.setdefault(slot, []).append(name)
    for name in some:
        out[name].update(beyond for slot in slots.get(name, ()) for beyond in shared[slot])
    return out


def _above(near: _Near, pieces: Sequence[Piece]) -> dict[str, str]:
    """Event → what it is part of, as the posts of these pieces tell it."""
    near.fetch({name for piece in pieces for name in piece.nodes})
    mine = {name: near.posts[name] for piece in pieces for name in piece.nodes}
    rows = stored_events.threads(near.connection, near.number, _events_of(mine.values()))
    by_id = {name: _event(thread) for name, _, thread in rows}
    posts = {name: _present(post, by_id) for name, post in mine.items()}
    above: dict[str, str] = {}
    for piece in pieces:
        above.update(nesting.wholes(piece, posts, by_id))
    return above


def _their_above(
    connection: Connection, number: int, names: Sequence[str], told: Mapping[str, Matter], pieces: Sequence[Piece]
) -> dict[str, str]:
    return _above(_near(connection, number, names, told), pieces)


_last: dict[tuple[str, int, int, int, Sequence[str]], _Near] = {}
"""What was fetched last, by the state of the record: both halves of a round are asked of one."""


def _near(connection: Connection, number: int, names: Sequence[str], told: Mapping[str, Matter]) -> _Near:
    state = (str(connection.engine.url), number, derived.built(connection), derived.tick(connection), tuple(names))
    known = _last.get(state) or _Near(connection, number, names, told)
    known.connection = connection
    _last.clear()
    _last[state] = known
    return known


def _work(piece: Piece) -> int:
    return len(piece.nodes)


def _events_of(posts: Iterable[ToldPost]) -> set[str]:
    return {event for post in posts for event in post.events}


def _parts(near: _Near, found: Around, above: Mapping[str, str]) -> dict[str, str | None]:
    """Event → what it is part of now, where that is another than before."""
    nodes = {name for piece in found.pieces for name in piece.nodes}
    near.fetch(nodes)
    told = _events_of(near.posts[name] for name in nodes)
    before = stored_events.parts(near.connection, near.number, told)
    other = [name for name, part_of in before.items() if part_of != above.get(name)]
    affected = found.affected | near.touched
    rows = stored_events.threads(near.connection, near.number, other)
    return {name: above.get(name) for name, _, thread in rows if nesting.at_home_in(_event(thread), affected)}


def _present(post: ToldPost, known: Mapping[str, ToldEvent]) -> ToldPost:
    """The post with those of its events that there still are; it is touched, and looked at again, if not all are."""
    gone = [event for event in post.events if event not in known]  # no difference: it would go through all of `known`
    return replace(post, events=post.events.difference(gone)) if gone else post
