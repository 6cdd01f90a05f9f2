"""Lines of a page that prints no times at its posts → its posts: by rules, headlines, labels, pictures and subjects."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from onrecord.posts.borders import Borders, borders
from onrecord.posts.heads import settle_heads, sure_heads
from onrecord.posts.lines import PAGE_LEVEL, Line
from onrecord.posts.moments import NO_YEAR
from onrecord.posts.people import prefixed
from onrecord.posts.rows import parted
from onrecord.posts.settle import is_tweet
from onrecord.posts.words import listing, words

_FILE = "posts_lines.toml"
_LEAST = 0.2
"""Strength of borders from which a text without any other mark is taken for live coverage."""
_MARKED = 3
_ARTICLE = 16
"""A text with fewer paragraphs and no mark of a live page is an article."""
_HEAD = 24
"""What announces a live page stands among so many first lines."""
_MOST_SIGNED = 6
"""Paragraphs a name where names alone tell posts apart, at most."""
_SUMMED = 6
"""Paragraphs below a headline's second line that sum up the page rather than make its first post, at least."""
_STANDFIRST = 8
"""Paragraphs that stand above the first headline as the page's own are no more than this."""
_SHORT = 4
"""Words of what is no full headline."""
_PARAGRAPH = 12
"""Words of what is surely a paragraph."""
_COUNT = re.compile(r"(?:live\s?)?\d{1,4} (?:new )?(?:posts|updates|entries|items)")
_LIVE = re.compile(r"/?live (?:[\w'-]+ ){0,4}(?:updates?|blog|coverage|ticker|reports?)\b")
_OPENING = 60
"""Letters in which a paragraph says that it opens live coverage."""
_DATELINE = re.compile(
    r"[A-Z][A-Z .'-]{2,40}(?:, [A-Z][\w. ]{1,30}){0,2} [-–—]{1,2} "
    r"|[A-Z][\w .,'-]{2,70}\([A-Z][\w .,]{1,30}\) ?[-–—]{1,2} "
)
_POINTS = "•·▪●◦"
_BULLETS = "•·*-–—"
_SHOWS = ("watch:", "watch |", "video:", "pictured:", "in pictures:", "listen:")
_QUOTES = "\"“”'‘«„•-–—"
_CLOSED = frozenset({"body", "caption", "credit", "related", "signoff"})
"""What may stand right above the button that closes a post."""
_LEAST_CLOSED = 3
_LEAST_HEADS = 2
_LONGEST_CLOSED = 16
"""Paragraphs of a post that a button closes, at most: where it holds more, buttons don't close all posts."""
_OPENERS = frozenset({"label", "byline", "caption", "credit"})


def by_words(lines: list[Line]) -> tuple[list[list[Line]], bool]:
    """The lines of each post, and whether the page is a live one."""
    row = parted(lines)
    if row:
        if sum(lines[i].kind == "short" for i in row) > len(row) / 2:
            _settle_questions(lines)
        return [lines[a:b] for a, b in pairwise([*row, len(lines)])], True
    settle_heads(lines)
    head = _head(lines)
    closed = _closed(lines, head)
    if closed:
        return closed, True
    kept = [line for line in lines[head:] if line.kind not in PAGE_LEVEL]
    kept = kept[_page_picture(kept) if head else 0 :]
    if not kept:
        return [], False
    if _titled(kept):
        _settle_questions(kept)
        starts = _below_strays(kept, _title_starts(kept), _below_furniture(lines))
        if not _has_standfirst(kept, starts, live=bool(head) or _says_live(lines)):
            starts = [0, *starts]
    elif signed := _signed_starts(kept, headed=bool(head)):
        starts = signed
    else:
        _settle_shorts(kept)
        starts = [0, *_subject_starts(kept, signed=len(kept) < len(lines), live=_says_live(lines))]
    starts = [*starts, *_below(kept, [lines[i].number for i in _changes(lines)], starts[0])]
    starts = [*starts, *(i + 1 for i in closings(kept) if starts[0] <= i < len(kept) - 1)]
    posts = [kept[a:b] for a, b in pairwise([*sorted(set(starts)), len(kept)])]
    return posts, len(posts) > 1


# -- the head of the page ----------------------------------------------------------------------------------------------


