"""How an event came about → steps that people can follow: folds, origins, standing, conflicts."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.events.origins import named
from onrecord.events.same import verdict
from onrecord.events.standing import checks
from onrecord.events.traits import Traits
from onrecord.model import Claim, Conflict, Figure, Mark, Origin, Step, Telling, Why

_FOLDS = 12


def reasons(
    known: Sequence[Traits],
    history: Sequence[Step],
    claim: Claim,
    origins: Sequence[Origin],
    independent: int,
    conflicts: Sequence[Conflict],
    series: Sequence[Sequence[tuple[Telling, Figure]]],
) -> tuple[Why, ...]:
    """The steps, in the order in which they were taken."""
    checked = any(checks(k.telling, None) for k in known)
    steps = [*_folds(known), _origins(origins, independent), _standing(claim, origins, by_desk=checked)]
    steps += [_reached(step) for step in history]
    steps += desk([k.telling for k in known])
    steps += [
        Why("conflict", f"{c.what}: {c.values[0]} / {c.values[1]}", statements=tuple(c.between)) for c in conflicts
    ]
    steps += [_series(run) for run in series]
    return tuple(steps)


def _series(run: Sequence[tuple[Telling, Figure]]) -> Why:
    """One speaker's figure as it changed: `killed: 20 → 50 → 49`, with who and when."""
    first = run[0][0]
    who = first.statement.speaker.name if first.statement.speaker else first.outlet
    values = " → ".join(" ".join(f.span.text.split()) for _, f in run)
    times = ", ".join(t.time.isoformat(timespec="minutes") for t, _ in run if t.time)
    return Why(
        "series", f"{run[0][1].what}: {values} ({who}; {times})", statements=tuple(t.statement.id for t, _ in run)
    )


def _folds(known: Sequence[Traits]) -> list[Why]:
    """How each telling compares with the first one; only the first few, as many say the same."""
    first, out = known[0], []
    for other in known[1 : _FOLDS + 1]:
        found = verdict(first, other)
        words = "same as the first telling" if found.same else "joined through other tellings"
        words = "put together by the desk" if _ruled(first.telling, other.telling) else words
        ids = (first.telling.statement.id, other.telling.statement.id)
        out.append(Why("fold", f"{words} ({found.total:+.1f})", found.parts, ids))
    return out


def _ruled(a: Telling, b: Telling) -> bool:
    """A decision of the desk puts the two together."""
    return not {m.decision for m in a.marks if m.kind == "same"}.isdisjoint(m.decision for m in b.marks)


def _origins(origins: Sequence[Origin], independent: int) -> Why:
    given = [named(o) for o in origins if o.given]
    rest = sum(1 for o in origins if not o.given)
    text = f"{independent} independent origin{'' if independent == 1 else 's'}"
    text += f": {', '.join(given)}" if given else ""
    text += "; some reports give no source" if rest else ""
    return Why("origin", text, statements=tuple(s for o in origins for s in o.statements))


def desk(tellings: Sequence[Telling]) -> list[Why]:
    """What the desk decided of the event: who, when and why."""
    marks: dict[str, Mark] = {}
    statements: dict[str, list[str]] = {}
    for telling in tellings:
        for mark in telling.marks:
            marks[mark.decision] = mark
            statements.setdefault(mark.decision, []).append(telling.statement.id)
    out = []
    for name, mark in sorted(marks.items(), key=lambda item: (item[1].at, item[0])):
        if mark.kind == "same" and len(statements[name]) < 2:
            continue  # a later decision keeps the others apart
        note = f": {mark.why}" if mark.why else ""
        text = f"{_deed(mark)} by {mark.by}, {mark.at.isoformat(timespec='minutes')}{note} ({name})"
        out.append(Why("desk", text, statements=tuple(dict.fromkeys(statements[name]))))
    return out


def _deed(mark: Mark) -> str:
    what = mark.what or "that it happened"
    if mark.kind == "verify" and mark.low is not None:
        what = f"{mark.what} {mark.low:g}" + (f"–{mark.high:g}" if mark.high not in (None, mark.low) else "")
    return {
        "same": "put together", "apart": "kept apart from others", "pin": "put on top", "verify": f"verified ({what})",
        "correct": f"corrected ({what})",
    }[mark.kind]  # fmt: skip


def _standing(claim: Claim, origins: Sequence[Origin], *, by_desk: bool) -> Why:
    given = [named(o) for o in origins if o.given]
    said = "one independent origin" if len(given) == 1 else "no two origins say the same"
    rule = {
        "reported": "no first hand is named",
        "claimed": f"{said} ({', '.join(given)})",
        "corroborated": f"independent origins agree ({', '.join(given)})",
        "verified": "the desk verified it" if by_desk else "a report says that it was verified",
    }[claim.standing]
    flags = [name for name in ("conceded", "disputed", "unverified", "unacknowledged") if getattr(claim, name)]
    return Why(
        "standing", f"{claim.standing}: {rule}" + (f"; {', '.join(flags)}" if flags else ""), statements=claim.by
    )


def _reached(step: Step) -> Why:
    """A standing with the statement that first brought it, and when."""
    when = step.at.isoformat(timespec="minutes") if step.at else "time unknown"
    what = f"{step.what} " if step.what else ""
    return Why("standing", f"{what}first {step.name} {when}: {step.who}", statements=(step.statement,))
