"""Posts of known forms → what readers are shown of each, by the plan of one that says the same small words.

All posts of a form are taken together, column by column: of each thing that they differ in the texts of all posts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import lru_cache, partial
from itertools import repeat

from onrecord.model import BlockKind
from onrecord.posts.alike import Row
from onrecord.posts.beside import Step, stepped, steps_of
from onrecord.posts.dom import LONGEST_CLOCK, Dom, Layout
from onrecord.posts.entry import Entry, Insets, Plan, entry, flagged, moment_of, no_insets, planned, time_of, updated_by
from onrecord.posts.forms import Form, Values
from onrecord.posts.links import Link, link_of, permalink
from onrecord.posts.marks import FILE
from onrecord.posts.pieces import Piece, layout
from onrecord.posts.scan import LONGEST_TITLE, ends_search, kind_of
from onrecord.posts.stamps import usual_iso, usual_ones
from onrecord.posts.words import listing, one_lines, words

_CLOCK = re.compile(r"(?:[01]\d|2[0-3])([:.])[0-5]\d( (?:GMT|UTC|BST|CET|CEST|EST|EDT))?", re.ASCII)
_AGO = re.compile(r"[2-9]|[1-5]\d")
"""Whatever one of these is taken for, all are."""
_MOST_KEPT, _MOST_ZONES = 1000, 16
"""Plans of a form that are kept for each zone, and zones."""

Columns = Sequence[Sequence[str]]
"""Of each group of a form the texts of several posts."""
Texts = tuple[int | str, ...]
"""Groups of texts, and texts that are the same in all posts."""
Blocks = list[tuple[BlockKind, int, Texts]]
"""Blocks of text: of each its kind, the number of its run, -1 for none, and else its texts."""
Says = tuple[tuple[str, ...], bool, bool, frozenset[str], tuple[tuple[str, str], ...], bool]
"""What small words say: authors, whether it is a key post, or pinned, labels, signs, badge."""


@dataclass(slots=True)
class Shape:
    """Where posts of a form tell what, in terms of what they differ in."""

    clock: Values
    when: int
    """The group of its `datetime`, -1 where there is none."""
    title: Blocks
    blocks: Blocks
    links: list[tuple[str | int, bool, int]]
    """The addresses of links, or their groups, and whether each says that it is the post's own; or a run's number."""
    changed: list[Values]
    steps: list[Step]
    """Where something may stand in it beside words."""
    holding: list[Step]
    """Those of them that are elements."""
    known: bool
    """Whether these steps tell it all."""
    held: list[int]
    """The runs whose links bear on what is embedded."""
    timed: bool
    """Whether its element may give its time."""
    turned: bool
    """Whether it may tell when it was changed."""
    flags: bool
    """Whether its element's attributes may say that it is a key post or pinned."""


@dataclass(slots=True)
class Planned:
    """How posts are read that say the same small words."""

    shape: Shape
    says: Says


