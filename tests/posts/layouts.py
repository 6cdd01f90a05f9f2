"""Invented posts, and the layouts in which live pages print such: what each line belongs to is known from the start."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

LAST = datetime(2031, 3, 1, 16, 40, tzinfo=UTC)


@dataclass(frozen=True)
class Told:
    """A post as somebody may write it."""

    title: str
    authors: tuple[str, ...]
    place: str
    minutes: int
    """Before the newest post."""
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Layout:
    """How a page prints a post: lines above and below its paragraphs.

    `{p}` stands for the first paragraph; a line with `{by}`, `{first}` or `{place}` is left out where nobody signs; one
    that begins with `~` is the page's own.
    """

    above: tuple[str, ...]
    below: tuple[str, ...] = ()
    zone: str = "UTC"
    blank: bool = False
    signed: bool = True
    """Whether the names in it are to be found as the post's authors."""


@dataclass
class Page:
    """A page's lines, and for the first line of each post what is to be found of it."""

    lines: list[str]
    posts: dict[int, tuple[datetime | None, str | None, str | None]] = field(default_factory=dict)
    """Time, authors and headline by the number of the line, counted from 0."""
    inside: set[int] = field(default_factory=set)
    """Lines that belong to posts."""


HEAD = (
    "Floods in Sofala live: bridge reopens",
    "Three towns on the Pungwe are cut off, and the harbour at Beira is shut.",
)
STORY = (
    Told("Bridge at Tete reopens to lorries", ("Ana Sousa",), "Tete", 0, (
        "The road bridge at Tete has reopened to lorries after engineers spent the night checking its piers.",
        "Traffic police say queues on the northern side stretch for four kilometres.",
        "“We let the fuel tankers through first,” said Colonel Jaime Mussa, who commands the army’s engineers.",
    )),
    Told("Mayor says second pumping station has failed", ("Ana Sousa", "Joel Tran"), "Beira", 17, (
        "The mayor of Beira, Teresa Faria, has said that a second pumping station is out of order.",
        "She told reporters: “We are down to one pump, and it is thirty years old.”",
        "About 40,000 people in the Munhava district have no running water.",
    )),
    Told("South Africa sends helicopters", ("Joel Tran",), "Pretoria", 41, (
        "South Africa will send four helicopters and a field hospital, its defence ministry announced.",
        "The first crews are due to arrive in Beira tonight.",
    )),
    Told("Who will pay for the dykes?", ("Lucia Prado",), "Beira", 66, (
        "Owners of second homes along the coast will pay most from April, the finance ministry says.",
    )),
    Told("Schools stay shut until Thursday", (), "Maputo", 130, (
        "All schools in Sofala and Manica provinces will stay shut until Thursday, the education minister said.",
        "Exams that were due this week have been put off to April.",
    )),
    Told("What we know so far", ("Lucia Prado",), "Beira", 171, (
        "At least 63 people have died since the Pungwe burst its banks on Wednesday, the disaster agency says.",
        "It says that another 112 are missing.",
    )),
)  # fmt: skip
ET, IST = "America/New_York", "Asia/Kolkata"

