"""What a page says and the decisions that bear on it → what the record shows of it: corrected, marked, hidden. Pure.

A correction changes what was read and never the words: the evidence stays what the post says. Where a happening is put
in a place that its post does not name, the happening's own words stand for the evidence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from onrecord import desk
from onrecord.desk import Checked, Correction, FigureFix, Selector, Taken
from onrecord.model import (
    Date,
    Figure,
    Happening,
    Mark,
    Place,
    PostReading,
    RevisionView,
    Span,
    Speaker,
    Statement,
    Telling,
)
from onrecord.selecting import Named, attach
from onrecord.statements import happenings

_FOLDING = frozenset({"same", "apart", "pin", "verify"})
"""Kinds of decision that only what folds can carry."""


@dataclass(slots=True)
class _Page:
    """What decisions say of the things of one page, oldest first."""

    fixes: defaultdict[str, list[tuple[Taken, Correction]]] = field(default_factory=lambda: defaultdict(list))
    marks: defaultdict[str, list[Mark]] = field(default_factory=lambda: defaultdict(list))
    hidden: set[tuple[str, str]] = field(default_factory=set)
    """(kind of thing, id)."""
    pinned: set[str] = field(default_factory=set)
    """Posts."""


def apply(
    page: str, views: Sequence[RevisionView], tellings: Sequence[Telling], held: Sequence[Taken]
) -> tuple[tuple[RevisionView, ...], tuple[Telling, ...], tuple[Named, ...]]:
    """The page's posts and tellings as the decisions have them, and what each selector names now."""
    named = _foldable(attach(held, page, [v.reading for v in views if not v.removed]), held, tellings)
    said = _gathered(held, named)
    told = [_corrected(t, said) for t in tellings]
    shown = [_view(v, said, tellings) for v in views if ("post", v.post.id) not in said.hidden]
    kept = [replace(t, marks=_marks(t, said)) for t in told if not _is_hidden(t, said, shown)]
    return tuple(shown), tuple(kept), tuple(named)


def _foldable(named: Iterable[Named], held: Sequence[Taken], tellings: Sequence[Telling]) -> list[Named]:
    """Decisions on what folds name what is told; a happening that tells nothing any more is lost to them."""
    kinds = {one.change: one.decision.kind for one in held}
    ids = {t.id for t in tellings}
    return [
        replace(n, name=None)
        if n.selector.thing == "happening" and kinds[n.decision] in _FOLDING and n.name not in ids
        else n
        for n in named
    ]


def _gathered(held: Sequence[Taken], named: Iterable[Named]) -> _Page:
    by_change = {one.change: one for one in held}
    out = _Page()
    for found in named:
        if found.name is None:
            continue
        one = by_change[found.decision]
        decision, thing = one.decision, found.selector.thing
        if decision.kind == "hide":
            out.hidden.add((thing, found.name))
        elif decision.kind == "correct" and decision.correction:
            out.fixes[found.name].append((one, decision.correction))
        elif decision.kind == "pin" and thing == "post":
            out.pinned.add(found.name)
        if decision.kind in (*_FOLDING, "correct") and thing != "post":
            out.marks[found.name] += _mark(one, found.selector, decision.claim)
    return out


def _mark(one: Taken, selector: Selector, claim: Checked | None) -> list[Mark]:
    d = one.decision
    what = claim.what if claim else None
    if d.correction:
        what = desk.in_words(replace(d, kind="correct")).removeprefix("correct ")
    if d.kind == "apart":
        what = str(selector.group)
    limits = (claim.unit, claim.low, claim.high) if claim else (None, None, None)
    return [Mark(d.kind, one.id, d.by, d.at, d.why, what, *limits)]


# -- hidden ------------------------------------------------------------------------------------------------------------


def _is_hidden(telling: Telling, said: _Page, shown: Sequence[RevisionView]) -> bool:
    if not said.hidden:
        return False
    reading = next((v.reading for v in shown if v.post.id == telling.post), None)
    kept = {h.id for h in reading.happenings} | {s.id for s in reading.statements} if reading else set()
    return not {telling.id, telling.statement.id} <= kept


def _view(view: RevisionView, said: _Page, tellings: Sequence[Telling]) -> RevisionView:
    reading = _reading(view.reading, said, [t for t in tellings if t.post == view.post.id])
    if view.post.id in said.pinned and not reading.post.pinned:
        reading = replace(reading, post=replace(reading.post, pinned=True))
    return view if reading == view.reading else replace(view, reading=reading)


def _reading(reading: PostReading, said: _Page, tellings: Sequence[Telling]) -> PostReading:
    """The post's reading, corrected and without what is hidden."""
    gone = {s.id for s in reading.statements if ("statement", s.id) in said.hidden}
    for s in reading.statements:  # outer before inner
        if s.nested_in in gone:
            gone.add(s.id)
    out = [h for h in reading.happenings if h.statement not in gone and ("happening", h.id) not in said.hidden]
    fixed = _items(reading, said, tellings)
    return replace(
        fixed,
        statements=tuple(_statement(s, said) for s in reading.statements if s.id not in gone),
        happenings=tuple(_happening(h, said) for h in out),
    )


