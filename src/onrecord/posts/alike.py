"""The posts of a page that are built alike → the page without most of them, and what each of those differs in.

A parser reads two elements in one way if they are written with the same tags, stand side by side, and close all that
they open. So of each form one post is left in the page, to see how the parser reads that form. Where it reads the tags
as they stand, those of all others are known, and only their texts and values have to be taken. A post that is not
plainly written is left in the page too, and where the page turns out otherwise than this presumes, it is read whole.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from onrecord.posts.dom import Dom
from onrecord.posts.elements import LEAST, Range, every_id, id_names, id_of, own_id, shape
from onrecord.posts.forms import Form, as_written, form_of
from onrecord.posts.marks import Given, Mark
from onrecord.posts.runs import Run
from onrecord.posts.series import is_named, wanted
from onrecord.posts.taken import Fit, Groups, Taken, fit, taken

_LEAST = 12
"""On a page with fewer posts little is won, nor where no two of so many are alike."""
_LONG = 100_000
_SAMPLES = 16
"""So many parts of a long page show how most of its posts begin."""
_LONGEST = 50_000
_MOST_FORMS = 64
_TRIED = 8
"""So many forms, the last ones that posts had, are tried on a post."""
_FIRST = re.compile(r'<(?:article|section|li|div) (?:[a-z-]+="[^"<>]*" ){0,3}?(?:id|data-[a-z-]{0,20}(?:id|key))="')

Place = tuple[Dom, Range, int]
"""A tree, the range of a post in it, and the place in the page's own tree of the last post's element up to it."""


@dataclass(slots=True)
class _Kept:
    """A post that is left in the page."""

    source: str
    own: str
    """Its id."""


@dataclass(slots=True)
class Row:
    """A post that is left out of the page."""

    page: str
    start: int
    """Where in the page's text it begins, behind what all posts of its form begin with."""
    end: int
    form: Form
    groups: Groups
    runs: Sequence[Run]
    lines: Sequence[list[str]]
    """The lines of each run."""
    after: _Kept
    """The last post before it that is left in the page."""
    at: int = 0
    """The place of that last post in the page."""
    own: str = ""
    """Its id, once it is spread."""

    @property
    def given(self) -> Given:
        """The attributes of its element."""
        return self.form.values[0].given(self.groups)

    def tree(self) -> Dom:
        """All of it as its tags stand."""
        return as_written(self.form.first + self.page[self.start : self.end])


