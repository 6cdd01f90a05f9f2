"""A page's readings → what its posts said at the moments before the last of them came, where that was said otherwise.

Most posts are read the same whatever comes behind them. Which are not is worked out with the page, so that a view of
a moment in between need not read it again. Nothing here is needed: what is not known is worked out when it is asked.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NamedTuple

from onrecord import statements
from onrecord.history import PageHistory
from onrecord.model import Setting
from onrecord.reading import FAULTS, Drafted
from onrecord.statements.resolve import Known

Prefixes = tuple[tuple[datetime, tuple[int, ...]], ...]
"""For each moment at which a post became public, but for the last one, from some moment on: the places in the page of
the posts that may have been read otherwise then."""
_MOST = 600
"""Posts that are resolved again to know it, over all moments that are new."""
_START = datetime.min.replace(tzinfo=UTC)

_Stand = tuple[int, frozenset[str]]
"""(what stands for the posts of then, those of them that may have been read otherwise)."""


@dataclass(slots=True)
class Before:
    """What is remembered of a page: its last readings, and what was read otherwise before them."""

    mark: object = None
    order: tuple[str, ...] = ()
    """Its posts."""
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
    marks = _marks(history)
    now_is = Before((now.setting, now.page, now.above), tuple(p.id for p in history.posts))
    now_is.readings = {name: one.reading for name, one in known.items()}
    old = _still(last, now_is) if last else {}
    since = max(old, default=_START)
    stands: dict[datetime, _Stand] = {}
    spent = 0
    for at in sorted(marks, reverse=True):
        number, mark = marks[at]
        if not stands:
            stands[at] = mark, frozenset()
        elif at in old and old[at][0] == mark:
            stands[at] = old[at]
        elif at > since and (spent := spent + number) <= _MOST:
            stands[at] = mark, _otherwise(at, now, known)
        else:
            break
    if last:
        last.mark, last.order, last.readings, last.stands = now_is.mark, now_is.order, now_is.readings, stands
    places = {name: n for n, name in enumerate(now_is.order)}
    found = sorted(stands.items())[:-1]
    return tuple((at, tuple(sorted(places[name] for name in names & places.keys()))) for at, (_, names) in found)


def _marks(history: PageHistory) -> dict[datetime, tuple[int, int]]:
    """Each moment at which a post came, from the last edit or removal on → (number of posts, what stands for them)."""
    begin = max((r.public for p in history.posts for r in p.revisions[1:]), default=None)
    out: dict[datetime, tuple[int, int]] = {}
    mark = 0
    for number, last in enumerate(sorted((p.last for p in history.posts), key=lambda r: r.public), 1):
        mark += hash((last.post.id, last.hash, last.number))
        if begin is None or last.public >= begin:
            out[last.public] = number, mark
    return out


def _still(last: Before, now: Before) -> dict[datetime, _Stand]:
    """What was known, with the posts that are read otherwise now; nothing where posts changed their order."""
    order = iter(now.order)
    if last.mark != now.mark or not all(name in order for name in last.order):
        return {}
    other = {name for name, reading in now.readings.items() if last.readings.get(name) is not reading}
    return {at: (stand, names | other) for at, (stand, names) in last.stands.items()}


def _otherwise(at: datetime, now: Now, known: Mapping[str, Known]) -> frozenset[str]:
    """Those of the posts public by then that are read otherwise without the rest of the page."""
    names = {p.id for p in now.history.posts if p.last.public <= at}
    there = [one for one in now.drafted if one[0].id in names]
    mine = dict(known)
    names = {post.id for post, _ in there}
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
