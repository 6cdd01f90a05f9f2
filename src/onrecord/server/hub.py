"""Frames → every reader's connection: each from its own place in the run of frames, and nobody waits for a slow one.

A frame is encoded once. Readers cost nothing while nothing is new: their own coroutine waits until they leave, and what
is new is sent by drivers. A driver sends to one reader after the other; when a send has to wait, that driver stays with
it and another goes on with the rest. A reader that falls behind what is kept, or takes nothing, is let go.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.types import Message, Send

KEPT = 512
"""Frames that readers can be behind."""
BATCH = 64
"""Sends between two looks at what else the loop has to do."""
BEAT = 15.0
"""Seconds between signs of life, so that nothing on the way takes a quiet stream for a dead one. Who has not taken what
was sent before one of them by the next is let go."""
LAST: Message = {"type": "http.response.body", "body": b"", "more_body": False}


@dataclass(slots=True, eq=False)
class Reader:
    """One open stream."""

    send: Send
    place: int
    """The number of the frame that it gets next."""
    first: bytes
    """What it gets before that; empty once it was sent."""
    task: asyncio.Task[object] | None
    """Its own, which waits until it leaves."""
    driver: asyncio.Task[None] | None = None
    """Who is at a send to it that has not ended."""


class Hub:
    """What is new, for all readers. For the event loop's thread alone, but for `close` and `say_soon`."""

    def __init__(self, mark: str) -> None:
        self.mark = mark
        """The state that all frames up to now have told."""
        self.closing = False
        self._readers: set[Reader] = set()
        self._slow: dict[Reader, int] = {}
        """Readers that were at a send at the last sign of life, with their places."""
        self._frames: list[bytes] = []
        self._first = 0
        """The number of the first frame that is kept."""
        self._messages: dict[int, Message] = {}
        """Place → what readers who are there get now."""
        self._due: list[Reader] = []
        self._going = False
        self._drivers: set[asyncio.Task[None]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None

    @property
    def readers(self) -> int:
        """How many there are."""
        return len(self._readers)

    @property
    def end(self) -> int:
        """The number of the frame that comes next."""
        return self._first + len(self._frames)

    # -- what is new ---------------------------------------------------------------------------------------------------

    def say(self, frame: bytes, mark: str | None = None) -> None:
        """Give all readers a frame."""
        self.mark = mark or self.mark
        self._frames.append(frame)
        self._messages.clear()
        if len(self._frames) > KEPT:
            drop = len(self._frames) - KEPT // 2
            self._frames, self._first = self._frames[drop:], self._first + drop
        self._tell_all()

    def say_soon(self, frame: bytes, mark: str) -> None:
        """The same from another thread."""
        self._from_elsewhere(lambda: self.say(frame, mark))

    def close(self) -> None:
        """End every stream. Also from another thread, or a signal's handler."""
        self.closing = True
        self._from_elsewhere(self._tell_all)

    def _from_elsewhere(self, what: Callable[[], None]) -> None:
        if self._loop and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(what)

    @asynccontextmanager
    async def running(self, watch: Callable[[threading.Event], None]) -> AsyncIterator[None]:
        """Watch in a thread of its own until its event is set, and give signs of life, while readers are served."""
        self._loop, stop = asyncio.get_running_loop(), threading.Event()
        watcher = threading.Thread(target=watch, args=(stop,), name="onrecord-commits", daemon=True)
        watcher.start()
        beat = asyncio.create_task(self._beats())
        try:
            yield
        finally:
            self.close()
            beat.cancel()
            stop.set()
            await run_in_threadpool(watcher.join, 5.0)

    async def _beats(self) -> None:
        while True:
            await asyncio.sleep(BEAT)
            self.beat()

    def beat(self) -> None:
        """Give a sign of life, and let go who has been at one send since the last."""
        for reader, place in self._slow.items():
            if reader.driver and reader.place == place:
                self._drop(reader)
        self._slow = {reader: reader.place for reader in self._readers if reader.driver}
        self.say(b": on record\n\n")

    # -- who hears of it -----------------------------------------------------------------------------------------------

    def join(self, reader: Reader) -> None:
        """From now on the reader is told."""
        self._readers.add(reader)
        self._due.append(reader)
        self._go_on()

    def leave(self, reader: Reader) -> bool:
        """The reader is told no more; false where it had left before."""
        if reader not in self._readers:
            return False
        self._readers.remove(reader)
        return True

    def _drop(self, reader: Reader) -> None:
        if self.leave(reader):
            for task in (reader.driver, reader.task):
                if task:
                    task.cancel()

    def _tell_all(self) -> None:
        self._due = list(self._readers)
        self._go_on()

    # -- sending -------------------------------------------------------------------------------------------------------

    def _go_on(self) -> None:
        if self._due and not self._going:
            self._going = True
            asyncio.get_running_loop().call_soon(self._start)

    def _start(self) -> None:
        """Start a driver, and look again when it has ended, or waits."""
        if not self._due:
            self._going = False
            return
        loop = asyncio.get_running_loop()
        driver = loop.create_task(self._drive())
        self._drivers.add(driver)
        driver.add_done_callback(self._drivers.discard)
        loop.call_soon(self._start)

    async def _drive(self) -> None:
        """Send to a batch of those who are due."""
        me = asyncio.current_task()
        for _ in range(BATCH):
            if not self._due:
                return
            reader = self._due.pop()
            if reader.driver is None and (message := self._next(reader)):
                reader.driver = me
                try:
                    await reader.send(message)
                except OSError:  # it has gone
                    self.leave(reader)
                finally:
                    reader.driver = None
                if reader.place != self.end or self.closing:  # more came while it was slow
                    self._due.append(reader)
        self._go_on()

    def _next(self, reader: Reader) -> Message | None:
        """What the reader is to get now; None where it has all, or has left."""
        if reader not in self._readers:
            return None
        place, reader.place = reader.place, self.end
        if self.closing or place < self._first:
            self.leave(reader)
            return LAST
        if reader.first:
            body, reader.first = b"".join((reader.first, *self._frames[place - self._first :])), b""
            return {"type": "http.response.body", "body": body, "more_body": True}
        found = self._messages.get(place)
        if found is None and place < self.end:
            body = b"".join(self._frames[place - self._first :])
            found = self._messages[place] = {"type": "http.response.body", "body": body, "more_body": True}
        return found
