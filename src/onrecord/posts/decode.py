"""Bytes of a page → its text, with what had to be guessed."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from onrecord.model import Problem

MOST_TEXT = 1_000_000
"""Bytes of a plain text that are read; of a longer one the beginning. No live page is that long."""
MOST_HTML = 20_000_000
"""The same of an HTML page, which is mostly markup."""

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
         (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))  # fmt: skip
_META = re.compile(rb"<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?([\w.:-]{2,40})", re.IGNORECASE)
_CONTROL = bytes(set(range(32)) - {9, 10, 11, 12, 13, 27})
_SAMPLE = 100_000


class NotTextError(ValueError):
    """The bytes are no text."""


def decode(body: bytes, where: str, most: int = MOST_TEXT) -> tuple[str, list[Problem]]:
    """The text, newlines as they stand, and problems for what was guessed, replaced or left out.

    Raises `NotTextError` for pictures, archives and the like.
    """
    problems: list[Problem] = []
    if len(body) > most:
        body = _beginning(body, most)
        why = f"only the first {len(body):,} bytes of it are read"
        problems.append(Problem("too-large", where, why, "split it into pages"))
    encoding, how = _encoding(body)
    text = body.decode(encoding, errors="replace")
    lost = text.count("\ufffd") - (body.count(b"\xef\xbf\xbd") if encoding.startswith("utf-8") else 0)
    if how or lost > 0:
        told = f"its encoding was {how}" if how else f"its encoding is {encoding}"
        why = f"{told}; {lost} characters could not be read and are shown as \ufffd" if lost > 0 else told
        problems.append(Problem("bad-encoding", where, why, "save it as UTF-8"))
    return text, problems


def _beginning(body: bytes, most: int) -> bytes:
    cut = body.rfind(b"\n", most // 2, most)
    if cut < 0:
        cut = most
        while cut > most - 4 and body[cut] & 0xC0 == 0x80:
            cut -= 1
    return body[:cut]


def _encoding(body: bytes) -> tuple[str, str]:
    """The encoding, and how it was guessed ("" when it is plain to see)."""
    for mark, name in _BOMS:
        if body.startswith(mark):
            return name, ""
    head = body[:_SAMPLE]
    if 0 in head or len(head) - len(head.translate(None, _CONTROL)) > len(head) // 100:
        raise NotTextError
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return _guess(body)
    return "utf-8", ""


def _guess(body: bytes) -> tuple[str, str]:
    declared = _META.search(body[:4096])
    if declared:
        try:
            name = codecs.lookup(declared[1].decode("ascii")).name
            body[:_SAMPLE].decode(name, errors="strict")
        except (LookupError, UnicodeDecodeError):
            pass
        else:
            return name, "" if name != "utf-8" else "declared as utf-8"
    if _mostly_utf8(body):
        return "utf-8", ""
    best = from_bytes(_around_high(body)).best()
    name = best.encoding if best else "cp1252"
    return name, f"guessed as {name}"


def _mostly_utf8(body: bytes) -> bool:
    """Whether most characters outside ASCII are sound UTF-8, so that a few broken ones don't change the whole."""
    text = body[: _SAMPLE * 10].decode("utf-8", errors="replace")
    bad = text.count("\ufffd")
    good = len(text) - len(text.encode("ascii", errors="ignore")) - bad
    return bad <= good


def _around_high(body: bytes) -> bytes:
    """The part of the body with its first bytes outside ASCII, for guessing."""
    first = re.search(rb"[\x80-\xff]", body)
    start = max(0, first.start() - 2000) if first else 0
    return body[start : start + 20_000]
