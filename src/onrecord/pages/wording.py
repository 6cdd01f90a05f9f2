"""An event's standing → words for people."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.model import Claim, Event, Mark, Origin

_SHOWN = 3


def words(event: Event, claim: Claim | None = None) -> str:
    """The standing of the event's claim, or of one of its figures: `claimed by the ministry (Russia); not verified`."""
    claim = claim or event.claim
    origins = [o for o in event.origins if set(o.statements) & set(claim.by)]
    out = [_base(claim, origins, event.independent_origins, _desk(event, claim))]
    out += _answers(event, claim)
    if claim.unacknowledged:
        out.append("not acknowledged by the other side")
    if claim.unverified:
        out.append("not independently verified")
    return "; ".join(out)


def _desk(event: Event, claim: Claim) -> list[str]:
    """`by the desk`, where the desk verified the claim."""
    marks = (m for t in event.tellings for m in t.marks if m.kind == "verify" and m.what == claim.what)
    mine = [m for m in marks if claim.what is None or _covers(m, claim)]
    return ["by the desk"] if mine else []


def _covers(mark: Mark, claim: Claim) -> bool:
    low, high = claim.low or 0.0, claim.high or 0.0
    return (mark.low is None or mark.low <= low) and (mark.high is None or high <= mark.high)


def _base(claim: Claim, origins: Sequence[Origin], independent: int, checked: Sequence[str]) -> str:
    given = [o for o in origins if o.given]
    if claim.standing == "reported":
        return "reported; source not given"
    if claim.standing == "claimed":
        return f"claimed by {listed(given)}"
    if claim.standing == "corroborated":
        return f"corroborated by {independent} independent origins ({listed(given)})"
    names = [listed(given)] if given else []
    return f"verified ({', '.join([*checked, *names])})" if checked or names else "verified"


def listed(origins: Sequence[Origin]) -> str:
    """Names of origins with their sides, the first few."""
    names = [named(o) for o in origins]
    more = len(names) - _SHOWN
    return ", ".join(names[:_SHOWN]) + (f" and {more} more" if more > 0 else "")


def named(origin: Origin) -> str:
    """An origin's name, with its side where the name doesn't say it."""
    if not origin.side or origin.side.casefold() in origin.name.casefold():
        return origin.name
    return f"{origin.name} ({origin.side})"


def _answers(event: Event, claim: Claim) -> list[str]:
    """What others say to it: `disputed: the ministry denies it`, `first denied by the ministry, then conceded`."""
    deniers = _deniers(event) if claim.disputed else []
    if deniers and claim.conceded and _gave_in(event, claim):
        return [f"first denied by {' and '.join(deniers)}, then conceded"]
    verb = "denies" if len(deniers) == 1 else "deny"
    disputed = f"disputed: {' and '.join(deniers)} {verb} it" if deniers else "disputed"
    return [*([disputed] if claim.disputed else []), *(["conceded"] if claim.conceded else [])]


def _gave_in(event: Event, claim: Claim) -> bool:
    """Whether it was conceded after every denial."""
    steps = [s for s in event.history if s.what == claim.what]
    denied = [s.at for s in steps if s.name == "denied"]
    conceded = [s.at for s in steps if s.name == "conceded"]
    return bool(denied and conceded) and all(a and b and a < b for a in denied for b in conceded)


def _deniers(event: Event) -> list[str]:
    """Who denies it, each once: not the spokesman beside the firm for which he speaks."""
    told = [t for t, s in zip(event.tellings, event.stances, strict=True) if s == "denies"]
    said = [t.statement.speaker for t in told if t.statement.speaker]
    names = {speaker.name for speaker in said}
    return list(dict.fromkeys(s.side if s.side in names else s.name for s in said if s.side or s.name))
