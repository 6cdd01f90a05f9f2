"""The data that a page hands to its own scripts → the posts in them, for pages that scripts draw."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, tzinfo

from selectolax.lexbor import LexborHTMLParser

from onrecord.model import Post
from onrecord.posts.elements import LEAST
from onrecord.posts.jsonld import Value, loaded
from onrecord.posts.payload import payload_posts

_LEAST_LETTERS = 300
_MOST_TRIED = 200
_MOST_PLACES = 200_000
_SET = re.compile(r"""[\w$\])"']\s{0,9}=\s{0,9}(?=[\[{"']|JSON\.parse\()""")
_PARSED = re.compile(r"JSON\.parse\(\s{0,9}")
_QUOTED = re.compile(r"'((?:[^'\\\n]|\\.)*)'")
_HEX = re.compile(r"\\x([0-9a-fA-F]{2})|\\(')|(\")")
_PUSHED = re.compile(r"__next_f\.push\(\s{0,9}")
_ROW = re.compile(r"[0-9a-f]{1,8}:[A-Z]{0,2}(?=[\[{])")
_DECODER = json.JSONDecoder()


def embedded(markup: str, zone: tzinfo = UTC) -> list[Post]:
    """The posts of the largest list of them in the page's scripts of data; none where few of them have a text."""
    best: list[Post] = []
    for value in _values(LexborHTMLParser(markup)):
        found = payload_posts(value, zone)
        worded = sum(bool(p.text) for p in found)
        if len(found) >= LEAST and 2 * worded > len(found) and len(found) > len(best):
            best = found
    return best


def _values(tree: LexborHTMLParser) -> Iterator[Value]:
    """The data of the page's scripts, whatever way they are handed over."""
    pushed: list[str] = []
    for script in tree.css("script"):
        kind = script.attributes.get("type") or ""
        if kind == "application/ld+json" or script.attributes.get("src"):
            continue
        text = script.text()
        if "__next_f" in text:
            pushed += _pushed(text)
        elif len(text) < _LEAST_LETTERS:
            continue
        elif "json" in kind:
            yield _hydrated(loaded(text.strip()))
        else:
            yield from _assigned(text)
    if pushed:
        yield list(_rows("".join(pushed)))


def _assigned(text: str) -> Iterator[Value]:
    """The JSON that a script sets as variables, also as a text that holds JSON."""
    end = 0
    for tried, found in enumerate(_SET.finditer(text)):
        if tried >= _MOST_TRIED:
            return
        if found.start() < end:
            continue
        value, end = _decoded(text, found.end())
        if isinstance(value, str):
            value = loaded(value) if len(value) >= _LEAST_LETTERS else None
        if isinstance(value, dict | list) and end - found.end() >= _LEAST_LETTERS:
            yield value


def _decoded(text: str, at: int) -> tuple[Value, int]:
    """The value that begins there, and where it ends."""
    parsed = _PARSED.match(text, at)
    at = parsed.end() if parsed else at
    quoted = _QUOTED.match(text, at)
    if quoted:
        inner = _HEX.sub(lambda m: chr(int(m[1], 16)) if m[1] else m[2] or '\\"', quoted[1])
        try:
            return str(json.loads(f'"{inner}"', strict=False)), quoted.end()
        except ValueError:
            return None, quoted.end()
    try:
        value, end = _DECODER.raw_decode(text, at)
    except (ValueError, RecursionError):
        return None, at
    return value, end


def _pushed(text: str) -> Iterator[str]:
    """The texts that a page of server components hands over piece by piece."""
    for found in _PUSHED.finditer(text):
        value, _ = _decoded(text, found.end())
        if isinstance(value, list) and len(value) > 1 and isinstance(value[1], str):
            yield value[1]


def _rows(text: str) -> Iterator[Value]:
    for line in text.split("\n"):
        if row := _ROW.match(line):
            yield loaded(line[row.end() :])


def _hydrated(value: Value) -> Value:
    """The value, put together again where it is a flat list in which every value is named by its place."""
    if not isinstance(value, list) or len(value) < LEAST:
        return value
    first = value[0]
    named = list(first.values()) if isinstance(first, dict) else first[1:] if isinstance(first, list) else []
    return _placed(value) if named and all(isinstance(place, int) for place in named) else value


def _placed(flat: list[Value]) -> Value:
    """Every object of the flat list with its own values; deeper ones are shared, not copied."""
    made: list[Value] = [{} if isinstance(v, dict) else [] if isinstance(v, list) else v for v in flat[:_MOST_PLACES]]

    def at(place: Value, own: int) -> Value:
        if not isinstance(place, int) or isinstance(place, bool) or not 0 <= place < len(made):
            return None
        return made[place] if place > own or _flat(flat, place) else None

    for own, held in enumerate(flat[:_MOST_PLACES]):
        here = made[own]
        if isinstance(held, dict) and isinstance(here, dict):
            here.update({k: at(v, own) for k, v in held.items()})
        elif isinstance(held, list) and isinstance(here, list):
            here.extend(at(v, own) for v in (held[1:] if held and isinstance(held[0], str) else held))
    return made[0] if made else None


def _flat(flat: list[Value], place: int) -> bool:
    """Whether a value holds no further objects, so that nothing can go round in circles through it."""
    held = flat[place]
    inner = held.values() if isinstance(held, dict) else held if isinstance(held, list) else ()
    places = (p for p in inner if isinstance(p, int) and 0 <= p < len(flat))
    return not any(isinstance(flat[p], dict | list) for p in places)
