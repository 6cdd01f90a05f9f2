"""A payload (JSON of a live page or feed) → its posts: objects in a list, each with an id, a time and a body."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from onrecord.model import Capture, Page, Post, Problem
from onrecord.posts.build import pieces_of, with_text
from onrecord.posts.ids import made_ids
from onrecord.posts.jsonld import Json, Value, clean
from onrecord.posts.language import language_of
from onrecord.posts.moments import machine
from onrecord.posts.words import folded, listing, outlet_at, outlet_named

_FILE = "posts_payload.toml"
_MOST_VALUES = 500_000
_DEEPEST = 30
"""Lists of posts lie no deeper than this."""


def read_payload(value: Value, capture: Capture, problems: Sequence[Problem] = ()) -> Page:
    """The page of a payload. Comments, drafts and deleted entries are no posts; of one id the latest entry counts."""
    found = made_ids(payload_posts(value))
    top = value if isinstance(value, dict) else {}
    url = capture.hints.url or _first(top, "page_url")
    known = outlet_named(capture.hints.outlet) or outlet_at(url)
    outlet = capture.hints.outlet or (known.name if known else None)
    published = max((p.time for p in found if p.time), default=None) or capture.hints.published
    return Page(
        path=capture.where,
        kind="payload",
        outlet=outlet,
        url=url,
        title=_first(top, "title"),
        published=published,
        tz=capture.hints.tz or (known.tz if known else None),
        language=language_of("\n".join(p.text for p in found[:40])),
        posts=tuple(found),
        problems=tuple(problems),
    )


def payload_posts(value: Value) -> list[Post]:
    """The posts in a JSON value. An entry that replaces or deletes another stands for it, at the first one's place."""
    people = _people(value)
    posts: dict[str, Post] = {}
    for number, node in enumerate(_entries(value)):
        post = _post(node, people)
        replaced = _first(node, "replaces")
        key = replaced if replaced and replaced != "0" else post.id or f"#{number}"
        first = posts.get(key)
        if _gone(node):
            posts.pop(key, None)
        elif not _public(node):
            continue
        elif first is None:
            posts[key] = replace(post, id=key if replaced and post.id else post.id)
        else:
            posts[key] = _edited(first, post)
    return list(posts.values())


def _edited(first: Post, later: Post) -> Post:
    """The later version, with the time at which the first came out."""
    changed = later.updated or (later.time if later.time != first.time else None)
    return replace(later, id=first.id, time=first.time, updated=changed, declared=first.declared)


def _people(value: Value) -> dict[str, str]:
    """The names of people that the payload lists by an id which its posts give instead."""
    out: dict[str, str] = {}
    for node in objects(value):
        own, name = node.get("id"), node.get("webTitle") or node.get("name")
        if isinstance(own, str) and own.startswith("profile/") and isinstance(name, str):
            out[own.removeprefix("profile/")] = clean(name)
    return out


def objects(value: Value) -> Iterator[Json]:
    """Every object in a JSON value."""
    stack: list[Value] = [value]
    for _ in range(_MOST_VALUES):
        if not stack:
            return
        top = stack.pop()
        if isinstance(top, dict):
            yield top
            stack.extend(v for v in top.values() if isinstance(v, dict | list))
        elif isinstance(top, list):
            stack.extend(v for v in top if isinstance(v, dict | list))


def _entries(value: Value) -> list[Json]:
    """The outermost list of objects that look most like posts: with a time and an id of their own."""
    best: list[Json] = []
    level: list[Value] = [value]
    beside = frozenset(listing(_FILE, "beside"))
    for _ in range(_DEEPEST):
        below: list[Value] = []
        for top in level:
            held, like = _like_posts(top)
            if like > len(best) and 2 * like > len(held):
                best = held
            elif isinstance(top, list):
                below.extend(v for v in top if isinstance(v, dict | list))
            elif isinstance(top, dict):
                below.extend(v for k, v in top.items() if isinstance(v, dict | list) and k not in beside)
        if not below or len(below) > _MOST_VALUES:
            break
        level = below
    return best


def _like_posts(value: Value) -> tuple[list[Json], int]:
    held = [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []
    return held, sum(_first(v, "id") is not None and _moment(v, "time") is not None for v in held)


def _post(node: Json, people: dict[str, str]) -> Post:
    title = clean(_first(node, "title") or "") or None
    pieces = pieces_of(_body(node))
    if pieces and title and folded(pieces[0][1]) == folded(title):
        pieces = pieces[1:]
    post = Post(
        id=_first(node, "id") or "",
        text="",
        blocks=(),
        title=title,
        authors=tuple(dict.fromkeys(people.get(name, name) for name in _authors(node))),
        time=(time := _moment(node, "time")),
        updated=_moment(node, "updated"),
        key=_flag(node, "key"),
        pinned=_flag(node, "pinned"),
        kind="summary" if _flag(node, "summary") else "post",
        url=_first(node, "url"),
        shown=None,
        declared=time.isoformat() if time else None,
    )
    return with_text(post, pieces)


def _first(node: Json, key: str) -> str | None:
    """The text of the first listed property that the object has."""
    for name in listing(_FILE, key):
        value = node.get(name)
        if isinstance(value, str) and value.strip():
            return value.strip()
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
    return None


def _moment(node: Json, key: str) -> datetime | None:
    for name in listing(_FILE, key):
        value = node.get(name)
        if isinstance(value, dict):
            value = value.get("dateTime") or value.get("iso8601")
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            found = machine(str(int(value)) if isinstance(value, float) else str(value))
            if found is not None:
                return found
    return None


def _body(node: Json) -> str:
    """The body as HTML or text: its own property, else those of the elements that it is made of."""
    own = _first(node, "body")
    if own is not None:
        return own
    out: list[str] = []
    stack: list[Value] = [node.get(name) for name in reversed(listing(_FILE, "parts"))]
    for _ in range(2000):
        if not stack:
            break
        top = stack.pop()
        if isinstance(top, list):
            stack.extend(reversed(top))
        elif isinstance(top, dict):
            text = _first(top, "body")
            out += [text] if text else []
            stack.extend(top.get(name) for name in reversed(listing(_FILE, "parts")))
    return "\n".join(out)


def _authors(node: Json) -> Iterator[str]:
    for name in listing(_FILE, "authors"):
        value = node.get(name)
        found = value if isinstance(value, list) else [value]
        names = [
            clean(n) for v in found if (n := _first(v, "name") if isinstance(v, dict) else v) and isinstance(n, str)
        ]
        if names:
            yield from names
            return


def _flag(node: Json, key: str) -> bool:
    attributes = node.get("attributes")
    places = [node, attributes] if isinstance(attributes, dict) else [node]
    return any(place.get(name) in (True, 1, "true", "1") for place in places for name in listing(_FILE, key))


def _public(node: Json) -> bool:
    """Whether readers are shown it, as news: not a draft or advert, nor a reader's comment, nor taken back."""
    if node.get("published") is False or node.get("deleted") is True or node.get("draft") is True:
        return False
    taken_back = machine(_first(node, "taken_back"))
    if taken_back is not None and taken_back > (_moment(node, "time") or taken_back):
        return False
    told = {str(node.get(name) or "").lower() for name in listing(_FILE, "status")}
    if not told.isdisjoint(listing(_FILE, "not_public")):
        return False
    kinds = [str(item["item_type"]).lower() for item in objects(node.get("groups")) if item.get("item_type")]
    return not kinds or any(kind not in listing(_FILE, "not_public") for kind in kinds)


def _gone(node: Json) -> bool:
    return str(node.get("type") or "").lower() == "delete"
