"""Openings: the same matches as a scan of the whole text, found where words begin."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.statements.openings import Openings, beginnings, prefixes
from onrecord.statements.parse import Parse
from onrecord.statements.standing_words import words

PATTERNS = (
    r"\b(?:no|little) (?:proof|sign)\b",
    r"(?:\b|, )without (?:any )?proof",
    r"\b\d{1,3} (?:to|of) \d+\b",
    r"(?<![\w.])(?:(?P<half>half)|twenty(?:-one)?)\b",
    r"\bn[’']t[a-c]?",
)
_PIECES = st.sampled_from(
    ["no", "No", "proof", "sign", ", ", " ", "without", "any", "12", "to", "3", "half", "twenty-one", "n't", "ß", "."]
)


@given(st.lists(_PIECES, max_size=30).map("".join), st.integers(0, 20))
def test_finds_what_a_scan_finds(text: str, low: int) -> None:
    parsed, high = Parse(text, ()), max(0, len(text) - 3)
    scan = re.compile("|".join(f"(?:{p})" for p in PATTERNS), re.IGNORECASE)
    expected = [found.span() for found in scan.finditer(text, low, high)]
    assert [found.span() for found in Openings(PATTERNS).find(parsed, low, high)] == expected


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r"\b(?:in|on)to\b", {"int", "ont"}),
        (r"\b(?:very )?soon", {"ver", "soo"}),
        (r"\ba (?:b|c)", {"a b", "a c"}),
        (r"\bo[’']clock", {"o’c", "o'c"}),
        (r"\b[12]\d?", {"0", "00"}),
        (r"\bfa+r", {"fa"}),
        (r"\w+ed", None),
        (r"sudden", None),
    ],
)
def test_beginnings(pattern: str, expected: set[str] | None) -> None:
    assert beginnings(pattern) == (None if expected is None else frozenset(expected))


def test_prefixes_go_as_far_as_asked() -> None:
    assert prefixes(r"(?:the\s{1,2})?last \w+", 6) == ("last ", "the  l", "the la")


def test_a_pattern_that_may_begin_anywhere_is_looked_for_everywhere() -> None:
    found = Openings([r"\bone", r"\w+ty"]).find(Parse("plenty, one", ()), 0, 11)
    assert [match.group() for match in found] == ["plenty", "one"]


def test_the_shipped_patterns_can_be_looked_up_by_their_beginnings() -> None:
    known = (*words().patterns.values(), words().first_hand)
    assert all(openings.quick for openings in known)
