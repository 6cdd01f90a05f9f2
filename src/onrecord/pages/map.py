"""Spots with a weight → an SVG map drawn on the server, without any service: land, boundary lines, points, labels.

Lines are Natural Earth's; the disputed ones are dashed. No country is derived from them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from itertools import accumulate
from typing import NamedTuple, Self

import orjson
from markupsafe import Markup, escape

WIDTH, HEIGHT = 520, 380
MARGIN = 20.0
NEAR_KM = 1_200
LEAST_DEGREES = 1.6

Line = list[tuple[float, float]]
"""(longitude, latitude) pairs."""


class Boxed(NamedTuple):
    """A line with the box around it."""

    line: Line
    south: float
    west: float
    north: float
    east: float

    @classmethod
    def of(cls, line: Line) -> Self:
        """With its box."""
        lons, lats = [p[0] for p in line], [p[1] for p in line]
        return cls(line, min(lats), min(lons), max(lats), max(lons))


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the map."""

    name: str
    lat: float
    lon: float
    weight: float
    """Its circle's area grows with it."""
    href: str = ""
    title: str = ""
    radius_km: float | None = None
    """How uncertain the spot is; drawn as a ring when it matters at the map's scale."""


@dataclass(frozen=True)
class Frame:
    """What part of the world is drawn, and how."""

    south: float
    west: float
    north: float
    east: float

    @cached_property
    def squeeze(self) -> float:
        """Degrees of longitude are shorter than those of latitude by this factor (equirectangular projection)."""
        return max(0.2, math.cos(math.radians((self.south + self.north) / 2)))

    @cached_property
    def scale(self) -> float:
        """Pixels a degree of latitude."""
        return min(HEIGHT / (self.north - self.south), WIDTH / ((self.east - self.west) * self.squeeze))

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        """Pixels from the top left."""
        return self.spots([(lon, lat)])[0]

    def spots(self, line: Line) -> list[tuple[float, float]]:
        """The same of each of a line's points."""
        lon, lat = (self.west + self.east) / 2, (self.south + self.north) / 2
        squeeze, scale = self.squeeze, self.scale
        left, top = WIDTH / 2, HEIGHT / 2
        return [(round(left + (x - lon) * squeeze * scale, 1), round(top - (y - lat) * scale, 1)) for x, y in line]


def story_map(spots: Sequence[Spot]) -> tuple[Markup | None, tuple[Spot, ...]]:
    """The map of the story's main area, and the spots that lie far outside it; (None, ()) without spots."""
    if not spots:
        return None, ()
    centre = middle(spots)
    near: list[Spot] = []
    far: list[Spot] = []
    for spot in spots:
        (near if km(spot.lat, spot.lon, *centre) <= NEAR_KM else far).append(spot)
    return draw(near), tuple(far)


def middle(spots: Sequence[Spot]) -> tuple[float, float]:
    """The spot with most weight around it: a mode, so that one far place does not pull the map away."""

    def around(spot: Spot) -> float:
        return sum(s.weight / (100 + km(spot.lat, spot.lon, s.lat, s.lon)) for s in spots)

    best = max(spots, key=lambda s: (around(s), s.name))
    return best.lat, best.lon


def draw(spots: Sequence[Spot]) -> Markup:
    """The SVG of these spots with land and lines around them."""
    frame = framed(spots)
    parts = [
        f'<svg class="map" viewBox="0 0 {WIDTH} {HEIGHT}" role="group" aria-label="Map of {len(spots)} places">',
        f'<rect class="sea" width="{WIDTH}" height="{HEIGHT}"/>',
        f'<path class="land" d="{paths(frame, boxed_land(), closed=True)}"/>',
        *drawn_borders(frame),
        *points(frame, spots),
        scale_bar(frame),
        "</svg>",
    ]
    return Markup("".join(parts))  # noqa: S704 - every name in it is escaped in `points`


def framed(spots: Sequence[Spot]) -> Frame:
    """A frame around the spots with a margin, of the picture's proportions and not smaller than `LEAST_DEGREES`."""
    south, north = min(s.lat for s in spots), max(s.lat for s in spots)
    west, east = min(s.lon for s in spots), max(s.lon for s in spots)
    tall = max(LEAST_DEGREES, (north - south) * 1.3)
    wide = max(LEAST_DEGREES, (east - west) * 1.35)
    lat, lon = (south + north) / 2, (west + east) / 2
    return Frame(lat - tall / 2, lon - wide / 2, lat + tall / 2, lon + wide / 2)


