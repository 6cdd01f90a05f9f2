"""Lines of a page that prints no times at its posts → its posts: by rules, headlines, labels, pictures and subjects."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

from onrecord.posts.heads import settle_heads
from onrecord.posts.lines import BULLETS, COUNTER, PAGE_LEVEL, PARAGRAPH, SHORT, Line, is_live
from onrecord.posts.moments import NO_YEAR
from onrecord.posts.people import prefixed
from onrecord.posts.rows import parted
from onrecord.posts.subjects import settle_shorts, subject_starts
from onrecord.posts.sums import announces, sums_up
from onrecord.posts.titled import (
    below_furniture,
    below_page_title,
    below_strays,
    has_standfirst,
    is_titled,
    settle_between,
    title_starts,
)
from onrecord.posts.words import listing, words

_FILE = "posts_lines.toml"
_HEAD = 24
"""What announces a live page stands among so many first lines."""
_MOST_SIGNED = 6
"""Paragraphs a name where names alone tell posts apart, at most."""
_SUMMED = 6
"""Paragraphs below a headline's second line that sum up the page rather than make its first post, at least."""
_SURE, _UNDER = 1.5, -1.0
"""Log-odds from which a lone line is a headline on a page that does not call itself live, and below one that does."""
_MOST_HEADED = 16
"""Paragraphs for each lone headline, at most: where there are more, it is a caption without its credit."""
_LONGEST_LONE = 18
"""Words of the longest lone headline."""
_LIVE = re.compile(r"/?live (?:[\w'-]+ ){0,4}(?:updates?|blog|coverage|ticker|reports?)\b")
_OPENING = 60
"""Letters in which a paragraph says that it opens live coverage."""
_SAME = 60
"""Letters by which a headline is known again."""
_BEFORE_BUTTON = frozenset({"body", "caption", "credit", "related", "signoff"})
"""What may stand right above the button that closes a post."""
_LEAST_CLOSED = 3
_LEAST_HEADS = 2
_LONGEST_CLOSED = 16
"""Paragraphs of a post that a button closes, at most: where it holds more, buttons don't close all posts."""


def by_words(lines: list[Line]) -> tuple[list[list[Line]], bool]:
    """The lines of each post, and whether the page is a live one."""
    row = parted(lines)
    if row:
        if sum(lines[i].kind == "short" for i in row) > len(row) / 2:
            settle_between(lines)
        return [lines[a:b] for a, b in pairwise([*row, len(lines)])], True
    settle_heads(lines)
    head = _head(lines)
    closed = _closed(lines, head)
    if closed:
        return closed, True
    kept = [line for line in lines[head:] if line.kind not in PAGE_LEVEL]
    kept = kept[max(_page_picture(kept, lines[:head]) if head else 0, _pictures_above_leave(lines, kept)) :]
    if not kept:
        return [], False
    called = [line.kind for line in kept[:2]] == ["related", "body"] and kept[1].size >= PARAGRAPH
    if head and called and kept[0].plain.startswith(listing(_FILE, "read_start")):
        del kept[0]
    elif head and called:
        kept[0].kind = "short"  # a headline that calls to look
    if is_titled(kept):
        starts = _by_titles(lines, kept, headed=bool(head), live=bool(head) or _says_live(lines))
    else:
        starts = _signed_starts(kept, headed=bool(head)) or _by_subjects(lines, kept, head)
    starts = [*starts, *_below(kept, [lines[i].number for i in (*_changes(lines), *_listings(lines))], starts[0])]
    over = closings(kept)
    starts = [*starts, *(i + 1 for i in over if starts[0] <= i < len(kept) - 1)]
    posts = [kept[a:b] for a, b in pairwise([*sorted({starts[0], *starts} - set(over)), len(kept)])]
    return posts, len(posts) > 1


