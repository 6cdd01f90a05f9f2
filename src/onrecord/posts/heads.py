"""Short lines of a page that prints no times → which of them are headlines of posts, by their form and place.

Each is scored by signs that a reader would name; a logistic regression weighs them (`data/posts_heads.toml`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from onrecord.posts.lines import PAGE_LEVEL, QUOTES, Line, is_live
from onrecord.posts.sums import sums_up
from onrecord.posts.words import weights, words

FILE = "posts_heads.toml"
_MOST = 30
"""Words of the longest headline."""
_MOST_USUAL = 20
"""Words from which a line without a full stop is a paragraph sooner than a headline."""
_TOP = 3
_UP, _DOWN = 1.0, -2.0
_LEAST = 2
_SURE = 1.5
_PARAGRAPHS = 8
"""Paragraphs for each headline, at most."""
_SENTENCE = re.compile(r"[.;:,…][\"'”’)]*$")
_WORD = re.compile(r"[\w'’-]+")
_NAME = re.compile(r"[A-ZÀ-Þ]")
_WEEKDAY = re.compile(r"\b(?:on|this|last) (?:mon|tues|wednes|thurs|fri|satur|sun)day\b")
_SEEN = re.compile(
    r"^(?:an? |the |two |three |some |\w+ )?(?:[\w'’-]+ ){1,4}?(?:\w{3,}ing|who|are seen|is seen|in this) "
)
_ARTICLES = frozenset({"the", "a", "an"})
_OWNED = frozenset({"his", "her", "their", "its", "our", "my"})


def candidates(lines: Sequence[Line]) -> list[int]:
    """The lines that may be headlines: short ones without a full stop, also where they look like captions or links."""
    return [i for i, line in enumerate(lines) if _may_head(line)]


def _may_head(line: Line) -> bool:
    if line.size > _MOST or line.text[0] in "•·▪●◦":
        return False
    if line.kind == "body":
        return line.text[-1] in "?!" and line.size <= _MOST // 2 and line.text[0] not in QUOTES
    return line.kind in ("short", "caption", "related") or sums_up(line.plain)


def settle_heads(lines: Sequence[Line]) -> None:
    """Keep the odds of all candidates, and set right the kinds of those that are sure, where there are headlines."""
    found = headlines(lines)
    for i, odds in found.items():
        lines[i].odds = odds
    if not sure_heads(lines):
        return
    told = next((i for i, line in enumerate(lines) if line.kind == "body"), len(lines))
    for i, odds in found.items():
        line = lines[i]
        if odds > _UP and line.kind in ("caption", "related", "body"):
            line.kind = "short"
        elif odds < _DOWN and line.kind == "short" and i > told:
            line.kind = "caption"
        elif odds < _UP and line.kind == "short" and line.size > _MOST_USUAL and not is_live(line.plain):
            line.kind = "body"


def sure_heads(lines: Sequence[Line]) -> bool:
    """Whether several lines are likely headlines, or one surely is."""
    odds = [line.odds for line in lines if line.odds is not None and line.odds > 0.0 and line.kind != "body"]
    bodies = sum(line.kind == "body" for line in lines)
    return len(odds) >= _LEAST and sum(odds) > _SURE and bodies <= _PARAGRAPHS * len(odds)


def headlines(lines: Sequence[Line]) -> dict[int, float]:
    """The log-odds that each candidate is a post's headline."""
    found = candidates(lines)
    weight = weights(FILE)
    return {
        i: weight["bias"] + sum(weight[sign] * value for sign, value in own.items() if value)
        for i, own in zip(found, signs(lines, found), strict=True)
    }


def signs(lines: Sequence[Line], found: Sequence[int]) -> Iterator[dict[str, float]]:
    """The signs of each candidate: of its form, of the lines beside it, and of the page."""
    page = _page_signs(lines, found)
    often = Counter(line.plain for line in lines)
    told = next((i for i, line in enumerate(lines) if line.kind == "body"), len(lines))
    for i in found:
        above = {"no_body_above": float(i < told)}
        yield {**_form(lines[i]), **_beside(lines, i), **page, **above, "repeated": float(often[lines[i].plain] > 1)}


