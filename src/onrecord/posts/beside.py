"""A post of a known form → what stands in it beside words, by the few places of its form where something may stand."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from onrecord.model import Inset
from onrecord.posts.alike import Row
from onrecord.posts.dom import Dom
from onrecord.posts.forms import Form
from onrecord.posts.insets import after, behind, inset_at, leads_on, marked, once
from onrecord.posts.runs import RunLink
from onrecord.posts.words import one_line

Texts = tuple[int | str, ...]
"""Groups of texts, and texts that are the same in all posts."""


@dataclass(slots=True)
class Step:
    """A text, an element or a run, in page order."""

    place: int
    texts: Texts = ()
    """The words of a text, link or list item."""
    run: int = -1
    tag: str = ""
    """"" for a text or run."""
    href: int | str = ""
    """The address of a link, or its group."""
    end: int = 0
    """The number of the step behind the element."""
    held: tuple[int, ...] = ()
    """The runs in it."""

    def may_hold(self, groups: Sequence[str]) -> bool:
        """Whether it is an element that may be more than words."""
        return bool(self.tag) and (self.tag != "a" or leads_on(_said(self.href, groups)))


def _said(held: int | str, groups: Sequence[str]) -> str:
    return held if isinstance(held, str) else groups[held]


def steps_of(form: Form, tree: Dom, skip: Collection[int]) -> list[Step] | None:
    """The steps through a form; None where a link or list item holds a run."""
    steps: list[Step] = []
    open_: list[tuple[int, Step]] = []
    inset_places = set(tree.insets)
    i, end = 0, len(tree.tags)
    while i < end:
        while open_ and i >= open_[-1][0]:
            open_.pop()[1].end = len(steps)
        if i in skip and i:
            i = tree.ends[i]
            continue
        tag = tree.tags[i]
        if i in form.runs:
            steps.append(Step(i, run=form.runs[i]))
        elif not tag:
            steps.append(Step(i, (form.places.get(i, tree.texts[i]),)))
        elif i in inset_places:
            inside = range(i, tree.ends[i])
            held_runs = tuple([form.runs[j] for j in inside if j in form.runs])
            if tag in ("a", "li") and held_runs:
                return None
            texts = tuple([form.places.get(j, tree.texts[j]) for j in inside if not tree.tags[j]])
            held = form.values.get(i)
            href = dict(held.changing).get("href") if held else None
            address = tree.given[i].get("href", "") if href is None else href
            steps.append(Step(i, texts, tag=tag, href=address, held=held_runs))
            open_.append((tree.ends[i], steps[-1]))
        i += 1
    for _, step in open_:
        step.end = len(steps)
    return steps


def stepped(row: Row, steps: Sequence[Step], text: str, base: str | None) -> tuple[Inset, ...]:
    """Pictures, embeds, links and list items in page order, as `insets` finds them."""
    groups, runs = row.groups, row.runs
    tree: Dom | None = None
    out: list[Inset] = []
    cursor = at = 0
    while at < len(steps):
        step = steps[at]
        at += 1
        if step.run >= 0:
            parts = runs[step.run][2]
            if parts:
                cursor = _through(parts, out, text, cursor, base)
            else:
                for line in row.lines[step.run]:
                    cursor = after(line, text, cursor)
        elif not step.tag:
            cursor = behind(_said(step.texts[0], groups), text, cursor)
        elif step.tag in ("a", "li"):
            href = _said(step.href, groups)
            if step.tag == "li" or leads_on(href):
                words = one_line("".join([_said(held, groups) for held in step.texts]))
                out += marked(words, href, step.tag == "li", text, cursor, base)
        else:
            tree = row.form.tree_of(groups) if tree is None else tree
            found = list(inset_at(tree, step.place, text, cursor, base))
            out += found
            if found and found[0].kind == "embed" and step.tag != "blockquote":
                at = step.end
    return tuple(once(out))


def _through(parts: Sequence[str | RunLink], out: list[Inset], text: str, cursor: int, base: str | None) -> int:
    """Take the links of a run; the place behind it."""
    for one in parts:
        if isinstance(one, str):
            cursor = behind(one, text, cursor)
        elif leads_on(one[1]):
            out += marked(one[0], one[1], False, text, cursor, base)
    return cursor
