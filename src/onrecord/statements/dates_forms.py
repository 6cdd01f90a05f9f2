"""`data/dates.toml` → the forms of time expressions, as patterns by the words that they can begin with."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from onrecord import words as word_files
from onrecord.statements.numbers import any_of, value_of
from onrecord.statements.openings import prefixes
from onrecord.statements.parse import Parse

ARGS: dict[str, tuple[str, ...]] = {
    "day": ("offset", "part", "clock", "edge"),
    "overnight": (),
    "part": ("part",),
    "weekday": ("weekday", "which", "week", "part", "clock", "edge", "ahead"),
    "date": ("year", "month", "day", "part", "clock"),
    "slash": ("a", "b", "year", "part", "clock"),
    "nth": ("ordinal", "weekday", "month", "year", "part", "clock"),
    "days": ("year", "month", "day", "month2", "day2"),
    "month": ("year", "month", "which", "years", "edge"),
    "year": ("year", "edge"),
    "years": ("year", "high"),
    "decade": ("decade", "edge"),
    "century": ("century", "edge"),
    "season": ("season", "year", "which", "years", "edge"),
    "part_of_year": ("size", "ordinal", "year", "years", "edge"),
    "unit": ("unit", "which", "edge"),
    "duration": ("n", "unit"),
    "stretch": ("n", "unit", "dir"),
    "hence": ("n", "unit"),
    "run": ("n", "month", "year", "years", "side"),
    "ago": ("n", "unit", "exact"),
    "clock": ("clock",),
    "every": ("unit", "n", "weekday", "part"),
    "vague": ("value",),
    "during": ("start",),
    "named": ("value", "day", "easter", "nth", "year", "which", "part", "clock"),
    "same": ("unit",),
    "beside": ("unit", "offset", "part", "clock"),
    "shift": ("n", "unit", "sign"),
    "since": (),
    "after": ("n", "unit", "sign"),
    "hours": ("clock",),
}
"""Each rule's arguments, in the order in which a draft stores them. `same`, `beside`, `shift`, `since`, `after`,
`hours` and what ends a span are followed by the rule and arguments of the expression that they lean on, where there is
one."""


@dataclass(frozen=True)
class Form:
    """One way to write a time expression."""

    rule: str
    form: str
    """As `data/dates.toml` writes it."""
    check: str | None
    fixed: dict[str, str]
    order: int

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Compiled when a word is met that the form can begin with: most never are in a short run."""
        return _compiled(self.form, lexicon().sets)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All forms and words of `data/dates.toml`."""

    sets: dict[str, dict[str, str]]
    words: dict[str, frozenset[str]]
    forms: dict[str, tuple[Form, ...]]
    """First word (digits: "0") → the forms that can begin with it."""
    named: dict[str, dict[str, str]]
    conflicts: tuple[tuple[str, frozenset[str]], ...]
    """(first day, words that mark it)."""
    alike: dict[str, str]
    """Words for one thing → the first of them: poll, ballot → vote."""


DAYS = frozenset({"day", "weekday", "date", "nth", "slash", "named", "beside"})
"""Rules that give a day."""


@dataclass(frozen=True, slots=True)
class Found:
    """A time expression that was found: `text[start:end]`, its rule with named arguments and what it leans on."""

    start: int
    end: int
    first: int
    """Its first word."""
    rule: str
    args: dict[str, str]
    base: Found | None = None

    def flat(self) -> tuple[str, ...]:
        """The arguments in order, those of the expression that it leans on after them."""
        own = tuple(self.args.get(name, "") for name in ARGS[self.rule])
        return own if self.base is None else (*own, self.base.rule, *self.base.flat())


_PLACE = re.compile(r"\{([a-z]\w*)(?::(\w+))?\}")
_SPACE = re.compile(r"\[[^\]]*\]| (\??)")
_FIRST = re.compile(r"\(\?:|\(\?P<\w+>|\(\?[=!]|\)|\||\{[a-z]\w*(?::\w+)?\}|\{[\d,]+\}|\\d|\\.|\[[^\]]*\]|[a-z]+|\?|.")
_KEY = re.compile(r"[a-z]+|\d|\S")
_FIXED = {
    "day": r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?!\d)",
    "year": r"(?:1[5-9]|20)\d\d(?!\d|,\d|\.\d)",
    "yy": r"\d\d(?!\d|[:.,]\d)",
}


@lru_cache(maxsize=1 << 15)
def key_of(word: str) -> str:
    """The key under which forms that begin with the (lower-case) word are found."""
    found = _KEY.match(word)
    return ("0" if found[0].isdigit() else found[0]) if found else ""


@cache
def lexicon() -> Lexicon:
    """The forms, loaded once."""
    data = word_files.table("dates.toml")
    named = {name: _strings(row) for row in reversed(data["named"]) for name in row["names"]}  # the first counts
    sets: dict[str, dict[str, str]] = {**data["sets"], "named": dict.fromkeys(named, "")}
    rows = [*data["atom"], {"rule": "named", "form": "(?:the )?{named}(?:,? {year})?"}]
    rows += [{"rule": "named", "form": "(?:the )?{which} {named}", "check": "no_past"}]
    index: dict[str, list[Form]] = defaultdict(list)
    for order, row in enumerate(rows):
        form = Form(row["rule"], row["form"], row.get("check"), row.get("set", {}), order)
        for key in _keys(row["form"], sets):
            index[key].append(form)
    words = {name: frozenset(found) for name, found in data["words"].items()}
    conflicts = tuple((row["start"], frozenset(row["marks"])) for row in data["conflict"])
    alike = {word: row.split()[0] for row in data["words"]["same_thing"] for word in row.split()}
    return Lexicon(sets, words, {key: tuple(forms) for key, forms in index.items()}, named, conflicts, alike)


def _strings(row: dict[str, object]) -> dict[str, str]:
    return {key: str(value) for key, value in row.items() if key != "names"}


@cache
def _number_words() -> str:
    """A pattern for the number words that stand before units of time."""
    data = word_files.table("numbers.toml")
    ones, tens = any_of(data["words"]), any_of(data["tens"])
    spelt = rf"(?:{tens})(?:[\s-](?:{ones}))?|(?:{ones})(?:\shundred)?|a\sdozen|an?"
    single = rf"\d{{1,3}}(?:,\d{{3}})*(?:\.\d)?(?![\d.])|{spelt}"
    return rf"(?:{single})\b"


def _compiled(form: str, sets: dict[str, dict[str, str]]) -> re.Pattern[str]:
    number = _number_words()
    used: set[str] = set()

    def filled(found: re.Match[str]) -> str:
        name, group = found[1], found[2] or found[1]
        inner = number if name == "n" else _FIXED.get(name) or any_of(sets[name])
        if name == "n":
            inner = rf"{number}(?:(?:\s(?:or|to)\s|-){number})?"
        if group in used:
            group += "_"
        used.add(group)
        return rf"(?P<{group}>{inner})" + (r"\b" if name in sets else "")

    spaced = _SPACE.sub(
        lambda m: m[0].replace(" ", r"\s") if m[0][0] == "[" else r"\s{0,3}" if m[1] else r"\s{1,3}", form
    )
    return re.compile(rf"(?:{_PLACE.sub(filled, spaced)})(?!\w)", re.IGNORECASE)


def _keys(form: str, sets: dict[str, dict[str, str]]) -> set[str]:
    """The keys of the words that a form can begin with, over its alternatives and optional groups."""
    pieces = _FIRST.findall(form)
    found, _, _ = _alternatives(pieces, 0, sets)
    return found


def _alternatives(pieces: list[str], at: int, sets: dict[str, dict[str, str]]) -> tuple[set[str], bool, int]:
    """(keys, whether it can be empty, the place after it) of what stands from `at` to the closing bracket."""
    keys: set[str] = set()
    empty, still = False, True
    while at < len(pieces) and pieces[at] != ")":
        piece = pieces[at]
        if piece == "|":
            empty, still, at = empty or still, True, at + 1
            continue
        if piece.startswith("("):
            inner, can, at = _alternatives(pieces, at + 1, sets)
            can = can or piece in ("(?=", "(?!")
            at += 1
        else:
            inner, can, at = _words_of(piece, sets), piece == " ", at + 1
        if at < len(pieces) and pieces[at] == "?":
            can, at = True, at + 1
        if still:
            keys |= inner
            still = can
    return keys, empty or still, at


def _words_of(piece: str, sets: dict[str, dict[str, str]]) -> set[str]:
    if piece.startswith("{") and not piece[1].isdigit():
        name = piece.strip("{}").split(":")[0]
        if name == "n":
            return {"0", *_number_keys()}
        return {"0"} if name in _FIXED else {key_of(w) for w in sets[name]}
    if piece.startswith("["):
        return {"0"} if piece[1].isdigit() or "\\d" in piece else set(piece[1:-1])
    if piece == "\\d" or piece.isdigit():
        return {"0"}
    return {piece} if piece.isalpha() or piece in "'’‘" else set()


@cache
def _number_keys() -> frozenset[str]:
    data = word_files.table("numbers.toml")
    return frozenset([*data["words"], *data["tens"], "a", "an"])


_CLOCK_HALF = {"a": 0, "p": 12}
_QUARTERS = {"half": 30, "a quarter": 15, "quarter": 15}


def arguments(form: Form, found: re.Match[str]) -> dict[str, str]:
    """The arguments that a match gives its rule, in normal form."""
    sets = lexicon().sets
    out = dict(form.fixed)
    for group, text in found.groupdict().items():
        if text is None:
            continue
        plain = " ".join(text.lower().split())
        group = group.rstrip("_")
        name = {"units": "unit", "unit2": "unit", "units2": "unit", "plural": "unit", "few": "n", "named": "value"}.get(
            group, group
        )
        out[name] = _normal(name, plain, sets)
    return _finished(form.rule, out, found[0])


def _normal(name: str, plain: str, sets: dict[str, dict[str, str]]) -> str:
    if name == "n":
        return _count(plain, sets)
    if name in ("day", "day2"):
        return f"{int(re.sub(r'[a-z]+$', '', plain)):02d}"
    if name in ("month", "month2"):
        return sets["month"].get(plain, plain)
    if name == "unit":
        return sets["units"].get(plain) or sets["part"].get(plain, plain)
    if name in ("which", "years"):
        return sets["which"].get(plain, plain)
    if name == "weekday":
        return sets["weekday"].get(plain) or sets["wd"].get(plain) or sets["weekdays"].get(plain, plain)
    if name == "edge":
        return sets["edge"].get(plain, plain)
    if name == "ordinal":
        return {"last": "-1"}.get(plain) or sets["ordinal"].get(plain, plain)
    return sets[name].get(plain, plain) if name in sets and name != "value" else plain


def _count(plain: str, sets: dict[str, dict[str, str]]) -> str:
    if plain in sets["few"]:
        return sets["few"][plain]
    if plain == "a dozen":
        return "12"
    first = re.split(r"\sor\s|\sto\s|(?<=\d)-(?=\d)", plain)[0]
    value = value_of(first)
    return f"{value:g}" if value is not None else "X"


def _finished(rule: str, out: dict[str, str], text: str) -> dict[str, str]:
    if "hour" in out or "hours" in out:
        hour = int(value_of(out.get("hours", "")) or int(out.get("hour") or 0))
        if "half" in out:
            hour = hour % 12 + _CLOCK_HALF[out["half"]]
        if "past" in out:
            gone = _QUARTERS.get(out["past"]) or int(value_of(out["past"]) or 0)
            hour, out["minute"] = (hour, str(gone)) if out["way"] != "to" else ((hour - 1) % 24, str(60 - gone))
        out["clock"] = f"{hour:02d}:{int(out.get('minute') or 0):02d}" + ("@" + out["zone"] if "zone" in out else "")
    if rule == "duration" and out.get("half"):
        out["n"] = f"{float(out.get('n') or 1) + 0.5:g}"
    if rule == "date" and "yy" in out:
        out["year"] = out["yy"]
    if rule == "beside" and out.get("unit", "").startswith("T"):
        out["part"], out["unit"] = out["unit"], "D"
    if rule == "part" and "hours" in text.lower():
        out["part"] = "EARLY"
    return out


def first_matches(parsed: Parse, at: int, key: str) -> list[tuple[Form, re.Match[str]]]:
    """The forms that match at a word with that key, the longest first."""
    forms = lexicon().forms.get(key, ())
    if len(forms) > _FEW:
        forms = _likely(key, parsed.small[at : at + _seen(key)])
    found = [(form, m) for form in forms if (m := form.pattern.match(parsed.text, at))]
    return sorted(found, key=lambda pair: (-pair[1].end(), pair[0].order)) if len(found) > 1 else found


_FEW = 12
"""So many forms are tried without a look at what follows their first word: those of all but "the" and digits."""


def _seen(key: str) -> int:
    """How many characters tell which forms can't match: "the la…", "00 Ma…"."""
    return max(5, len(key) + 3)


@lru_cache(maxsize=1 << 13)
def _likely(key: str, begins: str) -> tuple[Form, ...]:
    """The forms of a key that may match where the text begins so."""
    return tuple(form for form, heads in _prefixed(key) if begins.startswith(heads))


@cache
def _prefixed(key: str) -> tuple[tuple[Form, tuple[str, ...]], ...]:
    return tuple((form, prefixes(form.pattern.pattern, _seen(key))) for form in lexicon().forms[key])
