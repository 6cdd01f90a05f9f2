"""Word lists for people and bodies → what a word says of who is meant."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from onrecord.statements import sides

Groups = dict[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Words:
    """All lists, lower case."""

    honorifics: dict[str, str]
    """Word → gender; u when it says nothing."""
    ranks: frozenset[str]
    suffixes: frozenset[str]
    particles: frozenset[str]
    roles: dict[str, str]
    """Head of a role → office, spokes, member, private or source."""
    bodies: dict[str, str]
    """Head of a body's name → state, armed, group, firm, outlet or paper."""
    gender: dict[str, str]
    """Role word → m or f."""
    same: dict[str, frozenset[str]]
    """Role head → the offices that it may mean."""
    fields: dict[str, str]
    """Modifier of an office → its field."""
    apart: frozenset[str]
    opposition: frozenset[str]
    known: dict[str, str]
    """Whole office → the side that it alone belongs to."""
    names: dict[str, str]
    """First name, folded → gender."""


@cache
def words() -> Words:
    """The lists, read once."""
    titles, offices, bodies = (tomllib.loads(sides.data(f"{name}.toml")) for name in ("titles", "offices", "bodies"))
    roles = {w: kind for kind in ("source", "private", "member", "spokes", "office") for w in offices[kind]["heads"]}
    heads = {w: kind for kind in ("paper", "outlet", "firm", "group", "armed", "state") for w in bodies["heads"][kind]}
    return Words(
        honorifics=titles["honorific"],
        ranks=frozenset(titles["rank"]["words"]),
        suffixes=frozenset(titles["suffixes"]["words"]),
        particles=frozenset(titles["particles"]["words"]),
        roles=roles,
        bodies=heads,
        gender={w: g for g, ws in offices["gender"].items() for w in ws},
        same=_turned(offices["same"]),
        fields={w: field for field, ws in offices["fields"].items() for w in ws},
        apart=frozenset(offices["apart"]["words"]),
        opposition=frozenset(offices["opposition"]["words"]),
        known=offices["known"],
        names=_names(),
    )


def _turned(groups: dict[str, list[str]]) -> dict[str, frozenset[str]]:
    out: dict[str, set[str]] = {}
    for office, forms in groups.items():
        for form in (office, *forms):
            out.setdefault(form, set()).add(office)
    return {form: frozenset(offices) for form, offices in out.items()}


def _names() -> dict[str, str]:
    out: dict[str, str] = {}
    for line in sides.data("names.tsv").splitlines():
        if line and not line.startswith("#"):
            gender, names = line.split("\t")
            out.update({sides.fold(name): gender for name in names.split()})
    return out
