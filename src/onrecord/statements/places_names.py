"""A parsed post → runs of capitalised words and the gazetteer's names in them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from onrecord.statements.gazetteer import Entry, gazetteer, normal
from onrecord.statements.parse import Parse
from onrecord.statements.places_short import Initials
from onrecord.statements.places_words import words

LONGEST = 6
"""Words in a place name at most."""
_LINKS = frozenset({
    "of", "the", "de", "la", "le", "les", "del", "da", "do", "dos", "das", "di", "al", "el", "ul", "ez", "er", "es",
    "as", "az", "ad", "and", "-", "–", "'", "’", "'s", "’s", "upon", "on", "sur", "am", "an", "der", "den", "in", "en",
    "und", "et", "y", "e", "i", "kwa", ".", "&", "au", "aux", "sous", "abu", "bin", "ibn", "ob", "zu", "bei",
})  # fmt: skip
_ARTICLES = frozenset({"al", "el", "ul", "as", "az", "ad", "ar", "an", "at", "ash", "ed", "es", "er", "et", "ez", "ol"})
"""Arabic articles, which papers write small: `el-Obeid`, `as-Suwayda`."""
_INNER = frozenset(
    {"les", "la", "le", "de", "des", "du", "sur", "sous", "en", "et", "lès", "aux", "au", "by", "on"}
    | {"in", "am", "an", "der", "upon", "del", "di", "al", "el", "the", "under"}
)
"""Small words between the hyphens of a name: Seyne-les-Alpes, Stratford-upon-Avon."""
_KNOWN_PAIRS = frozenset({"guinea bissau", "timor leste", "congo brazzaville", "congo kinshasa"})
LEADS = frozenset({"la", "el", "los", "las", "san", "santa", "santo", "são", "sao"})
"""Articles and saints with which names begin in Spanish and Portuguese."""
_BEYOND = 3
"""Words behind a run of capitals in a sentence of capitals that may still belong to its last name."""
_LARGE = 100_000
_SAINT = frozenset({"st", "saint"})
_OWNED = frozenset({"'s", "’s"})
"""Ends a town's name in St John's, St George's."""
_SCHOOLS = frozenset({"school", "schools", "college", "academy", "university", "hall"})
_TOWN = 100_000
_OWNER = re.compile(r"['’‘]s?$")


@dataclass(slots=True)
class Run:
    """A stretch of capitalised words, with small words that may link them."""

    first: int
    last: int
    shouted: bool = False
    """It stands in a sentence of capitals, so that capitals say nothing."""


@dataclass(slots=True)
class Name:
    """Words `first` to `last` (one past) as one name, and the places that bear it."""

    first: int
    last: int
    text: str
    form: str
    entries: tuple[Entry, ...]
    levels: frozenset[str] = frozenset()

    def is_at(self, level: str) -> bool:
        """Some place of this level bears it."""
        return level in self.levels


def runs(parsed: Parse) -> Iterator[Run]:
    """Stretches of capitalised words, sentence by sentence."""
    loud = False
    for first, last in parsed.sentences:
        loud = _shouted(parsed, first, last, loud)
        at = first
        while at < last:
            if _named(parsed, at, loud):
                end = _run_end(parsed, at, last, loud)
                led = loud and at > first and parsed.lower[at - 1] in LEADS
                yield Run(at - 2 if _article(parsed, at - 2, first) else at - led, end, loud)
                at = end
            else:
                at += 1


def _shouted(parsed: Parse, first: int, last: int, before: bool) -> bool:
    """It is all in capitals; so is a sentence of few words behind one that is."""
    long = [w for w in parsed.words[first:last] if len(w) > 3 and w.isalpha()]
    return (before or len(long) > 2) and bool(long) and sum(map(str.isupper, long)) > 0.7 * len(long)


def _article(parsed: Parse, at: int, low: int) -> bool:
    """A small article with a hyphen and a capital behind it."""
    if at < low or parsed.lower[at] not in _ARTICLES or parsed.words[at + 1] not in "-–‑":
        return False
    close = parsed.end[at] == parsed.start[at + 1] and parsed.end[at + 1] == parsed.start[at + 2]
    return close and parsed.words[at + 2][0].isupper()


def _named(parsed: Parse, at: int, loud: bool) -> bool:
    return capital(parsed.words[at]) and (not loud or parsed.pos[at] == "PROPN")


