"""Events → how their figures went over time, drawn on the server and as data for a chart in the browser."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

from onrecord.model import Event, Figure, Telling, number
from onrecord.pages.words import figure_words, moment_words

MOST = 24
"""Charts on a page."""
WIDTH, HEIGHT, EDGE = 640, 200, 34


@dataclass(frozen=True, slots=True)
class Point:
    """A figure that somebody gave at a time."""

    at: datetime
    low: float
    high: float
    words: str
    who: str
    outlet: str
    event: str
    statement: str

    def to_dict(self) -> dict[str, object]:
        """For the chart in the browser."""
        return {
            "t": int(self.at.timestamp()), "low": number(self.low), "high": number(self.high), "words": self.words,
            "who": self.who, "outlet": self.outlet, "href": f"/event/{self.event}#{self.statement}",
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Chart:
    """One figure of one event over time."""

    what: str
    event: str
    headline: str
    points: Sequence[Point]
    svg: Markup


def charts(events: Iterable[Event], zone: ZoneInfo) -> list[Chart]:
    """Figures that were given at two times at least, those with most voices first."""
    found = []
    for event in events:
        for what, points in _points(event).items():
            if len({p.at for p in points}) > 1:
                found.append((len({p.who for p in points}), len(points), what, event, points))
    found.sort(key=lambda f: (-f[0], -f[1], f[3].id, f[2]))
    return [
        Chart(figure_words(what), e.id, e.headline, points, _svg(figure_words(what), points, zone))
        for what, e, points in islice(_each_once((what, e, points) for _, _, what, e, points in found), MOST)
    ]


def _each_once(charts: Iterable[tuple[str, Event, list[Point]]]) -> Iterator[tuple[str, Event, list[Point]]]:
    """Without those that show nothing but points of one before: an event and its part may tell the same."""
    shown: defaultdict[str, list[set[object]]] = defaultdict(list)
    for what, event, points in charts:
        marks: set[object] = {(p.at, p.low, p.high) for p in points}
        if not any(marks <= others for others in shown[what]):
            shown[what].append(marks)
            yield what, event, points


def _points(event: Event) -> dict[str, list[Point]]:
    out: defaultdict[str, dict[tuple[datetime, float, str], Point]] = defaultdict(dict)
    for telling in sorted((t for t in event.tellings if t.time), key=lambda t: (str(t.time), t.id)):
        for figure in telling.figures:
            if figure.same_as is None:
                point = _point(event, telling, figure)
                out[figure.what].setdefault((point.at, point.low, point.who), point)
    return {what: list(points.values()) for what, points in out.items()}


def _point(event: Event, telling: Telling, figure: Figure) -> Point:
    assert telling.time is not None
    speaker = telling.statement.speaker
    high = figure.value if figure.value_max is None else figure.value_max
    who = speaker.name.removeprefix("unnamed: ") if speaker else telling.outlet
    words = " ".join(figure.span.text.split())
    return Point(telling.time, figure.value, high, words, who, telling.outlet, event.id, telling.statement.id)


def _svg(what: str, points: Sequence[Point], zone: ZoneInfo) -> Markup:
    """Points with a line between them and their words; every point leads to its evidence."""
    first, last = points[0].at.timestamp(), points[-1].at.timestamp()
    top = max(max(p.high for p in points), 1.0)
    wide = (WIDTH - 2 * EDGE) / max(last - first, 1.0)

    def x(point: Point) -> float:
        return round(EDGE + (point.at.timestamp() - first) * wide, 1)

    def y(value: float) -> float:
        return round(HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * value / top, 1)

    path = " ".join(f"{'L' if n else 'M'}{x(p)} {y(p.low)}" for n, p in enumerate(points))
    parts = [f'<path class="axis" d="M{EDGE} {HEIGHT - EDGE}H{WIDTH - EDGE}"/><path class="run" d="{path}"/>']
    for p in points:
        title = f"{p.words}: {p.who}, {p.outlet}, {moment_words(p.at, zone)}"
        bar = f'<path class="range" d="M{x(p)} {y(p.low)}V{y(p.high)}"/>' if p.high > p.low else ""
        parts.append(
            f'<a href="/event/{escape(p.event)}#{escape(p.statement)}"><title>{escape(title)}</title>{bar}'
            f'<circle cx="{x(p)}" cy="{y(p.low)}" r="6"/>'
            f'<text x="{x(p)}" y="{y(p.high) - 10}" text-anchor="middle">{number(p.low):,}</text></a>'
        )
    for point, anchor in ((points[0], "start"), (points[-1], "end")):
        at = EDGE if anchor == "start" else WIDTH - EDGE
        parts.append(
            f'<text class="when" x="{at}" y="{HEIGHT - 10}" text-anchor="{anchor}">'
            f"{escape(moment_words(point.at, zone))}</text>"
        )
    label = f"{what} over time, {len(points)} figures"
    svg = f'<svg class="chart" viewBox="0 0 {WIDTH} {HEIGHT}" role="group" aria-label="{escape(label)}">'
    return Markup(svg + "".join(parts) + "</svg>")  # noqa: S704 - made of numbers and escaped words
