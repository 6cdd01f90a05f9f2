"""npm packages pinned below → the front-end parts that the package ships. Needs npm; run it only to change a version.

python scripts/frontend.py
"""

from __future__ import annotations

import base64
import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "src/onrecord/server/static/vendor"


@dataclass(frozen=True)
class Part:
    """A package with its checksum and the files of it that we ship."""

    name: str
    version: str
    integrity: str
    files: tuple[str, ...]
    why: str


PARTS = (
    Part(
        "htmx.org",
        "2.0.11",
        "sha512-Thx/WtpeOQqSrqBCw/A1cwGJGg4UrVa3+sW0GmrM3p4gJgO89ecH4qtbnyzDDWFvBTqjnIMCgELTNt636dtamA==",
        ("dist/htmx.min.js",),
        "parts of the page come without loading it anew",
    ),
    Part(
        "leaflet",
        "1.9.4",
        "sha512-nxS1ynzJOmOlHp+iL3FyWqK89GtNL8U8rvlMOsQdTTssxZwCXh8N2NB3GDQOL+YR3XnWyZAxwQixURb+FA74PA==",
        ("dist/leaflet.js", "dist/leaflet.css"),
        "the map that can be moved, loaded when it is opened",
    ),
    Part(
        "uplot",
        "1.6.32",
        "sha512-KIMVnG68zvu5XXUbC4LQEPnhwOxBuLyW1AHtpm6IKTXImkbLgkMy+jabjLgSLMasNuGGzQm/ep3tOkyTxpiQIw==",
        ("dist/uPlot.iife.min.js", "dist/uPlot.min.css"),
        "charts of figures over time, loaded when opened",
    ),
)


def main() -> int:
    VENDOR.mkdir(parents=True, exist_ok=True)
    for part in PARTS:
        fetch(part)
    shipped = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(VENDOR.iterdir())
        if path.name != "parts.json"
    }
    about = [{"name": p.name, "version": p.version, "integrity": p.integrity} for p in PARTS]
    (VENDOR / "parts.json").write_text(json.dumps({"parts": about, "sha256": shipped}, indent=1) + "\n")
    return 0


def fetch(part: Part) -> None:
    """Pack the pinned version, check it, and take our files out of it with its licence."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            ["npm", "pack", "--silent", f"{part.name}@{part.version}"], cwd=folder, check=True, capture_output=True
        )
        (archive,) = Path(folder).glob("*.tgz")
        found = "sha512-" + base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
        if found != part.integrity:
            raise SystemExit(f"{part.name}@{part.version}: its checksum is {found}, not the pinned one")
        with tarfile.open(archive) as packed:
            for name in (*part.files, "LICENSE"):
                member = packed.extractfile(f"package/{name}")
                assert member is not None
                target = f"LICENSE.{part.name}" if name == "LICENSE" else Path(name).name
                (VENDOR / target).write_bytes(member.read())


if __name__ == "__main__":
    sys.exit(main())
