"""The example story's pages → the pictures of the docs, taken with a Chromium that is on the machine.

.venv/bin/python scripts/screenshots.py
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs/images"
EXAMPLE = ROOT / "examples/lagen/pages.csv"
LIVE = {
    "live": ("/", 1200, 1300, ()),
    "live-phone": ("/", 390, 844, ("--force-dark-mode",)),
    "map": ("/map", 900, 900, ()),
}
SHOTS = {"page": (1200, 1150, ()), "phone": (390, 844, ()), "dark": (1200, 1150, ("--force-dark-mode",))}
QUIET = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--hide-scrollbars",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
]


def main() -> int:
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        print("needs Chromium on the path (Debian: apt install chromium)", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        command = [sys.executable, "-c", "from onrecord.cli import main; main()", "demo", "--out", folder]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        for name, (wide, tall, more) in SHOTS.items():
            shoot(browser, (out / "index.html").as_uri(), IMAGES / f"{name}.png", wide, tall, more)
        serve(browser, out / "story.db")
    return 0


def serve(browser: str, record: Path) -> None:
    """Pictures of the live page, served from a record of the example story."""
    onrecord = [sys.executable, "-c", "from onrecord.cli import main; main()"]
    setup = ["--title", "Flood in Gudbrandsdalen", "--tz", "Europe/Oslo", "--countries", "NO"]
    subprocess.run([*onrecord, "init", str(record), *setup], check=True, stderr=subprocess.DEVNULL)
    subprocess.run([*onrecord, "add", str(record), "--list", str(EXAMPLE)], check=True, stdout=subprocess.DEVNULL)
    events = subprocess.run([*onrecord, "events", str(record), "--json"], check=True, capture_output=True).stdout
    told = max(map(json.loads, events.splitlines()), key=lambda e: (len(e["conflicts"]) > 0, len(e["origins"])))
    shots = {**LIVE, "event": (f"/event/{told['id']}", 1000, 1150, ())}
    call = [*onrecord, "serve", str(record), "--port", "8765"]
    with subprocess.Popen(call, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        server.stdout.readline()
        for name, (path, wide, tall, more) in shots.items():
            shoot(browser, f"http://127.0.0.1:8765{path}", IMAGES / f"{name}.png", wide, tall, more)
        server.terminate()


def shoot(browser: str, page: str, picture: Path, wide: int, tall: int, more: tuple[str, ...]) -> None:
    with tempfile.TemporaryDirectory() as profile:
        size = f"--window-size={wide},{tall}"
        command = [browser, *QUIET, *more, f"--user-data-dir={profile}", size, f"--screenshot={picture}", page]
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL, timeout=60)


if __name__ == "__main__":
    sys.exit(main())
