"""Paragraphs that follow each other → where a new subject, and so a new post, begins.

Each paragraph gets a score from a handful of signs that a reader would name; see `signs`.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from onrecord.posts.lines import Line
from onrecord.posts.words import listing, plain, table, words

_FILE = "posts_borders.toml"
_WORD = re.compile(r"[^\W\d_][\w'’-]*|\d[\d.,:]*")
_SENTENCE = re.compile(r"[.!?…][\"'”’)]*\s+(?=[\"'“‘(]?[A-Z0-9])")
_NAME_RUN = re.compile(
    r"(?:[A-ZÀ-ÞŁŚŻČŠŽİ][\w’'-]+)(?:\s(?:(?:de|da|do|dos|van|von|der|den|del|della|di|al|el|bin|ibn|la|le)\s)?[A-ZÀ-ÞŁŚŻČŠŽİ][\w’'-]+)*"
)
_FRESH = re.compile(r"\b(?:has|have|had been|is set to|are set to|will|is to|are to)\b")
_PERFECT = re.compile(
    r"\b(?:has|have)\s(?:\w+ly\s)?(?:been\s)?(\w+(?:ed|en|wn|ne|id|ft|ht|nt|ld|un|ut|et|it|ade|uck|ung|und|come|gun|rn|ost|ead|wn))\b"
)
_SAID_END = re.compile(r",\s[^,]{2,60}\s(?:has|have)\s\w+[^,.]{0,25}\.?$")


@dataclass(slots=True)
class Paragraph:
    """What the scorer sees of a paragraph."""

    text: str
    first: str
    """Its first sentence."""
    low: str
    stems: Counter[str]
    names: frozenset[str]
    """Runs of capitalised words, not those that only begin a sentence."""
    full: dict[str, str]
    """Last word of each name of several words → the whole."""


def borders(lines: Sequence[Line], between: Sequence[frozenset[str]] = ()) -> list[int]:
    """Indexes of the paragraphs that begin a new post; never 0. `between` holds the kinds of line right above each."""
    paragraphs = [paragraph(line.text) for line in lines]
    if len(paragraphs) < 2:
        return []
    rarity = _rarity(paragraphs)
    out: list[int] = []
    start = 0
    for i in range(1, len(paragraphs)):
        above = between[i] if i < len(between) else frozenset()
        if score(paragraphs, start, i, rarity, above) > 0:
            out.append(i)
            start = i
    return out


def score(
    paragraphs: Sequence[Paragraph], start: int, at: int, rarity: dict[str, float], above: frozenset[str]
) -> float:
    """How much paragraph `at` looks like a new post rather than more of the one from `start`; above 0 it does."""
    weights = _weights()
    return weights["bias"] + sum(weights[k] * v for k, v in signs(paragraphs, start, at, rarity, above).items())


def signs(
    paragraphs: Sequence[Paragraph], start: int, at: int, rarity: dict[str, float], above: frozenset[str]
) -> dict[str, float]:
    """The signs for and against a border before paragraph `at`, each between -1 and 1 or so."""
    here, last = paragraphs[at], paragraphs[at - 1]
    post = paragraphs[start:at]
    following = paragraphs[at + 1] if at + 1 < len(paragraphs) else None
    known = {name for p in post for name in p.names}
    return {
        "label_above": float("label" in above),
        "picture_above": float(bool(above & {"caption", "credit"})),
        "related_above": float("related" in above),
        "continues": float(_continues(here)),
        "quote": float(here.text[:1] in "\"“'‘"),
        "definite": float(here.low.startswith("the ")),
        "back": float(here.low.startswith(listing(_FILE, "back"))),
        "short_name": _short_names(here, post),
        "new_intro": _introduced_again(here, post),
        "perfect": float(_PERFECT.search(here.first) is not None),
        "lead_end": float(_SAID_END.search(here.first) is not None),
        "long_first": min(1.0, max(-1.0, (len(here.first.split()) - 22) / 14)),
        "cohesion": _similar(here, post, rarity),
        "last": _similar(here, [last], rarity),
        "ahead": _similar(here, [following], rarity) if following else 0.0,
        "known_names": _share(here.names, known),
        "colon": float(last.text.endswith((":", "…"))),
        "single": float(at - start == 1),
        "long_post": min(1.0, max(0.0, (at - start - 4) / 6)),
        "today": float(any(w in here.first.lower() for w in listing(_FILE, "today"))),
    }


def paragraph(text: str) -> Paragraph:
    """A paragraph with its words, names and first sentence."""
    head = text[:2000]
    found = _SENTENCE.search(head)
    first = head[: found.start() + 1] if found else head
    tokens = _WORD.findall(head)
    stems = Counter(s for w in tokens if len(s := stem(w)) > 2 and s not in words(_FILE, "small"))
    names = list(_NAME_RUN.finditer(head))
    kept = frozenset(run for m in names if (run := _named(m, head)) and plain(run) not in words(_FILE, "small"))
    full = {run.split()[-1]: run for run in kept if " " in run}
    return Paragraph(head, first, plain(head[:200]), stems, kept, full)


def _named(found: re.Match[str], text: str) -> str:
    """The name, without a sentence's first word when that is a common one."""
    run = re.sub(r"['’]s$", "", found[0])
    at = found.start()
    opens = at == 0 or text[at - 2 : at] in (". ", "? ", "! ", "” ", ": ") or text[at - 1] in "“\"‘'"
    tokens = run.split()
    if opens and plain(tokens[0]) in words(_FILE, "small") | words(_FILE, "continue_first"):
        tokens = tokens[1:]
    while tokens and plain(tokens[0]).rstrip(".") in words(_FILE, "titles"):
        tokens = tokens[1:]
    return " ".join(tokens)


