"""Tellings of an event → the history of its standing: who first claimed, denied, conceded, corroborated or verified it.

Each step is the first statement that brought a standing or a flag, so that "when did it become corroborated?" has an
answer with a time and the words. Steps are never taken back: a later denial is a step of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from onrecord.events import origins, standing
from onrecord.model import Stance, Step, StepName, Telling

_LAST = datetime.max.replace(tzinfo=UTC)
_RANK: tuple[StepName, ...] = ("reported", "claimed", "corroborated", "verified")
_FLAGS: tuple[StepName, ...] = ("unverified", "disputed", "unacknowledged", "conceded")


def history(
    tellings: Sequence[Telling], stances: Sequence[Stance], groups: Sequence[standing.FigureGroup]
) -> tuple[Step, ...]:
    """The steps of the claim that it happened, then those of each of its figures, each in order of time."""
    told = sorted(zip(tellings, stances, strict=True), key=lambda pair: (pair[0].time or _LAST, pair[0].id))
    steps = _Steps(None)
    for telling, stance in told:
        if stance == "denies":
            steps.deny(telling)
        elif stance == "supports":
            steps.support(telling)
    checked = _desk(tellings)
    out = steps.taken + [step for step in checked if step.what is None]
    for group in groups:
        counted = _Steps(group.what)
        for telling in sorted(group.tellings, key=lambda t: (t.time or _LAST, t.id)):
            counted.support(telling)
        out += counted.taken
    return (*out, *(step for step in checked if step.what is not None))


def _desk(tellings: Sequence[Telling]) -> list[Step]:
    """What the desk verified itself, with who did and when."""
    first: dict[str, Step] = {}
    for telling in tellings:
        for mark in telling.marks:
            if mark.kind == "verify":
                step = Step("verified", telling.statement.id, mark.at, f"the desk ({mark.by})", mark.what)
                first.setdefault(mark.decision, step)
    return sorted(first.values(), key=lambda s: (s.at or _LAST, s.statement))


class _Steps:
    """The steps of one claim while its tellings come in."""

    def __init__(self, what: str | None) -> None:
        self.what = what
        self.taken: list[Step] = []
        self._names: set[StepName] = set()
        self._supporting: list[Telling] = []
        self._keys: set[tuple[str, str]] = set()
        self._denials: list[Telling] = []

    def deny(self, telling: Telling) -> None:
        """Somebody denies it; each voice once."""
        if not any(origins.same_voice(telling, other) for other in self._denials):
            self._denials.append(telling)
            self.taken.append(_step(self.what, "denied", telling))

    def support(self, telling: Telling) -> None:
        """Somebody says so: a standing that it raises, a flag that its text sets, a denial that it gives up."""
        said = telling.statement.standing
        self._supporting.append(telling)
        key = origins.origin_key(telling)
        if key not in self._keys or said == "verified":
            self._keys.add(key)
            self._reach(standing.shown(self._supporting, counted=self.what is not None), telling)
        if said in _FLAGS:
            self._once(said, telling)
        if telling.statement.speaker and any(origins.same_voice(no, telling) for no in self._denials):
            self._once("conceded", telling)

    def _reach(self, name: StepName, telling: Telling) -> None:
        known = max((_RANK.index(n) for n in self._names if n in _RANK), default=-1)
        if _RANK.index(name) > known:
            self._once(name, telling)

    def _once(self, name: StepName, telling: Telling) -> None:
        if name not in self._names:
            self._names.add(name)
            self.taken.append(_step(self.what, name, telling))


def _step(what: str | None, name: StepName, telling: Telling) -> Step:
    speaker = telling.statement.speaker
    attributed = speaker is not None and telling.statement.voice == "attributed"
    who = speaker.name if speaker and attributed else telling.outlet
    return Step(name, telling.statement.id, telling.time, who, what)