def _form(line: Line) -> dict[str, float]:
    low, text = line.plain, line.text
    tokens = _WORD.findall(text)
    inner = tokens[1:]
    capitals = sum(_NAME.match(t) is not None for t in inner) / len(inner) if inner else 0.0
    known = words(FILE, "verbs")
    lower = [t.lower() for t in inner]
    return {
        "one_word": float(line.size == 1),
        "few_words": float(2 <= line.size <= 3),
        "some_words": float(4 <= line.size <= 5),
        "long": float(15 <= line.size <= 20),
        "very_long": float(line.size > 20),
        "asks": float(text[-1] == "?"),
        "open_end": float(_SENTENCE.search(text) is not None),
        "quoted": float(text[0] in QUOTES),
        "quotes": float(any(c in "‘“'\"" for c in text[1:])),
        "colon": float(": " in text),
        "bar": float("|" in text or "/" in text),
        "all_capitals": float(capitals > 0.75 and len(inner) > 2),
        "no_capitals": float(capitals == 0.0),
        "article": float(low.startswith(("a ", "an ", "the "))),
        "verb": float(any(t in known for t in lower)),
        "articles": min(1.0, 4.0 * sum(t in _ARTICLES for t in lower) / max(4, line.size)),
        "owned": float(any(t in _OWNED for t in lower)),
        "past": float(any(t.endswith("ed") and not _NAME.match(t) for t in inner)),
        "present": float(any(t in words(FILE, "present") for t in inner)),
        "ending": float(bool(inner) and any(t.endswith(("s", "ed")) and not _NAME.match(t) for t in inner[:5])),
        "seen": float(_SEEN.match(low) is not None),
        "weekday": float(_WEEKDAY.search(low) is not None),
        "caption": float(line.kind == "caption"),
        "related": float(line.kind == "related"),
        "sums": float(sums_up(low)),
        "live": float(is_live(line.plain)),
        "digit_last": float(text[-1].isdecimal()),
    }


def _beside(lines: Sequence[Line], i: int) -> dict[str, float]:
    above = lines[i - 1] if i else None
    below = lines[i + 1] if i + 1 < len(lines) else None
    second = lines[i + 2] if i + 2 < len(lines) else None
    line = lines[i]
    over = line.number - above.number if above else 0
    under = below.number - line.number if below else 0
    return {
        "first": float(above is None),
        "top": float(0 < i < _TOP),
        "last": float(below is None),
        "body_below": float(below is not None and below.kind == "body"),
        "long_below": float(below is not None and below.size > _MOST // 2),
        "list_below": float(below is not None and below.text[0] in "•·-*"),
        "short_below": float(below is not None and below.kind in ("short", "label")),
        "byline_below": float(below is not None and below.kind == "byline"),
        "picture_below": float(below is not None and below.kind == "caption"),
        "credit_below": float(below is not None and below.kind == "credit"),
        "time_below": float(below is not None and below.kind in ("time", "day")),
        "chrome_below": float(below is not None and below.kind in ("chrome", "signoff")),
        "body_second": float(second is not None and second.kind == "body"),
        "body_above": float(above is not None and above.kind in ("body", "lead")),
        "stop_above": float(above is not None and above.text[-1] in '.!”"’'),
        "colon_above": float(above is not None and above.text[-1] == ":"),
        "short_above": float(above is not None and above.kind == "short"),
        "credit_above": float(above is not None and above.kind == "credit"),
        "chrome_above": float(above is not None and above.kind in PAGE_LEVEL),
        "time_above": float(above is not None and above.kind == "time"),
        "label_above": float(above is not None and above.kind == "label"),
        "picture_above": float(above is not None and above.kind == "caption"),
        "wide_above": float(over > under > 0),
        "wide_below": float(under > over > 0),
        "set_out": float(below is not None and below.indent > line.indent),
    }


def _page_signs(lines: Sequence[Line], found: Sequence[int]) -> dict[str, float]:
    """How many short lines stand above paragraphs, and how many pictures have their holders named."""
    heading = sum(i + 1 < len(lines) and lines[i + 1].kind == "body" for i in found)
    credited = sum(line.kind == "credit" for line in lines)
    bodies = sum(line.kind == "body" for line in lines)
    return {
        "alone": float(heading < 2),
        "many": min(1.0, heading / 6),
        "credited": float(credited > 0),
        "dense": min(1.0, 3.0 * heading / max(1, bodies)),
    }
