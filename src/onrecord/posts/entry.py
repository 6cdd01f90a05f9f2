"""The range of a post in its page → what readers are shown of it."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo
from functools import cache

from onrecord.posts import header
from onrecord.posts.dom import Dom
from onrecord.posts.elements import Range, own_id, shape
from onrecord.posts.marks import FILE, Mark, tokens
from onrecord.posts.moments import Printed
from onrecord.posts.pieces import Piece, pieces
from onrecord.posts.rules import Rule, dropped, via_of
from onrecord.posts.scan import Found, label_words, scan
from onrecord.posts.stamps import exact
from onrecord.posts.tongues import told
from onrecord.posts.words import listing, words


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
    page: Dom = field(default_factory=Dom)
    """The tree in which it stands."""
    range: Range = (0, 0)
    skip: frozenset[int] = frozenset()
    badge: bool = False
    """It holds an element named for key posts; that may be a button in every post."""


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
    marks: int
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
    plans: dict[Hashable, Plan] | None = None,
) -> Entry:
    """What a post's part of the page shows. Times without offset are in `zone`.

    `plans` are those of posts that were read before, by the sort of their trees.
    """
    start, end = post
    plan = plans.get(page.sort) if plans and page.sort is not None else None
    shown = _moment(page, plan.clock, zone) if plan is not None and plan.clock is not None else None
    if plan is None or shown is None:
        plan = _plan(page, post, zone, rule)
        shown = _moment(page, plan.clock, zone) if plan.clock is not None else None
        if plans is not None and page.sort is not None and plan.steady:
            plans[page.sort] = plan
    time = _time(page, start, plan.clock, shown, zone)
    title = _words(page, plan.title_at, plan.skip - {plan.title_at}) if plan.title_at is not None else ""
    authors, labels = plan.authors, plan.labels
    if page.marks[start] & Mark.UPDATE:
        title, authors = _from_microdata(page, post, title, authors)
    own = own_id(page, post, id_attributes)
    return Entry(
        id=own,
        title=title or None,
        time=time,
        printed=_printed(page, plan.clock, plan.beside, zone) if plan.clock is not None and time is None else None,
        updated=_updated(page, start, plan.changed, zone),
        authors=authors,
        key=_flagged(page, start, plan.marks & Mark.KEY, "key", labels),
        pinned=_flagged(page, start, plan.marks & Mark.PINNED, "pinned", labels),
        pieces=tuple(pieces(page, start, end, plan.skip)),
        url=_permalink(page, plan.links, own),
        labels=labels,
        page=page,
        range=post,
        skip=plan.skip,
        badge=plan.badge,
        signs=plan.signs,
        via=via_of(page, rule, start, end) if rule is not None else (),
    )


def _plan(page: Dom, post: Range, zone: tzinfo, rule: Rule | None) -> Plan:
    """Where the post tells what."""
    start, end = post
    found = scan(page, start, end)
    gone = dropped(page, rule, start, end) if rule is not None else set()
    if gone:
        _leave_out(page, found, gone)
    clock = _clock(page, found, zone)
    beside = header.header(page, clock, post, found) if clock is not None else []
    authors = header.authors(page, found.authors, None if gone else clock, beside)
    skip = _told_elsewhere(page, start, found, beside, gone)
    title_at = _title_at(page, post, found, skip)
    if title_at is not None and _words(page, title_at, skip):
        skip.add(title_at)
    else:
        title_at = None
    if found.badges:
        beside += [(i, header.lines(page, i)) for i in found.badges]
    return Plan(
        clock=clock,
        beside=beside,
        title_at=title_at,
        skip=frozenset(skip),
        authors=authors,
        labels=header.labels(page, beside),
        links=found.links,
        changed=found.changed,
        marks=_own_marks(page, post),
        badge=any(page.marks[i] & Mark.KEY for i in found.badges),
        signs=tuple([(shape(page, i), page.line(i)) for i in found.names]),
        steady=clock is not None and found.clocks[:1] == [clock] and _moment(page, clock, zone) is not None,
    )


def _from_microdata(page: Dom, post: Range, title: str, authors: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """Headline and authors, those that the post doesn't show from its `meta` elements."""
    said: dict[str, list[str]] = {}
    for i in range(*post):
        if page.tags[i] == "meta" and (value := page.given[i].get("content")):
            said.setdefault(page.given[i].get("itemprop", ""), []).append(" ".join(value.split()))
    named = said.get("author") or said.get("name") or []
    return title or next(iter(said.get("headline", ())), ""), authors or tuple(dict.fromkeys(named))


