"""Supporting and denying tellings → claims with their standing (reported, claimed, corroborated, verified) and flags.

A standing belongs to a claim: that the event happened, or one of its figures. A verification of "5 killed" says nothing
about the "11 killed" that joins later.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from onrecord.events import origins
from onrecord.events.agreement import agree
from onrecord.events.features import compatible
from onrecord.events.weights import listed
from onrecord.model import Claim, Figure, Mark, Shown, Stance, Telling

_ORDER: tuple[Shown, ...] = ("reported", "claimed", "corroborated", "verified")
_SPOKEN = frozenset({"asserts", "denies", "warns"})
_FIGHTS = frozenset({"ground attack", "battle"})
_LOSSES = frozenset({"territory taken", "withdrawal", "ground attack", "battle"})
"""Kinds of which the party `on` whom they fall admits a loss when it confirms them."""


@dataclass(frozen=True, slots=True)
class FigureGroup:
    """Tellings whose figures of one sort can all hold at one time."""

    what: str
    unit: str | None
    figures: tuple[tuple[Telling, Figure], ...]

    @property
    def tellings(self) -> list[Telling]:
        """Each telling once."""
        return list({t.id: t for t, _ in self.figures}.values())


def shown(supporting: Sequence[Telling], *, counted: bool = False) -> Shown:
    """The standing that these tellings give to what they all say; `counted`: that is a figure."""
    if any(t.statement.standing == "verified" for t in supporting):
        return "verified"
    independent = origins.independent(supporting)
    if independent >= 2 and agree(supporting, counted=counted):
        return "corroborated"
    return "claimed" if independent else "reported"


def happened(tellings: Sequence[Telling], stances: Sequence[Stance]) -> Claim:
    """The claim that the event happened."""
    supporting = origins.supporting(tellings, stances)
    denials = [t for t, s in zip(tellings, stances, strict=True) if s == "denies"]
    claim = _claim(None, None, None, None, supporting, bool(denials))
    groups = figure_groups(supporting) if all(t.happening.kind == "statement" for t in tellings) else []
    if len(groups) > 1:  # what is told is a number alone, and they differ: nobody corroborates anybody
        claim = replace(claim, standing=max((shown(g.tellings, counted=True) for g in groups), key=_ORDER.index))
    if any(checks(t, None) for t, s in zip(tellings, stances, strict=True) if s != "denies"):
        claim = replace(claim, standing="verified", unverified=False)
    if not claim.conceded and _gave_way(supporting, denials):
        return replace(claim, conceded=True, unacknowledged=False)
    return claim


def checks(telling: Telling, figure: Figure | None) -> list[Mark]:
    """The desk's verifications of that figure, or of the event itself, that stand at this telling."""
    marks = (m for m in telling.marks if m.kind == "verify")
    return [m for m in marks if (m.what is None if figure is None else m.covers(figure))]


def _gave_way(supporting: Sequence[Telling], denials: Sequence[Telling]) -> bool:
    """Somebody who denied it says so later."""
    return any(
        origins.same_voice(no, yes) and no.time and yes.time and no.time < yes.time
        for no in denials
        for yes in supporting
        if yes.statement.speaker
    )


def figure_claims(groups: Sequence[FigureGroup]) -> tuple[Claim, ...]:
    """One claim for each group of figures that can hold together; a sort with several groups is disputed.

    What the desk verified is a claim of its own: "at least 5, verified" does not verify the "11" that goes with it.
    """
    return tuple(claim for group in groups for claim in _group_claims(group))


def _group_claims(group: FigureGroup) -> list[Claim]:
    checked = {(f.value, f.value_max, f.bound) for t, f in group.figures if checks(t, f)}
    if not checked:
        return [_figure_claim(group)]
    split: tuple[list[tuple[Telling, Figure]], ...] = ([], [])
    for telling, figure in group.figures:
        split[(figure.value, figure.value_max, figure.bound) not in checked].append((telling, figure))
    mine, rest = (FigureGroup(group.what, group.unit, tuple(part)) for part in split)
    verified = replace(_figure_claim(mine), standing="verified", unverified=False)
    return [verified, *([_figure_claim(rest)] if rest.figures else [])]


def _figure_claim(group: FigureGroup) -> Claim:
    values = [f for _, f in group.figures]
    low = min(f.value for f in values)
    high = max(f.value if f.value_max is None else f.value_max for f in values)
    return _claim(group.what, group.unit, low, high, group.tellings, denied=False)


def _claim(
    what: str | None, unit: str | None, low: float | None, high: float | None, told: Sequence[Telling], denied: bool
) -> Claim:
    said = {t.statement.standing for t in told}
    conceded = "conceded" in said or _conceded(told)
    return Claim(
        what=what,
        standing=shown(told, counted=what is not None),
        low=low,
        high=high,
        conceded=conceded,
        disputed=denied or "disputed" in said,
        unverified="unverified" in said and "verified" not in said,
        unacknowledged="unacknowledged" in said and not conceded,
        by=tuple(dict.fromkeys(t.statement.id for t in told)),
        unit=unit,
    )


def _conceded(told: Sequence[Telling]) -> bool:
    """The party that the loss falls on says so too."""
    for telling in told:
        speaker = telling.statement.speaker
        if not speaker or not speaker.side or telling.statement.voice != "attributed":
            continue
        losers = {p.side for p in telling.happening.parties if p.role == "on"}
        takers = {p.side for p in telling.happening.parties if p.role == "by"}
        if telling.happening.kind in _LOSSES and speaker.side in losers and speaker.side not in takers:
            return telling.happening.kind not in _FIGHTS or telling.statement.standing == "conceded"
    return False


def figure_groups(supporting: Sequence[Telling]) -> list[FigureGroup]:
    """Figures of each sort, split into groups that can hold together, in the order in which they were told."""
    groups: list[list[tuple[Telling, Figure]]] = []
    for telling in supporting:
        for figure in telling.figures:
            if figure.same_as is not None:
                continue
            _into(groups, telling, figure)
    return [FigureGroup(g[0][1].what, g[0][1].unit, tuple(g)) for g in groups]


def _into(groups: list[list[tuple[Telling, Figure]]], telling: Telling, figure: Figure) -> None:
    for group in groups:
        if alike(group[0][1], figure) and all(compatible(figure, other) for _, other in group):
            group.append((telling, figure))
            return
    groups.append([(telling, figure)])


def alike(a: Figure, b: Figure) -> bool:
    """They count the same thing in the same unit."""
    if (a.what, a.unit) != (b.what, b.unit):
        return False
    if not a.what.startswith("other") or a.what in listed("figure", "named"):
        return True
    return (a.of or "").casefold() == (b.of or "").casefold()
