"""A record and what a reader wants to see → what the templates show.

A board holds a few open stories, because one story is for one thread. What most readers see is made once for each state
of the record and kept; everything else is made when it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from queue import LifoQueue

from markupsafe import Markup

from onrecord.model import Event, RevisionView, Settings
from onrecord.pages import html as pages
from onrecord.pages import marks, veil
from onrecord.pages.live import cards, charts, evidence
from onrecord.pages.live.cards import Card
from onrecord.pages.map import Spot, story_map
from onrecord.pages.rights import Allowed
from onrecord.pages.rundown import Line
from onrecord.server.state import FACETS, State, cursor, period, zone_of
from onrecord.store import facets
from onrecord.store.facets import Facet, Slice
from onrecord.store.rows import stamp
from onrecord.story import Story, View

STORIES = 3
POSTS = 20
"""Posts of a slice."""
LINES = 15
KEYS = 12
PINNED = 3
HIDDEN: frozenset[Facet] = frozenset({"key", "pinned"})
"""Facets that stand as lists of their own."""


@dataclass(frozen=True, slots=True)
class Stream:
    """A slice of the stream, and the URL of the next."""

    cards: Sequence[Card]
    more: str
    """Empty at the end."""
    found: int | None = None
    """How many posts a search found; None without one."""


@dataclass(frozen=True, slots=True)
class Filter:
    """A facet with its values and how many posts have each."""

    name: Facet
    value: str
    values: Sequence[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Front:
    """The page as it opens."""

    state: State
    settings: Settings
    zone: str
    posts: int
    mark: str
    """The state of the record: what readers' streams go on from."""
    end: datetime
    newest: str
    """The place in the stream of the newest post."""
    span: str
    lines: Sequence[pages.Entry]
    pinned: Sequence[Card]
    keys: Sequence[Card]
    stream: Stream
    filters: Sequence[Filter]


@dataclass(frozen=True, slots=True)
class PostPage:
    """A post with its versions and the events that it tells."""

    card: Card
    versions: Sequence[tuple[int, datetime, Markup]]
    """(number, when it was seen, its text or what changed)."""
    events: Sequence[Event]


