"""Events, rundown and posts of a story → one self-contained HTML page, without scripts, also in print and offline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256
from importlib import resources
from itertools import pairwise
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from onrecord.model import Event, Problem, RevisionView, Settings, Statement
from onrecord.pages import marks
from onrecord.pages.brief import Placed, placed
from onrecord.pages.map import Spot, story_map
from onrecord.pages.rundown import Line
from onrecord.pages.words import date_words, moment_words, statement_words

History = Mapping[tuple[str, str], Sequence[RevisionView]]
"""(page, post) → its versions, oldest first."""

TIMES = 60
CONFLICTS = 2
MOST_SPOTS = 60


@dataclass(frozen=True)
class Story:
    """All that the page shows."""

    settings: Settings
    start: datetime
    end: datetime
    lines: Sequence[Line]
    events: Sequence[Event]
    posts: Sequence[RevisionView]
    """Latest versions, newest first."""
    history: History = field(default_factory=dict)
    problems: Sequence[Problem] = ()
    notes: Sequence[str] = ()
    """What the page should say of itself under its title."""


@dataclass(frozen=True)
class Passage:
    """A piece of evidence as the page shows it."""

    words: str
    who: str
    outlet: str
    time: datetime | None
    anchor: str


@dataclass(frozen=True)
class Entry:
    """A line of the rundown as the page shows it."""

    event: str
    what: str
    tag: str
    where: str
    when: str
    shape: str
    standing: str
    origins: str
    outlets: Sequence[str]
    conflicts: Sequence[str]
    evidence: Sequence[Passage]
    why: Sequence[str]
    parts: Sequence[str]
    pinned: bool = False
    """The desk put it on top."""


@dataclass(frozen=True)
class Tick:
    """An entry of the timeline."""

    iso: str
    when: str
    what: str
    tag: str
    event: str


@dataclass(frozen=True)
class Shown:
    """A block of a post, marked."""

    kind: str
    html: Markup


@dataclass(frozen=True)
class Edit:
    """A change of a post that somebody saw."""

    seen: datetime
    html: Markup


@dataclass(frozen=True)
class Said:
    """A row of a post's table of statements."""

    who: str
    words: str
    how: str


@dataclass(frozen=True)
class Article:
    """A post as the page shows it."""

    anchor: str
    outlet: str
    title: str
    time: datetime | None
    author: str | None
    key: bool
    removed: bool
    url: str | None
    blocks: Sequence[Shown]
    edits: Sequence[Edit]
    statements: Sequence[Said]


def page(story: Story) -> str:
    """The whole page as HTML."""
    zone = ZoneInfo(story.settings.tz)
    by_id = {event.id: event for event in story.events}
    spots = places_told(map(placed, story.events), {line.event for line in story.lines})
    drawn, far = story_map(spots)
    bars, unit = histogram(story.posts, zone)
    environment().filters["when"] = lambda moment: moment_words(moment, zone)
    return (
        environment()
        .get_template("story.html.j2")
        .render(
            title=story.settings.title,
            css=Markup(template("story.css")),  # noqa: S704 - our own file
            counts=counted(story),
            end=story.end,
            zone=story.settings.tz,
            notes=story.notes,
            period=period_words(story.start, story.end, zone),
            lines=[entry(line, by_id[line.event], zone) for line in story.lines],
            map=drawn,
            far=[spot.name for spot in far],
            bars=bars,
            bars_unit=unit,
            times=ticks(story, zone),
            posts=[article(view, story.history.get((view.page, view.post.id), ())) for view in story.posts],
            problems=story.problems,
            sources=sorted({view.outlet for view in story.posts}) or ["no posts"],
        )
    )


