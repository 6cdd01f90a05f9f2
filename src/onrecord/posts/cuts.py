"""The lines of a page → its posts, as the lines that each holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from itertools import groupby, pairwise

from onrecord.posts.borders import borders
from onrecord.posts.chronicle import by_days
from onrecord.posts.ends import has_body, times_close, told_first, usual_first
from onrecord.posts.lines import LONGEST_LED, PAGE_LEVEL, SHORT, Line
from onrecord.posts.moments import NO_YEAR, Printed
from onrecord.posts.paragraphs import paragraph
from onrecord.posts.partings import Cut, originals, ruled, signed_below, widely_parted, with_original
from onrecord.posts.people import owned
from onrecord.posts.settle import settle
from onrecord.posts.subjects import usual_step
from onrecord.posts.untimed import by_words, closings, tells_change, tells_live
from onrecord.posts.words import listing, words

_NEWS = frozenset({"body", "lead", "time", "byline"})
_PAGES_OWN = re.compile(r"(?:first |last |originally )?(?:published|updated|modified) ?(?:on|at|:|[-–—])? ")
"""A time of the page as a whole."""
_EMPTY = PAGE_LEVEL | {"time", "byline", "label", "signed", "related"}
_BELOW_LIST = ("chrome", "time", "lead", "short", "label", "byline")
"""What stands below a list of key events: a post's first line."""
_LEAST_BELOW = 3
_LEAST_POST = 2
"""Paragraphs of a page's summary and first post, at least."""
_HEAD = 14
"""A page's own stamp stands among so many first lines."""


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
    markers = _announced(body, _with_posts(body, _attached(body, _markers(body))))
    if len(markers) > 1 or (markers and has_body(body)):
        timed = widely_parted(with_original(signed_below(ruled(_by_markers(body, markers)))), usual_step(body))
        return Cuts(list(timed), stamp, _page_title(lines[:head]), live=True)
    if chronicle := by_days(body):
        return Cuts([Cut(part, day=part[0].time) for part in chronicle], stamp, _page_title(lines[:head]), live=True)
    held, live = by_words(body)
    posts = [Cut(_with_furniture(part, body)) for part in held]
    if stamp is not None and not live and not has_body(lines[:head]):
        first = next((i for i, line in enumerate(lines) if line.kind != "label" and not tells_live(line)), 0)
        return Cuts([Cut(lines[first:], time=stamp)], stamp)
    return Cuts(posts, stamp, _page_title(lines[:head]), live)


def _with_furniture(part: Sequence[Line], lines: Sequence[Line]) -> list[Line]:
    """The lines of a post with the furniture that stands between them."""
    return [line for line in lines if part[0].number <= line.number <= part[-1].number]


def _set_tail_aside(lines: list[Line]) -> None:
    """Take what follows the last news for furniture, from the first line that opens such a section."""
    news = (i for i, line in enumerate(lines) if line.kind in _NEWS and not _is_pages_own(line))
    last = max(news, default=-1)
    heads = listing("posts_lines.toml", "tail_start")
    above = {line.plain for line in lines[: last + 1]}
    after = (i for i in range(last + 1, len(lines)) if lines[i].plain not in above)
    tail = next((i for i in after if _opens_tail(lines[i], heads)), len(lines))
    for line in lines[tail:]:
        line.kind = "chrome"


def _opens_tail(line: Line, heads: tuple[str, ...]) -> bool:
    return line.kind == "chrome" or _is_pages_own(line) or line.plain.startswith(heads)


def _is_pages_own(line: Line) -> bool:
    """Whether a line prints the day on which the page came out or changed."""
    return line.time is not None and line.time.day is not None and _PAGES_OWN.match(line.plain) is not None


def _with_posts(lines: list[Line], markers: list[list[int]]) -> list[list[int]]:
    """The groups of times at posts: where most print a clock, a mere "2h ago" without a paragraph below it belongs to a
    list of key events."""
    clocked = [m for m in markers if any((t := lines[i].time) is not None and t.clock is not None for i in m)]
    listed = _listed_events(lines, markers)
    own = [m for m in markers if m[0] not in listed]
    markers = own if own or has_body(lines[max(listed, default=len(lines)) + 1 :]) else markers
    if not markers or 2 * len(clocked) < len(markers):
        return markers
    ends = [*(m[0] for m in markers[1:]), len(lines)]
    told = [m for m, end in zip(markers, ends, strict=True) if has_body(lines[m[-1] : end])]
    return [m for m in markers if m in clocked or m in told]


