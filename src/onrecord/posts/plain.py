"""A page of plain text → its posts, each a slice of the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import pairwise

from onrecord.model import Block, BlockKind, Capture, Hints, Page, Post, PostKind, Problem
from onrecord.posts.cuts import Cuts, cut
from onrecord.posts.halves import whole_days
from onrecord.posts.ids import made_ids
from onrecord.posts.language import language_of
from onrecord.posts.leads import SIGNS
from onrecord.posts.lines import BULLETS, LONGEST_LED, PAGE_LEVEL, SHORT, Line, lines_of
from onrecord.posts.mentions import with_mentioned_times
from onrecord.posts.midnight import days_off
from onrecord.posts.moments import NO_YEAR, Printed, dated, day_of, day_only, moment, printed, zone_name, zone_named
from onrecord.posts.partings import Cut
from onrecord.posts.sums import sums_up, talks_of_page
from onrecord.posts.words import listing, outlet_at, outlet_named, plain, words

_KINDS: dict[str, BlockKind] = {
    "body": "paragraph",
    "lead": "paragraph",
    "signed": "byline", "short": "title", "title": "title", "caption": "caption", "credit": "credit", "label": "label",
    "byline": "byline", "time": "byline", "related": "related",
}  # fmt: skip
_FILE = "posts_lines.toml"
_SLACK = timedelta(days=2)
"""A page may have been changed so long after the day that it is said to be of."""
_END = 60
"""Signs at the end of a line in which a date may stand."""
_WITHIN = re.compile(r"[a-z)][.!][\"'”’]?\s+[A-Z—–\[-]|[”\"]\s\[")
"""A sentence ends before the line does."""
_TWICE = re.compile(r"(.{12,120}?) ?\1")
"""A headline that a comparison of two versions of a page prints twice."""
_GLUED_LABEL = re.compile(r"^(?:BREAKING|LIVE|WATCH|UPDATED?|JUST IN|URGENT|EXCLUSIVE|ANALYSIS)(?=[A-Z][a-z])")
"""A label in capitals to which a headline is glued."""
_NUMBER = re.compile(rf"^(?:\d{{1,3}}[.)]\s+|[{SIGNS}]\s*)")


def read_plain(text: str, capture: Capture, problems: Sequence[Problem] = ()) -> Page:
    """The page of a plain text. Its posts are slices of `Page.text` by whole lines."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    hints = capture.hints
    outlet = outlet_named(hints.outlet) or outlet_at(hints.url)
    given = hints.tz or (outlet.tz if outlet else None)
    lines = lines_of(text, zone_named(given))
    cuts = cut(lines) if hints.split else Cuts([Cut(lines)] if lines else [])
    zone, tz = _zone(cuts, given)
    published = _published(cuts, hints, zone) or _told_above(lines, cuts, zone)
    posts = _posts(text, cuts, published, zone)
    page_time = published or max((p.time for p in posts if p.time), default=None)
    found = [*problems, *_lacks(capture, cuts, page_time, tz, hints.outlet or (outlet.name if outlet else None))]
    return Page(
        path=capture.where,
        kind="text",
        outlet=hints.outlet or (outlet.name if outlet else None),
        url=hints.url,
        title=cuts.title,
        published=page_time,
        tz=tz,
        language=language_of(text),
        text=text,
        posts=tuple(posts),
        problems=tuple(found),
    )


def _zone(cuts: Cuts, given: str | None) -> tuple[tzinfo, str | None]:
    """The zone of times printed without one: the stamp's, else the given one, else that of the posts' times."""
    printed = [cuts.stamp, *(p.time for p in cuts.posts)]
    own = next((t.zone for t in printed if t is not None and t.zone is not None), None)
    if cuts.stamp is not None and cuts.stamp.zone is not None:
        return cuts.stamp.zone, zone_name(cuts.stamp.zone)
    zone = zone_named(given)
    if zone is not None:
        return zone, given
    return (own, zone_name(own)) if own is not None else (UTC, None)


def _published(cuts: Cuts, hints: Hints, zone: tzinfo) -> datetime | None:
    """The page's own stamp, else the hint; a stamp without a clock is midnight of its day."""
    if cuts.stamp is not None:
        near = day_of(hints.published, zone)
        day = dated(cuts.stamp, near)
        later = near is not None and day is not None and day - near > _SLACK
        if day is not None and not later:  # a later one is that of a copy
            return moment(cuts.stamp, day, zone) or datetime(day.year, day.month, day.day, tzinfo=zone)
    return hints.published