LAYOUTS: dict[str, Layout] = {
    "clock, headline": Layout(("{h24}", "{title}")),
    "clock and zone, headline, share button": Layout(("{dot} GMT", "{title}"), ("~Share",), blank=True),
    "ago, clock, headline, names": Layout(("{ago}m ago", "{dot} GMT", "{title}", "{by}"), blank=True),
    "ago glued to the clock": Layout(("{ago}m ago({h24} GMT)", "{title}")),
    "clock, names, headline": Layout(("{h24}", "{by}", "{title}")),
    "names glued to the clock": Layout(("{h24}{by}", "{title}")),
    "headline, byline, time": Layout(("{title}", "By {by}", "{h12} EST"), zone=ET),
    "headline, byline in capitals, time": Layout(("{title}", "By {BY}", "{AM} UTC")),
    "headline, byline, today": Layout(("{title}", "By {by}", "Today, {am}")),
    "headline, posts end with names and date": Layout(("{title}",), ("{by}", "{day} March 2031 {h24}")),
    "headline published at": Layout(("{title}", "published at {h24} Greenwich Mean Time {day} March")),
    "headline glued to published at": Layout(("{title}published at {h24} GMT {day} March 2031",)),
    "numbered headline glued to a time": Layout(("  {n}. {title}published at {h24}",)),
    "headline glued to a date": Layout(("{title}{day} Mar 2031 {h24}",)),
    "headline, bar, time": Layout(("{title} | {am}",)),
    "headline, dash, time": Layout(("{title} — {h12}",)),
    "headline, time in brackets": Layout(("{title} ({h24})",)),
    "headline, names, time in brackets": Layout(("{title}", "{by} ({h24})")),
    "time glued to its headline": Layout(("{h24} GMT{title}",)),
    "time, dot, headline": Layout(("{h24} · {title}",)),
    "time, bar, headline": Layout(("{h24} | {title}",)),
    "time in bold before the headline": Layout(("### {h24} {title}",)),
    "full date and clock": Layout(("March 1, 2031, {h12} ET", "{by}", "Reporting from {place}"), zone=ET),
    "day above each clock": Layout(("01.03.31", "{h24}", "{title}"), ("~Copy/paste the live blog embed link below:",)),
    "date with dashes": Layout(("0{day}-03-2031 | {AM}", "{title}")),
    "date glued to its clock": Layout(("2031-03-01{h24} (IST)", "{title}"), zone=IST),
    "date of a machine": Layout(("Sat Mar 01 {h24}:00 2031", "{title}")),
    "zone in words": Layout(("{h24} (Brasília time)", "{title}"), zone="America/Sao_Paulo"),
    "local time": Layout(("{h24} local time", "{title}")),
    "numbered times": Layout(("#{n} {h24}", "{title}")),
    "names in a place": Layout(("{h24}", "{title}", "{by} in {place}")),
    "from an outlet's people": Layout(("{h24}", "{title}", "From CNN's {by} in {place}")),
    "names without times": Layout(("{title}", "{by} in {place}")),
    "signed below": Layout(("{h24}", "{title}"), ("Reporting by {by}",)),
    "name, dot, clock": Layout(("{first} · {h24}", "{title}"), signed=False),
    "name and handle": Layout(("{h24}", "{title}", "{first} (@sousa)"), signed=False),
    "handle and clock": Layout(("@sousa · {h24}",)),
    "a channel and a stamp in brackets": Layout(("Horn Watch, [{day} Mar 2031 at {h24}:10]:",)),
    "rule and clock": Layout(("~___", "{h12}"), blank=True),
    "rule and headline in capitals": Layout(("~———", "{TITLE}"), blank=True),
    "clock leads, dash": Layout(("{h24} – {p}",)),
    "clock leads, 15h30": Layout(("{h24h}: {p}",)),
    "clock leads, hs": Layout(("{h24} hs. {p}",)),
    "clock leads, at": Layout(("At {h24}: {p}",)),
    "clock leads, about": Layout(("About {h12}: {p}",)),
    "clock leads, in bold": Layout(("**{h24}** – {p}",)),
    "clock leads, in brackets": Layout(("[{h24} GMT] {p}",)),
    "clock leads, place": Layout(("{h24}, {place} – {p}",), signed=False),
    "clock leads, sign": Layout((">> {h24} {p}",)),
    "clock leads, headline and colon": Layout(("{h24} - {title}: {p}",)),
    "clock leads, headline and bar": Layout(("{h24} | {title} | {p}",)),
    "clock leads, update": Layout(("UPDATE {h12}: {p}",)),
    "clock leads, messenger": Layout(("[01/03/2031, {h24}:12] Horn Desk: {p}",)),
    "clock closes": Layout(("{p} ({h24})",)),
    "counts of readers": Layout(("{h24}", "{title}"), ("~{n}2 comments", "~{n}", "~👁 1{n}K")),
    "numbered updates": Layout(("Update {n}", "{title}")),
    "quoted message with its date": Layout(
        ("{h24}", "{title}"),
        (
            "{n} Rivers Watch",
            "@rivers{n}",
            "Warning {n}: stay away from the river, all of you.",
            "4:3{n} PM · Mar 1, 2031",
        ),
    ),
    "names above, no headline": Layout(("{name}",)),
    "names and what they do": Layout(("{name}", "Africa correspondent")),
    "byline above, no headline": Layout(("By {name}",)),
    "headline alone": Layout(("{title}",), ("~Share",)),
    "headline in capitals": Layout(("{TITLE}",)),
    "headline, posts that say when they changed": Layout(("{title}",), ("Updated at {h24}",)),
    "the same day above each headline": Layout(("1 March 2031", "{title}")),
    "caption and credit": Layout(
        ("{h24}", "{title}", "Image caption, The harbour in picture {n}", "Image source, Horn Photos")
    ),
}


