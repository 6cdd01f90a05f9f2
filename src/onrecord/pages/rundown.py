"""Events → the rundown of a period: most important first, every line with its evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cache
from itertools import islice
from typing import NamedTuple

from onrecord import words as word_files
from onrecord.model import Conflict, Event, Telling, iso
from onrecord.pages import brief
from onrecord.pages.brief import Brief
from onrecord.pages.wording import words

_REALITY = {"planned": "planned", "threatened": "threatened", "possible": "possible", "not_done": "did not happen"}
_REAL = {"planned": 0.6, "threatened": 0.6, "possible": 0.5, "not_done": 0.3}
_TOLLS = frozenset({"casualties", "death"})
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
    picked = islice(chosen(map(brief.of, known.values()), since, until), lines)
    return told(picked, known, since, until, tz=tz, words=words)


class Choice(NamedTuple):
    """An event that has a line, and those that stand in it."""

    top: str
    inside: tuple[str, ...]


def chosen(known: Iterable[Brief], since: datetime, until: datetime) -> Iterator[Choice]:
    """What a rundown tells, most important first, of events given in the order of their first tellings."""
    period = brief.mark(since), brief.mark(until)
    held = {e.id: e for e in known if e.pinned or _now(e, period)}
    inside: defaultdict[str, list[Brief]] = defaultdict(list)
    tops = []
    for event in held.values():
        top = held.get(event.part_of or "")
        if top is None or event.pinned or _stands_alone(event, top):
            tops.append(event)
        else:
            inside[top.id].append(event)
    worth = {e.id: _rank(e, period) + 0.5 * max((i.figures for i in inside[e.id]), default=0.0) for e in tops}
    ranked = sorted(tops, key=lambda e: (not e.pinned, -worth[e.id], e.told[0].time or period[0], e.id))
    return (Choice(e.id, tuple(i.id for i in inside[e.id])) for e in _unsaid(ranked))


def told(
    picked: Iterable[Choice],
    known: Mapping[str, Event],
    since: datetime,
    until: datetime,
    *,
    tz: tzinfo = UTC,
    words: int | None = None,
) -> list[Line]:
    """The lines of what was chosen, as many as fit into so many words, but one at least."""
    made = (_line(known[top], [known[name] for name in inside], since, until, tz) for top, inside in picked)
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


def _line(event: Event, inside: Sequence[Event], since: datetime, until: datetime, tz: tzinfo) -> Line:
    now = _within(event, since, until)
    leads = _toll(event, inside)
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
        conflicts=tuple(dict.fromkeys(conflict_words(c) for e in (event, *inside) for c in e.conflicts)),
        evidence=tuple(_evidence(leads, [*now, *(_within(leads, since, until) if leads is not event else ())])),
        new=_new(event, since),
        key=any(t.key for t in now),
        parts=tuple(dict.fromkeys(e.headline for e in inside)),
        pinned=event.pinned,
    )


def _toll(event: Event, inside: Sequence[Event]) -> Event:
    """The part that gives the toll of what happened, where the event itself gives none and both are told as done."""
    tolls = [e for e in inside if e.kind in _TOLLS and e.reality == event.reality and e.figures]
    if not tolls or any(c.what in brief.LIVES for c in event.figures):
        return event
    return max(tolls, key=lambda e: (brief.figures(e), e.id))


def conflict_words(conflict: Conflict) -> str:
    """`killed: 5 / 11`; for what some deny, both sides' words."""
    left, right = conflict.values
    if conflict.what == "happened":
        return f"said: “{left}” / denied: “{right}”"
    return f"{conflict.what.removeprefix('other: ')}: {left} / {right}"


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
