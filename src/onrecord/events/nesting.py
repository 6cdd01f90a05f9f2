"""Events → which is part of which larger one.

Posts that tell an event in common and are about the same things make a thread; the event that most of a thread's posts
tell is its main one, and what else the thread tells at that place and time is part of it. One post can be a thread.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import sqrt
from typing import NamedTuple, Protocol

from onrecord.events import linkage
from onrecord.events.candidates import sketch
from onrecord.events.features import distance_km
from onrecord.events.pieces import Cut, Graph, Piece
from onrecord.events.traits import PostWords, cosine, named_words
from onrecord.events.weights import family_of, kind_weight, weights
from onrecord.model import Event, Place, Telling
from onrecord.model.altered import altered

CUT = Cut((0.0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.6), 32)
"""Posts that are clustered together: average link grows with the square."""
_DETAIL = frozenset({"harm", "statement", "accusation", "threat", "demand", "refusal"})
"""Families whose events are details of others, however heavy they weigh."""


@dataclass(frozen=True, slots=True)
class ToldPost:
    """What a thread needs of one post."""

    name: str
    """`post_name` of its tellings."""
    day: str
    """Day of the post, empty where nothing anchors it in time: threads never cross days."""
    words: PostWords
    events: frozenset[str]
    names: frozenset[str]
    places: frozenset[str]


@dataclass(frozen=True, slots=True)
class ToldEvent:
    """What a thread needs of one event."""

    id: str
    kind: str
    worth: float
    """How much it weighs among what a thread tells."""
    dated: bool
    placed: bool
    mentioned: bool
    """It is told as background alone."""
    counted: bool
    """It has figures."""
    earliest: datetime | None
    latest: datetime | None
    place: Place | None
    posts: tuple[tuple[str, int], ...]
    """Each post that tells it, and how many of its tellings stand there."""


def nest(events: Sequence[Event]) -> list[Event]:
    """The events with `part_of` set, in the order given; the same for any order."""
    by_id = {e.id: told_event(e) for e in events}
    posts = {post.name: post for post in _posts(events)}
    links: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for left, right in _meetings(posts, events):
        if (value := likeness(posts[left], posts[right])) >= 0:
            links[left][right] = links[right][left] = value
    graph = Graph(lambda names: {name: links[name] for name in names if name in links}, CUT)
    above: dict[str, str] = {}
    for piece in graph.pieces(posts):
        above.update(wholes(piece, posts, by_id))
    return [placed_in(e, above.get(e.id)) for e in events]


def placed_in(event: Event, whole: str | None) -> Event:
    """The event as part of that one, or of none."""
    return event if event.part_of == whole else altered(event, part_of=whole)


def wholes(piece: Piece, posts: Mapping[str, ToldPost], by_id: Mapping[str, ToldEvent]) -> dict[str, str]:
    """Event → the event that it is part of, for what the posts of a piece tell and that is part of another."""
    out: dict[str, str] = {}
    for thread in _threads(piece, posts):
        out.update(_inside(thread, by_id))
    return out


def at_home_in(event: ToldEvent, names: Collection[str]) -> bool:
    """So many of its tellings stand in these posts that it can't be at home in others."""
    return _share(event, names) > 1 - weights()["thread"]["home"]


def _share(event: ToldEvent, names: Collection[str]) -> float:
    """How much of the event is told in these posts, 0 to 1."""
    return sum(n for post, n in event.posts if post in names) / sum(n for _, n in event.posts)


def post_name(telling: Telling) -> str:
    """A name for the post of a telling: its page and its id."""
    return f"{telling.page} {telling.post}"


def _day(time: datetime | None, *, anchored: bool) -> str:
    return time.astimezone(UTC).date().isoformat() if time and anchored else ""


def _posts(events: Iterable[Event]) -> list[ToldPost]:
    """Every post with the events it tells, in order of page and post."""
    told: defaultdict[str, list[tuple[Telling, str]]] = defaultdict(list)
    for event in events:
        for telling in event.tellings:
            told[post_name(telling)].append((telling, event.id))
    return [_post_of(sorted(told[name], key=lambda t: t[0].id)) for name in sorted(told)]


