"""The properties of a JSON object, however a system names and nests them → texts, moments, names and flags."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from functools import cache, lru_cache

from onrecord.posts.jsonld import Json, Value, clean
from onrecord.posts.stamps import exact
from onrecord.posts.words import listing

FILE = "posts_payload.toml"
_MOST_PIECES = 2000
_DEEPEST = 40
_MOST_PEOPLE = 200


@lru_cache(maxsize=8192)
def bare(name: str) -> str:
    """A property's name without capitals and signs."""
    return name.lower().replace("_", "").replace("-", "").replace("$", "")


@cache
def listed(key: str) -> tuple[str, ...]:
    """The names of a list in the data file, as `bare` gives them."""
    return tuple(dict.fromkeys(bare(name) for name in listing(FILE, key)))


@cache
def those(key: str) -> frozenset[str]:
    """The same as a set."""
    return frozenset(listed(key))


def plain(node: Json) -> Json:
    """The object with bare names; of an edge its node, of a record its attributes beside its own properties."""
    inner = node.get("node")
    if isinstance(inner, dict) and len(node) <= 3:
        node = inner
    attributes = node.get("attributes")
    out: Json = {}
    for held in (node, attributes) if isinstance(attributes, dict) else (node,):
        for name, value in held.items():
            out.setdefault(bare(name), value)
    return out


def text_of(value: Value) -> str | None:
    """A text or number, also where an object holds it (`{"rendered": …}`, `{"basic": …}`)."""
    for _ in range(3):
        if isinstance(value, str):
            return value.strip() or None
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        if not isinstance(value, dict):
            return None
        held = plain(value)
        value = next((held[name] for name in listed("words") if isinstance(held.get(name), str | dict)), None)
    return None


def first(node: Json, key: str) -> str | None:
    """The text of the first listed property that the object has."""
    for name in listed(key):
        if name in node and (found := text_of(node[name])) is not None:
            return found
    return None


def moment(node: Json, key: str, zone: tzinfo = UTC) -> datetime | None:
    """The moment of the first listed property that holds one; one without offset is in `zone`."""
    for name in listed(key):
        if name in node and (found := _when(node[name], UTC if name.endswith("gmt") else zone)) is not None:
            return found
    return None


def _when(value: Value, zone: tzinfo) -> datetime | None:
    if isinstance(value, dict):
        held = plain(value)
        names = ("iso8601", "datetime", "iso", "date", "utc", "value", "timestamp")
        value = next((held[name] for name in names if isinstance(held.get(name), str | int)), None)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return exact(
        str(int(value)) if isinstance(value, float) else value.strip() if isinstance(value, str) else str(value), zone
    )


def flag(node: Json, key: str) -> bool:
    """Whether one of the listed properties is true."""
    return any(node.get(name) in (True, 1, "true", "1") for name in listed(key))


def body(node: Json) -> str:
    """The body as HTML or lines: its own property, else those of the pieces that it is made of."""
    for name in listed("body"):
        value = node.get(name)
        if value and (found := _rich(value)):
            return found
    parts = those("parts")
    return "\n".join(filter(None, (_rich(v) for k, v in node.items() if k in parts)))


def _rich(value: Value) -> str:
    """The words of a tree of pieces, a line for each paragraph."""
    out: list[str] = []
    line: list[str] = []
    stack: list[tuple[Value, int]] = [(value, 0)]
    for _ in range(_MOST_PIECES):
        if not stack:
            break
        top, depth = stack.pop()
        if top is None and depth < 0:
            out.append("".join(line))
            line.clear()
        elif isinstance(top, str):
            line.append(top)
        elif isinstance(top, list) and depth < _DEEPEST:
            for one in reversed(top):
                if depth < 2 and isinstance(one, dict):
                    stack.append((None, -1))
                stack.append((one, depth + 1))
        elif isinstance(top, dict) and depth < _DEEPEST:
            _open(plain(top), depth, stack)
    out.append("".join(line))
    return "\n".join(text for text in out if text.strip())


def _open(piece: Json, depth: int, stack: list[tuple[Value, int]]) -> None:
    """Put what a piece says on the stack, with an end of line around what is a paragraph."""
    kinds = {
        bare(v) for name in ("type", "kind", "nodetype", "style", "typename") if isinstance(v := piece.get(name), str)
    }
    if not kinds.isdisjoint(those("not_public")):
        return
    inner = next((piece[name] for name in listed("words") if isinstance(piece.get(name), str | list | dict)), None)
    block = not kinds.isdisjoint(those("blocks")) and not (kinds == {"text"} and depth > 2)
    if block:
        stack.append((None, -1))
    if inner is not None:
        stack.append((inner, depth + 1))
    else:
        held = [v for name in listed("parts") if isinstance(v := piece.get(name), list | dict)]
        stack.extend((v, depth) for v in reversed(held))
    if block:
        stack.append((None, -1))


def authors(node: Json) -> tuple[str, ...]:
    """The names of those who wrote it."""
    return next((found for name in listed("authors") if (found := _people(node.get(name)))), ())


def _people(value: Value) -> tuple[str, ...]:
    out: list[str] = []
    stack: list[Value] = [value]
    for _ in range(_MOST_PEOPLE):
        if not stack:
            break
        top = stack.pop()
        if isinstance(top, str) and top.strip() and not top.strip().startswith("http"):
            out.append(clean(top))
        elif isinstance(top, list):
            stack.extend(reversed(top[:_MOST_PEOPLE]))
        elif isinstance(top, dict):
            held = plain(top)
            if name := first(held, "name") or _whole_name(held):
                out.append(clean(name))
            else:
                inner = (held[key] for key in listed("people") if isinstance(held.get(key), list | dict))
                stack.extend(reversed(list(inner)))
    return tuple(dict.fromkeys(out))


def _whole_name(held: Json) -> str | None:
    parts = [v.strip() for key in ("firstname", "lastname") if isinstance(v := held.get(key), str) and v.strip()]
    return " ".join(parts) or None
