"""A payload (JSON of a live page or feed) → its posts: objects in a list, each with an id, a time and a body."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, tzinfo
from itertools import islice

from onrecord.model import Capture, Page, Post, Problem
from onrecord.posts.addresses import safe
from onrecord.posts.build import bodied, pieces_of
from onrecord.posts.ids import made_ids
from onrecord.posts.jsonld import Json, Value, clean, objects
from onrecord.posts.language import language_of
from onrecord.posts.moments import zone_named
from onrecord.posts.values import FILE, authors, bare, body, first, flag, listed, moment, plain, those
from onrecord.posts.words import listing, outlet_at, outlet_named

_MOST_VALUES = 500_000
_DEEPEST = 30
"""Lists of posts lie no deeper than this."""


def read_payload(value: Value, capture: Capture, problems: Sequence[Problem] = ()) -> Page:
    """The page of a payload. Comments, drafts and deleted entries are no posts; of one id the latest entry counts."""
    top = plain(value) if isinstance(value, dict) else {}
    url = capture.hints.url or safe(first(top, "page_url"))
    known = outlet_named(capture.hints.outlet) or outlet_at(url)
    outlet = capture.hints.outlet or (known.name if known else None)
    tz = capture.hints.tz or (known.tz if known else None)
    found = made_ids(payload_posts(value, zone_named(tz) or UTC, url))
    published = max((p.time for p in found if p.time), default=None) or capture.hints.published
    return Page(
        path=capture.where,
        kind="payload",
        outlet=outlet,
        url=url,
        title=first(top, "title"),
        published=published,
        tz=tz,
        language=language_of("\n".join(p.text for p in found[:40])),
        posts=tuple(found),
        problems=tuple(problems),
    )


def payload_posts(value: Value, zone: tzinfo = UTC, base: str | None = None) -> list[Post]:
    """The posts in a JSON value. An entry that replaces or deletes another stands for it, at the first one's place."""
    people = _people(value)
    posts: dict[str, Post] = {}
    for number, node in enumerate(_entries(value)):
        post = _post(node, people, zone, base)
        replaced = first(node, "replaces")
        key = replaced if replaced and replaced != "0" else post.id or f"#{number}"
        known = posts.get(key)
        if _gone(node):
            posts.pop(key, None)
        elif not _public(node):
            continue
        elif known is None:
            posts[key] = replace(post, id=key if replaced and post.id else post.id)
        else:
            posts[key] = _edited(known, post)
    return list(posts.values())


def _edited(known: Post, later: Post) -> Post:
    """The later version, with the time at which the first came out."""
    changed = later.updated or (later.time if later.time != known.time else None)
    return replace(later, id=known.id, time=known.time, updated=changed, declared=known.declared)


def _people(value: Value) -> dict[str, str]:
    """The names of people that the payload lists by an id which its posts give instead."""
    out: dict[str, str] = {}
    for node in objects(value):
        own, name = node.get("id"), node.get("webTitle") or node.get("name")
        if isinstance(own, str) and own.startswith("profile/") and isinstance(name, str):
            out[own.removeprefix("profile/")] = clean(name)
    return out


def _entries(value: Value) -> list[Json]:
    """The outermost list of objects that look most like posts: with a time and an id of their own."""
    best: list[Json] = []
    level: list[Value] = [value]
    beside = those("beside")
    for _ in range(_DEEPEST):
        below: list[Value] = []
        for top in level:
            held, like = _like_posts(top)
            if like > len(best) and 2 * like > len(held):
                best = held
            elif isinstance(top, list):
                below.extend(v for v in top if isinstance(v, dict | list))
            elif isinstance(top, dict):
                below.extend(v for k, v in top.items() if isinstance(v, dict | list) and bare(k) not in beside)
        if not below or len(below) > _MOST_VALUES:
            break
        level = below
    return best


def _like_posts(value: Value) -> tuple[list[Json], int]:
    """The objects of a list, or of an object that names each by its id, and how many look like posts."""
    if isinstance(value, list):
        held = [plain(v) for v in value if isinstance(v, dict)]
    elif isinstance(value, dict) and len(value) > 2 and all(isinstance(v, dict) for v in value.values()):
        kinds = Counter(k.partition(":")[0] for k in value if ":" in k)
        usual = max(kinds, key=lambda k: kinds[k], default="")
        held = [plain(v) for k, v in value.items() if isinstance(v, dict) and (not usual or k.startswith(usual + ":"))]
    else:
        return [], 0
    return held, sum(first(v, "id") is not None and moment(v, "time") is not None for v in held)


def _post(node: Json, people: dict[str, str], zone: tzinfo, base: str | None) -> Post:
    title = clean(first(node, "title") or "") or None
    title = clean(" ".join(t for _, t in pieces_of(title))) if title and "<" in title else title
    time = moment(node, "time", zone)
    post = Post(
        id=first(node, "id") or "",
        text="",
        blocks=(),
        title=title,
        authors=tuple(people.get(name, name) for name in authors(node)),
        time=time,
        updated=moment(node, "updated", zone),
        key=flag(node, "key"),
        pinned=flag(node, "pinned"),
        kind="summary" if flag(node, "summary") else "post",
        url=safe(first(node, "url"), base),
        shown=None,
        declared=time.isoformat() if time else None,
    )
    return bodied(post, body(node), base)


def _public(node: Json) -> bool:
    """Whether readers are shown it, as news: not a draft or advert, nor a reader's comment, nor taken back."""
    if any(node.get(name) in (True, 1, "1", "true") for name in listed("hidden")):
        return False
    if any(node.get(name) in (False, 0) and node.get(name) is not None for name in listed("shown")):
        return False
    taken_back = moment(node, "taken_back")
    if taken_back is not None and taken_back > (moment(node, "time") or taken_back):
        return False
    said = {str(node.get(name) or "").lower() for name in listed("status")}
    if not said.isdisjoint(listing(FILE, "not_public")):
        return False
    kinds = [
        str(item["item_type"]).lower() for item in islice(objects(node.get("groups")), 2000) if item.get("item_type")
    ]
    return not kinds or any(kind not in listing(FILE, "not_public") for kind in kinds)


def _gone(node: Json) -> bool:
    return str(node.get("type") or "").lower() == "delete"
