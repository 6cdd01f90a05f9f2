"""Decisions → which of them hold, the rulings that folding follows, and which contradict each other. Pure.

A decision names happenings, statements or posts by a selector: the exact words, 32 characters on both sides and the
hash of the version, as in W3C's TextQuoteSelector. Decisions are appended and never changed; one is undone by another.
Of two that contradict each other the later wins, pair by pair.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise, product
from typing import Literal, NamedTuple

from onrecord.model import Place, Reality, Rulings
from onrecord.store import codec

Kind = Literal["same", "apart", "correct", "hide", "redact", "verify", "pin", "post", "undo"]
Thing = Literal["happening", "statement", "post"]

DESK = "The desk"
"""The outlet of the desk's own posts."""
PAGE = "p" + hashlib.sha256(b"onrecord:desk").hexdigest()[:15]
"""The page that holds them."""
NOBODY = "none"
"""As a corrected speaker: the outlet says it itself."""


@dataclass(frozen=True, slots=True)
class Selector:
    """Words of a post that a decision names."""

    thing: Thing
    page: str
    post: str
    name: str
    """The id of the happening, statement or post when the decision was taken."""
    revision: str = ""
    """Hash of the version of the post."""
    exact: str = ""
    prefix: str = ""
    """The 32 characters before."""
    suffix: str = ""
    """The 32 characters after."""
    start: int = 0
    """Where the words stood."""
    group: int = 0
    """apart: which of the two groups it is in."""


