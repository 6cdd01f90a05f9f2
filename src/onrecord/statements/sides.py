"""Words → the side that they stand for: countries, peoples, capitals, bodies that speak for one.

A side is a country's short name (`Russia`, `UK`), an alliance (`EU`, `NATO`) or a body's own name (`Hamas`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from onrecord import words as word_files

_WORD = re.compile(r"[^\W_]+(?:[.&+/'-][^\W_]+)*\.?|['’]s\b|[^\w\s]")
_HYPHEN = re.compile(r"(?<=[^\W\d_])(-)(?=[^\W\d_])")
_POSSESSIVE = re.compile(r"[’'`ʼ]s?(?=\s|$)")
_OTHER_SIGNS = re.compile(r"[^a-z0-9 ]+")
_DOUBLED = re.compile(r"(.)\1+")
_SPELT = str.maketrans("yjq", "iik", "’'`ʼ.")
"""Letters that transliterations exchange, and signs within names."""
_LONG = 10_000
"""Characters from which a text is not remembered."""


@dataclass(frozen=True, slots=True)
class Known:
    """A word or phrase that names a country, its people or capital, or a body."""

    name: str
    """The country's short name, or the body's name as we print it."""
    side: str | None
    kind: str
    """country, demonym, people, capital, nation (within a country), body or outlet."""
    home: str | None = None
    """The country of an outlet, party or firm, for which it does not speak."""
    exact: str | None = None
    """The only spelling that counts, where another case is another word."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Known words at words `first` to `last` (one past)."""

    first: int
    last: int
    known: Known


_Table = dict[str, list[tuple[tuple[str, ...], Known]]]


def hits(words: Sequence[str]) -> list[Hit]:
    """The known words among `words`, left to right, the longest at each place."""
    table = _table()
    out, at = [], 0
    for i, word in enumerate(words):
        if i < at or not (word[0].isupper() or word[0].isdigit() or word == "al"):
            continue
        for phrase, known in table.get(_bare(word), ()):
            last = i + len(phrase)
            if len(phrase) > 1 and not _begins(words, i + 1, phrase[1]):
                continue
            if known.kind in {"country", "nation"} and not word.isupper() and "New" in words[max(0, i - 2) : i]:
                continue  # New Mexico, New South Wales
            if tuple(map(_bare, words[i:last])) == phrase and _cased(words[i:last], known):
                if phrase[0] == "the" and _outdone(words, i + 1, last):
                    continue  # "The Met | Office"
                at = last
                out.append(Hit(i, last, known))
                break
    return out


def _outdone(words: Sequence[str], first: int, last: int) -> bool:
    """A known name that begins here goes on beyond `last`."""
    return first < len(words) and any(
        first + len(phrase) > last
        and tuple(map(_bare, words[first : first + len(phrase)])) == phrase
        and _cased(words[first : first + len(phrase)], known)
        for phrase, known in _table().get(_bare(words[first]), ())
    )


def found(text: str) -> tuple[tuple[int, Known], ...]:
    """(where, what) of the known words in a text."""
    return _remembered(text) if len(text) <= _LONG else _found(text)


def _found(text: str) -> tuple[tuple[int, Known], ...]:
    pieces = [(match.start(), word) for match in _WORD.finditer(text) for word in _parts(match.group())]
    return tuple([(pieces[hit.first][0], hit.known) for hit in hits([word for _, word in pieces])])


@lru_cache(maxsize=1 << 11)
def _remembered(text: str) -> tuple[tuple[int, Known], ...]:
    """Of posts of late: a live page is gone through again whenever one of them changes."""
    return _found(text)


def of(text: str) -> Known | None:
    """What `text` as a whole names, or None."""
    words = split(text)
    found = hits(words)
    return found[0].known if found and (found[0].first, found[0].last) == (0, len(words)) else None


def split(text: str) -> list[str]:
    """Words as the parser cuts them, near enough for names."""
    return [w for piece in _WORD.findall(text) for w in _parts(piece)]


