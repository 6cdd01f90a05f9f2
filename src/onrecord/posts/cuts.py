"""The lines of a page → its posts, as the lines that each holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from itertools import pairwise

from onrecord.posts.borders import Borders, borders
from onrecord.posts.lines import Line
from onrecord.posts.moments import Printed
from onrecord.posts.rows import parted
from onrecord.posts.settle import settle
from onrecord.posts.words import listing

PAGE_LEVEL = frozenset({"chrome", "signoff", "stamp", "day"})
_LEAST = 0.16
"""Strength of borders from which a text without any other mark is taken for live coverage."""
_LIVE = re.compile(r"\b(?:live|latest|as it happened|updates?|rolling|liveblog|blog)\b")
_DATELINE = re.compile(
    r"[A-Z][A-Z .'-]{2,40}(?:, [A-Z][\w. ]{1,30}){0,2} [-–—]{1,2} "
    r"|[A-Z][\w .,'-]{2,70}\([A-Z][\w .,]{1,30}\) ?[-–—]{1,2} "
)
_NEWS = frozenset({"body", "lead", "time", "byline"})
_PAGES_OWN = re.compile(r"(?:first |last |originally )?(?:published|updated|modified) ?(?:on|at|:|[-–—])? ")
"""A time of the page as a whole."""
_PARAGRAPH = 12
"""Words of what is surely a paragraph."""
_TOP = frozenset({"chrome", "signoff", "time", "day"})
_HEAD = 14
"""A page's own stamp stands among so many first lines."""


@dataclass(slots=True)
class Cut:
    """The lines of one post."""

    lines: list[Line]
    time: Printed | None = None
    day: Printed | None = None
    """The printed day under which it stands."""
    title: Line | None = None
    authors: tuple[str, ...] = field(default=())
    updated: Printed | None = None


@dataclass(slots=True)
class Cuts:
    """A page's posts, and what its head says of the page."""

    posts: list[Cut]
    stamp: Printed | None = None
    title: str | None = None
    live: bool = False


def cut(lines: list[Line]) -> Cuts:
    """The posts of a page: by printed times, else by headlines, else by what the paragraphs say."""
    stamp_at = _stamp(lines)
    stamp = _latest(lines, stamp_at) if stamp_at is not None else None
    head = stamp_at + 1 if stamp_at is not None else 0
    body = lines[head:]
    settle(body)
    _set_tail_aside(body)
    markers = _with_posts(body, _markers(body))
    if len(markers) > 1 or (markers and _has_body(body)):
        return Cuts(list(_by_markers(body, markers)), stamp, _page_title(lines[:head]), live=True)
    posts, live = _by_words(body)
    if stamp is not None and not live and not _has_body(lines[:head]):
        return Cuts([Cut(lines, time=stamp)], stamp)
    return Cuts(posts, stamp, _page_title(lines[:head]), live)


def _set_tail_aside(lines: list[Line]) -> None:
    """Take what follows the last news for furniture, from the first line that opens such a section."""
    news = (i for i, line in enumerate(lines) if line.kind in _NEWS and not _is_pages_own(line))
    last = max(news, default=-1)
    heads = listing("posts_lines.toml", "tail_start")
    after = range(last + 1, len(lines))
    tail = next((i for i in after if _opens_tail(lines[i], heads)), len(lines))
    for line in lines[tail:]:
        line.kind = "chrome"


def _opens_tail(line: Line, heads: tuple[str, ...]) -> bool:
    return line.kind == "chrome" or _is_pages_own(line) or line.plain.startswith(heads)


def _is_pages_own(line: Line) -> bool:
    """Whether a line prints the day on which the page came out or changed."""
    return line.time is not None and line.time.day is not None and _PAGES_OWN.match(line.plain) is not None


def _with_posts(lines: list[Line], markers: list[list[int]]) -> list[list[int]]:
    """The groups of times at posts: where most print a clock, a mere "2h ago" belongs to a list of key events."""
    clocked = [m for m in markers if any((t := lines[i].time) is not None and t.clock is not None for i in m)]
    return clocked if 2 * len(clocked) >= len(markers) else markers


