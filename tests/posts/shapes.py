"""Parts that live pages are made of → plain-text pages of hundreds of shapes, each with its posts known.

A shape says in which order a post shows headline, author, time and text, how the time is written, what furniture stands
where and where blank lines do. For how many shapes are read exactly: python -m tests.posts.shapes [COUNT [SEED]]
"""

from __future__ import annotations

import random
import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import cycle
from pathlib import Path

from onrecord import posts
from onrecord.model import Capture, Hints, Page

PARTS = tomllib.loads((Path(__file__).parent / "shapes.toml").read_text(encoding="utf-8"))
ORDERS: list[str] = PARTS["orders"]
LATEST = datetime(2031, 3, 1, 14, 32, tzinfo=UTC)
"""When the newest post of every page was written: a Saturday."""


def _half(when: datetime) -> str:
    return f"{when.hour % 12 or 12}:{when.minute:02}"


def _ap(when: datetime) -> str:
    return "pm" if when.hour >= 12 else "am"


CLOCKS: dict[str, Callable[[datetime], str]] = {
    "24": lambda t: f"{t:%H:%M}",
    "dot": lambda t: f"{t:%H.%M}",
    "gmt": lambda t: f"{t:%H:%M} GMT",
    "dot gmt": lambda t: f"{t:%H.%M} GMT",
    "zone in brackets": lambda t: f"{t:%H:%M} (GMT)",
    "h": lambda t: f"{t.hour}h{t.minute:02}",
    "hrs": lambda t: f"{t:%H:%M} hrs",
    "four": lambda t: f"{t:%H%M} GMT",
    "pm": lambda t: f"{_half(t)}{_ap(t)}",
    "dot pm": lambda t: f"{_half(t).replace(':', '.')}{_ap(t)}",
    "p.m.": lambda t: f"{_half(t)} {_ap(t)[0]}.m.",
    "PM": lambda t: f"{_half(t)} {_ap(t).upper()}",
    "PM GMT": lambda t: f"{_half(t)} {_ap(t).upper()} GMT",
    "brackets": lambda t: f"({t:%H:%M})",
    "square": lambda t: f"[{t:%H:%M}]",
    "at": lambda t: f"At {t:%H:%M}",
    "posted at": lambda t: f"Posted at {t:%H:%M}",
    "published at": lambda t: f"published at {t:%H:%M} GMT",
    "live": lambda t: f"LIVE {t:%H:%M}",
    "today": lambda t: f"Today, {t:%H:%M}",
    "weekday": lambda t: f"{t:%a} {t:%H:%M}",
    "weekday after": lambda t: f"{_half(t)} {_ap(t)} {t:%A}",
    "day month": lambda t: f"{t.day} March 2031 {t:%H:%M}",
    "day month at": lambda t: f"{t.day} Mar 2031 at {t:%H:%M}",
    "day month stroke": lambda t: f"{t:%H:%M} | {t.day} March",
    "dash day": lambda t: f"{t:%H:%M} - {t.day} Mar 2031",
    "month day": lambda t: f"March {t.day}, 2031, {_half(t)} {_ap(t)[0]}.m.",
    "month day short": lambda t: f"Mar {t.day}, {_half(t)} {_ap(t).upper()}",
    "month day last": lambda t: f"{_half(t)} {_ap(t).upper()}, Mar {t.day}",
    "weekday day": lambda t: f"{t:%a} {t.day} Mar 2031 {t:%H.%M} GMT",
    "iso": lambda t: f"{t:%Y-%m-%d %H:%M}",
    "iso t": lambda t: f"{t:%Y-%m-%dT%H:%MZ}",
    "slashes": lambda t: f"{t:%d/%m/%Y %H:%M}",
    "points": lambda t: f"{t:%d.%m.%Y} {t:%H:%M}",
    "ago and clock": lambda t: f"{_ago(t)} {t:%H.%M} GMT",
    "ago glued": lambda t: f"{_ago(t)}{t:%H.%M} GMT",
    "clock and ago": lambda t: f"{t:%H:%M} ({_ago(t)})",
    "bold": lambda t: f"**{t:%H:%M}**",
    "bullet": lambda t: f"• {t:%H:%M}",
    "colon": lambda t: f"{t:%H:%M}:",
}
"""Ways to write a time."""

ODD = ("bold", "bullet", "colon", "live", "at", "iso t")
LABELLED = ("posted at", "published at", "colon", "at", "today", "weekday after", "day month stroke", "live")
AGOS: dict[str, Callable[[datetime], str]] = {
    "ago": lambda t: _ago(t),
    "ago long": lambda t: f"{int((LATEST - t).total_seconds() // 60)} minutes ago",
    "ago short": lambda t: f"{int((LATEST - t).total_seconds() // 60)} min ago",
}
"""Ways to say how long ago a post was written: no time can be told from them alone."""


