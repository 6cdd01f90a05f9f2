"""The packed pieces of an answer → its body, never larger than allowed."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

ACCEPTED = "gzip, deflate"
"""Packings that we can take apart with a bound on what comes out."""

_PIECE = 256 * 1024


class PackingError(ValueError):
    """The body is packed in a way that we did not ask for, or is damaged."""


class TooLargeError(ValueError):
    """The body is larger than allowed, packed or unpacked."""


class CutShortError(ValueError):
    """The body ends before its packing does."""


def unpacked(pieces: Iterable[bytes], packing: str, most: int) -> bytes:
    """The whole body. Raises `PackingError`, `TooLargeError` and `CutShortError`."""
    out: list[bytes] = []
    size = 0
    for piece in _opened(_bounded(pieces, most), packing.strip().lower()):
        size += len(piece)
        if size > most:
            raise TooLargeError(f"it unpacks to more than {most:,} bytes")
        out.append(piece)
    return b"".join(out)


def _bounded(pieces: Iterable[bytes], most: int) -> Iterator[bytes]:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > most:
            raise TooLargeError(f"it has more than {most:,} bytes")
        yield piece


def _opened(pieces: Iterator[bytes], packing: str) -> Iterator[bytes]:
    if packing in ("", "identity"):
        yield from pieces
    elif packing in ("gzip", "x-gzip", "deflate"):
        yield from _inflated(pieces)
    else:
        raise PackingError(f"it is packed as {packing!r}, which was not asked for")


def _inflated(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Unpacked in pieces of bounded size, so that a bomb shows before it is in memory."""
    data = next(pieces, b"")
    inflate = zlib.decompressobj(47 if _framed(data) else -15)
    try:
        while not inflate.eof:  # what follows the end is no part of it
            piece = inflate.decompress(data, _PIECE)
            yield piece
            data = inflate.unconsumed_tail
            if not data and len(piece) < _PIECE:
                data = next(pieces, b"")
                if not data and not piece and not inflate.eof:
                    raise CutShortError("it ends in the middle")
    except zlib.error as error:
        raise PackingError(f"its packing is damaged ({error})") from error


def _framed(start: bytes) -> bool:
    """True for gzip and zlib; some servers send bare deflate, which has no head."""
    return start[:2] == b"\x1f\x8b" or (len(start) > 1 and start[0] & 15 == 8 and (start[0] << 8 | start[1]) % 31 == 0)
