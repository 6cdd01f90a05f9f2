"""Happenings: triggers, kinds, clauses and parties."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.model import KINDS, Block, Post
from onrecord.statements import happenings
from onrecord.statements.draft import HappeningDraft, StatementDraft
from onrecord.statements.extract import extract
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
        ("Strikes on a school killed five.", "Strikes", "air strike"),
        ("The army struck two sites near Lund.", "struck", "air strike"),
        ("A strike on pay by nurses began.", "strike", "protest"),
        ("The army shot down nine drones overnight.", "shot down", "drone attack"),
        ("The army shot down 14 out of 20 drones.", "shot down", "drone attack"),
        ("A missile strike flattened the school.", "missile strike", "air strike"),
        ("Nurses will go on strike next week.", "go on strike", "protest"),
        ("The strike by rail workers shut the line.", "strike", "protest"),
        ("He had a heart attack at the wheel.", "heart attack", "other"),
        ("Rioters set nine cars on fire in Lund.", "set", "sabotage"),
        ("A gunman opened fire in a market.", "opened fire", "shooting"),
        ("She pleaded guilty to fraud.", "pleaded guilty", "legal case"),
        ("Rebels captured the town of Ostel.", "captured", "territory taken"),
        ("Police captured the fugitive near the border.", "captured", "arrest"),
        ("GUNMEN KIDNAPPED TWO ENGINEERS.", "KIDNAPPED", "kidnapping"),
        ("Rebels attacked an army garrison in Ostel.", "attacked", "battle"),
        ("Rebels attacked a school in Ostel.", "attacked", "ground attack"),
        ("Nine soldiers were killed in clashes near Ostel.", "killed", "battle"),
        ("Nine children were killed in clashes near Ostel.", "killed", "casualties"),
        ("Four rebels were killed near Ostel.", "killed", "battle"),
    ],
)
def test_kind(text: str, trigger: str, kind: str) -> None:
    assert told(text)[trigger].kind == kind


def parties(text: str, trigger: str) -> tuple[str | None, str | None, list[str]]:
    """(by, on, with) of a happening, as words."""
    found = told(text)[trigger]
    by, on = (text[slice(*r)] if r else None for r in (found.by, found.on))
    return by, on, [text[slice(*r)] for r in found.together]


@pytest.mark.parametrize(
    ("text", "trigger", "expected"),
    [
        ("Gunmen killed a judge and wounded two guards.", "wounded", ("Gunmen", "two guards", [])),
        ("A bus driver was killed by gunmen in Cali.", "killed", ("gunmen", "A bus driver", [])),
        ("Rebels who attacked the base withdrew.", "attacked", ("Rebels", "the base", [])),
        ("Peru's expulsion of the ambassador drew praise.", "expulsion", ("Peru", "the ambassador", [])),
        ("The arrest of three activists by police shook Oran.", "arrest", ("police", "three activists", [])),
        ("A French raid on the camp freed nine hostages.", "raid", ("French", "the camp", [])),
        ("The militia launched an attack on the port.", "attack", ("The militia", "the port", [])),
        ("The army said it had captured the town.", "captured", ("The army", "the town", [])),
        ("Rebels who stepped up their attacks on Gao fled.", "attacks", ("Rebels", "Gao", [])),
        ("A car bomb killed two guards.", "killed", (None, "two guards", [])),
        ("Malian drones hit a camp.", "hit", ("Malian drones", "a camp", [])),
        ("They arrested him in Leeds.", "arrested", (None, None, [])),
        ("Talks between Sudan and Egypt opened in Cairo.", "Talks", (None, None, ["Sudan", "Egypt"])),
        ("Kenya signed a treaty with Rwanda.", "treaty", ("Kenya", None, ["Rwanda"])),
        ("Gunmen opened fire on a bus on Monday.", "opened fire", ("Gunmen", "a bus", [])),
        ("He was charged with murder.", "charged", (None, None, [])),
        ("The patrol came under fire from rebels.", "came under fire", ("rebels", "The patrol", [])),
        ("Police arrested the singer Ana Reis.", "arrested", ("Police", "Ana Reis", [])),
        ("Nine soldiers died in Lima.", "died", (None, "Nine soldiers", [])),
    ],
)
def test_parties(text: str, trigger: str, expected: tuple[str | None, str | None, list[str]]) -> None:
    assert parties(text, trigger) == expected


@pytest.mark.parametrize(
    ("text", "trigger", "scope"),
    [
        (
            "Police arrested two men in Leeds, but a judge freed the third.",
            "arrested",
            "Police arrested two men in Leeds",
        ),
        ("Police arrested two men in Leeds, but a judge freed the third.", "freed", "a judge freed the third"),
        (
            "A bomb went off in Quetta, killing four officers.",
            "killing",
            "A bomb went off in Quetta, killing four officers",
        ),
        ("Medics said a drone hit a bus in Sumy.", "hit", "a drone hit a bus in Sumy"),
        ("The bus that crashed near Lund was new.", "crashed", "that crashed near Lund"),
        ("Fans mourned five men killed in Porto.", "killed", "five men killed in Porto"),
    ],
)
def test_scope_is_the_clause_that_tells_it(text: str, trigger: str, scope: str) -> None:
    found = told(text)[trigger]
    assert text[slice(*found.scope)] == scope


def test_compounds_are_one_trigger_and_may_hold_another() -> None:
    found = told("The bank robbery trial opened after a heart attack.")
    assert {"robbery", "bank robbery trial", "heart attack"} <= found.keys()
    assert found["bank robbery trial"].lemma == "trial"


def test_a_phrase_whose_words_stand_apart_is_told_once() -> None:
    assert list(told("Rioters set nine cars on fire in Lund.")) == ["set"]


def test_names_are_no_happenings() -> None:
    text = "The Security Council and the defence ministry heard Mr Storm."
    assert [h.kind for h in told(text).values()] == ["other", "other"]


def test_who_speaks_is_no_happening() -> None:
    text = "The bridge was closed, the rebel-run disaster management agency said. The disaster came late."
    (draft,) = extract([Post("p", text, (Block("paragraph", 0, len(text)),))])
    assert [text[h.start : h.end] for h in draft.happenings] == ["closed", "said", "disaster", "came"]


def test_capitals_are_read_by_their_forms() -> None:
    found = told("REBELS DYNAMITED A BRIDGE AND SHOT TWO GUARDS. PROTESTERS STORM CITY HALL.")
    assert [(t, h.kind) for t, h in found.items()] == [
        ("DYNAMITED", "bombing"),
        ("SHOT", "shooting"),
        ("STORM", "protest"),
    ]


@given(st.text(alphabet="Aa bB.,?\"'“” killed not attack on the of Monday\n", max_size=200))
def test_any_text_gives_ordered_happenings_inside_it(text: str) -> None:
    post = Post("p", text, (Block("paragraph", 0, len(text)),))
    found = happenings.find(next(iter(parse([post]))), [])
    assert [(h.start, h.end) for h in found] == sorted((h.start, h.end) for h in found)
    assert all(0 <= h.scope[0] <= h.start < h.end <= h.scope[1] <= len(text) for h in found)


def test_innermost_statement() -> None:
    text = "Mara Lind said the envoy told her the army had attacked."
    post = Post("p", text, (Block("paragraph", 0, len(text)),))
    at = text.index
    outer = StatementDraft("attributed", ((at("the envoy"), len(text) - 1),))
    inner = StatementDraft("attributed", ((at("the army"), len(text) - 1),), nested_in=0)
    found = happenings.find(next(iter(parse([post]))), [outer, inner])
    assert {text[h.start : h.end]: h.statement for h in found} == {"said": -1, "told": 0, "attacked": 1}


def test_who_seizes_a_place_takes_territory() -> None:
    for text, kind in (
        ("Northland had partially or fully seized Pokrovsk.", "territory taken"),
        ("Pokrovsk was captured by Russia.", "territory taken"),
        ("The rebels took Goma.", "territory taken"),
        ("Officers seized the phone of Ana Prado.", "other"),
        ("The storm took Florida by surprise.", "natural disaster"),
    ):
        post = Post("p", text=text, blocks=(Block("paragraph", 0, len(text)),))
        (draft,) = extract([post])
        assert draft.happenings[0].kind == kind, text


@pytest.mark.parametrize(
    ("text", "trigger", "sort"),
    [
        ("The squads are blamed for killing civilians.", "killing", True),
        ("They vowed to stop murdering priests.", "murdering", True),
        ("A shell fell on the market, killing three civilians.", "killing", False),
    ],
)
def test_what_is_done_to_a_sort_of_people(text: str, trigger: str, sort: bool) -> None:
    assert told(text)[trigger].general is sort