@dataclass(frozen=True, slots=True)
class FigureFix:
    """What a figure should be."""

    what: str
    """The sort of figure that is corrected."""
    value: float | None
    """None takes the figure out."""
    value_max: float | None = None
    bound: Literal["exact", "at_least", "at_most", "about", "more_than", "fewer_than", "up_to"] = "exact"
    new_what: str | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """What the desk puts in the place of what was read; None leaves a field as it is."""

    speaker: str | None = None
    side: str | None = None
    kind: str | None = None
    reality: Reality | None = None
    place: Place | None = None
    earliest: datetime | None = None
    latest: datetime | None = None
    figure: FigureFix | None = None

    @property
    def fields(self) -> dict[str, object]:
        """The corrected fields with their values."""
        found: dict[str, object] = {
            "speaker": self.speaker, "side": self.side, "kind": self.kind, "reality": self.reality,
            "place": self.place and self.place.name, "date": (self.earliest, self.latest) if self.earliest else None,
        }  # fmt: skip
        if self.figure:
            found[f"figure {self.figure.what}"] = self.figure
        return {name: value for name, value in found.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Checked:
    """The claim that the desk verified: a figure."""

    what: str
    unit: str | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that were redacted, known again by their hashes alone."""

    size: int
    """How many words."""
    roll: int
    """A rolling hash, for finding them."""
    hash: str
    """BLAKE2b of the words in lower case."""
    page: str = ""
    post: str = ""
    """With `page`: they are blanked in that post only; without, everywhere."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody at the desk decided, when and why."""

    kind: Kind
    by: str
    at: datetime
    why: str = ""
    selectors: tuple[Selector, ...] = ()
    correction: Correction | None = None
    claim: Checked | None = None
    """verify: the figure; None verifies that the event happened."""
    undoes: str = ""
    """undo: the id of the decision."""
    title: str = ""
    """post: its title."""
    text: str = ""
    """post: its text."""
    passages: tuple[Passage, ...] = ()
    """redact: the words."""

    @property
    def made_id(self) -> str:
        """An id for it, made from all that it says."""
        return "d" + hashlib.sha256(codec.dump(self)).hexdigest()[:12]

    @property
    def pages(self) -> frozenset[str]:
        """The pages that it bears on."""
        return frozenset({PAGE} if self.kind == "post" else {s.page for s in self.selectors})


class Taken(NamedTuple):
    """A decision as the record took it in."""

    change: int
    id: str
    decision: Decision


Names = Mapping[tuple[int, int], str]
"""(change number of a decision, place of a selector in it) → what it names now; without those that are lost."""


def active(taken: Iterable[Taken]) -> list[Taken]:
    """Those of the decisions, given in order, that nobody has undone; an undo may be undone as well."""
    undone: set[str] = set()
    held: list[Taken] = []
    for one in sorted(taken, reverse=True):
        if one.id in undone:
            continue
        if one.decision.kind == "undo":
            undone.add(one.decision.undoes)
        else:
            held.append(one)
    return held[::-1]


def until(taken: Iterable[Taken], at: datetime | None = None, recorded: int | None = None) -> list[Taken]:
    """Those that were taken up to that moment and change number; redactions hold at all times."""
    return [
        one
        for one in taken
        if one.decision.kind == "redact"
        or ((at is None or one.decision.at <= at) and (recorded is None or one.change <= recorded))
    ]


# -- rulings -----------------------------------------------------------------------------------------------------------


class Clash(NamedTuple):
    """Two decisions that can't both hold in full; the later one wins."""

    older: str
    newer: str
    what: str
    """In words."""


class _Groups:
    """Who is together with whom and apart from whom, as the decisions seen so far say."""

    def __init__(self) -> None:
        self._head: dict[str, str] = {}
        self._apart: dict[str, dict[str, str]] = {}
        """Head → heads of groups that it is kept apart from, each with the decision that says so."""
        self.joined: dict[str, str] = {}
        """Head → the newest decision that joined its group."""

    def head(self, name: str) -> str:
        while (above := self._head.get(name, name)) != name:
            name = above
        return name

    def parted_by(self, a: str, b: str) -> str | None:
        return self._apart.get(self.head(a), {}).get(self.head(b))

    def join(self, a: str, b: str, decision: str) -> None:
        left, right = sorted((self.head(a), self.head(b)))
        if left == right:
            return
        self._head[right] = left
        self.joined[left] = self.joined.get(left) or self.joined.get(right) or decision
        for other, by in self._apart.pop(right, {}).items():
            self._apart.setdefault(left, {}).setdefault(other, by)
            self._apart[other].setdefault(left, self._apart[other].pop(right))

    def part(self, a: str, b: str, decision: str) -> None:
        left, right = self.head(a), self.head(b)
        self._apart.setdefault(left, {}).setdefault(right, decision)
        self._apart.setdefault(right, {}).setdefault(left, decision)


def rulings(held: Sequence[Taken], names: Names) -> Rulings:
    """The pairs of happenings that must be, and must not be, in one event."""
    return _ruled(held, names)[0]


def _ruled(held: Sequence[Taken], names: Names) -> tuple[Rulings, list[Clash]]:
    """From the newest decision to the oldest, so that an older one only adds what no newer one rules out."""
    groups = _Groups()
    same: set[tuple[str, str]] = set()
    apart: set[tuple[str, str]] = set()
    clashes: dict[tuple[str, str], Clash] = {}
    for one in reversed(held):
        if one.decision.kind == "same":
            newer = _join(groups, one, _members(one, names, None), same)
            clashes.update({(by, one.id): Clash(one.id, by, "put together, later kept apart") for by in newer})
        elif one.decision.kind == "apart":
            newer = _part(groups, one, (_members(one, names, 0), _members(one, names, 1)), apart)
            clashes.update({(by, one.id): Clash(one.id, by, "kept apart, later put together") for by in newer})
    return Rulings(frozenset(same), frozenset(apart)), list(clashes.values())


def _members(one: Taken, names: Names, group: int | None) -> list[str]:
    found = {
        names[one.change, at]
        for at, selector in enumerate(one.decision.selectors)
        if (group is None or selector.group == group) and (one.change, at) in names
    }
    return sorted(found)


def _join(groups: _Groups, one: Taken, members: Sequence[str], same: set[tuple[str, str]]) -> set[str]:
    """Put the members together, in as many groups as newer decisions keep apart; gives these decisions."""
    runs: list[list[str]] = []
    newer: set[str] = set()
    for name in members:
        home = None
        for run in runs:
            by = groups.parted_by(run[0], name)
            if by is None:
                home = run
                break
            newer.add(by)
        if home is None:
            runs.append([name])
        else:
            groups.join(home[0], name, one.id)
            home.append(name)
    same.update(pair for run in runs for pair in pairwise(run))
    return newer


def _part(
    groups: _Groups, one: Taken, both: tuple[Sequence[str], Sequence[str]], apart: set[tuple[str, str]]
) -> set[str]:
    newer: set[str] = set()
    for a, b in product(*both):
        if groups.head(a) == groups.head(b):
            newer.add(groups.joined.get(groups.head(a), one.id))
        else:
            groups.part(a, b, one.id)
            apart.add((min(a, b), max(a, b)))
    return newer - {one.id}


# -- what contradicts --------------------------------------------------------------------------------------------------


def contradictions(held: Sequence[Taken], names: Names) -> list[Clash]:
    """Decisions that can't all hold in full: on what is together, on a corrected field, on what is hidden."""
    return sorted({*_ruled(held, names)[1], *_fields(held, names), *_hidden(held, names)})


def _fields(held: Sequence[Taken], names: Names) -> Iterable[Clash]:
    last: dict[tuple[str, str], tuple[Taken, object]] = {}
    for one in held:
        if one.decision.correction is None:
            continue
        for field, value in one.decision.correction.fields.items():
            for name in _members(one, names, None):
                before = last.get((name, field))
                if before and before[1] != value:
                    yield Clash(before[0].id, one.id, f"{field} corrected twice")
                last[name, field] = one, value


def _hidden(held: Sequence[Taken], names: Names) -> Iterable[Clash]:
    hidden = {name: one for one in held if one.decision.kind == "hide" for name in _members(one, names, None)}
    for one in held:
        if one.decision.kind in ("pin", "verify", "correct"):
            for name in _members(one, names, None):
                if name in hidden:
                    older, newer = sorted((hidden[name], one))
                    yield Clash(older.id, newer.id, f"hidden, and told to {one.decision.kind}")


# -- on disk -----------------------------------------------------------------------------------------------------------


def stored(decision: Decision) -> bytes:
    """The decision as it is kept."""
    return codec.dump(decision)


def taken(change: int, name: str, detail: bytes) -> Taken:
    """The decision that was kept. Raises `CodecError`."""
    return Taken(change, name, codec.load(Decision, detail))


def in_words(decision: Decision) -> str:
    """What the decision says, for people."""
    words: list[str] = [decision.kind]
    if decision.correction:
        words += [f"{field}: {_shown(value)};" for field, value in decision.correction.fields.items()]
    if decision.claim:
        words.append(f"{decision.claim.what} {_range(decision.claim.low, decision.claim.high)}")
    if decision.undoes:
        words.append(decision.undoes)
    if decision.passages:
        words.append(f"{len(decision.passages)} passages")
    if decision.title or decision.text:
        words.append(f"“{decision.title or decision.text[:90]}”")
    return " ".join(words).rstrip(";")


def _shown(value: object) -> str:
    if isinstance(value, FigureFix):
        return "none" if value.value is None else f"{value.bound} {_range(value.value, value.value_max)}"
    if isinstance(value, tuple):
        return " to ".join(moment.isoformat() for moment in value if moment)
    return str(value)


def _range(low: float | None, high: float | None) -> str:
    return f"{low or 0:g}" if high is None or high == low else f"{low or 0:g}–{high:g}"