# -- corrected ---------------------------------------------------------------------------------------------------------


def _fixes(said: _Page, *names: str) -> list[Correction]:
    """The corrections of any of these things, oldest first."""
    found = {one.change: fix for name in names for one, fix in said.fixes.get(name, ())}
    return [found[change] for change in sorted(found)]


def _statement(statement: Statement, said: _Page) -> Statement:
    for fix in _fixes(said, statement.id):
        if fix.speaker is None:
            continue
        if fix.speaker == desk.NOBODY:
            statement = replace(statement, speaker=None, voice="own")
            continue
        before = statement.speaker
        who = replace(before, name=fix.speaker) if before else Speaker(fix.speaker, "person")
        statement = replace(statement, speaker=replace(who, side=fix.side or who.side), voice="attributed")
    sides = [fix.side for fix in _fixes(said, statement.id) if fix.side and fix.speaker is None]
    if sides and statement.speaker:
        statement = replace(statement, speaker=replace(statement.speaker, side=sides[-1]))
    return statement


def _happening(happening: Happening, said: _Page) -> Happening:
    for fix in _fixes(said, happening.statement, happening.id):
        if fix.kind:
            plover, acled = happenings.codes(fix.kind)
            happening = replace(happening, kind=fix.kind, plover=plover, acled=acled)
        if fix.reality:
            supports = happening.supports if fix.reality == "not_done" else True
            happening = replace(happening, reality=fix.reality, supports=supports)
    return happening


def _corrected(telling: Telling, said: _Page) -> Telling:
    fixes = _fixes(said, telling.statement.id, telling.id)
    if not fixes:
        return telling
    own = replace(telling, statement=_statement(telling.statement, said), happening=_happening(telling.happening, said))
    for fix in fixes:
        if fix.place:
            own = replace(own, places=(replace(fix.place, span=_place_span(own)),), placed=True)
        if fix.earliest:
            own = replace(own, earliest=fix.earliest, latest=fix.latest or fix.earliest, dated=True)
        if fix.figure:
            figures = tuple(f for f in (_figure(f, fix.figure) for f in own.figures) if f)
            own = replace(own, figures=figures)
    return own


def _place_span(telling: Telling) -> Span:
    """The words that name its place, where its own sentence does; else the happening's."""
    return telling.places[0].span if telling.placed and telling.places else telling.happening.span


def _figure(figure: Figure, fix: FigureFix) -> Figure | None:
    if figure.what != fix.what:
        return figure
    if fix.value is None:
        return None
    return replace(
        figure, value=fix.value, value_max=fix.value_max, bound=fix.bound, what=fix.new_what or figure.what,
        same_as=None,
    )  # fmt: skip


def _items(reading: PostReading, said: _Page, tellings: Sequence[Telling]) -> PostReading:
    """The post's places, dates and figures: those that corrected happenings took."""
    places: dict[Span, Place] = {}
    dates: dict[Span, Date] = {}
    figures: dict[Span, FigureFix] = {}
    for telling in tellings:
        for fix in _fixes(said, telling.statement.id, telling.id):
            if fix.place and telling.placed and telling.places:
                places[telling.places[0].span] = fix.place
            if fix.earliest and (date := _date_of(telling, reading)):
                value = fix.earliest.date().isoformat()
                dates[date.span] = replace(date, value=value, earliest=fix.earliest, latest=fix.latest or fix.earliest)
            if fix.figure:
                figures.update((f.span, fix.figure) for f in telling.figures if f.what == fix.figure.what)
    if not (places or dates or figures):
        return reading
    counted = (_figure(f, figures[f.span]) if f.span in figures else f for f in reading.figures)
    return replace(
        reading,
        places=tuple(replace(places[p.span], span=p.span) if p.span in places else p for p in reading.places),
        dates=tuple(dates.get(d.span, d) for d in reading.dates),
        figures=tuple(f for f in counted if f),
    )


def _date_of(telling: Telling, reading: PostReading) -> Date | None:
    """The date whose range the telling has, nearest to its words."""
    at = telling.happening.span.start
    same = [d for d in reading.dates if telling.dated and d.earliest == telling.earliest and d.latest == telling.latest]
    return min(same, key=lambda d: (abs(d.span.start - at), d.span.start), default=None)


# -- marks -------------------------------------------------------------------------------------------------------------


def _marks(telling: Telling, said: _Page) -> tuple[Mark, ...]:
    """What decisions say of the telling or its statement; a verified figure only where the telling still gives it."""
    found = {m.decision: m for name in (telling.statement.id, telling.id) for m in said.marks.get(name, ())}
    marks = sorted(found.values(), key=lambda m: (m.at, m.decision))
    return tuple(m for m in marks if m.kind != "verify" or m.what is None or any(map(m.covers, telling.figures)))
