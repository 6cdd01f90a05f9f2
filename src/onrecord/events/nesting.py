"""Events → which is part of which larger one.

Posts that tell an event in common and are about the same things make a thread; the event that most of a thread's posts
tell is its main one, and what else the thread tells at that place and time is part of it. One post can be a thread.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, timedelta
from math import sqrt

from onrecord.events import linkage
from onrecord.events.candidates import sketch
from onrecord.events.lexicon import content_words, rarity
from onrecord.events.same import distance_km, family_of, kind_weight, weights
from onrecord.model import Event, Telling

Key = tuple[str, str]
_DETAIL = frozenset({"harm", "statement", "accusation", "threat", "demand", "refusal"})
"""Families whose events are details of others, however heavy they weigh."""


@dataclass(slots=True)
class _Post:
    """What a thread needs of one post."""

    key: Key
    day: str
    """Day of the post, empty where nothing anchors it in time: threads never cross days."""
    words: frozenset[str]
    norm: float
    events: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)


def nest(events: Sequence[Event], days: Collection[str] | None = None) -> list[Event]:
    """The events with `part_of` set, in the order given; the same for any order.

    With `days`, only events that are at home on these days are looked at again, and the others keep what they have:
    enough when all events with a telling on these days (`days_of`) are given.
    """
    by_id = {e.id: e for e in events}
    posts = [p for p in _posts(events) if days is None or p.day in days]
    above: dict[str, str] = {}
    for thread in threads(posts, events):
        above.update(_inside(thread, by_id))
    return [_placed_in(e, above.get(e.id)) if days is None or home(e) in days else e for e in events]


def _placed_in(event: Event, whole: str | None) -> Event:
    return event if event.part_of == whole else replace(event, part_of=whole)


def days_of(event: Event) -> frozenset[str]:
    """The days on which posts tell the event; `nest` looks at these when the event changes."""
    return frozenset(map(_day, event.tellings))


def home(event: Event) -> str:
    """The day on which most of its tellings stand, the first of equals."""
    seen = Counter(map(_day, event.tellings))
    return min(seen, key=lambda day: (-seen[day], day))


def _day(telling: Telling) -> str:
    return telling.time.astimezone(UTC).date().isoformat() if telling.time and telling.anchored else ""


def _posts(events: Iterable[Event]) -> list[_Post]:
    """Every post with the events it tells, in order of page and post."""
    posts: dict[Key, _Post] = {}
    for event in events:
        for telling in event.tellings:
            post = posts.get((telling.page, telling.post)) or _post(telling)
            posts[post.key] = post
            post.events.add(event.id)
            if telling.placed:
                post.places.update(p.id for p in telling.places if p.id and p.kind != "country")
            for party in telling.happening.parties:
                post.names.update(w for w in content_words(party.name) if rarity(w) >= 1)
    return [posts[key] for key in sorted(posts)]


def _post(telling: Telling) -> _Post:
    norm = sqrt(sum(rarity(w) ** 2 for w in telling.post_words))
    return _Post((telling.page, telling.post), _day(telling), telling.post_words, norm)


def threads(posts: Sequence[_Post], events: Iterable[Event]) -> list[list[_Post]]:
    """Posts about the same things: those that share an event or many rare words, then average link."""
    groups = linkage.Groups(len(posts))
    for together in _meetings(posts, events):
        for n, left in enumerate(together):
            for right in together[n + 1 :]:
                if groups.head(left) != groups.head(right) and likeness(posts[left], posts[right]) >= 0:
                    groups.join(left, right)
    return [thread for group in groups.all() for thread in _split([posts[n] for n in group])]


def _meetings(posts: Sequence[_Post], events: Iterable[Event]) -> Iterable[list[int]]:
    """Positions of posts that tell one event, or stand in one slot of the sketches."""
    at = {post.key: n for n, post in enumerate(posts)}
    meetings: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for event in events:
        for n in sorted({at[key] for key in {(t.page, t.post) for t in event.tellings} if key in at}):
            meetings[posts[n].day, event.id].append(n)
    for n, post in enumerate(posts):
        for slot in sketch(post.words):
            meetings[post.day, slot].append(n)
    yield from (meetings[key] for key in sorted(meetings))


def _split(group: list[_Post]) -> list[list[_Post]]:
    found = linkage.clusters(len(group), lambda a, b: likeness(group[a], group[b]))
    return [[group[n] for n in cluster] for cluster in found]


def likeness(a: _Post, b: _Post) -> float:
    """At least nought for two posts on one thing: cosines of words, events, names and places."""
    w = weights()["thread"]
    total = -w["least"]
    if a.norm and b.norm:
        total += sum(rarity(x) ** 2 for x in a.words & b.words) / (a.norm * b.norm)
    total += w["events"] * _overlap(a.events, b.events) + w["names"] * _overlap(a.names, b.names)
    total += w["places"] * _overlap(a.places, b.places)
    return total


def _overlap(a: set[str], b: set[str]) -> float:
    return len(a & b) / sqrt(len(a) * len(b)) if a and b else 0.0


def _inside(thread: Sequence[_Post], by_id: dict[str, Event]) -> dict[str, str]:
    """Event → the thread's main event, for those that are part of it."""
    told = Counter(event for post in thread for event in post.events)
    keys = {post.key for post in thread}
    own = [e for e in told if _at_home(by_id[e], keys)]
    if not own:
        return {}
    main = max(own, key=lambda e: (told[e] * (0.3 + _worth(by_id[e])), e))
    return {e: main for e in own if e != main and _belongs(by_id[e], by_id[main])}