@dataclass(slots=True)
class Abridged:
    """A page without the posts that are written like another one of it."""

    text: str
    name: str
    """The attribute that holds the ids of the posts."""
    rows: list[Row]
    samples: dict[Form, _Kept]
    """Of each form the post that is left in."""
    names: tuple[str, ...] = ()
    """The attributes that hold the ids of posts, once they are spread."""

    def spread(self, page: Dom, ranges: Sequence[Range], known: frozenset[str]) -> list[Place | Row] | None:
        """The posts of the page with those left out, in page order; None where the page does not bear it out."""
        if any(b != page.ends[a] for a, b in ranges):  # a post that is more than its element may hold others
            return None
        once = Counter(given[self.name] for given in page.given if self.name in given)
        at = {own: a for a, _ in ranges if once[own := page.given[a].get(self.name, "")] == 1}
        sound: dict[int, int] = {}
        pairs = {(id(row.after), row.form): row for row in self.rows}
        for row in pairs.values():
            near, sample = (_place(page, kept, at, sound) for kept in (row.after, self.samples[row.form]))
            if near < 0 or sample < 0 or page.above[near] != page.above[sample]:
                return None
            if any(page.tags[j] == "a" for j in page.parents(sample)):
                return None
        if not self._all_posts(page, ranges, known):
            return None
        following: dict[str, list[Row]] = {}
        for row in self.rows:
            following.setdefault(row.after.own, []).append(row)
        out: list[Place | Row] = []
        for post in ranges:
            out.append((page, post, post[0]))
            for row in following.pop(page.given[post[0]].get(self.name, ""), ()):
                row.at = post[0]
                out.append(row)
        return out

    def _all_posts(self, page: Dom, ranges: Sequence[Range], known: frozenset[str]) -> bool:
        """Whether what is left out are posts as surely as what is left in, and each has an id that is no other's."""
        own_ids = self._own_ids([page.given[a] for a, _ in ranges])
        if own_ids is None or len(set(own_ids)) < len(own_ids):
            return False
        for row, own in zip(self.rows, own_ids, strict=True):
            row.own = own
        if any(mark & Mark.UPDATE for mark in page.marks):
            if not all(form.tree.marks[0] & Mark.UPDATE for form in {row.form for row in self.rows}):
                return False
        elif not self._known_or_alike(page, ranges, wanted(known)):
            return False
        others = {given[n] for given, m in zip(page.given, page.marks, strict=True) if m & Mark.NAMED for n in given}
        return others.isdisjoint(own_ids) and {own_id(page, r, self.names) for r in ranges}.isdisjoint(own_ids)

    def _own_ids(self, left_in: Sequence[Given]) -> list[str] | None:
        """The ids of the posts left out; None where other attributes hold them than those of the posts left in."""
        names = self.names = id_names(left_in)
        first = [form.values[0] for form in {row.form for row in self.rows}]
        every = every_id()
        alone = names[:1] == (self.name,) and all(
            every.intersection(given) == {self.name} for given in (*left_in, *(values.shared for values in first))
        )
        if alone and all(values.changing[:1] == ((self.name, 0),) for values in first):
            found = [row.groups[0] for row in self.rows]  # all that each has, so that they alone tell the posts apart
            return found if all(found) else None
        left_out = [row.given for row in self.rows]
        own_ids = [own for given in left_out if (own := id_of(given, names))]
        return own_ids if len(own_ids) == len(left_out) and names == id_names([*left_in, *left_out]) else None

    def _known_or_alike(self, page: Dom, ranges: Sequence[Range], known: Collection[str]) -> bool:
        """Whether each that is left out has a known id, or stands beside posts that have one and looks like them."""
        named = [a for a, _ in ranges if is_named(page.given[a], known)]
        if len(named) < LEAST:
            return False
        unknown = {
            row.form for row in self.rows
            if row.own not in known and row.given[self.name] not in known and not is_named(row.given, known)
        }  # fmt: skip
        feeds = Counter(page.above[a] for a in named)
        looks = {shape(page, a) for a in named if feeds[page.above[a]] > 1}
        sample = {page.given[a].get(self.name): a for a, _ in ranges}
        like = [sample[self.samples[form].own] for form in unknown]
        return all(feeds[page.above[a]] > 1 and shape(page, a) in looks and page.marks[a] & Mark.NAMED for a in like)


def _place(page: Dom, kept: _Kept, at: dict[str, int], sound: dict[int, int]) -> int:
    """Where a post is left in the page; -1 unless the parser reads it just as it is written."""
    found = sound.get(id(kept))
    if found is None:
        place = at.get(kept.own, -1)
        found = sound[id(kept)] = place if place >= 0 and _is_as_written(page, place, kept.source) else -1
    return found


def _is_as_written(page: Dom, start: int, source: str) -> bool:
    """Whether the parser reads a post just as it is written."""
    end = page.ends[start]
    own = as_written(source)
    return (
        page.tags[start:end] == own.tags
        and page.marks[start:end] == own.marks
        and [i - start for i in page.ends[start:end]] == own.ends
        and [i - start for i in page.above[start + 1 : end]] == own.above[1:]
        and page.texts[start:end] == own.texts
        and page.given[start:end] == own.given
        and [n - page.letters[start] for n in page.letters[start : end + 1]] == own.letters
        and [n - page.told[start] for n in page.told[start : end + 1]] == own.told
    )


# -- taking out --------------------------------------------------------------------------------------------------------


