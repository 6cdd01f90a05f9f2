"""A text → the language it is in, from its script and its commonest words."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from onrecord.posts.words import table

_WORD = re.compile(r"[^\W\d_]+")
_SCRIPTS = {
    "CYRILLIC": "ru", "ARABIC": "ar", "HEBREW": "he", "GREEK": "el", "CJK": "zh", "HIRAGANA": "ja", "KATAKANA": "ja",
    "HANGUL": "ko", "DEVANAGARI": "hi", "BENGALI": "bn", "THAI": "th", "TAMIL": "ta", "GEORGIAN": "ka",
    "ARMENIAN": "hy", "ETHIOPIC": "am",
}  # fmt: skip
_UKRAINIAN = frozenset("іїєґ")
_SAMPLE = 20_000


@cache
def _common() -> dict[str, frozenset[str]]:
    return {code: frozenset(words) for code, words in table("posts_languages.toml").items() if isinstance(words, list)}


def language_of(text: str) -> str | None:
    """The language's code, None for a text too short or too mixed to tell.

    Scripts settle most; of the Latin ones the language with most of its small words in the text is taken.
    """
    sample = text[:_SAMPLE]
    words = _WORD.findall(sample.lower())
    if len(words) < 8:
        return None
    script = _script(sample)
    if script != "LATIN":
        return _by_script(script, sample)
    counts = {code: sum(map(common.__contains__, words)) for code, common in _common().items()}
    best = max(counts, key=lambda code: (counts[code], code == "en"))
    return best if counts[best] >= max(2, len(words) // 14) else None


def _by_script(script: str, sample: str) -> str | None:
    if script == "CYRILLIC" and sum(c in _UKRAINIAN for c in sample.lower()) > len(sample) // 100:
        return "uk"
    if script == "CJK" and any("\u3040" <= c <= "\u30ff" for c in sample):
        return "ja"
    return _SCRIPTS.get(script)


def _script(sample: str) -> str:
    """The script of most of its letters, looking at one letter in so many."""
    letters = [c for c in sample if c.isalpha()]
    step = max(1, len(letters) // 300)
    counts: dict[str, int] = {}
    for letter in letters[::step]:
        name = unicodedata.name(letter, "").split(" ", 1)[0]
        counts[name] = counts.get(name, 0) + 1
    return max(counts, key=lambda name: counts[name], default="LATIN")
