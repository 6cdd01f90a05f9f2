"""Time expressions in a parsed post → ranges of time."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, tzinfo

from onrecord.model import Date, Post, Span
from onrecord.statements.dates_calendar import Now, Stretch
from onrecord.statements.dates_checks import At, holds
from onrecord.statements.dates_forms import Found, arguments, first_matches, key_of, lexicon
from onrecord.statements.dates_join import joined
from onrecord.statements.dates_resolve import stretch
from onrecord.statements.dates_tale import TALE
from onrecord.statements.dates_tense import future, told
from onrecord.statements.draft import DateDraft
from onrecord.statements.parse import Parse

_TENSED = frozenset(
    {"weekday", "date", "days", "month", "season", "part_of_year", "unit", "overnight", "named", "since"}
    | {"clock", "nth", "part", "hours", "beside"}
)
_HALF = re.compile(r"[ap]\.m\.$", re.IGNORECASE)


def find(parsed: Parse) -> list[DateDraft]:
    """Time expressions in text order."""
    found = list(_atoms(parsed))
    futures = {one.first for one in found if one.rule in ("duration", "clock") and future(parsed, one.first)}
    if any(one.rule == "during" for one in found):
        began = _conflict(parsed)
        found = [replace(one, args={"start": began}) if one.rule == "during" else one for one in found]
    return [_draft(parsed, one) for one in joined(parsed.text, found, futures)]


def _conflict(parsed: Parse) -> str:
    """The day on which the conflict began that the post's words point to; empty when none or two do equally."""
    words = Counter(parsed.lower)
    scores = sorted(((sum(words[m] for m in marks), start) for start, marks in lexicon().conflicts), reverse=True)
    return scores[0][1] if scores[0][0] > scores[1][0] else ""


def resolve(draft: DateDraft, post: Post, anchor: datetime | None) -> Date:
    """The expression's value and range, seen from the anchor (the post's "now"); unresolved without one."""
    now = Now(anchor, draft.tense)
    found = stretch(draft.rule, draft.args, now)
    span = Span(post.id, draft.start, draft.end, post.text[draft.start : draft.end])
    earliest, latest = _bounds(found, now.zone)
    return Date(span, found.value, earliest, latest, found.precision)


def _bounds(found: Stretch, zone: tzinfo) -> tuple[datetime | None, datetime | None]:
    """Aware ends, inclusive to the last second."""
    earliest = found.start or (datetime.combine(found.first, time(), zone) if found.first else None)
    latest = found.end or (datetime.combine(found.last, time(23, 59, 59), zone) if found.last else None)
    return earliest, latest


def _atoms(parsed: Parse) -> Iterator[Found]:
    """Expressions by form, from left to right, none inside another."""
    forms = lexicon().forms
    done = 0
    for word, lower in enumerate(parsed.lower):
        at = parsed.start[word]
        if at < done:
            continue
        key = key_of(lower)
        if key in forms:
            one = _atom(parsed, word, at, key)
            if one:
                done = one.end
                yield one


def _atom(parsed: Parse, word: int, at: int, key: str) -> Found | None:
    for form, match in first_matches(parsed, at, key):
        end = match.end()
        last = bisect_left(parsed.start, end, word)
        if last <= word or (key == "0" and _inside_number(parsed.text, at, end)):
            continue
        if match[0].endswith(".") and not _HALF.search(match[0]):
            end -= 1
        if form.check is None or holds(form.check, At(parsed, word, last)):
            return Found(at, end, word, form.rule, arguments(form, match))
    return None


def _inside_number(text: str, start: int, end: int) -> bool:
    """The digits belong to something larger: F-16, 1,200, $5, 3/4, 12:30:45.2."""
    before = text[start - 1] if start else " "
    if text[max(0, start - 4) : start].lower() in ("mid-", "mid–"):
        return False
    return before.isalnum() or before in ".,/:£$€#" or (before in "-–" and start > 1 and text[start - 2].isalnum()) or (
        end + 1 < len(text) and text[end] in ",." and text[end + 1].isdigit()
    )  # fmt: skip


def _draft(parsed: Parse, one: Found) -> DateDraft:
    needs = one.rule in _TENSED or (one.base and one.base.rule in _TENSED)
    ends = one.base is not None and one.rule in ("weekday", "date") and one.base.start < one.start
    ends = ends and one.args.get("year") != TALE
    seen = one.base if one.base and ends else one  # a span's end has its beginning's tense
    return DateDraft(one.start, one.end, one.rule, one.flat(), told(parsed, seen.first, seen.end) if needs else None)
