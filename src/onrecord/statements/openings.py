"""Patterns and a parsed post → their matches, each pattern tried only at words that it can begin with.

Many alternatives cost the regular expression engine as many steps at every character. A few characters tell most of
them apart: they are worked out from the pattern, and looked up among those that the post's words begin with.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache

from onrecord.statements.parse import OPENING, Parse, opening

_TOKEN = re.compile(r"\(\?<[=!]|\(\?P<\w+>|\(\?[:=!]|\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\{\d*,?\d*\}|[^\\]", re.DOTALL)
_AROUND = frozenset({"(?=", "(?!", "(?<=", "(?<!"})
_EDGES = frozenset({"\\b", "^", "$"})
_UNKNOWN = frozenset({"\\w", "\\W", "\\D", "\\S", "\\B", "\\A", "\\Z", "."})
_KEPT = 20_000
"""Beginnings of words that are remembered."""
_TIMES = re.compile(r"\{(\d+),(\d)\}")

Tried = tuple[re.Pattern[str], ...]
Head = tuple[str, bool, bool]
"""What a match begins with; whether what follows continues it; whether a word must begin there."""
_NOTHING: Head = ("", True, False)


class Openings:
    """Patterns of which the first that matches at a place counts, as in `a|b|c`; case makes no difference."""

    def __init__(self, patterns: Iterable[str]) -> None:
        sources = list(patterns)
        heads = [beginnings(source) for source in sources]
        self._tried: dict[str, Tried] = {}
        """Beginning of a word → the patterns that can match there."""
        self._patterns = sources
        """Each is compiled when a word is met that it can begin with: most never are in a short run."""
        self._begin: dict[str, list[int]] = {}
        """Characters → the numbers of the patterns that can begin with them."""
        self._anywhere: re.Pattern[str] | None = None
        self.quick = all(heads)
        """All begin with characters that can be told."""
        if self.quick:
            for number, found in enumerate(heads):
                for head in found or ():
                    self._begin.setdefault(head, []).append(number)
            self._short = {head for head in self._begin if len(head) < OPENING}
        else:
            self._anywhere = re.compile("|".join(f"(?:{source})" for source in sources), re.IGNORECASE)

    def find(self, parsed: Parse, low: int, high: int) -> Iterator[re.Match[str]]:
        """Matches between two places, left to right, none overlapping another, as `finditer` gives them."""
        if self._anywhere is not None:
            yield from self._anywhere.finditer(parsed.text, low, high)
            return
        places, tried = parsed.opened.get(self) or self._places(parsed)
        done = low
        for number in range(bisect_left(places, low), bisect_left(places, high)):
            at = places[number]
            if at < done:
                continue
            for pattern in tried[at]:
                if (match := pattern.match(parsed.text, at, high)) is not None:
                    done = match.end()
                    yield match
                    break

    def _places(self, parsed: Parse) -> tuple[list[int], dict[int, Tried]]:
        """Where patterns may begin in the post, and which."""
        openings = parsed.openings
        keys = self._begin.keys() & openings.keys()
        for head in self._short:
            keys.update(parsed.longer.get(head, ()))
        found = {
            at: tried for key in keys for tried in (self._tried.get(key) or self._try(key),) for at in openings[key]
        }
        places = parsed.opened[self] = (sorted(found), found)
        return places

    def _try(self, key: str) -> Tried:
        """The patterns for a beginning that was not met before."""
        if len(self._tried) > _KEPT:
            self._tried.clear()
        fits = {n for end in range(len(key) + 1) for n in self._begin.get(key[:end], ())}
        tried = self._tried[key] = tuple(_compiled(self._patterns[n]) for n in sorted(fits))
        return tried


@cache
def _compiled(source: str) -> re.Pattern[str]:
    return re.compile(source, re.IGNORECASE)


def beginnings(pattern: str) -> frozenset[str] | None:
    """The first characters (as `opening` gives them) that matches begin with; None where they can't be told, or
    where a match needn't begin with a word or a comma."""
    heads, _ = _alternatives(_TOKEN.findall(pattern), 0, OPENING)
    told = all(text[:1] == "," or (bound and text[:1].isalnum()) for text, _, bound in heads)
    return frozenset(text for text, _, _ in heads) if told else None


