"""The range of a post in its page → what readers are shown of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from functools import lru_cache
from itertools import islice

from onrecord.posts.dom import FILE, Dom, Mark, Piece, clock_like, pieces, tokens
from onrecord.posts.lines import is_name, names
from onrecord.posts.moments import Printed, machine, printed
from onrecord.posts.rules import Rule, dropped, via_of
from onrecord.posts.series import Range, own_id, prints_time, shape
from onrecord.posts.words import listing, plain, words

_LINES = "posts_lines.toml"
_LONGEST_HEADER = 160
_LONGEST_BYLINE = 200
_HEADER_DEPTH = 8
_LONGEST_TITLE = 250
_NAMING = frozenset(["div", "span", "a", "b", "strong", "em", "small", "cite", "i", "td", "li", "p"])
_SIGNS = " ·•|-–—,:"


@dataclass(frozen=True, slots=True)
class Entry:
    """A post as the page shows it."""

    id: str | None
    title: str | None
    time: datetime | None
    printed: Printed | None
    """The time as printed, for pages that give no other."""
    updated: datetime | None
    authors: tuple[str, ...]
    key: bool
    pinned: bool
    pieces: tuple[Piece, ...]
    url: str | None
    labels: frozenset[str]
    signs: tuple[tuple[str, str], ...] = ()
    """Shape and words of small elements that hold nothing but a name."""
    via: tuple[str, ...] = ()


@dataclass(slots=True)
class _Found:
    """What stands in a post, by place."""

    clocks: list[int] = field(default_factory=list)
    bare: list[int] = field(default_factory=list)
    """Elements whose words alone show that they print a time."""
    changed: list[int] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)
    titles: list[int] = field(default_factory=list)
    authors: list[int] = field(default_factory=list)
    badges: list[int] = field(default_factory=list)
    links: list[int] = field(default_factory=list)
    names: list[int] = field(default_factory=list)
    """Elements that hold nothing but a name."""


def entry(page: Dom, post: Range, zone: tzinfo, id_attributes: Sequence[str], rule: Rule | None = None) -> Entry:
    """What a post's part of the page shows. Times without offset are in `zone`."""
    start, end = post
    found = _scan(page, start, end)
    gone = dropped(page, rule, start, end) if rule is not None else set()
    if gone:
        found.authors = [i for i in found.authors if not any(g <= i < page.ends[g] for g in gone)]
        found.names = [i for i in found.names if not any(g <= i < page.ends[g] for g in gone)]
    clock = _clock(page, found, zone)
    header = [(i, list(_lines(page, i))) for i in _header(page, clock, post)] if clock is not None else []
    skip = {*found.clocks, *found.bare, *found.changed, *found.authors, *gone}
    skip.update(i for i in found.badges if i > start and _label(page.line(i)) in words(_LINES, "label_exact"))
    skip.update(i for i, lines in header if all(map(_is_no_news, lines)))
    skip.discard(start)
    title_at = _title_at(page, post, found, skip)
    title = _words(page, title_at, skip) if title_at is not None else ""
    if title_at is not None and title:
        skip.add(title_at)
    badges = ((i, list(_lines(page, i))) for i in found.badges)
    labels = frozenset(_labels(page, [*header, *badges]))
    own = own_id(page, post, id_attributes)
    marks = _own_marks(page, post)
    return Entry(
        id=own,
        title=title or None,
        time=(time := _time(page, start, clock, zone)),
        printed=printed(page.line(clock), zone) if clock is not None and time is None else None,
        updated=_updated(page, start, found, zone),
        authors=_authors(
            page, found.authors, [] if gone or clock is None else [[page.line(clock)], *(lines for _, lines in header)]
        ),
        key=bool(marks & Mark.KEY) or _flag(page, start, "key") or bool(labels & words(_LINES, "key_label")),
        pinned=bool(marks & Mark.PINNED)
        or _flag(page, start, "pinned")
        or bool(labels & words(_LINES, "pinned_label")),
        pieces=tuple(pieces(page, start, end, skip)),
        url=_permalink(page, found.links, own),
        labels=labels,
        signs=tuple((shape(page, i), page.line(i)) for i in found.names),
        via=via_of(page, rule, start, end) if rule is not None else (),
    )


_SEEN = (
    Mark.CLOCK
    | Mark.HEADING
    | Mark.HEADLINE
    | Mark.AUTHOR
    | Mark.CHANGED
    | Mark.KEY
    | Mark.EMBED
    | Mark.HIDDEN
    | Mark.SKIPPED
)