def _below_greeting(lines: Sequence[Line], kept: Sequence[Line]) -> int | None:
    """The line right below that in which the outlet greets its readers."""
    heads = listing(_FILE, "welcome_start")
    hello = [line.number for line in lines if line.kind == "signoff" and line.plain.startswith(heads)]
    return next((i for i, line in enumerate(kept) if line.number > hello[0]), None) if hello else None


def _by_titles(lines: Sequence[Line], kept: Sequence[Line], headed: bool, live: bool) -> list[int]:
    """Where posts begin that headlines head; what stands above the first may be the page's own."""
    settle_between(kept)
    starts = below_strays(kept, title_starts(kept), below_furniture(lines))
    if not headed and below_page_title(kept, starts):
        return [1, *starts[1:]]
    if _closed_above(lines, kept, starts[0]):
        return [0, *starts[1:]]
    return starts if has_standfirst(kept, starts, live) else [0, *starts]


def _closed_above(lines: Sequence[Line], kept: Sequence[Line], first: int) -> bool:
    """Whether a button that closes posts stands right below the first headline, and paragraphs above it: then all of
    them are one post, and it is none."""
    number = kept[first].number
    below = next((line for line in lines if line.number > number), None)
    closes = below is not None and any(lines[i] is below for i in _changes(lines))
    return closes and sum(line.kind == "body" for line in kept[:first]) >= _LEAST_HEADS


def _by_subjects(lines: Sequence[Line], kept: Sequence[Line], head: int) -> list[int]:
    """Where posts begin that nothing parts but a lone headline and what they tell."""
    live = _says_live(lines)
    heads = set(_lone_heads(kept, live, lines[head - 1 : head] if head else ()))
    settle_shorts(kept, heads)
    closed_here = any(i > head and not lines[i].plain.startswith("updated") for i in _changes(lines))
    starts = [0]
    if not closed_here:
        signs = sum(1 + (line.kind == "signoff") for line in lines if line.kind in PAGE_LEVEL)
        starts += subject_starts(kept, signs, live, live and not heads, _below_greeting(lines, kept))
    heads.update(i for i, line in enumerate(kept) if line.headline)
    starts = sorted({*heads, *(i for i in starts if i == 0 or i - 1 not in heads)})
    first = min(heads, default=0)
    if head and heads and sum(line.kind == "body" for line in kept[:first]) <= _LEAST_HEADS:
        return starts[starts.index(first) :]  # above it stands the page's own
    return starts


def _lone_heads(lines: Sequence[Line], live: bool, above: Sequence[Line]) -> list[int]:
    """Full headlines of posts where most posts have none; `above` is the last line of the page's head."""
    every = [*above, *lines]
    found = [i for i in range(len(lines) - 1) if _is_lone_head(every, i + len(above), live)]
    for i in found:
        lines[i].kind = "short"
    return found if sum(line.kind == "body" for line in lines) <= _MOST_HEADED * len(found) else []


def _is_lone_head(lines: Sequence[Line], i: int, live: bool) -> bool:
    line = lines[i]
    if (
        not (line.kind == "short" or (line.kind == "body" and line.text[-1] == "?"))
        or line.odds is None
        or line.size > _LONGEST_LONE
        or lines[i + 1].kind not in ("body", "byline")
        or tells_live(line)
    ):
        return False
    under = i > 0 and lines[i - 1].kind == "short" and tells_live(lines[i - 1])
    if not live:
        return line.odds > _SURE and line.size > SHORT + 1 and line.kind == "short"
    return line.odds > (_UNDER if under else 0.0) or announces(line)


def _signed_starts(lines: Sequence[Line], headed: bool) -> list[int]:
    """Where posts begin that nothing but names tell apart: at names, or below them; nowhere where few are signed."""
    signs = [i for i, line in enumerate(lines) if line.kind in ("byline", "signed") and line.authors]
    bodies = [i for i, line in enumerate(lines) if line.kind == "body"]
    if len(signs) < _LEAST_CLOSED or not bodies or len(bodies) > _MOST_SIGNED * len(signs):
        return []
    above = [i for i in bodies if i < signs[0]]
    summed_up = ((headed or lines[0].kind == "short") and len(above) == 1) or all(
        lines[i].text[0] in BULLETS for i in above
    )
    if signs[0] < bodies[0] or (summed_up and signs[-1] < bodies[-1]):
        pages = signs[0] + 1 == signs[1] and lines[signs[1]].kind == "byline"
        return signs[pages:]
    return [bodies[0], *(i + 1 for i in signs if i + 1 < len(lines))]


