"""Two names → whether they are one person or body; the heads of state whom the press names without their country."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache

from onrecord.statements import sides
from onrecord.statements.mentions_words import words


@dataclass(frozen=True, slots=True)
class Leader:
    """A line of `leaders.tsv`."""

    name: str
    keys: tuple[str, ...]
    side: str
    office: str
    since: date
    until: date
    """First and last day; the day on which an office turns is the old holder's."""
    top: bool = True
    """Known by the surname alone, where the page names the country."""


@cache
def leaders() -> dict[str, list[Leader]]:
    """Heads of state and government by last name, for pages that do not say whose they are."""
    out: dict[str, list[Leader]] = {}
    for leader in _leaders(sides.data("leaders.tsv").splitlines()):
        for last in {key.split()[-1] for key in leader.keys}:
            out.setdefault(last, []).append(leader)
    return out


def _leaders(lines: Iterable[str]) -> Iterator[Leader]:
    heads = True
    for line in lines:
        heads = heads and not line.startswith(_OTHERS)
        if line and not line.startswith("#"):
            name, also, side, office, since, until = line.split("\t")
            keys = tuple(sides.fold(n) for n in (name, *also.split(",")) if n)
            top = heads or office in _TOP
            yield Leader(name, keys, side, office, _first_day(since), _last_day(until), top)


def _first_day(text: str) -> date:
    """`2031` is its first day; of `2031-07-05` the next, for the office is the old holder's on that day."""
    return date.fromisoformat(text) + timedelta(days=1) if "-" in text else date(int(text), 1, 1)


def _last_day(text: str) -> date:
    """`2031` is its last day; without an end there is none."""
    if not text:
        return date.max
    return date.fromisoformat(text) if "-" in text else date(int(text), 12, 31)


_OTHERS = "# Ministers"
_TOP = frozenset({"president", "prime minister", "taoiseach"})


def bare(name: str) -> str:
    """A body's name for comparing."""
    return sides.fold(name).removeprefix("the ")


def begins(full: str, short: str) -> bool:
    """True when a full name begins with the short one's words."""
    return full == short or full.startswith(short + " ")


def short_for(short: str, full: str) -> bool:
    """`Lagoa` for `Lagoa Solutions`, `the Post` for `New Lagoa Post`; not `Academy` for `Academy Awards`."""
    if full.rsplit(" ", 1)[-1] in words().things:
        return False
    if short in _PAPERS and full.endswith(" " + short):
        return True
    if " " in short and full.startswith(short + " ") and full.count(" ") == short.count(" ") + 1:
        return full.rsplit(" ", 1)[-1] in words().bodies
    return " " not in short and full.startswith(short + " ") and full.count(" ") == 1


_PAPERS = words().sets["papers"]


def clash(a: str | None, b: str | None) -> bool:
    """True for two genders that are known and differ."""
    return a in {"m", "f"} and b in {"m", "f"} and a != b


@lru_cache(maxsize=50_000)
def same_person(one: str, other: str) -> bool:
    """Two folded names of one person: equal, a surname and its full name, a first name and its initial."""
    if one == other:
        return True
    lists = words()
    little = lists.particles | lists.suffixes
    a, b = [w for w in one.split() if w not in little], [w for w in other.split() if w not in little]
    if not a or not b:
        return False
    if len(a) > len(b):
        a, b = b, a
    if len(a) == 1:
        return a[0] == b[-1] or (len(b) == 3 and a[0] in {b[0], b[1]} and b[0] in _SURNAME_FIRST)
    if a == b[-len(a) :]:
        return True  # "Reis-Lobo", "Ana Reis-Lobo"
    initial = 1 in (len(a[0]), len(b[0])) and a[0][0] == b[0][0]
    return (a[-1] == b[-1] and (a[0] == b[0] or initial)) or (set(a) < set(b) and a[0] == b[0])


_SURNAME_FIRST = words().sets["surname_first"]