def _scan(page: Dom, start: int, end: int) -> _Found:
    """The places of all that may tell of a post, without what stands in messages of others."""
    found = _Found()
    marks, texts, ends, tags = page.marks, page.texts, page.ends, page.tags
    i = start
    while i < end:
        mark, text = marks[i], texts[i]
        if text:
            if 4 < len(text) < 80:
                short = text.strip()
                if i in page.clocks:
                    if _shows_time(short):
                        found.bare.append(page.above[i])
                elif len(short) < 30 and plain(short) in words(_LINES, "label_exact"):
                    found.badges.append(page.above[i])
                elif short[:1].isupper() and tags[page.above[i]] in _NAMING and is_name(short):
                    found.names.append(page.above[i])
        elif mark & _SEEN and (i != start or ends[start] < end or mark & Mark.HEADING):
            if mark & (Mark.EMBED | Mark.SKIPPED) or (mark & Mark.HIDDEN and not mark & Mark.CLOCK):
                i = ends[i]
                continue
            _sort_in(page, i, mark, found)
        if tags[i] == "a":
            found.links.append(i)
        i += 1
    return found


def _sort_in(page: Dom, i: int, mark: int, found: _Found) -> None:
    size = page.size(i, page.ends[i])
    changed = mark & Mark.CHANGED or page.given[i].get("itemprop") == "dateModified"
    if changed and (mark & Mark.CLOCK or (size < 60 and clock_like(page.line(i)))):
        found.changed.append(i)
    elif mark & Mark.CLOCK:
        if size <= _LONGEST_HEADER:
            said = plain(page.line(i))
            (
                found.changed if said.startswith(("updated", "last updated", "modified", "edited")) else found.clocks
            ).append(i)
    elif mark & Mark.HEADING:
        if size:
            found.headings.append(i)
    elif mark & Mark.AUTHOR:
        inside = found.authors and i < page.ends[found.authors[-1]]
        if 0 < size < _LONGEST_BYLINE and not inside:
            found.authors.append(i)
    elif mark & Mark.HEADLINE and 0 < size <= _LONGEST_TITLE:
        found.titles.append(i)
    if mark & Mark.KEY and size < 40:
        found.badges.append(i)


@lru_cache(maxsize=4096)
def _shows_time(text: str) -> bool:
    """Whether a text is there to print a time, with no more beside it than a name or a label."""
    clean = " ".join(text.split())
    if not prints_time(clean):
        return False
    found = printed(clean)
    rest = plain(found.rest).strip(_SIGNS) if found else ""
    return (
        not rest
        or rest in words(FILE, "beside_time")
        or rest in words(_LINES, "label_exact")
        or bool(_people(found.rest if found else ""))
    )


# -- time --------------------------------------------------------------------------------------------------------------


def _clock(page: Dom, found: _Found, zone: tzinfo) -> int | None:
    """The element that shows when it was published: with a time for programs, else a clock, else how long ago."""
    exact = next((i for i in found.clocks if _moment(page, i, zone) is not None), None)
    if exact is not None:
        return exact
    told = [(i, printed(page.line(i), zone)) for i in [*found.clocks, *found.bare] if page.size(i, page.ends[i])]
    clocks = [i for i, p in told if p is not None and p.clock is not None and not p.updated]
    return next(
        iter([*clocks, *(i for i, p in told if p is not None and not p.updated), *(i for i, p in told if p)]), None
    )


def _time(page: Dom, start: int, clock: int | None, zone: tzinfo) -> datetime | None:
    """When it was published, as the page gives it for its readers: a full time in the element, else in its clock."""
    shown = _moment(page, clock, zone) if clock is not None else None
    own = _moment(page, start, zone)
    if shown is not None and own is not None and clock is not None and not _offset(page, clock):
        return own
    return shown or own


def _offset(page: Dom, clock: int) -> bool:
    """Whether the clock's machine time says its offset, so that no zone has to be known."""
    value = page.given[clock].get("datetime") or ""
    return value.endswith("Z") or "+" in value[10:] or "-" in value[10:]


def _moment(page: Dom, i: int, zone: tzinfo) -> datetime | None:
    given = page.given[i]
    return next((m for k in listing(FILE, "time_attributes") if k in given and (m := machine(given[k], zone))), None)


def _updated(page: Dom, start: int, found: _Found, zone: tzinfo) -> datetime | None:
    given = page.given[start]
    own = (m for k in listing(FILE, "change_attributes") if k in given and (m := machine(given[k], zone)))
    return next(own, None) or next((m for c in found.changed if (m := _moment(page, c, zone))), None)


# -- header: who and what ----------------------------------------------------------------------------------------------


def _header(page: Dom, clock: int, post: Range) -> list[int]:
    """What stands beside the time in its own small part of the post: author, label."""
    at = clock
    for around in islice(page.parents(clock), _HEADER_DEPTH):
        if around <= post[0] or not _small(page, around):
            break
        at = around
    if at != clock:
        return [at]
    around = page.above[clock]
    if around < post[0]:
        return []
    beside = list(page.children(around))
    place = beside.index(clock) if clock in beside else 0
    near = [i for i in beside[max(0, place - 1) : place + 2] if i != clock and post[0] < i < post[1]]
    return [
        i
        for i in near
        if page.tags[i] not in ("p", "figure", "ul") and page.size(i, page.ends[i]) < 80 and _small(page, i)
    ]