# -- the head of the page ----------------------------------------------------------------------------------------------


def _head(lines: list[Line]) -> int:
    """How many lines at the top are the page's own: to the last that announces what follows."""
    pinned = next((i for i, line in enumerate(lines[: 2 * _HEAD]) if line.plain in words(_FILE, "pinned_label")), 0)
    numbered = next((i for i, line in enumerate(lines) if line.kind == "title"), None)
    if pinned or numbered is not None:
        return pinned or numbered or 0
    if twice := _said_twice(lines):
        return twice
    titled = is_titled([line for line in lines if line.kind not in PAGE_LEVEL])
    if not titled and not _says_live(lines):
        return 0
    until = _second_post(lines) if titled else _first_paragraph(lines)
    changes = _changes(lines)
    telling = [
        i for i, line in enumerate(lines[:_HEAD])
        if (_heads_feed(line) or _follows_below(lines, i) or (i < until and _announces(line)))
        and i not in changes and not _opens(lines, i)
    ]  # fmt: skip
    head = max((i + 1 for i in telling if _is_short(lines[:i]) or _follows_below(lines, i)), default=0)
    if titled:
        return max(_below_subtitle(lines, head), _furnished(lines), _below_points(lines), _below_again(lines))
    head = max([head, _below_list(lines), *(i + 1 for i, line in enumerate(lines[:_HEAD]) if _points_down(line))])
    own = (
        i for i in range(head, len(lines))
        if lines[i].kind != "short" or _is_picture(lines[i : i + 2]) or _is_lone_head(lines, i, live=True)
    )  # fmt: skip
    return next(own, head) if head else 0


def _opens(lines: Sequence[Line], i: int) -> bool:
    """Whether a line greets readers below the first headline, which is that of the post that opens the page."""
    news = [line for line in lines[:i] if line.kind not in PAGE_LEVEL]
    headed = [line.kind for line in news] == ["short"] and news[0].size > SHORT and not tells_live(news[0])
    return headed and (lines[i].kind == "signoff" or lines[i].plain.startswith(listing(_FILE, "greeting_start")))


def _follows_below(lines: Sequence[Line], i: int) -> bool:
    """Whether a line says that the posts stand below, or stands right below the furniture under one that does."""
    while i and lines[i].kind == "chrome":
        i -= 1
    low = lines[i].plain
    below = low.startswith(listing(_FILE, "below_start")) and "below" in low
    return lines[i].size <= _LONGEST_LONE and (below or "scroll down" in low)


def _is_short(above: Sequence[Line]) -> bool:
    """Whether what stands above may be a page's summary: more paragraphs than that are a post's."""
    told = (x.kind == "body" and x.size >= PARAGRAPH and x.text[0] not in BULLETS for x in above)
    return sum(told) <= _SUMMED


def _said_twice(lines: Sequence[Line]) -> int:
    """How many lines there are up to the second that says what one above says of the page: its head stands between."""
    heads = lines[: 2 * _HEAD]
    own = {line.plain: i for i, line in enumerate(heads) if line.kind == "signoff" and line.size > SHORT}
    return max((own[line.plain] + 1 for i, line in enumerate(heads) if own.get(line.plain, i) > i), default=0)