def laid_out(layout: Layout) -> Page:
    """The story's page in a layout."""
    page = Page(list(HEAD))
    for number, told in enumerate(STORY):
        _print(page, layout, told, number)
    return page


def _print(page: Page, layout: Layout, told: Told, number: int) -> None:
    at = (LAST - timedelta(minutes=told.minutes)).astimezone(ZoneInfo(layout.zone))
    known = _words(told, at, number)
    start = None
    for own, line in _lines(layout, told, known):
        if own and line:
            start = len(page.lines) if start is None else start
            page.inside.add(len(page.lines))
        page.lines.append(line)
    assert start is not None
    shape = " ".join((*layout.above, *layout.below))
    timed = "Updated" not in shape and any(f"{{{name}}}" in shape for name in ("h24", "h24h", "dot", "h12", "am", "AM"))
    named = layout.signed and any(f"{{{name}}}" in shape for name in ("by", "BY"))
    titled = "{title}" in shape or "{TITLE}" in shape
    authors = ", ".join(told.authors) if named and told.authors else None
    page.posts[start] = at if timed else None, authors, told.title if titled else None


def _lines(layout: Layout, told: Told, known: dict[str, str]) -> Iterator[tuple[bool, str]]:
    """Each line, and whether it belongs to the post."""
    names = ("{by}", "{BY}", "{first}", "{place}")
    inline = any("{p}" in line for line in layout.above)

    def shown(lines: Sequence[str]) -> Iterator[tuple[bool, str]]:
        for line in lines:
            bare = line
            if not told.authors and any(name in line for name in names) and "{p}" not in line:
                if not any(f"{{{clock}}}" in line for clock in ("h24", "h12")):
                    continue
                bare = "{h24}"
            yield not line.startswith("~"), bare.removeprefix("~").format(**known)

    yield from shown(layout.above)
    for paragraph in told.paragraphs[inline:]:
        if layout.blank:
            yield False, ""
        yield True, paragraph
    yield from shown(layout.below)
    if layout.blank:
        yield False, ""


def _words(told: Told, at: datetime, number: int) -> dict[str, str]:
    """What the placeholders stand for."""
    half = "ap"[at.hour >= 12]
    twelve = f"{at.hour % 12 or 12}:{at.minute:02d}"
    by = " and ".join(told.authors)
    return {
        "title": told.title, "TITLE": told.title.upper(), "by": by, "BY": by.upper(), "first": (*told.authors, "")[0],
        "name": (*told.authors, "Jo Park")[0],
        "place": told.place, "h24": f"{at:%H:%M}", "h24h": f"{at:%Hh%M}", "dot": f"{at:%H.%M}",
        "h12": f"{twelve} {half}.m.",
        "am": f"{twelve} {half}m", "AM": f"{twelve} {half.upper()}M", "ago": str(3 + 7 * number), "day": str(at.day),
        "n": str(number + 1), "p": told.paragraphs[0],
    }  # fmt: skip