def _small(page: Dom, i: int) -> bool:
    end = page.ends[i]
    if page.size(i, end) > _LONGEST_HEADER or page.told[end] - page.told[i] > 60:
        return False
    return not any(page.marks[j] & Mark.HEADING for j in range(i, end))


def _lines(page: Dom, i: int) -> Iterator[str]:
    """Its words, text by text, without the signs between them and what the author is."""
    end = page.ends[i]
    j = i
    while j < end:
        if page.marks[j] & (Mark.ROLE | Mark.HIDDEN) and j != i and not page.marks[j] & Mark.NAME:
            j = page.ends[j]
            continue
        if page.texts[j] and (line := page.texts[j].strip(_SIGNS + " \n\t\u00a0")):
            yield " ".join(line.split())
        j += 1


def _labels(page: Dom, parts: Iterable[tuple[int, list[str]]]) -> Iterator[str]:
    """The words beside the time, piece by piece."""
    for part, lines in parts:
        for line in lines if len(lines) == 1 else (page.line(part), *lines):
            if 1 < len(line) < 50:
                yield _label(line)


@lru_cache(maxsize=4096)
def _is_no_news(line: str) -> bool:
    known = plain(line).strip(" :.|")
    if len(known.split()) < 2 or known in words(_LINES, "label_exact"):
        return True
    return bool(_people(line)) or printed(line) is not None


@lru_cache(maxsize=4096)
def _label(line: str) -> str:
    return plain(line).strip(_SIGNS + ".")


def _people(line: str) -> tuple[str, ...]:
    """Names of people that a line without a mark may give."""
    found = names(line) if line else ()
    return found if found and 1 < len(found[0].split()) <= 4 else ()


def _authors(page: Dom, bylines: Sequence[int], header: Sequence[Sequence[str]]) -> tuple[str, ...]:
    for place, node in enumerate(bylines):
        beside = [b for b in bylines[place:] if page.above[b] == page.above[node]]
        found = tuple(dict.fromkeys(name for b in beside for name in _signed(page, b)))
        if found:
            return found
    for lines in header:
        for line in lines:
            if (known := _label(line)) in words(_LINES, "label_exact") or known in words(_LINES, "chrome_exact"):
                continue
            when = printed(line)
            if found := _people(when.rest if when else line):
                return found
    return ()


def _signed(page: Dom, byline: int) -> Iterator[str]:
    """The names that a byline gives: of its parts marked as names or links, else of its words."""
    inside = [j for j in range(byline + 1, page.ends[byline]) if page.marks[j] & Mark.NAME or page.tags[j] == "a"]
    inside = [j for j in inside if page.size(j, page.ends[j]) and not page.marks[j] & Mark.ROLE]
    for j in inside:
        yield from names(page.line(j))
    if not inside:
        lines = [line for line in _lines(page, byline) if plain(line) not in words(FILE, "before_name")]
        first = names(lines[0]) if lines else ()
        yield from first or names(" ".join(lines))
        if first and len(lines) > 1:
            yield from (name for line in lines[1:] if line.count(" ") < 4 for name in _people(line))


def _words(page: Dom, i: int, skip: set[int]) -> str:
    """The words that readers are shown of an element, on one line."""
    end = page.ends[i]
    if end - i <= 2:
        return page.line(i)
    return " ".join(text for _, text in pieces(page, i, end, skip))


def _title_at(page: Dom, post: Range, found: _Found, skip: set[int]) -> int | None:
    """The post's headline: its first heading unless paragraphs stand above, else an element that names itself one."""
    signs = sum(page.told[page.ends[i]] - page.told[i] for i in found.authors)
    for i in found.headings:
        if page.told[i] - page.told[post[0]] - signs <= 60 and i not in skip:
            return i
    for i in found.titles:
        if i not in skip and not any(page.tags[j] == "p" for j in range(i + 1, page.ends[i])):
            return i
    return None


def _own_marks(page: Dom, post: Range) -> int:
    """The marks of a post's element and of those around that hold nothing else."""
    start, end = post
    out = page.marks[start]
    if page.ends[start] != end:
        return out
    for around in page.parents(start):
        if page.ends[around] != end or page.size(around, end) != page.size(start, end):
            break
        out |= page.marks[around]
    return out


def _flag(page: Dom, i: int, name: str) -> bool:
    """An attribute such as `data-key-event="true"` or `data-pinned`."""
    for key, value in page.given[i].items():
        if key.startswith("data-") and name in key and not tokens(key).isdisjoint(words(FILE, name)):
            return (value or "").lower() in ("true", "1", "yes", "on", name) or value is None
    return False


def _permalink(page: Dom, links: Sequence[int], own: str | None) -> str | None:
    if own is None:
        return None
    hrefs = (page.given[i].get("href") or "" for i in links)
    return next((h for h in hrefs if h.endswith(f"#{own}")), None)
