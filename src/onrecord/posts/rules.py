"""What only one outlet does, from `data/outlets.toml` → the parts of its pages that are posts, and of what in them.

A rule is dated: it holds for pages from one day to another, so that old captures are read as they were built.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from onrecord.posts.dom import Dom
from onrecord.posts.words import table

_SIMPLE = re.compile(r"(?P<tag>[a-z][a-z0-9]*)?(?:\.(?P<class>[\w-]+)|\[(?P<name>[\w-]+)\])?")


@dataclass(frozen=True, slots=True)
class Rule:
    """How one outlet marks its posts. Each part is `tag`, `.class`, `tag.class` or `[attribute]`."""

    hosts: tuple[str, ...]
    since: date
    until: date
    post: str
    """The elements that are posts."""
    id: str = ""
    """The attribute of a post's element that holds its id."""
    via: str = ""
    """What names the channel that a post is forwarded from."""
    drop: tuple[str, ...] = ()
    """What is no part of a post's text."""


def rule_for(url: str | None, day: date) -> Rule | None:
    """The rule that held on a day for pages at an address; None for outlets whose pages tell by themselves."""
    host = re.match(r"(?:https?:)?//([^/:?#\s]+)", url or "")
    if not host:
        return None
    name = host[1].lower()
    for rule in _rules():
        if rule.since <= day <= rule.until and any(name == h or name.endswith(f".{h}") for h in rule.hosts):
            return rule
    return None


def matching(page: Dom, part: str, start: int = 0, end: int | None = None) -> Iterator[int]:
    """The elements of a range that a rule's part means."""
    wanted = _SIMPLE.fullmatch(part)
    if not part or not wanted:
        return
    tag, kind, name = wanted["tag"], wanted["class"], wanted["name"]
    for i in range(start, len(page.tags) if end is None else end):
        given = page.given[i]
        if (
            page.tags[i]
            and (not tag or page.tags[i] == tag)
            and (not kind or kind in (given.get("class") or "").split())
            and (not name or name in given)
        ):
            yield i


def dropped(page: Dom, rule: Rule, start: int, end: int) -> set[int]:
    """What a rule leaves out of a post's text."""
    return {i for part in (*rule.drop, rule.via) for i in matching(page, part, start, end)}


def via_of(page: Dom, rule: Rule, start: int, end: int) -> tuple[str, ...]:
    """The channels that a post says it is forwarded from."""
    named = (page.line(i) for i in matching(page, rule.via, start, end))
    return tuple(dict.fromkeys(filter(None, (re.sub(r"^(?i:forwarded|reposted) from ", "", name) for name in named))))


@cache
def _rules() -> Sequence[Rule]:
    rows = table("outlets.toml").get("rule", [])
    assert isinstance(rows, list)
    return [
        Rule(
            tuple(row["hosts"]),
            row.get("from", date.min),
            row.get("until", date.max),
            row["post"],
            row.get("id", ""),
            row.get("via", ""),
            tuple(row.get("drop", ())),
        )
        for row in rows
    ]
