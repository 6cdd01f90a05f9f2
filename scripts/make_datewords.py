"""Unicode's CLDR, as Babel holds it → data/posts_datewords.toml: months, weekdays and "ago" in many languages.

Needs Babel beside the package: python scripts/make_datewords.py
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from babel import Locale, localedata

LANGUAGES = [
    "ar", "az", "bg", "bn", "bs", "ca", "cs", "da", "de", "el", "es", "et", "eu", "fi", "fil", "fr", "gl", "gu", "he",
    "hi", "hu", "hy", "id", "is", "it", "ka", "kk", "kn", "lt", "lv", "mk", "ml", "mr", "ms", "nb", "ne", "nl", "nn",
    "no", "pa", "pl", "pt", "ro", "ru", "si", "sk", "sl", "sq", "sr", "sr_Latn", "sv", "sw", "ta", "te", "tr", "uk",
    "ur", "uz", "vi",
]  # fmt: skip
"""Not Croatian, whose listopad is October and not November."""
UNITS = {"second": "s", "minute": "m", "hour": "h", "day": "d", "week": "w"}
HEAD = """\
# Words of dates in the languages of live pages, made from Unicode's CLDR by scripts/make_datewords.py; don't edit.
# [months], [weekdays]: language = the words of each month from January, or weekday from Monday, others behind |.
# [ago]: unit = how long ago something was, in lower case; # stands for the number.
"""


def main() -> None:
    """Write the file."""
    out = Path(__file__).parent.parent / "src/onrecord/data/posts_datewords.toml"
    out.write_text(HEAD + "\n".join(_lines()) + "\n", encoding="utf-8")


def _lines() -> Iterable[str]:
    for name, count, first in (("months", 12, 1), ("weekdays", 7, 0)):
        yield f"\n[{name}]"
        for code in LANGUAGES:
            localedata._cache.clear()  # some languages' words would get into those that are loaded after them
            found = Locale.parse(code).months if name == "months" else Locale.parse(code).days
            widths = [kind[width] for kind in found.values() for width in ("wide", "abbreviated")]
            yield f"{code} = {_row([{width[n] for width in widths} for n in range(first, first + count)])}"
    yield "\n[ago]"
    for unit, letter in UNITS.items():
        yield f"{letter} = {json.dumps(sorted(_ago(unit)), ensure_ascii=False)}"


def _row(words: list[set[str]]) -> str:
    clean = ["|".join(sorted({w.lower().strip(". ") for w in ws if not any(c.isdigit() for c in w)})) for ws in words]
    return json.dumps(clean, ensure_ascii=False)


def _ago(unit: str) -> set[str]:
    out: set[str] = set()
    for code in LANGUAGES:
        localedata._cache.clear()
        fields = Locale.parse(code)._data["date_fields"]
        for width in ("", "-short", "-narrow"):
            past = (fields.get(unit + width) or {}).get("past") or {}
            out.update(p.replace("{0}", "#").lower().replace("\u00a0", " ") for p in dict(past).values() if "{0}" in p)
    return {p for p in out if any(c.isalpha() for c in p)}


if __name__ == "__main__":
    main()
