"""What an attribute or property gives for a time, in whatever form → the moment."""

from __future__ import annotations

import re
from collections.abc import Collection
from contextlib import suppress
from datetime import UTC, datetime, timedelta, tzinfo
from email.utils import parsedate_to_datetime
from functools import lru_cache

from onrecord.posts.moments import NO_YEAR, machine, moment, sane
from onrecord.posts.tongues import told

_LONGEST = 80
_ISO = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)", re.ASCII)
_ISOS = re.compile(rf"(?:{_ISO.pattern}\n)++", re.ASCII)
_DAY_ONE = datetime(1, 1, 1, tzinfo=UTC)
"""From which systems count that give a time in tenths of microseconds."""


def exact(text: str, zone: tzinfo = UTC) -> datetime | None:
    """The moment, None for less than a day and a clock. A time without offset is in `zone`.

    Besides what `machine` reads: fractions of seconds, 18 digits of ticks, `/Date(…)/`, dates of mails and of browsers,
    and a day with its year and a clock as readers are shown them.
    """
    return usual(text) or _exact(text, zone)


def usual(text: str) -> datetime | None:
    """The moment that a text gives in the form that most pages use: full seconds, and the offset or Z."""
    if 20 <= len(text) <= 25 and _ISO.fullmatch(text):
        try:
            found = datetime.fromisoformat(text)
        except ValueError:
            return None
        return found if sane(found) else None
    return None


def usual_ones(texts: Collection[str]) -> list[datetime | None]:
    """What `usual` gives for each; at once where all are ISO moments, as they mostly are."""
    if texts and _ISOS.fullmatch("\n".join([*texts, ""])):
        with suppress(ValueError):
            found = list(map(datetime.fromisoformat, texts))
            if sane(min(found)) and sane(max(found)):
                return [*found]
    return list(map(usual, texts))


def usual_iso(text: str) -> str:
    """What `isoformat` gives for the moment of such a text."""
    return f"{text[:19]}+00:00" if text[19:] in ("Z", "-00:00") else text


@lru_cache(maxsize=8192)
def _exact(text: str, zone: tzinfo) -> datetime | None:
    clean = text.strip()
    if _ISO.fullmatch(clean):
        with suppress(ValueError):
            found = datetime.fromisoformat(clean)
            return found if sane(found) else None
    if given := machine(clean, zone):
        return given
    if not 4 <= len(clean) <= _LONGEST:
        return None
    if clean.startswith("/Date("):
        return machine(clean[6:].split(")")[0].split("+")[0])
    whole, dot, rest = clean.partition(".")
    if dot and whole.isdecimal() and rest.isdecimal():
        return machine(whole)
    if clean.isdecimal():
        return _DAY_ONE + timedelta(microseconds=int(clean) // 10) if len(clean) == 18 and clean < "7" else None
    return _mail_date(clean) or _in_words(clean, zone)


def _mail_date(text: str) -> datetime | None:
    """A date as mails, feeds and browsers write it: `Sat, 01 Mar 2031 14:32:00 +0000`, `Sat Mar 01 2031 …`."""
    if not text[:3].isalpha() or text.count(":") < 1 or (not text[-1].isalnum() and text[-1] != ")"):
        return None
    text = text.partition(" (")[0]
    sign = text.find("GMT")
    if sign > 0 and text[sign + 3 : sign + 4] in ("+", "-"):
        text = text[:sign] + text[sign + 3 :]
    parts = text.replace(",", "").split()
    if len(parts) >= 6 and parts[1][:3].isalpha() and parts[2].isdecimal() and parts[3].isdecimal():
        text = f"{parts[0]}, {parts[2]} {parts[1]} {parts[3]} {' '.join(parts[4:])}"
    elif "," not in text[:4]:
        return None
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, IndexError, TypeError, OverflowError):
        return None
    return found if found.tzinfo and sane(found) else None


def _in_words(text: str, zone: tzinfo) -> datetime | None:
    shown = told(text, zone)
    if shown is None or shown.day is None or shown.day.year == NO_YEAR or shown.clock is None:
        return None
    return moment(shown, None, zone)
