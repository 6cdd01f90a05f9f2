"""Text → the numbers in it: digits, words, multipliers, ranges, and the bounds that stand beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from onrecord import words as word_files
from onrecord.statements.openings import Openings
from onrecord.statements.parse import Parse


@dataclass(slots=True)
class Number:
    """A number at `text[start:end]`; `high` is the other end of a range or of what a vague word can mean."""

    start: int
    end: int
    value: float
    high: float | None = None
    form: str = "digits"
    """digits, words or vague."""


@dataclass(frozen=True, slots=True)
class _Words:
    values: dict[str, int]
    short: dict[str, int]
    vague: dict[str, tuple[int, int]]
    number: re.Pattern[str]
    numbers: Openings
    before: re.Pattern[str]
    after: re.Pattern[str]
    bounds: dict[str, str]
    disputes: frozenset[str]
    """Nouns behind which "over" tells of what."""


_DIGITS = r"\d{1,2}(?:,\d{2})+,\d{3}(?!\d)|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,15}(?:\.\d{1,9})?"
_DASH = re.compile(r"\s?(?:-|–|—|to|or)\s?", re.IGNORECASE)
_AND = re.compile(r"\s?(?:and|-|–|to)\s?", re.IGNORECASE)
_BETWEEN = re.compile(r"(?:between|from|of between)\s(?:[a-z]{0,3}[^\w\s])?$", re.IGNORECASE)
_SIGN = re.compile(r"(?:\b[a-z]{1,3})?[$£€¥₹₦]\s?$", re.IGNORECASE)
_BEFORE_OVER = re.compile(r"(\w+)\s+$")
_MOVES = re.compile(
    r"\b(?:r[oi]se[ns]?|rising|increas(?:ed|es|ing)|climb(?:ed|s|ing)|gr[eo]wn?|jump(?:ed|s|ing)|up|fell|fallen|falls|"
    r"drop(?:ped|s|ping)|down|went|gone|revised|raised|lowered|cut|reduced)\s(?:[a-z]+\s){0,2}(?:from|by)\s$",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"(?:st|nd|rd|th)\b", re.IGNORECASE)


def any_of(words: Iterable[str]) -> str:
    """A pattern that takes any of the words, the longest first; a space in a word takes any white space."""
    return "|".join(re.escape(w).replace(r"\ ", r"\s{1,3}") for w in sorted(words, key=len, reverse=True))


@cache
def _words() -> _Words:
    data = word_files.table("numbers.toml")
    ones, tens, scales = data["words"], data["tens"], data["scales"]
    bounds = {(side, w): row["bound"] for row in data["bound"] for side in ("before", "after") for w in row[side]}
    before = [w for side, w in bounds if side == "before"]
    after = [w for side, w in bounds if side == "after"]
    below = rf"(?:(?:{any_of(tens)})(?:[\s-](?:{any_of(ones)})\b)?|(?:{any_of(ones)}))\b"
    scale = rf"(?:{any_of(scales)})\b"
    hundreds = rf"{below}(?:[\s-]hundred\b(?:\s(?:and\s)?{below})?)?"
    spelt = rf"{hundreds}(?:[\s-]{scale}(?:\s(?:and\s)?{hundreds})?){{0,4}}(?:[\s-]and[\s-]a[\s-]half\b)?"
    article = rf"(?:half\sa|a\shalf|a|an|one|half)[\s-]{scale}(?:\s{scale})?"
    digits = rf"(?:{_DIGITS})(?:[\s-]?{scale}|(?:{any_of(data['short'])})\b)?"
    number = rf"(?P<vague>(?:{any_of(data['vague'])})\b)|(?P<article>{article})|(?P<spelt>{spelt})|(?P<digits>{digits})"
    whole = rf"(?<![\w.,/])(?:{number})"
    return _Words(
        {**ones, **tens, **scales},
        data["short"],
        {k: (v[0], v[1]) for k, v in data["vague"].items()},
        re.compile(whole, re.IGNORECASE),
        Openings([whole]),
        re.compile(rf"(?:^|\W)({any_of(before)})\s{{1,3}}(?:the\s|a\s|an\s)?[^\w\s]{{0,2}}$", re.IGNORECASE),
        re.compile(rf"\s?({any_of(after)})(?!\w|\s\d)", re.IGNORECASE),
        {f"{side} {w}": bound for (side, w), bound in bounds.items()},
        frozenset(data["disputes"]["words"]),
    )


def value_of(text: str) -> float | None:
    """`twenty-five` → 25, `1.4m` → 1,400,000, `3.2 billion`, `half a million`; None for what is no number."""
    found = _words().number.fullmatch(text.strip())
    return _read(found).value if found else None


def find(text: str) -> Iterator[Number]:
    """Numbers in text order, ranges joined: `20 to 30`, `between 5 and 7`, `2-3 million`. Ordinals are left out."""
    return _ranges(text, _words().number.finditer(text))


def find_in(parsed: Parse, start: int, end: int) -> Iterator[Number]:
    """As `find`, between two places of a post."""
    return _ranges(parsed.text, _words().numbers.find(parsed, start, end))


def _ranges(text: str, matches: Iterable[re.Match[str]]) -> Iterator[Number]:
    held: Number | None = None
    for number in _singles(text, matches):
        if held is None:
            held = number
            continue
        joined = _joined(text, held, number)
        if joined:
            held = joined
        else:
            yield held
            held = number
    if held:
        yield held


def bound(text: str, start: int, end: int) -> tuple[str, int]:
    """(bound, start of its words or of the number) of the number at `text[start:end]`; `exact` without such words."""
    words = _words()
    window = max(0, start - 32)
    found = words.before.search(text[window:start])
    if found and not _of_dispute(text, window + found.start(1), found[1]):
        return words.bounds["before " + _plain(found[1])], window + found.start(1)
    behind = words.after.match(text, end)
    if behind:
        return words.bounds["after " + _plain(behind[1])], start
    return "exact", start


def _of_dispute(text: str, start: int, word: str) -> bool:
    """ "A dispute over $200": what it is about, no bound."""
    before = _BEFORE_OVER.search(text[max(0, start - 24) : start]) if word.lower() == "over" else None
    return before is not None and before[1].lower().removesuffix("s") in _words().disputes


def _plain(text: str) -> str:
    return " ".join(text.lower().split())


def _singles(text: str, matches: Iterable[re.Match[str]]) -> Iterator[Number]:
    for found in matches:
        if found["digits"] and _ORDINAL.match(text, found.end()):
            continue
        lettered = found.start() > 1 and text[found.start() - 1] == "-" and text[found.start() - 2].isalpha()
        if lettered and text[max(0, found.start() - 10) : found.start() - 1].lower() != "magnitude":
            continue  # F-16, COVID-19
        yield _read(found)


def _read(found: re.Match[str]) -> Number:
    text = _plain(found[0])
    if found["vague"]:
        low, high = _words().vague[text]
        return Number(found.start(), found.end(), low, high if high > low else None, "vague" if high > low else "words")
    if found["digits"]:
        return Number(found.start(), found.end(), _digits(text))
    return Number(found.start(), found.end(), _spelt(text), None, "words")


def _digits(text: str) -> float:
    cut = next((i for i, c in enumerate(text) if not (c.isdecimal() or c in ".,")), len(text))
    words = _words()
    scale = text[cut:].strip(" -")
    factor = words.short.get(scale) or words.values.get(scale, 1)
    return round(float(text[:cut].replace(",", "")) * factor, 6)


def _spelt(text: str) -> float:
    """The value of number words: hundreds multiply what stands before them, larger multipliers close a group."""
    total, group, half = 0.0, 0.0, 0.0
    if text.startswith(("half a", "a half", "half ")):
        text, half = text.replace("half", "", 1), 0.5
        group = half
    text, more = (text[: -len("and a half")], 0.5) if re.search(r"and[\s-]a[\s-]half$", text) else (text, 0.0)
    for word in re.split(r"[\s-]+", text):
        worth = _words().values.get(word)
        if worth is None:
            continue
        if worth in (12, 100) and word in ("dozen", "hundred"):
            group = (group + more or 1) * worth
            more = 0.0
        elif worth >= 1000:
            total += (group + more or 1) * worth
            group, more = 0.0, 0.0
        else:
            group += worth
    return total + group + more


def _joined(text: str, left: Number, right: Number) -> Number | None:
    """One range of two numbers that stand beside each other, when they make one."""
    gap = _SIGN.sub("", text[left.end : right.start]) if right.start - left.end < 12 else "."
    if len(gap) > 6 or left.high is not None or left.form == "vague" or right.form == "vague":
        return None
    between = _BETWEEN.search(text[max(0, left.start - 14) : left.start])
    if not (_AND if between else _DASH).fullmatch(gap):
        return None
    low = left.value
    if gap.strip().lower() == "to" and _moves(text, left, right):
        return None
    if right.value >= 1000 and low < 1000 and low * 1000 > 0:
        low *= _factor(text[right.start : right.end])
    if low >= right.value or (right.value > 40 * low and low < 1000):
        return None
    return Number(left.start, right.end, low, right.value, right.form)


def _moves(text: str, left: Number, right: Number) -> bool:
    """Rose from 300 to 340, rose by 12 to 340: where it stood or by how much, and where it stands now."""
    found = _MOVES.search(text, max(0, left.start - 40), left.start)
    return found is not None and (found[0].rstrip().lower().endswith("from") or right.value > 4 * left.value)


def _factor(text: str) -> int:
    """The multiplier that a number ends with, which a range shares: 2-3 million."""
    words = _words()
    tail = re.search(r"[a-z]+$", text.lower())
    return (words.short.get(tail[0]) or words.values.get(tail[0], 1)) if tail and text[0].isdigit() else 1
