"""A browser that is on this machine, and the example story served to it.

Without a browser these tests are skipped and say so; `make test-browser` installs what they need, and fails instead.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from onrecord.model import Capture, Hints, Settings
from onrecord.reading import capture_of
from onrecord.story import Story
from tests.serving import PATIENCE, serving

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
        made = playwright.chromium.launch(executable_path=path, args=ARGS, timeout=1000 * PATIENCE)
        yield made
        made.close()


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example's record, which nobody opens but to copy or to read it."""
    from onrecord.cli.inputs import captures, hints_of

    path = tmp_path_factory.mktemp("browser") / "story.db"
    with Story.create(path, Settings("Flood in Gudbrandsdalen", "Europe/Oslo", ("NO",))) as story:
        found = captures((), hints_of(None, None, None, None, "Europe/Oslo"), EXAMPLE / "pages.csv")
        story.add(one for one in found if isinstance(one, Capture))
    return path


@pytest.fixture(scope="session")
def server(example: Path) -> Iterator[str]:
    """The example served to all tests that change nothing."""
    with serving(example) as made:
        yield made.url


@pytest.fixture
def record(example: Path, tmp_path: Path) -> Path:
    """A copy of the example for one test, which may change it."""
    return Path(shutil.copyfile(example, tmp_path / "story.db"))


@pytest.fixture
def own(record: Path) -> Iterator[str]:
    """That copy, served to that test alone: nobody else reads it."""
    with serving(record) as made:
        yield made.url


def context(browser: Browser, **options: object) -> BrowserContext:
    """A fresh browser, which waits long for what comes."""
    made = browser.new_context(**options)  # type: ignore[arg-type]
    made.set_default_timeout(1000 * PATIENCE)
    return made


@pytest.fixture
def fresh(browser: Browser) -> Iterator[Open]:
    """Opens an address in a fresh browser; the test fails on anything that the console calls an error."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def go(url: str, **options: object) -> Page:
        contexts.append(context(browser, **options))
        page = contexts[-1].new_page()
        page.on("console", lambda m: errors.append(m.text) if m.type == "error" and "404" not in m.text else None)
        page.on("pageerror", lambda e: errors.append(str(e)))
        page.goto(url)
        return page

    yield go
    for one in contexts:
        one.close()
    assert not errors


@pytest.fixture
def visit(fresh: Open, server: str) -> Open:
    """Opens a page of the example."""
    return lambda path, **options: fresh(server + path, **options)


def leads(page: Page, act: Callable[[], object]) -> None:
    """Do what leads to another page, and wait until that one is there."""
    with page.expect_navigation():
        act()


def grow(record: Path, text: str, name: str, at: datetime = datetime(2026, 5, 18, 21, tzinfo=UTC)) -> None:
    """One more post, by another process than the server's."""
    hints = Hints(outlet="Radio Nord", published=at, tz="UTC", page=name, seen_at=SEEN, split=False)
    with Story.open(record) as story:
        story.add([capture_of(text.encode(), f"{name}.txt", hints)])


__all__ = ["Open", "context", "grow", "leads"]
