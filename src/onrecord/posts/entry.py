"""The range of a post in its page → what readers are shown of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from functools import cache, lru_cache

from onrecord.model import Inset
from onrecord.posts import header
from onrecord.posts.dom import Dom
from onrecord.posts.elements import Range, own_id, shape
from onrecord.posts.insets import insets
from onrecord.posts.links import link_of, permalink
from onrecord.posts.marks import FILE, MACHINE, Given, Mark, tokens
from onrecord.posts.moments import Printed
from onrecord.posts.people import names
from onrecord.posts.pieces import Piece, pieces
from onrecord.posts.rules import Rule, dropped, via_of
from onrecord.posts.scan import Found, label_words, scan
from onrecord.posts.stamps import exact
from onrecord.posts.tongues import told
from onrecord.posts.words import listing, words

_LONGEST_NAME = 60
"""Attributes with longer names say nothing; so short ones may be remembered."""
Insets = Callable[[str, str | None], tuple[Inset, ...]]
"""What stands in a post beside words, by its text and the page's address."""


def no_insets(text: str, base: str | None) -> tuple[Inset, ...]:  # noqa: ARG001
    """Nothing."""
    return ()


@dataclass(slots=True)
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
    insets: Insets = no_insets
    badge: bool = False
    """It holds an element named for key posts; that may be a button in every post."""
    stamp: str | None = None
    """Its time as ISO text, where that is at hand."""


@dataclass(slots=True)
class Plan:
    """Where a post tells what, and what its small words say."""

    clock: int | None
    beside: list[header.Part]
    title_at: int | None
    skip: frozenset[int]
    """Places whose words are told in other fields than the text."""
    authors: tuple[str, ...]
    labels: frozenset[str]
    links: list[int]
    changed: list[int]
    key: bool
    pinned: bool
    badge: bool
    signs: tuple[tuple[str, str], ...]
    steady: bool
    """Its clock is the first one there is, and holds a time."""


def entry(
    page: Dom,
    post: Range,
    zone: tzinfo,
    id_attributes: Sequence[str],
    rule: Rule | None = None,
) -> Entry:
    """What a post's part of the page shows. Times without offset are in `zone`."""
    start, end = post
    plan = planned(page, post, zone, rule)
    time = time_of(page.given[start], page.given[plan.clock] if plan.clock is not None else {}, zone)
    title = _words(page, plan.title_at, plan.skip - {plan.title_at}) if plan.title_at is not None else ""
    authors, labels = plan.authors, plan.labels
    if page.marks[start] & Mark.UPDATE:
        title, authors = _from_microdata(page, post, title, authors)
    if "-" in page.tags[start]:
        title, authors = _from_attributes(page.given[start], title, authors)
    own = own_id(page, post, id_attributes)
    return Entry(
        id=own,
        title=title or None,
        time=time,
        printed=_printed(page, plan.clock, plan.beside, zone) if plan.clock is not None and time is None else None,
        updated=updated_by(page.given[start], [page.given[c] for c in plan.changed], zone),
        authors=authors,
        key=plan.key or flagged(page.given[start], "key"),
        pinned=plan.pinned or flagged(page.given[start], "pinned"),
        pieces=tuple(pieces(page, start, end, plan.skip)),
        url=permalink([link_of(page.given[i]) for i in plan.links], own),
        labels=labels,
        insets=lambda text, base: insets(page, start, end, text, base, plan.skip),
        badge=plan.badge,
        signs=plan.signs,
        via=via_of(page, rule, start, end) if rule is not None else (),
    )