def _at_home(event: Event, thread: set[Key]) -> bool:
    """Nearly all of its tellings stand in the thread, and not only as background."""
    here = sum((t.page, t.post) in thread for t in event.tellings)
    return here >= weights()["thread"]["home"] * len(event.tellings) and set(event.stances) != {"mentions"}


def _worth(event: Event) -> float:
    told = [t for t in event.tellings if not t.reports]
    worth = kind_weight(event.kind) + 0.25 * bool(event.figures) + 0.1 * _placed(event)
    worth += 0.15 * any(t.happening.parties for t in told) + 0.1 * min(2, event.independent_origins)
    worth *= 1.0 if told else 0.2
    worth *= 0.6 if family_of(event.kind) == "harm" else 1.0  # what did the harm comes first
    return worth * (0.5 if event.reality in ("planned", "threatened", "possible", "not_done") else 1.0)


def _belongs(event: Event, main: Event) -> bool:
    if not (_meet_in_time(event, main) and _meet_in_space(event, main)):
        return False
    if family_of(event.kind) in _DETAIL or family_of(event.kind) == family_of(main.kind):
        return True
    return kind_weight(event.kind) < weights()["thread"]["peer"]


def _meet_in_time(a: Event, b: Event) -> bool:
    if not (_dated(a) and _dated(b)):
        return True
    day = timedelta(days=1)
    return bool(a.earliest and b.latest and b.earliest and a.latest) and (
        a.earliest - day <= b.latest and b.earliest - day <= a.latest  # type: ignore[operator]
    )


def _dated(event: Event) -> bool:
    return any(t.dated for t in event.tellings)


def _meet_in_space(a: Event, b: Event) -> bool:
    """Neither lies elsewhere, as far as their own words say."""
    if not a.place or not b.place or not (_placed(a) and _placed(b)):
        return True
    if family_of(a.kind) == "other" and not a.figures:
        return True
    if a.place.country and b.place.country and a.place.country != b.place.country:
        return False
    if "country" in (a.place.kind, b.place.kind):
        return True
    gap = distance_km(a.place, b.place)
    return gap is None or gap <= max(30.0, (a.place.radius_km or 0) + (b.place.radius_km or 0))


def _placed(event: Event) -> bool:
    return any(t.placed for t in event.tellings)
