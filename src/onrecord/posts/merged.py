"""What a page shows of its posts, and what its metadata declare of them → the posts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta, tzinfo
from functools import cache
from itertools import pairwise

from onrecord.model import Page, Post, PostKind
from onrecord.model.making import quickly
from onrecord.posts.addresses import safe, safe_ones
from onrecord.posts.build import bodied, laid_out, pieces_of
from onrecord.posts.days import days
from onrecord.posts.dom import dom_of
from onrecord.posts.entry import Entry
from onrecord.posts.jsonld import Declared, clean
from onrecord.posts.marks import FILE
from onrecord.posts.moments import day_of, day_only, moment
from onrecord.posts.stamps import exact
from onrecord.posts.words import folded, listing, lowered, plain

_new_post = quickly(Post)
Key = str | datetime | None
_LONGEST_ID = 400
"""Of longer ids no parts are looked at: they are as many as its signs, and each is nearly as long."""
_NUMBERED = re.compile(r"[A-Za-z]{1,12}(\d{4,})")
_DISAGREE = timedelta(minutes=1)
_LONGEST_START = 80
_FIRST_LETTERS = 5
"""All starts of headlines that tell a kind are as long."""
_ADVERTS = frozenset(["advertisement", "sponsored", "advert"])
_SUMMARIES = frozenset(["summary", "recap"])


def merged(
    entries: Sequence[Entry],
    meta: Declared | None,
    page: Page,
    zone: tzinfo,
    days: Sequence[date | None],
    heads: int,
) -> list[Post]:
    """The posts shown, in page order, each with what is declared of it; those only declared after the one above."""
    listed = meta.posts if meta else ()
    stamped = _stamped(meta) if meta else frozenset()
    of_entry = _pairs(entries, listed)
    entries = _with_days(entries, of_entry, page, zone, days, heads)
    said = [listed[of_entry[i]] if i in of_entry else None for i in range(len(entries))]
    urls = safe_ones([(d.url if d else None) or e.url for e, d in zip(entries, said, strict=True)], page.url)
    posts = [_post(e, d, url, stamped, page, zone) for e, d, url in zip(entries, said, urls, strict=True)]
    if entries and len(of_entry) == len(listed):
        return _unique(posts)
    place = {d: i for i, d in of_entry.items()}
    after: dict[int, list[Post]] = {}
    at = -1
    for d, declared_post in enumerate(listed):
        if d in place:
            at = place[d]
        elif not entries or ((declared_post.id or not of_entry) and _says_any(declared_post, stamped)):
            after.setdefault(at, []).append(_declared_post(declared_post, stamped, page.url))
    out = list(after.get(-1, ()))
    for i, post in enumerate(posts):
        out.append(post)
        out.extend(after.get(i, ()))
    return _unique(out)


def _says_any(said: Declared, stamped: frozenset[str]) -> bool:
    """Whether a post that is not shown holds words of its own."""
    return bool(said.body) or (said.title is not None and "title" not in stamped)


def _with_days(
    entries: Sequence[Entry],
    known: dict[int, int],
    page: Page,
    zone: tzinfo,
    heads: Sequence[date | None],
    count: int,
) -> Sequence[Entry]:
    """The posts shown, each bare clock of those that nothing else dates with its day.

    `heads` are the days above the posts, of which the page prints `count`; one alone is the day of the newest.
    """
    bare = [
        i for i, e in enumerate(entries)
        if e.time is None and i not in known and e.printed is not None and e.printed.clock is not None
        and e.printed.day is None and e.printed.days_back is None
    ]  # fmt: skip
    if not bare:
        return entries
    printed = [heads[i] for i in bare]
    if count > 1 or (count == 1 and None in printed):
        found = printed
    else:
        day = printed[0] or day_of(page.published, zone)
        if day is None or (len(bare) < 3 and printed[0] is None):
            return entries
        clocks = [told.clock for i in bare if (told := entries[i].printed) is not None and told.clock is not None]
        newest = printed[0] is not None or (page.published is not None and day_only(page.published))
        found = list(days(clocks, day, newest=newest))
    out = list(entries)
    for i, own in zip(bare, found, strict=True):
        told = entries[i].printed
        if told is not None and own is not None:
            out[i] = replace(entries[i], printed=replace(told, day=own))
    return out


def _unique(posts: Sequence[Post]) -> list[Post]:
    """Each id once: of two posts with one id the fuller is kept, at the first one's place."""
    if len({post.id for post in posts if post.id}) == len(posts):
        return list(posts)
    kept: dict[str, int] = {}
    out: list[Post] = []
    for post in posts:
        if post.id and post.id in kept:
            first = out[kept[post.id]]
            out[kept[post.id]] = post if len(post.text) > len(first.text) else first
            continue
        if post.id:
            kept[post.id] = len(out)
        out.append(post)
    return out


