"""A page's history → what changed on it, change by change: new, edited, removed, restored, not shown, moved. Pure.

Only what readers can notice counts: an edit that touches nothing but markup or metadata is none. An edit that its
outlet did not stamp with a later time of update is silent.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from onrecord.history import PageHistory, PostHistory, Revision
from onrecord.model import Post, iso
from onrecord.pages.marks import pieces
from onrecord.statements.draft import Draft, FigureDraft

Kind = Literal["new", "edited", "removed", "restored", "not shown", "moved"]

NOTICED = ("title", "text", "authors", "time", "key", "pinned")
"""Fields of a post whose change makes an edit."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that happened to one post."""

    kind: Kind
    at: datetime
    """When it was seen."""
    outlet: str
    page: str
    where: str
    post: str
    number: int
    """Of the post's version that it made; the last one for `not shown` and `moved`."""
    change: int
    """The record's change number of that version."""
    before: Post | None
    after: Post | None
    what: tuple[str, ...] = ()
    """The fields that an edit changed."""
    silent: bool = False
    """The words changed, and no time of update says so."""
    figures: tuple[tuple[str, str, str], ...] = ()
    """(what is counted, before, after) for figures that an edit changed, each in its own words."""

    @property
    def title(self) -> str:
        """The post's title or first words."""
        post = self.after or self.before
        return (post.title or post.text.partition("\n")[0][:90]) if post else ""

    def to_dict(self) -> dict[str, object]:
        """The object that `onrecord changes --json` prints."""
        before, after = (p.text if p else None for p in (self.before, self.after))
        both = self.kind in ("edited", "restored") and before is not None and after is not None
        parts = pieces(before or "", after or "") if both else []
        return {
            "kind": self.kind, "at": iso(self.at), "outlet": self.outlet, "page": self.page, "where": self.where,
            "post": self.post, "title": self.title, "revision": self.number, "change": self.change,
            "silent": self.silent, "what": list(self.what), "before": before, "after": after,
            "difference": [{"op": op, "text": text} for op, text in parts],
            "figures": [{"what": what, "before": old, "after": new} for what, old, new in self.figures],
        }  # fmt: skip


def of(page: str, history: PageHistory, outlet: str) -> list[Change]:
    """Every change of the page's posts, oldest first, those of one moment in page order."""
    found = [change for post in history.posts for change in _of_post(page, history, outlet, post)]
    return sorted(found, key=lambda change: change.at)


def _of_post(page: str, history: PageHistory, outlet: str, post: PostHistory) -> Iterator[Change]:
    before: Revision | None = None
    for revision in post.revisions:
        made = _step(before, revision)
        if made:
            kind, what = made
            yield Change(
                kind, revision.first_seen, outlet, page, history.where, post.id, revision.number, revision.change,
                before.post if before else None, None if revision.removed else revision.post, what,
                silent=before is not None and kind == "edited" and _silent(before.post, revision.post, what),
            )  # fmt: skip
        before = revision
    yield from _whereabouts(page, history, outlet, post)


def _step(before: Revision | None, after: Revision) -> tuple[Kind, tuple[str, ...]] | None:
    """What a revision is to the one before it; None for one in which readers can notice nothing."""
    if before is None:
        return "new", ()
    if after.removed:
        return "removed", ()
    what = changed(before.post, after.post)
    if before.removed:
        return "restored", what
    return ("edited", what) if what else None


def _whereabouts(page: str, history: PageHistory, outlet: str, post: PostHistory) -> Iterator[Change]:
    last = post.last
    moments: list[tuple[Kind, datetime]] = [("moved", at) for at in post.moves]
    if post.absent and not last.removed:
        moments.append(("not shown", post.absent))
    for kind, at in moments:
        yield Change(
            kind, at, outlet, page, history.where, post.id, last.number, last.change, last.post,
            last.post if kind == "moved" else None,
        )  # fmt: skip


def changed(before: Post, after: Post) -> tuple[str, ...]:
    """The fields in which a reader sees a difference; white space is none."""
    found = tuple(name for name in NOTICED if _seen(before, name) != _seen(after, name))
    return tuple(name for name in found if name != "time" or not (before.approximate or after.approximate))


def _seen(post: Post, name: str) -> object:
    value = getattr(post, name)
    return value.split() if isinstance(value, str) else value


def _silent(before: Post, after: Post, what: Sequence[str]) -> bool:
    stamped = after.updated is not None and after.updated != before.updated
    return ("text" in what or "title" in what) and not stamped


# -- figures -----------------------------------------------------------------------------------------------------------


def figures(before: Post, was: Draft, after: Post, now: Draft) -> tuple[tuple[str, str, str], ...]:
    """(what is counted, before, after) for each count that the two versions give differently, in their words."""
    old, new = (_counted(d.figures) for d in (was, now))
    out = []
    for what in [name for name in old if name in new]:
        gone, come = _less(old[what], new[what]), _less(new[what], old[what])
        pairs = zip(gone, come, strict=False)
        out += [(what, before.text[a.start : a.end], after.text[b.start : b.end]) for a, b in pairs]
    return tuple(out)


def _counted(found: Iterable[FigureDraft]) -> dict[str, list[FigureDraft]]:
    out: dict[str, list[FigureDraft]] = {}
    for figure in found:
        out.setdefault(figure.what, []).append(figure)
    return out


def _amount(figure: FigureDraft) -> tuple[float, float | None, str, str | None]:
    return figure.value, figure.value_max, figure.bound, figure.unit


def _less(some: Sequence[FigureDraft], others: Sequence[FigureDraft]) -> list[FigureDraft]:
    """Those of some whose amount the others don't give."""
    left = Counter(map(_amount, others))
    out = []
    for figure in some:
        amount = _amount(figure)
        if left[amount]:
            left[amount] -= 1
        else:
            out.append(figure)
    return out
