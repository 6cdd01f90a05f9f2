"""A board and what a reader wants → each page's content, the same for the server and for a published site."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

import orjson

from onrecord.pages.live import feeds
from onrecord.server import desk_view, render
from onrecord.server.board import Board
from onrecord.server.live import Options
from onrecord.server.state import State

HTML = "text/html; charset=utf-8"
JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody at the desk, as the page that is made for them needs it."""

    name: str
    """Who decides; empty until they say."""
    token: str
    """Makes a form theirs."""
    once: str
    """Of this page alone, so that a form that is sent twice is known."""
    back: str
    """Where a decision leads back to."""
    acts: bool
    """False without a name, and on pages of the past: nothing is decided there."""
    told: tuple[str, str] | None = None
    """(id, what it says) of the decision that was just taken."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What a page needs to know beside its content."""

    path: str
    base: str = ""
    """What permalinks and feeds start with, without a slash at its end."""
    mark: str = "0.0"
    """The state of the record."""
    part: bool = False
    """True where a script asks for the content alone."""
    still: bool = False
    """True for a published site: files, which nothing can be asked."""
    live: Options = field(default_factory=Options)
    name: str = ""
    """The event or post that is wanted."""
    desk: Seat | None = None
    """Who may decide; None for readers."""


Page = Callable[[Board, State, Frame], tuple[str, str]]
"""(board, what is wanted, frame) → (content, media type)."""


def whole(frame: Frame, template: str, title: str, state: State, board: Board, **values: object) -> tuple[str, str]:
    """A page with the frame around it, or without where a script asks for the part alone."""
    settings = board.settings()
    shown = render.page(
        template, state=state, title=title, story=settings, zone=state.tz or settings.tz, frame=frame, **values
    )
    return shown, HTML


def front(board: Board, state: State, frame: Frame) -> tuple[str, str]:
    """The page as it opens."""
    shown = board.front(state)
    data = feeds.Feed(shown.settings.title, frame.base, shown.end, shown.stream.cards)
    ld = feeds.in_script(feeds.live_blog(data))
    return whole(frame, "front.html.j2", shown.settings.title, state, board, front=shown, ld=ld)


def stream(board: Board, state: State, frame: Frame) -> tuple[str, str]:
    """More of the stream."""
    return whole(frame, "stream.html.j2", "Posts", state, board, stream=board.stream(state))


def rundown(board: Board, state: State, frame: Frame) -> tuple[str, str]:
    """The rundown of a period."""
    return whole(frame, "rundown.html.j2", "Rundown", state, board, front=board.front(state))


def event(board: Board, state: State, frame: Frame) -> tuple[str, str]:
    """An event with all its evidence."""
    shown = board.event(frame.name, state)
    upon = desk_view.upon_event(board, shown.id) if frame.desk and frame.desk.acts else None
    return whole(frame, "event.html.j2", shown.headline, state, board, event=shown, upon=upon)


def post(board: Board, state: State, frame: Frame) -> tuple[str, str]:
    """A post with its versions."""
    shown = board.post(frame.name, state)
    upon = desk_view.upon_post(board, shown.card.anchor) if frame.desk and frame.desk.acts else None
    return whole(frame, "post.html.j2", shown.card.title, state, board, shown=shown, upon=upon)


def timeline(board: Board, state: State, frame: Frame) -> tuple[str, str]:
    """What happened when, and how many posts there were."""
    bars, unit, ticks = board.timeline(state)
    return whole(frame, "timeline.html.j2", "Timeline", state, board, bars=bars, unit=unit, ticks=ticks)


def world(board: Board, state: State, frame: Frame) -> tuple[str, str]:
    """Where things happened."""
    drawn, far, _ = board.places(state)
    return whole(frame, "map.html.j2", "Map", state, board, map=drawn, far=far)


def spots(board: Board, state: State, _: Frame) -> tuple[str, str]:
    """The map's places as data."""
    return orjson.dumps(board.places(state)[2]).decode(), JSON


def figures(board: Board, state: State, frame: Frame) -> tuple[str, str]:
    """Figures over time."""
    return whole(frame, "figures.html.j2", "Figures", state, board, charts=board.figures(state))


def points(board: Board, state: State, _: Frame) -> tuple[str, str]:
    """The figures' points as data."""
    found = [
        {"what": c.what, "event": c.event, "headline": c.headline, "points": [p.to_dict() for p in c.points]}
        for c in board.figures(state)
    ]
    return orjson.dumps(found).decode(), JSON


def embed(board: Board, state: State, frame: Frame) -> tuple[str, str]:
    """A small page for other sites' frames."""
    shown = board.front(state)
    text = render.page("embed.html.j2", front=shown, state=state, zone=shown.zone, base=frame.base)
    return text, HTML


def fed(board: Board, state: State, frame: Frame, write: Callable[[feeds.Feed], str], kind: str) -> tuple[str, str]:
    """The newest posts in a format for programs."""
    return write(feed(board, state, frame.base)), f"{kind}; charset=utf-8"


def feed(board: Board, state: State, address: str) -> feeds.Feed:
    """The newest posts that the state asks for."""
    shown = board.front(state)
    return feeds.Feed(shown.settings.title, address, shown.end, shown.stream.cards)


FEEDS: dict[str, Page] = {
    "/feed.atom": partial(fed, write=feeds.atom, kind="application/atom+xml"),
    "/feed.rss": partial(fed, write=feeds.rss, kind="application/rss+xml"),
    "/feed.json": partial(fed, write=feeds.json_feed, kind="application/feed+json"),
    "/news.xml": partial(fed, write=feeds.sitemap, kind="application/xml"),
    "/live.jsonld": partial(fed, write=feeds.live_blog, kind="application/ld+json"),
}
"""Address → the newest posts in a format for programs."""