def _page_title(head: Sequence[Line]) -> str | None:
    return next((line.text for line in head if line.time is None and line.size <= 30), None)


def _stamp(lines: list[Line]) -> int | None:
    """The line near the top that prints the page's own date: unlike the times that stand at posts."""
    times = [i for i, line in enumerate(lines) if line.kind in ("time", "day")]
    shapes = [_shape(lines[i]) for i in times]
    for i, shape in zip(times, shapes, strict=True):
        when = lines[i].time
        if i >= _HEAD:
            break
        if when is None or when.day is None or (lines[i].authors and when.at > 0):
            continue
        if (when.updated or shapes.count(shape) <= _stamps(lines, i)) and _has_body(lines[i + 1 :]):
            return i + _stamps(lines, i) - 1
    return None


def _stamps(lines: list[Line], at: int) -> int:
    """How many lines in a row print a day of the page: when it was first published, when it was updated."""
    end = at
    while end < len(lines) and (when := lines[end].time) is not None and when.day is not None:
        if end > at and not _PAGES_OWN.match(lines[end].plain):
            break
        end += 1
    return max(1, end - at)


def _latest(lines: list[Line], at: int) -> Printed | None:
    """The latest of the stamps that end at a line."""
    first = at
    while first and _PAGES_OWN.match(lines[first].plain):
        if (above := lines[first - 1].time) is None or above.day is None:
            break
        first -= 1
    stamps = [when for line in lines[first : at + 1] if (when := line.time) is not None and when.day is not None]
    return max(stamps, key=lambda t: (t.day or date.min, t.clock or time.min), default=None)


def _shape(line: Line) -> tuple[bool, ...]:
    when = line.time
    assert when is not None
    return when.day is not None, when.clock is not None, when.ago is not None, bool(line.authors), when.updated


# -- posts that print their times --------------------------------------------------------------------------------------


def _markers(lines: list[Line]) -> list[list[int]]:
    """Groups of lines that print a post's time; a time printed twice with nothing but openers between is one group."""
    out: list[list[int]] = []
    for i, line in enumerate(lines):
        if line.time is None or line.kind not in ("time", "lead") or line.time.updated:
            continue
        if out and line.kind == "time" and _same_head(lines, out[-1][-1], i):
            out[-1].append(i)
        else:
            out.append([i])
    return out


def _same_head(lines: list[Line], a: int, b: int) -> bool:
    """Whether two printed times head one post."""
    first, second = lines[a].time, lines[b].time
    if b - a > 4 or first is None or second is None or lines[a].kind == "lead":
        return False
    clocks = {t.clock for t in (first, second) if t.clock is not None}
    return len(clocks) < 2 and all(line.kind in ("byline", "label", "chrome") for line in lines[a + 1 : b])


def _has_body(lines: Sequence[Line]) -> bool:
    return any(line.kind in ("body", "lead") for line in lines)


def _has_text(lines: Sequence[Line]) -> bool:
    """Whether there is a paragraph, or a headline alone and nothing of the page after it."""
    kinds = [line.kind for line in lines]
    return "body" in kinds or "lead" in kinds or (kinds[:1] == ["short"] and len(kinds) < 3)


def _by_markers(lines: list[Line], markers: list[list[int]]) -> Iterator[Cut]:
    close = _times_close(lines, markers)
    starts = _starts_after(lines, markers) if close else _starts_before(lines, markers)
    over = markers[-1][-1] + 1 if close and not _has_body(lines[markers[-1][-1] + 1 :]) else len(lines)
    ends = [*starts[1:], over]
    day = next((x.time for x in reversed(lines[: starts[0]]) if x.kind == "day"), None)
    for start, end, marker in zip(starts, ends, markers, strict=True):
        held = lines[start:end]
        updated = next((x.time for x in held if x.kind == "time" and x.time and x.time.updated), None)
        yield Cut(held, time=_best([lines[i].time for i in marker]), day=day, updated=updated)
        day = next((x.time for x in reversed(held) if x.kind == "day"), day)


