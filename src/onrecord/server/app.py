"""A record's path → the ASGI application that serves its pages."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import orjson
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from onrecord.errors import NotFoundError, OnRecordError, UsageError
from onrecord.pages.live import feeds
from onrecord.server import render
from onrecord.server.board import Board
from onrecord.server.live import Hub, Live, Options, poll, tip
from onrecord.server.replies import HTML, Body, Kept, body, reply, safe
from onrecord.server.state import State

LOOPBACK = ("127.0.0.1", "localhost", "[::1]", "testserver")
YEAR = "public, max-age=31536000, immutable"
KINDS = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "json": "application/json"}
JSON = "application/json"

Make = Callable[[Board, State, Request], tuple[str, str]]
"""A page: (board, what is wanted, request) → (content, media type)."""


@dataclass(frozen=True, slots=True)
class Setup:
    """How a record is served."""

    path: Path
    base: str = ""
    """The address that readers use, such as `https://live.example`, for feeds and permalinks; empty: as asked."""
    hosts: tuple[str, ...] = LOOPBACK
    live: Options = field(default_factory=Options)


def application(setup: Setup) -> Starlette:
    """The application. Raises `RecordError` where the record can't be opened."""
    board, kept = Board(setup.path), Kept()
    hub = Hub(board, setup.live)

    @asynccontextmanager
    async def life(_: Starlette) -> AsyncIterator[None]:
        async with hub.running():
            yield
        board.close()

    made = Starlette(
        routes=routes(),
        lifespan=life,
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=list(setup.hosts), www_redirect=False)],
        exception_handlers={OnRecordError: failed, 404: missing, 405: missing, 500: broken},
    )
    made.state.board, made.state.kept, made.state.hub, made.state.setup = board, kept, hub, setup
    return made


def routes() -> Sequence[BaseRoute]:
    """Every address; `tests/server` holds that none is missing from the table of who may do what."""
    return [
        Route("/", partial(serve, make=front), name="front"),
        Route("/stream", partial(serve, make=stream), name="stream"),
        Route("/rundown", partial(serve, make=rundown), name="rundown"),
        Route("/event/{id}", partial(serve, make=event), name="event"),
        Route("/post/{anchor}", partial(serve, make=post), name="post"),
        Route("/timeline", partial(serve, make=timeline), name="timeline"),
        Route("/map", partial(serve, make=world), name="map"),
        Route("/map.json", partial(serve, make=spots), name="spots"),
        Route("/figures", partial(serve, make=figures), name="figures"),
        Route("/figures.json", partial(serve, make=points), name="points"),
        Route("/embed", partial(serve, make=embed), name="embed"),
        Route(
            "/feed.atom", partial(serve, make=partial(fed, write=feeds.atom, kind="application/atom+xml")), name="atom"
        ),
        Route("/feed.rss", partial(serve, make=partial(fed, write=feeds.rss, kind="application/rss+xml")), name="rss"),
        Route(
            "/feed.json",
            partial(serve, make=partial(fed, write=feeds.json_feed, kind="application/feed+json")),
            name="json",
        ),
        Route(
            "/news.xml", partial(serve, make=partial(fed, write=feeds.sitemap, kind="application/xml")), name="sitemap"
        ),
        Route(
            "/live.jsonld",
            partial(serve, make=partial(fed, write=feeds.live_blog, kind="application/ld+json")),
            name="jsonld",
        ),
        Route("/live", Live(), name="live"),
        Route("/tip.json", tip, name="tip"),
        Route("/poll/{generation:int}.{start:int}-{end:int}.json", poll, name="poll"),
        Route("/static/{name:path}", static, name="static"),
        Route("/robots.txt", robots, name="robots"),
        Route("/healthz", health, name="health"),
    ]


# -- serving -----------------------------------------------------------------------------------------------------------


async def serve(request: Request, make: Make) -> Response:
    """A page: kept while the record stays as it is, else made in a thread."""
    app = request.app.state
    state = State.of(dict(request.query_params))
    part = "part" if request.headers.get("hx-request") else "page"
    key = f"{part} {state.url(request.url.path)}"
    mark, framed = app.hub.mark, request.url.path == "/embed"
    kept: Body | None = app.kept.peek(key)
    if kept and kept.mark == mark:
        return reply(request, kept, embed=framed)
    made: Body = await run_in_threadpool(app.kept.get, key, mark, partial(make, app.board, state, request))
    return reply(request, made, embed=framed)


def whole(request: Request, template: str, title: str, state: State, board: Board, **values: object) -> tuple[str, str]:
    """A page with the frame around it, or without where a script asks for the part alone."""
    app = request.app.state
    settings = board.settings()
    shown = render.page(
        template, state=state, title=title, story=settings, zone=state.tz or settings.tz, mark=app.hub.mark,
        part=bool(request.headers.get("hx-request")), path=request.url.path, base=base(request),
        live=app.setup.live, **values,
    )  # fmt: skip
    return shown, HTML


def base(request: Request) -> str:
    """The address that links of feeds and permalinks start with."""
    given: str = request.app.state.setup.base
    return given.rstrip("/") or str(request.base_url).rstrip("/")


# -- pages -------------------------------------------------------------------------------------------------------------