def _post_of(told: Sequence[tuple[Telling, str]]) -> ToldPost:
    """A post, from its tellings, each with its event."""
    first = told[0][0]
    return ToldPost(
        post_name(first),
        _day(first.time, anchored=first.anchored),
        PostWords(first.post_words),
        frozenset(event for _, event in told),
        named_words(p.name for t, _ in told for p in t.happening.parties),
        frozenset(p.id for t, _ in told if t.placed for p in t.places if p.id and p.kind != "country"),
    )


class Teller(Protocol):
    """What a thread needs of a telling: its traits, or less."""

    @property
    def id(self) -> str: ...
    @property
    def time(self) -> datetime | None: ...
    @property
    def anchored(self) -> bool: ...
    @property
    def names(self) -> frozenset[str]: ...
    @property
    def named(self) -> frozenset[str]: ...


class Matter(NamedTuple):
    """What a thread needs of what a post tells."""

    day: str
    events: frozenset[str]
    names: frozenset[str]
    places: frozenset[str]


def told_post(name: str, words: PostWords, told: Matter) -> ToldPost:
    """The post of these words that tells that."""
    return ToldPost(name, told.day, words, told.events, told.names, told.places)


def matter(told: Sequence[tuple[Teller, str]]) -> Matter:
    """What a post tells, from what is needed of its tellings, each with its event."""
    first = min(told, key=lambda t: t[0].id)[0]
    return Matter(
        _day(first.time, anchored=first.anchored),
        frozenset(event for _, event in told),
        frozenset().union(*(known.names for known, _ in told)),
        frozenset().union(*(known.named for known, _ in told)),
    )


def told_event(event: Event) -> ToldEvent:
    """The event, as threads need it."""
    placed = any(t.placed for t in event.tellings)
    return ToldEvent(
        event.id, event.kind, _worth(event, placed=placed), any(t.dated for t in event.tellings), placed,
        set(event.stances) == {"mentions"}, bool(event.figures), event.earliest, event.latest, event.place,
        _posts_of(event.tellings),
    )  # fmt: skip


def _posts_of(tellings: Sequence[Telling]) -> tuple[tuple[str, int], ...]:
    """Each post that they stand in, and how many do."""
    if len(tellings) == 1:
        return ((post_name(tellings[0]), 1),)
    return tuple(sorted(Counter(map(post_name, tellings)).items()))


def _threads(piece: Piece, posts: Mapping[str, ToldPost]) -> list[list[ToldPost]]:
    """Posts about the same things, by average link."""
    group = [posts[name] for name in piece.nodes]
    if piece.whole:
        return [group]
    found = linkage.clusters([[likeness(one, other) for other in group[n:]] for n, one in enumerate(group, 1)])
    return [[group[n] for n in cluster] for cluster in found]


def slots(post: ToldPost) -> list[str]:
    """Keys of which two posts of one day that share many rare words share one."""
    return _slots(post.day, post.words.words)


def slots_of(told: Sequence[Telling]) -> list[str]:
    """The same of the post of these tellings, which are all that it tells."""
    first = min(told, key=lambda t: t.id)
    return _slots(_day(first.time, anchored=first.anchored), first.post_words)


def _slots(day: str, words: frozenset[str]) -> list[str]:
    return [f"{day}|{slot}" for slot in sketch(words)]


def _meetings(posts: Mapping[str, ToldPost], events: Iterable[Event]) -> Iterable[tuple[str, str]]:
    """Pairs of posts of one day that tell one event, or share a slot of their sketches; each once."""
    meetings: defaultdict[str, set[str]] = defaultdict(set)
    for event in events:
        for name in {post_name(t) for t in event.tellings}:
            meetings[f"{posts[name].day}|{event.id}"].add(name)
    for name, post in posts.items():
        for slot in slots(post):
            meetings[slot].add(name)
    partners: defaultdict[str, set[str]] = defaultdict(set)
    for together in meetings.values():
        for n, left in enumerate(sorted(together)):
            partners[left].update(sorted(together)[n + 1 :])
    return ((left, right) for left, others in partners.items() for right in others)


