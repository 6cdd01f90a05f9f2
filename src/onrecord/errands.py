"""What is known of a page → what else its site is asked: for further parts, and by missing posts' own addresses. Pure.

A post's own address proves a removal only on a page where such addresses work: the one of a post that is shown is asked
first. What answers with the page itself, or with anything but "not there", proves nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import urldefrag, urljoin, urlsplit

from onrecord.history import Gap, PageHistory, PostHistory
from onrecord.sources.fetch import Known
from onrecord.sources.watch import Pace

MISSED = timedelta(days=3)
"""A post that has not been shown for longer is asked for no more."""
TOLD = timedelta(days=1)
"""So long a gap is told that nothing can close."""


@dataclass(frozen=True, slots=True)
class Part:
    """An address at which the page goes on."""

    url: str


@dataclass(frozen=True, slots=True)
class Link:
    """A post's own address."""

    url: str
    post: str
    shown: bool = False
    """The page shows the post: its address is asked to learn whether such addresses work."""


Errand = Part | Link


@dataclass(slots=True)
class Chain:
    """A way along a page's parts, one after another."""

    whole: bool
    """To its end, and not only till it meets posts that are known."""
    parts: int = 0
    hashes: set[str] = field(default_factory=set)
    tail: bool = False
    """It begins at the page's last part, where the new posts of a page stand that shows the oldest first."""


@dataclass(frozen=True, slots=True)
class PartSeen:
    """A part as it was when it was last taken in."""

    known: Known
    hash: str
    more: str | None
    times: int = 1
    """How often these bytes were taken in running."""


def links(
    history: PageHistory, page: str, asked: Mapping[str, datetime], now: datetime, pace: Pace, *, checked: bool
) -> list[Link]:
    """The addresses of missing posts to ask in this round, behind that of a shown post where none was `checked`."""
    missing = [(p, own(p, page)) for p in history.posts if p.absent and not p.last.removed]
    late = timedelta(seconds=pace.links_every)
    due = [
        (p, url) for p, url in missing
        if url and p.absent and now - p.absent < MISSED and (p.id not in asked or now - asked[p.id] >= late)
    ]  # fmt: skip
    due.sort(key=lambda pair: (asked.get(pair[0].id, datetime.min.replace(tzinfo=UTC)), -_stamp(pair[0])))
    found = [Link(url, p.id) for p, url in due[: pace.links] if url]
    if not found or checked:
        return found
    shown = next(_shown(history, page), None)
    return [shown, *found] if shown else []


def _stamp(post: PostHistory) -> float:
    return post.absent.timestamp() if post.absent else 0.0


def _shown(history: PageHistory, page: str) -> Iterator[Link]:
    for post in history.posts:
        url = own(post, page)
        if url and post.absent is None and not post.last.removed:
            yield Link(url, post.id, shown=True)


def own(post: PostHistory, page: str) -> str | None:
    """The post's own address, if it has one on the page's site that is not the page's."""
    given = post.last.post.url
    try:
        url = urldefrag(urljoin(page, given)).url if given else ""
        to, at = urlsplit(url), urlsplit(page)
    except ValueError:
        return None
    here = to.scheme in ("http", "https") and to.netloc == at.netloc
    return url if here and (to.path.rstrip("/"), to.query) != (at.path.rstrip("/"), at.query) else None


# -- gaps, in words ----------------------------------------------------------------------------------------------------


def gap(history: PageHistory, now: datetime) -> str:
    """Which posts may be missing; empty where none are."""
    places = {p.id: at for at, p in enumerate(history.posts)}
    open_ = [g for g in history.gaps if g.post in places and (g.open or now - g.at < TOLD)]
    return "; ".join(_told(history.posts, places[g.post], g) for g in open_[-3:])


def _told(posts: Sequence[PostHistory], at: int, gap: Gap) -> str:
    one, other = posts[at].last.post.time, (posts[at + 1].last.post.time if at + 1 < len(posts) else None)
    if one and other:
        first, last = sorted((one, other))
        return f"posts between {_when(first)} and {_when(last)} may be missing"
    if one and gap.open:
        return f"posts before {_when(one)} may be missing"
    return f"posts beside {gap.post!r} may be missing"


def _when(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