def _listed_events(lines: Sequence[Line], markers: Sequence[Sequence[int]]) -> set[int]:
    """Where times stand in a list of key events: below that heading, with nothing but such times between."""
    heads = words("posts_lines.toml", "events_heading")
    times = [m[0] for m in markers if lines[m[0]].kind == "lead" or _holds_headline(lines[m[0]])]
    out: set[int] = set()
    for _, run in groupby(enumerate(times), key=lambda pair: (pair[1] - pair[0], _is_ago(lines[pair[1]]))):
        row = [at for _, at in run]
        above = lines[row[0] - 1] if row[0] else None
        below = lines[row[-1] + 1] if row[-1] + 1 < len(lines) else None
        headed = above is not None and above.kind != "body" and above.plain.strip(" :.") in heads
        if headed and (below is None or below.kind in _BELOW_LIST or len(row) >= _LEAST_BELOW):
            out.update(row)
    return out


def _is_ago(line: Line) -> bool:
    return line.time is not None and line.time.clock is None


def _announced(lines: list[Line], markers: list[list[int]]) -> list[list[int]]:
    """Those below "Follow all updates here:", where one stands above it alone: that is the page's own."""
    if len(markers) < _LEAST_BELOW or lines[markers[0][0]].kind != "time":
        return markers
    if _heads_all(lines, markers):
        return markers[1:]
    first, second = markers[0][-1], markers[1][0]
    heads = listing("posts_lines.toml", "below_start")
    told = any(line.plain.startswith(heads) and tells_live(line) for line in lines[first + 2 : second])
    return markers[1:] if told and first < 2 * _HEAD else markers


def _heads_all(lines: list[Line], markers: list[list[int]]) -> bool:
    """Whether the first time is the page's own: below its headline, with none below it, where all others have one."""
    headed = [m[-1] + 1 < len(lines) and lines[m[-1] + 1].kind in ("short", "label") for m in markers]
    at = markers[0][0]
    above = lines[:at]
    whole = (t := lines[at].time) is not None and t.day is not None and t.clock is not None
    return (
        whole and not headed[0] and all(headed[1:]) and 0 < at < _HEAD and any(line.kind == "short" for line in above)
    )


def _page_title(head: Sequence[Line]) -> str | None:
    return next((line.text for line in head if line.time is None and line.size <= 30), None)


def _stamp(lines: list[Line]) -> int | None:
    """The line near the top that prints the page's own date: unlike the times that stand at posts."""
    times = [i for i, line in enumerate(lines) if line.kind in ("time", "day") and not line.text.isdecimal()]
    shapes = [_shape(lines[i]) for i in times]
    for i, shape in zip(times, shapes, strict=True):
        when = lines[i].time
        if sum(line.kind != "chrome" for line in lines[:i]) >= _HEAD:
            break
        if when is None or when.day is None or (when.at > 0 and (lines[i].authors or _is_headline(when))):
            continue
        if _heads_older(lines, i):
            continue
        if len(when.rest.split()) > 1 and _alike(lines, i) > 2:
            continue
        if (when.updated or shapes.count(shape) <= _stamps(lines, i)) and has_body(lines[i + 1 :]):
            return i + _stamps(lines, i) - 1
    return None


def _heads_older(lines: Sequence[Line], at: int) -> bool:
    """Whether a day without a year stands below a paragraph that a clock leads: the posts below are of a day before."""
    when = lines[at].time
    bare = when is not None and when.clock is None and when.day is not None and when.day.year == NO_YEAR
    return bare and any(line.kind == "lead" and line.size > LONGEST_LED for line in lines[:at])


def _alike(lines: Sequence[Line], at: int) -> int:
    """How many lines print a day, a clock and a headline in the same order."""
    first = lines[at].time
    below = [line.tail or line.time for line in lines if line.tail or line.kind in ("time", "lead")]
    return sum(
        t is not None and t.day is not None and t.clock is not None and first is not None
        and (t.at > 0) == (first.at > 0) and len(t.rest.split()) > 1
        for t in below
    )  # fmt: skip


def _is_headline(when: Printed) -> bool:
    """Whether a headline stands before the time."""
    return len(when.rest.split()) > 1 and "published" in when.text and not _PAGES_OWN.match(when.text.lower())


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
    found = max(stamps, key=lambda t: (t.day or date.min, t.clock or time.min), default=None)
    changed = [t.clock for line in lines[:at] if (t := line.time) and t.updated and t.clock and t.day is None]
    if found is None or found.clock is None or not changed:
        return found
    return replace(found, clock=max(found.clock, *changed))