@cache
def environment() -> Environment:
    """Templates that escape everything and fail on a name that is not there."""
    return Environment(
        loader=PackageLoader("onrecord", "pages/templates"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip


def template(name: str) -> str:
    """The text of a file beside the templates."""
    return resources.files("onrecord").joinpath("pages/templates", name).read_text(encoding="utf-8")


def anchor(page_id: str, post: str) -> str:
    """A post's place on the page: letters and digits only, whatever the outlet calls it."""
    return "p" + sha256(f"{page_id}\n{post}".encode()).hexdigest()[:12]


def counted(story: Story) -> str:
    """How much there is, in words."""
    outlets = len({view.outlet for view in story.posts})
    return f"{many(len(story.posts), 'post')} of {many(outlets, 'outlet')} · {many(len(story.events), 'event')}"


def many(number: int, noun: str) -> str:
    """`1 post`, `2 posts`."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def period_words(start: datetime, end: datetime, zone: ZoneInfo) -> str:
    """The period in words."""
    if abs(end - start - timedelta(hours=24)) <= timedelta(minutes=1):
        return "the last 24 hours"
    return f"{moment_words(start, zone)} to {moment_words(end, zone)}"


# -- rundown ---------------------------------------------------------------------------------------------------------


def entry(line: Line, event: Event, zone: ZoneInfo) -> Entry:
    """A rundown line with its evidence."""
    speakers = {t.statement.id: t.statement for t in event.tellings}
    return Entry(
        event=line.event,
        what=line.what,
        tag=line.reality,
        where=line.where,
        when=date_words(event.earliest, event.latest, zone),
        shape=event.claim.standing,
        standing=line.standing,
        origins=origin_words(event),
        outlets=line.outlets,
        conflicts=shortened(line.conflicts),
        evidence=[
            Passage(e.words, who(speakers.get(e.statement)), e.outlet, e.time, anchor(e.page, e.post))
            for e in line.evidence
        ],
        why=[step.verdict for step in event.why],
        parts=line.parts,
        pinned=line.pinned,
    )


def shortened(conflicts: Sequence[str]) -> list[str]:
    """The first conflicts, and how many more there are."""
    more = len(conflicts) - CONFLICTS
    return [*conflicts[:CONFLICTS], *([f"and {many(more, 'more conflict')}"] if more > 0 else [])]


def origin_words(event: Event) -> str:
    """How many independent origins; the standing names them."""
    if not any(origin.given for origin in event.origins):
        return "no origin given"
    return many(event.independent_origins, "independent origin")


def who(statement: Statement | None) -> str:
    """Who says it, in words."""
    if statement is None or statement.voice == "own":
        return ""
    if statement.voice == "hedged":
        return f"hedged: {statement.cue.text}" if statement.cue else "hedged"
    return statement.speaker.name.removeprefix("unnamed: ") if statement.speaker else "source not named"


# -- map and timeline ------------------------------------------------------------------------------------------------


def places_told(events: Iterable[Placed], shown: set[str]) -> list[Spot]:
    """The places of the events, heaviest first; a country's own point says too little to be drawn."""
    weight: Counter[str] = Counter()
    told: dict[str, Placed] = {}
    for event in events:
        place = event.place
        if place and place.id and place.lat is not None and place.kind != "country" and event.kind != "statement":
            weight[place.id] += event.tellings
            if place.id not in told or (event.id in shown and told[place.id].id not in shown):
                told[place.id] = event
    return [spot(told[key], count, told[key].id in shown) for key, count in weight.most_common(MOST_SPOTS)]


def led(spot: Spot, path: str) -> Spot:
    """The spot with its link to a page under a path instead of a place on this one."""
    return replace(spot, href=path + spot.href.removeprefix("#")) if spot.href else spot


def spot(event: Placed, count: int, linked: bool) -> Spot:
    """An event's place for the map."""
    place = event.place
    assert place is not None
    assert place.lat is not None
    assert place.lon is not None
    title = f"{place.name}: {event.headline}"
    return Spot(place.name, place.lat, place.lon, count, f"#{event.id}" if linked else "", title, place.radius_km)


def ticks(story: Story, zone: ZoneInfo) -> list[Tick]:
    """The lines of the rundown by the time of what they tell, newest first."""
    return ticks_of(story.lines, story.events, zone)


def ticks_of(lines: Sequence[Line], events: Collection[Event], zone: ZoneInfo) -> list[Tick]:
    """Lines by the time of what they tell, newest first; those without a date are left out."""
    dated = {event.id: event.earliest for event in events if event.earliest}
    ends = {event.id: event.latest for event in events}
    inside = [line for line in lines if line.event in dated]
    inside.sort(key=lambda line: (dated[line.event], line.event), reverse=True)
    return [
        Tick(
            line.earliest or "", date_words(dated[line.event], ends[line.event], zone), line.what, line.reality,
            line.event,
        )
        for line in inside[:TIMES]
    ]  # fmt: skip


def histogram(posts: Sequence[RevisionView], zone: ZoneInfo) -> tuple[Markup | None, str]:
    """Bars of the posts that have a time, and what a bar stands for."""
    return bars(Counter(view.post.time for view in posts if view.post.time), zone)


def bars(times: Mapping[datetime, int], zone: ZoneInfo) -> tuple[Markup | None, str]:
    """Bars of posts per hour, or per day over a longer time, and which of the two; None for less than two times.

    `times` says how many posts there are at each moment.
    """
    found = sorted((moment.astimezone(zone), n) for moment, n in times.items())
    if len(found) < 2:
        return None, ""
    first, last = found[0][0], found[-1][0]
    hourly = last - first <= timedelta(hours=72)
    step = timedelta(hours=1) if hourly else timedelta(days=1)
    start = first.replace(hour=first.hour if hourly else 0, minute=0, second=0, microsecond=0)
    counts: Counter[int] = Counter()
    for moment, n in found:
        counts[int((moment - start) / step)] += n
    if max(counts) + 1 > 400:
        return None, ""
    return _bars(counts, start, step, hourly), "an hour" if hourly else "a day"


def _bars(counts: Mapping[int, int], start: datetime, step: timedelta, hourly: bool) -> Markup:
    most, number = max(counts.values()), max(counts) + 1
    wide = 700 / number
    parts = [
        f'<rect x="{10 + i * wide:.1f}" y="{70 - 55 * n / most:.1f}" '
        f'width="{max(1.0, wide - 1.5):.1f}" height="{55 * n / most:.1f}">'
        f"<title>{escape(bar_name(start + i * step, n, hourly))}</title></rect>"
        for i, n in sorted(counts.items())
    ]
    left, right = bar_label(start, hourly), bar_label(start + (number - 1) * step, hourly)
    parts += [
        '<path d="M10,70.5H710"/>', f'<text x="10" y="86">{escape(left)}</text>',
        f'<text x="710" y="86" text-anchor="end">{escape(right)}</text>', f'<text x="10" y="11">{most}</text>',
    ]  # fmt: skip
    label = f"{sum(counts.values())} posts between {left} and {right}"
    svg = f'<svg class="bars" viewBox="0 0 720 92" role="img" aria-label="{escape(label)}">{"".join(parts)}</svg>'
    return Markup(svg)  # noqa: S704 - made of numbers and escaped words


def bar_name(moment: datetime, number: int, hourly: bool) -> str:
    """What a bar stands for."""
    return f"{bar_label(moment, hourly)}: {many(number, 'post')}"


def bar_label(moment: datetime, hourly: bool) -> str:
    """The start of a bar's time."""
    return f"{moment.day} {moment:%b %H:%M}" if hourly else f"{moment.day} {moment:%b %Y}"


# -- posts -----------------------------------------------------------------------------------------------------------


def article(view: RevisionView, versions: Sequence[RevisionView]) -> Article:
    """A post with its marks, edits and statements."""
    post, reading = view.post, view.reading
    shown = [b for b in post.blocks if b.kind not in {"title", "furniture", "byline", "credit", "label"}]
    title = post.title or post.text[:90].split("\n")[0] or "(empty post)"
    return Article(
        anchor=anchor(view.page, post.id),
        outlet=view.outlet,
        title=title if post.title else title + ("…" if len(title) >= 90 else ""),
        time=post.updated or post.time,
        author=post.author,
        key=post.key,
        removed=view.removed,
        url=post.url or (view.where if view.where.startswith(("http://", "https://")) else None),
        blocks=[
            Shown("caption" if b.kind == "caption" else "text", marks.marked(post, b, reading.statements))
            for b in shown
        ],
        edits=[
            Edit(later.first_seen, marks.difference(earlier.post.text, later.post.text))
            for earlier, later in pairwise(versions)
            if earlier.post.text != later.post.text and not later.removed
        ],
        statements=[
            Said(who(s) or "the outlet", s.text, statement_words(s)) for s in reading.statements if s.voice != "own"
        ],
    )
