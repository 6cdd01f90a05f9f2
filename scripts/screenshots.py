"""The example story's page → the pictures of the docs, taken with a Chromium that is on the machine.

.venv/bin/python scripts/screenshots.py
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs/images"
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
            shoot(browser, out / "index.html", IMAGES / f"{name}.png", wide, tall, more)
    return 0


def shoot(browser: str, page: Path, picture: Path, wide: int, tall: int, more: tuple[str, ...]) -> None:
    with tempfile.TemporaryDirectory() as profile:
        size = f"--window-size={wide},{tall}"
        command = [browser, *QUIET, *more, f"--user-data-dir={profile}", size, f"--screenshot={picture}", page.as_uri()]
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL, timeout=60)


if __name__ == "__main__":
    sys.exit(main())
