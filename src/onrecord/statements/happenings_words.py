"""Data files of trigger words → tables to look a word up in: rules by base form, forms of words, weak event words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from onrecord import words as word_files
from onrecord.model import KINDS

_PART = re.compile(r"[^\s-]+|-")


PLACE, PERHAPS = "@place", "@perhaps"
"""Among a test's words: the name of a place, whichever; a name that may be a place's or a person's."""


@dataclass(frozen=True, slots=True)
class Test:
    """A condition: some word in that role is (or, not `wanted`, none is) among `words`; empty `words` take any."""

    role: str
    words: frozenset[str]
    wanted: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """A word or phrase and the kind that it names, where all its tests hold."""

    kind: str
    part: str
    """v verb, n noun, a adjective."""
    words: tuple[str, ...]
    tests: tuple[Test, ...]

    @property
    def lemma(self) -> str:
        """The word of a phrase that says most: gun (down), (open) fire, (car) crash, loss (of life)."""
        if "of" in self.words:
            return self.words[0]
        return self.words[0] if self.part == "v" and self.words[-1] in lexicon().particles else self.words[-1]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All that `happenings.find` looks up."""

    rules: dict[str, tuple[Rule, ...]]
    """By first word: long phrases first, then rules with tests, then in the file's order."""
    parts: dict[str, str]
    """Parts that a word may play by its rules: "v", "n", "a" or several of them."""
    forms: dict[str, tuple[str, str]]
    """Inflected form → (base form, parts), for triggers and for the verbs of headlines."""
    nouns: frozenset[str]
    suffixes: tuple[str, ...]
    stem: int
    not_nouns: frozenset[str]
    adjectives: frozenset[str]
    not_verbs: frozenset[str]
    phrases: dict[str, tuple[tuple[str, ...], ...]]
    keep: frozenset[str]
    """Nouns that leave the kind to an event noun before them: "bombing suspect"."""
    names: frozenset[str]
    """Nouns that make a plain event noun before them part of a name or office: "defence ministry"."""
    things: frozenset[str]
    """Nouns that do harm but are nobody: weapons, vehicles, weather."""
    light: frozenset[str]
    """Verbs that do no more than carry an event noun: "launched an attack"."""
    undergone: frozenset[str]
    """Verbs and phrases whose subject suffers what they say: "came under fire"."""
    particles: frozenset[str]
    times: frozenset[str]
    """Nouns after "on" or "by" that say when, not who."""


@cache
def lexicon() -> Lexicon:
    """The tables of `data/triggers.tsv` and `data/event_words.toml`."""
    rules = list(_rules(word_files.text("triggers.tsv").splitlines()))
    words = word_files.table("event_words.toml")
    phrases: dict[str, list[tuple[str, ...]]] = {}
    for phrase in words["phrases"].split(","):
        parts = tuple(phrase.split())
        phrases.setdefault(parts[0], []).append(parts)
    return Lexicon(
        rules=_indexed(rules),
        parts=_parts(rules),
        forms=_forms(rules, words["headlines"].split(), words["irregular"]),
        nouns=frozenset(words["nouns"].split()),
        suffixes=tuple(words["suffixes"].split()),
        stem=int(words["stem"]),
        not_nouns=frozenset(words["not_nouns"].split()),
        adjectives=frozenset(words["adjectives"].split()),
        not_verbs=frozenset(words["not_verbs"].split()),
        phrases={word: tuple(sorted(found, key=len, reverse=True)) for word, found in phrases.items()},
        keep=frozenset(words["keep"].split()),
        names=frozenset(words["names"].split()),
        things=frozenset(words["things"].split()),
        light=frozenset(words["light"].split()),
        undergone=frozenset(phrase.strip() for phrase in words["undergone"].split(",")),
        particles=frozenset(words["particles"].split()),
        times=frozenset(words["times"].split()),
    )


def _indexed(rules: Iterable[Rule]) -> dict[str, tuple[Rule, ...]]:
    index: dict[str, list[Rule]] = {}
    for rule in sorted(rules, key=lambda r: (-len(r.words), not r.tests)):
        index.setdefault(rule.words[0], []).append(rule)
    return {word: tuple(found) for word, found in index.items()}


def _parts(rules: Iterable[Rule]) -> dict[str, str]:
    parts: dict[str, str] = {}
    for rule in rules:
        known = parts.get(rule.words[0], "")
        if len(rule.words) == 1 and rule.part not in known:
            parts[rule.words[0]] = known + rule.part
    return parts


def _rules(lines: Iterable[str]) -> Iterator[Rule]:
    sets: dict[str, frozenset[str]] = {}
    for line in lines:
        if line.startswith("@"):
            name, words = line.split("\t")
            sets[name] = frozenset(words.split())
        elif line and not line.startswith("#"):
            kind, part, words, when = (*line.rstrip().split("\t"), "")[:4]
            if kind not in KINDS:
                raise ValueError(f"triggers.tsv: no kind {kind!r}")
            tests = tuple(_test(text, sets) for text in when.split())
            for word in words.split(","):
                yield Rule(kind, part, tuple(_PART.findall(word)), tests)


def _test(text: str, sets: dict[str, frozenset[str]]) -> Test:
    role, _, names = text.partition("=")
    words: set[str] = set()
    for name in names.split("|"):
        words |= sets[name] if name.startswith("@") and name not in (PLACE, PERHAPS) else {name}
    return Test(role.rstrip("!"), frozenset() if "*" in words else frozenset(words), not role.endswith("!"))


def _forms(rules: Iterable[Rule], verbs: Iterable[str], irregular: dict[str, str]) -> dict[str, tuple[str, str]]:
    forms: dict[str, tuple[str, str]] = {}
    known = [(rule.words[0], rule.part) for rule in rules if len(rule.words) == 1 or rule.part == "v"]
    for base, part in dict.fromkeys((*known, *((verb, "v") for verb in verbs))):
        made = irregular.get(base, "").split() if part == "v" else []
        for form in (base, *made, *inflected(base, part)):
            first, parts = forms.get(form, (base, ""))
            if first == base and part not in parts:
                forms[form] = (base, parts + part)
    return forms


def inflected(base: str, part: str) -> list[str]:
    """Regular forms of a verb (v) or noun (n): attack → attacks, attacked, attacking."""
    if part == "a":
        return []
    plural = base + "es" if base.endswith(("s", "sh", "ch", "x", "z")) else base + "s"
    if base.endswith("y") and base[-2:-1] not in "aeiou":
        plural = base[:-1] + "ies"
    if part == "n":
        return [plural]
    if base.endswith("e"):
        return [plural, base + "d", base[:-1] + "ing"]
    past = base[:-1] + "ied" if plural.endswith("ies") else base + "ed"
    return [plural, past, base + "ing"]


@dataclass(frozen=True, slots=True)
class Kind:
    """What `data/kinds.toml` says of a kind."""

    plover: str | None
    acled: str | None
    weight: float
    takes_with: bool
    """ "with …" and "between …" name who took part."""
    takes_target: bool
    """ "on …" and "against …" name who it is aimed at."""
    takes_victim: bool
    """ "of …" and possessors name who it is done to."""


@cache
def kinds() -> dict[str, Kind]:
    """The kinds by name."""
    table = word_files.table("kinds.toml")
    return {kind: _kind(row) for kind, row in table.items()}


def _kind(row: dict[str, str | float]) -> Kind:
    flags = (bool(row.get(name)) for name in ("with", "target", "victim"))
    plover, acled = (str(row[name]) if name in row else None for name in ("plover", "acled"))
    return Kind(plover, acled, float(row["weight"]), *flags)
