"""A surname on a page → the head of state or government that it means, where the page itself bears it out.

A wrong name is worse than none: a bare surname is a leader's only where the page gives the office, or names the country
as such; a name that many bear needs the office, one that hardly anybody else bears needs nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import cache

from onrecord.statements import sides
from onrecord.statements.draft import MentionDraft
from onrecord.statements.mentions_words import words
from onrecord.statements.speakers_context import Context
from onrecord.statements.speakers_names import Leader, clash, leaders, same_person
from onrecord.statements.speakers_roles import role_of, side_of_words

_LANDS = frozenset({"country", "demonym", "people", "body", "capital"})


class Heads:
    """The leaders that a page may mean."""

    def __init__(self, contexts: Sequence[Context], day: date | None) -> None:
        self._contexts = contexts
        self._day = day
        self._offices: dict[str, bool] = {}
        self._named: Counter[str] | None = None

    def of(self, key: str, mention: MentionDraft | None) -> Leader | None:
        """The leader whom a folded name means, given the mention that has it; None where the page doesn't bear it out.

        Without a mention only an office on the page bears a surname out.
        """
        found = self._row(key)
        if found is None or (mention and clash(mention.gender, _gender(found))):
            return None
        full = _in_full(key) and (key not in _folded("common_full") or found.top or self.names(found.side))
        return found if full or self._borne_out(found, key, mention) else None

    def sure(self, leader: Leader, key: str, mention: MentionDraft) -> bool:
        """The name means the leader though the page has another of that name."""
        return _alone(key) or self._holds(leader, mention)

    def names(self, side: str) -> bool:
        """The page names the country itself, by its name, people or a body of it; a town of it is not enough."""
        if self._named is None:
            self._named = Counter(s for c in self._contexts for _, s, kind in c.refs if kind in _LANDS)
        return bool(self._named[side])

    def _row(self, key: str) -> Leader | None:
        rows = [
            row
            for row in leaders().get(key.rsplit(maxsplit=1)[-1] if key else "", ())
            if any(same_person(key, k) for k in row.keys)
        ]
        known = [r for r in rows if self._day is None or r.since <= self._day]
        return max(known, key=self._rank) if known else None

    def _rank(self, row: Leader) -> tuple[bool, bool, bool, date]:
        """Of one person the office held now; of namesakes the best known first."""
        held = self._day is None or self._day <= row.until
        in_office = row.name in _turned() and held
        return in_office, row.top, held, row.since

    def _borne_out(self, leader: Leader, key: str, mention: MentionDraft | None) -> bool:
        if _alone(key) or (mention and self._holds(leader, mention)) or self._office_named(leader, key):
            return True
        plain = mention is not None and mention.kind == "name" and not mention.role
        return plain and leader.top and not _common(key) and self.names(leader.side)

    def _holds(self, leader: Leader, mention: MentionDraft) -> bool:
        """ "Prime Minister Khan": the words give the office, and no other country."""
        if not mention.role:
            return False
        own, office = side_of_words(mention.side), role_of(leader.office, None)
        role = role_of(mention.role, own)
        if not role.public or not role.fits(office):
            return False
        now = self._day is None or leader.since <= self._day <= leader.until
        return own == leader.side or (own is None and ((now and not office.fields) or self.names(leader.side)))

    def _office_named(self, leader: Leader, key: str) -> bool:
        """The page has the leader's office or seat: "Pakistan's prime minister", "Downing Street"."""
        if leader.name not in self._offices:
            self._offices[leader.name] = any(self._office_in(c, leader, key) for c in self._contexts)
        return self._offices[leader.name]

    def _office_in(self, context: Context, leader: Leader, key: str) -> bool:
        seats = words().sets["seats"]
        if any(k.side == leader.side and k.name.lower() in seats for _, k in sides.found(context.post.text)):
            return True
        return any(
            m.role
            and m.kind in {"office", "person"}
            and (not m.name or same_person(key, sides.fold(m.name)))
            and self._is_office(leader, m)
            for m in context.draft.mentions
        )

    def _is_office(self, leader: Leader, mention: MentionDraft) -> bool:
        own = side_of_words(mention.side)
        fits = role_of(mention.role or "", own).fits(role_of(leader.office, None))
        return fits and (own == leader.side or (own is None and not mention.side and self.names(leader.side)))


@cache
def _turned() -> frozenset[str]:
    """Those who are listed with more than one office, one after the other."""
    rows = {id(row): row for found in leaders().values() for row in found}
    return frozenset(name for name, n in Counter(row.name for row in rows.values()).items() if n > 1)


def _in_full(key: str) -> bool:
    little = words().particles | words().suffixes
    return sum(w not in little for w in key.split()) > 1


def _alone(key: str) -> bool:
    return key in _folded("sole_surnames")


def _common(key: str) -> bool:
    return key in _folded("common_surnames")


def _folded(name: str) -> frozenset[str]:
    if name not in _SETS:
        _SETS[name] = frozenset(sides.fold(w) for w in words().sets[name])
    return _SETS[name]


_SETS: dict[str, frozenset[str]] = {}


def _gender(leader: Leader) -> str | None:
    return words().names.get(leader.keys[0].split()[0])
