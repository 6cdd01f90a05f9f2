"""What stands above a page's posts tells who speaks in them and where."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import onrecord
from onrecord.above import posts_above, text_above
from onrecord.model import Capture, Page, Settings
from onrecord.reading import capture_of
from onrecord.story import Story
from tests.story_maker import live, shown

POSTS = """
Updated at 14.05 CET

{above}

13.20

Sirens in the harbour

The interior ministry said the harbour was shut. Lobo said the ferries would stay in port.

12.45

Shops close

The police said shops should close by noon. “Go home,” Lobo told reporters.
"""
CHAD = "Chad’s prime minister, Ana Lobo, tells ministers to stay in N’Djamena as soldiers hold the streets"


def said(above: str) -> dict[str, tuple[str, str | None]]:
    found = onrecord.read_text(POSTS.format(above=above).strip(), published=date(2031, 3, 4))
    assert all(s.post in {p.id for p in found.page.posts} for r in found.posts for s in r.statements)
    rows = [s for r in found.posts for s in r.statements if s.speaker]
    return {s.content[0].text.rstrip("."): (s.speaker.name, s.speaker.side) for s in rows if s.speaker}


def test_the_summary_names_people_in_full_and_says_where_it_all_happens() -> None:
    found = said(CHAD)
    assert found["the harbour was shut"][1] == "Chad"
    assert found["the ferries would stay in port"] == ("Ana Lobo", "Chad")
    assert found["shops should close by noon"][1] == "Chad"


def test_a_page_without_one_tells_no_less() -> None:
    assert said("Follow our rolling coverage here")["the ferries would stay in port"] == ("Lobo", None)


@pytest.mark.parametrize(
    ("title", "parts"),
    [
        ("The Latest: Mayor of Otta not ready to go", "Mayor of Otta not ready to go"),
        ("Chad floods live: army called in | Chad", "Chad floods\narmy called in\nChad"),
        ("Minister resigns over bridge – as it happened", "Minister resigns over bridge"),
        ("Chad floods: live", "Chad floods"),
        ("We live in hope: a diary", "We live in hope: a diary"),
    ],
)
def test_a_headline_is_freed_of_what_it_hangs_on(title: str, parts: str) -> None:
    assert text_above(Page("page", "live", title=title)) == parts


def test_furniture_is_left_out_and_the_same_text_is_the_same_post() -> None:
    text = "Home News Sport Weather World Business\nOne brief line\nThe harbour of Otta is shut after the storm\nPost"
    above = text_above(
        Page("page", "text", text=text, posts=(replace(posts_above("Post")[0], start=text.index("Post")),))
    )
    assert above == "The harbour of Otta is shut after the storm"
    assert posts_above(above)[0] is posts_above(above)[0]
    assert posts_above("") == ()


def test_a_page_of_html_says_it_in_its_head() -> None:
    page = live([("p2", "The interior ministry said the harbour was shut. Lobo wept.")])
    told = b'<meta property="og:description" content="Ferries of Chad stay in port, says mayor Ana Lobo"><title>'
    found = onrecord.read(page.body.replace(b"<title>", told), outlet="Nord Live")
    assert [s.speaker.side for r in found.posts for s in r.statements if s.speaker] == ["Chad"]


def headed(title: str, hours: float) -> Capture:
    page = live([("p2", "The interior ministry said the harbour was shut.")], hours=hours)
    return capture_of(page.body.replace(b"<title>Flood<", f"<title>{title}<".encode()), page.where, page.hints)


def test_a_new_headline_is_read_with_the_old_posts_as_a_rebuild_reads_them(tmp_path: Path) -> None:
    def sides() -> list[str | None]:
        return [s.speaker.side for v in story.posts() for s in v.reading.statements if s.speaker]

    with Story.create(tmp_path / "story.db", Settings("Storm")) as story:
        story.add([headed("Storm shuts a harbour", 1)])
        assert sides() == [None]
        story.add([headed("Storm in Chad shuts a harbour", 2)])
        assert sides() == ["Chad"]
        before = shown(story)
        story.rebuild()
        assert shown(story) == before