def _shape(line: Line) -> tuple[bool, ...]:
    when = line.time
    assert when is not None
    year = when.day is not None and when.day.year != NO_YEAR
    dated = when.day is not None, year, when.clock is not None, when.ago is not None
    return *dated, bool(line.authors), when.updated, _PAGES_OWN.match(line.plain) is not None


# -- posts that print their times --------------------------------------------------------------------------------------


def _markers(lines: list[Line]) -> list[list[int]]:
    """Groups of lines that print a post's time; a time printed twice with nothing but openers between is one group."""
    out: list[list[int]] = []
    changes = _opening_changes(lines)
    closing = closings(lines)
    for i, line in enumerate(lines):
        if line.time is None or line.kind not in ("time", "lead") or (line.time.updated and i not in changes):
            continue
        if i in closing:
            continue
        if out and line.kind == "time" and _same_head(lines, out[-1][-1], i):
            out[-1].append(i)
        else:
            out.append([i])
    if out:
        out[0] = _without_pages_ago(lines, out)
    bracketed = [m for m in out if lines[m[0]].bracket]
    if bracketed:  # those above the first are the page's own
        out = [m for m in out if lines[m[0]].bracket or m[0] > bracketed[0][0]]
    return out


def _without_pages_ago(lines: Sequence[Line], markers: Sequence[list[int]]) -> list[int]:
    """The first group of times, without how long ago the page changed, where posts print clocks alone."""
    first, others = markers[0], markers[1:]
    agos = [[i for i in m if _is_ago(lines[i])] for m in (first, *others)]
    return [i for i in first if i not in agos[0]] or first if others and not any(agos[1:]) else first


def _attached(lines: Sequence[Line], markers: list[list[int]]) -> list[list[int]]:
    """Those that stand at posts: none where most stand in one row, torn from their posts."""
    row = [i for (i, m), n in zip(enumerate(markers), markers[1:], strict=False) if m[-1] + 1 == n[0]]
    torn = len(row) >= _LEAST_BELOW and row[-1] - row[0] == len(row) - 1 and 3 * (len(row) + 1) >= 2 * len(markers)
    return [] if torn and all(lines[m[0]].kind == "time" for m in markers) else markers


def _opening_changes(lines: list[Line]) -> set[int]:
    """Lines that say when a page was updated, each above what was added then: no other times stand at posts."""
    times = [i for i, line in enumerate(lines) if line.kind in ("time", "lead") and line.time]
    changes = [i for i in times if (t := lines[i].time) and t.updated]
    if len(changes) < 2 or len(changes) < len(times):
        return set()
    opening = all(has_body(lines[i + 1 : i + 2]) for i in changes)
    return set(changes) if opening or all(has_body(lines[i - 1 : i]) for i in changes if i) else set()


def _same_head(lines: list[Line], a: int, b: int) -> bool:
    """Whether two printed times head one post."""
    first, second = lines[a].time, lines[b].time
    if b - a > 4 or first is None or second is None or lines[a].kind == "lead":
        return False
    clocks = {t.clock for t in (first, second) if t.clock is not None}
    agos = {t.ago for t in (first, second) if t.ago is not None}
    if first.clock is None and first.ago is None and b - a == 1:
        return True
    return (
        len(clocks) < 2
        and len(agos) < 2
        and all(line.kind in ("byline", "label", "chrome") for line in lines[a + 1 : b])
    )


def _by_markers(lines: list[Line], markers: list[list[int]]) -> Iterator[Cut]:
    close = times_close(lines, markers)
    starts = _starts_after(lines, markers) if close else _starts_before(lines, markers)
    last = _headed_rest(lines, markers) if close else []
    over = markers[-1][-1] + 1 if close and (last or not has_body(lines[markers[-1][-1] + 1 :])) else len(lines)
    ends = [*starts[1:], over]
    day = next((x.time for x in reversed(lines[: starts[0]]) if x.kind == "day"), None)
    if not close and (first := _untimed(lines, starts[0], markers)) is not None:
        yield Cut(lines[first : starts[0]], day=day)
    for start, end, marker in zip(starts, ends, markers, strict=True):
        held = lines[start:end]
        if _is_empty(held) and not (len(markers) >= _LEAST_BELOW and _is_lone_clock(held)):
            continue
        if start == starts[0] and len(markers) > _LEAST_POST and _is_pages(held, lines[end:]):
            continue
        updated = next((x.time for x in held if x.kind == "time" and x.time and x.time.updated), None)
        yield Cut(held, time=_best([lines[i].time for i in marker]), day=day, updated=updated)
        day = next((x.time for x in reversed(held) if x.kind == "day"), day)
    if last:
        yield Cut(last, day=day)


