"""Happenings: triggers, kinds, clauses and parties."""

from __future__ import annotations

import pytest

from onrecord.model import KINDS, Block, Post
from onrecord.statements import happenings
from onrecord.statements.draft import HappeningDraft, StatementDraft
from onrecord.statements.parse import parse


def told(text: str, block: str = "paragraph") -> dict[str, HappeningDraft]:
    """The happenings of a text by the words of their trigger."""
    post = Post("p", text, (Block(block, 0, len(text)),))  # type: ignore[arg-type]
    parsed = next(iter(parse([post])))
    return {text[h.start : h.end]: h for h in happenings.find(parsed, [])}


def test_every_kind_has_codes_and_weight() -> None:
    assert all(0 < happenings.weight(kind) <= 1 for kind in KINDS)
    assert happenings.codes("arrest") == ("COERCE/arrest", "Strategic developments: Arrests")
    assert happenings.codes("other") == (None, None)
    assert [kind for kind in KINDS if not happenings.strong(kind)] == ["other"]


@pytest.mark.parametrize(
    ("text", "trigger", "kind"),
    [
        ("Drones hit a depot in Marrow on Monday.", "hit", "drone attack"),
        ("The army shot down nine drones overnight.", "shot down", "drone attack"),
        ("A missile strike flattened the school.", "missile strike", "air strike"),
        ("Nurses will go on strike next week.", "go on strike", "protest"),
        ("The strike by rail workers shut the line.", "strike", "protest"),
        ("He had a heart attack at the wheel.", "heart attack", "other"),
        ("A gunman opened fire in a market.", "opened fire", "shooting"),
        ("She pleaded guilty to fraud.", "pleaded guilty", "legal case"),
        ("Rebels captured the town of Ostel.", "captured", "territory taken"),
        ("Police captured the fugitive near the border.", "captured", "arrest"),
        ("GUNMEN KIDNAPPED TWO ENGINEERS.", "KIDNAPPED", "kidnapping"),
    ],
)
def test_kind(text: str, trigger: str, kind: str) -> None:
    assert told(text)[trigger].kind == kind


def test_parties_and_scope() -> None:
    text = "Police arrested two men in Leeds, but the third was freed by a judge."
    found = told(text)
    arrest, freed = found["arrested"], found["freed"]
    assert text[slice(*arrest.scope)] == "Police arrested two men in Leeds"
    assert [text[slice(*r)] for r in (arrest.by, arrest.on) if r] == ["Police", "two men"]
    assert [text[slice(*r)] for r in (freed.by, freed.on) if r] == ["a judge", "the third"]


def test_innermost_statement() -> None:
    text = "Mara Lind said the envoy told her the army had attacked."
    post = Post("p", text, (Block("paragraph", 0, len(text)),))
    at = text.index
    outer = StatementDraft("attributed", ((at("the envoy"), len(text) - 1),))
    inner = StatementDraft("attributed", ((at("the army"), len(text) - 1),), nested_in=0)
    found = happenings.find(next(iter(parse([post]))), [outer, inner])
    assert {text[h.start : h.end]: h.statement for h in found} == {"said": -1, "told": 0, "attacked": 1}
