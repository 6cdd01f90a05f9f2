"""world-atlas (Natural Earth, 1:50 million) → src/onrecord/data/land.json: coast lines and boundary lines for the map.

    npm pack world-atlas && tar xzf world-atlas-2.0.2.tgz
    python scripts/make_land.py package/countries-50m.json

Coordinates are rounded to 0.01° and written as differences in hundredths of a degree. A line between two countries is
kept apart from coasts, with its two countries, so that `disputed.tsv` can mark it. No country is ever derived from it.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

OUT = Path(__file__).resolve().parent.parent / "src/onrecord/data/land.json"
SCALE = 100
CODES = {
    "W. Sahara": "EH",
    "Somaliland": "XS",
    "Kosovo": "XK",
    "N. Cyprus": "XN",
    "Palestine": "PS",
    "Siachen Glacier": "XG",
}

Point = tuple[int, int]


def main(source: Path) -> None:
    atlas = json.loads(source.read_text())
    arcs = [absolute(arc, atlas["transform"]) for arc in atlas["arcs"]]
    users: dict[int, set[str]] = {}
    for country in atlas["objects"]["countries"]["geometries"]:
        name = country["properties"]["name"]
        for number in flat(country.get("arcs", [])):
            users.setdefault(number if number >= 0 else ~number, set()).add(name)
    rings = [ring(numbers, arcs) for numbers in land_rings(atlas["objects"]["land"]["geometries"])]
    borders = [(sorted(names), arcs[number]) for number, names in sorted(users.items()) if len(names) == 2]
    out = {
        "source": "Natural Earth 1:50m through world-atlas 2.0.2; public domain",
        "scale": SCALE,
        "land": (drawn := [differences(points) for points in rings if worth(points)]),
        "borders": [{"between": names, "line": differences(points)} for names, points in borders],
    }
    OUT.write_text(json.dumps(out, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{len(drawn)} rings, {len(borders)} borders, {OUT.stat().st_size // 1000} kB")


def absolute(arc: list[list[int]], transform: dict[str, list[float]]) -> list[Point]:
    """A quantised, delta-coded TopoJSON arc as hundredths of a degree."""
    (sx, sy), (tx, ty) = transform["scale"], transform["translate"]
    x = y = 0
    out: list[Point] = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        point = (round((x * sx + tx) * SCALE), round((y * sy + ty) * SCALE))
        if not out or out[-1] != point:
            out.append(point)
    return out


def flat(nested: list[Any]) -> list[int]:
    todo: list[Any] = [nested]
    out: list[int] = []
    while todo:
        item = todo.pop()
        if isinstance(item, int):
            out.append(item)
        else:
            todo.extend(item)
    return out


def land_rings(geometries: list[dict[str, Any]]) -> list[list[int]]:
    out = []
    for geometry in geometries:
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        out += [numbers for polygon in polygons for numbers in polygon]
    return out


def ring(numbers: list[int], arcs: list[list[Point]]) -> list[Point]:
    out: list[Point] = []
    for number in numbers:
        points = arcs[number] if number >= 0 else arcs[~number][::-1]
        out += points[1:] if out and points and out[-1] == points[0] else points
    return out


def worth(points: list[Point]) -> bool:
    """Islands under about 8 km are left out."""
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return max(max(xs) - min(xs), max(ys) - min(ys)) >= 8


def differences(points: list[Point]) -> list[int]:
    out: list[int] = []
    x = y = 0
    for px, py in points:
        out += [px - x, py - y]
        x, y = px, py
    return out


if __name__ == "__main__":
    main(Path(sys.argv[1]))
