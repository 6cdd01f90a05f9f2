"""Posts of known forms → what readers are shown of each, by the plan of one that says the same small words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo
from functools import partial
from operator import itemgetter

from onrecord.model import BlockKind
from onrecord.posts.alike import Row
from onrecord.posts.beside import Step, stepped, steps_of
from onrecord.posts.dom import Dom, Layout
from onrecord.posts.elements import id_of
from onrecord.posts.entry import Entry, Insets, Plan, entry, flagged, moment_of, no_insets, planned, time_of, updated_by
from onrecord.posts.forms import LONGEST_HEADLINE, Form, Values
from onrecord.posts.links import Link, link_of, permalink
from onrecord.posts.marks import FILE
from onrecord.posts.pieces import Piece, layout
from onrecord.posts.scan import ends_search, kind_of
from onrecord.posts.stamps import usual, usual_iso
from onrecord.posts.words import listing, one_line, words

_CLOCK = re.compile(r"(?:[01]\d|2[0-3])([:.])[0-5]\d( (?:GMT|UTC|BST|CET|CEST|EST|EDT))?", re.ASCII)
_AGO = re.compile(r"[2-9]|[1-5]\d")
"""Whatever one of these is taken for, all are."""
_MOST_KEPT = 1000

Texts = tuple[int | str, ...]
"""Groups of texts, and texts that are the same in all posts."""
Blocks = list[tuple[BlockKind, int, Texts]]
"""Blocks of text: of each its kind, the number of its run, -1 for none, and else its texts."""


@dataclass(slots=True)
class Planned:
    """A plan in terms of what the posts of a form differ in."""

    plan: Plan
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


class Rows:
    """Reads the posts of one page that are of known forms."""

    def __init__(self, zone: tzinfo, names: Sequence[str]) -> None:
        self._zone = zone
        self._names = names
        self._clocks: dict[str, str] = {}

    def entry(self, row: Row) -> Entry:
        """What a post shows."""
        found = self._planned(row) if row.form.plain else None
        return (self._quick(row, found) if found is not None else None) or self._whole(row)

    def _whole(self, row: Row) -> Entry:
        tree = row.tree()
        return entry(tree, (0, len(tree.tags)), self._zone, self._names)

    def _planned(self, row: Row) -> Planned | None:
        """The plan of posts that say the same small words in the same places; None where that says too little."""
        form, groups = row.form, row.groups
        for run in row.runs:
            for text in run[1]:
                if len(text) < 80 and kind_of(text):
                    return None
            if form.least and sum([len(text.strip()) for text in run[1]]) < form.least:
                return None
        for text in form.headlines(groups):
            if len(text) > LONGEST_HEADLINE:
                return None
        clocks = self._clocks
        near = tuple([clocks.get(text) or self._word(text) for text in form.near(groups)])
        small = [(i, text) for i, text in enumerate(form.others(groups)) if 4 < len(text) < 80 and kind_of(text)]
        key = near, tuple(small), self._zone
        if key in form.plans:
            return form.plans[key]
        if len(form.plans) >= _MOST_KEPT:
            form.plans.clear()
        found = form.plans[key] = _new(form, groups, self._zone)
        return found

    def _word(self, text: str) -> str:
        """The same for all clocks of one kind, and for all texts like `12m ago`."""
        clock = _CLOCK.fullmatch(text)
        if clock is not None:
            out = f"12{clock[1]}00{clock[2] or ''}"
        else:
            number, unit = text[:-5], text[-5:]
            out = f"2{unit}" if unit in ("m ago", "h ago") and _AGO.fullmatch(number) else text
        self._clocks[text] = out
        return out

    def _quick(self, row: Row, found: Planned) -> Entry | None:
        """The entry by a plan; None where it doesn't fit, or where there is more to see than words."""
        plan, groups, zone, given = found.plan, row.groups, self._zone, row.given
        if not found.known or (found.held and any(row.runs[run][2] for run in found.held)):
            return None
        time = usual(groups[found.when]) if found.when >= 0 else None
        stamp = usual_iso(groups[found.when]) if time is not None and not found.timed else None
        if time is None or found.timed:
            clock = found.clock.given(groups)
            if time is None and moment_of(clock, zone) is None:
                return None
            time = time_of(given, clock, zone)
        own = id_of(given, self._names)
        return Entry(
            own,
            _title(row, found.title) or None,
            time,
            None,
            updated_by(given, [c.given(groups) for c in found.changed], zone) if found.turned else None,
            plan.authors,
            plan.key or (found.flags and flagged(given, "key")),
            plan.pinned or (found.flags and flagged(given, "pinned")),
            tuple(_pieces(row, found.blocks)),
            permalink(_links(row, found.links), own),
            plan.labels,
            plan.signs,
            (),
            self._insets(row, found),
            plan.badge,
            stamp,
        )

    def _insets(self, row: Row, found: Planned) -> Insets:
        """What stands in it beside words."""
        steps = found.steps
        if any(map(itemgetter(2), row.runs)) or any(step.may_hold(row.groups) for step in found.holding):
            return lambda text, base: stepped(row, steps, text, base)
        return no_insets


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


def _title(row: Row, blocks: Blocks) -> str:
    """The words of a headline on one line."""
    if len(blocks) == 1 and len(texts := blocks[0][2]) == 1 and not isinstance(text := texts[0], str):
        return one_line(row.groups[text])
    return " ".join([text for _, text in _pieces(row, blocks)]) if blocks else ""


def _pieces(row: Row, blocks: Blocks) -> list[Piece]:
    """The blocks of one post."""
    out: list[Piece] = []
    groups = row.groups
    for kind, run, texts in blocks:
        if run >= 0:
            out += [(kind, line) for line in row.runs[run][0]]
        elif len(texts) == 1 and not isinstance(texts[0], str):
            if line := one_line(groups[texts[0]]):
                out.append((kind, line))
        elif line := one_line("".join([text if isinstance(text, str) else groups[text] for text in texts])):
            out.append((kind, line))
    return out


def _new(form: Form, groups: Sequence[str], zone: tzinfo) -> Planned | None:
    """The plan of a post; None unless its first clock holds its time."""
    tree = form.tree_of(groups)
    plan = planned(tree, (0, len(tree.tags)), zone, None)
    if not plan.steady or plan.clock is None:
        return None
    title: Blocks = []
    if plan.title_at is not None:
        title = _blocks(form, layout(tree, plan.title_at, tree.ends[plan.title_at], plan.skip - {plan.title_at}))
    clock, own = _values(form, tree, plan.clock), tree.given[0]
    steps = steps_of(form, tree, plan.skip)
    return Planned(
        plan=plan,
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