def _below_again(lines: Sequence[Line]) -> int:
    """How many lines there are up to the last furniture right below the page's headline where that stands again."""
    top = next((i for i, line in enumerate(lines[:_HEAD]) if line.size > SHORT), 0)
    again = (
        i + 1 for i in range(top + 1, min(top + 6, len(lines))) if lines[i].plain[:_SAME] == lines[top].plain[:_SAME]
    )
    end = next(again, 0)
    while end:
        near = [i for i in range(end, min(end + 3, len(lines))) if lines[i].kind in (*PAGE_LEVEL, "credit")]
        if not near or any(_heads_body(lines, i) for i in range(end, near[0])):
            break
        end = near[0] + 1
    return end


def _heads_body(lines: Sequence[Line], i: int) -> bool:
    return [line.kind for line in lines[i : i + 2]] in (["short", "body"], ["label", "body"])


def _changes(lines: Sequence[Line]) -> list[int]:
    """Lines where posts end: those that say no more than that the post above was changed, and buttons below posts."""
    closing = words(_FILE, "closing_exact")
    found = [i for i, line in enumerate(lines) if line.kind == "chrome" and line.plain.strip(" :.") in closing]
    every = set(found)
    below = [i for i in found if i and (lines[i - 1].kind in _BEFORE_BUTTON or i - 1 in every)]
    closed = set(below)
    told = Counter(lines[i].plain for i in found)
    closes = Counter(lines[i].plain for i in below)
    row = {k for i in below if i - 1 in closed and lines[i].plain != lines[i - 1].plain for k in (i - 1, i)}
    often = [i for i in below if 2 * closes[w := lines[i].plain] > told[w] and (closes[w] > 1 or w == "updated")]
    said = {lines[i].plain for i in often}
    often += [i for i in found if i and lines[i].plain in said and lines[i - 1].kind == "short"]
    return sorted({*often, *row})


def _closed(lines: Sequence[Line], head: int) -> list[list[Line]]:
    """The posts of a page where the same button closes them all."""
    closing = [i for i in _changes(lines) if i > head and not lines[i].plain.startswith("updated")]
    if len(closing) < _LEAST_CLOSED:
        return []
    ends = [i + 1 + sum(1 for _ in takewhile(tells_change, lines[i + 1 : i + 3])) for i in closing]
    parts = [lines[a:b] for a, b in pairwise([head, *ends, len(lines)])]
    posts = [[line for line in part if line.kind not in PAGE_LEVEL] for part in parts]
    if max(sum(line.kind == "body" for line in post) for post in posts) > _LONGEST_CLOSED:
        return []
    heads = [post[0].kind in ("short", "label") for post in posts if post]
    if 2 * sum(heads) > len(heads):  # headed as the others, the first begins at its headline
        settle_between([line for post in posts for line in post])
        top = next((i for i, line in enumerate(posts[0]) if line.kind in ("short", "label")), 0)
        posts[0] = posts[0][top:]
    return [post for post in posts if any(line.kind in _BEFORE_BUTTON for line in post)]


def tells_change(line: Line) -> bool:
    """Whether a line says when the post above it was changed."""
    return line.kind == "time" and line.plain.startswith("updated at ")


def closings(lines: Sequence[Line]) -> list[int]:
    """Lines that say when the post above them was changed: `Updated at 14.32 GMT`, a paragraph above the first."""
    found = [
        i for i, line in enumerate(lines)
        if tells_change(line) and line.time and not line.time.day
    ]  # fmt: skip
    return found if found and any(line.kind == "body" for line in lines[: found[0]]) else []


def _page_picture(lines: Sequence[Line], head: Sequence[Line]) -> int:
    """How many lines show the page's own picture: above the first headline or label, or right below the page's own."""
    at = 0
    while at < len(lines) and lines[at].kind in ("caption", "credit"):
        at += 1
    under = head[-1].kind == "short" and tells_live(head[-1])
    return at if at < len(lines) and (under or lines[at].kind in ("short", "label", "title")) else 0


def _pictures_above_leave(lines: Sequence[Line], kept: Sequence[Line]) -> int:
    """How many lines show the page's own picture: above a line in which the outlet speaks of its coverage."""
    at = next((i for i, line in enumerate(kept) if line.kind not in ("caption", "credit")), 0)
    leaves = (line.number for line in lines if line.kind == "signoff")
    return at if at and any(kept[at - 1].number < n < kept[at].number for n in leaves) else 0


