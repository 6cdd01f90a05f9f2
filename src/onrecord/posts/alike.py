"""The posts of a page that are built alike → the page without most of them, and each of those as a tree of its own.

A parser reads two elements in one way if they are written with the same tags, stand side by side, and close all that
they open. So of each form one post is left in the page, to see how the parser reads that form. Where it reads the tags
as they stand, those of all others are known, and only their texts and values have to be taken. A post that is not
plainly written is left in the page too, and where the page turns out otherwise than this presumes, it is read whole.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from operator import itemgetter, mul

from onrecord.posts.dom import Dom, dom_of_tags
from onrecord.posts.elements import Range, id_names, id_of, own_id, shape
from onrecord.posts.marks import TELLING, WRITTEN, Content, Given, Like, Mark, content_of, like, written
from onrecord.posts.scan import kind_of
from onrecord.posts.series import is_named, wanted

_LEAST = 12
"""On a page with fewer posts little is won, nor where no two of so many are alike."""
_LONGEST = 50_000
_MOST_TAGS = 500
"""Longer posts than these stay in the page."""
_MOST_FORMS = 64
_FIRST = re.compile(r'<(?:article|section|li|div) (?:[a-z-]+="[^"<>]*" ){0,3}?(?:id|data-[a-z-]{0,20}(?:id|key))="')
_UNSURE = re.compile(r"&(?!(?:amp|lt|gt|quot|nbsp|[lr][sd]quo|[nm]dash|hellip|#0?39|#8\d{3}|#x20[0-9a-fA-F]{2});)")
"""What another reader of HTML may take for another sign."""
_SPACES = " \n\t\f"
_CLOCK = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d", re.ASCII)
"""Whatever one of these is taken for, all are."""
_HEADING = Mark.HEADING | Mark.HEADLINE
_NAMING = Mark.KEY | Mark.AUTHOR | Mark.CHANGED | Mark.CLOCK | Mark.ROLE | Mark.NAME

Place = tuple[Dom, Range, int]
"""A tree, the range of a post in it, and the place in the page's own tree of the last post's element up to it."""


@dataclass(slots=True)
class _Part:
    """A post as it is written."""

    heads: list[str]
    """Its tags without their brackets."""
    texts: list[str]
    """What stands behind each; "" behind the last."""
    given: list[Given]
    """Their attributes."""
    after: _Part | None = None
    """The last post before it that is left in the page."""
    form: _Form | None = None

    def own(self, name: str) -> str:
        """The value of an attribute of its element."""
        return self.given[0].get(name, "")


@dataclass(slots=True)
class _Form:
    """What posts share that are written with the same tags: their tree, but for texts and values."""

    tree: Dom
    sample: _Part
    """The one that is left in the page."""
    texts: Callable[[Sequence[str]], tuple[str, ...]]
    """Of the texts behind the tags those of the tree's places."""
    given: Callable[[Sequence[Given]], tuple[Given, ...]]
    """Of the attributes of the tags those of the tree's places."""
    words: Callable[[Sequence[str]], tuple[str, ...]]
    """Of the texts behind the tags those that are none empty."""
    blanks: Callable[[Sequence[str]], tuple[str, ...]]
    """The others."""
    sums: Callable[[Sequence[int]], tuple[int, ...]]
    """Of the letters up to each of those, the letters up to the tree's places."""
    told: tuple[bool, ...]
    """Which of those stand in paragraphs."""
    bearing: tuple[int, ...]
    """How each of those bears on where a post tells what (`_bearing`)."""
    varied: dict[int, Like] = field(default_factory=dict)
    """Which tags differ from post to post."""
    fixed: Callable[[Sequence[str]], tuple[str, ...]] | None = None
    """The other tags."""
    plain: tuple[str, ...] = ()
    """Those of the sample."""

    def learn(self, heads: Sequence[str]) -> None:
        """Take in which tags of one more post are not those of the sample."""
        differ = [i for i, (own, head) in enumerate(zip(self.sample.heads, heads, strict=True)) if own != head]
        for i in differ:
            if found := like(self.sample.heads[i]):
                self.varied[i] = found
        same = [i for i, own in enumerate(self.sample.heads) if i not in self.varied and own == heads[i]]
        whole = len(same) + len(self.varied) == len(heads) and len(same) > 1
        self.fixed = itemgetter(*same) if whole else None
        self.plain = self.fixed(heads) if self.fixed else ()

    def given_by(self, heads: Sequence[str], texts: Sequence[str]) -> list[Given] | None:
        """The attributes of a post's tags; None unless it is of this form beyond doubt."""
        if self.fixed is None or self.fixed(heads) != self.plain:
            return None
        if any(self.blanks(texts)) or not all(self.words(texts)):
            return None
        given = self.sample.given.copy()
        for i, one in self.varied.items():
            values = one.given(heads[i])
            if values is None:
                return None
            given[i] = values
        return given


