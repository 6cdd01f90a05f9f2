"""The hub: nobody waits for a slow reader, what a reader missed comes in order, and who takes nothing is let go."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from starlette.types import Message

from onrecord.server import hub as hubs
from onrecord.server.hub import Hub, Reader
from onrecord.server.live import Options, live


class Line:
    """A reader's connection that can be stopped; notes what was sent."""

    def __init__(self) -> None:
        self.got: list[bytes] = []
        self.ended = False
        self.open = asyncio.Event()
        self.open.set()

    async def send(self, message: Message) -> None:
        await self.open.wait()
        if message["type"] == "http.response.body":
            self.got.append(message["body"])
            self.ended = not message["more_body"]


def joined(hub: Hub, line: Line) -> Reader:
    made = Reader(line.send, hub.end, b"hello;", None)
    hub.join(made)
    return made


def heard(lines: Sequence[Line], frame: bytes) -> bool:
    return all(line.got[-1].endswith(frame) for line in lines)


async def until(true: Callable[[], object]) -> None:
    """Let the loop go on until it is so; not by the clock."""
    for _ in range(10_000):
        if true():
            return
        await asyncio.sleep(0)
    raise AssertionError("it does not come")


def run(test: Coroutine[Any, Any, None]) -> None:
    """In a thread of its own: a browser's tests leave a loop running in this one."""
    with ThreadPoolExecutor(1) as threads:
        threads.submit(asyncio.run, test).result()


def test_each_frame_reaches_all_but_the_slow_and_these_get_what_they_missed() -> None:
    async def story() -> None:
        hub, lines = Hub("1.0"), [Line() for _ in range(3 * hubs.BATCH)]
        for line in lines:
            joined(hub, line)
        await until(lambda: all(line.got for line in lines))
        slow, others = lines[:40], lines[40:]
        for line in slow:
            line.open.clear()
        for frame in (b"a", b"b", b"c"):
            hub.say(frame)
            await until(partial(heard, others, frame))
        assert all(line.got == [b"hello;"] for line in slow)
        for line in slow:
            line.open.set()
        await until(lambda: all(b"".join(line.got) == b"hello;abc" for line in lines))
        assert hub.readers == len(lines)

    run(story())


def test_who_takes_nothing_from_one_sign_of_life_to_the_next_is_let_go() -> None:
    async def story() -> None:
        hub, dead, slow, good = Hub("1.0"), Line(), Line(), Line()
        readers = [joined(hub, line) for line in (dead, slow, good)]
        await until(lambda: all(line.got for line in (dead, slow, good)))
        readers[0].task = asyncio.create_task(asyncio.Event().wait(), name="waits")
        dead.open.clear()
        slow.open.clear()
        hub.say(b"a")
        await until(lambda: good.got[-1] == b"a" and readers[0].driver and readers[1].driver)
        hub.beat()
        assert hub.readers == 3
        slow.open.set()
        await until(lambda: b"a" in slow.got)
        slow.open.clear()
        hub.say(b"b")  # the slow one is slow again, but not at the same frame
        await until(lambda: readers[1].driver)
        hub.beat()
        assert hub.readers == 2
        await until(lambda: readers[0].task and readers[0].task.cancelled() and not readers[0].driver)
        slow.open.set()
        await until(lambda: b"b" in b"".join(slow.got))

    run(story())


def test_who_falls_behind_what_is_kept_comes_back_by_another_stream() -> None:
    async def story() -> None:
        hub, slow = Hub("1.0"), Line()
        slow.open.clear()
        reader = joined(hub, slow)
        await until(lambda: reader.driver)
        for _ in range(hubs.KEPT + 1):
            hub.say(b"x")
        assert len(hub._frames) <= hubs.KEPT
        slow.open.set()
        await until(lambda: slow.ended)
        assert slow.got == [b"hello;", b""]
        assert hub.readers == 0

    run(story())


def test_at_the_end_every_stream_ends_the_slow_ones_too() -> None:
    async def story() -> None:
        hub, lines = Hub("1.0"), [Line() for _ in range(hubs.BATCH + 2)]
        async with hub.running(lambda stop: None):
            for line in lines:
                joined(hub, line)
            await until(lambda: all(line.got for line in lines))
            lines[0].open.clear()
            hub.say(b"a")
            await until(lambda: all(line.got[-1] == b"a" for line in lines[1:]))
            hub.close()
            await until(lambda: all(line.ended for line in lines[1:]))
            lines[0].open.set()
            await until(lambda: lines[0].ended)
        assert hub.readers == 0

    run(story())


def test_a_reader_that_leaves_is_counted_no_more_at_once() -> None:
    async def story() -> None:
        hub, line, gone = Hub("1.0"), Line(), asyncio.Event()

        async def receive() -> Message:
            await gone.wait()
            return {"type": "http.disconnect"}

        scope = {"type": "http", "method": "GET", "headers": [], "query_string": b""}
        task = asyncio.create_task(live(None, hub, Options(), scope, receive, line.send))  # type: ignore[arg-type]
        await until(lambda: line.got)
        assert hub.readers == 1
        gone.set()
        await until(task.done)
        assert hub.readers == 0
        hub.say(b"a")
        await until(lambda: not hub._going)
        assert b"a" not in line.got

    run(story())