def _stamped(meta: Declared) -> frozenset[str]:
    """What the metadata put on every post alike, and so says nothing of any: `title`, `time`, `authors`."""
    posts = meta.posts
    if len(posts) < 3:
        return frozenset()
    out = set()
    if len({p.title for p in posts}) == 1:
        out.add("title")
    if all(p.time == posts[0].time for p in posts):
        out.add("time")
    if len({p.authors for p in posts}) == 1 and (posts[0].authors == meta.authors or len(posts[0].authors) > 1):
        out.add("authors")
    return frozenset(out)


def _pairs(entries: Sequence[Entry], listed: Sequence[Declared]) -> dict[int, int]:
    """Index of a shown post → index of what is declared of it: by id, else by headline and first words."""
    by_id = {p.id: d for d, p in reversed(list(enumerate(listed))) if p.id}
    out: dict[int, int] = {}
    taken: set[int] = set()
    for i, shown in enumerate(entries):
        d = by_id.get(shown.id) if shown.id in by_id else next((by_id[f] for f in _forms(shown.id) if f in by_id), None)
        if d is not None and d not in taken:
            out[i] = d
            taken.add(d)
    for of_shown, of_said in _KEYS:
        if len(taken) == len(listed) or len(out) == len(entries):
            return out
        said = _once([(d, of_said(p)) for d, p in enumerate(listed) if d not in taken])
        found = _once([(i, of_shown(e)) for i, e in enumerate(entries) if i not in out])
        out |= {i: said[key] for key, i in found.items() if key in said}
        taken = set(out.values())
    return out | _rest(entries, listed, out)


def _once(found: Sequence[tuple[int, Key]]) -> dict[Key, int]:
    """What each of some keys stands for that comes once, and that says something."""
    counts = Counter(key for _, key in found)
    return {key: at for at, key in found if key and counts[key] == 1}


def _rest(entries: Sequence[Entry], listed: Sequence[Declared], known: dict[int, int]) -> dict[int, int]:
    """The others in their order, where as many posts are shown as are declared, and nothing is said of those others."""
    shown = [i for i in range(len(entries)) if i not in known]
    told = set(known.values())
    said = [d for d in range(len(listed)) if d not in told]
    if len(entries) != len(listed) or not known or any(listed[d].body for d in said):
        return {}
    pairs = sorted(known.items())
    backward = sum(b[1] < a[1] for a, b in pairwise(pairs)) > len(pairs) / 2
    return dict(zip(shown, said[::-1] if backward else said, strict=True))


def _forms(own: str | None) -> Iterator[str]:
    """An id, what follows each sign in it, and its number where that is all but a few letters."""
    if own and len(own) <= _LONGEST_ID:
        yield own
        for at, char in enumerate(own):
            if char in "#/:_-":
                yield own[at + 1 :]
        if number := _NUMBERED.fullmatch(own):
            yield number[1]


def _words_shown(shown: Entry) -> str:
    return " ".join(text for _, text in shown.pieces)


def _opening(title: str | None, body: str, least: int = 1) -> str:
    """The first words of a post; "" for fewer than so many."""
    found = folded(clean(f"{title or ''} {_plain(body)[:300]}")).split()[:10]
    return " ".join(found) if len(found) >= least else ""


def _plain(markup: str) -> str:
    """The words of a text that may hold HTML."""
    if "<" not in markup:
        return clean(markup)
    found = dom_of(markup)
    return found.spaced(0) if found.tags else ""


