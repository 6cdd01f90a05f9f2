"""The words of an office → a form in which offices can be compared."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from onrecord.statements import sides
from onrecord.statements.mentions_words import singular, words


@dataclass(frozen=True, slots=True)
class Role:
    """An office in a form that can be compared: `army chief` is `chief of the general staff`."""

    text: str
    head: str
    heads: frozenset[str]
    fields: frozenset[str]
    apart: frozenset[str]
    side: str | None

    def fits(self, other: Role) -> bool:
        """True when this, the shorter description, may mean the other's holder."""
        if not self.heads & other.heads or self.apart != other.apart:
            return False
        exclusive = words().exclusive
        mine, yours = self.fields & exclusive, other.fields & exclusive
        if mine and yours and not mine & yours:
            return False
        if self.head in _RULERS and not self.fields and other.fields and other.head != self.head:
            return False  # no "head of the rescue agency" is "the president"
        of_party = self.fields <= _PARTIES and not other.fields & exclusive and self._rules()
        return not self.fields or bool(self.fields & other.fields) or of_party  # "the Conservative prime minister"

    def _rules(self) -> bool:
        return self.head in _RULERS or "prime" in self.text.lower().split(" ")

    @property
    def public(self) -> bool:
        """An office of a state or party, not of a firm or a private person."""
        lists = words()
        told = self.text.lower().split("; ")[0].split(" ")
        kind = lists.roles.get(" ".join(told[-2:])) or lists.roles.get(self.head.split(" ")[-1])  # "district attorney"
        if any(
            lists.bodies.get(w) in {"firm", "group", "outlet"} for w in self.text.lower().partition(" for ")[2].split()
        ):
            return False  # "a spokesman for the company"
        if self.head in _PRIVATE_MEMBERS:
            return False
        if _of_state(told) and kind == "office":
            return True
        if kind == "private" and "government" in told[:-1]:
            return True  # "government forecaster"
        return self.head not in lists.business and (kind in {"office", "member", "spokes"} or self.head in lists.ranks)


_RULERS = frozenset({"president", "king", "queen", "emir", "sultan", "pope", "premier", "pm", "chancellor", "monarch"})


def _of_state(told: list[str]) -> bool:
    """ "Election commission chairman", "provincial port director", "head of the dam authority"."""
    last = told[-1] if "of" in told[1:-1] else ""
    state = last in _STATE_SURE or (words().bodies.get(last) == "state" and last not in words().sets["state_unsure"])
    return state or bool((_STATE_SURE | _TIERS) & set(told[:-1]))


_PARTIES = frozenset(words().parties)
_STATE_SURE = words().sets["state_sure"]
_TIERS = words().sets["tiers"]
_PRIVATE_MEMBERS = words().sets["private_members"]
_SMALL = words().sets["role_small"]
_TAIL = words().sets["role_tails"]
_VAGUE = words().sets["role_vague"]


def _mere_rank(word: str) -> bool:
    lists = words()
    return word in lists.ranks and lists.roles.get(word) in {None, "office"}


@lru_cache(maxsize=10_000)
def role_of(text: str, side: str | None) -> Role:
    """The role that words such as `UK Foreign Secretary` give."""
    lists = words()
    text = " ".join(lists.acronyms.get(w, w) for w in text.split(" "))
    cased = [w for w in sides.split(text) if w[0].isalnum() or w == ";"]
    tokens = [w.lower() for w in cased]
    known = {i for hit in sides.hits(cased) for i in range(hit.first, hit.last)}
    stop = next((i for i, w in enumerate(tokens) if i and w in _TAIL), len(tokens))
    while (
        stop > 1
        and _mere_rank(tokens[stop - 1])
        and f"{tokens[stop - 2]} {tokens[stop - 1]}" not in lists.roles
        and any(w in lists.roles for w in tokens[: stop - 1])
    ):
        stop -= 1  # "Defence Minister General"
    if stop > 1 and tokens[stop - 1] not in lists.roles:
        stop = next((i + 1 for i in range(stop - 1, 0, -1) if tokens[i - 1] in lists.roles), stop + 1) - 1
    head = singular(tokens[stop - 1]) if stop else ""
    pair = f"{tokens[stop - 2]} {head}" if stop > 1 else ""
    head = pair if pair in lists.same else head
    plain = {
        w for i, w in enumerate(tokens) if i not in known and w not in head.split() and w not in _SMALL and w.isalpha()
    }
    fields = {lists.fields.get(w, w) for w in plain}
    if head == "diplomat" and {"top", "chief"} & set(tokens):
        return Role(text, head, _TOP_DIPLOMAT, frozenset({"foreign"}), frozenset(), side)
    apart = frozenset(fields & lists.apart)
    return Role(text, head, lists.same.get(head, frozenset({head})), frozenset(fields - apart - _VAGUE), apart, side)


_TOP_DIPLOMAT = frozenset({"diplomat", "minister", "secretary", "chief"})


def side_of_words(raw: str | None) -> str | None:
    """The side that words name, whatever the page is about."""
    known = sides.of(raw) if raw else None
    return raw if sides.is_country(raw) else known.side if known else None


def in_sport(role: str | None, side: str) -> bool:
    """Words that are a club's or team's name and what only clubs and teams have: "Lagoa manager", "Lagoa's coach"."""
    told = [w.lower() for w in sides.split((role or "").split("; ")[0]) if w not in side and w[0].isalnum()]
    return bool(told) and " ".join(w for w in told if w not in _PAST and w != "s") in words().sets["sporting"]


_PAST = frozenset({"the", "former", "ex", "interim", "new", "current", "then", "club", "star", "legend"})


def local(role: str) -> bool:
    """Words that tie an office to a place: "regional officials", "the region's governor", "mayor"."""
    told = set(role.lower().replace("’s", " ").replace("'s", " ").split())
    return bool(_LOCAL & told) and not told & {"minister", "ministry", "secretary"}


_LOCAL = words().sets["local"]


def heads_of(text: str | None) -> set[str]:
    """The words of a description, in the singular, and its bodies of two words ("fire department")."""
    if not text:
        return set()
    told = [w.lower() for w in sides.split(text)]
    pairs = {f"{a} {b}" for a, b in pairwise(told)} & words().bodies.keys()
    return ({singular(w) for w in told} - _SMALL) | pairs