def planned(page: Dom, post: Range, zone: tzinfo, rule: Rule | None) -> Plan:
    """Where the post tells what."""
    start, end = post
    found = scan(page, start, end)
    gone = dropped(page, rule, start, end) if rule is not None else set()
    if gone:
        _leave_out(page, found, gone)
    clock = _clock(page, found, zone)
    beside = header.header(page, clock, post, found) if clock is not None else []
    authors = header.authors(page, found.authors, None if gone else clock, beside)
    skip = _told_elsewhere(page, post, found, beside, gone)
    title_at = _title_at(page, post, found, skip)
    if title_at is not None and _words(page, title_at, skip):
        skip.add(title_at)
    else:
        title_at = None
    if found.badges:
        beside += [(i, header.lines(page, i)) for i in found.badges]
    labels, marks = header.labels(page, beside), _own_marks(page, post)
    return Plan(
        clock=clock,
        beside=beside,
        title_at=title_at,
        skip=frozenset(skip),
        authors=authors,
        labels=labels,
        links=found.links,
        changed=found.changed,
        key=bool(marks & Mark.KEY) or _says(labels, "key"),
        pinned=bool(marks & Mark.PINNED) or _says(labels, "pinned"),
        badge=any(page.marks[i] & Mark.KEY for i in found.badges),
        signs=tuple([(shape(page, i), page.line(i)) for i in found.names]),
        steady=clock is not None and found.clocks[:1] == [clock] and moment_of(page.given[clock], zone) is not None,
    )


