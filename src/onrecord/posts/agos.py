"""Posts that say only how long ago they were published → the same with times worked out from the moment of capture.

Such a time is approximate: `Post.shown` keeps what the page printed, and a notice says from what it was worked out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from onrecord.model import Capture, Page, Post, Problem
from onrecord.posts.moments import day_only
from onrecord.posts.tongues import told

_MOST = timedelta(days=1)
"""What is longer ago tells no time of day."""
_SLACK = timedelta(minutes=5)
"""Clocks of pages and of machines differ by so much."""
_HOUR = timedelta(hours=1)


def with_agos(page: Page, capture: Capture) -> Page:
    """The page with approximate times, as far as the moment is known at which its "5 minutes ago" was true."""
    agos = [_ago(post) for post in page.posts]
    if not any(agos):
        return page
    last = max((p.time for p in page.posts if p.time), default=None)
    found = next(((now, how) for now, how in _moments(page, capture, last) if _fits(page.posts, agos, now)), None)
    if found is None:
        return page
    now, how = found
    posts = tuple(
        p if ago is None else replace(p, time=_before(now, ago)) for p, ago in zip(page.posts, agos, strict=True)
    )
    count = sum(ago is not None for ago in agos)
    why = f"{count} of {len(posts)} posts say only how long ago they are: their times are worked out from {how}"
    problem = Problem("approximate-times", page.path, why, "nothing, unless the page was captured at another time")
    latest = max((p.time for p in posts if p.time), default=None)
    return replace(page, posts=posts, published=page.published or latest, problems=(*page.problems, problem))


def _ago(post: Post) -> timedelta | None:
    """How long ago a post says that it is, where nothing else tells its time."""
    if post.time is not None or not post.shown:
        return None
    when = told(post.shown)
    alone = when is not None and when.clock is None and when.day is None and not when.updated
    return when.ago if when is not None and alone and when.ago is not None and when.ago < _MOST else None


def _moments(page: Page, capture: Capture, last: datetime | None) -> list[tuple[datetime, str]]:
    """The moments at which the page may have been shown so, the surest first; none from before its newest post."""
    hints = capture.hints
    found = [(hints.seen_at, "when it was captured"), (hints.published, "the time given for it")]
    if page.kind == "text" and page.published != last:
        found.append((page.published, "the time that it prints for itself"))
    return [
        (now, how)
        for now, how in found
        if now is not None and (how.startswith("when") or not day_only(now)) and (last is None or now + _SLACK >= last)
    ]


def _before(now: datetime, ago: timedelta) -> datetime:
    return (now - ago).replace(second=0, microsecond=0)


def _fits(posts: Sequence[Post], agos: Sequence[timedelta | None], now: datetime) -> bool:
    """Whether the times worked out so keep the order of those that the page prints."""
    times = [p.time if ago is None else _before(now, ago) for p, ago in zip(posts, agos, strict=True)]
    exact = [p.time for p in posts if p.time is not None]
    if len(exact) < 2:
        return True
    rising = exact[0] < exact[-1]
    wrong, checked = 0, 0
    above: datetime | None = None
    for own, ago in zip(times, agos, strict=True):
        if ago is None:
            above = own or above
        elif own is not None and above is not None:
            late = (above - own) if rising else (own - above)
            checked += 1
            wrong += late > _SLACK + _HOUR * (ago >= _HOUR)
    return 2 * wrong <= checked
