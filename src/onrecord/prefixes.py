"""A page's readings → what its posts said at the moments before the last of them came, where that was said otherwise.

Most posts are read the same whatever comes behind them. Which are not is worked out with the page, so that a view of
a moment in between need not read it again. Nothing here is needed: what is not known is worked out when it is asked.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from onrecord import statements
from onrecord.history import PageHistory, Revision
from onrecord.model import Setting
from onrecord.reading import FAULTS, Drafted
from onrecord.statements.resolve import Known

Prefixes = tuple[tuple[datetime, tuple[int, ...]], ...]
"""For each moment at which a post became public, but for the last one, from some moment on: the places in the page of
the posts that may have been read otherwise then."""
_MOST = 600
"""Posts that are resolved again to know it, over all moments."""

_Stand = tuple[int, frozenset[str]]
"""(what stands for the posts of then, those of them that may have been read otherwise)."""


@dataclass(slots=True)
class Before:
    """What is remembered of a page: its last readings, and what was read otherwise before them."""

    mark: object = None
    readings: Mapping[str, object] = field(default_factory=dict)
    stands: Mapping[datetime, _Stand] = field(default_factory=dict)


class Now(NamedTuple):
    """A page as it is read now."""

    history: PageHistory
    drafted: Drafted
    above: Drafted
    setting: Setting
    page: str


def of(now: Now, known: Mapping[str, Known], last: Before | None = None) -> Prefixes:
    """What was read otherwise of a page that is read so; moments before its last edit or removal are left out."""
    history = now.history
    publics = {p.id: p.last.public for p in history.posts}
    begin = max((r.public for p in history.posts for r in p.revisions[1:]), default=None)
    moments = sorted({at for at in publics.values() if begin is None or at >= begin})
    readings = {name: one.reading for name, one in known.items()}
    mark_of_page = (now.setting, now.page, now.above)
    old = _still(last, readings, mark_of_page) if last else {}
    stands: dict[datetime, _Stand] = {}
    spent = 0
    for at in reversed(moments):
        there = [one for one in now.drafted if publics[one[0].id] <= at]
        mark = hash(tuple(_mark(p.last) for p in history.posts if publics[p.id] <= at))
        if at == moments[-1]:
            stands[at] = mark, frozenset()
        elif at in old and old[at][0] == mark:
            stands[at] = old[at]
        elif (spent := spent + len(there)) <= _MOST:
            stands[at] = mark, _otherwise(there, now, known)
        else:
            break
    if last:
        last.mark, last.readings, last.stands = mark_of_page, readings, stands
    places = {p.id: n for n, p in enumerate(history.posts)}
    found = sorted(stands.items())[:-1]
    return tuple((at, tuple(sorted(places[name] for name in names))) for at, (_, names) in found)


def _mark(revision: Revision) -> tuple[str, str]:
    return revision.post.id, revision.hash


def _still(last: Before, now: Mapping[str, object], mark: object) -> dict[datetime, _Stand]:
    """What was known, with the posts that are read otherwise now."""
    if last.mark != mark:
        return {}
    other = {name for name, reading in now.items() if last.readings.get(name) is not reading}
    return {at: (stand, names | other) for at, (stand, names) in last.stands.items()}


def _otherwise(there: Drafted, now: Now, known: Mapping[str, Known]) -> frozenset[str]:
    """Those of the posts that are read otherwise without the rest of the page."""
    mine = dict(known)
    names = [post.id for post, _ in there]
    try:
        statements.resolve(there, now.setting, now.page, mine, now.above)
    except FAULTS:
        return frozenset(names)
    return frozenset(name for name in names if mine[name] is not known.get(name))


def at(known: Sequence[tuple[str, Collection[int]]], moment: str) -> Collection[int] | None:
    """The places of the posts that may have been read otherwise at a moment (`stamp`); None where it is not known."""
    found = None
    for since, places in known:
        if since > moment:
            break
        found = places
    return found
