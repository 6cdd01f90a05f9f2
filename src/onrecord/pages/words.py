"""Times and standings → words for people."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from onrecord.model import Statement

ACTS = {
    "asserts": "says so", "denies": "denies it", "declines": "declines", "orders": "orders it", "asks": "asks for it",
    "promises": "promises it", "warns": "warns of it", "thinks": "thinks so", "wants": "wants it", "plans": "plans it",
}  # fmt: skip
STANDINGS = {
    "claimed": "claimed",
    "unverified": "not independently verified",
    "disputed": "disputed",
    "unacknowledged": "not confirmed by the other side",
    "conceded": "conceded",
    "verified": "verified",
}


_PAIR = re.compile(r'"([^"]*)"')
_INNER = str.maketrans("“”«»", "‘’‘’")


def quoted(text: str) -> str:
    """The words in quotation marks; their own become inner ones, and no pair is doubled."""
    text = text.strip()
    if text[:1] + text[-1:] in ('""', "“”", "«»") and not set(text[1:-1]) & set('"“”«»'):
        text = text[1:-1]
    return "“" + _PAIR.sub(r"‘\1’", text).translate(_INNER) + "”"


def figure_words(what: str) -> str:
    """What a figure counts: `killed`, `homes` (for `other: homes`), `share` (for `share percent`)."""
    return what.removeprefix("other: ").removesuffix(" percent")


def moment_words(moment: datetime, zone: ZoneInfo) -> str:
    """`18 May 2026, 11:20`."""
    local = moment.astimezone(zone)
    return f"{local.day} {local:%b %Y, %H:%M}"


def date_words(earliest: datetime | None, latest: datetime | None, zone: ZoneInfo) -> str:
    """A range as short as its ends allow: `18 May 2026`, `18 May 2026, 03:10`, `17–18 May 2026`, `May 2026`."""
    if earliest is None or latest is None:
        return "date not given"
    first, last = earliest.astimezone(zone), latest.astimezone(zone)
    if last - first <= timedelta(minutes=1):
        return moment_words(first, zone)
    if first.date() == last.date():
        whole = last - first >= timedelta(hours=23, minutes=59)
        return f"{first.day} {first:%b %Y}" + ("" if whole else f", {first:%H:%M}–{last:%H:%M}")
    if (first.year, first.month) == (last.year, last.month):
        whole_month = first.day == 1 and (last + timedelta(days=1)).month != last.month
        return f"{first:%b %Y}" if whole_month else f"{first.day}–{last.day} {first:%b %Y}"
    if first.month == first.day == 1 and (last.month, last.day) == (12, 31):
        return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
    return f"{first.day} {first:%b %Y} – {last.day} {last:%b %Y}"


def statement_words(statement: Statement) -> str:
    """How sure a single statement is, in words."""
    if statement.voice == "hedged":
        return "reported, no source given"
    words = [STANDINGS[statement.standing]]
    if statement.act != "asserts":
        words.insert(0, ACTS[statement.act])
    if statement.via:
        words.append("via " + ", ".join(statement.via))
    return "; ".join(words)