def front(board: Board, state: State, request: Request) -> tuple[str, str]:
    """The page as it opens."""
    shown = board.front(state)
    data = feeds.Feed(shown.settings.title, base(request), shown.end, shown.stream.cards)
    ld = feeds.in_script(feeds.live_blog(data))
    return whole(request, "front.html.j2", shown.settings.title, state, board, front=shown, ld=ld)


def stream(board: Board, state: State, request: Request) -> tuple[str, str]:
    """More of the stream."""
    return whole(request, "stream.html.j2", "Posts", state, board, stream=board.stream(state))


def rundown(board: Board, state: State, request: Request) -> tuple[str, str]:
    """The rundown of a period."""
    return whole(request, "rundown.html.j2", "Rundown", state, board, front=board.front(state))


def event(board: Board, state: State, request: Request) -> tuple[str, str]:
    """An event with all its evidence."""
    shown = board.event(request.path_params["id"], state)
    return whole(request, "event.html.j2", shown.headline, state, board, event=shown)


def post(board: Board, state: State, request: Request) -> tuple[str, str]:
    """A post with its versions."""
    shown = board.post(request.path_params["anchor"], state)
    return whole(request, "post.html.j2", shown.card.title, state, board, shown=shown)


def timeline(board: Board, state: State, request: Request) -> tuple[str, str]:
    """What happened when, and how many posts there were."""
    bars, unit, ticks = board.timeline(state)
    return whole(request, "timeline.html.j2", "Timeline", state, board, bars=bars, unit=unit, ticks=ticks)


def world(board: Board, state: State, request: Request) -> tuple[str, str]:
    """Where things happened."""
    drawn, far, _ = board.places(state)
    return whole(request, "map.html.j2", "Map", state, board, map=drawn, far=far)


def spots(board: Board, state: State, _: Request) -> tuple[str, str]:
    """The map's places as data."""
    return orjson.dumps(board.places(state)[2]).decode(), JSON


def figures(board: Board, state: State, request: Request) -> tuple[str, str]:
    """Figures over time."""
    return whole(request, "figures.html.j2", "Figures", state, board, charts=board.figures(state))


def points(board: Board, state: State, _: Request) -> tuple[str, str]:
    """The figures' points as data."""
    found = [
        {"what": c.what, "event": c.event, "headline": c.headline, "points": [p.to_dict() for p in c.points]}
        for c in board.figures(state)
    ]
    return orjson.dumps(found).decode(), JSON


def embed(board: Board, state: State, request: Request) -> tuple[str, str]:
    """A small page for other sites' frames."""
    shown = board.front(state)
    text = render.page("embed.html.j2", front=shown, state=state, zone=shown.zone, base=base(request))
    return text, HTML


def fed(board: Board, state: State, request: Request, write: Callable[[feeds.Feed], str], kind: str) -> tuple[str, str]:
    """The newest posts in a format for programs."""
    return write(feed(board, state, base(request))), f"{kind}; charset=utf-8"


def feed(board: Board, state: State, address: str) -> feeds.Feed:
    """The newest posts that the state asks for."""
    shown = board.front(state)
    return feeds.Feed(shown.settings.title, address, shown.end, shown.stream.cards)


# -- files and small things --------------------------------------------------------------------------------------------


async def static(request: Request) -> Response:
    """A script, a style sheet or a shipped shape; kept for a year where the address has its version."""
    name = request.path_params["name"]
    content = render.static(name)
    if content is None:
        raise NotFoundError(f"there is no file {name[:80]}", "go back to the first page")
    found = body(content, KINDS.get(name.rpartition(".")[2], "text/plain; charset=utf-8"), "")
    return reply(request, found, cache=YEAR if request.query_params.get("v") else "public, max-age=300")


async def robots(_: Request) -> Response:
    """Other outlets' words are quoted here: search engines may list the front page, and nothing else."""
    text = "User-agent: *\nAllow: /$\nDisallow: /\n"
    return PlainTextResponse(text, headers=dict(safe()))


async def health(request: Request) -> Response:
    """Whether it answers, and which state of the record it shows."""
    return PlainTextResponse(f"ok {request.app.state.hub.mark}\n", headers={**safe(), "Cache-Control": "no-store"})


# -- what goes wrong ---------------------------------------------------------------------------------------------------


def problem(request: Request, status: int, why: str, mend: str) -> Response:
    """A page that says what went wrong and what to do."""
    text = render.page("problem.html.j2", status=status, why=why, mend=mend)
    return reply(request, body(text, HTML, ""), status=status, cache="no-store")


async def failed(request: Request, error: Exception) -> Response:
    """One of our own errors."""
    assert isinstance(error, OnRecordError)
    status = 404 if isinstance(error, NotFoundError) else 400 if isinstance(error, UsageError) else 503
    return problem(request, status, error.why, error.mend)


async def missing(request: Request, error: Exception) -> Response:
    """No page of that address, or not that way of asking."""
    status = getattr(error, "status_code", 404)
    return problem(request, status, "There is nothing at this address", "go back to the first page")


async def broken(request: Request, _: Exception) -> Response:
    """A fault of ours: said without its details, which stand in the log."""
    return problem(
        request, 500, "Something went wrong here", "try again; if it stays so, tell the people who run this page"
    )