def abridged(text: str) -> Abridged | None:
    """The page without the posts that are written like another one of it; None where they are few."""
    if "liveBlogUpdate" not in text or "\r" in text:
        return None
    first = _first(text)
    cuts = _cuts(text, first) if first is not None else None
    if first is None or cuts is None:
        return None
    out: list[str] = []
    rows: list[Row] = []
    samples: dict[Form, _Kept] = {}
    after: _Kept | None = None
    kept = 0
    for (start, end, form, fits), told in zip(cuts, _told(cuts), strict=True):
        if told is not None and after is not None and form is not None:
            groups, runs, lines = told
            rows.append(Row(text, start, end, form, groups, runs, lines, after))
            if kept < start - len(first):
                out.append(text[kept : start - len(first)])
            kept = end
            continue
        after = None
        if form is not None and (told is not None or fits is None):
            after = _Kept(first + text[start:end], text[start : text.index('"', start)])
            if fits is None:
                samples[form] = after
    out.append(text[kept:])
    if len(rows) <= len(cuts) - len(rows):
        return None
    return Abridged("".join(out), first.rsplit(" ", 1)[1][:-2], rows, samples)


Cut = tuple[int, int, Form | None, Fit | None]
"""A post as it is written: from where to where, behind what all posts begin with; its form, and what the form's
pattern takes of it, None of the post that the form was learned from."""


def _cuts(text: str, first: str) -> list[Cut] | None:
    """The posts that begin so, all but the last one; None where the first ones are all written differently."""
    out: list[Cut] = []
    forms: list[Form] = []
    count = 0
    start = text.find(first) + len(first)
    while True:
        start = _known(text, start, forms, out)
        if count == _LEAST and count == len(out):
            return None
        at = text.find(first, start)
        if at < 0:
            return out
        new = None
        if at - start < _LONGEST and _is_worth(forms, len(out) - count):
            new = form_of(first, text[start:at])
        count += 1
        if new is not None and new not in forms:
            forms.insert(0, new)
            out.append((start, at, new, None))
        else:
            out.append((start, at, None, None))
        start = at + len(first)


def _told(cuts: Sequence[Cut]) -> list[Taken | None]:
    """What the patterns of the posts' forms take of them, where that is beyond doubt."""
    fits: dict[Form, list[tuple[int, Fit]]] = {}
    for i, (_, _, form, own) in enumerate(cuts):
        if own is not None and form is not None:
            fits.setdefault(form, []).append((i, own))
    out: list[Taken | None] = [None] * len(cuts)
    for form, found in fits.items():
        for (i, _), told in zip(found, taken(form, [own for _, own in found]), strict=True):
            out[i] = told
    return out


def _first(text: str) -> str | None:
    """How most posts begin, up to their id; None where too few do alike. Samples of a long page tell it too."""
    usual: str | None = None
    if len(text) > _LONG:
        step = len(text) // _SAMPLES
        samples = (_FIRST.findall(text, at, at + step // 5) for at in range(0, len(text), step))
        usual = _commonest(chain.from_iterable(samples), _SAMPLES // 2)
    return usual or _commonest(_FIRST.findall(text), _LEAST)


def _commonest(starts: Iterable[str], least: int) -> str | None:
    """The one that comes most often, if it comes often enough."""
    found = Counter(starts).most_common(1)
    return found[0][0] if found and found[0][1] >= least else None


def _is_worth(forms: Sequence[Form], count: int) -> bool:
    """Whether one more form may be looked for, where so many posts are of those met: not if most have their own."""
    return len(forms) < min(_MOST_FORMS, _LEAST + count // 2)


def _known(text: str, start: int, forms: list[Form], out: list[Cut]) -> int:
    """Take the posts from there on that fit forms met before, the last form first; where one goes on that fits none."""
    place, most = 0, min(len(forms), _TRIED)
    while place < most:
        form = forms[place]
        found = fit(form, text, start)
        if found is None:
            place += 1
            continue
        if place:
            forms.insert(0, forms.pop(place))
            place = 0
        end = found[1]
        out.append((start, end, form, found))
        start = end + len(form.first)
    return start
