"""A page's captures in the order in which they were seen → its posts with all their versions. Pure.

An edit makes a new version and a removal a tombstone; nothing is overwritten. A removal is proved, not absence: posts
that the page showed before and after it are shown in the same capture, in two captures running, or the post's own
address says that it is gone. Of a page whose posts stand at several addresses, a capture tells of its own part alone.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from onrecord.above import text_above
from onrecord.model import Page, Post
from onrecord.store import codec

PROOFS = 2
"""Captures running that must prove a removal."""

Align = Callable[[Sequence[Post], Sequence[Post]], Mapping[str, str]]
"""(posts known, posts of a newer capture) → id in the newer one → id of the known post that it is."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A capture of the page, read."""

    page: Page
    where: str
    at: datetime
    hash: str
    change: int
    part: bool = False
    """A further part of the page: what stands above it is shown elsewhere."""


@dataclass(frozen=True, slots=True)
class Gone:
    """The answer of a post's own address: there is no such post any more."""

    post: str
    at: datetime
    change: int


@dataclass(frozen=True, slots=True)
class Gap:
    """Behind this post of the page others may be missing."""

    post: str
    at: datetime
    """When it was seen."""
    open: bool
    """The page named the address at which it goes on."""


@dataclass(frozen=True, slots=True)
class Revision:
    """One version of a post."""

    post: Post
    hash: str
    number: int
    first_seen: datetime
    public: datetime
    """When it could first be read: its own time, never after first seen and never before the version it replaced."""
    change: int
    removed: bool = False


@dataclass(frozen=True, slots=True)
class PostHistory:
    """A post with its versions, oldest first."""

    id: str
    revisions: tuple[Revision, ...]
    proofs: int = 0
    """Captures running that proved its removal."""
    absent: datetime | None = None
    """Since when its page does not show it; None while it does."""
    moves: tuple[datetime, ...] = ()
    """When it was seen to have changed its place among the others."""

    @property
    def last(self) -> Revision:
        """The newest version."""
        return self.revisions[-1]


@dataclass(frozen=True, slots=True)
class PageHistory:
    """A page over time; its posts in page order, those no longer shown beside their old neighbours."""

    outlet: str | None = None
    where: str = ""
    tz: str | None = None
    language: str | None = None
    published: datetime | None = None
    """As its first dated capture says."""
    posts: tuple[PostHistory, ...] = ()
    until: tuple[datetime, str] | None = None
    """(seen at, hash) of the last capture."""
    change: int = 0
    """The last change number that went in."""
    gaps: tuple[Gap, ...] = ()
    above: str = ""
    """What stood above its posts when it was last seen (`above`)."""


def told(captures: Iterable[Seen | Gone], align: Align, start: PageHistory | None = None) -> PageHistory:
    """The page's history after these captures, which are in order of (seen at, hash) and follow `start`."""
    history = start or PageHistory()
    for seen in captures:
        history = _without(history, seen) if isinstance(seen, Gone) else _after(history, seen, align)
    return history


def _without(history: PageHistory, gone: Gone) -> PageHistory:
    """With a tombstone for the post, unless the page shows it all the same."""
    posts = tuple(
        _removed(p, gone.at, gone.change) if p.id == gone.post and p.absent and not p.last.removed else p
        for p in history.posts
    )
    return replace(history, posts=posts, until=(gone.at, ""), change=max(history.change, gone.change))


def _after(history: PageHistory, seen: Seen, align: Align) -> PageHistory:
    page = seen.page
    known = {p.id: p for p in history.posts}
    same = align([p.last.post for p in history.posts], page.posts)
    named = [replace(post, id=same.get(post.id, post.id)) for post in page.posts]
    shown = [_steady(known.get(post.id), post) for post in named]
    first = history.until is None
    new = {p.id: _with(known.get(p.id), p, seen, first=first) for p in shown}
    moved = _moved(list(known), [p.id for p in shown])
    new |= {name: _elsewhere(known[name], new[name], seen) for name in moved}
    order = _merged(history.posts, shown, moved)
    return PageHistory(
        outlet=page.outlet or history.outlet,
        where=page.url or seen.where,
        tz=page.tz or history.tz,
        language=page.language or history.language,
        published=history.published or page.published,
        posts=_all(order, known, new, moved, seen),
        until=(seen.at, seen.hash),
        change=max(history.change, seen.change),
        gaps=_gaps(history, seen, [p.id for p in shown], order),
        above=history.above if seen.part else text_above(page),
    )


def _gaps(history: PageHistory, seen: Seen, shown: Sequence[str], order: Sequence[str]) -> tuple[Gap, ...]:
    """Where posts may be missing: behind a page's last post that was not known before, until a part of it goes on."""
    if not shown:
        return history.gaps
    known = {p.id for p in history.posts}
    last, whole = shown[-1], seen.page.more is None
    place = {name: at for at, name in enumerate(order)}
    passed = place[last] if seen.part else -1
    inside = set(shown[:-1])
    kept = [
        g for g in history.gaps
        if g.post not in inside and not (g.open and (place.get(g.post, -1) < passed or (whole and g.post == last)))
    ]  # fmt: skip
    new = last not in known and all(g.post != last for g in kept)
    lost = bool(known) and known.isdisjoint(shown)
    if new and (not whole or (lost and not seen.part)):
        kept.append(Gap(last, seen.at, not whole))
    return tuple(kept)