def _leave_out(page: Dom, found: Found, gone: Collection[int]) -> None:
    """Take the names out of `found` that stand in what a rule drops."""
    found.authors = [i for i in found.authors if not any(g <= i < page.ends[g] for g in gone)]
    found.names = [i for i in found.names if not any(g <= i < page.ends[g] for g in gone)]


def _told_elsewhere(
    page: Dom, start: int, found: Found, beside: Sequence[header.Part], gone: Collection[int]
) -> set[int]:
    """The elements whose words the post gives in other fields: times, authors, labels."""
    skip = {*found.clocks, *found.bare, *found.changed, *found.authors, *gone}
    if found.badges:
        known = label_words()
        badges = (i for i in found.badges if i > start and not page.marks[i] & Mark.HEADING)
        skip.update(i for i in badges if header.label(page.line(i)) in known)
    for i, lines in beside:
        if all(map(header.is_no_news, lines)):
            skip.add(i)
    skip.discard(start)
    return skip


def _flagged(page: Dom, start: int, marked: int, name: str, labels: frozenset[str]) -> bool:
    return bool(marked) or _flag(page, start, name) or bool(labels and not labels.isdisjoint(header.labels_of(name)))


# -- time --------------------------------------------------------------------------------------------------------------


def _clock(page: Dom, found: Found, zone: tzinfo) -> int | None:
    """The element that shows when it was published: with a time for programs, else a clock, else how long ago."""
    timed = next((i for i in (*found.clocks, *found.bare) if _moment(page, i, zone) is not None), None)
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
    near = [machine_day, *(told(line, zone) for _, lines in beside for line in lines)]
    day = next((p.day for p in near if p is not None and p.day is not None and p.clock is None), None)
    return shown if day is None else replace(shown, day=day)


def _time(page: Dom, start: int, clock: int | None, shown: datetime | None, zone: tzinfo) -> datetime | None:
    """When it was published, as the page gives it for its readers: a full time in the element, else in its clock."""
    own = _moment(page, start, zone)
    if shown is not None and own is not None and clock is not None and not _offset(page, clock):
        return own
    return shown or own


def _offset(page: Dom, clock: int) -> bool:
    """Whether the clock's machine time says its offset, so that no zone has to be known."""
    value = page.given[clock].get("datetime") or ""
    return value.endswith("Z") or "+" in value[10:] or "-" in value[10:]


def _moment(page: Dom, i: int, zone: tzinfo) -> datetime | None:
    """The moment that an element's attributes give."""
    given = page.given[i]
    if not given or given.keys().isdisjoint(_timing()):
        return None
    if (value := given.get("datetime")) and (found := exact(value, zone)):
        return found
    names = listing(FILE, "time_attributes")
    return next((m for k in names if (v := given.get(k)) and (m := exact(v, zone))), None)


@cache
def _timing() -> frozenset[str]:
    return frozenset(listing(FILE, "time_attributes"))


def _updated(page: Dom, start: int, changed: Sequence[int], zone: tzinfo) -> datetime | None:
    given = page.given[start]
    if not words(FILE, "change_attributes").isdisjoint(given):
        own = (m for k in listing(FILE, "change_attributes") if k in given and (m := exact(given[k], zone)))
        if (moment := next(own, None)) is not None:
            return moment
    return next((m for c in changed if (m := _moment(page, c, zone))), None) if changed else None


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


def _flag(page: Dom, i: int, name: str) -> bool:
    """An attribute such as `data-key-event="true"` or `data-pinned`."""
    for key, value in page.given[i].items():
        if name in key and key.startswith("data-") and not tokens(key).isdisjoint(words(FILE, name)):
            return value.lower() in ("true", "1", "yes", "on", name)
    return False


def _permalink(page: Dom, links: Sequence[int], own: str | None) -> str | None:
    """The post's own address: the link that ends in its id, or says what it is, or holds the id as one of its parts."""
    held = None
    end = f"#{own}" if own else ""
    for i in links:
        given = page.given[i]
        address = given.get("href", "")
        if end and address.endswith(end):
            return address
        if held is None and "://" not in address[8:] and not address.startswith(("#", "mailto:")):
            says = given.get("itemprop") == "url" or "bookmark" in given.get("rel", "")
            held = address if says or (own and _has_part(address, own)) else None
    return held


def _has_part(address: str, own: str) -> bool:
    """True where the id stands between signs of the address, and is not too short to tell anything."""
    at = address.find(own) if len(own) > 2 else -1
    end = at + len(own)
    return at > 0 and address[at - 1] in "/=:#-" and (end == len(address) or address[end] in "/?&#.")
