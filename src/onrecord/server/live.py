"""Commits of any process → readers: pushed as server-sent events, or fetched from addresses closed at both ends.

A frame is encoded once and every reader keeps its own place in the run of frames. A reader that falls behind the run,
or does not read, is let go, and goes on from its `Last-Event-ID`, which the record answers. Source: HTML Standard,
"Server-sent events".
"""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator, Coroutine, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from urllib.parse import parse_qs

import orjson
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from onrecord.errors import NotFoundError, RecordError, UsageError
from onrecord.model import RevisionView
from onrecord.server.board import Board
from onrecord.server.replies import safe
from onrecord.server.state import cursor
from onrecord.store.rows import stamp

KEPT = 512
"""Frames that readers can be behind."""
REPLAYED = 200
"""Posts that a reader who comes back is told of; after more the page is to be loaded anew."""
LOOK = 0.05
"""Seconds between two looks for commits of other processes."""
BEAT = 15.0
"""Seconds between signs of life, so that nothing on the way takes a quiet stream for a dead one."""
PATIENCE = 20.0
"""Seconds that a reader may take for what was sent."""
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


class Hub:
    """What is new in the record, for all readers."""

    def __init__(self, board: Board, options: Options) -> None:
        self.board, self.options = board, options
        self.mark = self._told = board.mark()
        """The state that all frames up to now have told; only the loop changes it, with the frame that tells it."""
        self.readers = 0
        self.closing = False
        self._frames: list[bytes] = []
        self._first = 0
        """The number of the first frame that is kept."""
        self._news = asyncio.Event()
        self._stop = threading.Event()

    @property
    def end(self) -> int:
        """The number of the frame that comes next."""
        return self._first + len(self._frames)

    def since(self, place: int) -> Sequence[bytes] | None:
        """The frames from that number on; None where they are no longer kept."""
        return None if place < self._first else self._frames[place - self._first :]

    async def news(self) -> None:
        """Wait for the next frame."""
        await self._news.wait()

    def say(self, frame: bytes, mark: str | None = None) -> None:
        """Give all readers a frame."""
        self.mark = mark or self.mark
        self._frames.append(frame)
        if len(self._frames) > KEPT:
            drop = len(self._frames) - KEPT // 2
            self._frames, self._first = self._frames[drop:], self._first + drop
        self._news.set()
        self._news = asyncio.Event()

    def close(self) -> None:
        """End every stream."""
        self.closing = True
        self._news.set()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Look for commits, and give signs of life, while readers are served."""
        loop = asyncio.get_running_loop()
        watcher = threading.Thread(target=self._watch, args=(loop,), name="onrecord-commits", daemon=True)
        watcher.start()
        beat = asyncio.create_task(self._beat())
        try:
            yield
        finally:
            self.close()
            beat.cancel()
            self._stop.set()
            await run_in_threadpool(watcher.join, 5.0)

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(BEAT)
            self.say(b": on record\n\n")

    def _watch(self, loop: asyncio.AbstractEventLoop) -> None:
        """In a thread of its own: a commit shows by SQLite's `data_version`, which costs no reading of tables."""
        known = None
        link = sqlite3.connect(f"{self.board.path.absolute().as_uri()}?mode=ro", uri=True)
        try:
            while not self._stop.wait(LOOK):
                with suppress(sqlite3.Error, RecordError):  # a busy record is looked at again in a moment
                    version = link.execute("PRAGMA data_version").fetchone()[0]
                    if version != known:
                        self._tell(loop)
                        known = version
        finally:
            link.close()

    def _tell(self, loop: asyncio.AbstractEventLoop) -> None:
        mark = self.board.mark()
        if mark == self._told:
            return
        frame = changed(self.board, self._told, mark)
        with suppress(RuntimeError):  # the loop ends with the server
            loop.call_soon_threadsafe(self.say, frame, mark)
        self._told = mark


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


async def live(hub: Hub, scope: Scope, receive: Receive, send: Send) -> None:
    """Serve one reader of the stream until it leaves: bare ASGI, one coroutine, and no buffer of its own."""
    given = wanted(scope) or hub.mark
    try:
        _parts(given)
    except UsageError as error:
        await Response(str(error), 400, safe())(scope, receive, send)
        return
    if not hub.options.push or hub.closing or hub.readers >= hub.options.most:
        await Response(status_code=204, headers=dict(safe()))(scope, receive, send)
        return
    place, mark = hub.end, hub.mark
    missed = await run_in_threadpool(changed, hub.board, given, mark) if given != mark else b""
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    hub.readers += 1
    try:
        await _follow(hub, place, b"retry: 3000\n\n" + missed, receive, send)
    finally:
        hub.readers -= 1


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


async def _follow(hub: Hub, place: int, chunk: bytes, receive: Receive, send: Send) -> None:
    """Send what is there, then each frame as it comes, until the reader is gone or too slow."""
    try:
        while not hub.closing:
            if chunk:
                async with asyncio.timeout(PATIENCE):
                    await send({"type": "http.response.body", "body": chunk, "more_body": True})
            if place == hub.end:
                await hub.news()
            frames = hub.since(place)
            if frames is None or left(receive):
                break
            chunk, place = b"".join(frames), hub.end
        await send({"type": "http.response.body", "body": b"", "more_body": False})
    except (TimeoutError, OSError):
        return


def left(receive: Receive) -> bool:
    """Whether the reader has gone: one step of `receive`, without a task that would wait for it all the time."""
    step = receive()
    assert isinstance(step, Coroutine)
    try:
        step.send(None)
    except StopIteration as told:
        return bool(told.value["type"] == "http.disconnect")
    finally:
        step.close()
    return False


async def tip(request: Request) -> Response:
    """The newest state of the record, and how readers are to ask; any cache may hold it for one interval."""
    hub: Hub = request.app.state.hub
    found = {"mark": hub.mark, "push": hub.options.push, "interval": hub.options.interval}
    cache = f"public, max-age={hub.options.interval}"
    return Response(orjson.dumps(found), 200, {**safe(), "Cache-Control": cache}, "application/json")


async def poll(request: Request) -> Response:
    """What came between two states of the record: closed at both ends, so any cache may hold it."""
    hub: Hub = request.app.state.hub
    generation, start, end = (request.path_params[name] for name in ("generation", "start", "end"))
    before, after = f"{generation}.{start}", f"{generation}.{end}"
    if _parts(hub.mark)[0] != generation or end > _parts(hub.mark)[1]:
        raise NotFoundError("the record has no such state", "load the page anew")
    found = await run_in_threadpool(news, hub.board, before, after)
    if found is None:
        raise NotFoundError("too much has come since", "load the page anew")
    headers = {**safe(), "Cache-Control": "public, max-age=86400"}
    return Response(orjson.dumps(found), 200, headers, "application/json")