def _from_microdata(page: Dom, post: Range, title: str, authors: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """Headline and authors, those that the post doesn't show from its `meta` elements."""
    said: dict[str, list[str]] = {}
    for i in range(*post):
        if page.tags[i] == "meta" and (value := page.given[i].get("content")):
            said.setdefault(page.given[i].get("itemprop", ""), []).append(" ".join(value.split()))
    named = said.get("author") or said.get("name") or []
    return title or next(iter(said.get("headline", ())), ""), authors or tuple(dict.fromkeys(named))


def _from_attributes(given: Given, title: str, authors: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """Headline and authors; what the post doesn't show from attributes of its element, which a system made up."""
    said = (" ".join(given.get(name, "").split()) for name in listing(FILE, "own_title"))
    signed = (names(given.get(name, "")) for name in listing(FILE, "own_author"))
    return title or next(filter(None, said), ""), authors or next(filter(None, signed), ())


def _leave_out(page: Dom, found: Found, gone: Collection[int]) -> None:
    """Take the names out of `found` that stand in what a rule drops."""
    found.authors = [i for i in found.authors if not any(g <= i < page.ends[g] for g in gone)]
    found.names = [i for i in found.names if not any(g <= i < page.ends[g] for g in gone)]


def _told_elsewhere(
    page: Dom, post: Range, found: Found, beside: Sequence[header.Part], gone: Collection[int]
) -> set[int]:
    """The elements whose words the post gives in other fields: times, authors, labels."""
    start, end = post
    skip = {*found.clocks, *found.bare, *found.changed, *found.authors, *gone}
    if found.badges:
        known = label_words()
        badges = (i for i in found.badges if i > start and not page.marks[i] & Mark.HEADING)
        skip.update(i for i in badges if header.label(page.line(i)) in known)
    for i, lines in beside:
        if all(map(header.is_no_news, lines)):
            skip.add(i)
    heads = page.ends[start] < end and sum(map(bool, page.texts[start : page.ends[start]])) == 1
    if not heads or page.marks[start] & Mark.HEADING:
        skip.discard(start)
    return skip


def _says(labels: frozenset[str], name: str) -> bool:
    return bool(labels) and not labels.isdisjoint(header.labels_of(name))


# -- time --------------------------------------------------------------------------------------------------------------


def _clock(page: Dom, found: Found, zone: tzinfo) -> int | None:
    """The element that shows when it was published: with a time for programs, else a clock, else how long ago."""
    timed = next((i for i in (*found.clocks, *found.bare) if moment_of(page.given[i], zone) is not None), None)
    if timed is not None:
        return timed
    shown = [(i, told(page.line(i), zone)) for i in [*found.clocks, *found.bare] if page.size(i, page.ends[i])]
    clocks = [i for i, p in shown if p is not None and p.clock is not None and not p.updated]
    return next(
        iter([*clocks, *(i for i, p in shown if p is not None and not p.updated), *(i for i, p in shown if p)]), None
    )


def _printed(page: Dom, clock: int, beside: Sequence[header.Part], zone: tzinfo) -> Printed | None:
    """The time in words, its day taken from a machine's day or from what stands beside it where it has none."""
    shown = told(page.line(clock), zone)
    if shown is None or shown.clock is None or shown.day is not None or shown.days_back is not None:
        return shown
    machine_day = told(page.given[clock].get("datetime") or "", zone)
    said = [line for _, lines in beside for line in lines]
    said.sort(key=lambda line: not any(map(str.isalpha, line)))  # "3/1/2031" may be read in two ways
    near = [machine_day, *(told(line, zone) for line in said)]
    day = next((p.day for p in near if p is not None and p.day is not None and p.clock is None), None)
    return shown if day is None else replace(shown, day=day)


def time_of(given: Given, clock: Given, zone: tzinfo) -> datetime | None:
    """When it was published, as the page gives it for its readers: a full time in the element, else in its clock."""
    shown, own = moment_of(clock, zone), moment_of(given, zone)
    if shown is not None and own is not None and not _offset(clock):
        return own
    return shown or own or _dated(given, zone)


def _dated(given: Given, zone: tzinfo) -> datetime | None:
    """The moment that some attribute of a post's element gives, whatever it is called, unless it tells of a change."""
    held = ((k, v) for k, v in given.items() if k.startswith("data-") and len(k) <= _LONGEST_NAME)
    told = (v for k, v in held if MACHINE.match(v) and not _is_later(k))
    return next((m for value in told if (m := exact(value, zone))), None)


@lru_cache(maxsize=8192)
def _is_later(attribute: str) -> bool:
    """Whether an attribute's name says that its time is no post's first one."""
    return attribute in words(FILE, "change_attributes") or not tokens(attribute).isdisjoint(words(FILE, "later"))


def _offset(clock: Given) -> bool:
    """Whether the clock's machine time says its offset, so that no zone has to be known."""
    value = clock.get("datetime") or ""
    return value.endswith("Z") or "+" in value[10:] or "-" in value[10:]


def moment_of(given: Given, zone: tzinfo) -> datetime | None:
    """The moment that an element's attributes give."""
    if not given or given.keys().isdisjoint(_timing()):
        return None
    if (value := given.get("datetime")) and (found := exact(value, zone)):
        return found
    names = listing(FILE, "time_attributes")
    return next((m for k in names if (v := given.get(k)) and (m := exact(v, zone))), None)


@cache
def _timing() -> frozenset[str]:
    return frozenset(listing(FILE, "time_attributes"))


def updated_by(given: Given, changed: Iterable[Given], zone: tzinfo) -> datetime | None:
    """When it was changed, by the attributes of its element, else of the elements that tell of it."""
    if not words(FILE, "change_attributes").isdisjoint(given):
        own = (m for k in listing(FILE, "change_attributes") if k in given and (m := exact(given[k], zone)))
        if (moment := next(own, None)) is not None:
            return moment
    return next((m for c in changed if (m := moment_of(c, zone))), None)


def _words(page: Dom, i: int, skip: Collection[int]) -> str:
    """The words that readers are shown of an element, on one line."""
    end = page.ends[i]
    if end - i <= 2:
        return page.line(i)
    return " ".join(text for _, text in pieces(page, i, end, skip))


def _title_at(page: Dom, post: Range, found: Found, skip: set[int]) -> int | None:
    """The post's headline: its first heading unless paragraphs stand above, else an element that names itself one."""
    told = page.told
    most = 60 + told[post[0]] + sum([told[page.ends[i]] - told[i] for i in found.authors])
    for i in found.headings:
        if told[i] <= most and i not in skip:
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


def flagged(given: Given, name: str) -> bool:
    """An attribute such as `data-key-event="true"` or `is-pinned`, for "key" or "pinned"."""
    for key, value in given.items():
        if "-" in key and len(key) <= _LONGEST_NAME and name in _flags(key):
            return value.lower() in ("true", "1", "yes", "on", name)
    return False


@lru_cache(maxsize=8192)
def _flags(attribute: str) -> frozenset[str]:
    """Which of "key" and "pinned" an attribute's name says."""
    parts = tokens(attribute.removeprefix("data-"))
    return frozenset(name for name in ("key", "pinned") if not parts.isdisjoint(words(FILE, name)))