def _ago(when: datetime) -> str:
    minutes = int((LATEST - when).total_seconds() // 60)
    return f"{minutes}m ago" if minutes < 60 else f"{minutes // 60}h ago"


BLANKS = ("none", "all", "posts", "two", "double")
"""Where blank lines stand: nowhere, between all lines, between posts, also two between posts, two everywhere."""
MESSES = ("none", "none", "pictures", "lists", "gaps", "tweets", "teasers", "cut")
"""What makes pages less even: pictures or lists in posts, posts without headline or author, a page cut off."""


@dataclass(frozen=True)
class Shape:
    """How a page is composed."""

    order: str = "T H X"
    clock: str = "24"
    byline: str = "by"
    head: str = "headline"
    between: str = "none"
    foot: str = "none"
    blanks: str = "all"
    count: int = 5
    paragraphs: str = "varied"
    oldest_first: bool = False
    mess: str = "none"
    seed: int = 0

    def factors(self) -> Iterator[tuple[str, str]]:
        """Each choice made, for counting what goes wrong."""
        for key, value in vars(self).items():
            if (
                key != "seed"
                and not (key == "clock" and "T" not in self.order)
                and not (key == "byline" and "B" not in self.order)
            ):
                yield key, str(value)


@dataclass(frozen=True)
class Known:
    """What is known of a post: the line it begins at, counted from 0, and what it prints."""

    line: int
    time: str | None
    author: str | None
    title: str | None


@dataclass
class Made:
    """A page and its posts."""

    text: str = ""
    known: list[Known] = field(default_factory=list)


def shapes(count: int, seed: int = 0) -> list[Shape]:
    """So many shapes that a reader could make sense of, each choice made by lot; all orders come as often."""
    lot = random.Random(seed)
    out: list[Shape] = []
    for order in cycle(ORDERS):
        if len(out) == count:
            break
        joined = [part for part in order.split() if "T" in part and len(part) > 1]
        shape = Shape(
            order=order,
            clock=lot.choice([*CLOCKS, *(() if joined else AGOS)]),
            byline=lot.choice([*PARTS["bylines"]]),
            head=lot.choice([*PARTS["heads"]]),
            between=lot.choice([*PARTS["between"]]),
            foot=lot.choice([*PARTS["feet"]]),
            blanks=lot.choice(BLANKS),
            count=lot.choice((3, 4, 5, 8)),
            paragraphs=lot.choice(("one", "varied", "varied")),
            oldest_first=lot.random() < 0.25,
            mess=lot.choice(MESSES),
            seed=lot.randrange(1_000_000),
        )
        if sensible(shape):
            out.append(shape)
    return out


def sensible(shape: Shape) -> bool:
    """Whether a reader could tell the posts of a page of that shape apart, and no other page looks so."""
    order, clock = shape.order, shape.clock
    timed, joined = "T" in order, "BT" in order or "TB" in order
    if shape.mess == "gaps" and (not timed or order in ("H T X", "H T B X", "H B T X", "H TB X")):
        return False
    if timed and clock in ODD and order not in ("T X", "T H X", "T H B X", "T-X", "T L H X"):
        return False
    if "-" in order or ":" in order:
        return clock not in LABELLED and clock != "iso t"
    if "B" in order and not joined and shape.byline == "dash":
        return order.endswith("B")
    if joined and shape.byline in ("dash", "place", "by place", "from", "reporting", "two", "role"):
        return False
    if shape.mess == "cut" and order.endswith("T"):
        return False
    return order not in ("H X", "H X B", "B X", "X T", "X BT") or shape.head not in ("article", "welcome", "standfirst")


def made(shape: Shape) -> Made:
    """The page of a shape."""
    lot = random.Random(shape.seed)
    told = lot.sample(PARTS["story"], shape.count)
    times = [LATEST - timedelta(minutes=9)]
    while len(times) < shape.count:
        times.append(times[-1] - timedelta(minutes=lot.choice((4, 7, 12, 23, 31))))
    if shape.oldest_first:
        times.reverse()
    out = _Writer(shape, lot)
    out.page(PARTS["heads"][shape.head])
    for n, (story, when) in enumerate(zip(told, times, strict=True)):
        body = story["body"][:1] if shape.paragraphs == "one" else story["body"][: lot.choice((1, 2, 3, 3))]
        out.post(story["title"], body, when, whole=not 0 < n < shape.count - 1)
        out.page(PARTS["between"][shape.between])
    if shape.mess != "cut":
        out.page(PARTS["feet"][shape.foot])
    return out.done()


class _Writer:
    """Lines as they are written."""

    def __init__(self, shape: Shape, lot: random.Random) -> None:
        self.shape = shape
        self.lot = lot
        self.rows: list[tuple[str, str]] = []
        self.known: list[tuple[int, Known]] = []

    def page(self, lines: Sequence[str]) -> None:
        self.rows += [(line, "page") for line in lines]

    def post(self, title: str, body: Sequence[str], when: datetime, whole: bool) -> None:
        """A post; one that is not `whole` may lack its headline or its author."""
        shape, lot = self.shape, self.lot
        clock = (CLOCKS | AGOS)[shape.clock](when) if "T" in shape.order else ""
        pattern = PARTS["bylines"][shape.byline]
        name = lot.choice(PARTS["people"])
        byline = pattern.replace("{^}", name.upper()).format(name)
        lacking = lot.choice("HB") if shape.mess == "gaps" and not whole and lot.random() < 0.5 else ""
        parts = [part for part in shape.order.split() if part != lacking]
        shown = {
            "T": clock, "H": title, "B": byline, "L": lot.choice(PARTS["labels"]), "BT": f"{byline} {clock}",
            "TB": f"{clock} {byline}", "T-X": f"{clock} - {body[0]}", "T-H": f"{clock} - {title}",
            "H-T": f"{title} - {clock}", "T:H": f"{clock}: {title}",
        }  # fmt: skip
        first = len(self.rows)
        for part in parts:
            lines = self._body(body) if part == "X" else [shown[part], *(body[1:] if part == "T-X" else ())]
            self.rows += [(line, "post") for line in lines]
        is_clock = shape.clock in CLOCKS and "T" in shape.order
        signed = any("B" in part for part in parts)
        author = f"{name}, Jo Park" if shape.byline == "two" else name
        titled = any("H" in part for part in parts)
        time = f"{when:%Y-%m-%dT%H:%M}" if is_clock else None
        self.known.append((first, Known(0, time, author if signed else None, title if titled else None)))

    def _body(self, body: Sequence[str]) -> list[str]:
        extra: list[str] = PARTS["extras"].get(self.shape.mess, [])
        return [body[0], *extra, *body[1:]] if extra and self.lot.random() < 0.5 else [*body]

    def done(self) -> Made:
        out = Made()
        firsts = {first for first, _ in self.known}
        lines: list[str] = []
        places = []
        for at, (row, _) in enumerate(self.rows):
            if at:
                gap = {"none": 0, "all": 1, "posts": int(at in firsts), "two": 1 + (at in firsts), "double": 2}
                lines += [""] * gap[self.shape.blanks]
            places.append(len(lines))
            lines.append(row)
        out.text = "\n".join(lines) + "\n"
        if self.shape.mess == "cut":
            out.text = out.text[: -self.lot.choice((8, 20, 31))]
        out.known = [replace(known, line=places[first]) for first, known in self.known]
        return out


def read(text: str) -> Page:
    """The page as it is read, its day given."""
    hints = Hints(outlet="Gazette", published=LATEST.replace(hour=0, minute=0), tz="UTC")
    return posts.read(Capture("page.txt", text.encode(), "0", LATEST, hints))


def wrong(shape: Shape) -> list[str]:
    """What is read otherwise than it was made."""
    known = made(shape)
    page = read(known.text)
    assert page.text is not None
    found = {page.text.count("\n", 0, p.start): p for p in page.posts}
    out = [f"border {one.line} missed" for one in known.known if one.line not in found]
    out += [f"border {line} extra" for line in found if line not in {one.line for one in known.known}]
    for one in known.known:
        post = found.get(one.line)
        if post is None:
            continue
        time = f"{post.time.astimezone(UTC):%Y-%m-%dT%H:%M}" if post.time else None
        agos = shape.clock in AGOS and "T" in shape.order
        for key, was, is_ in (
            ("time", time if agos else one.time, time),
            ("author", one.author, post.author),
            ("title", one.title, post.title),
        ):
            if was != is_:
                out.append(f"{key} of {one.line}: {was} read as {is_}")
    return out


def main() -> None:
    """Print how many shapes are read exactly, and what goes wrong most."""
    count, seed = (int(a) for a in (*sys.argv[1:3], *("600", "1")[len(sys.argv[1:3]) :]))
    every = shapes(count, seed)
    bad = {s: found for s in every if (found := wrong(s))}
    print(f"{len(every) - len(bad)} of {len(every)} shapes read exactly: {1 - len(bad) / len(every):.3f}")
    tried, failed = Counter(f for s in every for f in s.factors()), Counter(f for s in bad for f in s.factors())
    for factor in sorted(tried, key=lambda f: (f[0], -failed[f] / tried[f])):
        if failed[factor]:
            print(f"{failed[factor]:4} of {tried[factor]:4}  {factor[0]} = {factor[1]}")


if __name__ == "__main__":
    main()
