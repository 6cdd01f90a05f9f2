"""What was worked out of a page the last time → the same objects again, where they would be made of the same.

Nothing here is needed: what is remembered is what the same work would give. Things are told apart by the very objects
that they are made of, as equal values (one moment in two zones) may still be written differently.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime

from onrecord.history import PageHistory
from onrecord.model import RevisionView
from onrecord.prefixes import Before
from onrecord.reading import Resolved
from onrecord.statements import draft
from onrecord.statements.draft import Draft
from onrecord.store import codec
from onrecord.store.rows import digest
from onrecord.store.shown import Written

_POSTS = 2_000
"""Posts that are remembered, in all."""
_FIELDS = [f.name for f in fields(RevisionView)]


@dataclass(frozen=True, slots=True)
class _Told:
    """A post's tellings: what they are made of, and the mark of how they are kept once that is known."""

    view: RevisionView
    draft: Draft
    published: datetime | None
    mark: bytes | None = None


@dataclass(slots=True)
class Remembered:
    """One page."""

    resolved: Resolved = field(default_factory=Resolved)
    before: Before = field(default_factory=Before)
    written: Written = field(default_factory=dict)
    kept: Mapping[str, bytes] = field(default_factory=dict)
    """Post → the mark of its tellings as they are kept now."""
    _history: tuple[bytes, PageHistory] | None = None
    _drafts: dict[str, tuple[bytes, Draft]] = field(default_factory=dict)
    _views: dict[str, RevisionView] = field(default_factory=dict)
    _told: dict[str, _Told] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """How many posts it is."""
        return len(self._views)

    def history(self, stored: bytes) -> PageHistory:
        """A history that is written so."""
        if self._history is None or self._history[0] != stored:
            self._history = (stored, codec.load(PageHistory, stored))
        return self._history[1]

    def keep_history(self, stored: bytes, history: PageHistory) -> None:
        """Remember how a history is written."""
        self._history = (stored, history)

    def draft(self, key: str, stored: bytes) -> Draft:
        """A draft that is written so."""
        mark = digest(stored)
        if key not in self._drafts or self._drafts[key][0] != mark:
            self._drafts[key] = (mark, draft.load(stored))
        return self._drafts[key][1]

    def keep_draft(self, key: str, stored: bytes, made: Draft) -> None:
        """Remember how a draft is written."""
        self._drafts[key] = (digest(stored), made)

    def keep_only(self, drafts: Collection[str]) -> None:
        """Forget all other drafts."""
        self._drafts = {key: self._drafts[key] for key in drafts if key in self._drafts}

    def view(self, new: RevisionView) -> RevisionView:
        """The view of before where this one is the same."""
        name = new.post.id
        old = self._views.get(name)
        if old is None or not all(_same(getattr(old, field), getattr(new, field)) for field in _FIELDS):
            self._views[name] = old = new
        return old

    def tells_the_same(self, view: RevisionView, drafted: Draft, published: datetime | None) -> bool:
        """True when the record has the tellings that would be made of these."""
        name = view.post.id
        old = self._told.get(name)
        if old is None or old.view is not view or old.draft is not drafted or old.published is not published:
            self._told[name] = _Told(view, drafted, published)
            return False
        return old.mark is not None and old.mark == self.kept.get(name, b"")

    def keep_marks(self, marks: Mapping[str, bytes], but: Collection[str]) -> None:
        """Remember how tellings of posts are kept; all but those of these posts have been made anew."""
        for name, old in self._told.items():
            if name not in but:
                self._told[name] = replace(old, mark=marks.get(name, b""))

    def forget_told(self) -> None:
        """Forget tellings: decisions of the desk change them."""
        self._told.clear()


def _same(a: object, b: object) -> bool:
    return a is b or (isinstance(a, str | int) and type(a) is type(b) and a == b)


class Memory:
    """The pages of late."""

    def __init__(self) -> None:
        self._pages: OrderedDict[str, Remembered] = OrderedDict()

    def page(self, name: str) -> Remembered:
        """What is remembered of a page."""
        found = self._pages.setdefault(name, Remembered())
        self._pages.move_to_end(name)
        while len(self._pages) > 1 and sum(page.size for page in self._pages.values()) > _POSTS:
            self._pages.popitem(last=False)
        return found

    def clear(self) -> None:
        """Forget all."""
        self._pages.clear()
