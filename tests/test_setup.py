"""Set-up says in one line what is wrong and what to do."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from onrecord.errors import ModelError
from onrecord.statements import parse

ROOT = Path(__file__).resolve().parent.parent


def load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("setup_script", ROOT / "scripts/setup.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


setup = load()


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ("OSError: [Errno 28] No space left on device", "the disk is full"),
        ("THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "hash differs"),
        ("ERROR: No matching distribution found for blis==1.3.4", "no build for this Python"),
        ("urllib3 NewConnectionError: Temporary failure in name resolution", "can't be reached"),
        ("something else", "pip's own words"),
    ],
)
def test_failures_of_pip_become_one_line(said: str, what: str) -> None:
    told = setup.reason(said)
    assert what in told
    assert "\n" not in told


@pytest.mark.skipif(os.name == "nt", reason="the shell script is for make on Linux and macOS")
def test_an_old_python_is_named(tmp_path: Path) -> None:
    old = tmp_path / "python3"
    old.write_text('#!/bin/sh\n[ "$1" = --version ] && echo Python 3.9.2 && exit 0\nexit 1\n')
    old.chmod(0o755)
    command = ["sh", str(ROOT / "scripts/setup.sh"), "run"]
    done = subprocess.run(command, env={**os.environ, "PYTHON": str(old)}, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "needs Python 3.11" in done.stderr
    assert "3.9.2" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_too_little_disk_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(setup, "FREE_GB", 1e9)
    monkeypatch.setattr(setup, "PYTHON", tmp_path / "none")
    with pytest.raises(setup.SetupFailedError, match="free some and run again"):
        setup.check_disk()


def test_requirements_are_pinned_with_hashes_and_without_addresses() -> None:
    for name in ("run", "dev"):
        text = (ROOT / f"requirements/{name}.txt").read_text(encoding="utf-8")
        pins = re.findall(r"^[a-z0-9._-]+==\S+", text, flags=re.MULTILINE)
        assert pins
        assert text.count("--hash=sha256:") >= len(pins)
        assert "://" not in text


@pytest.fixture
def unloaded() -> None:
    parse.language.cache_clear()
    parse.model_hash.cache_clear()


@pytest.mark.usefixtures("unloaded")
def test_a_missing_model_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parse, "MODEL", "no_such_model")
    with pytest.raises(ModelError, match=r"can't be loaded.*install On Record again"):
        parse.language()


@pytest.mark.usefixtures("unloaded")
def test_an_altered_model_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parse, "MODEL_SHA256", "0" * 64)
    with pytest.raises(ModelError, match="not the one that was pinned"):
        parse.language()


@pytest.mark.skipif(os.name == "nt", reason="signals differ")
def test_an_interrupt_leaves_a_sound_record(tmp_path: Path) -> None:
    """Ctrl-C in the middle of adding: what was taken in stays, and adding again finishes it."""
    import signal
    import time

    paths = []
    for number in range(12):
        path = tmp_path / f"{number}.txt"
        lines = [f"Police in Leeds arrested {n} people on Monday, a spokesman said." for n in range(2, 60)]
        path.write_text(f"Page {number}\n" + "\n".join(lines), encoding="utf-8")
        paths.append(str(path))
    record = tmp_path / "s.db"
    command = [sys.executable, "-c", "from onrecord.cli import main; main()"]
    given = ["--outlet", "The Invented Post", "--published", "2025-02-03", "--tz", "Europe/London"]
    running = subprocess.Popen([*command, "add", str(record), *paths, *given], stderr=subprocess.PIPE, text=True)
    while not record.exists():
        time.sleep(0.05)
    time.sleep(2.5)
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=300)
    assert "Traceback" not in said
    assert running.returncode in {0, 130}
    again = subprocess.run([*command, "add", str(record), *paths, *given], capture_output=True, text=True, check=False)
    assert again.returncode == 0, again.stderr
    posts = subprocess.run([*command, "posts", str(record), "--json"], capture_output=True, text=True, check=True)
    assert len(set(posts.stdout.splitlines())) >= 12