def links_to(one: ToldPost, others: Iterable[ToldPost]) -> dict[str, float]:
    """Those of the others that it meets and that may be about the same, by name, with how like they are."""
    mine = frozenset(sketch(one.words.words))
    met = (other for other in others if other.name != one.name and _meet(one, mine, other))
    scored = ((other.name, likeness(one, other)) for other in met)
    return {name: value for name, value in scored if value >= 0}


def _meet(a: ToldPost, slots: frozenset[str], b: ToldPost) -> bool:
    """They are of one day, and tell an event in common or share one of these slots of the first one's sketch."""
    return a.day == b.day and not (a.events.isdisjoint(b.events) and slots.isdisjoint(sketch(b.words.words)))


def likeness(a: ToldPost, b: ToldPost) -> float:
    """At least nought for two posts on one thing: cosines of words, events, names and places."""
    w = weights()["thread"]
    total = cosine(a.words, b.words) - w["least"]
    total += w["events"] * _overlap(a.events, b.events) + w["names"] * _overlap(a.names, b.names)
    total += w["places"] * _overlap(a.places, b.places)
    return total


def _overlap(a: frozenset[str], b: frozenset[str]) -> float:
    return 0.0 if a.isdisjoint(b) else len(a & b) / sqrt(len(a) * len(b))


def _inside(thread: Sequence[ToldPost], by_id: Mapping[str, ToldEvent]) -> dict[str, str]:
    """Event → the thread's main event, for those that are part of it."""
    told = Counter(event for post in thread for event in post.events)
    names = {post.name for post in thread}
    own = [e for e in told if _at_home(by_id[e], names)]
    if not own:
        return {}
    main = max(own, key=lambda e: (told[e] * (0.3 + by_id[e].worth), e))
    return {e: main for e in own if e != main and _belongs(by_id[e], by_id[main])}


def _at_home(event: ToldEvent, thread: Collection[str]) -> bool:
    """Nearly all of its tellings stand in the thread, and not only as background."""
    return not event.mentioned and _share(event, thread) >= weights()["thread"]["home"]


def _worth(event: Event, *, placed: bool) -> float:
    told = [t for t in event.tellings if not t.reports]
    worth = kind_weight(event.kind) + 0.25 * bool(event.figures) + 0.1 * placed
    worth += 0.15 * any(t.happening.parties for t in told) + 0.1 * min(2, event.independent_origins)
    worth *= 1.0 if told else 0.2
    worth *= 0.6 if family_of(event.kind) == "harm" else 1.0  # what did the harm comes first
    return worth * (0.5 if event.reality in ("planned", "threatened", "possible", "not_done") else 1.0)


def _belongs(event: ToldEvent, main: ToldEvent) -> bool:
    if not (_meet_in_time(event, main) and _meet_in_space(event, main)):
        return False
    if family_of(event.kind) in _DETAIL or family_of(event.kind) == family_of(main.kind):
        return True
    return kind_weight(event.kind) < weights()["thread"]["peer"]


def _meet_in_time(a: ToldEvent, b: ToldEvent) -> bool:
    if not (a.dated and b.dated):
        return True
    day = timedelta(days=1)
    return bool(a.earliest and b.latest and b.earliest and a.latest) and (
        a.earliest - day <= b.latest and b.earliest - day <= a.latest  # type: ignore[operator]
    )


def _meet_in_space(a: ToldEvent, b: ToldEvent) -> bool:
    """Neither lies elsewhere, as far as their own words say."""
    if not a.place or not b.place or not (a.placed and b.placed):
        return True
    if family_of(a.kind) == "other" and not a.counted:
        return True
    if a.place.country and b.place.country and a.place.country != b.place.country:
        return False
    if "country" in (a.place.kind, b.place.kind):
        return True
    gap = distance_km(a.place, b.place)
    return gap is None or gap <= max(30.0, (a.place.radius_km or 0) + (b.place.radius_km or 0))
