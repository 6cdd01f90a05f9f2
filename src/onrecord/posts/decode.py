"""Bytes of a page → its text, with what had to be guessed."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping, Sequence

from charset_normalizer import from_bytes

from onrecord.model import Problem

MOST_TEXT = 1_000_000
"""Bytes of a plain text that are read; of a longer one the beginning. No live page is that long."""
MOST_HTML = 20_000_000
"""The same of an HTML page, which is mostly markup."""

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
         (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))  # fmt: skip
_META = re.compile(rb"<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?([\w.:-]{2,40})", re.IGNORECASE)
_XML = re.compile(rb"<\?xml[^>]{0,100}?\bencoding\s{0,3}=\s{0,3}[\"']([\w.:-]{2,40})", re.IGNORECASE)
_AS_BROWSERS = {
    "iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "gb2312": "gb18030",
    "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "johab": "cp949", "big5": "big5hkscs",
}  # fmt: skip
"""What the names mean on the web (WHATWG Encoding Standard): pages that say ISO 8859-1 hold the signs of Windows."""
_NO_TEXT = frozenset({"utf-7", "idna", "punycode", "rot13", "hex", "base64", "bz2", "zlib", "uu", "quopri", "mbcs",
                      "unicode_escape", "raw_unicode_escape", "undefined"})  # fmt: skip
_WIDE = ("utf-16", "utf-32")
_SHIFTED = ("iso2022", "hz")
_CONTROL = bytes(set(range(32)) - {9, 10, 11, 12, 13, 27})
_SAMPLE = 100_000


class NotTextError(ValueError):
    """The bytes are no text."""


def decode(body: bytes, where: str, most: int = MOST_TEXT, charset: str | None = None) -> tuple[str, list[Problem]]:
    """The text, newlines as they stand, and problems for what was guessed, replaced or left out.

    `charset` is what the server named. In this order: a byte order mark; sound UTF-8, which others never are by chance;
    the server's word; the page's own; a guess. Raises `NotTextError` for pictures, archives and the like.
    """
    problems: list[Problem] = []
    if len(body) > most:
        body = _beginning(body, most)
        why = f"only the first {len(body):,} bytes of it are read"
        problems.append(Problem("too-large", where, why, "split it into pages"))
    said = {"its server": _codec(charset), "the page": _codec(_declared(body))}
    encoding, how, sound = _encoding(body, said)
    text = body.decode(encoding, errors="replace") if sound is None else sound
    lost = text.count("\ufffd") if "\ufffd" in text else 0
    if lost and encoding.startswith("utf-8"):
        lost -= body.count(b"\xef\xbf\xbd")
    if how or lost > 0:
        told = f"its encoding was {how}" if how else f"its encoding is {encoding}"
        why = f"{told}; {lost} characters could not be read and are shown as \ufffd" if lost > 0 else told
        problems.append(Problem("bad-encoding", where, why, "save it as UTF-8"))
    elif not body.isascii():
        problems += _contradictions(said, encoding, where)
    return text, problems


def _contradictions(said: Mapping[str, str | None], encoding: str, where: str) -> Iterator[Problem]:
    """A notice where the server or the page names another encoding than the one that its bytes are in."""
    other = [f"{who} says {name}" for who, name in said.items() if name and _base(name) != _base(encoding)]
    if other:
        why = f"{' and '.join(other)}, but it is read as {_base(encoding)}"
        yield Problem("disagreeing-charsets", where, why, "nothing to do, unless letters look wrong")


def _base(encoding: str) -> str:
    return encoding.removesuffix("-sig").removesuffix("-le").removesuffix("-be")


def _beginning(body: bytes, most: int) -> bytes:
    cut = body.rfind(b"\n", most // 2, most)
    if cut < 0:
        cut = most
        while cut > most - 4 and body[cut] & 0xC0 == 0x80:
            cut -= 1
    return body[:cut]


def _encoding(body: bytes, said: Mapping[str, str | None]) -> tuple[str, str, str | None]:
    """The encoding, how it was guessed ("" when it is plain to see or was said), and the text of sound UTF-8."""
    for mark, name in _BOMS:
        if body.startswith(mark):
            return name, "", None
    names = [name for name in said.values() if name]
    head = body[:_SAMPLE]
    if 0 in head:
        wide = next((name for name in names if name.startswith(_WIDE) and _fits(body, name)), None)
        if wide is None:
            raise NotTextError
        return wide, "", None
    if len(head) - len(head.translate(None, _CONTROL)) > len(head) // 100:
        raise NotTextError
    if b"\x1b" in head and (shifted := next((n for n in names if n.startswith(_SHIFTED) and _fits(body, n)), None)):
        return shifted, "", None
    try:
        return "utf-8", "", body.decode("utf-8")
    except UnicodeDecodeError:
        return *_guess(body, [name for name in names if not name.startswith(_WIDE)]), None


def _declared(body: bytes) -> str | None:
    found = _META.search(body[:4096]) or _XML.match(body[:200].lstrip())
    return found[1].decode("ascii", "replace") if found else None


def _codec(label: str | None) -> str | None:
    """The codec that browsers take for that name; None for one that is unknown or no encoding of text."""
    try:
        name = codecs.lookup(label).name if label else None
    except (LookupError, ValueError):
        return None
    return _AS_BROWSERS.get(name, name) if name and name not in _NO_TEXT else None


def _fits(body: bytes, name: str) -> bool:
    """True where the sample decodes, but for a sign that is cut at its end and a few that the codec lacks."""
    sample = body[:_SAMPLE]
    text = sample.decode(name, errors="replace")
    return text.count("\ufffd") <= 1 + len(text) // 1000


def _guess(body: bytes, said: Sequence[str]) -> tuple[str, str]:
    """The encoding of bytes that are no sound UTF-8."""
    for name in said:
        if name != "utf-8" and _fits(body, name):
            return name, ""
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