def adjective(side: str) -> str:
    """`Russian` for Russia, `UK` for UK; a side without one is its own."""
    return _adjectives().get(side, side)


def government(side: str) -> str:
    """How we name a country's government: `Russian government`; alliances and bodies stand for themselves."""
    return f"{adjective(side)} government" if side in _adjectives() else side


def opposition(side: str) -> str:
    """Those who stand against a country's government: `Chadian opposition`; another side is its own."""
    return f"{adjective(side)} opposition" if is_country(side) else side


def is_country(side: str | None) -> bool:
    """True for the short name of a country."""
    return side in _adjectives()


def is_own(side: str) -> bool:
    """True for those who are a side of their own under another's name: `Chadian opposition`, `Reis campaign`."""
    return side.rpartition(" ")[2] in _OWN and " " in side


_OWN = frozenset({"opposition", "rebels", "insurgents", "separatists", "guerrillas", "campaign"})


def of_country(code: str) -> str | None:
    """The side that an ISO 3166-1 alpha-2 code means: a short name; lands overseas are their country's."""
    row = _countries().get(code)
    return _ruled().get(row.short, row.short) if row else None


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """For comparing names: no accents, case or punctuation, and one spelling for common transliterations."""
    plain = _POSSESSIVE.sub("", (text if text.isascii() else _unaccented(text)).lower())
    plain = _OTHER_SIGNS.sub(" ", plain.translate(_SPELT))
    return _DOUBLED.sub(r"\1", " ".join(plain.split()))


def _unaccented(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.replace("ł", "l").replace("ø", "o").replace("ı", "i"))
    return "".join(c for c in plain if not unicodedata.combining(c))


@cache
def longer_forms() -> dict[str, list[str]]:
    """A body's name → its forms that spell it out further, the longest first."""
    out = {}
    for body in word_files.table("bodies.toml")["body"]:
        if further := [form for form in body.get("also", ()) if len(form) > len(body["name"])]:
            out[body["name"]] = sorted(further, key=len, reverse=True)
    for row in (row for lands in word_files.table("homes.toml").values() for rows in lands.values() for row in rows):
        name, forms = _named(row)
        if further := [form for form in forms if len(form) > len(name)]:
            out[name] = sorted(further, key=len, reverse=True)
    return out


@cache
def at_home(kind: str) -> frozenset[str]:
    """The names of the known `parties`, `unions` or `firms`; none of another kind."""
    lands = word_files.table("homes.toml").get(kind, {})
    return frozenset(_named(row)[0] for rows in lands.values() for row in rows)


def home_of(side: str) -> str | None:
    """The country in which a party, union or firm is at home."""
    return _homes().get(side)


@cache
def _homes() -> dict[str, str]:
    lands = [
        (home, row) for table in word_files.table("homes.toml").values() for home, rows in table.items() for row in rows
    ]
    return {_named(row)[0]: home for home, row in lands if home}


# -- the tables --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Country:
    short: str
    forms: tuple[tuple[str, str], ...]
    """(words, kind)."""
    adjective: str


def data(name: str) -> str:
    """The rows of a tab-separated file of word lists."""
    return word_files.text(name)


@cache
def _countries() -> dict[str, _Country]:
    out, shared = {}, word_files.table("bodies.toml")["capitals"]["shared"]
    for code, row in word_files.table("countries.toml").items():
        forms = [(row["name"], "country"), (row["short"], "country"), *((a, "country") for a in row["aliases"])]
        forms += [(d, "demonym") for d in row["demonyms"]]
        forms += [(p, "people") for p in row["people"] if p not in row["demonyms"]]
        forms += [(c, "capital") for c in (row["capital"], *row["capital_aliases"]) if c and code not in shared]
        short = row["short"]
        adjective = short if short.isupper() or not row["demonyms"] else row["demonyms"][0]
        out[code] = _Country(short, tuple(forms), adjective)
    return out


