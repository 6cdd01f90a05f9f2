"""A printed time in another language → the same in English, which is how `moments` reads it.

Months, weekdays and "ago" are Unicode's (`data/posts_datewords.toml`), the words around a clock our own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import tzinfo
from functools import cache, lru_cache

from onrecord.posts.marks import FILE
from onrecord.posts.moments import MONTHS, Printed, printed
from onrecord.posts.words import listing, table

_DATES = "posts_datewords.toml"
_LONGEST = 120
_WORD = re.compile(r"[^\W\d_]+")
_SPACES = re.compile(r"[\s\u00a0\u202f]+")
_CLOCK = re.compile(r"\d[:.hu]\d\d|\d\s?[hu]\b|\d\s[hu]\s\d\d|\b\d{4}\b|\d\s?(?:m|min|d)\b", re.IGNORECASE)
_CLOCK_AHEAD = r"(?=\d{1,2}(?:[:.]\d\d|\s?[hu]\s?\d\d)|\d{1,2}\s?(?:uhr|uur|h|heures|ч|год)\b)"
_HOURS = re.compile(r"(?<![\d:.,])([01]?\d|2[0-4])\s?[hu]\s?([0-5]\d)(?!\d)", re.IGNORECASE)
_WHOLE_HOUR = re.compile(
    r"(?:(?<![\d:.,\w])(?:à|às|a las|a la|alle|a les)\s([01]?\d|2[0-4])\s?h\b"
    r"|(?<![\d:.,])([01]?\d|2[0-4])\s?(?:uhr|uur|heures)\b)(?!\s?ago)",
    re.IGNORECASE,
)
_FULL_CLOCK = re.compile(
    r"(?<![\d:.,])((?:[01]?\d|2[0-4])[:.][0-5]\d)\s?(?:uhr|uur|hrs?|hod\.?|ч|год|h)\b\.?", re.IGNORECASE
)
_SPACED_DAY = re.compile(r"(?<!\d)(\d{1,2})\.\s(\d{1,2})\.\s(\d{4})(?!\d)")
_SPACED_YEAR = re.compile(r"(?<!\d)(\d{4})\.\s(\d{1,2})\.\s(\d{1,2})\.?(?!\d)")
_CJK = re.compile(r"(\d{4})[年년]\s?(\d{1,2})[月월]\s?(\d{1,2})[日일]|(?<!\d)(\d{1,2})[月월]\s?(\d{1,2})[日일]")
_CJK_CLOCK = re.compile(r"(\d{1,2})[時时点]\s?(\d{1,2})分?")
_CJK_MINUTES = re.compile(r"\d[時时点]\s?\d{1,2}分")
_ENGLISH = frozenset(
    {*MONTHS, "january", "february", "april", "august", "september", "october", "november", "december"}
)
_ENGLISH |= {"sept", "sat", "minutes", "ago"}
"""Words of English times that other languages have too."""
_NTH = re.compile(r"\d\.(?!\d)")
"""`5. September` is German."""
_AGO = re.compile(
    r"(?P<sign>^-\s?)?(?P<before>(?:[^\W\d_]+\s){0,3})(?P<n>\d{1,3})\s?(?P<after>[^\W\d_]+\.?(?:\s[^\W\d_]+){0,3})?"
)


def in_english(text: str) -> str:
    """The text, with what is a time in another language in English. Long texts are given back as they are."""
    if len(text) > _LONGEST:
        return text
    return _translated(_SPACES.sub(" ", text).strip())


@lru_cache(maxsize=8192)
def told(line: str, near: tzinfo | None = None) -> Printed | None:
    """The time that a line prints in any language, None without one; as `moments.printed`."""
    english = in_english(line)
    found = printed(english, near)
    return found if found is None or english is line or english == line else replace(found, text=line.strip())


@lru_cache(maxsize=8192)
def _translated(text: str) -> str:
    plain = _SPACED_YEAR.sub(r"\1-\2-\3", _SPACED_DAY.sub(r"\1.\2.\3", text)) if ". " in text else text
    said = _WORD.findall(plain.lower())
    foreign = _foreign().intersection(said)
    if (not foreign or (foreign <= _ENGLISH and not _NTH.search(plain))) and (
        _joining().isdisjoint(said) or not _CLOCK.search(plain)
    ):
        if not plain.isascii() and (_CJK.search(plain) or _CJK_MINUTES.search(plain)):
            return _CJK_CLOCK.sub(_cjk_clock, _CJK.sub(_cjk_day, plain))
        return plain
    plain = plain.replace("’", "'").replace("ʼ", "'")
    found = _FULL_CLOCK.sub(r"\1", _day_words(_ago(plain)))
    found = _WHOLE_HOUR.sub(lambda m: f"{m[1] or m[2]}:00", _HOURS.sub(r"\1:\2", found))
    found = _before_clock().sub(" ", found)
    for pattern in _dates():
        found = pattern.sub(_english_date, found)
    return text if found == plain else _SPACES.sub(" ", found).strip()


@cache
def just_now() -> frozenset[str]:
    """What pages print beside a post that has just come."""
    return frozenset(listing(FILE, "just_now")) | {"just now", "moments ago", "now"}


def _cjk_day(found: re.Match[str]) -> str:
    if found[1]:
        return f"{found[1]}-{int(found[2]):02d}-{int(found[3]):02d} "
    month = int(found[4])
    return f"{found[5]} {MONTHS[month - 1]} " if 1 <= month <= 12 else found[0]


def _cjk_clock(found: re.Match[str]) -> str:
    return f"{found[1]}:{int(found[2]):02d}"


@cache
def _foreign() -> frozenset[str]:
    """Words that tell that a text may hold a time in another language."""
    own = ("after_clock", "today", "yesterday", "just_now", "changed_words", "published_words")
    said = [word for key in own for word in listing(FILE, key)]
    said += [pattern for unit in _rows("ago").values() for pattern in unit]
    said += [*_months(), *(f"ב{month}" for month in _months() if "א" <= month[0] <= "ת")]  # "in November" is one word
    return frozenset(w for s in said for w in _WORD.findall(s)) - _joining()


@cache
def _joining() -> frozenset[str]:
    """Words that join a clock to what stands before it; they are common in other texts too."""
    return frozenset(w for s in listing(FILE, "before_clock") for w in _WORD.findall(s)) | {"h", "u", "de", "m", "d"}


def _rows(name: str) -> dict[str, list[str]]:
    rows = table(_DATES)[name]
    assert isinstance(rows, dict)
    return rows


@cache
def _months() -> dict[str, int]:
    """Month words → their number from 0."""
    out: dict[str, int] = {}
    for row in _rows("months").values():
        for number, words in enumerate(row):
            out.update({word.replace("ʼ", "'"): number for word in words.split("|") if word})
    return out


@cache
def _weekdays() -> frozenset[str]:
    return frozenset(
        w.replace("ʼ", "'") for row in _rows("weekdays").values() for words in row for w in words.split("|")
    )


def _either(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=lambda w: (-len(w), w))))


def _month() -> str:
    return rf"(?P<month>{_either(_months())})(?!\w)\.?"


def _weekday() -> str:
    return rf"(?:{_either(_weekdays())})\.?,?\s"


@cache
def _dates() -> tuple[re.Pattern[str], ...]:
    """A day of a month with its weekday and year, in each order that languages have, as they are looked for."""
    year_first = (  # `2031. március 4.`, `2031 m. kovo 4 d.`
        rf"(?<!\d)(?P<year>\d{{4}})(?:\.|\sm\.)?\s{_month()}\s"
        r"(?P<day>\d{1,2})(?!\d|[:.]\d)(?:\.|\sd\.)?"
    )
    day_first = (
        rf"(?<!\w)(?:{_weekday()}(?:den\s|d\.\s|el\s|le\s|il\s)?)?(?:den\s|le\s|el\s|ika-)?"
        rf"(?P<day>\d{{1,2}})(?:\.º|º|ª|er|\.|-го|-е)?\s?(?:de\s|d'|di\s|ng\s|ב)?{_month()}(?!\sof\b)"
        r"(?:,?\s(?:de\s|del\s)?(?P<year>\d{4})(?!\d)(?:\s?(?:року|года|[гр]\.))?)?"
    )
    month_first = (  # `Nobyembre 23, 2026`
        rf"(?<!\w)(?<!\d\s)(?:{_weekday()})?{_month()}\s"
        r"(?P<day>\d{1,2})(?![\d:.]|\s?[ap]\.?m\b)(?:,?\s(?P<year>\d{4})(?!\d)|(?=,|$|\s[-–|]))"
    )
    return tuple(re.compile(order, re.IGNORECASE) for order in (year_first, day_first, month_first))


def _english_date(found: re.Match[str]) -> str:
    year = f" {found['year']}" if found["year"] else ""
    return f"{found['day']} {MONTHS[_months()[found['month'].lower()]]}{year}"


@cache
def _before_clock() -> re.Pattern[str]:
    return re.compile(rf"(?:(?<=\W)|^)(?:{_either(listing(FILE, 'before_clock'))})\s{_CLOCK_AHEAD}", re.IGNORECASE)


@cache
def _day_word() -> tuple[re.Pattern[str], dict[str, str]]:
    english = {"today": "today", "yesterday": "yesterday", "just_now": "just now", "changed_words": "updated",
               "published_words": "published"}  # fmt: skip
    known = {word: stands for key, stands in english.items() for word in listing(FILE, key)}
    return re.compile(rf"(?<!\w)(?:{_either(known)})(?!\w)", re.IGNORECASE), known


def _day_words(text: str) -> str:
    """The text with "heute", "mis à jour" and the like in English."""
    pattern, known = _day_word()
    return pattern.sub(lambda found: known[found[0].lower()], text)


@cache
def _agos() -> dict[tuple[str, str], str]:
    """(words before, words behind the number) → unit."""
    out = {}
    for unit, patterns in _rows("ago").items():
        for pattern in patterns:
            before, _, after = pattern.partition("#")
            out[before.strip(), after.strip().rstrip(".")] = unit
    return out


def _ago(text: str) -> str:
    """The text with "vor 5 Minuten" and the like in English."""
    for found in _AGO.finditer(text):
        before = found["before"].split()
        after = (found["after"] or "").split()
        for start in range(len(before) + 1):
            for end in range(len(after), -1, -1):
                first, behind = " ".join(before[start:]), " ".join(after[:end]).rstrip(".")
                key = (found["sign"] or "").strip() + first.lower(), behind.lower()
                unit = _agos().get(key)
                if unit and (key[0] or end > 1):
                    rest = " ".join([*before[:start], f"{found['n']} {unit} ago", *after[end:]])
                    return f"{text[: found.start()]} {rest} {text[found.end() :]}".strip()
    return text
