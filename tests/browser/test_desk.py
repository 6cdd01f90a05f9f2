"""The desk in a browser: by link, with the keyboard alone, without script, on a phone, and without barriers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from onrecord.model import Settings
from onrecord.story import Story
from tests.browser.conftest import context, leads
from tests.browser.test_readers import PHONE, violations
from tests.serving import serving
from tests.story_maker import SENTENCES, live

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.usefixtures("browser")


@pytest.fixture
def link(tmp_path: Path) -> Iterator[str]:
    path = tmp_path / "story.db"
    with Story.create(path, Settings("Flood", "Europe/Oslo")) as story:
        story.add([live([(f"b{n}", text) for n, text in enumerate(SENTENCES)])])
    with serving(path) as made:
        yield made.line().split()[-1]


def tab_to(page: Page, css: str, most: int = 400) -> None:
    """Go on with the Tab key until the focus is on such an element."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("css => document.activeElement.matches(css)", css):
            return
    raise AssertionError(f"the keyboard does not reach {css}")


def opened(page: Page, summary: str) -> None:
    """Open what that summary holds, by keyboard."""
    page.locator(summary).focus()
    page.keyboard.press("Enter")


def clean(page: Page) -> None:
    """No barrier, whatever is open, and nothing wider than the screen."""
    for summary in page.query_selector_all("details:not([open]) > summary"):
        summary.click()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("script", [True, False])
def test_the_way_of_an_editor_by_keyboard(browser: Browser, link: str, script: bool) -> None:
    page = context(browser, java_script_enabled=script).new_page()
    errors: list[str] = []
    page.on("console", lambda m: errors.append(m.text) if m.type == "error" and "40" not in m.text else None)
    page.goto(link)
    reader = context(browser).new_page()
    assert reader.goto(link).status == 403  # type: ignore[union-attr]
    page.focus("input[name=name]")
    page.keyboard.type("Ana Prado")
    leads(page, lambda: page.keyboard.press("Enter"))
    assert page.url.endswith("/desk")
    page.goto(link.partition("/desk")[0])
    leads(page, lambda: page.click("#lines h3 a >> nth=0"))
    event = page.url

    opened(page, "#desk summary:text-is('Verify')")
    tab_to(page, "input[name=why]", 5)
    page.keyboard.type("our reporter was there")
    leads(page, lambda: page.keyboard.press("Enter"))
    assert page.url.endswith("#told")
    assert page.url == f"{event}#told"
    assert "verified" in page.inner_text(".top .standing")
    assert "our reporter was there" in page.inner_text("#desk .decision")
    reader.goto(event)
    reader.wait_for_function("document.querySelector('.standing').innerText.includes('verified')")
    assert reader.locator("form[method=post], #desk").count() == 0
    page.focus("#told button")
    leads(page, lambda: page.keyboard.press("Enter"))
    assert "undone" in page.inner_text("#told")
    assert "verified" not in page.inner_text(".top .standing")

    opened(page, "#desk summary:text-is('Hide')")
    tab_to(page, "input[name=why]", 5)
    page.keyboard.type("a rumour")
    leads(page, lambda: page.keyboard.press("Enter"))
    assert page.url.endswith("/desk#told")
    assert page.goto(event).status == 404  # type: ignore[union-attr]
    page.goto(event.partition("/event")[0] + "/desk")
    page.locator(".decision >> nth=0 >> summary").focus()
    page.keyboard.press("Enter")
    page.locator(".decision >> nth=0 >> button").focus()
    leads(page, lambda: page.keyboard.press("Enter"))
    assert page.url.endswith("/desk#told")
    assert page.goto(event).status == 200  # type: ignore[union-attr]

    page.goto(event.partition("/event")[0] + "/")
    page.locator("#lines details.quick summary >> nth=1").focus()
    page.keyboard.press("Enter")
    page.locator("#lines details.quick button:text-is('Pin on top') >> nth=1").focus()
    leads(page, lambda: page.keyboard.press("Enter"))
    assert page.url.endswith("#told")
    assert "pinned on top" in page.inner_text("#told")
    opened(page, "summary:text-is('Write a post of your own')")
    tab_to(page, "textarea[name=text]", 5)
    page.keyboard.type("We have reached the mayor; more soon.")
    tab_to(page, "button", 5)
    leads(page, lambda: page.keyboard.press("Enter"))
    page.wait_for_selector("#stream >> text=We have reached the mayor")
    assert "The desk" in page.inner_text("#stream")
    assert not errors


def test_pages_of_the_desk_have_no_barrier(browser: Browser, link: str) -> None:
    page = context(browser, **PHONE).new_page()
    page.goto(link)
    clean(page)
    page.fill("input[name=name]", "Ana Prado")
    leads(page, lambda: page.click("text=Go on"))
    root = link.partition("/desk")[0]
    page.goto(root + "/")
    event = page.get_attribute("#lines h3 a", "href") or ""
    post = page.get_attribute("#stream article h3 a", "href") or ""
    page.click("summary:text-is('Write a post of your own')")
    page.fill("textarea", "More soon.")
    leads(page, lambda: page.click("button:text-is('Post')"))
    clean(page)
    for path in (event, post, "/desk"):
        page.goto(root + path)
        clean(page)
    page.goto(root + event)
    page.click("#desk summary:text-is('Put together with others')")
    page.check("#desk form[action='/desk/same'] input[type=checkbox] >> nth=0")
    page.fill("#desk form[action='/desk/same'] input[name=why]", "one flood")
    leads(page, lambda: page.click("#desk button:text-is('Put together with others')"))
    assert "put together" in page.inner_text("#told")
    page.click("#desk summary:text-is('Correct what happened')")
    page.fill("#desk input[name=place]", "Nowhereville")
    page.fill("#desk form[action='/desk/correct'] >> nth=0 >> input[name=why]", "the other town")
    leads(page, lambda: page.click("#desk button:text-is('Correct what happened')"))
    assert "Nowhereville" in page.inner_text("[role=alert]")
    clean(page)