@dataclass(slots=True)
class _Forms:
    """The forms of a page's posts."""

    by_kinds: dict[tuple[object, ...], _Form] = field(default_factory=dict)
    """By the numbers of their tags, and where they hold texts."""
    by_count: dict[int, list[_Form]] = field(default_factory=dict)
    """By how many tags they have."""


@dataclass(slots=True)
class Abridged:
    """A page without the posts that are written like another one of it."""

    text: str
    name: str
    """The attribute that holds the ids of the posts."""
    parts: list[_Part]

    def spread(self, page: Dom, ranges: Sequence[Range], known: Collection[str]) -> list[Place] | None:
        """The posts of the page with those left out, in page order; None where the page does not bear it out."""
        at = {page.given[a].get(self.name, ""): a for a, b in ranges if b == page.ends[a]}
        pairs = {(id(part.after), id(part.form)): (part.after, part.form) for part in self.parts}
        for before, form in pairs.values():
            if before is None or form is None:
                return None
            near, sample = at.get(before.own(self.name)), at.get(form.sample.own(self.name))
            if not (_is_as_written(page, near, before) and _is_as_written(page, sample, form.sample)):
                return None
            if near is None or sample is None or page.above[near] != page.above[sample]:
                return None
        if not self._all_posts(page, ranges, known):
            return None
        trees: dict[str, list[Dom]] = {}
        for part in self.parts:
            if part.after and part.form:
                trees.setdefault(part.after.own(self.name), []).append(_tree(part, part.form))
        out: list[Place] = []
        for post in ranges:
            out.append((page, post, post[0]))
            following = trees.pop(page.given[post[0]].get(self.name, ""), ())
            out += [(tree, (0, len(tree.tags)), post[0]) for tree in following]
        return out

    def _all_posts(self, page: Dom, ranges: Sequence[Range], known: Collection[str]) -> bool:
        """Whether what is left out are posts as surely as what is left in, and each has an id that is no other's."""
        left_in = [page.given[a] for a, _ in ranges]
        left_out = [part.given[0] for part in self.parts]
        if any(mark & Mark.UPDATE for mark in page.marks):
            if not all(form.tree.marks[0] & Mark.UPDATE for form in self._forms()):
                return False
        elif not self._known_or_alike(page, ranges, wanted(known)):
            return False
        names = id_names(left_in)
        own_ids = [id_of(given, names) for given in left_out]
        if None in own_ids or len(set(own_ids)) < len(own_ids) or names != id_names([*left_in, *left_out]):
            return False
        others = {given[n] for given, m in zip(page.given, page.marks, strict=True) if m & Mark.NAMED for n in given}
        return others.isdisjoint(own_ids) and {own_id(page, r, names) for r in ranges}.isdisjoint(own_ids)

    def _known_or_alike(self, page: Dom, ranges: Sequence[Range], known: Collection[str]) -> bool:
        """Whether each that is left out has a known id, or stands beside posts that have one and looks like them."""
        named = [a for a, _ in ranges if is_named(page.given[a], known)]
        feeds = Counter(page.above[a] for a in named)
        looks = {shape(page, a) for a in named if feeds[page.above[a]] > 1}
        sample = {page.given[a].get(self.name): a for a, _ in ranges}
        return len(named) > 1 and all(
            part.given[0][self.name] in known
            or is_named(part.given[0], known)
            or (feeds[page.above[a]] > 1 and shape(page, a) in looks and page.marks[a] & Mark.NAMED)
            for part in self.parts
            if part.form and (a := sample[part.form.sample.own(self.name)]) is not None
        )

    def _forms(self) -> Collection[_Form]:
        """Each form of the posts left out."""
        return {id(part.form): part.form for part in self.parts if part.form}.values()


