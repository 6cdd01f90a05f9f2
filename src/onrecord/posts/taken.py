"""A post that a form's pattern fits → what it differs in from others of that form, if it is of the form beyond doubt.

The pattern is loose, and what it takes is looked at for many posts together, as most hold nothing but plain words.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from itertools import chain, repeat

from onrecord.posts.forms import OTHER, UNSURE, Form
from onrecord.posts.marks import said
from onrecord.posts.runs import NO_LINKS, Run, run_of
from onrecord.posts.words import neat, one_line

_TOGETHER = 32
"""So many posts are looked at together."""
_SIGNS = "<>&"
"""In plain words there is none of these."""

Groups = tuple[str, ...]
Taken = tuple[Groups, Sequence[Run], Sequence[list[str]]]
"""What one post differs in from others of its form: groups, runs, and the lines of each run."""
Fit = tuple[Groups, int, Taken | None]
"""What a form's pattern takes, where the post ends, and what that comes to where that had to be found out already."""


def fit(form: Form, text: str, start: int) -> Fit | None:
    """What the pattern takes of the post whose `first` ends there in the page's text.

    None where it does not fit, and where no other post follows.
    """
    found = form.match(text, start)
    if found is None or not text.startswith(form.first, end := found.end()):
        return None
    groups = found.groups("")
    for tag, values, number in form.checked:
        own = {name: html.unescape(value) for name, value in values.given(groups).items()}
        if said(tag, list(own.values()), own)[1] != number:
            return None
    for group in form.runs_at:
        if groups[group + 1]:
            told = _with_care(form, groups)
            return (groups, end, told) if told is not None else None
    return groups, end, None


def taken(form: Form, fits: Sequence[Fit]) -> list[Taken | None]:
    """What posts come to of which the form's pattern takes that; None for those that may be of another form."""
    out: list[Taken | None] = []
    for at in range(0, len(fits), _TOGETHER):
        some = fits[at : at + _TOGETHER]
        found = _plain(form, [groups for groups, _, told in some if told is None])
        if found is None:
            out += [told or _with_care(form, groups) for groups, _, told in some]
        else:
            out += [told or next(found) for _, _, told in some]
    return out


def _plain(form: Form, groups: Sequence[Groups]) -> Iterator[Taken] | None:
    """What posts come to that hold nothing but plain words; None where any holds more."""
    if not groups:
        return iter(())
    columns = list(zip(*groups, strict=True))
    runs = [_parted(columns[group]) for group in form.runs_at]
    texts = [*chain.from_iterable([columns[group] for group in form.texts])]
    texts += chain.from_iterable(chain.from_iterable(runs))
    values = "/".join(chain.from_iterable([columns[group] for group in form.attributes]))
    if any(map(values.__contains__, _SIGNS)) or not neat(texts, _SIGNS):
        return None
    lines = zip(*runs, strict=True) if runs else repeat((), len(groups))
    return ((own, [(run, run, NO_LINKS) for run in found], found) for own, found in zip(groups, lines, strict=True))


def _parted(markups: Sequence[str]) -> list[list[str]]:
    """Runs cut into their paragraphs, by what stands between these in the first that has several."""
    several = next((markup for markup in markups if "</p>" in markup), None)
    if several is None:
        return [[markup] for markup in markups]
    at = several.index("</p>")
    between = several[at : several.index(">", at + 4) + 1]
    return [markup.split(between) for markup in markups]


def _with_care(form: Form, groups: Groups) -> Taken | None:
    """What any post comes to; None where brackets stand outside of tags, or more in a run than words and links."""
    outside = [groups[group] for group in chain(form.texts, form.attributes)]
    if any("<" in text or ">" in text for text in outside):
        return None
    escaped = any("&" in group for group in groups)
    if escaped and (any(map(UNSURE.search, groups)) or any(OTHER.search(groups[group]) for group in form.attributes)):
        return None
    runs: list[Run] = []
    for group in form.runs_at:
        run = run_of(groups[group] + groups[group + 1], escaped)
        if run is None:
            return None
        runs.append(run)
    if escaped:
        groups = tuple(map(html.unescape, groups))
        if not all(groups[group].strip() for group in form.texts):
            return None
    return groups, runs, [[line for text in run[0] if (line := one_line(text))] for run in runs]
