"""Word lists for people and bodies → what a word says of who is meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from onrecord import words as word_files
from onrecord.statements import sides


@dataclass(frozen=True, slots=True)
class Words:
    """All lists, lower case; heads stand in singular and plural."""

    honorifics: dict[str, str]
    """Word → gender; u when it says nothing."""
    ranks: frozenset[str]
    suffixes: frozenset[str]
    particles: frozenset[str]
    roles: dict[str, str]
    """Head of a role → office, spokes, member, private or source."""
    plurals: frozenset[str]
    """Heads of roles that mean more than one."""
    bodies: dict[str, str]
    """Head of a body's name → state, armed, group, firm, outlet or paper."""
    body_ends: frozenset[str]
    """Last words of the heads, those of two words too."""
    weak: frozenset[str]
    """Heads that need capitals or an owner."""
    verbs: frozenset[str]
    """Words that end a name in a text all in capitals."""
    alliances: frozenset[str]
    armed: frozenset[str]
    """Movements that fight a state."""
    leaving: dict[str, str]
    """Word for a nation within a country that wants to leave it → the nation."""
    abroad: frozenset[str]
    """Words of people who speak for another country than the post's own."""
    business: frozenset[str]
    exclusive: frozenset[str]
    """Fields and parties of which an office has one."""
    things: frozenset[str]
    """Last words of names that are no person's: "Act", "Street"."""
    vague: frozenset[str]
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
    shared: dict[str, list[str]]
    """Part of an office → the countries that have it, the best known first."""
    shadow: dict[str, list[tuple[int, str]]]
    """Country → the parties whose shadow ministers it had, each with its first year."""
    acronyms: dict[str, str]
    """Letters of an office → its words: CMO → chief medical officer."""
    names: dict[str, str]
    """First name, folded → gender."""
    stand_in: dict[str, list[str]]
    """A body's general word → the heads of names for which it stands."""
    parties: dict[str, str]
    """Word for a party's people → the party: conservative → Conservatives."""
    brackets: dict[str, str]
    """What stands in brackets behind a politician's name → the party."""
    sets: dict[str, frozenset[str]]
    """The small words of `mentions.toml`."""


@cache
def words() -> Words:
    """The lists, read once."""
    files = ("titles", "offices", "bodies", "mentions")
    titles, offices, bodies, small = (word_files.table(f"{name}.toml") for name in files)
    body_kinds = ("paper", "outlet", "firm", "group", "armed", "state")
    body_heads = {form: kind for kind in body_kinds for form in _with_plurals(bodies["heads"][kind])}
    kinds = ("source", "private", "member", "spokes", "office")
    heads = {kind: offices[kind]["heads"] for kind in kinds}
    return Words(
        honorifics=titles["honorific"],
        ranks=frozenset(titles["rank"]["words"]),
        suffixes=frozenset(titles["suffixes"]["words"]),
        particles=frozenset(titles["particles"]["words"]),
        roles={form: kind for kind in kinds for form in _with_plurals(heads[kind])}
        | dict.fromkeys(offices["pairs"]["heads"], "office"),
        plurals=frozenset(plural(w) for kind in kinds for w in heads[kind]) | {"people", "troops", "personnel", "crew"},
        bodies=body_heads,
        body_ends=frozenset(form.split(" ")[-1] for form in body_heads),
        weak=frozenset(_with_plurals(bodies["weak"]["words"])),
        exclusive=frozenset(offices["exclusive"]["words"]) | frozenset(offices["fields"]),
        things=frozenset(titles["things"]["words"]),
        verbs=frozenset(titles["verbs"]["words"]),
        alliances=frozenset(bodies["alliances"]["names"]),
        armed=frozenset(bodies["armed"]["names"]),
        leaving={word: nation for nation, forms in bodies["leaving"].items() for word in (nation, *forms)},
        abroad=frozenset(offices["abroad"]["words"]),
        business=frozenset(offices["business"]["heads"]),
        vague=frozenset(offices["vague"]["heads"]),
        gender={form: g for g, ws in offices["gender"].items() for form in _with_plurals(ws)},
        same=_turned(offices["same"]),
        fields={w: field for field, ws in offices["fields"].items() for w in ws},
        apart=frozenset(offices["apart"]["words"]),
        opposition=frozenset(offices["opposition"]["words"]),
        known=offices["known"],
        shared=offices["shared"],
        shadow={land: [(year, party) for year, party in rows] for land, rows in offices["shadow"].items()},
        acronyms=offices["acronyms"],
        names=_names(),
        stand_in=bodies["stand_in"],
        parties={w: party for party, ws in bodies["parties"].items() for w in ws},
        brackets=bodies["brackets"],
        sets={name: frozenset(ws) for name, ws in small["sets"].items()},
    )


def is_description(name: str | None) -> bool:
    """A body's words that are no name, for their last has no capital: `Chadian rescue agency`."""
    return bool(name) and (name or "").rsplit(" ", 1)[-1].islower()


def is_own_name(name: str) -> bool:
    """A body's name that is no state's by its last word, whatever country it holds: `Chadian Dockers' League`."""
    head, _, last = name.rpartition(" ")
    own = any(last.lower() in words().sets[kind] for kind in ("union_heads", "own_allied", "movements"))
    cause = bool({"Against", "Without"} & set(head.split(" ")))  # "Nurses Without Borders"
    return bool(head) and last[:1].isupper() and (own or cause)


def plural(word: str) -> str:
    """A noun's regular plural: `officials`, `ministries`, `spokesmen`."""
    if word.endswith("man"):
        return word[:-3] + "men"
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "ch", "sh")) else "s")


@cache
def singular(word: str) -> str:
    """The singular of a head in the lists; other words lose their last `s`."""
    if word.endswith("men"):
        return word[:-3] + "man"
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word == "people":
        return "person"
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us")) else word


def _with_plurals(heads: Iterable[str]) -> Iterator[str]:
    for head in heads:
        yield plural(head)
        yield head


def _turned(groups: dict[str, list[str]]) -> dict[str, frozenset[str]]:
    out: dict[str, set[str]] = {}
    for office, forms in groups.items():
        for form in (office, *forms):
            out.setdefault(form, set()).add(office)
    return {form: frozenset(offices) for form, offices in out.items()}


def _names() -> dict[str, str]:
    out: dict[str, str] = {}
    for line in reversed(sides.data("names.tsv").splitlines()):  # the first row counts
        if line and not line.startswith("#"):
            gender, names = line.split("\t")
            out.update({sides.fold(name): gender for name in names.split()})
    return out