def _headed_rest(lines: list[Line], markers: list[list[int]]) -> list[Line]:
    """A last post whose closing time was cut off: a headline, with nothing but furniture above; where it stands alone,
    posts above have such too."""
    rest = lines[markers[-1][-1] + 1 :]
    at = next((i for i, line in enumerate(rest) if line.kind not in PAGE_LEVEL), len(rest))
    headed = [told_first(lines, m[-1] + 1) == "short" for m in markers[:-1]]
    alone = len(rest) == at + 1 and rest[at].size > SHORT and all(headed) and any(headed)
    return rest[at:] if [x.kind for x in rest[at : at + 2]] == ["short"] + ["body"] * (not alone) else []


def _is_pages(held: Sequence[Line], below: Sequence[Line]) -> bool:
    """Whether the first time is the page's own: it prints a day, and no paragraph, where what is below does."""
    told = any(line.kind in ("body", "lead", "caption", "credit", "related") for line in held)
    dated = any(line.time is not None and line.time.day is not None for line in held if line.kind == "time")
    return dated and not told and held[-1].kind == "time" and has_body(below)


def _is_empty(lines: Sequence[Line]) -> bool:
    """Whether a time stands there with nothing to read: that of a post whose embed is not in the text."""
    return all(line.kind in _EMPTY and not _holds_headline(line) for line in lines)


def _is_lone_clock(held: Sequence[Line]) -> bool:
    """Whether nothing stands there but a clock: a post all the same, as no list of events or page's stamp prints it."""
    when = held[0].time
    return len(held) == 1 and when is not None and when.clock is not None and when.day is None


def _holds_headline(line: Line) -> bool:
    return line.kind == "time" and line.time is not None and not line.authors and len(line.time.rest.split()) > 1


def _untimed(lines: list[Line], end: int, markers: list[list[int]]) -> int | None:
    """Where a post begins that stands above the first time: below which times stand only at additions, where the page
    was cut off in the middle of a post, or where it shows headline and byline as the posts below do."""
    head = lines[:end]
    news = [i for i, line in enumerate(head) if line.kind not in PAGE_LEVEL]
    if not news or not has_body(head):
        return None
    if _appended(lines, markers):
        return 0
    if all(line.kind in ("body", "signed") for line in head) and _goes_on(head[0].text):
        return 0
    bylines = [i for i in news if head[i].kind == "byline" and i + 1 < end and head[i + 1].kind == "body"]
    signed = [_signed_head(lines[m[-1] + 1 : m[-1] + 3]) for m in markers]
    headed = [line.kind == "short" for m in markers for line in lines[m[-1] + 1 : m[-1] + 2]]
    if bylines and 2 * sum(headed) > len(markers) and owned(_unled(head[bylines[-1]].text)):
        return max(0, bylines[-1] - 1)
    if not bylines or 2 * sum(signed) <= len(markers):
        return None
    at = bylines[-1]
    return at - 1 if at and head[at - 1].kind == "short" else None


def _unled(byline: str) -> str:
    """A byline without "From"."""
    first, _, rest = byline.partition(" ")
    return rest if first.lower() == "from" else byline


def _goes_on(text: str) -> bool:
    """Whether a paragraph is not the first of its post."""
    return text[:1].islower() or paragraph(text).opening in ("goes_on", "quote")


def _under_headline(lines: Sequence[Line], at: int) -> bool:
    """Whether a headline stands right above a time, or above its byline."""
    while at and lines[at - 1].kind == "byline":
        at -= 1
    return at > 0 and lines[at - 1].kind == "short"


def _signs(line: Line) -> bool:
    return line.kind == "byline" or (line.kind == "label" and bool(line.authors))


def _signed_head(head: Sequence[Line]) -> bool:
    """Whether a post opens with headline and byline."""
    return [line.kind for line in head] == ["short", "byline"]


def _appended(lines: list[Line], markers: list[list[int]]) -> bool:
    """Whether times stand at updates only, below what was told first."""
    original = any(line.plain.rstrip(" :") in originals() for line in lines)
    above = lines[: markers[0][0]]
    listed = all(line.text[0] in "•-*" or line.kind != "body" for line in above)
    own = any(tells_live(line) for line in above) and sum(line.kind == "body" for line in above) < _LEAST_POST
    headed = sum(_under_headline(lines, m[0]) for m in markers)
    if 2 * headed > len(markers) and _under_headline(lines, markers[0][0]):
        return False
    return not original and not listed and not own and all(lines[m[0]].plain.startswith("update") for m in markers)