def _steady(old: PostHistory | None, post: Post) -> Post:
    """The post with the time of its last version, where both say only how long ago they are: the first knew best."""
    before = old.last.post if old else None
    if before is None or not (before.relative and post.relative) or (before.time is None and post.time is not None):
        return post
    return replace(post, time=before.time, shown=before.shown)


def _with(old: PostHistory | None, post: Post, seen: Seen, *, first: bool) -> PostHistory:
    """The post's history once this capture has shown it."""
    mark = revision_hash(post)
    if old and old.last.hash == mark and not old.last.removed:
        last = replace(old.last, change=min(old.last.change, seen.change))
        return replace(old, revisions=(*old.revisions[:-1], last), proofs=0, absent=None)
    if old is None:
        made = Revision(post, mark, 1, seen.at, _first_public(post, seen, first=first), seen.change)
        return PostHistory(post.id, (made,))
    made = Revision(post, mark, old.last.number + 1, seen.at, _next_public(post, old.last, seen), seen.change)
    return PostHistory(post.id, (*old.revisions, made), moves=old.moves)


def _elsewhere(before: PostHistory, now: PostHistory, seen: Seen) -> PostHistory:
    """With the move, if the post was shown till now: where one that comes back used to be is not known so well."""
    return now if before.absent else replace(now, moves=(*now.moves, seen.at))


def _moved(old: Sequence[str], shown: Sequence[str]) -> frozenset[str]:
    """The fewest posts whose moving makes the new order of the old one: all but a longest run in the same order."""
    place = {name: at for at, name in enumerate(shown)}
    common = [name for name in old if name in place]
    ends: list[int] = []  # ends[n]: the first place at which a run of n + 1 posts can end
    last: list[int] = []  # the posts that end them, by their place in `common`
    before: list[int] = []
    for at, name in enumerate(common):
        size = bisect_left(ends, place[name])
        ends[size : size + 1] = [place[name]]
        last[size : size + 1] = [at]
        before.append(last[size - 1] if size else -1)
    kept, at = set(), last[-1] if last else -1
    while at >= 0:
        kept.add(common[at])
        at = before[at]
    return frozenset(common) - kept


def _first_public(post: Post, seen: Seen, *, first: bool) -> datetime:
    own = post.updated or post.time or (seen.page.published if first else None)
    return min(own, seen.at) if own else seen.at


def _next_public(post: Post, before: Revision, seen: Seen) -> datetime:
    own = post.updated
    return own if own and before.public < own <= seen.at else max(seen.at, before.public)


def _all(
    order: Sequence[str],
    known: Mapping[str, PostHistory],
    new: Mapping[str, PostHistory],
    moved: frozenset[str],
    seen: Seen,
) -> tuple[PostHistory, ...]:
    """Every post in order; those that the capture should have shown and did not come closer to a tombstone.

    What stands above a further part, and behind a page that goes on elsewhere, it says nothing of.
    """
    stands = [i for i, name in enumerate(order) if name in new and name in known and name not in moved]
    first, last = (stands[0], stands[-1]) if stands else (len(order), -1)
    out = []
    for at, name in enumerate(order):
        if name in new:
            out.append(new[name])
        elif (at > last and seen.page.more) or (at < first and seen.part):
            out.append(known[name])
        else:
            out.append(_missing(known[name], seen, proved=first < at < last))
    return tuple(out)


def _missing(old: PostHistory, seen: Seen, *, proved: bool) -> PostHistory:
    if old.last.removed:
        return old
    proofs = old.proofs + 1 if proved else 0
    absent = old.absent or seen.at
    if proofs < PROOFS:
        return old if (proofs, absent) == (old.proofs, old.absent) else replace(old, proofs=proofs, absent=absent)
    return _removed(replace(old, absent=absent), seen.at, seen.change)


def _removed(old: PostHistory, at: datetime, change: int) -> PostHistory:
    """With a tombstone."""
    last = old.last
    gone = replace(
        last, number=last.number + 1, first_seen=at, public=max(at, last.public), change=change, removed=True
    )
    return replace(old, revisions=(*old.revisions, gone), proofs=0)


def _merged(known: Sequence[PostHistory], posts: Sequence[Post], moved: frozenset[str]) -> list[str]:
    """The order of the newest capture, each post that it doesn't show kept behind its old neighbour that stayed."""
    old, shown = [p.id for p in known], [p.id for p in posts]
    now = set(shown)
    if old and now.isdisjoint(old):
        at = _apart(known, posts)
        return [*old[:at], *shown, *old[at:]]
    behind: dict[str | None, list[str]] = {None: []}
    last: str | None = None
    for name in old:
        if name in now:
            last = last if name in moved else name
        else:
            behind.setdefault(last, []).append(name)
    out = list(behind[None])
    for name in shown:
        out.append(name)
        out.extend(behind.get(name, ()))
    return out


def _apart(known: Sequence[PostHistory], posts: Sequence[Post]) -> int:
    """Where posts stand among known ones of which the capture shows none: by time, behind all where there is none."""
    times = [p.time for p in posts if p.time]
    before = [(at, p.last.post.time) for at, p in enumerate(known) if p.last.post.time]
    if not times or not before:
        return len(known)
    rising = len(times) > 1 and times[0] < times[-1]
    above = [at for at, time in before if (time <= min(times) if rising else time >= max(times))]
    return above[-1] + 1 if above else 0


def revision_hash(post: Post) -> str:
    """Hash of what readers see of a post: equal hashes, one version."""
    bare = replace(post, id="", start=None, end=None, made_id=False)
    return hashlib.sha256(codec.dump(bare)).hexdigest()[:32]
