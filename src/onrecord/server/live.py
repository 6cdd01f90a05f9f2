"""Commits of any process → readers: pushed as server-sent events, or fetched from addresses closed at both ends.

A reader that comes back says what it saw last, by its `Last-Event-ID`, and the record answers what came since. Source:
HTML Standard, "Server-sent events".
"""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from threading import Event
from urllib.parse import parse_qs

import orjson
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from onrecord.errors import NotFoundError, RecordError, UsageError
from onrecord.model import RevisionView
from onrecord.server.board import Board
from onrecord.server.hub import Hub, Reader
from onrecord.server.replies import safe
from onrecord.server.state import cursor
from onrecord.store.rows import stamp

REPLAYED = 200
"""Posts that a reader who comes back is told of; after more the page is to be loaded anew."""
LOOK = 0.02
"""Seconds between two looks for commits of other processes."""
RETRY = b"retry: 3000\n\n"
"""Milliseconds until a reader whose stream broke asks again."""
RELOAD = b"event: reload\ndata: {}\n\n"


@dataclass(frozen=True, slots=True)
class Options:
    """How readers are told of what is new."""

    push: bool = True
    """False: by polling alone."""
    interval: int = 10
    """Seconds between two polls."""
    most: int = 20_000
    """Streams at one time; who comes later polls."""


def watch(board: Board, hub: Hub, stop: Event) -> None:
    """Tell the hub of each commit until the event is set; for a thread of its own.

    A commit shows by SQLite's `data_version`, which costs no reading of tables.
    """
    told, known = hub.mark, None
    link = sqlite3.connect(f"{board.path.absolute().as_uri()}?mode=ro", uri=True)
    try:
        while not stop.wait(LOOK):
            with suppress(sqlite3.Error, RecordError):  # a busy record is looked at again in a moment
                version = link.execute("PRAGMA data_version").fetchone()[0]
                if version == known:
                    continue
                if (mark := board.mark()) != told:
                    hub.say_soon(changed(board, told, mark), mark)
                    told = mark
                known = version
    finally:
        link.close()


def changed(board: Board, before: str, after: str) -> bytes:
    """The frame that says what came between two states of the record."""
    found = news(board, before, after)
    if found is None:
        return b"id: " + after.encode() + b"\n" + RELOAD
    return b"id: " + after.encode() + b"\nevent: change\ndata: " + orjson.dumps(found) + b"\n\n"


def news(board: Board, before: str, after: str) -> dict[str, object] | None:
    """What came between two states, for scripts; None where the page is to be loaded anew."""
    (old, start), (now, end) = _parts(before), _parts(after)
    if old != now or start > end:
        return None
    with board.story() as story:
        found = story.newer(start, REPLAYED + 1)
    if len(found) > REPLAYED:
        return None
    return {"mark": after, "posts": [_post(view) for tick, view in found if tick <= end]}


def _post(view: RevisionView) -> dict[str, object]:
    place = cursor((stamp(view.placed), view.page, view.post.id))
    return {"id": view.anchor, "version": view.number, "removed": view.removed, "place": place}


def _parts(mark: str) -> tuple[int, int]:
    """(generation, tick). Raises `UsageError`."""
    left, _, right = mark.partition(".")
    if not (left.isascii() and left.isdigit() and right.isascii() and right.isdigit() and len(mark) < 40):
        raise UsageError("that is no state of the record", "load the page anew")
    return int(left), int(right)


async def live(board: Board, hub: Hub, options: Options, scope: Scope, receive: Receive, send: Send) -> None:
    """Serve one reader of the stream until it leaves: bare ASGI, one coroutine, and no buffer of its own."""
    refused = _refused(hub, options, scope)
    if refused:
        await refused(scope, receive, send)
        return
    place, mark, given = hub.end, hub.mark, wanted(scope)
    missed = await run_in_threadpool(changed, board, given, mark) if given and given != mark else b""
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    if isinstance(scope["headers"], list):
        scope["headers"].clear()  # a browser's take some kilobytes, and nobody needs them any more
    reader = Reader(send, place, RETRY + missed, asyncio.current_task())
    hub.join(reader)
    try:
        while (await receive())["type"] != "http.disconnect":
            pass
    except asyncio.CancelledError:
        if hub.leave(reader) and not hub.closing:
            raise
        # else the hub has let it go, as it took nothing of what was sent, or the server ends and waits no longer
    finally:
        hub.leave(reader)


def _refused(hub: Hub, options: Options, scope: Scope) -> Response | None:
    """The answer to who gets no stream."""
    if scope["method"] != "GET":
        return Response(status_code=405, headers={**safe(), "Allow": "GET"})
    try:
        _parts(wanted(scope) or hub.mark)
    except UsageError as error:
        return Response(str(error), 400, safe())
    if not options.push or hub.closing or hub.readers >= options.most:
        return Response(status_code=204, headers=dict(safe()))
    return None


def wanted(scope: Scope) -> str:
    """The state that a reader has seen: of its last event, else of the page that it loaded; empty without either."""
    last = next((value.decode("latin-1") for name, value in scope["headers"] if name == b"last-event-id"), "")
    given = parse_qs(scope["query_string"].decode("latin-1"), max_num_fields=10).get("after", [""])
    return last or given[0]


HEADERS = [
    (name.lower().encode(), value.encode())
    for name, value in {
        **safe(), "Content-Type": "text/event-stream; charset=utf-8", "Cache-Control": "no-store",
        "X-Accel-Buffering": "no",
    }.items()
]  # fmt: skip


async def tip(request: Request) -> Response:
    """The newest state of the record, and how readers are to ask; any cache may hold it for one interval."""
    hub: Hub = request.app.state.hub
    options: Options = request.app.state.setup.live
    found = {"mark": hub.mark, "push": options.push, "interval": options.interval}
    cache = f"public, max-age={options.interval}"
    return Response(orjson.dumps(found), 200, {**safe(), "Cache-Control": cache}, "application/json")


async def poll(request: Request) -> Response:
    """What came between two states of the record: closed at both ends, so any cache may hold it."""
    hub: Hub = request.app.state.hub
    generation, start, end = (request.path_params[name] for name in ("generation", "start", "end"))
    before, after = f"{generation}.{start}", f"{generation}.{end}"
    if _parts(hub.mark)[0] != generation or end > _parts(hub.mark)[1]:
        raise NotFoundError("the record has no such state", "load the page anew")
    found = await run_in_threadpool(news, request.app.state.board, before, after)
    if found is None:
        raise NotFoundError("too much has come since", "load the page anew")
    headers = {**safe(), "Cache-Control": "public, max-age=86400"}
    return Response(orjson.dumps(found), 200, headers, "application/json")
