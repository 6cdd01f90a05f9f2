"""Events → the rundown of a period: most important first, every line with its evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cache
from itertools import islice
from math import inf
from typing import NamedTuple

from onrecord import words as word_files
from onrecord.model import Conflict, Event, Telling, iso
from onrecord.pages import brief
from onrecord.pages.brief import Brief, Part
from onrecord.pages.wording import words

_REALITY = {"planned": "planned", "threatened": "threatened", "possible": "possible", "not_done": "did not happen"}
_REAL = {"planned": 0.6, "threatened": 0.6, "possible": 0.5, "not_done": 0.3}
_TOLLS = frozenset({"casualties", "death"})
_PART = 0.5
"""How much of the weight of its parts' weightiest figure an event has."""
_STANDING = {"reported": 0.0, "claimed": 0.1, "corroborated": 0.3, "verified": 0.4}


@dataclass(frozen=True, slots=True)
class Evidence:
    """The exact words that a line rests on, and where they stand."""

    words: str
    outlet: str
    time: datetime | None
    page: str
    post: str
    statement: str


@dataclass(frozen=True, slots=True)
class Line:
    """One event of a rundown."""

    event: str
    what: str
    """A clause, word for word from the text."""
    reality: str
    """`planned`, `threatened`, `possible`, `did not happen`; empty for what happened or goes on."""
    where: str
    when: str
    """In words: `12 March 2025`, `12–13 March 2025`."""
    earliest: str | None
    """ISO 8601, as `latest`."""
    latest: str | None
    standing: str
    """In words: `claimed by the ministry (Russia); not independently verified`."""
    independent_origins: int
    outlets: tuple[str, ...]
    conflicts: tuple[str, ...]
    """In words: `80 per cent / 86 per cent`."""
    evidence: tuple[Evidence, ...]
    new: bool
    """First told in this period."""
    key: bool
    parts: tuple[str, ...] = ()
    """What happened inside it: clauses of the events that are part of it."""
    pinned: bool = False
    """The desk put it on top."""

    @property
    def text(self) -> str:
        """What the line says, with the reality in front, so that nothing planned reads as done."""
        return f"{self.reality}: {self.what}" if self.reality else self.what


def rundown(
    events: Iterable[Event],
    since: datetime,
    until: datetime,
    lines: int | None = None,
    *,
    tz: tzinfo = UTC,
    words: int | None = None,
) -> list[Line]:
    """The events told from `since` to `until` (exclusive), most important first; what the desk pinned above all.

    At most `lines` of them, and as many as fit into `words` words of line and standing, but one at least.

    A small event that is part of another one in the period stands in that one's line. Ranked by weight of kind and
    figures, independent origins, change of standing, key flags and novelty; equal ones by time, then id.
    """
    known = {e.id: e for e in events}
    picked = list(islice(chosen(map(brief.of, known.values()), since, until), lines))
    return told(ranked_of(picked, known), since, until, tz=tz, words=words)


def ranked_of(picked: Sequence[Choice], known: Mapping[str, Event]) -> Ranked:
    """The choices with what their lines show, of events that are at hand."""
    return ranked(picked, lambda names: [known[n] for n in names], lambda names: [brief.part(known[n]) for n in names])


class Choice(NamedTuple):
    """An event that has a line, and those that stand in it."""

    top: str
    inside: tuple[str, ...]


def chosen(known: Iterable[Brief], since: datetime, until: datetime) -> Iterator[Choice]:
    """What a rundown tells, most important first, of events given in the order of their first tellings."""
    period = brief.mark(since), brief.mark(until)
    held = {e.id: e for e in known if e.pinned or _now(e, period)}
    return (choice for choice, _ in _choices(held, {name: _rank(e, period) for name, e in held.items()}, period))


Nest = Callable[[Sequence[str]], Mapping[str, str | None]]
"""Events → what each of these is part of, and all that stands in one line with any of them."""
_ASKED = 40


def best(known: Iterable[Brief], since: datetime, until: datetime, most: int | None, nest: Nest) -> list[Choice]:
    """The first of what `chosen` gives, where it takes work to know what an event is part of: asked for few.

    An event that was not asked for has no parts that were: it can't weigh more than it does alone by as much as the
    weightiest figure of those that were not asked for would add.
    """
    period = brief.mark(since), brief.mark(until)
    held = {e.id: e for e in known if e.pinned or _now(e, period)}
    worth = {name: _rank(e, period) for name, e in held.items()}
    todo = sorted(held, key=lambda name: (not held[name].pinned, -worth[name]))
    sure: dict[str, str | None] = {}
    while True:
        ask, todo = todo[:_ASKED] if most else todo, todo[_ASKED:] if most else []
        sure.update(nest(ask))
        todo = [name for name in todo if name not in sure]
        limit = max((worth[n] for n in todo), default=0.0) + _PART * max((held[n].figures for n in todo), default=0.0)
        found = {name: e._replace(part_of=sure[name]) for name, e in held.items() if name in sure}
        enough = (choice for choice, value in _choices(found, worth, period) if not todo or value > limit)
        out = list(islice(enough, most))
        if not todo or len(out) == most:
            return out