def _posts(text: str, cuts: Cuts, published: datetime | None, zone: tzinfo) -> list[Post]:
    kept = _of_half_days([c for c in cuts.posts if any(line.kind not in PAGE_LEVEL for line in c.lines)])
    times = _past_midnight(text, kept, list(_times(kept, published, _reach(cuts), zone)), cuts.stamp, published)
    near = day_of(published, zone)
    built = [_post(text, c, *when, _own_day(c, near)) for c, when in zip(kept, times, strict=True)]
    return made_ids(with_mentioned_times(built, near, zone))


def _of_half_days(posts: Sequence[Cut]) -> list[Cut]:
    """The posts of one day, their clocks of twelve hours told as those of twenty-four."""
    if len({post.day.text for post in posts if post.day}) > 1:
        return list(posts)
    told = iter(whole_days([post.time for post in posts if post.time is not None]))
    return [replace(post, time=next(told)) if post.time is not None else post for post in posts]


def _told_above(lines: Sequence[Line], cuts: Cuts, zone: tzinfo) -> datetime | None:
    """The day of a whole date at the end of a line above the posts: `… by Jo Park on 1st March 2031`."""
    first = cuts.posts[0].lines[0].start if cuts.posts else 0
    ends = [line.text[-_END:].partition(" ")[2] for line in lines if line.start < first]
    found = [when for end in ends if (when := printed(end)) and when.day and when.day.year != NO_YEAR]
    day = dated(found[-1], None) if found else None
    return datetime(day.year, day.month, day.day, tzinfo=zone) if day else None


Times = list[tuple[datetime | None, datetime | None]]
"""Time and time of change of each post."""


def _past_midnight(
    text: str, posts: Sequence[Cut], times: Times, stamp: Printed | None, published: datetime | None
) -> Times:
    """The same, a day later where the printed day is that of the older posts."""
    bare = all(p.day is None and p.time is not None and p.time.clock is not None and _is_bare(p.time) for p in posts)
    if not bare or published is None or not day_only(published) or not _newest_first(posts):
        return times
    words = [text[p.lines[0].start : p.lines[-1].end] for p in posts]
    told = [(own, when) for own, (when, _) in zip(words, times, strict=True) if when is not None]
    off = timedelta(days=days_off(told, printed=stamp is not None and stamp.clock is None and not stamp.updated))
    return [(when and when + off, changed and changed + off) for when, changed in times] if off else times


def _is_bare(when: Printed) -> bool:
    """Whether a printed time names no day."""
    return when.day is None and when.days_back is None and when.weekday is None


def _own_day(post: Cut, near: date | None) -> date | None:
    """The day that a post prints, or under which it stands."""
    if post.time is not None and (post.time.day is not None or post.time.weekday is not None):
        return dated(post.time, near)
    return dated(post.day, near) if post.day else None


def _reach(cuts: Cuts) -> timedelta:
    """How long after the page's time its newest post may be: it was last changed then, or only began."""
    return timedelta(hours=1) if cuts.stamp and cuts.stamp.updated else timedelta(hours=12)


def _times(
    posts: Sequence[Cut], published: datetime | None, reach: timedelta, zone: tzinfo
) -> Iterable[tuple[datetime | None, datetime | None]]:
    """Time and time of change of each post. Where only clocks are printed, the day turns when they leap."""
    near = pages = day_of(published, zone)
    backwards = _newest_first(posts)
    latest = published + reach if published and not day_only(published) else None
    last: datetime | None = None
    for post in posts:
        when = post.time
        day = dated(post.day, near) if post.day else near
        if when is not None and _is_bare(when) and when.clock is not None and day and not post.day:
            day = _turned(when, day, last, latest, zone, backwards)
            near = day
        time = moment(when, pages if when.weekday is not None else day, zone) if when else None
        last = time or last
        if when is not None and (when.day is not None or when.weekday is not None) and time is not None:
            near = time.date()  # those below that print no day follow it
        yield time, moment(post.updated, day, zone) if post.updated else None


def _newest_first(posts: Sequence[Cut]) -> bool:
    """Whether clocks fall down the page; one below which a day is named tells nothing."""
    times = [p.time for p in posts if p.time and p.time.clock]
    pairs = [(a.clock, b.clock) for a, b in pairwise(times) if _is_bare(b)] or [
        (a.clock, b.clock) for a, b in pairwise(times)
    ]
    later = sum(a > b for a, b in pairs if a and b)
    return 2 * later >= len(pairs)


def _turned(
    when: Printed, day: date, last: datetime | None, latest: datetime | None, zone: tzinfo, backwards: bool
) -> date:
    """The day of a bare clock after that of the post above it."""
    found = moment(when, day, zone)
    assert found is not None
    if last is None:
        return day - timedelta(days=1) if latest and found > latest else day
    leap = found - last
    if backwards and leap > timedelta(hours=3):
        return day - timedelta(days=1)
    if not backwards and leap < -timedelta(hours=12):
        return day + timedelta(days=1)
    return day


