"""Makes .venv from the pinned requirements and installs the package into it → nothing to do on a second run.

python scripts/setup.py run      what the product needs
python scripts/setup.py dev      what its tests need too
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
FREE_GB = 2.0
BUILT = ["pyproject.toml", "hatch_build.py", "src/onrecord/data/regions.tsv", "src/onrecord/data/countries.toml"]


class SetupFailedError(Exception):
    """The one line that says what is wrong and what to do."""


def main(level: str) -> int:
    try:
        setup(level)
    except SetupFailedError as error:
        print(f"onrecord: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("onrecord: set-up interrupted; run the same command again to go on", file=sys.stderr)
        return 130
    return 0


def setup(level: str) -> None:
    """Brings .venv up to what `level` needs."""
    wanted = ["run"] if level == "run" else ["run", "dev"]
    for name in wanted:
        stamp, state = VENV / f".onrecord-{name}", fingerprint(name)
        if not (stamp.exists() and stamp.read_text() == state and PYTHON.exists()):
            install(name)
            stamp.write_text(state)


def fingerprint(name: str) -> str:
    """Changes when anything does that the installation was made from."""
    files = [f"requirements/{name}.txt", *(BUILT if name == "run" else [])]
    parts = [(ROOT / file).read_bytes() for file in files if (ROOT / file).exists()]
    return hashlib.sha256(b"\0".join([str(ROOT).encode(), *parts])).hexdigest()


def install(name: str) -> None:
    """Installs the pinned packages of one level, then the package itself."""
    check_disk()
    if not PYTHON.exists():
        make_venv()
    size = "about a minute, 700 MB" if name == "run" else "under a minute"
    print(f"Setting up .venv: {name} ({size}; once) …", file=sys.stderr, flush=True)
    pip("install", "--require-hashes", "--only-binary", ":all:", "-r", f"requirements/{name}.txt")
    if name == "run":
        print("Building the gazetteer …", file=sys.stderr, flush=True)
        pip("install", "--no-deps", "--no-build-isolation", "--no-index", "-e", ".")


def check_disk() -> None:
    free = shutil.disk_usage(ROOT).free / 1e9
    if free < FREE_GB and not PYTHON.exists():
        raise SetupFailedError(
            f"needs {FREE_GB:.0f} GB free on this disk to install, has {free:.1f}: free some and run again"
        )


def make_venv() -> None:
    try:
        venv.create(VENV, with_pip=True)
    except (OSError, subprocess.CalledProcessError) as error:
        shutil.rmtree(VENV, ignore_errors=True)
        if getattr(error, "errno", None) == 28:
            raise SetupFailedError("the disk is full: free 2 GB and run again") from error
        raise SetupFailedError(
            f"this Python can't make a virtual environment ({error}): "
            "install its venv package (Debian: apt install python3-venv)"
        ) from error


def pip(*words: str) -> None:
    """Runs pip; turns its failures into one line."""
    command = [str(PYTHON), "-m", "pip", "--quiet", "--disable-pip-version-check", "--no-input", *words]
    done = subprocess.run(command, cwd=ROOT, stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        print(done.stderr, file=sys.stderr)
        raise SetupFailedError(reason(done.stderr))


def reason(said: str) -> str:
    """What to do, by what pip said."""
    if "No space left on device" in said or "Errno 28" in said:
        return "the disk is full: free 2 GB and run again"
    if "HASHES" in said:
        return "a downloaded package is not the one that was pinned (hash differs): don't install it; run again"
    if "No matching distribution" in said or "Could not find a version" in said:
        return "a pinned package has no build for this Python or machine: use a 64-bit CPython 3.11 to 3.13"
    if any(
        words in said
        for words in ("NewConnectionError", "ConnectTimeout", "Temporary failure", "Connection", "Max retries")
    ):
        return "the package index can't be reached: check the network and run again (it is needed for installing only)"
    return "installing failed; pip's own words stand above"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "run"))