def _run_end(parsed: Parse, at: int, last: int, loud: bool) -> int:
    """One past the last capitalised word; up to three small words may stand between two."""
    end = look = at + 1
    while look < last and look - end < (4 if parsed.words[end] in "-–" else 3):
        if _named(parsed, look, loud) or (loud and look == end and parsed.lower[look] == "city"):
            end = look + 1
        elif parsed.lower[look] not in _LINKS:
            break
        look += 1
    return end


def capital(word: str) -> bool:
    """It starts with a capital letter (`al-Qaim` and `d'Ivoire` too)."""
    if word[0].isupper() or len(word) < 4:
        return word[0].isupper()
    return (word[2] == "-" and word[3].isupper()) or (word[1] in "'’" and word[2].isupper())


def names(parsed: Parse, found: list[Run]) -> list[list[Name]]:
    """For each run all gazetteer names in it, with one look-up for the whole post."""
    initials = Initials(parsed, words())
    wanted = [[_in_full(piece, initials, run) for piece in _pieces(parsed, run)] for run in found]
    entries = gazetteer().find(form for pieces in wanted for *_, form in pieces if form)
    acronyms = words().acronyms
    out: list[list[Name]] = []
    for run, pieces in zip(found, wanted, strict=True):
        row = []
        for a, b, text, form in pieces:
            spelt = _spelt(text, entries.get(form, ()), acronyms, run.shouted)
            if b > run.last and not run.shouted:
                large: float = _TOWN if parsed.lower[b - 1] in _OWNED else math.inf
                spelt = tuple(e for e in spelt if e.level == "feature" or e.capital or e.population >= large)
            if spelt:
                row.append(Name(a, b, text, form, spelt, frozenset(e.level for e in spelt)))
        out.append(row)
    return out


def _in_full(piece: tuple[int, int, str, str], initials: Initials, run: Run) -> tuple[int, int, str, str]:
    """The piece, with the whole name in place of initials."""
    first, last, _, _ = piece
    whole = initials.whole(first) if last == first + 1 and not run.shouted else None
    return (first, last, whole, normal(whole)) if whole else piece


def _spelt(text: str, entries: tuple[Entry, ...], acronyms: frozenset[str], loud: bool) -> tuple[Entry, ...]:
    """Leave out what the capitals forbid: `Act` is no ACT, `SWAT` no Swat."""
    bare = text.replace(".", "")
    if len(bare) > 5 or not entries:
        return entries
    if bare.isupper() and not loud:
        return tuple(e for e in entries if e.level in {"country", "region", "feature"}) if bare in acronyms else ()
    if bare.upper() in acronyms and not loud:
        return tuple(e for e in entries if e.main)
    return entries


def _pieces(parsed: Parse, run: Run) -> Iterator[tuple[int, int, str, str]]:
    tails = words().tails
    for first in range(run.first, run.last):
        if first + 2 < run.last and _article(parsed, first, run.first):
            yield from _with_article(parsed, run, first)
        if not capital(parsed.words[first]) or not _starts(parsed, first):
            continue
        form = ""
        for last in range(first + 1, min(first + LONGEST, _reach(parsed, run)) + 1):
            word = parsed.words[last - 1]
            glue = "" if word[0] in "'’‘." else " "
            if capital(word) and _ends(parsed, last):
                whole = form + glue + _bare(word)
                yield first, last, _OWNER.sub("", parsed.between(first, last)), whole.strip()
                if _is_saints(parsed, first, last):
                    yield first, last + 1, parsed.between(first, last + 1), f"{whole.strip()}s"
                if last == run.last and last < len(parsed) and parsed.lower[last] in tails:
                    yield from _with_tail(parsed, first, last, whole.strip())
            form += glue + plain if (plain := _plain(word)) else ""


def _is_saints(parsed: Parse, first: int, last: int) -> bool:
    """`St John’s`, where no church, school or hospital of the saint follows."""
    if last >= len(parsed) or parsed.lower[first].rstrip(".") not in _SAINT or parsed.lower[last] not in _OWNED:
        return False
    behind, lists = set(parsed.lower[last + 1 : last + 3]), words()
    return behind.isdisjoint(lists.sites | lists.houses | lists.churches | _SCHOOLS)