class Rows:
    """Reads the posts of one page that are of known forms."""

    def __init__(self, zone: tzinfo, names: Sequence[str]) -> None:
        self._zone = zone
        self._names = names

    def entries(self, rows: Sequence[Row]) -> list[Entry]:
        """What each post shows."""
        out: list[Entry | None] = [None] * len(rows)
        for places in _together([id(row.form) for row in rows]):
            _put(out, places, self._of_form([rows[i] for i in places]))
        return [self._whole(row) if one is None else one for row, one in zip(rows, out, strict=True)]

    def _whole(self, row: Row) -> Entry:
        tree = row.tree()
        return entry(tree, (0, len(tree.tags)), self._zone, self._names)

    def _of_form(self, rows: Sequence[Row]) -> list[Entry | None]:
        """What each of some posts of one form shows; None for those that have to be looked at one by one."""
        form = rows[0].form
        out: list[Entry | None] = [None] * len(rows)
        if not form.plain:
            return out
        plans = self._plans(form, rows)
        for places in _together([id(plan.shape) if plan else 0 for plan in plans]):
            own = [plan for i in places if (plan := plans[i])]
            if own and own[0].shape.known:
                _put(out, places, self._of_shape(own, [rows[i] for i in places]))
        return out

    # -- plans ---------------------------------------------------------------------------------------------------------

    def _plans(self, form: Form, rows: Sequence[Row]) -> list[Planned | None]:
        """The plans of posts by their small words; None for those of which these say too little."""
        columns = _columns(rows)
        near = zip(*[_alike(columns[group]) for group in form.near], strict=True) if form.near else repeat(())
        keys = [*zip(near, _small(form, columns, len(rows)), strict=False)]
        known = form.plans.get(self._zone)
        if known is None or len(known) >= _MOST_KEPT:  # another one: other threads may be about to look into the old
            form.shapes = {}
            if len(form.plans) >= _MOST_ZONES:
                form.plans = {}
            known = form.plans[self._zone] = {}
        new = set(keys).difference(known)
        for row, key in zip(rows, keys, strict=True) if new else ():
            if key not in known:
                known[key] = _new(form, row.groups, self._zone)
        out = [known[key] for key in keys]
        for i in _unlike(form, rows, columns):
            out[i] = None
        return out

    # -- what posts show -----------------------------------------------------------------------------------------------

    def _of_shape(self, plans: Sequence[Planned], rows: Sequence[Row]) -> list[Entry | None]:
        """What posts show that tell all in the same places; None for those with more to see than words."""
        shape, columns = plans[0].shape, _columns(rows)
        times, stamps = self._times(shape, rows, columns)
        ids = [row.own for row in rows]
        authors, keys, pinned, labels, signs, badges = zip(*[plan.says for plan in plans], strict=True)
        if shape.flags:
            keys = tuple([key or flagged(row.given, "key") for key, row in zip(keys, rows, strict=True)])
            pinned = tuple([pin or flagged(row.given, "pinned") for pin, row in zip(pinned, rows, strict=True)])
        updated: Iterable[datetime | None] = repeat(None)
        if shape.turned:
            updated = [updated_by(r.given, [c.given(r.groups) for c in shape.changed], self._zone) for r in rows]
        shown = map(
            Entry, ids, _titles(shape, rows, columns), times, repeat(None), updated, authors, keys, pinned,
            _pieces(shape.blocks, rows, columns), _addresses(shape, rows), labels, signs, repeat(()),
            _insets(shape, rows), badges, stamps,
        )  # fmt: skip
        out: list[Entry | None] = list(shown)
        if shape.held or None in times:
            for i, (row, time) in enumerate(zip(rows, times, strict=True)):
                if time is None or any(row.runs[run][2] for run in shape.held):
                    out[i] = None
        return out

    def _times(
        self, shape: Shape, rows: Sequence[Row], columns: Columns
    ) -> tuple[list[datetime | None], list[str | None]]:
        """When they were published, as moments and ISO text; None where their first clock doesn't say."""
        given = columns[shape.when] if shape.when >= 0 else [""] * len(rows)
        times = usual_ones(given)
        stamps = [usual_iso(text) if time else None for text, time in zip(given, times, strict=True)]
        if shape.timed or not all(times):
            for i, row in enumerate(rows):
                time = times[i]
                if shape.timed or time is None:
                    clock = shape.clock.given(row.groups)
                    if time or moment_of(clock, self._zone):
                        times[i] = time_of(row.given, clock, self._zone)
                    stamps[i] = None
        return times, stamps


def _together(kinds: Sequence[int]) -> Iterable[Sequence[int]]:
    """The places of what is of one kind, kind by kind."""
    if len(set(kinds)) < 2:
        return [range(len(kinds))] if kinds else []
    out: dict[int, list[int]] = {}
    for i, kind in enumerate(kinds):
        out.setdefault(kind, []).append(i)
    return out.values()


def _put(out: list[Entry | None], places: Iterable[int], found: Iterable[Entry | None]) -> None:
    for i, one in zip(places, found, strict=True):
        out[i] = one