def stem(word: str) -> str:
    """A crude base form, the same for a word's commonest endings."""
    low = plain(word).removesuffix("'s").strip("'-")
    for ending in ("ations", "ation", "ings", "ing", "ions", "ion", "ies", "ed", "es", "s"):
        if low.endswith(ending) and len(low) - len(ending) >= 4:
            return low[: -len(ending)]
    return low


@cache
def _weights() -> dict[str, float]:
    found = table(_FILE)["weights"]
    assert isinstance(found, dict)
    return {str(k): float(v) for k, v in found.items()}


def _rarity(paragraphs: Sequence[Paragraph]) -> dict[str, float]:
    """How telling a word is on this page: less, the more paragraphs hold it."""
    counts = Counter(word for p in paragraphs for word in p.stems)
    total = len(paragraphs)
    return {word: math.log((total + 1) / count) for word, count in counts.items()}


def _similar(here: Paragraph, others: Sequence[Paragraph], rarity: dict[str, float]) -> float:
    """Share of the paragraph's telling words that the others hold too."""
    held = {word for p in others for word in p.stems}
    whole = sum(rarity[w] for w in here.stems)
    return sum(rarity[w] for w in here.stems if w in held) / whole if whole else 0.0


def _share(names: frozenset[str], known: set[str]) -> float:
    tokens = {t for name in known for t in name.split()}
    return sum(bool(set(n.split()) & tokens) for n in names) / len(names) if names else 0.0


def _continues(here: Paragraph) -> bool:
    tokens = here.low.split()
    if not tokens:
        return True
    first = tokens[0].strip("\"',.:;—–-")
    return first in words(_FILE, "continue_first") or here.low.startswith(listing(_FILE, "continue_start"))


def _short_names(here: Paragraph, post: Sequence[Paragraph]) -> float:
    """Whether its first sentence calls somebody by a last name whose full name this post gave."""
    given = {last for p in post for last in p.full}
    own = set(here.full)
    single = {n for n in here.names if " " not in n}
    first = set(_WORD.findall(here.first.replace("’s", "")))
    return float(bool((single & given - own) & first))


def _introduced_again(here: Paragraph, post: Sequence[Paragraph]) -> float:
    """Whether it gives somebody's full name whom this post has already named."""
    given = {name for p in post for name in p.full.values()}
    seen = {t for p in post for n in p.names for t in n.split()}
    return float(any(full in given or last in seen for last, full in here.full.items()))
