"""A record's path → the ASGI application that serves its pages."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from onrecord.errors import NotFoundError, OnRecordError, UsageError
from onrecord.server import asked, desk, pages, render
from onrecord.server.access import Access, Refused
from onrecord.server.board import Board
from onrecord.server.hub import Hub
from onrecord.server.live import Options, live, poll, tip, watch
from onrecord.server.pages import HTML, Page
from onrecord.server.replies import Body, Kept, body, reply, safe
from onrecord.server.state import State

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
LIVE = "/live"
"""Where the stream is."""
ADMITTED = "onrecord.admitted"
YEAR = "public, max-age=31536000, immutable"
KINDS = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "json": "application/json"}


@dataclass(frozen=True, slots=True)
class Setup:
    """How a record is served."""

    path: Path
    base: str = ""
    """The address that readers use, such as `https://live.example`, for feeds and permalinks; empty: as asked."""
    hosts: tuple[str, ...] = LOOPBACK
    live: Options = field(default_factory=Options)
    desk: bool = False
    """Whether somebody may decide, who has the link that `Access.link` gives."""


class Served:
    """The application: streams stand before everything else, so that a reader costs one coroutine and no frames."""

    def __init__(self, inner: Starlette, hosts: Sequence[str]) -> None:
        self.inner, self.state = inner, inner.state
        self._door = TrustedHostMiddleware(_admit, allowed_hosts=list(hosts), www_redirect=False)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or scope["path"] != LIVE:
            await self.inner(scope, receive, send)
            return
        if await self._admitted(scope, receive, send):
            state = self.state
            await live(state.board, state.hub, state.setup.live, scope, receive, send)

    async def _admitted(self, scope: Scope, receive: Receive, send: Send) -> bool:
        """Whether the reader came by a name of ours; who did not is answered. Nothing of this need be kept."""
        asked = dict(scope)
        await self._door(asked, receive, send)
        return ADMITTED in asked


async def _admit(scope: Scope, _receive: Receive, _send: Send) -> None:
    scope[ADMITTED] = True


def application(setup: Setup) -> Served:
    """The application. Raises `RecordError` where the record can't be opened."""
    board, kept, room = Board(setup.path), Kept(), desk.Room(setup.path)
    hub = Hub(board.mark())

    @asynccontextmanager
    async def life(_: Starlette) -> AsyncIterator[None]:
        async with hub.running(partial(watch, board, hub)):
            yield
        room.close()
        board.close()

    made = Starlette(
        routes=routes(),
        lifespan=life,
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=list(setup.hosts), www_redirect=False)],
        exception_handlers={OnRecordError: failed, Refused: refused, 404: missing, 405: missing, 500: broken},
    )
    made.state.board, made.state.kept, made.state.hub, made.state.setup = board, kept, hub, setup
    made.state.room = room
    made.state.access = Access(setup.base.startswith("https:")) if setup.desk else None
    return Served(made, setup.hosts)


def routes() -> Sequence[BaseRoute]:
    """Every address; `tests/server` holds that none is missing from the table of who may do what."""
    return [
        Route("/", partial(serve, make=pages.front), name="front"),
        Route("/stream", partial(serve, make=pages.stream), name="stream"),
        Route("/rundown", partial(serve, make=pages.rundown), name="rundown"),
        Route("/event/{id}", partial(serve, make=pages.event), name="event"),
        Route("/post/{anchor}", partial(serve, make=pages.post), name="post"),
        Route("/timeline", partial(serve, make=pages.timeline), name="timeline"),
        Route("/map", partial(serve, make=pages.world), name="map"),
        Route("/map.json", partial(serve, make=pages.spots), name="spots"),
        Route("/figures", partial(serve, make=pages.figures), name="figures"),
        Route("/figures.json", partial(serve, make=pages.points), name="points"),
        Route("/embed", partial(serve, make=pages.embed), name="embed"),
        *(Route(path, partial(serve, make=make), name=path[1:]) for path, make in pages.FEEDS.items()),
        *desk.routes(),
        Route("/tip.json", tip, name="tip"),
        Route("/poll/{generation:int}.{start:int}-{end:int}.json", poll, name="poll"),
        Route("/static/{name:path}", static, name="static"),
        Route("/robots.txt", robots, name="robots"),
        Route("/healthz", health, name="health"),
    ]


# -- serving -----------------------------------------------------------------------------------------------------------


async def serve(request: Request, make: Page) -> Response:
    """A page: kept while the record stays as it is, else made in a thread. The desk's pages are never kept."""
    app = request.app.state
    state = State.of(dict(request.query_params))
    session = app.access.session(request) if app.access and make in desk.SHOWN else None
    if session:
        return await desk.page(request, session, make, state)
    frame = asked.frame(request)
    key = f"{'part' if frame.part else 'page'} {frame.base} {state.url(frame.path)}"
    mark, framed = frame.mark, frame.path == "/embed"
    kept: Body | None = app.kept.peek(key)
    if kept and kept.mark == mark:
        return reply(request, kept, embed=framed)
    made: Body = await run_in_threadpool(app.kept.get, key, mark, partial(make, app.board, state, frame))
    return reply(request, made, embed=framed)


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
    """Whether it answers, which state of the record it shows, and how many readers hold a stream."""
    hub: Hub = request.app.state.hub
    return PlainTextResponse(f"ok {hub.mark} readers {hub.readers}\n", headers={**safe(), "Cache-Control": "no-store"})


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


async def refused(request: Request, error: Exception) -> Response:
    """Not for this reader, or not in this way."""
    assert isinstance(error, Refused)
    return problem(request, error.status_code, error.detail, error.mend)


async def missing(request: Request, error: Exception) -> Response:
    """No page of that address, or not that way of asking."""
    assert isinstance(error, HTTPException)
    found = problem(request, error.status_code, "There is nothing at this address", "go back to the first page")
    found.headers.update(error.headers or {})
    return found


async def broken(request: Request, _: Exception) -> Response:
    """A fault of ours: said without its details, which stand in the log."""
    return problem(
        request, 500, "Something went wrong here", "try again; if it stays so, tell the people who run this page"
    )