def _columns(rows: Sequence[Row]) -> Columns:
    return list(zip(*[row.groups for row in rows], strict=True))


# -- plans -------------------------------------------------------------------------------------------------------------


def _alike(texts: Iterable[str]) -> list[str]:
    """The texts, those that may be clocks as `_word` has them; longer ones are not kept."""
    return [_word(text) if len(text) <= LONGEST_CLOCK else text for text in texts]


@lru_cache(maxsize=8192)
def _word(text: str) -> str:
    """The same for all clocks of one kind, and for all texts like `12m ago`."""
    clock = _CLOCK.fullmatch(text)
    if clock is not None:
        return f"12{clock[1]}00{clock[2] or ''}"
    number, unit = text[:-5], text[-5:]
    return f"2{unit}" if unit in ("m ago", "h ago") and _AGO.fullmatch(number) else text


def _small(form: Form, columns: Columns, count: int) -> Iterable[tuple[tuple[int, str], ...]]:
    """Of each post the other texts that may be a clock, a name or a label, with their places."""
    found = [(i, columns[group]) for i, group in enumerate(form.others)]
    told = {text for _, column in found for text in set(column) if 4 < len(text) < 80 and kind_of(text)}
    if not told:
        return repeat((), count)
    numbers = [i for i, _ in found]
    rows = zip(*[column for _, column in found], strict=True)
    return [tuple([(i, t) for i, t in zip(numbers, row, strict=True) if t in told]) for row in rows]


def _unlike(form: Form, rows: Sequence[Row], columns: Columns) -> Iterator[int]:
    """The posts in which more bears on where they tell what than their small words."""
    odd = {text for text in [t for row in rows for run in row.runs for t in run[1] if len(t) < 80] if kind_of(text)}
    if odd:
        yield from (i for i, row in enumerate(rows) if any(not odd.isdisjoint(run[1]) for run in row.runs))
    if form.least:
        for i, row in enumerate(rows):
            if any(sum([len(text.strip()) for text in run[1]]) < form.least for run in row.runs):
                yield i
    for group in form.headlines:
        yield from (i for i, text in enumerate(columns[group]) if len(text) > LONGEST_TITLE)


# -- columns -----------------------------------------------------------------------------------------------------------


def _titles(shape: Shape, rows: Sequence[Row], columns: Columns) -> Sequence[str | None]:
    """The words of headlines, each on one line."""
    if not shape.title:
        return [None] * len(rows)
    if len(shape.title) == 1 and shape.title[0][1] < 0:
        return [title or None for title in _joined(shape.title[0][2], columns, len(rows))]
    parts = _pieces(shape.title, rows, columns)
    return [" ".join([text for _, text in found]) or None for found in parts]


def _pieces(blocks: Blocks, rows: Sequence[Row], columns: Columns) -> list[tuple[Piece, ...]]:
    """The blocks of each post."""
    if len(blocks) == 1 and blocks[0][1] >= 0:
        kind, run, _ = blocks[0]
        return [tuple([(kind, line) for line in row.lines[run]]) for row in rows]
    out: list[list[Piece]] = [[] for _ in rows]
    for kind, run, texts in blocks:
        if run >= 0:
            for own, row in zip(out, rows, strict=True):
                own += [(kind, line) for line in row.lines[run]]
        else:
            for own, line in zip(out, _joined(texts, columns, len(rows)), strict=True):
                if line:
                    own.append((kind, line))
    return list(map(tuple, out))


def _joined(texts: Texts, columns: Columns, count: int) -> Sequence[str]:
    """Each post's texts on one line."""
    parts = [[text] * count if isinstance(text, str) else columns[text] for text in texts]
    return one_lines(parts[0] if len(parts) == 1 else list(map("".join, zip(*parts, strict=True))))


def _addresses(shape: Shape, rows: Sequence[Row]) -> Iterable[str | None]:
    """The posts' own addresses."""
    if not shape.links:
        return repeat(None)
    return [permalink(_links(row, shape.links), row.own) for row in rows]