def _head(lines: list[Line]) -> int:
    """How many lines at the top are the page's own: to the last that announces what follows."""
    pinned = next((i for i, line in enumerate(lines[: 2 * _HEAD]) if line.plain in words(_FILE, "pinned_label")), 0)
    numbered = next((i for i, line in enumerate(lines) if line.kind == "title"), None)
    if pinned or numbered is not None:
        return pinned or numbered or 0
    if twice := _said_twice(lines):
        return twice
    titled = _titled([line for line in lines if line.kind not in PAGE_LEVEL])
    if not titled and not _says_live(lines):
        return 0
    until = _second_post(lines) if titled else _first_paragraph(lines)
    changes = _changes(lines)
    head = max((i + 1 for i, line in enumerate(lines[:until]) if _announces(line) and i not in changes), default=0)
    if titled:
        return max(_below_subtitle(lines, head), _furnished(lines), _below_points(lines))
    head = max([head, _below_list(lines), *(i + 1 for i, line in enumerate(lines[:_HEAD]) if _points_down(line))])
    own = (i for i in range(head, len(lines)) if lines[i].kind != "short" or _is_picture(lines[i : i + 2]))
    return next(own, head) if head else 0


def _said_twice(lines: Sequence[Line]) -> int:
    """How many lines there are up to the second that says what one above says of the page: its head stands between."""
    heads = lines[: 2 * _HEAD]
    own = {line.plain: i for i, line in enumerate(heads) if line.kind == "signoff" and line.size > _SHORT}
    return max((own[line.plain] + 1 for i, line in enumerate(heads) if own.get(line.plain, i) > i), default=0)


def _changes(lines: Sequence[Line]) -> list[int]:
    """Lines where posts end: those that say no more than that the post above was changed, and buttons below posts."""
    closing = words(_FILE, "closing_exact")
    found = [i for i, line in enumerate(lines) if line.kind == "chrome" and line.plain.strip(" :.") in closing]
    below = [i for i in found if i and (lines[i - 1].kind in _CLOSED or i - 1 in found)]
    told = Counter(lines[i].plain for i in found)
    closes = Counter(lines[i].plain for i in below)
    return [i for i in below if 2 * closes[w := lines[i].plain] > told[w] and (closes[w] > 1 or w == "updated")]


def _closed(lines: Sequence[Line], head: int) -> list[list[Line]]:
    """The posts of a page where the same button closes them all."""
    closing = [i for i in _changes(lines) if i > head and not lines[i].plain.startswith("updated")]
    if len(closing) < _LEAST_CLOSED:
        return []
    parts = [lines[a:b] for a, b in pairwise([head, *(i + 1 for i in closing), len(lines)])]
    posts = [[line for line in part if line.kind not in PAGE_LEVEL] for part in parts]
    if max(sum(line.kind == "body" for line in post) for post in posts) > _LONGEST_CLOSED:
        return []
    heads = [post[0].kind in ("short", "label") for post in posts if post]
    if 2 * sum(heads) > len(heads):  # headed as the others, the first begins at its headline
        _settle_questions([line for post in posts for line in post])
        top = next((i for i, line in enumerate(posts[0]) if line.kind in ("short", "label")), 0)
        posts[0] = posts[0][top:]
    return [post for post in posts if any(line.kind in _CLOSED for line in post)]


def closings(lines: Sequence[Line]) -> list[int]:
    """Lines that say when the post above them was changed: `Updated at 14.32 GMT`, a paragraph above the first."""
    found = [
        i for i, line in enumerate(lines)
        if line.kind == "time" and line.plain.startswith("updated at ") and line.time and not line.time.day
    ]  # fmt: skip
    return found if found and any(line.kind == "body" for line in lines[: found[0]]) else []


def _page_picture(lines: Sequence[Line]) -> int:
    """How many lines show the page's own picture: above the first headline or label."""
    at = 0
    while at < len(lines) and lines[at].kind in ("caption", "credit"):
        at += 1
    return at if at < len(lines) and lines[at].kind in ("short", "label", "title") else 0


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
    if not head or head + 1 >= len(lines) or lines[head - 1].kind != "short" or _COUNT.fullmatch(lines[head - 1].plain):
        return head
    above, here, below = lines[head - 1 : head + 2]
    goes_on = here.kind == "short" and above.size > _SHORT and above.indent == here.indent
    starts = [i + head + 1 for i in _title_starts(lines[head + 1 :])]
    if not goes_on or len(starts) < 2:
        return head
    told = [sum(line.kind == "body" for line in lines[a:b]) for a, b in pairwise([head, *starts, len(lines)])]
    return head + 1 if below.kind == "short" or (told[0] >= _SUMMED and told[0] >= max(told[1:])) else head


def _second_post(lines: Sequence[Line]) -> int:
    """Where the second headline stands that has a paragraph below it: the page's own lines end above that."""
    heads = [i for i, (a, b) in enumerate(pairwise(lines)) if a.kind == "short" and i and b.kind in ("body", "byline")]
    told = [i for i in heads if sum(x.kind == "body" and x.size >= _PARAGRAPH for x in lines[:i]) > 1]
    return min([_HEAD, *told])


