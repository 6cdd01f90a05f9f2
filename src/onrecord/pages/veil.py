"""Events and lines of the rundown → the same without the words of sources that may only be linked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace

from onrecord.model import Event, RevisionView
from onrecord.pages.brief import Placed
from onrecord.pages.rights import Allowed
from onrecord.pages.rundown import Line

NOT_SHOWN = "(words not shown)"

Key = tuple[str, str]
"""A page and a post."""


def keys(events: Iterable[Event], lines: Iterable[Line] = ()) -> list[Key]:
    """The posts whose words these show."""
    told = ((t.page, t.post) for event in events for t in event.tellings)
    return list(dict.fromkeys([*told, *((e.page, e.post) for line in lines for e in line.evidence)]))


def linked(
    wanted: Iterable[Key], posts: Callable[[Iterable[Key]], Mapping[Key, RevisionView]], allowed: Allowed
) -> frozenset[Key]:
    """Those posts that may only be linked; nothing is looked up where no source is such."""
    if not allowed.any_linked:
        return frozenset()
    found = posts(wanted)
    return frozenset(key for key, view in found.items() if allowed.rights(view.outlet, view.where) == "link")


def event(given: Event, hidden: Collection[Key]) -> Event:
    """The event; in place of a headline from such a post, what happened and where in our own words."""
    mine = {(t.page, t.post) for t in given.tellings if t.post == given.headline_from.post} if hidden else set()
    if not mine or not all(key in hidden for key in mine):
        return given
    return replace(given, headline=_named(given.kind, given.place.name if given.place else ""))


def line(given: Line, known: Event, hidden: Collection[Key]) -> Line:
    """The line without clauses and passages from such posts; what happened inside it is left out if any of it is."""
    if not any((e.page, e.post) in hidden for e in given.evidence) and event(known, hidden) is known:
        return given
    first = next(((e.page, e.post) for e in given.evidence), None)
    covered = first in hidden or event(known, hidden) is not known
    return replace(
        given,
        what=_named(known.kind, given.where) if covered else given.what,
        evidence=tuple(replace(e, words=NOT_SHOWN) if (e.page, e.post) in hidden else e for e in given.evidence),
        parts=(),
    )


def placed(given: Placed, allowed: Allowed) -> Placed:
    """The place of an event, which is not told by whom: its kind alone where any source may only be linked."""
    return given._replace(headline=_named(given.kind, "")) if allowed.any_linked else given


def _named(kind: str, where: str) -> str:
    return f"{kind[:1].upper()}{kind[1:]}, {where}" if where else f"{kind[:1].upper()}{kind[1:]}"
