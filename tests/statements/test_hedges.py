from __future__ import annotations

import pytest
from tests.statements.said import said


@pytest.mark.parametrize(
    ("text", "cue", "content"),
    [
        ("The bridge reportedly collapsed at dawn.", "reportedly", ["The bridge", "collapsed at dawn"]),
        ("The guard has allegedly sold the keys.", "allegedly", ["The guard has", "sold the keys"]),
        ("Two sailors are thought to have drowned.", "are thought to", ["Two sailors", "have drowned"]),
        ("Leal is widely expected to resign.", "is widely expected to", ["Leal", "resign"]),
        ("It is understood that the talks will resume.", "is understood that", ["the talks will resume"]),
        ("The rebels appear to have left the town.", "appear to", ["The rebels", "have left the town"]),
        ("Images seemed to show smoke over the port.", "seemed to show", ["smoke over the port"]),
        ("The vase, which is believed to be fake, was sold.", "is believed to", ["The vase", "be fake"]),
    ],
)
def test_hedged(text: str, cue: str, content: list[str]) -> None:
    found = said(text)
    assert [(s.draft.voice, s.speaker, s.cue, s.content) for s in found] == [("hedged", None, cue, content)]


def test_a_hedge_inside_somebodys_words_is_theirs() -> None:
    (one,) = said("Duarte said the rebels appeared to have left the town.")
    assert one.draft.voice == "attributed"


def test_an_aside_with_as_is_not_hedged() -> None:
    first = said("The firm has reportedly sold its ships as the port prepares to close.")[0]
    assert first.content[-1] == "sold its ships"