def prefixes(pattern: str, known: int) -> tuple[str, ...]:
    """What matches begin with, as far as it can be told, in up to so many characters."""
    heads, _ = _alternatives(_TOKEN.findall(pattern), 0, known)
    return tuple(sorted({text for text, _, _ in heads}))


def _alternatives(pieces: list[str], at: int, known: int) -> tuple[set[Head], int]:
    """The heads of what stands from `at` to the closing bracket, and the place of that."""
    out: set[Head] = set()
    here = {_NOTHING}
    while at < len(pieces) and pieces[at] != ")":
        piece = pieces[at]
        if piece != "|" and all(not more or len(text) == known for text, more, _ in here):
            at = _skipped(pieces, at)
            continue
        at += 1
        if piece == "|":
            out, here = out | here, {_NOTHING}
            continue
        if piece[0] == "(":
            begun = at
            inner, at = _alternatives(pieces, at, known)
            at += 1
            if piece in _AROUND:
                word = piece == "(?<!" and any("\\w" in p for p in pieces[begun:at])
                inner = {("", True, word)}
        else:
            inner = _atom(piece)
        inner, at = _repeated(inner, pieces, at, known)
        here = _joined(here, inner, known)
    return out | here, at


def _skipped(pieces: list[str], at: int) -> int:
    """The place of the bracket or bar that ends what stands here."""
    depth = 0
    while at < len(pieces) and (depth or pieces[at] not in ")|"):
        depth += (pieces[at][0] == "(") - (pieces[at] == ")")
        at += 1
    return at


def _repeated(heads: set[Head], pieces: list[str], at: int, known: int) -> tuple[set[Head], int]:
    """The heads with the quantifier that may follow, and the place behind it."""
    if at >= len(pieces) or pieces[at][0] not in "?*+{":
        return heads, at
    sign = pieces[at]
    at += 1
    if at < len(pieces) and pieces[at] in "?+":
        at += 1
    if sign == "?":
        return heads | {_NOTHING}, at
    times = _TIMES.fullmatch(sign)
    low, high = (int(times[1]), int(times[2])) if times else (int(sign[:1] == "+"), 0)
    out = {_NOTHING} if low == 0 else set()
    if not times:
        return out | {(text, False, bound) for text, _, bound in heads}, at
    so_far = {_NOTHING}
    for time in range(1, high + 1):
        so_far = _joined(so_far, heads, known)
        out = out | so_far if time >= low else out
    return out, at


def _joined(left: set[Head], right: set[Head], known: int) -> set[Head]:
    out: set[Head] = set()
    for head in left:
        text, more, bound = head
        if not more or len(text) == known:
            out.add(head)
        else:
            out.update(((text + then)[:known], goes_on, bound or (edge and not text)) for then, goes_on, edge in right)
    return out


def _atom(piece: str) -> set[Head]:
    if piece in _EDGES:
        return {("", True, piece == "\\b")}
    if piece in _UNKNOWN or piece.startswith("[^"):
        return {("", False, False)}
    if piece == "\\d":
        return {("0", True, False)}
    if piece == "\\s":
        return {(" ", True, False)}
    if piece[0] != "[":
        return {(opening(piece[-1]), True, False)}
    signs = _signs(piece[1:-1])
    return {(opening(sign), True, False) for sign in signs} if signs else {("", False, False)}


def _signs(inside: str) -> list[str]:
    """The characters of a class; none where it holds classes of its own or long ranges."""
    out: list[str] = []
    for first, last in re.findall(r"(\\?.)(?:-(.))?", inside, re.DOTALL):
        if first[0] == "\\" and first[1].isalpha():
            return []
        low, high = ord(first[-1]), ord(last or first[-1])
        if high - low > 30:
            return []
        out += map(chr, range(low, high + 1))
    return out
