"""Of a source that may only be linked, no word stands on the site."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.model import Settings, Source
from onrecord.server.publish import publish
from onrecord.story import Story
from tests.story_maker import live, note

LINKED = [
    ("b1", "Police said 14 people were killed when the purple bridge collapsed in Otta."),
    ("b2", "The death toll at the bridge in Otta has risen to 19, police said."),
]
QUOTED = "The mayor of Voss said on Thursday that twelve boats had left the yellow harbour."


@pytest.mark.parametrize(("rights", "shown"), [("link", False), ("quote", True)])
def test_words_are_shown_as_rights_allow(tmp_path: Path, rights: str, shown: bool) -> None:
    record, folder = tmp_path / "story.db", tmp_path / "site"
    with Story.create(record, Settings("Flood", "Europe/Oslo")) as story:
        story.keep_source(Source("https://nord.example/live", "Nord Live", rights=rights))  # type: ignore[arg-type]
        story.add([live(LINKED), note(QUOTED, "note")])
    publish(record, folder, "https://w.example/flood")
    site = "\n".join(
        p.read_text(encoding="utf-8") for p in folder.rglob("*") if p.suffix in (".html", ".json", ".atom")
    )
    assert ("purple bridge" in site) is shown
    assert "yellow harbour" in site
    assert "https://nord.example/live" in site
