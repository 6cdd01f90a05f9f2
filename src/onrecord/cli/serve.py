"""`onrecord serve`: the live page over HTTP."""

from __future__ import annotations

import socket as socket_module
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from ipaddress import ip_address
from pathlib import Path
from socket import socket
from types import FrameType
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from onrecord.cli import options
from onrecord.errors import OnRecordError, SetupError, UsageError

if TYPE_CHECKING:
    from onrecord.server.access import Access
    from onrecord.server.hub import Hub

GRACE = 3
"""Seconds that open answers may take when the server ends."""


DEAD = 30
"""Seconds for which a reader's system may leave unanswered what was sent, until the connection is closed."""


@click.command(
    epilog="""\b
Examples:
  onrecord serve war.db
  onrecord serve war.db --port 9000 --watch
  onrecord serve war.db --base-url https://live.example --host 0.0.0.0"""
)
@options.record
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="Where to listen.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Where to listen.")
@click.option("--base-url", "base", metavar="URL", default="", help="The address that readers use, for permalinks.")
@click.option("--no-push", is_flag=True, help="Readers ask now and then instead of being told at once.")
@click.option("--interval", type=click.IntRange(2, 3600), default=10, show_default=True, help="Seconds between polls.")
@click.option(
    "--desk/--no-desk",
    default=None,
    help="Print a link that works once, to decide on the page; without it readers only, as with --host and --base-url.",
)
@click.option("--watch", is_flag=True, help="Ask the record's sources too, in a process of its own.")
def serve(
    record: Path, host: str, port: int, base: str, no_push: bool, interval: int, desk: bool | None, watch: bool
) -> int:  # fmt: skip
    """Serve the record's live page: the stream, the rundown, a map, a timeline, and the evidence of every line.

    Without --host only this machine is answered, and a link that works once leads to the desk: who opens it may decide
    on the page. News that other processes add reach readers at once.
    """
    if find_spec("uvicorn") is None or find_spec("starlette") is None:
        raise SetupError("the server is not installed", "pip install 'onrecord[serve]'")
    import uvicorn

    from onrecord.server.app import Setup, application
    from onrecord.server.live import Options

    setup = Setup(record, base, hosts(host, base), Options(not no_push, interval), at_desk(host, base, desk))
    app = application(setup)
    config = uvicorn.Config(
        app, host=host, port=port, log_level="warning", timeout_graceful_shutdown=GRACE, server_header=False,
        backlog=4096, proxy_headers=False,
    )  # fmt: skip
    hub: Hub = app.state.hub
    doors: Access | None = app.state.access

    class Server(uvicorn.Server):
        """Ends the streams first, so that SIGTERM is not held up by readers."""

        def handle_exit(self, sig: int, frame: FrameType | None) -> None:
            """End every stream, then the server."""
            hub.close()
            super().handle_exit(sig, frame)

        async def startup(self, sockets: list[socket] | None = None) -> None:
            """Listen, and say where."""
            await super().startup(sockets)
            if self.started:
                for listening in self.servers[0].sockets:
                    drop_the_dead(listening)
                where = self.servers[0].sockets[0].getsockname()
                root = base or address(str(where[0]), int(where[1]))
                click.echo(f"Serving {record} at {root} (Ctrl-C ends it)")
                if doors:
                    click.echo(f"The desk, for who opens this first: {doors.link(root)}")
                    if not (at_desk(host, base, None) or base.startswith("https:")):
                        click.echo(
                            "warning: over plain HTTP the desk's link and cookie can be read on the way", err=True
                        )

    with watching(record) if watch else nothing():
        server = Server(config)
        try:
            server.run()
        except SystemExit as error:
            raise OnRecordError(f"it can't listen on {host}:{port}", "take another --port or --host") from error
    return 0


def address(host: str, port: int) -> str:
    """The URL of a listening address."""
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


def drop_the_dead(listening: socket) -> None:
    """Let the system close connections whose other side takes nothing for a while, where it can: they keep memory."""
    if hasattr(socket_module, "TCP_USER_TIMEOUT"):
        with suppress(OSError):
            listening.setsockopt(socket_module.IPPROTO_TCP, socket_module.TCP_USER_TIMEOUT, 1000 * DEAD)


def at_desk(host: str, base: str, wanted: bool | None) -> bool:
    """Whether somebody may decide: where only this machine is answered, unless it was said."""
    if wanted is not None:
        return wanted
    try:
        own = ip_address(host).is_loopback
    except ValueError:
        own = host == "localhost"
    return own and not base


def hosts(host: str, base: str) -> tuple[str, ...]:
    """The names under which it may be asked; others are refused, so that no foreign page reaches it by its own name.

    Raises `UsageError` for an address that is none.
    """
    from onrecord.server.app import LOOPBACK

    named = urlsplit(base)
    if base and (named.scheme not in ("http", "https") or not named.hostname):
        raise UsageError(f"{base!r} is no address", "write one such as https://live.example")
    return tuple(dict.fromkeys([*LOOPBACK, host, *([named.hostname] if named.hostname else [])]))


@contextmanager
def nothing() -> Iterator[None]:
    """Nothing beside the server."""
    yield


@contextmanager
def watching(record: Path) -> Iterator[None]:
    """The watch, in a process of its own, so that reading pages keeps no reader waiting."""
    call = [sys.executable, "-c", "from onrecord.cli import main; main()", "watch", str(record), "--log", "text"]
    with subprocess.Popen(call) as process:  # noqa: S603 - our own program
        try:
            yield
        finally:
            process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