def _choices(
    held: Mapping[str, Brief], worth: Mapping[str, float], period: tuple[str, str]
) -> Iterator[tuple[Choice, float]]:
    """What is told of these events, with how much it weighs; what is pinned weighs more than anything."""
    inside: defaultdict[str, list[Brief]] = defaultdict(list)
    tops = []
    for event in held.values():
        top = held.get(event.part_of or "")
        if top is None or event.pinned or _stands_alone(event, top):
            tops.append(event)
        else:
            inside[top.id].append(event)
    whole = {e.id: worth[e.id] + _PART * max((i.figures for i in inside[e.id]), default=0.0) for e in tops}
    ranked = sorted(tops, key=lambda e: (not e.pinned, -whole[e.id], e.told[0].time or period[0], e.id))
    for e in _unsaid(ranked):
        yield Choice(e.id, tuple(i.id for i in inside[e.id])), inf if e.pinned else whole[e.id]


class Ranked(NamedTuple):
    """The choices of a rundown with what their lines show."""

    picked: Sequence[Choice]
    known: Mapping[str, Event]
    """Events that have a line, and those that lead one."""
    parts: Mapping[str, Part]
    """Those that stand in one."""
    leads: Mapping[str, str]
    """Event → the part of it whose words its line shows."""


def ranked(
    picked: Sequence[Choice],
    full: Callable[[Sequence[str]], Iterable[Event]],
    parts: Callable[[Sequence[str]], Iterable[Part]],
) -> Ranked:
    """The choices with what is fetched for them: few events in full."""
    known = {e.id: e for e in full([choice.top for choice in picked])}
    inside = {p.id: p for p in parts([name for choice in picked for name in choice.inside])}
    leads = dict(_leads(picked, known, inside))
    more = full([name for name in leads.values() if name not in known])
    return Ranked(picked, known | {e.id: e for e in more}, inside, leads)


def _leads(
    picked: Sequence[Choice], known: Mapping[str, Event], inside: Mapping[str, Part]
) -> Iterator[tuple[str, str]]:
    """Event → the part that leads its line; none whose words another line shows."""
    said = {known[choice.top].headline for choice in picked}
    for choice in picked:
        toll = _toll(known[choice.top], [part for name in choice.inside if (part := inside[name]).headline not in said])
        if toll:
            said.add(inside[toll].headline)
            yield choice.top, toll


def told(found: Ranked, since: datetime, until: datetime, *, tz: tzinfo = UTC, words: int | None = None) -> list[Line]:
    """The lines of what was chosen, as many as fit into so many words, but one at least."""
    made = (_line(choice, found, since, until, tz) for choice in found.picked)
    return list(_fitting(made, words))


def _fitting(lines: Iterable[Line], words: int | None) -> Iterator[Line]:
    left = words
    for n, line in enumerate(lines):
        if left is not None:
            left -= len(f"{line.text} {line.standing}".split())
            if n and left < 0:
                return
        yield line


def _stands_alone(event: Brief, top: Brief) -> bool:
    """Whether a part says enough for a line of its own: what conflicts, what is to come, or what is told elsewhere."""
    if event.disputed:
        return True
    if not event.given or event.direct:
        return False
    elsewhere = {t.post for t in event.told}.isdisjoint(t.post for t in top.told)
    return elsewhere or event.reality in _REALITY


def _unsaid(ranked: Iterable[Brief]) -> Iterator[Brief]:
    """Events that say something which the ones before them don't: a sentence and a clause stand in one line only."""
    sentences: set[str] = set()
    heads: set[str] = set()
    for event in ranked:
        said = {t.sentence for t in event.told}
        if not event.pinned and (said <= sentences or event.head in heads or all(t.reports for t in event.told)):
            continue
        sentences |= said
        heads.add(event.head)
        yield event


def rank(event: Event, since: datetime, until: datetime) -> float:
    """How much an event weighs in a period."""
    return _rank(brief.of(event), (brief.mark(since), brief.mark(until)))


