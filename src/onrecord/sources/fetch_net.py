"""A host name → a connection to an address that may be asked, within a deadline.

The name is resolved once, each address is checked, and the connection goes to the checked address itself, so that a
name that resolves anew to another one gains nothing. TLS still names and checks the host.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterable, Iterator
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from time import monotonic
from typing import Any

import httpcore
import httpx

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_NAT64 = ip_network("64:ff9b::/96")


class RefusedAddressError(Exception):
    """The name leads to an address of a private, local or reserved network only."""


class NoAddressError(Exception):
    """The name leads nowhere."""


def allowed(address: Address, networks: Iterable[Network] = ()) -> bool:
    """True for a public address, or one of these networks; addresses inside addresses count as what they lead to."""
    inner = _inner(address)
    if any(inner.version == net.version and inner in net for net in networks):
        return True
    return inner.is_global and not inner.is_multicast


def _inner(address: Address) -> Address:
    """The IPv4 address that an IPv6 one carries (mapped, 6to4, Teredo, NAT64), else the address itself."""
    if isinstance(address, IPv4Address):
        return address
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo
    return address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else None) or address


def resolved(host: str, port: int, networks: Iterable[Network] = ()) -> list[str]:
    """The host's addresses that may be asked. Raises `NoAddressError` and `RefusedAddressError`."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NoAddressError(str(error)) from error
    names = list(dict.fromkeys(str(row[4][0]) for row in found))
    good = [name for name in names if allowed(ip_address(name.partition("%")[0]), networks)]
    if not good:
        raise RefusedAddressError(", ".join(names))
    return good


class Backend(httpcore.NetworkBackend):
    """Connects to checked addresses only, and lets nothing wait behind the deadline (seconds of `monotonic`)."""

    def __init__(self, networks: Iterable[Network], deadline: float) -> None:
        self._networks = tuple(networks)
        self._deadline = deadline
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        """A connection to the first of the host's addresses that answers."""
        fault: Exception = NoAddressError(host)
        for address in resolved(host, port, self._networks):
            try:
                wait = left(self._deadline, timeout)
                return _Timed(self._plain.connect_tcp(address, port, wait, local_address), self._deadline)
            except httpcore.ConnectError as error:
                fault = error
        raise fault

    def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ARG002
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        """Never: pages don't come from sockets of this machine."""
        raise RefusedAddressError(path)


def left(deadline: float, timeout: float | None) -> float:
    """Seconds to wait: the time-out, or what the deadline leaves. Raises `httpcore.ReadTimeout` behind the deadline."""
    rest = deadline - monotonic()
    if rest <= 0:
        raise httpcore.ReadTimeout("the deadline has passed")
    return rest if timeout is None else min(rest, timeout)


class _Timed(httpcore.NetworkStream):
    """A stream on which nothing waits behind the deadline."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, left(self._deadline, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, left(self._deadline, timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        wait = left(self._deadline, timeout)
        return _Timed(self._stream.start_tls(ssl_context, server_hostname, wait), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class Transport(httpx.BaseTransport):
    """httpx's way through a `Backend`; raises the errors of httpcore as they are."""

    def __init__(self, backend: Backend, tls: ssl.SSLContext) -> None:
        self._pool = httpcore.ConnectionPool(ssl_context=tls, network_backend=backend, max_keepalive_connections=0)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        answer = self._pool.handle_request(
            httpcore.Request(
                request.method,
                httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
                extensions=request.extensions,
            )
        )
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer))

    def close(self) -> None:
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        return self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()
