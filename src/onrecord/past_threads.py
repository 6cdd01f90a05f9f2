"""Events of another time → what each was part of then: as it is kept, where no post around them told anything else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache

from sqlalchemy import Connection

from onrecord.events import nesting
from onrecord.events.event import event_id
from onrecord.events.nesting import ToldEvent, ToldPost
from onrecord.events.pieces import Piece
from onrecord.events.weights import weights
from onrecord.model import Event, Telling
from onrecord.past import Past
from onrecord.past_events import Group, PastEvents
from onrecord.recall import post_words
from onrecord.rethread import _kept
from onrecord.store import codec, links
from onrecord.store import events as stored_events
from onrecord.store import threads as stored_posts
from onrecord.store.rows import fetch
from onrecord.tiers import Tier

_MOST = 1000
"""Posts that are fetched at once, about."""


class PastThreads:
    """Posts with what they told in a view, and the links between them."""

    def __init__(self, connection: Connection, past: Past, told: PastEvents) -> None:
        self.connection = connection
        self.past = past
        self.number = past.number
        self.told = told
        self.posts: dict[str, ToldPost] = {}
        self._groups: dict[str, frozenset[Group]] = {}
        self._looked: set[str] = set()
        self._other: set[str] = set()
        """Posts that told other events than now, or told them in other words."""
        self._moved: set[str] = set()
        """Those of them that compare otherwise with other posts."""
        self._reworded = self._others()
        self._other.update(self._reworded)
        self._moved.update(self._reworded)
        self._mates = self._slot_mates()
        self._raw: links.Links = {}
        self._beside: dict[str, set[str]] = {}
        self._bordering: set[str] = set()
        self._tier = Tier(self._rest, self._full, nesting.CUT, self._other, self._bordering)
        self._likenesses: dict[tuple[str, str], float] = {}
        self._parts: dict[Group, str | None] = {}
        self._days: dict[str, str] = {}
        self._threads: dict[str, tuple[str | None, bytes]] = {}

    def events(self, groups: Collection[Group], *, explained: bool = True) -> list[Event]:
        """These events as they were, in the order of their first tellings. `explained`: with history and reasons."""
        parts = self.parts(groups)
        known = self.told.load(groups, explained=explained)
        found = (nesting.placed_in(e, parts[tuple(t.id for t in e.tellings)]) for e in known)
        return sorted(found, key=stored_events.first)

    def _have(self, names: Iterable[str]) -> None:
        """Have at hand these posts and those that hang together with them now, all at once and not ring by ring."""
        near = {name for name in names if name not in self._beside}
        edge = near
        while edge and len(near) < _MOST:
            found = links.load(self.connection, self.number, "post", edge)
            self._raw.update((name, found.get(name, {})) for name in edge)
            edge = set().union(*found.values()) - near
            near |= edge
        self._look(near)
        self._near([name for name in near if name in self.posts])

    # -- posts ---------------------------------------------------------------------------------------------------------

    def _others(self) -> frozenset[str]:
        """Posts of pages that said something else of which the tellings were others."""
        now: dict[str, set[str]] = defaultdict(set)
        for page, told in self.told.now.items():
            for name, post in told:
                now[f"{page} {post}"].add(name)
        then: dict[str, set[str]] = defaultdict(set)
        for name, telling in self.past.tellings.items():
            then[nesting.post_name(telling)].add(name)
        wrong = {post for post, names in then.items() if names != now[post] or not names <= self.told.same}
        return frozenset(wrong)

    def _slot_mates(self) -> dict[str, set[str]]:
        """Post → those that told other things and share a slot with it."""
        told: dict[str, list[Telling]] = defaultdict(list)
        for telling in self.past.tellings.values():
            told[nesting.post_name(telling)].append(telling)
        mine = {name: nesting.slots_of(told[name]) for name in self._reworded}
        shared = links.in_slots(self.connection, self.number, {slot for keys in mine.values() for slot in keys})
        held: dict[str, set[str]] = defaultdict(set)
        for slot, names in shared.items():
            held[slot].update(name for name in names if name not in self._reworded)
        for name, keys in mine.items():
            for slot in keys:
                held[slot].add(name)
        out: dict[str, set[str]] = defaultdict(set)
        for name, keys in mine.items():
            for slot in keys:
                for other in held[slot]:
                    out[other].add(name)
                    out[name].add(other)
        return out

    def _look(self, names: Iterable[str]) -> None:
        """Have at hand what these posts told; those that were not there stay out."""
        wanted = [name for name in names if name not in self._looked]
        if not wanted:
            return
        self._looked.update(wanted)
        told = self._tellings(wanted)
        homes = self.told.homes({name for mine in told.values() for name in mine})
        rows = {
            name: (_kept(row), words) for name, row, words in stored_posts.load(self.connection, self.number, wanted)
        }
        for post, mine in told.items():
            groups = self._groups[post] = frozenset(homes[name] for name in mine)
            names = frozenset(event_id(group[0]) for group in groups)
            if post in self._reworded or post not in rows:
                traits = self.told.traits(mine)
                told_so = [(k, event_id(homes[k.id][0])) for k in traits]
                self.posts[post] = nesting.told_post(post, traits[0].post, nesting.matter(told_so))
            else:
                kept, words = rows[post]
                self.posts[post] = ToldPost(post, kept.day, post_words(words), names, kept.names, kept.places)
            if post in self._reworded or not all(map(self.told.kept, groups)):
                self._other.add(post)
            if post in self._reworded or post not in rows or rows[post][0].events != names:
                self._moved.add(post)

    def _tellings(self, posts: Sequence[str]) -> dict[str, list[str]]:
        """Each of the posts that told something then → its tellings."""
        out: dict[str, list[str]] = {}
        then: dict[str, list[str]] = defaultdict(list)
        wanted = set(posts)
        for name, telling in self.past.tellings.items():
            if (post := nesting.post_name(telling)) in wanted:
                then[post].append(name)
        keys = []
        for post in posts:
            page, _, own = post.partition(" ")
            if post in then:
                out[post] = then[post]
            elif self.past.stands(page, own):
                keys.append([page, own])
        query = (
            "SELECT t.page || ' ' || t.post, t.id FROM json_each(?) j"
            " CROSS JOIN tellings t ON t.generation = ? AND t.page = j.value ->> 0 AND t.post = j.value ->> 1"
        )
        for post, name in fetch(self.connection, query, codec.dump(keys).decode(), self.number) if keys else ():
            out.setdefault(post, []).append(name)
        return out

    # -- links ---------------------------------------------------------------------------------------------------------

    def _near(self, names: Sequence[str]) -> None:
        """Have at hand the posts that these could be linked to."""
        wanted = [name for name in names if name not in self._beside]
        if not wanted:
            return
        bare = [name for name in wanted if name not in self._raw]
        found = links.load(self.connection, self.number, "post", bare)
        self._raw.update((name, found.get(name, {})) for name in bare)
        self._look(wanted)
        groups = {group for name in wanted for group in self._groups.get(name, ())}
        tellers = self.told.posts(groups)
        for name in wanted:
            mine = {post for group in self._groups.get(name, ()) for post in tellers[group]}
            self._beside[name] = (mine | self._raw[name].keys() | self._mates.get(name, set())) - {name}
        self._look({other for name in wanted for other in self._beside[name]})

    def _rest(self, names: Sequence[str]) -> links.Links:
        self._near(names)
        out: links.Links = {}
        for name in names:
            beside = self._beside[name]
            if any(other in self._other or other not in self.posts for other in beside):
                self._bordering.add(name)
            out[name] = {o: w for o, w in self._raw[name].items() if o in self.posts and o not in self._other}
        return out

    def _full(self, names: Sequence[str]) -> links.Links:
        self._near(names)
        return {name: dict(self._links(name)) for name in names}

    def _links(self, name: str) -> Iterable[tuple[str, float]]:
        post = self.posts[name]
        for other in self._beside[name]:
            beyond = self.posts.get(other)
            if beyond is None or beyond.day != post.day:
                continue
            if name not in self._moved and other not in self._moved:
                if other in self._raw[name]:
                    yield other, self._raw[name][other]
            elif (value := self._likeness(post, beyond)) >= 0:
                yield other, value

    def _likeness(self, a: ToldPost, b: ToldPost) -> float:
        """How like two posts of one day are, worked out once; below nought for posts that are not compared."""
        both = (a.name, b.name) if a.name < b.name else (b.name, a.name)
        known = self._likenesses.get(both)
        if known is None:
            known = self._likenesses[both] = nesting.likeness(a, b) if self._meet(a, b) else -1.0
        return known

    def _meet(self, a: ToldPost, b: ToldPost) -> bool:
        """They told an event in common or share a slot: others are not compared."""
        return not a.events.isdisjoint(b.events) or not set(nesting.slots(a)).isdisjoint(nesting.slots(b))

    # -- parts ---------------------------------------------------------------------------------------------------------

    def parts(self, groups: Collection[Group]) -> dict[Group, str | None]:
        """Each of these events → the event that it was part of."""
        todo = [group for group in groups if group not in self._parts]
        if todo:
            posts = self.told.posts(todo)
            homes = self._homes(posts)
            self._look(homes)  # which of them told other events is to be known first
            _, other = self._tier.pieces(homes)
            above = self._wholes(other)
            touched = {name for piece in other for name in piece.nodes}
            stored = self._stored([group for group in todo if self.told.kept(group)])
            for group in todo:
                away = sum(n for post, n in posts[group].items() if post in touched) / len(group)
                home = away <= 1 - weights()["thread"]["home"]
                name = event_id(group[0])
                self._parts[group] = above.get(name) or (stored.get(name) if home else None)
        return {group: self._parts[group] for group in groups}

    def _homes(self, posts: Mapping[Group, Mapping[str, int]]) -> set[str]:
        """Those of the events' posts that stand on the days on which they can be at home."""
        self._date({post for known in posts.values() if len(known) > 1 for post in known})
        return {post for known in posts.values() for post in self._home(known)}

    def _home(self, posts: Mapping[str, int]) -> list[str]:
        if len(posts) == 1:
            return list(posts)
        days: dict[str, int] = defaultdict(int)
        for post, n in posts.items():
            days[self._days[post]] += n
        least = weights()["thread"]["home"] * sum(posts.values())
        return [post for post in posts if days[self._days[post]] >= least]

    def _date(self, names: Collection[str]) -> None:
        """Have at hand the days of these posts."""
        todo = [name for name in names if name not in self._days]
        known = dict(stored_posts.days(self.connection, self.number, [n for n in todo if n not in self._reworded]))
        rest = [name for name in todo if name not in known]
        self._look(rest)
        self._days.update(known)
        self._days.update((name, self.posts[name].day) for name in rest)

    def _wholes(self, pieces: Sequence[Piece]) -> dict[str, str]:
        mine = {name: self.posts[name] for piece in pieces for name in piece.nodes}
        by_id = self._told_events({group for name in mine for group in self._groups[name]})
        out: dict[str, str] = {}
        for piece in pieces:
            out.update(nesting.wholes(piece, mine, by_id))
        return out

    def _told_events(self, groups: Collection[Group]) -> dict[str, ToldEvent]:
        kept = [event_id(group[0]) for group in groups if self.told.kept(group)]
        out = {name: _event(stored) for name, (_, stored) in self._rows(kept).items()}
        for group in groups:
            if not self.told.kept(group):
                made = nesting.told_event(self.told.outline(group))
                out[made.id] = made
        return out

    def _stored(self, groups: Collection[Group]) -> dict[str, str | None]:
        return {name: whole for name, (whole, _) in self._rows([event_id(group[0]) for group in groups]).items()}

    def _rows(self, names: Sequence[str]) -> dict[str, tuple[str | None, bytes]]:
        """(what it is part of, what threads need of it) of each of these kept events, as it is now."""
        wanted = [name for name in names if name not in self._threads]
        for name, whole, stored in stored_events.threads(self.connection, self.number, wanted) if wanted else ():
            self._threads[name] = whole, stored
        return {name: self._threads[name] for name in names if name in self._threads}

    def inside(self, groups: Collection[Group]) -> set[Group]:
        """These events, and all that are at home in the threads that they may be: parts stand with their wholes."""
        homes = self._homes(self.told.posts(groups))
        self._have(homes)
        kept, other = self._tier.pieces(homes)
        nodes = {name for piece in (*kept, *other) for name in piece.nodes}
        self._look(nodes)
        posts = self.told.posts({group for name in nodes for group in self._groups[name]})
        self._homes(posts)
        return {*groups, *(group for group, known in posts.items() if not nodes.isdisjoint(self._home(known)))}


@lru_cache(maxsize=1 << 13)
def _event(stored: bytes) -> ToldEvent:
    return codec.load(ToldEvent, stored)
