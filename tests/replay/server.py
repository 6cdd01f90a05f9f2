"""A small web server on this machine that answers as a test says, and remembers what it was asked."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import sleep
from types import TracebackType
from typing import Self


@dataclass(frozen=True)
class Reply:
    """What the server sends."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    hang: float = 0
    """Seconds without a byte before the answer."""
    sent: int | None = None
    """So many bytes of the body are sent, and then the connection is closed."""


Answer = Callable[[str, Mapping[str, str]], Reply]
"""(path, headers of the request) → the reply."""


class Server:
    """Serves on 127.0.0.1 while the context lasts; without a robots.txt unless the test answers for it."""

    def __init__(self, answer: Answer, robots: Reply = Reply(status=404)) -> None:
        self.asked: list[tuple[str, dict[str, str]]] = []
        self._answer, self._robots = answer, robots
        self._lock = threading.Lock()
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._http.daemon_threads = True
        self._http.block_on_close = False
        self.url = f"http://127.0.0.1:{self._http.server_address[1]}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._http.shutdown()
        self._http.server_close()

    def paths(self) -> list[str]:
        """The pages that were asked for, in order, without robots.txt."""
        return [path for path, _ in self.asked if path != "/robots.txt"]

    def _reply(self, path: str, headers: Mapping[str, str]) -> Reply:
        with self._lock:
            self.asked.append((path, dict(headers)))
            return self._robots if path == "/robots.txt" else self._answer(path, headers)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                reply = outer._reply(self.path, {name.lower(): value for name, value in self.headers.items()})
                sleep(reply.hang)
                try:
                    self._send(reply)
                except OSError:  # the other side has gone
                    self.close_connection = True

            def _send(self, reply: Reply) -> None:
                self.send_response(reply.status)
                given = {"Content-Length": str(len(reply.body)), "Content-Type": "text/html", **reply.headers}
                for name, value in given.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(reply.body[: reply.sent])
                self.close_connection = True

            def log_message(self, *_: object) -> None:
                pass

        return Handler