def paths(frame: Frame, lines: Iterable[Boxed], *, closed: bool) -> str:
    """An SVG path of the lines that come near the frame."""
    out = []
    for line in lines:
        if not touches(frame, line):
            continue
        spots = frame.spots(line.line)
        kept = cropped(spots) if closed else clipped(spots)
        if len(kept) > 1:
            out.append("M" + "L".join(f"{x:g},{y:g}" for x, y in thinned(kept)) + ("Z" if closed else ""))
    return "".join(out)


def touches(frame: Frame, line: Boxed) -> bool:
    """Whether the line's box meets what the picture shows."""
    lat, lon = (frame.south + frame.north) / 2, (frame.west + frame.east) / 2
    tall, wide = 0.55 * HEIGHT / frame.scale, 0.55 * WIDTH / (frame.scale * frame.squeeze)
    return line.east > lon - wide and line.west < lon + wide and line.north > lat - tall and line.south < lat + tall


def clipped(spots: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """The spots of an open line in or near the picture, with one outside at each end."""
    inside = [-MARGIN < x < WIDTH + MARGIN and -MARGIN < y < HEIGHT + MARGIN for x, y in spots]
    return [
        spot
        for i, spot in enumerate(spots)
        if inside[i] or (i and inside[i - 1]) or (i + 1 < len(spots) and inside[i + 1])
    ]


def cropped(spots: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """A ring cut to the picture and its margin (Sutherland and Hodgman 1974), one edge after the other."""
    for axis, edge, sign in ((0, -MARGIN, 1), (0, WIDTH + MARGIN, -1), (1, -MARGIN, 1), (1, HEIGHT + MARGIN, -1)):
        if all(sign * (spot[axis] - edge) >= 0 for spot in spots):
            continue
        out: list[tuple[float, float]] = []
        for here, there in zip(spots, spots[1:] + spots[:1], strict=True):
            a, b = sign * (here[axis] - edge), sign * (there[axis] - edge)
            if a >= 0:
                out.append(here)
            if (a >= 0) != (b >= 0):
                share = a / (a - b)
                x, y = here[0] + share * (there[0] - here[0]), here[1] + share * (there[1] - here[1])
                out.append((round(x, 1), round(y, 1)))
        spots = out
    return spots


def thinned(spots: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Without spots nearer than a pixel to the last kept one."""
    out = spots[:1]
    for x, y in spots[1:]:
        if abs(out[-1][0] - x) + abs(out[-1][1] - y) >= 1:
            out.append((x, y))
    return out


def drawn_borders(frame: Frame) -> list[str]:
    """Boundary lines: undisputed, then disputed."""
    plain, doubtful = boxed_borders()
    return [
        f'<path class="border" d="{paths(frame, plain, closed=False)}"/>',
        f'<path class="border disputed" d="{paths(frame, doubtful, closed=False)}"/>',
    ]


@cache
def boxed_land() -> tuple[Boxed, ...]:
    """Rings of land."""
    return tuple(map(Boxed.of, land()))


@cache
def boxed_borders() -> tuple[tuple[Boxed, ...], tuple[Boxed, ...]]:
    """(boundary lines, disputed ones)."""
    parts = [part for between, line in boundary_lines() for part in parted(between, line)]
    plain, doubtful = ([Boxed.of(line) for line, disputed in parts if disputed is wanted] for wanted in (False, True))
    return tuple(plain), tuple(doubtful)


@cache
def shapes() -> bytes:
    """Land, boundary lines and disputed ones as JSON, for a map that moves: lists of (longitude, latitude) pairs."""
    plain, doubtful = ([boxed.line for boxed in lines] for lines in boxed_borders())
    return orjson.dumps({"land": land(), "borders": plain, "disputed": doubtful})


def parted(between: tuple[str, str], line: Line) -> list[tuple[Line, bool]]:
    """The line cut where a dispute begins and ends."""
    boxes = disputes().get(between)
    if boxes is None:
        return [(line, False)]
    marks = [any(s <= lat <= n and w <= lon <= e for s, w, n, e in boxes) for lon, lat in line]
    out: list[tuple[Line, bool]] = []
    start = 0
    for i in range(1, len(line) + 1):
        if i == len(line) or marks[i] != marks[start]:
            out.append((line[max(0, start - 1) : i], marks[start]))
            start = i
    return out


def points(frame: Frame, spots: Sequence[Spot]) -> list[str]:
    """Circles, heaviest last, with labels where there is room."""
    taken: list[tuple[float, float, float, float]] = []
    labels, circles = [], []
    for spot in sorted(spots, key=lambda s: (-s.weight, s.name)):
        x, y = frame.at(spot.lon, spot.lat)
        size = round(4 + 2.6 * math.sqrt(spot.weight), 1)
        ring = (spot.radius_km or 0) / 111 * frame.scale
        halo = f'<circle class="doubt" cx="{x}" cy="{y}" r="{min(ring, 160):.0f}"/>' if ring > 3 * size else ""
        title = f"<title>{escape(spot.title or spot.name)}</title>"
        circle = f'{halo}<circle class="spot" cx="{x}" cy="{y}" r="{size}">{title}</circle>'
        circles.append(f'<a href="{escape(spot.href)}">{circle}</a>' if spot.href else circle)
        if box := free(taken, x, y, size, len(spot.name)):
            taken.append(box)
            labels.append(f'<text x="{box[0] + 2:g}" y="{box[3] - 4:g}">{escape(spot.name)}</text>')
    return [*reversed(circles), *labels]


def free(
    taken: list[tuple[float, float, float, float]], x: float, y: float, size: float, letters: int
) -> tuple[float, float, float, float] | None:
    """A box for a label right, left, above or below the circle that meets no other; None when all are taken."""
    wide, tall = 7.2 * letters + 4, 16.0
    for left, top in (
        (x + size + 2, y - 8), (x - size - wide - 2, y - 8),
        (x - wide / 2, y - size - tall - 2), (x - wide / 2, y + size + 2),
    ):  # fmt: skip
        box = (left, top, left + wide, top + tall)
        inside = left > 2 and top > 2 and box[2] < WIDTH - 2 and box[3] < HEIGHT - 2
        if inside and all(box[2] < b[0] or box[0] > b[2] or box[3] < b[1] or box[1] > b[3] for b in taken):
            return box
    return None


def scale_bar(frame: Frame) -> str:
    """A bar of a round number of kilometres."""
    per_km = frame.scale / 111.2
    length = max((n for n in (5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000) if n * per_km <= WIDTH / 4), default=5)
    wide, y = round(length * per_km), HEIGHT - 14
    return f'<g class="scale"><path d="M14,{y}h{wide}"/><text x="14" y="{y - 5}">{length} km</text></g>'


def km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance (haversine)."""
    a, b = math.radians(lat1), math.radians(lat2)
    h = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(h)))


@cache
def _atlas() -> tuple[tuple[Line, ...], tuple[tuple[tuple[str, str], Line], ...]]:
    stored = orjson.loads(resources.files("onrecord").joinpath("data/land.json").read_bytes())
    scale = stored["scale"]

    def line(steps: list[int]) -> Line:
        xs, ys = accumulate(steps[::2]), accumulate(steps[1::2])
        return [(x / scale, y / scale) for x, y in zip(xs, ys, strict=True)]

    lines = tuple(((b["between"][0], b["between"][1]), line(b["line"])) for b in stored["borders"])
    return tuple(line(ring) for ring in stored["land"]), lines


def land() -> tuple[Line, ...]:
    """Rings of land."""
    return _atlas()[0]


def boundary_lines() -> tuple[tuple[tuple[str, str], Line], ...]:
    """Lines between two countries, with their names."""
    return _atlas()[1]


@cache
def disputes() -> dict[tuple[str, str], tuple[tuple[float, float, float, float], ...]]:
    """Pair of names → boxes (south, west, north, east) in which their line is disputed."""
    out: dict[tuple[str, str], tuple[tuple[float, float, float, float], ...]] = {}
    text = resources.files("onrecord").joinpath("data/disputed.tsv").read_text(encoding="utf-8")
    for row in text.splitlines():
        if row and not row.startswith("#"):
            first, second, south, west, north, east, _ = row.split("\t")
            box = (float(south or -90), float(west or -180), float(north or 90), float(east or 180))
            out[first, second] = (*out.get((first, second), ()), box)
    return out