def _listings(lines: Sequence[Line]) -> list[int]:
    """Headings of lists of key events that are not in the text, each between a post and the next."""
    heads = words(_FILE, "events_heading")
    return [
        i for i in range(1, len(lines) - 1)
        if lines[i].kind == "chrome" and lines[i].plain.strip(" :.") in heads
        and lines[i - 1].kind == lines[i + 1].kind == "body"
    ]  # fmt: skip


def _is_picture(pair: Sequence[Line]) -> bool:
    """Whether a short line is a caption: the holder of the picture's rights stands below it."""
    return [line.kind for line in pair] == ["short", "credit"]


def _below(kept: Sequence[Line], closing: Sequence[int], first: int) -> Iterator[int]:
    """The first line of news below each line that closes a post."""
    for (i, line), after in zip(enumerate(kept), kept[1:], strict=False):
        if i >= first and bisect_right(closing, line.number) < bisect_left(closing, after.number):
            yield i + 1


def _below_subtitle(lines: Sequence[Line], head: int) -> int:
    """How many lines at the top are the page's own with the line that goes on with its headline."""
    if (
        not head
        or head + 1 >= len(lines)
        or lines[head - 1].kind != "short"
        or COUNTER.fullmatch(lines[head - 1].plain)
    ):
        return head
    above, here, below = lines[head - 1 : head + 2]
    goes_on = here.kind == "short" and above.size > SHORT and above.indent == here.indent
    starts = [i + head + 1 for i in title_starts(lines[head + 1 :])]
    if not goes_on or len(starts) < 2:
        return head
    told = [sum(line.kind == "body" for line in lines[a:b]) for a, b in pairwise([head, *starts, len(lines)])]
    return head + 1 if below.kind == "short" or (told[0] >= _SUMMED and told[0] >= max(told[1:])) else head


def _second_post(lines: Sequence[Line]) -> int:
    """Where the second headline stands that has a paragraph below it: the page's own lines end above that."""
    top = lines[: _HEAD + 1]
    heads = [i for i, (a, b) in enumerate(pairwise(top)) if a.kind == "short" and i and b.kind in ("body", "byline")]
    told = [i for i in heads if sum(x.kind == "body" and x.size >= PARAGRAPH for x in lines[:i]) > 1]
    return min([_HEAD, *told])


def _first_paragraph(lines: Sequence[Line]) -> int:
    """Where the first paragraph stands that does not itself announce the page."""
    told = (i for i, line in enumerate(lines[:_HEAD]) if line.kind == "body" and line.size >= PARAGRAPH)
    return next((i for i in told if lines[i].text[0] not in BULLETS and not _announces(lines[i])), _HEAD)


def _furnished(lines: list[Line]) -> int:
    """How many lines there are up to the last furniture, stamp or byline above the first paragraph."""
    paragraphs = (i for i, line in enumerate(lines) if i and line.kind == "body" and line.size >= PARAGRAPH)
    until = min(_HEAD, next(paragraphs, 0))
    often = Counter(line.plain for line in lines)
    signed = _signed_heads(lines)
    heads = signed if len(signed) > _LEAST_HEADS else []
    own = [i for i in range(1, until) if lines[i].kind in (*PAGE_LEVEL, "byline") and often[lines[i].plain] == 1]
    own = [i for i in own if i not in heads and not (i in signed and _heads_page(lines[: i - 1]))]
    if [line.kind for line in lines[1:4]] == ["byline", "byline", "body"] and not prefixed(lines[1].text):
        own = [i for i in own if i > 2]  # somebody and what they do, below the first headline
    own = [i for i in own if lines[i].kind != "signoff" or not _leaves(lines[i])]
    return _below_day(lines) or max(own, default=-1) + 1


