"""Amounts whose currency is glued to them in letters, or whose thousands are set apart by blanks → figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from onrecord import words as word_files
from onrecord.statements import numbers
from onrecord.statements.draft import FigureDraft
from onrecord.statements.figures_words import words
from onrecord.statements.numbers import any_of

_BLANKS = re.compile(r"[ \u00a0\u202f](?=\d)")


@cache
def _signs() -> dict[str, str]:
    return {sign: code for code, signs in word_files.table("figures.toml")["glued"].items() for sign in signs}


@cache
def _form() -> re.Pattern[str]:
    """`R50 000`, `KSh2.5 million`, `€12 000`, but no road: R50."""
    spaced = r"\d{1,3}(?:[ \u00a0\u202f]\d{3}){1,4}(?![\d.,]\d|\d)"
    scaled = (
        r"\d{1,4}(?:\.\d{1,3})?\s?(?:million|billion|trillion|crores?|lakhs?|lacs?|bn|m)\b|\d{1,3}(?:,\d{3}){1,4}(?!\d)"
    )
    plain = any_of(s for s in words().currency if not s[-1].isalnum() and len(s) == 1)
    return re.compile(rf"(?<!\w)(?:({any_of(_signs())})(?:(?<=\w[\w.$])\s)?({spaced}|{scaled})|({plain})\s?({spaced}))")


def find(text: str) -> Iterator[FigureDraft]:
    """The amounts, in text order."""
    for found in _form().finditer(text):
        value = numbers.value_of(_BLANKS.sub("", found[2] or found[4]))
        if value is not None:
            bound, _ = numbers.bound(text, *found.span())
            code = _signs()[found[1]] if found[1] else words().currency[found[3]]
            yield FigureDraft(found.start(), found.end(), value, None, bound, "money", None, code)