def _best(times: Sequence[Printed | None]) -> Printed | None:
    """The most telling of the times that one post prints."""
    found = [t for t in times if t is not None]
    return max(found, key=lambda t: (t.clock is not None, t.day is not None, t.zone is not None), default=None)


def _times_close(lines: list[Line], markers: list[list[int]]) -> bool:
    """Whether a printed time ends its post, rather than opening it."""
    if any(lines[m[0]].kind == "lead" for m in markers):
        return False
    before, after = _has_body(lines[: markers[0][0]]), _has_text(lines[markers[-1][-1] + 1 :])
    if before != after:
        return before
    named = sum(_name_first(lines[m[0]]) for m in markers)
    return 2 * named > len(markers)


def _name_first(line: Line) -> bool:
    return bool(line.authors) and line.time is not None and line.time.at > 0


def _starts_after(lines: list[Line], markers: list[list[int]]) -> list[int]:
    """Where posts begin whose times close them: after the one above; the first at the last headline before its time."""
    first = markers[0][0]
    title = max((i for i in range(first) if lines[i].kind == "short" and i + 1 < first), default=None)
    if title is None:
        found = borders([line.text for line in lines[:first] if line.kind == "body"]).starts
        bodies = [i for i in range(first) if lines[i].kind == "body"]
        title = bodies[found[-1]] if found else 0
    return [title, *(m[-1] + 1 for m in markers[:-1])]


def _starts_before(lines: list[Line], markers: list[list[int]]) -> list[int]:
    """Where posts begin whose times open them: at the time, or at the headline and labels right above it."""
    above = sum(m[0] > 0 and lines[m[0] - 1].kind == "short" for m in markers)
    below = sum(m[-1] + 1 < len(lines) and lines[m[-1] + 1].kind == "short" for m in markers)
    kinds = {"label", "byline"} | ({"short"} if above > below and 2 * above > len(markers) else set())
    starts: list[int] = []
    floor = 0
    for marker in markers:
        at = marker[0]
        while at > floor and lines[at - 1].kind in kinds and marker[0] - at < 3:
            at -= 1
        starts.append(at)
        floor = marker[-1] + 1
    if len(markers) > 2:  # what stands above the first post is the page's own where other posts have nothing there
        most = max(marker[0] - start for marker, start in zip(markers[1:], starts[1:], strict=True))
        starts[0] = max(starts[0], markers[0][0] - most)
    return starts


# -- posts without times -----------------------------------------------------------------------------------------------


def _by_words(lines: list[Line]) -> tuple[list[Cut], bool]:
    """Posts by headlines, labels, captions and paragraphs that open a subject; and whether the page is a live one."""
    row = parted(lines)
    if row:
        return list(_in_row(lines, row[1])), True
    top = _furnished_head(lines)
    kept = [line for line in lines[top:] if line.kind not in PAGE_LEVEL]
    if not kept:
        return [], False
    head = next((i for i, line in enumerate(kept) if line.kind == "title"), _page_head(kept))
    if _titled(kept):
        starts = _title_starts(kept[head:])
        head += starts[0] if head and starts else 0
        starts = [s - starts[0] for s in starts] if head and starts else starts
    else:
        starts = _subject_starts(kept[head:], signed=len(kept) < len(lines))
    held = kept[head:]
    posts = [Cut(held[a:b]) for a, b in pairwise([*sorted({0, *starts}), len(held)])]
    return posts, len(posts) > 1


def _in_row(lines: list[Line], starts: list[int]) -> Iterator[Cut]:
    """The posts that rules or bullets part."""
    for start, end in pairwise([*starts, len(lines)]):
        if lines[start].kind == "related":
            lines[start].kind = "body"
        yield Cut(lines[start:end])


def _furnished_head(lines: list[Line]) -> int:
    """How many lines at the top are the page's own, where headlines part what follows: to the last that says so."""
    paragraphs = [i for i, line in enumerate(lines) if i and line.kind == "body" and line.size >= _PARAGRAPH]
    until = min(_HEAD, *paragraphs[:1]) if paragraphs else 0
    own = [i for i in range(until) if lines[i].kind in _TOP or (lines[i].kind == "byline" and i)]
    head = own[-1] + 1 if own else 0
    rest = [line for line in lines[head:] if line.kind not in PAGE_LEVEL]
    if not head or not _titled(rest):
        return 0
    return next((i for i in range(head, len(lines)) if lines[i].kind in ("short", "title")), head)


