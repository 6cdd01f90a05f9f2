"""A browser that is on this machine, and the example story served to it.

Without a browser these tests are skipped and say so; `make test-browser` installs what they need, and fails instead.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from onrecord.model import Capture, Hints, Settings
from onrecord.reading import capture_of
from onrecord.story import Story

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

EXAMPLE = Path(__file__).resolve().parents[2] / "examples/lagen"
ARGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
SEEN = datetime(2026, 5, 18, 22, tzinfo=UTC)
Open = Callable[..., "Page"]


def chromium() -> str | None:
    """The system's Chromium."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next(filter(None, map(shutil.which, names)), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium()
    missing = None if path else "no Chromium on this machine"
    if importlib.util.find_spec("playwright") is None:
        missing = "playwright is not installed"
    if missing and os.environ.get("ONRECORD_BROWSER") == "required":
        pytest.fail(missing)
    if missing:
        pytest.skip(f"{missing}: make test-browser")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=path, args=ARGS)
        yield made
        made.close()


@pytest.fixture(scope="session")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from onrecord.cli.inputs import captures, hints_of

    path = tmp_path_factory.mktemp("browser") / "story.db"
    with Story.create(path, Settings("Flood in Gudbrandsdalen", "Europe/Oslo", ("NO",))) as story:
        found = captures((), hints_of(None, None, None, None, "Europe/Oslo"), EXAMPLE / "pages.csv")
        story.add(one for one in found if isinstance(one, Capture))
    return path


@pytest.fixture(scope="session")
def server(record: Path) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    call = [sys.executable, "-c", "from onrecord.cli import main; main()", "serve", str(record), "--port", str(port)]
    with subprocess.Popen(call, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert "Serving" in process.stdout.readline()
        yield f"http://127.0.0.1:{port}"
        process.terminate()
        process.wait(10)


@pytest.fixture
def visit(browser: Browser, server: str) -> Iterator[Open]:
    """Opens a page in a fresh browser; the test fails on anything that the console calls an error."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def go(path: str, **options: object) -> Page:
        context = browser.new_context(**options)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda m: errors.append(m.text) if m.type == "error" and "404" not in m.text else None)
        page.on("pageerror", lambda e: errors.append(str(e)))
        page.goto(server + path)
        return page

    yield go
    for context in contexts:
        context.close()
    assert not errors


def grow(record: Path, text: str, name: str, at: datetime = datetime(2026, 5, 18, 21, tzinfo=UTC)) -> None:
    """One more post, by another process than the server's."""
    hints = Hints(outlet="Radio Nord", published=at, tz="UTC", page=name, seen_at=SEEN, split=False)
    with Story.open(record) as story:
        story.add([capture_of(text.encode(), f"{name}.txt", hints)])


__all__ = ["Open", "grow"]
