"""The events at two points of a record's time → what is new, what changed and what is gone, most important first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Literal

from onrecord.model import Claim, Event, Telling, number
from onrecord.pages.rundown import conflict_words, rank, when
from onrecord.pages.wording import words

Kind = Literal["new", "changed", "gone"]
_ORDER: tuple[Kind, ...] = ("new", "changed", "gone")
_EVER = (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs between the two states of an event."""

    what: str
    """standing, headline, reality, place, date, figure, conflict, origins, outlets."""
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Difference:
    """An event that came, changed or went."""

    kind: Kind
    event: str
    """Its id in the later state; in the earlier one where it is gone."""
    headline: str
    standing: str
    changes: tuple[Change, ...]
    tellings: tuple[Telling, ...]
    """Those that only the later state has; of a gone event, all."""

    def to_dict(self) -> dict[str, object]:
        """For `--json`."""
        return {
            "kind": self.kind, "event": self.event, "headline": self.headline, "standing": self.standing,
            "changes": [{"what": c.what, "before": c.before, "after": c.after} for c in self.changes],
            "evidence": [
                {"words": t.statement.text, "statement": t.statement.id, "outlet": t.outlet, "post": t.post,
                 "time": t.time.isoformat() if t.time else None}
                for t in self.tellings
            ],
        }  # fmt: skip


def between(before: Sequence[Event], after: Sequence[Event], tz: tzinfo = UTC) -> list[Difference]:
    """What differs, by weight; an event that only got more tellings of the same has no changes and is left out."""
    old = {e.id: e for e in before}
    holder = {t.id: e.id for e in before for t in e.tellings} | {_spot(e, t): e.id for e in before for t in e.tellings}
    met: set[str] = set()
    found: list[tuple[float, Difference]] = []
    for event in after:
        earlier = _earlier(event, old, holder)
        if earlier:
            met.add(earlier.id)
        difference = _of(earlier, event, tz)
        if difference:
            found.append((rank(event, *_EVER), difference))
    kept = {t.id for e in after for t in e.tellings}
    for event in before:
        if event.id not in met and not kept.intersection(t.id for t in event.tellings):
            gone = Difference("gone", event.id, event.headline, words(event), (), event.tellings)
            found.append((rank(event, *_EVER), gone))
    found.sort(key=lambda pair: (-pair[0], _ORDER.index(pair[1].kind), pair[1].event))
    return [difference for _, difference in found]


def _earlier(event: Event, old: Mapping[str, Event], holder: Mapping[str, str]) -> Event | None:
    """The same event before: by its id, else the one that held most of its happenings, else told in the same posts.

    An edited sentence is a new statement, so that only its post tells that it is the same event.
    """
    if event.id in old:
        return old[event.id]
    for keys in ([t.id for t in event.tellings], [_spot(event, t) for t in event.tellings]):
        held = Counter(holder[key] for key in keys if key in holder)
        if held:
            return old[min(held, key=lambda name: (-held[name], name))]
    return None


def _spot(event: Event, telling: Telling) -> str:
    return f"{event.kind}\n{telling.page}\n{telling.post}\n{telling.happening.lemma}"


def _of(before: Event | None, after: Event, tz: tzinfo) -> Difference | None:
    if before is None:
        return Difference("new", after.id, after.headline, words(after), (), after.tellings)
    known = {t.id for t in before.tellings}
    fresh = tuple(t for t in after.tellings if t.id not in known)
    changes = tuple(_changes(before, after, tz))
    return Difference("changed", after.id, after.headline, words(after), changes, fresh) if changes else None


def _changes(before: Event, after: Event, tz: tzinfo) -> list[Change]:
    pairs = [
        ("standing", words(before), words(after)),
        ("reality", before.reality, after.reality),
        ("place", before.place.name if before.place else "", after.place.name if after.place else ""),
        ("date", when(before.earliest, before.latest, tz), when(after.earliest, after.latest, tz)),
        *_figures(before, after),
        ("conflict", _conflicts(before), _conflicts(after)),
        ("origins", str(before.independent_origins), str(after.independent_origins)),
    ]
    return [Change(what, old, new) for what, old, new in pairs if old != new]


def _figures(before: Event, after: Event) -> list[tuple[str, str, str]]:
    old, new = _by_sort(before.figures), _by_sort(after.figures)
    return [(f"figure {what}", old.get(what, ""), new.get(what, "")) for what in sorted(old.keys() | new.keys())]


def _by_sort(claims: Sequence[Claim]) -> dict[str, str]:
    out: dict[str, list[str]] = {}
    for claim in claims:
        low, high = number(claim.low), number(claim.high)
        out.setdefault(claim.what or "", []).append(f"{low}" if low == high else f"{low}–{high}")
    return {what: " / ".join(dict.fromkeys(values)) for what, values in out.items()}


def _conflicts(event: Event) -> str:
    return "; ".join(dict.fromkeys(map(conflict_words, event.conflicts)))