def _reach(parsed: Parse, run: Run) -> int:
    """One past the last word that a name of the run may have; capitals everywhere don't say where a name ends."""
    end = run.last
    while run.shouted and end < min(run.last + _BEYOND, len(parsed)) and parsed.sent[end] == parsed.sent[run.first]:
        if not parsed.words[end].isalpha():
            break
        end += 1
    return end


def _with_tail(parsed: Parse, first: int, last: int, form: str) -> Iterator[tuple[int, int, str, str]]:
    """`Kakhovka dam`, `Zaporizhzhia nuclear plant`: small words that end the name of a well-known site."""
    for end in range(last + 1, min(last + 3, len(parsed)) + 1):
        if parsed.lower[end - 1] not in words().tails or parsed.sent[end - 1] != parsed.sent[first]:
            return
        form += f" {parsed.lower[end - 1]}"
        yield first, end, parsed.between(first, end), form


def _with_article(parsed: Parse, run: Run, first: int) -> Iterator[tuple[int, int, str, str]]:
    """`el-Obeid` as `el obeid`, `al obeid` and `obeid`; with up to two more words."""
    for last in range(first + 3, min(first + 5, run.last) + 1):
        if capital(parsed.words[last - 1]) and _ends(parsed, last):
            tail = " ".join(_plain(_OWNER.sub("", w)) for w in parsed.words[first + 2 : last])
            text = _OWNER.sub("", parsed.between(first, last))
            for lead in dict.fromkeys((f"{parsed.lower[first]} ", "al ", "el ", "")):
                yield first, last, text, lead + tail


@lru_cache(maxsize=32_768)
def _plain(word: str) -> str:
    return normal(word)


@lru_cache(maxsize=32_768)
def _bare(word: str) -> str:
    return normal(_OWNER.sub("", word))


def _starts(parsed: Parse, first: int) -> bool:
    """Not after the hyphen of a longer name (`Ivano-Frankivsk`); `D-Ohio`, `pro-Russia` are fine."""
    dash = first - 1
    if dash < 1 or parsed.words[dash] not in "-–" or parsed.end[dash] != parsed.start[first]:
        return True
    before = parsed.words[dash - 1]
    if parsed.end[dash - 1] == parsed.start[dash] and before in _INNER and not _free(parsed, dash - 2):
        return False  # Alpes, in Seyne-les-Alpes
    return (
        parsed.end[dash - 1] != parsed.start[dash]
        or not capital(before)
        or len(before) == 1
        or before.lower() in words().demonyms
        or linked(parsed, dash)
    )


def _free(parsed: Parse, dash: int) -> bool:
    """No hyphen joins what is before the small word to it."""
    return dash < 1 or parsed.words[dash] not in "-–" or parsed.end[dash] != parsed.start[dash + 1]


def _ends(parsed: Parse, last: int) -> bool:
    """Not before a hyphen and another capital."""
    if last + 1 >= len(parsed) or parsed.words[last] not in "-–" or parsed.start[last] != parsed.end[last - 1]:
        return True
    if parsed.start[last + 1] != parsed.end[last]:
        return True
    if parsed.words[last + 1] in _INNER and not _free(parsed, last + 2 if last + 3 < len(parsed) else 0):
        return False
    return not capital(parsed.words[last + 1]) or linked(parsed, last)


def linked(parsed: Parse, dash: int) -> bool:
    """Two places that a hyphen sets side by side: the Peru-Chile border, Congo-Rwanda talks, the Lagos-Ibadan road.

    Two countries always are; a country and another name, or two large towns, before a noun of dealings or of ways.
    """
    before, after = parsed.words[dash - 1], parsed.words[dash + 1] if dash + 1 < len(parsed) else ""
    if not (after and capital(before) and capital(after)):
        return False
    forms = [_bare(before), _bare(after)]
    if normal(f"{before} {after}") in _KNOWN_PAIRS:
        return False
    known = gazetteer().find(forms)
    nations = [_nation(word, known.get(form, ())) for word, form in zip((before, after), forms, strict=True)]
    if all(nations):
        return True
    behind = parsed.lower[dash + 2 : dash + 5]
    if words().between.isdisjoint(behind):
        return False
    return any(nations) or all(any(e.main and e.population >= _LARGE for e in known.get(form, ())) for form in forms)


def _nation(word: str, entries: tuple[Entry, ...]) -> bool:
    acronym = word.isupper() and word.replace(".", "") in words().acronyms
    return (acronym or not word.isupper()) and any(e.level == "country" for e in entries)