def _links(row: Row, links: Sequence[tuple[str | int, bool, int]]) -> list[Link]:
    """A post's links in page order."""
    groups = row.groups
    out: list[Link] = []
    for held, says, run in links:
        if run < 0:
            out.append((groups[held] if isinstance(held, int) else held, says))
        elif parts := row.runs[run][2]:
            out += [part[1:] for part in parts if not isinstance(part, str)]
    return out


def _insets(shape: Shape, rows: Sequence[Row]) -> Iterable[Insets]:
    """What stands in each beside words."""
    steps, holding = shape.steps, shape.holding
    if not holding and not any(run[2] for row in rows for run in row.runs):
        return repeat(no_insets)
    return [
        partial(stepped, row, steps)
        if any(run[2] for run in row.runs) or any(step.may_hold(row.groups) for step in holding)
        else no_insets
        for row in rows
    ]


# -- a new plan --------------------------------------------------------------------------------------------------------


def _new(form: Form, groups: Sequence[str], zone: tzinfo) -> Planned | None:
    """The plan of a post; None unless its first clock holds its time."""
    tree = form.tree_of(groups)
    plan = planned(tree, (0, len(tree.tags)), zone, None)
    if not plan.steady or plan.clock is None:
        return None
    key = plan.clock, plan.title_at, plan.skip, tuple(plan.links), tuple(plan.changed)
    shape = form.shapes.get(key)
    if shape is None:
        shape = form.shapes[key] = _shape(form, tree, plan, plan.clock)
    says = plan.authors, plan.key, plan.pinned, plan.labels, plan.signs, plan.badge
    return Planned(shape, says)


def _shape(form: Form, tree: Dom, plan: Plan, clock_at: int) -> Shape:
    title: Blocks = []
    if plan.title_at is not None:
        title = _blocks(form, layout(tree, plan.title_at, tree.ends[plan.title_at], plan.skip - {plan.title_at}))
    clock, own = _values(form, tree, clock_at), tree.given[0]
    steps = steps_of(form, tree, plan.skip)
    return Shape(
        clock=clock,
        when=dict(clock.changing).get("datetime", -1),
        title=title,
        blocks=_blocks(form, layout(tree, 0, len(tree.tags), plan.skip)),
        links=[_link(form, tree, i) for i in sorted([*plan.links, *filter(partial(_is_seen, tree), form.runs)])],
        changed=[_values(form, tree, i) for i in plan.changed],
        steps=steps or [],
        holding=[step for step in steps or () if step.tag],
        known=steps is not None,
        held=[run for step in steps or () for run in step.held],
        timed=not own.keys().isdisjoint(listing(FILE, "time_attributes")),
        turned=bool(plan.changed) or not own.keys().isdisjoint(words(FILE, "change_attributes")),
        flags=any(key.startswith("data-") for key in own),
    )


def _link(form: Form, tree: Dom, place: int) -> tuple[str | int, bool, int]:
    """A link, or all those of a run."""
    if place in form.runs:
        return "", False, form.runs[place]
    address, says = link_of(tree.given[place])
    return _group(form, place, "href", address), says, -1


def _is_seen(tree: Dom, place: int) -> bool:
    """Whether `scan` looks into what stands there."""
    return not any(ends_search(tree.marks[j]) for j in tree.parents(place) if j)


def _group(form: Form, place: int, name: str, value: str) -> str | int:
    """The group of an attribute's value; the value itself where all posts have the same."""
    held = form.values.get(place)
    return dict(held.changing).get(name, value) if held else value


def _values(form: Form, tree: Dom, place: int) -> Values:
    return form.values.get(place) or Values(tree.given[place], ())


def _blocks(form: Form, found: Layout) -> Blocks:
    out: Blocks = []
    for kind, places in found:
        run = form.runs.get(places[-1], -1)
        texts: Texts = tuple([form.places.get(place, form.tree.texts[place]) for place in places])
        out.append((kind, run, () if run >= 0 else texts))
    return out