class Board:
    """What readers can see of a record."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._stories: LifoQueue[Story] = LifoQueue()
        for _ in range(STORIES):
            self._stories.put(Story.open(path))

    def close(self) -> None:
        """Let go of the record."""
        while not self._stories.empty():
            self._stories.get().close()

    @contextmanager
    def story(self) -> Iterator[Story]:
        """A story for this thread for a while."""
        story = self._stories.get()
        try:
            yield story
        finally:
            self._stories.put(story)

    def mark(self) -> str:
        """Changes when what readers see does."""
        with self.story() as story:
            return "{}.{}".format(*story.mark())

    def settings(self) -> Settings:
        """What the story's people set."""
        with self.story() as story:
            return story.settings

    # -- pages ---------------------------------------------------------------------------------------------------------

    def front(self, state: State) -> Front:
        """The page as it opens, or filtered."""
        with self.story() as story:
            view, zone = state.view, zone_of(state, story.settings.tz)
            mark = "{}.{}".format(*story.mark())
            allowed = story.allowed()
            end = self._end(story, view)
            start, stop = period(state, end)
            lines, known = story.look.rundown(start, stop, LINES, view, tz=zone)
            lines = self._veiled(story, lines, known, view, allowed)
            newest = story.stream(Slice({}, most=1), view)
            return Front(
                state, story.settings, zone.key, story.look.size(view), mark,
                end, cursor(_spot(newest[0])) if newest else "", pages.period_words(start, end, zone),
                [pages.entry(line, known[line.event], zone) for line in lines],
                self._pinned(story, view, allowed), self._keys(story, view, allowed),
                self._stream(story, state, allowed), self._filters(story, state),
            )  # fmt: skip

    def stream(self, state: State) -> Stream:
        """A slice of the stream alone."""
        with self.story() as story:
            return self._stream(story, state, story.allowed())

    def event(self, name: str, state: State) -> evidence.Page:
        """An event with all its evidence. Raises `NotFoundError`."""
        with self.story() as story:
            zone, view = zone_of(state, story.settings.tz), state.view
            event = story.event(name, view)
            posts = self._posts_of(story, event, view)
            versions = story.look.history(posts, view.as_of)
            around, allowed = story.look.around(event, view), story.allowed()
            told = [event, *around]
            hidden = veil.linked(veil.keys(told), partial(story.look.posts, view=view), allowed)
            event, *around = [veil.event(one, hidden) for one in told]
            return evidence.page(event, posts, versions, allowed, zone, around)

    def post(self, anchor: str, state: State) -> PostPage:
        """A post with its versions. Raises `NotFoundError`."""
        with self.story() as story:
            view = story.post(anchor, state.view)
            allowed = story.allowed()
            key = (view.page, view.post.id)
            known = [v for v in story.look.history([key]).get(key, ()) if v.first_seen <= view.first_seen]
            events = story.look.told_by(view, state.view)
            hidden = veil.linked(veil.keys(events), partial(story.look.posts, view=state.view), allowed)
            told = {evidence.plain(e.headline): e for e in (veil.event(e, hidden) for e in events)}
            return PostPage(cards.card(view, allowed), list(_versions(known, allowed)), list(told.values()))

    def places(self, state: State) -> tuple[Markup | None, Sequence[str], Sequence[dict[str, object]]]:
        """(the map as SVG, places outside it, spots as data)."""
        with self.story() as story:
            start, _ = period(state, self._end(story, state.view))
            allowed = story.allowed()
            events = [veil.placed(event, allowed) for event in story.look.placed(start, state.view)]
            told = pages.places_told(events, {event.id for event in events})
            spots = [pages.led(spot, "/event/") for spot in told]
            drawn, far = story_map(spots)
            return drawn, [s.name for s in far], [_spot_data(s) for s in spots]

    def figures(self, state: State) -> list[charts.Chart]:
        """The figures that changed over time."""
        with self.story() as story:
            events, allowed = story.events(state.view), story.allowed()
            hidden = veil.linked(veil.keys(events), partial(story.look.posts, view=state.view), allowed)
            return charts.charts([veil.event(e, hidden) for e in events], zone_of(state, story.settings.tz))

    def timeline(self, state: State) -> tuple[Markup | None, str, Sequence[pages.Tick]]:
        """(bars of posts over time, what a bar stands for, events by the time of what they tell)."""
        with self.story() as story:
            zone = zone_of(state, story.settings.tz)
            end = self._end(story, state.view)
            lines, known = story.look.rundown(*period(state, end), 400, state.view, tz=zone, explained=False)
            lines = self._veiled(story, lines, known, state.view, story.allowed())
            bars, unit = pages.bars(story.look.times(state.view), zone)
            return bars, unit, pages.ticks_of(lines, known.values(), zone)

    # -- parts ---------------------------------------------------------------------------------------------------------

    def _end(self, story: Story, view: View) -> datetime:
        """The moment that the page shows: the one asked for, else the newest post's."""
        if view.as_of:
            return view.as_of
        newest = story.stream(Slice({}, most=1), view)
        return newest[0].public_time if newest else datetime.now(UTC)

    def _veiled(
        self, story: Story, lines: Sequence[Line], known: Mapping[str, Event], view: View, allowed: Allowed
    ) -> list[Line]:
        """The lines without the words of sources that may only be linked."""
        events = [known[line.event] for line in lines]
        hidden = veil.linked(veil.keys(events, lines), partial(story.look.posts, view=view), allowed)
        return [veil.line(line, event, hidden) for line, event in zip(lines, events, strict=True)]

    def _stream(self, story: Story, state: State, allowed: Allowed) -> Stream:
        if state.query:
            return self._found(story, state, allowed)
        shown = story.stream(state.slice(POSTS + 1), state.view)
        more = state.but(after=_spot(shown[POSTS - 1])).url("/stream") if len(shown) > POSTS else ""
        return Stream([cards.card(v, allowed) for v in shown[:POSTS]], more)

    def _found(self, story: Story, state: State, allowed: Allowed) -> Stream:
        """What a search finds, newest first, with the words marked."""
        wanted = set(state.wanted)
        hits = [v for v in story.search(state.query, state.view) if wanted <= facets.of(v)]
        hits = hits[::-1] if state.oldest else hits
        at = next((n + 1 for n, v in enumerate(hits) if state.after and _spot(v) == state.after), 0)
        shown, words = hits[at : at + POSTS], state.query.replace('"', " ").replace("*", " ").split()
        more = state.but(after=_spot(shown[-1])).url("/stream") if len(hits) > at + POSTS else ""
        return Stream([cards.card(v, allowed, find=words) for v in shown], more, len(hits))

    def _keys(self, story: Story, view: View, allowed: Allowed) -> list[Card]:
        return [cards.card(v, allowed) for v in story.stream(Slice({"key": "yes"}, most=KEYS), view)]

    def _pinned(self, story: Story, view: View, allowed: Allowed) -> list[Card]:
        pinned = story.stream(Slice({"pinned": "yes"}, most=PINNED), view)
        return [cards.card(v, allowed, pinned=True) for v in pinned]

    def _filters(self, story: Story, state: State) -> list[Filter]:
        chosen = dict(state.wanted)
        return [Filter(name, chosen.get(name, ""), story.facets(name)) for name in FACETS if name not in HIDDEN]

    def _posts_of(self, story: Story, event: Event, view: View) -> dict[tuple[str, str], RevisionView]:
        keys = dict.fromkeys((t.page, t.post) for t in event.tellings)
        return story.look.posts(keys, view)


def _spot(view: RevisionView) -> tuple[str, str, str]:
    return stamp(view.placed), view.page, view.post.id


def _versions(known: Sequence[RevisionView], allowed: Allowed) -> Iterator[tuple[int, datetime, Markup]]:
    for n, view in enumerate(known):
        if allowed.rights(view.outlet, view.where) == "link":
            continue
        if n == 0:
            yield view.number, view.first_seen, Markup("As first seen.")
        elif view.removed:
            yield view.number, view.first_seen, Markup("Removed by the outlet.")
        else:
            yield view.number, view.first_seen, marks.difference(known[n - 1].post.text, view.post.text)


def _spot_data(spot: Spot) -> dict[str, object]:
    return {
        "name": spot.name, "lat": spot.lat, "lon": spot.lon, "weight": spot.weight, "href": spot.href,
        "title": spot.title, "radius_km": spot.radius_km,
    }  # fmt: skip