def abridged(text: str) -> Abridged | None:
    """The page without the posts that are written like another one of it; None where they are few."""
    if "liveBlogUpdate" not in text or "\0" in text or "\r" in text:
        return None
    found = Counter(_FIRST.findall(text)).most_common(1)
    if not found or found[0][1] < _LEAST:
        return None
    first = found[0][0]
    kept, *pieces = text.split(first)
    out = [kept]
    parts: list[_Part] = []
    forms = _Forms()
    after: _Part | None = None
    for number, piece in enumerate(pieces[:-1]):
        if number == _LEAST and not parts:
            return None
        part = _part(first, piece, forms) if len(piece) < _LONGEST else None
        if part and after and part.form is not None and part is not part.form.sample:
            part.after = after
            parts.append(part)
        else:
            out += (first, piece)
            after = part if part and part.form is not None else None
    out += (first, pieces[-1])
    if 2 * len(parts) < len(pieces):
        return None
    return Abridged("".join(out), first.rsplit(" ", 1)[1][:-2], parts)


def _part(first: str, piece: str, forms: _Forms) -> _Part | None:
    """A post that is written plainly, with its form if another has the same; None where other things stand in it."""
    source = first[1:] + piece
    if "/>" in source:
        source = source.replace(" />", ">").replace("/>", ">")
    cut = source.replace(">", "<").split("<")
    heads, texts = cut[::2], cut[1::2]
    if len(cut) % 2 or len(heads) > _MOST_TAGS or texts[-1].strip(_SPACES):
        return None
    texts[-1] = ""
    if "&" in piece:
        if _UNSURE.search(piece):
            return None
        texts = [html.unescape(text) for text in texts]
    for form in forms.by_count.get(len(heads), ()):
        if (given := form.given_by(heads, texts)) is not None:
            return _Part(heads, texts, given, form=form)
    known = WRITTEN.get
    rows = [known(head) or written(head) for head in heads]
    kinds = tuple([row[0] for row in rows])
    if 0 in kinds:
        return None
    part = _Part(heads, texts, [row[1] for row in rows])
    key = (kinds, tuple(map(bool, texts)))
    part.form = forms.by_kinds.get(key)
    if part.form is not None:
        part.form.learn(heads)
    elif len(forms.by_kinds) < _MOST_FORMS and (new := _form(part, source)):
        part.form = forms.by_kinds[key] = new
        forms.by_count.setdefault(len(heads), []).append(new)
    return part


def _form(sample: _Part, source: str) -> _Form | None:
    """The form of a post as it is written; None where it does not close what it opens, or holds next to no words."""
    words = [i for i, text in enumerate(sample.texts) if text]
    heads = sample.heads
    if not _is_closed(heads) or len(words) < 2 or len(heads) - len(words) < 2:
        return None
    tree = dom_of_tags(f"<{source.rstrip(_SPACES)}")
    texts: list[int] = []
    given: list[int] = []
    for i, head in enumerate(heads):
        if head[0] != "/":
            given.append(i)
            texts.append(-1)
        if sample.texts[i]:
            given.append(-1)
            texts.append(i)
    tree.telling = [i for i, tag in enumerate(tree.tags) if tag in ("", "a") or tree.marks[i] & TELLING]
    before = [0, *accumulate(i >= 0 for i in texts)]
    told = [any(tree.tags[j] == "p" for j in tree.parents(i)) for i, tag in enumerate(tree.tags) if not tag]
    blanks = [i for i, text in enumerate(sample.texts) if not text]
    return _Form(
        tree=tree,
        sample=sample,
        texts=itemgetter(*texts),
        given=itemgetter(*given),
        words=itemgetter(*words),
        blanks=itemgetter(*blanks),
        sums=itemgetter(*before),
        told=tuple(told),
        bearing=tuple(_bearing(tree)),
    )