def _rank(event: Brief, period: tuple[str, str]) -> float:
    now = _now(event, period)
    worth = kind_weight(event.kind) + event.figures
    worth += 0.3 * min(3, event.independent) + 0.1 * min(10, len({t.outlet for t in now}))
    worth += _STANDING[event.standing] + 0.3 * any(t.key for t in now)
    worth += 0.2 * event.disputed + 0.2 * event.conceded
    worth *= 0.7 if any(t.time and t.time < period[0] for t in event.told) else 1.0
    worth *= _REAL.get(event.reality, 1.0)
    worth *= 0.2 if event.lasting else 1.0
    return worth if any(t.supports for t in now) else worth * 0.3


def _now(event: Brief, period: tuple[str, str]) -> list[brief.Telling]:
    return [t for t in event.told if t.time and period[0] <= t.time < period[1]]


@cache
def _kinds() -> dict[str, float]:
    table = word_files.table("kinds.toml")
    return {kind: float(row.get("weight", 0.1)) for kind, row in table.items()}


def kind_weight(kind: str) -> float:
    """How much a kind of event weighs by itself, 0 to 1 (`data/kinds.toml`)."""
    return _kinds().get(kind, 0.1)


def _within(event: Event, since: datetime, until: datetime) -> list[Telling]:
    return [t for t in event.tellings if t.time and since <= t.time < until]


def _new(event: Event, since: datetime) -> bool:
    return not any(t.time and t.time < since for t in event.tellings)


def _line(choice: Choice, found: Ranked, since: datetime, until: datetime, tz: tzinfo) -> Line:
    event, inside = found.known[choice.top], [found.parts[name] for name in choice.inside]
    now = _within(event, since, until)
    leads = found.known[found.leads.get(event.id, event.id)]
    return Line(
        event=event.id,
        what=leads.headline,
        reality=_REALITY.get(event.reality, ""),
        where=event.place.name if event.place else "",
        when=when(event.earliest, event.latest, tz),
        earliest=iso(event.earliest),
        latest=iso(event.latest),
        standing=words(event),
        independent_origins=event.independent_origins,
        outlets=event.outlets,
        conflicts=tuple(dict.fromkeys(words for p in (brief.part(event), *inside) for words in p.conflicts)),
        evidence=tuple(_evidence(leads, [*now, *(_within(leads, since, until) if leads is not event else ())])),
        new=_new(event, since),
        key=any(t.key for t in now),
        parts=tuple(dict.fromkeys(part.headline for part in inside)),
        pinned=event.pinned,
    )


def _toll(event: Event, inside: Sequence[Part]) -> str | None:
    """The part that gives the toll of what happened, where the event itself gives none and both are told as done."""
    tolls = [p for p in inside if p.kind in _TOLLS and p.reality == event.reality and p.counted]
    if not tolls or any(c.what in brief.LIVES for c in event.figures):
        return None
    return max(tolls, key=lambda p: (p.figures, p.id)).id


def conflict_words(conflict: Conflict) -> str:
    """`killed: 5 / 11`; for what some deny, both sides' words."""
    return brief.conflict_words(conflict.what, *conflict.values)


def _evidence(event: Event, now: Sequence[Telling]) -> Iterable[Evidence]:
    """The headline's own words first, then each statement once, in time order."""
    seen = set()
    first = [t for t in event.tellings if t.happening.scope.post == event.headline_from.post and t.sentence_at >= 0]
    first = [t for t in first if t.sentence_at <= event.headline_from.start < t.sentence_at + len(t.sentence)]
    for telling in [*first, *now]:
        if telling.statement.id not in seen:
            seen.add(telling.statement.id)
            yield Evidence(
                telling.statement.text, telling.outlet, telling.time, telling.page, telling.post, telling.statement.id
            )


def when(earliest: datetime | None, latest: datetime | None, tz: tzinfo = UTC) -> str:
    """A range of time in words, in days."""
    known = [moment.astimezone(tz) for moment in (earliest, latest) if moment]
    if not known:
        return ""
    first, last = known[0], known[-1]
    if first.date() == last.date():
        return f"{first.day} {first:%B %Y}"
    if last - first >= timedelta(days=27) and first.day == 1 and (last + timedelta(days=1)).day == 1:
        return f"{first:%B %Y}" if last - first < timedelta(days=32) else f"{first:%B %Y} – {last:%B %Y}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{last.day} {last:%B %Y}"
    return f"{first.day} {first:%B %Y} – {last.day} {last:%B %Y}"
