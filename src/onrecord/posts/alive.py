"""A series of ranges that each hold a time → whether it is live coverage."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice, pairwise
from statistics import median
from urllib.parse import urlsplit

from onrecord.posts.dom import Dom
from onrecord.posts.elements import LEAST, Range, own_id
from onrecord.posts.marks import FILE, Mark, time_attributes, tokens
from onrecord.posts.moments import machine
from onrecord.posts.words import folded, listing, words

_DAY = 86_400
_NEAR = 4
_SAMPLE = 50


_SLUG = 3
"""So many hyphens make the last part of an address a headline, and no section's name."""


def is_live(page: Dom, ranges: Sequence[Range], size: int, title: str, own: str | None = None) -> bool:
    """Whether a series is live coverage: it holds most of the page's paragraphs, and has ids or says so.

    `own` is the page's address, below which its posts may have theirs.
    """
    told = _told(page, ranges[0][0]) if ranges else 0
    inside = sum(page.told[b] - page.told[a] for a, b in ranges)
    if len(ranges) < LEAST or size < 0.5 * told or (told and inside < 0.4 * told and size < told):
        return False
    says = _says_live(page, ranges, title)
    if _teasers(page, ranges, _live_path(own)) or (not says and _spread(page, ranges) > _DAY):
        return False
    if says:
        return True
    with_ids = sum(own_id(page, r, listing(FILE, "id_attributes")) is not None for r in ranges)
    return with_ids >= 0.8 * len(ranges) and not _other_series(page, ranges[0][0]) and _has_clocks(page, ranges)


def _other_series(page: Dom, first: int) -> bool:
    """Whether the first element, or one around it, names itself as something else that comes in series with times."""
    for i in (first, *islice(page.parents(first), _NEAR)):
        given = page.given[i]
        said = " ".join(
            filter(None, (given.get("class"), given.get("id"), given.get("itemtype"), given.get("itemprop")))
        )
        if said and not tokens(said).isdisjoint(words(FILE, "other_series")):
            return True
    return False


def _has_clocks(page: Dom, ranges: Sequence[Range]) -> bool:
    """Whether most of them give a time of day, and not only a day."""
    sample = ranges[:_SAMPLE]
    return 2 * sum(_has_clock(page, a, b) for a, b in sample) > len(sample)


def _has_clock(page: Dom, start: int, end: int) -> bool:
    if any(start < i < end for i in page.clocks):
        return True
    names = time_attributes()
    timed = (page.given[i] for i in range(start, end) if page.marks[i] & Mark.CLOCK)
    return any(":" in given[n] or given[n].isdigit() for given in timed for n in names & given.keys())


def _told(page: Dom, first: int) -> int:
    """Letters in the page's paragraphs, without those of comments and teasers."""
    total = page.told[-1]
    end = 0
    for i, mark in enumerate(page.marks):
        if mark & Mark.OUTSIDE and i >= end and not i <= first < page.ends[i]:
            end = page.ends[i]
            total -= page.told[end] - page.told[i]
    return total


def _says_live(page: Dom, ranges: Sequence[Range], title: str) -> bool:
    first = ranges[0][0]
    if any(page.marks[i] & Mark.LIVE for i in (first, *page.parents(first))):
        return True
    return says_live(title)


def says_live(title: str) -> bool:
    """Whether a page's headline or address says that it is live."""
    if not tokens(title).isdisjoint(words(FILE, "live")):
        return True
    low = f" {folded(title)} "
    return any(f" {phrase} " in low for phrase in listing(FILE, "live_phrases"))


def _teasers(page: Dom, ranges: Sequence[Range], own: str) -> bool:
    """Whether most of them lead elsewhere: their headline is a link to another page."""
    return sum(_leads_away(page, r, own) for r in ranges) > 0.6 * len(ranges)


def _live_path(address: str | None) -> str:
    """A live page's path, below which its posts may stand; nothing for a site's front page and its sections."""
    path = _path_of(address or "").rstrip("/")
    last = path.rpartition("/")[2]
    live = not tokens(path).isdisjoint(words(FILE, "live"))
    return f"{path}/" if live or last.count("-") >= _SLUG or re.search(r"\d{4}", last) else ""


def _path_of(address: str) -> str:
    try:
        return urlsplit(address).path
    except ValueError:  # "http://[": it leads nowhere
        return ""


def _leads_away(page: Dom, post: Range, own: str) -> bool:
    start, end = post
    for i in range(start, end):
        if page.marks[i] & Mark.HEADING:
            link = next((j for j in range(i, page.ends[i]) if page.tags[j] == "a"), None)
            around = (
                link
                if link is not None
                else next((j for j in page.parents(i) if page.tags[j] == "a" and j >= start), None)
            )
            href = (page.given[around].get("href") or "") if around is not None else ""
            if own and _path_of(href).startswith(own):
                return False
            return bool(href) and "#" not in href and not re.search(r"[?&][\w-]*(?:post|block|entry|update)", href)
    return False


def _spread(page: Dom, ranges: Sequence[Range]) -> float:
    """Seconds between posts, most often; 0 where the times can't be told."""
    names = time_attributes()
    times = []
    for start, end in ranges[:200]:
        found = next(
            (
                m
                for i in range(start, end)
                if page.marks[i] & Mark.CLOCK
                for n in names & page.given[i].keys()
                if (m := machine(page.given[i][n]))
            ),
            None,
        )
        if found is not None:
            times.append(found.timestamp())
    return median([abs(b - a) for a, b in pairwise(times)]) if len(times) > 1 else 0.0
