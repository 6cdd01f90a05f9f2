"""A page's history → what the record shows of it: readings of its posts and tellings of its happenings."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from urllib.parse import urlsplit

from onrecord import desk, prefixes, reading, ruled
from onrecord.above import posts_above
from onrecord.desk import Taken
from onrecord.history import PageHistory, Revision
from onrecord.model import Post, PostReading, Problem, RevisionView, Setting, Settings, Telling
from onrecord.reading import Drafted
from onrecord.remembered import Remembered
from onrecord.selecting import Named
from onrecord.statements.draft import Draft

Drafts = Callable[[Sequence[Post]], Sequence[Draft]]
"""Posts → their drafts, from the record or by reading."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the record shows of one page."""

    page: str
    history: PageHistory
    views: tuple[RevisionView, ...]
    """Each post's version, in page order; a removed one says nothing."""
    tellings: tuple[Telling, ...]
    problems: tuple[Problem, ...]
    named: tuple[Named, ...] = ()
    """What decisions of the desk name on the page."""
    as_kept: frozenset[str] = frozenset()
    """Posts of which the tellings are left out: the record has them as they would be."""
    prefixes: prefixes.Prefixes = ()
    """What posts said before the last of them came, where that was otherwise."""


def tell(
    page: str,
    history: PageHistory,
    settings: Settings,
    drafts: Drafts,
    at: datetime | None = None,
    held: Sequence[Taken] = (),
    last: Remembered | None = None,
    only: Collection[str] | None = None,
) -> Told:
    """What the page says in its latest versions, or in those that could be read at a moment, as decisions have it.

    With what is remembered of it, only what is different is made anew. With `only`, what these posts of it say.
    """
    current = [r for r in (_version(p.revisions, at) for p in history.posts) if r]
    begun = {p.revisions[0].post.id: p.revisions[0].public for p in history.posts}
    outlet, where = outlet_of(history), history.where
    speaking = [r for r in current if not r.removed]
    head = posts_above(history.above) if speaking else ()
    posts = [*(r.post for r in speaking), *head]
    found = list(zip(posts, drafts(posts), strict=True)) if reading.readable(history.language) else []
    mine, above = found[: len(speaking)], found[len(speaking) :]
    resolved = last.resolved if last else reading.Resolved()
    setting = setting_of(history, settings)
    said, problems = _said(mine, above, setting, page, where, resolved)
    before: prefixes.Prefixes = ()
    if at is None and found and page != desk.PAGE and not any(p.code == reading.FAULT for p in problems):
        now = prefixes.Now(history, mine, above, setting, page)
        before = prefixes.of(now, resolved.readings, last.before if last else None)
    current = [r for r in current if only is None or r.post.id in only]
    made = (_view(r, said.get(r.post.id), outlet, page, where, begun.get(r.post.id)) for r in current)
    views = tuple(map(last.view, made)) if last else tuple(made)
    drafted = {post.id: one for post, one in mine}
    telling = [v for v in views if not v.removed and v.post.id in drafted]
    as_kept = _as_kept(telling, drafted, history.published, held, last)
    told = [
        one
        for view in telling
        if view.post.id not in as_kept
        for one in reading.tellings(
            view.reading, drafted[view.post.id], outlet=outlet, page=page, published=history.published,
            seen=view.public_time,
        )
    ]  # fmt: skip
    if page == desk.PAGE:  # what the desk takes back was never there for readers
        views = tuple(v for v in views if not v.removed)
    shown, kept, named = ruled.apply(page, views, told, held) if held else (views, tuple(told), ())
    return Told(page, history, shown, kept, problems, named, as_kept, before)


def _as_kept(
    views: Iterable[RevisionView],
    drafted: Mapping[str, Draft],
    published: datetime | None,
    held: Sequence[Taken],
    last: Remembered | None,
) -> frozenset[str]:
    """Posts of which the record has the tellings as they are; decisions may change any."""
    if last is None:
        return frozenset()
    if held:
        last.forget_told()
        return frozenset()
    return frozenset(v.post.id for v in views if last.tells_the_same(v, drafted[v.post.id], published))


def setting_of(history: PageHistory, settings: Settings) -> Setting:
    """What `resolve` may know of the page and the story."""
    zone = history.tz or settings.tz
    return Setting(history.published, zone, history.outlet, settings.countries, settings.sides)


def outlet_of(history: PageHistory) -> str:
    """The outlet's name; where none is known, the page's host or its file's name stands for it."""
    if history.outlet:
        return history.outlet
    return urlsplit(history.where).hostname or PurePath(history.where).stem or "outlet not given"


def versions(page: str, history: PageHistory) -> Iterable[tuple[str, list[RevisionView]]]:
    """(post, its versions, oldest first, unread) for posts of the page."""
    outlet = outlet_of(history)
    for post in history.posts:
        yield post.id, [_view(r, None, outlet, page, history.where) for r in post.revisions]


def _version(revisions: Sequence[Revision], at: datetime | None) -> Revision | None:
    public = revisions if at is None else [r for r in revisions if r.public <= at]
    return public[-1] if public else None


def _said(
    drafted: Drafted, above: Drafted, setting: Setting, page: str, where: str, before: reading.Resolved
) -> tuple[dict[str, PostReading], tuple[Problem, ...]]:
    if not drafted:
        return {}, ()
    readings, problems = reading.resolve(drafted, setting, page_id=page, where=where, before=before, above=above)
    return {r.post.id: r for r in readings}, problems


def _view(
    r: Revision, said: PostReading | None, outlet: str, page: str, where: str, begun: datetime | None = None
) -> RevisionView:
    return RevisionView(
        outlet, page, where, said or PostReading(r.post), r.first_seen, r.change, r.number, r.removed, r.public,
        None if begun == r.public else begun,
    )  # fmt: skip
