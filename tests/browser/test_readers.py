"""What readers meet: without script, by keyboard, on a phone, in the dark, and while posts come."""

from __future__ import annotations

import gzip
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from onrecord.server import render
from onrecord.story import Story
from tests.browser.conftest import Open, grow, leads
from tests.serving import comes

PHONE = {"viewport": {"width": 320, "height": 640}, "has_touch": True, "is_mobile": True}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
BUDGET = 30_000
"""Bytes of script, as sent, before the first use."""


pytestmark = pytest.mark.usefixtures("browser")


@pytest.fixture(scope="session")
def paths(example: Path) -> list[str]:
    """Every kind of page."""
    with Story.open(example) as story:
        conflict = next(e.id for e in story.events() if e.conflicts)
        edited = next(v.anchor for v in story.posts() if v.number > 1)
    kinds = [
        "/",
        "/timeline",
        "/map",
        "/figures",
        "/stream",
        "/rundown",
        "/embed",
        "/?q=dam",
        "/?as_of=2026-05-18T12:00",
    ]
    return [*kinds, f"/event/{conflict}", f"/post/{edited}", "/nothing"]


def violations(page: object) -> list[str]:
    """What axe-core finds against WCAG 2.2 AA."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
    return [
        f"{v['id']}: {node['html'][:160]} {node.get('failureSummary', '')[:160]}"
        for v in found.response["violations"]
        for node in v["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_a_barrier_that_axe_finds(visit: Open, paths: list[str], scheme: str) -> None:
    for path in paths:
        page = visit(path, color_scheme=scheme)
        for summary in page.query_selector_all("summary"):
            summary.click()
        assert violations(page) == [], path
        page.context.close()


def test_on_a_phone_nothing_is_wider_than_the_screen(visit: Open, paths: list[str]) -> None:
    for path in paths:
        page = visit(path, **PHONE)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
        page.context.close()


def test_at_200_per_cent_nothing_is_cut(visit: Open, paths: list[str]) -> None:
    for path in paths:
        page = visit(path, viewport={"width": 640, "height": 400}, device_scale_factor=2)
        assert page.evaluate("document.documentElement.scrollWidth") <= 640, path
        page.context.close()


def test_without_script_all_can_be_read_and_asked(visit: Open) -> None:
    page = visit("/", java_script_enabled=False)
    page.click("text=Filter and sort")
    page.select_option("select[name=outlet]", index=1)
    leads(page, lambda: page.click("form.filters button"))
    assert "outlet=" in page.url
    assert page.locator("#stream article").count() > 0
    leads(page, lambda: page.click(".chosen a"))
    page.fill("#q", "dam")
    leads(page, lambda: page.press("#q", "Enter"))
    assert "found" in page.inner_text(".chosen")
    page.goto(page.url.split("?")[0])
    leads(page, lambda: page.click("#lines h3 a >> nth=0"))
    assert page.locator(".evidence mark").count() > 0
    page.go_back()
    leads(page, lambda: page.click("nav.jump >> text=Map"))
    assert page.locator("svg.map").count() == 1
    leads(page, lambda: page.click("nav.jump >> text=Figures"))
    assert page.locator("svg.chart").count() > 0


def test_more_posts_come_without_script_and_with_it(visit: Open, example: Path) -> None:
    with Story.open(example) as story:
        number = len(list(story.posts()))
    plain = visit("/", java_script_enabled=False)
    seen = [a.get_attribute("id") for a in plain.query_selector_all("#stream article")]
    leads(plain, lambda: plain.click(".more a"))
    seen += [a.get_attribute("id") for a in plain.query_selector_all("article")]
    page = visit("/")
    page.click(".more a")
    page.wait_for_selector(f"#stream article >> nth={len(seen) - 1}")
    assert [a.get_attribute("id") for a in page.query_selector_all("#stream article")] == seen
    assert len(seen) == len(set(seen)) == number > 20


def test_the_keyboard_alone_leads_to_the_evidence(visit: Open) -> None:
    page = visit("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.id === 'main'")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('#lines summary')"):
            break
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.parentElement.open")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"
    page.keyboard.press("Shift+Tab")
    leads(page, lambda: page.keyboard.press("Enter"))
    assert "/event/" in page.url
    assert page.locator("h1").count() == 1


def test_reduced_motion_moves_nothing(visit: Open) -> None:
    page = visit("/", reduced_motion="reduce")
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    assert page.evaluate("document.getAnimations().length") == 0


def test_print_shows_the_words_and_no_controls(visit: Open) -> None:
    page = visit("/")
    page.emulate_media(media="print")
    for control in ("form.filters", ".slider", ".zone", "#live-state"):
        assert not page.is_visible(control), control
    assert page.evaluate("document.querySelector('#lines blockquote').checkVisibility({ contentVisibilityAuto: true })")
    assert page.is_visible("#lines li >> nth=0")


def test_standing_is_told_by_words_and_shape(visit: Open) -> None:
    page = visit("/", forced_colors="active")
    for line in page.query_selector_all("#lines > li"):
        standing = line.query_selector(".standing")
        assert standing is not None
        assert standing.query_selector("svg use")
        assert re.match(r"reported|claimed|corroborated|verified", standing.inner_text())


def test_what_is_new_is_announced_and_comes_when_asked_for(fresh: Open, own: str, record: Path) -> None:
    page = fresh(own)
    page.wait_for_selector("#live-state:has-text('live')")
    page.evaluate("scrollTo({ top: 400, behavior: 'instant' })")
    before = page.evaluate("[scrollY, document.querySelectorAll('#stream article').length]")
    grow(record, "A road near Otta was closed on Monday, the police said.", "new-1")
    page.wait_for_selector("#fresh:not([hidden])")
    assert page.evaluate("[scrollY, document.querySelectorAll('#stream article').length]") == before
    assert page.title().startswith("(1) ")
    assert "1 new post" in page.inner_text("#announce")
    page.click("#fresh")
    page.wait_for_selector("#stream article.new")
    page.wait_for_selector("#fresh", state="hidden")
    assert page.locator("#stream article").count() == before[1] + 1
    assert not page.title().startswith("(")
    page.wait_for_function("document.activeElement.closest('article.new') !== null")


def test_what_is_told_late_comes_too(fresh: Open, own: str, record: Path) -> None:
    page = fresh(own)
    page.wait_for_selector("#live-state:has-text('live')")
    grow(
        record, "A church near Otta was closed last year, the police said.", "new-3", datetime(2025, 3, 13, tzinfo=UTC)
    )
    page.click("#fresh")
    assert "church near Otta" in page.inner_text("#stream article.new")


def test_tabs_of_one_browser_share_a_stream(fresh: Open, own: str, record: Path) -> None:
    first = fresh(own)
    asked = first.context.request

    def readers() -> str:
        return asked.get(f"{own}/healthz").text().split()[-1]

    first.wait_for_selector("#live-state:has-text('live')")
    second = first.context.new_page()
    second.goto(own)
    second.wait_for_function(
        "async () => (await navigator.locks.query()).pending.some((lock) => lock.name === 'onrecord-live')"
    )
    assert readers() == "1"
    grow(record, "A bridge near Otta was closed on Monday, the police said.", "new-2")
    for page in (first, second):
        page.wait_for_selector("#fresh:not([hidden])")
    first.close()  # the other tab takes over, and the server knows that the first has gone
    second.wait_for_selector("#live-state:has-text('live')")
    assert comes(lambda: readers() == "1")
    grow(record, "A school near Otta was closed on Monday, the police said.", "new-4")
    second.wait_for_selector("#fresh:has-text('2 new posts')")


def test_the_slider_shows_what_was_known_then(visit: Open) -> None:
    page = visit("/")
    page.evaluate("const r = document.getElementById('when'); r.value = 10; r.dispatchEvent(new Event('change'))")
    page.wait_for_url("**as_of=**")
    page.wait_for_selector(".past")
    leads(page, lambda: page.click(".past a"))
    assert "as_of" not in page.url


def test_the_moving_map_and_charts_load_when_opened(visit: Open) -> None:
    page = visit("/map?hours=720")
    assert not page.evaluate("'L' in window")
    page.click("#open-map")
    page.wait_for_selector("#map canvas")
    assert violations(page) == []
    figures = visit("/figures")
    assert not figures.evaluate("'uPlot' in window")
    figures.click("#open-charts")
    figures.wait_for_selector(".figure canvas")


def test_a_zone_can_be_chosen(visit: Open) -> None:
    page = visit("/")
    page.fill("#tz", "Asia/Tokyo")
    leads(page, lambda: page.click(".zone button"))
    assert "Asia/Tokyo" in page.inner_text(".top")


def test_script_before_the_first_use_is_small() -> None:
    sent = [gzip.compress(render.static(name) or b"", 6) for name in ("live.js", "vendor/htmx.min.js")]
    assert all(len(part) > 1000 for part in sent)
    assert sum(map(len, sent)) <= BUDGET