def _post(text: str, post: Cut, time: datetime | None, updated: datetime | None, day: date | None) -> Post:
    lines = _trimmed(post.lines)
    start, end = lines[0].start, lines[-1].end
    title = post.title or _title(lines)
    labels = {line.plain.rstrip(" .:|-–—") for line in lines if line.kind in ("label", "time")}
    rests = {line.time.rest.lower().strip(" :") for line in lines if line.time}
    marks = labels | rests
    return Post(
        id="",
        text=text[start:end],
        blocks=tuple(Block(_kind(line, title), line.start - start, line.end - start) for line in lines),
        title=_title_text(title),
        authors=post.authors or _authors(lines),
        time=time,
        updated=updated,
        key=bool(marks & words(_FILE, "key_label")),
        pinned=bool(marks & words(_FILE, "pinned_label")),
        kind=_post_kind(marks),
        start=start,
        end=end,
        shown=_shown(post, time, day),
        made_id=True,
    )


def _shown(post: Cut, time: datetime | None, day: date | None) -> str | None:
    if time is not None:
        return time.isoformat()
    if day is not None and (post.time is None or (post.time.clock is None and post.time.ago is None)):
        return day.isoformat()
    return post.time.text if post.time else None


def _trimmed(lines: Sequence[Line]) -> Sequence[Line]:
    """Without page furniture at either end."""
    inside = [i for i, line in enumerate(lines) if line.kind not in PAGE_LEVEL]
    return lines[inside[0] : inside[-1] + 1]


def _title(lines: Sequence[Line]) -> Line | None:
    """The headline: a short line among the first, before any paragraph; or what a printed time dates."""
    listed = sum(line.text[0] in BULLETS for line in lines) > 1
    for above, line, below in zip([None, *lines], lines, [*lines[1:], None], strict=False):
        if line.headline or (
            line.kind == "lead"
            and line.time
            and line.bracket != "closes"
            and not line.text.endswith((".", "!", "”", '"', ":"))
            and line.size <= LONGEST_LED
            and not line.told
            and _WITHIN.search(line.time.rest) is None
        ):
            return line
        if line.kind in ("body", "caption", "lead"):
            break
        if listed and line.kind == "short" and line.text[0] in BULLETS:
            break
        dated = above is not None and above.kind == "time" and line.size > SHORT
        if line.kind == "title" or (line.kind == "short" and (dated or below is None or below.kind != "credit")):
            return line
        if line.kind == "related" and not line.plain.startswith(("•", *listing(_FILE, "read_start"))):
            return line
        if line.kind == "time" and line.time and not line.authors and _is_headline(line.time.rest):
            return line
    return next((line for line in lines[:3] if line.kind == "label" and sums_up(line.plain)), None)


def _is_headline(rest: str) -> bool:
    """Whether what stands beside a time is more than a label."""
    known = plain(rest).strip(" :")
    return len(known.split()) > 1 and (known not in words(_FILE, "label_exact") or sums_up(known))


def _title_text(title: Line | None) -> str | None:
    """The words of a headline, without its time and its number."""
    if title is None:
        return None
    if title.headline:
        return title.headline
    text = title.time.rest if title.time else title.text
    text = text[: len(text) // 2].rstrip() if _TWICE.fullmatch(text) else text
    return _GLUED_LABEL.sub("", _NUMBER.sub("", text))


def _kind(line: Line, title: Line | None) -> BlockKind:
    if line is title and not line.headline:
        return "title"
    if line.kind == "short":
        return "paragraph"
    if line.kind == "body" and talks_of_page(line.plain):
        return "furniture"
    return _KINDS.get(line.kind, "furniture")


def _authors(lines: Sequence[Line]) -> tuple[str, ...]:
    return next((line.authors for line in lines if line.authors), ())


def _post_kind(marks: set[str]) -> PostKind:
    if any(m.startswith(("analysis", "opinion", "comment")) for m in marks):
        return "analysis"
    return "summary" if marks & {"summary", "recap"} else "post"


def _lacks(
    capture: Capture, cuts: Cuts, published: datetime | None, tz: str | None, outlet: str | None
) -> Iterable[Problem]:
    where = capture.where
    if not cuts.posts:
        yield Problem("no-posts", where, "it holds no post", "check that this is the page meant")
    if published is None:
        why = 'it prints no date, so that "yesterday" and bare times stay without a day'
        yield Problem("no-date", where, why, "give the page's day with --published")
    clocks = [t for t in (cuts.stamp, *(p.time for p in cuts.posts)) if t is not None and t.clock is not None]
    if tz is None and clocks:
        yield Problem("no-zone", where, "it names no time zone, so UTC is taken", "give the zone with --tz")
    if outlet is None:
        yield Problem("no-outlet", where, "it does not say whose page it is", "give the outlet with --outlet")