_FEW = 4
"""Fewer words may begin several posts."""
_KEYS: Sequence[tuple[Callable[[Entry], Key], Callable[[Declared], Key]]] = (
    (lambda e: _opening(e.title, _words_shown(e)), lambda p: _opening(p.title, p.body)),
    (lambda e: _opening(None, _words_shown(e), _FEW), lambda p: _opening(None, p.body, _FEW)),
    (lambda e: _opening(e.title, "", _FEW), lambda p: _opening(p.title, "", _FEW)),
    (lambda e: e.time, lambda p: None if p.body else p.time),
)
"""By what posts are known again that have no id in common."""


def _post(
    shown: Entry, said: Declared | None, url: str | None, stamped: frozenset[str], page: Page, zone: tzinfo
) -> Post:
    time = shown.time
    if time is None and shown.printed is not None:
        near = said.time if said and said.time and "time" not in stamped else page.published
        time = moment(shown.printed, day_of(near, zone), zone)
    declared_time = said.time if said else None
    title = shown.title
    if title is None and said is not None and "title" not in stamped and not shown.pieces:
        title = said.title
    authors = shown.authors or (said.authors if said and "authors" not in stamped else ())
    found = shown.pieces or (pieces_of(said.body) if said else ())
    text, blocks = laid_out(title, found)
    own = shown.id or (said.id if said else None) or ""
    return _new_post(
        own,
        text,
        blocks,
        title,
        authors,
        time or (declared_time if "time" not in stamped else None),
        shown.updated or (said.updated if said and "time" not in stamped else None),
        shown.key,
        shown.pinned,
        _kind(shown.labels, title),
        None,
        None,
        url,
        not own,
        shown.stamp or (time.isoformat() if time else (shown.printed.text if shown.printed else None)),
        said.stamp if said else None,
        shown.via,
        shown.insets(text, page.url),
    )


def _declared_post(said: Declared, stamped: frozenset[str], base: str | None) -> Post:
    """A post that the page declares and does not show."""
    post = Post(
        id=said.id or "",
        text="",
        blocks=(),
        title=said.title if "title" not in stamped else None,
        authors=said.authors if "authors" not in stamped else (),
        time=said.time,
        updated=said.updated,
        url=safe(said.url, base),
        declared=said.stamp,
    )
    return bodied(post, said.body, base)


def _kind(labels: frozenset[str], title: str | None) -> PostKind:
    """What a post is, by the words beside its time, else by how its headline begins."""
    if labels:
        if not _ADVERTS.isdisjoint(labels):
            return "advert"
        if any(label.startswith(("analysis", "opinion", "comment")) for label in labels):
            return "analysis"
        if not _SUMMARIES.isdisjoint(labels):
            return "summary"
    if title and lowered(title[:_FIRST_LETTERS]) in _first_letters():
        low = plain(title[:_LONGEST_START])
        return next((kind for kind, starts in _title_starts() if low.startswith(starts)), "post")
    return "post"


@cache
def _first_letters() -> frozenset[str]:
    """How such headlines begin, by a few letters."""
    return frozenset(start[:_FIRST_LETTERS] for _, starts in _title_starts() for start in starts)


@cache
def _title_starts() -> Sequence[tuple[PostKind, tuple[str, ...]]]:
    """What a post is, and how the headlines of such posts begin."""
    keys: Sequence[tuple[PostKind, str]] = (
        ("summary", "summary_title"), ("analysis", "analysis_title"), ("other", "match_title"),
    )  # fmt: skip
    return [(kind, listing(FILE, key)) for kind, key in keys]


def disagreeing(posts: Sequence[Post]) -> list[str]:
    """The ids of the posts that show another time than the page declares."""
    unlike = [p for p in posts if p.shown and p.declared and p.shown != p.declared and p.time is not None]
    said = {text: exact(text) for text in {p.declared for p in unlike if p.declared}}
    return [
        p.id for p in unlike
        if p.time and (moment := said[p.declared or ""]) is not None and abs(moment - p.time) >= _DISAGREE
    ]  # fmt: skip