def _is_closed(heads: Sequence[str]) -> bool:
    """Whether each tag that may hold something is closed by its own, the first one last."""
    open_: list[str] = []
    for head in heads:
        if head[0] == "/":
            if not open_ or open_.pop() != head[1:]:
                return False
        elif content_of(tag := head.split(" ", 1)[0]) == Content.ANY:
            if not open_ and head is not heads[0]:
                return False
            open_.append(tag)
        elif not open_:
            return False
    return not open_


def _bearing(tree: Dom) -> Iterator[int]:
    """How each text bears on where a post tells what: by all of it (2), by whether it is there (1), or not (0).

    By all of it do texts in the part of the post that holds a clock, or right beside it; those of names and labels; and
    paragraphs above a headline. Of all others it matters whether they are clocks, names or labels (`scan`).
    """
    marks, tags, above = tree.marks, tree.tags, tree.above
    clocks = [i for i, mark in enumerate(marks) if mark & Mark.CLOCK]
    tops = list(tree.children(0))
    near = {i for i in tops if any(i <= clock < tree.ends[i] for clock in clocks)}
    for at, i in enumerate(tops):
        if i in clocks:
            near.update(j for j in tops[max(0, at - 1) : at + 2] if tags[j] not in ("p", "figure", "ul"))
    last = max((i for i, mark in enumerate(marks) if mark & _HEADING), default=0)
    for i, tag in enumerate(tags):
        if not tag:
            around = [*tree.parents(i)][:-1]
            said = any(marks[j] & _NAMING or marks[j] & _HEADING == Mark.HEADLINE for j in around)
            ahead = i < last and any(tags[j] == "p" for j in around)
            whole = said or ahead or above[i] == 0 or not near.isdisjoint(around)
            yield 2 if whole else int(any(marks[j] & Mark.HEADING for j in around))


def _sort(form: _Form, words: Sequence[str], sizes: Sequence[int]) -> Hashable:
    """What of its words bears on where a post tells what."""
    told = [
        (":" if _CLOCK.fullmatch(word) else word) if bears == 2
        else word if 4 < len(word) < 80 and kind_of(word)
        else bears and size > 0
        for word, size, bears in zip(words, sizes, form.bearing, strict=True)
    ]  # fmt: skip
    return id(form), tuple(told)


def _tree(part: _Part, form: _Form) -> Dom:
    """A post's own tree."""
    words = form.words(part.texts)
    sizes = [len(word.strip()) for word in words]
    return Dom(
        tags=form.tree.tags,
        given=form.given(part.given),
        texts=form.texts(part.texts),
        above=form.tree.above,
        ends=form.tree.ends,
        marks=form.tree.marks,
        letters=form.sums([0, *accumulate(sizes)]),
        told=form.sums([0, *accumulate(map(mul, sizes, form.told))]),
        insets=form.tree.insets,
        telling=form.tree.telling,
        layouts=form.tree.layouts,
        sort=_sort(form, words, sizes),
    )


def _is_as_written(page: Dom, start: int | None, part: _Part) -> bool:
    """Whether the parser reads a post just as it is written."""
    if start is None or part.form is None:
        return False
    end = page.ends[start]
    own = _tree(part, part.form)
    return (
        page.tags[start:end] == own.tags
        and page.marks[start:end] == own.marks
        and [i - start for i in page.ends[start:end]] == own.ends
        and [i - start for i in page.above[start + 1 : end]] == own.above[1:]
        and tuple(page.texts[start:end]) == own.texts
        and tuple(page.given[start:end]) == own.given
        and tuple([n - page.letters[start] for n in page.letters[start : end + 1]]) == own.letters
        and tuple([n - page.told[start] for n in page.told[start : end + 1]]) == own.told
    )