def _page_head(lines: list[Line]) -> int:
    """How many lines at the top are the page's own: a headline that says live."""
    return int(lines[0].kind == "short" and len(lines) > 2 and _LIVE.search(lines[0].plain) is not None)


def _titled(lines: list[Line]) -> bool:
    """Whether short lines are headlines here, and not captions."""
    if any(line.kind == "title" for line in lines):
        return True
    shorts = [i for i, line in enumerate(lines) if line.kind == "short"]
    opening = [i for i in shorts if i + 1 < len(lines) and lines[i + 1].kind in ("body", "byline")]
    credited = any(line.kind == "credit" for line in lines)
    bodies = sum(line.kind == "body" for line in lines)
    return not credited and len(opening) >= 2 and bodies <= 8 * len(opening)


def _title_starts(lines: list[Line]) -> list[int]:
    """Where a headline or a label begins a post."""
    numbered = [i for i, line in enumerate(lines) if line.kind == "title"]
    if numbered:
        return numbered
    starts = []
    for i, line in enumerate(lines):
        opens = line.kind in ("short", "label") and not (i and lines[i - 1].kind in ("short", "label"))
        if opens and (line.kind == "label" or (i + 1 < len(lines) and lines[i + 1].kind != "credit")):
            starts.append(i)
    return starts


def _subject_starts(lines: list[Line], signed: bool) -> list[int]:
    """Where a label, a picture or a paragraph begins a post; nowhere in what reads as one article.

    `signed` says that the page holds furniture or signs off, as live pages do.
    """
    if lines[0].kind == "short" and len(lines) > 1 and lines[1].kind != "credit":
        lines[0].kind = "title"
    for line in lines:
        if line.kind == "short":
            line.kind = "caption"
    units = [i for i, line in enumerate(lines) if line.kind == "body"]
    found = borders([lines[i].text for i in units], [_between(lines, a, b) for a, b in pairwise([-1, *units])])
    if not _many_subjects(lines, found, signed):
        return []
    starts = {_opening(lines, units[k]) for k in found.starts}
    return sorted(starts.union(_galleries(lines, starts)))


def _many_subjects(lines: list[Line], found: Borders, signed: bool) -> bool:
    """Whether the page is live coverage rather than one article: by how sure its borders are, and by its marks."""
    marks = sum(line.kind in ("label", "related", "caption", "credit") for line in lines) + 2 * signed
    if _DATELINE.match(lines[0].text) or (len(lines) > 1 and _DATELINE.match(lines[1].text)):
        return found.strength >= 2 * _LEAST and len(found.starts) > 2
    return found.strength >= (_LEAST if marks < 3 else _LEAST / 3) and len(found.starts) > (2 if marks < 3 else 0)


def _between(lines: list[Line], a: int, b: int) -> frozenset[str]:
    """Kinds of the lines between two paragraphs."""
    return frozenset(line.kind for line in lines[a + 1 : b])


def _opening(lines: list[Line], at: int) -> int:
    """The first of the labels and of the one picture right above a paragraph that opens a post."""
    pictures = 0
    while at and lines[at - 1].kind in ("label", "byline", "caption", "credit") and not _tail_caption(lines, at - 1):
        if pictures and lines[at - 1].kind in ("caption", "credit"):
            break
        pictures += lines[at - 1].kind == "caption"
        at -= 1
    return at


def _galleries(lines: list[Line], starts: Iterable[int]) -> Iterator[int]:
    """Where a post of pictures alone begins: two or more of them between a paragraph and the next post's start."""
    for start in starts:
        at, pictures = start, 0
        while at and lines[at - 1].kind in ("caption", "credit"):
            at -= 1
            pictures += lines[at].kind == "caption"
        if pictures > 1 and at:
            yield at


def _tail_caption(lines: list[Line], at: int) -> bool:
    return lines[at].kind == "caption" and lines[at].text.endswith(":")