def _heads_page(above: Sequence[Line]) -> bool:
    """Whether a full headline says that the page is a live one: what stands below is that of a post."""
    return any(line.kind == "short" and line.size > SHORT and _announces(line) for line in above)


def _signed_heads(lines: Sequence[Line]) -> list[int]:
    """Bylines between a headline and its paragraph."""
    return [
        i for i in range(1, len(lines) - 1) if [x.kind for x in lines[i - 1 : i + 2]] == ["short", "byline", "body"]
    ]


def _below_points(lines: Sequence[Line]) -> int:
    """How many lines there are up to the second headline, where a list of points follows the first at once."""
    top = next((i for i, line in enumerate(lines[:_HEAD]) if line.kind == "short"), None)
    if top is None or not all(line.text[0] in BULLETS for line in lines[top + 1 : top + 3]):
        return 0
    starts = [i for i in title_starts(lines) if i > top and lines[i].text[0] not in BULLETS]
    return starts[0] if len(starts) > 1 else 0


def _below_list(lines: Sequence[Line]) -> int:
    """How many lines there are up to the end of a list of points right below the page's headline, or its heading."""
    top = next((i for i, line in enumerate(lines[:_HEAD]) if line.kind == "short"), None)
    if top is None:
        return 0
    if lines[top + 1 : top + 2] and lines[top + 1].kind == "chrome":
        top += 1
    end = top + 1
    while end < len(lines) and lines[end].text[0] in BULLETS and lines[end].size <= 2 * PARAGRAPH:
        end += 1
    return end if end > top + 2 else 0


def _below_day(lines: Sequence[Line]) -> int:
    """How many lines there are up to the first heading that is a day; a whole date above it is the page's own."""
    days = [i for i, (a, b) in enumerate(pairwise(lines[:_HEAD])) if a.kind == "day" and b.kind in ("short", "signed")]
    whole = [i for i in days if (t := lines[i].time) is not None and t.day is not None and t.day.year != NO_YEAR]
    found = [i for i in days if i not in whole] or days
    return found[0] + 1 if found else 0


def _announces(line: Line) -> bool:
    """Whether a line says that live coverage follows: its headline, a count of posts, "here is the latest"."""
    if COUNTER.fullmatch(line.plain) or _heads_feed(line):
        return True
    if line.kind == "chrome" and line.plain.strip(" :.") in words(_FILE, "page_top"):
        return True
    return line.kind != "related" and line.size <= 3 * PARAGRAPH and tells_live(line)


def _heads_feed(line: Line) -> bool:
    """Whether a line says no more than that the posts stand below it: "Live blog"."""
    return line.kind == "chrome" and line.plain.strip(" :.") in words(_FILE, "feed_top")


def _points_down(line: Line) -> bool:
    """Whether a line says that the posts stand below it: "Here's the latest from the court:"."""
    return line.text[-1] == ":" and line.plain.startswith(listing(_FILE, "below_start")) and tells_live(line)


def tells_live(line: Line) -> bool:
    """Whether a line says that live coverage is what follows."""
    told = is_live(line.plain) or _LIVE.match(line.plain) is not None
    return told and not _leaves(line) and not line.plain.startswith(("watch", "listen"))


def _leaves(line: Line) -> bool:
    """Whether a line takes leave of readers."""
    return any(part in line.plain for part in listing(_FILE, "leave_part"))


def _says_live(lines: Sequence[Line]) -> bool:
    """Whether the page's first lines, or a label that sums up, say that it is a live one."""
    summed_up = any(line.kind == "label" and sums_up(line.plain) for line in lines)
    opens = any(part in line.plain[:_OPENING] for line in lines[:6] for part in listing(_FILE, "live_part"))
    head = lines[: max(6, _first_paragraph(lines))]
    below = any(_heads_feed(line) and _follows_below(lines, i) for i, line in enumerate(lines[:_HEAD]))
    return (
        summed_up
        or opens
        or below
        or any(_announces(line) for line in head if line.kind == "short" or line in lines[:6])
    )
