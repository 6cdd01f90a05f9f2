"""Tellings → events: groups of candidates, average-link clustering with the desk's rulings, then what each event is.

Order-free and local: tellings are sorted by (time, id) before anything else, and a piece is folded from its own
tellings alone, so that a new telling touches only the pieces it meets.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from onrecord.events import linkage
from onrecord.events.bounds import likely
from onrecord.events.candidates import pairs
from onrecord.events.event import event_of
from onrecord.events.nesting import nest
from onrecord.events.pieces import Cut, Graph, Piece
from onrecord.events.same import scores
from onrecord.events.traits import Traits, all_traits
from onrecord.model import Event, Rulings, Telling

_NONE = Rulings()
_START = datetime.min.replace(tzinfo=UTC)
CUT = Cut((0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0, 4.5, 5.0, 6.0, 8.0, 10.0), 160)
"""Tellings that are clustered together: average link grows with the square."""
RULED = float("inf")
"""The link between tellings that the desk put together."""
FLOOR = -10.0
"""A single pair can't weigh more than this against a merger, unless the desk rules it out."""


def order(telling: Telling) -> tuple[datetime, str]:
    """Where a telling stands: by time, then by id."""
    return telling.time or _START, telling.id


def fold(tellings: Iterable[Telling], rulings: Rulings = _NONE) -> list[Event]:
    """The events that the tellings tell, by time: the same for any order of the same tellings, repeats counted once."""
    told = sorted({t.id: t for t in tellings}.values(), key=order)
    known = all_traits(told)
    by_name = {k.id: k for k in known}
    links = defaultdict[str, dict[str, float]](dict)
    for left, right in pairs(told):
        value = likely(known[left], known[right])
        if value is not None:
            a, b = told[left].id, told[right].id
            links[a][b] = links[b][a] = value
    for a, b in rulings.same:
        if a in by_name and b in by_name:
            links[a][b] = links[b][a] = RULED
    graph = Graph(lambda names: {name: links[name] for name in names if name in links}, CUT)
    events = [e for piece in graph.pieces(by_name) for e in fold_piece(piece, by_name, rulings)]
    return sorted(nest(events), key=lambda e: order(e.tellings[0]))


def links_to(one: Traits, others: Iterable[Traits]) -> dict[str, float]:
    """Those of the others that may tell the same event, by id, with their scores."""
    scored = ((other.id, likely(one, other)) for other in others if other.id != one.id)
    return {name: value for name, value in scored if value is not None}


def fold_piece(piece: Piece, known: Mapping[str, Traits], rulings: Rulings = _NONE) -> list[Event]:
    """The events of a piece; depends on its tellings and the rulings alone. `part_of` is not set yet."""
    return [event_of([known[name] for name in names]) for names in parted(piece, known, rulings)]


def parted(piece: Piece, known: Mapping[str, Traits], rulings: Rulings = _NONE) -> list[list[str]]:
    """Ids of the tellings of each event in a piece, in order of time."""
    names = in_time(piece, {name: known[name].time for name in piece.nodes})
    if piece.whole:
        return _whole(names, rulings)
    return [[names[n] for n in cluster] for cluster in clusters([known[name] for name in names], rulings)]


def in_time(piece: Piece, times: Mapping[str, datetime | None]) -> list[str]:
    """The tellings of a piece in order of time."""
    return sorted(piece.nodes, key=lambda name: (times[name] or _START, name))


def _whole(names: Sequence[str], rulings: Rulings) -> list[list[str]]:
    """One event of tellings too many and too like to be clustered, but for what the desk keeps apart."""
    at = {name: n for n, name in enumerate(names)}
    together, apart = ([(at[a], at[b]) for a, b in r if a in at and b in at] for r in (rulings.same, rulings.apart))
    groups = linkage.Groups(len(names))
    for a, b in sorted(together):
        groups.join(a, b)
    foes: defaultdict[int, set[int]] = defaultdict(set)
    for a, b in apart:
        foes[groups.head(a)].add(groups.head(b))
        foes[groups.head(b)].add(groups.head(a))
    homes: dict[int, int] = {}
    for head in sorted(foes):
        taken = {homes[foe] for foe in foes[head] if foe in homes}
        homes[head] = next(n for n in range(len(foes)) if n not in taken)
    out: defaultdict[int, list[str]] = defaultdict(list)
    for n, name in enumerate(names):
        out[homes.get(groups.head(n), 0)].append(name)
    return [out[n] for n in sorted(out)]


def clusters(known: Sequence[Traits], rulings: Rulings = _NONE) -> list[list[int]]:
    """Positions of the tellings of each event. `known` is in order."""
    return clustered([k.id for k in known], list(scores(known, FLOOR)), rulings)


def clustered(names: Sequence[str], rows: linkage.Scores, rulings: Rulings = _NONE) -> list[list[int]]:
    """The same of tellings in order, of which the scores are at hand, none below `FLOOR`."""
    at = {name: n for n, name in enumerate(names)}
    together, apart = (
        [(at[a], at[b]) for a, b in ruled if a in at and b in at] for ruled in (rulings.same, rulings.apart)
    )
    return linkage.clusters(rows, together, apart)