def _best(times: Sequence[Printed | None]) -> Printed | None:
    """The most telling of the times that one post prints."""
    found = [t for t in times if t is not None]
    return max(found, key=lambda t: (t.clock is not None, t.day is not None, t.zone is not None), default=None)


def _led(lines: list[Line], markers: list[list[int]]) -> bool:
    """Whether times lead headlines, or stand behind them."""
    if 2 * sum(lines[m[0]].kind == "time" and _holds_headline(lines[m[0]]) for m in markers) > len(markers):
        return True
    heads = [lines[m[0]] for m in markers if lines[m[0]].kind == "lead" and lines[m[0]].size <= LONGEST_LED]
    return 2 * sum(line.text[-1] not in '.:!”"' for line in heads) > len(markers)


def _starts_after(lines: list[Line], markers: list[list[int]]) -> list[int]:
    """Where posts begin whose times close them: after the one above; the first at the last headline before its time."""
    first = markers[0][0] + (lines[markers[0][0]].bracket == "closes")
    opener = usual_first(lines, markers)
    title = max((i for i in range(first) if lines[i].kind == opener and i + 1 < first), default=None)
    if title is None:
        own = ("short", "day", "byline", "label", *PAGE_LEVEL)
        top = max((i + 1 for i in range(first - 1) if lines[i].kind in own and lines[i + 1].kind == "body"), default=0)
        bodies = [i for i in range(top, first) if lines[i].kind == "body"]
        longest = max(sum(x.kind == "body" for x in lines[a[-1] : b[0]]) for a, b in pairwise([*markers, [len(lines)]]))
        found = borders([lines[i].text for i in bodies]).starts if len(bodies) > longest else ()
        title = bodies[found[-1]] if found else min(bodies, default=0)
    return [title, *(_below_change(lines, m[-1] + 1) for m in markers[:-1])]


def _below_change(lines: Sequence[Line], at: int) -> int:
    """The line below furniture and a note that the post above was changed; the same where there is no such note."""
    below = at
    while below < len(lines) and (lines[below].kind == "chrome" or tells_change(lines[below])):
        below += 1
    return below if below < len(lines) and any(map(tells_change, lines[at:below])) else at


def _starts_before(lines: list[Line], markers: list[list[int]]) -> list[int]:
    """Where posts begin whose times open them: at the time, or at the headline and labels right above it."""
    above = sum(_under_headline(lines, m[0]) for m in markers)
    signs = [m[0] > 0 and _signs(lines[m[0] - 1]) for m in markers]
    signed = not signs[0] and (_signs(lines[-1]) or (sum(signs) > 1 and not above))
    below = sum(told_first(lines, m[-1] + 1) == "short" for m in markers)
    kinds = {"label", "byline"} | (
        {"short"} if above > below and 2 * above > len(markers) and not _led(lines, markers) else set()
    )
    starts: list[int] = []
    floor = 0
    doubled = sum([line.kind for line in lines[max(0, m[0] - 2) : m[0]]] == ["short"] * 2 for m in markers)
    two = len(markers) > 1 and 2 * doubled > len(markers)
    for marker in markers:
        at = marker[0]
        while at > floor and lines[at - 1].kind in kinds and marker[0] - at < 3:
            if (not two and lines[at - 1].kind == lines[at].kind == "short") or (signed and _signs(lines[at - 1])):
                break
            at -= 1
        starts.append(at)
        floor = marker[-1] + 1
    if len(markers) > 2:  # what stands above the first post is the page's own where other posts have nothing there
        most = max(marker[0] - start for marker, start in zip(markers[1:], starts[1:], strict=True))
        starts[0] = max(starts[0], markers[0][0] - most)
    if len(markers) == 1 and (starts[0] > 0 or tells_live(lines[0])):
        starts[0] = _lone_start(lines, markers[0][0])
    return starts


def _lone_start(lines: Sequence[Line], at: int) -> int:
    """Where the post with the only time begins: above it stands the page's own headline, unless that stands above."""
    head = lines[at - 1] if at else None
    alone = lines[at].kind == "time" and not _holds_headline(lines[at]) and has_body(lines[at + 1 : at + 2])
    told_there = lines[at].size > LONGEST_LED or lines[at].text[-1] in ".”"
    bare = alone or (lines[at].kind == "lead" and told_there)
    under = bare and head is not None and head.kind == "short" and head.size > SHORT and not tells_live(head)
    told = has_body(lines[: max(0, at - 1)]) and any(line.kind == "short" for line in lines[: at - 1])
    return at - 1 if under and told else at