def _first_paragraph(lines: Sequence[Line]) -> int:
    """Where the first paragraph stands that does not itself announce the page."""
    told = (i for i, line in enumerate(lines[:_HEAD]) if line.kind == "body" and line.size >= _PARAGRAPH)
    return next((i for i in told if not _announces(lines[i])), _HEAD)


def _furnished(lines: list[Line]) -> int:
    """How many lines there are up to the last furniture, stamp or byline above the first paragraph."""
    paragraphs = (i for i, line in enumerate(lines) if i and line.kind == "body" and line.size >= _PARAGRAPH)
    until = min(_HEAD, next(paragraphs, 0))
    often = Counter(line.plain for line in lines)
    signed = _signed_heads(lines)
    heads = signed if len(signed) > _LEAST_HEADS else []
    own = [i for i in range(1, until) if lines[i].kind in (*PAGE_LEVEL, "byline") and often[lines[i].plain] == 1]
    own = [i for i in own if i not in heads]
    if [line.kind for line in lines[1:4]] == ["byline", "byline", "body"] and not prefixed(lines[1].text):
        own = [i for i in own if i > 2]  # somebody and what they do, below the first headline
    own = [i for i in own if lines[i].kind != "signoff" or not _leaves(lines[i])]
    return _below_day(lines) or max(own, default=-1) + 1


def _signed_heads(lines: Sequence[Line]) -> list[int]:
    """Bylines between a headline and its paragraph."""
    return [
        i for i in range(1, len(lines) - 1) if [x.kind for x in lines[i - 1 : i + 2]] == ["short", "byline", "body"]
    ]


def _below_points(lines: Sequence[Line]) -> int:
    """How many lines there are up to the second headline, where a list of points follows the first at once."""
    top = next((i for i, line in enumerate(lines[:_HEAD]) if line.kind == "short"), None)
    if top is None or not all(line.text[0] in _BULLETS for line in lines[top + 1 : top + 3]):
        return 0
    starts = [i for i in _title_starts(lines) if i > top and lines[i].text[0] not in _BULLETS]
    return starts[0] if len(starts) > 1 else 0


def _below_list(lines: Sequence[Line]) -> int:
    """How many lines there are up to the end of a list of points right below the page's headline."""
    top = next((i for i, line in enumerate(lines[:_HEAD]) if line.kind == "short"), None)
    if top is None:
        return 0
    end = top + 1
    while end < len(lines) and lines[end].text[0] in _BULLETS and lines[end].size <= 2 * _PARAGRAPH:
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
    if _COUNT.fullmatch(line.plain) or (line.kind == "chrome" and line.plain.strip(" :.") in words(_FILE, "page_top")):
        return True
    return line.kind != "related" and line.size <= 3 * _PARAGRAPH and tells_live(line)


def _points_down(line: Line) -> bool:
    """Whether a line says that the posts stand below it: "Here's the latest from the court:"."""
    return line.text[-1] == ":" and line.plain.startswith(listing(_FILE, "below_start")) and tells_live(line)


def tells_live(line: Line) -> bool:
    """Whether a line says that live coverage is what follows."""
    told = any(part in line.plain for part in listing(_FILE, "live_part")) or _LIVE.match(line.plain) is not None
    return told and not _leaves(line) and not line.plain.startswith(("watch", "listen"))


def _leaves(line: Line) -> bool:
    """Whether a line takes leave of readers."""
    return any(part in line.plain for part in listing(_FILE, "leave_part"))


def _says_live(lines: Sequence[Line]) -> bool:
    """Whether the page's first lines, or a label that sums up, say that it is a live one."""
    summed_up = any(line.kind == "label" and line.plain in words(_FILE, "summary_label") for line in lines)
    opens = any(part in line.plain[:_OPENING] for line in lines[:6] for part in listing(_FILE, "live_part"))
    head = lines[: max(6, _first_paragraph(lines))]
    return summed_up or opens or any(_announces(line) for line in head if line.kind == "short" or line in lines[:6])


# -- headlines ---------------------------------------------------------------------------------------------------------


