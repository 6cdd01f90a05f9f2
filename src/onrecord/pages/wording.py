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
    if claim.disputed:
        deniers = _deniers(event)
        out.append(f"disputed: {deniers} denies it" if deniers else "disputed")
    if claim.conceded:
        out.append("conceded")
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


def _deniers(event: Event) -> str:
    told = [t for t, s in zip(event.tellings, event.stances, strict=True) if s == "denies"]
    names = [t.statement.speaker.name for t in told if t.statement.speaker]
    return ", ".join(dict.fromkeys(names))