@cache
def _adjectives() -> dict[str, str]:
    return {row.short: row.adjective for row in _countries().values()}


def _entries() -> Iterator[tuple[str, Known]]:
    bodies = word_files.table("bodies.toml")
    for body in bodies["body"]:
        for form in _dotted((body["name"], *body.get("also", ()))):
            exact = " ".join(split(_plain(form))) if body.get("case") else None
            yield form, Known(body["name"], body["side"] or None, body.get("kind", "body"), body.get("home"), exact)
    for lands in word_files.table("homes.toml").values():
        for home, rows in lands.items():
            yield from _at_home(rows, home or None)
    for row in _countries().values():
        for form, kind in row.forms:
            yield form, Known(row.short, _ruled().get(row.short, row.short), kind)
    for form, side in bodies["nations"].items():
        yield form, Known(form, side, "nation")


def _dotted(forms: Iterable[str]) -> Iterator[str]:
    """The forms, with "U.S. Navy" beside "US Navy"."""
    for form in forms:
        yield form
        first, gap, rest = form.partition(" ")
        if gap and len(first) == 2 and first.isupper():
            yield f"{first[0]}.{first[1]}. {rest}"


@cache
def _ruled() -> dict[str, str]:
    return dict(word_files.table("bodies.toml")["ruled"])


def _at_home(rows: Iterable[str], home: str | None) -> Iterator[tuple[str, Known]]:
    """Bodies that are their own side: parties, unions, firms."""
    for row in rows:
        name, forms = _named(row)
        for form in forms:
            yield form, Known(name, name, "body", home, " ".join(split(_plain(form))))


def _named(row: str) -> tuple[str, list[str]]:
    """`SNP|Scottish National Party` → its name and forms; before `=` stands a name that is no form."""
    name, _, rest = row.rpartition("=")
    forms = rest.split("|")
    return name or forms[0], forms


@cache
def _table() -> _Table:
    """First word → the phrases that begin with it, longest first; bodies win over countries."""
    table: _Table = {}
    seen = set()
    for form, known in _entries():
        phrase = tuple(w.lower() for w in split(_plain(form)))
        if phrase and (phrase, known.exact) not in seen:
            seen.add((phrase, known.exact))
            table.setdefault(phrase[0], []).append((phrase, known))
    for rows in table.values():
        rows.sort(key=lambda row: -len(row[0]))
    return table


def _cased(words: Iterable[str], known: Known) -> bool:
    """Names have capitals; short ones like US and WHO must be all capitals."""
    text = _plain(" ".join(words))
    if known.exact is not None:
        return text in {known.exact, known.exact.upper()}
    if len(text) <= 3 and text.lower() in _short():
        return text.isupper()
    return text[:1].isupper() or text[:3] in {"al ", "al-"} or text[:1].isdigit()


@cache
def _short() -> frozenset[str]:
    return frozenset(form.lower() for form, _ in _entries() if len(form) <= 3 and form.isupper())


def _begins(words: Sequence[str], i: int, want: str) -> bool:
    """A quick look at the next word, before the whole phrase is compared."""
    return i < len(words) and (words[i][0].lower() == want[0] or want[0] == "'")


def _bare(word: str) -> str:
    """Lower case, without a possessive that the parser left on the word."""
    plain = _plain(word).lower()
    return plain[:-2] if plain.endswith("'s") and len(plain) > 3 else plain


def _plain(word: str) -> str:
    return word.replace("’", "'").replace("‘", "'").replace("´", "'") if not word.isascii() else word


def _parts(piece: str) -> list[str]:
    if piece.isalnum():
        return [piece]
    if piece[-2:] in {"'s", "’s"} and len(piece) > 2:
        return [*_parts(piece[:-2]), piece[-2:]]
    cut = _HYPHEN.split(piece)
    last = cut[-1]
    if last.endswith(".") and last.count(".") == 1 and len(last) > 2:
        return [*cut[:-1], last[:-1], "."]
    return cut