def _titled(lines: Sequence[Line]) -> bool:
    """Whether short lines are headlines here, and not captions."""
    if any(line.kind == "title" for line in lines):
        return True
    if sure_heads(lines):
        return True
    shorts = [i for i, line in enumerate(lines) if line.kind == "short"]
    summed = [i for i, line in enumerate(lines) if line.plain in words(_FILE, "summary_label")]
    opening = [i for i in [*shorts, *summed[:1]] if _opens(lines[i + 1 : i + 3])]
    opening += [i for i, line in enumerate(lines) if line.kind == "caption" and _shows(line)] if opening else []
    credited = sum(line.kind == "credit" for line in lines)
    bodies = sum(line.kind == "body" for line in lines)
    return (
        len(opening) >= 2 + bool(credited)
        and bodies <= (4 if credited else 8) * len(opening)
        and credited < len(opening)
    )


def _opens(below: Sequence[Line]) -> bool:
    """Whether what stands below a headline is its post: a paragraph or a byline, or a picture and a paragraph."""
    kinds = [line.kind for line in below]
    return kinds[:1] in (["body"], ["byline"]) or kinds == ["caption", "body"]


def _below_furniture(lines: Sequence[Line]) -> frozenset[int]:
    """Numbers of the lines right below furniture."""
    return frozenset(b.number for a, b in pairwise(lines) if a.kind == "chrome" and b.kind not in PAGE_LEVEL)


def _below_strays(lines: Sequence[Line], starts: Sequence[int], below: frozenset[int]) -> list[int]:
    """The same; of two headlines in a row it is the second where furniture or "Summary" parts them."""
    out = []
    for i in starts:
        after = lines[i + 1] if i + 1 < len(lines) else None
        stray = after is not None and lines[i].kind == "short" and after.kind in ("short", "label")
        sums = after is not None and after.plain in words(_FILE, "summary_label")
        out.append(i + (stray and after is not None and (sums or (after.kind == "short" and after.number in below))))
    return out


def _settle_questions(lines: Sequence[Line]) -> None:
    """What asks, or shows, between two paragraphs is a headline where posts have such."""
    news = [line for line in lines if line.kind not in ("label", "byline", *PAGE_LEVEL)]
    for before, line, below in zip(news, news[1:], news[2:], strict=False):
        asks = line.kind == "body" and line.text[-1] == "?" and line.size <= _PARAGRAPH and line.text[0] not in _QUOTES
        asks = asks or (line.kind == "caption" and _shows(line))
        if asks and before.kind == below.kind == "body" and before.text[-1] != ":":
            line.kind = "short"


def _shows(line: Line) -> bool:
    """Whether a line says that a film or a picture is what its post shows."""
    return line.size <= _PARAGRAPH and line.plain.startswith(_SHOWS)


def _title_starts(lines: Sequence[Line]) -> list[int]:
    """Where a headline or a label begins a post."""
    numbered = [i for i, line in enumerate(lines) if line.kind == "title"]
    if numbered:
        return numbered
    starts = []
    for i, line in enumerate(lines):
        opens = line.kind in ("short", "label") and not (i and lines[i - 1].kind in ("short", "label"))
        if opens and (line.kind == "label" or (i + 1 < len(lines) and lines[i + 1].kind != "credit")):
            starts.append(i)
    last = lines[-1]  # the page was cut off below a headline
    if len(starts) > 1 and last.kind == "short" and last.size >= _SHORT and lines[-2].kind == "body":
        starts.append(len(lines) - 1)
    return _signed_above(lines, starts)


def _signed_above(lines: Sequence[Line], starts: list[int]) -> list[int]:
    """The same, from the bylines on where such stand right above the headlines of most posts, the first among them."""
    signed = [i for i in starts if i and lines[i - 1].kind in ("byline", "signed")]
    if 2 * len(signed) <= len(starts) or signed[0] != starts[0] or lines[-1].kind == "signed":
        return starts
    return [i - (i in signed) for i in starts]


def _has_standfirst(lines: Sequence[Line], starts: Sequence[int], live: bool) -> bool:
    """Whether what stands above the first headline is the page's own."""
    if not starts or starts[0] == 0 or live:
        return bool(starts)
    above = sum(line.kind == "body" for line in lines[: starts[0]])
    below = sum(line.kind == "body" for line in lines[starts[0] :])
    return len(starts) > 2 and above <= _STANDFIRST and (above <= below / 2 or below <= 2 * len(starts))


def _signed_starts(lines: Sequence[Line], headed: bool) -> list[int]:
    """Where posts begin that nothing but names tell apart: at names, or below them; nowhere where few are signed."""
    signs = [i for i, line in enumerate(lines) if line.kind in ("byline", "signed") and line.authors]
    bodies = [i for i, line in enumerate(lines) if line.kind == "body"]
    if len(signs) < _LEAST_CLOSED or not bodies or len(bodies) > _MOST_SIGNED * len(signs):
        return []
    above = [i for i in bodies if i < signs[0]]
    summed_up = ((headed or lines[0].kind == "short") and len(above) == 1) or all(
        lines[i].text[0] in _BULLETS for i in above
    )
    if signs[0] < bodies[0] or (summed_up and signs[-1] < bodies[-1]):
        pages = signs[0] + 1 == signs[1] and lines[signs[1]].kind == "byline"
        return signs[pages:]
    return [bodies[0], *(i + 1 for i in signs if i + 1 < len(lines))]


# -- subjects ----------------------------------------------------------------------------------------------------------


def _settle_shorts(lines: Sequence[Line]) -> None:
    """Short lines where posts have no headlines: the first is the page's, others are captions."""
    if lines[0].kind == "short" and len(lines) > 1 and lines[1].kind != "credit":
        lines[0].kind = "title"
    for line in lines:
        if line.kind == "short":
            line.kind = "caption"


def _subject_starts(lines: Sequence[Line], signed: bool, live: bool) -> list[int]:
    """Where a label, a picture or a paragraph begins a post; nowhere in what reads as one article.

    `signed` says that the page holds furniture or signs off, as live pages do; `live` that it calls itself one.
    """
    units = [i for i, line in enumerate(lines) if line.kind == "body" and not is_tweet(line) and not _goes_on(lines, i)]
    if not units:
        return []
    usual = _usual(lines) if live else len(lines) + lines[-1].number
    found = borders(
        [lines[i].text for i in units], [_between(lines, a, b, usual) for a, b in pairwise([-1, *units])], live
    )
    if not live and not _many_subjects(lines, found, signed):
        return []
    summed = _summed_up(lines)
    starts = {_opening(lines, units[k]) for k in found.starts if units[k] not in summed}
    return sorted(starts.union(_galleries(lines, starts)))


def _goes_on(lines: Sequence[Line], i: int) -> bool:
    """Whether a line is a further point of a list."""
    return i > 0 and lines[i].text[0] in _POINTS and lines[i - 1].text[0] in _POINTS


def _summed_up(lines: Sequence[Line]) -> set[int]:
    """Lines of posts that sum up the day, whatever their subjects."""
    heads = [i for i, line in enumerate(lines) if line.kind == "label"]
    out: set[int] = set()
    for a, b in pairwise([*heads, len(lines)]):
        if lines[a].plain in words(_FILE, "summary_label"):
            out.update(range(a + 2, min(b, a + _HEAD)))
    return out


def _many_subjects(lines: Sequence[Line], found: Borders, signed: bool) -> bool:
    """Whether the page is live coverage rather than one article: by how sure its borders are, and by its marks."""
    marks = sum(line.kind in ("label", "related", "caption", "credit") for line in lines) + 2 * signed
    if marks < _MARKED and sum(line.kind == "body" for line in lines) < _ARTICLE:
        return False
    if any(_DATELINE.match(line.text) for line in lines[:2]):
        return found.strength >= 2 * _LEAST and len(found.starts) > 2
    return found.strength >= (_LEAST if marks < _MARKED else _LEAST / 3) and len(found.starts) > 2 * (marks < _MARKED)


def _between(lines: Sequence[Line], a: int, b: int, usual: int) -> frozenset[str]:
    """Kinds of the lines between two paragraphs; "wide" where more blank lines than `usual` part them."""
    wide = a >= 0 and lines[b].number - lines[b - 1].number > usual
    return frozenset([*(line.kind for line in lines[a + 1 : b]), *(["wide"] if wide else [])])


def _usual(lines: Sequence[Line]) -> int:
    """How far apart most lines are."""
    gaps = Counter(b.number - a.number for a, b in pairwise(lines))
    return max(gaps, key=lambda gap: (gaps[gap], -gap), default=1)


def _opening(lines: Sequence[Line], at: int) -> int:
    """The first of the labels and of the one picture right above a paragraph that opens a post."""
    pictures = 0
    while at and lines[at - 1].kind in _OPENERS and not _tail_caption(lines, at - 1):
        if pictures and lines[at - 1].kind in ("caption", "credit"):
            break
        pictures += lines[at - 1].kind == "caption"
        at -= 1
    return at


def _galleries(lines: Sequence[Line], starts: Iterable[int]) -> Iterator[int]:
    """Where a post of pictures alone begins: two or more of them between a paragraph and the next post's start."""
    for start in starts:
        at, pictures = start, 0
        while at and lines[at - 1].kind in ("caption", "credit"):
            at -= 1
            pictures += lines[at].kind == "caption"
        if pictures > 1 and at:
            yield at


def _tail_caption(lines: Sequence[Line], at: int) -> bool:
    return lines[at].kind == "caption" and lines[at].text.endswith(":")
